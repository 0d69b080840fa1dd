"""The preparation sheet of a side."""

from __future__ import annotations

import pytest
from commandline import EXAMPLE, argmap

from graph.errors import QuestionError
from graph.model import ArgumentMap
from graph.questions.brief import brief, brief_html


def section(sheet: str, heading: str) -> str:
    """What stands under a heading."""
    return sheet.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]


@pytest.fixture
def tax(read_map):
    return read_map(r"""
        [Tax]: A sugar tax cuts obesity.
          - [Poor]: It hits the poor hardest.
            - [Fair]: So does obesity.
          - [Border]: People will \*shop\* across the \<border>.
          + [Mexico]: It worked in Mexico.
            + <Study>: They bought less. {quote: "consumption fell", cite: "Lopez 2020"}
    """)


def test_the_sheet_says_what_they_will_say_and_what_we_answer(tax):
    sheet = brief(tax, side="pro")
    said = section(sheet, "What they will say")
    assert "“Poor”: It hits the poor hardest. We answer with “Fair”." in said
    assert "We have no answer on the map." in said
    assert "Border" in section(sheet, "What we have not answered")
    assert "“Fair”" in section(brief(tax, side="pro"), "Where to strike")
    assert "“Study” is ours to keep" in section(sheet, "What to cut and what to keep")


def test_what_to_cut_is_looked_for_among_all_cards(read_map):
    idle = "".join(f'        + <Idle {n}>: idle {{quote: "idle {n}"}}\n' for n in range(60))
    argmap = read_map(
        "[M]: m\n    + [Twice]: held up by many\n" + idle + "    + [Once]: held up by one\n"
        '        + <Last>: the last card {quote: "the very last words of all are the longest by far"}\n'
    )
    said = section(brief(argmap, side="pro"), "What to cut and what to keep")
    assert "“Last” is ours to keep: 1 item falls with it." in said
    assert "Ours to cut first, nothing falls with one alone: “Idle 0”" in said
    assert "and 57 others" in said
    assert "were tried" not in said


def test_a_sheet_says_when_not_all_cards_were_tried(read_map, monkeypatch):
    argmap = read_map(
        '[M]: m\n  + [A]: a\n    + <One>: 1 {quote: "one"}\n  + [B]: b\n    + <Two>: 2 {quote: "two"}\n'
    )
    whole = section(brief(argmap, side="pro"), "What to cut and what to keep")
    assert "“Two” is ours to keep" in whole
    monkeypatch.setattr("graph.questions.brief._MOST_CHANGES", 1)
    part = section(brief(argmap, side="pro"), "What to cut and what to keep")
    assert "Only 1 of 2 cards were tried" in part
    assert "“Two”" not in part


def test_an_answer_to_several_is_one_line_to_strike(read_map):
    argmap = read_map("""
        [M]: The motion.
          - [A]: It costs jobs.
            - [Ours]: It makes jobs.
          - [B]: It costs trade.
            - [Ours]
    """)
    said = section(brief(argmap, side="pro"), "Where to strike")
    assert said.count("- Ours:") == 1
    assert "(against “A” and “B”)" in said


def test_the_sheet_is_the_sides_own(tax):
    assert "Mexico" in section(brief(tax, side="con"), "What they will say")


def test_no_text_of_a_map_is_markup_on_the_sheet(tax):
    assert "\\*shop\\*" in brief(tax, side="pro")
    page = brief_html(tax, side="pro")
    assert "&lt;border&gt;" in page
    assert "<border>" not in page
    assert "<script" not in page


def test_the_sheet_holds_nothing_to_type(read_map):
    for side in ("pro", "con"):
        done = argmap("brief", "--file", EXAMPLE, "--side", side)
        assert (done.code, done.err) == (0, "")
        assert "--" not in done.out
        assert ";." not in done.out
        assert ".." not in done.out
        assert len(done.out.split()) < 900  # one page


def test_an_empty_map_has_a_sheet_too():
    sheet = brief(ArgumentMap(id="empty", title="Nothing"), side="pro")
    assert "0 motions on the map." in sheet


def test_a_map_without_sides_says_how_to_give_them(read_map):
    with pytest.raises(QuestionError, match="side=pro"):
        brief(read_map("[A]: a"), side="pro")


def test_the_command_writes_by_the_files_name(tmp_path):
    page, sheet = tmp_path / "brief.html", tmp_path / "brief.md"
    assert argmap("brief", "--file", EXAMPLE, "--side", "pro", "-o", page).code == 0
    assert page.read_text("utf-8").startswith("<!doctype html>")
    assert argmap("brief", "--file", EXAMPLE, "--side", "pro", "-o", sheet).code == 0
    assert sheet.read_text("utf-8").startswith("# ")
    wrong = argmap("brief", "--file", EXAMPLE, "--side", "pro", "-o", tmp_path / "brief.pdf")
    assert (wrong.code, "End it with .md or .html" in wrong.err) == (1, True)
    assert argmap("brief", "--file", EXAMPLE).code == 2
