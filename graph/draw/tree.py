"""Which tree a map is drawn as: every item once, under the first thing it bears on; the rest cross it."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from graph.errors import OutputError
from graph.model import (
    ARGUERS,
    ArgumentMap,
    Evidence,
    Inference,
    ItemId,
    Label,
    LinkKind,
    Polarity,
)


@dataclass(frozen=True, slots=True)
class Branch:
    """One item of the tree, and how it hangs on the one above."""

    item: ItemId
    parent: int | None  # place of the branch it hangs on; None for a root
    bearing: LinkKind | None  # how it bears on that one; None for a root
    beside: bool  # it bears on its parent's own step, or is one of its linked premises
    depth: int  # 0 for a root


@dataclass(frozen=True, slots=True)
class CrossLink:
    """A link between two branches that is none of the tree's."""

    start: int
    end: int
    kind: LinkKind


@dataclass(frozen=True, slots=True)
class Forest:
    """Branches in reading order (a parent before its children), and the links the tree leaves out."""

    branches: tuple[Branch, ...]
    also: tuple[CrossLink, ...]


@dataclass(frozen=True, slots=True)
class _Bearing:
    """What one item bears on, and how."""

    start: ItemId
    end: ItemId
    kind: LinkKind
    order: int
    step: ItemId | None = None  # the plain step it takes, or the step it is about
    about_step: bool = False


_Bearings: TypeAlias = Mapping[ItemId, list[_Bearing]]


def forest(argmap: ArgumentMap) -> Forest:
    """The map as trees under its motion, then under the other roots, in reading order.

    An item hangs on the first thing it bears on that leads to a motion, else on the first at all;
    a circle is cut where reading it would come back. Linked premises, and steps that say something
    of their own, make a branch of their step; other steps are drawn as the link from their premise.
    """
    bearings = _bearings(argmap)
    chosen = _choose(argmap, bearings)
    order = _reading_order(argmap, chosen)
    place = {item_id: index for index, (item_id, _) in enumerate(order)}
    branches: list[Branch] = []
    for item_id, beside in order:
        bearing = chosen[item_id]
        if bearing is None:
            branches.append(Branch(item_id, None, None, False, 0))
        else:
            parent = place[bearing.end]
            branches.append(Branch(item_id, parent, bearing.kind, beside, branches[parent].depth + 1))
    also = (
        CrossLink(place[bearing.start], place[bearing.end], bearing.kind)
        for listed in bearings.values()
        for bearing in listed
        if bearing is not chosen[bearing.start]
        and not _is_reverse_of(chosen[bearing.end], bearing)
        and not (bearing.kind is LinkKind.CONTRADICTS and bearing.about_step)
    )
    return Forest(tuple(branches), tuple(dict.fromkeys(also)))


def place_of(argmap: ArgumentMap, tree: Forest, item_id: ItemId) -> int:
    """The place of the branch that is this item; raises OutputError where none is."""
    for place, branch in enumerate(tree.branches):
        if branch.item == item_id:
            return place
    title = argmap.by_id[item_id].title if item_id in argmap.by_id else item_id
    raise OutputError(f"{title}: no card of the picture\n  Name a claim, a rebuttal or a card of evidence.")


def is_drawn(argmap: ArgumentMap, item_id: ItemId) -> bool:
    """Whether an item is a branch: claims, rebuttals, cards, and the steps that join or say something."""
    item = argmap.by_id.get(item_id)
    if isinstance(item, Inference):
        stated = bool(item.text or item.scheme or item.rules)
        return stated or len(_premises(argmap, item_id)) > 1
    return item is not None and item.label in ARGUERS


def _bearings(argmap: ArgumentMap) -> _Bearings:
    """What each drawn item bears on, in reading order; a contradiction also the other way round, last."""
    found: dict[ItemId, list[_Bearing]] = {item.id: [] for item in argmap.items if is_drawn(argmap, item.id)}
    reverse: list[_Bearing] = []
    for link in argmap.links:
        if link.via is not None or link.start not in found:
            continue
        for bearing in _resolve(argmap, link.start, link.end, link.kind, link.order):
            if bearing.end in found and bearing.end != bearing.start:
                found[bearing.start].append(bearing)
                if bearing.kind is LinkKind.CONTRADICTS:
                    reverse.append(
                        _Bearing(bearing.end, bearing.start, bearing.kind, bearing.order, None, True)
                    )
    for bearing in reverse:
        found[bearing.start].append(bearing)
    return found


def _resolve(
    argmap: ArgumentMap, start: ItemId, end: ItemId, kind: LinkKind, order: int
) -> Iterable[_Bearing]:
    """The drawn items that a link ends on: steps that are not drawn give way to what they join."""
    if kind is LinkKind.PREMISE_OF:
        if is_drawn(argmap, end):
            return [_Bearing(start, end, kind, order, end, True)]
        return [
            _Bearing(start, target, _polar(argmap, end, target), order, end)
            for target in _conclusions(argmap, end)
        ]
    if kind is LinkKind.CONCLUDES:
        return [
            _Bearing(start, target, _polar(argmap, start, end), order, None, about_step)
            for target, about_step in _ends(argmap, end)
        ]
    if kind in (LinkKind.SUPPORTS, LinkKind.REBUTS, LinkKind.UNDERCUTS, LinkKind.UNDERMINES):
        return [
            _Bearing(start, target, kind, order, end, about_step) for target, about_step in _ends(argmap, end)
        ]
    if kind is LinkKind.CONTRADICTS:
        return [_Bearing(start, end, kind, order)]
    return []


def _ends(argmap: ArgumentMap, end: ItemId) -> list[tuple[ItemId, bool]]:
    """The drawn item that stands for `end`, and whether that is a step."""
    item = argmap.by_id.get(end)
    if isinstance(item, Inference):
        if is_drawn(argmap, end):
            return [(end, True)]
        return [(premise, True) for premise in _premises(argmap, end)[:1]] or [
            (target, False) for target in _conclusions(argmap, end)[:1]
        ]
    if item is not None and item.label is Label.SOURCE:
        citing = [link.start for link in argmap.incoming.get(end, ()) if link.kind is LinkKind.CITES]
        return [(first, False) for first in citing[:1]]
    return [(end, False)]


def _premises(argmap: ArgumentMap, step: ItemId) -> list[ItemId]:
    return [link.start for link in argmap.incoming.get(step, ()) if link.kind is LinkKind.PREMISE_OF]


def _conclusions(argmap: ArgumentMap, step: ItemId) -> list[ItemId]:
    """The drawn items a plain step leads to; through a chain of plain steps where they conclude on steps."""
    found: list[ItemId] = []
    seen = {step}
    waiting = [step]
    while waiting:
        for link in argmap.outgoing.get(waiting.pop(), ()):
            if link.kind is not LinkKind.CONCLUDES or link.end in seen:
                continue
            seen.add(link.end)
            found.extend(target for target, _ in _ends(argmap, link.end))
    return found


def _polar(argmap: ArgumentMap, step: ItemId, end: ItemId) -> LinkKind:
    item, target = argmap.by_id[step], argmap.by_id.get(end)
    if not (isinstance(item, Inference) and item.polarity is Polarity.ATTACKS):
        return LinkKind.SUPPORTS
    if isinstance(target, Inference):
        return LinkKind.UNDERCUTS
    return LinkKind.UNDERMINES if isinstance(target, Evidence) else LinkKind.REBUTS


def _choose(argmap: ArgumentMap, bearings: _Bearings) -> dict[ItemId, _Bearing | None]:
    """For each drawn item the bearing that the tree shows; None for roots."""
    chosen: dict[ItemId, _Bearing | None] = {}
    motions = [item_id for item_id in argmap.motion if item_id in bearings]
    first: dict[ItemId, list[_Bearing]] = defaultdict(list)
    others: dict[ItemId, list[_Bearing]] = defaultdict(list)
    for listed in bearings.values():
        for rank, bearing in enumerate(listed):
            is_first = rank == 0 and not (bearing.kind is LinkKind.CONTRADICTS and bearing.about_step)
            (first if is_first else others)[bearing.end].append(bearing)
    late: deque[_Bearing] = deque()

    def grow(item_id: ItemId) -> None:
        waiting = deque([item_id])
        while waiting:
            reached = waiting.popleft()
            late.extend(others.get(reached, ()))
            for bearing in first.get(reached, ()):
                if bearing.start not in chosen:
                    chosen[bearing.start] = bearing
                    waiting.append(bearing.start)

    def root(item_id: ItemId) -> None:
        chosen[item_id] = None
        grow(item_id)

    def catch_up() -> None:
        while late:
            bearing = late.popleft()
            if bearing.start not in chosen:
                chosen[bearing.start] = bearing
                grow(bearing.start)

    for item_id in motions:
        chosen[item_id] = None
    for item_id in motions:
        grow(item_id)
    catch_up()
    for item_id, listed in bearings.items():
        if item_id not in chosen and not listed:
            root(item_id)
    catch_up()
    for item_id in bearings:
        if item_id not in chosen:
            root(item_id)
            catch_up()
    return chosen


def _reading_order(
    argmap: ArgumentMap, chosen: Mapping[ItemId, _Bearing | None]
) -> list[tuple[ItemId, bool]]:
    """The items with a parent before its children, those beside it last, and whether each is beside."""
    below: dict[ItemId, list[tuple[bool, bool, int, ItemId]]] = defaultdict(list)
    roots: list[ItemId] = []
    for item_id, bearing in chosen.items():
        if bearing is None:
            roots.append(item_id)
            continue
        beside = _beside(argmap, bearing, chosen)
        answers = beside and bearing.kind is not LinkKind.PREMISE_OF
        below[bearing.end].append((answers, beside, bearing.order, item_id))
    motion = {item_id: rank for rank, item_id in enumerate(argmap.motion)}
    roots.sort(key=lambda item_id: (motion.get(item_id, len(motion)), argmap.by_id[item_id].order))
    for children in below.values():
        children.sort()
    order: list[tuple[ItemId, bool]] = []
    waiting = [(item_id, False) for item_id in reversed(roots)]
    while waiting:
        item_id, beside = waiting.pop()
        order.append((item_id, beside))
        waiting.extend((child, is_beside) for _, is_beside, _, child in reversed(below.get(item_id, [])))
    return order


def _beside(argmap: ArgumentMap, bearing: _Bearing, chosen: Mapping[ItemId, _Bearing | None]) -> bool:
    """Whether the step it is about is the one its parent is drawn with; a root is drawn with none."""
    above = chosen[bearing.end]
    if above is None or not bearing.about_step or bearing.kind is LinkKind.CONTRADICTS:
        return False
    return isinstance(argmap.by_id[bearing.end], Inference) or above.step == bearing.step


def _is_reverse_of(chosen: _Bearing | None, bearing: _Bearing) -> bool:
    return (
        chosen is not None
        and bearing.kind is LinkKind.CONTRADICTS
        and chosen.kind is LinkKind.CONTRADICTS
        and chosen.end == bearing.start
    )
