"""Extensions: the worked frameworks, brute force over all sets, and maps through flattening."""

from __future__ import annotations

import random
from itertools import combinations

import pytest
from semantic_maps import arguments, by_definition, random_map

from graph.semantics import abstract, sat
from graph.semantics.abstract import Attacks, flatten
from graph.semantics.dung import (
    Acceptance,
    Extensions,
    Semantics,
    acceptance,
    credulous,
    every,
    extensions,
    one,
    sceptical,
)
from graph.semantics.framework import Framework
from graph.semantics.sat import OutOfTime

GR, CO, PR, ST = Semantics.GROUNDED, Semantics.COMPLETE, Semantics.PREFERRED, Semantics.STABLE
SST, STG, ID, AD = Semantics.SEMI_STABLE, Semantics.STAGE, Semantics.IDEAL, Semantics.ADMISSIBLE


def framework(text: str) -> Attacks:
    """`ab bc` is a attacks b, b attacks c."""
    letters = sorted(set(text.replace(" ", "")))
    return Attacks.of(
        len(letters), [(letters.index(start), letters.index(end)) for start, end in text.split()]
    )


def lettered(text: str, semantics: Semantics) -> str:
    letters = sorted(set(text.replace(" ", "")))
    found = ["".join(letters[v] for v in sorted(each)) for each in every(framework(text), semantics)]
    assert len(set(found)) == len(found)
    return "; ".join(sorted(found)) if found else "none"


@pytest.mark.parametrize(
    ("text", "gr", "pr", "st", "sst", "ideal"),
    [
        ("ab bc", "ac", "ac", "ac", "ac", "ac"),
        ("ab ba", "", "a; b", "a; b", "a; b", ""),
        ("ab bc ca", "", "", "none", "", ""),
        ("ab ba ac bc cd", "", "ad; bd", "ad; bd", "ad; bd", ""),
        ("aa ab", "", "", "none", "", ""),
        ("ab bd de ed ee cb", "ac", "acd", "acd", "acd", "acd"),
        ("ab bc cd da", "", "ac; bd", "ac; bd", "ac; bd", ""),
        ("ab ba bc cd de ec", "", "a; bd", "bd", "bd", ""),
        ("ab ba bc cc", "", "a; b", "b", "b", ""),
        ("ab ba aa bc", "", "b", "b", "b", "b"),
    ],
)
def test_worked_frameworks(text, gr, pr, st, sst, ideal):
    found = [lettered(text, semantics) for semantics in (GR, PR, ST, SST, ID)]
    assert found == [gr, pr, st, sst, ideal]


def _tried(attacks: Attacks) -> dict[Semantics, set[frozenset[int]]]:
    """Every extension under every semantics, by looking at all sets of arguments."""
    size = attacks.size
    sets = [frozenset(c) for k in range(size + 1) for c in combinations(range(size), k)]
    attackers = [set(attacks.attackers[v]) for v in range(size)]
    hit = {s: frozenset(v for v in range(size) if attackers[v] & s) for s in sets}
    free = [s for s in sets if not s & hit[s]]
    admissible = [s for s in free if all(attackers[v] <= hit[s] for v in s)]
    complete = [s for s in admissible if all(v in s for v in range(size) if attackers[v] <= hit[s])]

    def greatest(
        found: list[frozenset[int]], measure: dict[frozenset[int], frozenset[int]]
    ) -> set[frozenset[int]]:
        return {s for s in found if not any(measure[s] < measure[t] for t in found)}

    reach = {s: s | hit[s] for s in sets}
    preferred = greatest(admissible, {s: s for s in sets})
    shared = frozenset.intersection(*preferred)
    return {
        AD: set(admissible),
        CO: set(complete),
        GR: {min(complete, key=len)},
        PR: preferred,
        ST: {s for s in free if len(reach[s]) == size},
        SST: greatest(complete, reach),
        STG: greatest(free, reach),
        ID: {max((s for s in admissible if s <= shared), key=len)},
    }


def random_framework(rng: random.Random) -> Attacks:
    size = rng.randint(1, 7)
    attacks = [(rng.randrange(size), rng.randrange(size)) for _ in range(rng.randint(0, 2 * size))]
    return Attacks.of(size, attacks)


def test_random_frameworks_agree_with_looking_at_every_set():
    rng = random.Random(3)
    for _ in range(350):
        attacks = random_framework(rng)
        for semantics, expected in _tried(attacks).items():
            found = list(every(attacks, semantics))
            assert len(found) == len(set(found))
            assert set(found) == expected, (semantics, attacks.attackers.lists)
            argument = rng.randrange(attacks.size)
            assert credulous(attacks, semantics, argument) == any(argument in s for s in expected)
            assert sceptical(attacks, semantics, argument) == all(argument in s for s in expected)
            assert (one(attacks, semantics) in expected) if expected else one(attacks, semantics) is None


def test_arrays_and_loop_label_the_same(monkeypatch):
    rng = random.Random(8)
    for _ in range(200):
        size = rng.randrange(1, 12)
        attacks = [(rng.randrange(size), rng.randrange(size)) for _ in range(rng.randrange(2 * size))]
        one_by_one = Attacks.of(size, attacks).grounded
        with monkeypatch.context() as few:
            few.setattr(abstract, "_MANY", 0)
            assert Attacks.of(size, attacks).grounded == one_by_one


def test_laws_between_the_semantics():
    rng = random.Random(4)
    for _ in range(60):
        size = rng.randint(8, 14)
        attacks = Attacks.of(
            size, [(rng.randrange(size), rng.randrange(size)) for _ in range(rng.randint(size, 2 * size))]
        )
        found = {semantics: set(every(attacks, semantics)) for semantics in (GR, CO, PR, ST, SST, ID)}
        assert found[ST] <= found[SST] <= found[PR] <= found[CO]
        (grounded,), (ideal,) = found[GR], found[ID]
        assert grounded <= ideal <= frozenset.intersection(*found[PR])
        assert frozenset.intersection(*found[CO]) == grounded
        for v in range(size):
            assert credulous(attacks, PR, v) == credulous(attacks, CO, v)


def test_without_circles_all_agree_and_no_solver_is_asked(monkeypatch):
    def asked(*_: object) -> None:
        raise AssertionError("a solver was asked")

    monkeypatch.setattr(sat.Sat, "__init__", asked)
    rng = random.Random(9)
    for _ in range(50):
        argmap = random_map(rng, cyclic=False)
        standing = tuple(v for v, verdict in by_definition(argmap).items() if verdict == "stands")
        for semantics in (GR, CO, PR, ST, SST, STG, ID):
            assert extensions(argmap, semantics) == Extensions((standing,), False, False)


@pytest.mark.parametrize("need_evidence", [False, True])
def test_grounded_on_the_flattening_is_the_verdict(need_evidence):
    rng = random.Random(8)
    for _ in range(750):
        argmap = random_map(rng)
        struck = [item.id for item in argmap.items if rng.random() < 0.15]
        attacks, ids = flatten(argmap, need_evidence=need_evidence, struck=struck)
        words = ("contested", "stands", "falls")
        flat = {item_id: words[label] for item_id, label in zip(ids, attacks.grounded, strict=False)}
        assert flat == by_definition(argmap, need_evidence=need_evidence, struck=struck)


def test_the_ways_to_see_a_round():
    argmap = arguments("a <-> b \n e1 => a \n a => c \n b -> d \n M")
    assert extensions(argmap, PR).sets in (
        (("m/a", "m/e1", "m/c", "m/d", "m/M"), ("m/b", "m/e1", "m/M")),
        (("m/b", "m/e1", "m/M"), ("m/a", "m/e1", "m/c", "m/d", "m/M")),
    )
    assert acceptance(argmap, "m/c", PR) == Acceptance(some=True, all=False)
    assert acceptance(argmap, "m/M", PR) == Acceptance(some=True, all=True)


def test_a_limit_says_whether_there_are_more():
    argmap = arguments("a <-> b \n c <-> d")
    assert len(extensions(argmap, PR, limit=3).sets) == 3
    assert extensions(argmap, PR, limit=3).more
    assert not extensions(argmap, PR, limit=4).more


def test_an_odd_circle_has_no_stable_extension():
    argmap = arguments("a -> b \n b -> c \n c -> a")
    assert extensions(argmap, ST) == Extensions((), False, False)


def test_what_runs_out_of_time_is_marked_as_partial():
    argmap = arguments("a <-> b \n b -> c")
    assert extensions(argmap, PR, timeout=0) == Extensions((), False, True)
    assert acceptance(argmap, "m/c", PR, timeout=0) == Acceptance(None, None)
    with pytest.raises(OutOfTime):
        list(every(framework("ab ba"), ST, timeout=0))


def test_millions_of_extensions_are_streamed():
    pairs = [pair for n in range(0, 60, 2) for pair in ((n, n + 1), (n + 1, n))]
    attacks = Attacks.of(60, pairs)
    for semantics in (CO, PR, ST, SST, STG, AD):
        first = next(every(attacks, semantics))
        assert semantics in (CO, AD) or len(first) == 30


def test_admissible_sets_of_a_map_come_once_each():
    argmap = arguments("e1 => a \n a <-> b")
    found = extensions(argmap, AD)
    assert len(set(found.sets)) == len(found.sets)
    assert () in found.sets
    assert Framework.of(argmap).ids == ("m/e1", "m/a", "m/b")
