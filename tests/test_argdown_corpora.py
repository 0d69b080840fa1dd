"""Other people's Argdown: what the reference tool makes of each file, and no file that ends in a crash."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from argdown_map import DrawnMap
from argdown_reference import Reference

from graph.errors import InputError, Problem
from ingest.argdown.document import document
from ingest.argdown.text import joined
from ingest.reading import read

pytestmark = pytest.mark.corpora

Facts = dict[str, Any]


@pytest.fixture(scope="module")
def corpus() -> Path:
    """The folder of Argdown files, with `expected/` beside them."""
    named = os.environ.get("ARGMAP_CORPORA")
    if not named:
        pytest.skip("ARGMAP_CORPORA names no folder of other people's files")
    folder = Path(named) / "argdown"
    assert (folder / "expected").is_dir(), f"{folder} holds no expected/"
    return folder


def test_every_file_says_what_the_reference_reads_in_it(corpus: Path) -> None:
    differing = {}
    files = sorted((corpus / "expected").rglob("*.json"))
    assert files
    for file in files:
        source = (corpus / file.relative_to(corpus / "expected")).with_suffix(".argdown")
        text = joined(source, source.read_text("utf-8-sig"))
        parsed = document(text)
        ours, theirs = Reference(parsed), json.loads(file.read_text("utf-8"))
        settings = parsed.frontmatter.get("group")
        regrouped = isinstance(settings, dict) and "regroup" in settings  # into other sections
        told = [name for name, facts in FACTS.items() if facts(ours, True) != facts(theirs, False)]
        told += [str(problem) for problem in text.problems]
        if not regrouped:
            told += [name for name, facts in PLACES.items() if facts(ours, True) != facts(theirs, False)]
        if told:
            differing[str(source.relative_to(corpus))] = told
    print(f"{len(files) - len(differing)} of {len(files)} files as the reference reads them")
    assert differing == {}


def test_every_file_draws_the_nodes_and_edges_that_the_reference_draws(corpus: Path) -> None:
    differing = []
    files = sorted((corpus / "expected").rglob("*.json"))
    for file in files:
        source = (corpus / file.relative_to(corpus / "expected")).with_suffix(".argdown")
        parsed = document(joined(source, source.read_text("utf-8-sig")))
        theirs = json.loads(file.read_text("utf-8"))["map"]
        selection = parsed.frontmatter.get("selection")
        sections = {f"s{n}": heading.title for n, heading in enumerate(parsed.headings, 1)}
        drawn = DrawnMap(Reference(parsed), selection if isinstance(selection, dict) else {}, sections)
        nodes = {node["id"]: (node["type"], node["title"]) for node in _flat(theirs["nodes"])}
        edges = sorted(
            (edge["relationType"], "/".join(nodes[edge["from"]]), "/".join(nodes[edge["to"]]))
            for edge in theirs["edges"]
        )
        if (drawn.nodes, drawn.edges) != (set(nodes.values()), edges):
            differing.append(str(source.relative_to(corpus)))
    print(f"{len(files) - len(differing)} of {len(files)} files drawn as the reference draws them")
    assert differing == []


def _flat(nodes: list[Facts]) -> list[Facts]:
    """The nodes inside of groups, at any depth."""
    found: list[Facts] = []
    for node in nodes:
        found += _flat(node["children"]) if node["type"] == "group-map-node" else [node]
    return found


def test_what_the_reference_refuses_is_read_or_refused_with_a_place(corpus: Path) -> None:
    lines = (corpus / "not-parsed-by-reference.tsv").read_text("utf-8").splitlines()
    names = [name for line in lines if (corpus / (name := line.split("\t")[0])).is_file()]
    assert len(names) > 50
    unplaced = [
        f"{name}: {problem}"
        for name in names
        for problem in _problems(corpus / name)
        if not (problem.line and problem.column and problem.hint)
    ]
    assert unplaced == []


def _problems(path: Path) -> tuple[Problem, ...]:
    try:
        read(path)
    except InputError as error:
        return error.problems
    return ()


def _plain(text: str | None) -> str:
    return " ".join((text or "").split())


def _member(member: Facts) -> tuple[object, ...]:
    reference = bool(member.get("isReference"))
    return (
        member["title"],
        "" if reference else _plain(member.get("text")),
        reference,
        member.get("role") or "",
    )


def _ranges(member: Facts, ours: bool) -> list[tuple[str, ...]]:
    if member.get("isReference"):
        return []
    text = member.get("text") or ""
    marks = [
        (r["type"], r["start"], r["stop"] if ours else r["stop"] + 1, r.get("url"))
        for r in member.get("ranges") or []
    ]
    return sorted((kind, _plain(text[a:b]), url or "") for kind, a, b, url in marks if kind != "special-char")


def _of_all(holder: str, fact: Callable[[Facts, bool], object]) -> Callable[[Any, bool], object]:
    def facts(made: Any, ours: bool) -> object:
        held = getattr(made, holder) if ours else made[holder]
        return {title: fact(one, ours) for title, one in held.items()}

    return facts


def _step(member: Facts) -> tuple[object, ...] | None:
    step = member.get("inference")
    return step and (step["inferenceRules"], step.get("data") or None)


def _relations(made: Any, ours: bool) -> object:
    if ours:
        return sorted(made.related())
    return sorted(
        (r["relationType"], r["from"], r["fromType"], r["to"], r["toType"]) for r in made["relations"]
    )


def _sections(sections: list[Facts]) -> list[tuple[object, ...]]:
    found: list[tuple[object, ...]] = []
    for section in sections:
        found.append(
            (section["level"], section["title"], sorted(section.get("tags") or []), section.get("data") or {})
        )
        found += _sections(section["children"])
    return found


FACTS: dict[str, Callable[[Any, bool], object]] = {
    "statements": _of_all("statements", lambda one, ours: [_member(m) for m in one["members"]]),
    "arguments": _of_all("arguments", lambda one, ours: [_member(m) for m in one["members"]]),
    "marks": _of_all("statements", lambda one, ours: [_ranges(m, ours) for m in one["members"]]),
    "marks of arguments": _of_all("arguments", lambda one, ours: [_ranges(m, ours) for m in one["members"]]),
    "tags": _of_all("statements", lambda one, ours: one.get("tags") or []),
    "tags of arguments": _of_all("arguments", lambda one, ours: one.get("tags") or []),
    "data": _of_all("statements", lambda one, ours: one.get("data") or {}),
    "data of arguments": _of_all("arguments", lambda one, ours: one.get("data") or {}),
    "structures": _of_all(
        "arguments", lambda one, ours: [(m["title"], m["role"], _step(m)) for m in one["pcs"]]
    ),
    "relations": _relations,
}
PLACES: dict[str, Callable[[Any, bool], object]] = {
    "headings": lambda made, ours: made.sections() if ours else _sections(made["sections"]),
    "sections": _of_all("statements", lambda one, ours: one.get("section")),
    "sections of arguments": _of_all("arguments", lambda one, ours: one.get("section")),
}
