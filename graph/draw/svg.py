"""A still picture as SVG: one file of shapes and text, without script, style sheet or address."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from graph.draw.static_shapes import Box, Disc, Group, Picture, Shape, Stroke, Words

FAMILY = (
    "Inter, 'Segoe UI', 'Helvetica Neue', Roboto, 'Noto Sans', 'Liberation Sans', Arial, 'DejaVu Sans', "
    "sans-serif"
)


def svg(picture: Picture) -> str:
    """The picture as an SVG file; equal pictures give equal bytes."""
    size = f"{_number(picture.width)} {_number(picture.height)}"
    wide, high = size.split()
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}" viewBox="0 0 {size}" '
        f'role="img" lang={quoteattr(picture.lang)} font-family="{FAMILY}">',
        f"<title>{escape(picture.title)}</title>",
        f"<desc>{escape(picture.about)}</desc>",
        f'<rect width="{wide}" height="{high}" fill="{picture.ground}"/>',
    ]
    for group in picture.groups:
        lines += _group(group)
    lines.append("</svg>\n")
    return "\n".join(lines)


def _group(group: Group) -> list[str]:
    kind = f"card {group.name}" if group.item else group.name
    item = f" data-item={quoteattr(group.item)}" if group.item else ""
    return [f'<g class="{kind}"{item}>', *map(_shape, group.shapes), "</g>"]


def _shape(shape: Shape) -> str:
    match shape:
        case Box():
            radius = f' rx="{_number(shape.radius)}"' if shape.radius else ""
            return (
                f'<rect x="{_number(shape.x)}" y="{_number(shape.y)}" width="{_number(shape.width)}" '
                f'height="{_number(shape.height)}"{radius}{_fill(shape.fill)}'
                f"{_outline(shape.outline, shape.thick, shape.dash)}/>"
            )
        case Disc():
            return (
                f'<circle cx="{_number(shape.x)}" cy="{_number(shape.y)}" r="{_number(shape.radius)}"'
                f"{_fill(shape.fill)}{_outline(shape.outline, shape.thick)}/>"
            )
        case Stroke():
            path = "".join(name + " ".join(map(_number, points)) for name, points in shape.steps)
            ends = ' stroke-linecap="round"' if shape.round else ""
            line = _outline(shape.colour, shape.thick, shape.dash)
            return f'<path d="{path}"{_fill(shape.fill)}{line}{ends}/>'
        case Words():
            return _words(shape)


def _words(words: Words) -> str:
    weight = ' font-weight="600"' if words.bold else ""
    style = ' font-style="italic"' if words.italic else ""
    anchor = f' text-anchor="{words.anchor}"' if words.anchor != "start" else ""
    text = escape(words.text)
    if words.right_to_left:
        # Not `direction`: with it `end` is the left end, and not every program knows it. An embedding
        # says the same in the text itself, and no override of the map's is left in there.
        text = f"\u202b{text}\u202c"
    return (
        f'<text x="{_number(words.x)}" y="{_number(words.y)}" font-size="{_number(words.size)}" '
        f'fill="{words.colour}"{weight}{style}{anchor}>{text}</text>'
    )


def _fill(colour: str | None) -> str:
    return f' fill="{colour}"' if colour else ' fill="none"'


def _outline(colour: str | None, thick: float, dash: tuple[float, ...] = ()) -> str:
    if not colour:
        return ""
    dashes = f' stroke-dasharray="{" ".join(map(_number, dash))}"' if dash else ""
    return f' stroke="{colour}" stroke-width="{_number(thick)}"{dashes}'


def _number(value: float) -> str:
    """At most two decimals, which is finer than any screen."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
