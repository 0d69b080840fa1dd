"""Items, links and maps as property maps of both databases, and back.

A property is a string, a number, a boolean or a list of strings; `extra` and `spans` are JSON text.
What is unknown is absent.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any, TypeAlias

from graph.errors import StoreError, Unreadable
from graph.model import ArgumentMap, Item, Label, Link, MapId
from graph.records import (
    item_from_record,
    item_record,
    link_from_record,
    link_record,
    map_from_record,
    map_record,
)
from graph.store.port import LogEntry, MapInfo

Row: TypeAlias = dict[str, Any]

COUNTS: Mapping[Label, str] = {
    Label.CLAIM: "claims",
    Label.REBUTTAL: "rebuttals",
    Label.EVIDENCE: "evidence",
    Label.INFERENCE: "inferences",
    Label.SOURCE: "sources",
    Label.PERSON: "persons",
    Label.LOCUTION: "locutions",
}
"""The property of a Map node that counts the map's nodes of a label."""

MARK = "argmap_mark"
"""The property of an item's node that holds its mark; users do not see it."""

_JSON = ("extra", "spans")
_LONGEST_LOG = 1_000


def item_row(item: Item, map_id: MapId) -> Row:
    """The properties of an item's node."""
    row = item_record(item)
    if item.label is Label.PERSON:
        row.setdefault("name", "")  # else kglite answers the title for it
    return _row(row, map_id, item.id)


def item_of(label: str, row: Mapping[str, Any]) -> Item:
    """The item of a node with these properties; raises StoreError where it is none of ours."""
    try:
        return item_from_record(label, _record(row))
    except (ValueError, TypeError, KeyError) as error:
        raise unreadable(f"the {label} {row.get('id')}", error) from error


def link_row(link: Link, map_id: MapId) -> Row:
    """The properties of a link's relationship."""
    row = link_record(link)
    for told_by_the_graph in ("kind", "start", "end"):
        del row[told_by_the_graph]
    return _row(row, map_id, f"{link.start} {link.kind} {link.end}")


def link_of(kind: str, start: str, end: str, row: Mapping[str, Any]) -> Link:
    """The link of a relationship with these ends and properties; raises StoreError."""
    try:
        return link_from_record({**_record(row), "kind": kind, "start": start, "end": end})
    except (ValueError, TypeError, KeyError) as error:
        raise unreadable(f"the link {start} {kind} {end}", error) from error


def map_row(argmap: ArgumentMap) -> Row:
    """The properties of a map's node that come from the map itself."""
    row = map_record(argmap)
    numbers = dict.fromkeys(COUNTS.values(), 0)
    for item in argmap.items:
        numbers[COUNTS[item.label]] += 1
    return _row({**row, **numbers, "links": len(argmap.links)}, argmap.id, argmap.id)


def map_of(row: Mapping[str, Any], items: list[Item], links: list[Link]) -> ArgumentMap:
    """The map of a Map node with these properties; items and links are put into reading order."""
    items.sort(key=lambda item: (item.order, item.id))
    links.sort(key=lambda link: (link.order, link.key))
    try:
        return map_from_record(_record(row), tuple(items), tuple(links))
    except (ValueError, TypeError, KeyError) as error:
        raise unreadable(f"the map {row.get('id')}", error) from error


def info_of(row: Mapping[str, Any]) -> MapInfo:
    """What a Map node's properties say of its map."""
    text = {name: str(row.get(name) or "") for name in ("format", "file", "sha256", "loaded_at", "loaded_by")}
    return MapInfo(
        id=str(row["id"]),
        title=str(row.get("title") or ""),
        version=int(row.get("version") or 1),
        counts={label.value: int(row[name]) for label, name in COUNTS.items() if row.get(name)},
        links=int(row.get("links") or 0),
        receipt=_receipt_of(row),
        **text,
    )


def _receipt_of(row: Mapping[str, Any]) -> str:
    """How the map's file was read, where it is still what the file said."""
    if (
        not row.get("digest")
        or row.get("receipt_of") != row["digest"]
        or row.get("moving")
        or row.get("coming")
    ):
        return ""
    return str(row.get("receipt") or "")


def log_row(entries: Sequence[LogEntry]) -> list[str]:
    """A map's log as its node keeps it: a JSON text for each entry, the oldest first."""
    kept = entries if len(entries) <= _LONGEST_LOG else [entries[0], *entries[1 - _LONGEST_LOG :]]
    return [json.dumps(asdict(entry), ensure_ascii=False) for entry in kept]


def log_of(row: Mapping[str, Any]) -> list[LogEntry]:
    """The log that a Map node keeps."""
    try:
        return [LogEntry(**json.loads(text)) for text in row.get("log") or ()]
    except (ValueError, TypeError) as error:
        raise unreadable(f"the log of the map {row.get('id')}", error) from error


def _row(record: Row, map_id: MapId, name: str) -> Row:
    record["map"] = map_id
    for field in _JSON:
        if field in record:
            try:
                record[field] = json.dumps(record[field], ensure_ascii=False)
            except (TypeError, ValueError) as error:
                raise StoreError(f"{name}: its {field} cannot be kept as JSON: {error}") from error
    for field, held in record.items():
        for text in held if isinstance(held, list) else (held,):
            if isinstance(text, str) and not text.isascii():
                _refuse_half_characters(text, name, field)
    return record


def _refuse_half_characters(text: str, name: str, field: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        half = f"U+{ord(text[error.start]):04X}"
        raise StoreError(
            f"{name!a}: its {field} holds half a character ({half}), which no store can keep\n"
            "  Write the whole character in the file, or leave it out."
        ) from error


def _record(row: Mapping[str, Any]) -> Row:
    record = dict(row)
    for field in _JSON:
        if isinstance(record.get(field), str):
            record[field] = json.loads(record[field])
    return record


def unreadable(what: str, error: Exception) -> Unreadable:
    """That a node or relationship is none that argmap wrote, to be raised."""
    return Unreadable(
        f"The store holds something argmap cannot read: {what}: {error}\n"
        "  Somebody changed it with Cypher: put it right the same way, or load the map's file again\n"
        "  after deleting the map."
    )
