"""arguebuf's JSON (`arg_services.graph.v1`): atoms and schemes by id, resources and participants."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from graph.draft import MapDraft
from graph.model import LinkKind, Polarity
from ingest.jsontext import JsonFile
from ingest.reading import Reading, own_id
from ingest.steps import Edge, link_steps

POLARITY = {"support": Polarity.SUPPORTS, "attack": Polarity.ATTACKS}


def read(path: Path, content: str, map_id: str | None) -> Reading:
    """The map of a graph; schemes that neither support nor attack are kept and written back."""
    file = JsonFile(path, content)
    root = file.mapping(file.root, "")
    draft = MapDraft(map_id or own_id(path), path.stem)
    resources = _resources(draft, file, root)
    participants = file.mapping(root.get("participants"), "participants")
    claims: set[str] = set()
    steps: dict[str, Polarity] = {}
    kept: dict[str, Any] = {}
    for key, value in file.mapping(root.get("nodes"), "nodes").items():
        where = f"nodes.{key}"
        node = file.mapping(value, where)
        if "atom" in node:
            atom = file.mapping(node["atom"], f"{where}.atom")
            text = file.text(atom.get("text"), f"{where}.atom.text")
            rest = {name: held for name, held in atom.items() if name != "text" or held != text}
            draft.claim(key, text=text, slug=key, extra={"arguebuf": {**node, "atom": rest, "id": key}})
            claims.add(key)
            _who_and_where(draft, key, atom, participants, resources)
        elif isinstance(node.get("scheme"), dict) and (kind := _relation(node["scheme"])):
            name = node["scheme"][kind]
            scheme = name if isinstance(name, str) and name not in ("", "DEFAULT") else None
            title = f"{(scheme or kind).replace('_', ' ').capitalize()} {key}"
            draft.inference(
                key,
                title=title,
                slug=key,
                polarity=POLARITY[kind],
                scheme=scheme,
                extra={"arguebuf": {**node, "id": key}},
            )
            steps[key] = POLARITY[kind]
        else:
            kept[key] = node
    if kept:
        file.warn("nodes", f"{len(kept)} of them neither support nor attack; they are kept and written back")
    edges = []
    for key, value in file.mapping(root.get("edges"), "edges").items():
        edge = file.mapping(value, f"edges.{key}")
        ends = [file.key(edge.get(end), f"edges.{key}.{end}") for end in ("source", "target")]
        for end in ends:
            if end and end not in claims and end not in steps and end not in kept:
                file.warn(f"edges.{key}", f'it names the node "{end}", which is not there; it is kept')
        edges.append(Edge(ends[0], ends[1], {"arguebuf": {**edge, "id": key}}))
    file.done()
    left = link_steps(draft, steps, claims, edges)
    document = {name: held for name, held in root.items() if name not in ("nodes", "edges")}
    extra: dict[str, object] = {"document": document}
    extra |= {"nodes": kept} if kept else {}
    extra |= {"edges": [edge.extra["arguebuf"] for edge in left]} if left else {}
    major = root.get("majorClaim")
    motion = [major] if isinstance(major, str) and major in claims else []
    argmap = draft.finish(motion=motion, format="arguebuf", extra={"arguebuf": extra})
    return Reading(argmap, tuple(file.warnings))


def _relation(scheme: dict[str, Any]) -> str:
    return next((kind for kind in POLARITY if kind in scheme), "")


def _resources(draft: MapDraft, file: JsonFile, root: dict[str, Any]) -> set[str]:
    """Add each resource as a source; its text stays where it is."""
    found = set()
    for key, value in file.mapping(root.get("resources"), "resources").items():
        resource = file.mapping(value, f"resources.{key}")
        title = (
            next((resource[n] for n in ("title", "source") if isinstance(resource.get(n), str)), "") or key
        )
        draft.source(("resource", key), title=title, slug=key, extra={"arguebuf": {"id": key}})
        url = resource.get("source")
        if isinstance(url, str) and url.startswith(("http://", "https://")):
            draft.update(("resource", key), url=url)
        found.add(key)
    return found


def _who_and_where(
    draft: MapDraft, key: str, atom: dict[str, Any], participants: dict[str, Any], resources: set[str]
) -> None:
    who = participants.get(str(atom.get("participant")))
    name = who.get("name") if isinstance(who, dict) else None
    if isinstance(name, str) and name:
        draft.link(
            LinkKind.ASSERTED_BY, key, draft.person(name), extra={"arguebuf": {"through": "participant"}}
        )
    reference = atom.get("reference")
    resource = reference.get("resource") if isinstance(reference, dict) else None
    if isinstance(resource, str) and resource in resources:
        draft.link(LinkKind.CITES, key, ("resource", resource), extra={"arguebuf": {"through": "reference"}})
