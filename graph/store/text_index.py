"""The embedded store's index of words: SQLite's FTS5 in a file beside the store, made from it.

It can be thrown away at any time: what it was made from is written in it, and what differs is made anew.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from graph.store.finding import MOST_PROPOSED, Row
from graph.store.words import FIELDS, Term, words

_VERSION = 2
# Our words stand between blanks, so that only what is no part of any word of ours may part them.
_TOKENS = "unicode61 remove_diacritics 0 categories ''L* N* Co Mn Mc'' tokenchars ''_.,;:·’''"
_OF_MAP = "\ue000"  # begins the word that stands for an item's map; no word of ours has it
_NAMES = ", ".join(FIELDS)
_TABLES = f"""
CREATE TABLE made (of TEXT PRIMARY KEY, stamp TEXT);
CREATE TABLE map (number INTEGER PRIMARY KEY, id TEXT UNIQUE);
CREATE TABLE item (number INTEGER PRIMARY KEY, map TEXT, id TEXT, label TEXT, place INTEGER,
                   {", ".join(f"{field} TEXT" for field in FIELDS)});
CREATE INDEX item_map ON item (map);
CREATE VIRTUAL TABLE words USING fts5 (
    {_NAMES}, map, content = '', columnsize = 0, tokenize = '{_TOKENS}'
);
CREATE VIRTUAL TABLE known USING fts5vocab (words, 'row');
PRAGMA user_version = {_VERSION};
"""
_ADD_ITEM = f"INSERT INTO item VALUES ({', '.join('?' * (5 + len(FIELDS)))})"
_ADD_WORDS = f"INSERT INTO words (rowid, {_NAMES}, map) VALUES ({', '.join('?' * (2 + len(FIELDS)))})"
_DROP_WORDS = (
    f"INSERT INTO words (words, rowid, {_NAMES}, map) VALUES ('delete', {', '.join('?' * (2 + len(FIELDS)))})"
)

Texts = Callable[[str], Iterable[Mapping[str, Any]]]


class TextIndex:
    """What can be searched of a store's maps. Methods raise sqlite3.Error where the file is no good."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def bring_up_to_date(self, store: str, maps: Callable[[], Mapping[str, str]], texts: Texts) -> None:
        """Index what has changed; `store` and `maps` are the stamps of the file and of each map in it."""
        with closing(self._opened()) as index:
            made = dict(index.execute("SELECT of, stamp FROM made"))
            if made.pop("", None) == store:
                return
            now = maps()
            with index:
                index.execute("BEGIN IMMEDIATE")
                for map_id in made.keys() | now.keys():
                    if made.get(map_id) != now.get(map_id) or not now.get(map_id):
                        _bring_up_to_date(index, map_id, texts(map_id) if map_id in now else ())
                index.execute("DELETE FROM made")
                index.executemany("INSERT INTO made VALUES (?, ?)", [*now.items(), ("", store)])

    @contextmanager
    def reading(self, map_id: str | None) -> Iterator[Reading]:
        """The index as it is now, for a search in one map or in all."""
        with closing(self._opened()) as index:
            yield Reading(index, map_id)

    def _opened(self) -> sqlite3.Connection:
        index = sqlite3.connect(self._path, timeout=5, isolation_level=None)
        try:
            (version,) = index.execute("PRAGMA user_version").fetchone()
            if version != _VERSION:
                if version or index.execute("SELECT 1 FROM sqlite_master").fetchone():
                    raise sqlite3.DatabaseError("another version's")
                index.executescript(f"BEGIN IMMEDIATE; {_TABLES} COMMIT;")
            index.execute("PRAGMA synchronous = OFF")  # it can be made again
        except sqlite3.Error:
            index.close()
            raise
        return index


class Reading:
    """One search in an index."""

    def __init__(self, index: sqlite3.Connection, map_id: str | None) -> None:
        self._index = index
        self._map_id = map_id

    def propose(self, asked: Sequence[Term], field: str | None, skip: int, count: int) -> list[Row]:
        """See `finding.Propose`."""
        where = f"{{{field or ' '.join(FIELDS)}}} : ({' AND '.join(map(_spelled, asked))})"
        if self._map_id is not None:
            where += f' AND {{map}} : "{_word_of(_number(self._index, self._map_id))}"'
        found = self._index.execute(
            f"SELECT map, id, label, place, {_NAMES} FROM item "
            "WHERE number IN (SELECT rowid FROM words WHERE words MATCH ? LIMIT ?) "
            "ORDER BY map, place, id LIMIT ? OFFSET ?",
            (where, MOST_PROPOSED, count, skip),
        )
        columns = ("map", "id", "label", "order", *FIELDS)
        return [dict(zip(columns, row, strict=True)) for row in found]

    def known(self, asked: Sequence[Term]) -> dict[str, list[str]]:
        """For each word asked for, the words of the store that it may be a slip for."""
        return {word: list(self._like(word)) for term in asked for word in term.words}

    def _like(self, word: str) -> Iterator[str]:
        """The words of about this length."""
        for (known,) in self._index.execute(
            "SELECT term FROM known WHERE length(term) BETWEEN ? AND ?", (len(word) - 2, len(word) + 2)
        ):
            if not known.startswith(_OF_MAP):
                yield known


def _bring_up_to_date(index: sqlite3.Connection, map_id: str, texts: Iterable[Mapping[str, Any]]) -> None:
    """Write what differs of one map; no texts where it is gone."""
    held = {
        row[2]: row
        for row in index.execute(
            f"SELECT number, map, id, label, place, {_NAMES} FROM item WHERE map = ?", (map_id,)
        )
    }
    of_map = _word_of(_number(index, map_id))
    (last,) = index.execute("SELECT coalesce(max(number), 0) FROM item").fetchone()
    for text in texts:
        row = (
            map_id,
            text["id"],
            text["label"],
            text.get("order") or 0,
            *(text.get(each) or "" for each in FIELDS),
        )
        before = held.pop(text["id"], None)
        if before is not None and before[1:] == row:
            continue
        if before is not None:
            _remove(index, before, of_map)
        last += 1
        index.execute(_ADD_ITEM, (last, *row))
        index.execute(_ADD_WORDS, (last, *_spellings(row), of_map))
    for before in held.values():
        _remove(index, before, of_map)


def _remove(index: sqlite3.Connection, row: tuple[Any, ...], of_map: str) -> None:
    index.execute("DELETE FROM item WHERE number = ?", (row[0],))
    index.execute(_DROP_WORDS, (row[0], *_spellings(row[1:]), of_map))


def _spellings(row: tuple[Any, ...]) -> list[str]:
    return [" ".join(words(text)) for text in row[4:]]


def _number(index: sqlite3.Connection, map_id: str) -> int:
    """The number by which the index knows a map."""
    for (number,) in index.execute("SELECT number FROM map WHERE id = ?", (map_id,)):
        return int(number)
    return int(index.execute("INSERT INTO map (id) VALUES (?) RETURNING number", (map_id,)).fetchone()[0])


def _word_of(number: int) -> str:
    return f"{_OF_MAP}{number}"


def _spelled(term: Term) -> str:
    said = " ".join(term.words).replace('"', '""')
    return f'"{said}"*' if term.prefix else f'"{said}"'
