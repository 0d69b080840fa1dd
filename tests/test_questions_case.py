"""Gaps, single sources, clash, conflicts, attack and diff, on maps that a coach would write."""

from __future__ import annotations

from dataclasses import replace

import pytest
from commandline import EXAMPLE, argmap

from graph.errors import QuestionError
from graph.model import ArgumentMap
from graph.questions.attack import attack
from graph.questions.clash import clash, conflicts
from graph.questions.diff import diff
from graph.questions.gaps import gaps
from graph.questions.single_source import single_source
from graph.result import Result

TAX = """
    [Tax]: A sugar tax cuts obesity.
      - [Poor]: It hits the poor hardest.
        + [Share]: They spend a larger share on food.
        - [Fair]: So does obesity.
      - [Border]: People will shop across the border.
      + [Mexico]: It worked in Mexico.
        - [Small]: The effect was small.
"""
SOURCES = """
    ===
    sources:
      a: {title: One, author: [Jo Smith], publisher: Times, date: "2020"}
      b: {title: Two, author: [Jo Smith, Al Ray], publisher: Post, date: "2021-05"}
      c: {title: Three, author: [Bo Lee], publisher: Post, date: "2022"}
    ===
    [M]: The motion.
      + [Author]: by one author
        + <A1>: a1 {source: a, quote: "alpha beta gamma"}
        + <B1>: b1 {source: b, quote: "delta epsilon zeta"}
      + [Publisher]: by one publisher
        + <B1>
        + <C1>: c1 {source: c, quote: "eta theta iota"}
      + [Card]: on one card
        + [Between]: between
          + <A1>
      + [Passage]: on one passage
        + <A1>
        + <A2>: a2 {source: c, quote: "Alpha, beta, gamma!"}
      + [Own]: cites one itself {source: a}
"""


def column(result: Result, name: str) -> list[object]:
    place = [one.name for one in result.columns].index(name)
    return [row[place] for row in result.rows]


def pairs(result: Result, name: str) -> list[tuple[object, object]]:
    return list(zip(column(result, name), column(result, "title"), strict=True))


def test_gaps_are_theirs_unanswered_and_ours_attacked(read_map):
    result = gaps(read_map(TAX), side="pro")
    assert sorted(pairs(result, "gap")) == [
        ("attacked", "Mexico"),
        ("no answer", "Border"),
        ("no answer", "Share"),
        ("no answer", "Small"),
    ]
    assert column(result, "steps") == sorted(column(result, "steps"))
    assert dict(zip(column(result, "title"), column(result, "attacker"), strict=True))["Mexico"] == "Small"
    assert column(gaps(read_map(TAX), side="con"), "title") == ["Poor", "Fair"]


def test_gaps_within_an_item_and_none(read_map):
    assert column(gaps(read_map(TAX), side="pro", within="map/mexico"), "title") == ["Mexico", "Small"]
    answered = read_map("[M]: m\n  - [A]: a\n    - [B]: b\n")
    result = gaps(answered, side="pro")
    assert result.summary.startswith("Side pro leaves nothing open")


def test_a_claim_rests_on_the_narrowest_it_has_in_common(read_map):
    result = single_source(read_map(SOURCES))
    assert {title: what for what, title in pairs(result, "rests_on")} == {
        "Author": "author",
        "Publisher": "publisher",
        "Card": "card",
        "Between": "card",
        "Passage": "passage",
    }
    assert column(result, "title")[:2] == ["Card", "Between"]  # the largest group, nearest first
    assert "--all lists them" in result.summary
    assert "Own" in column(single_source(read_map(SOURCES), all=True), "title")


def test_a_circle_of_support_does_not_keep_single_source_busy(read_map):
    argmap = read_map("""
        [M]: m
          + [A]: a
            + [B]: b
              + [A]
              + <Card>: card {quote: "words of it"}
    """)
    assert sorted(column(single_source(argmap), "title")) == ["A", "B"]


def test_clash_goes_by_depth_and_names_what_nobody_meets(read_map):
    result = clash(read_map(TAX))
    assert pairs(result, "clash") == [
        ("contested", "Poor"),
        ("contested", "Mexico"),
        ("unmet", "Border"),
    ]
    deep = clash(read_map("[M]: m\n  - [A]: a\n    - [B]: b\n      - [C]: c\n"))
    assert column(deep, "depth") == [2, 1]


def test_a_circle_of_attacks_has_a_depth(read_map):
    result = clash(read_map("[M]: m\n  - [A]: a\n    - [B]: b\n      - [A]\n"))
    assert column(result, "clash") == ["contested", "contested"]
    assert all(0 < depth <= 2 for depth in column(result, "depth"))


def test_conflicts_are_possible_and_quote_both(read_map):
    argmap = read_map("""
        [Growth]: Growth is good. {kind: motion}
          - [Link]: It rises anyway. {kind: link turn, turn: true, side: con}
          - [Impact]: Growth is bad. {kind: impact turn, turn: true, side: con}
          - [Card side]: aside
            + <One>: tag {quote: "Words that both sides quote"}
          + [For]: for
            + <Two>: tag2 {quote: "words that both sides quote!"}
            - [Own]: against our own {side: pro}
    """)
    result = conflicts(argmap)
    assert set(pairs(result, "conflict")) == {
        ("double turn", "Link"),
        ("own attack", "Own"),
        ("same passage", "One"),
    }
    place = column(result, "conflict").index("same passage")
    assert column(result, "text")[place] == "Words that both sides quote"
    assert "3 possible conflicts" in result.summary
    assert conflicts(argmap, side="pro").summary.startswith("2 possible conflicts of side pro")
    assert conflicts(read_map(TAX)).summary.startswith("No conflict shows on the map")


def test_the_best_line_hits_what_carries_most(read_map):
    argmap = read_map("""
        [M]: m
          - [Small]: small point
            - [X]: x
          - [Big]: big point
            + [P]: p
            + [Q]: q
            - [Y]: y
    """)
    result = attack(argmap, side="pro")
    assert column(result, "title") == ["Y", "X"]
    assert column(result, "carries") == [2, 0]


def test_a_line_against_our_own_case_or_that_falls_is_left_out(read_map):
    falls = attack(read_map("[M]: m\n  - [A]: a\n    - [X]: x\n      - [Z]: z\n"), side="pro")
    assert falls.rows == ()
    assert "no answer on the map that stands" in falls.summary
    both = attack(
        read_map("[M]: m\n  + [Ours]: o\n    - [Y] {side: pro}\n  - [B]: b\n    - [Y]: y\n"), side="pro"
    )
    assert both.rows == ()
    assert "1 is left out: also against our own case." in both.summary


@pytest.mark.parametrize("ask", [gaps, attack])
def test_a_map_without_sides_says_how_to_give_them(ask, read_map):
    argmap = read_map("<A>: a\n  - <B>: b\n")
    sideless = ArgumentMap(id="bare", title="Bare", items=argmap.items[1:2], links=())
    with pytest.raises(QuestionError, match="argmap set bare ITEM side=pro"):
        ask(
            ArgumentMap(
                id="bare",
                title="Bare",
                items=tuple(type(i)(id=i.id, title=i.title, text=i.text) for i in sideless.items),
            ),
            side="pro",
        )


def test_no_gap_is_told_apart_from_no_other_side(read_map):
    argmap = read_map("[M]: m\n  + [A]: a\n")
    assert gaps(argmap, side="pro").summary == (
        "Nothing of side con is on the map, and nothing of side pro is attacked."
    )


def test_an_empty_map_answers_in_words(read_map):
    empty = ArgumentMap(id="empty", title="Nothing")
    for result in (single_source(empty), clash(empty), conflicts(empty), gaps(empty, side="pro")):
        assert result.rows == ()
        assert result.summary
    no_motion = read_map("[A]: a {side: con}\n  + [B]: b {side: pro}\n  + [C]: c {side: pro}\n")
    told = attack(replace(no_motion, motion=()), side="con").summary
    assert "names no motion" in told


def test_several_motions_are_each_met(read_map):
    argmap = read_map("""
        ===
        motion: [One, Two]
        ===
        [One]: one
          - [A]: a

        [Two]: two
          - [B]: b
            - [C]: c
    """)
    assert sorted(column(gaps(argmap, side="pro"), "title")) == ["A"]
    assert ("unmet", "A") in pairs(clash(argmap), "clash")


OLD = """
    [M]: A sugar tax cuts obesity.
      + [Cheap]: It costs next to nothing to collect it.
        + <Card>: They found it cheap. {quote: "the cost was below one percent of what came in"}
      + [Gone]: Nobody will miss the cans.
"""
NEW = """
    [Other title]: A sugar tax cuts obesity.
      - [Costly]: It costs next to nothing to collect.
        + <Renamed>: They found it dear. {quote: "The cost was below one percent of what came in"}
      + [Come]: Schools teach about food now.
"""


def test_diff_matches_by_words_and_passages_not_by_title(read_map):
    result = diff(read_map(OLD), read_map(NEW))
    assert list(zip(column(result, "change"), column(result, "id"), strict=True))[:3] == [
        ("new", "map/come"),
        ("dropped", "map/gone"),
        ("re-tagged", "map/renamed"),
    ]
    assert ("reworded", "Costly") in pairs(result, "change")
    assert ("other side", "Costly") in pairs(result, "change")
    assert "M" not in column(result, "title")


def test_a_map_does_not_differ_from_itself(read_map):
    result = diff(read_map(OLD), read_map(OLD))
    assert result.rows == ()
    assert "hold the same claims and cards" in result.summary
    assert diff(ArgumentMap(id="a", title="A"), ArgumentMap(id="b", title="B")).rows == ()


def test_diff_takes_two_files_and_wants_two():
    same = argmap("ask", "diff", "--file", EXAMPLE, "--file", EXAMPLE)
    assert (same.code, same.err) == (0, "")
    assert "hold the same claims and cards" in " ".join(same.out.split())
    assert "Name two maps" in argmap("ask", "diff", "--file", EXAMPLE).err
    assert "--side" in argmap("ask", "gaps", "--file", EXAMPLE).err
