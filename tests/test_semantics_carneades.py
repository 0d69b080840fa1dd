"""The labels that Carneades expects of its own examples, and where ours differ by definition."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from graph.model import ArgumentMap, Statement
from graph.semantics.verdict import unfounded, verdicts
from ingest.reading import read

pytestmark = pytest.mark.corpora

EXAMPLES = Path(os.environ.get("ARGMAP_CORPORA", "")) / "carneades" / "YAML"
WORDS = {"in": "stands", "out": "falls", "undecided": "contested"}

# Why the labels differ; docs/semantics.md has the table.
TIE = "positions of equal weight all fall there and are contested here"
WEIGHT = "weights or schemes decide there which position wins"
SOME = "there a scheme lets an argument hold without all of its premises"
RULES = "there rules derive arguments that the file does not state"
CIRCLE = "what holds itself up is undecided there and falls here"
DIFFERENT = {
    "bachelor": TIE,
    "basic_event_calculus": RULES,
    "caminada1": TIE,
    "even-loop": CIRCLE,
    "jogging": WEIGHT,
    "lex": WEIGHT,
    "library": WEIGHT,
    "linked-convergent": SOME,
    "mandatory-sentences": SOME,
    "mcda-porsche": RULES,
    "odd-loop": CIRCLE,
    "paraconsistency": TIE,
    "rebuttal": WEIGHT,
    "reinstatement": WEIGHT,
    "risky-operation": TIE,
    "self-defeat": CIRCLE,
    "support-loop": CIRCLE,
    "unsupported2": CIRCLE,
}


def examples() -> list[Path]:
    if not os.environ.get("ARGMAP_CORPORA"):
        return []
    return [path for path in sorted(EXAMPLES.glob("*.yml")) if _tests(read(path))]


def _tests(argmap: ArgumentMap) -> dict[str, list[str] | None]:
    held: Any = argmap.extra["carneades"]
    found: dict[str, list[str] | None] = held.get("tests") or {}
    return found


def as_carneades_grants(argmap: ArgumentMap) -> ArgumentMap:
    """There nothing is granted but what is assumed."""
    items = tuple(
        replace(item, granted=False) if isinstance(item, Statement) and item.granted is None else item
        for item in argmap.items
    )
    return replace(argmap, items=items)


def differences(argmap: ArgumentMap) -> dict[str, tuple[str, str]]:
    """The statements whose labels differ: what is expected there, and what is found here."""
    found = verdicts(argmap)
    by_key: dict[str, str] = {}
    for item in argmap.items:
        held: Any = item.extra.get("carneades", {})
        by_key[str(held.get("key"))] = item.id
    wrong = {}
    for label, names in _tests(argmap).items():
        for name in names or ():
            verdict = found[by_key[str(name)]]
            if verdict != WORDS[label]:
                wrong[by_key[str(name)]] = (WORDS[label], verdict.value)
    return wrong


@pytest.mark.parametrize("path", examples(), ids=lambda path: path.stem)
def test_carneades_examples(path: Path) -> None:
    argmap = as_carneades_grants(read(path))
    wrong = differences(argmap)
    why = DIFFERENT.get(path.stem)
    assert bool(wrong) == (why is not None), wrong
    for item_id, (theirs, ours) in wrong.items():
        if why in (TIE, WEIGHT):
            assert ours == "contested", item_id
        elif why == CIRCLE:
            assert (theirs, ours) == ("contested", "falls")
            assert item_id in unfounded(argmap)
        else:
            assert (theirs, ours) == ("stands", "falls")


def test_all_thirty_four_are_there() -> None:
    if not os.environ.get("ARGMAP_CORPORA"):
        pytest.skip("ARGMAP_CORPORA does not name the folder of other people's files")
    assert len(examples()) == 34
