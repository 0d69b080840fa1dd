"""Block files out: what Verbatim goes by, and that reading them back gives the same cards."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from commandline import EXAMPLE, argmap
from docx_maker import Doc, block_file, cite, emph, read, run, small, under
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.draft import MapDraft
from graph.export.docx import line, normal_cite
from graph.export.verbatim import to_docx
from graph.model import ArgumentMap, Evidence, Span, SpanKind
from graph.passages import WORD_COLOURS, normal_form
from ingest.reading import read as read_map_file

_odd = (
    "\n",
    "\r\n",
    "\t",
    "\u2028",
    "\u00ad",
    "¶",
    "\u200b",
    " ",
    "  ",
    "[",
    "<",
    "http://x",
    "Roe 19",
    "\x00",
    "\ud800",
)
_pieces = st.sampled_from(
    ("word", "The order", "“quoted”", "…", "2014", "🗳️", "שלום", "&amp;", "a" * 40, *_odd)
)
_quotes = st.lists(_pieces, min_size=1, max_size=14).map("".join) | st.text(max_size=60)
_lines = st.lists(
    st.sampled_from(("Roe", "19", "(Jane Roe,", "“A Title”", "https://x.org/a", "[", " ", "\n", "’24")),
    max_size=9,
)


@st.composite
def cards(draw: st.DrawFn) -> dict[str, object]:
    """Any card: what it quotes, how that is marked, and what its cite says."""
    quote = draw(_quotes)
    places = st.integers(0, len(quote))
    spans = []
    for _ in range(draw(st.integers(0, 6))):
        start, stop = sorted((draw(places), draw(places)))
        kind = draw(st.sampled_from(SpanKind))
        colour = draw(st.sampled_from(WORD_COLOURS[:3])) if kind is SpanKind.HIGHLIGHT else None
        spans.append(Span(kind, start, stop, colour))
    return {
        "quote": quote,
        "spans": tuple(spans),
        "cite": draw(st.none() | _lines.map(" ".join)),
        "short_cite": draw(st.none() | st.sampled_from(("Roe 19", "Roe ’24", "Jane 19"))),
        "text": draw(st.sampled_from(("A tag", "Another\ntag", "Tag: <b>&"))),
    }


def read_back(content: bytes) -> ArgumentMap:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "m.docx"
        path.write_bytes(content)
        return read_map_file(path)


def of_cards(*cards_: dict[str, object]) -> ArgumentMap:
    draft = MapDraft("m", "A map")
    for number, values in enumerate(cards_):
        draft.claim(number, text=str(values["text"]))
        draft.evidence(("card", number), title=f"card {number}", **values)  # type: ignore[arg-type]
        draft.support(("card", number), number)
    return draft.finish()


def said(card: Evidence) -> tuple[object, ...]:
    """A card in the normal form: its tag, quote, marks and cite."""
    quote, spans = normal_form(card.quote or "", card.spans)
    full = None
    if card.cite or card.short_cite:
        full = normal_cite(card.cite or card.short_cite or "", card.short_cite)[0] or None
    short = line(card.short_cite or "") or None
    return line(card.text), quote or None, spans, full, short


@settings(max_examples=150)
@given(st.lists(cards(), min_size=1, max_size=3))
def test_reading_back_what_was_written_gives_the_same_cards(made: list[dict[str, object]]) -> None:
    argmap = of_cards(*made)
    before = [said(item) for item in argmap.items if isinstance(item, Evidence)]
    before = [card for card in before if card[1] or card[3]]  # a card without words is a tag alone
    after = [item for item in read_back(to_docx(argmap)).items if isinstance(item, Evidence)]
    assert [(line(c.text), c.quote, c.spans, c.cite, c.short_cite) for c in after] == before
    assert [said(card) for card in after] == before  # what was read is in the normal form


def test_a_body_that_begins_like_a_cite_is_still_a_body() -> None:
    for body in (
        "[In 2014] Roe 19 said so.",
        "https://example.org is gone.",
        "Jane Roe 16, writer",
        "(omitted)",
    ):
        values = {"text": "A tag", "quote": body, "cite": "Roe 19 (Jane Roe)", "short_cite": "Roe 19"}
        card = next(i for i in read_back(to_docx(of_cards(values))).items if isinstance(i, Evidence))
        assert (card.quote, card.cite) == (body, "Roe 19 (Jane Roe)")


def a_block_file() -> Doc:
    doc = Doc().add("", "For the team.").pocket("Neg").hat("Heg DA").block("Link").add("", "Read two.")
    doc.tag("1. It spends").add("Undertag", "Say this").add(
        "", cite("Roe 19"), run(" (Jane Roe, https://x.org/a)")
    )
    doc.add("", small("The "), under("order is "), read("strong"), emph(" and stays", "cyan"), small("."))
    doc.block("AT: It spends").tag("An analytic").card(
        "No link", "Poe 18", " (Ed Poe)", read("None.", "yellow")
    )
    doc.pocket("Aff").hat("Case").card("It works", "Moe 17", "", under("It does."))
    doc.add("Analytic", run("They dropped it")).tag("It lasts").add("", run("(edited for gender)"))
    doc.add("", cite("Loe 16"), run(" (Una Loe) //XYZ"))
    return doc.add(
        "",
        read("It lasts "),
        read("long", "darkGray"),
        run(" hidden", direct="<w:vanish/>"),
        run(" grey", direct='<w:shd w:val="clear" w:fill="D2D2D2"/>'),
        read(" enough ~ Marked 10:32 ~ for"),
        under(" us."),
    )


def test_a_word_file_written_again_is_the_same_map(tmp_path: Path) -> None:
    first = read_map_file(a_block_file().save(tmp_path / "m.docx"))
    again = read_back(to_docx(first))
    plain = {"file": "", "sha256": ""}
    assert replace(again, **plain) == replace(first, **plain)  # type: ignore[arg-type]
    assert to_docx(again) == to_docx(first)
    card = next(item for item in again.items if isinstance(item, Evidence) and item.short_cite == "Loe 16")
    assert card.extra["marks"] == [{"at": 32, "text": "Marked 10:32"}]
    assert card.extra["shaded"] == [[9, 13, "darkGray"], [20, 25, "d2d2d2"]]
    assert (card.extra["hidden"], card.extra["notes"]) == ([[13, 20]], ["(edited for gender)"])
    assert (card.extra["names"], card.cite) == ({"cutter": "//XYZ"}, "Loe 16 (Una Loe)")


def test_what_extra_holds_unsoundly_is_not_written() -> None:
    values = {
        "text": "A tag",
        "quote": "A body.",
        "extra": {"hidden": "x", "shaded": [[0, 9, '"/>']], "marks": [1]},
    }
    xml = part(to_docx(of_cards(values)), "word/document.xml")
    assert "w:vanish" not in xml
    assert "w:shd" not in xml
    assert [c.quote for c in read_back(to_docx(of_cards(values))).items if isinstance(c, Evidence)] == [
        "A body."
    ]


def test_a_large_file_written_again_is_the_same_map(tmp_path: Path) -> None:
    path = tmp_path / "m.docx"
    path.write_bytes(block_file(60))
    first = read_map_file(path)
    again = read_back(to_docx(first))
    assert again.items == first.items
    assert again.links == first.links


def part(content: bytes, name: str) -> str:
    return zipfile.ZipFile(BytesIO(content)).read(name).decode()


def test_what_verbatim_goes_by_is_there(tmp_path: Path) -> None:
    content = to_docx(read_map_file(a_block_file().save(tmp_path / "m.docx")))
    styles, text = part(content, "word/styles.xml"), part(content, "word/document.xml")
    for style_id, name, level in (
        ("1", "heading 1", 0),
        ("2", "heading 2", 1),
        ("3", "heading 3", 2),
        ("4", "heading 4", 3),
    ):
        found = re.search(rf'w:styleId="Heading{style_id}">(.*?)</w:style>', styles)
        assert found is not None
        assert f'<w:name w:val="{name}"/>' in found.group(1)
        assert f'<w:outlineLvl w:val="{level}"/>' in found.group(1)
    for name in ("Style 13 pt Bold", "Style Underline", "Emphasis"):
        assert f'<w:name w:val="{name}"/>' in styles
    runs = re.findall(r"<w:r>(?:<w:rPr>(.*?)</w:rPr>)?<w:t xml:space=\"preserve\">(.*?)</w:t></w:r>", text)
    looks = {said_: look for look, said_ in runs}
    assert looks["Roe 19"] == '<w:rStyle w:val="Style13ptBold"/>'
    assert looks[" (Jane Roe, https://x.org/a)"] == ""
    assert looks["order is "] == '<w:rStyle w:val="StyleUnderline"/>'
    assert looks["strong"] == '<w:rStyle w:val="StyleUnderline"/><w:highlight w:val="cyan"/>'
    assert looks[" and stays"] == '<w:rStyle w:val="Emphasis"/><w:highlight w:val="cyan"/>'
    assert looks["The "] == '<w:sz w:val="16"/><w:szCs w:val="16"/>'
    assert text.count("<w:shd") == 1  # what was shaded there; what is read is never shown by shading
    assert all(
        said_.strip() for _, said_ in re.findall(r'(Heading\d)"/></w:pPr><w:r><w:t[^>]*>(.*?)</w:t>', text)
    )
    assert "docProps/core.xml" not in zipfile.ZipFile(BytesIO(content)).namelist()


def test_unread_text_of_a_marked_card_is_shrunk_and_is_not_called_small_for_it() -> None:
    quote = "Unread. Read."
    values = {
        "text": "A tag",
        "quote": quote,
        "cite": "Roe 19",
        "short_cite": "Roe 19",
        "spans": (Span(SpanKind.UNDERLINE, 8, 13),),
    }
    content = to_docx(of_cards(values))
    assert '<w:sz w:val="15"/><w:szCs w:val="15"/></w:rPr><w:t xml:space="preserve">Unread. </w:t>' in part(
        content, "word/document.xml"
    )
    card = next(item for item in read_back(content).items if isinstance(item, Evidence))
    assert card.spans == values["spans"]


def test_a_map_that_never_was_a_word_file_has_a_case_and_at_blocks() -> None:
    content = to_docx(read_map_file(EXAMPLE))
    text = part(content, "word/document.xml")
    titles = re.findall(r'"Heading3"/></w:pPr><w:r><w:t[^>]*>(.*?)</w:t>', text)
    assert titles[0] == "Case"
    assert "AT: Power should move" in titles
    again = read_back(content)
    argmap = read_map_file(EXAMPLE)
    arguers = ("Claim", "Rebuttal", "Evidence")
    statements = [line(i.text or i.title) for i in argmap.items if i.label in arguers]
    read_again = [line(i.text) for i in again.items if "headings" in i.extra]
    assert sorted(read_again) == sorted(statements)
    quotes = [i.quote for i in argmap.items if isinstance(i, Evidence) and i.quote]
    assert quotes
    assert sorted(i.quote for i in again.items if isinstance(i, Evidence) and i.quote) == sorted(quotes)


def test_a_cite_is_made_of_what_the_source_says() -> None:
    text = part(to_docx(read_map_file(EXAMPLE)), "word/document.xml")
    assert ">Pike 14</w:t>" in text
    assert "[Matthew Pike, social entrepreneur, author of the IPPR report Mass Collaboration, " in text
    assert "New Statesman, 7-8-2014]" in text


@pytest.mark.parametrize("name", ["Mine", "Another \u0007 name"])
def test_a_title_of_any_text_is_a_heading(name: str) -> None:
    draft = MapDraft("m", name)
    draft.claim(1, text="A claim")
    draft.claim(2, text="A reason")
    draft.support(2, 1)
    assert line(name) in part(to_docx(draft.finish()), "word/document.xml")


def test_only_one_claim_and_its_answers_can_be_written(tmp_path: Path) -> None:
    out = tmp_path / "blocks.docx"
    outcome = argmap("export", "--file", EXAMPLE, "-o", out, "--only", "Power should move")
    assert outcome.code == 0, outcome.err
    text = part(out.read_bytes(), "word/document.xml")
    assert "AT: Power should move" in text
    small_ = argmap("export", "--file", EXAMPLE, "-o", out, "--only", "Are local authorities capable?")
    assert small_.code == 0
    assert "AT: Power should move" not in part(out.read_bytes(), "word/document.xml")


def test_who_cut_a_card_is_written_only_when_asked(tmp_path: Path) -> None:
    source = Doc().card("A tag", "Roe 19", " (Jane Roe) //XYZ", under("A body.")).save(tmp_path / "b.docx")
    for kind in ("json", "docx"):
        out = tmp_path / f"out.{kind}"
        assert argmap("export", "--file", source, "-o", out).code == 0
        content = out.read_bytes() if kind == "json" else part(out.read_bytes(), "word/document.xml").encode()
        assert b"XYZ" not in content
    assert argmap("export", "--file", source, "-o", tmp_path / "n.json", "--with-names").code == 0
    assert "//XYZ" in (tmp_path / "n.json").read_text()
    assert argmap("convert", source, tmp_path / "c.json").code == 0
    assert "XYZ" not in (tmp_path / "c.json").read_text()
    assert argmap("convert", source, tmp_path / "d.json", "--with-names").code == 0
    assert "//XYZ" in (tmp_path / "d.json").read_text()
    assert argmap("draw", "--file", source, "-o", tmp_path / "m.html").code == 0
    assert "XYZ" not in (tmp_path / "m.html").read_text()


@pytest.mark.parametrize(
    ("quote", "spoken", "read_"),
    [
        ("The order is strong, and the order stays strong.", "the order stays", ["the order stays"]),
        ("The order is strong and it stays.", "order stays.", ["order", "stays."]),
        ("The order is strong.", "The order is strong.", []),
        ("The order is strong.", "Weak order", []),
    ],
)
def test_what_is_read_aloud_is_highlighted_where_only_its_words_are_known(
    quote: str, spoken: str, read_: list[str]
) -> None:
    content = to_docx(of_cards({"text": "A tag", "quote": quote, "spoken": spoken}))
    card = next(item for item in read_back(content).items if isinstance(item, Evidence))
    assert [quote[span.start : span.stop] for span in card.spans if span.kind is SpanKind.HIGHLIGHT] == read_
    assert card.quote == quote


def test_what_word_cannot_say_is_told_with_a_count_and_strict_refuses(tmp_path: Path) -> None:
    word = a_block_file().save(tmp_path / "in.docx")
    outcome = argmap("export", "--file", word, "-o", tmp_path / "out.docx", "--with-names", "--strict")
    assert (outcome.code, outcome.out) == (0, "")
    outcome = argmap("export", "--file", EXAMPLE, "-o", tmp_path / "l.docx")
    assert outcome.code == 0
    assert "undercuts are written as answers to the claim (4)" in outcome.err
    assert "names of those who hold it are left out (287)" in outcome.err
    refused = argmap("export", "--file", EXAMPLE, "-o", tmp_path / "s.docx", "--strict")
    assert refused.code == 1
    assert not (tmp_path / "s.docx").exists()


def test_analytics_have_their_own_style_when_asked(tmp_path: Path) -> None:
    source = (
        Doc().tag("No card here").card("A card", "Roe 19", "", under("A body.")).save(tmp_path / "b.docx")
    )
    for options, style in (((), "Heading4"), (("--analytic-style",), "Analytic")):
        out = tmp_path / "out.docx"
        assert argmap("export", "--file", source, "-o", out, *options).code == 0
        xml = part(out.read_bytes(), "word/document.xml")
        tags = re.findall(r'<w:pStyle w:val="(\w+)"/></w:pPr><w:r><w:t xml:space="preserve">([^<]+)', xml)
        assert tags == [(style, "No card here"), ("Heading4", "A card")]
    outcome = argmap("export", "--file", EXAMPLE, "-o", tmp_path / "m.json", "--analytic-style")
    assert outcome.code == 2
    assert "--analytic-style goes with a Word file" in outcome.err


def test_a_block_file_named_like_a_speech_is_warned_of(tmp_path: Path) -> None:
    outcome = argmap("export", "--file", EXAMPLE, "-o", tmp_path / "Speech 1AC.docx")
    assert outcome.code == 0
    assert "Verbatim takes a file with this name for the speech" in outcome.err
