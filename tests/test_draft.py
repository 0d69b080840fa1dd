"""What every reader gets from `MapDraft`: ids, rebuttals, steps, attacks, motion."""

from __future__ import annotations

import itertools

import pytest

from graph.draft import MapDraft
from graph.model import ArgumentMap, Inference, Label, LinkKind, Polarity, Rebuttal


def kinds(argmap: ArgumentMap) -> set[tuple[str, str, str]]:
    """Every link as (kind, slug of its start, slug of its end)."""
    return {(x.kind.value, x.start.split("/", 1)[1], x.end.split("/", 1)[1]) for x in argmap.links}


def test_a_claim_that_attacks_first_is_a_rebuttal():
    draft = MapDraft("tea")
    for title in ("Tea", "Cost", "Joy"):
        draft.claim(title, title=title)
    draft.attack("Cost", "Tea")
    draft.support("Joy", "Tea")
    draft.attack("Joy", "Cost")
    labels = {item.title: item.label for item in draft.finish().items}
    assert labels == {"Tea": Label.CLAIM, "Cost": Label.REBUTTAL, "Joy": Label.CLAIM}


def test_what_an_attack_hits_decides_its_kind():
    draft = MapDraft("tea")
    draft.claim("Tea", title="Tea")
    draft.claim("Old", title="Old")
    draft.evidence("Survey", title="Survey")
    draft.inference("Step", title="Step")
    for target in ("Tea", "Survey", "Step"):
        draft.attack("Old", target)
    assert kinds(draft.finish()) == {
        ("REBUTS", "old", "tea"),
        ("UNDERMINES", "old", "survey"),
        ("UNDERCUTS", "old", "step"),
    }


def test_an_undercut_of_a_claim_hits_the_step_it_takes():
    draft = MapDraft("tea")
    for title in ("Tea", "Morale", "Placebo"):
        draft.claim(title, title=title)
    draft.support("Morale", "Tea")
    draft.undercut("Placebo", "Morale")
    argmap = draft.finish()
    step = "step-morale-to-tea"
    assert kinds(argmap) == {
        ("SUPPORTS", "morale", "tea"),
        ("PREMISE_OF", "morale", step),
        ("CONCLUDES", step, "tea"),
        ("UNDERCUTS", "placebo", step),
    }
    assert argmap.outgoing["tea/morale"][0].via == f"tea/{step}"
    assert isinstance(argmap.by_id["tea/placebo"], Rebuttal)


def test_an_undercut_attack_becomes_an_attacking_step():
    draft = MapDraft("tea")
    for title in ("Tea", "Cost", "Gift"):
        draft.claim(title, title=title)
    draft.attack("Cost", "Tea")
    draft.undercut("Gift", "Cost")
    step = next(item for item in draft.finish().items if isinstance(item, Inference))
    assert step.polarity is Polarity.ATTACKS
    assert step.title == "From Cost against Tea"


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_undercuts_of_undercuts_are_the_same_whatever_their_order(order):
    draft = MapDraft("tea")
    for title in ("Tea", "A", "B", "C"):
        draft.claim(title, title=title)
    said = [
        lambda: draft.attack("A", "Tea"),
        lambda: draft.undercut("B", "A"),
        lambda: draft.undercut("C", "B"),
    ]
    for place in order:
        said[place]()
    first, second = "step-a-to-tea", "step-b-to-step-a-to-tea"
    assert {("UNDERCUTS", "b", first), ("UNDERCUTS", "c", second)} <= kinds(draft.finish())


def test_a_circle_of_undercuts_ends():
    draft = MapDraft("tea")
    for title in ("A", "B"):
        draft.claim(title, title=title)
    draft.undercut("A", "B")
    draft.undercut("B", "A")
    found = [link for link in draft.finish().links if link.kind is LinkKind.UNDERCUTS]
    assert len(found) == 2


def test_a_contradiction_is_kept_once():
    draft = MapDraft("tea")
    draft.claim("A", title="A")
    draft.claim("B", title="B")
    draft.contradict("A", "B")
    draft.contradict("B", "A")
    assert kinds(draft.finish()) == {("CONTRADICTS", "a", "b")}


def ids_of(*titles: tuple[str, str]) -> dict[tuple[str, str], str]:
    draft = MapDraft("m")
    for namespace, title in titles:
        draft.claim((namespace, title), title=title, namespace=namespace)
    made = draft.finish()
    return dict(zip(titles, (item.id for item in made.items), strict=True))


def test_ids_do_not_depend_on_the_order_in_the_file():
    titles = [
        ("statement", "Savings"),
        ("argument", "Savings"),
        ("statement", "Cost"),
        ("statement", "cost!"),
    ]
    expected = ids_of(*titles)
    assert len(set(expected.values())) == 4
    for order in itertools.permutations(titles):
        assert ids_of(*order) == expected


def test_a_title_of_its_own_gives_a_plain_id():
    assert ids_of(("statement", "Are local authorities capable?")) == {
        ("statement", "Are local authorities capable?"): "m/are-local-authorities-capable"
    }


def test_an_id_survives_what_is_added_elsewhere():
    before = ids_of(("statement", "Savings"), ("statement", "Cost"))
    after = ids_of(("statement", "New"), ("statement", "Cost"), ("statement", "Savings"))
    assert before.items() <= after.items()


@pytest.mark.parametrize("text", ["", "???", "🙂"])
def test_an_item_without_letters_has_an_id_and_a_title(text):
    draft = MapDraft("m")
    draft.claim(1, text=text)
    draft.claim(2, text=text)
    items = draft.finish().items
    assert len({item.id for item in items}) == 2
    assert all(item.title for item in items)


def test_the_motion_is_what_is_named_else_of_that_kind_else_the_roots():
    def drafted(kind: str | None) -> MapDraft:
        draft = MapDraft("m")
        draft.claim("Root", title="Root")
        draft.claim("Reason", title="Reason", kind=kind)
        draft.claim("Alone", title="Alone")
        draft.support("Reason", "Root")
        return draft

    assert drafted(None).finish().motion == ("m/root",)
    assert drafted("motion").finish().motion == ("m/reason",)
    assert drafted("motion").finish(motion=["Alone"]).motion == ("m/alone",)


def test_adding_a_key_twice_is_refused():
    draft = MapDraft("m")
    draft.claim("A", title="A")
    with pytest.raises(KeyError):
        draft.claim("A", title="A")
