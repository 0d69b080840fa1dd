"""The page in Firefox: it opens, cards open, search finds, and nothing is complained of."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from commandline import EXAMPLE
from firefox import Firefox, installed

from graph.draw.forms import Look
from graph.draw.page import page
from graph.draw.stock import stock
from ingest.reading import read

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    path = installed()
    if path is None:
        pytest.skip("no Firefox here; on Debian or Ubuntu: apt-get install firefox-esr")
    browser = Firefox(path, tmp_path_factory.mktemp("firefox") / "profile")
    yield browser
    browser.close()


@pytest.fixture(scope="module")
def localism(tmp_path_factory: pytest.TempPathFactory) -> str:
    file = tmp_path_factory.mktemp("map") / "localism.html"
    file.write_text(page(read(EXAMPLE)), encoding="utf-8")
    return file.as_uri()


CARDS = "return document.querySelectorAll('#layer .card').length"


def test_it_opens_on_one_screen(firefox: Firefox, localism: str):
    firefox.open(localism)
    assert 8 <= firefox.run(CARDS) <= 24
    assert firefox.complaints(localism) == []


def test_no_two_cards_overlap(firefox: Firefox, localism: str):
    firefox.open(localism)
    for _ in range(2):
        firefox.click("#open-level")
    assert firefox.run(CARDS) > 100
    pairs = firefox.run("""
        const boxes = [...document.querySelectorAll("#layer .card, #layer .joint")]
            .map((card) => card.getBoundingClientRect()).sort((a, b) => a.top - b.top);
        return boxes.flatMap((a, at) => boxes.slice(at + 1)
            .filter((b) => b.top < a.bottom - 1 && a.left < b.right - 1 && b.left < a.right - 1)
            .map((b) => [a.top, b.top]));
    """)
    assert pairs == []
    assert firefox.complaints(localism) == []


def test_a_click_opens_a_card_and_shows_its_details(firefox: Firefox, localism: str):
    firefox.open(localism)
    before = firefox.run(CARDS)
    firefox.click("#layer .card[aria-expanded=false]")
    assert firefox.run(CARDS) > before
    assert firefox.run("return !document.querySelector('#panel').hidden")
    assert "#localism/" in firefox.run("return location.href")
    assert firefox.complaints(localism) == []


def test_search_finds_and_shows_a_hit(firefox: Firefox, localism: str):
    firefox.open(localism)
    firefox.type("#search", "universal credit")
    firefox.wait("return /1/.test(document.querySelector('#hits').textContent)")
    firefox.type("#search", "\ue007")  # Enter, as WebDriver writes it
    firefox.wait(
        "return /Universal Credit/.test(document.querySelector('#layer .card.hit')?.textContent ?? '')"
    )
    assert firefox.complaints(localism) == []


def test_the_keys_walk_the_map(firefox: Firefox, localism: str):
    firefox.open(localism)
    firefox.run("document.querySelector('#layer .card').focus()")
    firefox.type("#layer .card", "\ue015")  # arrow down
    focused = firefox.run("return document.activeElement.closest('.card')?.getAttribute('aria-level')")
    assert focused == "2"


def test_a_packed_page_is_unpacked(firefox: Firefox, tmp_path: Path):
    from drawn_maps import made

    file = tmp_path / "large.html"
    file.write_text(page(made(6_000)), encoding="utf-8")
    assert "data-packed" in file.read_text(encoding="utf-8")
    firefox.open(file.as_uri())
    assert firefox.run(CARDS) > 5
    assert firefox.complaints(file.as_uri()) == []


def test_complaints_are_heard(firefox: Firefox, tmp_path: Path):
    file = tmp_path / "broken.html"
    text = "<html data-ready=yes><meta http-equiv=Content-Security-Policy content=\"default-src 'none'\">"
    file.write_text(text + "<img src=http://127.0.0.1:9/x.png>", encoding="utf-8")
    firefox.open(file.as_uri())
    assert any("Content-Security-Policy" in said for said in firefox.complaints(file.as_uri()))


def test_the_network_of_pyvis_is_drawn_too(firefox: Firefox, tmp_path: Path):
    file = tmp_path / "network.html"
    file.write_text(stock(read(EXAMPLE), Look()), encoding="utf-8")
    firefox.open(file.as_uri())
    assert firefox.complaints(file.as_uri()) == []
