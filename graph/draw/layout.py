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
    """One thing to place: after what it hangs on, there in the order of plain, beside, wing."""

    parent: int | None
    height: float
    beside: bool = False  # stays in its parent's column
    inset: bool = False  # and stands a step in, since it answers its parent's link
    wing: bool = False  # under a root: stands to the right of all that is under the root and no wing
    joint: bool = False  # a point in the gutter, where linked premises meet: no box of its own


@dataclass(frozen=True, slots=True)
class Place:
    """A placed box: its corner, its width, and its column (0 for a root)."""

    x: float
    y: float
    width: float
    column: int


def place(boxes: Sequence[Box], page: float | None = None) -> list[Place]:
    """The place of every box. No two overlap, and no link need cross another.

    A box is level with its first child, and so on down: such a row is placed at once, below
    whatever its columns hold already. So each box is touched once, and there is no recursion.
    With `page`, no box lies across a multiple of that height unless it is higher itself.
    """
    placed = columns(boxes)
    first = _first_children(boxes)
    tops: list[float] = [-1.0] * len(boxes)
    bottoms: dict[int, float] = {}  # of the columns of one root
    floor = lowest = 0.0
    for index, box in enumerate(boxes):
        if tops[index] >= 0:
            continue
        row: list[int] = []
        at: int | None = index
        while at is not None:
            row.append(at)
            at = first[at]
        top = lowest
        if box.parent is not None:
            top = max(bottoms.get(placed[i].column, floor) for i in row)
        if page is not None:
            top = _on_one_page(top, max(boxes[i].height for i in row), page)
        if box.parent is None:
            floor = lowest = top + box.height + GAP
            bottoms = {}
        for i in row:
            tops[i] = top
            if not boxes[i].joint:
                bottoms[placed[i].column] = top + boxes[i].height + GAP
                lowest = max(lowest, bottoms[placed[i].column])
    return [
        Place(column.x, top, column.width, column.column) for column, top in zip(placed, tops, strict=True)
    ]


def _on_one_page(top: float, height: float, page: float) -> float:
    """`top`, or the next page's where a row so high would not end on this one."""
    on_page = top % page
    return top if on_page + height <= page or on_page == 0 else top - on_page + page


@dataclass(slots=True)
class Column:
    """Which column a box is in, which says all but its height."""

    column: int
    step: int
    x: float
    width: float


def columns(boxes: Sequence[Box]) -> list[Column]:
    """The column of every box, whatever its height: how high a text is hangs on its width."""
    found: list[Column] = []
    root = widest = 0
    wing: int | None = None  # the column left of the wing, once there is one
    for box in boxes:
        if box.parent is None:
            root, widest, wing = len(found), 0, None
            found.append(Column(0, 0, 0.0, BANNER))
            continue
        above = found[box.parent]
        column = above.column + (0 if box.beside else 1)
        if box.wing:
            if wing is None:
                wing = widest
                found[root].width = max(BANNER, INDENT + wing * (WIDTH + GUTTER) + WIDTH)
            column = wing + 1
        widest = max(widest, column)
        step = min(above.step + int(box.inset), STEP_INS) if box.beside else 0
        x = INDENT + (column - 1) * (WIDTH + GUTTER) + step * STEP_IN
        found.append(Column(column, step, x, WIDTH - step * STEP_IN))
    return found


def _first_children(boxes: Sequence[Box]) -> list[int | None]:
    """The child each box is level with: its first in the next column, or a joint's first premise."""
    first: list[int | None] = [None] * len(boxes)
    for index, box in enumerate(boxes):
        if box.parent is None or first[box.parent] is not None:
            continue
        above = boxes[box.parent]
        if above.parent is not None and (not box.beside or above.joint):
            first[box.parent] = index
    return first
