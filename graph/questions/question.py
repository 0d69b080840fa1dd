"""What a question is: its name, what it takes, and the function that answers it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from graph.result import Result


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a question; the answer takes it as a keyword of the same name."""

    name: str  # "side": `--side` on the command line; "_" becomes "-"
    help: str
    default: str | int | bool | None = None
    choices: tuple[str, ...] = ()
    least: int | None = None  # of a number
    number: bool = False
    flag: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """One thing that can be asked of a map.

    `answer(argmap, **options)` gives the Result, or `answer(argmap, item_id, **options)` where the
    question is about an item.
    """

    name: str
    help: str  # one line that begins with a verb or the thing shown, under 60 characters
    example: str
    answer: Callable[..., Result]
    options: tuple[Option, ...] = ()
    about_item: bool = False


SIDE = Option("side", "Only what this side puts forward.", choices=("pro", "con"))


def limit(default: int | None, what: str) -> Option:
    """The option `--limit`: at most so many of what is shown."""
    return Option("limit", f"Show at most this many {what}.", default=default, least=1, number=True)
