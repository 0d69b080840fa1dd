"""`ask`, `show` and `find`: what a coach reads in the terminal."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from commandline import EXAMPLE, argmap

from graph.questions.registry import QUESTIONS
from graph.terminal import columns

TAX = """\
[Tax]: A sugar tax cuts obesity.
  - [Poor]: It hits the poor hardest.
    - [Fair]: So does obesity.
  + <Study>: Sales fell. {quote: "sales fell", cite: Smith 14}
"""


@pytest.fixture(autouse=True)
def loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A small map in a store of its own."""
    monkeypatch.setenv("ARGMAP_STORE", str(tmp_path / "library.kgl"))
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(tmp_path)
    Path("tax.argdown").write_text(TAX)
    assert argmap("load", "tax.argdown").code == 0


def test_ask_alone_lists_the_questions_with_a_line_and_an_example():
    listed = argmap("ask")
    assert listed.code == 0
    for question in QUESTIONS.values():
        assert f"{question.help}\n" in listed.out
        assert f"{question.example}\n" in listed.out


def test_a_question_of_a_stored_map():
    assert argmap("ask", "unanswered", "tax") == (
        0,
        "1 of 2 claims and rebuttals is unanswered on the map; it reaches the motion. An\n"
        "answer may lie elsewhere.\n"
        "\n"
        "id    side  kind      says              to motion\n"
        "────  ────  ────────  ────────────────  ─────────\n"
        "fair  pro   rebuttal  So does obesity.          2\n",
        "",
    )


@pytest.mark.parametrize("item", ["poor", "tax/poor", "Poor"])
def test_a_question_about_an_item(item):
    done = argmap("ask", "answers", "tax", item, "--format", "csv")
    (row,) = csv.DictReader(io.StringIO(done.out))
    assert (row["attack"], row["id"], row["text"]) == ("rebut", "tax/fair", "So does obesity.")


@pytest.mark.parametrize("name", [name for name in QUESTIONS if not QUESTIONS[name].two_maps])
def test_a_file_is_asked_without_a_store_and_says_the_same(name):
    question = QUESTIONS[name]
    item = ["poor"] * (question.about_item or question.about_items)
    item += [word for option in question.options if option.required for word in (f"--{option.name}", "pro")]
    stored = argmap("ask", question.name, "tax", *item, "--format", "json")
    of_file = ["--file", "tax.argdown", "--store", "no.kgl"]
    asked = argmap("ask", question.name, *item, *of_file, "--format", "json")
    assert (asked.code, asked) == (0, stored)
    assert not Path("no.kgl").exists()


def test_options_come_from_the_registry():
    one = json.loads(argmap("ask", "bare", "tax", "--limit", "1", "--format", "json").out)
    assert (len(one["rows"]), one["truncated"]) == (1, True)
    assert argmap("ask", "unanswered", "tax", "--side", "con").out == (
        "The one claim or rebuttal of side con is answered on the map.\n"
    )
    wrong = argmap("ask", "unanswered", "tax", "--side", "left")
    assert wrong.code == 2
    assert "'pro', 'con'" in wrong.err
    assert argmap("ask", "path", "tax", "fair", "--limit", "0").code == 2


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (["answers", "tax", "poro"], 1, 'Did you mean "Poor" (poor)?'),
        (["answers", "tax", "zzzz"], 1, "argmap find WORDS --map tax"),
        (["answers", "--file", "tax.argdown", "zzzz"], 1, "Look for it: argmap show --file tax.argdown"),
        (["unanswered", "--file", "tax.argdown", "--within", "zzzz"], 1, "argmap show --file tax.argdown"),
        (["strength", "--file", "tax.argdown", "--weight", "zzzz=1"], 1, "argmap show --file tax.argdown"),
        (["answers", "tax"], 2, "Which ITEM?"),
        (["gaps", "tax"], 2, "Missing option '--side'. Say --side pro or con."),
        (["answers", "tax", "So", "does"], 2, "Put quotes around a title."),
        (["unanswered"], 2, "argmap maps lists them"),
        (["unanswered", "tax", "x"], 2, "Too many words"),
        (["unanswerd", "tax"], 2, "Did you mean unanswered or answers?"),
        (["zzz", "tax"], 2, "There are unanswered, answers, path, bare, "),
        (["unanswered", "tax", "--format", "xml"], 2, "'markdown'"),
        (["bare", "--file", "gone.argdown"], 1, "gone.argdown"),
    ],
)
def test_a_question_that_cannot_be_asked_says_why(args, code, said):
    done = argmap("ask", *args)
    assert done.code == code
    assert said in done.err
    assert done.out == ""


def test_show_prints_the_map_as_a_tree():
    assert argmap("show", "tax").out == (
        "tax\n"
        "tax: 1 claim, 2 rebuttals, 1 card\n"
        "\n"
        "Tax [pro motion]\n"
        "- Poor [con rebuttal]\n"
        "  - Fair [pro rebuttal]\n"
        "+ Study [pro card] Smith 14\n"
        "\n"
        "+ supports   - attacks\n"
    )


def test_show_prints_one_item_with_all_that_is_known_of_it():
    assert argmap("show", "tax", "Poor").out == (
        "Poor\n"
        "tax/poor\n"
        "\n"
        "kind:           rebuttal\n"
        "side:           con\n"
        "text:           It hits the poor hardest.\n"
        "rebuts:         Tax [tax]\n"
        "answered by:    Fair [fair]\n"
    )
    card = argmap("show", "tax", "study").out
    assert "quote:          sales fell\n" in card
    assert "cite:           Smith 14\n" in card


def test_show_is_rows_for_programs():
    rows = json.loads(argmap("show", "tax", "--format", "json").out)["rows"]
    assert [(row["depth"], row["link"], row["id"]) for row in rows] == [
        (0, "", "tax/tax"),
        (1, "rebuts", "tax/poor"),
        (2, "rebuts", "tax/fair"),
        (1, "supports", "tax/study"),
    ]


def test_the_example_reads_well_in_a_narrow_terminal(monkeypatch):
    argmap("load", EXAMPLE)
    for wide in (40, 80):
        monkeypatch.setenv("COLUMNS", str(wide))
        shown = argmap("show", "localism").out
        assert max(columns(line) for line in shown.splitlines()) <= wide
        assert "Power should move [pro motion]" in shown
        for command in (["ask", "unanswered"], ["ask", "answers", "power-should-move"], ["ask", "bare"]):
            name, question, *item = command
            lines = argmap(name, question, "localism", *item).out.splitlines()
            assert max(columns(line) for line in lines) <= wide, command


def test_find_finds_all_the_words_in_any_order():
    (row,) = json.loads(argmap("find", "POOR hits", "--format", "json").out)["rows"]
    assert row["id"] == "tax/poor"
    assert argmap("find", "hits", "poor", "--map", "tax").out.startswith('1 item in the map "tax".\n')
    assert argmap("find", "nothing", "such").out == "Nothing in the store holds the words: nothing such\n"
    assert argmap("find", "poor", "--map", "txa").code == 1
    assert json.loads(argmap("find", "obesity", "--limit", "1", "--format", "json").out)["truncated"] is True


def test_nothing_in_a_map_steers_the_terminal():
    evil = "[Evil \x1b(2J]: Text \x1b]0;title\x07 and \u202eevil\n  - [B \x9b2J]: b\x1b(31m\n"
    Path("evil.argdown").write_text(evil)
    outputs = [argmap("load", "evil.argdown"), argmap("show", "evil"), argmap("ask", "unanswered", "evil")]
    outputs += [argmap("show", "evil", "evil-2j"), argmap("find", "evil"), argmap("check", "evil.argdown")]
    outputs += [argmap("query", "MATCH (n:Claim) RETURN n, n.text")]
    assert all(done.code == 0 for done in outputs), outputs
    for done in [*outputs, argmap("ask", "answers", "evil", "\x1b[2Jx"), argmap("show", "\x1b[2Jx")]:
        assert not set(done.out + done.err) & set("\x1b\x07\x9b\u202e"), done
