"""Nodes, relationships and paths as kglite answers them (its own dicts), as values of the port."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from graph.model import Label
from graph.store.port import Node, Path, Relationship
from graph.store.rows import MARK

_NODE = {"id", "labels", "properties"}
_RELATIONSHIP = {"id", "start", "end", "type", "properties"}
_PATH = {"nodes", "relationships"}
_PLAIN = (str, int, float, bool)


class Values:
    """Turns the values of one answer."""

    def __init__(self, rows: list[dict[str, Any]], ids: Callable[[list[str]], Mapping[str, Any]]) -> None:
        """`ids` looks up the ids of nodes that relationships of `rows` start and end at."""
        ends: set[int] = set()
        self._collect(rows, ends)
        self._ids = ids([str(end) for end in sorted(ends)]) if ends else {}

    def of(self, value: Any) -> Any:
        """A value of a row."""
        if isinstance(value, list):
            return [self.of(each) for each in value]
        if isinstance(value, dict):
            if value.keys() == _NODE:
                return _node(value)
            if value.keys() == _RELATIONSHIP:
                return self._relationship(value)
            if value.keys() == _PATH:
                return Path(
                    tuple(_node(node) for node in value["nodes"]),
                    tuple(self._relationship(link) for link in value["relationships"]),
                )
            return {key: self.of(held) for key, held in value.items()}
        return value if value is None or isinstance(value, _PLAIN) else value.isoformat()

    def _relationship(self, value: Mapping[str, Any]) -> Relationship:
        start, end = self._ids.get(str(value["start"])), self._ids.get(str(value["end"]))
        return Relationship(value["type"], start, end, dict(value["properties"]))

    def _collect(self, value: Any, ends: set[int]) -> None:
        if isinstance(value, list):
            for each in value:
                self._collect(each, ends)
        elif isinstance(value, dict):
            if value.keys() == _RELATIONSHIP:
                ends.update((value["start"], value["end"]))
            elif value.keys() != _NODE:
                self._collect(list(value.values()), ends)


def _node(value: Mapping[str, Any]) -> Node:
    labels = tuple(sorted(value["labels"]))
    properties = dict(value["properties"])
    properties.pop(MARK, None)
    # kglite answers properties that nobody set: the label as `type`, the title as `name`.
    if properties.get("type") in labels:
        del properties["type"]
    if Label.PERSON not in labels and properties.get("name") == properties.get("title"):
        properties.pop("name", None)
    return Node(labels, properties)
