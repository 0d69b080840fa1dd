"""Still pictures: what SVG, PNG and PDF show of a map, and that nothing in them overlaps or runs."""

from __future__ import annotations

import io
import re
import struct
from pathlib import Path
from xml.etree import ElementTree

import pytest
from commandline import EXAMPLE
from drawn_maps import made
from hypothesis import given, settings
from pypdf import PdfReader
from strategies import AWKWARD, argument_maps

from graph.draft import MapDraft
from graph.draw.forms import Look, form
from graph.draw.pdf import in_visual_order
from graph.draw.static import drawing, picture
from graph.draw.static_colours import PALETTES
from graph.draw.static_fonts import fonts_for
from graph.draw.static_shapes import Box, Disc, Picture, Stroke, Words
from graph.draw.static_text import is_right_to_left, printable, width, wrapped
from graph.errors import OutputError
from graph.model import ArgumentMap
from ingest.reading import read

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def localism() -> ArgumentMap:
    return read(EXAMPLE)


def shown(argmap: ArgumentMap, **look: object) -> Picture:
    return picture(drawing(argmap, Look(**look)))  # type: ignore[arg-type]


def drawn_svg(argmap: ArgumentMap, **look: object) -> ElementTree.Element:
    content = form("map.svg")(argmap, Look(**look)).content  # type: ignore[arg-type]
    assert isinstance(content, str)
    return ElementTree.fromstring(content.encode("utf-8"))


def frames(root: ElementTree.Element) -> list[tuple[str, float, float, float, float]]:
    """Name, left, top, right and bottom of every card in an SVG: of its largest rectangle."""
    found = []
    for group in root.iter(f"{SVG}g"):
        kind = group.get("class", "")
        if kind.startswith("card") or kind == "rest":
            boxes = [
                [float(rect.get(name, "0")) for name in ("x", "y", "width", "height")]
                for rect in group.iter(f"{SVG}rect")
            ]
            x, y, wide, high = max(boxes, key=lambda box: box[2] * box[3])
            found.append((group.get("data-item", kind), x, y, x + wide, y + high))
    return found


def overlapping(boxes: list[tuple[str, float, float, float, float]]) -> list[tuple[str, str]]:
    boxes = sorted(boxes, key=lambda box: box[2])
    found = []
    for at, (one, left, _, right, bottom) in enumerate(boxes):
        for two, left_two, top_two, right_two, _ in boxes[at + 1 :]:
            if top_two >= bottom:
                break
            if left < right_two and left_two < right:
                found.append((one, two))
    return found


def said(root: ElementTree.Element) -> str:
    return " ".join("".join(text.itertext()).strip("\u202b\u202c") for text in root.iter(f"{SVG}text"))


def test_the_example_is_drawn_whole_and_no_two_cards_overlap(localism):
    root = drawn_svg(localism)
    cards = [group for group in root.iter(f"{SVG}g") if group.get("class", "").startswith("card")]
    arguers = [item for item in localism.items if item.label in ("Claim", "Rebuttal", "Evidence")]
    assert len(cards) == len(arguers) == len({card.get("data-item") for card in cards})
    assert overlapping(frames(root)) == []
    assert "Should power over public services move to localities?" in said(root)
    assert "Every failure at the centre is a one-off with causes of its own" in said(root)


@settings(max_examples=40)
@given(argument_maps())
def test_any_map_gives_well_formed_svg_without_overlaps(argmap):
    root = drawn_svg(argmap)
    assert overlapping(frames(root)) == []
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
        "svg", "title", "desc", "g", "rect", "circle", "path", "text",
    }  # fmt: skip


@pytest.mark.parametrize("text", [*AWKWARD, "<!--", "\ud800", "\x00\x0b", "]]>", "&#0;"])
def test_what_a_map_says_is_text_and_nothing_else(text: str):
    draft = MapDraft("m", text)
    draft.claim("a", title=f"{text} title", text=text)
    content = form("map.svg")(draft.finish(), Look(title=text)).content
    assert isinstance(content, str)
    root = ElementTree.fromstring(content.encode("utf-8"))
    plain = [name for element in root.iter() for name in element.attrib]
    assert not any(name.startswith("on") or name.endswith("href") or name == "style" for name in plain)
    assert "<script" not in content
    if printable(text).isascii():
        assert "".join(printable(text).split()) in "".join(said(root).split())


def test_text_stays_inside_its_card(localism):
    for group in shown(localism).groups:
        x, _, wide, _ = group.frame
        if not wide:
            continue
        for shape in group.shapes:
            if isinstance(shape, Words):
                long = width(shape.text, shape.size, bold=shape.bold)
                left = shape.x - {"start": 0, "middle": long / 2, "end": long}[shape.anchor]
                assert x <= left
                assert left + long <= x + wide + 2, shape.text


@pytest.mark.browser
def test_text_stays_inside_its_card_in_a_browser(chromium, localism, tmp_path: Path):
    file = tmp_path / "map.svg"
    file.write_text(str(form("map.svg")(localism, Look()).content), encoding="utf-8")
    page = chromium.new_page()
    page.goto(file.as_uri())
    outside = page.evaluate("""() => [...document.querySelectorAll("g.card")].flatMap((card) => {
        const frame = [...card.querySelectorAll("rect")].map((rect) => rect.getBBox())
            .reduce((most, box) => (box.width * box.height > most.width * most.height ? box : most));
        return [...card.querySelectorAll("text")].filter((text) => {
            const box = text.getBBox();
            return box.x < frame.x || box.x + box.width > frame.x + frame.width
                || box.y < frame.y || box.y + box.height > frame.y + frame.height + 1;
        }).map((text) => text.textContent);
    })""")
    page.close()
    assert outside == []


def test_an_undercut_ends_on_the_link_and_premises_meet(read_map):
    argmap = read_map("""
        [Tax]: A sugar tax cuts obesity.
          + <Mexico>: It did in Mexico.
            _ <Recession>: There was a recession too.
    """)
    drawn = drawing(argmap, Look())
    premise, undercut = drawn.spots[1], drawn.spots[2]
    assert undercut.beside
    marks = [shape for shape in drawn.links.shapes if isinstance(shape, Disc)]
    assert len(marks) == 1
    assert premise.x - 52 < marks[0].x < premise.x  # on the link that leads into the premise
    assert marks[0].y == premise.y + 21


def test_kinds_of_link_differ_in_more_than_colour():
    draft = MapDraft("m")
    draft.claim("motion", title="Motion", kind="motion")
    draft.claim("for", title="For")
    draft.support("for", "motion")
    draft.evidence("card", title="Card")
    draft.support("card", "for")
    draft.claim("answer", title="Answer")
    draft.attack("answer", "for")
    strokes = [
        s for s in drawing(draft.finish(), Look(palette="print")).links.shapes if isinstance(s, Stroke)
    ]
    looks = {(stroke.dash, stroke.thick, stroke.round) for stroke in strokes}
    assert len(looks) == 4  # trunk, supports, evidence, rebuts


def test_print_is_grey():
    for name, colour in PALETTES["print"].items():
        assert re.fullmatch(r"#(..)\1\1", colour), name


@pytest.mark.parametrize("palette", PALETTES)
def test_text_can_be_told_from_its_ground(palette: str):
    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    def contrast(one: str, two: str) -> float:
        darker, lighter = sorted((light(one), light(two)))
        return (lighter + 0.05) / (darker + 0.05)

    ink = PALETTES[palette]
    for name in ("ink", "text", "soft", "motion", "claim", "rebuttal", "evidence", "step"):
        assert contrast(ink[name], ink["card"]) >= 4.5, name
    for name in ("motion", "claim", "rebuttal", "evidence", "step"):
        assert contrast(ink[name], ink["on-kind"]) >= 4.5, name
    assert contrast(ink["soft"], ink["desk"]) >= 4.5


def test_a_closed_card_says_what_lies_below_it(localism):
    text = said(drawn_svg(localism, open_to=1))
    assert "28 below · 8 attacks" in text
    assert "26 of 191 arguments" in text


def test_within_draws_one_part(localism):
    root = drawn_svg(localism, within="localism/seen-as-particular")
    assert frames(root)[0][0] == "localism/seen-as-particular"
    assert len(frames(root)) < 20


def test_more_levels_than_fit_are_refused_with_a_number_that_fits():
    with pytest.raises(OutputError) as raised:
        drawing(made(3_000), Look(open_to=30))
    to, count = re.findall(r"--open-to (\d+) makes ([\d,]+)", str(raised.value))[0]
    assert str(drawing(made(3_000), Look(open_to=int(to))).choice.drawn) == count.replace(",", "")


def test_of_a_large_map_what_fits_is_drawn_and_the_rest_is_counted():
    drawn = drawing(made(3_000), Look())
    assert 100 < drawn.choice.drawn <= 1_200
    assert drawn.remarks[0].startswith(f"Drew {drawn.choice.drawn:,} of 3,000 arguments")


def test_a_png_is_a_png_of_the_picture_s_size(read_map):
    argmap = read_map("[Tea]: Tea should be free.\n  + <Morale>: It lifts morale.")
    content = form("map.png")(argmap, Look()).content
    assert isinstance(content, bytes)
    assert content.startswith(b"\x89PNG")
    seen = shown(argmap)
    wide, high = struct.unpack(">II", content[16:24])
    assert abs(wide - 2 * seen.width) <= 2
    assert abs(high - 2 * seen.height) <= 2


def test_a_png_that_nobody_could_read_is_refused():
    draft = MapDraft("wide")
    draft.claim(0, title="0", kind="motion")
    for number in range(1, 600):
        draft.claim(number, title=str(number))
        draft.support(number, number - 1)
    with pytest.raises(OutputError, match="too large for a PNG"):
        form("map.png")(draft.finish(), Look(open_to=600))


def test_a_pdf_says_all_that_is_drawn(localism):
    look = Look(open_to=2)
    content = form("map.pdf")(localism, look).content
    assert isinstance(content, bytes)
    pages = PdfReader(io.BytesIO(content)).pages
    text = "".join("".join(page.extract_text() for page in pages).split())
    cards = [card.item for card in drawing(localism, look).cards if card.item]
    assert len(cards) > 100
    for item in cards:
        assert "".join(localism.by_id[item].title.rstrip("…").split()) in text, item
    assert all(page.mediabox.width > page.mediabox.height for page in pages)
    assert "under:Powershouldmove" in "".join(pages[1].extract_text().split())


def test_what_a_pdf_says_is_what_the_map_says():
    """Not the number of pages, which fpdf2 writes for {nb}, nor words cut in two by their accents."""
    draft = MapDraft("m", "A{nb}B")
    draft.claim("a", title="Letters: {nb} **bold** تُموَّل end")
    content = form("map.pdf")(draft.finish(), Look()).content
    assert isinstance(content, bytes)
    text = PdfReader(io.BytesIO(content)).pages[0].extract_text()
    assert "A{nb}B" in text
    assert "Letters: {nb} **bold**" in text


def test_no_card_is_cut_by_the_edge_of_a_sheet(localism):
    for high in (400.0, 602.5, 900.0):
        drawn = drawing(localism, Look(), page=high)
        for spot in drawn.spots:
            if not spot.joint and spot.height <= high:
                assert int(spot.y // high) == int((spot.y + spot.height - 0.01) // high)


def test_two_runs_give_the_same_bytes(read_map):
    argmap = read_map("[Tea]: Tea should be free.\n  + <Morale>: It lifts morale.")
    for name in ("map.svg", "map.png", "map.pdf"):
        assert form(name)(argmap, Look()).content == form(name)(argmap, Look()).content


def test_lines_that_run_leftwards_begin_at_the_right():
    draft = MapDraft("m")
    draft.claim("a", title="حركة", text="ينبغي أن تمول المدارس (قانون 2024).")
    words = [s for g in shown(draft.finish()).groups for s in g.shapes if isinstance(s, Words)]
    lines = [line for line in words if is_right_to_left(line.text) and line.anchor == "end"]
    assert [line.text for line in lines] == ["حركة", "ينبغي أن تمول المدارس (قانون 2024)."]
    assert all(line.right_to_left for line in lines)


def test_numbers_among_arabic_letters_stay_in_order():
    assert in_visual_order("قانون 2024).", is_rtl=True) == [(").", True), ("2024", False), ("قانون ", True)]
    assert in_visual_order("the word قانون 2024 here", is_rtl=False) == [
        ("the word ", False), ("2024", False), ("قانون ", True), (" here", False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "地方政府比中央政府更了解居民的需要。所以应当把公共服务的权力下放到地方。",
        "word " * 80,
        "x" * 300,
        "a\u0301" * 200,
    ],
)
def test_lines_fit_and_lose_nothing(text: str):
    lines = wrapped(text, 13, 236, most=100)
    assert all(width(line, 13) <= 236 for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert not any(line[0] in "。\u0301" for line in lines)


def test_what_is_left_out_is_marked():
    lines = wrapped("word " * 80, 13, 236, most=3)
    assert len(lines) == 3
    assert lines[-1].endswith(" …")
    assert width(lines[-1], 13) <= 236


def test_overrides_of_the_reading_order_are_dropped():
    assert printable("pay \u202eecruos\u202c\u2066 now") == "pay ecruos now"


def test_letters_that_no_font_has_are_named():
    fonts = fonts_for(["plain", "\U0001f9ff\ue000"])
    assert "\ue000" in fonts.missing
    assert fonts.remarks


def test_every_shape_lies_on_the_picture(localism):
    seen = shown(localism)
    for group in seen.groups:
        for shape in group.shapes:
            if isinstance(shape, Box):
                assert 0 <= shape.x <= shape.x + shape.width <= seen.width
                assert 0 <= shape.y <= shape.y + shape.height <= seen.height
