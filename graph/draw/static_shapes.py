"""What a still picture is made of, before it is SVG or PDF: boxes, discs, paths and lines of text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

# M and L with a point, Q with a control point and a point.
Step: TypeAlias = tuple[Literal["M", "L", "Q"], tuple[float, ...]]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle; `dash` as in SVG, for its outline."""

    x: float
    y: float
    width: float
    height: float
    fill: str | None
    outline: str | None = None
    radius: float = 0.0
    thick: float = 1.0
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Disc:
    """A circle."""

    x: float
    y: float
    radius: float
    fill: str
    outline: str | None = None
    thick: float = 1.0


@dataclass(frozen=True, slots=True)
class Stroke:
    """A path; filled if it has `fill`."""

    steps: Sequence[Step]
    colour: str | None
    thick: float = 1.5
    dash: tuple[float, ...] = ()
    round: bool = False  # round ends, which make dots of very short dashes
    fill: str | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """One line of text; `x` is its left end, its middle or its right end, `y` its baseline."""

    x: float
    y: float
    text: str
    size: float
    colour: str
    bold: bool = False
    italic: bool = False
    anchor: Literal["start", "middle", "end"] = "start"
    right_to_left: bool = False


Shape: TypeAlias = Box | Disc | Stroke | Words


@dataclass(slots=True)
class Group:
    """Shapes that belong together: a card, with its item's id, or the links."""

    name: str  # a kind of card; joint, rest, links, legend, heading
    shapes: list[Shape] = field(default_factory=list)
    item: str = ""
    frame: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)  # x, y, width, height of a card


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing of a size in px (96 to the inch), in the order in which it is painted."""

    title: str
    about: str  # one sentence for those who do not see it
    lang: str
    width: float
    height: float
    ground: str
    groups: Sequence[Group]


def moved(shape: Shape, dx: float, dy: float) -> Shape:
    """The same shape elsewhere."""
    if not isinstance(shape, Stroke):
        return replace(shape, x=shape.x + dx, y=shape.y + dy)
    steps = [
        (name, tuple(value + (dy if at % 2 else dx) for at, value in enumerate(points)))
        for name, points in shape.steps
    ]
    return replace(shape, steps=steps)
