"""A map as a Cypher script without parameters, for cypher-shell, Neo4j Browser and our own store."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from graph.model import ArgumentMap, Label
from graph.records import item_record, link_record, map_record

_BATCH = 500  # rows of one statement: a browser takes a hundred thousand lines badly
_JSON = ("extra", "spans")
_COUNTS: Mapping[Label, str] = {
    label: f"{label.lower()}s" if label is not Label.EVIDENCE else "evidence" for label in Label
}
_ESCAPES = {"\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
_ESCAPED = re.compile(r"[\\'\x00-\x1f\x7f\u2028\u2029]")


def to_cypher(argmap: ArgumentMap) -> str:
    """The script: it replaces the map, so that it can be run again, and touches no other."""
    return "".join(f"{statement};\n" for statement in statements(argmap))


def statements(argmap: ArgumentMap) -> Iterator[str]:
    """Each statement of the script, without its semicolon."""
    labels = [*Label, "Map"]
    for label in labels:
        name = f"argmap_{label.lower()}_id"
        yield f"CREATE CONSTRAINT {name} IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE"
    for label in labels:
        yield f"MATCH (n:{label} {{map: {_text(argmap.id)}}}) DETACH DELETE n"
    yield f"CREATE (m:Map) SET m = {literal(_map_row(argmap))}"
    for label in Label:
        rows = [_row(item_record(item), argmap.id) for item in argmap.items if item.label is label]
        for batch in _batches(rows):
            yield f"UNWIND {_rows(batch)} AS row CREATE (n:{label}) SET n = row"
    by_ends: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
    for link in argmap.links:
        start, end = argmap.by_id.get(link.start), argmap.by_id.get(link.end)
        if start is None or end is None:
            continue
        record = link_record(link)
        for told_by_the_graph in ("kind", "start", "end"):
            del record[told_by_the_graph]
        row = {"a": link.start, "b": link.end, "props": _row(record, argmap.id)}
        by_ends.setdefault((start.label, link.kind, end.label), []).append(row)
    for (start_label, kind, end_label), rows in by_ends.items():
        for batch in _batches(rows):
            yield (
                f"UNWIND {_rows(batch)} AS row MATCH (a:{start_label} {{id: row.a}}) "
                f"MATCH (b:{end_label} {{id: row.b}}) CREATE (a)-[r:{kind}]->(b) SET r = row.props"
            )


def _map_row(argmap: ArgumentMap) -> dict[str, Any]:
    row = map_record(argmap)
    for label in Label:
        row[_COUNTS[label]] = sum(item.label is label for item in argmap.items)
    return _row({**row, "links": len(argmap.links), "version": 1}, argmap.id)


def _row(record: dict[str, Any], map_id: str) -> dict[str, Any]:
    """Properties as both databases hold them: what has a structure of its own is JSON text."""
    row = {**record, "map": map_id}
    for name in _JSON:
        if name in row:
            row[name] = json.dumps(row[name], ensure_ascii=False)
    return row


def _batches(rows: Sequence[dict[str, Any]]) -> Iterator[Sequence[dict[str, Any]]]:
    for start in range(0, len(rows), _BATCH):
        yield rows[start : start + _BATCH]


def _rows(rows: Iterable[dict[str, Any]]) -> str:
    return "[\n" + ",\n".join(f"  {literal(row)}" for row in rows) + "\n]"


def literal(value: object) -> str:
    """A value as Cypher writes it; names of properties are ours, so they need no quotes."""
    match value:
        case bool():
            return "true" if value else "false"
        case int() | float():
            return repr(value)
        case list() | tuple():
            return "[" + ", ".join(literal(held) for held in value) + "]"
        case dict():
            return "{" + ", ".join(f"{name}: {literal(held)}" for name, held in value.items()) + "}"
        case _:
            return _text(str(value))


def _text(text: str) -> str:
    return "'" + _ESCAPED.sub(_escape, text) + "'"


def _escape(found: re.Match[str]) -> str:
    character = found.group()
    return _ESCAPES.get(character) or f"\\u{ord(character):04X}"
