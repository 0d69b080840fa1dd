"""The grounded labelling of a framework in linear time, in plain Python and by whole rounds with numpy.

Least fixed point of Caminada's conditions (2006) with supports added: see docs/semantics.md.
"""

from __future__ import annotations

from array import array
from collections import deque
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from graph.semantics.components import components
from graph.semantics.framework import MANY, Framework, Rows

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int32]
    Labels = NDArray[np.int8]

UNDECIDED, IN, OUT = 0, 1, 2

_NARROW = 48  # a round with fewer new labels is quicker in plain Python
_PATIENCE = 24  # so many narrow rounds, and plain Python takes over


@dataclass(frozen=True, slots=True)
class Labelling:
    """A label for each node, and when it got it: what justifies a label has a lower rank."""

    labels: bytearray
    ranks: array[int]  # of undecided nodes: meaningless


def grounded(framework: Framework, *, need_evidence: bool = False, struck: Collection[int] = ()) -> Labelling:
    """The grounded labelling; struck nodes are OUT, and so is what only circular support holds up.

    Who is granted is read off the map, so that a claim which loses its support by the strike falls.
    """
    engine = _Rounds if framework.size >= MANY else _Loop
    state = engine(framework, framework.needs(need_evidence), attacks=True)
    state.start(struck)
    undecided = state.undecided()
    if undecided and supports_in_circles(framework):
        # What is not derivable is never IN; without circles of support it has been found to be OUT,
        # and where all is decided likewise. So the second pass is rarely needed.
        derived = derivable(framework, need_evidence=need_evidence, struck=struck)
        state.force([v for v in undecided if derived.labels[v] != IN])
    return state.labelling()


def derivable(
    framework: Framework, *, need_evidence: bool = False, struck: Collection[int] = ()
) -> Labelling:
    """IN: derivable from cards and granted claims, attacks ignored. OUT: some step of every way to it
    is missing. UNDECIDED: held up by nothing but itself, in a circle.
    """
    engine = _Rounds if framework.size >= MANY else _Loop
    state = engine(framework, framework.needs(need_evidence), attacks=False)
    state.start(struck)
    return state.labelling()


_CIRCLES: WeakKeyDictionary[Framework, frozenset[int]] = WeakKeyDictionary()


def supports_in_circles(framework: Framework) -> frozenset[int]:
    """The nodes that support themselves, in however many steps; looked up once for each framework."""
    if framework not in _CIRCLES:
        engine = _Rounds if framework.size >= MANY else _Loop
        state = engine(framework, _degrees(framework.supporters), attacks=False)
        state.start(())
        found: set[int] = set()
        if above := state.undecided():
            before = framework.supporters.lists
            for circle in components(above, before):
                if len(circle) > 1 or circle[0] in before[circle[0]]:
                    found.update(circle)
        _CIRCLES[framework] = frozenset(found)
    return _CIRCLES[framework]


class _Loop:
    """One node at a time."""

    def __init__(self, framework: Framework, needs: Sequence[int], *, attacks: bool) -> None:
        size = framework.size
        self.size = size
        self.attacked = framework.attacked.lists if attacks else [[]] * size
        self.supported = framework.supported.lists
        self.labels = bytearray(size)
        self.ranks = [0] * size
        self.threats = _degrees(framework.attackers) if attacks else [0] * size  # attackers not OUT
        self.missing = list(needs)  # supporters that have to stand yet
        self.spare = [d - n for d, n in zip(_degrees(framework.supporters), needs, strict=True)]
        self.clock = 1

    def start(self, struck: Iterable[int]) -> None:
        """Label all that follows from the struck nodes and from the nodes that nothing bears on."""
        labels = self.labels
        for v in struck:
            labels[v] = OUT
        queue = deque(struck)
        for v in range(self.size):
            if not labels[v]:
                if self.spare[v] < 0:
                    labels[v] = OUT
                    queue.append(v)
                elif not self.threats[v] and self.missing[v] <= 0:
                    labels[v] = IN
                    queue.append(v)
        self.spread(queue)

    def force(self, nodes: Iterable[int]) -> None:
        """Label these OUT, and all that follows."""
        queue = deque(nodes)
        for v in queue:
            self.labels[v] = OUT
        self.spread(queue)

    def spread(self, queue: deque[int]) -> None:
        """Label all that follows from the labels of the queued nodes."""
        labels, ranks = self.labels, self.ranks
        threats, missing, spare = self.threats, self.missing, self.spare
        attacked, supported = self.attacked, self.supported
        clock = self.clock
        while queue:
            v = queue.popleft()
            ranks[v] = clock
            clock += 1
            if labels[v] == IN:
                for t in attacked[v]:
                    if not labels[t]:
                        labels[t] = OUT
                        queue.append(t)
                for t in supported[v]:
                    missing[t] -= 1
                    if not missing[t] and not threats[t] and not labels[t]:
                        labels[t] = IN
                        queue.append(t)
            else:
                for t in attacked[v]:
                    threats[t] -= 1
                    if not threats[t] and missing[t] <= 0 and not labels[t]:
                        labels[t] = IN
                        queue.append(t)
                for t in supported[v]:
                    spare[t] -= 1
                    if spare[t] < 0 and not labels[t]:
                        labels[t] = OUT
                        queue.append(t)
        self.clock = clock

    def undecided(self) -> list[int]:
        """The nodes without a label."""
        return [v for v, label in enumerate(self.labels) if not label]

    def labelling(self) -> Labelling:
        """What was found."""
        return Labelling(self.labels, array("i", self.ranks))


def _degrees(rows: Rows) -> list[int]:
    offsets = rows.offsets
    return [offsets[v + 1] - offsets[v] for v in range(len(offsets) - 1)]


class _Rounds:
    """All nodes of a round at once; a long thin tail of rounds is left to the loop."""

    def __init__(self, framework: Framework, needs: Sequence[int], *, attacks: bool) -> None:
        import numpy as np

        self.framework, self.needs, self.attacks = framework, needs, attacks
        self.size = framework.size
        self.attacked = _Arrays(framework.attacked)
        self.supported = _Arrays(framework.supported)
        self.label: Labels = np.zeros(self.size, np.int8)
        self.rank: Ints = np.zeros(self.size, np.int32)
        self.threats = _Arrays(framework.attackers).degrees if attacks else np.zeros(self.size, np.int32)
        self.missing: Ints = np.array(needs, np.int32)
        self.spare: Ints = _Arrays(framework.supporters).degrees - self.missing
        self.clock = 1
        self._place: Ints = np.empty(self.size, np.int32)

    def start(self, struck: Iterable[int]) -> None:
        """Label all that follows from the struck nodes and from the nodes that nothing bears on."""
        import numpy as np

        out = self.spare < 0
        out[np.fromiter(struck, np.int64)] = True
        self.label[out] = OUT
        into = (self.threats == 0) & (self.missing <= 0) & ~out
        self.label[into] = IN
        self._spread(np.flatnonzero(into).astype(np.int32), np.flatnonzero(out).astype(np.int32))

    def force(self, nodes: Sequence[int]) -> None:
        """Label these OUT, and all that follows."""
        import numpy as np

        out = np.array(nodes, np.int32)
        self.label[out] = OUT
        self._spread(out[:0], out)

    def _spread(self, into: Ints, out: Ints) -> None:
        import numpy as np

        threats, missing, spare = self.threats, self.missing, self.spare
        narrow = 0
        while len(into) or len(out):
            narrow = narrow + 1 if len(into) + len(out) < _NARROW else 0
            if narrow > _PATIENCE:
                self._leave_to_loop([*into.tolist(), *out.tolist()])
                return
            self.rank[into] = self.clock
            self.rank[out] = self.clock
            self.clock += 1
            supported, weakened = self.supported.of(into), self.supported.of(out)
            np.subtract.at(missing, supported, 1)
            np.subtract.at(spare, weakened, 1)
            maybe_in = supported
            fallen = weakened[spare[weakened] < 0]
            if self.attacks:
                attacked, freed = self.attacked.of(into), self.attacked.of(out)
                np.subtract.at(threats, freed, 1)
                maybe_in = np.concatenate((supported, freed))
                fallen = np.concatenate((attacked, fallen))
            # Being OUT needs one reason and being IN needs that none is left, so they exclude each other.
            out = self._new(fallen, OUT)
            stands = maybe_in[(missing[maybe_in] <= 0) & (threats[maybe_in] == 0)]
            into = self._new(stands, IN)

    def _new(self, nodes: Ints, label: int) -> Ints:
        """Label those of the nodes that have no label yet; each of them once."""
        import numpy as np

        nodes = nodes[self.label[nodes] == UNDECIDED]
        self.label[nodes] = label
        count = np.arange(len(nodes), dtype=np.int32)
        self._place[nodes] = count
        first: Ints = nodes[self._place[nodes] == count]
        return first

    def _leave_to_loop(self, queue: list[int]) -> None:
        import numpy as np

        loop = _Loop(self.framework, self.needs, attacks=self.attacks)
        loop.labels = bytearray(self.label.tobytes())
        loop.ranks = self.rank.tolist()
        loop.threats, loop.missing = self.threats.tolist(), self.missing.tolist()
        loop.spare, loop.clock = self.spare.tolist(), self.clock
        loop.spread(deque(queue))
        self.label[:] = np.frombuffer(loop.labels, np.int8)
        self.rank[:] = loop.ranks
        self.threats[:], self.missing[:], self.spare[:] = loop.threats, loop.missing, loop.spare
        self.clock = loop.clock

    def undecided(self) -> list[int]:
        """The nodes without a label."""
        import numpy as np

        found: list[int] = np.flatnonzero(self.label == UNDECIDED).tolist()
        return found

    def labelling(self) -> Labelling:
        """What was found."""
        return Labelling(bytearray(self.label.tobytes()), array("i", self.rank.tobytes()))


class _Arrays:
    """Rows as numpy sees them, without a copy."""

    def __init__(self, rows: Rows) -> None:
        import numpy as np

        self.offsets: Ints = np.frombuffer(rows.offsets, np.int32)
        self.values: Ints = np.frombuffer(rows.values, np.int32) if rows.values else np.empty(0, np.int32)
        self.degrees: Ints = np.diff(self.offsets)

    def of(self, nodes: Ints) -> Ints:
        """The neighbours of all these nodes, one row after the other."""
        import numpy as np

        if not len(nodes):
            return nodes[:0]
        length = self.degrees[nodes]
        ends = np.cumsum(length)
        place = np.arange(ends[-1], dtype=np.int32)
        place += np.repeat(self.offsets[nodes] - (ends - length).astype(np.int32), length)
        return self.values[place]
