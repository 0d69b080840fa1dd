"""Numbers that keep things in order while others come between them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

_ROOM = 8  # what comes between two takes this part of the gap at most, so that more may follow it


def numbered(held: Sequence[int | None], below: int, widest: int) -> list[int] | None:
    """Rising numbers from 1 up to `below`, the same as held as far as they can stay; None: no room.

    What is new comes `widest` apart, where there is so much room.

    `held` has the number that each thing has, None for what is new; the order is the one that is wanted.
    """
    staying = _staying(held)
    found: list[int] = []
    last, place = 0, 0
    while place < len(held):
        stop = next((at for at in range(place, len(held)) if at in staying), len(held))
        upper = below if stop == len(held) else held[stop] or below
        new = stop - place
        if upper - last <= new:
            return None
        step = max(1, min(widest, (upper - last) // (new + _ROOM)))
        found += range(last + step, last + step * new + 1, step)
        if stop < len(held):
            found.append(upper)
            last = upper
        place = stop + 1
    return found


def _staying(held: Sequence[int | None]) -> set[int]:
    """The places of the longest run of numbers that rise: the fewest others have to move."""
    tops: list[int] = []  # the smallest number that a run of each length can end with
    ends: list[int] = []  # the place of that number
    before: dict[int, int | None] = {}
    for place, number in enumerate(held):
        if number is None:
            continue
        length = bisect_left(tops, number)
        before[place] = ends[length - 1] if length else None
        tops[length : length + 1] = [number]
        ends[length : length + 1] = [place]
    staying: set[int] = set()
    at = ends[-1] if ends else None
    while at is not None:
        staying.add(at)
        at = before[at]
    return staying
