"""The strip: the whole map at a glance, and a way to jump in it by pointer and by keys."""

from __future__ import annotations

import pytest
from browser import Open, Opened
from commandline import ROOT
from drawn_maps import made
from test_page_access import faults

from graph.model import ArgumentMap
from ingest.reading import read

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def localism() -> ArgumentMap:
    return read(ROOT / "examples/localism/localism.argdown")


def chosen(tab: Opened) -> str:
    return tab.page.locator("#panel h2").text_content() or ""


def said(tab: Opened) -> str:
    tab.page.wait_for_timeout(60)  # the strip is drawn with the next frame
    return tab.page.locator("#strip").get_attribute("aria-valuetext") or ""


def test_a_press_on_the_strip_shows_what_stands_there(open_page: Open, localism: ArgumentMap):
    tab = open_page(localism)
    strip = tab.page.locator("#strip")
    box = strip.bounding_box()
    assert box is not None
    assert box["width"] >= 24
    strip.click(position={"x": 12, "y": box["height"] / 2})
    middle = chosen(tab)
    assert middle
    assert said(tab).endswith(f": {middle}")
    at, count = (int(part) for part in said(tab).split(":")[0].split(" of "))
    assert abs(at - count / 2) <= 2
    assert tab.page.locator("#layer .card", has_text=middle).first.is_visible()
    sight = tab.page.locator("#strip .sight").bounding_box()
    assert sight is not None
    assert sight["y"] <= box["y"] + box["height"] / 2 + 2
    assert sight["y"] + sight["height"] >= box["y"] + box["height"] / 2 - 2
    assert tab.errors == []


def test_keys_go_through_the_map_in_reading_order(open_page: Open, localism: ArgumentMap):
    tab = open_page(localism)
    strip = tab.page.locator("#strip")
    strip.focus()
    tab.page.keyboard.press("Home")
    assert chosen(tab) == "Power should move"
    tab.page.keyboard.press("ArrowDown")
    assert chosen(tab) == "Centre cannot handle complexity"
    tab.page.keyboard.press("PageDown")
    tab.page.keyboard.press("PageUp")
    assert chosen(tab) == "Centre cannot handle complexity"
    tab.page.keyboard.press("End")
    assert said(tab).split(":")[0].split(" of ")[0] == said(tab).split(":")[0].split(" of ")[1]
    assert strip.evaluate("strip => strip === document.activeElement")


def test_what_a_filter_leaves_out_is_not_on_the_strip(open_page: Open, localism: ArgumentMap):
    tab = open_page(localism)
    count = int(tab.page.locator("#strip").get_attribute("aria-valuemax") or 0)
    tab.page.locator("#toggle-filters").click()
    tab.page.locator("#filters").get_by_label("Kind").select_option("evidence")
    assert 36 <= int(tab.page.locator("#strip").get_attribute("aria-valuemax") or 0) < count


def test_a_small_map_and_other_views_have_no_strip(open_page: Open, read_map, localism: ArgumentMap):
    tab = open_page(read_map("[A]: One.\n  - [B]: Two.\n"))
    assert tab.page.locator("#strip").is_hidden()
    tab = open_page(localism, at="&view=clash")
    assert tab.page.locator("#strip").is_hidden()


def test_axe_finds_nothing_with_the_strip(open_page: Open):
    tab = open_page(made(50), dark=True)
    assert tab.page.locator("#strip").is_visible()
    assert faults(tab) == []
