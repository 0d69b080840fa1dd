"""Maps too large for one transaction of a server: loaded and deleted in parts that nobody sees.

A map is there when its Map node says to which map it belongs. Until a load in parts is done, and from the
beginning of a deletion, the node stands there without: it says under which mark the work goes on. Whoever
begins a load anew sets another mark, and then the earlier one ends itself at its next part.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Protocol, TypeVar

from graph.errors import StoreError
from graph.model import Label, MapId
from graph.store import statements
from graph.store.rows import COUNTS, Row
from graph.store.work import BATCH, Work

_T = TypeVar("_T")


class Transact(Protocol):
    """Runs what it is given in a transaction of its own, again where the server asks for that."""

    def __call__(self, change: Callable[[Work], _T], /) -> _T: ...


def load(
    transact: Transact,
    map_id: MapId,
    mark: str,
    row: Row,
    parts: Iterable[tuple[str, list[Row]]],
    refuse: Callable[[Work], None],
) -> None:
    """Load a map that is not there yet, by these parts; `row` are the properties of its node in the end.

    `refuse` raises StoreError where the store cannot take it.
    """

    def begun(work: Work) -> None:
        refuse(work)
        begin(work, map_id, mark, row["loaded_at"], row["loaded_by"])

    transact(begun)
    for number, (text, rows) in enumerate(parts):
        transact(partial(part, map_id=map_id, mark=mark, number=number, text=text, rows=rows))
    transact(partial(finish, map_id=map_id, mark=mark, row=row))


def begin(work: Work, map_id: MapId, mark: str, at: str, by: str) -> None:
    """The map is being loaded in parts under this mark, from now on."""
    work.write(statements.BEGIN_STAGE, map=map_id, mark=mark, at=at, by=by)


def hide(work: Work, map_id: MapId, mark: str) -> None:
    """The map is gone for everybody, and its nodes go under this mark."""
    work.write(statements.HIDE_MAP, map=map_id, mark=mark)


def part(work: Work, map_id: MapId, mark: str, number: int, text: str, rows: list[Row]) -> None:
    """Write one part, once, also where a retry comes after a commit that nobody heard of."""
    for row in work.read(statements.STAGE_PART, map=map_id, mark=mark, number=number):
        if row["done"] == number:
            work.write(text, rows=rows)
        return
    raise overtaken_by_another(map_id)


def finish(work: Work, map_id: MapId, mark: str, row: Row) -> None:
    """The map is there from now on, with these properties of its node."""
    if work.read(statements.END_STAGE, map=map_id, mark=mark, row=row):
        return
    # A retry, after a commit that nobody heard of?
    if not any(held["map"].get("log") == row["log"] for held in work.read(statements.MAP, map=map_id)):
        raise overtaken_by_another(map_id)


def overtaken(work: Work, map_id: MapId, mark: str, mine: str) -> bool:
    """Whether what was left under a mark is now under `mine`: whoever wrote it can write no more."""
    return bool(work.read(statements.TAKE_STAGE, map=map_id, mark=mark, mine=mine))


def clear(transact: Transact, map_id: MapId) -> int:
    """Remove what a map that is not there has in the store, in parts; how many nodes that was."""
    removed = 0
    for label in Label:
        while True:
            gone = transact(partial(_some, label=label, map_id=map_id))
            removed += gone
            if gone < BATCH:
                break
    return removed


def forget(work: Work, map_id: MapId, mark: str) -> None:
    """There is nothing of the map any more."""
    work.write(statements.FORGET_STAGE, map=map_id, mark=mark)


def unfinished(work: Work) -> list[Row]:
    """The maps that were being loaded or deleted in parts: `id`, `mark`, `at` and `by`."""
    return work.read(statements.STAGED)


def size(row: Row) -> int:
    """How many nodes and links a map has, by its node."""
    return sum(int(row.get(name) or 0) for name in (*COUNTS.values(), "links"))


def _some(work: Work, label: Label, map_id: MapId) -> int:
    return int(work.read(statements.delete_some(label), map=map_id, count=BATCH)[0]["count"])


def overtaken_by_another(map_id: MapId) -> StoreError:
    """That a load is given up for a later one, to be raised."""
    return StoreError(
        f'Another load of the map "{map_id}" has begun meanwhile; this one is given up.\n'
        "  Look at `argmap maps` when that is done, and load again if need be."
    )
