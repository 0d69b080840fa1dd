"""Files of the older OVA, whose edges hold their whole nodes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from graph.draft import MapDraft
from graph.model import LinkKind, Polarity
from ingest.aif import NAMES, POLARITY, UNNAMED, known
from ingest.jsontext import JsonFile
from ingest.reading import Reading, own_id
from ingest.steps import Edge, link_steps


def read_ova(path: Path, content: str, map_id: str | None) -> Reading:
    """The map of an older OVA file, whose edges hold their whole nodes."""
    file = JsonFile(path, content)
    if not isinstance(file.root, dict):
        file.refuse("this is no OVA file: it has to be an object with nodes and edges")
    root: dict[str, Any] = file.root
    draft = MapDraft(map_id or own_id(path), path.stem)
    claims: set[str] = set()
    steps: dict[str, Polarity] = {}
    kept: list[dict[str, Any]] = []
    motion: list[str] = []
    persons = {
        str(row.get("id")): " ".join(str(row[part]) for part in ("firstname", "surname") if row.get(part))
        for _, row in file.rows(root.get("participants"), "participants")
    }
    for place, node in file.rows(root.get("nodes"), "nodes"):
        key = file.key(node.get("id"), place)
        if not key or key in draft:
            if key:
                file.problem(place, f'another node has the id "{key}" too', "Give each its own.")
            continue
        text, kind = file.text(node.get("text"), place), node.get("type")
        rest = {"ova": {name: value for name, value in node.items() if name != "text"}}
        if kind == "I":
            claims.add(key)
            draft.claim(key, text=text, slug=key, extra=rest)
            person = persons.get(str(node.get("participantID")))
            if person:
                draft.link(LinkKind.ASSERTED_BY, key, draft.person(person))
            if node.get("major_claim") or node.get("majorClaim"):
                motion.append(key)
        elif kind == "L":
            draft.locution(key, text=text, slug=key, start=known(node.get("date")), extra=rest)
        elif kind in ("RA", "CA"):
            steps[key] = POLARITY[kind]
            scheme = text if text not in UNNAMED else None
            draft.inference(
                key,
                title=f"{scheme or NAMES[kind]} {key}",
                slug=key,
                polarity=POLARITY[kind],
                scheme=scheme,
                extra={"ova": dict(node)},
            )
        else:
            kept.append(node)
    kept_ids = {str(node.get("id")) for node in kept}
    edges = []
    for place, row in file.rows(root.get("edges"), "edges"):
        ends = [
            str((row.get(end) or {}).get("id")) if isinstance(row.get(end), dict) else ""
            for end in ("from", "to")
        ]
        for end in ends:
            if end not in draft and end not in kept_ids:
                file.warn(
                    place, f'it names the node "{end}", which is not there; it is kept, and links nothing'
                )
        rest = {name: value for name, value in row.items() if name not in ("from", "to")}
        edges.append(Edge(ends[0], ends[1], {"ova": rest} if rest else {}))
    left = link_steps(draft, steps, claims, edges)
    file.done()
    extra: dict[str, object] = {name: value for name, value in root.items() if name not in ("nodes", "edges")}
    if kept:
        extra["nodes"] = kept
    if left:
        extra["edges"] = [{"from": edge.start, "to": edge.end, **edge.extra} for edge in left]
    argmap = draft.finish(motion=motion, format="ova", extra={"ova": extra} if extra else {})
    return Reading(argmap, tuple(file.warnings))
