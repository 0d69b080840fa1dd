"""The compact form of a map that the semantics work on: numbered nodes, what supports and what attacks.

docs/semantics.md says what becomes of each label and each link.
"""

from __future__ import annotations

import weakref
from array import array
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from itertools import accumulate, chain
from typing import TYPE_CHECKING, ClassVar

from graph.model import (
    ATTACKS,
    ArgumentMap,
    Claim,
    Evidence,
    Inference,
    ItemId,
    LinkKind,
    Polarity,
    Rebuttal,
    Source,
    Statement,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int32]

MANY = 5_000
"""From this many nodes on numpy is worth its import."""


class Kind(IntEnum):
    """When a node's support holds."""

    BASIC = 0  # always: a card, a granted claim
    OR = 1  # when one supporter stands: a claim
    AND = 2  # when all premises stand: a step
    FREE = 3  # as BASIC, or never when evidence is needed: a claim or step that nothing supports


class Rows:
    """For each node its neighbours, in compressed rows: those of `v` are values[offsets[v]:offsets[v+1]]."""

    def __init__(self, offsets: array[int], values: array[int]) -> None:
        self.offsets, self.values = offsets, values

    def __getitem__(self, node: int) -> array[int]:
        return self.values[self.offsets[node] : self.offsets[node + 1]]

    @cached_property
    def lists(self) -> list[list[int]]:
        """The rows as lists, for loops that visit most of them."""
        values, offsets = self.values.tolist(), self.offsets
        return [values[offsets[v] : offsets[v + 1]] for v in range(len(offsets) - 1)]


def rows(size: int, heads: Sequence[int], tails: Sequence[int]) -> Rows:
    """The tails of each head, in the order given."""
    if len(heads) > MANY:
        return _rows_by_numpy(size, heads, tails)
    lists: list[list[int]] = [[] for _ in range(size)]
    for head, tail in zip(heads, tails, strict=True):
        lists[head].append(tail)
    made = Rows(array("i", accumulate(map(len, lists), initial=0)), array("i", chain.from_iterable(lists)))
    made.lists = lists
    return made


def _rows_by_numpy(size: int, heads: Sequence[int], tails: Sequence[int]) -> Rows:
    import numpy as np

    head, tail = np.asarray(heads, np.int32), np.asarray(tails, np.int32)
    offsets = np.zeros(size + 1, np.int32)
    np.cumsum(np.bincount(head, minlength=size), out=offsets[1:])
    values = tail[np.argsort(head, kind="stable")]
    return Rows(array("i", offsets.tobytes()), array("i", values.tobytes()))


@dataclass(frozen=True, eq=False)
class Framework:
    """Numbered nodes of a map with their supports and attacks, each pair once.

    The first `len(ids)` nodes are the map's claims, rebuttals, cards and steps in reading order.
    After them comes one hidden OR node for every step that is backed: the step needs one of its
    backings as it needs each of its premises.
    """

    ids: tuple[ItemId, ...]
    index: Mapping[ItemId, int]
    kinds: bytes  # of Kind
    supports: tuple[array[int], array[int]]  # supporter or premise, supported; hidden nodes included
    attacks: tuple[array[int], array[int]]  # attacker, attacked
    weights: Mapping[int, float]  # stated base weights; the other nodes have none
    backed: Mapping[int, int]  # step: its hidden node
    cited: Mapping[ItemId, tuple[int, ...]]  # source: the cards that cite it

    _made: ClassVar[dict[int, tuple[weakref.ref[ArgumentMap], Framework]]] = {}

    @classmethod
    def of(cls, argmap: ArgumentMap) -> Framework:
        """The framework of a map, made once and kept as long as the map is."""
        # Keyed by identity: hashing a map would hash every item in it.
        key = id(argmap)
        if key in cls._made:
            return cls._made[key][1]
        made = _framework(argmap)
        cls._made[key] = (weakref.ref(argmap, lambda _: cls._made.pop(key, None)), made)
        return made

    @cached_property
    def size(self) -> int:
        """The number of nodes, hidden ones included."""
        return len(self.kinds)

    @cached_property
    def supported(self) -> Rows:
        """What each node supports or is a premise of."""
        return rows(self.size, self.supports[0], self.supports[1])

    @cached_property
    def supporters(self) -> Rows:
        """What supports each node; of a step its premises."""
        return rows(self.size, self.supports[1], self.supports[0])

    @cached_property
    def attacked(self) -> Rows:
        """What each node attacks."""
        return rows(self.size, self.attacks[0], self.attacks[1])

    @cached_property
    def attackers(self) -> Rows:
        """What attacks each node."""
        return rows(self.size, self.attacks[1], self.attacks[0])

    def needs(self, need_evidence: bool = False) -> array[int]:
        """How many of its supporters must stand for each node's support to hold."""
        return self._strict_needs if need_evidence else self._needs

    @cached_property
    def _needs(self) -> array[int]:
        offsets = self.supporters.offsets
        return array(
            "i",
            [
                offsets[v + 1] - offsets[v] if kind == Kind.AND else 1 if kind == Kind.OR else 0
                for v, kind in enumerate(self.kinds)
            ],
        )

    @cached_property
    def _strict_needs(self) -> array[int]:
        return array(
            "i", [1 if kind == Kind.FREE else n for n, kind in zip(self._needs, self.kinds, strict=True)]
        )

    def nodes(self, items: Iterable[ItemId]) -> set[int]:
        """The nodes of these items; a source stands for the cards that cite it.

        Raises KeyError for what is neither.
        """
        found: set[int] = set()
        for item_id in items:
            if item_id in self.index:
                found.add(self.index[item_id])
            else:
                found.update(self.cited[item_id])
        return found

    def cone(self, roots: Iterable[int]) -> list[int]:
        """The roots and everything that bears on them, directly or not, in ascending order."""
        supporters, attackers = self.supporters, self.attackers
        seen = set(roots)
        stack = list(seen)
        while stack:
            v = stack.pop()
            for u in (*supporters[v], *attackers[v]):
                if u not in seen:
                    seen.add(u)
                    stack.append(u)
        return sorted(seen)

    def part(self, nodes: Sequence[int]) -> Framework:
        """These nodes alone, in ascending order; they hold whatever bears on them, as a cone does."""
        place = {v: i for i, v in enumerate(nodes)}
        ids = tuple(self.ids[v] for v in nodes if v < len(self.ids))

        def inner(pairs: tuple[array[int], array[int]]) -> tuple[array[int], array[int]]:
            kept = [(place[a], place[b]) for a, b in zip(*pairs, strict=True) if b in place and a in place]
            return array("i", [a for a, _ in kept]), array("i", [b for _, b in kept])

        return Framework(
            ids=ids,
            index={item_id: i for i, item_id in enumerate(ids)},
            kinds=bytes(self.kinds[v] for v in nodes),
            supports=inner(self.supports),
            attacks=inner(self.attacks),
            weights={place[v]: weight for v, weight in self.weights.items() if v in place},
            backed={place[v]: place[hidden] for v, hidden in self.backed.items() if v in place},
            cited={
                source: tuple(place[card] for card in cards if card in place)
                for source, cards in self.cited.items()
            },
        )


def _framework(argmap: ArgumentMap) -> Framework:
    index: dict[ItemId, int] = {}
    granted: dict[int, bool] = {}
    weights: dict[int, float] = {}
    kinds = bytearray()
    attacking: set[int] = set()
    steps: set[int] = set()
    cited: dict[ItemId, list[int]] = {}
    for item in argmap.items:
        cls = type(item)
        if cls is Source:
            cited.setdefault(item.id, [])
        if cls not in _KINDS or item.id in index:
            continue
        node = index[item.id] = len(kinds)
        kinds.append(_KINDS[cls])
        if isinstance(item, (Statement, Evidence)):
            if item.strength is not None:
                weights[node] = item.strength
            if isinstance(item, Statement) and item.granted is not None:
                granted[node] = item.granted
        elif isinstance(item, Inference):
            steps.add(node)
            if item.polarity is Polarity.ATTACKS:
                attacking.add(node)
    links = _Links(index, kinds, attacking, steps, cited)
    links.read(argmap)
    for node in set(range(len(index))).difference(links.supported):
        if kinds[node] != Kind.BASIC and granted.get(node) is not False:
            kinds[node] = Kind.FREE
    for node, is_granted in granted.items():
        if is_granted:
            kinds[node] = Kind.BASIC
    return Framework(
        ids=tuple(index),
        index=index,
        kinds=bytes(kinds),
        supports=links.supports.distinct(),
        attacks=links.attacks.distinct(),
        weights=weights,
        backed=links.backed,
        cited={source: tuple(nodes) for source, nodes in cited.items()},
    )


_KINDS: Mapping[type, Kind] = {Claim: Kind.OR, Rebuttal: Kind.OR, Evidence: Kind.BASIC, Inference: Kind.AND}


class _Pairs:
    """Pairs of nodes in arrays, since a million tuples would take more room than the map."""

    def __init__(self) -> None:
        self.starts, self.ends = array("i"), array("i")

    def add(self, start: int, end: int) -> None:
        self.starts.append(start)
        self.ends.append(end)

    def distinct(self) -> tuple[array[int], array[int]]:
        """The pairs, each once, where it first occurs."""
        if len(self.starts) > MANY:
            import numpy as np

            start, end = np.asarray(self.starts, np.int64), np.asarray(self.ends, np.int64)
            first = np.unique(start << 32 | end, return_index=True)[1]
            if len(first) == len(start):
                return self.starts, self.ends
            first.sort()
            kept = (start[first].astype(np.int32), end[first].astype(np.int32))
            return array("i", kept[0].tobytes()), array("i", kept[1].tobytes())
        pairs = dict.fromkeys(zip(self.starts, self.ends, strict=True))
        return array("i", [a for a, _ in pairs]), array("i", [b for _, b in pairs])


class _Links:
    """Reads a map's links into pairs of nodes."""

    def __init__(
        self,
        index: Mapping[ItemId, int],
        kinds: bytearray,
        attacking: Collection[int],
        steps: Collection[int],
        cited: Mapping[ItemId, list[int]],
    ) -> None:
        self.index, self.kinds, self.attacking, self.steps, self.cited = index, kinds, attacking, steps, cited
        self.supports, self.attacks = _Pairs(), _Pairs()
        self.supported: set[int] = set()
        self.backed: dict[int, int] = {}

    def read(self, argmap: ArgumentMap) -> None:
        index = self.index
        on_sources: list[tuple[int, ItemId]] = []
        for link in argmap.links:
            kind = link.kind
            start = index.get(link.start)
            if start is None or (link.via is not None and index.get(link.via) in self.steps):
                continue  # a shortcut says what its step says
            end = index.get(link.end)
            if end is None:
                if kind is LinkKind.CITES:
                    self._cite(start, link.end)
                elif kind in ATTACKS or (kind is LinkKind.CONCLUDES and start in self.attacking):
                    on_sources.append((start, link.end))
            elif kind is LinkKind.SUPPORTS:
                self._support(start, end)
            elif kind is LinkKind.PREMISE_OF:
                self.supports.add(start, end)
                self.supported.add(end)
            elif kind is LinkKind.CONCLUDES:
                if start in self.attacking:
                    self.attacks.add(start, end)
                else:
                    self._support(start, end)
            elif kind in ATTACKS:
                self.attacks.add(start, end)
            elif kind is LinkKind.CONTRADICTS:
                self.attacks.add(start, end)
                self.attacks.add(end, start)
        for attacker, source in on_sources:
            for card in self.cited.get(source, ()):
                self.attacks.add(attacker, card)

    def _cite(self, start: int, source: ItemId) -> None:
        if source in self.cited and self.kinds[start] == Kind.BASIC and start not in self.cited[source]:
            self.cited[source].append(start)

    def _support(self, start: int, end: int) -> None:
        if end in self.steps:
            if end not in self.backed:
                self.backed[end] = len(self.kinds)
                self.kinds.append(Kind.OR)
                self.supports.add(self.backed[end], end)
                self.supported.add(end)
            end = self.backed[end]
        self.supports.add(start, end)
        self.supported.add(end)
