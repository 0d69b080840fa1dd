"""The smallest sets: of cards whose loss makes an item fall, of answers that make it stand.

One MaxSAT problem, sharpened until its solution holds under the grounded labelling; the derivation
is in docs/semantics.md.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from math import lcm

from graph.errors import QuestionError
from graph.model import ArgumentMap, Evidence, Inference, ItemId, Statement
from graph.semantics.framework import Framework, Kind, Rows
from graph.semantics.labelling import IN, OUT
from graph.semantics.reasons import Reasons
from graph.semantics.sat import Deadline, MaxSat, OutOfTime
from graph.semantics.whatif import Relabelled


@dataclass(frozen=True, slots=True)
class Smallest:
    """Sets of items, each as small (or as light) as can be; none, if none does it.

    Not `proved` where time ran out: then the sets do it, and there may be smaller ones or others.
    """

    sets: tuple[tuple[ItemId, ...], ...]
    size: int | None  # how many items the first set has; None: no set is known
    proved: bool
    cost: float | None = None  # the weight of each set; without weights, its size


def sink(
    argmap: ArgumentMap,
    item_id: ItemId,
    *,
    every: bool = False,
    limit: int | None = None,
    weights: Mapping[ItemId, float] | None = None,
    among: Collection[ItemId] | None = None,
    need_evidence: bool = False,
    timeout: float | None = None,
) -> Smallest:
    """The smallest sets of cards and granted claims without which the item no longer stands.

    With `every` all of the smallest size, up to `limit`. `weights` say how hard each is to lose (1
    where not given); then the lightest. `among` names what may be lost instead. The set is empty
    where the item does not stand anyway. `timeout` in seconds.
    """
    search = _Search(argmap, item_id, need_evidence, timeout)
    search.strike(search.basic, among, weights or {})
    return search.smallest(stands=False, every=every, limit=limit)


def save(
    argmap: ArgumentMap,
    item_id: ItemId,
    *,
    every: bool = False,
    limit: int | None = None,
    weights: Mapping[ItemId, float] | None = None,
    among: Collection[ItemId] | None = None,
    need_evidence: bool = False,
    timeout: float | None = None,
) -> Smallest:
    """The smallest sets of claims and cards to find an answer to, so that the item stands.

    An answer is an attack that nothing on the map answers. Where a claim and its card serve alike,
    the claim that attacks is named. The options are those of `sink`.
    """
    search = _Search(argmap, item_id, need_evidence, timeout)
    search.strike(search.argues, among, weights or {})
    found = search.smallest(stands=True, every=every, limit=limit)
    return found if every or weights or not found.size else search.with_attackers(found)


class _Search:
    """What may be struck, and the labels as things are."""

    def __init__(
        self, argmap: ArgumentMap, item_id: ItemId, need_evidence: bool, timeout: float | None
    ) -> None:
        self.argmap = argmap
        self.framework = Framework.of(argmap)
        self.root = self.framework.index[item_id]
        self.state = Relabelled(self.framework, need_evidence=need_evidence)
        self.deadline = Deadline(timeout)
        self.may_strike: Callable[[int], bool] = self.basic
        self.weights: Mapping[int, int] = {}
        self.scale = 1

    def basic(self, v: int) -> bool:
        """Whether the node is a card or a granted claim."""
        granted = self.framework.kinds[v] in (Kind.BASIC, Kind.FREE) and not self.state.needs[v]
        return granted and not isinstance(self.argmap.by_id[self.framework.ids[v]], Inference)

    def argues(self, v: int) -> bool:
        """Whether the node is a claim, a rebuttal or a card."""
        if v >= len(self.framework.ids):
            return False
        return isinstance(self.argmap.by_id[self.framework.ids[v]], (Statement, Evidence))

    def strike(
        self,
        may_strike: Callable[[int], bool],
        among: Collection[ItemId] | None,
        weights: Mapping[ItemId, float],
    ) -> None:
        """Say what may be struck and at what weight, 1 where none is given; never the root."""
        for item_id, weight in weights.items():
            if not weight > 0:
                raise QuestionError(
                    f'the weight of "{item_id}" is {weight:g}\n'
                    "  Give it a number above 0: the harder it is to lose, the greater."
                )
        here = self.framework
        self.may_strike = may_strike
        if among is not None:
            named = here.nodes(item_id for item_id in among if item_id in here.index or item_id in here.cited)
            self.may_strike = named.__contains__
        least = Fraction(1, 1000)  # the solver wants whole numbers, and not too great ones
        exact = {
            here.index[item_id]: max(least, Fraction(weight).limit_denominator(1000))
            for item_id, weight in weights.items()
            if item_id in here.index
        }
        self.scale = lcm(*(weight.denominator for weight in exact.values()))
        self.weights = {v: int(weight * self.scale) for v, weight in exact.items()}

    def weight(self, v: int) -> int | None:
        """What it costs to strike a node; None where it must not be struck."""
        if v == self.root or not self.may_strike(v):
            return None
        return self.weights.get(v, self.scale)

    def smallest(self, *, stands: bool, every: bool, limit: int | None) -> Smallest:
        """The lightest sets to strike so that the root stands, or so that it does not."""
        sets: list[list[int]] = []
        proved = True
        try:
            self._search(sets, stands, every, limit)
        except OutOfTime:
            proved = False
            if not sets:
                sets = self._some_set(stands)
        named = tuple(tuple(self.framework.ids[v] for v in each) for each in sets)
        cost = sum(self.weights.get(v, self.scale) for v in sets[0]) / self.scale if sets else None
        return Smallest(named, len(named[0]) if named else None, proved, cost)

    def _search(self, sets: list[list[int]], stands: bool, every: bool, limit: int | None) -> None:
        if self._stands(()) == stands:
            sets.append([])
            return
        solver = MaxSat(self.deadline)
        claim = (self.root, IN if stands else OUT)
        reasons = Reasons(self.state, claim, self.weight, solver, may_be_open=not stands)
        try:
            best: int | None = None
            while (model := solver.solve()) is not None:
                if best is not None and solver.cost > best:
                    return
                struck = reasons.struck(model)
                if self._stands(struck) == stands:
                    best = solver.cost
                    sets.append(struck)
                    if not every or len(sets) == limit:
                        return
                    solver.add(reasons.keep(struck))
                else:
                    reasons.refute(model)
        finally:
            solver.close()

    def _some_set(self, stands: bool) -> list[list[int]]:
        """A set that does it and of which, if time allows, nothing can be spared: of all that the root
        rests on, or of all that attacks any of it.
        """
        rests_on = self._reached([self.root], self.framework.supporters)
        tries: list[Collection[int]] = [rests_on]
        if stands:
            attacking = self._attacking([self.root, *rests_on])
            # In circles what it rests on attacks as well, and to lose that may be to fall.
            tries = [attacking, attacking.difference(rests_on)]
        sets = (sorted(v for v in nodes if self.weight(v) is not None) for nodes in tries)
        left = next((each for each in sets if each and self._stands(each) == stands), [])
        if not left:
            return []
        grace = Deadline(1.0)
        size = len(left)
        while size := size // 2:
            place = 0
            while place < len(left) and grace.left:
                without = left[:place] + left[place + size :]
                if without and self._stands(without) == stands:
                    left = without
                else:
                    place += size
        return [left]

    def _attacking(self, nodes: Iterable[int]) -> set[int]:
        """What attacks any of these nodes, itself or as a premise of a step."""
        attackers = {u for v in nodes for u in self.framework.attackers[v]}
        steps = {u for u in attackers if self.framework.kinds[u] == Kind.AND}
        return attackers | {u for step in steps for u in self.framework.supporters[step]}

    def with_attackers(self, found: Smallest) -> Smallest:
        """As many items, with the claims that attack in place of the cards they rest on."""
        chosen = [self.framework.index[item_id] for item_id in found.sets[0]]
        for place, v in enumerate(chosen):
            above = [v, *self._reached([v], self.framework.supported)]
            for u in (u for u in above if self.weight(u) is not None and self._attacks(u)):
                changed = [*chosen[:place], u, *chosen[place + 1 :]]
                if u not in chosen[:place] + chosen[place + 1 :] and self._stands(changed):
                    chosen = changed
                    break
        return replace(found, sets=(tuple(self.framework.ids[v] for v in sorted(chosen)),))

    def _stands(self, struck: Collection[int]) -> bool:
        self.state.strike(set(struck))
        return self.state.grounded.labels[self.root] == IN

    def _attacks(self, v: int) -> bool:
        """Whether the node attacks, itself or as a premise of a step that does."""
        steps = (t for t in self.framework.supported[v] if self.framework.kinds[t] == Kind.AND)
        return bool(self.framework.attacked[v]) or any(self.framework.attacked[t] for t in steps)

    def _reached(self, nodes: Collection[int], along: Rows) -> dict[int, None]:
        """What the nodes lead to, nearest first; they themselves only in a circle."""
        reached: dict[int, None] = {}
        queue = deque(nodes)
        while queue:
            for u in along[queue.popleft()]:
                if u not in reached:
                    reached[u] = None
                    queue.append(u)
        return reached
