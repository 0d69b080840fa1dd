"""Quotations against their sources: what is exact, what was left out, changed or joined."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from commandline import EXAMPLE, argmap
from hypothesis import given
from hypothesis import strategies as st

from graph.model import ArgumentMap, Evidence, LinkKind, Span, SpanKind
from graph.verify.checking import Library, SourceText, checks
from graph.verify.folding import Folded
from graph.verify.quotation import Verdict, compare
from ingest.reading import read as read_map_file
from ingest.sources import read_sources

ARTICLE = (
    """A Title About Order
By Jane Roe

The international order is strong. It is not true that trade alone keeps it so, although trade
helps. Alliances are what keeps it, and they are unlikely to fail within ten years. “Deterrence works,”
she said, “because it is cred-
ible.” The budget grew by 4 per cent – more than anybody had asked for.

"""
    + "Nothing in this paragraph matters to anybody at all, and it goes on for a while. " * 8
    + """

Climate policy is another matter. States could agree on it, and some of them already do so today.
"""
)
TEXT = Folded(ARTICLE)


@pytest.mark.parametrize(
    "quote",
    [
        "The international order is strong.",
        "the   international\norder is STRONG",
        "\"Deterrence works,\" she said, 'because it is credible.'",
        "Deterrence works, she said, because it is cred-ible",
        "The budget grew by 4 per cent -- more than anybody had asked for.",
        "The inter\u00adnational order",
    ],
)
def test_typography_makes_no_difference(quote: str) -> None:
    assert compare(quote, TEXT).verdict is Verdict.EXACT


@pytest.mark.parametrize("mark", ["…", "...", "[...]", "[ ]", "[…]", "[ Table Omitted ]", ". . ."])
def test_what_is_left_out_with_a_mark_is_said_to_be_marked(mark: str) -> None:
    found = compare(f"The budget grew {mark} more than anybody had asked for.", TEXT)
    assert found.verdict is Verdict.OMISSIONS


def test_changed_words_are_shown() -> None:
    found = compare("The international system is strong. It is not true that trade keeps it so", TEXT)
    assert found.verdict is Verdict.CHANGED
    assert 'the quote has "system" for "order"' in found.what
    assert 'the quote leaves out "alone"' in found.what


def test_an_added_word_is_shown() -> None:
    found = compare("The international order is very strong. It is not true that trade alone", TEXT)
    assert (found.verdict, found.what) == (Verdict.CHANGED, 'the quote adds "very"')


@pytest.mark.parametrize(
    ("quote", "word"),
    [
        ("Alliances are what keeps it, and they are to fail within ten years", "unlikely"),
        ("It is true that trade alone keeps it so, although trade helps", "not"),
        ("States agree on it, and some of them already do so today", "could"),
        ("It is … true that trade alone keeps it so", "not"),
        ("trade alone keeps it so", "not"),
        ("to fail within ten years", "unlikely"),
    ],
)
def test_a_negation_or_hedge_left_out_inside_or_at_the_edge_is_said(quote: str, word: str) -> None:
    found = compare(quote, TEXT)
    assert found.verdict is Verdict.NEGATION
    assert f'"{word}"' in found.what


def test_a_negation_that_is_not_read_aloud_is_said() -> None:
    quote = "It is not true that trade alone keeps it so"
    around = (Span(SpanKind.HIGHLIGHT, 0, 5, "cyan"), Span(SpanKind.HIGHLIGHT, 10, 43, "cyan"))
    found = compare(quote, TEXT, around)
    assert (found.verdict, '"not" is not read aloud' in found.what) == (Verdict.NEGATION, True)
    whole = (Span(SpanKind.HIGHLIGHT, 0, len(quote), "cyan"),)
    assert compare(quote, TEXT, whole).verdict is Verdict.EXACT


def test_pieces_from_far_apart_presented_as_one_are_joined() -> None:
    found = compare("The budget grew by 4 per cent. Climate policy is another matter.", TEXT)
    assert found.verdict is Verdict.JOINED
    assert "Climate policy is another matter" in found.what


def test_pieces_in_another_order_than_the_source_s_are_joined() -> None:
    assert compare("Climate policy is another matter … The budget grew", TEXT).verdict is Verdict.JOINED


@pytest.mark.parametrize("quote", ["Every whale in the sea knows the way to the far shore.", "…", "xyzzy"])
def test_what_is_not_there_is_not_found(quote: str) -> None:
    assert compare(quote, TEXT).verdict is Verdict.NOT_FOUND


@given(st.data())
def test_any_run_of_a_source_s_words_is_found_where_it_stands(data: st.DataObject) -> None:
    words = TEXT.words
    first = data.draw(st.integers(0, len(words) - 5))
    last = data.draw(st.integers(first + 4, len(words) - 1))
    quote = ARTICLE[words[first].start : words[last].stop]
    found = compare(quote, TEXT)
    assert found.verdict in (Verdict.EXACT, Verdict.NEGATION)
    assert found.start is not None
    assert Folded(ARTICLE[found.start : found.stop]).letters == Folded(quote).letters


@given(st.text(max_size=80), st.text(max_size=200))
def test_no_text_is_too_odd_to_compare(quote: str, source: str) -> None:
    assert compare(quote, Folded(source)).verdict in Verdict


MAP = """
    ===
    sources:
      roe:
        title: A Title About Order
        author: Jane Roe
        date: "2020"
      poe:
        title: Quite Another Article
        author: Ed Poe
    ===

    [Order]: There is order.
      + [Card]: Roe says so. {source: roe, quote: "The international order is strong."}
      + [Changed]: Roe says more. {source: roe, quote: "The international order is very strong"}
      + [Away]: Poe says so. {source: poe, quote: "All of this stands in an article that nobody has."}
"""


def cards(argmap_: ArgumentMap) -> dict[str, Evidence]:
    return {item.title: item for item in argmap_.items if isinstance(item, Evidence)}


def test_no_source_at_hand_is_never_verified(read_map: Callable[[str], ArgumentMap]) -> None:
    library = Library([SourceText("roe.txt", ARTICLE, "0")])
    found = {each.card.title: each for each in checks(read_map(MAP), library)}
    assert found["Card"].verified
    assert found["Card"].paragraph == 3
    assert found["Away"].match.verdict is Verdict.NO_SOURCE
    assert not found["Away"].verified
    assert not found["Changed"].verified


def test_a_source_that_is_at_hand_and_does_not_say_it_is_not_no_source(
    read_map: Callable[[str], ArgumentMap],
) -> None:
    library = Library([SourceText("poe.txt", "Quite Another Article\nBy Ed Poe\n\nIt says nothing.", "0")])
    found = {each.card.title: each.match.verdict for each in checks(read_map(MAP), library)}
    assert found["Away"] is Verdict.NOT_FOUND
    assert found["Card"] is Verdict.NO_SOURCE


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with a map, its articles, and a store."""
    import textwrap

    (tmp_path / "m.argdown").write_text(textwrap.dedent(MAP))
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "roe.txt").write_text(ARTICLE)
    assert argmap("load", tmp_path / "m.argdown", "--store", tmp_path / "s.kgl").code == 0
    return tmp_path


def stored(desk: Path) -> ArgumentMap:
    from contextlib import closing

    from graph.store.url import open_store

    with closing(open_store(str(desk / "s.kgl"))) as store:
        return store.load("m")


def verify(desk: Path, *more: str) -> str:
    outcome = argmap("verify", "m", "--sources", desk / "articles", "--store", desk / "s.kgl", *more)
    assert outcome.code == 0, outcome.err
    return outcome.out


def test_what_was_found_is_kept_shown_and_survives_a_load(desk: Path) -> None:
    out = verify(desk)
    assert "3 quoted cards, 1 source at hand: 1 exact, 1 words changed, 1 no source at hand." in out
    card = cards(stored(desk))["Card"]
    assert card.verified == "exact"
    assert str(card.verified_at).startswith("20")
    again = argmap("load", desk / "m.argdown", "--store", desk / "s.kgl")
    assert "nothing changed" in again.out
    assert cards(stored(desk))["Card"].verified == "exact"
    assert "exact" in argmap("show", "m", "Card", "--store", desk / "s.kgl").out
    assert "exact" in argmap("cards", "m", "--store", desk / "s.kgl").out


def test_a_changed_quote_is_unknown_again(desk: Path) -> None:
    verify(desk)
    text = (desk / "m.argdown").read_text().replace('order is strong."', 'order is STRONG."')
    (desk / "m.argdown").write_text(text)
    assert argmap("load", desk / "m.argdown", "--store", desk / "s.kgl").code == 0
    assert cards(stored(desk))["Card"].verified is None
    assert cards(stored(desk))["Changed"].verified == "words changed"


def test_a_changed_source_is_compared_anew(desk: Path) -> None:
    verify(desk)
    before = cards(stored(desk))["Card"].extra["verification"]
    (desk / "articles" / "roe.txt").write_text(ARTICLE.replace("order is strong", "order is weak"))
    verify(desk)
    card = cards(stored(desk))["Card"]
    assert card.verified == "words changed"
    assert card.extra["verification"]["sha256"] != before["sha256"]  # type: ignore[index]


def test_a_source_taken_away_leaves_nothing_verified(desk: Path) -> None:
    verify(desk)
    (desk / "articles" / "roe.txt").unlink()
    assert "3 no source at hand" in verify(desk)
    assert cards(stored(desk))["Card"].verified == "no source at hand"


def test_where_a_quote_begins_is_the_place_of_a_cite_that_had_none(desk: Path) -> None:
    verify(desk)
    for _ in range(2):
        places = {link.start: link.locator for link in stored(desk).links if link.kind is LinkKind.CITES}
        assert places["m/card"] == "¶3"
        assert places["m/away"] is None
        argmap("load", desk / "m.argdown", "--store", desk / "s.kgl")


def test_the_words_around_a_quote_can_be_shown(desk: Path) -> None:
    out = verify(desk, "--all", "--context", "--format", "json")
    assert "⟦The international order is strong⟧. It is not true" in out


def test_html_pdf_and_word_files_are_sources(tmp_path: Path) -> None:
    from docx_maker import Doc

    page = "<html><head><title>T</title><script>var no = 'words'</script></head><body><p>The order is"
    (tmp_path / "a.html").write_text(page + " <b>stro</b>ng &amp; good.</p><p>More.</p></body>")
    Doc().add("", "The order is strong in Word.").save(tmp_path / "b.docx")
    (tmp_path / "c.pdf").write_bytes(pdf("The order is strong in a PDF."))
    (tmp_path / "pictures.jpg").write_bytes(b"\xff\xd8")
    texts, problems = read_sources(tmp_path)
    assert problems == []
    assert {text.name: " ".join(text.text.split()) for text in texts} == {
        "a.html": "The order is strong & good. More.",
        "b.docx": "The order is strong in Word.",
        "c.pdf": "The order is strong in a PDF.",
    }


def pdf(text: str) -> bytes:
    """A PDF of one line; of none where there is no text."""
    shown = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET" if text else ""
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        "/Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(shown)} >>\nstream\n{shown}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode()
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    trailer = f"trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF"
    return out + f"xref\n0 6\n0000000000 65535 f \n{table}{trailer}".encode()


def encrypted() -> bytes:
    import io

    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf("Secret."))))
    writer.encrypt("a password", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_sources_that_cannot_be_read_get_a_line_and_the_others_are_read(tmp_path: Path) -> None:
    (tmp_path / "damaged.pdf").write_bytes(b"%PDF-1.4\nnot much")
    (tmp_path / "empty.txt").write_text(" \n")
    (tmp_path / "good.txt").write_text("A text.")
    (tmp_path / "locked.pdf").write_bytes(encrypted())
    (tmp_path / "picture.pdf").write_bytes(pdf(""))
    texts, problems = read_sources(tmp_path)
    assert [text.name for text in texts] == ["good.txt"]
    assert [problem.what for problem in problems] == [
        "this PDF is damaged",
        "it holds no text",
        "this PDF is encrypted",
        "this PDF is a picture: it holds no text",
    ]


def test_a_folder_that_is_not_there_is_said(desk: Path) -> None:
    outcome = argmap("verify", "m", "--sources", desk / "nowhere", "--store", desk / "s.kgl")
    assert (outcome.code, "there is no such folder" in outcome.err) == (1, True)


CORPORA = os.environ.get("ARGMAP_CORPORA", "")
SEEDS = Path(CORPORA).parent / "seeds" if CORPORA else Path("nowhere")


@pytest.mark.corpora
@pytest.mark.skipif(not SEEDS.is_dir(), reason="needs the six articles, in seeds beside ARGMAP_CORPORA")
def test_every_quotation_of_the_worked_example_stands_in_its_article() -> None:
    texts, problems = read_sources(SEEDS)
    found = checks(read_map_file(EXAMPLE), Library(texts))
    assert problems == []
    assert len(found) >= 30
    assert [
        (each.card.title, each.match.what) for each in found if each.match.verdict is not Verdict.EXACT
    ] == []
    assert all(each.source is not None and each.source.name != "README.md" for each in found)
