"""The colours and shapes that items and links have in other people's drawing tools."""

from __future__ import annotations

from collections.abc import Mapping

from graph.model import ArgumentMap, Item, Label, LinkKind

FILL: Mapping[Label, str] = {
    Label.CLAIM: "#d9f0e3",
    Label.REBUTTAL: "#f9dcd9",
    Label.EVIDENCE: "#d8e7f8",
    Label.INFERENCE: "#e4e6ea",
    Label.SOURCE: "#f6ecd2",
    Label.PERSON: "#ece2f6",
    Label.LOCUTION: "#f1efe9",
}
EDGE: Mapping[Label, str] = {
    Label.CLAIM: "#1c7447",
    Label.REBUTTAL: "#b3261e",
    Label.EVIDENCE: "#1d5ea8",
    Label.INFERENCE: "#565c68",
    Label.SOURCE: "#8a6d1d",
    Label.PERSON: "#6b3fa0",
    Label.LOCUTION: "#7a7466",
}
MOTION_FILL, MOTION_EDGE = "#dedaf5", "#46398f"

_SUPPORT, _ATTACK, _OTHER = "#1c7447", "#b3261e", "#8b909b"
LINK: Mapping[LinkKind, str] = {
    LinkKind.SUPPORTS: _SUPPORT,
    LinkKind.PREMISE_OF: _SUPPORT,
    LinkKind.CONCLUDES: _SUPPORT,
    LinkKind.REBUTS: _ATTACK,
    LinkKind.UNDERCUTS: _ATTACK,
    LinkKind.UNDERMINES: _ATTACK,
    LinkKind.CONTRADICTS: _ATTACK,
}


def fill(argmap: ArgumentMap, item: Item) -> str:
    """The colour inside an item's shape."""
    return MOTION_FILL if item.id in argmap.motion else FILL[item.label]


def edge(argmap: ArgumentMap, item: Item) -> str:
    """The colour of an item's outline."""
    return MOTION_EDGE if item.id in argmap.motion else EDGE[item.label]


def link_colour(kind: LinkKind) -> str:
    """The colour of a link."""
    return LINK.get(kind, _OTHER)


def words(kind: LinkKind) -> str:
    """A link's kind as people read it: `premise of`."""
    return kind.value.lower().replace("_", " ")
