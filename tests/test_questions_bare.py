"""What stands on nothing: claims without evidence, evidence without a source."""

from __future__ import annotations

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
