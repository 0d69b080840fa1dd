"""The words of argmap's Argdown profile: what keys of data and frontmatter mean, for writer and reader."""

from __future__ import annotations

import re
from collections.abc import Mapping

from graph.model import DatePrecision

WORDS = ("speech", "kind", "team")
FLAGS = ("granted", "turn")
CARD_WORDS: Mapping[str, str] = {
    "quote": "quote",
    "cite": "cite",
    "shortCite": "short_cite",
    "spoken": "spoken",
    "fingerprint": "fingerprint",
    "verified": "verified",
    "verifiedAt": "verified_at",
}
"""A card's fields by the key they have in data."""

ITEM_KEYS = frozenset(
    {"source", "at", "heldBy", "reportedBy", "side", "strength", "title", "id", "text", "tags", "isCanonical"}
    | {"evidence", "words", "spans", "strict", "scheme", "origin", *WORDS, *FLAGS, *CARD_WORDS}
)
SOURCE_WORDS = ("qualifications", "publisher", "date", "url", "accessed")
SOURCE_KEYS = frozenset({"title", "author", "text", *SOURCE_WORDS})
FRONT_KEYS = frozenset({"title", "id", "motion", "sources", "debateFormat", "abstract", "argmap"})


def precision(date: str | None) -> DatePrecision:
    """How much of a date its text tells."""
    for pattern, precision in (
        (r"\d{4}-\d\d-\d\d.*", DatePrecision.DAY),
        (r"\d{4}-\d\d", DatePrecision.MONTH),
        (r"\d{4}", DatePrecision.YEAR),
    ):
        if date is not None and re.fullmatch(pattern, date):
            return precision
    return DatePrecision.NONE
