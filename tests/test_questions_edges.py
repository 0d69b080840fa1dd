"""Questions of maps that are awkward: circles, several motions, items on both sides."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from test_questions_items import BOTH_SIDES, CIRCLES, MOTIONS

from graph.model import ArgumentMap
from graph.questions.registry import QUESTIONS
from graph.result import Result


def rows(result: Result) -> list[tuple[str, str]]:
    """The first thing that each row says, and the item that it is about; unless the id comes first."""
    names = [column.name for column in result.columns]
    title = names.index("title")
    return [("" if names[0] == "id" else str(row[0]), str(row[title])) for row in result.rows]


def asked(argmap: ArgumentMap, question: str, *titles: str, **options: object) -> Result:
    ids = [next(item.id for item in argmap.items if item.title == title) for title in titles]
    return QUESTIONS[question].answer(argmap, *ids, **options)


@pytest.mark.parametrize(
    ("question", "about", "options", "found"),
    [
        ("unanswered", (), {}, [("", "C")]),
        ("answers", ("A",), {}, [("rebut", "B")]),
        ("single-source", (), {}, [("card", "C")]),
        ("strike", ("A",), {}, [("struck", "A"), ("stands again", "M"), ("stands again", "B")]),
        ("strike", ("D",), {}, [("struck", "D"), ("loses all support", "M"), ("line breaks", "C")]),
        ("collapse", ("C",), {}, [("falls", "M"), ("weakened", "D")]),
        ("clash", (), {}, [("contested", "A"), ("contested", "B"), ("unmet", "C")]),
        ("conflicts", (), {}, []),
        ("attack", (), {"side": "pro"}, []),
        ("gaps", (), {"side": "con"}, [("no answer", "C")]),
        ("sink", ("C",), {}, [("1", "D")]),
        ("save", ("M",), {}, [("1", "A")]),
        ("path", ("D",), {}, [("1", "D"), ("1", "C"), ("1", "M")]),
    ],
)
def test_circles_of_attack_and_of_support(read_map, question, about, options, found):
    assert rows(asked(read_map(CIRCLES), question, *about, **options)) == found


@pytest.mark.parametrize(
    ("question", "about", "options", "found"),
    [
        ("unanswered", (), {}, [("", "B")]),
        ("path", ("A",), {}, [("1", "A"), ("1", "M"), ("2", "A"), ("2", "N")]),
        ("path", ("A",), {"limit": 1}, [("1", "A"), ("1", "M")]),
        ("strike", ("Card",), {}, [("struck", "Card"), ("loses all support", "N")]),
        ("collapse", ("Card",), {}, [("falls", "N")]),
        ("clash", (), {}, [("contested", "A")]),
        ("conflicts", (), {}, [("both sides", "A"), ("both sides", "B")]),
        ("save", ("M",), {}, [("1", "B")]),
        ("bare", (), {}, [("evidence", "A"), ("evidence", "B")]),
    ],
)
def test_several_motions(read_map, question, about, options, found):
    assert rows(asked(read_map(MOTIONS), question, *about, **options)) == found


def test_verdicts_name_each_motion(read_map):
    said = asked(read_map(MOTIONS), "verdict").summary
    assert said.endswith("The motion “M” falls. The motion “N” stands.")


@pytest.mark.parametrize("text", [MOTIONS, BOTH_SIDES])
@pytest.mark.parametrize("question", ["gaps", "attack"])
def test_what_is_on_both_sides_is_left_out_where_sides_are_asked_about(
    read_map: Callable[[str], ArgumentMap], text: str, question: str
) -> None:
    result = asked(read_map(text), question, side="pro")
    assert result.rows == ()
    assert "left out, being on both sides or on neither." in result.summary


def test_a_route_for_and_a_route_against(read_map):
    found = asked(read_map(BOTH_SIDES), "path", "Both")
    assert found.summary.endswith("1 for it, 1 against it.")
    assert [row[-1] for row in found.rows] == ["for the motion"] * 3 + ["against the motion"] * 3


def test_a_motion_that_contradicts_another(read_map):
    argmap = read_map(BOTH_SIDES)
    assert asked(argmap, "path", "M").summary.startswith("“M” is itself a motion. One route leads")
    assert rows(asked(argmap, "answers", "C")) == [("rebut", "M")]
    assert rows(asked(argmap, "save", "M")) == [("1", "B"), ("1", "C")]
    assert [row[0] for row in rows(asked(argmap, "conflicts"))] == ["both sides"] * 4


def test_one_answer_at_several_points_is_one_answer(read_map):
    argmap = read_map("""
        [M]: The motion.
          - [A]: It costs jobs.
            - [Ours]: It makes jobs.
          - [B]: It costs trade.
            - [Ours]
    """)
    result = asked(argmap, "attack", side="pro")
    assert rows(result) == [("", "Ours"), ("", "Ours")]
    assert result.summary.startswith(
        "1 answer of side pro stands on the map against side con, at 2 points. The best: “Ours” against “A”"
    )
