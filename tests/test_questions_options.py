"""The options that questions share: what each does where it is taken, and a clear line where it is not."""

from __future__ import annotations

import re

import pytest
from commandline import EXAMPLE, ROOT, argmap

from graph.questions.attack import attack
from graph.questions.bare import bare
from graph.questions.clash import conflicts
from graph.questions.diff import diff
from graph.questions.gaps import gaps
from graph.questions.path import path
from graph.questions.question import COMMON
from graph.questions.registry import QUESTIONS
from graph.questions.striking import collapse, strike
from graph.questions.unanswered import answers, unanswered
from graph.result import Result

TAX = """
    [Tax]: A sugar tax cuts obesity.
      - [Poor]: It hits the poor hardest. {kind: impact}
        - [Fair]: So does obesity.
        - [Rich]: It spares nobody.
          + <Study>: sales fell {quote: "sales fell", cite: Smith 14}
      + [Mexico]: It worked in Mexico. {kind: contention}
        - [Small]: The effect was small.
          + <Survey>: small {quote: "a small effect"}
"""


def titles(result: Result) -> list[object]:
    place = [column.name for column in result.columns].index("title")
    return [row[place] for row in result.rows]


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_a_question_takes_each_common_option_or_says_why_not(question):
    takes = {option.name for option in question.options}
    assert takes.isdisjoint(question.refuses)
    assert set(COMMON) <= takes | set(question.refuses)
    about = ["double-standard"] if question.about_item or question.about_items else []
    for name, why in question.refuses.items():
        spelled = f"--{name.replace('_', '-')}"
        given = [spelled] if name == "need_evidence" else [spelled, "pro"]
        done = argmap("ask", question.name, "--file", EXAMPLE, *about, *given)
        assert done.code == 2
        assert f"Error: {question.name} takes no {spelled}. {why}." in done.err
        assert done.out == ""


def test_the_manual_has_one_table_of_who_takes_what():
    manual = (ROOT / "docs" / "questions.md").read_text("utf-8")
    table = manual.split("## What may be asked for", 1)[1].split("## unanswered", 1)[0]
    rows = dict(re.findall(r"(?m)^\| ([a-z-]+) \| ((?:(?:yes|no) \| ?)+)$", table))
    for question in QUESTIONS.values():
        takes = {option.name for option in question.options}
        said = re.findall("yes|no", rows[question.name])
        assert said == ["yes" if name in takes else "no" for name in COMMON], question.name


def test_a_kind_that_nothing_is_of_gets_the_kinds_there_are():
    done = argmap("ask", "unanswered", "--file", EXAMPLE, "--kind", "contntion")
    assert (done.code, done.out) == (0, "The map holds no claims or rebuttals of kind contntion.\n")
    assert done.err == 'Map "localism" has nothing of kind "contntion". Did you mean contention or motion?\n'
    other = argmap("ask", "answers", "--file", EXAMPLE, "which-local", "--kind", "zzz")
    assert "There are " in other.err
    assert "rebut, undercut, undermine and turn." in other.err
    assert argmap("ask", "answers", "--file", EXAMPLE, "which-local", "--kind", "turn").err == ""
    assert "contention" in argmap("ask", "diff", *["--file", EXAMPLE] * 2, "--kind", "contntion").err


@pytest.mark.parametrize("name", ["unanswered", "gaps", "clash", "attack", "bare", "verdict", "strength"])
def test_a_map_without_claims_says_so(tmp_path, name):
    (tmp_path / "empty.argdown").write_text("// nothing\n")
    side = ["--side", "pro"] if name in ("gaps", "attack") else []
    done = argmap("ask", name, "--file", tmp_path / "empty.argdown", *side)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("The map holds no claims ")


def test_bare_of_a_kind_and_within(read_map):
    argmap = read_map(TAX)
    assert titles(bare(argmap)) == ["Poor", "Fair", "Mexico", "Survey"]
    assert titles(bare(argmap, kind="Impact")) == ["Poor"]
    assert titles(bare(argmap, kind="card")) == ["Survey"]
    within = bare(argmap, within="map/mexico")
    assert titles(within) == ["Mexico", "Survey"]
    assert within.summary.startswith("1 of 2 claims and rebuttals within “Mexico” has no evidence on the map")


def test_answers_of_a_kind_within_an_item_with_evidence_and_limited(read_map):
    argmap = read_map(TAX)
    assert titles(answers(argmap, "map/poor")) == ["Fair", "Rich"]
    assert titles(answers(argmap, "map/poor", need_evidence=True)) == ["Rich"]
    assert titles(answers(argmap, "map/poor", kind="rebut")) == ["Fair", "Rich"]
    none = answers(argmap, "map/poor", kind="undercut")
    assert none.rows == ()
    assert none.summary == (
        "No answer of kind undercut is on the map to “Poor”. An answer may lie elsewhere."
    )
    assert titles(answers(argmap, "map/poor", within="map/rich")) == ["Rich"]
    one = answers(argmap, "map/poor", limit=1)
    assert (titles(one), one.truncated) == (["Fair"], True)


def test_routes_to_another_item_than_the_motion(read_map):
    argmap = read_map(TAX)
    found = path(argmap, "map/study", within="map/poor")
    assert titles(found) == ["Study", "Rich", "Poor"]
    assert found.summary == "One route leads from “Study” to “Poor”, in 2 steps. It speaks against it."
    assert {row[-1] for row in found.rows} == {"against “Poor”"}
    assert found.rows[-1][4] == "(“Poor”)"
    nowhere = path(argmap, "map/study", within="map/small")
    assert nowhere.summary == "No route on the map leads from “Study” to “Small”."


def test_attack_with_answers_of_a_kind(read_map):
    argmap = read_map(TAX)
    assert titles(attack(argmap, side="pro")) == ["Fair", "Rich"]
    assert titles(attack(argmap, side="pro", kind="rebut")) == ["Fair", "Rich"]
    assert titles(attack(argmap, side="pro", kind="turn")) == []
    assert titles(attack(argmap, side="pro", need_evidence=True)) == ["Rich"]
    assert "of kind turn" in attack(argmap, side="pro", kind="turn").summary


def test_conflicts_of_a_kind(read_map):
    argmap = read_map("""
        [M]: The motion.
          + [A]: for it {side: pro}
            - [B]: also for it {side: pro, kind: impact}
          >< [C]: against
          + [D]: for it {side: pro}
            >< [E]: for it as well {side: pro}
    """)
    assert titles(conflicts(argmap, kind="own attack")) == ["B"]
    assert titles(conflicts(argmap, kind="impact")) == ["B"]
    assert len(conflicts(argmap, kind="contradiction").rows) >= 1
    none = conflicts(argmap, kind="double turn")
    assert none.summary.startswith("No conflict of kind double turn shows on the map")


def test_what_is_unanswered_by_evidence(read_map):
    argmap = read_map(TAX)
    assert "Mexico" not in titles(unanswered(argmap, need_evidence=True))
    bare_answer = read_map("[M]: m\n  - [A]: a\n    - [B]: b\n")
    assert titles(unanswered(bare_answer)) == ["B"]
    found = unanswered(bare_answer, need_evidence=True)
    assert titles(found) == ["A", "B"]
    assert found.summary.startswith(
        "2 of 2 claims and rebuttals are not answered by anything that rests on a card; all reach"
    )
    carded = read_map('[M]: m\n  - [A]: a\n    - <B>: b {quote: "b"}\n')
    assert unanswered(carded, need_evidence=True).summary == (
        "The one claim or rebuttal is answered on the map, by what rests on a card."
    )


def test_gaps_by_evidence(read_map):
    argmap = read_map(
        '[M]: m\n  - [A]: a\n    - [B]: b\n  - [C]: c\n    - [D]: d\n      + <E>: e {quote: "e"}\n'
    )
    assert gaps(argmap, side="pro").rows == ()
    found = gaps(argmap, side="pro", need_evidence=True)
    assert titles(found) == ["A"]
    assert "has no answer from side pro that rests on a card on the map" in found.summary


def test_what_changes_on_a_side_of_a_kind_and_within(read_map):
    argmap = read_map(TAX)
    everything = strike(argmap, "map/study")
    assert titles(everything) == ["Study", "Rich"]
    assert titles(strike(argmap, "map/study", side="con")) == ["Study"]
    assert strike(argmap, "map/study", side="con").summary == (
        "Without “Study” nothing of side con changes its verdict."
    )
    assert titles(strike(argmap, "map/study", within="map/poor")) == ["Study", "Rich"]
    assert "(asked within “Poor”)" in strike(argmap, "map/study", within="map/poor").summary
    lone = read_map('[M]: m\n  + [A]: a {kind: link}\n    + [B]: b\n      + <C>: c {quote: "c"}\n')
    assert titles(collapse(lone, "map/c")) == ["M", "A", "B"]
    assert titles(collapse(lone, "map/c", kind="link")) == ["A"]
    assert titles(collapse(lone, "map/c", within="map/a")) == ["A", "B"]


def test_changes_of_a_side_and_of_a_kind(read_map):
    old = read_map("[M]: The motion.\n  + [A]: One thing of ours.\n")
    new = read_map('[M]: The motion.\n  - [B]: Nobody has ever seen it.\n  + <C>: a card {quote: "c"}\n')
    assert titles(diff(old, new)) == ["B", "C", "A"]
    assert titles(diff(old, new, kind="new")) == ["B", "C"]
    assert titles(diff(old, new, kind="card")) == ["C"]
    assert titles(diff(old, new, side="con")) == ["B"]
    assert "(asked of side con)" in diff(old, new, side="con").summary
    assert diff(old, new, kind="re-cut").summary == (
        "From the first to the second (“map”) nothing of kind re-cut has changed; 1 item is in both."
    )
