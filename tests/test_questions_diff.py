"""What changed between two versions: cards go by their passage, claims by their words, none by its title."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from commandline import EXAMPLE, argmap

from graph.model import ArgumentMap, Evidence, Span, SpanKind
from graph.questions.diff import diff

QUOTE = (
    "The tax took effect in January. Sales of sugared drinks fell by ten per cent in two years, "
    "and they fell most in the poorest homes. Nobody has yet shown what this did to weight."
)


def changes(old: ArgumentMap, new: ArgumentMap) -> list[tuple[object, object, object, object]]:
    """The changes: which, of which item, which it was, and what."""
    result = diff(old, new)
    names = [column.name for column in result.columns]
    rows = [dict(zip(names, row, strict=True)) for row in result.rows]
    return [(row["change"], row["id"], row["was"], row["text"]) for row in rows]


def card(quote: str, tag: str = "Sales fell in Mexico.", title: str = "Study") -> str:
    return f'[M]: The motion.\n  + <{title}>: {tag} {{quote: "{quote}"}}\n'


def test_the_same_cut_under_another_title_has_not_changed(read_map):
    assert changes(read_map(card(QUOTE)), read_map(card(QUOTE, title="Other"))) == []


def test_a_card_marked_otherwise_is_re_cut(read_map):
    old = read_map(card(QUOTE))
    new = replace(
        old,
        items=tuple(
            replace(item, spans=(Span(SpanKind.HIGHLIGHT, 0, 7, "yellow"),))
            if isinstance(item, Evidence)
            else item
            for item in old.items
        ),
    )
    assert changes(old, new) == [("re-cut", "map/study", "map/study", "marked differently")]


def test_a_longer_cut_that_begins_earlier_is_the_same_passage(read_map):
    longer = f"Mexico was the first country of its size to try. {QUOTE}"
    ((change, now, was, what),) = changes(read_map(card(QUOTE)), read_map(card(longer, title="Other")))
    assert (change, now, was) == ("re-cut", "map/other", "map/study")
    assert str(what).startswith("text: {+Mexico was the first")


def test_a_shorter_cut_from_the_middle_and_one_that_overlaps(read_map):
    middle = QUOTE[32:120]
    assert [row[0] for row in changes(read_map(card(QUOTE)), read_map(card(middle)))] == ["re-cut"]
    sentences = QUOTE.split(". ")
    first, last = ". ".join(sentences[:2]), ". ".join(sentences[1:])
    assert [row[0] for row in changes(read_map(card(first)), read_map(card(last)))] == ["re-cut"]


def test_another_tag_over_the_same_passage(read_map):
    old, new = read_map(card(QUOTE)), read_map(card(QUOTE, tag="The tax works."))
    assert changes(old, new) == [
        ("re-tagged", "map/study", "map/study", "[-Sales fell in Mexico.-] {+The tax works.+}")
    ]


def test_re_cut_and_re_tagged_are_told_apart(read_map):
    new = read_map(card(f"{QUOTE} The next study will.", tag="The tax works."))
    told = changes(read_map(card(QUOTE)), new)
    assert [row[0] for row in told] == ["re-tagged", "re-cut"]
    assert "tag:" not in str(told[1][3])


def test_another_passage_under_the_same_tag_is_a_new_card(read_map):
    other = "Between the two summers the price of a bottle rose in each shop that we went to see."
    told = changes(read_map(card(QUOTE)), read_map(card(other)))
    assert [row[:3] for row in told] == [
        ("new", "map/study", None),
        ("dropped", "map/study", "map/study"),
    ]


def test_passages_that_only_begin_alike_are_two(read_map):
    start = "According to the report that the ministry published on the first day of this year "
    old = card(start + " ".join(f"first{n}" for n in range(40)))
    new = card(start + " ".join(f"second{n}" for n in range(40)))
    assert [row[0] for row in changes(read_map(old), read_map(new))] == ["new", "dropped"]


def test_two_cuts_of_one_passage_stay_two(read_map):
    both = (
        f'[M]: The motion.\n  + <A>: one tag {{quote: "{QUOTE}"}}\n  + <B>: two tags {{quote: "{QUOTE}"}}\n'
    )
    one = f'[M]: The motion.\n  + <A>: one tag {{quote: "{QUOTE}"}}\n'
    assert changes(read_map(both), read_map(both)) == []
    assert changes(read_map(one), read_map(both)) == [("new", "map/b", None, "two tags")]
    assert changes(read_map(both), read_map(one)) == [("dropped", "map/b", "map/b", "two tags")]


def test_a_card_goes_by_its_tag_where_it_quotes_nothing(read_map):
    bare = '[M]: The motion.\n  + <Study>: Sales fell in all of Mexico. {cite: "Smith 14"}\n'
    other = '[M]: The motion.\n  + <New>: Sales fell in most of Mexico. {cite: "Smith 14"}\n'
    filled = card(QUOTE, tag="Sales fell in all of Mexico.")
    assert [row[0] for row in changes(read_map(bare), read_map(filled))] == ["re-cut"]
    assert [row[0] for row in changes(read_map(filled), read_map(bare))] == ["re-cut"]
    assert [row[0] for row in changes(read_map(bare), read_map(other))] == ["re-tagged"]


def test_what_is_new_and_what_was_dropped(read_map):
    old = read_map("[M]: The motion.\n  - [A]: It costs jobs in the north.\n")
    new = read_map("[M]: The motion.\n  - [A]: Nobody has asked for any of this.\n")
    assert changes(old, new) == [
        ("new", "map/a", None, "Nobody has asked for any of this."),
        ("dropped", "map/a", "map/a", "It costs jobs in the north."),
    ]


def test_the_example_against_a_changed_copy(tmp_path: Path):
    written = argmap("export", "--file", EXAMPLE).out
    changed = (
        written.replace(
            "quote: the Universal Credit roll-out",
            "quote: the Universal Credit roll-out and the Work Programme",
        )
        .replace("<Work Programme results>: The Work Programme did badly", "<Results>: The programme failed")
        .replace(
            "What is wrong and what would help are not the same",
            "What is wrong and what might help are not alike",
        )
    )
    lines = [line for line in changed.splitlines() if "<Local for this week only>" not in line]
    mine = tmp_path / "mine.argdown"
    mine.write_text("\n".join(lines), encoding="utf-8")
    said = argmap("ask", "diff", "--file", EXAMPLE, "--file", mine, "--format", "csv").out.splitlines()
    assert [row.split(",")[0] for row in said[1:]] == ["dropped", "re-tagged", "re-cut", "reworded"]
