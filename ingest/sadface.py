"""SADFace's JSON: atoms with their sources, schemes between them, resources."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from graph.draft import MapDraft
from graph.model import LinkKind, Polarity
from ingest.jsontext import JsonFile
from ingest.reading import Reading, own_id
from ingest.steps import Edge, link_steps

ATTACKS = frozenset({"conflict", "attack"})
"""SADFace's own examples say conflict, other programs attack."""


def read(path: Path, content: str, map_id: str | None) -> Reading:
    """The map of a document."""
    file = JsonFile(path, content)
    root = file.mapping(file.root, "")
    core = root.get("metadata", {}).get("core", {}) if isinstance(root.get("metadata"), dict) else {}
    title = core.get("title") if isinstance(core, dict) else None
    draft = MapDraft(map_id or own_id(path), title if isinstance(title, str) and title else path.stem)
    resources = _resources(draft, file, root)
    claims: set[str] = set()
    steps: dict[str, Polarity] = {}
    kept: list[dict[str, Any]] = []
    for where, node in file.rows(root.get("nodes"), "nodes"):
        key = file.key(node.get("id"), where)
        if not key:
            continue
        if key in draft:
            file.problem(where, f'another node has the id "{key}" too', "Give each its own.")
            continue
        match node.get("type"):
            case "atom":
                text = file.text(node.get("text"), f"{where}.text")
                rest = {name: held for name, held in node.items() if name != "text" or held != text}
                draft.claim(key, text=text, slug=key, extra={"sadface": rest})
                claims.add(key)
                _sources(draft, key, node.get("sources"), resources)
            case "scheme":
                name = file.text(node.get("name"), f"{where}.name")
                steps[key] = Polarity.ATTACKS if name.lower() in ATTACKS else Polarity.SUPPORTS
                scheme = None if name.lower() in ATTACKS | {"support", ""} else name
                draft.inference(
                    key,
                    title=f"{name or 'support'} {key}",
                    slug=key,
                    polarity=steps[key],
                    scheme=scheme,
                    extra={"sadface": node},
                )
            case _:
                file.warn(where, "a node that is neither atom nor scheme; it is kept and written back")
                kept.append(node)
    edges = []
    for where, edge in file.rows(root.get("edges"), "edges"):
        ends = [file.key(edge.get(end), f"{where}.{end}") for end in ("source_id", "target_id")]
        for end in ends:
            if end and end not in claims and end not in steps:
                file.warn(
                    where, f'it names the node "{end}", which is not there; it is kept, and links nothing'
                )
        edges.append(Edge(ends[0], ends[1], {"sadface": edge}))
    file.done()
    left = link_steps(draft, steps, claims, edges)
    extra: dict[str, object] = {
        "document": {name: held for name, held in root.items() if name not in ("nodes", "edges")}
    }
    extra |= {"nodes": kept} if kept else {}
    extra |= {"edges": [edge.extra["sadface"] for edge in left]} if left else {}
    return Reading(draft.finish(format="sadface", extra={"sadface": extra}), tuple(file.warnings))


def _resources(draft: MapDraft, file: JsonFile, root: dict[str, Any]) -> set[str]:
    found = set()
    for where, resource in file.rows(root.get("resources"), "resources"):
        key = file.key(resource.get("id"), where)
        metadata = resource.get("metadata")
        named = metadata.get("title") if isinstance(metadata, dict) else None
        if key and key not in found:
            title = named if isinstance(named, str) and named else f"Resource {key}"
            draft.source(("resource", key), title=title, slug=key, extra={"sadface": {"id": resource["id"]}})
            found.add(key)
    return found


def _sources(draft: MapDraft, key: str, sources: object, resources: set[str]) -> None:
    seen = set()
    for source in sources if isinstance(sources, list) else []:
        about = source.get("resource_id") if isinstance(source, dict) else source
        if isinstance(about, str) and about in resources and about not in seen:
            seen.add(about)
            draft.link(LinkKind.CITES, key, ("resource", about), extra={"sadface": {"through": "sources"}})
