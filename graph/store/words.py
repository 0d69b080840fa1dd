"""Searching for words: what a word is, and which items hold all that were asked for, best first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from graph.store.port import Hit

FIELDS = ("title", "text", "quote", "cite")
"""Where words are looked for, the most telling first."""

# The words that Lucene's standard tokenizer sees: letters and digits, joined by a mark that stands
# between two of them (don't, 3.5, e.g); a Han or Hiragana character is a word of its own.
_WORD = re.compile(
    r"[\u3040-\u309f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
    r"|(?:(?![\u3040-\u309f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])\w"
    r"|(?<=[^\W\d_])[.'’:·](?=[^\W\d_])|(?<=\d)[.,;'’](?=\d))+"
)


def words(text: str) -> list[str]:
    """The words of a text, case folded."""
    return [word.casefold() for word in _WORD.findall(text)]


def hits(asked: list[str], rows: Iterable[Mapping[str, Any]], limit: int) -> list[Hit]:
    """The items that hold every word asked for, those that have them in the title first.

    A row has `map`, `id`, `label`, `order` and the searched fields.
    """
    found: list[tuple[tuple[int, str, int, str], Hit]] = []
    for row in rows:
        held = {field: set(words(row.get(field) or "")) for field in FIELDS}
        if not all(any(word in held[field] for field in FIELDS) for word in asked):
            continue
        best = max(FIELDS, key=lambda field: sum(word in held[field] for word in asked))
        hit = Hit(
            map_id=row["map"],
            id=row["id"],
            label=row["label"],
            title=row["title"],
            text=row.get("text") or "",
            field=best,
        )
        missing = sum(word not in held[best] for word in asked)
        rank = (len(FIELDS) * missing + FIELDS.index(best), hit.map_id, row.get("order") or 0, hit.id)
        found.append((rank, hit))
    found.sort(key=lambda pair: pair[0])
    return [hit for _, hit in found[:limit]]
