"""What each method of the port does inside one transaction, the same on both engines."""

from __future__ import annotations

import difflib
import getpass
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import UTC, datetime

from graph.errors import MapTaken, NoSuchMap, StoreError
from graph.merge import Merge, difference, merge, nothing_to_carry
from graph.model import ITEM_CLASSES, ArgumentMap, Item, ItemId, Label, Link, MapId
from graph.store import statements
from graph.store.differences import by_marks, has_marks
from graph.store.digest import Marks
from graph.store.digest import marks as marks_of
from graph.store.makers import item_of_values, item_values, link_of_values, link_values
from graph.store.migrations import SCHEMA, migrated
from graph.store.port import LogEntry, MapInfo, Replaced
from graph.store.rows import (
    COUNTS,
    MARK,
    Row,
    info_of,
    item_of,
    item_row,
    link_of,
    link_row,
    log_of,
    log_row,
    map_of,
    map_row,
)
from graph.store.work import Work, batches


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
        changes = merge(None if row is None else _load(work, argmap.id, row), argmap)
    kept = marks if changes.argmap is argmap else marks_of(changes.argmap)
    return _write(work, changes, row, "loaded", marks.of_map, kept, log)


def unchanged(work: Work, argmap: ArgumentMap, marks: Marks) -> Replaced | None:
    """What loading says where the stored map was made from exactly this one; else None."""
    return _unchanged(_map_row(work, argmap.id), argmap, marks)


def _unchanged(row: Row | None, argmap: ArgumentMap, marks: Marks) -> Replaced | None:
    if row is None or not marks or row.get("schema") != SCHEMA or row.get("digest") != marks.of_map:
        return None
    held = sum(int(row.get(name) or 0) for name in (*COUNTS.values(), "links"))
    return Replaced(map_id=argmap.id, unchanged=held)


def edit(work: Work, map_id: MapId, change: Callable[[ArgumentMap], ArgumentMap], what: str) -> Replaced:
    """Make the stored map what `change` makes of it; raises NoSuchMap."""
    row = require_map(work, map_id)
    old = _load(work, map_id, row)
    new = change(old)
    _refuse_what_no_store_can_keep(new)
    # What the file said is as it was, so a load of the same file has nothing to do.
    return _write(work, difference(old, new), row, what, str(row.get("digest") or ""), marks_of(new))


def log(work: Work, map_id: MapId) -> list[LogEntry]:
    """What happened to a map, the oldest first; raises NoSuchMap."""
    return log_of(require_map(work, map_id))


def forget_digests(work: Work) -> None:
    """After a change that argmap cannot know: the next load of a file looks at everything."""
    work.write(statements.FORGET_DIGESTS)


def refuse_newer(work: Work) -> None:
    """Raises StoreError where a newer argmap has written to the store."""
    maps(work)


def _write(
    work: Work,
    changes: Merge,
    old_row: Row | None,
    what: str,
    digest: str,
    marks: Marks,
    log: Sequence[LogEntry] = (),
) -> Replaced:
    """Write what changed; `digest` is that of what the file says, `marks` are those of what is kept."""
    argmap = changes.argmap
    if not nothing_to_carry(argmap):
        marks = Marks(marks.of_map, {})
    _refuse_ids_of_other_maps(work, changes, argmap.id)
    _write_items(work, changes, marks.items)
    _write_links(work, changes, is_new=old_row is None)
    if marks.items:
        _write_marks(work, changes, marks, old_row)
    _write_map(work, changes, old_row, what, digest, marks, log)
    return Replaced(
        map_id=argmap.id,
        added=changes.count_added,
        changed=changes.count_changed,
        removed=changes.count_removed,
        unchanged=changes.count_unchanged,
        displaced=changes.displaced,
    )


def load(work: Work, map_id: MapId) -> ArgumentMap:
    """The stored map; raises NoSuchMap."""
    return load_and_mark(work, map_id)[0]


def load_and_mark(work: Work, map_id: MapId) -> tuple[ArgumentMap, str]:
    """The stored map, and the digest that it should have ("" where that is not known); raises NoSuchMap."""
    row = require_map(work, map_id)
    return _load(work, map_id, row), str(row.get("content") or "")


def neighbourhood(work: Work, item_id: ItemId, hops: int) -> ArgumentMap:
    """The part of a map within `hops` links of an item; raises NoSuchMap."""
    found: dict[ItemId, Item] = {}
    map_id = ""
    for label in Label:
        for row in work.read(statements.item(label), id=item_id):
            found[item_id], map_id = item_of(label, row["item"]), row["item"]["map"]
    map_row_ = _map_row(work, map_id) if found else None
    if map_row_ is None:
        raise NoSuchMap(f'The store has no item "{item_id}".\n  `argmap find` looks for words in all maps.')
    edge = dict(found)
    for _ in range(hops):
        edge = {item.id: item for item in _next_to(work, map_id, edge.values()) if item.id not in found}
        found |= edge
    links = [
        link_of(row["kind"], row["start"], row["stop"], row["link"])
        for label, ids in _ids_by_label(found.values()).items()
        for batch in batches(ids)
        for row in work.read(statements.links_among(label), map=map_id, ids=batch, all=list(found))
    ]
    kept = {**map_row_, "motion": [each for each in map_row_.get("motion") or () if each in found]}
    return map_of(kept, list(found.values()), links)


def maps(work: Work) -> list[MapInfo]:
    """Every stored map, by id."""
    return [info_of(migrated(row["map"])) for row in work.read(statements.MAPS)]


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


def _map_row(work: Work, map_id: MapId) -> Row | None:
    rows = work.read(statements.MAP, map=map_id)
    return migrated(rows[0]["map"]) if rows else None


def _load(work: Work, map_id: MapId, row: Row) -> ArgumentMap:
    items = [
        item_of_values(label, values)
        for label in Label
        for values in work.tuples(statements.items(label), "n", item_values(label), map=map_id)
    ]
    links = [
        link_of_values(values)
        for label in {item.label: None for item in items}
        for values in work.tuples(statements.links(label), "r", link_values(), map=map_id)
    ]
    return map_of(row, items, links)


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
    for item_id in argmap.by_id:
        if not item_id.startswith(begins):
            raise StoreError(f'The item id "{item_id}" does not begin with the map\'s id, "{begins}".')
    ends = {link.start for link in argmap.links} | {link.end for link in argmap.links}
    if ends <= argmap.by_id.keys():
        return
    for link in argmap.links:
        for end in (link.start, link.end):
            if end not in argmap.by_id:
                raise StoreError(f'A link ({link.kind}) ends at "{end}", which the map does not have.')


def refuse_a_database_of_others(work: Work) -> None:
    """Raises StoreError where nodes have labels of ours and belong to no map, and there is no map yet."""
    labels = foreign_labels(work)
    if labels and not maps(work):
        raise StoreError(
            f"This database holds {' and '.join(labels)} nodes that are not argmap's (they have no `map`).\n"
            "  Use a database of its own for argmap (NEO4J_DATABASE), or give those nodes other labels."
        )


def _refuse_ids_of_other_maps(work: Work, changes: Merge, map_id: MapId) -> None:
    for label, ids in _ids_by_label(changes.added).items():
        for batch in batches(ids):
            for row in work.read(statements.taken(label), ids=batch, map=map_id):
                raise StoreError(
                    f'The id "{row["id"]}" is already that of an item of the map "{row["map"]}".\n'
                    "  Load this file under another id: `argmap load FILE --as ID`."
                )


def _taken(old: str, new: ArgumentMap) -> MapTaken:
    before, now = old or "no file", new.file or "no file"
    return MapTaken(
        f'The map "{new.id}" was loaded from another file: {before} (this is {now}).\n'
        "  Load this one under another id with --as ID, or put it in the other's place with --replace."
    )


def _write_items(work: Work, changes: Merge, marks: Mapping[ItemId, int]) -> None:
    map_id = changes.argmap.id

    def row(item: Item) -> Row:
        return {**item_row(item, map_id), MARK: marks.get(item.id)}

    for label, ids in _ids_by_label(changes.dropped).items():
        for batch in batches(ids):
            work.write(statements.delete_items(label), ids=batch, map=map_id)
    _by_label(work, statements.create_items, changes.added, row)
    _by_label(work, statements.set_items, changes.rewritten, lambda item: {**_blank_row(item), **row(item)})
    _by_label(work, statements.move_items, changes.moved, lambda item: {"id": item.id, "order": item.order})


def _by_label(
    work: Work, statement: Callable[[str], str], items: Iterable[Item], row: Callable[[Item], Row]
) -> None:
    groups: dict[Label, list[Item]] = defaultdict(list)
    for item in items:
        groups[item.label].append(item)
    for label, group in groups.items():
        for batch in batches(group):
            work.write(statement(label), rows=[row(item) for item in batch])


def _blank_row(item: Item) -> Row:
    """The properties of the item's label as null: that takes those that it lacks off the node."""
    return {field.name: None for field in fields(ITEM_CLASSES[item.label])}


def _write_marks(work: Work, changes: Merge, marks: Marks, old_row: Row | None) -> None:
    """The new marks of the items that are not written themselves."""
    if old_row is not None and not has_marks(old_row):
        touched = set(marks.items)
    else:
        links = (*changes.links_dropped, *changes.links_added, *changes.links_moved)
        touched = {link.start for link in links} | {item.id for item in changes.moved}
    touched -= {item.id for item in (*changes.dropped, *changes.added, *changes.rewritten)}
    known = changes.argmap.by_id
    items = [known[item_id] for item_id in touched if item_id in known]
    _by_label(work, statements.set_marks, items, lambda item: {"id": item.id, "mark": marks.items[item.id]})


def _write_links(work: Work, changes: Merge, *, is_new: bool) -> None:
    if not is_new:
        _by_shape(work, statements.delete_links, changes.links_dropped, changes.argmap)
    _by_shape(work, statements.create_links, changes.links_added, changes.argmap)
    _by_shape(work, statements.move_links, changes.links_moved, changes.argmap)


def _by_shape(
    work: Work,
    statement: Callable[[str, str, str], str],
    links: Iterable[Link],
    argmap: ArgumentMap,
) -> None:
    items = argmap.by_id
    groups: dict[tuple[str, str, str], list[Link]] = defaultdict(list)
    for link in links:
        groups[items[link.start].label, link.kind, items[link.end].label].append(link)
    for (start, kind, end), group in groups.items():
        for batch in batches(group):
            work.write(statement(start, kind, end), rows=[_link_params(link, argmap.id) for link in batch])


def _link_params(link: Link, map_id: MapId) -> Row:
    via, locator = link.via or "", link.locator or ""
    return {
        "a": link.start,
        "b": link.end,
        "via": via,
        "locator": locator,
        "props": link_row(link, map_id),
    }


def _write_map(
    work: Work,
    changes: Merge,
    old_row: Row | None,
    what: str,
    digest: str,
    marks: Marks,
    log: Sequence[LogEntry],
) -> None:
    row = {
        **map_row(changes.argmap),
        "digest": digest,
        "content": marks.of_map,
        "marked": marks.of_map if marks.items else None,
        "schema": SCHEMA,
    }
    now, by = datetime.now(UTC).isoformat(timespec="seconds"), _user()
    if old_row is None:
        entries = [*log, LogEntry(now, by, f"{what}: {_counted(changes)}", 1)]
        row |= {"version": 1, "log": log_row(entries), "loaded_at": now, "loaded_by": by}
        work.write(statements.CREATE_MAP, row=row)
        return
    if changes.nothing_new and all(old_row.get(name) == held for name, held in row.items()):
        return
    version = int(old_row.get("version") or 1) + (not changes.nothing_new)
    blank: Row = {field.name: None for field in fields(ArgumentMap) if field.name not in ("items", "links")}
    row = blank | row | {"version": version, "loaded_at": now, "loaded_by": by}
    entries = log_of(old_row)
    if not changes.nothing_new:
        counted = _counted(changes)
        entries.append(LogEntry(now, by, f"{what}: {counted}" if counted else what, version))
    row["log"] = log_row(entries)
    work.write(statements.SET_MAP, row=row, map=changes.argmap.id)


def _counted(changes: Merge) -> str:
    numbers = (
        ("added", changes.count_added),
        ("changed", changes.count_changed),
        ("removed", changes.count_removed),
    )
    return ", ".join(f"{number} {word}" for word, number in numbers if number)


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # a container's user without a name
        return ""


def _next_to(work: Work, map_id: MapId, items: Iterable[Item]) -> list[Item]:
    return [
        item_of(Label(label), row["item"])
        for from_label, ids in _ids_by_label(items).items()
        for batch in batches(ids)
        for row in work.read(statements.neighbours(from_label), ids=batch, map=map_id)
        for label in row["labels"]  # other people's labels may be on the node as well
        if label in COUNTS
    ]


def _ids_by_label(items: Iterable[Item]) -> dict[Label, list[ItemId]]:
    groups: dict[Label, list[ItemId]] = defaultdict(list)
    for item in items:
        groups[item.label].append(item.id)
    return groups
