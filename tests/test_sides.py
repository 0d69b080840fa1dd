"""Which side an item is on."""

from __future__ import annotations

from graph.draft import MapDraft
from graph.model import Evidence, Side, Statement
from graph.sides import with_sides


def sides_of(draft: MapDraft, **finish: object) -> dict[str, Side]:
    return {
        item.title: item.side
        for item in draft.finish(**finish).items
        if isinstance(item, (Statement, Evidence))
    }


def drafted(*titles: str) -> MapDraft:
    draft = MapDraft("m")
    for title in titles:
        draft.claim(title, title=title)
    return draft


def test_an_odd_number_of_attacks_is_the_other_side():
    draft = drafted("Motion", "Reason", "Attack", "Reply", "Reply to reply")
    draft.support("Reason", "Motion")
    draft.attack("Attack", "Reason")
    draft.attack("Reply", "Attack")
    draft.attack("Reply to reply", "Reply")
    assert sides_of(draft) == {
        "Motion": Side.PRO,
        "Reason": Side.PRO,
        "Attack": Side.CON,
        "Reply": Side.PRO,
        "Reply to reply": Side.CON,
    }


def test_an_undercut_of_an_attack_is_on_the_motions_side():
    draft = drafted("Motion", "Attack", "Undercut")
    draft.attack("Attack", "Motion")
    draft.undercut("Undercut", "Attack")
    assert sides_of(draft)["Undercut"] is Side.PRO


def test_what_is_reached_both_ways_is_both():
    draft = drafted("Motion", "Two-edged")
    draft.support("Two-edged", "Motion")
    draft.attack("Two-edged", "Motion")
    assert sides_of(draft)["Two-edged"] is Side.BOTH


def test_a_contradiction_of_the_motion_is_the_other_side():
    draft = drafted("Motion", "Opposite", "Reason")
    draft.contradict("Motion", "Opposite")
    draft.support("Reason", "Opposite")
    assert sides_of(draft, motion=["Motion"]) == {
        "Motion": Side.PRO,
        "Opposite": Side.CON,
        "Reason": Side.CON,
    }


def test_a_stated_side_holds_and_passes_down():
    draft = drafted("Motion", "Stated", "Below")
    draft.support("Stated", "Motion")
    draft.support("Below", "Stated")
    draft.update("Stated", side=Side.CON, side_stated=True)
    found = sides_of(draft)
    assert found["Stated"] is Side.CON
    assert found["Below"] is Side.CON


def test_what_no_path_joins_to_the_motion_is_unknown():
    draft = drafted("Motion", "Reason", "Alone")
    draft.support("Reason", "Motion")
    assert sides_of(draft)["Alone"] is Side.UNKNOWN


def test_a_circle_of_attacks_ends_and_is_both():
    draft = drafted("Motion", "A", "B", "C")
    draft.support("A", "Motion")
    draft.attack("B", "A")
    draft.attack("C", "B")
    draft.attack("A", "C")
    assert sides_of(draft, motion=["Motion"])["A"] is Side.BOTH


def test_deriving_again_changes_nothing():
    draft = drafted("Motion", "Reason")
    draft.support("Reason", "Motion")
    argmap = draft.finish()
    assert with_sides(argmap) == argmap
