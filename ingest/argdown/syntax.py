"""What a parsed Argdown text consists of, before it is known which titles are the same thing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """Statements and arguments have separate name spaces for their titles."""

    STATEMENT = "statement"
    ARGUMENT = "argument"


@dataclass(frozen=True, slots=True)
class Range:
    """Marked characters start..stop (half open) of a member's text."""

    kind: str  # bold, italic, link, tag, statement-mention, argument-mention, special-char
    start: int
    stop: int
    url: str | None = None


@dataclass(slots=True)
class Member:
    """One place where a statement or an argument is defined or referred to."""

    kind: Kind
    offset: int  # in the joined text
    key: str | int  # its title in its brackets, [so] or <so>; where it is anonymous, the offset
    reference: bool = False
    text: str = ""
    source: str = ""  # the text as it was typed, white space folded
    ranges: list[Range] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    data: dict[str, Any] = field(default_factory=dict)
    braces: list[int] = field(default_factory=list)  # offsets of those that open its data
    relations: list[Relation] = field(default_factory=list)  # written under it, in order
    section: int | None = None  # index of its heading
    listed: bool = False  # an item of a list

    @property
    def named(self) -> str:
        """Its title in its brackets; "" where it is anonymous."""
        return self.key if isinstance(self.key, str) else ""

    @property
    def title(self) -> str | None:
        """Its title; None where it is anonymous."""
        return self.key[1:-1] if isinstance(self.key, str) else None


@dataclass(slots=True)
class Relation:
    """A relation line: its symbol, and what it says."""

    symbol: str  # + <+ +> - <- -> _ <_ _> ><
    offset: int
    member: Member


@dataclass(slots=True)
class Step:
    """An inference line of a premise-conclusion structure."""

    offset: int
    rules: list[str] = field(default_factory=list)
    data: dict[str, Any] = field(default_factory=dict)
    relations: list[Relation] = field(default_factory=list)


@dataclass(slots=True)
class Reconstruction:
    """A premise-conclusion structure: statements and the steps between them, in order."""

    offset: int
    argument: Member | None  # the block above it; None: an argument without a title
    section: int | None = None  # index of its heading
    lines: list[Member | Step] = field(default_factory=list)


@dataclass(slots=True)
class Heading:
    """A section's heading."""

    level: int
    title: str
    offset: int
    typed: str = ""  # the title as it was typed, where marks or mentions stand in it
    tags: list[str] = field(default_factory=list)
    data: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Document:
    """All that one text says, in order."""

    frontmatter: Mapping[str, Any]
    tops: list[Member | Reconstruction] = field(default_factory=list)  # relations nested below
    headings: list[Heading] = field(default_factory=list)
