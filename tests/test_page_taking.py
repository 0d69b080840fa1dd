"""What people take from the page: SVG and PNG files that stand alone, and paper that can be read."""

from __future__ import annotations

import io
import re
import struct
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from browser import Open, Opened
from commandline import ROOT
from drawn_maps import made
from page_checks import cards
from pypdf import PdfReader
from test_page_browser import hostile_map
from test_page_views import POLICY, show, status

from graph.draft import MapDraft
from graph.draw.tree import forest
from graph.model import ArgumentMap, Inference
from ingest.reading import read

pytestmark = pytest.mark.browser

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def localism() -> ArgumentMap:
    return read(ROOT / "examples/localism/localism.argdown")


def saved(tab: Opened, kind: str, *, everything: bool = False) -> bytes:
    """The file that the dialog's button saves."""
    tab.page.locator("#take").click()
    if everything:
        tab.page.locator("#taking input[value=all]").check()
    with tab.page.expect_download() as download:
        tab.page.locator("#taking").get_by_text(f"Save as {kind.upper()}").click()
    assert download.value.suggested_filename.endswith(f".{kind}")
    return Path(download.value.path()).read_bytes()


def said(svg: bytes) -> str:
    """The text of a picture, its lines joined by spaces."""
    return " ".join(text.text or "" for text in ET.fromstring(svg).iter(f"{SVG}text"))


def shown(tab: Opened) -> list[str]:
    """What the drawn cards say, as far as it is not cut off."""
    found: list[str] = tab.page.locator("#layer .card").evaluate_all(
        """cards => cards.flatMap(card => [...card.querySelectorAll(".title, .text")])
            .filter(part => part.scrollHeight <= part.clientHeight + 1)
            .map(part => part.textContent.replace(/\\s+/g, " ").trim())"""
    )
    return found


def printed(tab: Opened, paper: str | None = None, *, everything: bool = False) -> PdfReader:
    """The pages that Chromium prints: as Ctrl+P does, or as the dialog asks for."""
    if paper is not None:
        tab.page.evaluate("window.print = () => {}")
        tab.page.locator("#take").click()
        tab.page.locator(f"#taking input[value={paper}]").check()
        if everything:
            tab.page.locator("#taking input[value=all]").check()
        tab.page.locator("#taking").get_by_text("Print…").click()
    return PdfReader(io.BytesIO(tab.page.pdf(prefer_css_page_size=True, print_background=False)))


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def text_of(pdf: PdfReader) -> str:
    return squeezed("".join(page.extract_text() for page in pdf.pages))


def test_a_picture_says_what_the_cards_that_are_open_say(open_page: Open, localism):
    tab = open_page(localism, at="localism/seen-as-particular")
    texts = shown(tab)
    svg = saved(tab, "svg")
    assert len(texts) > 10
    assert [text for text in texts if squeezed(text) not in squeezed(said(svg))] == []
    assert tab.errors == []
    assert tab.requests == []


def test_a_picture_has_the_verdicts_and_no_buttons(open_page: Open, localism):
    tab = open_page(localism)
    tab.page.locator("#layer .card.motion").first.wait_for()
    assert "stands" not in said(saved(tab, "svg")).split()
    tab.page.get_by_role("button", name="Verdicts").click()
    words = said(saved(tab, "svg")).split()
    assert "stands" in words
    assert "falls" in words
    assert "Strike" not in words


def test_a_picture_stands_alone(open_page: Open):
    svg = saved(open_page(hostile_map()), "svg", everything=True).decode("utf-8")
    assert not re.search(r"<(script|style|foreignObject|image|a|use)\b", svg)
    assert set(re.findall(r"https?://[\w.-]+[^\s\"'<]*", re.sub(r"<text.*?</text>", "", svg))) == {
        "http://www.w3.org/2000/svg"
    }
    for element in ET.fromstring(svg).iter():
        assert not any(name.startswith("on") or name in ("href", "style", "class") for name in element.attrib)


def test_a_picture_of_everything_has_every_card_and_leaves_the_page_as_it_was(open_page: Open, localism):
    tab = open_page(localism)
    before = shown(tab)
    svg = saved(tab, "svg", everything=True)
    assert shown(tab) == before
    text = squeezed(said(svg))
    tree = forest(localism)
    items = [localism.by_id[branch.item] for branch in tree.branches]
    texts = [item.text for item in items if item.text and not isinstance(item, Inference)]
    missing = [one for one in texts if squeezed(one)[:40] not in text]
    assert missing == []
    assert status(tab).startswith("Saved with ")


def test_a_picture_of_a_large_map_stops_at_the_cap_and_says_so(open_page: Open):
    tab = open_page(made(2_000))
    svg = saved(tab, "svg", everything=True)
    count = sum(1 for _ in ET.fromstring(svg).iter(f"{SVG}g"))
    assert 800 < count < 2_000
    assert "of 2,000" in status(tab)


def test_a_png_is_as_large_as_the_picture_and_not_blank(open_page: Open, localism):
    tab = open_page(localism)
    svg = ET.fromstring(saved(tab, "svg"))
    png = saved(tab, "png")
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">II", png[16:24]) == (2 * int(svg.get("width", 0)), 2 * int(svg.get("height", 0)))
    assert len(png) > 100_000  # a blank one of that size is a tenth of it
    assert tab.errors == []


def test_text_from_the_right_starts_at_the_right_in_a_picture(open_page: Open):
    draft = MapDraft("m")
    draft.claim("a", title="العدالة", text="العدالة للجميع في كل مكان")
    tab = open_page(draft.finish())
    box = tab.page.locator("#layer .title").bounding_box()
    card = tab.page.locator("#layer .card").bounding_box()
    text = next(t for t in ET.fromstring(saved(tab, "svg")).iter(f"{SVG}text") if t.text == "العدالة")
    assert box
    assert card
    assert text.get("direction") == "rtl"
    assert float(text.get("x", 0)) == pytest.approx(box["x"] + box["width"] - card["x"], abs=1)


def test_a_poster_has_every_open_card_whole_on_one_of_its_pages(open_page: Open, localism):
    tab = open_page(localism, at="localism/seen-as-particular")
    tab.page.locator("#open-level").click()
    texts = shown(tab)
    pdf = printed(tab)
    assert 2 <= len(pdf.pages) <= 20
    pages = [squeezed(page.extract_text()) for page in pdf.pages]
    assert [text for text in texts if not any(squeezed(text) in page for page in pages)] == []
    assert "row1,column1" in pages[0]
    width, height = pdf.pages[0].mediabox.width, pdf.pages[0].mediabox.height
    assert width > height
    assert cards(tab) == tab.page.locator("#layer .card").count()
    assert tab.page.locator("#paper").evaluate("paper => paper.children.length") == 0


def test_a_small_map_is_one_page_and_an_empty_one_is_no_error(open_page: Open, read_map):
    tab = open_page(read_map("[M]: Motion. {kind: motion}\n  + [A]: One.\n"))
    assert len(printed(tab).pages) == 1
    tab = open_page(MapDraft("empty", "Nothing yet").finish())
    assert len(printed(tab).pages) == 1
    assert tab.errors == []


def test_the_outline_on_paper_has_every_argument_and_its_source(open_page: Open, localism):
    tab = open_page(localism)
    pdf = printed(tab, "outline", everything=True)
    text = text_of(pdf)
    tree = forest(localism)
    items = [localism.by_id[branch.item] for branch in tree.branches]
    assert [item.title for item in items if squeezed(item.text) not in text] == []
    assert "MatthewPike" in text
    assert pdf.pages[0].mediabox.width < pdf.pages[0].mediabox.height
    assert "Showonlythispart" not in text


@pytest.mark.parametrize("view", ["flow", "clash"])
def test_a_view_is_printed_with_all_it_holds(open_page: Open, read_map, view: str):
    tab = open_page(read_map(POLICY), at=f"&view={view}")
    text = text_of(printed(tab))
    assert "Itneverdid." in text
    assert "Itcoststoomuch." in text
    assert "Search" not in text
    show(tab, "map")
    assert "Itneverdid." in text_of(printed(tab, view))


def test_dark_is_not_for_paper(open_page: Open, localism):
    tab = open_page(localism, dark=True)
    tab.page.evaluate("document.documentElement.dataset.paper = 'poster'")
    ink = "getComputedStyle(document.documentElement).getPropertyValue('--ink')"
    assert tab.page.evaluate(ink) == "#1b1e24"


def test_the_dialog_is_left_by_escape_and_the_keyboard_is_back_where_it_was(open_page: Open, localism):
    tab = open_page(localism)
    tab.page.locator("#take").focus()
    tab.page.keyboard.press("Enter")
    assert tab.page.locator("#taking").is_visible()
    tab.page.keyboard.press("Escape")
    assert not tab.page.locator("#taking").is_visible()
    assert tab.page.evaluate("document.activeElement.id") == "take"
