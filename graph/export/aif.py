"""A map as an AIF node set (AIFdb's JSON) or as xAIF, with the ids and all else an AIF file said."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from graph.export.steps import Arrow, Step, saying, steps_and_arrows
from graph.model import ARGUERS, ArgumentMap, Inference, Item, LinkKind, Locution, Polarity

_UNNAMED = {Polarity.SUPPORTS: "Default Inference", Polarity.ATTACKS: "Default Conflict"}
_TYPE = {Polarity.SUPPORTS: "RA", Polarity.ATTACKS: "CA"}


def to_aif(argmap: ArgumentMap) -> str:
    """The node set as JSON text; ids are text, as AIFdb writes them."""
    nodeset = _NodeSet(argmap, numbers=False)
    return _json({"nodes": nodeset.nodes, "edges": nodeset.edges, **nodeset.document})


def to_xaif(argmap: ArgumentMap) -> str:
    """The xAIF document as JSON text; new ids are numbers, as OVA3 writes them."""
    nodeset = _NodeSet(argmap, numbers=True)
    inner = {"nodes": nodeset.nodes, "edges": nodeset.edges, **nodeset.document}
    around = _mapping(_own(argmap).get("around"))
    if not around:  # no xAIF file said what it has
        inner = {**inner, **{name: inner.get(name, []) for name in ("locutions", "participants")}}
    return _json({"AIF": inner, **(around or {"text": "", "OVA": {}})})


def _json(document: Mapping[str, object]) -> str:
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


class _NodeSet:
    """The nodes and edges of a map; what was read from an AIF file is written as it stood there."""

    def __init__(self, argmap: ArgumentMap, *, numbers: bool) -> None:
        own = _own(argmap)
        self.argmap = argmap
        self.document: dict[str, Any] = dict(_mapping(own.get("document")))
        kept = [node for node in _list(own.get("nodes")) if isinstance(node, dict)]
        left = [edge for edge in _list(own.get("edges")) if isinstance(edge, dict)]
        self._numbers = numbers
        self._ids: dict[str, str | int] = {}
        self._node_id, self._edge_id = _next_ids(argmap, kept, left)
        self.nodes: list[dict[str, Any]] = []
        self.edges: list[dict[str, Any]] = []
        steps, arrows = steps_and_arrows(argmap)
        stated = {step.key: step for step in steps if step.inference}
        for item in argmap.items:  # in the order of the map, whatever they are
            if item.label in ARGUERS:
                self._node(item, "I", saying(item))
            elif isinstance(item, Locution):
                self._node(item, "L", self._said(item))
            elif item.id in stated:
                self._step(stated[item.id])
        for step in steps:
            if not step.inference:
                self._step(step)
        self._kept_ids = {str(node.get("nodeID")) for node in kept}
        self.nodes += kept
        for arrow in arrows:
            self._arrow(arrow)
        self._dialogue()
        self.edges += left

    def _node(self, item: Item, kind: str, text: str) -> None:
        raw = _own(item)
        if "nodeID" in raw:
            node = {"text": item.text, **raw, "type": kind}  # a text that was none (null) stands in raw
        else:
            start = item.start if isinstance(item, Locution) else None
            node = {"nodeID": self._fresh(), "text": text, "type": kind, "timestamp": start or ""}
        self._ids[item.id] = node["nodeID"]
        self.nodes.append(node)

    def _step(self, step: Step) -> None:
        raw = dict(_own(step.inference)) if step.inference else {}
        kind = _TYPE[step.polarity]
        if raw.get("type") == kind:
            node = raw
        else:
            name = (step.inference.scheme if step.inference else None) or _UNNAMED[step.polarity]
            if isinstance(step.inference, Inference) and not step.inference.scheme and step.inference.rules:
                name = ", ".join(step.inference.rules)
            node = {"nodeID": self._fresh(), "text": name, "type": kind, "timestamp": "", "scheme": name}
        self._ids[step.key] = node["nodeID"]
        self.nodes.append(node)

    def _arrow(self, arrow: Arrow) -> None:
        raw = _own(arrow.link) if arrow.link else {}
        self._edge(self._ids[arrow.start], self._ids[arrow.end], raw)

    def _edge(self, start: str | int, end: str | int, raw: Mapping[str, Any] | None = None) -> None:
        if raw and str(raw.get("fromID")) == str(start) and str(raw.get("toID")) == str(end):
            self.edges.append(dict(raw))
            return
        number = self._edge_id
        self._edge_id += 1
        edge: dict[str, Any] = {
            "edgeID": number if self._numbers else str(number),
            "fromID": start,
            "toID": end,
        }
        self.edges.append(edge if self._numbers else {**edge, "formEdgeID": None})

    def _said(self, locution: Locution) -> str:
        """What was said; AIFdb's node sets name the speaker in front of it."""
        text = saying(locution)
        for link in self.argmap.outgoing.get(locution.id, ()):
            person = self.argmap.by_id.get(link.end)
            if link.kind is LinkKind.SPOKEN_BY and person and not text.startswith(f"{person.title} : "):
                return f"{person.title} : {text}"
        return text

    def _dialogue(self) -> None:
        """What nodes of YA and TA say, where the map says it without them."""
        for link in self.argmap.links:
            if str(_own(link).get("through")) in self._kept_ids:
                continue
            start, end = self._ids.get(link.start), self._ids.get(link.end)
            if start is None or end is None:
                continue
            if link.kind is LinkKind.SAYS:
                said = self.argmap.by_id[link.start]
                act = (said.illocution if isinstance(said, Locution) else None) or "Asserting"
                self._between(start, {"text": act, "type": "YA"}, end)
            elif link.kind is LinkKind.FOLLOWS:
                self._between(end, {"text": "Default Transition", "type": "TA"}, start)

    def _between(self, start: str | int, node: dict[str, Any], end: str | int) -> None:
        made = self._fresh()
        self.nodes.append({"nodeID": made, **node, "timestamp": ""})
        self._edge(start, made)
        self._edge(made, end)

    def _fresh(self) -> str | int:
        number = self._node_id
        self._node_id += 1
        return number if self._numbers else str(number)


def _next_ids(argmap: ArgumentMap, kept: list[dict[str, Any]], left: list[dict[str, Any]]) -> tuple[int, int]:
    """The first free numbers for nodes and for edges."""
    nodes = [_own(item).get("nodeID") for item in argmap.items] + [node.get("nodeID") for node in kept]
    nodes += [edge.get(end) for edge in left for end in ("fromID", "toID")]
    edges = [_own(link).get("edgeID") for link in argmap.links] + [edge.get("edgeID") for edge in left]
    return _above(nodes), _above(edges)


def _above(ids: list[Any]) -> int:
    numbers = [int(key) for key in map(str, ids) if key.isascii() and key.isdecimal() and len(key) < 18]
    return max(numbers, default=0) + 1


def _own(part: Any) -> Mapping[str, Any]:
    return _mapping(part.extra.get("aif"))


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
