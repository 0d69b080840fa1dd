"""The links of a still picture, as `js/links.js` draws them: a quiet trunk, a stub in the link's style."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.draw.static_shapes import Disc, Shape, Step, Stroke

TRUNK = 52.0  # from a column's edge back to the trunk of what is to its left
JOINT = 30.0  # to where linked premises meet, and where a step is attacked
_BRACKET = 12.0  # to the line that joins linked premises
_ROUND = 8.0
_PORT = 21.0  # down a card, where links reach it
_HEAD = 7.0  # of a contradiction, which has one at each end

# Colour, thickness, dashes, round ends; the style tells them apart where colours are gone.
_STYLES: Mapping[str, tuple[str, float, tuple[float, ...], bool]] = {
    "trunk": ("trunk", 1.5, (), False),
    "rest": ("trunk", 1.5, (), False),
    "supports": ("claim", 1.75, (), False),
    "premise": ("claim", 1.75, (), False),
    "evidence": ("evidence", 2.5, (0.1, 4.5), True),
    "rebuts": ("rebuttal", 1.75, (7.0, 4.0), False),
    "undermines": ("rebuttal", 1.75, (9.0, 4.0, 2.0, 4.0), False),
    "undercuts": ("rebuttal", 1.75, (3.0, 3.0), False),
    "contradicts": ("rebuttal", 3.0, (), False),
}


@dataclass(frozen=True, slots=True)
class Spot:
    """A placed row, as links see it."""

    x: float
    y: float
    width: float
    height: float
    above: int | None  # place of the parent's spot
    beside: bool
    joint: bool
    style: str


@dataclass(slots=True)
class _Span:
    """A line down a gutter that grows with what hangs on it."""

    x: float
    top: float
    bottom: float


def port_of(spot: Spot) -> float:
    """How far down a picture links reach the spot."""
    return spot.y + _PORT


def step_of(spot: Spot) -> tuple[float, float]:
    """Where a joint is drawn, and where the step of an ordinary card is attacked."""
    return spot.x - JOINT, port_of(spot)


def links(spots: Sequence[Spot], ink: Mapping[str, str]) -> list[Shape]:
    """Every link between the spots; the trunks first, which lie under the others."""
    trunks: dict[tuple[int, float], _Span] = {}
    brackets: dict[int, _Span] = {}
    stubs: list[Shape] = []
    marks: list[Shape] = []
    for spot in spots:
        if spot.above is None:
            continue
        above = spots[spot.above]
        y = port_of(spot)
        if spot.beside and above.joint and spot.style == "premise":
            x = spot.x - _BRACKET
            bracket = brackets.setdefault(spot.above, _Span(x, y, y))
            first, bracket.bottom = bracket.bottom == y, y
            stubs.append(stroke(above.style, _flat(x, y, spot.x) if first else _corner(x, y, spot.x), ink))
        elif spot.beside:
            x, top = step_of(above)
            top += JOINT * 0.8 if above.joint else 0
            steps: list[Step] = [("M", (x, top + 7)), ("L", (x, y - _ROUND)), *_corner(x, y, spot.x)[1:]]
            stubs.append(stroke(spot.style, steps, ink))
            marks += mark(spot.style, x, top, ink)
        else:
            x = spot.x - TRUNK
            end = step_of(spot)[0] if spot.joint else spot.x
            level = above.above is not None and abs(y - port_of(above)) < 1
            top = above.y + above.height if above.above is None else port_of(above)
            trunk = trunks.setdefault((spot.above, x), _Span(x, top, top))
            trunk.bottom = max(trunk.bottom, trunk.top if level else y - _ROUND)
            stubs.append(stroke(spot.style, _flat(x, y, end) if level else _corner(x, y, end), ink))
            if spot.style == "contradicts":
                stubs += heads(end, y, x + _ROUND, ink)
    for place, bracket in brackets.items():
        joint = spots[place]
        x, y = step_of(joint)
        stubs.append(stroke(joint.style, _flat(x, y, bracket.x), ink))
        stubs.append(stroke(joint.style, _down(bracket.x, bracket.top, bracket.bottom - _ROUND), ink))
    under: list[Shape] = []
    for (place, _), trunk in trunks.items():
        above = spots[place]
        if above.above is not None:
            under.append(stroke("trunk", _flat(above.x + above.width, port_of(above), trunk.x), ink))
        if trunk.bottom > trunk.top:
            under.append(stroke("trunk", _down(trunk.x, trunk.top, trunk.bottom), ink))
    return [*under, *stubs, *marks]


def stroke(style: str, steps: Sequence[Step], ink: Mapping[str, str]) -> Stroke:
    """A path in a link's style."""
    colour, thick, dash, is_round = _STYLES[style]
    return Stroke(steps, ink[colour], thick, dash, is_round)


def mark(style: str, x: float, y: float, ink: Mapping[str, str]) -> list[Shape]:
    """The sign on a link that is itself attacked (or supported)."""
    s = 4.0
    if style == "supports":
        colour = ink["claim"]
        signs: list[list[Step]] = [_flat(x - s, y, x + s), _down(x, y - s, y + s)]
    else:
        colour = ink["rebuttal"]
        signs = [[("M", (x - s, y + s)), ("L", (x + s, y - s))]]
    return [Disc(x, y, 6.5, ink["card"], colour, 1.75), *(Stroke(sign, colour, 1.75) for sign in signs)]


def heads(x: float, y: float, other: float, ink: Mapping[str, str]) -> list[Shape]:
    """The two heads of a contradiction from `other` to `x`."""
    return [_head(x, y, _HEAD, ink), _head(other, y, -_HEAD, ink)]


def _head(x: float, y: float, long: float, ink: Mapping[str, str]) -> Stroke:
    steps: list[Step] = [("M", (x, y)), ("L", (x - long, y - 5)), ("L", (x - long, y + 5)), ("L", (x, y))]
    return Stroke(steps, None, fill=ink["rebuttal"])


def _flat(x: float, y: float, end: float) -> list[Step]:
    return [("M", (x, y)), ("L", (end, y))]


def _down(x: float, top: float, bottom: float) -> list[Step]:
    return [("M", (x, top)), ("L", (x, bottom))]


def _corner(x: float, y: float, end: float) -> list[Step]:
    """From a trunk round the corner to a card."""
    return [("M", (x, y - _ROUND)), ("Q", (x, y, x + _ROUND, y)), ("L", (end, y))]
