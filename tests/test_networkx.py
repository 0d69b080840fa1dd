"""The map as a networkx graph, for anybody's own analysis, and back."""

from __future__ import annotations

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from graph.draft import MapDraft
from graph.model import (
    ENDS,
    ITEM_CLASSES,
    ArgumentMap,
    Evidence,
    Inference,
    Item,
    Link,
    LinkKind,
    Polarity,
    Rebuttal,
    Side,
    Source,
    Span,
    SpanKind,
)
from graph.networkx import from_networkx, to_networkx


def tax() -> ArgumentMap:
    draft = MapDraft("tax", "A sugar tax")
    draft.claim("tax", title="Tax", text="A sugar tax cuts obesity.", kind="motion")
    draft.claim("poor", title="Poor", text="It hits the poor hardest.")
    draft.claim("fair", title="Fair", text="So does obesity.")
    draft.source("study", title="A study", author=("A. Author",), date="2014")
    draft.attack("poor", "tax")
    draft.undercut("fair", "poor")
    draft.link(LinkKind.CITES, "poor", "study", locator="p. 3")
    draft.link(LinkKind.CITES, "poor", "study", locator="p. 9")
    return draft.finish()


def test_nodes_are_items_and_edges_are_links():
    graph = to_networkx(tax())
    assert graph.nodes["tax/poor"]["label"] == "Rebuttal"
    assert graph.nodes["tax/poor"]["text"] == "It hits the poor hardest."
    assert graph.edges["tax/poor", "tax/tax", "REBUTS"]["via"] == "tax/step-poor-to-tax"
    assert graph.graph["title"] == "A sugar tax"


def test_two_links_of_one_kind_stay_two():
    graph = to_networkx(tax())
    assert [
        graph.edges["tax/poor", "tax/source-a-study", key]["locator"] for key in ("CITES", "CITES 2")
    ] == [
        "p. 3",
        "p. 9",
    ]


def test_ones_own_analysis_can_start_here():
    graph = to_networkx(tax())
    assert nx.has_path(graph, "tax/fair", "tax/tax")
    nx.set_node_attributes(graph, nx.degree_centrality(graph), "centrality")
    assert from_networkx(graph) == tax()


def test_the_graph_can_be_changed_and_the_map_stays():
    argmap = tax()
    graph = to_networkx(argmap)
    graph.remove_node("tax/fair")
    graph.nodes["tax/poor"]["side"] = "pro"
    smaller = from_networkx(graph)
    assert "tax/fair" in argmap.by_id
    assert "tax/fair" not in smaller.by_id
    poor = smaller.by_id["tax/poor"]
    assert isinstance(poor, Rebuttal)
    assert poor.side is Side.PRO


_words = st.text(max_size=12)
_word_tuples = st.lists(_words, max_size=2).map(tuple)
_json = st.recursive(
    st.none() | st.booleans() | st.integers() | _words, lambda held: st.lists(held, max_size=3), max_leaves=4
)


@st.composite
def _items(draw: st.DrawFn, number: int) -> Item:
    cls = draw(st.sampled_from(list(ITEM_CLASSES.values())))
    own: dict[str, object] = {}
    if cls is Evidence:
        own = {
            "quote": "0123456789",
            "spans": (Span(SpanKind.HIGHLIGHT, 2, 5, draw(st.none() | st.just("red"))),),
        }
    elif cls is Inference:
        own = {
            "polarity": draw(st.sampled_from(Polarity)),
            "rules": tuple(draw(st.lists(_words, max_size=2))),
        }
    elif cls is Source:
        own = {"author": draw(_word_tuples)}
    elif cls is Rebuttal:
        own = {"turn": draw(st.none() | st.booleans()), "side": draw(st.sampled_from(Side))}
    return cls(
        id=f"m/{number}",
        title=draw(_words),
        text=draw(_words),
        order=number,
        tags=draw(_word_tuples),
        extra=draw(st.dictionaries(_words, _json, max_size=2)),
        **own,  # type: ignore[arg-type]
    )


@st.composite
def _maps(draw: st.DrawFn) -> ArgumentMap:
    items = [draw(_items(number)) for number in range(draw(st.integers(0, 6)))]
    links = []
    for order in range(draw(st.integers(0, 8)) if items else 0):
        start, end = draw(st.sampled_from(items)), draw(st.sampled_from(items))
        kinds = [kind for kind, (a, b) in ENDS.items() if start.label in a and end.label in b]
        if kinds:
            kind = draw(st.sampled_from(kinds))
            locator = draw(st.none() | st.just("¶3"))
            links.append(Link(kind=kind, start=start.id, end=end.id, order=order, locator=locator))
    motion = tuple(item.id for item in items[:1])
    return ArgumentMap(id="m", title=draw(_words), items=tuple(items), links=tuple(links), motion=motion)


@given(_maps())
def test_there_and_back_is_the_same_map(argmap):
    assert from_networkx(to_networkx(argmap)) == argmap
