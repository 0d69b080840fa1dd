"""What a change of a map comes to in statements: items, links, marks, and the map's own node."""

from __future__ import annotations

import getpass
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime

from graph.errors import StoreError
from graph.merge import Merge, nothing_to_carry
from graph.model import ITEM_CLASSES, ArgumentMap, Item, ItemId, Label, Link, MapId
from graph.store import statements
from graph.store.differences import has_marks
from graph.store.digest import Marks
from graph.store.migrations import SCHEMA
from graph.store.port import LogEntry, Replaced
from graph.store.rows import MARK, Row, item_row, link_row, log_of, log_row, map_row
from graph.store.work import Work, batches


@dataclass(frozen=True, slots=True)
class Plan:
    """What a change of a map comes to: `digest` is that of what the file says, `marks` what is kept."""

    changes: Merge
    old_row: Row | None  # the properties of the map's node; None for a map that is new
    what: str
    digest: str
    marks: Marks
    log: Sequence[LogEntry] = ()

    @property
    def map_id(self) -> MapId:
        """Whose map it is."""
        return self.changes.argmap.id

    @property
    def size(self) -> int:
        """How many items and links are written or removed."""
        changes = self.changes
        items = (changes.dropped, changes.added, changes.rewritten, changes.moved)
        links = (changes.links_dropped, changes.links_added, changes.links_moved)
        return sum(map(len, items)) + sum(map(len, links))

    @property
    def replaced(self) -> Replaced:
        """What is said of it when it is done."""
        changes = self.changes
        return Replaced(
            map_id=self.map_id,
            added=changes.count_added,
            changed=changes.count_changed,
            removed=changes.count_removed,
            unchanged=changes.count_unchanged,
            displaced=changes.displaced,
        )


def write(work: Work, plan: Plan) -> Replaced:
    """Write what is planned."""
    for text, params in parts(plan):
        work.write(text, **params)
    if plan.old_row is None:
        row = new_map_row(plan.changes.argmap, plan.what, plan.digest, plan.marks, plan.log)
        work.write(statements.CREATE_MAP, row=row)
    elif row := changed_map_row(plan):
        work.write(statements.SET_MAP, row=row, map=plan.map_id)
    return plan.replaced


def parts(plan: Plan) -> Iterator[tuple[str, Row]]:
    """What is planned for items, links and marks, as statements with as many rows as each takes at a time."""
    changes = plan.changes
    marks = plan.marks
    yield from _dropped_items(changes)
    yield from _with_rows(_written_items(changes, marks.items))
    yield from _with_rows(_written_links(changes, is_new=plan.old_row is None))
    if marks.items:
        yield from _with_rows(_written_marks(changes, marks, plan.old_row))


def refuse_ids_of_other_maps(work: Work, added: Iterable[Item], map_id: MapId) -> None:
    """Raises StoreError where an item of another map has an id of one of these."""
    for label, ids in ids_by_label(added).items():
        for batch in batches(ids):
            for row in work.read(statements.taken(label), ids=batch, map=map_id):
                raise StoreError(
                    f'The id "{row["id"]}" is already that of an item of the map "{row["map"]}".\n'
                    "  Load this file under another id: `argmap load FILE --as ID`."
                )


def new_parts(argmap: ArgumentMap, marks: Marks) -> Iterator[tuple[str, list[Row]]]:
    """A new map as statements, each with as many rows as it takes at a time; items first."""
    yield from _new_items(argmap.items, argmap.id, kept_marks(argmap, marks).items)
    yield from _of_shapes(statements.create_links, argmap.links, argmap)


def new_map_row(argmap: ArgumentMap, what: str, digest: str, marks: Marks, log: Sequence[LogEntry]) -> Row:
    """The properties of a new map's node."""
    now, by = _now_and_user()
    added = len(argmap.items) + len(argmap.links)
    entries = [*log, LogEntry(now, by, f"{what}: {added} added" if added else f"{what}: ", 1)]
    return {
        **_map_row(argmap, digest, kept_marks(argmap, marks)),
        "version": 1,
        "log": log_row(entries),
        "loaded_at": now,
        "loaded_by": by,
    }


def kept_marks(argmap: ArgumentMap, marks: Marks) -> Marks:
    """The marks that are kept: none of the items', where a load has to look at all of them anyway."""
    return marks if nothing_to_carry(argmap) else Marks(marks.of_map, {})


def _map_row(argmap: ArgumentMap, digest: str, marks: Marks) -> Row:
    return {
        **map_row(argmap),
        "digest": digest,
        "content": marks.of_map,
        "marked": marks.of_map if marks.items else None,
        "schema": SCHEMA,
    }


def _dropped_items(changes: Merge) -> Iterator[tuple[str, Row]]:
    for label, ids in ids_by_label(changes.dropped).items():
        for batch in batches(ids):
            yield statements.delete_items(label), {"ids": batch, "map": changes.argmap.id}


def _with_rows(written: Iterable[tuple[str, list[Row]]]) -> Iterator[tuple[str, Row]]:
    return ((text, {"rows": rows}) for text, rows in written)


def _written_items(changes: Merge, marks: Mapping[ItemId, int]) -> Iterator[tuple[str, list[Row]]]:
    map_id = changes.argmap.id
    yield from _new_items(changes.added, map_id, marks)
    yield from _of_labels(
        statements.set_items,
        changes.rewritten,
        lambda item: {**_blank_row(item), **item_row(item, map_id), MARK: marks.get(item.id)},
    )
    yield from _of_labels(
        statements.move_items, changes.moved, lambda item: {"id": item.id, "order": item.order}
    )


def _new_items(
    items: Iterable[Item], map_id: MapId, marks: Mapping[ItemId, int]
) -> Iterator[tuple[str, list[Row]]]:
    return _of_labels(
        statements.create_items, items, lambda item: {**item_row(item, map_id), MARK: marks.get(item.id)}
    )


def _of_labels(
    statement: Callable[[str], str], items: Iterable[Item], row: Callable[[Item], Row]
) -> Iterator[tuple[str, list[Row]]]:
    groups: dict[Label, list[Item]] = defaultdict(list)
    for item in items:
        groups[item.label].append(item)
    for label, group in groups.items():
        for batch in batches(group):
            yield statement(label), [row(item) for item in batch]


def _blank_row(item: Item) -> Row:
    """The properties of the item's label as null: that takes those that it lacks off the node."""
    return {field.name: None for field in fields(ITEM_CLASSES[item.label])}


def _written_marks(changes: Merge, marks: Marks, old_row: Row | None) -> Iterator[tuple[str, list[Row]]]:
    """The new marks of the items that are not written themselves."""
    if old_row is not None and not has_marks(old_row):
        touched = set(marks.items)
    else:
        links = (*changes.links_dropped, *changes.links_added, *changes.links_moved)
        touched = {link.start for link in links} | {item.id for item in changes.moved}
    touched -= {item.id for item in (*changes.dropped, *changes.added, *changes.rewritten)}
    known = changes.argmap.by_id
    items = [known[item_id] for item_id in touched if item_id in known]
    return _of_labels(statements.set_marks, items, lambda item: {"id": item.id, "mark": marks.items[item.id]})


def _written_links(changes: Merge, *, is_new: bool) -> Iterator[tuple[str, list[Row]]]:
    argmap = changes.argmap
    if not is_new:
        yield from _of_shapes(statements.delete_links, changes.links_dropped, argmap)
    yield from _of_shapes(statements.create_links, changes.links_added, argmap)
    yield from _of_shapes(statements.move_links, changes.links_moved, argmap)


def _of_shapes(
    statement: Callable[[str, str, str], str], links: Iterable[Link], argmap: ArgumentMap
) -> Iterator[tuple[str, list[Row]]]:
    items = argmap.by_id
    groups: dict[tuple[str, str, str], list[Link]] = defaultdict(list)
    for link in links:
        groups[items[link.start].label, link.kind, items[link.end].label].append(link)
    for (start, kind, end), group in groups.items():
        for batch in batches(group):
            yield statement(start, kind, end), [_link_params(link, argmap.id) for link in batch]


def _link_params(link: Link, map_id: MapId) -> Row:
    via, locator = link.via or "", link.locator or ""
    return {
        "a": link.start,
        "b": link.end,
        "via": via,
        "locator": locator,
        "props": link_row(link, map_id),
    }


def changed_map_row(plan: Plan) -> Row:
    """The properties of the map's node that are other than before; none where nothing is new."""
    changes, old_row = plan.changes, plan.old_row or {}
    row = _map_row(changes.argmap, plan.digest, plan.marks)
    now, by = _now_and_user()
    if changes.nothing_new and all(old_row.get(name) == held for name, held in row.items()):
        return {}
    version = int(old_row.get("version") or 1) + (not changes.nothing_new)
    blank: Row = {field.name: None for field in fields(ArgumentMap) if field.name not in ("items", "links")}
    row = blank | row | {"version": version, "loaded_at": now, "loaded_by": by}
    entries = log_of(old_row)
    if not changes.nothing_new:
        counted = _counted(changes)
        entries.append(LogEntry(now, by, f"{plan.what}: {counted}" if counted else plan.what, version))
    row["log"] = log_row(entries)
    return row


def _counted(changes: Merge) -> str:
    numbers = (
        ("added", changes.count_added),
        ("changed", changes.count_changed),
        ("removed", changes.count_removed),
    )
    return ", ".join(f"{number} {word}" for word, number in numbers if number)


def _now_and_user() -> tuple[str, str]:
    try:
        user = getpass.getuser()
    except (OSError, KeyError, ImportError):  # a container's user without a name
        user = ""
    return datetime.now(UTC).isoformat(timespec="seconds"), user


def ids_by_label(items: Iterable[Item]) -> dict[Label, list[ItemId]]:
    """The ids of items, those of a label together."""
    groups: dict[Label, list[ItemId]] = defaultdict(list)
    for item in items:
        groups[item.label].append(item.id)
    return groups
