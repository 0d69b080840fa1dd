"""What would have to be so for a claim about an item to hold, as clauses that are made only when a
solution goes against them.

A claim says of a node that it is IN or OUT; or, where it may be `open`, that it is so or undecided.
Of large maps most nodes are never spoken of. docs/semantics.md has the derivation.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from graph.semantics.components import components
from graph.semantics.labelling import IN, OUT, UNDECIDED, supports_in_circles
from graph.semantics.sat import MaxSat
from graph.semantics.whatif import Relabelled

Claim = tuple[int, int]  # a node and a label


class Reasons:
    """One claim, and of what it rests on as much as was needed so far; literals as in `sat`."""

    def __init__(
        self,
        state: Relabelled,
        claim: Claim,
        weight: Callable[[int], int | None],
        solver: MaxSat,
        *,
        may_be_open: bool,
    ) -> None:
        self.state, self.claim, self.weight, self.solver = state, claim, weight, solver
        self.may_be_open = may_be_open
        self.framework, self.needs = state.framework, state.needs
        # A claim that may be open holds in a circle as well: grounded labels never go against it.
        self.in_circles = frozenset() if may_be_open else supports_in_circles(self.framework)
        self._count = 0
        self._says: dict[Claim, int] = {}
        self._keep: dict[int, int | None] = {}
        self._none_holds: dict[int, int] = {}  # node: no supporter is IN
        self._circular: dict[int, int] = {}  # node: nothing but itself holds it up
        self._told: set[Claim] = set()
        self._told_more: set[tuple[int, ...]] = set()
        solver.add([self._literal(claim)])

    def struck(self, model: Collection[int]) -> list[int]:
        """The nodes that a solution strikes."""
        return sorted(v for v, keep in self._keep.items() if keep is not None and -keep in model)

    def keep(self, nodes: Iterable[int]) -> list[int]:
        """The literals that say these nodes are not struck, of those that may be."""
        return [keep for v in nodes if (keep := self._kept(v)) is not None]

    def refute(self, model: set[int]) -> None:
        """Add what a solution overlooks, if the claim does not hold when its nodes are struck."""
        if not self._tell(self.claim) and not self.may_be_open:
            self._break_loops(model)

    def _variable(self) -> int:
        self._count += 1
        return self._count

    def _literal(self, claim: Claim) -> int:
        if claim not in self._says:
            says = self._says[claim] = self._variable()
            v, label = claim
            other = self._says.get((v, OUT if label == IN else IN))
            if other is not None and not self.may_be_open:
                self.solver.add([-says, -other])
        return self._says[claim]

    def _literals(self, nodes: Iterable[int], label: int) -> list[int]:
        return [self._literal((u, label)) for u in nodes]

    def _kept(self, v: int) -> int | None:
        if v not in self._keep:
            weight = self.weight(v)
            self._keep[v] = None if weight is None else self._variable()
            if weight is not None:
                self.solver.want(self._count, weight)
        return self._keep[v]

    def _holds(self, claim: Claim) -> bool:
        v, label = claim
        now = self.state.grounded.labels[v]
        return now == label or (self.may_be_open and now == UNDECIDED)

    def _tell(self, claim: Claim) -> bool:
        """Add the reasons of a claim that does not hold, and of why they do not; whether any were new."""
        before = len(self._told), len(self._told_more)
        seen = {claim}
        work = [claim]
        while work:
            each = work.pop()
            if each not in self._told:
                self._told.add(each)
                self._explain(*each)
            failing = self._failing_in if each[1] == IN else self._failing_out
            for other in failing(each[0]):
                if other not in seen:
                    seen.add(other)
                    work.append(other)
        return before != (len(self._told), len(self._told_more))

    def _explain(self, v: int, label: int) -> None:
        add, says, kept = self.solver.add, self._literal((v, label)), self._kept(v)
        attackers, supporters = self.framework.attackers[v], self.framework.supporters[v]
        every = self.needs[v] == len(supporters)
        if label == IN:
            if kept is not None:
                add([-says, kept])
            needed = self._literals(attackers, OUT)
            if every:
                needed += self._literals(supporters, IN)
            elif self.needs[v]:
                add([-says, *self._literals(supporters, IN)])
            for literal in needed:
                add([-says, literal])
            return
        reasons = self._literals(attackers, IN)
        if kept is not None:
            reasons.append(-kept)
        if every:
            reasons += self._literals(supporters, OUT)
        elif self.needs[v]:
            fails = self._none_holds[v] = self._variable()
            for literal in self._literals(supporters, OUT):
                add([-fails, literal])
            reasons.append(fails)
        if v in self.in_circles:
            self._circular[v] = self._variable()
            reasons.append(self._circular[v])
        add([-says, *reasons])

    def _more(self, clause: list[int]) -> None:
        key = tuple(clause)
        if key not in self._told_more:
            self._told_more.add(key)
            self.solver.add(clause)

    def _failing_in(self, v: int) -> list[Claim]:
        """Claims that fail and without which the node is not IN."""
        if v in self.state.struck:
            return []
        derived = self.state.derived
        supporters = self.framework.supporters[v]
        every = self.needs[v] == len(supporters)
        if derived.labels[v] == UNDECIDED:
            # More losses would not help: support in a circle stays in it.
            self._more([-self._literal((v, IN)), *self.keep(sorted(self.state.struck))])
            return []
        if derived.labels[v] == OUT:
            if not every:
                return [(u, IN) for u in supporters]
            missing = (u for u in supporters if derived.labels[u] == OUT)
            return [(min(missing, key=derived.ranks.__getitem__), IN)]
        attacker = self._first(v, self.framework.attackers[v], OUT)
        if attacker is not None:
            return [(attacker, OUT)]
        if not every:
            return [(u, IN) for u in supporters]
        premise = self._first(v, supporters, IN)
        return [] if premise is None else [(premise, IN)]

    def _failing_out(self, v: int) -> list[Claim]:
        """Claims that all fail and without any of which the node is not OUT."""
        supporters = self.framework.supporters[v]
        failing = [(u, IN) for u in self.framework.attackers[v]]
        if v in self._circular:
            lost = self.keep(self._derivation(v))
            self._more([-self._circular[v], *(-literal for literal in lost)])
        if self.needs[v] == len(supporters):
            failing += [(p, OUT) for p in supporters]
        elif self.needs[v]:
            supporter = self._first(v, supporters, OUT)
            failing += [] if supporter is None else [(supporter, OUT)]
        return failing

    def _first(self, v: int, nodes: Iterable[int], label: int) -> int | None:
        """The node of which it fails to hold for the reason that was found first, before what is said of
        `v`: so no reason rests on itself. What is undecided has no such reason.
        """
        labels, ranks = self.state.grounded.labels, self.state.grounded.ranks
        failing = [u for u in nodes if not self._holds((u, label))]
        decided = [u for u in failing if labels[u] and (not labels[v] or ranks[u] < ranks[v])]
        if decided:
            return min(decided, key=ranks.__getitem__)
        undecided = [u for u in failing if not labels[u]]
        return next((u for u in undecided if (u, label) in self._told), undecided[0] if undecided else None)

    def _derivation(self, v: int) -> list[int]:
        """What together derives the node, attacks ignored."""
        labels, ranks = self.state.derived.labels, self.state.derived.ranks
        seen = {v}
        work = [v]
        while work:
            u = work.pop()
            supporters: Iterable[int] = self.framework.supporters[u]
            if not self.needs[u]:
                continue
            if self.needs[u] < len(self.framework.supporters[u]):
                supporters = [min((t for t in supporters if labels[t] == IN), key=ranks.__getitem__)]
            new = [t for t in supporters if t not in seen]
            seen.update(new)
            work += new
        return sorted(seen)

    def _break_loops(self, model: set[int]) -> None:
        """Labels that the grounded labelling does not give hold only each other up: of each circle of
        them one needs a reason from outside, or not all of them hold (a loop formula, as of Lin and
        Zhao 2004 for logic programs).
        """
        claims = self._claimed(model)
        new = [self._tell(claim) for claim in claims]
        if any(new):
            return
        place = {claim: i for i, claim in enumerate(claims)}
        before = [[place[c] for c in self._rests_on(*claim) if c in place] for claim in claims]
        for circle in components(range(len(claims)), before):
            inside = set(circle)
            if all(inside.issuperset(before[i]) for i in circle):
                loop = {claims[i] for i in circle}
                reasons = dict.fromkeys(r for v, label in loop for r in self._from_outside(v, label, loop))
                self._more([*sorted(-self._literal(claim) for claim in loop), *reasons])

    def _claimed(self, model: set[int]) -> list[Claim]:
        """What a solution claims, though it does not hold, in support of the claim."""
        seen = {self.claim: None}
        work = [self.claim]
        while work:
            for claim in self._rests_on(*work.pop()):
                if claim not in seen and self._says.get(claim) in model and not self._holds(claim):
                    seen[claim] = None
                    work.append(claim)
        return list(seen)

    def _rests_on(self, v: int, label: int) -> list[Claim]:
        """What may be the reason for a node to have a label."""
        other = OUT if label == IN else IN
        reasons = [(u, other) for u in self.framework.attackers[v]]
        return reasons + [(u, label) for u in self.framework.supporters[v] if self.needs[v]]

    def _from_outside(self, v: int, label: int, loop: Collection[Claim]) -> list[int]:
        """Literals one of which is true if the node has its label for a reason that is not in the loop."""
        attackers, supporters = self.framework.attackers[v], self.framework.supporters[v]
        every = self.needs[v] == len(supporters)
        outer = [self._literal((u, label)) for u in supporters if (u, label) not in loop]
        if label == IN:
            # Where all premises and attackers are settled outside, the node would be IN in earnest; so
            # only a claim with a choice of supporters can be reasoned for from outside.
            inside = any((u, OUT) in loop for u in attackers)
            return outer if self.needs[v] and not every and not inside else []
        reasons = [self._literal((u, IN)) for u in attackers if (u, IN) not in loop]
        reasons += [-literal for literal in self.keep([v])]
        if every:
            reasons += outer
        elif self.needs[v] and len(outer) == len(supporters):
            reasons.append(self._none_holds[v])
        if v in self._circular:
            reasons.append(self._circular[v])
        return reasons
