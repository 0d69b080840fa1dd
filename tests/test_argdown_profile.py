"""What Argdown says in argmap's profile: the items and links that a coach finds in the map."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from graph.export.argdown import to_argdown
from graph.model import (
    ArgumentMap,
    Claim,
    DatePrecision,
    Evidence,
    Inference,
    LinkKind,
    Polarity,
    Rebuttal,
    Side,
    Source,
)
from ingest.reading import read, read_with_warnings

ReadMap = Callable[[str], ArgumentMap]


def _links(argmap: ArgumentMap, *kinds: str) -> list[tuple[str, str, str]]:
    """Kind and ends of the links, shortcuts left aside, ids without the map's."""
    return [
        (link.kind.value, link.start.partition("/")[2], link.end.partition("/")[2])
        for link in argmap.links
        if link.via is None and (not kinds or link.kind.value in kinds)
    ]


def _item(argmap: ArgumentMap, name: str) -> Any:
    return argmap.by_id[f"{argmap.id}/{name}"]


def test_a_map_of_one_motion_and_what_is_said_of_it(read_map: ReadMap) -> None:
    argmap = read_map(
        """
        [Tea]: Tea should be free.
          + <Morale>: It lifts morale.
            - [Placebo]: The effect is imagined.
          - [Cost]: It costs money.
        """
    )
    assert [(type(item), item.title, item.text, item.side) for item in argmap.items] == [
        (Claim, "Tea", "Tea should be free.", Side.PRO),
        (Claim, "Morale", "It lifts morale.", Side.PRO),
        (Rebuttal, "Placebo", "The effect is imagined.", Side.CON),
        (Rebuttal, "Cost", "It costs money.", Side.CON),
    ]
    assert _links(argmap) == [
        ("SUPPORTS", "morale", "tea"),
        ("REBUTS", "placebo", "morale"),
        ("REBUTS", "cost", "tea"),
    ]
    assert argmap.motion == ("map/tea",)
    assert (argmap.id, argmap.title, argmap.format) == ("map", "map", "argdown")


@pytest.mark.parametrize(
    ("symbol", "link"),
    [
        ("+", ("SUPPORTS", "b", "a")),
        ("<+", ("SUPPORTS", "b", "a")),
        ("+>", ("SUPPORTS", "a", "b")),
        ("-", ("REBUTS", "b", "a")),
        ("<-", ("REBUTS", "b", "a")),
        ("->", ("REBUTS", "a", "b")),
        ("><", ("CONTRADICTS", "a", "b")),
    ],
)
def test_every_symbol_says_which_way_it_goes(
    read_map: ReadMap, symbol: str, link: tuple[str, str, str]
) -> None:
    ends = _links(read_map(f"[A]: a\n  {symbol} [B]: b\n"))
    assert [(kind, *sorted(found)) for kind, *found in ends] == [(link[0], *sorted(link[1:]))]
    if symbol != "><":
        assert ends == [link]


def test_an_undercut_hits_the_step_that_an_item_takes(read_map: ReadMap) -> None:
    argmap = read_map(
        """
        [Tea]: Tea should be free.
          - [Cost]: It costs money.
            _ [Cheap]: A cup costs a penny.
        """
    )
    step = _item(argmap, "step-cost-to-tea")
    assert isinstance(step, Inference)
    assert (step.title, step.polarity) == ("From Cost against Tea", Polarity.ATTACKS)
    assert _links(argmap) == [
        ("PREMISE_OF", "cost", "step-cost-to-tea"),
        ("CONCLUDES", "step-cost-to-tea", "tea"),
        ("UNDERCUTS", "cheap", "step-cost-to-tea"),
    ]
    shortcut = next(link for link in argmap.links if link.via)
    assert (shortcut.kind, shortcut.via) == (LinkKind.REBUTS, step.id)


def test_one_title_is_one_item_wherever_it_stands(read_map: ReadMap) -> None:
    argmap = read_map(
        """
        [Tea]
          + [Joy]

        [Joy]: Staff are happier. #mood {speech: 1AC}

        [Joy] #staff {team: A}

        [Tea]: Tea should be free.
        """
    )
    assert [(item.title, item.text) for item in argmap.items] == [
        ("Tea", "Tea should be free."),
        ("Joy", "Staff are happier."),
    ]
    joy = _item(argmap, "joy")
    assert (joy.tags, joy.speech, joy.team) == (("mood", "staff"), "1AC", "A")


def test_of_one_title_with_several_texts_each_is_kept(read_map: ReadMap, tmp_path: Path) -> None:
    argmap = read_map("""
        [A]: First words.

        [A]: Second *words*. {isCanonical: true}

        [A]: Third words.

        [A]: First words.
          - [B]: Against.
    """)
    (a, _) = argmap.items
    assert a.text == "Second words."
    assert a.extra["argdown"]["texts"] == ["First words.", "Third words."]  # type: ignore[index]
    path = tmp_path / "map.argdown"
    path.write_text(to_argdown(argmap), encoding="utf-8")
    assert read(path).items == argmap.items


def test_a_statement_and_an_argument_of_one_title_are_two(read_map: ReadMap) -> None:
    argmap = read_map("[Savings]: It saves.\n  + <Savings>: See the figures.\n")
    ids = [item.id for item in argmap.items]
    assert len(set(ids)) == 2
    assert all(item_id.startswith("map/savings-") for item_id in ids)


def test_ids_do_not_depend_on_the_place_in_the_file(read_map: ReadMap) -> None:
    first = read_map("[Tea]: Tea.\n  - [Cost]: Cost.\n\n[Joy]: Joy. {id: happy}\n")
    second = read_map("[Joy]: Joy. {id: happy}\n\n[New]: New.\n\n[Cost]: Cost!\n  -> [Tea]: Tea?\n")
    assert {item.id for item in first.items} == {"map/tea", "map/cost", "map/happy"}
    assert {item.id for item in second.items} == {"map/tea", "map/cost", "map/happy", "map/new"}


def test_what_the_data_of_a_claim_says(read_map: ReadMap) -> None:
    argmap = read_map(
        """
        [Tea]: Tea should be free.
        {kind: contention, side: con, speech: 1NC, team: B, granted: true, strength: 0.7, colour: [red, 2]}
          - [Cost]: It costs. {turn: true}
        """
    )
    tea = _item(argmap, "tea")
    assert (tea.kind, tea.side, tea.side_stated, tea.speech) == ("contention", Side.CON, True, "1NC")
    assert (tea.team, tea.granted, tea.strength, tea.extra) == ("B", True, 0.7, {"colour": ["red", 2]})
    assert _item(argmap, "cost").turn is True


@pytest.mark.parametrize(
    "said", ['{quote: "three pounds"}', '{cite: "Ann 14"}', "#evidence", "{evidence: true}"]
)
def test_what_quotes_cites_or_says_so_is_a_card(read_map: ReadMap, said: str) -> None:
    assert isinstance(_item(read_map(f"[Card]: It costs. {said}\n"), "card"), Evidence)


def test_an_attack_on_a_card_undermines_it(read_map: ReadMap) -> None:
    argmap = read_map("[Card]: It costs. #evidence\n  - [Old]: That was 1990.\n")
    assert _links(argmap) == [("UNDERMINES", "old", "card")]


SOURCED = """
    ===
    title: Tea
    id: tea-map
    motion: Tea
    sources:
      mj: {title: The MJ, author: [Ann, Ben], date: 2014-07-08, url: "http://x.y", pages: 3}
      blog: {title: A blog, author: Cy, date: 2014-07}
      book: {title: A book, date: spring 2014}
    ===

    [Tea]: Tea should be free. {source: mj, at: 19}
      - [Cost]: It costs. {source: [mj, blog], at: [¶1.10, p. 3], heldBy: the centre}
      - [Own]: They say so themselves. {source: mj, heldBy: Ann}
      - [Told]: It is told. {source: book, heldBy: [Di, Ed], reportedBy: Flo}
      - [Inline]: It is new. {source: {title: A letter, author: Gus, date: 2016}}
"""


def test_sources_are_cited_with_their_places(read_map: ReadMap) -> None:
    argmap = read_map(SOURCED)
    cited = [
        (link.start.partition("/")[2], link.end.partition("/")[2], link.locator)
        for link in argmap.links
        if link.kind is LinkKind.CITES
    ]
    assert cited == [
        ("tea", "source-mj", "19"),
        ("cost", "source-mj", "¶1.10"),
        ("cost", "source-blog", "p. 3"),
        ("own", "source-mj", None),
        ("told", "source-book", None),
        ("inline", "source-a-letter", None),
    ]


def test_a_source_is_what_the_frontmatter_says(read_map: ReadMap) -> None:
    argmap = read_map(SOURCED)
    mj = _item(argmap, "source-mj")
    assert isinstance(mj, Source)
    assert (mj.title, mj.author, mj.url) == ("The MJ", ("Ann", "Ben"), "http://x.y")
    assert mj.extra == {"pages": 3}
    dates = [(item.date, item.date_precision) for item in argmap.items if isinstance(item, Source)]
    assert dates == [
        ("2014-07-08", DatePrecision.DAY),
        ("2014-07", DatePrecision.MONTH),
        ("spring 2014", DatePrecision.NONE),
        ("2016", DatePrecision.YEAR),
    ]


def test_who_holds_it_and_who_passes_it_on(read_map: ReadMap) -> None:
    argmap = read_map(SOURCED)
    assert _links(argmap, "ASSERTED_BY", "REPORTED_BY") == [
        ("ASSERTED_BY", "cost", "person-the-centre"),
        ("REPORTED_BY", "cost", "person-ann"),
        ("REPORTED_BY", "cost", "person-ben"),
        ("REPORTED_BY", "cost", "person-cy"),
        ("ASSERTED_BY", "own", "person-ann"),
        ("ASSERTED_BY", "told", "person-di"),
        ("ASSERTED_BY", "told", "person-ed"),
        ("REPORTED_BY", "told", "person-flo"),
    ]
    assert (argmap.id, argmap.title, argmap.motion) == ("tea-map", "Tea", ("tea-map/tea",))


STRUCTURE = """
    [Tea]: Tea should be free.

    <Cups>: Count the cups. {colour: red}

    (1) [Two]: Two cups a day.
    (2) A cup costs a pound.
    -- arithmetic, old rule {uses: [1, 2]} --
    (3) [Pounds]: Two pounds a day.
    (4) [Dear]: Two pounds are much.
    ----
    (5) [Burden]: Tea is a burden.
      _ [Bulk]: Bulk is cheap.
      -> [Tea]

    <Cups>
      - [Miscount]: You counted twice.
      + [Audit]: We checked.

    <Cups>
      -> [Joy]: Staff are happy.
"""


def test_a_structure_gives_its_steps_and_what_they_join(read_map: ReadMap) -> None:
    argmap = read_map(STRUCTURE)
    first, last = _item(argmap, "cups-step-1"), _item(argmap, "cups")
    assert (first.title, first.rules, first.extra["uses"]) == (
        "Cups, step 1",
        ("arithmetic", "old rule"),
        [1, 2],
    )
    assert isinstance(last, Inference)
    assert (last.text, last.extra["colour"]) == ("Count the cups.", "red")
    assert _links(argmap, "PREMISE_OF", "CONCLUDES") == [
        ("PREMISE_OF", "two", "cups-step-1"),
        ("PREMISE_OF", "a-cup-costs-a-pound", "cups-step-1"),
        ("CONCLUDES", "cups-step-1", "pounds"),
        ("PREMISE_OF", "pounds", "cups"),
        ("PREMISE_OF", "dear", "cups"),
        ("CONCLUDES", "cups", "burden"),
    ]


def test_what_hits_an_argument_with_a_structure_hits_its_last_step(read_map: ReadMap) -> None:
    argmap = read_map(STRUCTURE)
    assert _links(argmap, "UNDERCUTS") == [("UNDERCUTS", "bulk", "cups"), ("UNDERCUTS", "miscount", "cups")]
    assert ("SUPPORTS", "audit", "cups") in _links(argmap, "SUPPORTS")


def test_what_an_argument_with_a_structure_says_its_conclusion_says(read_map: ReadMap) -> None:
    argmap = read_map(STRUCTURE)
    assert _links(argmap, "REBUTS") == [("REBUTS", "burden", "tea"), ("REBUTS", "burden", "joy")]


def test_a_structure_without_an_argument_is_a_step_all_the_same(read_map: ReadMap) -> None:
    argmap = read_map("(1) [A]: a\n----\n(2) [B]: b\n")
    assert [type(item) for item in argmap.items].count(Inference) == 1
    assert len(_links(argmap)) == 2


def test_marks_mentions_and_links_are_read_as_text(read_map: ReadMap) -> None:
    argmap = read_map("[A]: A *word*, a [link](http://x.y//z), @[B] and \\#no tag. // not this\n")
    assert argmap.items[0].text == "A word, a link, @[B] and #no tag."


def test_what_settings_say_is_kept(read_map: ReadMap) -> None:
    argmap = read_map("===\ncolor: {colorScheme: dark2}\nsubTitle: x\n===\n\n# Part\n\n[A]: a\n")
    assert argmap.extra["color"] == {"colorScheme": "dark2"}
    assert argmap.extra["argdown"] == {"sections": [{"level": 1, "title": "Part"}]}


def test_files_join_into_one_map(tmp_path: Path) -> None:
    (tmp_path / "parts" / "deep").mkdir(parents=True)
    (tmp_path / "all.argdown").write_text("[Tea]: Tea.\n\n@include(parts/a.argdown)\n")
    (tmp_path / "parts" / "a.argdown").write_text("[Tea]\n  + [A]: a\n\n@include(deep/b.argdown)\n")
    (tmp_path / "parts" / "deep" / "b.argdown").write_text("[Tea]\n  - [B]: b\n")
    argmap = read(tmp_path / "all.argdown")
    assert _links(argmap) == [("SUPPORTS", "a", "tea"), ("REBUTS", "b", "tea")]
    before = argmap.sha256
    (tmp_path / "parts" / "deep" / "b.argdown").write_text("[Tea]\n  - [B]: bb\n")
    assert read(tmp_path / "all.argdown").sha256 != before


def test_the_map_tells_its_file(tmp_path: Path) -> None:
    path = tmp_path / "My Tea.argdown"
    path.write_bytes(b"[Tea]: Tea.\r\n  - [Cost]: Cost.\r\n")
    argmap = read(path)
    assert (argmap.id, argmap.file, argmap.format) == ("my-tea", str(path), "argdown")
    assert argmap.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert [item.text for item in argmap.items] == ["Tea.", "Cost."]


def test_words_stay_as_they_are_typed(read_map: ReadMap) -> None:
    argmap = read_map("[A]: a {speech: no, team: 1:30, kind: 007, cite: 2014-07-08, extra: 1.10}\n")
    card = _item(argmap, "a")
    assert (card.speech, card.kind, card.cite) == ("no", "007", "2014-07-08")
    assert card.extra == {"team": "1:30", "extra": "1.10"}


def test_very_deep_nesting_and_very_long_lines_are_read(tmp_path: Path) -> None:
    depth = 2000
    deep = tmp_path / "deep.argdown"
    deep.write_text("[C]: c\n" + "".join(" " * n + f"+ [C{n}]: c\n" for n in range(1, depth)))
    assert len(read(deep).items) == depth
    long = tmp_path / "long.argdown"
    long.write_text("[A]: " + "a *b* {" * 20_000 + "\n")
    assert read_fails(long) == 1


def read_fails(path: Path) -> int:
    """How many problems a file has."""
    from graph.errors import InputError

    try:
        read_with_warnings(path)
    except InputError as error:
        return len(error.problems)
    return 0
