"""Which items a search finds, best first: the engines propose, this decides, so both find the same.

What has all that is asked for in its title comes first, then what has it in its text, its quote, its cite,
then what has it here and there; within each, maps by id and items in reading order. An engine is asked for
one of these after another and only until there are enough, so common words cost no more than rare ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from graph.model import ItemId, MapId
from graph.store.port import Hit
from graph.store.words import FIELDS, Term, marked, nearest, places, words

MOST_PROPOSED = 20_000  # items with the words in one field that are put in order
_MOST_SCATTERED = 1_000  # items with the words here and there that are looked at
_PAGE = 500  # proposals at a time, where the first few were not enough
_MOST_REFUSED = 10_000  # proposals that are looked at, of an index that knows too little

Row: TypeAlias = Mapping[str, Any]
"""`map`, `id`, `label`, `order` and the searched fields of an item."""

Propose: TypeAlias = Callable[[Sequence[Term], str | None, int, int], Iterable[Row]]
"""Items that may hold all terms in one field (None: in any), by map, order and id: skip some, give some."""

Known: TypeAlias = Callable[[Sequence[Term]], Mapping[str, Iterable[str]]]
"""For each word asked for, the words of the store that it may be a slip for."""


def hits_or_near(asked: Sequence[Term], propose: Propose, known: Known, limit: int) -> list[Hit]:
    """The items that hold every term, at most `limit`; where none does, those that hold the nearest words."""
    found = hits(asked, propose, limit)
    mended = None if found else nearest(asked, known(asked))
    return found if mended is None else hits(mended, propose, limit, " ".join(map(str, mended)))


def hits(asked: Sequence[Term], propose: Propose, limit: int, near: str = "") -> list[Hit]:
    """The items that hold every term, at most `limit`; `near` is what was looked for in place of a slip."""
    found: dict[tuple[MapId, ItemId], Hit] = {}
    for field in FIELDS:
        if len(found) == limit:
            break
        for row in _confirmed(asked, propose, field, limit):
            if len(found) == limit:
                break
            found.setdefault((row["map"], row["id"]), _hit(asked, row, field, near))
    if len(found) < limit and len(asked) > 1:
        rows = propose(asked, None, 0, _MOST_SCATTERED)
        scattered = [row for row in rows if (row["map"], row["id"]) not in found]
        for row, field in _most_together(asked, scattered)[: limit - len(found)]:
            found[row["map"], row["id"]] = _hit(asked, row, field, near)
    return list(found.values())


def among(rows: Iterable[Row]) -> Propose:
    """Proposals from items that are all here, where there is no index."""
    kept = sorted(rows, key=_place)

    def propose(asked: Sequence[Term], field: str | None, skip: int, count: int) -> list[Row]:
        if field is None:
            return kept
        return [row for row in kept if _holds(asked, row, field)][skip : skip + count]

    return propose


def known_among(rows: Iterable[Row]) -> Known:
    """Any of the words of items that are all here, where there is no index."""

    def known(asked: Sequence[Term]) -> dict[str, set[str]]:
        every = {word for row in rows for word in words_of(row)}
        return {word: every for term in asked for word in term.words}

    return known


def words_of(row: Row) -> Iterator[str]:
    """The words of all the fields of an item that are searched."""
    return (word for field in FIELDS for word in words(row.get(field) or ""))


def both(one: Propose, other: Propose) -> Propose:
    """Proposals of the one and the other, which know different maps."""

    def propose(asked: Sequence[Term], field: str | None, skip: int, count: int) -> list[Row]:
        rows = [*one(asked, field, 0, skip + count), *other(asked, field, 0, skip + count)]
        rows.sort(key=_place)
        return rows if field is None else rows[skip : skip + count]

    return propose


def _place(row: Row) -> tuple[str, int, str]:
    return row["map"], row.get("order") or 0, row["id"]


def _confirmed(asked: Sequence[Term], propose: Propose, field: str, limit: int) -> Iterator[Row]:
    """The proposals that do hold all terms in this field, asked for a page at a time."""
    skip, count = 0, limit + 10
    while skip < _MOST_REFUSED:
        rows = list(propose(asked, field, skip, count))
        yield from (row for row in rows if _holds(asked, row, field))
        if len(rows) < count:
            return
        skip, count = skip + count, max(count, _PAGE)


def _holds(asked: Sequence[Term], row: Row, field: str) -> bool:
    held = words(row.get(field) or "")
    return all(places(term, held) for term in asked)


def _most_together(asked: Sequence[Term], rows: Iterable[Row]) -> list[tuple[Row, str]]:
    """The items that hold every term somewhere, each with the field that holds most of them."""
    found: list[tuple[int, Row, str]] = []
    for row in rows:
        held = {field: words(row.get(field) or "") for field in FIELDS}
        where = {field: [bool(places(term, held[field])) for term in asked] for field in FIELDS}
        if all(map(any, zip(*where.values(), strict=True))):
            best = max(FIELDS, key=lambda field: sum(where[field]))
            found.append((len(FIELDS) * where[best].count(False) + FIELDS.index(best), row, best))
    found.sort(key=lambda each: each[0])  # which leaves the order of equals
    return [(row, field) for _, row, field in found]


def _hit(asked: Sequence[Term], row: Row, field: str, near: str) -> Hit:
    return Hit(
        map_id=row["map"],
        id=row["id"],
        label=row["label"],
        title=row["title"],
        text=row.get("text") or "",
        field=field,
        marked=marked(asked, row.get(field) or ""),
        near=near,
    )
