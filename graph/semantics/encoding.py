"""The complete labellings of a framework as clauses, some of its nodes being free to be struck."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from graph.semantics.framework import Framework, Kind


@dataclass
class Encoding:
    """Variables and clauses; literals as in `sat`.

    A node is IN, OUT or neither. A node that may be struck is kept or not; one not kept is OUT.
    """

    framework: Framework
    needs: Sequence[int]
    strikable: Collection[int]
    out: Collection[int]  # nodes that are OUT whatever is struck: held up by nothing as things are
    clauses: list[list[int]] = field(default_factory=list)
    into: dict[int, int] = field(default_factory=dict)  # node: the variable that says it is IN
    outof: dict[int, int] = field(default_factory=dict)
    keep: dict[int, int] = field(default_factory=dict)
    _count: int = 0

    def __post_init__(self) -> None:
        for v in range(self.framework.size):
            self.into[v], self.outof[v] = self.variable(), self.variable()
        for v in self.strikable:
            self.keep[v] = self.variable()
        out = set(self.out)
        for v in range(self.framework.size):
            self.clauses.append([-self.into[v], -self.outof[v]])
            if v in out:
                self.clauses.append([self.outof[v]])
            else:
                self._encode(v)

    def variable(self) -> int:
        """A new variable."""
        self._count += 1
        return self._count

    def struck(self, model: Collection[int]) -> list[int]:
        """The nodes that a solution strikes."""
        return [v for v, literal in self.keep.items() if -literal in model]

    def _encode(self, v: int) -> None:
        clauses, into, outof = self.clauses, self.into, self.outof
        inn, out = into[v], outof[v]
        attackers = self.framework.attackers[v]
        supporters = self._supporters(v)
        kept = [-self.keep[v]] if v in self.keep else []
        if kept:
            clauses.append([-inn, self.keep[v]])
            clauses.append([out, self.keep[v]])
        clauses.extend([-inn, outof[u]] for u in attackers)
        clauses.extend([out, -into[u]] for u in attackers)
        unless = [-outof[u] for u in attackers] + kept  # what keeps a supported node from being IN
        by_attack = [into[u] for u in attackers] + kept
        if supporters is None:
            clauses.append([inn, *unless])
            clauses.append([-out, *by_attack])
        elif self.needs[v] == len(supporters):  # all of them, or the only one
            clauses.extend([-inn, into[u]] for u in supporters)
            clauses.extend([out, -outof[u]] for u in supporters)
            clauses.append([inn, *unless, *(-into[u] for u in supporters)])
            clauses.append([-out, *by_attack, *(outof[u] for u in supporters)])
        else:
            holds, fails = self.variable(), self.variable()
            clauses.append([-holds, *(into[u] for u in supporters)])
            clauses.extend([holds, -into[u]] for u in supporters)
            clauses.append([fails, *(-outof[u] for u in supporters)])
            clauses.extend([-fails, outof[u]] for u in supporters)
            clauses.append([-inn, holds])
            clauses.append([out, -fails])
            clauses.append([inn, *unless, -holds])
            clauses.append([-out, *by_attack, fails])

    def _supporters(self, v: int) -> list[int] | None:
        """What the node needs one or all of; None for a node whose support always holds."""
        kind = self.framework.kinds[v]
        if kind in (Kind.BASIC, Kind.FREE) and not self.needs[v]:
            return None
        return list(self.framework.supporters[v])
