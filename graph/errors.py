"""The one tree of errors that a user can cause and can fix."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass


class ArgmapError(Exception):
    """Anything a user can cause and can fix; its text is what the user reads."""

    exit_code = 1


_LONGEST = 1000  # characters of a message: what it quotes of a file may be as long as the file


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong at one place of an input: `file:line:column: what`, then what to type instead."""

    file: str
    what: str
    hint: str = ""
    line: int | None = None  # 1-based; None where the format has no lines
    column: int | None = None  # 1-based, in characters
    path: str = ""  # a JSON path, a sheet and row: the place in formats without lines

    @property
    def place(self) -> str:
        """Where it is, as editors and terminals understand it: `file:line:column`."""
        place = self.file
        if self.line is not None:
            place += f":{self.line}" + (f":{self.column}" if self.column is not None else "")
        if self.path:
            place += f" ({self.path})"
        return place

    def __str__(self) -> str:
        what = self.what if len(self.what) <= _LONGEST else f"{self.what[:_LONGEST]} …"
        return f"{self.place}: {what}" + (f"\n  {self.hint[:_LONGEST]}" if self.hint else "")


class InputError(ArgmapError):
    """A file says something argmap cannot use; carries every problem found in it, in file order."""

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        self.problems = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__("\n".join(_told(self.problems)))


_MOST = 20  # problems of one file that are told of: a damaged one may have one in every line


def _told(problems: Sequence[Problem]) -> Iterator[str]:
    """The first problems of each file, and how many more it has."""
    counts: Counter[str] = Counter()
    for problem in problems:
        counts[problem.file] += 1
        if counts[problem.file] <= _MOST:
            yield str(problem)
    for file, count in counts.items():
        if count > _MOST:
            yield f"{file}: and {count - _MOST:,} problems more\n  `argmap check` lists them all."


class StoreError(ArgmapError):
    """A store cannot do what was asked: it is away, locked, damaged, full, or says no."""


class QueryError(StoreError):
    """A Cypher statement is wrong, is not allowed, or ran past its time."""


class NoSuchMap(StoreError):
    """The store holds no map of that id."""


class Unreadable(StoreError):
    """The store holds something that is no part of a map of ours."""


class MapTaken(StoreError):
    """The id belongs to a map that was loaded from another file."""


class NoSuchItem(ArgmapError):
    """The map holds no item of that id or title."""


class EditError(ArgmapError):
    """A map cannot be changed in this way."""


class QuestionError(ArgmapError):
    """A question cannot be asked of this map in this way."""


class OutputError(ArgmapError):
    """A file cannot be written."""
