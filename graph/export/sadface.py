"""A map as SADFace's JSON, with the ids and all else such a file said."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from graph.export.steps import atoms, distinct_ids, in_order, saying, steps_and_arrows
from graph.model import ArgumentMap, Inference, Item, LinkKind, Polarity, Source

_NAME = {Polarity.SUPPORTS: "support", Polarity.ATTACKS: "conflict"}


def to_sadface(argmap: ArgumentMap) -> str:
    """The document as JSON text; new ids are those of the map."""
    return json.dumps(_document(argmap), ensure_ascii=False, indent=1) + "\n"


def _document(argmap: ArgumentMap) -> dict[str, Any]:
    own = _own(argmap)
    document = dict(_mapping(own.get("document")))
    known = {str(held.get("id")) for held in document.get("resources") or [] if isinstance(held, Mapping)}
    steps, arrows = steps_and_arrows(argmap)
    ids = distinct_ids(
        [
            *((item.id, _own(item).get("id"), _slug(argmap, item)) for item in atoms(argmap)),
            *(
                (step.key, _own(step.inference).get("id"), _slug(argmap, step.inference))
                if step.inference
                else (step.key, None, step.key.replace(" ", "-"))
                for step in steps
            ),
        ],
        kept=_ids(own.get("nodes")),
    )
    made: dict[str, dict[str, Any]] = {}
    resources = {item.id: _id(argmap, item) for item in argmap.items if isinstance(item, Source)}
    for item in atoms(argmap):
        raw = _own(item)
        node = {"text": item.text, **raw, "id": ids[item.id]} if raw else _atom(ids[item.id], saying(item))
        cited = [
            {"resource_id": resources[link.end]}
            for link in argmap.outgoing.get(item.id, ())
            if link.kind is LinkKind.CITES and link.end in resources and not _own(link).get("through")
        ]
        if cited:
            node["sources"] = [*(node.get("sources") or []), *cited]
        made[item.id] = node
    for step in steps:
        name = (step.inference.scheme if step.inference else None) or _NAME[step.polarity]
        raw = _own(step.inference) if step.inference else {}
        if step.polarity is Polarity.ATTACKS and isinstance(step.inference, Inference) and not raw:
            name = _NAME[step.polarity]  # SADFace knows an attack by this name alone
        bare = {"type": "scheme", "name": name, "metadata": {}}
        made[step.key] = {**(raw or bare), "id": ids[step.key]}
    nodes = in_order(argmap, made)
    edges: list[Any] = []
    edge_ids = distinct_ids(
        (
            (str(number), _own(arrow.link).get("id") if arrow.link else None, f"edge-{number}")
            for number, arrow in enumerate(arrows)
        ),
        kept=_ids(own.get("edges")),
    )
    for number, arrow in enumerate(arrows):
        raw = _own(arrow.link) if arrow.link else {}
        edge = {"id": edge_ids[str(number)], "source_id": ids[arrow.start], "target_id": ids[arrow.end]}
        if raw:  # ids stand as they stood: as numbers or as text, or not at all
            same = {name: raw[name] for name in edge if name in raw and str(raw[name]) == str(edge[name])}
            edge = {**raw, **edge, **same}
            if "id" not in raw:
                del edge["id"]
        edges.append(edge)
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
    return own["id"] if "id" in own else _slug(argmap, item)


def _slug(argmap: ArgumentMap, item: Item) -> str:
    return item.id.removeprefix(f"{argmap.id}/")


def _ids(rows: object) -> list[object]:
    return [row.get("id") for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []


def _own(part: Any) -> Mapping[str, Any]:
    return _mapping(part.extra.get("sadface"))


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
