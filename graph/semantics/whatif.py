"""What if a card is struck: verdicts worked out again only where the strike can be felt.

After Alfano, Greco and Parisi (IJCAI 2017), with supports, and with ranks: an item is left alone
only while something labelled *before* it, and not felt by the strike, still justifies its label.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Set

from graph.model import ArgumentMap, ItemId
from graph.semantics.framework import Framework
from graph.semantics.labelling import IN, OUT, UNDECIDED, Labelling, derivable, grounded
from graph.semantics.verdict import BY_LABEL, Verdict

Changes = Mapping[ItemId, tuple[Verdict, Verdict]]  # before, after; in reading order


class Relabelled:
    """The labels of a framework's nodes while some are struck and restored."""

    def __init__(self, framework: Framework, *, need_evidence: bool = False) -> None:
        self.framework = framework
        self.struck: set[int] = set()
        self.needs = framework.needs(need_evidence)
        self.derived = _Layer(
            framework,
            self.needs,
            derivable(framework, need_evidence=need_evidence),
            self.struck.__contains__,
            False,
        )
        self.grounded = _Layer(
            framework, self.needs, grounded(framework, need_evidence=need_evidence), self._is_out, True
        )

    def _is_out(self, v: int) -> bool:
        return self.derived.labels[v] != IN

    def strike(self, nodes: Set[int]) -> dict[int, int]:
        """Strike these nodes and no others; the labels that changed, as they were."""
        changed = self.struck ^ nodes
        self.struck ^= changed
        seeds = {*self.derived.update(changed), *changed}
        return self.grounded.update(seeds)


class Struck:
    """The verdicts on a map while items are struck and restored."""

    def __init__(self, argmap: ArgumentMap, *, need_evidence: bool = False) -> None:
        self._framework = Framework.of(argmap)
        self._state = Relabelled(self._framework, need_evidence=need_evidence)

    def strike(self, *items: ItemId) -> Changes:
        """Throw these out as well; what that changes. A source stands for the cards that cite it."""
        return self._update(self._state.struck | self._framework.nodes(items))

    def restore(self, *items: ItemId) -> Changes:
        """Take these back; what that changes."""
        return self._update(self._state.struck - self._framework.nodes(items))

    def _update(self, nodes: set[int]) -> Changes:
        before = self._state.strike(nodes)
        ids, labels = self._framework.ids, self._state.grounded.labels
        return {ids[v]: (BY_LABEL[before[v]], BY_LABEL[labels[v]]) for v in sorted(before) if v < len(ids)}

    def verdict(self, item_id: ItemId) -> Verdict:
        """The verdict on one item as things are."""
        return BY_LABEL[self._state.grounded.labels[self._framework.index[item_id]]]

    def verdicts(self) -> dict[ItemId, Verdict]:
        """The verdict on every item as things are, in reading order."""
        labels = self._state.grounded.labels
        return {item_id: BY_LABEL[label] for item_id, label in zip(self._framework.ids, labels, strict=False)}


class _Layer:
    """One labelling that is kept up to date."""

    def __init__(
        self,
        framework: Framework,
        needs: Iterable[int],
        labelling: Labelling,
        is_out: Callable[[int], bool],
        attacks: bool,
    ) -> None:
        self.framework, self.needs, self.is_out, self.attacks = framework, list(needs), is_out, attacks
        self.labels, self.ranks = labelling.labels, labelling.ranks
        self.clock = max(labelling.ranks, default=0) + 1

    def update(self, seeds: Iterable[int]) -> dict[int, int]:
        """Label again what may feel that the seeds changed; the labels that changed, as they were."""
        felt = self._felt(seeds)
        old = {v: self.labels[v] for v in felt}
        self._label(felt)
        return {v: label for v, label in old.items() if label != self.labels[v]}

    def _felt(self, seeds: Iterable[int]) -> set[int]:
        felt = set(seeds)
        work = list(felt)
        while work:
            v = work.pop()
            for t in self._after(v):
                if t not in felt and not self._justified(t, felt):
                    felt.add(t)
                    work.append(t)
        return felt

    def _after(self, v: int) -> Iterable[int]:
        if self.attacks:
            return (*self.framework.supported[v], *self.framework.attacked[v])
        return self.framework.supported[v]

    def _justified(self, v: int, felt: set[int]) -> bool:
        """Whether what was labelled before the node, and is not felt, still gives it its label.

        Without the look at the rank two nodes could go on justifying each other.
        """
        label, rank = self.labels[v], self.ranks[v]
        if label == UNDECIDED:
            return False
        if self.is_out(v):
            return True

        def earlier(nodes: Iterable[int], wanted: int) -> int:
            return sum(self.labels[u] == wanted and u not in felt and self.ranks[u] < rank for u in nodes)

        supporters, attackers = self.framework.supporters[v], self.framework.attackers[v]
        if label == IN:
            return earlier(supporters, IN) >= self.needs[v] and (
                not self.attacks or earlier(attackers, OUT) == len(attackers)
            )
        if self.attacks and earlier(attackers, IN):
            return True
        return earlier(supporters, OUT) > len(supporters) - self.needs[v]

    def _label(self, felt: set[int]) -> None:
        labels = self.labels
        for v in felt:
            labels[v] = UNDECIDED
        threats: dict[int, int] = {}
        missing: dict[int, int] = {}
        spare: dict[int, int] = {}
        queue: deque[int] = deque()
        for v in felt:
            supporters = self.framework.supporters[v]
            threats[v] = (
                sum(labels[u] != OUT or u in felt for u in self.framework.attackers[v]) if self.attacks else 0
            )
            missing[v] = self.needs[v] - sum(labels[u] == IN and u not in felt for u in supporters)
            spare[v] = len(supporters) - self.needs[v]
            spare[v] -= sum(labels[u] == OUT and u not in felt for u in supporters)
        for v in felt:
            if self.is_out(v) or spare[v] < 0 or self._attacked_from_outside(v, felt):
                labels[v] = OUT
                queue.append(v)
            elif not threats[v] and missing[v] <= 0:
                labels[v] = IN
                queue.append(v)
        while queue:
            v = queue.popleft()
            self.ranks[v] = self.clock
            self.clock += 1
            stands = labels[v] == IN
            for t in self.framework.attacked[v] if self.attacks else ():
                if t in felt and not labels[t]:
                    if stands:
                        labels[t] = OUT
                        queue.append(t)
                    else:
                        threats[t] -= 1
                        self._stand_if_nothing_is_left(t, threats, missing, queue)
            for t in self.framework.supported[v]:
                if t in felt and not labels[t]:
                    if stands:
                        missing[t] -= 1
                        self._stand_if_nothing_is_left(t, threats, missing, queue)
                    else:
                        spare[t] -= 1
                        if spare[t] < 0:
                            labels[t] = OUT
                            queue.append(t)

    def _attacked_from_outside(self, v: int, felt: set[int]) -> bool:
        return self.attacks and any(
            self.labels[u] == IN and u not in felt for u in self.framework.attackers[v]
        )

    def _stand_if_nothing_is_left(
        self, v: int, threats: dict[int, int], missing: dict[int, int], queue: deque[int]
    ) -> None:
        if not threats[v] and missing[v] <= 0:
            self.labels[v] = IN
            queue.append(v)
