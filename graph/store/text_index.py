"""The embedded store's index of words: SQLite's FTS5 in a file beside the store, made from it.

It can be thrown away at any time: what it was made from is written in it, and what differs is made anew.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from graph.store.words import FIELDS, Term, words

_VERSION = 1
_MOST_CANDIDATES = 10_000
# Our words stand between blanks, so that only what is no part of any word of ours may part them.
_TOKENS = "unicode61 remove_diacritics 0 categories ''L* N* Co Mn Mc'' tokenchars ''_.,;:·’''"
_TABLES = f"""
CREATE TABLE made (of TEXT PRIMARY KEY, stamp TEXT);
CREATE TABLE item (number INTEGER PRIMARY KEY, map TEXT, id TEXT, label TEXT, place INTEGER,
                   {", ".join(f"{field} TEXT" for field in FIELDS)});
CREATE INDEX item_map ON item (map);
CREATE VIRTUAL TABLE words USING fts5 ({", ".join(FIELDS)}, tokenize = '{_TOKENS}');
CREATE VIRTUAL TABLE known USING fts5vocab (words, 'row');
PRAGMA user_version = {_VERSION};
"""

Rows = Callable[[str], Iterable[Mapping[str, Any]]]


class TextIndex:
    """What can be searched of a store's maps. Methods raise sqlite3.Error where the file is no good."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def bring_up_to_date(self, store: str, maps: Callable[[], Mapping[str, str]], rows: Rows) -> None:
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
                        self._make(index, map_id, rows(map_id) if map_id in now else ())
                index.execute("DELETE FROM made")
                index.executemany("INSERT INTO made VALUES (?, ?)", [*now.items(), ("", store)])

    def candidates(self, asked: list[Term], map_id: str | None) -> list[dict[str, Any]]:
        """The items that may hold all terms, best first."""
        query = " AND ".join(_spelled(term) for term in asked)
        names = ", ".join(FIELDS)
        with closing(self._opened()) as index:
            found = index.execute(
                f"SELECT map, id, label, place, {', '.join(f'item.{field}' for field in FIELDS)} "
                "FROM words JOIN item ON item.number = words.rowid "
                "WHERE words MATCH ? AND (? IS NULL OR map = ?) ORDER BY words.rank LIMIT ?",
                (query, map_id, map_id, _MOST_CANDIDATES),
            )
            columns = ["map", "id", "label", "order", *names.split(", ")]
            return [dict(zip(columns, row, strict=True)) for row in found]

    def known(self, asked: list[Term]) -> dict[str, list[str]]:
        """For each word asked for, the words of the store that it may be a slip for."""
        with closing(self._opened()) as index:
            return {word: list(_like(index, word)) for term in asked for word in term.words}

    def _make(self, index: sqlite3.Connection, map_id: str, rows: Iterable[Mapping[str, Any]]) -> None:
        index.execute("DELETE FROM words WHERE rowid IN (SELECT number FROM item WHERE map = ?)", (map_id,))
        index.execute("DELETE FROM item WHERE map = ?", (map_id,))
        (last,) = index.execute("SELECT coalesce(max(number), 0) FROM item").fetchone()
        marks = ", ".join("?" * len(FIELDS))
        for number, row in enumerate(rows, last + 1):
            texts = [row.get(field) or "" for field in FIELDS]
            head = (number, map_id, row["id"], row["label"], row.get("order") or 0)
            index.execute(f"INSERT INTO item VALUES (?, ?, ?, ?, ?, {marks})", (*head, *texts))
            spelled = [" ".join(words(text)) for text in texts]
            index.execute(
                f"INSERT INTO words (rowid, {', '.join(FIELDS)}) VALUES (?, {marks})", (number, *spelled)
            )

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


def _spelled(term: Term) -> str:
    said = " ".join(term.words).replace('"', '""')
    return f'"{said}"*' if term.prefix else f'"{said}"'


def _like(index: sqlite3.Connection, word: str) -> Iterator[str]:
    """The words of about this length."""
    for (known,) in index.execute(
        "SELECT term FROM known WHERE length(term) BETWEEN ? AND ?", (len(word) - 2, len(word) + 2)
    ):
        yield known
