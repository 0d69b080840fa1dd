"""The page of a large or odd map: it opens, finds, never draws more than it can, and nothing overlaps."""

from __future__ import annotations

import pytest
from browser import Open, Opened
from drawn_maps import Shape, made
from page_checks import cards, overlaps

from graph.draft import MapDraft

pytestmark = pytest.mark.browser

CAP = 1_200


def found(tab: Opened, text: str) -> str:
    tab.page.locator("#search").fill(text)
    tab.page.wait_for_selector("#panel:not([hidden])")
    return tab.page.locator("#panel h2").text_content() or ""


@pytest.mark.parametrize("size", [50, 2_000, 20_000])
def test_a_map_opens_on_one_screen_and_its_last_argument_is_found(open_page: Open, size: int):
    argmap = made(size)
    last = next(item for item in reversed(argmap.items) if item.title.endswith(f" {size - 1}"))
    tab = open_page(argmap)
    assert 1 < cards(tab) <= 24
    assert found(tab, last.title) == last.title
    assert tab.page.locator("#layer .card[aria-selected=true] .title").text_content() == last.title
    assert overlaps(tab) == []
    assert tab.errors == []
    assert tab.requests == []


def test_everything_opens_up_to_the_cap_and_the_page_says_so(open_page: Open):
    tab = open_page(made(2_000))
    for _ in range(14):
        tab.page.locator("#open-level").click()
    assert 1_000 < cards(tab) <= CAP
    assert overlaps(tab) == []
    assert "most at once" in (tab.page.locator("#status").text_content() or "")


@pytest.mark.parametrize("shape", ["deep", "wide"])
def test_a_chain_and_a_crowd_open_and_show_their_last(open_page: Open, shape: Shape):
    size = 10_000 if shape == "deep" else 5_000
    argmap = made(size, shape)
    last = next(item for item in reversed(argmap.items) if item.title.endswith(f" {size - 1}"))
    tab = open_page(argmap)
    assert 1 < cards(tab) <= 24
    assert found(tab, last.title) == last.title
    assert cards(tab) <= CAP
    assert overlaps(tab) == []
    assert tab.errors == []


def test_more_of_a_crowd_is_shown_when_asked(open_page: Open):
    tab = open_page(made(5_000, "wide"))
    before = cards(tab)
    more = tab.page.locator("#layer .card.rest").first
    assert "more" in (more.text_content() or "")
    more.click()
    assert cards(tab) > before
    assert overlaps(tab) == []


def test_a_circle_without_a_motion_is_drawn(open_page: Open):
    draft = MapDraft("circle")
    for name in "abc":
        draft.claim(name, title=f"Claim {name}")
    for start, end in ("ab", "bc", "ca"):
        draft.attack(start, end)
    tab = open_page(draft.finish())
    assert cards(tab) == 3
    assert tab.errors == []
    tab.page.locator("#layer .card").first.click()
    assert tab.page.locator("#layer path.cross").count() == 1
