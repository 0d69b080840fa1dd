"""Answers as tables for people, JSON and CSV for programs, Markdown to hand on."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.render import LAYOUTS, render
from graph.result import Column, ColumnType, Result
from graph.terminal import HIDDEN, columns, visible, wrap

ID = Column("id", ColumnType.ID)
SIDE = Column("side", ColumnType.LABEL)
TEXT = Column("text", heading="says")
STEPS = Column("steps", ColumnType.INTEGER, "to motion")
TITLE = Column("title", heading="-")

SAVINGS = "The reforms would save between nine and twenty billion pounds, and nobody has said otherwise yet."
RESULT = Result(
    (ID, SIDE, TITLE, TEXT, STEPS),
    (
        ("localism/savings", "pro", "Savings", SAVINGS, 1),
        ("localism/capability", "con", "Capability", "Councils may not be able.", None),
    ),
    summary="2 of 9 claims are unanswered on the map.",
    question="unanswered",
    map="localism",
)


def test_a_table_without_a_word_in_it_is_a_table() -> None:
    empty = Result((SIDE, TITLE, TEXT), ((None, None, ""), (None, "x", None)))
    assert render(empty, "table", 60) == "side  says\n────  ────\n\n\n"
    assert render(Result((SIDE,), ()), "table", 60) == "\n"


def test_a_table_fits_the_terminal_and_is_for_people():
    assert render(RESULT, "table", 60) == (
        "2 of 9 claims are unanswered on the map.\n"
        "\n"
        "id          side  says                             to motion\n"
        "──────────  ────  ───────────────────────────────  ─────────\n"
        "savings     pro   The reforms would save between           1\n"
        "                  nine and twenty billion pounds,\n"
        "                  and nobody has said otherwise\n"
        "                  yet.\n"
        "capability  con   Councils may not be able.\n"
    )


def test_a_text_that_would_be_squeezed_stands_beneath_its_row():
    assert render(RESULT, "table", 46) == (
        "2 of 9 claims are unanswered on the map.\n"
        "\n"
        "id          side  to motion\n"
        "    says\n"
        "──────────  ────  ─────────\n"
        "savings     pro           1\n"
        "    The reforms would save between nine and\n"
        "    twenty billion pounds, and nobody has said\n"
        "    otherwise yet.\n"
        "capability  con\n"
        "    Councils may not be able.\n"
    )


def test_several_texts_beneath_a_row_have_their_headings():
    why = Column("why")
    rows = (("tax/reforms-that-would-save", SAVINGS, SAVINGS.upper()), ("tax/b", SAVINGS, None))
    shown = render(Result((ID, TEXT, why), rows, map="tax"), "table", 50)
    assert shown.splitlines()[:4] == ["id", "    says", "    why", "─" * 23]
    assert shown.count("    says: The reforms would save between nine") == 2
    assert shown.count("    why: THE REFORMS") == 1


def test_an_id_is_whole_where_there_is_room():
    """It is copied from here and pasted into the next command."""
    name = "councils-that-decide-are-accountable"[:30]
    shown = render(Result((ID, SIDE, TEXT), ((f"tax/{name}", "pro", SAVINGS),), map="tax"), "table", 60)
    assert name in shown


def test_a_terminal_too_narrow_for_columns_gets_a_block_for_each_row():
    assert render(RESULT, "table", 30) == (
        "2 of 9 claims are unanswered\n"
        "on the map.\n"
        "\n"
        "id: savings\n"
        "side: pro\n"
        "says: The reforms would save\n"
        "  between nine and twenty\n"
        "  billion pounds, and nobody\n"
        "  has said otherwise yet.\n"
        "to motion: 1\n"
        "\n"
        "id: capability\n"
        "side: con\n"
        "says: Councils may not be\n"
        "  able.\n"
    )


@pytest.mark.parametrize("width", [20, 33, 40, 60, 80, 200])
def test_no_line_is_wider_than_the_terminal(width):
    lines = render(RESULT, "table", width).splitlines()
    assert max(columns(line) for line in lines) <= width


def test_wide_characters_are_counted_as_they_are_drawn():
    result = Result((TEXT, SIDE), (("権力は地方へ移すべきだ", "pro"), ("e\u0301tat", "con")))
    assert render(result, "table", 80).splitlines()[2:] == [
        "権力は地方へ移すべきだ  pro",
        "e\u0301tat                    con",
    ]
    assert all(columns(line) <= 24 for line in render(result, "table", 24).splitlines())


def test_an_empty_answer_is_its_sentence():
    nothing = Result((ID, TEXT), (), summary="Nothing is unanswered.")
    assert render(nothing, "table", 80) == "Nothing is unanswered.\n"
    assert render(nothing, "markdown") == "Nothing is unanswered.\n"
    assert render(nothing, "csv") == "id,text\n"


def test_a_column_in_which_no_row_says_anything_is_not_shown():
    result = Result((ID, SIDE), (("a", ""), ("b", None)))
    assert render(result, "table", 80) == "id\n──\na\nb\n"


def test_what_a_limit_left_out_is_said():
    result = Result((ID,), (("a",),), truncated=True)
    assert render(result, "table", 80).endswith("\nThere is more: raise --limit.\n")
    assert json.loads(render(result, "json"))["truncated"] is True


def test_json_is_the_envelope_of_the_design():
    assert json.loads(render(RESULT, "json")) == {
        "version": 1,
        "question": "unanswered",
        "map": "localism",
        "summary": "2 of 9 claims are unanswered on the map.",
        "columns": [
            {"name": "id", "type": "id"},
            {"name": "side", "type": "label"},
            {"name": "title", "type": "text"},
            {"name": "text", "type": "text"},
            {"name": "steps", "type": "integer"},
        ],
        "rows": [
            {"id": "localism/savings", "side": "pro", "title": "Savings", "text": SAVINGS, "steps": 1},
            {
                "id": "localism/capability",
                "side": "con",
                "title": "Capability",
                "text": "Councils may not be able.",
                "steps": None,
            },
        ],
        "truncated": False,
    }


def test_csv_has_every_column_and_the_rows_alone():
    rows = list(csv.reader(io.StringIO(render(RESULT, "csv"))))
    assert rows[0] == ["id", "side", "title", "text", "steps"]
    assert rows[2] == ["localism/capability", "con", "Capability", "Councils may not be able.", ""]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "\n-1"])
def test_no_cell_of_a_csv_is_a_formula(text):
    (_, (cell,)) = list(csv.reader(io.StringIO(render(Result((TEXT,), ((text,),)), "csv"))))
    assert cell[0] not in "=+-@\t\r\n "


def test_a_negative_number_in_a_csv_is_a_number():
    assert render(Result((STEPS,), ((-1,),)), "csv") == "steps\n-1\n"


def test_markdown_shows_text_as_text():
    text = "**bold** | <b>x</b> [a](http://x) `c` _d_"
    assert render(Result((TEXT, STEPS), ((text, 2),), summary="# 1 claim"), "markdown") == (
        "\\# 1 claim\n"
        "\n"
        "| says | to motion |\n"
        "| --- | ---: |\n"
        "| \\*\\*bold\\*\\* \\| \\<b\\>x\\</b\\> \\[a\\](http://x) \\`c\\` \\_d\\_ | 2 |\n"
    )


HOSTILE = "\x1b[31mred\x1b[0m \x07 \u202eevil \u2066x \x9b2J \x00 \r\n end"


@pytest.mark.parametrize("layout", LAYOUTS)
def test_nothing_in_a_map_can_steer_the_terminal(layout):
    shown = render(Result((TEXT,), ((HOSTILE,),), summary=HOSTILE), layout)
    assert not HIDDEN.search(shown.replace("\n", ""))
    assert "end" in shown


def test_what_would_steer_the_terminal_is_spelled_out():
    assert visible("a\x1b[2J\u202eb\nc") == "a\\x1b[2J\\u202eb c"
    assert json.loads(render(Result((TEXT,), ((HOSTILE,),)), "json"))["rows"] == [{"text": HOSTILE}]


@given(st.text(), st.integers(min_value=2, max_value=50))
def test_wrapping_loses_no_letter_and_never_grows_too_wide(text, width):
    shown = visible(text)
    lines = wrap(shown, width)
    assert "".join(lines).replace(" ", "") == shown.replace(" ", "")
    assert all(columns(line) <= width for line in lines)


_cells = st.one_of(
    st.none(), st.booleans(), st.integers(), st.text(), st.lists(st.text(max_size=5), max_size=3)
)


@given(
    st.lists(st.tuples(_cells, _cells, _cells), max_size=4),
    st.sampled_from(sorted(LAYOUTS)),
    st.integers(min_value=20, max_value=120),
)
def test_any_answer_can_be_shown_in_any_layout(rows, layout, width):
    shown = render(Result((ID, TEXT, STEPS), tuple(rows), summary="x"), layout, width)
    assert shown.endswith("\n")
    assert not HIDDEN.search(shown.replace("\n", "").replace("\t", "").replace("\r", ""))
    if layout == "table":
        assert all(columns(line) <= width for line in shown.splitlines())
