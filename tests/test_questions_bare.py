"""What stands on nothing: claims without evidence, evidence without a source."""

from __future__ import annotations

import pytest

from graph.questions.bare import bare
from graph.result import Result

MAP = """
    [M]: The motion.
      + [Top]: Rests on what is under it.
        + [Under]: Has a card.
          + [Card]: Sales fell. {quote: "sales fell", source: {title: A study}}
      + [Cited]: Says where it is from. {source: {title: An article}}
        + [Loose]: A card from nowhere. #evidence
      - [Bare]: Has nothing.
"""


def found(result: Result) -> list[str]:
    return [f"{lacks} {title}" for lacks, _, _, _, title, _ in result.rows]


def test_claims_without_evidence_then_cards_without_source(read_map):
    result = bare(read_map(MAP))
    assert found(result) == ["evidence Bare", "source Loose"]
    assert result.summary == (
        "1 of 4 claims and rebuttals has no evidence on the map; 1 card names no source."
    )


def test_a_cited_source_is_enough_unless_a_card_is_asked_for(read_map):
    text = """
        [M]: The motion.
          + [Cited]: Says where it is from. {source: {title: An article}}
    """
    assert found(bare(read_map(text))) == []
    assert bare(read_map(text)).summary == (
        "The one claim or rebuttal has evidence on the map; every card names its source. "
        "1 claim cites a source but rests on no card; --cards-only lists it too."
    )
    assert found(bare(read_map(text), cards_only=True)) == ["evidence Cited"]


def test_a_written_cite_is_a_source(read_map):
    argmap = read_map("[M]: The motion.\n  + [Card]: Sales fell. {cite: Smith 14}")
    assert found(bare(argmap)) == []


def test_one_side(read_map):
    assert found(bare(read_map(MAP), side="con")) == ["evidence Bare"]
    assert found(bare(read_map(MAP), side="pro")) == ["source Loose"]


def test_support_in_a_circle_is_no_evidence(read_map):
    argmap = read_map("""
        [M]: The motion. {kind: motion}
          + [A]: a
            + [B]: b
              + [A]
    """)
    assert found(bare(argmap)) == ["evidence A", "evidence B"]


def test_linked_premises_rest_what_they_lead_to(read_map):
    argmap = read_map("""
        [M]: The motion.
          + [Top]: top

        <Arg>

        (1) [P]: p
          + <Card>: Sales fell. {quote: "sales fell", cite: Smith 14}
        (2) [Q]: q
        ----
        (3) [Top]
    """)
    assert found(bare(argmap)) == ["evidence Q"]


def test_a_limit_and_an_empty_map(read_map):
    assert bare(read_map(MAP), limit=1).truncated
    assert len(bare(read_map(MAP), limit=1).rows) == 1
    assert bare(read_map("// nothing\n")).summary == (
        "The map holds no claims or rebuttals; every card names its source."
    )


CARDS = """
    ===
    sources:
      full: {title: One, author: [Jo Smith], date: "2020", qualifications: professor of economics}
      old: {title: Two, author: [Al Ray]}
    ===

    [M]: The motion.
      + <Whole>: has it all {source: full, quote: "alpha"}
      + <Undated>: no date, nobody known {source: old, quote: "beta"}
      + <Cited>: a year in its cite {cite: "Jones '14", quote: "gamma"}
      + <Silent>: quotes nothing #evidence {source: full}
      - <Empty>: of nobody {quote: "delta"}
"""


def lacking(result: Result) -> list[str]:
    names = [column.name for column in result.columns]
    return [f"{row[names.index('title')]} {row[0]}" for row in result.rows]


@pytest.mark.parametrize(
    ("lacks", "found"),
    [
        ("source", ["Empty source"]),
        ("date", ["Undated date", "Empty date"]),
        ("qualification", ["Undated qualification", "Cited qualification", "Empty qualification"]),
        ("quote", ["Silent quote"]),
    ],
)
def test_cards_that_lack_one_thing(read_map, lacks, found):
    assert lacking(bare(read_map(CARDS), lacks=lacks)) == found


def test_cards_that_lack_anything(read_map):
    argmap = read_map(CARDS)
    result = bare(argmap, lacks="anything")
    assert result.summary == (
        "Of 5 cards, 1 lacks a source, 2 lack a date, 3 lack a qualification and 1 lacks a quote."
    )
    assert len(result.rows) == 7
    assert bare(argmap, lacks="anything", limit=2).truncated
    assert lacking(bare(argmap, lacks="anything", side="con")) == [
        "Empty source",
        "Empty date",
        "Empty qualification",
    ]
    whole = bare(argmap, lacks="quote", side="con")
    assert (whole.rows, whole.summary) == ((), "The one card of side con has a quote.")
    assert bare(read_map("[A]: a"), lacks="date").summary == "The map holds no cards."
