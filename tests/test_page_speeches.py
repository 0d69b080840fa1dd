"""Play by speech: the map as it stood after each speech, where speeches are known."""

from __future__ import annotations

import pytest
from browser import Open, Opened
from page_checks import overlaps
from test_page_views import POLICY, show, status

pytestmark = pytest.mark.browser


def titles(tab: Opened) -> list[str]:
    return tab.page.locator("#layer .card .title").all_text_contents()


def test_each_speech_adds_what_was_said_in_it(open_page: Open, read_map):
    tab = open_page(read_map(POLICY))
    toggle = tab.page.locator("#toggle-speeches")
    toggle.click()
    slider = tab.page.locator("#speeches input")
    slider.focus()
    steps = tab.page.evaluate("history.length")
    tab.page.keyboard.press("Home")
    assert titles(tab) == ["Motion", "Growth", "Study", "Too dear"]
    assert status(tab) == "After 1AC: 4 arguments"
    tab.page.keyboard.press("ArrowRight")
    assert titles(tab) == ["Motion", "Growth", "Study", "No growth", "Too dear"]
    assert overlaps(tab) == []
    assert tab.page.evaluate("location.hash") == "#&speech=1NC"
    assert tab.page.evaluate("history.length") == steps  # a step of the slider is none to go back to
    tab.page.locator("#speeches").get_by_label("The next speech").click()
    assert "It did" in titles(tab)
    assert "Too slow" not in titles(tab)
    tab.page.keyboard.press("Enter")
    assert "Too slow" in titles(tab)
    toggle.click()
    assert status(tab) == "The whole map"
    assert len(titles(tab)) == 7
    assert tab.errors == []


def test_what_a_card_says_of_what_lies_below_it_is_of_that_time(open_page: Open, read_map):
    tab = open_page(read_map(POLICY), at="&speech=1NC")
    below = tab.page.locator("#layer .card", has_text="Acting brings growth").locator(".below")
    assert below.text_content() == "2 below · 1 attack"
    tab.page.evaluate("location.hash = ''")
    tab.page.locator("#layer .below", has_text="4 below · 3 attacks").wait_for()
    tab.page.go_back()
    tab.page.locator("#layer .below", has_text="2 below · 1 attack").wait_for()


def test_what_was_selected_and_is_not_said_yet_gives_way_to_what_it_hangs_on(open_page: Open, read_map):
    argmap = read_map(POLICY)
    tab = open_page(argmap, at=f"{argmap.id}/too-slow")
    tab.page.locator("#toggle-speeches").click()
    tab.page.locator("#speeches input").fill("0")
    assert tab.page.locator("#panel h2").text_content() == "Growth"
    assert "No growth" not in (tab.page.locator("#panel").text_content() or "")


def test_flow_and_clash_leave_out_what_is_not_said_yet(open_page: Open, read_map):
    tab = open_page(read_map(POLICY), at="&view=flow&speech=1NC")
    seen = """cells => cells.filter(cell => cell.checkVisibility({visibilityProperty: true}))
        .map(cell => cell.innerText)"""
    said = tab.page.locator("#view-flow .cell").evaluate_all(seen)
    assert len(said) == 4
    assert not any("It did" in text or "unanswered" in text for text in said)
    show(tab, "clash")
    said = tab.page.locator("#view-clash .cell").evaluate_all(seen)
    assert [text.splitlines()[-1] for text in said] == ["Acting brings growth.", "It never did."]


def test_it_plays_only_when_asked_and_not_where_motion_is_unwanted(open_page: Open, read_map):
    tab = open_page(read_map(POLICY), at="&speech=1AC")
    play = tab.page.locator("#speeches .quiet")
    assert play.is_hidden()
    tab.page.emulate_media(reduced_motion="no-preference")
    tab.page.clock.install()
    play.click()
    assert play.text_content() == "Pause"
    tab.page.clock.run_for(2_100)
    assert status(tab).startswith("After 1NC")
    play.click()
    tab.page.clock.run_for(10_000)
    assert status(tab).startswith("After 1NC")
    assert play.text_content() == "Play"


def test_a_map_without_speeches_has_no_slider(open_page: Open, read_map):
    tab = open_page(read_map("[M]: Motion. {kind: motion}\n  + [A]: One.\n"))
    assert tab.page.locator("#toggle-speeches").is_hidden()
    assert tab.page.locator("#speeches").is_hidden()
