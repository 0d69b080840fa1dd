"""The embedded store's index of words: SQLite's FTS5 in a file beside the store, made from it.

It can be thrown away at any time: what it was made from is written in it, and what differs is made anew.
Its rows are numbered in the order in which hits are wanted, maps by id and items in reading order, so the
first hits of a common word are found without looking at the others.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from graph.store.numbering import numbered
from graph.store.text_search import LETTERS, Reading, grams
from graph.store.words import FIELDS, words

_VERSION = 3
_LOCAL = 28  # bits of a row's number are its place in its map, what is before them the place of the map
_MAPS = 62 - _LOCAL
_APART = 64  # between the numbers of two items: as far as what FTS5 keeps does not grow much by it
# Our words stand between blanks: what is no part of any word of ours parts them, all beyond ASCII does not.
_TOKENS = "ascii tokenchars ''_.,;:''''''''''"
_NAMES = ", ".join(FIELDS)
_TABLES = (
    "CREATE TABLE made (of TEXT PRIMARY KEY, stamp TEXT)",
    "CREATE TABLE map (number INTEGER PRIMARY KEY, id TEXT UNIQUE)",
    "CREATE TABLE item (number INTEGER PRIMARY KEY, id TEXT, label TEXT, "
    f"{', '.join(f'{field} TEXT' for field in FIELDS)})",
    "CREATE TABLE word (number INTEGER PRIMARY KEY, word TEXT UNIQUE, "
    f"{', '.join(f'{field} INTEGER' for field in FIELDS)})",
    f"CREATE VIRTUAL TABLE said USING fts5 (words, content = '', columnsize = 0, tokenize = '{_TOKENS}')",
    "CREATE VIRTUAL TABLE spelled USING fts5 "
    f"(grams, content = '', columnsize = 0, detail = none, tokenize = '{_TOKENS}')",
    f"INSERT INTO said (said, rank) VALUES ('hashsize', {64 << 20})",
    f"PRAGMA user_version = {_VERSION}",
)
_ADD_ITEM = f"INSERT INTO item VALUES ({', '.join('?' * (3 + len(FIELDS)))})"
_ADD_SAID = "INSERT INTO said (rowid, words) VALUES (?, ?)"
_DROP_SAID = "INSERT INTO said (said, rowid, words) VALUES ('delete', ?, ?)"
_MANY = 20_000  # items that are new, from which on the index is put in order at the end

Texts = Callable[[str], Iterable[Mapping[str, Any]]]


class TextIndex:
    """What can be searched of a store's maps. Methods raise sqlite3.Error where the file is no good."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @contextmanager
    def up_to_date(
        self, store: str, maps: Callable[[], Mapping[str, str]], texts: Texts, map_id: str | None
    ) -> Iterator[Reading]:
        """The index, what has changed indexed first, for a search in one map or in all.

        `store` and `maps` are the stamps of the file and of each map in it. Others may write the index at
        the same time, or put another in its place: what is read is all of one moment, and of this file.
        """
        if not self._path.exists():
            maps()  # raises what is wrong with the store before there is an index of it
        with closing(self._opened()) as index:
            if _made(index).get("") != store:
                _bring_up_to_date(index, store, maps(), texts)
            index.execute("BEGIN")
            first, last = 0, 1 << 62
            if map_id is not None:
                row = index.execute("SELECT number FROM map WHERE id = ?", (map_id,)).fetchone()
                first = row[0] << _LOCAL if row else last
                last = first + (1 << _LOCAL)
            yield Reading(index, first, last, _LOCAL)

    def _opened(self) -> sqlite3.Connection:
        index = sqlite3.connect(self._path, timeout=5, isolation_level=None)
        try:
            if _version(index) != _VERSION:
                with index:
                    index.execute("BEGIN IMMEDIATE")
                    _make_tables(index)
            index.execute("PRAGMA synchronous = OFF")  # it can be made again
            index.execute(f"PRAGMA cache_size = -{64 << 10}")  # 64 MB
        except sqlite3.Error:
            index.close()
            raise
        return index


def _version(index: sqlite3.Connection) -> int:
    version: int = index.execute("PRAGMA user_version").fetchone()[0]
    return version


def _make_tables(index: sqlite3.Connection) -> None:
    """Make them where there are none by now; raises DatabaseError where there are others."""
    version = _version(index)
    if version == _VERSION:  # somebody else was quicker
        return
    if version or index.execute("SELECT 1 FROM sqlite_master").fetchone():
        raise sqlite3.DatabaseError("another version's")
    for statement in _TABLES:
        index.execute(statement)


def _made(index: sqlite3.Connection) -> dict[str, str]:
    """The stamps of what the index was made from: of each map, and of the store's file under ""."""
    return dict(index.execute("SELECT of, stamp FROM made"))


def _bring_up_to_date(index: sqlite3.Connection, store: str, now: Mapping[str, str], texts: Texts) -> None:
    with index:
        index.execute("BEGIN IMMEDIATE")
        made = _made(index)  # not before: somebody else may just have brought it up to date
        made.pop("", None)
        change = _Change(index)
        numbers = _numbers_of_maps(index, now)
        for map_id in sorted(made.keys() | now.keys()):
            if made.get(map_id) != now.get(map_id) or not now.get(map_id):
                change.bring_up_to_date(numbers[map_id], texts(map_id) if map_id in now else ())
        change.finish()
        gone = [(map_id,) for map_id in numbers.keys() - now.keys()]
        index.executemany("DELETE FROM map WHERE id = ?", gone)
        index.execute("DELETE FROM made")
        index.executemany("INSERT INTO made VALUES (?, ?)", [*now.items(), ("", store)])


class _Change:
    """What is written to bring an index up to date."""

    def __init__(self, index: sqlite3.Connection) -> None:
        self._index = index
        self._counts: dict[str, int] = {}  # by word as it is kept, in how many items more, or fewer, it is
        self._new = 0

    def bring_up_to_date(self, number: int, texts: Iterable[Mapping[str, Any]]) -> None:
        """Write what differs of the map with this number; no texts where it is gone."""
        base = number << _LOCAL
        ordered = sorted(texts, key=lambda text: (text.get("order") or 0, text["id"]))
        rows = [(text["id"], text["label"], *(text.get(each) or "" for each in FIELDS)) for text in ordered]
        held = {
            row[1]: row
            for row in self._index.execute(
                f"SELECT number, id, label, {_NAMES} FROM item WHERE number BETWEEN ? AND ?",
                (base, base + (1 << _LOCAL) - 1),
            )
        }
        before = [held[row[0]][0] - base if row[0] in held else None for row in rows]
        numbers = numbered(before, 1 << _LOCAL, _APART) or numbered([None] * len(rows), 1 << _LOCAL, _APART)
        if numbers is None:
            raise sqlite3.OperationalError("too large a map")
        now = {row[0]: (base + local, *row) for row, local in zip(rows, numbers, strict=True)}
        if not held:
            self._add(now.values())
            return
        differing = [row for item, row in now.items() if held.get(item) != row]
        # All that was before goes first: what is new may have the number of what was.
        self._remove(row for item, row in held.items() if now.get(item) != row)
        self._add(differing)

    def finish(self) -> None:
        """Write in how many items each word is."""
        by_word: dict[str, dict[str, int]] = {}
        for kept, change in self._counts.items():
            if change:
                by_word.setdefault(kept[1:], {})[kept[0]] = change
        known = self._index.execute("SELECT count(*) FROM (SELECT 1 FROM word LIMIT 1)").fetchone()[0]
        for word in sorted(by_word):
            self._count(word, [by_word[word].get(letter, 0) for letter in LETTERS.values()], bool(known))
        if self._new > _MANY:
            for table in ("said", "spelled"):
                self._index.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")

    def _count(self, word: str, more: list[int], known: bool) -> None:
        row = (
            known
            and self._index.execute(f"SELECT number, {_NAMES} FROM word WHERE word = ?", (word,)).fetchone()
        )
        if not row:
            new = self._index.execute(
                f"INSERT INTO word (word, {_NAMES}) VALUES (?, {', '.join('?' * len(FIELDS))})", (word, *more)
            ).lastrowid
            self._index.execute("INSERT INTO spelled (rowid, grams) VALUES (?, ?)", (new, grams(word)))
            return
        counts = [before + each for before, each in zip(row[1:], more, strict=True)]
        if any(counts):
            told = ", ".join(f"{field} = ?" for field in FIELDS)
            self._index.execute(f"UPDATE word SET {told} WHERE number = ?", (*counts, row[0]))
            return
        self._index.execute("DELETE FROM word WHERE number = ?", (row[0],))
        self._index.execute(
            "INSERT INTO spelled (spelled, rowid, grams) VALUES ('delete', ?, ?)", (row[0], grams(word))
        )

    def _add(self, rows: Iterable[tuple[Any, ...]]) -> None:
        kept = list(rows)
        self._index.executemany(_ADD_ITEM, kept)
        self._index.executemany(_ADD_SAID, [(row[0], self._words_of(row, 1)) for row in kept])
        self._new += len(kept)

    def _remove(self, rows: Iterable[tuple[Any, ...]]) -> None:
        kept = list(rows)
        self._index.executemany("DELETE FROM item WHERE number = ?", [(row[0],) for row in kept])
        self._index.executemany(_DROP_SAID, [(row[0], self._words_of(row, -1)) for row in kept])

    def _words_of(self, row: tuple[Any, ...], more: int) -> str:
        """An item's words, each after the letter of its field; they are counted."""
        said = [
            letter + word
            for letter, text in zip(LETTERS.values(), row[3:], strict=True)
            if text
            for word in words(text)
        ]
        counts = self._counts
        for word in set(said):
            counts[word] = counts.get(word, 0) + more
        return " ".join(said)


def _numbers_of_maps(index: sqlite3.Connection, now: Iterable[str]) -> dict[str, int]:
    """The number of each map that there is or was; raises DatabaseError where there is no more room."""
    held: dict[str, int] = dict(index.execute("SELECT id, number FROM map"))
    ids = sorted(held.keys() | set(now))
    numbers = numbered([held.get(each) for each in ids], 1 << _MAPS, 1 << _MAPS)
    if numbers is None:
        raise sqlite3.DatabaseError("no room between two maps")
    found = dict(zip(ids, numbers, strict=True))
    new = [(number, each) for each, number in found.items() if each not in held]
    index.executemany("INSERT INTO map VALUES (?, ?)", new)
    return found
