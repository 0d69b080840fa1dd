"""Where cards go: never over each other, in the order they are read, and the same on the page."""

from __future__ import annotations

import random
import re

import pytest
from commandline import ROOT

from graph.draw import layout
from graph.draw.layout import GAP, Box, Place, place

SIZES = {
    "width": layout.WIDTH,
    "banner": layout.BANNER,
    "indent": layout.INDENT,
    "gutter": layout.GUTTER,
    "gap": layout.GAP,
    "stepIn": layout.STEP_IN,
    "stepIns": layout.STEP_INS,
}


def grown(seed: int, size: int) -> list[Box]:
    """Boxes of a tree that has everything: several roots, wings, joints with premises, boxes beside."""
    chance = random.Random(seed)
    boxes: list[Box] = []

    def high() -> float:
        return float(chance.randint(40, 220))

    waiting: list[tuple[int | None, bool, bool, bool, bool]] = []
    while len(boxes) < size:
        if not waiting:
            waiting.append((None, False, False, False, False))
        parent, beside, inset, wing, joint = waiting.pop()
        index = len(boxes)
        boxes.append(Box(parent, high(), beside, inset, wing, joint))
        children: list[tuple[int | None, bool, bool, bool, bool]] = []
        if joint:
            children = [(index, True, False, False, False) for _ in range(chance.randint(1, 3))]
        else:
            plain = chance.choice((0, 0, 1, 2, 3))
            children = [(index, False, False, False, chance.random() < 0.2) for _ in range(plain)]
        if parent is None:
            children += [(index, False, False, True, False) for _ in range(chance.randint(0, 3))]
        elif chance.random() < 0.3:
            children.append((index, True, True, False, False))
        waiting.extend(reversed(children))
    return boxes


def overlapping(boxes: list[Box], places: list[Place]) -> list[tuple[int, int]]:
    found = []
    shown = [(p, b.height, i) for i, (b, p) in enumerate(zip(boxes, places, strict=True)) if not b.joint]
    for at, (one, high, i) in enumerate(shown):
        for two, high_two, j in shown[at + 1 :]:
            aside = one.x + one.width <= two.x or two.x + two.width <= one.x
            apart = one.y + high <= two.y or two.y + high_two <= one.y
            if not (aside or apart):
                found.append((i, j))
    return found


@pytest.mark.parametrize("seed", range(40))
def test_no_two_boxes_overlap(seed: int):
    boxes = grown(seed, 120)
    assert overlapping(boxes, place(boxes)) == []


@pytest.mark.parametrize("seed", range(20))
def test_a_column_is_read_from_top_to_bottom(seed: int):
    boxes = grown(seed, 120)
    lowest: dict[tuple[int, int], float] = {}
    root = 0
    for index, (box, at) in enumerate(zip(boxes, place(boxes), strict=True)):
        root = index if box.parent is None else root
        if not box.joint:
            assert at.y >= lowest.get((root, at.column), 0.0)
            lowest[root, at.column] = at.y + box.height


def test_a_parent_is_level_with_its_first_child():
    boxes = [Box(None, 50), Box(0, 80), Box(1, 100), Box(1, 60), Box(0, 80), Box(4, 30)]
    at = place(boxes)
    assert at[1].y == at[2].y == 50 + GAP
    assert at[3].y == at[2].y + 100 + GAP
    assert at[4].y == at[5].y == at[3].y + 60 + GAP


def test_what_is_against_a_root_stands_right_of_what_is_for_it():
    boxes = [Box(None, 50), Box(0, 80), Box(1, 80), Box(0, 90, wing=True), Box(3, 40)]
    at = place(boxes)
    assert at[3].x > at[2].x
    assert at[3].y == at[1].y
    assert at[0].width >= at[3].x + at[3].width


def test_nothing_gives_nothing():
    assert place([]) == []


@pytest.mark.browser
def test_the_page_places_cards_as_python_does(chromium):
    page = chromium.new_page()
    text = (ROOT / "graph/draw/js/layout.js").read_text(encoding="utf-8")
    page.evaluate(f"() => {{ {re.sub('^export ', '', text, flags=re.MULTILINE)}; window.place = place; }}")
    for seed in range(40):
        boxes = grown(seed, 150)
        given = [
            {
                "parent": -1 if box.parent is None else box.parent,
                "height": box.height,
                "beside": box.beside,
                "inset": box.inset,
                "wing": box.wing,
                "joint": box.joint,
            }
            for box in boxes
        ]
        there = page.evaluate("([boxes, sizes]) => place(boxes, sizes)", [given, SIZES])
        here = [{"x": at.x, "y": at.y, "width": at.width, "column": at.column} for at in place(boxes)]
        assert there == here
    page.close()
