"""A still picture as PDF: sheets of A4 on which no card is cut, to be read one by one or put together."""

from __future__ import annotations

import logging
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from graph.draw.forms import Look
from graph.draw.layout import GUTTER, WIDTH
from graph.draw.static import Drawing, drawing, legend_of
from graph.draw.static_fonts import Fonts, fonts_for, letters_of
from graph.draw.static_shapes import Box, Disc, Shape, Stroke, Words, moved
from graph.draw.static_text import is_right_to_left, wrapped
from graph.draw.words import say, words
from graph.model import ArgumentMap

if TYPE_CHECKING:
    from fpdf import FPDF
    from fpdf.drawing import PaintedPath

# In pt, 72 to the inch.
_PAPER = (841.89, 595.28)  # A4, on its side
_EDGE = 30.0
_TOP = 40.0  # for the title, and what the first cards hang on
_FOOT = 40.0  # for the legend
_ALWAYS = datetime(1980, 1, 1, tzinfo=UTC)  # a PDF must say when; two runs write the same bytes
_COLUMNS = 3  # of cards on one sheet; four are too small to read
_SHEET = _COLUMNS * (WIDTH + GUTTER)  # width of a sheet in px
_SCALE = (_PAPER[0] - 2 * _EDGE) / _SHEET  # pt for each px
_BODY = (_PAPER[1] - 2 * _EDGE - _TOP - _FOOT) / _SCALE  # height of a sheet in px


@dataclass(frozen=True, slots=True)
class Document:
    """A PDF file, and what whoever asked for it should be told of it."""

    data: bytes
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One page: its place among the others, and what is on it, in px from its own corner."""

    across: int
    down: int
    shapes: Sequence[Shape]
    notes: Sequence[tuple[float, str]]  # above each column: what its first card hangs on

    @property
    def name(self) -> str:
        """As on a chess board: letters across, numbers down."""
        letters, left = "", self.across
        while left >= 0:
            letters, left = chr(65 + left % 26) + letters, left // 26 - 1
        return f"{letters}{self.down + 1}"


def pdf(argmap: ArgumentMap, look: Look) -> Document:
    """The map on as many sheets as it takes; raises OutputError where it is more than a picture holds."""
    drawn = drawing(argmap, look, page=_BODY)
    sheets = list(_sheets(argmap, drawn))
    legend, _ = legend_of(drawn, _SHEET)
    texts = [drawn.title, drawn.about, *(shape.text for shape in legend if isinstance(shape, Words))]
    for sheet in sheets:
        texts += [shape.text for shape in sheet.shapes if isinstance(shape, Words)]
        texts += [note for _, note in sheet.notes]
    fonts = fonts_for(texts)
    data = _Writer(drawn, fonts).written(sheets, legend)
    return Document(data, (*drawn.remarks, *fonts.remarks))


def _sheets(argmap: ArgumentMap, drawn: Drawing) -> Iterator[_Sheet]:
    """The sheets that hold a card, row by row."""
    cards: dict[tuple[int, int], list[int]] = {}
    for row, group in enumerate(drawn.cards):
        x, y, _, _ = group.frame
        cards.setdefault((int(y // _BODY), int(x // _SHEET)), []).append(row)
    lines: dict[tuple[int, int], list[Shape]] = {place: [] for place in cards}
    for shape in drawn.links.shapes:
        for place in _crossed(shape):
            if place in lines:
                lines[place].append(shape)
    for down, across in sorted(cards) or [(0, 0)]:
        dx, dy = -across * _SHEET, -down * _BODY
        rows = cards.get((down, across), [])
        shapes = [*lines.get((down, across), ()), *(s for row in rows for s in drawn.cards[row].shapes)]
        notes = [(x + dx, text) for x, text in _notes(argmap, drawn, rows)]
        yield _Sheet(across, down, [moved(shape, dx, dy) for shape in shapes], notes)


def _crossed(shape: Shape) -> list[tuple[int, int]]:
    """The places of the sheets that a link or mark lies on."""
    if isinstance(shape, Stroke):
        xs = [value for _, points in shape.steps for value in points[::2]]
        ys = [value for _, points in shape.steps for value in points[1::2]]
    else:
        xs, ys = [shape.x - 7, shape.x + 7], [shape.y - 7, shape.y + 7]
    return [
        (down, across)
        for down in range(int(min(ys) // _BODY), int(max(ys) // _BODY) + 1)
        for across in range(int(min(xs) // _SHEET), int(max(xs) // _SHEET) + 1)
    ]


def _notes(argmap: ArgumentMap, drawn: Drawing, rows: Sequence[int]) -> list[tuple[float, str]]:
    """For each column of a sheet, what its first card hangs on where that is on another sheet."""
    here, seen = set(rows), set()
    found: list[tuple[float, str]] = []
    for row in rows:
        column = drawn.columns[row]
        above = drawn.spots[row].above
        if column in seen:
            continue
        seen.add(column)
        while above is not None and drawn.cards[above].name == "joint" and above not in here:
            above = drawn.spots[above].above
        if above is not None and above not in here:
            title = argmap.by_id[drawn.cards[above].item].title
            found.append((drawn.spots[row].x, say("under", title=title)))
    return found


class _Writer:
    """The file while it is written."""

    def __init__(self, drawn: Drawing, fonts: Fonts) -> None:
        from fpdf import FPDF

        self._drawn = drawn
        # Its warnings of missing glyphs are told by what `pdf` returns.
        logging.getLogger("fpdf").setLevel(logging.ERROR)
        logging.getLogger("fontTools").setLevel(logging.ERROR)
        self._pdf = _whole_words(FPDF)(unit="pt", format=(_PAPER[1], _PAPER[0]), orientation="landscape")
        self._pdf.alias_nb_pages("")  # or {nb} in a text becomes the number of pages
        self._pdf.set_margin(0)
        self._pdf.c_margin = 0
        self._pdf.set_auto_page_break(False)
        self._pdf.set_title(drawn.title)
        self._pdf.set_subject(drawn.about)
        self._pdf.set_lang(words()["lang"])
        self._pdf.set_creator("argmap")
        self._pdf.set_creation_date(_ALWAYS)
        self._fonts = self._load(fonts)

    def _load(self, fonts: Fonts) -> list[tuple[str, frozenset[str]]]:
        """Names of fonts with the letters they have, best first; none where only Helvetica can be had."""
        if fonts.family is None:
            return []
        for style, path in zip(("", "B", "I"), fonts.family, strict=True):
            self._pdf.add_font("map", style, path)
        loaded = [("map", letters_of(fonts.family[0]))]
        for number, path in enumerate(fonts.others):
            self._pdf.add_font(f"other{number}", "", path)
            loaded.append((f"other{number}", letters_of(path)))
        return loaded

    def written(self, sheets: Sequence[_Sheet], legend: Sequence[Shape]) -> bytes:
        """All sheets."""
        for number, sheet in enumerate(sheets):
            self._pdf.add_page()
            ground = Box(0, 0, _PAPER[0] / _SCALE, _PAPER[1] / _SCALE, self._drawn.ink["desk"])
            self._paint([ground], 0, 0)
            self._head(sheet, len(sheets), is_first=number == 0)
            with self._pdf.rect_clip(_EDGE, _EDGE + _TOP, _PAPER[0] - 2 * _EDGE + 8, _BODY * _SCALE):
                self._paint(sheet.shapes, _EDGE, _EDGE + _TOP)
            self._paint(legend, _EDGE, _PAPER[1] - _EDGE - _FOOT + 12)
        return bytes(self._pdf.output())

    def _head(self, sheet: _Sheet, count: int, *, is_first: bool) -> None:
        ink = self._drawn.ink
        title = wrapped(self._drawn.title, 18, _SHEET * 0.75, most=1, bold=True)[0:1] or [""]
        rtl = is_right_to_left(title[0])
        said = say("sheet", sheet=sheet.name, count=f"{count:,}") if count > 1 else ""
        head: list[Shape] = [
            Words(0, 12, title[0], 18, ink["ink"], bold=True, right_to_left=rtl),
            Words(_SHEET - 12, 12, said, 12, ink["soft"], anchor="end"),
        ]
        if is_first:
            head.append(Words(0, 34, self._drawn.about, 12, ink["soft"]))
        else:
            for x, note in sheet.notes:
                line = wrapped(note, 11.5, WIDTH - 8, most=1)[0]
                head.append(
                    Words(x, 34, line, 11.5, ink["soft"], italic=True, right_to_left=is_right_to_left(note))
                )
        self._paint(head, _EDGE, _EDGE)

    def _paint(self, shapes: Sequence[Shape], x: float, y: float) -> None:
        """Shapes in px, their origin at a point in pt; text lies over all else."""
        with self._pdf.drawing_context() as context:
            for shape in shapes:
                if not isinstance(shape, Words):
                    context.add_item(_path(shape, x, y))
        for shape in shapes:
            if isinstance(shape, Words) and shape.text:
                self._write(shape, x, y)

    def _write(self, line: Words, x: float, y: float) -> None:
        """One line of text, each stretch of one direction and one font by itself.

        fpdf2 orders and shapes a mixed line too, but then takes glyphs from the wrong font for numbers
        among Arabic letters (seen in 2.8.9).
        """
        pdf = self._pdf
        size = line.size * _SCALE
        red, green, blue = (int(line.colour[at : at + 2], 16) for at in (1, 3, 5))
        pdf.set_text_color(red, green, blue)
        style = "B" if line.bold else "I" if line.italic else ""
        stretches = []
        for text, family, is_rtl in self._stretches(line):
            self._use(family, style, size, is_rtl)
            stretches.append((text, family, is_rtl, pdf.get_string_width(text)))
        wide = sum(stretch[3] for stretch in stretches)
        left = x + line.x * _SCALE - {"start": 0.0, "middle": wide / 2, "end": wide}[line.anchor]
        for text, family, is_rtl, long in stretches:
            self._use(family, style, size, is_rtl)
            # A cell twice as high as its text has the baseline 1.3 of the text's size down.
            pdf.set_xy(left, y + line.y * _SCALE - 1.3 * size)
            pdf.cell(w=long, h=2 * size, text=text, align="L")
            left += long

    def _use(self, family: str, style: str, size: float, is_rtl: bool) -> None:
        self._pdf.set_font(family, style if family in ("map", "helvetica") else "", size)
        if family != "helvetica":
            self._pdf.set_text_shaping(True, direction="rtl" if is_rtl else "ltr")

    def _stretches(self, line: Words) -> Iterator[tuple[str, str, bool]]:
        """The line's stretches of one direction and font, from left to right."""
        if not self._fonts:
            yield line.text.encode("latin-1", "replace").decode("latin-1"), "helvetica", False
            return
        for text, is_rtl in in_visual_order(line.text, is_rtl=line.right_to_left):
            parts = list(self._of_one_font(text))
            for part, family in reversed(parts) if is_rtl else parts:
                yield part, family, is_rtl

    def _of_one_font(self, text: str) -> Iterator[tuple[str, str]]:
        part, family, known = "", self._fonts[0][0], self._fonts[0][1]
        for letter in text:
            # Spaces and accents stay with the letters that they follow.
            if letter not in known and unicodedata.category(letter) not in ("Cf", "Mn", "Me"):
                found = next((font for font in self._fonts if letter in font[1]), None)
                if found and part.strip():
                    yield part, family
                    part = ""
                family, known = found or (family, known)
            elif letter in self._fonts[0][1] and letter.isalnum() and family != self._fonts[0][0]:
                if part:
                    yield part, family
                part, (family, known) = "", self._fonts[0]
            part += letter
        if part:
            yield part, family


def _whole_words(fpdf: type[FPDF]) -> type[FPDF]:
    """fpdf2's writer, except that an accent does not end a word.

    It cuts a text where the script changes (2.8.9), and takes the accents of Arabic for another script:
    the letters beside them then lose their joined forms.
    """
    from fpdf.line_break import Fragment

    class Writer(fpdf):  # type: ignore[valid-type,misc]
        def _preload_font_styles(self, text: str, *_: object, **__: object) -> Iterator[Fragment]:
            if text:
                yield Fragment(list(text), self._get_current_graphics_state(), self.k)

    return Writer


def in_visual_order(text: str, *, is_rtl: bool) -> list[tuple[str, bool]]:
    """The stretches of one direction as they stand from left to right, and whether each runs leftwards.

    By rule L2 of the Unicode bidirectional algorithm (UAX 9) over the levels that fpdf2 works out.
    """
    from fpdf.bidi import BidiParagraph
    from fpdf.enums import TextDirection

    base = TextDirection.RTL if is_rtl else TextDirection.LTR
    runs: list[tuple[str, int]] = []
    for letter in BidiParagraph(text, base, preserve_bn_chars=True).characters:
        if runs and runs[-1][1] == letter.embedding_level:
            runs[-1] = (runs[-1][0] + letter.character, letter.embedding_level)
        else:
            runs.append((letter.character, letter.embedding_level))
    for level in range(max((level for _, level in runs), default=0), 0, -1):
        start = 0
        while start < len(runs):
            stop = start
            while stop < len(runs) and runs[stop][1] >= level:
                stop += 1
            runs[start:stop] = runs[start:stop][::-1]
            start = max(stop, start + 1)
    return [(text, level % 2 == 1) for text, level in runs]


def _path(shape: Box | Disc | Stroke, x: float, y: float) -> PaintedPath:
    from fpdf.drawing import PaintedPath
    from fpdf.enums import StrokeCapStyle

    path = PaintedPath()
    path.auto_close = False
    style = path.style
    style.auto_close = False
    match shape:
        case Box():
            radius = shape.radius * _SCALE
            corner = (x + shape.x * _SCALE, y + shape.y * _SCALE)
            path.rectangle(*corner, shape.width * _SCALE, shape.height * _SCALE, radius, radius)
            fill, line, thick, dash = shape.fill, shape.outline, shape.thick, shape.dash
        case Disc():
            path.circle(x + shape.x * _SCALE, y + shape.y * _SCALE, shape.radius * _SCALE)
            fill, line, thick, dash = shape.fill, shape.outline, shape.thick, ()
        case Stroke():
            for name, points in shape.steps:
                at = [value * _SCALE + (y if place % 2 else x) for place, value in enumerate(points)]
                if name == "Q":
                    path.quadratic_curve_to(at[0], at[1], at[2], at[3])
                elif name == "L":
                    path.line_to(at[0], at[1])
                else:
                    path.move_to(at[0], at[1])
            fill, line, thick, dash = shape.fill, shape.colour, shape.thick, shape.dash
            if shape.round:
                style.stroke_cap_style = StrokeCapStyle.ROUND
    style.fill_color = fill
    style.stroke_color = line
    style.stroke_width = thick * _SCALE
    if dash:
        style.stroke_dash_pattern = tuple(length * _SCALE for length in dash)
    return path
