"""What a question answers: a sentence, typed columns, and rows of plain values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

Value: TypeAlias = "str | int | float | bool | Sequence[Value] | Mapping[str, Value] | None"


class ColumnType(StrEnum):
    """What a column's values are, for programs and for alignment."""

    ID = "id"  # an item's id; `show`, `query` and the drawing's address understand it
    TEXT = "text"
    LABEL = "label"  # a word of a closed set: a kind, a side, a verdict
    INTEGER = "integer"
    NUMBER = "number"
    DATE = "date"  # ISO 8601 as far as it is known
    BOOLEAN = "boolean"
    LIST = "list"
    ANY = "any"  # a database's answer


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name in JSON and CSV, what its values are, and its heading in a table."""

    name: str
    type: ColumnType = ColumnType.TEXT
    heading: str = ""  # "" means the name; a table leaves out columns whose heading is "-"


@dataclass(frozen=True, slots=True)
class Result:
    """An answer: `rows` follow `columns`; `truncated` says that a limit left rows out."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    summary: str = ""  # one or two sentences: what was found, and what it cannot know
    question: str = ""
    map: str = ""
    truncated: bool = False
