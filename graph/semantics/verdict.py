"""Whether each claim, card and step of a map stands, falls or is contested, and why.

The verdict is the grounded labelling (Dung 1995; Caminada 2006) of cards, claims that need one
standing support and steps that need all their premises; docs/semantics.md defines it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import compress

from graph.model import ArgumentMap, Evidence, ItemId
from graph.semantics.framework import Framework, Kind
from graph.semantics.labelling import IN, OUT, UNDECIDED, Labelling, derivable, grounded


class Verdict(StrEnum):
    """What the map as it is says of an item."""

    STANDS = "stands"
    FALLS = "falls"
    CONTESTED = "contested"


BY_LABEL = (Verdict.CONTESTED, Verdict.STANDS, Verdict.FALLS)
"""The verdict for each label: UNDECIDED, IN, OUT."""


class Verdicts(Mapping[ItemId, Verdict]):
    """The verdict on each item of a map, in reading order; read off the labels when it is asked for."""

    def __init__(self, framework: Framework, labels: bytearray) -> None:
        self._ids, self._index, self._labels = framework.ids, framework.index, labels

    def __getitem__(self, item_id: ItemId) -> Verdict:
        return BY_LABEL[self._labels[self._index[item_id]]]

    def __contains__(self, item_id: object) -> bool:
        return item_id in self._index

    def __iter__(self) -> Iterator[ItemId]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)

    def __repr__(self) -> str:
        return f"Verdicts({dict(self)!r})"

    def having(self, verdict: Verdict) -> list[ItemId]:
        """The items with this verdict, in reading order."""
        wanted = bytes(each is verdict for each in BY_LABEL)
        chosen = self._labels[: len(self._ids)].translate(wanted.ljust(256, b"\0"))
        return list(compress(self._ids, chosen))


def verdicts(
    argmap: ArgumentMap, *, need_evidence: bool = False, struck: Collection[ItemId] = ()
) -> Verdicts:
    """The verdict on every claim, rebuttal, card and step, in reading order.

    `struck` items fall (a source: the cards that cite it); KeyError for one the map does not argue.
    """
    framework = Framework.of(argmap)
    labelling = grounded(framework, need_evidence=need_evidence, struck=framework.nodes(struck))
    return Verdicts(framework, labelling.labels)


def unfounded(
    argmap: ArgumentMap, *, need_evidence: bool = False, struck: Collection[ItemId] = ()
) -> set[ItemId]:
    """The items that are held up by nothing but themselves: support that runs in a circle."""
    framework = Framework.of(argmap)
    labels = derivable(framework, need_evidence=need_evidence, struck=framework.nodes(struck)).labels
    return {item_id for item_id, label in zip(framework.ids, labels, strict=False) if label == UNDECIDED}


class Because(StrEnum):
    """What a verdict rests on; the children of the reason are what it speaks of."""

    CARD = "card"  # stands: a card that nothing standing attacks
    GRANTED = "granted"  # stands: nobody supports it, and nothing standing attacks it
    SUPPORTED = "supported"  # stands: the first child supports it, the others attack it and fall
    PREMISES = "premises"  # stands: all premises do
    STRUCK = "struck"  # falls: thrown out
    ATTACKED = "attacked"  # falls: the child attacks it and stands
    UNSUPPORTED = "unsupported"  # falls: nothing that supports it stands
    NO_EVIDENCE = "no evidence"  # falls: nobody supports it, and support is asked for
    PREMISE = "premise"  # falls: the child is a premise and falls
    CIRCULAR = "circular"  # falls: held up by nothing but itself
    OPEN = "open"  # contested: the children are contested


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an item has its verdict, down to what needs no reason."""

    id: ItemId
    verdict: Verdict
    because: Because
    children: tuple[Reason, ...] = ()
    seen_above: bool = False  # its children are given where the item was first met


def reason(
    argmap: ArgumentMap, item_id: ItemId, *, need_evidence: bool = False, struck: Collection[ItemId] = ()
) -> Reason:
    """Why the item stands, falls or is contested, as a finite tree: no item is explained twice."""
    framework = Framework.of(argmap)
    nodes = framework.nodes(struck)
    labelling = grounded(framework, need_evidence=need_evidence, struck=nodes)
    explained = _Explained(argmap, framework, labelling, need_evidence, nodes)
    return explained.reason(framework.index[item_id])


class _Explained:
    def __init__(
        self,
        argmap: ArgumentMap,
        framework: Framework,
        labelling: Labelling,
        need_evidence: bool,
        struck: Collection[int],
    ) -> None:
        self.argmap, self.framework, self.struck = argmap, framework, struck
        self.labels, self.ranks = labelling.labels, labelling.ranks
        self.needs = framework.needs(need_evidence)
        self.derived = derivable(framework, need_evidence=need_evidence, struck=struck).labels

    def reason(self, root: int) -> Reason:
        """The tree of a node, made without recursion: chains may be longer than Python's stack."""
        order: list[tuple[int, Because, list[int], bool]] = []  # in preorder
        met: set[int] = set()
        stack = [root]
        while stack:
            v = stack.pop()
            because, children = self._because(v)
            again = v in met and bool(children)
            met.add(v)
            order.append((v, because, [] if again else children, again))
            if not again:
                stack.extend(reversed(children))
        done: list[Reason] = []  # trees of what comes later in the order, the nearest last
        for v, because, children, again in reversed(order):
            trees = tuple(done.pop() for _ in children)
            done.append(Reason(self.framework.ids[v], BY_LABEL[self.labels[v]], because, trees, again))
        return done[0]

    def _because(self, v: int) -> tuple[Because, list[int]]:
        if self.labels[v] == IN:
            return self._stands(v)
        if self.labels[v] == OUT:
            return self._falls(v)
        children = [u for u in self.framework.attackers[v] if self.labels[u] == UNDECIDED]
        if not self._holds(v):
            children += self._undecided_support(v)
        return Because.OPEN, children

    def _stands(self, v: int) -> tuple[Because, list[int]]:
        attackers = list(self.framework.attackers[v])
        match self.framework.kinds[v]:
            case Kind.OR:
                return Because.SUPPORTED, [self._first(self.framework.supporters[v], IN), *attackers]
            case Kind.AND:
                return Because.PREMISES, [*map(self._seen, self.framework.supporters[v]), *attackers]
            case _ if isinstance(self.argmap.by_id[self.framework.ids[v]], Evidence):
                return Because.CARD, attackers
            case _:
                return Because.GRANTED, attackers

    def _falls(self, v: int) -> tuple[Because, list[int]]:
        if v in self.struck:
            return Because.STRUCK, []
        if any(self.labels[u] == IN for u in self.framework.attackers[v]):
            return Because.ATTACKED, [self._first(self.framework.attackers[v], IN)]
        supporters = self.framework.supporters[v]
        if not supporters:
            return Because.NO_EVIDENCE, []
        if self.derived[v] == UNDECIDED:
            circle = (u for u in supporters if self.derived[u] == UNDECIDED)
            return Because.CIRCULAR, self._shown(circle)
        if self.framework.kinds[v] == Kind.AND:
            premise = self._first(supporters, OUT)
            if premise < len(self.framework.ids):
                return Because.PREMISE, [premise]
            return Because.UNSUPPORTED, list(self.framework.supporters[premise])
        return Because.UNSUPPORTED, list(supporters)

    def _holds(self, v: int) -> bool:
        return sum(self.labels[u] == IN for u in self.framework.supporters[v]) >= self.needs[v]

    def _undecided_support(self, v: int) -> list[int]:
        return self._shown(u for u in self.framework.supporters[v] if self.labels[u] == UNDECIDED)

    def _first(self, nodes: Sequence[int], label: int) -> int:
        """The node that got this label first: what justifies it is explained without a circle."""
        return min((u for u in nodes if self.labels[u] == label), key=lambda u: (self.ranks[u], u))

    def _seen(self, u: int) -> int:
        """The node itself; for the hidden node of a step's backings, the backing that stands."""
        return u if u < len(self.framework.ids) else self._first(self.framework.supporters[u], IN)

    def _shown(self, nodes: Iterable[int]) -> list[int]:
        """The nodes; for a hidden node, the backings that have its label."""
        shown: list[int] = []
        for u in nodes:
            if u < len(self.framework.ids):
                shown.append(u)
            else:
                label = self.labels[u]
                shown += (b for b in self.framework.supporters[u] if self.labels[b] == label)
        return shown
