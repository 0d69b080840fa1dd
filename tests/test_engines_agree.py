"""The worked example says the same whichever engine keeps it: map, questions, exports, drawing."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

from commandline import ROOT

from graph.draw.page import page
from graph.export.writing import WRITERS
from graph.questions.registry import QUESTIONS
from graph.store.port import Store
from ingest.reading import read

ITEM = "localism/are-local-authorities-capable"
OPTIONS = {"gaps": {"side": "pro"}, "attack": {"side": "pro"}}
TWO_MAPS = {"diff"}


def undated(written: str | bytes) -> object:
    """What was written, without the time: a spreadsheet says it in its zip and in one of its parts."""
    if isinstance(written, str):
        return written
    with ZipFile(BytesIO(written)) as parts:
        return {name: parts.read(name) for name in parts.namelist() if name != "docProps/core.xml"}


def test_both_engines_give_back_the_example_and_every_answer_to_it(any_store: Store):
    example = read(ROOT / "examples/localism/localism.argdown")
    any_store.replace(example)
    kept = any_store.load("localism")
    assert kept == example
    asked = 0
    for name, question in QUESTIONS.items():
        if name in TWO_MAPS:
            continue
        about = (ITEM,) if question.about_item else ()
        options = OPTIONS.get(name, {})
        assert question.answer(kept, *about, **options) == question.answer(example, *about, **options), name
        asked += 1
    assert asked >= 4
    for name, writer in WRITERS.items():
        assert undated(writer.write(kept)) == undated(writer.write(example)), name
    assert page(kept) == page(example)
