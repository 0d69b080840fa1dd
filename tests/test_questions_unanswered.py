"""What nobody has answered on a map, and what answers there are to one item."""

from __future__ import annotations

import pytest

from graph.model import ArgumentMap
from graph.questions.items import find_item
from graph.questions.unanswered import answers, unanswered
from graph.result import Result


def titles(result: Result) -> list[object]:
    place = [column.name for column in result.columns].index("title")
    return [row[place] for row in result.rows]


def column(result: Result, name: str) -> list[object]:
    place = [one.name for one in result.columns].index(name)
    return [row[place] for row in result.rows]


def answered(argmap: ArgumentMap, title: str, **options: str) -> list[str]:
    """The answers to an item: how each attacks, and its title."""
    result = answers(argmap, find_item(argmap, title).id, **options)
    return [f"{kind} {title}" for kind, title in zip(column(result, "attack"), titles(result), strict=True)]


TAX = """
    [Tax]: A sugar tax cuts obesity.
      - [Poor]: It hits the poor hardest.
        - [Fair]: So does obesity.
      + [Mexico]: It worked in Mexico.
"""


def test_what_nothing_answers_is_unanswered_nearest_to_the_motion_first(read_map):
    result = unanswered(read_map(TAX))
    assert titles(result) == ["Mexico", "Fair"]
    assert column(result, "steps") == [1, 2]
    assert column(result, "id") == ["map/mexico", "map/fair"]
    assert result.summary == (
        "2 of 3 claims and rebuttals are unanswered on the map; all reach the motion. "
        "An answer may lie elsewhere."
    )


def test_a_side_is_asked_for_its_own(read_map):
    assert titles(unanswered(read_map(TAX), side="pro")) == ["Mexico", "Fair"]
    assert titles(unanswered(read_map(TAX), side="con")) == []
    assert unanswered(read_map(TAX), side="con").summary == (
        "The one claim or rebuttal of side con is answered on the map."
    )


def test_the_motion_is_never_a_row_but_it_is_said_when_nothing_attacks_it(read_map):
    result = unanswered(read_map("[Tax]: A sugar tax.\n  + [Mexico]: It worked."))
    assert titles(result) == ["Mexico"]
    assert result.summary.endswith("Nothing on the map attacks the motion itself.")
    assert "attacks the motion" not in unanswered(read_map(TAX)).summary


def test_an_undercut_step_is_an_answer_to_what_it_starts_from_and_to_what_it_leads_to(read_map):
    argmap = read_map("""
        [Tax]: A sugar tax cuts obesity.
          + [Trend]: Obesity fell.
            + [Survey]: A survey says so.
            _ [Before]: It fell before the tax too.
    """)
    assert answered(argmap, "Trend") == ["undercut Before"]
    assert column(answers(argmap, "map/trend"), "on") == ["its step to “Tax”"]
    assert answered(argmap, "Tax") == ["undercut Before"]
    assert column(answers(argmap, "map/tax"), "on") == ["the step from “Trend” to it"]
    assert answered(argmap, "Survey") == []
    assert titles(unanswered(argmap)) == ["Survey", "Before"] or titles(unanswered(argmap)) == [
        "Before",
        "Survey",
    ]


def test_an_attack_on_the_card_is_an_answer_to_what_the_card_supports(read_map):
    argmap = read_map("""
        [Tax]: A sugar tax cuts obesity.
          + [Mexico]: It worked in Mexico.
            + [Study]: Sales fell. {quote: "sales fell"}
              - [Old]: The study is from 1990.
    """)
    assert answered(argmap, "Mexico") == ["undermine Old"]
    assert answered(argmap, "Study") == ["undermine Old"]
    assert titles(unanswered(argmap)) == ["Old"]


def test_answers_are_grouped_by_how_they_attack(read_map):
    argmap = read_map("""
        [Tax]: A sugar tax cuts obesity.
          + [Mexico]: It worked in Mexico.
            _ [Luck]: Other causes were at work.
            - [Not]: It did not.
            - [Even so]: That is a reason against it. {turn: true}
            + [Study]: Sales fell. {quote: "sales fell"}
              - [Old]: The study is from 1990.
            - [Nor]: Nor in Peru.
    """)
    assert answered(argmap, "Mexico") == [
        "rebut Not",
        "rebut Nor",
        "undercut Luck",
        "undermine Old",
        "turn Even so",
    ]
    result = answers(argmap, "map/mexico")
    assert result.summary == "5 answers to “Mexico”: 2 rebuts, 1 undercut, 1 undermine, 1 turn."
    assert column(result, "on")[2:4] == ["its step to “Tax”", "the card “Study”"]
    assert column(result, "hits")[0] == "map/mexico"


def test_answers_of_one_kind_only_are_warned_of(read_map):
    argmap = read_map("""
        [Tax]: A tax.
          + [Mexico]: It worked.
            - [Not]: It did not.
            - [Nor]: Nor in Peru.
    """)
    assert (
        answers(argmap, "map/mexico").summary
        == "2 answers to “Mexico”: 2 rebuts. They all rebut it: one kind of reply meets them all."
    )


def test_no_answer_is_said_in_words_that_claim_no_more_than_the_map_knows(read_map):
    argmap = read_map(TAX)
    assert answers(argmap, "map/fair").rows == ()
    assert answers(argmap, "map/fair").summary == (
        "Nothing on the map answers “Fair”. It is unanswered on the map; an answer may lie elsewhere."
    )


def test_answers_of_one_side(read_map):
    argmap = read_map("""
        [Tax]: A tax.
          - [Poor]: It hits the poor.
          - [Rich]: It hits the rich. {side: pro}
    """)
    assert answered(argmap, "Tax", side="con") == ["rebut Poor"]
    assert answered(argmap, "Tax", side="pro") == ["rebut Rich"]


def test_a_contradiction_answers_both_ends(read_map):
    argmap = read_map("""
        [Tax]: A tax.
          + [Up]: Prices rise.
          - [Down]: Prices fall.

        [Up]
          >< [Down]
    """)
    assert answered(argmap, "Up") == ["rebut Down"]
    assert answered(argmap, "Down") == ["rebut Up"]
    assert titles(unanswered(argmap)) == []


def test_what_leads_nowhere_is_unanswered_and_comes_last(read_map):
    result = unanswered(read_map(TAX + "\n\n    [Alone]: Sugar is sweet.\n"))
    assert titles(result) == ["Mexico", "Fair", "Alone"]
    assert column(result, "steps") == [1, 2, None]
    assert "; 2 reach the motion." in result.summary


def test_circles_end(read_map):
    argmap = read_map("""
        [Motion]: M. {kind: motion}
          - [A]: a
            - [B]: b
              - [A]
    """)
    assert unanswered(argmap).rows == ()
    assert answered(argmap, "A") == ["rebut B"]


def test_a_limit_leaves_out_the_farthest_and_says_so(read_map):
    result = unanswered(read_map(TAX), limit=1)
    assert titles(result) == ["Mexico"]
    assert result.truncated
    assert result.summary.startswith("2 of 3 ")


@pytest.mark.parametrize(
    ("text", "summary"),
    [
        ("// nothing\n", "The map holds no claims or rebuttals."),
        (
            "[A]: a",
            "The one claim or rebuttal is unanswered on the map; it does not reach the motion. "
            "An answer may lie elsewhere. The map names no motion, so nothing reaches one; "
            "say which it is (in Argdown: {kind: motion}).",
        ),
    ],
)
def test_maps_with_nothing_in_them_get_a_sentence(read_map, text, summary):
    assert unanswered(read_map(text)).summary == summary


def test_several_motions_are_each_a_goal(read_map):
    argmap = read_map("""
        [One]: One. {kind: motion}
          - [A]: a

        [Two]: Two. {kind: motion}
          + [B]: b
            + [A]
    """)
    assert titles(unanswered(argmap)) == ["A", "B"]
    assert column(unanswered(argmap), "steps") == [1, 1]


def test_the_freshest_answer_comes_first_with_its_precision_and_seconds(read_map):
    argmap = read_map("""
        ===
        sources:
          old: {title: Old, date: "2010"}
          new: {title: New, date: "2021-05"}
        ===
        [M]: m
          - [A]: a claim
            - [Old]: one two three {source: old}
            - [Undated]: never dated
            - [New]: by its card
              + <Card>: tag {source: new, quote: "ten words are quoted here and all of them count"}
    """)
    result = answers(argmap, "map/a")
    assert titles(result) == ["New", "Old", "Undated"]
    assert column(result, "date") == ["2021-05", "2010", None]
    assert column(result, "precision") == ["month", "year", None]
    assert column(result, "seconds") == [4, 1, 1]


def test_unanswered_within_an_item_and_of_a_kind(read_map):
    argmap = read_map("[M]: m\n  + [A]: a\n    + [B]: b {kind: link}\n  + [C]: c {kind: link}\n")
    assert titles(unanswered(argmap, within="map/a")) == ["A", "B"]
    assert titles(unanswered(argmap, kind="link")) == ["C", "B"]
    assert "within “A”" in unanswered(argmap, within="map/a").summary
