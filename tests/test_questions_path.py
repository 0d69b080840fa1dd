"""The routes from an item to the motion."""

from __future__ import annotations

import pytest

from graph.errors import QuestionError
from graph.model import ArgumentMap
from graph.questions.items import find_item
from graph.questions.path import path


def routes(argmap: ArgumentMap, title: str, limit: int = 5) -> list[str]:
    """Each route as one line: what is on it, and how it goes on from there."""
    result = path(argmap, find_item(argmap, title).id, limit=limit)
    names = [column.name for column in result.columns]
    lines: dict[object, list[str]] = {}
    for row in result.rows:
        cells = dict(zip(names, row, strict=True))
        lines.setdefault(cells["route"], []).append(f"{cells['title']} {cells['then']}")
    return [" > ".join(line) for line in lines.values()]


MANY = """
    [M]: The motion.
      + [A]: a
        + [X]: x
      - [B]: b
        - [C]: c
          + [X]
"""


def test_routes_come_shortest_first(read_map):
    argmap = read_map(MANY)
    assert routes(argmap, "X") == [
        "X supports > A supports > M (the motion)",
        "X supports > C rebuts > B rebuts > M (the motion)",
    ]
    assert path(argmap, "map/x").summary == (
        "2 routes lead from “X” to the motion; the shortest has 2 steps. They speak for it."
    )


def test_one_row_is_one_sentence_with_its_id(read_map):
    result = path(read_map(MANY), "map/a")
    assert result.rows == (
        (1, "map/a", "A", "a", "supports", "weakest", 1, "for the motion"),
        (1, "map/m", "M", "The motion.", "(the motion)", "", 1, "for the motion"),
    )


def test_an_odd_number_of_attacks_is_against_the_motion(read_map):
    argmap = read_map(MANY)
    effects = {title: path(argmap, f"map/{title}").rows[0][-1] for title in "abc"}
    assert effects == {"a": "for the motion", "b": "against the motion", "c": "for the motion"}
    assert path(argmap, "map/b").summary.endswith(", in 1 step. It speaks against it.")


def test_routes_may_disagree(read_map):
    argmap = read_map("""
        [M]: The motion.
          + [A]: a
            + [X]: x
          - [B]: b
            + [X]
    """)
    assert path(argmap, "map/x").summary.endswith("; the shortest has 2 steps. 1 for it, 1 against it.")


def test_what_is_over_the_limit_is_said_to_be_there(read_map):
    argmap = read_map(MANY)
    result = path(argmap, "map/x", limit=1)
    assert {row[0] for row in result.rows} == {1}
    assert result.truncated
    assert result.summary == (
        "The shortest route leads from “X” to the motion, in 2 steps; there are more. It speaks for it."
    )
    assert not path(argmap, "map/x", limit=2).truncated


def test_an_undercut_leads_on_by_the_step(read_map):
    argmap = read_map("""
        [M]: The motion.
          + [Trend]: Obesity fell.
            _ [Before]: It fell before.
    """)
    assert routes(argmap, "Before") == [
        "Before undercuts > From Trend to M leads to > M (the motion)",
    ]
    assert path(argmap, "map/before").rows[0][-2:] == (1, "against the motion")


def test_an_undercut_attack_is_for_what_was_attacked(read_map):
    argmap = read_map("""
        [M]: The motion.
          - [Able]: Are they able?
            _ [Double]: A double standard.
    """)
    assert routes(argmap, "Double") == [
        "Double undercuts > From Able against M leads against > M (the motion)",
    ]
    assert path(argmap, "map/double").rows[0][-1] == "for the motion"


def test_premises_go_by_their_direct_link(read_map):
    argmap = read_map("""
        [M]: The motion. {kind: motion}

        <Arg>: An argument.

        (1) [P]: p
        (2) [Q]: q
        ----
        (3) [M]
    """)
    assert routes(argmap, "P") == ["P supports > M (the motion)"]


def test_circles_are_walked_once(read_map):
    argmap = read_map("""
        [M]: The motion. {kind: motion}
          + [A]: a
            + [B]: b
              + [A]
              + [C]: c
    """)
    assert routes(argmap, "C") == ["C supports > B supports > A supports > M (the motion)"]


def test_a_route_ends_at_the_first_motion(read_map):
    argmap = read_map("""
        [One]: One. {kind: motion}
          + [Two]: Two. {kind: motion}
            + [A]: a
    """)
    assert routes(argmap, "A") == ["A supports > Two (the motion)"]
    assert routes(argmap, "Two") == ["Two supports > One (the motion)"]
    assert path(argmap, "map/two").summary == (
        "“Two” is itself a motion. One route leads from “Two” to another motion, in 1 step. It speaks for it."
    )


@pytest.mark.parametrize(
    ("item", "summary"),
    [
        ("M", "“M” is itself the motion."),
        ("Alone", "No route on the map leads from “Alone” to the motion."),
    ],
)
def test_no_route_is_said_in_words(read_map, item, summary):
    argmap = read_map("""
        [M]: The motion.
          + [A]: a

        [Alone]: Sugar is sweet.
    """)
    result = path(argmap, find_item(argmap, item).id)
    assert result.rows == ()
    assert result.summary == summary


def test_a_map_without_a_motion_says_how_to_name_one(read_map):
    assert "names no motion" in path(read_map("[A]: a"), "map/a").summary


def test_an_article_argues_for_nothing(read_map):
    argmap = read_map("[M]: The motion. {source: {title: A study}}\n  + [A]: a")
    with pytest.raises(QuestionError, match='"A study" is a source, which argues for nothing\n  Ask about'):
        path(argmap, find_item(argmap, "A study").id)


def test_the_weakest_step_is_marked_and_never_the_motion(read_map):
    argmap = read_map("""
        [M]: m {strength: 0.01}
          + [Weak]: w {strength: 0.1}
            + [Strong]: s {strength: 0.9}
    """)
    rows = path(argmap, "map/strong").rows
    assert [(row[2], row[5]) for row in rows] == [("Strong", ""), ("Weak", "weakest"), ("M", "")]
