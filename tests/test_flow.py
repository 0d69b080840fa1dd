"""Flow sheets and speech documents: the right columns, an answer beside what it answers, the time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from commandline import EXAMPLE, argmap
from docx_maker import Doc, read, under
from hypothesis import given, settings
from openpyxl import load_workbook
from strategies import argument_maps

from graph.export.flow import sheet_names, to_flow_html, to_flow_xlsx
from graph.flow import ORDERS, Sheet, flow
from graph.model import ArgumentMap, Evidence
from ingest.reading import read as read_map_file

POLICY = """
    ===
    debateFormat: policy
    ===

    [Motion]: We should act. {kind: motion}
      + [Growth]: Acting brings growth. {speech: 1AC}
        + [Study]: A study shows it. {speech: 1AC}
        - <No growth>: It never did. {speech: 1NC}
          - <It did>: It did in 2014. {speech: 2AC}
        - <Too slow>: It takes too long. {speech: 2NC}
      - <Too dear>: It costs too much.
"""


def grid(sheet: Sheet) -> list[list[str]]:
    rows = range(sheet.rows)
    columns = range(len(sheet.columns))
    return [[sheet.cells[r, c].item.title if (r, c) in sheet.cells else "" for c in columns] for r in rows]


def test_an_answer_stands_beside_what_it_answers_in_its_speech_s_column(
    read_map: Callable[[str], ArgumentMap],
) -> None:
    growth, dear = flow(read_map(POLICY))
    assert growth.title == "Growth"
    assert growth.columns == ["1AC", "1NC", "2AC", "Block", "1AR", "2NR", "2AR"]
    assert grid(growth) == [
        ["Growth", "No growth", "It did", "", "", "", ""],
        ["", "", "", "Too slow", "", "", ""],
        ["Study", "", "", "", "", "", ""],
    ]
    assert grid(dear) == [["", "Too dear", "", "", "", "", ""]]


def test_what_comes_after_the_last_speech_stands_in_one_column_and_nothing_is_lost(
    read_map: Callable[[str], ArgumentMap],
) -> None:
    chain = "".join(f"{'  ' * n}- [A{n}]: Answer {n}.\n" for n in range(1, 12))
    (sheet,) = flow(read_map(f"[M]: Motion. {{kind: motion}}\n{chain}"))
    assert sheet.columns[-1] == "Later"
    assert [cell.item.title for _, cell in sorted(sheet.cells.items())] == [f"A{n}" for n in range(1, 12)]


def test_a_map_without_a_motion_has_each_argument_on_a_sheet_and_none_on_its_own_beside_that(
    read_map: Callable[[str], ArgumentMap],
) -> None:
    argmap = read_map(
        "[A]: One.\n  - [B]: Two.\n    - [C]: Three.\n\n[D]: Four.\n\n[E]: Five.\n  - [F]: Six.\n    - [E]\n"
    )
    assert [(sheet.title, len(sheet.cells)) for sheet in flow(replace(argmap, motion=()))] == [
        ("A", 3),
        ("D", 1),
        ("E", 3),
    ]


def test_what_nothing_answers_says_so_in_words(read_map: Callable[[str], ArgumentMap]) -> None:
    growth, _ = flow(read_map(POLICY))
    said = {cell.item.title: cell.unanswered for cell in growth.cells.values()}
    assert said == {"Growth": False, "No growth": False, "It did": True, "Too slow": True, "Study": True}
    page = to_flow_html(read_map(POLICY))
    assert page.count("[unanswered]") == 4
    book = load_workbook(BytesIO(to_flow_xlsx(read_map(POLICY))))
    assert book["Growth"]["C3"].value == "It did in 2014.\n[unanswered]"
    assert book["Growth"]["C3"].border.left.style == "mediumDashed"
    assert book["Growth"]["A3"].border.left.style == "thin"


def test_a_workbook_has_a_sheet_a_position_and_a_frozen_header(
    read_map: Callable[[str], ArgumentMap],
) -> None:
    book = load_workbook(BytesIO(to_flow_xlsx(read_map(POLICY))))
    assert book.sheetnames == ["Growth", "Too dear"]
    for page in book.worksheets:
        assert [cell.value for cell in page[1]] == ["1AC", "1NC", "2AC", "Block", "1AR", "2NR", "2AR"]
        assert page["A2"].value == page.title
        assert page.freeze_panes == "A2"


@pytest.mark.parametrize("name", ORDERS)
def test_every_format_has_its_speeches(read_map: Callable[[str], ArgumentMap], name: str) -> None:
    sheet = flow(read_map(POLICY.replace("debateFormat: policy", f"debateFormat: {name}")))[0]
    assert sheet.columns[: len(ORDERS[name])] == [speech for speech, _ in ORDERS[name]]


def test_a_circle_of_attacks_ends(read_map: Callable[[str], ArgumentMap]) -> None:
    (sheet,) = flow(read_map("[M]: Motion. {kind: motion}\n  - [A]: One.\n    - [B]: Two.\n      - [A]\n"))
    assert [cell.again for _, cell in sorted(sheet.cells.items())] == [False, False, True]


def test_a_text_that_looks_like_a_formula_is_text(read_map: Callable[[str], ArgumentMap]) -> None:
    argmap_ = read_map(
        "[M]: Motion. {kind: motion}\n  + [A]: =1+1 is a formula\n  - [B]: \\<script\\>alert(1)\n"
    )
    page = load_workbook(BytesIO(to_flow_xlsx(argmap_))).worksheets[0]
    assert page["A3"].data_type == "s"
    assert str(page["A3"].value).startswith("=1+1 is")
    assert "<script>" not in to_flow_html(argmap_)


@settings(max_examples=40)
@given(argument_maps())
def test_any_map_has_a_flow(made: ArgumentMap) -> None:
    load_workbook(BytesIO(to_flow_xlsx(made)))
    assert to_flow_html(made).endswith("</html>\n")


def test_sheet_names_are_allowed_and_differ() -> None:
    long = "A very long title of a position, longer than any sheet's name may be"
    names = sheet_names([Sheet(title, []) for title in (long, long, "a/b: [c]?", "", "History")])
    assert len({name.casefold() for name in names}) == 5
    assert all(0 < len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)


def test_the_command_writes_both_kinds(tmp_path: Path) -> None:
    for name, start in (("f.xlsx", b"PK"), ("f.html", b"<!doctype html>")):
        assert argmap("flow", "--file", EXAMPLE, "-o", tmp_path / name).code == 0
        assert (tmp_path / name).read_bytes().startswith(start)
    outcome = argmap("flow", "--file", EXAMPLE, "-o", tmp_path / "f.txt")
    assert (outcome.code, ".xlsx or .html" in outcome.err) == (1, True)


def blocks(tmp_path: Path) -> Path:
    doc = (
        Doc()
        .block("Case---1AC")
        .card("One two", "Roe 19", " [Jane Roe]", read("word " * 46), under("unread"))
    )
    return doc.tag("An analytic of five words").save(tmp_path / "b.docx")


def test_a_speech_has_the_chosen_cards_in_order_and_the_running_time(tmp_path: Path) -> None:
    out = tmp_path / "Speech 1AC.docx"
    chosen = ("An analytic of five words", "One two")
    outcome = argmap("speech", "--file", blocks(tmp_path), *chosen, "-o", out, "--wpm", 60)
    assert outcome.code == 0, outcome.err
    assert "2 parts, 0:55 at 60 words a minute" in outcome.err
    again = read_map_file(out)
    assert [item.text for item in again.items if "headings" in item.extra] == list(chosen)
    (card,) = (item for item in again.items if isinstance(item, Evidence))
    assert card.extra["undertags"] == ["[0:50; 0:55 so far]"]
    assert card.short_cite == "Roe 19"
    assert again.items[0].title == "Speech 1AC (0:55 at 60 words a minute)"


def test_a_speech_goes_by_the_speed_of_its_format(tmp_path: Path) -> None:
    outcome = argmap("speech", "--file", blocks(tmp_path), "One two", "-o", tmp_path / "speech.docx")
    assert "at 300 words a minute" in outcome.err


def test_a_speech_by_another_name_is_warned_of(tmp_path: Path) -> None:
    outcome = argmap("speech", "--file", blocks(tmp_path), "One two", "-o", tmp_path / "1ac.docx")
    assert outcome.code == 0
    assert 'the word "Speech"' in outcome.err


def test_what_cannot_be_a_speech_is_said(tmp_path: Path) -> None:
    source = blocks(tmp_path)
    assert argmap("speech", "--file", source, "-o", tmp_path / "s.docx").code == 2
    outcome = argmap("speech", "--file", source, "One two", "-o", tmp_path / "s.txt")
    assert (outcome.code, "Word file" in outcome.err) == (1, True)
    outcome = argmap("speech", "--file", source, "Nothing like it", "-o", tmp_path / "s.docx")
    assert outcome.code == 1
