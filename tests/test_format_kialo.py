"""Kialo's text export: numbers, stances, links, several theses, line breaks within claims."""

from __future__ import annotations

import pytest
from formats import FIXTURES, again, assert_same, fixture, kinds, said, written
from hypothesis import given, settings
from strategies import argument_maps

from graph.errors import InputError
from graph.export.losses import losses
from graph.model import Label
from ingest.reading import read, read_with_warnings


def test_claims_and_stances_are_read():
    argmap = fixture("kialo/tea.txt").argmap
    assert argmap.title == "Should tea be free?"
    assert len([item for item in argmap.items if item.label in (Label.CLAIM, Label.REBUTTAL)]) == 6
    assert [argmap.by_id[motion].text for motion in argmap.motion] == ["Tea should be free."]
    assert ("REBUTS", "It costs *money*.", "Tea should be free.") in said(argmap)


def test_a_line_break_within_a_claim_begins_no_claim_though_it_looks_like_one():
    texts = [item.text for item in fixture("kialo/tea.txt").argmap.items]
    assert "The effect is imagined,\n2. as we know from\n\nBoston." in texts


def test_see_uses_a_claim_again_with_the_stance_of_its_line():
    argmap = fixture("kialo/tea.txt").argmap
    title = "The effect is imagined, 2. as we know from Boston."
    assert {link for link in said(argmap) if link[1] == title} == {
        ("REBUTS", title, "It lifts morale [survey](https://example.org/s)."),
        ("SUPPORTS", title, "It costs *money*."),
    }


def test_a_link_within_a_claim_is_a_source():
    argmap = fixture("kialo/tea.txt").argmap
    assert ("CITES", "It lifts morale [survey](https://example.org/s).", "survey") in said(argmap)


def test_the_theses_of_a_debate_with_several_are_its_motions():
    argmap = fixture("kialo/several.txt").argmap
    assert [argmap.by_id[motion].text for motion in argmap.motion] == ["Tea.", "Coffee."]
    assert "What should we drink?" not in [item.text for item in argmap.items]


def test_a_thesis_may_be_a_link_to_a_claim_below_another():
    argmap = fixture("kialo/rules.txt").argmap
    assert [argmap.by_id[motion].text for motion in argmap.motion] == [
        "The \\[late\\] rule &amp; its fine.",
        " It fines  the sick. ",
        "The dress rule.",
    ]


def test_a_claim_without_a_stance_is_reported(tmp_path):
    path = tmp_path / "copy.txt"
    path.write_text("Discussion Title: T\r\n\r\n1. a\r\n1.1. Pro: b\r\n1.1.1. c\r\n", newline="")
    reading = read_with_warnings(path)
    assert [str(warning).partition("\n")[0] for warning in reading.warnings] == [
        f"{path}:5: the claim 1.1.1. is neither Pro nor Con, so it bears on nothing"
    ]
    assert said(reading.argmap) == {("SUPPORTS", "b", "a")}


@pytest.mark.parametrize("name", ["tea", "several", "rules"])
def test_what_was_read_is_written_as_it_stood(name, tmp_path):
    reading = fixture(f"kialo/{name}.txt")
    with (FIXTURES / f"kialo/{name}.txt").open(newline="") as file:
        assert written(reading.argmap, "kialo") == file.read()
    assert_same(again(reading.argmap, "kialo", tmp_path), reading.argmap)


def test_a_copy_without_carriage_returns_is_read(tmp_path):
    path = tmp_path / "copy.txt"
    path.write_text("Discussion Title: Tea\n\n1. Tea.\n1.1. Pro: Joy\nand more\n1.2. Con: Cost\n")
    assert [item.text for item in read(path).items] == ["Tea.", "Joy\nand more", "Cost"]


def test_a_claim_that_stands_twice_below_another_is_written_twice(tmp_path):
    lines = [
        "Discussion Title: Tea", "", "1. Tea.", "1.1. Pro: Joy.", "1.2. Con: Cost.",
        "1.2.1. Pro: -> See 1.1.", "1.2.2. Con: Sugar.", "1.2.3. Pro: -> See 1.1.", "1.3. Pro: -> See 1.1.",
        "1.4. Con: -> See 1.1.", "1.5. Pro: -> See 1.1.", "1.6. Con: -> See 1.4.",
    ]  # fmt: skip
    path = tmp_path / "twice.txt"
    path.write_text("".join(f"{line}\r\n" for line in lines), newline="")
    argmap = read(path)
    assert said(argmap) == {
        ("SUPPORTS", "Joy.", "Tea."),
        ("REBUTS", "Joy.", "Tea."),
        ("REBUTS", "Cost.", "Tea."),
        ("SUPPORTS", "Joy.", "Cost."),
        ("REBUTS", "Sugar.", "Cost."),
    }
    # 1.6. goes by way of 1.4., which is 1.1. as well.
    assert written(argmap, "kialo").split("\r\n")[:-1] == [*lines[:-1], "1.6. Con: -> See 1.1."]
    assert_same(again(argmap, "kialo", tmp_path), argmap)


def test_a_map_that_is_no_tree_becomes_one_with_links(read_map, tmp_path):
    argmap = read_map("""
        [Tea]: Tea should be free.
          + [Joy]: It cheers.
            - [Placebo]: The effect is imagined.
          - [Cost]: It costs money.
            - [Joy]
    """)
    assert written(argmap, "kialo").splitlines()[2:] == [
        "1. Tea should be free.",
        "1.1. Pro: It cheers.",
        "1.1.1. Con: The effect is imagined.",
        "1.2. Con: It costs money.",
        "1.2.1. Con: -> See 1.1.",
    ]


def test_circles_are_written_and_end(read_map):
    argmap = read_map("[A]: a\n  - [B]: b\n    - [A]\n")
    assert written(argmap, "kialo").splitlines()[2:] == ["1. a", "1.1. Con: b", "1.1.1. Con: -> See 1."]


def test_undercuts_are_named_as_left_out(read_map):
    argmap = read_map("[Tea]: Tea.\n  + <Joy>: It cheers.\n    _ <Placebo>: It is imagined.\n")
    lost = {loss.what: loss.of for loss in losses(argmap, "kialo")}
    assert lost["undercuts are left out"] == ("Placebo → From Joy to Tea",)


BROKEN = [
    ("Tea\n", ":1: this is no export of Kialo"),
    ("Discussion Title: Tea\r\n\r\n", ":1: the discussion has no claims"),
    ("Discussion Title: Tea\r\n\r\nTea.\r\n", ":3: this is no claim"),
    ("Discussion Title: Tea\r\n\r\n1. a\r\n1. b\r\n", ":4: the number 1. stands twice"),
    (
        "Discussion Title: Tea\r\n\r\n1. a\r\n1.1.1. Pro: b\r\n",
        ":4: the claim 1.1.1. stands under 1.1., which",
    ),
    ("Discussion Title: Tea\r\n\r\n1. a\r\n1.1. Pro: -> See 1.9.\r\n", ":4: it refers to 1.9., which"),
    (
        "Discussion Title: Tea\r\n\r\n1. a\r\n1.1. Pro: -> See 1.9.\r\n1.1.1. Con: b\r\n",
        ":4: it refers to 1.9., which",
    ),
]


@pytest.mark.parametrize(("content", "message"), BROKEN)
def test_what_is_wrong_is_said_by_line(content, message, tmp_path):
    path = tmp_path / "broken.txt"
    path.write_text(content, newline="")
    with pytest.raises(InputError) as caught:
        read(path, format="kialo")
    assert str(caught.value).startswith(f"{path}{message}")


@settings(max_examples=50)
@given(argmap=argument_maps())
def test_any_map_is_written_as_a_tree_that_is_read_again(argmap, tmp_path_factory):
    if any(item.label in (Label.CLAIM, Label.REBUTTAL, Label.EVIDENCE) for item in argmap.items):
        first = again(argmap, "kialo", tmp_path_factory.mktemp("kialo"))
        second = again(first, "kialo", tmp_path_factory.mktemp("kialo"))
        assert kinds(second) == kinds(first)
