"""Maps of unusual shapes: a sensible picture of each, on the page and still."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import cache
from xml.etree import ElementTree

import pytest
from browser import Open
from drawn_maps import made
from page_checks import cards, overlaps
from pypdf import PdfReader

from graph.draft import MapDraft
from graph.draw.forms import Look, form
from graph.model import ArgumentMap

SVG = "{http://www.w3.org/2000/svg}"


@cache
def none() -> ArgumentMap:
    return MapDraft("none", "Nothing yet").finish()


@cache
def one() -> ArgumentMap:
    draft = MapDraft("one")
    draft.claim("a", title="Alone")
    return draft.finish()


@cache
def circle() -> ArgumentMap:
    draft = MapDraft("circle")
    for number in range(2_000):
        draft.claim(number, title=f"Claim {number}")
    for number in range(2_000):
        draft.attack(number, (number + 1) % 2_000)
    return draft.finish()


@cache
def pairs() -> ArgumentMap:
    """Circles of two that have nothing to do with each other."""
    draft = MapDraft("pairs")
    for number in range(30):
        draft.claim(number, title=f"Claim {number}")
        draft.claim((number, "not"), title=f"Not claim {number}")
        draft.attack(number, (number, "not"))
        draft.attack((number, "not"), number)
    return draft.finish()


@cache
def no_motion() -> ArgumentMap:
    draft = MapDraft("loose")
    for number in range(5_000):
        draft.claim(number, title=f"Claim {number}")
    return draft.finish()


@cache
def motions() -> ArgumentMap:
    draft = MapDraft("motions")
    for number in range(4):
        draft.claim(("motion", number), title=f"Motion {number}", kind="motion")
        draft.claim(number, title=f"Claim {number}")
        draft.support(number, ("motion", number))
    return draft.finish()


@cache
def wide() -> ArgumentMap:
    return made(5_000, "wide")


@cache
def deep() -> ArgumentMap:
    return made(10_000, "deep")


# Each with the arguments a still picture shows of it: fewest, most; and what it says.
SHAPES = [
    pytest.param(none, 0, 0, "This map holds no arguments yet.", id="none"),
    pytest.param(one, 1, 1, "1 argument", id="one"),
    pytest.param(circle, 20, 40, "of 2,000 arguments", id="circle"),
    pytest.param(pairs, 60, 60, "60 arguments", id="circles only"),
    pytest.param(no_motion, 40, 40, "4,960 more are not shown", id="no motion"),
    pytest.param(motions, 8, 8, "Motion 3", id="motions"),
    pytest.param(wide, 41, 100, "more are not shown", id="wide"),
    pytest.param(deep, 20, 40, "below", id="deep"),
]


@pytest.mark.parametrize(("made_map", "fewest", "most", "words"), SHAPES)
def test_a_still_picture_shows_what_there_is_room_for(
    made_map: Callable[[], ArgumentMap], fewest: int, most: int, words: str
):
    argmap = made_map()
    root = ElementTree.fromstring(str(form("map.svg")(argmap, Look()).content))
    drawn = [group for group in root.iter(f"{SVG}g") if group.get("class", "").startswith("card")]
    assert fewest <= len(drawn) <= most
    assert words in " ".join("".join(text.itertext()) for text in root.iter(f"{SVG}text"))
    assert float(root.get("width", "0")) <= 10_000
    painted = form("map.png")(argmap, Look()).content
    assert isinstance(painted, bytes)
    assert painted.startswith(b"\x89PNG")
    pages = form("map.pdf")(argmap, Look()).content
    assert isinstance(pages, bytes)
    assert 1 <= len(PdfReader(io.BytesIO(pages)).pages) <= 30


@pytest.mark.browser
@pytest.mark.parametrize(("made_map", "fewest", "most", "words"), SHAPES)
def test_a_page_opens_and_can_be_used(
    open_page: Open, made_map: Callable[[], ArgumentMap], fewest: int, most: int, words: str
):
    tab = open_page(made_map())
    assert min(fewest, 1) <= cards(tab) <= 100
    assert tab.page.get_by_text("This map holds no arguments yet.").is_visible() == (fewest == 0)
    for _ in range(3):
        tab.page.locator("#open-level").click()
    assert overlaps(tab) == []
    assert tab.errors == []
    assert tab.requests == []
