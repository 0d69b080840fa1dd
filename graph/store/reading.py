"""A stored map read whole: from its nodes, or from the parts kept beside them while they change."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from graph.model import ArgumentMap, Item, ItemId, Label, Link
from graph.store import statements
from graph.store.makers import item_of_values, item_values, link_of_values, link_values
from graph.store.rows import Row, item_of, item_row, link_of, link_row, map_of, unreadable
from graph.store.work import Work, batches


def whole(work: Work, row: Row) -> ArgumentMap:
    """The map of a Map node with these properties, as everybody is to see it."""
    return of_parts(work, row) if row.get("moving") else of_nodes(work, row)


def of_nodes(work: Work, row: Row) -> ArgumentMap:
    """What the map's nodes and relationships say."""
    items = [
        item_of_values(label, values)
        for label in Label
        for values in work.tuples(statements.items(label), "n", item_values(label), map=row["id"])
    ]
    links = [
        link_of_values(values)
        for label in {item.label: None for item in items}
        for values in work.tuples(statements.links(label), "r", link_values(), map=row["id"])
    ]
    return map_of(row, items, links)


def of_parts(work: Work, row: Row) -> ArgumentMap:
    """What is kept beside the nodes of a map that is being brought up to date."""
    items: list[Item] = []
    links: list[Link] = []
    for part in work.read(statements.PARTS, map=row["id"], mark=row["moving"]):
        held = work.read(statements.PART, map=row["id"], mark=row["moving"], number=part["number"])
        for packed in held:  # none, where they went while they were read: then the digest does not fit
            _unpack(packed["held"], items, links, f"a part of the map {row['id']}")
    return map_of(row, items, links)


def around(argmap: ArgumentMap, item_id: ItemId, hops: int) -> ArgumentMap:
    """The part of a map within `hops` links of an item."""
    found = {item_id}
    for _ in range(hops):
        found |= {
            end
            for link in argmap.links
            if link.start in found or link.end in found
            for end in (link.start, link.end)
        }
    return replace(
        argmap,
        items=tuple(item for item in argmap.items if item.id in found),
        links=tuple(link for link in argmap.links if link.start in found and link.end in found),
        motion=tuple(each for each in argmap.motion if each in found),
    )


def parts(argmap: ArgumentMap) -> Iterator[bytes]:
    """A map as it is kept beside its nodes: at least one part, each small enough for a transaction."""
    for items in batches(argmap.items):
        yield _packed(items=[[item.label, item_row(item, argmap.id)] for item in items])
    for links in batches(argmap.links):
        yield _packed(links=[[each.kind, each.start, each.end, link_row(each, argmap.id)] for each in links])
    if not argmap.items:
        yield _packed()


def _packed(*, items: Iterable[object] = (), links: Iterable[object] = ()) -> bytes:
    return zlib.compress(json.dumps({"items": list(items), "links": list(links)}).encode())


def _unpack(packed: Any, items: list[Item], links: list[Link], name: str) -> None:
    try:
        held = json.loads(zlib.decompress(packed))
        items += (item_of(label, row) for label, row in held["items"])
        links += (link_of(kind, start, end, row) for kind, start, end, row in held["links"])
    except (ValueError, TypeError, KeyError, zlib.error) as error:
        raise unreadable(name, error) from error
