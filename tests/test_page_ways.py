"""Ways through the page: the outline, parts of a map, the address, back and forward, paper."""

from __future__ import annotations

import pytest
from browser import Open, Opened
from commandline import ROOT
from page_checks import cards, overlaps

from graph.draft import MapDraft
from graph.model import ArgumentMap
from ingest.reading import read

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def localism() -> ArgumentMap:
    return read(ROOT / "examples/localism/localism.argdown")


def top_of(tab: Opened, title: str) -> float:
    box = tab.page.locator("#layer .card", has=tab.page.get_by_text(title, exact=True)).first.bounding_box()
    assert box is not None
    return box["y"]


def focused(tab: Opened) -> str:
    text: str = tab.page.evaluate("document.activeElement.textContent")
    return text


@pytest.mark.parametrize("title", ["Places differ", "Local work already delivers", "Which local?"])
def test_the_card_that_is_clicked_stays_where_it_was(open_page: Open, localism, title: str):
    tab = open_page(localism)
    card = tab.page.locator("#layer .card", has=tab.page.get_by_text(title, exact=True)).first
    before = top_of(tab, title)
    for _ in range(3):
        card.click()
        assert top_of(tab, title) == pytest.approx(before, abs=1)


def test_what_is_against_the_motion_stands_right_of_what_is_for_it(open_page: Open, localism):
    tab = open_page(localism)
    first = {
        kind: tab.page.locator(f"#layer .card.{kind}").first.bounding_box() for kind in ("claim", "rebuttal")
    }
    assert first["claim"]
    assert first["rebuttal"]
    assert first["rebuttal"]["x"] > first["claim"]["x"] + first["claim"]["width"]
    assert first["rebuttal"]["y"] == pytest.approx(first["claim"]["y"], abs=1)


def test_on_a_phone_all_stands_in_one_column(open_page: Open, localism):
    tab = open_page(localism, width=360, height=740)
    boxes = tab.page.locator("#layer .card:not(.root)").evaluate_all(
        "cards => cards.map(card => [card.getBoundingClientRect().left, card.getBoundingClientRect().right])"
    )
    assert len({round(left) for left, _ in boxes}) == 1
    assert all(right <= 360 for _, right in boxes)


def test_the_outline_opens_closes_and_selects_by_keyboard(open_page: Open, localism):
    tab = open_page(localism)
    line = tab.page.locator("#outline [role=treeitem]", has_text="Places differ").first
    line.focus()
    before = cards(tab)
    tab.page.keyboard.press("ArrowRight")
    assert cards(tab) > before
    assert "Places differ" in focused(tab)
    tab.page.keyboard.press("ArrowRight")
    assert "Places differ" not in focused(tab)
    tab.page.keyboard.press("ArrowLeft")
    tab.page.keyboard.press("ArrowLeft")
    assert cards(tab) == before
    tab.page.keyboard.press("Enter")
    assert tab.page.locator("#panel h2").text_content() == "Places differ"


def test_what_changed_is_said_aloud(open_page: Open, localism):
    tab = open_page(localism)
    tab.page.locator("#layer .card.claim", has_text="Places differ").first.click()
    assert "Places differ: open" in (tab.page.locator("#status").text_content() or "")


def test_one_part_is_shown_alone_and_the_bar_leads_back(open_page: Open, localism):
    tab = open_page(localism, at="localism/centre-cannot-handle-complexity")
    tab.page.get_by_role("button", name="Show only this part").click()
    assert tab.page.locator("#layer .card.motion").count() == 0
    assert "Centre cannot handle complexity" in (tab.page.locator("#layer .root").text_content() or "")
    assert overlaps(tab) == []
    tab.page.get_by_role("button", name="Whole map").click()
    assert tab.page.locator("#layer .card.motion").count() == 2
    assert not tab.page.locator("#crumbs").is_visible()


def test_back_and_forward_go_from_card_to_card(open_page: Open, localism):
    tab = open_page(localism, at="localism/seen-as-particular")
    tab.page.locator("#panel a", has_text="Double standard").first.click()
    assert tab.page.url.endswith("#localism/double-standard")
    tab.page.go_back()
    assert tab.page.locator("#panel h2").text_content() == "Seen as particular"
    tab.page.go_forward()
    assert tab.page.locator("#panel h2").text_content() == "Double standard"


def test_escape_closes_the_details_and_leaves_the_keyboard_on_the_card(open_page: Open, localism):
    tab = open_page(localism, at="localism/seen-as-particular")
    tab.page.locator("#layer .card", has_text="Seen as particular").last.focus()
    tab.page.keyboard.press("Escape")
    assert not tab.page.locator("#panel").is_visible()
    assert "Seen as particular" in focused(tab)


def test_an_undercut_ends_on_the_link_it_attacks(open_page: Open, read_map):
    tab = open_page(
        read_map("""
            [Tax]: A sugar tax cuts obesity.
              + [Mexico]: It did in Mexico.
                _ [Recession]: There was a recession too.
        """)
    )
    for _ in range(2):
        tab.page.locator("#open-level").click()
    mark = tab.page.locator("#layer .mark.undercuts").bounding_box()
    premise = tab.page.locator("#layer .card", has_text="It did in Mexico").bounding_box()
    assert mark
    assert premise
    assert mark["x"] + mark["width"] < premise["x"]
    assert premise["y"] < mark["y"] + mark["height"] / 2 < premise["y"] + premise["height"] / 2


def test_paper_gets_the_map_and_nothing_around_it(open_page: Open, localism):
    tab = open_page(localism, at="localism/seen-as-particular")
    tab.page.emulate_media(media="print")
    for hidden in (".bar", "#outline", "#panel"):
        assert not tab.page.locator(hidden).is_visible()
    assert tab.page.locator("#layer .card.motion").first.is_visible()


def test_text_that_reads_from_the_right_is_set_from_the_right(open_page: Open):
    draft = MapDraft("m")
    draft.claim("a", title="العدالة", text="العدالة للجميع في كل مكان")
    tab = open_page(draft.finish())
    direction = tab.page.locator("#layer .title").evaluate("title => getComputedStyle(title).direction")
    assert direction == "rtl"


@pytest.mark.parametrize("dark", [False, True])
def test_axe_finds_nothing_wrong_with_a_part_shown_and_a_search_made(open_page: Open, localism, dark: bool):
    from axe_playwright_python.sync_playwright import Axe

    tab = open_page(localism, dark=dark, at="localism/centre-cannot-handle-complexity")
    tab.page.get_by_role("button", name="Show only this part").click()
    tab.page.locator("#search").fill("centre")
    results = Axe().run(tab.page).response["violations"]
    assert [(v["id"], [n["target"] for n in v["nodes"]][:3]) for v in results] == []


def test_what_can_be_pressed_is_large_enough(open_page: Open, localism):
    tab = open_page(localism, width=360, height=740, at="localism/centre-cannot-handle-complexity")
    small = tab.page.evaluate(
        """() => [...document.querySelectorAll("button, input, summary, [role=treeitem]")]
            .filter(e => e.checkVisibility({visibilityProperty: true}) && e.getBoundingClientRect().width)
            .filter(e => Math.min(e.getBoundingClientRect().width, e.getBoundingClientRect().height) < 24)
            .map(e => e.textContent || e.id)"""
    )
    assert small == []


LONG_PRESS = """async (card) => {
    const {x, y} = card.getBoundingClientRect();
    const at = {bubbles: true, pointerType: "touch", isPrimary: true, clientX: x + 20, clientY: y + 20};
    card.dispatchEvent(new PointerEvent("pointerdown", at));
    await new Promise((done) => setTimeout(done, 700));
    card.dispatchEvent(new PointerEvent("pointerup", at));
    card.dispatchEvent(new MouseEvent("click", {bubbles: true, cancelable: true}));
}"""


def test_a_long_press_shows_the_details_and_opens_nothing(open_page, read_map):
    tab = open_page(read_map("[A]: One.\n  + [B]: Two.\n    + [C]: Three.\n      + [D]: Four.\n"), width=360)
    tab.page.locator("#close-all").click()
    drawn = tab.page.locator("#layer .card").count()
    card = tab.page.locator("#layer .card", has_text="Two.")
    card.evaluate(LONG_PRESS)
    assert tab.page.locator("#panel h2").text_content() == "B"
    assert tab.page.locator("#layer .card").count() == drawn
    assert card.get_attribute("aria-expanded") == "false"
    tab.page.keyboard.press("Escape")
    card.click()
    assert tab.page.locator("#layer .card").count() > drawn
    assert tab.errors == []
