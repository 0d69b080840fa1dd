"""What a question is: its name, what it takes, and the function that answers it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from graph.result import Result


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a question; the answer takes it as a keyword of the same name."""

    name: str  # "side": `--side` on the command line; "_" becomes "-"
    help: str
    default: str | float | bool | None = None
    choices: tuple[str, ...] = ()
    least: int | None = None  # of a number
    number: bool = False  # a whole one
    seconds: bool = False  # a number above 0
    flag: bool = False  # one that is on by default has a `--no-` as well
    item: bool = False  # an item of the map, by its id or title; the answer takes the id
    weights: bool = False  # ITEM=NUMBER, as often as wanted; the answer takes numbers by id
    required: bool = False
    kinds: tuple[str, ...] = ()  # of `--kind`: what it knows besides the kinds of items


@dataclass(frozen=True, slots=True)
class Question:
    """One thing that can be asked of a map.

    `answer(argmap, **options)` gives the Result; `answer(argmap, item_id, **options)` where the question
    is about an item, with more of them where it is about several, and `answer(argmap, other, **options)`
    where it compares two maps.
    """

    name: str
    help: str  # one line that begins with a verb or the thing shown, under 60 characters
    example: str
    answer: Callable[..., Result]
    options: tuple[Option, ...] = ()
    about_item: bool = False
    about_items: bool = False  # one or more
    two_maps: bool = False
    refuses: Mapping[str, str] = field(default_factory=dict)  # the common options it does not take, and why


COMMON = ("side", "kind", "within", "need_evidence", "limit")
"""The options that a question takes or says why it does not."""

OUR_SIDE = Option("side", "Which side is ours.", choices=("pro", "con"), required=True)
KIND = Option("kind", "Only items of this kind: contention, link, impact, card, …")
WITHIN = Option("within", "Only this item and what leads to it.", item=True)
NEED_EVIDENCE = Option("need_evidence", "A claim that nothing supports falls.", flag=True)
WEIGHT = Option("weight", "The weight of an item, ITEM=NUMBER; may be given again.", weights=True)
TIMEOUT = Option("timeout", "Stop searching after so many seconds.", default=30.0, seconds=True)
SIDE = Option("side", "Only what this side puts forward.", choices=("pro", "con"))


def limit(default: int | None, what: str) -> Option:
    """The option `--limit`: at most so many of what is shown."""
    return Option("limit", f"Show at most this many {what}.", default=default, least=1, number=True)
