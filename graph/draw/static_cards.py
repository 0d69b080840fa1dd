"""One card of a still picture: what it says, line by line, and how high that makes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from graph.draw.layout import Place
from graph.draw.payload import bearing_word, kind_word, side_word
from graph.draw.static_shapes import Box, Disc, Group, Shape, Step, Stroke, Words
from graph.draw.static_text import is_right_to_left, printable, width, wrapped
from graph.draw.tree import Branch
from graph.draw.words import say, say_if_known
from graph.model import ArgumentMap, Item

LEFT, RIGHT, TOP, BOTTOM = 16.0, 12.0, 7.0, 9.0  # from a card's edge to its text
BAR = 4.0
HEAD = 20.0
BELOW = 22.0
_BANNER_TEXT = 720.0  # no line of a motion is longer than this
_MOST_TITLE, _MOST_TEXT, _MOST_ALSO = 5, 16, 3  # lines; a picture cannot be opened further
# How a kind bears on what is above when nothing is said: then the card does not say it either.
_USUAL = {"claim": "supports", "evidence": "supports", "rebuttal": "rebuts", "step": "supports"}


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    size: float
    height: float
    ink: str
    bold: bool = False
    italic: bool = False
    right_to_left: bool = False


@dataclass(slots=True)
class Card:
    """What a card says, and its height in px."""

    item: str
    kind: str
    how: str
    side: str
    lines: list[_Line] = field(default_factory=list)
    below: str = ""
    height: float = 0.0


def card_of(
    argmap: ArgumentMap,
    branch: Branch,
    wide: float,
    *,
    is_root: bool = False,
    below: str = "",
    also: Sequence[str] = (),
) -> Card:
    """The card of a branch, `wide` px wide; `below` is said of a closed one, `also` of its other links."""
    item = argmap.by_id[branch.item]
    kind = kind_word(argmap, item)
    bearing = bearing_word(branch)
    how = "" if bearing in ("root", _USUAL.get(kind)) else say_if_known(f"bearing_{bearing}")
    side = "" if kind == "motion" else say_if_known(f"side_{side_word(item)}")
    card = Card(item.id, kind, how, side, below=below)
    room = min(wide - LEFT - RIGHT, _BANNER_TEXT)
    title, text = _said(item)
    sizes = (18.0, 24.0, 15.0, 21.0) if is_root else (14.0, 18.0, 13.0, 18.0)
    for words, size, high, ink, bold, most in (
        (title, sizes[0], sizes[1], "ink", True, _MOST_TITLE),
        (text, sizes[2], sizes[3], "text", False, _MOST_TEXT),
    ):
        rtl = is_right_to_left(words)
        card.lines += [
            _Line(line, size, high, ink, bold, right_to_left=rtl)
            for line in wrapped(words, size, room, most=most, bold=bold)
        ]
    for words in also[:_MOST_ALSO]:
        lines = wrapped(words, 11.5, room, most=2)
        card.lines += [
            _Line(line, 11.5, 16, "soft", italic=True, right_to_left=is_right_to_left(words))
            for line in lines
        ]
    if len(also) > _MOST_ALSO:
        more = say("more_links", count=len(also) - _MOST_ALSO)
        card.lines.append(_Line(more, 11.5, 16, "soft", italic=True))
    card.height = TOP + HEAD + sum(line.height for line in card.lines) + (BELOW if below else 0) + BOTTOM
    return card


def _said(item: Item) -> tuple[str, str]:
    """The title and the text; no title where it is only the beginning of the text."""
    title, text = printable(item.title), printable(item.text)
    if title.endswith("…") and text.startswith(title[:-1].rstrip()):
        return "", text
    if title == text:
        return "", text or say("untitled")
    return title, text


def drawn_card(card: Card, place: Place, ink: Mapping[str, str]) -> Group:
    """The card's shapes at its place."""
    x, y, wide, high = place.x, place.y, place.width, card.height
    colour = ink[card.kind]
    shapes: list[Shape] = []
    if card.below:  # the edges of the cards under it
        for step in (8.0, 4.0):
            shapes.append(
                Box(x + step, y + high - 14, wide - 2 * step, 14 + step, ink["card"], ink["edge"], 7)
            )
    shapes.append(Box(x, y, wide, high, ink["card"], ink["line"], 7))
    shapes.append(Box(x, y, BAR, high, colour, radius=2))
    middle = y + TOP + HEAD / 2
    shapes += glyph(card.kind, x + LEFT + 8, middle, ink)
    at = x + LEFT + 22
    name = say(f"kind_{card.kind}")
    shapes.append(Words(at, middle + 4, name, 12, colour, bold=True))
    if card.how:
        at += width(name, 12, bold=True) + 6
        shapes.append(Words(at, middle + 4, card.how, 12, ink["soft"], italic=True))
    if card.side:
        long = width(card.side, 11) + 12
        end = x + wide - RIGHT
        dash = (3.0, 2.0) if card.side == say("side_con") else ()
        shapes.append(Box(end - long, middle - 8, long, 16, None, ink["soft"], 8, dash=dash))
        shapes.append(Words(end - long / 2, middle + 4, card.side, 11, ink["soft"], anchor="middle"))
    base = y + TOP + HEAD
    for line in card.lines:
        base += line.height
        rtl = line.right_to_left
        edge = min(x + wide - RIGHT, x + LEFT + _BANNER_TEXT) if rtl else x + LEFT
        shapes.append(
            Words(
                edge,
                base - line.height * 0.28,
                line.text,
                line.size,
                ink[line.ink],
                line.bold,
                line.italic,
                "end" if rtl else "start",
                rtl,
            )
        )
    if card.below:
        base += BELOW / 2 + 3
        corner: list[Step] = [
            ("M", (x + LEFT, base - 4)),
            ("L", (x + LEFT + 6, base)),
            ("L", (x + LEFT, base + 4)),
        ]
        shapes.append(Stroke(corner, None, fill=ink["soft"]))
        shapes.append(Words(x + LEFT + 12, base + 4, card.below, 12, ink["soft"]))
    return Group(card.kind, shapes, card.item, (x, y, wide, high))


def glyph(kind: str, x: float, y: float, ink: Mapping[str, str]) -> list[Shape]:
    """The sign of a kind around a point: drawn, since not every font has it."""
    on, colour = ink["on-kind"], ink[kind]
    disc: list[Shape] = [Disc(x, y, 8, colour)]
    across: Shape = Stroke((("M", (x - 4, y)), ("L", (x + 4, y))), on, 2)
    match kind:
        case "claim":
            return [*disc, across, Stroke((("M", (x, y - 4)), ("L", (x, y + 4))), on, 2)]
        case "rebuttal":
            return [*disc, across]
        case "motion":
            points = ((x, y - 4.5), (x + 4.5, y), (x, y + 4.5), (x - 4.5, y))
            diamond: list[Step] = [("M" if at == 0 else "L", point) for at, point in enumerate(points)]
            return [Box(x - 8, y - 8, 16, 16, colour, radius=4), Stroke(diamond, None, fill=on)]
        case "evidence":
            square = Box(x - 8, y - 8, 16, 16, colour, radius=4)
            return [square, Words(x, y + 4, say("glyph_evidence"), 11, on, bold=True, anchor="middle")]
    return [*disc, Words(x, y + 4, say("glyph_step"), 11, on, bold=True, anchor="middle")]


def joint(x: float, y: float, ink: Mapping[str, str]) -> list[Shape]:
    """The point where linked premises meet."""
    sign = Words(x, y + 4, say("glyph_step"), 12, ink["step"], bold=True, anchor="middle")
    return [Disc(x, y, 12, ink["card"], ink["step"], 1.5), sign]
