"""Every view for everybody: nothing for axe to find, any script, all by keyboard, no target too small."""

from __future__ import annotations

import pytest
from browser import Open, Opened
from commandline import ROOT
from drawn_maps import made
from page_checks import overlaps
from test_page_browser import hostile_map
from test_page_views import POLICY, show

from graph.model import ArgumentMap
from ingest.reading import read

pytestmark = pytest.mark.browser

VIEWS = ("map", "outline", "flow", "clash")
SMALL = (made(50), next(item.id for item in made(50).items if item.title.endswith(" 1")))
SCRIPTS = """
[السلطة للمحليات]: يجب أن تنتقل السلطة على الخدمات العامة إلى البلديات والمدن الصغيرة.
  + [الأماكن مختلفة]: المشاكل ليست واحدة في كل مكان، وما ينفع في مدينة قد لا ينفع في قرية.
    - <המרכז יודע יותר>: למרכז יש מומחים, כסף ונתונים על כל הארץ (לפי מחקר של OECD מ-2014).
      - [Mixed]: He said «العدالة للجميع» in 2014 and meant it, يعني ذلك الكثير.
  + [地方更了解情况]: 地方政府比中央政府更了解当地居民的需要，因此能够更快、更好地提供公共服务。
    - <能力不足>: 許多地方政府缺乏資金與專業人員。これは日本でも同じで、小さな自治体ほど職員が足りない。
      - [한국의 예]: 한국에서는 지방자치제가 시행된 이후로 주민 참여가 크게 늘었다는 조사 결과가 있다.
  - <Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft>: WORDS
"""


@pytest.fixture(scope="module")
def localism() -> ArgumentMap:
    return read(ROOT / "examples/localism/localism.argdown")


def faults(tab: Opened) -> list[str]:
    """What axe finds wrong with the page as it is."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(tab.page).response["violations"]
    return [f"{fault['id']}: {fault['nodes'][0]['html'][:200]}" for fault in found]


@pytest.mark.parametrize(
    ("width", "height", "dark"),
    # 700 px wide is a window of 1,400 px at a zoom of 200 %.
    [(1400, 900, False), (1400, 900, True), (700, 450, True), (360, 740, False)],
)
def test_axe_finds_nothing_in_any_view_with_the_details_open(
    open_page: Open, localism, width: int, height: int, dark: bool
):
    argmap, item = (localism, "localism/reform-by-place-saves-money") if width == 1400 and not dark else SMALL
    tab = open_page(argmap, width=width, height=height, dark=dark, at=item)
    for view in VIEWS:
        show(tab, view)
        assert tab.page.locator("#panel").is_visible()
        assert faults(tab) == [], view
    tab.page.locator("#take").click()
    assert faults(tab) == []
    assert tab.errors == []


@pytest.mark.parametrize("dark", [False, True])
def test_axe_finds_nothing_while_speeches_are_played(open_page: Open, read_map, dark: bool):
    tab = open_page(read_map(POLICY), dark=dark, at="&speech=1NC")
    for view in VIEWS:
        show(tab, view)
        assert faults(tab) == [], view


def test_text_of_any_script_lies_on_no_other_and_starts_where_it_is_read_from(open_page: Open, read_map):
    tab = open_page(read_map(SCRIPTS.replace("WORDS", "word" * 75)))
    for _ in range(3):
        tab.page.locator("#open-level").click()
    assert tab.page.locator("#layer .card").count() == 8
    assert overlaps(tab) == []
    outside = """cards => cards.flatMap(card => [...card.querySelectorAll(".title, .text")]
        .filter(part => part.scrollWidth > part.clientWidth + 1).map(part => part.textContent))"""
    assert tab.page.locator("#layer .card").evaluate_all(outside) == []
    sides = tab.page.locator("#layer .card .title").evaluate_all(
        "titles => Object.fromEntries(titles.map(t => [t.textContent, getComputedStyle(t).direction]))"
    )
    assert sides["الأماكن مختلفة"] == sides["המרכז יודע יותר"] == "rtl"
    assert sides["Mixed"] == sides["地方更了解情况"] == "ltr"
    show(tab, "flow")
    wide = "view => view.scrollWidth > view.clientWidth"
    assert not tab.page.locator("#view-flow").evaluate(wide)
    show(tab, "clash")
    assert not tab.page.locator("#view-clash").evaluate(wide)


@pytest.mark.parametrize("width", [320, 360, 600, 900, 1100, 1300])
def test_the_whole_bar_is_in_sight_on_any_screen(open_page: Open, read_map, width: int):
    tab = open_page(read_map(POLICY), width=width, at="&speech=1NC")
    for view in VIEWS:
        show(tab, view)
        beyond = tab.page.locator(
            "header button:visible, header input, #speeches :is(button, input)"
        ).evaluate_all(
            """all => all.filter(each => {
                each.scrollIntoView({inline: "nearest"}); // on a phone the buttons are a strip to push along
                return each.getBoundingClientRect().right > innerWidth;
            }).map(each => each.id)"""
        )
        assert beyond == []
        assert tab.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        title = tab.page.locator(".map-title").bounding_box()
        assert title
        assert title["width"] > 120


def test_on_a_phone_the_details_do_not_hide_the_cell_they_are_of(open_page: Open, localism):
    tab = open_page(localism, width=360, height=740, at="&view=clash")
    for number in (3, 6, 9):
        cells = tab.page.locator("#view-clash .claimed .cell")
        cells.nth(number).evaluate("cell => { cell.scrollIntoView({block: 'end'}); cell.click(); }")
        cell = cells.nth(number).bounding_box()
        details = tab.page.locator("#panel").bounding_box()
        assert cell
        assert details
        assert cell["y"] + cell["height"] <= details["y"] + 2


@pytest.mark.parametrize("view", VIEWS)
def test_hostile_texts_stay_text_in_every_view(open_page: Open, view: str):
    tab = open_page(hostile_map(), at=f"&view={view}")
    assert tab.page.evaluate("window.hit") is None
    assert tab.errors == []
    assert tab.requests == []
    assert tab.page.locator("main img, main script, main iframe").count() == 0


@pytest.mark.parametrize("view", VIEWS)
def test_everything_that_can_be_pressed_is_at_least_24_pixels_high_and_wide(
    open_page: Open, localism, view: str
):
    tab = open_page(localism, at=f"localism/reform-by-place-saves-money&view={view}")
    small = tab.page.evaluate(
        """() => [...document.querySelectorAll("button, input, select, summary, .cell, .line")]
            .filter(each => each.checkVisibility())
            .map(each => [each.id || each.textContent.slice(0, 30), each.getBoundingClientRect()])
            .filter(([, box]) => box.width > 0 && (box.width < 24 || box.height < 24))
            .map(([name, box]) => `${name} ${box.width}x${box.height}`)"""
    )
    assert small == []


def test_tab_goes_through_the_bar_the_outline_the_flow_and_the_details(open_page: Open, read_map):
    argmap = read_map(POLICY)
    tab = open_page(argmap, at=f"{argmap.id}/growth&view=flow")
    stops: list[str] = []
    tab.page.locator("#views input:checked").focus()
    for _ in range(40):
        tab.page.keyboard.press("Tab")
        stop = tab.page.evaluate(
            """() => {
                const now = document.activeElement;
                if (now === document.body) return "";
                return now.matches(":focus-visible") ? now.closest("[id]").id : `not seen: ${now.outerHTML}`;
            }"""
        )
        if not stop:
            break
        if stop not in stops[-1:]:
            stops.append(stop)
    assert [stop for stop in stops if stop.startswith("not seen")] == []
    wanted = ["search", "toggle-outline", "toggle-speeches", "take", "outline", "view-flow", "panel"]
    assert [stop for stop in stops if stop in wanted] == wanted
