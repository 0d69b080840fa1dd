"""What a map can be drawn as: the ending of the file decides."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import PurePath

from graph.errors import OutputError
from graph.model import ArgumentMap, ItemId


@dataclass(frozen=True, slots=True)
class Look:
    """How a map is to be drawn."""

    title: str | None = None  # None: the map's own
    open_to: int | None = None  # levels below the motion; None: what there is room for
    within: ItemId | None = None  # draw only this item and what is under it
    palette: str | None = None  # light, dark or print; None: the reader's wish, light where paper has none


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a file is to hold, and what whoever asked for it should be told of it."""

    content: str | bytes
    remarks: tuple[str, ...] = ()


Form = Callable[[ArgumentMap, Look], Drawn]


def form(file: str, engine: str = "argmap") -> Form:
    """What writes a file of this name; `-` is a page. Raises OutputError for an ending nobody knows.

    `engine` pyvis gives the network that pyvis draws, which only a page can show.
    """
    ending = PurePath(file).suffix.lower() or (".html" if file == "-" else "")
    if engine == "pyvis" and ending not in (".html", ".htm"):
        raise OutputError(f"{file}: pyvis draws pages\n  Name a file that ends in .html.")
    if engine == "pyvis":
        return _stock
    if ending not in FORMS:
        problem = f"no picture ends in {ending}" if ending else "the name has no ending"
        raise OutputError(f"{file}: {problem}\n  Name a file that ends in .html, .svg, .png or .pdf.")
    return FORMS[ending]


def _page(argmap: ArgumentMap, look: Look) -> Drawn:
    from graph.draw.page import page  # brings pyvis

    if look.palette == "print":
        raise OutputError(
            "--print is for .svg, .png and .pdf\n  A page is printed from the browser as it is."
        )
    return Drawn(page(argmap, title=look.title, open_to=look.open_to, within=look.within, theme=look.palette))


def _stock(argmap: ArgumentMap, look: Look) -> Drawn:
    from graph.draw.stock import stock

    return Drawn(stock(argmap, look))


def _svg(argmap: ArgumentMap, look: Look) -> Drawn:
    from graph.draw.static import drawing, picture
    from graph.draw.svg import svg

    drawn = drawing(argmap, look)
    return Drawn(svg(picture(drawn)), drawn.remarks)


def _png(argmap: ArgumentMap, look: Look) -> Drawn:
    from graph.draw.png import png
    from graph.draw.static import drawing, picture

    drawn = drawing(argmap, look)
    painted = png(picture(drawn))
    return Drawn(painted.data, (*drawn.remarks, *painted.remarks))


def _pdf(argmap: ArgumentMap, look: Look) -> Drawn:
    from graph.draw.pdf import pdf

    document = pdf(argmap, look)
    return Drawn(document.data, document.remarks)


FORMS: Mapping[str, Form] = {".html": _page, ".htm": _page, ".svg": _svg, ".png": _png, ".pdf": _pdf}
