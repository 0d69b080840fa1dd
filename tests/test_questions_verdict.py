"""What stands and why, what falls with what, and the fewest losses and answers that matter."""

from __future__ import annotations

import pytest
from commandline import EXAMPLE, argmap

from graph.errors import QuestionError
from graph.model import ArgumentMap
from graph.questions.smallest import save, sink
from graph.questions.striking import collapse, strike
from graph.questions.verdict import strength, verdict
from graph.result import Result

CARDS = """
    ===
    motion: Tax
    ===
    [Tax]: A sugar tax cuts obesity.
      + [Works]: It worked elsewhere.
        + <Mexico>: Consumption fell in Mexico. {quote: "fell by eight percent in Mexico"}
        + <Chile>: Consumption fell in Chile. {quote: "fell by a fifth in Chile"}
      + [Prices]: Prices steer people.
        + <Berkeley>: People bought less in Berkeley. {quote: "bought less in Berkeley"}
      - [Poor]: It hits the poor hardest.
        - <Mexico>
"""
CIRCLE = """
    [M]: The motion.
      + [A]: a
        + [B]: b
          + [A]
      - [C]: c
        - [D]: d
          - [C]
"""


def column(result: Result, name: str) -> list[object]:
    place = [one.name for one in result.columns].index(name)
    return [row[place] for row in result.rows]


def pairs(result: Result, name: str) -> list[tuple[object, object]]:
    return list(zip(column(result, name), column(result, "title"), strict=True))


def test_a_strike_tells_lost_support_from_what_comes_back(read_map):
    result = strike(read_map(CARDS), "map/mexico", "map/chile")
    assert pairs(result, "change") == [
        ("struck", "Mexico"),
        ("struck", "Chile"),
        ("line breaks", "Works"),
        ("falls", "Tax"),
        ("stands again", "Poor"),
    ]


def test_a_strike_that_others_make_good_changes_nothing(read_map):
    result = strike(read_map(CARDS), "map/chile")
    assert pairs(result, "change") == [("struck", "Chile")]
    assert "others hold up all that rested on it" in result.summary


def test_a_claim_that_lost_its_last_card_is_not_granted(read_map):
    argmap = read_map("""
        [M]: The motion.
          + [A]: a
            + [B]: b
              + <Card>: card {quote: "some words that say so"}
          + [G]: granted
    """)
    result = strike(argmap, "map/card")
    assert pairs(result, "change") == [
        ("struck", "Card"),
        ("loses all support", "B"),
        ("line breaks", "A"),
    ]
    assert result.summary.endswith("No other card on the map could replace it.")


def test_the_same_passage_replaces_a_card(read_map):
    argmap = read_map("""
        [M]: The motion.
          + [A]: a
            + <One>: tag {quote: "these very words were said"}
          + [B]: b
            + <Two>: another tag {quote: "These very words were said."}
    """)
    assert pairs(strike(argmap, "map/one"), "change")[-1] == ("could replace", "Two")


def test_what_falls_is_kept_apart_from_what_is_weakened(read_map):
    argmap = read_map(CARDS)
    assert pairs(collapse(argmap, "map/works"), "effect") == [("weakened", "Tax")]
    assert pairs(collapse(argmap, "map/berkeley"), "effect") == [("falls", "Prices"), ("weakened", "Tax")]
    assert ("stands again", "Poor") in pairs(collapse(argmap, "map/mexico"), "effect")


def test_what_falls_already_makes_nothing_fall(read_map):
    result = collapse(read_map(CARDS), "map/poor")
    assert result.rows == ()
    assert result.summary == "“Poor” falls already on the map as it is, so nothing falls with it."


def test_verdicts_name_the_motion_and_count(read_map):
    result = verdict(read_map(CIRCLE))
    assert dict(zip(column(result, "title"), column(result, "verdict"), strict=True)) == {
        "M": "falls",
        "A": "falls",
        "B": "falls",
        "C": "contested",
        "D": "contested",
    }
    assert result.summary == (
        "Of 5 claims and rebuttals 0 stand, 3 fall and 2 are contested. The motion “M” falls."
    )


def test_why_says_that_support_runs_in_a_circle_and_ends(read_map):
    result = verdict(read_map(CIRCLE), why="map/a")
    assert result.summary == "“A” falls: only itself holds it up: the support runs in a circle."
    assert column(result, "title") == ["A", "B", "A"]
    assert column(result, "reason")[-1] == "as said above"


def test_evidence_may_be_asked_for(read_map):
    argmap = read_map("[M]: The motion.\n  + [A]: a\n")
    assert column(verdict(argmap), "verdict") == ["stands", "stands"]
    assert column(verdict(argmap, need_evidence=True), "verdict") == ["falls", "falls"]


def test_verdicts_within_an_item_of_a_kind_and_of_none(read_map):
    argmap = read_map(CARDS)
    assert column(verdict(argmap, within="map/works"), "title") == ["Works"]
    assert column(verdict(argmap, kind="card"), "title") == ["Mexico", "Chile", "Berkeley"]
    assert verdict(argmap, kind="impact").summary.startswith("The map holds no items of kind impact.")


@pytest.mark.parametrize("ask", [verdict, strength])
def test_an_empty_map_says_so(ask):
    result = ask(ArgumentMap(id="empty", title="Nothing"))
    assert result.rows == ()
    assert result.summary.startswith("The map holds no claims and rebuttals.")


def test_strength_ranks_and_says_what_a_card_adds(read_map):
    argmap = read_map(CARDS)
    assert column(strength(argmap), "title")[-1] == "Poor"
    of = strength(argmap, of="map/works")
    assert {row[0]: row[-1] for row in of.rows}.keys() == {"map/mexico", "map/chile"}
    assert all(adds > 0 for adds in column(of, "adds"))
    heavier = strength(argmap, weight={"map/poor": 1.0})
    assert column(heavier, "base")[column(heavier, "title").index("Poor")] == 1.0


def test_weights_outside_0_to_1_are_refused(read_map):
    with pytest.raises(QuestionError, match="from 0 to 1"):
        strength(read_map(CARDS), weight={"map/poor": 2})
    with pytest.raises(QuestionError, match="above 0"):
        sink(read_map(CARDS), "map/works", weight={"map/chile": 0})


def test_the_fewest_cards_that_sink_a_claim(read_map):
    argmap = read_map(CARDS)
    assert column(sink(argmap, "map/works"), "title") == ["Mexico", "Chile"]
    assert column(sink(argmap, "map/prices", every=True), "title") == ["Berkeley"]
    assert "does not stand on the map" in sink(argmap, "map/poor").summary


def test_the_fewest_answers_that_save_a_claim(read_map):
    argmap = read_map(CARDS)
    assert column(save(argmap, "map/poor"), "title") == ["Mexico"]
    assert save(argmap, "map/works").summary == (
        "“Works” stands on the map as it is: nothing has to be answered."
    )
    circle = save(read_map(CIRCLE), "map/a")
    assert circle.summary == "No answers make “A” stand: it lacks support of its own."


def test_a_search_that_runs_out_of_time_is_partial(read_map):
    result = sink(read_map(CARDS), "map/works", timeout=1e-9)
    assert result.truncated
    assert "partial" in result.summary or "No set is known" in result.summary


def test_a_source_or_a_person_argues_for_nothing(read_map):
    argmap = read_map('[M]: The motion. {heldBy: "Jo Smith"}\n  + [A]: a\n')
    person = next(item.id for item in argmap.items if item.label == "Person")
    for ask in (collapse, sink, save, strike):
        with pytest.raises(QuestionError, match="argues for nothing"):
            ask(argmap, person)


def test_the_command_takes_titles_weights_and_files():
    done = argmap("ask", "sink", "--file", EXAMPLE, "Centre failures", "--weight", "centre-failures=2")
    assert (done.code, done.err) == (0, "")
    assert "no smaller set does it" in done.out
    wrong = argmap("ask", "sink", "--file", EXAMPLE, "Centre failures", "--weight", "centre-failures")
    assert wrong.code == 2
    assert "--weight ITEM=NUMBER" in wrong.err
    assert argmap("ask", "verdict", "--file", EXAMPLE, "--limit", 0).code == 2
    assert "Did you mean" in argmap("ask", "save", "--file", EXAMPLE, "Centre failurs").err


def test_what_an_attack_was_made_against_is_not_weakened_when_the_attack_falls(read_map):
    argmap = read_map(
        """
        [C]: A claim.
          + [Own]: Its reason.
          - <Against>

        <Against>

        (1) [P]: A premise.
        (2) [Q]: Another.
        ----
        (3) [Not so]: It is not so.
          -> [C]
        """
    )
    rows = pairs(collapse(argmap, next(i.id for i in argmap.items if i.title == "P")), "effect")
    assert ("weakened", "C") not in rows


def test_the_ways_to_see_a_map_list_what_one_has_and_another_has_not(read_map):
    argmap = read_map("[M]: The motion.\n  - [A]: a\n    - [B]: b\n      - [A]\n  - [B]\n\n[E]: e\n")
    found = verdict(argmap, ways="preferred")
    assert [(row[0], row[4]) for row in found.rows] == [(1, "A"), (2, "B")] or [
        (row[0], row[4]) for row in found.rows
    ] == [(1, "B"), (2, "A")]
    assert found.summary.startswith("2 preferred ways to see the map: 1 claim or rebuttal stands in each")
    first = verdict(argmap, ways="preferred", limit=1)
    assert first.truncated
    assert first.summary.startswith("1 preferred way to see the map and more: 2 claims and rebuttals stand")
    late = verdict(argmap, ways="preferred", timeout=0)
    assert late.truncated
    assert late.summary == (
        "No preferred way is known. Time ran out (--timeout gives more): the answer is partial."
    )
    with pytest.raises(QuestionError, match="Leave --why and --only out"):
        verdict(argmap, ways="stable", only="falls")


def test_an_odd_circle_has_no_stable_way_and_that_is_no_error(tmp_path):
    odd = tmp_path / "odd.argdown"
    odd.write_text("[A]: a\n  <- [B]: b\n\n[B]\n  <- [C]: c\n\n[C]\n  <- [A]\n", encoding="utf-8")
    done = argmap("ask", "verdict", "--ways", "stable", "--file", odd)
    assert (done.code, done.err) == (0, "")
    assert "none exists" in done.out
