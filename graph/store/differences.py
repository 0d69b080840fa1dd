"""What a load has to write, found by the marks of a map's items, without reading the old map whole."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from graph.merge import Merge, difference
from graph.model import ArgumentMap, Item, ItemId, Label
from graph.store import statements
from graph.store.digest import Marks
from graph.store.rows import COUNTS, MARK, Row, item_of, link_of, map_of
from graph.store.work import Work, batches

_FEW = 0.3  # of the items: where more differ, to read the whole old map is no slower


def by_marks(work: Work, row: Row, argmap: ArgumentMap, marks: Marks) -> Merge | None:
    """What differs between the stored map of this row and `argmap`, of which these are the marks.

    None where that cannot be said without the whole old map: it holds what a load has to carry over, its
    items have no marks, much differs, or an item became one of another kind.
    """
    if not (marks and has_marks(row) and row["content"] == row.get("digest")):
        return None
    map_id = argmap.id
    labels: dict[Label, dict[ItemId, int | None]] = {}
    for label, name in COUNTS.items():
        if row.get(name):
            marked = work.tuples(statements.items(label), "n", ["n.id", f"n.{MARK}"], map=map_id)
            labels[label] = {values[0]: values[1] for values in marked}
    held: dict[ItemId, int | None] = {}
    for of_label in labels.values():
        held.update(of_label)
    differing = {item_id for item_id, mark in marks.items.items() if held.get(item_id) != mark}
    gone = held.keys() - marks.items.keys()
    if len(differing) + len(gone) > max(_FEW * len(held), 1_000):
        return None
    items = [item for item in argmap.items if item.id in differing]
    if any(item.id in held and item.id not in labels.get(item.label, ()) for item in items):
        return None
    wanted = differing | gone
    before = _part(work, row, {label: wanted & marked.keys() for label, marked in labels.items()})
    links = tuple(link for link in argmap.links if link.start in differing)
    found = difference(before, replace(argmap, items=tuple(items), links=links))
    alike = len(argmap.items) - len(items) + len(argmap.links) - len(links)
    return replace(found, argmap=argmap, count_unchanged=found.count_unchanged + alike)


def has_marks(row: Row) -> bool:
    """Whether all items of this row's map have marks that are right."""
    return bool(row.get("marked")) and row["marked"] == row.get("content")


def _part(work: Work, row: Row, wanted: Mapping[Label, Collection[ItemId]]) -> ArgumentMap:
    """The stored map, of which only these items, and the links that start at them, are read."""
    items: list[Item] = []
    links = []
    for label, ids in wanted.items():
        for batch in batches(list(ids)):
            items += _items(label, work.read(statements.items_by_id(label), ids=batch, map=row["id"]))
            links += [
                link_of(found["kind"], found["start"], found["stop"], found["link"])
                for found in work.read(statements.links_from(label), ids=batch, map=row["id"])
            ]
    return map_of(row, items, links)


def _items(label: Label, rows: Iterable[Row]) -> Iterable[Item]:
    return (item_of(label, found["item"]) for found in rows)
