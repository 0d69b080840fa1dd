"""What no longer fits in a store, and how it is put right; nothing that a map holds is thrown away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from graph.model import Label
from graph.store import moving, staging, statements
from graph.store.migrations import SCHEMA, migrated
from graph.store.rows import COUNTS, Row
from graph.store.transactions import failed_setup, missing_setup
from graph.store.work import Work


def repair(work: Work, setup: Mapping[str, str], *, really: bool) -> list[str]:
    """A sentence for everything that does not fit: what it is, and what is done about it if `really`."""
    done: list[str] = []
    if work.read(statements.ANY_MAP):
        done += indexes(work, setup)
    rows = {row["map"]["id"]: row["map"] for row in work.read(statements.MAPS)}
    for row in rows.values():
        migrated(row)  # raises where a newer argmap wrote it
    held = _held(work)
    parts = {row["id"] for row in staging.unfinished(work)}
    done += unfinished(work)
    for map_id in sorted(held.keys() - rows.keys() - parts):
        number = sum(held[map_id].values())
        done.append(f'{number} nodes and links belong to a map "{map_id}" that has no node: make one.')
        if really:
            fresh = {"id": map_id, "map": map_id, "title": map_id, "version": 1, "schema": SCHEMA}
            work.write(statements.CREATE_MAP, row={**fresh, **_counted(held[map_id])})
    for map_id, row in rows.items():
        if row.get("moving"):
            continue  # its nodes are being brought up to date
        done += _of_map(work, map_id, row, _counted(held.get(map_id, {})), really=really)
    stray = work.read(statements.STRAY_LINKS)[0]["count"]
    if stray:
        done.append(f"{stray} links join items of two maps, or what is no item: remove them.")
        if really:
            work.write(statements.DELETE_STRAY_LINKS)
    if done and really:
        work.write(statements.FORGET_DIGESTS)
    return done


def indexes(work: Work, setup: Mapping[str, str]) -> list[str]:
    """A sentence for the indexes that are not there, and for those that do not work."""
    missing, failed = len(missing_setup(work, setup)), len(failed_setup(work, setup))
    said = [f"{_counted_indexes(missing)} missing: make them."] if missing else []
    return said + ([f"{_counted_indexes(failed)} not working: make anew."] if failed else [])


def _counted_indexes(number: int) -> str:
    return "1 index is" if number == 1 else f"{number} indexes are"


def unfinished(work: Work) -> list[str]:
    """A sentence for each map that somebody began to load or to delete in parts."""
    staged = [
        f'A load or a deletion of the map "{row["id"]}" was not finished (of {row["at"] or "before"}): '
        "remove what it left."
        for row in staging.unfinished(work)
    ]
    return staged + [
        f'A change of the map "{row["id"]}" was not finished: '
        + ("bring its nodes up to date." if row["moving"] else "remove what it left.")
        for row in moving.unfinished(work)
    ]


def _of_map(work: Work, map_id: str, row: Row, counts: Row, *, really: bool) -> list[str]:
    wrong = [name for name, number in counts.items() if row.get(name) != number]
    done: list[str] = []
    change: Row = {}
    if wrong:
        done.append(f'The counts of the map "{map_id}" are wrong ({", ".join(wrong)}): count again.')
        change |= counts
    if row.get("schema") != SCHEMA:
        done.append(f'The map "{map_id}" was written by an older argmap: bring it up to date.')
        change = {**migrated(row), "schema": SCHEMA, **change}
    if change and really:
        work.write(statements.SET_MAP, row=change, map=map_id)
    return done


def _held(work: Work) -> dict[str, dict[str, int]]:
    """How many nodes of each label, and links, each map has."""
    held: dict[str, dict[str, int]] = defaultdict(dict)
    for label, name in COUNTS.items():
        for row in work.read(statements.count_by_map(Label(label))):
            held[row["map"]][name] = row["count"]
    for row in work.read(statements.LINKS_BY_MAP):
        held[row["map"]]["links"] = row["count"]
    return held


def _counted(held: Mapping[str, int]) -> Row:
    return {name: held.get(name, 0) for name in (*COUNTS.values(), "links")}
