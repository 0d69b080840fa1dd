"""A map as arguebuf's JSON (`arg_services.graph.v1`), with the ids and all else such a file said."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from graph.export.steps import atoms, distinct_ids, in_order, saying, steps_and_arrows
from graph.model import ArgumentMap, Item, ItemId, Link, LinkKind, Person, Polarity, Source

_KIND = {Polarity.SUPPORTS: "support", Polarity.ATTACKS: "attack"}
_DEFAULT = "DEFAULT"


def to_arguebuf(argmap: ArgumentMap) -> str:
    """The graph as JSON text; new ids are those of the map."""
    return json.dumps(_graph(argmap), ensure_ascii=False, indent=1) + "\n"


def _graph(argmap: ArgumentMap) -> dict[str, Any]:
    own = _own(argmap)
    document = dict(_mapping(own.get("document")))
    resources, participants = _resources(argmap, document), _participants(argmap, document)
    steps, arrows = steps_and_arrows(argmap)
    ids = distinct_ids(
        [
            *((item.id, _own_id(item), _slug(argmap, item)) for item in atoms(argmap)),
            *(
                (step.key, _own_id(step.inference), _slug(argmap, step.inference))
                if step.inference
                else (step.key, None, step.key.replace(" ", "-"))
                for step in steps
            ),
        ],
        kept=_mapping(own.get("nodes")),
    )
    made: dict[str, tuple[str, dict[str, Any]]] = {}
    for item in atoms(argmap):
        made[item.id] = (ids[item.id], _atom(argmap, item, resources, participants))
    for step in steps:
        if step.inference is None:
            bare = {"scheme": {_KIND[step.polarity]: _DEFAULT}, "metadata": {}}
            made[step.key] = (ids[step.key], bare)
            continue
        raw = {name: held for name, held in _own(step.inference).items() if name != "id"}
        kind = _KIND[step.polarity]
        if kind not in _mapping(raw.get("scheme")):
            raw = {"metadata": {}, **raw, "scheme": {kind: step.inference.scheme or _DEFAULT}}
        made[step.key] = (ids[step.key], raw)
    nodes = dict(in_order(argmap, made))
    nodes |= _mapping(own.get("nodes"))
    edges: dict[str, Any] = {}
    left = own.get("edges") or []
    edge_ids = distinct_ids(
        (
            (str(number), _own_id(arrow.link) if arrow.link else None, f"edge-{number}")
            for number, arrow in enumerate(arrows)
        ),
        kept=(edge["id"] for edge in left),
    )
    for number, arrow in enumerate(arrows):
        raw = dict(_own(arrow.link)) if arrow.link else {}
        raw.pop("id", None)
        key = edge_ids[str(number)]
        edges[key] = {**raw, "source": ids[arrow.start], "target": ids[arrow.end]}
        if not raw:
            edges[key]["metadata"] = {}
    for edge in left:
        edges[edge["id"]] = {name: held for name, held in edge.items() if name != "id"}
    if not document:
        document = {"schemaVersion": 1, "libraryVersion": "2.7.2", "metadata": {}}
    if "majorClaim" not in document and argmap.motion and argmap.motion[0] in ids and not own:
        document["majorClaim"] = ids[argmap.motion[0]]
    for name, held in (("resources", resources), ("participants", participants)):
        new = {key: value for key, value in held.values() if value}
        if new:
            document[name] = {**_mapping(document.get(name)), **new}
    return {"nodes": nodes, "edges": edges, **document}


_Known = dict[ItemId, tuple[str, dict[str, Any]]]  # the key of a resource, and what is new of it


def _resources(argmap: ArgumentMap, document: Mapping[str, Any]) -> _Known:
    found: _Known = {}
    known = _mapping(document.get("resources"))
    for item in argmap.items:
        if isinstance(item, Source):
            key = _id(argmap, item)
            new = {} if key in known else {"text": item.text, "title": item.title, "source": item.url or ""}
            found[item.id] = (key, new)
    return found


def _participants(argmap: ArgumentMap, document: Mapping[str, Any]) -> _Known:
    known = {
        str(held.get("name")): key
        for key, held in _mapping(document.get("participants")).items()
        if isinstance(held, Mapping)
    }
    return {
        item.id: (known[item.name], {}) if item.name in known else (_id(argmap, item), {"name": item.name})
        for item in argmap.items
        if isinstance(item, Person)
    }


def _atom(argmap: ArgumentMap, item: Item, resources: _Known, participants: _Known) -> dict[str, Any]:
    raw = {name: held for name, held in _own(item).items() if name != "id"}
    atom = {"text": item.text if raw else saying(item), **_mapping(raw.get("atom"))}
    if raw and not item.text and "text" not in _mapping(raw.get("atom")):
        atom["text"] = item.text
    for link in argmap.outgoing.get(item.id, ()):
        if _own(link).get("through"):
            continue
        if link.kind is LinkKind.ASSERTED_BY and link.end in participants:
            atom.setdefault("participant", participants[link.end][0])
        elif link.kind is LinkKind.CITES and link.end in resources:
            atom.setdefault("reference", {"resource": resources[link.end][0]})
    return {**({} if raw else {"metadata": {}}), **raw, "atom": atom}


def _id(argmap: ArgumentMap, item: Item) -> str:
    return _own_id(item) or _slug(argmap, item)


def _own_id(part: Item | Link) -> str | None:
    key = _own(part).get("id")
    return key if isinstance(key, str) else None


def _slug(argmap: ArgumentMap, item: Item) -> str:
    return item.id.removeprefix(f"{argmap.id}/")


def _own(part: Any) -> Mapping[str, Any]:
    return _mapping(part.extra.get("arguebuf"))


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
