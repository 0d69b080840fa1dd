"""What each method of the port does inside one transaction, the same on both engines."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping, Sequence

from graph.errors import MapTaken, NoSuchMap, StoreError
from graph.merge import difference, merge
from graph.model import ArgumentMap, Item, ItemId, Label, MapId
from graph.store import reading, statements, writing
from graph.store.differences import by_marks
from graph.store.digest import Marks
from graph.store.digest import marks as marks_of
from graph.store.migrations import SCHEMA, migrated
from graph.store.port import LogEntry, MapInfo, Replaced
from graph.store.rows import (
    COUNTS,
    Row,
    info_of,
    item_of,
    link_of,
    log_of,
    map_of,
)
from graph.store.work import Work
from graph.store.writing import Plan


def replace(
    work: Work,
    argmap: ArgumentMap,
    marks: Marks,
    *,
    force: bool,
    shared_labels: bool,
    log: Sequence[LogEntry] = (),
) -> Replaced:
    """Make the stored map equal to `argmap`, whose marks are given, keeping what users added."""
    plan = replacing(work, argmap, marks, force=force, shared_labels=shared_labels, log=log)
    return plan if isinstance(plan, Replaced) else writing.write(work, plan)


def replacing(
    work: Work,
    argmap: ArgumentMap,
    marks: Marks,
    *,
    force: bool,
    shared_labels: bool,
    log: Sequence[LogEntry] = (),
) -> Replaced | Plan:
    """What there is to do to make the stored map equal to `argmap`; what is said where that is nothing."""
    row = _map_row(work, argmap.id)
    same = _unchanged(row, argmap, marks)
    if same is not None:
        return same
    _refuse_what_no_store_can_keep(argmap)
    if row is None:
        if not shared_labels:
            refuse_a_database_of_others(work)
    elif str(row.get("file") or "") != argmap.file and not force:
        raise _taken(str(row.get("file") or ""), argmap)
    changes = None if row is None else by_marks(work, row, argmap, marks)
    if changes is None:
        changes = merge(None if row is None else reading.whole(work, row), argmap)
    writing.refuse_ids_of_other_maps(work, changes.added, argmap.id)
    now = marks if changes.argmap is argmap else marks_of(changes.argmap)
    kept = writing.kept_marks(changes.argmap, now)
    return Plan(changes, row, "loaded", marks.of_map, kept, log)


def refuse_what_cannot_be_new(work: Work, argmap: ArgumentMap, *, shared_labels: bool) -> None:
    """Raises StoreError where the store cannot take a map that it does not have yet."""
    _refuse_what_no_store_can_keep(argmap)
    if not shared_labels:
        refuse_a_database_of_others(work)
    if has_map(work, argmap.id):
        raise StoreError(
            f'The map "{argmap.id}" was loaded by somebody else meanwhile.\n  Load it again to compare.'
        )
    writing.refuse_ids_of_other_maps(work, argmap.items, argmap.id)


def has_map(work: Work, map_id: MapId) -> bool:
    """Whether the store has this map."""
    return bool(work.read(statements.MAP, map=map_id))


def state(work: Work, map_id: MapId) -> Row:
    """Whether a map is `there`, the marks under which it is `staged` or `moving`, if parts are `beside`."""
    return work.read(statements.STATE, map=map_id)[0]


def unchanged(work: Work, argmap: ArgumentMap, marks: Marks) -> Replaced | None:
    """What loading says where the stored map was made from exactly this one; else None."""
    return _unchanged(_map_row(work, argmap.id), argmap, marks)


def _unchanged(row: Row | None, argmap: ArgumentMap, marks: Marks) -> Replaced | None:
    if row is None or not marks or row.get("schema") != SCHEMA or row.get("digest") != marks.of_map:
        return None
    if row.get("moving") or row.get("coming"):
        return None  # a change of it is not finished
    held = sum(int(row.get(name) or 0) for name in (*COUNTS.values(), "links"))
    return Replaced(map_id=argmap.id, unchanged=held)


def remember(work: Work, argmap: ArgumentMap, receipt: str) -> None:
    """Keep with a map how its file was read, unless it is another file's by now."""
    row = _map_row(work, argmap.id) or {}
    is_it = (row.get("file") or "", row.get("sha256") or "") == (argmap.file, argmap.sha256)
    if not row.get("digest") or not is_it:
        return
    kept = {"receipt": receipt, "receipt_of": row["digest"]}
    if any(row.get(name) != value for name, value in kept.items()):
        work.write(statements.SET_MAP, row=kept, map=argmap.id)


def edit(work: Work, map_id: MapId, change: Callable[[ArgumentMap], ArgumentMap], what: str) -> Replaced:
    """Make the stored map what `change` makes of it; raises NoSuchMap."""
    return writing.write(work, editing(work, map_id, change, what))


def editing(work: Work, map_id: MapId, change: Callable[[ArgumentMap], ArgumentMap], what: str) -> Plan:
    """What there is to do to make the stored map what `change` makes of it; raises NoSuchMap."""
    row = require_map(work, map_id)
    old = reading.whole(work, row)
    new = change(old)
    _refuse_what_no_store_can_keep(new)
    changes = difference(old, new)
    writing.refuse_ids_of_other_maps(work, changes.added, map_id)
    # What the file said is as it was, so a load of the same file has nothing to do.
    return Plan(changes, row, what, str(row.get("digest") or ""), writing.kept_marks(new, marks_of(new)))


def log(work: Work, map_id: MapId) -> list[LogEntry]:
    """What happened to a map, the oldest first; raises NoSuchMap."""
    return log_of(require_map(work, map_id))


def forget_digests(work: Work) -> None:
    """After a change that argmap cannot know: the next load of a file looks at everything."""
    work.write(statements.FORGET_DIGESTS)


def refuse_newer(work: Work) -> None:
    """Raises StoreError where a newer argmap has written to the store."""
    maps(work)


def load(work: Work, map_id: MapId) -> ArgumentMap:
    """The stored map; raises NoSuchMap."""
    return load_and_mark(work, map_id)[0]


def load_and_mark(work: Work, map_id: MapId) -> tuple[ArgumentMap, str]:
    """The stored map, and the digest that it should have ("" where that is not known); raises NoSuchMap."""
    row = require_map(work, map_id)
    return reading.whole(work, row), str(row.get("content") or "")


def maps_of(work: Work, item_id: ItemId) -> list[Row]:
    """The properties of the nodes of maps that may have an item of this id: it begins with theirs."""
    parts = item_id.split("/")
    ids = ["/".join(parts[:count]) for count in range(1, len(parts))]
    rows = work.read(statements.MAPS_OF, ids=ids) if ids else []
    # How far the nodes are on their way to the map that everybody sees already is no change of it.
    return [{**migrated(row["map"]), "mover": None, "done": None} for row in rows]


def neighbourhood(work: Work, item_id: ItemId, hops: int, rows: Iterable[Row]) -> ArgumentMap:
    """The part of a map within `hops` links of an item; `rows` are its `maps_of`. Raises NoSuchMap."""
    for row in rows:
        if row.get("moving"):
            argmap = reading.of_parts(work, row)
            if item_id in argmap.by_id:
                return reading.around(argmap, item_id, hops)
    known = {row["id"]: row for row in rows if not row.get("moving")}
    nodes = [node for node in work.read(statements.ITEM, id=item_id) if node["item"]["map"] in known]
    if not nodes:
        raise NoSuchMap(f'The store has no item "{item_id}".\n  `argmap find` looks for words in all maps.')
    row = known[nodes[0]["item"]["map"]]
    map_id: MapId = row["id"]
    found = {item.id: item for item in _items(nodes)}
    edge = dict(found)
    for _ in range(hops):
        near = work.read(statements.NEIGHBOURS, map=map_id, **_ids(edge.values()))
        edge = {item.id: item for item in _items(near) if item.id not in found}
        found |= edge
    links = [
        link_of(each["kind"], each["start"], each["stop"], each["link"])
        for each in work.read(statements.LINKS_AMONG, map=map_id, all=list(found), **_ids(found.values()))
    ]
    kept = {**row, "motion": [each for each in row.get("motion") or () if each in found]}
    return map_of(kept, list(found.values()), links)


def maps(work: Work) -> list[MapInfo]:
    """Every stored map, by id."""
    # Of a map that is deleted while the statement runs, a server gives a row without values.
    return [info_of(migrated(row["map"])) for row in work.read(statements.MAPS) if row["map"].get("id")]


def delete(work: Work, map_id: MapId) -> int:
    """Remove a map; the number of items removed; raises NoSuchMap."""
    require_map(work, map_id)
    removed = 0
    for label in Label:
        count: int = work.read(statements.count(label), map=map_id)[0]["count"]
        if count:
            work.write(statements.delete_all(label), map=map_id)
        removed += count
    work.write(statements.DELETE_MAP, map=map_id)
    return removed


def require_map(work: Work, map_id: MapId) -> Row:
    """The properties of a map's node; raises NoSuchMap, which names the nearest id there is."""
    row = _map_row(work, map_id)
    if row is not None:
        return row
    ids = [info.id for info in maps(work)]
    near = difflib.get_close_matches(map_id, ids, n=1, cutoff=0.5)
    if near:
        hint = f'Did you mean "{near[0]}"? `argmap maps` lists all.'
    elif ids:
        hint = "`argmap maps` lists what it has."
    else:
        hint = "It has no maps yet: `argmap load FILE` puts one in."
    raise NoSuchMap(f'The store has no map "{map_id}".\n  {hint}')


def foreign_labels(work: Work) -> list[str]:
    """The labels of ours that nodes have which belong to no map."""
    return [label for label in statements.LABELS if work.read(statements.foreign(label))]


def missing_setup(work: Work, setup: Mapping[str, str] = statements.SETUP) -> list[str]:
    """The statements for constraints and indexes that the store does not have yet."""
    there = {row["name"] for row in work.read(statements.SET_UP)}
    return [text for name, text in setup.items() if name not in there]


def failed_setup(work: Work, setup: Mapping[str, str]) -> list[str]:
    """The names of indexes that the engine could not make, or can no longer use."""
    failed = {row["name"] for row in work.read(statements.SET_UP) if row.get("state") == "FAILED"}
    return [name for name in setup if name in failed]


def _map_row(work: Work, map_id: MapId) -> Row | None:
    rows = work.read(statements.MAP, map=map_id)
    return migrated(rows[0]["map"]) if rows and rows[0]["map"].get("id") else None


def _refuse_what_no_store_can_keep(argmap: ArgumentMap) -> None:
    if not argmap.id:
        raise StoreError("A map needs an id to be stored.\n  Give it one: `argmap load FILE --as ID`.")
    if len(argmap.by_id) != len(argmap.items):
        seen: set[ItemId] = set()
        twice = next(item.id for item in argmap.items if item.id in seen or seen.add(item.id))  # type: ignore[func-returns-value]  # add gives None
        raise StoreError(
            f'Two items of the map have the id "{twice}".\n  Give one of them another id or title.'
        )
    begins = f"{argmap.id}/"
    for item_id in [each for each in argmap.by_id if not each.startswith(begins)]:
        raise StoreError(f'The item id "{item_id}" does not begin with the map\'s id, "{begins}".')
    ids = argmap.by_id.keys()
    if not [True for link in argmap.links if link.start not in ids or link.end not in ids]:
        return
    for link in argmap.links:
        for end in (link.start, link.end):
            if end not in argmap.by_id:
                raise StoreError(f'A link ({link.kind}) ends at "{end}", which the map does not have.')


def refuse_a_database_of_others(work: Work) -> None:
    """Raises StoreError where nodes have labels of ours and belong to no map, and there is no map yet."""
    if work.read(statements.ANY_MAP):
        return  # to look at every node takes long
    labels = foreign_labels(work)
    if labels:
        raise StoreError(
            f"This database holds {' and '.join(labels)} nodes that are not argmap's (they have no `map`).\n"
            "  Use a database of its own for argmap (NEO4J_DATABASE), or give those nodes other labels."
        )


def _taken(old: str, new: ArgumentMap) -> MapTaken:
    before, now = old or "no file", new.file or "no file"
    return MapTaken(
        f'The map "{new.id}" was loaded from another file: {before} (this is {now}).\n'
        "  Load this one under another id with --as ID, or put it in the other's place with --replace."
    )


def _items(rows: Iterable[Row]) -> list[Item]:
    """The items of nodes, by their labels and properties."""
    return [
        item_of(Label(label), row["item"])
        for row in rows
        for label in row["labels"]  # other people's labels may be on the node as well
        if label in COUNTS
    ]


def _ids(items: Iterable[Item]) -> dict[str, list[ItemId]]:
    """The ids of items by label, a list for every label."""
    groups: dict[str, list[ItemId]] = {label.value: [] for label in Label}
    for item in items:
        groups[item.label].append(item.id)
    return groups
