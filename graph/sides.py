"""What a map is about, and which side of it each item is on: from the paths that lead to the motion."""

from __future__ import annotations

from collections import defaultdict
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
_PRO, _BOTH = Side.PRO, Side.BOTH
_STEPS = ATTACKS | {LinkKind.SUPPORTS, LinkKind.PREMISE_OF}
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
    found = dict.fromkeys(motion, _PRO) | dict(stated)
    pending = list(found)
    for item_id in pending:
        side = found[item_id]
        for neighbour, same in beneath.get(item_id, ()):
            its_side = side if same else _OTHER[side]
            before = found.get(neighbour)
            if before is None:
                found[neighbour] = its_side
            elif before is its_side or before is _BOTH or neighbour in stated:
                continue
            else:
                found[neighbour] = _BOTH
            pending.append(neighbour)
    return found


def _beneath(links: Iterable[Link], attacking: Collection[ItemId]) -> dict[ItemId, list[tuple[ItemId, bool]]]:
    """What bears directly on each item, and whether it is on the item's side.

    Contradictions are symmetric, so they are followed from both ends. Shortcuts are skipped:
    their inference says the same.
    """
    beneath: dict[ItemId, list[tuple[ItemId, bool]]] = defaultdict(list)
    for link in links:
        kind, start, end = link.kind, link.start, link.end
        if kind in _STEPS:
            if link.via is None:
                beneath[end].append((start, kind not in ATTACKS))
        elif kind is _CONCLUDES:
            beneath[end].append((start, start not in attacking))
        elif kind is _CONTRADICTS:
            beneath[end].append((start, False))
            beneath[start].append((end, False))
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
    statements = [item for item in items if isinstance(item, Statement)]
    if named := [item.id for item in statements if item.kind == "motion"]:
        return tuple(named)
    leads_on: set[ItemId] = set()
    borne_on: set[ItemId] = set()
    for link in links:
        kind = link.kind
        if kind in _STEPS:
            leads_on.add(link.start)
            borne_on.add(link.end)
        elif kind is _CONCLUDES:
            borne_on.add(link.end)
        elif kind is _CONTRADICTS:
            borne_on.update((link.start, link.end))
    roots = borne_on - leads_on
    return tuple([item.id for item in statements if item.id in roots])
