"""What the page is given for its views: the flow and the clash by place, the speeches in their order."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from importlib.resources import files
from typing import Any

from drawn_maps import made
from hypothesis import given, settings
from strategies import argument_maps

from graph.draw.tree import forest
from graph.draw.views import AGAIN, CITED, UNANSWERED, views
from graph.draw.words import words
from graph.flow import flow
from graph.model import ArgumentMap
from graph.questions.clash import clash

Read = Callable[[str], ArgumentMap]


def sheets_of(argmap: ArgumentMap, given_: dict[str, Any]) -> list[dict[tuple[int, int], tuple[object, ...]]]:
    """The flow as the page reads it: item, marks and cites by row and column."""
    items = [branch.item for branch in forest(argmap).branches]
    found = []
    for numbers in given_["sheets"]:
        cells = {}
        row = at = 0
        while at < len(numbers):
            down, column, place, mark = numbers[at : at + 4]
            row, at = row + down, at + 4
            count = numbers[at] if mark & CITED else 0
            at += 1 if mark & CITED else 0
            cites = tuple(given_["cites"][cite] for cite in numbers[at : at + count])
            at += count
            cells[row, column] = (items[place], bool(mark & UNANSWERED), bool(mark & AGAIN), cites)
        found.append(cells)
    return found


@settings(max_examples=60)
@given(argument_maps())
def test_the_flow_of_any_map_is_the_one_that_is_written(argmap: ArgumentMap):
    shown = views(argmap, forest(argmap))
    expected = [
        {
            place: (cell.item.id, cell.unanswered, cell.again, cell.cites)
            for place, cell in sheet.cells.items()
        }
        for sheet in flow(argmap)
    ]
    given_ = sheets_of(argmap, shown["flow"])
    assert given_ == expected[: len(given_)]
    assert shown["flow"]["left_out"] == (len(given_) < len(expected))


@settings(max_examples=60)
@given(argument_maps())
def test_the_clash_of_any_map_is_the_one_that_is_answered(argmap: ArgumentMap):
    items = [branch.item for branch in forest(argmap).branches]
    shown = views(argmap, forest(argmap))["clash"]
    numbers = list(shown["contested"])
    found = []
    while numbers:
        place, depth, own, against, count = numbers[:5]
        found.append((items[place], count, depth, own, against))
        assert len(set(numbers[5 : 5 + count])) == count > 0
        del numbers[: 5 + count]
    rows = clash(argmap, limit=None).rows
    assert found == [(row[1], *row[5:]) for row in rows if row[0] == "contested"]
    assert [items[place] for place in shown["unmet"]] == [row[1] for row in rows if row[0] == "unmet"]


def test_a_flow_that_repeats_itself_without_end_is_cut_and_says_so(read_map: Read):
    # Each position holds all that supports any: as many sheets as arguments, each with every argument.
    names = [f"C{number}" for number in range(30)]
    lines = ["[M]: Motion. {kind: motion}", *(f"  + [{name}]: {name}." for name in names)]
    for name in names:
        lines += ["", f"[{name}]", *(f"  + [{other}]" for other in names if other != name)]
    argmap = read_map("\n".join(lines) + "\n")
    shown = views(argmap, forest(argmap))["flow"]
    assert shown["left_out"]
    cells = sum(len(sheet) for sheet in sheets_of(argmap, shown))
    assert cells <= 4 * len(argmap.items) + 1 < sum(len(sheet.cells) for sheet in flow(argmap))


def test_the_numbers_of_a_map_ten_times_as_large_are_about_ten_times_as_many():
    sizes = []
    for size in (300, 3_000):
        argmap = made(size)
        sizes.append(len(str(views(argmap, forest(argmap)))))
    assert sizes[1] < 20 * sizes[0]


def test_speeches_stand_in_the_order_of_the_format_and_the_block_is_one(read_map: Read):
    argmap = read_map(
        "[M]: Motion. {kind: motion}\n"
        "  - [A]: One. {speech: 1NC}\n"
        "    - [B]: Two. {speech: 2ac}\n"
        "      - [C]: Three. {speech: 2NC}\n"
        "      - [D]: Four. {speech: 1NR}\n"
        "  + [E]: Five. {speech: 1AC}\n"
    )
    shown = views(argmap, forest(argmap))["speeches"]
    assert shown["names"] == ["1AC", "1NC", "2AC", "Block"]
    titles = [argmap.by_id[branch.item].title for branch in forest(argmap).branches]
    said = dict(zip(titles, shown["of"], strict=True))
    assert said == {"M": -1, "E": 0, "A": 1, "B": 2, "C": 3, "D": 3}


def test_speeches_of_no_format_stand_as_they_are_first_named(read_map: Read):
    argmap = read_map("[M]: Motion. {kind: motion, speech: opening}\n  - [A]: One. {speech: reply}\n")
    assert views(argmap, forest(argmap))["speeches"] == {"names": ["opening", "reply"], "of": [0, 1]}
    bare = replace(argmap, items=tuple(replace(item, speech=None) for item in argmap.items))
    assert views(bare, forest(bare))["speeches"] == {"names": [], "of": []}


def test_every_word_that_the_script_says_is_in_the_table_and_no_other():
    folder = files("graph.draw") / "js"
    code = "".join(file.read_text(encoding="utf-8") for file in folder.iterdir() if file.name.endswith(".js"))
    template = (files("graph.draw") / "page.html.j2").read_text(encoding="utf-8")
    python = "".join(
        file.read_text(encoding="utf-8")
        for file in files("graph.draw").iterdir()
        if file.name.endswith(".py")
    )
    named = set(re.findall(r'\bsay\(\s*"(\w+)"', code)) | set(re.findall(r"\bwords\.(\w+)", template))
    assert named - set(words()) == set()
    begun = {*re.findall(r"`([a-z]+_)", code), "taking_", "paper_"}
    mentioned = named | set(re.findall(r'"(\w+)"', code + python))
    assert {name for name in words() if name not in mentioned and not name.startswith(tuple(begun))} == set()
