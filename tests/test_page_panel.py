"""The details of a card: evidence as a debater reads it, who says so, and what users added."""

from __future__ import annotations

from dataclasses import replace

import pytest
from browser import Open, Opened

from graph.draft import MapDraft
from graph.edits import Stamp, add_link, add_note, set_values
from graph.model import ArgumentMap, DatePrecision, Evidence, LinkKind, Source, Span, SpanKind

pytestmark = pytest.mark.browser

QUOTE = "Growth 🙂 is slow. Experts doubt it, and jobs fall."


def with_a_card(**values: object) -> ArgumentMap:
    draft = MapDraft("m", "M")
    draft.claim("tag", title="Growth fails", text="It will fail.", kind="motion")
    spans = (
        Span(SpanKind.UNDERLINE, 0, 17),
        Span(SpanKind.HIGHLIGHT, 0, 8),
        Span(SpanKind.HIGHLIGHT, 40, 49),
    )
    draft.evidence(
        "card", title="Card", text="Growth is slow.", quote=QUOTE, spans=spans, short_cite="Pike 14",
        cite="Matthew Pike, The MJ", words=4, **values,
    )  # fmt: skip
    draft.support("card", "tag")
    source = draft.source(
        "s", title="Slow growth", author=("Matthew Pike",), qualifications="economist", publisher="The MJ",
        date="2014-07", date_precision=DatePrecision.MONTH, url="https://example.org/x",
        accessed="2015-01-02",
    )  # fmt: skip
    draft.link(LinkKind.CITES, "card", source, locator="¶7")
    draft.link(LinkKind.ASSERTED_BY, "card", draft.person("A minister"))
    draft.link(LinkKind.REPORTED_BY, "card", draft.person("Matthew Pike"))
    return draft.finish()


def panel(tab: Opened) -> str:
    return tab.page.locator("#panel").inner_text()


def test_a_card_shows_its_cite_its_marks_its_time_and_its_source(open_page: Open):
    tab = open_page(with_a_card(), at="m/card")
    text = panel(tab)
    assert "Pike 14 Matthew Pike, The MJ" in text
    assert "1 s to read aloud, 4 words" in text
    assert "Matthew Pike (economist). Slow growth. The MJ, 2014-07 (day not known)" in text
    assert "¶7" in text
    assert "accessed 2015-01-02" in text
    assert "HELD BY\nA minister".casefold() in text.replace("\n\n", "\n").casefold()
    assert "Reported by" in text
    quote = tab.page.locator("#panel blockquote").first
    assert quote.inner_text() == QUOTE
    assert quote.locator(".span-underline").all_text_contents() == ["Growth 🙂", " is slow."]
    assert quote.locator("mark").all_text_contents() == ["Growth 🙂", "jobs fall"]
    assert tab.page.locator("#panel .cite a").get_attribute("href") == "https://example.org/x"
    tab.page.locator("#panel .links-to a", has_text="Growth fails").click()
    assert tab.page.locator("#panel h2").text_content() == "Growth fails"


def test_read_aloud_shows_what_is_read_and_back(open_page: Open):
    tab = open_page(with_a_card(), at="m/card")
    button = tab.page.locator("#panel").get_by_role("button", name="Read aloud")
    button.click()
    assert button.get_attribute("aria-pressed") == "true"
    read = tab.page.locator("#panel blockquote:visible")
    assert read.all_inner_texts() == ["Growth 🙂 jobs fall"]
    button.click()
    assert read.all_inner_texts() == [QUOTE]


@pytest.mark.parametrize(
    ("verified", "at", "says"),
    [
        (None, None, "Against its source: not checked"),
        ("exact", "2026-03-01T10:00:00Z", "Against its source: ✓ exact, checked 2026-03-01"),
        ("words changed", "2026-03-01", "Against its source: ! words changed, checked 2026-03-01"),
    ],
)
def test_a_card_says_whether_it_was_checked(open_page: Open, verified: str | None, at: str | None, says: str):
    tab = open_page(with_a_card(verified=verified, verified_at=at), at="m/card")
    assert says in panel(tab)


@pytest.mark.parametrize(
    ("date", "precision", "says"),
    [
        ("2014", DatePrecision.YEAR, "2014 (only the year is known)"),
        ("2014-07-08", DatePrecision.DAY, "The MJ, 2014-07-08"),
        (None, DatePrecision.NONE, "The MJ (no date)"),
    ],
)
def test_a_date_says_how_precise_it_is(
    open_page: Open, date: str | None, precision: DatePrecision, says: str
):
    argmap = with_a_card()
    items = tuple(
        replace(item, date=date, date_precision=precision) if isinstance(item, Source) else item
        for item in argmap.items
    )
    text = panel(open_page(replace(argmap, items=items), at="m/card"))
    assert says in text
    assert (precision is DatePrecision.DAY) == ("known" not in text and "no date" not in text)


def test_what_users_added_is_shown_with_who_and_when(open_page: Open):
    argmap = with_a_card()
    stamp = Stamp("Ann", "2026-04-05T06:07:08Z")
    argmap = add_note(argmap, "m/card", "Ask for <b>page 3</b>.", stamp)
    argmap = set_values(argmap, ["m/card"], {"speech": "1AC"}, stamp)
    argmap = add_link(argmap, "m/growth-fails", LinkKind.SUPPORTS, "m/card", stamp)
    assert isinstance(argmap.by_id["m/card"], Evidence)
    tab = open_page(argmap, at="m/card")
    text = panel(tab)
    assert "note Ask for <b>page 3</b>. (Ann, 2026-04-05)" in text
    assert "set speech=1AC (Ann, 2026-04-05)" in text
    tab.page.evaluate("location.hash = 'm/growth-fails'")
    tab.page.locator("#panel", has_text="link supports Card (Ann, 2026-04-05)").wait_for()
    assert tab.errors == []
