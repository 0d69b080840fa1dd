"""The fewest cards whose loss makes an item fall, and the fewest answers that make it stand."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from itertools import combinations

import pytest
from semantic_maps import arguments, by_definition, random_map

from graph.errors import QuestionError
from graph.model import ArgumentMap, Evidence, Statement
from graph.semantics.smallest import Smallest, save, sink

S1 = """
    P & Q =i1=> C
    e3 =i2=> C
    e1 e2 => P
    e2 => Q
"""
S2 = S1 + "\n u -> i2"
S3 = S2 + "\n r -> u"


def names(found: Smallest) -> list[str]:
    assert found.proved
    return sorted(" ".join(sorted(v.removeprefix("m/") for v in each)) for each in found.sets)


def test_oracle_s1_two_cards_sink_it_and_no_others_do():
    found = sink(arguments(S1), "m/C", every=True)
    assert names(found) == ["e2 e3"]
    assert (found.size, found.cost) == (2, 2)


def test_oracle_s1_with_weights():
    found = sink(arguments(S1), "m/C", weights={"m/e1": 1, "m/e2": 5, "m/e3": 1})
    assert (names(found), found.cost) == (["e2 e3"], 6)
    assert sink(arguments(S1), "m/C", weights={"m/e2": 0.5}).cost == 1.5


def test_oracle_s2_an_undercut_makes_one_card_critical():
    assert names(sink(arguments(S2), "m/C", every=True)) == ["e2"]


def test_oracle_s3_the_answer_to_the_undercut_can_be_lost_as_well():
    assert names(sink(arguments(S3), "m/C", every=True)) == ["e2 e3", "e2 r"]


def test_what_does_not_stand_needs_no_sinking_and_what_cannot_sink_says_so():
    assert sink(arguments("u -> C"), "m/C") == Smallest(((),), 0, True, 0.0)
    assert sink(arguments("C => M"), "m/C") == Smallest((), None, True, None)


def test_support_in_a_circle_does_not_keep_it_up():
    assert names(sink(arguments("a => b \n b => a \n e1 => a \n e2 => b"), "m/a", every=True)) == ["e1 e2"]


def test_the_fewest_answers_that_make_it_stand():
    argmap = arguments("e1 => a \n a -> C \n b -> C \n x -> b")
    assert names(save(argmap, "m/C", every=True)) == ["a", "e1"]
    assert names(save(argmap, "m/C")) == ["a"]
    both = arguments("a -> C \n b -> C \n e1 => a \n e1 => b")
    assert names(save(both, "m/C")) == ["e1"]


def test_a_contested_claim_can_be_saved_and_one_without_support_cannot():
    assert names(save(arguments("a <-> C"), "m/C")) == ["a"]
    argmap = arguments("N => C")
    assert save(argmap, "m/C", need_evidence=True) == Smallest((), None, True, None)
    assert save(argmap, "m/C") == Smallest(((),), 0, True, 0.0)


def test_an_answer_that_only_a_circle_of_attacks_would_give_is_no_answer():
    """Two that attack each other leave their target contested: one of them has to be answered."""
    argmap = arguments("a <-> b \n a -> c \n b -> c \n c -> C")
    assert names(save(argmap, "m/C", every=True)) == ["a", "b", "c"]


def test_what_may_be_struck_can_be_named():
    assert names(sink(arguments(S1), "m/C", among=["m/e3", "m/P", "m/e1"])) == ["P e3"]
    assert sink(arguments(S1), "m/C", among=["m/e3"]).sets == ()


def test_a_weight_of_nothing_is_refused():
    with pytest.raises(QuestionError, match='the weight of "m/e1" is 0\n  Give it a number above 0'):
        sink(arguments(S1), "m/C", weights={"m/e1": 0})


def test_without_time_a_set_that_does_it_is_given_as_not_proved():
    found = sink(arguments(S1), "m/C", timeout=0)
    assert not found.proved
    assert set(found.sets[0]) == {"m/e2", "m/e3"}
    assert save(arguments(S2), "m/i2", timeout=0) == Smallest((("m/u",),), 1, False, 1.0)


def test_without_time_what_it_rests_on_is_kept_although_it_attacks_as_well():
    found = save(arguments("e1 => C \n e1 & a =i=| C"), "m/C", timeout=0)
    assert found == Smallest((("m/a",),), 1, False, 1.0)


def test_what_is_given_without_time_does_it():
    rng = random.Random(300)
    given = 0
    for _ in range(150):
        argmap = random_map(rng, most=10)
        item_id = rng.choice([item.id for item in argmap.items])
        for ask, stands in ((sink, False), (save, True)):
            found = ask(argmap, item_id, timeout=0)
            for struck in found.sets:
                assert (by_definition(argmap, struck=struck)[item_id] == "stands") == stands
            given += bool(found.size and not found.proved)
    assert given > 50


def _by_trying(
    argmap: ArgumentMap, item_id: str, candidates: Iterable[str], wanted: Callable[[str], bool], need: bool
) -> set[frozenset[str]] | None:
    """All smallest sets that do it, found by trying them all."""
    others = [v for v in candidates if v != item_id]
    for size in range(len(others) + 1):
        found = {
            frozenset(struck)
            for struck in combinations(others, size)
            if wanted(by_definition(argmap, struck=struck, need_evidence=need)[item_id])
        }
        if found:
            return found
    return None


@pytest.mark.parametrize("seed", range(4))
def test_random_maps_agree_with_trying_every_set(seed):
    rng = random.Random(100 + seed)
    for _ in range(150):
        argmap = random_map(rng, most=8)
        need = rng.random() < 0.2
        item_id = rng.choice([item.id for item in argmap.items])
        basic = [
            item.id
            for item in argmap.items
            if isinstance(item, Evidence) or (isinstance(item, Statement) and _granted(argmap, item, need))
        ]
        arguers = [item.id for item in argmap.items if isinstance(item, (Evidence, Statement))]
        sunk = sink(argmap, item_id, every=True, need_evidence=need)
        saved = save(argmap, item_id, every=True, need_evidence=need)
        for found, candidates, wanted in (
            (sunk, basic, lambda verdict: verdict != "stands"),
            (saved, arguers, lambda verdict: verdict == "stands"),
        ):
            assert found.proved
            expected = _by_trying(argmap, item_id, candidates, wanted, need)
            assert {frozenset(each) for each in found.sets} == (expected or set()), argmap
        one = save(argmap, item_id, need_evidence=need)
        assert one.size == saved.size
        for each in one.sets:
            assert by_definition(argmap, struck=each, need_evidence=need)[item_id] == "stands"


def _granted(argmap: ArgumentMap, item: Statement, need_evidence: bool) -> bool:
    if item.granted is not None:
        return item.granted
    steps = {i.id for i in argmap.items if getattr(i, "polarity", None) == "attacks"}
    supported = any(
        link.kind == "SUPPORTS" or (link.kind == "CONCLUDES" and link.start not in steps)
        for link in argmap.incoming.get(item.id, ())
    )
    return not supported and not need_evidence


@pytest.mark.parametrize("seed", range(2))
def test_random_weights_agree_with_weighing_every_set(seed):
    rng = random.Random(200 + seed)
    for _ in range(80):
        argmap = random_map(rng, most=7)
        ids = [item.id for item in argmap.items]
        item_id = rng.choice(ids)
        may = [v for v in ids if rng.random() < 0.8]
        weights = {v: rng.choice([0.5, 1, 1.5, 2, 4]) for v in may if rng.random() < 0.7}
        others = [v for v in may if v != item_id]
        verdict = {
            struck: by_definition(argmap, struck=struck)[item_id]
            for size in range(len(others) + 1)
            for struck in combinations(others, size)
        }
        for ask, stands in ((sink, False), (save, True)):
            found = ask(argmap, item_id, every=True, weights=weights, among=may)
            costs = {
                struck: sum(weights.get(v, 1) for v in struck)
                for struck, each in verdict.items()
                if (each == "stands") == stands
            }
            least = min(costs.values(), default=None)
            assert found.cost == least
            assert {frozenset(each) for each in found.sets} == {
                frozenset(struck) for struck, cost in costs.items() if cost == least
            }, argmap


@pytest.mark.parametrize(("seed", "most"), [(18542, 8), (313419, 14)])
def test_circles_of_support_amid_circles_of_attacks_are_told_from_reasons(seed, most):
    rng = random.Random(seed)
    argmap = random_map(rng, most=most)
    arguers = [item.id for item in argmap.items if isinstance(item, (Evidence, Statement))]
    for item_id in arguers:
        found = save(argmap, item_id, every=True)
        assert found.proved
        for struck in found.sets:
            assert by_definition(argmap, struck=struck)[item_id] == "stands"
        for size in range(min(found.size or 0, 3)):
            for struck in combinations([v for v in arguers if v != item_id], size):
                assert by_definition(argmap, struck=struck)[item_id] != "stands"
