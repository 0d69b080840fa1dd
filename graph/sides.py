"""What a map is about, and which side of it each item is on: from the paths that lead to the motion."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from graph.model import (
    ATTACKS,
    ArgumentMap,
    Evidence,
    Inference,
    Item,
    ItemId,
    Link,
    LinkKind,
    Polarity,
    Side,
    Statement,
)

_CONCLUDES, _CONTRADICTS = LinkKind.CONCLUDES, LinkKind.CONTRADICTS  # quicker to get at in a loop
_STEPS = ATTACKS | {LinkKind.SUPPORTS, LinkKind.PREMISE_OF}
_BEARING = _STEPS | {_CONCLUDES, _CONTRADICTS}
_OTHER: Mapping[Side, Side] = {side: side.other for side in Side}


def sides(argmap: ArgumentMap) -> dict[ItemId, Side]:
    """The side of every item that has one: as stated, else by the number of attacks to the motion.

    An odd number of attacks on the way to the motion is the other side; reached both ways is `both`.
    A stated side holds for its item and is where the paths of the items beneath it start.
    Items that no path joins to a motion are absent.
    """
    stated: dict[ItemId, Side] = {}
    attacking: set[ItemId] = set()
    for item in argmap.items:
        if isinstance(item, (Statement, Evidence)):
            if item.side_stated:
                stated[item.id] = item.side
        elif isinstance(item, Inference) and item.polarity is Polarity.ATTACKS:
            attacking.add(item.id)
    return sides_from(argmap.motion, argmap.links, stated, attacking)


def sides_from(
    motion: Iterable[ItemId],
    links: Iterable[Link],
    stated: Mapping[ItemId, Side],
    attacking: Collection[ItemId],
) -> dict[ItemId, Side]:
    """As `sides`, of the parts of a map that decide it; `attacking` are the inferences that attack."""
    beneath = _beneath(links, attacking)
    reached: dict[Side, set[ItemId]] = {side: set() for side in Side}
    pending = [(item_id, stated.get(item_id, Side.PRO)) for item_id in motion]
    pending += stated.items()
    for item_id, side in pending:
        reached[side].add(item_id)
    while pending:
        item_id, side = pending.pop()
        for neighbour, same in beneath.get(item_id, ()):
            its_side = side if same else _OTHER[side]
            if neighbour not in reached[its_side] and neighbour not in stated:
                reached[its_side].add(neighbour)
                pending.append((neighbour, its_side))
    found: dict[ItemId, Side] = {}
    for side, item_ids in reached.items():
        for item_id in item_ids:
            found[item_id] = Side.BOTH if item_id in found else side
    return found


def _beneath(links: Iterable[Link], attacking: Collection[ItemId]) -> dict[ItemId, list[tuple[ItemId, bool]]]:
    """What bears directly on each item, and whether it is on the item's side.

    Contradictions are symmetric, so they are followed from both ends. Shortcuts are skipped:
    their inference says the same.
    """
    beneath: dict[ItemId, list[tuple[ItemId, bool]]] = {}
    for link in links:
        kind, start, end = link.kind, link.start, link.end
        if kind in _STEPS:
            if link.via is None:
                beneath.setdefault(end, []).append((start, kind not in ATTACKS))
        elif kind is _CONCLUDES:
            beneath.setdefault(end, []).append((start, start not in attacking))
        elif kind is _CONTRADICTS:
            beneath.setdefault(end, []).append((start, False))
            beneath.setdefault(start, []).append((end, False))
    return beneath


def with_sides(argmap: ArgumentMap) -> ArgumentMap:
    """The same map with the side of every statement and card derived again where it is not stated."""
    found = sides(argmap)
    items = tuple(
        replace(item, side=found[item.id])
        if isinstance(item, (Statement, Evidence))
        and not item.side_stated
        and item.id in found
        and item.side is not found[item.id]
        else item
        for item in argmap.items
    )
    return replace(argmap, items=items)


def default_motion(items: Iterable[Item], links: Iterable[Link]) -> tuple[ItemId, ...]:
    """What a map is about that does not say so: items of kind *motion*, else the roots borne upon."""
    listed = list(items)
    named = tuple(item.id for item in listed if isinstance(item, Statement) and item.kind == "motion")
    if named:
        return named
    ends = list(links)
    leads_on = {link.start for link in ends if link.kind in _STEPS}
    borne_on = {link.end for link in ends if link.kind in _BEARING}
    borne_on |= {link.start for link in ends if link.kind is _CONTRADICTS}
    return tuple(
        item.id
        for item in listed
        if isinstance(item, Statement) and item.id in borne_on and item.id not in leads_on
    )
