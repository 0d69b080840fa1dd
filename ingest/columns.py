"""The words of tables: the names of columns, of relations and of sides, as people write them."""

from __future__ import annotations

from collections.abc import Mapping

from graph.model import Side

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "no", "nr", "number", "key", "ref", "#"),
    "title": ("title", "name", "label", "headline", "short"),
    "text": ("text", "claim", "statement", "content", "argument", "point", "description", "body"),
    "parent": (
        "parent",
        "parents",
        "parent id",
        "answers",
        "replies to",
        "reply to",
        "responds to",
        "target",
        "about",
    ),
    "relation": ("relation", "stance", "link", "type of link", "pro/con", "polarity", "relationship", "how"),
    "kind": ("kind", "type", "category"),
    "side": ("side", "position", "for/against"),
    "team": ("team", "school"),
    "speech": ("speech", "speaker position", "round"),
    "source": ("source", "sources", "reference", "references", "article", "publication"),
    "at": ("at", "locator", "page", "pages", "paragraph", "para"),
    "quote": ("quote", "quotation", "evidence", "card"),
    "cite": ("cite", "citation"),
    "url": ("url", "link to source", "web", "address"),
    "author": ("author", "authors", "by"),
    "date": ("date", "published", "year"),
    "held by": ("held by", "heldby", "asserted by", "said by", "speaker", "who", "holder"),
    "reported by": ("reported by", "reportedby"),
    "tags": ("tags", "tag", "labels", "keywords"),
    "strength": ("strength", "weight", "confidence"),
    "granted": ("granted", "conceded", "accepted"),
    "scheme": ("scheme",),
    "from": ("from", "start", "source id", "premise"),
    "to": ("to", "end", "target id", "conclusion"),
}
"""Each column and the spellings of its name, lower case."""

RELATIONS: Mapping[str, str] = {
    **dict.fromkeys(
        ("supports", "support", "pro", "+", "for", "reason", "because", "yes", "backs", "agree"), "support"
    ),
    **dict.fromkeys(
        (
            "rebuts",
            "attacks",
            "attack",
            "con",
            "-",
            "against",
            "rebuttal",
            "objection",
            "but",
            "no",
            "opposes",
            "answers",
            "disagree",
            "refutes",
            "undermines",
        ),
        "attack",
    ),
    **dict.fromkeys(("undercuts", "undercut", "_"), "undercut"),
    **dict.fromkeys(("contradicts", "contradiction", "contradictory", "><"), "contradict"),
    **dict.fromkeys(("premise", "premise of", "premise_of"), "premise"),
    **dict.fromkeys(("concludes", "conclusion"), "conclude"),
}
"""What people write for a relation."""


def side_of(word: str) -> Side | None:
    """The side that a word names; None for one that names none."""
    match word.lower():
        case "pro" | "for" | "aff" | "affirmative" | "proposition" | "gov" | "government" | "yes":
            return Side.PRO
        case "con" | "against" | "neg" | "negative" | "opposition" | "opp" | "no":
            return Side.CON
        case "both":
            return Side.BOTH
        case "unknown" | "-" | "?":
            return Side.UNKNOWN
        case _:
            return None


_NAMES = {spelling: name for name, spellings in COLUMNS.items() for spelling in spellings}


def column_of(heading: str) -> str:
    """The column that a heading names; "" for one of no known name."""
    return _NAMES.get(" ".join(heading.lstrip("\ufeff").replace("_", " ").lower().split()), "")
