"""Finds the extensions of abstract frameworks by SAT, one strongly connected component at a time.

Which semantics may be worked out so follows Baroni, Giacomin and Guida (2005).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from graph.semantics.abstract import Attacks
from graph.semantics.labelling import IN, OUT, UNDECIDED
from graph.semantics.sat import Clause, Deadline, Sat

Extension = frozenset[int]
Close = Callable[[set[int]], set[int]]

_FEW = 8  # attackers of an attacker on average: with more, a clause for each defence is too much


class Clauses:
    """A framework as clauses: variable 2v+1 says that v is IN, 2v+2 that something IN attacks it."""

    def __init__(self, attackers: Sequence[Sequence[int]]) -> None:
        self.attackers = attackers
        self.clauses: list[Clause] = []

    @staticmethod
    def into(v: int) -> int:
        """The variable that says v is IN."""
        return 2 * v + 1

    @staticmethod
    def hit(v: int) -> int:
        """The variable that says something IN attacks v."""
        return 2 * v + 2

    def conflict_free(self) -> Clauses:
        """Nobody is IN who is attacked by what is IN."""
        for v, row in enumerate(self.attackers):
            inn, hit = 2 * v + 1, 2 * v + 2
            self.clauses.append([-inn, -hit])
            self.clauses.append([-hit, *(2 * u + 1 for u in row)])
            self.clauses.extend([hit, -(2 * u + 1)] for u in row)
        return self

    def admissible(self) -> Clauses:
        """And who is IN has all attackers hit."""
        self.conflict_free()
        self.clauses.extend([-(2 * v + 1), 2 * u + 2] for v, row in enumerate(self.attackers) for u in row)
        return self

    def defended(self) -> Clauses:
        """Admissible, in fewer clauses where few attack each: of every attacker an attacker is IN."""
        attackers = self.attackers
        defenders = [[2 * w + 1 for w in row] for row in attackers]
        for v, row in enumerate(attackers):
            inn = 2 * v + 1
            for u in row:
                self.clauses.append([-inn, -(2 * u + 1)])
                self.clauses.append([-inn, *defenders[u]])
        return self

    def complete(self) -> Clauses:
        """And who has all attackers hit is IN."""
        self.admissible()
        self.clauses.extend([2 * v + 1, *(-(2 * u + 2) for u in row)] for v, row in enumerate(self.attackers))
        return self

    def without_undecided(self) -> Clauses:
        """Everybody is IN or hit."""
        self.clauses.extend([2 * v + 1, 2 * v + 2] for v in range(len(self.attackers)))
        return self

    def closed(self, model: set[int]) -> set[int]:
        """An admissible solution with all that it defends, which is admissible with it (Dung 1995)."""
        found = set(model)
        attackers = [[2 * u + 1 for u in row] for row in self.attackers]
        more = True
        while more:
            hit = [not found.isdisjoint(row) for row in attackers]
            more = False
            for v, row in enumerate(self.attackers):
                if 2 * v + 1 not in found and all(hit[u] for u in row):
                    found.add(2 * v + 1)
                    more = True
        return found

    def chosen(self, model: set[int]) -> Extension:
        """Who is IN in a solution."""
        return frozenset(v for v in range(len(self.attackers)) if 2 * v + 1 in model)


def solutions(clauses: Clauses, deadline: Deadline) -> Iterator[Extension]:
    """Every set of arguments that satisfies the clauses."""
    solver = Sat(clauses.clauses, deadline)
    try:
        while (model := solver.solve()) is not None:
            found = clauses.chosen(model)
            yield found
            solver.add(
                [-clauses.into(v) if v in found else clauses.into(v) for v in range(len(clauses.attackers))]
            )
    finally:
        solver.close()


def maximal(clauses: Clauses, deadline: Deadline, close: Close | None = None) -> Iterator[Extension]:
    """Every solution that no other contains; `close` may add to one what can be had without a search."""
    variables = [clauses.into(v) for v in range(len(clauses.attackers))]
    return (clauses.chosen(model) for model in greatest(clauses, variables, deadline, close))


def of_greatest_range(clauses: Clauses, deadline: Deadline) -> Iterator[Extension]:
    """Every solution in which no fewer are undecided in any other."""
    size = len(clauses.attackers)
    ranges = [2 * size + v + 1 for v in range(size)]
    for v, variable in enumerate(ranges):
        inn, hit = clauses.into(v), clauses.hit(v)
        clauses.clauses += ([-variable, inn, hit], [variable, -inn], [variable, -hit])
    for model in greatest(clauses, ranges, deadline):
        fixed = Clauses(clauses.attackers)
        fixed.clauses = [*clauses.clauses, *([x if x in model else -x] for x in ranges)]
        yield from solutions(fixed, deadline)


def greatest(
    clauses: Clauses, variables: Sequence[int], deadline: Deadline, close: Close | None = None
) -> Iterator[set[int]]:
    """A solution for every set of these variables that can be true together and that no other contains."""
    solver = Sat(clauses.clauses, deadline)
    solver.prefer(variables)
    try:
        while (model := solver.solve()) is not None:
            model = grown(solver, model, variables, close)
            yield model
            rest = [x for x in variables if x not in model]
            if not rest:
                return
            solver.add(rest)
    finally:
        solver.close()


def grown(solver: Sat, model: set[int], variables: Sequence[int], close: Close | None = None) -> set[int]:
    """A solution in which these variables are true, and as many more as can be."""
    while True:
        if close is not None:
            model = close(model)
        rest = [x for x in variables if x not in model]
        if not rest:
            return model
        guard = solver.variable()
        solver.add([-guard, *rest])
        more = solver.solve([guard, *(x for x in variables if x in model)])
        solver.add([-guard])
        if more is None:
            return model
        model = more


class Walk:
    """All ways to label a framework, component by component, attackers first."""

    def __init__(
        self,
        attacks: Attacks,
        inside: Callable[[Clauses, Deadline], Iterator[Extension]],
        deadline: Deadline,
        *,
        may_refuse: bool = False,
    ) -> None:
        self.attacks, self.inside, self.deadline = attacks, inside, deadline
        self.may_refuse = may_refuse  # admissible: what could be IN need not be
        self.attackers, self.attacked = attacks.attackers.lists, attacks.attacked.lists
        self.labels = bytearray(attacks.size)

    def extensions(self) -> Iterator[Extension]:
        """The set of what is IN, for each way."""
        order, labels = self.attacks.order, self.labels
        stack: list[Iterator[Extension]] = []
        while True:
            while len(stack) < len(order):
                component = order[len(stack)]
                choices = self._choices(component)
                first = next(choices, None)
                if first is None:
                    break
                self._set(component, first)
                stack.append(choices)
            else:
                self.deadline.check()
                yield frozenset(v for v, label in enumerate(labels) if label == IN)
            while stack:
                component = order[len(stack) - 1]
                other = next(stack[-1], None)
                if other is not None:
                    self._set(component, other)
                    break
                stack.pop()
            if not stack:
                return

    def _choices(self, component: list[int]) -> Iterator[Extension]:
        v = component[0]
        if len(component) == 1 and v not in self.attackers[v]:
            free = all(self.labels[u] == OUT for u in self.attackers[v])
            if free:
                yield frozenset(component)
            if not free or self.may_refuse:
                yield frozenset()
            return
        if len(component) == 1:  # it attacks itself
            yield frozenset()
            return
        inside = set(component)
        outside = [[self.labels[u] for u in self.attackers[v] if u not in inside] for v in component]
        # What is hit from outside is OUT and can be left away; what something undecided attacks from
        # outside is never IN, as if it attacked itself.
        nodes = [v for v, labels in zip(component, outside, strict=True) if IN not in labels]
        place = {v: i for i, v in enumerate(nodes)}
        rows = [[place[u] for u in self.attackers[v] if u in place] for v in nodes]
        for v, labels in zip(component, outside, strict=True):
            if UNDECIDED in labels and v in place:
                rows[place[v]].append(place[v])
        if len(nodes) == len(component):  # else it may have fallen apart
            choices = self.inside(Clauses(rows), self.deadline)
        else:
            attacks = ((u, v) for v, row in enumerate(rows) for u in row)
            choices = self._inside(Attacks.of(len(nodes), attacks))
        yield from (frozenset(nodes[i] for i in found) for found in choices)

    def _inside(self, part: Attacks) -> Iterator[Extension]:
        """The extensions of what is left of a component, given what is outside."""
        if part.size == 0 or (part.size == 1 and part.attackers[0]):
            return iter([frozenset()])
        if not self.may_refuse:
            undecided = [v for v, label in enumerate(part.grounded) if label == UNDECIDED]
            if len(undecided) < part.size:
                settled = frozenset(v for v, label in enumerate(part.grounded) if label == IN)
                found = self._inside(part.part(undecided))
                return (settled.union(undecided[v] for v in chosen) for chosen in found)
        if len(part.order) > 1:
            return Walk(part, self.inside, self.deadline, may_refuse=self.may_refuse).extensions()
        return self.inside(Clauses(part.attackers.lists), self.deadline)

    def _set(self, component: list[int], chosen: Extension) -> None:
        labels, attackers = self.labels, self.attackers
        for v in component:
            labels[v] = IN if v in chosen else UNDECIDED
        for v in component:
            if v not in chosen and any(labels[u] == IN for u in attackers[v]):
                labels[v] = OUT


def complete_inside(clauses: Clauses, deadline: Deadline) -> Iterator[Extension]:
    """The complete extensions of a component."""
    return solutions(clauses.complete(), deadline)


def preferred_inside(clauses: Clauses, deadline: Deadline) -> Iterator[Extension]:
    """The greatest of them, which are the greatest admissible sets as well."""
    attackers = clauses.attackers
    length = sum(len(attackers[u]) for row in attackers for u in row)
    if length > _FEW * sum(map(len, attackers)):
        return maximal(clauses.complete(), deadline)
    return maximal(clauses.defended(), deadline, clauses.closed)


def admissible_inside(clauses: Clauses, deadline: Deadline) -> Iterator[Extension]:
    """The admissible sets of a component."""
    return solutions(clauses.admissible(), deadline)
