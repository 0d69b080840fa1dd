"""Arggraph XML, the format of the microtext corpus (AGXML): segments, roles, relations between them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from graph.draft import MapDraft
from graph.errors import InputError, Problem
from graph.model import LinkKind, Polarity
from ingest.reading import Reading, own_id
from ingest.steps import link_shortcuts
from ingest.xmltext import parsed

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_SUPPORTS = {"sup": None, "exa": "example"}
_ATTACKS = frozenset({"reb", "und"})


def read(path: Path, content: str, map_id: str | None) -> Reading:
    """The map of a text: `und` attacks a relation, `add` links a premise to one, `join` merges units."""
    root = parsed(path, content, "arggraph")
    draft = MapDraft(map_id or own_id(path), root.get("id") or path.stem)
    problems: list[Problem] = []
    warnings: list[Problem] = []

    def wrong(what: str, hint: str = "") -> None:
        problems.append(Problem(str(path), what, hint))

    texts = {
        e.get("id", ""): "".join(e.itertext())
        for e in (*root.iter("edu"), *root.iter("joint"))
        if e.get("id")
    }
    edges = list(root.iter("edge"))
    parts: dict[str, list[str]] = {}
    for edge in edges:
        if edge.get("type") in ("seg", "join"):
            parts.setdefault(edge.get("trg", ""), []).append(edge.get("src", ""))
    units: set[str] = set()
    for adu in root.iter("adu"):
        key = adu.get("id", "")
        if not key or key in units:
            wrong(f'an adu has the id "{key}"' + (" twice" if key else ""), "Give each adu its own id.")
            continue
        units.add(key)
        text = " ".join(_said(key, parts, texts)).strip()
        role = adu.get("type")
        draft.claim(key, text=text, slug=key, extra={"arggraph": {"type": role, "edus": parts.get(key, [])}})
    relations: dict[str, Element] = {}
    named: set[str] = set()
    kept: list[dict[str, str]] = []
    for number, edge in enumerate(edges):
        key = edge.get("id", "")
        if key and (key in named or key in units):
            wrong(f'an edge has the id "{key}", which stands twice', "Give each edge its own id.")
        named.add(key)
        if edge.get("type") in _ATTACKS or edge.get("type") in _SUPPORTS:
            relations[key or f"edge-{number}"] = edge
    steps: dict[str, Polarity] = {}
    for key, edge in relations.items():
        kind = edge.get("type", "")
        steps[key] = Polarity.ATTACKS if kind in _ATTACKS else Polarity.SUPPORTS
        draft.inference(
            ("edge", key),
            title=f"{kind} {key}",
            slug=key,
            polarity=steps[key],
            scheme=_SUPPORTS.get(kind),
            extra={"arggraph": {"id": edge.get("id"), "type": kind}},
        )
    joints: list[tuple[LinkKind, object, object]] = []
    for number, edge in enumerate(edges):
        kind, source, target = (edge.get(name, "") for name in ("type", "src", "trg"))
        own = edge.get("id") or f"edge-{number}"
        if kind in ("seg", "join"):
            if target not in units and target not in texts:
                wrong(f'the edge "{own}" names "{target}", which is not there')
            elif source not in texts:
                wrong(f'the edge "{own}" names "{source}", which is not there')
            continue
        if kind != "add" and own not in relations:
            what = f'the edge "{own}" is of the type "{kind}"; it is kept, and links nothing'
            warnings.append(Problem(str(path), what))
            kept.append(dict(edge.attrib))
            continue
        ends = [
            ("edge", key) if key in relations else key if key in units else None for key in (source, target)
        ]
        if ends[0] is None or ends[1] is None:
            missing = source if ends[0] is None else target
            wrong(f'the edge "{own}" names "{missing}", which is not there')
        elif kind == "add":
            if not isinstance(ends[1], tuple):
                wrong(f'the edge "{own}" adds a premise to "{target}", which is no edge')
            elif not isinstance(ends[0], str):
                wrong(f'the edge "{own}" starts at an edge', "It starts at an adu.")
            else:
                joints.append((LinkKind.PREMISE_OF, ends[0], ends[1]))
        else:
            step = ("edge", own)
            if isinstance(ends[0], tuple):
                wrong(f'the edge "{own}" starts at an edge', "It starts at an adu.")
                continue
            joints += [(LinkKind.PREMISE_OF, ends[0], step), (LinkKind.CONCLUDES, step, ends[1])]
    if problems:
        raise InputError(problems)
    for joint in joints:
        draft.link(*joint)
    link_shortcuts(draft, {("edge", key): polarity for key, polarity in steps.items()}, joints)
    about: dict[str, object] = {name: held for name, held in root.attrib.items() if name != "id"}
    if any(len(parts.get(key, ())) != 1 or parts[key][0] in parts for key in units):
        about["edus"] = {e.get("id"): texts[e.get("id", "")] for e in root.iter("edu") if e.get("id")}
    joined = {key: held for key, held in parts.items() if key not in units}
    about |= {"joints": joined} if joined else {}
    about |= {"edges": kept} if kept else {}
    argmap = draft.finish(format="arggraph", extra={"arggraph": about} if about else {})
    return Reading(argmap, tuple(warnings))


def _said(key: str, parts: dict[str, list[str]], texts: dict[str, str]) -> list[str]:
    """The texts of the segments of a unit, those of joined segments in their order."""
    said: list[str] = []
    pending, seen = list(reversed(parts.get(key, []))), {key}
    while pending:
        part = pending.pop()
        if part in seen:
            continue
        seen.add(part)
        if texts.get(part, "").strip():
            said.append(" ".join(texts[part].split()))
        pending += reversed(parts.get(part, []))
    return said
