"""Cards searched, passages cut twice, and suggestions accepted or rejected, as a coach does it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from commandline import Outcome, argmap
from docx_maker import Doc, read, small, under

from graph.answers import SURE, ClaimIndex, words_of
from graph.cards import word_difference
from graph.model import Span, SpanKind
from graph.passages import clock, reading_seconds, spoken, word_count

ROE = ' (Jane Roe, Professor, 3-4-2019, "On Order," Journal, https://x.org/roe)'


class Desk:
    """A store, and commands on it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def run(self, *args: object) -> Outcome:
        outcome = argmap(*args, "--store", self.folder / "s.kgl")
        assert outcome.code == 0, outcome.err
        return outcome

    def rows(self, *args: object) -> list[dict[str, Any]]:
        answer = json.loads(self.run(*args, "--format", "json").out)
        rows: list[dict[str, Any]] = answer["rows"]
        return rows


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    neg = Doc().pocket("Neg").hat("Order DA").block("Link---1NC")
    neg.card(
        "Spending breaks order",
        "Roe 19",
        ROE,
        small("The "),
        read("spending breaks"),
        under(" the order of all."),
    )
    neg.card(
        "Spending always breaks order",
        "Roe 19",
        ROE,
        under("The spending "),
        read("breaks the order of all."),
    )
    neg.block("AT: Spending helps").card(
        "It never helped", "Poe 21", " [Ed Poe]", read("It never helped anybody.")
    )
    neg.save(tmp_path / "neg.docx")
    aff = (
        Doc()
        .pocket("Aff")
        .block("Case---1AC")
        .card("Spending helps the poor", "Moe 20", " [Al Moe]", read("It helps."))
    )
    aff.block("AT: Order breaks").card("Order holds", "Loe 22", " [Bo Loe]", read("Order holds well.")).save(
        tmp_path / "aff.docx"
    )
    made = Desk(tmp_path)
    made.run("load", tmp_path / "neg.docx", tmp_path / "aff.docx")
    return made


def test_cards_are_found_by_their_words_with_the_hit_marked(desk: Desk) -> None:
    (row,) = desk.rows("cards", "never", "anybody")
    assert (row["tag"], row["cite"], row["map"]) == ("It never helped", "Poe 21", "neg")
    assert row["hit"] == "It ⟦never⟧ helped"
    assert [row["tag"] for row in desk.rows("cards", "roe")] == [
        "Spending breaks order",
        "Spending always breaks order",
    ]
    assert desk.rows("cards", "nothing-like-this") == []


def test_without_a_map_the_whole_library_is_searched(desk: Desk) -> None:
    assert {row["map"] for row in desk.rows("cards")} == {"neg", "aff"}
    assert {row["map"] for row in desk.rows("cards", "aff")} == {"aff"}


@pytest.mark.parametrize(
    ("options", "cites"),
    [
        (("--author", "poe"), ["Poe 21"]),
        (("--since", "2021"), ["Loe 22", "Poe 21"]),
        (("--until", "2019-12"), ["Roe 19", "Roe 19"]),
        (("--since", "2019-03-05", "--until", "2020"), ["Moe 20"]),
        (("--speech", "1nc"), ["Roe 19", "Roe 19"]),
        (("--side", "pro"), ["Loe 22", "Moe 20"]),
        (("--unused",), []),
    ],
)
def test_cards_are_found_by_author_date_speech_and_side(
    desk: Desk, options: tuple[str, ...], cites: list[str]
) -> None:
    assert sorted(row["cite"] for row in desk.rows("cards", *options)) == cites


def test_a_date_that_is_none_is_refused() -> None:
    outcome = argmap("cards", "--since", "last year")
    assert outcome.code == 2
    assert "2023-04" in outcome.err


def test_an_unused_card_bears_on_nothing(tmp_path: Path) -> None:
    doc = Doc().card("Alone", "Roe 19", "", read("It stands alone."))
    doc.save(tmp_path / "x.docx")
    out = argmap("cards", "--file", tmp_path / "x.docx", "--unused", "--format", "json").out
    assert [row["tag"] for row in json.loads(out)["rows"]] == []  # the file's only claim is its motion
    doc.block("Case").card("In a block", "Roe 19", "", read("It stands here.")).save(tmp_path / "y.docx")
    out = argmap("cards", "--file", tmp_path / "y.docx", "--format", "json").out
    assert len(json.loads(out)["rows"]) == 2


def test_reading_time_goes_by_the_format_and_by_wpm(tmp_path: Path) -> None:
    body = "word " * 100
    Doc().block("Case---1AC").card("A tag", "Roe 19", "", read(body)).save(tmp_path / "x.docx")
    Doc().block("Case").card("A tag", "Roe 19", "", read(body)).save(tmp_path / "y.docx")
    for file, options, seconds in (("x", (), 20), ("y", (), 30), ("y", ("--wpm", "100"), 60)):
        out = argmap("cards", "--file", tmp_path / f"{file}.docx", *options, "--format", "json").out
        (row,) = json.loads(out)["rows"]
        assert (row["words"], row["seconds"], row["time"]) == (
            100,
            seconds,
            f"{seconds // 60}:{seconds % 60:02}",
        )


def test_one_passage_cut_twice_is_shown_with_what_differs(desk: Desk) -> None:
    first, second = desk.rows("cards", "--duplicates")
    assert (first["passage"], second["passage"], first["difference"]) == (1, 1, None)
    assert second["difference"] == (
        "tag: Spending {+always+} breaks order; read aloud: [-spending-] breaks {+the order of all.+}"
    )


def test_a_word_difference_keeps_long_sameness_short() -> None:
    same = "one two three four five six seven eight"
    assert word_difference(f"{same} a", f"{same} b") == "one two … seven eight [-a-] {+b+}"


def test_spoken_text_has_a_space_where_something_was_skipped() -> None:
    quote = "strength and stay"
    read_ = (Span(SpanKind.HIGHLIGHT, 0, 8, "cyan"), Span(SpanKind.HIGHLIGHT, 13, 17, "cyan"))
    assert spoken(quote, read_) == ("strength stay", "highlight")
    assert spoken(
        quote, (Span(SpanKind.HIGHLIGHT, 0, 4, "cyan"), Span(SpanKind.HIGHLIGHT, 4, 8, "cyan"))
    ) == ("strength", "highlight")
    assert spoken(quote, ()) == (None, "")


def test_seconds_and_words_are_counted() -> None:
    assert word_count("It's 5 — five, well-known words") == 5
    assert (reading_seconds(300, 300), clock(65), clock(600)) == (60, "1:05", "10:00")


@pytest.fixture
def one_file(tmp_path: Path) -> Desk:
    doc = (
        Doc()
        .pocket("Neg")
        .hat("Heg DA")
        .card("American hegemony prevents great power war", "Roe 19", "", read("It does."))
    )
    doc.card("Hegemony is sustainable", "Roe 18", "", read("It lasts."))
    doc.pocket("Aff").block("AT: Heg prevents war").card("It causes war", "Poe 20", "", read("It causes it."))
    doc.save(tmp_path / "m.docx")
    made = Desk(tmp_path)
    made.run("load", tmp_path / "m.docx")
    return made


def rebuttals(desk: Desk) -> set[tuple[str, str]]:
    query = "MATCH (a)-[:REBUTS]->(b) RETURN a.title AS a, b.title AS b"
    return {(row["a"], row["b"]) for row in desk.rows("query", query)}


ACCEPTED = ("It causes war", "American hegemony prevents great power war")


def test_an_unsure_title_is_a_suggestion_with_its_score_and_both_texts(one_file: Desk) -> None:
    row = one_file.rows("links", "m")[0]
    assert (row["title"], row["answers"]) == ("Heg prevents war", 1)
    assert row["claim"] == "American hegemony prevents great power war"
    assert 0.4 <= row["score"] < SURE


def test_a_suggestion_is_accepted_and_stays_so_when_the_file_is_loaded_again(one_file: Desk) -> None:
    assert ACCEPTED not in rebuttals(one_file)
    best = one_file.rows("links", "m")[0]
    assert best["claim"] == "American hegemony prevents great power war"
    one_file.run("links", "m", "--accept", best["id"])
    assert ACCEPTED in rebuttals(one_file)
    one_file.run("load", one_file.folder / "m.docx")
    assert ACCEPTED in rebuttals(one_file)
    assert best["id"] not in [row["id"] for row in one_file.rows("links", "m")]


def test_all_suggestions_from_a_score_on_are_accepted_the_best_for_each_title(one_file: Desk) -> None:
    out = one_file.run("links", "m", "--accept", "--above", "0.5").out
    assert "1 suggestion accepted" in out
    assert ACCEPTED in rebuttals(one_file)


def test_a_rejected_suggestion_is_not_made_again(one_file: Desk) -> None:
    ids = [row["id"] for row in one_file.rows("links", "m")]
    one_file.run("links", "m", "--reject", *ids)
    assert one_file.rows("links", "m") == []
    Doc().pocket("Neg").save(one_file.folder / "x.docx")
    path = one_file.folder / "m.docx"
    path.write_bytes(path.read_bytes() + b"")
    one_file.run("load", path)
    assert one_file.rows("links", "m") == []
    assert ACCEPTED not in rebuttals(one_file)


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--accept",), "Name the suggestions"),
        (("abc",), "--accept or --reject"),
        (("--accept", "--reject", "abc"), "--accept or --reject"),
        (("--above", "0.5"), "--above goes with --accept"),
    ],
)
def test_wrong_usage_of_links_is_said(args: tuple[str, ...], said: str) -> None:
    outcome = argmap("links", "m", *args)
    assert (outcome.code, said in outcome.err) == (2, True)


def test_a_suggestion_that_is_none_is_said(one_file: Desk) -> None:
    outcome = argmap("links", "m", "--accept", "nope", "--store", one_file.folder / "s.kgl")
    assert (outcome.code, '"nope" is no open suggestion' in outcome.err) == (1, True)


def test_words_are_folded_to_what_debaters_mean_by_them() -> None:
    assert words_of("Heg is good for the Econ") == words_of("Hegemony good — the economy")


def test_an_index_finds_the_claim_of_most_shared_rare_words() -> None:
    index = ClaimIndex([(1, "Warming causes extinction"), (2, "Trade causes growth"), (3, "Warming is slow")])
    assert index.best("Warming causes extinction")[0] == (1.0, 1)
    assert index.best("growth from trade")[0][1] == 2
    assert index.best("whales") == []
    assert index.best("Warming causes extinction", allowed=lambda key: key != 1) == []
