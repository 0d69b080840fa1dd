"""The page as a coach uses it, in a real browser: opening, closing, searching, nothing let in or out."""

from __future__ import annotations

import pytest
from browser import Open
from commandline import ROOT
from page_checks import cards, overlaps

from graph.draft import MapDraft
from graph.draw.page import page
from graph.model import ArgumentMap, LinkKind
from ingest.reading import read

pytestmark = pytest.mark.browser

HOSTILE = [
    "<script>window.hit = 1</script>",
    "</script><script>window.hit = 1</script>",
    '<img src=x onerror="window.hit = 1">',
    "\"' onmouseover='window.hit = 1' x='",
    "javascript:window.hit=1",
    "{{7*7}} ${7*7} <%= 7 %>",
    "back\\slash \\u003cscript\\u003e",
    "\u202eright to left override",
    "العدالة للجميع",
    "地方政府有能力吗",
    "🙂👩‍👩‍👧‍👦 emoji",
    "word" * 75,
    "]]> --> <!-- -->",
    "\u2028line\u2029ends",
    "nul\x00byte \x1b[31m",
]


@pytest.fixture(scope="module")
def localism() -> ArgumentMap:
    return read(ROOT / "examples/localism/localism.argdown")


def hostile_map() -> ArgumentMap:
    draft = MapDraft("hostile", HOSTILE[0])
    draft.claim("root", title="Motion", text=HOSTILE[1], kind="motion")
    for number, text in enumerate(HOSTILE):
        draft.claim(number, title=f"{number} {text}", text=text, tags=(text,), extra={"key": text})
        draft.support(number, "root") if number % 2 else draft.attack(number, "root")
        draft.source(("s", number), title=text, publisher=text, url=text, author=(text,))
        draft.evidence(("e", number), title=text, quote=text, cite=text)
        draft.support(("e", number), number)
        draft.link(LinkKind.CITES, ("e", number), ("s", number), locator=text)
        draft.link(LinkKind.ASSERTED_BY, ("e", number), draft.person(text))
    return draft.finish()


def test_the_example_opens_legibly_and_asks_nothing_of_the_network(open_page: Open, localism):
    tab = open_page(localism)
    assert tab.requests == []
    assert tab.errors == []
    assert 5 <= cards(tab) <= 24
    assert overlaps(tab) == []
    assert tab.page.locator("#layer .card.motion .title").first.text_content() == "Power should move"
    size = tab.page.evaluate("parseFloat(getComputedStyle(document.querySelector('#layer .text')).fontSize)")
    assert size >= 12


def test_a_click_opens_a_card_and_another_closes_it(open_page: Open, localism):
    tab = open_page(localism)
    node = tab.page.locator("#layer .card[aria-expanded=false]").first.get_attribute("data-node")
    card = tab.page.locator(f"#layer .card[data-node='{node}']")
    before = cards(tab)
    card.click()
    assert card.get_attribute("aria-expanded") == "true"
    assert cards(tab) > before
    assert overlaps(tab) == []
    card.click()
    assert card.get_attribute("aria-expanded") == "false"
    assert cards(tab) == before
    assert overlaps(tab) == []


def test_the_keyboard_alone_opens_and_closes(open_page: Open, localism):
    tab = open_page(localism)
    motion = tab.page.locator("#layer .card.motion").first
    motion.focus()
    if motion.get_attribute("aria-expanded") == "true":
        tab.page.keyboard.press("ArrowLeft")
    assert motion.get_attribute("aria-expanded") == "false"
    before = cards(tab)
    tab.page.keyboard.press("ArrowRight")
    assert motion.get_attribute("aria-expanded") == "true"
    assert cards(tab) > before
    tab.page.keyboard.press("ArrowDown")
    focused = tab.page.evaluate("document.activeElement.className")
    assert "card" in focused
    assert "motion" not in focused


def test_nothing_overlaps_with_everything_open(open_page: Open, localism):
    tab = open_page(localism)
    for _ in range(12):
        tab.page.locator("#open-level").click()
    assert cards(tab) > 150
    assert overlaps(tab) == []
    assert tab.errors == []


def test_a_search_finds_and_shows_what_is_hidden(open_page: Open, localism):
    last = [item for item in localism.items if item.label == "Evidence"][-1]
    tab = open_page(localism)
    assert tab.page.locator("#layer .title", has_text=last.title).count() == 0
    tab.page.locator("#search").fill(last.title)
    tab.page.keyboard.press("Enter")
    tab.page.wait_for_function(
        "title => [...document.querySelectorAll('#layer .title')].some(t => t.textContent === title)",
        arg=last.title,
    )
    assert tab.page.locator("#hits").text_content()


def test_the_address_opens_an_item_with_its_source_and_holders(open_page: Open, localism):
    tab = open_page(localism, at="localism/seen-as-particular")
    panel = tab.page.locator("#panel")
    panel.wait_for(state="visible")
    text = panel.text_content() or ""
    for said in ("Seen as particular", "The MJ", "¶18", "the centre", "Richard Leese"):
        assert said in text
    assert "seen-as-particular" in tab.page.url


def test_an_undercut_is_drawn_to_the_step_it_hits(open_page: Open, localism):
    tab = open_page(localism, at="localism/seen-as-particular")
    card = tab.page.locator("#layer .card.rebuttal", has_text="Seen as particular").first
    assert "undercuts" in (card.locator(".how").text_content() or "")


def test_hostile_text_neither_runs_nor_breaks_the_page(open_page: Open):
    tab = open_page(hostile_map())
    for _ in range(4):
        tab.page.locator("#open-level").click()
    for card in tab.page.locator("#layer .card").all()[:12]:
        card.click()
    assert tab.page.evaluate("window.hit") is None
    assert tab.requests == []
    assert tab.errors == []
    assert tab.page.evaluate("document.querySelectorAll('#layer img, #panel img, #layer script').length") == 0
    links = tab.page.evaluate("[...document.querySelectorAll('a[href]')].map(a => a.getAttribute('href'))")
    assert all(link.startswith(("http://", "https://", "#")) for link in links)
    assert overlaps(tab) == []


@pytest.mark.parametrize(("width", "dark"), [(1400, False), (1400, True), (360, False)])
def test_axe_finds_nothing_wrong(open_page: Open, localism, width: int, dark: bool):
    from axe_playwright_python.sync_playwright import Axe

    tab = open_page(localism, width=width, dark=dark, at="localism/seen-as-particular")
    results = Axe().run(tab.page).response["violations"]
    assert [(v["id"], [n["target"] for n in v["nodes"]][:3]) for v in results] == []


def test_two_runs_give_the_same_bytes(localism):
    assert page(localism) == page(localism)


@pytest.mark.parametrize("titles", [[], ["Alone"]])
def test_a_map_of_nothing_or_of_one_claim_is_a_sensible_page(open_page: Open, titles):
    draft = MapDraft("small")
    for title in titles:
        draft.claim(title, title=title)
    tab = open_page(draft.finish())
    assert tab.errors == []
    if titles:
        assert cards(tab) == 1
    else:
        assert tab.page.locator("#notice").is_visible()
