"""A still picture of a map: the same tree, layout and cards as the page, for SVG, PNG and PDF."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.draw.forms import Look
from graph.draw.layout import WIDTH, Box, Place, columns, place
from graph.draw.payload import kind_word
from graph.draw.static_cards import Card, card_of, drawn_card, glyph, joint
from graph.draw.static_colours import PALETTES
from graph.draw.static_links import Spot, heads, links, mark, port_of, step_of, stroke
from graph.draw.static_rows import Choice, Row, Tree, chosen, tree_of
from graph.draw.static_shapes import Box as Frame
from graph.draw.static_shapes import Group, Picture, Shape, Words, moved
from graph.draw.static_text import is_right_to_left, printable, width, wrapped
from graph.draw.tree import CrossLink, Forest, forest
from graph.draw.words import say, words
from graph.model import ArgumentMap, LinkKind

MARGIN = 28.0
_KINDS = ("motion", "claim", "rebuttal", "evidence", "step")
_LINKS = ("supports", "evidence", "rebuts", "undermines", "undercuts", "contradicts")
_REST = 36.0  # height of the card that says how many are not drawn


@dataclass(frozen=True, slots=True)
class Drawing:
    """A map placed and drawn, before it is put on one sheet or on pages."""

    title: str
    about: str
    choice: Choice
    cards: Sequence[Group]  # one for each row
    spots: Sequence[Spot]  # one for each row
    columns: Sequence[int]  # one for each row
    links: Group
    ink: Mapping[str, str]

    @property
    def remarks(self) -> tuple[str, ...]:
        """What to tell whoever asked: how much of the map it shows, if not all that was asked for."""
        choice = self.choice
        if choice.drawn == choice.of or choice.asked:
            return ()
        advice = "--open-to DEPTH opens fewer or more levels, --within ID draws one part."
        return (f"Drew {choice.drawn:,} of {choice.of:,} arguments; closed cards say the rest.\n  {advice}",)

    @property
    def width(self) -> float:
        """Of all that is drawn, in px."""
        return max((spot.x + spot.width for spot in self.spots), default=0.0)

    @property
    def height(self) -> float:
        """Of all that is drawn, in px."""
        return max((spot.y + spot.height for spot in self.spots if not spot.joint), default=0.0)


def drawing(argmap: ArgumentMap, look: Look, *, page: float | None = None) -> Drawing:
    """What is drawn of a map; raises OutputError where that is more than a picture can show.

    `page` is the height in px of a page that no card may be cut by, None for one sheet; on pages
    what is against a motion stands below what is for it.
    """
    ink = PALETTES[look.palette or "light"]
    whole = forest(argmap)
    tree = tree_of(whole)
    choice = chosen(argmap, whole, tree, open_to=look.open_to, within=look.within)
    rows = choice.rows
    flat = [_box(tree, rows, row, wings=page is None) for row in rows]
    also = _also(argmap, whole)
    cards = [
        _card(argmap, tree, row, column.width, also) for row, column in zip(rows, columns(flat), strict=True)
    ]
    boxes = [
        Box(box.parent, card.height if card else _REST, box.beside, box.inset, box.wing, box.joint)
        for box, card in zip(flat, cards, strict=True)
    ]
    places = place(boxes, page)
    spots = [
        Spot(at.x, at.y, at.width, box.height, box.parent, box.beside, box.joint, _style(argmap, tree, row))
        for row, box, at in zip(rows, boxes, places, strict=True)
    ]
    groups = [
        _group(card, row, spot, at, ink)
        for card, row, spot, at in zip(cards, rows, spots, places, strict=True)
    ]
    name = printable(look.title or argmap.title)
    return Drawing(
        name,
        _about(choice),
        choice,
        groups,
        spots,
        [at.column for at in places],
        Group("links", links(spots, ink)),
        ink,
    )


def picture(drawn: Drawing) -> Picture:
    """The drawing on one sheet, under its title and over its legend."""
    ink = drawn.ink
    wide = max(drawn.width, WIDTH)
    heading, top = _heading(drawn, wide)
    legend, high = legend_of(drawn, wide)
    below = top + drawn.height + 26
    groups = [heading]
    for group in (drawn.links, *drawn.cards):
        x, y, w, h = group.frame
        shapes = [moved(shape, MARGIN, top) for shape in group.shapes]
        groups.append(Group(group.name, shapes, group.item, (x + MARGIN, y + top, w, h)))
    groups.append(Group("legend", [moved(shape, MARGIN, below) for shape in legend]))
    height = below + high + MARGIN / 2
    return Picture(drawn.title, drawn.about, words()["lang"], wide + 2 * MARGIN, height, ink["desk"], groups)


def legend_of(drawn: Drawing, room: float) -> tuple[list[Shape], float]:
    """What signs, colours and lines mean, as far as they are drawn, in lines of `room` px; and its height."""
    ink = drawn.ink
    kinds = {group.name for group in drawn.cards}
    styles = {spot.style for spot in drawn.spots if spot.above is not None}
    entries: list[tuple[list[Shape], float, str]] = []
    for kind in _KINDS:
        if kind in kinds:
            entries.append((glyph(kind, 8, 0, ink), 20.0, say(f"kind_{kind}")))
    for style in _LINKS:
        if style in styles:
            sample: list[Shape] = [stroke(style, [("M", (0, 0)), ("L", (36, 0))], ink)]
            sample += mark(style, 10, 0, ink) if style == "undercuts" else []
            sample += heads(36, 0, 0, ink) if style == "contradicts" else []
            entries.append((sample, 42.0, say(f"legend_{style}")))
    if any(spot.joint for spot in drawn.spots):
        entries.append((joint(12, 0, ink), 30.0, say("legend_premises")))
    shapes: list[Shape] = []
    x, y = 0.0, 12.0
    for signs, wide, word in entries:
        long = wide + width(word, 12)
        if x and x + long > room:
            x, y = 0.0, y + 24
        shapes += [moved(sign, x, y) for sign in signs]
        shapes.append(Words(x + wide, y + 4, word, 12, ink["soft"]))
        x += long + 18
    return shapes, y + 16 if entries else 0.0


def _heading(drawn: Drawing, room: float) -> tuple[Group, float]:
    shapes: list[Shape] = []
    y = MARGIN
    rtl = is_right_to_left(drawn.title)
    x = MARGIN + room if rtl else MARGIN
    anchor = "end" if rtl else "start"
    for line in wrapped(drawn.title, 20, room, most=3, bold=True):
        y += 24
        shapes.append(
            Words(x, y - 7, line, 20, drawn.ink["ink"], True, anchor=anchor, right_to_left=rtl)  # type: ignore[arg-type]  # one of the two
        )
    for line in wrapped(drawn.about, 13, room, most=2):
        y += 18
        shapes.append(Words(MARGIN, y - 5, line, 13, drawn.ink["soft"]))
    return Group("heading", shapes), y + 12


def _about(choice: Choice) -> str:
    if not choice.of:
        return say("empty")
    if choice.drawn == choice.of:
        return say("drawn_all", count=choice.of) if choice.of != 1 else say("drawn_one")
    return say("drawn_part", drawn=choice.drawn, count=choice.of)


def _box(tree: Tree, rows: Sequence[Row], row: Row, *, wings: bool) -> Box:
    if row.branch < 0:
        return Box(row.above, _REST, wing=wings and row.against)
    branch = tree.branches[row.branch]
    return Box(
        row.above,
        0.0,
        beside=branch.beside and row.above is not None,
        inset=branch.bearing is not LinkKind.PREMISE_OF,
        wing=wings and row.against and row.above is not None and rows[row.above].above is None,
        joint=row.branch in tree.joints,
    )


def _card(
    argmap: ArgumentMap, tree: Tree, row: Row, wide: float, also: Mapping[int, Sequence[str]]
) -> Card | None:
    if row.branch < 0 or row.branch in tree.joints:
        return None
    below = ""
    if row.closed:
        count, attacks = tree.below[row.branch], tree.attacks[row.branch]
        name = "below_attack" if attacks == 1 else "below_attacks" if attacks else "below"
        below = say(name, count=count, attacks=attacks)
    return card_of(
        argmap,
        tree.branches[row.branch],
        wide,
        is_root=row.above is None,
        below=below,
        also=also.get(row.branch, ()),
    )


def _group(card: Card | None, row: Row, spot: Spot, at: Place, ink: Mapping[str, str]) -> Group:
    if card is not None:
        return drawn_card(card, at, ink)
    if row.branch >= 0:
        x, y = step_of(spot)
        return Group("joint", joint(x, y, ink), frame=(x - 12, y - 12, 24, 24))
    count = say("more_of", count=row.rest)
    text = Words(at.x + at.width / 2, port_of(spot) + 1, count, 13, ink["soft"], anchor="middle")
    outline = Frame(at.x, at.y, at.width, _REST, ink["card"], ink["edge"], 7, dash=(4.0, 3.0))
    return Group("rest", [outline, text], frame=(at.x, at.y, at.width, _REST))


def _style(argmap: ArgumentMap, tree: Tree, row: Row) -> str:
    if row.branch < 0:
        return "rest"
    branch = tree.branches[row.branch]
    match branch.bearing:
        case None:
            return "trunk"
        case LinkKind.PREMISE_OF:
            return "premise"
        case LinkKind.SUPPORTS if kind_word(argmap, argmap.by_id[branch.item]) == "evidence":
            return "evidence"
        case bearing:
            return bearing.value.lower()


def _also(argmap: ArgumentMap, whole: Forest) -> dict[int, list[str]]:
    """What each branch says of the links that the tree leaves out: an arc for each would hide the rest."""
    found: dict[int, list[str]] = {}
    for link in whole.also:
        found.setdefault(link.start, []).append(_also_word(argmap, whole, link))
    return found


def _also_word(argmap: ArgumentMap, whole: Forest, link: CrossLink) -> str:
    kind = "premise" if link.kind is LinkKind.PREMISE_OF else link.kind.value.lower()
    title = argmap.by_id[whole.branches[link.end].item].title
    return say("also_bears", how=say(f"link_{kind}_out"), title=title)
