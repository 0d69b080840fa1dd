"""Annotations of brat (.ann): claims and premises as stretches of a text, relations, stances."""

from __future__ import annotations

import re
from pathlib import Path

from graph.draft import MapDraft
from graph.errors import InputError, Problem
from graph.model import Side
from ingest.reading import Reading, own_id

_TEXT = re.compile(r"(T\d+)\t(\S+) (\d+ \d+(?:;\d+ \d+)*)\t(.*)", re.DOTALL)
_RELATION = re.compile(r"(R\d+)\t(\S+) Arg1:(\S+) Arg2:(\S+)\s*")
_ATTRIBUTE = re.compile(r"([AM]\d+)\t(\S+) (\S+)(?: (.*))?", re.DOTALL)
_SIDES = {"for": Side.PRO, "against": Side.CON}
_ATTACKS = frozenset({"attacks", "attack", "con", "contradicts", "rebuts"})
_SUPPORTS = frozenset({"supports", "support", "pro", "backing", "reason", "evidence"})


def read(path: Path, content: str, map_id: str | None) -> Reading:
    """The map of the annotations; major claims are the motion, a stance is the side of its claim."""
    draft = MapDraft(map_id or own_id(path), path.stem)
    problems: list[Problem] = []
    warnings: list[Problem] = []
    relations: list[tuple[int, str, str, str, str]] = []
    attributes: list[tuple[int, str, str, str, str]] = []
    motion: list[str] = []
    kept: list[str] = []
    for line, text in enumerate(content.split("\n"), 1):
        text = text.removesuffix("\r")
        if not text.strip():
            continue
        if found := _TEXT.fullmatch(text):
            key, kind, place, said = found.groups()
            if key in draft:
                problems.append(
                    Problem(str(path), f"{key} stands twice", "Number each annotation once.", line)
                )
                continue
            own = {"id": key, "type": kind, "at": place}
            draft.claim(key, text=said.strip(), slug=key, kind=_kind(kind), extra={"brat": own})
            if kind == "MajorClaim":
                motion.append(key)
        elif found := _RELATION.fullmatch(text):
            relations.append((line, *found.groups()))  # type: ignore[arg-type]
        elif found := _ATTRIBUTE.fullmatch(text):
            attributes.append((line, text, found[2], found[3], found[4] or ""))
        elif text[0] in "#*EN":
            kept.append(text)  # notes, equivalences, events: nothing of an argument
        else:
            hint = "Write T1<TAB>Claim 0 10<TAB>text, or R1<TAB>supports Arg1:T2 Arg2:T1"
            problems.append(Problem(str(path), "this is no annotation", hint, line))
    relation_ids: set[str] = set()
    for line, key, kind, start, end in relations:
        if key in relation_ids:
            problems.append(Problem(str(path), f"{key} stands twice", "Number each annotation once.", line))
        relation_ids.add(key)
        missing = next((name for name in (start, end) if name not in draft), None)
        if missing is not None:
            problems.append(Problem(str(path), f"{key} names {missing}, which is not there", "", line))
        elif kind.lower() in _ATTACKS:
            draft.attack(start, end, extra={"brat": {"id": key, "type": kind}})
        elif kind.lower() in _SUPPORTS:
            draft.support(start, end, extra={"brat": {"id": key, "type": kind}})
        else:  # parts_of_same, semantically_same, …
            kept.append(f"{key}\t{kind} Arg1:{start} Arg2:{end}")
            what = f'{key} is "{kind}", which is neither for nor against; it is kept, and links nothing'
            warnings.append(Problem(str(path), what, "", line))
    for line, text, name, key, value in attributes:
        if key not in draft and key not in relation_ids:
            warnings.append(Problem(str(path), f"{name} is said of {key}, which is not there", "", line))
        if key in draft and name == "Stance" and value.lower() in _SIDES:
            draft.update(key, side=_SIDES[value.lower()], side_stated=True)
        else:
            kept.append(text)
    if problems:
        raise InputError(sorted(problems, key=lambda problem: problem.line or 0))
    if not content.strip():
        raise InputError(
            Problem(str(path), "the file is empty", "It has to hold annotations: T1<TAB>Claim …")
        )
    extra = {"brat": {"other": kept}} if kept else {}
    return Reading(draft.finish(motion=motion, format="brat", extra=extra), tuple(warnings))


def _kind(name: str) -> str | None:
    return {"MajorClaim": "motion", "Claim": "contention"}.get(name)
