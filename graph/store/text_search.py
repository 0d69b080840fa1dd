"""A search in the index of words: what FTS5 is asked for, so that a common word costs no more than a rare."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from graph.store.finding import Row
from graph.store.words import FIELDS, Term, words

LETTERS = dict(zip(FIELDS, "abcd", strict=True))
"""Words are kept with the letter of their field, so each field has lists of its own."""

_NAMES = ", ".join(FIELDS)
_FEW_WORDS = 200  # that a beginning may stand for and be asked for one by one
_FEW_PLACES = 100_000  # of such words, which FTS5 puts into one list before it gives the first
_MOST_SCANNED = 3_000  # items that are looked at for a beginning that is everywhere
_LIKELY = 200  # words that share most with a slip


class Reading:
    """One search in an index, among the rows from a first to a last number."""

    def __init__(self, index: sqlite3.Connection, first: int, last: int, local: int) -> None:
        """`local` is how many bits of a row's number are its place in its map."""
        self._index = index
        self._range = (first, last)
        self._local = local

    def propose(self, asked: Sequence[Term], field: str | None, skip: int, count: int) -> list[Row]:
        """See `finding.Propose`."""
        fields = FIELDS if field is None else (field,)
        said = [self._spelled(term, fields) for term in asked]
        if "" in said:
            return []
        if None in said:
            begins = [term.words[0] for term, spelled in zip(asked, said, strict=True) if spelled is None]
            rows = self._scanned([each for each in said if each], begins, fields, skip + count)
            if rows is not None:
                return rows[skip:]
            said = [
                _begins(term, fields) if said is None else said
                for term, said in zip(asked, said, strict=True)
            ]
        return self._rows(self._matching(_all_of(said), count, skip))

    def known(self, asked: Sequence[Term]) -> dict[str, list[str]]:
        """For each word asked for, the words of the store that it may be a slip for."""
        return {word: self._like(word) for term in asked for word in term.words}

    def _like(self, word: str) -> list[str]:
        """The word itself where somebody wrote it; else those that share most with it."""
        if self._index.execute("SELECT 1 FROM word WHERE word = ?", (word,)).fetchone():
            return [word]
        shared: Counter[int] = Counter()
        for gram in set(grams(word).split(" ")):
            shared.update(
                number
                for (number,) in self._index.execute(
                    "SELECT rowid FROM spelled WHERE spelled MATCH ?", (f'"{gram}"',)
                )
            )
        likely = (
            self._index.execute("SELECT word FROM word WHERE number = ?", (number,)).fetchone()
            for number, _ in shared.most_common(_LIKELY)
        )
        return [row[0] for row in likely]

    def _spelled(self, term: Term, fields: Sequence[str]) -> str | None:
        """A term as FTS5 is asked for it; "" for what nobody wrote, None for what is everywhere."""
        if not term.prefix:
            return _any_of(" ".join(LETTERS[field] + word for word in term.words) for field in fields)
        begins = term.words[0]
        rows = self._index.execute(
            f"SELECT word, {', '.join(fields)} FROM word WHERE word >= ? AND word < ? LIMIT ?",
            (begins, f"{begins}\U0010ffff", _FEW_WORDS + 1),
        ).fetchall()
        if len(rows) <= _FEW_WORDS:
            return _any_of(
                LETTERS[field] + row[0]
                for row in rows
                for field, items in zip(fields, row[1:], strict=True)
                if items
            )
        (places,) = self._index.execute(
            f"SELECT sum({' + '.join(fields)}) FROM word WHERE word >= ? AND word < ?",
            (begins, f"{begins}\U0010ffff"),
        ).fetchone()
        if not places:
            return ""
        return _begins(term, fields) if places <= _FEW_PLACES else None

    def _matching(self, said: str, count: int, skip: int = 0) -> Iterator[int]:
        """The numbers of the rows that hold it, in order."""
        found = self._index.execute(
            "SELECT rowid FROM said WHERE said MATCH ? AND rowid BETWEEN ? AND ? "
            "ORDER BY rowid LIMIT ? OFFSET ?",
            (said, *self._range, count, skip),
        )
        return (number for (number,) in found)

    def _scanned(
        self, said: Sequence[str], begins: Sequence[str], fields: Sequence[str], count: int
    ) -> list[Row] | None:
        """Rows that hold it and words that begin so, found by looking; None where that takes too long."""
        rows = map(self._row, self._matching(_all_of(said), _MOST_SCANNED)) if said else self._every()
        found: list[Row] = []
        looked = 0
        for row in rows:
            looked += 1
            held = [word for field in fields for word in words(row[field])]
            if all(any(word.startswith(each) for word in held) for each in begins):
                found.append(row)
                if len(found) == count:
                    return found
        return found if looked < _MOST_SCANNED else None

    def _every(self) -> Iterator[Row]:
        numbers = self._index.execute(
            "SELECT number FROM item WHERE number BETWEEN ? AND ? ORDER BY number LIMIT ?",
            (*self._range, _MOST_SCANNED),
        )
        return (self._row(number) for (number,) in numbers)

    def _rows(self, numbers: Iterator[int]) -> list[Row]:
        return [self._row(number) for number in numbers]

    def _row(self, number: int) -> dict[str, Any]:
        row = self._index.execute(
            f"SELECT map.id, item.id, label, {_NAMES} FROM item, map "
            "WHERE item.number = ? AND map.number = ?",
            (number, number >> self._local),
        ).fetchone()
        return dict(zip(("map", "id", "label", *FIELDS), row, strict=True))


def grams(word: str) -> str:
    """The pieces of three letters that a word has, its beginning and its end marked."""
    whole = f".{word}."
    return " ".join(whole[at : at + 3] for at in range(len(whole) - 2)) or whole


def _any_of(said: Iterator[str]) -> str:
    return " OR ".join(f'"{each}"' for each in said)


def _all_of(said: Sequence[str | None]) -> str:
    return " AND ".join(f"({each})" for each in said if each)


def _begins(term: Term, fields: Sequence[str]) -> str:
    return " OR ".join(f'"{LETTERS[field]}{term.words[0]}" *' for field in fields)
