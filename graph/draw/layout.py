"""Where cards go: columns from left to right, every card as high as it can be, in reading order.

Knows boxes and nothing of argument maps or HTML. `js/layout.js` is the same for what is open on the
page; a test holds the two to each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 264.0  # of a card
BANNER = 560.0  # of a root, which stands above its tree
INDENT = 60.0  # of the first column
GUTTER = 72.0  # between columns, where the links run
GAP = 18.0  # between cards
STEP_IN = 14.0  # of a card beside another
STEP_INS = 3  # at most so many


@dataclass(frozen=True, slots=True)
class Box:
    """One thing to place: the one it hangs on comes before it, and those beside it come last."""

    parent: int | None
    height: float
    beside: bool = False  # stays in its parent's column
    inset: bool = False  # and stands a step in, since it answers its parent's link
    joint: bool = False  # a point in the gutter, where linked premises meet: no box of its own


@dataclass(frozen=True, slots=True)
class Place:
    """A placed box: its corner, its width, and its column (0 for a root)."""

    x: float
    y: float
    width: float
    column: int


def place(boxes: Sequence[Box]) -> list[Place]:
    """The place of every box. No two overlap, and no link need cross another.

    A box is level with its first child, and so on down: such a row is placed at once, below
    whatever its columns hold already. So each box is touched once, and there is no recursion.
    """
    first: list[int | None] = [None] * len(boxes)
    column = [0] * len(boxes)
    step = [0] * len(boxes)
    for index, box in enumerate(boxes):
        if box.parent is None:
            continue
        above = boxes[box.parent]
        column[index] = column[box.parent] + (0 if box.beside else 1)
        if box.beside:
            step[index] = min(step[box.parent] + int(box.inset), STEP_INS)
        if first[box.parent] is None and above.parent is not None and (not box.beside or above.joint):
            first[box.parent] = index
    tops: list[float] = [-1.0] * len(boxes)
    bottoms: list[float] = []
    floor = 0.0
    for index, box in enumerate(boxes):
        if tops[index] >= 0:
            continue
        row: list[int] = []
        at: int | None = index
        while at is not None:
            row.append(at)
            at = first[at]
        if box.parent is None:
            top = max([floor, *bottoms])
            floor = top + box.height + GAP
            bottoms = []
        else:
            top = max((bottoms[column[i]] if column[i] < len(bottoms) else floor) for i in row)
        for i in row:
            tops[i] = top
            while len(bottoms) <= column[i]:
                bottoms.append(floor)
            if not boxes[i].joint:
                bottoms[column[i]] = top + boxes[i].height + GAP
    return [
        Place(0.0, tops[index], BANNER, 0)
        if box.parent is None
        else Place(
            INDENT + (column[index] - 1) * (WIDTH + GUTTER) + step[index] * STEP_IN,
            tops[index],
            WIDTH - step[index] * STEP_IN,
            column[index],
        )
        for index, box in enumerate(boxes)
    ]
