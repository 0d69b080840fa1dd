"""Works out a gradual semantics: component by component, exact where there is no circle, by damped
iteration where there is one, with a certificate that it had to settle there or without.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, MutableSequence, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import heappop, heappush
from typing import TYPE_CHECKING

from graph.semantics.components import components
from graph.semantics.framework import MANY, Rows, rows
from graph.semantics.gradual import Gradual

if TYPE_CHECKING:
    from graph.semantics.settling_arrays import Schedule

TOLERANCE = 1e-10
PACES = ((1.0, 2_000), (0.5, 2_000), (0.1, 10_000))  # how far to go towards the new value, sweeps at most
WORK = 5_000_000  # node updates in one component, at most
_CHECK = 64  # so many sweeps, and a pace that gets nowhere is given up
_WIDE = 64  # with fewer nodes in a level than this on average, arrays do not pay


@dataclass(frozen=True, eq=False)
class Network:
    """Who attacks, supports and is a premise of whom; a node with premises has its weight from them."""

    attackers: Rows
    supporters: Rows
    premises: Rows

    @classmethod
    def of_attacks(
        cls, size: int, attacks: Sequence[tuple[int, int]], supports: Sequence[tuple[int, int]] = ()
    ) -> Network:
        """A plain bipolar framework."""

        def incoming(pairs: Sequence[tuple[int, int]]) -> Rows:
            distinct = dict.fromkeys(pairs)
            return rows(size, [end for _, end in distinct], [start for start, _ in distinct])

        return cls(incoming(attacks), incoming(supports), incoming(()))

    @property
    def size(self) -> int:
        """The number of nodes."""
        return len(self.attackers.offsets) - 1

    @cached_property
    def before(self) -> list[list[int]]:
        """What each node's strength depends on."""
        parts = (self.attackers.lists, self.supporters.lists, self.premises.lists)
        return [[*a, *b, *c] for a, b, c in zip(*parts, strict=True)]

    @cached_property
    def order(self) -> list[list[int]]:
        """The strongly connected components in the order in which they can be worked out."""
        return components(range(self.size), self.before)

    @cached_property
    def schedule(self) -> Schedule:
        """The levels that can be worked out at once, for arrays."""
        from graph.semantics.settling_arrays import Schedule

        return Schedule(self)


@dataclass(frozen=True, slots=True)
class Settled:
    """The strengths, and how sure they are."""

    values: Sequence[float]
    residual: float  # the last change, at most, in a component that is a circle
    uncertified: tuple[int, ...]  # nodes of components that did not settle, or need not have


Linked = Callable[[Sequence[float]], float]  # from the premises' strengths to a step's weight


def settle(network: Network, weights: Sequence[float], gradual: Gradual, *, product: bool = False) -> Settled:
    """The strength of every node; with `product` linked premises multiply, else the weakest counts."""
    if network.size >= MANY and len(network.schedule.levels) * _WIDE < network.size:
        return network.schedule.settle(weights, gradual, product=product)
    return settle_in_order(network, weights, gradual, product=product)


def settle_in_order(
    network: Network, weights: Sequence[float], gradual: Gradual, *, product: bool = False
) -> Settled:
    """The same, one node at a time."""
    values = list(weights)
    update = _update(network, values, weights, gradual, product)
    residual = 0.0
    uncertified: list[int] = []
    for component in network.order:
        left, sure = _work_out(network, component, values, weights, gradual, update)
        residual = max(residual, left)
        if not sure:
            uncertified += component
    return Settled(values, residual, tuple(sorted(uncertified)))


class Removal:
    """What one node's strength loses when another node is gone, working out only what lies between."""

    def __init__(
        self, network: Network, weights: Sequence[float], gradual: Gradual, *, product: bool = False
    ) -> None:
        self.network, self.weights, self.gradual = network, weights, gradual
        self.values = list(settle_in_order(network, weights, gradual, product=product).values)
        self.update = _update(network, self.values, weights, gradual, product)
        self.place = {v: i for i, component in enumerate(network.order) for v in component}
        self.after: list[list[int]] = [[] for _ in weights]
        for v, row in enumerate(network.before):
            for u in row:
                self.after[u].append(v)

    def lost(self, root: int, gone: int) -> float:
        """By how much the root is stronger with the other node than without it."""
        values, order, network = self.values, self.network.order, self.network
        before = values[root]
        kept: dict[int, float] = {}
        waiting: list[int] = []
        queued: set[int] = set()

        def changed(v: int, value: float) -> None:
            kept.setdefault(v, value)
            for t in self.after[v]:
                if self.place[t] not in queued:
                    queued.add(self.place[t])
                    heappush(waiting, self.place[t])

        changed(gone, values[gone])
        values[gone] = 0.0
        queued.add(self.place[gone])
        if len(order[self.place[gone]]) > 1:
            heappush(waiting, self.place[gone])
        while waiting:
            component = [v for v in order[heappop(waiting)] if v != gone]
            old = [values[v] for v in component]
            for v in component if len(component) > 1 else ():
                values[v] = self.weights[v]
            _work_out(network, component, values, self.weights, self.gradual, self.update)
            for v, value in zip(component, old, strict=True):
                if values[v] != value:
                    changed(v, value)
        after = values[root]
        for v, value in kept.items():
            values[v] = value
        return before - after


def _update(
    network: Network, values: list[float], weights: Sequence[float], gradual: Gradual, product: bool
) -> Callable[[int], float]:
    lists = network.attackers.lists, network.supporters.lists, network.premises.lists
    return updating(lists, values, weights, gradual, product)


def updating(
    lists: Sequence[Sequence[Sequence[int]] | Mapping[int, Sequence[int]]],
    values: Sequence[float],
    weights: Sequence[float],
    gradual: Gradual,
    product: bool,
) -> Callable[[int], float]:
    """What gives a node's strength from `values`; `lists` has its attackers, supporters and premises."""
    linked: Linked = _product if product else min
    attackers, supporters, premises = lists
    one = gradual.one

    def update(v: int) -> float:
        base = linked([values[u] for u in premises[v]]) if premises[v] else weights[v]
        return one(base, [values[u] for u in attackers[v]], [values[u] for u in supporters[v]])

    return update


def _work_out(
    network: Network,
    component: Sequence[int],
    values: list[float],
    weights: Sequence[float],
    gradual: Gradual,
    update: Callable[[int], float],
) -> tuple[float, bool]:
    """Sets the values of a component; gives the last change, and whether it is certain."""
    v = component[0]
    if len(component) == 1 and v not in network.before[v]:
        values[v] = update(v)
        return 0.0, True
    left = iterated(component, values, update)
    return left, left <= TOLERANCE and _certified(network, component, weights, gradual)


def _product(values: Sequence[float]) -> float:
    result = 1.0
    for value in values:
        result *= value
    return result


def iterated(
    component: Sequence[int],
    values: MutableSequence[float] | memoryview[float],
    update: Callable[[int], float],
) -> float:
    """Sets the values of a circle, which are its weights before; gives the last change, at most."""
    start = {v: values[v] for v in component}
    left = 1.0
    for pace, sweeps in PACES:
        for v in component:
            values[v] = start[v]
        before = 2.0
        for sweep in range(min(sweeps, max(2 * _CHECK, WORK // len(component)))):
            new = [update(v) for v in component]
            left = 0.0
            for v, value in zip(component, new, strict=True):
                change = value - values[v]
                left = max(left, abs(change))
                values[v] = value if pace == 1 else values[v] + pace * change
            if left <= TOLERANCE:
                return left
            if sweep % _CHECK == _CHECK - 1:
                if left > 0.9 * before and pace > 0.1:
                    break
                before = left
    return left


def _certified(
    network: Network, component: Sequence[int], weights: Sequence[float], gradual: Gradual
) -> bool:
    """Whether the component is known to have one solution, which the iteration approaches.

    The update is a contraction in a weighted maximum norm if for some positive x every
    T(x)_i < x_i, T being the bounds on what each input can change (Collatz and Wielandt).
    """
    inside = set(component)
    place = {v: i for i, v in enumerate(component)}
    edges: list[list[tuple[int, float]]] = []
    plain = True
    for v in component:
        premises = network.premises[v]
        attackers, supporters = network.attackers[v], network.supporters[v]
        slope = gradual.slope(None if premises else weights[v])
        own = [(place[u], slope) for u in (*attackers, *supporters) if u in inside]
        linked = [u for u in premises if u in inside]
        if linked:
            plain = False
            by_weight = gradual.weight_slope(len(attackers), len(supporters))
            own += [(place[u], by_weight) for u in linked]
        edges.append(own)
    if gradual.settles and plain:
        return True
    x = [1.0] * len(component)
    for _ in range(50):
        image = [sum(slope * x[u] for u, slope in row) for row in edges]
        if all(new < old for new, old in zip(image, x, strict=True)):
            return True
        most = max(image)
        x = [max(1e-9, (new + 0.1 * old) / most) for new, old in zip(image, x, strict=True)]
    return False
