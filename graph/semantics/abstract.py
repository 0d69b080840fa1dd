"""An abstract argumentation framework (Dung 1995), and a map flattened into one."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from graph.model import ArgumentMap, ItemId
from graph.semantics.components import components
from graph.semantics.framework import Framework, Kind, Rows, rows
from graph.semantics.labelling import IN, OUT, UNDECIDED, derivable, grounded

_MANY = 20_000  # arguments that are labelled sooner as arrays


@dataclass(frozen=True, eq=False)
class Attacks:
    """Arguments numbered from 0, and who attacks whom."""

    attackers: Rows
    attacked: Rows

    @classmethod
    def of(cls, size: int, attacks: Iterable[tuple[int, int]]) -> Attacks:
        """The framework of these (attacker, attacked) pairs."""
        pairs = list(dict.fromkeys(attacks))
        starts, ends = [start for start, _ in pairs], [end for _, end in pairs]
        return cls(rows(size, ends, starts), rows(size, starts, ends))

    @property
    def size(self) -> int:
        """The number of arguments."""
        return len(self.attackers.offsets) - 1

    @cached_property
    def grounded(self) -> bytearray:
        """The label of each argument in the grounded labelling (Modgil and Caminada 2009)."""
        if self.size > _MANY:
            starts = [v for v, row in enumerate(self.attacked.lists) for _ in row]
            return grounded(_without_support(self.size, starts, list(self.attacked.values))).labels
        labels = bytearray([UNDECIDED]) * self.size
        attacked = self.attacked.lists
        left = [len(row) for row in self.attackers.lists]  # attackers that are not OUT
        free = [v for v, count in enumerate(left) if not count]
        while free:
            v = free.pop()
            labels[v] = IN
            for out in attacked[v]:
                if labels[out] == UNDECIDED:
                    labels[out] = OUT
                    for t in attacked[out]:
                        left[t] -= 1
                        if not left[t] and labels[t] == UNDECIDED:
                            free.append(t)
        return labels

    @cached_property
    def order(self) -> list[list[int]]:
        """The strongly connected components, attackers first."""
        return components(range(self.size), self.attackers.lists)

    def circular(self, component: Sequence[int]) -> bool:
        """Whether the component has a circle of attacks in it."""
        return len(component) > 1 or component[0] in self.attackers[component[0]]

    def cone(self, argument: int) -> list[int]:
        """The argument, its attackers, theirs, and so on."""
        return _reached([argument], self.attackers.lists)

    def islands(self, nodes: Iterable[int]) -> list[list[int]]:
        """The nodes by whether attacks among them join them, in either direction."""
        left = dict.fromkeys(nodes)
        both = [[*a, *b] for a, b in zip(self.attackers.lists, self.attacked.lists, strict=True)]
        found = []
        while left:
            island = _reached([next(iter(left))], both, within=left)
            for v in island:
                del left[v]
            found.append(island)
        return found

    def part(self, nodes: Sequence[int]) -> Attacks:
        """These arguments alone, renumbered in the order given."""
        place = {v: i for i, v in enumerate(nodes)}
        lists = self.attackers.lists
        return Attacks.of(len(nodes), ((place[u], place[v]) for v in nodes for u in lists[v] if u in place))


def _reached(
    nodes: list[int], along: Sequence[Sequence[int]], within: Collection[int] | None = None
) -> list[int]:
    seen = set(nodes)
    work = list(nodes)
    while work:
        for u in along[work.pop()]:
            if u not in seen and (within is None or u in within):
                seen.add(u)
                work.append(u)
    return sorted(seen)


def _without_support(size: int, starts: Sequence[int], ends: Sequence[int]) -> Framework:
    nothing = (array("i"), array("i"))
    return Framework(
        ids=("",) * size,
        index={},
        kinds=bytes([Kind.BASIC]) * size,
        supports=nothing,
        attacks=(array("i", starts), array("i", ends)),
        weights={},
        backed={},
        cited={},
    )


def flatten(
    argmap: ArgumentMap, *, need_evidence: bool = False, struck: Collection[ItemId] = ()
) -> tuple[Attacks, tuple[ItemId, ...]]:
    """A map as attacks alone, with the ids of its first arguments; the others are made up.

    A claim is attacked by "nothing supports this", which its supporters attack; a step by "this
    premise fails", one for each premise, which the premise attacks; what is struck or held up by
    nothing but itself by an argument that nothing attacks. So every semantics of abstract
    frameworks is one of maps; the grounded one is `verdicts`.
    """
    framework = Framework.of(argmap)
    needs = framework.needs(need_evidence)
    gone = framework.nodes(struck)
    derived = derivable(framework, need_evidence=need_evidence, struck=gone).labels
    attacks = list(zip(*framework.attacks, strict=True))
    size = framework.size
    fails: dict[int, int] = {}
    for v in range(size):
        supporters = framework.supporters[v]
        if derived[v] != IN:
            attacks.append((size, v))
            size += 1
        elif not needs[v]:
            continue
        elif framework.kinds[v] == Kind.AND:
            for premise in supporters:
                if premise not in fails:
                    fails[premise] = size
                    attacks.append((premise, size))
                    size += 1
                attacks.append((fails[premise], v))
        else:
            attacks.append((size, v))
            attacks += ((supporter, size) for supporter in supporters)
            size += 1
    return Attacks.of(size, attacks), framework.ids
