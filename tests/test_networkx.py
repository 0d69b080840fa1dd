"""The map as a networkx graph, for anybody's own analysis, and back."""

from __future__ import annotations

import networkx as nx
from hypothesis import given
from strategies import argument_maps

from graph.draft import MapDraft
from graph.model import ArgumentMap, LinkKind, Rebuttal, Side
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


@given(argument_maps())
def test_there_and_back_is_the_same_map(argmap):
    assert from_networkx(to_networkx(argmap)) == argmap
