"""The style file (GraSS) that gives argmap's labels their colours and captions in Neo4j Browser."""

from __future__ import annotations

from graph.export.palette import EDGE, FILL, MOTION_EDGE, MOTION_FILL, link_colour, words
from graph.model import ArgumentMap, Label, LinkKind

_DIAMETER = {Label.CLAIM: 65, Label.REBUTTAL: 65, Label.EVIDENCE: 50, Label.INFERENCE: 25}
_INK = "#1b1e24"
_NODE = {
    "diameter": "40px",
    "color": "#e4e6ea",
    "border-color": "#565c68",
    "border-width": "2px",
    "text-color-internal": _INK,
    "font-size": "10px",
}
_RELATIONSHIP = {
    "color": "#8b909b",
    "shaft-width": "1px",
    "font-size": "8px",
    "padding": "3px",
    "text-color-external": _INK,
    "text-color-internal": "#ffffff",
    "caption": '"<type>"',
}
_MAP = {
    "diameter": "80px",
    "color": MOTION_FILL,
    "border-color": MOTION_EDGE,
    "text-color-internal": _INK,
    "caption": '"{title}"',
}


def to_grass(_: ArgumentMap | None = None) -> str:
    """The style, the same for every map: drag it onto Neo4j Browser, or paste it after `:style`."""
    blocks = [_block("node", _NODE), _block("relationship", _RELATIONSHIP), _block("node.Map", _MAP)]
    for label in Label:
        style = {
            "diameter": f"{_DIAMETER.get(label, 40)}px",
            "color": FILL[label],
            "border-color": EDGE[label],
            "text-color-internal": _INK,
            "caption": '"{scheme}"' if label is Label.INFERENCE else '"{title}"',
        }
        blocks.append(_block(f"node.{label}", style))
    for kind in LinkKind:
        colour = link_colour(kind)
        blocks.append(_block(f"relationship.{kind}", {"color": colour, "caption": f'"{words(kind)}"'}))
    return "\n".join(blocks)


def _block(name: str, style: dict[str, str]) -> str:
    return f"{name} {{\n" + "".join(f"  {key}: {value};\n" for key, value in style.items()) + "}\n"
