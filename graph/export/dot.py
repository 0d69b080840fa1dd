"""A map as a graph of Graphviz (DOT), which `dot -Tsvg` draws as it stands."""

from __future__ import annotations

import html
import textwrap

from graph.export.palette import edge, fill, link_colour, words
from graph.model import ArgumentMap, Item, Label, LinkKind

_WIDTH = 32  # characters of a line within a box
_SHAPES = {Label.INFERENCE: "oval", Label.SOURCE: "note", Label.PERSON: "plain", Label.LOCUTION: "cds"}


def to_dot(argmap: ArgumentMap) -> str:
    """The graph, the motion at the top; shortcuts are left out, for their step says the same."""
    lines = [
        "digraph argmap {",
        f"  graph [label={_quoted(argmap.title)}, labelloc=t, rankdir=BT, fontname=Helvetica]",
        '  node [shape=box, style="rounded,filled", fontname=Helvetica, fontsize=11]',
        "  edge [fontname=Helvetica, fontsize=9]",
    ]
    lines += [f"  {_quoted(item.id)} [{_node(argmap, item)}]" for item in argmap.items]
    for link in argmap.links:
        if link.via is None and link.start in argmap.by_id and link.end in argmap.by_id:
            colour = link_colour(link.kind)
            style = f'color="{colour}", fontcolor="{colour}", label="{words(link.kind)}"'
            if link.kind is LinkKind.CONTRADICTS:
                style += ", dir=both"
            if link.kind not in _DRAWN_FULL:
                style += ", style=dashed"
            lines.append(f"  {_quoted(link.start)} -> {_quoted(link.end)} [{style}]")
    return "\n".join([*lines, "}"]) + "\n"


_DRAWN_FULL = frozenset(
    {
        LinkKind.SUPPORTS,
        LinkKind.REBUTS,
        LinkKind.UNDERCUTS,
        LinkKind.UNDERMINES,
        LinkKind.CONTRADICTS,
        LinkKind.PREMISE_OF,
        LinkKind.CONCLUDES,
    }
)


def _node(argmap: ArgumentMap, item: Item) -> str:
    style = f'fillcolor="{fill(argmap, item)}", color="{edge(argmap, item)}", tooltip={_quoted(item.text)}'
    if item.label in _SHAPES:
        style += f", shape={_SHAPES[item.label]}"
    return f"label={_label(item)}, {style}"


def _label(item: Item) -> str:
    """The title in bold, the text below it where it says more."""
    title = "<br/>".join(html.escape(line) for line in textwrap.wrap(_clean(item.title), _WIDTH)) or " "
    label = f"<b>{title}</b>"
    if item.text and not item.text.startswith(item.title.rstrip("…")):
        text = "<br/>".join(html.escape(line) for line in textwrap.wrap(_clean(item.text), _WIDTH))
        label += f"<br/>{text}" if text else ""
    return f"<{label}>"


def _clean(text: str) -> str:
    """Text without what XML cannot hold, for Graphviz reads labels like these as XML."""
    return "".join(c if c >= " " and not "\ud800" <= c <= "\udfff" else " " for c in text)


def _quoted(text: str) -> str:
    # The only escapes of DOT's own are \" and, in labels, \n and the like: a backslash is doubled for them.
    return '"' + _clean(text).replace("\\", "\\\\").replace('"', '\\"') + '"'
