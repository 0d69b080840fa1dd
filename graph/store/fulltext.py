"""Neo4j's full-text index: what it knows, and what it proposes to a search."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from graph.model import Label, MapId
from graph.store import finding, reading, statements, transactions, words
from graph.store.port import Hit
from graph.store.rows import COUNTS, Row
from graph.store.work import Work

NAME = "argmap_text"
MAKE = (
    f"CREATE FULLTEXT INDEX {NAME} IF NOT EXISTS FOR (n:{'|'.join(Label)}) "
    f"ON EACH [{', '.join(f'n.{field}' for field in words.FIELDS)}] "
    "OPTIONS {indexConfig: {`fulltext.analyzer`: 'standard-folding'}}"
)

_MOST_LIKELY = 500  # items that hold a word which may have been meant
_SMALL = 1_000  # items of a map whose texts are read as fast as they are found
# fmt: off
_STOP_WORDS = frozenset({
    "a", "an", "and", "are", "as", "at", "be", "but", "by", "for", "if", "in", "into", "is", "it", "no",
    "not", "of", "on", "or", "such", "that", "the", "their", "then", "there", "these", "they", "this",
    "to", "was", "will", "with",
})
# fmt: on


def hits(work: Work, asked: list[words.Term], map_id: MapId | None, limit: int) -> list[Hit] | None:
    """What holds all that is asked for; None: a map was changed in parts meanwhile, so look again.

    What nodes say and what is kept beside them fit together only while no map goes from the one to the other.
    """
    if map_id is not None:
        transactions.require_map(work, map_id)
    if not asked:
        return []
    moves = work.read(statements.MOVES)
    found = finding.hits_or_near(asked, _proposals(work, map_id, moves), _known(work), limit)
    return found if work.read(statements.MOVES) == moves else None


def _proposals(work: Work, map_id: MapId | None, moves: Iterable[Row]) -> finding.Propose:
    """What the full-text index finds; where there is none, or the map is small, all texts there are."""
    is_moved = any(row["moving"] for row in moves)
    moving = {row["map"]["id"]: row["map"] for row in work.read(statements.MOVING)} if is_moved else {}
    if map_id is not None:
        if map_id in moving:
            return finding.among(_texts_beside(work, [moving[map_id]]))
        moving = {}
    if not _has_text_index(work) or (map_id is not None and _is_small(work, map_id)):
        of_nodes = (row for row in _texts(work, map_id) if row["map"] not in moving)
        return finding.among([*of_nodes, *_texts_beside(work, moving.values())])

    unfinished = [*(row["id"] for row in moves if row["staged"]), *moving]

    def propose(
        asked: Sequence[words.Term], field: str | None, skip: int, count: int
    ) -> Iterable[finding.Row]:
        # Before one map's are picked out, none may be left away.
        options = {} if map_id is not None else {"limit": finding.MOST_PROPOSED}
        rows = work.read(
            statements.INDEXED_TEXTS,
            index=NAME,
            query=_lucene(asked, field),
            options=options,
            map=map_id,
            unfinished=unfinished,
            skip=skip,
            count=count,
        )
        return [{**row, "label": _label(row["labels"])} for row in rows if _is_there(row)]

    if not moving:
        return propose
    return finding.both(propose, finding.among(_texts_beside(work, moving.values())))


def _known(work: Work) -> finding.Known:
    def known(asked: Sequence[words.Term]) -> Mapping[str, Iterable[str]]:
        if not _has_text_index(work):
            return finding.known_among(_texts(work, None))(asked)
        return {word: set(likely(word)) for term in asked for word in term.words}

    def likely(word: str) -> Iterator[str]:
        query = f"{_escaped(word)}~2"
        for row in work.read(statements.LIKELY_TEXTS, index=NAME, query=query, most=_MOST_LIKELY):
            yield from finding.words_of(row)

    return known


def _has_text_index(work: Work) -> bool:
    return NAME in {row["name"] for row in work.read(statements.SET_UP)}


def _is_small(work: Work, map_id: MapId) -> bool:
    return sum(transactions.require_map(work, map_id).get(name) or 0 for name in COUNTS.values()) < _SMALL


def _texts(work: Work, map_id: MapId | None) -> Iterator[finding.Row]:
    for label in Label:
        for row in work.read(statements.texts(label, of_map=map_id is not None), map=map_id):
            if _is_there(row):
                yield {**row, "label": label.value}


def _is_there(row: finding.Row) -> bool:
    """A node that is deleted while it is found comes without anything."""
    return row["id"] is not None


def _texts_beside(work: Work, rows: Iterable[Mapping[str, Any]]) -> Iterator[finding.Row]:
    """What is kept beside the nodes of maps that are being brought up to date."""
    for row in rows:
        argmap = reading.of_parts(work, dict(row))
        for item in argmap.items:
            held = {field: getattr(item, field, None) for field in words.FIELDS}
            yield {**held, "map": argmap.id, "id": item.id, "order": item.order, "label": item.label.value}


def _label(labels: Sequence[str]) -> str:
    return next(each for each in labels if each in COUNTS)  # there may be other people's as well


def _lucene(asked: Sequence[words.Term], field: str | None) -> str:
    """The terms in the index's query language; all there is where the index cannot tell."""
    before = "" if field is None else f"{field}:"
    return " AND ".join(f"{before}{_spelled(term)}" for term in asked if _is_indexed(term)) or "*:*"


def _is_indexed(term: words.Term) -> bool:
    """Whether the index knows all that a term may stand for: its analyzer leaves these words out."""
    if term.prefix:
        return not any(word.startswith(term.words[0]) for word in _STOP_WORDS)
    return not _STOP_WORDS.issuperset(term.words)


def _spelled(term: words.Term) -> str:
    """A term in the index's query language, in which nothing that a user types is an operator."""
    if term.prefix:
        return f"{_escaped(term.words[0])}*"
    said = " ".join(term.words).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{said}"'


def _escaped(word: str) -> str:
    return "".join(each if each.isalnum() else f"\\{each}" for each in word)
