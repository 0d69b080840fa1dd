"""Arggraph XML, the format of the microtext corpus (AGXML): segments, roles, relations between them."""

from __future__ import annotations

from pathlib import Path

from graph.draft import MapDraft
from graph.errors import InputError, Problem
from graph.model import LinkKind, Polarity
from ingest.reading import Reading, own_id
from ingest.steps import link_shortcuts
from ingest.xmltext import parsed

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
    relations = {e.get("id", ""): e for e in edges if e.get("type") in _ATTACKS or e.get("type") in _SUPPORTS}
    steps: dict[str, Polarity] = {}
    for key, edge in relations.items():
        kind = edge.get("type", "")
        steps[key] = Polarity.ATTACKS if kind in _ATTACKS else Polarity.SUPPORTS
        draft.inference(
            ("edge", key), title=f"{kind} {key}", slug=key, polarity=steps[key], scheme=_SUPPORTS.get(kind)
        )
    joints: list[tuple[LinkKind, object, object]] = []
    for edge in edges:
        kind, source, target = (edge.get(name, "") for name in ("type", "src", "trg"))
        if kind in ("seg", "join"):
            continue
        if kind != "add" and edge.get("id", "") not in relations:
            warnings.append(Problem(str(path), f'an edge of the type "{kind}" is left out'))
            continue
        ends = [
            ("edge", key) if key in relations else key if key in units else None for key in (source, target)
        ]
        if ends[0] is None or ends[1] is None:
            missing = source if ends[0] is None else target
            wrong(f'the edge "{edge.get("id", "")}" names "{missing}", which is not there')
        elif kind == "add":
            if not isinstance(ends[1], tuple):
                wrong(f'the edge "{edge.get("id", "")}" adds a premise to "{target}", which is no edge')
            elif isinstance(ends[0], str):
                joints.append((LinkKind.PREMISE_OF, ends[0], ends[1]))
        else:
            step = ("edge", edge.get("id", ""))
            if isinstance(ends[0], tuple):
                wrong(f'the edge "{step[1]}" starts at an edge', "It starts at an adu.")
                continue
            joints += [(LinkKind.PREMISE_OF, ends[0], step), (LinkKind.CONCLUDES, step, ends[1])]
    if problems:
        raise InputError(problems)
    for joint in joints:
        draft.link(*joint)
    link_shortcuts(draft, {("edge", key): polarity for key, polarity in steps.items()}, joints)
    about = {name: root.get(name) for name in ("topic_id", "stance") if root.get(name)}
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
