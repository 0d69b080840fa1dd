"""A change of a map that is too large for one transaction of a server: seen at once, made in parts.

1. The new map is kept beside the old one's nodes, part by part (`coming` on the Map node says whose).
2. One short transaction puts what the Map node says of the new map in the place of the old (`moving`). From
   then on everybody reads the parts that are kept beside.
3. The nodes and relationships are brought up to date, part by part. What has not changed keeps its node.
4. One short transaction ends that, and the parts go.

Who dies before 2 leaves the old map; after 2, the new. Whoever writes to the map next brings it to its end.
"""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import uuid4

from graph.errors import StoreError
from graph.merge import difference
from graph.model import MapId
from graph.store import reading, staging, statements, writing
from graph.store.digest import marks as marks_of
from graph.store.port import Replaced
from graph.store.rows import Row
from graph.store.staging import Transact
from graph.store.work import Work


class ChangedMeanwhile(Exception):
    """Somebody wrote to the map while its new version was being prepared: what is to be kept of it is new."""


def lock(work: Work, map_id: MapId) -> Row:
    """Keep others from writing to a map until the transaction is over; what is being done to it.

    That is `coming` and `moving`: the mark of a new version that is being prepared, or that everybody sees
    already. Nothing at all where there is no such map.
    """
    rows = work.read(statements.LOCK_MAP, map=map_id)
    return rows[0] if rows else {}


def announce(work: Work, map_id: MapId, mark: str) -> None:
    """A new version of the map is coming, under this mark."""
    work.write(statements.ANNOUNCE, map=map_id, mark=mark)


def withdraw(work: Work, map_id: MapId, doing: Row) -> bool:
    """Whoever prepares a new version of the map has to look at it again; whether anybody does."""
    if not doing.get("coming"):
        return False
    work.write(statements.ANNOUNCE, map=map_id, mark=None)
    return True


def is_begun(work: Work, map_id: MapId) -> bool:
    """Whether a new version of a map is being prepared or made."""
    doing = lock(work, map_id)
    return bool(doing.get("coming") or doing.get("moving"))


def move(transact: Transact, plan: writing.Plan, mark: str) -> Replaced:
    """Bring about what is planned, and was announced under this mark. Raises ChangedMeanwhile."""
    map_id = plan.map_id
    try:
        for number, held in enumerate(reading.parts(plan.changes.argmap)):
            transact(partial(_keep, map_id=map_id, mark=mark, number=number, held=held))
        transact(partial(_switch, map_id=map_id, mark=mark, row=writing.changed_map_row(plan)))
    except (StoreError, ChangedMeanwhile):
        if not _tidy(transact, map_id, mark):
            raise
    try:
        _bring_up_to_date(transact, plan, mark, mark)
    except StoreError as error:
        raise StoreError(
            f"{error}\n"
            f'  The map "{map_id}" is loaded all the same: it is its nodes that are not yet all as it says.\n'
            "  The next load of it, or `argmap doctor --repair`, goes on with that."
        ) from error
    return plan.replaced


def finish(transact: Transact, map_id: MapId, mark: str) -> None:
    """Bring the nodes of a map up to date, where somebody else began that and may not be there any more."""

    mover = uuid4().hex

    def taken(work: Work) -> writing.Plan | None:
        if lock(work, map_id).get("moving") != mark:
            return None
        work.write(statements.TAKE_MOVE, map=map_id, mover=mover)
        row: Row = work.read(statements.MAP, map=map_id)[0]["map"]
        new = reading.of_parts(work, row)
        # Which of the nodes have their new marks already, nobody knows.
        row["marked"] = None
        return writing.Plan(difference(reading.of_nodes(work, row), new), row, "", "", marks_of(new))

    plan = transact(taken)
    if plan is not None:
        _bring_up_to_date(transact, plan, mark, mover)


def forget(transact: Transact, map_id: MapId) -> None:
    """Remove the parts of versions of a map that are neither prepared nor seen."""
    while transact(partial(_some_forgotten, map_id=map_id)):
        pass


def unfinished(work: Work) -> list[Row]:
    """The maps that have parts beside them: `id`, `mark`, and whether everybody sees these (`moving`)."""
    return work.read(statements.BESIDE)


def end(transact: Transact, row: Row) -> None:
    """Bring one of the `unfinished` to its end: what is seen is made, what was prepared is taken back."""
    if row["moving"]:
        finish(transact, row["id"], row["mark"])
    else:
        _tidy(transact, row["id"], row["mark"])


def _some_forgotten(work: Work, map_id: MapId) -> int:
    return int(work.read(statements.FORGET_PARTS, map=map_id)[0]["count"])


def _keep(work: Work, *, map_id: MapId, mark: str, number: int, held: bytes) -> None:
    _require_announced(work, map_id, mark)
    work.write(statements.KEEP_PART, map=map_id, mark=mark, number=number, held=held)


def _switch(work: Work, *, map_id: MapId, mark: str, row: Row) -> None:
    if lock(work, map_id).get("moving") != mark:  # else a retry, after a commit that nobody heard of
        _require_announced(work, map_id, mark)
        work.write(statements.SWITCH, map=map_id, mark=mark, row=row)


def _require_announced(work: Work, map_id: MapId, mark: str) -> None:
    coming = lock(work, map_id).get("coming")
    if coming is None:
        raise ChangedMeanwhile
    if coming != mark:
        raise staging.overtaken_by_another(map_id)


def _bring_up_to_date(transact: Transact, plan: writing.Plan, mark: str, mover: str) -> None:
    map_id = plan.map_id
    for number, (text, params) in enumerate(writing.parts(plan)):
        if not transact(partial(_part, map_id=map_id, mover=mover, number=number, text=text, params=params)):
            return  # somebody else does it
    transact(partial(_end, map_id=map_id, mover=mover))
    forget(transact, map_id)


def _part(work: Work, *, map_id: MapId, mover: str, number: int, text: str, params: dict[str, Any]) -> bool:
    """Make one part, once; whether it is still ours to make."""
    held = lock(work, map_id)
    if held.get("mover") != mover:
        return False
    if held["done"] == number:
        work.write(text, **params)
        work.write(statements.DONE_PART, map=map_id, done=number + 1)
    return True


def _end(work: Work, *, map_id: MapId, mover: str) -> None:
    if lock(work, map_id).get("mover") == mover:
        work.write(statements.END_MOVE, map=map_id)


def _tidy(transact: Transact, map_id: MapId, mark: str) -> bool:
    """Take back what is prepared; where that cannot be done now, the next writer does it.

    Whether there is nothing to take back, because everybody sees it already.
    """

    def taken_back(work: Work) -> bool:
        doing = lock(work, map_id)
        if doing.get("coming") == mark:
            withdraw(work, map_id, doing)
        return doing.get("moving") == mark

    try:
        is_seen = transact(taken_back)
        forget(transact, map_id)
    except StoreError:
        return False
    return is_seen
