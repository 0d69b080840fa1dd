"""Striking and restoring cards gives what a new look at the whole map would give."""

from __future__ import annotations

import random

import pytest
from semantic_maps import arguments, by_definition, random_map

from graph.semantics import whatif
from graph.semantics.verdict import Verdict, verdicts
from graph.semantics.whatif import Struck


def test_striking_says_what_changes_and_restoring_takes_it_back():
    struck = Struck(arguments("e1 => C \n C -> D \n e2 => D"))
    assert struck.verdict("m/D") is Verdict.FALLS
    changes = struck.strike("m/e1")
    assert changes == {
        "m/e1": (Verdict.STANDS, Verdict.FALLS),
        "m/C": (Verdict.STANDS, Verdict.FALLS),
        "m/D": (Verdict.FALLS, Verdict.STANDS),
    }
    assert struck.restore("m/e1") == {item: (after, before) for item, (before, after) in changes.items()}
    assert struck.strike() == struck.restore("m/e1") == {}


def test_a_circle_falls_with_the_card_that_held_it_up():
    struck = Struck(arguments("a => b \n b => a \n e1 => a"))
    assert {v: after for v, (_, after) in struck.strike("m/e1").items()} == dict.fromkeys(
        ("m/e1", "m/a", "m/b"), Verdict.FALLS
    )


def test_two_that_justify_each_other_do_not_keep_a_label_that_the_strike_takes_away():
    """q falls by p, so r stands, and r attacks q: without ranks r would keep q down when p is gone."""
    argmap = arguments("p -> q \n q -> r \n r -> q")
    struck = Struck(argmap)
    assert struck.verdict("m/r") is Verdict.STANDS
    struck.strike("m/p")
    assert (struck.verdict("m/q"), struck.verdict("m/r")) == (Verdict.CONTESTED, Verdict.CONTESTED)


def test_thousands_of_strikes_on_random_maps_agree_with_a_new_look():
    rng = random.Random(5)
    for _ in range(400):
        argmap = random_map(rng, most=10)
        need = rng.random() < 0.2
        struck = Struck(argmap, need_evidence=need)
        gone: set[str] = set()
        for _ in range(6):
            before = struck.verdicts()
            item = rng.choice(argmap.items).id
            changes = struck.restore(item) if item in gone else struck.strike(item)
            gone ^= {item}
            after = by_definition(argmap, need_evidence=need, struck=gone)
            assert struck.verdicts() == after
            assert changes == {v: (before[v], after[v]) for v in after if before[v] != after[v]}


def test_the_look_at_ranks_is_needed(monkeypatch):
    """The same walk over random maps goes wrong where anything outside may justify a label."""
    monkeypatch.setattr(whatif._Layer, "_justified", _justified_by_anything)
    rng = random.Random(5)
    wrong = 0
    for _ in range(400):
        argmap = random_map(rng, most=10)
        item = rng.choice(argmap.items).id
        struck = Struck(argmap)
        struck.strike(item)
        wrong += struck.verdicts() != verdicts(argmap, struck=[item])
    assert wrong > 0


def _justified_by_anything(layer: whatif._Layer, v: int, felt: set[int]) -> bool:
    ranks, layer.ranks = layer.ranks, [0] * len(layer.ranks)
    layer.ranks[v] = 1
    try:
        return _JUSTIFIED(layer, v, felt)
    finally:
        layer.ranks = ranks


_JUSTIFIED = whatif._Layer._justified


def test_only_what_is_argued_can_be_struck():
    with pytest.raises(KeyError):
        Struck(arguments("a -> b")).strike("m/zzz")
