"""Which side of the motion each item is on, from the paths that lead to the motion."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping

from graph.model import ArgumentMap, Evidence, Inference, ItemId, LinkKind, Polarity, Side, Statement


def sides(argmap: ArgumentMap) -> Mapping[ItemId, Side]:
    """The side of every item that has one: as stated, else by the number of attacks to the motion.

    An odd number of attacks on the way to the motion is the other side; reached both ways is `both`.
    A stated side holds for its item and is where the paths of the items beneath it start.
    Items that no path joins to a motion are absent.
    """
    stated = {
        item.id: item.side
        for item in argmap.items
        if isinstance(item, (Statement, Evidence)) and item.side_stated
    }
    seen: dict[ItemId, set[Side]] = {}
    queue: deque[tuple[ItemId, Side]] = deque()

    def reach(item_id: ItemId, side: Side) -> None:
        reached = seen.setdefault(item_id, set())
        if side not in reached:
            reached.add(side)
            queue.append((item_id, side))

    for motion_id in argmap.motion:
        reach(motion_id, stated.get(motion_id, Side.PRO))
    for item_id, side in stated.items():
        reach(item_id, side)
    while queue:
        item_id, side = queue.popleft()
        for neighbour, same in _below(argmap, item_id):
            if neighbour not in stated:
                reach(neighbour, side if same else side.other)
    return {item_id: next(iter(found)) if len(found) == 1 else Side.BOTH for item_id, found in seen.items()}


def _below(argmap: ArgumentMap, item_id: ItemId) -> list[tuple[ItemId, bool]]:
    """What bears directly on an item, and whether it is on the item's side.

    Contradictions are symmetric, so they are followed from both ends. Shortcuts are skipped:
    their inference says the same.
    """
    below: list[tuple[ItemId, bool]] = []
    for link in argmap.incoming.get(item_id, ()):
        match link.kind:
            case LinkKind.SUPPORTS | LinkKind.PREMISE_OF:
                if link.via is None:
                    below.append((link.start, True))
            case LinkKind.CONCLUDES:
                step = argmap.by_id.get(link.start)
                below.append(
                    (link.start, not (isinstance(step, Inference) and step.polarity is Polarity.ATTACKS))
                )
            case LinkKind.REBUTS | LinkKind.UNDERCUTS | LinkKind.UNDERMINES:
                if link.via is None:
                    below.append((link.start, False))
            case LinkKind.CONTRADICTS:
                below.append((link.start, False))
            case _:
                pass
    below.extend(
        (link.end, False) for link in argmap.outgoing.get(item_id, ()) if link.kind is LinkKind.CONTRADICTS
    )
    return below
