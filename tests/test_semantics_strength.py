"""How strong things are: the worked oracles, certificates, contributions, and both ways to work it out."""

from __future__ import annotations

import random

import pytest
from semantic_maps import arguments, random_map

from graph.errors import QuestionError
from graph.model import ArgumentMap
from graph.semantics import settling, settling_arrays
from graph.semantics.gradual import GRADUAL
from graph.semantics.ranking import burden_numbers
from graph.semantics.settling import Network, settle_in_order
from graph.semantics.strength import SEMANTICS, contributions, framework_strengths, strengths

SHORT = {
    "hcat": "h-categoriser",
    "whcat": "weighted-h-categoriser",
    "wmax": "weighted-max",
    "wcard": "weighted-card",
    "euler": "euler",
    "dfquad": "df-quad",
    "qe": "quadratic-energy",
    "mlp": "mlp",
}


def plain(text: str, semantics: str, **weights: float) -> dict[str, float]:
    """Strengths of a framework in letters: `b>a` attacks, `b+a` supports."""
    names = list(weights)
    pairs: dict[str, list[tuple[int, int]]] = {">": [], "+": []}
    for word in text.split():
        sign = ">" if ">" in word else "+"
        start, _, end = word.partition(sign)
        pairs[sign].append((names.index(start), names.index(end)))
    settled = framework_strengths(list(weights.values()), pairs[">"], pairs["+"], semantics=SHORT[semantics])
    return dict(zip(names, settled.values, strict=True))


BAG = {"Buy": 0.5, "Sell": 0.5, "1": 0.8, "2": 0.7, "3": 0.3, "4": 0.9, "5": 0.9}
VOTE = {
    "A1": 0.5, "A2": 0.5, "P1": 0.7, "P2": 0.5, "P3": 0.9, "C1": 0.2, "C2": 0.2, "C3": 0.6, "C4": 0.5,
}  # fmt: skip
ORACLES = [
    ("E1", "b>a", {"a": 0.8, "b": 0.5}, {
        "whcat": {"a": 0.533333}, "wmax": {"a": 0.533333}, "wcard": {"a": 0.32}, "euler": {"a": 0.757612},
        "dfquad": {"a": 0.4}, "qe": {"a": 0.64}, "mlp": {"a": 0.708125}}),
    ("E2", "b+a", {"a": 0.5, "b": 0.6}, {
        "euler": {"a": 0.607548}, "dfquad": {"a": 0.8}, "qe": {"a": 0.632353}, "mlp": {"a": 0.645656}}),
    ("E3", "R>C E+C D>R U+R", {"C": 0.5, "R": 0.7, "E": 0.8, "D": 0.6, "U": 0.4}, {
        "euler": {"R": 0.675802, "C": 0.52111}, "dfquad": {"R": 0.56, "C": 0.62},
        "qe": {"R": 0.673077, "C": 0.507927}, "mlp": {"R": 0.656401, "C": 0.535838}}),
    ("E4", "a>b b>a", {"a": 1, "b": 0.5}, {
        "whcat": {"a": 0.780776, "b": 0.280776}, "wcard": {"a": 0.453768, "b": 0.203768},
        "euler": {"a": 1, "b": 0.366522}, "dfquad": {"a": 1, "b": 0}, "qe": {"a": 0.933355, "b": 0.267215},
        "mlp": {"a": 1, "b": 0.268941}}),
    *[(f"E4b {text}", text, {"a": 1, "b": 1, "c": 1}, {
        "hcat": {"a": 0.618034}, "whcat": {"a": 0.618034}, "wmax": {"a": 0.618034},
        "wcard": {"a": 0.414214}}) for text in ("a>b b>a", "a>b b>c c>a", "a>a")],
    ("E5", "a>a", {"a": 1}, {"qe": {"a": 0.682328}, "dfquad": {"a": 0.5}}),
    ("E6", "C1>A2 C2>P2 C3>P2 C4>P2 P1+A1 P2+A1 P3+A2", VOTE, {
        "dfquad": {"A1": 0.862, "A2": 0.85, "P2": 0.08},
        "qe": {"A1": 0.719852, "A2": 0.66443, "P2": 0.185874},
        "euler": {"A1": 0.68938, "A2": 0.626285, "P2": 0.339943},
        "mlp": {"A1": 0.713852, "A2": 0.668188, "P2": 0.214165}}),
    ("E7", "Buy>Sell Sell>Buy 2>1 3>2 4>3 5>1 1+Sell 2+Buy 4+2 5+Buy", BAG, {
        "qe": {"Buy": 0.821646, "Sell": 0.36217, "1": 0.204744, "2": 0.805085, "3": 0.165746},
        "euler": {"Buy": 0.717141, "Sell": 0.494889, "1": 0.686317, "2": 0.789719, "3": 0.188927},
        "dfquad": {"Buy": 0.99636, "Sell": 0.00338, "1": 0.00312, "2": 0.961, "3": 0.03},
        "mlp": {"Buy": 0.789955, "Sell": 0.407213, "1": 0.414457, "2": 0.831866, "3": 0.148388}}),
    ("E8", " ".join(f"{n}>a" for n in range(10)), {"a": 0.8, **{str(n): 0.2 for n in range(10)}}, {
        "whcat": {"a": 0.266667}, "wmax": {"a": 0.666667}, "wcard": {"a": 0.071429},
        "euler": {"a": 0.675169}, "dfquad": {"a": 0.085899}, "qe": {"a": 0.16}, "mlp": {"a": 0.351214}}),
    ("E10", "a>b b>c c>d e>d", dict.fromkeys("abcde", 1), {
        "hcat": {"a": 1, "b": 0.5, "c": 0.666667, "d": 0.375, "e": 1}}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "weights", "semantics", "expected"),
    [
        pytest.param(text, weights, semantics, expected, id=f"{name} {semantics}")
        for name, text, weights, by_semantics in ORACLES
        for semantics, expected in by_semantics.items()
    ],
)
def test_worked_oracles(text, weights, semantics, expected):
    found = plain(text, semantics, **weights)
    assert {name: found[name] for name in expected} == pytest.approx(expected, abs=1e-6)


def test_oracle_e7_agrees_with_the_published_run_as_far_as_that_had_converged():
    found = plain(next(text for name, text, *_ in ORACLES if name == "E7"), "qe", **BAG)
    published = {"Buy": 0.82082, "Sell": 0.36345, "1": 0.20495, "2": 0.80501, "3": 0.16578}
    assert {name: found[name] for name in published} == pytest.approx(published, abs=2e-3)


def test_oracle_e10_burden_numbers():
    network = Network.of_attacks(5, [(0, 1), (1, 2), (2, 3), (4, 3)])
    assert [numbers[3] for numbers in burden_numbers(network, 4)] == pytest.approx(
        [1, 3, 2.5, 2.666667, 2.666667], abs=1e-6
    )
    values = framework_strengths([1] * 5, [(0, 1), (1, 2), (2, 3), (4, 3)], semantics="burden").values
    assert values[0] == values[4] > values[2] > values[1] > values[3]


def _ring(semantics: str) -> settling.Settled:
    """A supports ten Bs, each B each of ten Cs, each C attacks A: nothing settles at full pace."""
    b, c = range(1, 11), range(11, 21)
    return framework_strengths(
        [1.0] + [0.0] * 20,
        [(n, 0) for n in c],
        [(0, n) for n in b] + [(n, m) for n in b for m in c],
        semantics=semantics,
    )


@pytest.mark.parametrize(
    ("semantics", "a", "b", "c"),
    [("quadratic-energy", 0.224088, 0.047814, 0.186079), ("df-quad", 0.033416, 0.033416, 0.288138)],
)
def test_a_ring_that_swings_settles_at_a_slower_pace_and_says_that_it_is_not_certified(semantics, a, b, c):
    found = _ring(semantics)
    assert [found.values[n] for n in (0, 1, 11)] == pytest.approx([a, b, c], abs=1e-6)
    assert found.uncertified == tuple(range(21))
    assert found.residual <= settling.TOLERANCE


def test_a_circle_that_must_settle_is_certified():
    assert framework_strengths([1.0, 0.5], [(0, 1), (1, 0)], semantics="df-quad").uncertified == ()
    assert framework_strengths([0.5] * 2, [(0, 1), (1, 0)]).uncertified == ()
    assert framework_strengths([1.0], [(0, 0)], semantics="df-quad").uncertified == (0,)
    assert (
        framework_strengths([1.0] * 3, [(0, 1), (1, 2), (2, 0)], semantics="weighted-max").uncertified == ()
    )


def test_what_will_not_settle_ends_all_the_same_and_says_how_far_it_got(monkeypatch):
    monkeypatch.setattr(settling, "PACES", ((1.0, 50),))
    found = framework_strengths([1.0], [(0, 0)], semantics="df-quad")
    assert found.uncertified == (0,)
    assert found.residual == 1.0


def test_cards_lift_and_answers_lower():
    argmap = arguments("e1 => C \n u -> C \n e2 => D \n N")
    values = strengths(argmap).values
    assert values["m/C"] == 0.5
    assert values["m/D"] > 0.5
    assert list(values) == [item.id for item in argmap.items]


def test_linked_premises_count_as_one_supporter_with_the_strength_of_the_weakest():
    argmap = arguments("P & Q =i=> C", P=0.9, Q=0.4)
    values = strengths(argmap).values
    assert values["m/i"] == pytest.approx(0.4)
    assert values["m/C"] == strengths(arguments("Q => C", Q=0.4)).values["m/C"]
    assert strengths(argmap, product=True).values["m/i"] == pytest.approx(0.36)


def test_an_undercut_weakens_the_step_and_a_backing_lifts_it():
    assert strengths(arguments("e1 =i=> C \n u -> i")).values["m/i"] < 0.5
    assert strengths(arguments("e1 =i=> C \n e2 => i")).values["m/i"] > 0.5


def test_given_weights_go_before_those_in_the_map():
    argmap = arguments("e1 => C", e1=0.9)
    assert strengths(argmap).values["m/e1"] == 0.9
    assert strengths(argmap, weights={"m/e1": 0.2}).values["m/e1"] == 0.2


def test_a_weight_that_is_none_and_a_name_that_is_none_are_refused_by_name():
    with pytest.raises(
        QuestionError, match=r'the base weight of "C" is 1\.5\n  Give it a strength from 0 to 1'
    ):
        strengths(arguments("e1 => C", C=1.5))
    with pytest.raises(
        QuestionError, match='no semantics "quadratic"\n  There are: quadratic-energy, df-quad'
    ):
        strengths(arguments("e1 => C"), semantics="quadratic")


def test_a_card_contributes_what_is_lost_without_it():
    argmap = arguments("e1 => C \n e2 => C \n e3 => A \n A -> C \n e4 => Z")
    found = contributions(argmap, "m/C")
    assert list(found) == ["m/e1", "m/e2", "m/e3"]
    assert found["m/e1"] == found["m/e2"] > 0 > found["m/e3"]


@pytest.mark.parametrize("semantics", SEMANTICS)
def test_contributions_on_random_maps_are_differences_of_strengths(semantics):
    rng = random.Random(11)
    for _ in range(25 if semantics == "burden" else 60):
        argmap = random_map(rng, most=8)
        for item in argmap.items[:2]:
            whole = strengths(argmap, semantics=semantics)
            if not whole.certified or semantics == "burden":
                continue
            for card, share in contributions(argmap, item.id, semantics=semantics).items():
                without = strengths(argmap, semantics=semantics, removed=[card])
                if without.certified:
                    lost = whole.values[item.id] - without.values[item.id]
                    assert share == pytest.approx(lost, abs=1e-7)


@pytest.mark.parametrize("few", [0, 3, 16])  # nodes of a level that are not worked out as arrays
@pytest.mark.parametrize("semantics", list(GRADUAL))
def test_arrays_and_loop_give_the_same(semantics, few, monkeypatch):
    monkeypatch.setattr(settling_arrays, "_FEW", few)
    rng = random.Random(12)
    for _ in range(120):
        argmap = random_map(rng, most=14)
        network = _network_of(argmap)
        weights = [rng.choice((0.0, 0.2, 0.5, 0.8, 1.0)) for _ in range(network.size)]
        one = settle_in_order(network, weights, GRADUAL[semantics])
        many = network.schedule.settle(weights, GRADUAL[semantics], product=False)
        if not many.uncertified:
            assert list(many.values) == pytest.approx(one.values, abs=1e-8)
        assert set(one.uncertified) == set(many.uncertified)


@pytest.mark.parametrize("semantics", list(GRADUAL))
def test_what_settles_solves_the_equations(semantics):
    rng = random.Random(13)
    for _ in range(80):
        network = _network_of(random_map(rng, most=10, cyclic=True))
        weights = [rng.random() for _ in range(network.size)]
        found = settle_in_order(network, weights, GRADUAL[semantics])
        if found.residual <= settling.TOLERANCE:
            for v, value in enumerate(found.values):
                premises = [found.values[u] for u in network.premises[v]]
                base = min(premises) if premises else weights[v]
                attackers = [found.values[u] for u in network.attackers[v]]
                supporters = [found.values[u] for u in network.supporters[v]]
                assert value == pytest.approx(GRADUAL[semantics].one(base, attackers, supporters), abs=1e-8)


@pytest.mark.parametrize("semantics", list(GRADUAL))
def test_certified_circles_end_at_one_point_wherever_they_begin(semantics):
    rng = random.Random(14)
    seen = 0
    for _ in range(60):
        network = _network_of(random_map(rng, most=8, cyclic=True))
        weights = [rng.random() for _ in range(network.size)]
        found = settle_in_order(network, weights, GRADUAL[semantics])
        if found.uncertified or all(len(c) == 1 for c in network.order):
            continue
        seen += 1
        values = [rng.random() for _ in weights]
        for _ in range(1_000):
            values = [_once(network, weights, values, v, semantics) for v in range(network.size)]
        assert values == pytest.approx(found.values, abs=1e-6)
    assert seen > 5


def _once(network: Network, weights: list[float], values: list[float], v: int, semantics: str) -> float:
    premises = [values[u] for u in network.premises[v]]
    base = min(premises) if premises else weights[v]
    attackers = [values[u] for u in network.attackers[v]]
    return GRADUAL[semantics].one(base, attackers, [values[u] for u in network.supporters[v]])


def _network_of(argmap: ArgumentMap) -> Network:
    from graph.semantics.framework import Framework
    from graph.semantics.strength import _network

    return _network(Framework.of(argmap))
