"""Works out a gradual semantics level by level with numpy: what `settling` says, for large maps."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from graph.semantics.components import components
from graph.semantics.gradual import Gradual, Reduced
from graph.semantics.settling import PACES, TOLERANCE, Settled, iterated, updating

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from graph.semantics.settling import Network

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]

_WORK = 200_000_000
_CHECK = 64
_NARROW, _PATIENCE = 32, 32
_FEW = 16  # nodes of a level that are worked out sooner one by one than as arrays


class _Gather:
    """The neighbours of some nodes, ready to be reduced row by row."""

    def __init__(self, offsets: Ints, values: Ints, nodes: Ints) -> None:
        degrees = offsets[nodes + 1] - offsets[nodes]
        ends = np.cumsum(degrees)
        starts = ends - degrees
        self.filled = degrees > 0
        self.starts = starts[self.filled]
        self.row = np.repeat(np.arange(len(nodes)), degrees)
        place = np.arange(ends[-1] if len(nodes) else 0) + np.repeat(offsets[nodes] - starts, degrees)
        self.sources = values[place]
        self.degrees = degrees

    def of(self, strengths: Floats) -> Reduced:
        return Reduced(strengths[self.sources], self.filled, self.starts)


class _Level:
    """Nodes that can be worked out at once."""

    def __init__(self, nodes: Ints, relations: Sequence[tuple[Ints, Ints]]) -> None:
        self.nodes = nodes
        self.attackers, self.supporters, self.premises = (
            _Gather(offsets, values, nodes) for offsets, values in relations
        )
        self.steps = self.premises.filled
        self.has_steps = bool(self.steps.any())

    def update(self, strengths: Floats, weights: Floats, gradual: Gradual, product: bool) -> Floats:
        """The nodes' strengths from those of what bears on them."""
        base = weights[self.nodes]
        if self.has_steps:
            linked = self.premises.of(strengths)
            base = np.where(self.steps, linked.product if product else linked.least, base)
        return gradual.many(base, self.attackers.of(strengths), self.supporters.of(strengths))


class _Few:
    """The nodes of a level that has few, worked out one by one: circle by circle, then the single nodes."""

    def __init__(self, single: Ints, circular: Ints, component: Ints, network: Network) -> None:
        circles: dict[int, list[int]] = {}
        for v in circular.tolist():
            circles.setdefault(int(component[v]), []).append(v)
        self.circles = list(circles.values())
        self.single: list[int] = single.tolist()
        nodes = [*self.single, *circular.tolist()]
        self._lists = [
            {v: rows[v].tolist() for v in nodes}
            for rows in (network.attackers, network.supporters, network.premises)
        ]

    def settle(
        self, strengths: Floats, weights: Floats, change: Floats, gradual: Gradual, product: bool
    ) -> None:
        """Sets the nodes' strengths, and the last change of those in circles."""
        values = _one_by_one(strengths)
        update = updating(self._lists, values, _one_by_one(weights), gradual, product)
        for v in self.single:
            values[v] = update(v)
        for circle in self.circles:
            change[circle] = iterated(circle, values, update)


class Schedule:
    """The levels of a network, circles and single nodes apart; made once for any weights."""

    def __init__(self, network: Network) -> None:
        self.size = network.size
        self._relations = [
            (np.asarray(rows.offsets, np.int64), np.asarray(rows.values, np.int64))
            for rows in (network.attackers, network.supporters, network.premises)
        ]
        starts = np.concatenate([values for _, values in self._relations])
        ends = np.concatenate(
            [np.repeat(np.arange(self.size), np.diff(offsets)) for offsets, _ in self._relations]
        )
        self.component = self._components(network, starts, ends)
        self.circular = np.bincount(self.component)[self.component] > 1
        self.circular[starts[starts == ends]] = True
        self.levels = self._levels(network, starts, ends)
        circles = np.flatnonzero(self.circular)
        self.circles = _Circles(circles, self._relations, self.component) if len(circles) else None

    def _components(self, network: Network, starts: Ints, ends: Ints) -> Ints:
        """The number of each node's component; only what lies between circles is searched for them."""
        alive = np.ones(self.size, bool)
        for one, other in ((starts, ends), (ends, starts)):
            inner = alive[one] & alive[other]
            alive &= ~_peeled(self.size, one[inner], other[inner], alive)
        component = np.full(self.size, -1, np.int64)
        core = np.flatnonzero(alive).tolist()
        count = 0
        if core:
            inner = alive[starts] & alive[ends]
            before: dict[int, list[int]] = {v: [] for v in core}
            for start, end in zip(starts[inner].tolist(), ends[inner].tolist(), strict=True):
                before[end].append(start)
            for found in components(core, before):  # type: ignore[arg-type]  # only ever indexed
                component[found] = count
                count += 1
        single = component < 0
        component[single] = count + np.arange(np.count_nonzero(single))
        return component

    def _levels(self, network: Network, starts: Ints, ends: Ints) -> list[_Few | _Many]:
        first, then = self.component[starts], self.component[ends]
        outer = first != then
        number = int(self.component.max()) + 1 if self.size else 0
        level = _depths(number, first[outer], then[outer])[self.component]
        order = np.argsort(level, kind="stable")
        bounds = np.searchsorted(level[order], np.arange(level.max() + 2 if self.size else 1))
        found: list[_Few | _Many] = []
        for begin, end in zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True):
            nodes = order[begin:end]
            single, circular = nodes[~self.circular[nodes]], nodes[self.circular[nodes]]
            if len(nodes) <= _FEW:
                found.append(_Few(single, circular, self.component, network))
            else:
                found.append(_Many(single, circular, self.component, self._relations))
        return found

    def settle(self, weights: Sequence[float], gradual: Gradual, *, product: bool) -> Settled:
        """The strength of every node."""
        base = np.asarray(weights, np.float64)
        strengths = base.copy()
        residual = 0.0
        change = np.zeros(self.size)
        for level in self.levels:
            level.settle(strengths, base, change, gradual, product)
        uncertified: list[int] = []
        if self.circles is not None:
            residual, uncertified = self.circles.judged(np.abs(change), base, gradual)
        return Settled(array("d", strengths.tobytes()), residual, tuple(uncertified))


class _Many:
    """The nodes of a level, single ones and circles, as arrays."""

    def __init__(
        self, single: Ints, circular: Ints, component: Ints, relations: Sequence[tuple[Ints, Ints]]
    ) -> None:
        self.single = _Level(single, relations) if len(single) else None
        self.circles = _Circles(circular, relations, component) if len(circular) else None

    def settle(
        self, strengths: Floats, weights: Floats, change: Floats, gradual: Gradual, product: bool
    ) -> None:
        """Sets the nodes' strengths, and the last change of those in circles."""
        if self.single is not None:
            strengths[self.single.nodes] = self.single.update(strengths, weights, gradual, product)
        if self.circles is not None:
            change[self.circles.nodes] = self.circles.iterate(strengths, weights, gradual, product)


class _Circles(_Level):
    """Components of one level that are circles, iterated together and judged apart."""

    def __init__(self, nodes: Ints, relations: Sequence[tuple[Ints, Ints]], component: Ints) -> None:
        super().__init__(nodes, relations)
        self.names, self.place = np.unique(component[nodes], return_inverse=True)
        self._position = np.full(len(component), -1, np.int64)
        self._position[nodes] = np.arange(len(nodes))
        self._inner = [
            component[gather.sources] == component[nodes][gather.row]
            for gather in (self.attackers, self.supporters, self.premises)
        ]

    def judged(self, change: Floats, weights: Floats, gradual: Gradual) -> tuple[float, list[int]]:
        """The greatest last change, and the nodes that are not certified, in ascending order."""
        by_component = np.zeros(len(self.names))
        np.maximum.at(by_component, self.place, change[self.nodes])
        sure = (by_component <= TOLERANCE) & self._certified(weights, gradual)
        return float(by_component.max()), self.nodes[~sure[self.place]].tolist()

    def iterate(self, strengths: Floats, weights: Floats, gradual: Gradual, product: bool) -> Floats:
        """Sets the nodes' strengths; gives the last change of each."""
        nodes = self.nodes
        start = strengths[nodes]
        change = np.ones(len(nodes))
        for pace, sweeps in PACES:
            strengths[nodes] = held = start
            before = 2.0
            for sweep in range(min(sweeps, max(2 * _CHECK, _WORK // len(nodes)))):
                new = self.update(strengths, weights, gradual, product)
                change = new - held
                strengths[nodes] = held = new if pace == 1 else held + pace * change
                left = float(np.abs(change).max())
                if left <= TOLERANCE:
                    return change
                if sweep % _CHECK == _CHECK - 1:
                    if left > 0.9 * before and pace > 0.1:
                        break
                    before = left
        return change

    def _certified(self, weights: Floats, gradual: Gradual) -> NDArray[np.bool_]:
        steps, count = self.steps, len(self.nodes)
        slope = np.array(
            [
                gradual.slope(None if step else weight)
                for step, weight in zip(steps.tolist(), weights[self.nodes].tolist(), strict=True)
            ]
        )
        linked = np.bincount(self.premises.row, self._inner[2], count) > 0
        by_weight = np.zeros(count)
        for place in np.flatnonzero(linked).tolist():
            attackers, supporters = self.attackers.degrees[place], self.supporters.degrees[place]
            by_weight[place] = gradual.weight_slope(int(attackers), int(supporters))
        sure = np.zeros(len(self.names), bool)
        if gradual.settles:
            sure = np.bincount(self.place, linked, len(self.names)) == 0
        x = np.ones(count)
        for _ in range(50):
            if sure.all():
                break
            attackers, supporters, premises = (
                np.bincount(gather.row[inner], x[self._position[gather.sources[inner]]], minlength=count)
                for gather, inner in zip(
                    (self.attackers, self.supporters, self.premises), self._inner, strict=True
                )
            )
            image = slope * (attackers + supporters) + by_weight * premises
            sure |= np.bincount(self.place, image >= x, len(self.names)) == 0
            most = np.zeros(len(self.names))
            np.maximum.at(most, self.place, image)
            x = np.clip((image + 0.1 * x) / np.maximum(most, 1e-9)[self.place], 1e-9, 2.0)
        return sure


def _one_by_one(values: Floats) -> memoryview[float]:
    """The array, for a loop: it gives and takes single numbers much sooner so."""
    return memoryview(values.data).cast("B").cast("d")


def _peeled(size: int, starts: Ints, ends: Ints, alive: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The nodes that no chain of `starts` before `ends` leads to from a circle.

    A long thin tail of rounds is not followed to its end: who is left over is only searched in vain.
    """
    offsets, values = _outgoing(size, starts, ends)
    left = np.bincount(ends, minlength=size)
    frontier = np.flatnonzero((left == 0) & alive)
    gone = np.zeros(size, bool)
    narrow = 0
    while len(frontier) and narrow < _PATIENCE:
        narrow = narrow + 1 if len(frontier) < _NARROW else 0
        gone[frontier] = True
        reached = _of(offsets, values, frontier)
        np.subtract.at(left, reached, 1)
        frontier = np.unique(reached[left[reached] == 0])
    return gone


def _depths(number: int, starts: Ints, ends: Ints) -> Ints:
    """How many steps each of the numbers is from the beginning, along the longest way; no circles."""
    offsets, values = _outgoing(number, starts, ends)
    left = np.bincount(ends, minlength=number)
    depth = np.zeros(number, np.int64)
    frontier = np.flatnonzero(left == 0)
    count = 0
    while len(frontier):
        depth[frontier] = count
        count += 1
        reached = _of(offsets, values, frontier)
        np.subtract.at(left, reached, 1)
        frontier = np.unique(reached[left[reached] == 0])
    return depth


def _outgoing(size: int, starts: Ints, ends: Ints) -> tuple[Ints, Ints]:
    offsets = np.zeros(size + 1, np.int64)
    np.cumsum(np.bincount(starts, minlength=size), out=offsets[1:])
    return offsets, ends[np.argsort(starts, kind="stable")]


def _of(offsets: Ints, values: Ints, nodes: Ints) -> Ints:
    length = offsets[nodes + 1] - offsets[nodes]
    ends = np.cumsum(length)
    place = np.arange(ends[-1]) + np.repeat(offsets[nodes] - (ends - length), length)
    found: Ints = values[place]
    return found
