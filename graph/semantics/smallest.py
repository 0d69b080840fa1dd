"""The smallest sets: of cards whose loss makes an item fall, of answers that make it stand.

One MaxSAT problem, sharpened until its solution holds under the grounded labelling; the derivation
is in docs/semantics.md.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from math import lcm

from graph.errors import QuestionError
from graph.model import ArgumentMap, Evidence, Inference, ItemId, Statement
from graph.semantics.components import components
from graph.semantics.encoding import Encoding
from graph.semantics.framework import Framework, Kind, Rows
from graph.semantics.labelling import IN, OUT, derivable, grounded, supports_in_circles
from graph.semantics.sat import Deadline, MaxSat, OutOfTime


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
    search.strike(search.basic() if among is None else search.named(among), weights or {})
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
    search.strike(search.arguers() if among is None else search.named(among), weights or {})
    found = search.smallest(stands=True, every=every, limit=limit)
    return found if every or weights or not found.size else search.with_attackers(found)


Claim = tuple[int, int]  # a node and a label


class _Search:
    """The part of a map that bears on one item, and what of it may be struck."""

    def __init__(
        self, argmap: ArgumentMap, item_id: ItemId, need_evidence: bool, timeout: float | None
    ) -> None:
        whole = Framework.of(argmap)
        self.argmap = argmap
        self.framework = whole.part(whole.cone([whole.index[item_id]]))
        self.root = self.framework.index[item_id]
        self.need_evidence = need_evidence
        self.needs = self.framework.needs(need_evidence)
        self.deadline = Deadline(timeout)
        self.weights: dict[int, int] = {}
        self.scale = 1

    def basic(self) -> list[int]:
        """The cards and the granted claims."""
        basic = (Kind.BASIC, Kind.FREE)
        return [
            v
            for v, item_id in enumerate(self.framework.ids)
            if self.framework.kinds[v] in basic
            and not self.needs[v]
            and not isinstance(self.argmap.by_id[item_id], Inference)
        ]

    def arguers(self) -> list[int]:
        """The claims, rebuttals and cards."""
        return [
            v
            for v, item_id in enumerate(self.framework.ids)
            if isinstance(self.argmap.by_id[item_id], (Statement, Evidence))
        ]

    def named(self, items: Collection[ItemId]) -> list[int]:
        """These of the items that bear on the root."""
        here = self.framework
        known = (item_id for item_id in items if item_id in here.index or item_id in here.cited)
        return sorted(here.nodes(known))

    def strike(self, nodes: Collection[int], weights: Mapping[ItemId, float]) -> None:
        """Allow these to be struck, but for the root, at these weights."""
        for item_id, weight in weights.items():
            if not weight > 0:
                raise QuestionError(
                    f'the weight of "{item_id}" is {weight:g}\n'
                    "  Give it a number above 0: the harder it is to lose, the greater."
                )
        least = Fraction(1, 1000)  # the solver wants whole numbers, and not too great ones
        exact = {
            v: max(least, Fraction(weights.get(self.framework.ids[v], 1)).limit_denominator(1000))
            for v in nodes
            if v != self.root
        }
        self.scale = lcm(*(weight.denominator for weight in exact.values()))
        self.weights = {v: int(weight * self.scale) for v, weight in exact.items()}

    def smallest(self, *, stands: bool, every: bool, limit: int | None) -> Smallest:
        """The lightest sets to strike so that the root stands, or so that it does not."""
        sets: list[list[int]] = []
        proved = True
        try:
            self._search(sets, stands, every, limit)
        except OutOfTime:
            proved = False
            if not sets and not stands:
                sets = self._some_set()
        named = tuple(tuple(self.framework.ids[v] for v in each) for each in sets)
        cost = sum(self.weights[v] for v in sets[0]) / self.scale if sets else None
        return Smallest(named, len(named[0]) if named else None, proved, cost)

    def _search(self, sets: list[list[int]], stands: bool, every: bool, limit: int | None) -> None:
        if self._stands(()) == stands:
            sets.append([])
            return
        self.deadline.check()
        out = [v for v, label in enumerate(self._derived(())) if label != IN]
        encoding = Encoding(self.framework, self.needs, self.weights, out)
        root = encoding.into[self.root]
        encoding.clauses.append([root if stands else -root])
        wanted = {encoding.keep[v]: weight for v, weight in self.weights.items()}
        solver = MaxSat(encoding.clauses, wanted, self.deadline)
        try:
            best: int | None = None
            while (model := solver.solve()) is not None:
                if best is not None and solver.cost > best:
                    return
                struck = encoding.struck(model)
                if self._stands(struck) == stands:
                    best = solver.cost
                    sets.append(struck)
                    if not every or len(sets) == limit:
                        return
                    solver.add([encoding.keep[v] for v in struck])
                else:
                    for clause in self._overlooked(encoding, model, struck):
                        solver.add(clause)
        finally:
            solver.close()

    def _overlooked(self, encoding: Encoding, model: set[int], struck: list[int]) -> list[list[int]]:
        """Clauses against this solution: support in a circle, or labels that hold only each other up."""
        kept = [encoding.keep[v] for v in struck]
        circles = [
            [*kept, encoding.outof[v]]
            for v, label in enumerate(self._derived(struck))
            if label != IN and encoding.outof[v] not in model
        ]
        return circles or self._loops(encoding, model, struck)

    def _loops(self, encoding: Encoding, model: set[int], struck: list[int]) -> list[list[int]]:
        """Labels that the grounded labelling does not give hold only each other up: of each circle of
        them one needs a reason from outside, or not all of them hold (a loop formula, as of Lin and
        Zhao 2004 for logic programs).
        """
        grounded_labels = self._labels(struck)
        says = {
            (v, label): variable
            for label, variables in ((IN, encoding.into), (OUT, encoding.outof))
            for v, variable in variables.items()
            if variable in model and grounded_labels[v] != label
        }
        claims = list(says)
        place = {claim: i for i, claim in enumerate(claims)}
        before = [[place[c] for c in self._rests_on(*claim) if c in place] for claim in claims]
        clauses: list[list[int]] = []
        for circle in components(range(len(claims)), before):
            inside = set(circle)
            if all(inside.issuperset(before[i]) for i in circle):
                loop = {claims[i]: says[claims[i]] for i in circle}
                clauses += self._loop(encoding, loop, set(struck))
        return clauses

    def _rests_on(self, v: int, label: int) -> list[Claim]:
        """What may be the reason for a node to have a label."""
        attackers, supporters = self.framework.attackers[v], self.framework.supporters[v]
        other = OUT if label == IN else IN
        return [*((u, other) for u in attackers), *((u, label) for u in supporters if self.needs[v])]

    def _loop(self, encoding: Encoding, says: Mapping[Claim, int], struck: set[int]) -> list[list[int]]:
        clauses: list[list[int]] = []
        reasons: dict[int, None] = {}
        for v, label in says:
            reasons.update(dict.fromkeys(self._from_outside(encoding, v, label, says, clauses)))
        # Support may come to run in a circle, but only where more is struck below it.
        circular = [v for v, label in says if label == OUT and v in self._in_circles]
        below = self._reached(circular, self.framework.supporters) if circular else {}
        reasons.update(
            dict.fromkeys(-encoding.keep[v] for v in below if v in encoding.keep and v not in struck)
        )
        return [*clauses, [*(-variable for variable in says.values()), *reasons]]

    def _from_outside(
        self,
        encoding: Encoding,
        v: int,
        label: int,
        says: Mapping[Claim, int],
        clauses: list[list[int]],
    ) -> list[int]:
        """Literals one of which is true if the node has its label for a reason that is not in `says`."""
        attackers, supporters = self.framework.attackers[v], self.framework.supporters[v]
        every = self.needs[v] == len(supporters)
        if label == IN:
            # Where all premises and attackers are settled outside, the node would be IN in earnest; so
            # only a claim with a choice of supporters can be reasoned for from outside.
            choice = 0 < self.needs[v] < len(supporters)
            inside = any((u, OUT) in says for u in attackers)
            return self._outer(encoding.into, supporters, IN, says) if choice and not inside else []
        reasons = self._outer(encoding.into, attackers, IN, says)
        if v in encoding.keep:
            reasons.append(-encoding.keep[v])
        if every:
            reasons += self._outer(encoding.outof, supporters, OUT, says)
        elif self.needs[v] and not any((u, OUT) in says for u in supporters):
            fails = encoding.variable()
            clauses.extend([-fails, encoding.outof[u]] for u in supporters)
            reasons.append(fails)
        return reasons

    @staticmethod
    def _outer(
        variables: Mapping[int, int],
        nodes: Collection[int],
        label: int,
        says: Mapping[Claim, int],
    ) -> list[int]:
        return [variables[u] for u in nodes if (u, label) not in says]

    def _some_set(self) -> list[list[int]]:
        """A set without which the root does not stand and of which, if time allows, nothing can be spared."""
        support = self._reached([self.root], self.framework.supporters)
        left = [v for v in self.weights if v in support]
        if not left or self._stands(left):
            return []
        grace = Deadline(1.0)
        for v in tuple(left):
            without = [u for u in left if u != v]
            if grace.left and not self._stands(without):
                left = without
        return [left]

    def with_attackers(self, found: Smallest) -> Smallest:
        """As many items, with the claims that attack in place of the cards they rest on."""
        chosen = [self.framework.index[item_id] for item_id in found.sets[0]]
        for place, v in enumerate(chosen):
            above = [v, *self._reached([v], self.framework.supported)]
            for u in (u for u in above if u in self.weights and self._attacks(u)):
                changed = [*chosen[:place], u, *chosen[place + 1 :]]
                if u not in chosen[:place] + chosen[place + 1 :] and self._stands(changed):
                    chosen = changed
                    break
        return replace(found, sets=(tuple(self.framework.ids[v] for v in sorted(chosen)),))

    def _stands(self, struck: Collection[int]) -> bool:
        return self._labels(struck)[self.root] == IN

    def _labels(self, struck: Collection[int]) -> bytearray:
        return grounded(self.framework, need_evidence=self.need_evidence, struck=struck).labels

    def _derived(self, struck: Collection[int]) -> bytearray:
        return derivable(self.framework, need_evidence=self.need_evidence, struck=struck).labels

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

    @cached_property
    def _in_circles(self) -> set[int]:
        """The nodes that support themselves, in however many steps."""
        if not supports_in_circles(self.framework):
            return set()
        before = self.framework.supporters.lists
        circles = components(range(self.framework.size), before)
        return {v for circle in circles for v in circle if len(circle) > 1 or v in before[v]}
