"""A map as SADFace's JSON, with the ids and all else such a file said."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from graph.export.steps import atoms, saying, steps_and_arrows
from graph.model import ArgumentMap, Inference, Item, LinkKind, Polarity, Source

_NAME = {Polarity.SUPPORTS: "support", Polarity.ATTACKS: "conflict"}


def to_sadface(argmap: ArgumentMap) -> str:
    """The document as JSON text; new ids are those of the map."""
    return json.dumps(_document(argmap), ensure_ascii=False, indent=1) + "\n"


def _document(argmap: ArgumentMap) -> dict[str, Any]:
    own = _own(argmap)
    document = dict(_mapping(own.get("document")))
    known = {str(held.get("id")) for held in document.get("resources") or [] if isinstance(held, Mapping)}
    ids: dict[str, Any] = {}
    nodes: list[dict[str, Any]] = []
    resources = {item.id: _id(argmap, item) for item in argmap.items if isinstance(item, Source)}
    for item in atoms(argmap):
        ids[item.id] = _id(argmap, item)
        raw = _own(item)
        node = {"text": item.text, **raw} if raw else _atom(ids[item.id], saying(item))
        cited = [
            {"resource_id": resources[link.end]}
            for link in argmap.outgoing.get(item.id, ())
            if link.kind is LinkKind.CITES and link.end in resources and not _own(link).get("through")
        ]
        if cited:
            node["sources"] = [*(node.get("sources") or []), *cited]
        nodes.append(node)
    steps, arrows = steps_and_arrows(argmap)
    for step in steps:
        name = (step.inference.scheme if step.inference else None) or _NAME[step.polarity]
        ids[step.key] = _id(argmap, step.inference) if step.inference else step.key.replace(" ", "-")
        raw = _own(step.inference) if step.inference else {}
        if step.polarity is Polarity.ATTACKS and isinstance(step.inference, Inference) and not raw:
            name = _NAME[step.polarity]  # SADFace knows an attack by this name alone
        nodes.append(dict(raw) or {"id": ids[step.key], "type": "scheme", "name": name, "metadata": {}})
    edges: list[Any] = []
    for number, arrow in enumerate(arrows):
        raw = _own(arrow.link) if arrow.link else {}
        ends = {"source_id": ids[arrow.start], "target_id": ids[arrow.end]}
        edges.append(
            {"id": raw.get("id", f"edge-{number}"), **raw, **ends}
            if raw
            else {"id": f"edge-{number}", **ends}
        )
    new = [
        {"id": resources[item.id], "content": item.text, "type": "text", "metadata": {"title": item.title}}
        for item in argmap.items
        if isinstance(item, Source) and resources[item.id] not in known
    ]
    if not document:
        core = {
            "id": argmap.id,
            "title": argmap.title,
            "version": "0.2",
            "description": argmap.text,
            "notes": "",
        }
        document = {"metadata": {"core": core}, "resources": []}
    if new:
        document["resources"] = [*(document.get("resources") or []), *new]
    nodes += own.get("nodes") or []
    edges += own.get("edges") or []
    return {"nodes": nodes, "edges": edges, **document}


def _atom(key: Any, text: str) -> dict[str, Any]:
    return {"id": key, "type": "atom", "text": text, "sources": [], "metadata": {}}


def _id(argmap: ArgumentMap, item: Item) -> Any:
    own = _own(item)
    return own["id"] if "id" in own else item.id.removeprefix(f"{argmap.id}/")


def _own(part: Any) -> Mapping[str, Any]:
    return _mapping(part.extra.get("sadface"))


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
