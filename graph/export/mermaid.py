"""A map as a Mermaid flowchart, which GitHub, GitLab and many notebooks draw within Markdown."""

from __future__ import annotations

from graph.export.palette import EDGE, FILL, MOTION_EDGE, MOTION_FILL, link_colour, words
from graph.model import ArgumentMap, Item, Label, LinkKind

_SHAPES = {
    Label.EVIDENCE: ("[", "]"),
    Label.INFERENCE: ("{{", "}}"),
    Label.SOURCE: ("[/", "/]"),
    Label.PERSON: ("([", "])"),
}
_SPECIAL = {"&": "#amp;", '"': "#quot;", "<": "#lt;", ">": "#gt;", "#": "#35;", "`": "#96;", "\\": "#92;"}


def to_mermaid(argmap: ArgumentMap) -> str:
    """The flowchart, the motion at the top; shortcuts are left out, for their step says the same."""
    names = {item.id: f"n{number}" for number, item in enumerate(argmap.items)}
    lines = ["flowchart BT"]
    lines += [f"  {names[item.id]}{_shape(item)}" for item in argmap.items]
    styles = []
    drawn = [x for x in argmap.links if x.via is None and x.start in names and x.end in names]
    for number, link in enumerate(drawn):
        arrow = "<-->" if link.kind is LinkKind.CONTRADICTS else "-->"
        lines.append(f"  {names[link.start]} {arrow}|{words(link.kind)}| {names[link.end]}")
        styles.append(f"  linkStyle {number} stroke:{link_colour(link.kind)}")
    lines += styles
    for label in Label:
        of_label = [names[x.id] for x in argmap.items if x.label is label and x.id not in argmap.motion]
        if of_label:
            lines.append(f"  classDef {label} fill:{FILL[label]},stroke:{EDGE[label]},color:#1b1e24")
            lines.append(f"  class {','.join(of_label)} {label}")
    motions = [names[item_id] for item_id in argmap.motion if item_id in names]
    if motions:
        lines.append(f"  classDef Motion fill:{MOTION_FILL},stroke:{MOTION_EDGE},color:#1b1e24")
        lines.append(f"  class {','.join(motions)} Motion")
    return "\n".join(lines) + "\n"


def _shape(item: Item) -> str:
    before, after = _SHAPES.get(item.label, ("(", ")"))
    said = f"<b>{_escaped(item.title)}</b>"
    if item.text and not item.text.startswith(item.title.rstrip("…")):
        said += f"<br/>{_escaped(item.text)}"
    return f'{before}"{said}"{after}'


def _escaped(text: str) -> str:
    line = " ".join("".join(c if c >= " " else " " for c in text).split())
    return "".join(_SPECIAL.get(c, c) for c in line) or "…"
