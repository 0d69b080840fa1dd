"""A still picture as PNG, painted by resvg with the fonts of this machine; the only resvg here."""

from __future__ import annotations

from dataclasses import dataclass

from graph.draw.static_fonts import fonts_for
from graph.draw.static_shapes import Picture, Words
from graph.draw.svg import svg
from graph.errors import OutputError

_SHARP = 2.0  # pixels for each px, while the picture is small enough
_MOST_PIXELS = 36_000_000  # two seconds to paint, and what programs for slides still take
_MOST_LONG = 32_000  # pixels in one direction: what programs open
_LEAST_LEGIBLE = 0.6  # pixels for each px; smaller text cannot be read


@dataclass(frozen=True, slots=True)
class Painting:
    """A PNG file, and what whoever asked for it should be told of it."""

    data: bytes
    remarks: tuple[str, ...]


def png(picture: Picture) -> Painting:
    """The picture as a PNG file; raises OutputError where it is too large to be read as one."""
    zoom = min(
        _SHARP,
        (_MOST_PIXELS / (picture.width * picture.height)) ** 0.5,
        _MOST_LONG / picture.width,
        _MOST_LONG / picture.height,
    )
    if zoom < _LEAST_LEGIBLE:
        raise OutputError(
            f"{picture.title}: the map is too large for a PNG that can be read: "
            f"{picture.width:,.0f} × {picture.height:,.0f} px\n"
            "  Draw fewer levels with --open-to, one part with --within ID, or write .svg or .pdf."
        )
    shapes = (shape for group in picture.groups for shape in group.shapes)
    fonts = fonts_for(shape.text for shape in shapes if isinstance(shape, Words))
    import resvg_py

    # With all fonts of the machine at hand resvg takes bold or serif letters for what the first has not.
    painted = resvg_py.svg_to_bytes(
        svg_string=svg(picture),
        zoom=zoom,
        skip_system_fonts=fonts.family is not None,
        font_files=[str(path) for path in (*(fonts.family or ()), *fonts.others)],
        sans_serif_family=fonts.name or None,
    )
    return Painting(bytes(painted), fonts.remarks)
