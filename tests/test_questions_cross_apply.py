"""What might be cross-applied to a claim that nothing answers: candidates, and no more than that."""

from __future__ import annotations

import json

from commandline import EXAMPLE, argmap

from graph.model import ArgumentMap
from graph.questions.unanswered import unanswered
from graph.store.at_scale import asked


def could(argmap: ArgumentMap, **options: str) -> dict[str, str]:
    """What might apply to each unanswered claim, by its title; claims without a candidate left out."""
    result = unanswered(argmap, cross_apply=True, **options)
    names = [column.name for column in result.columns]
    rows = [dict(zip(names, row, strict=True)) for row in result.rows]
    return {str(row["title"]): str(row["might_apply"]) for row in rows if row["might_apply"]}


def test_an_answer_to_another_claim_on_the_same_passage(read_map):
    argmap = read_map("""
        [M]: The motion.
          - [One]: It costs jobs.
            + <A>: first cut {quote: "Alpha beta gamma delta"}
            - [Reply]: Jobs come back.
          - [Two]: Trade will shrink.
            + <B>: second cut {quote: "alpha, beta (gamma) delta!"}
    """)
    assert could(argmap) == {"Two": "Reply (same passage)"}


def test_an_answer_to_a_claim_in_the_same_or_in_like_words(read_map):
    argmap = read_map("""
        [M]: The motion.
          - [One]: A tax on sugar hits the poor hardest of all.
            - [Reply]: So does obesity.
          - [Two]: A TAX, on sugar, hits the poor hardest of all!
          - [Three]: Any tax on sugar hits the poor hardest.
          - [Four]: Shoppers drive to the next country.
    """)
    assert could(argmap) == {"Two": "Reply (same words)", "Three": "Reply (like words)"}


def test_an_answer_to_another_premise_of_the_same_scheme(read_map):
    argmap = read_map("""
        ===
        model: {mode: strict}
        ===
        [M]: The motion.

        <Expert one>

        (1) [Doctor]: A doctor says so.
        -- Expert opinion --
        (2) [Works]: It works.

        <Expert two>

        (1) [Minister]: A minister says so.
        -- Expert  Opinion --
        (2) [Works]

        [Works]
          +> [M]

        [Pay]: The doctor was paid for it.
          -> [Doctor]
    """)
    assert could(argmap)["Minister"] == "Pay (same scheme)"


def test_an_answer_to_the_point_that_a_claim_is_put_forward_for(read_map):
    argmap = read_map("""
        [M]: The motion.
          - [Point]: It costs jobs.
            + [Example]: It did in Ohio.
            + [Other]: It did in Texas.
              - [Not there]: Texas grew.
            - [Reply]: Jobs come back.
    """)
    assert could(argmap, side="con") == {"Example": "Reply (same point)"}


def test_what_answers_the_motion_is_no_candidate_against_all_that_is_said_for_it(read_map):
    assert could(read_map("[M]: The motion.\n  + [A]: For it.\n  - [B]: Against it.\n")) == {}


def test_what_answers_the_motion_is_no_candidate_for_a_passage_under_it(read_map):
    argmap = read_map("""
        [M]: The motion.
          + <A>: first cut {quote: "Alpha beta gamma delta"}
          - [Against]: It costs jobs.
          + [Two]: Trade will grow.
            + <B>: second cut {quote: "Alpha beta gamma delta"}
    """)
    assert could(argmap) == {}


def test_what_the_same_side_says_against_itself_is_no_candidate(read_map):
    argmap = read_map("""
        [M]: The motion.
          - [One]: It costs jobs in every mining town.
            - [Reply]: Jobs come back.
          - [Two]: It costs jobs in every single mining town.
          + [Three]: It costs jobs in every mining town alike. {side: pro}
    """)
    assert could(argmap) == {"Two": "Reply (like words)"}


def test_no_more_than_two_and_the_closest_first(read_map):
    replies = "".join(f"        - [Reply {n}]: Answer number {n}.\n" for n in range(4))
    argmap = read_map(
        "[M]: The motion.\n"
        "  - [Point]: It costs jobs.\n"
        "    - [Of the point]: It makes jobs.\n"
        "    + [One]: Ohio lost a thousand jobs.\n" + replies + "    + [Two]: Ohio lost a thousand jobs!\n"
    )
    assert could(argmap)["Two"] == "Reply 0 (same words); Reply 1 (same words)"


def test_programs_get_what_it_answers_and_why(tmp_path):
    file = tmp_path / "m.argdown"
    file.write_text(
        "[M]: The motion.\n"
        "  - [One]: It costs jobs in town after town.\n"
        "    - [Reply]: Jobs come back.\n"
        "  - [Two]: Town after town costs it jobs.\n"
    )
    said = argmap("ask", "unanswered", "--file", file, "--side", "con", "--format", "json")
    (row,) = json.loads(said.out)["rows"]
    assert row["candidates"] == [{"id": "m/reply", "answers": "m/one", "because": "like words"}]
    table = argmap("ask", "unanswered", "--file", file, "--side", "con").out
    assert "To it an answer to something else might apply: read both." in " ".join(table.split())
    assert "might apply" in table
    assert "Reply (like" in table
    plain = argmap("ask", "unanswered", "--file", file, "--side", "con", "--no-cross-apply").out
    assert "might apply" not in plain


def test_a_map_that_is_asked_in_the_store_says_that_it_was_not_looked_for(tmp_path, monkeypatch):
    monkeypatch.setenv("ARGMAP_STORE", str(tmp_path / "library.kgl"))
    monkeypatch.setattr(asked, "MANY_ITEMS", -1)
    assert argmap("load", EXAMPLE).code == 0
    said = " ".join(argmap("ask", "unanswered", "localism", "--side", "con").out.split())
    assert "What might be cross-applied is not looked for on so large a map." in said
    plain = argmap("ask", "unanswered", "localism", "--side", "con", "--no-cross-apply").out
    assert "cross-applied" not in plain
