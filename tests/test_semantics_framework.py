"""Large maps go through arrays: they get the same answers as small ones do through loops."""

from __future__ import annotations

import random
import subprocess
import sys

import pytest

from graph.model import ArgumentMap, Claim, Evidence, Link, LinkKind
from graph.semantics import framework as compact
from graph.semantics import labelling
from graph.semantics.framework import Framework
from graph.semantics.gradual import GRADUAL
from graph.semantics.settling import settle_in_order
from graph.semantics.strength import _network, strengths
from graph.semantics.verdict import Verdict, verdicts

SIZE = 6_000


@pytest.fixture(scope="module")
def large() -> ArgumentMap:
    """Some thousand claims and cards, with circles, and with links that are said twice."""
    rng = random.Random(1)
    items = tuple((Evidence if rng.random() < 0.3 else Claim)(id=f"m/{n}", title=str(n)) for n in range(SIZE))
    links = []
    for n in range(1, SIZE):
        start, end = items[n], items[rng.randrange(n)]
        if isinstance(end, Evidence):
            kind = LinkKind.UNDERMINES
        else:
            kind = rng.choice((LinkKind.SUPPORTS, LinkKind.SUPPORTS, LinkKind.REBUTS))
        links += [Link(kind=kind, start=start.id, end=end.id)] * rng.choice((1, 1, 1, 2))
        if rng.random() < 0.02 and isinstance(end, Claim) and isinstance(start, Claim):
            links.append(Link(kind=rng.choice((kind, LinkKind.CONTRADICTS)), start=end.id, end=start.id))
    return ArgumentMap(id="m", title="m", items=items, links=tuple(links))


def test_verdicts_by_arrays_are_those_of_the_loop(large, monkeypatch):
    struck = [item.id for item in large.items[::50]]

    def all_ways() -> list[dict[str, Verdict]]:
        return [
            verdicts(large, struck=each, need_evidence=need)
            for each in ((), struck)
            for need in (False, True)
        ]

    by_arrays = all_ways()
    assert len(set(by_arrays[0].values())) == 3
    monkeypatch.setattr(labelling, "MANY", sys.maxsize)
    assert by_arrays == all_ways()


def test_strengths_by_arrays_are_those_of_the_loop(large):
    network = _network(Framework.of(large))
    by_loop = settle_in_order(network, [0.5] * SIZE, GRADUAL["quadratic-energy"])
    found = strengths(large)
    assert list(found.values.values()) == pytest.approx(list(by_loop.values), abs=1e-8)
    assert found.certified == (not by_loop.uncertified)


def test_rows_by_arrays_are_those_of_the_loop(large, monkeypatch):
    by_arrays = Framework.of(large)
    monkeypatch.setattr(compact, "MANY", sys.maxsize)
    by_loop = compact._framework(large)
    assert by_arrays.supports == by_loop.supports
    assert by_arrays.attacks == by_loop.attacks
    for name in ("supporters", "supported", "attackers", "attacked"):
        one, other = getattr(by_arrays, name), getattr(by_loop, name)
        assert (one.offsets, one.values) == (other.offsets, other.values)


def test_small_maps_are_answered_without_numpy_and_without_solvers():
    code = (
        "import sys; from graph.model import *; from graph.semantics.verdict import verdicts\n"
        "from graph.semantics.strength import strengths\n"
        "import graph.semantics.dung, graph.semantics.smallest, graph.semantics.whatif\n"
        "m = ArgumentMap(id='m', title='m', items=(Claim(id='m/a', title='a'),))\n"
        "verdicts(m), strengths(m)\n"
        "print([name for name in ('numpy', 'pysat') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
