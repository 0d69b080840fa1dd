"""The argument map as a value: its items, the links between them, and where they came from.

The classes and fields are the public graph schema (docs/schema.md): an item's class is its node
label, a link's kind its relationship type, a field its property.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import ClassVar, TypeAlias

MapId: TypeAlias = str
ItemId: TypeAlias = str  # "<map id>/<slug>", unique in a whole store
Extra: TypeAlias = Mapping[str, object]  # JSON values: what a format says and the schema has no place for


class Label(StrEnum):
    """What an item is; the label of its node."""

    CLAIM = "Claim"
    REBUTTAL = "Rebuttal"
    EVIDENCE = "Evidence"
    INFERENCE = "Inference"
    SOURCE = "Source"
    PERSON = "Person"
    LOCUTION = "Locution"


class LinkKind(StrEnum):
    """What a link means; the type of its relationship."""

    SUPPORTS = "SUPPORTS"
    REBUTS = "REBUTS"
    UNDERCUTS = "UNDERCUTS"
    UNDERMINES = "UNDERMINES"
    CONTRADICTS = "CONTRADICTS"
    PREMISE_OF = "PREMISE_OF"
    CONCLUDES = "CONCLUDES"
    CITES = "CITES"
    ASSERTED_BY = "ASSERTED_BY"
    REPORTED_BY = "REPORTED_BY"
    SAYS = "SAYS"
    SPOKEN_BY = "SPOKEN_BY"
    FOLLOWS = "FOLLOWS"


class Side(StrEnum):
    """For the motion or against it; `both` where paths to the motion disagree."""

    PRO = "pro"
    CON = "con"
    BOTH = "both"
    UNKNOWN = "unknown"

    @property
    def other(self) -> Side:
        """The side an attack comes from; `both` and `unknown` are their own."""
        match self:
            case Side.PRO:
                return Side.CON
            case Side.CON:
                return Side.PRO
            case _:
                return self


class Origin(StrEnum):
    """Who put it in the graph: the loaded file, or a user since."""

    FILE = "file"
    USER = "user"


class Polarity(StrEnum):
    """Whether an inference leads to its conclusion or against it."""

    SUPPORTS = "supports"
    ATTACKS = "attacks"


class DatePrecision(StrEnum):
    """How much of a source's date is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    NONE = "none"


class SpanKind(StrEnum):
    """How a stretch of a card's quote is marked."""

    UNDERLINE = "underline"
    EMPHASIS = "emphasis"
    HIGHLIGHT = "highlight"
    SMALL = "small"


@dataclass(frozen=True, slots=True)
class Span:
    """A marked stretch of a quote: characters start..stop, half open."""

    kind: SpanKind
    start: int
    stop: int
    colour: str | None = None  # of a highlight, by name


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What every node of a map has, whatever it is."""

    label: ClassVar[Label]

    id: ItemId
    title: str  # always there; made from the text where the file gives none
    text: str = ""
    order: int = 0  # place in reading order, 0-based
    tags: tuple[str, ...] = ()
    origin: Origin = Origin.FILE
    extra: Extra = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement(Item):
    """What somebody puts forward: a claim or a rebuttal."""

    side: Side = Side.UNKNOWN
    side_stated: bool = False  # False: derived from the paths to the motion
    team: str | None = None
    kind: str | None = None  # motion, contention, link, impact, …
    speech: str | None = None
    granted: bool | None = None
    strength: float | None = None  # base weight, 0 to 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim(Statement):
    """One assertion that a side makes and can be asked to defend."""

    label: ClassVar[Label] = Label.CLAIM


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebuttal(Statement):
    """A claim put forward to answer another: its first outgoing link is an attack."""

    label: ClassVar[Label] = Label.REBUTTAL

    turn: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence(Item):
    """One card: one cut of one quoted passage."""

    label: ClassVar[Label] = Label.EVIDENCE

    side: Side = Side.UNKNOWN
    side_stated: bool = False
    kind: str | None = None
    speech: str | None = None
    quote: str | None = None
    cite: str | None = None
    short_cite: str | None = None
    spoken: str | None = None  # what is read aloud
    words: int | None = None  # number of words read aloud
    spans: tuple[Span, ...] = ()  # over the quote
    fingerprint: str | None = None  # the quote's letters, lower case: the same for all cuts of a passage
    strength: float | None = None
    verified: str | None = None
    verified_at: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Inference(Item):
    """A step from premises to a conclusion, or from an attacker to what it attacks."""

    label: ClassVar[Label] = Label.INFERENCE

    polarity: Polarity = Polarity.SUPPORTS
    scheme: str | None = None
    rules: tuple[str, ...] = ()
    strict: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source(Item):
    """An article, a book, a study."""

    label: ClassVar[Label] = Label.SOURCE

    author: tuple[str, ...] = ()
    qualifications: str | None = None
    publisher: str | None = None
    date: str | None = None  # ISO 8601 as far as it is known: 2014, 2014-07, 2014-07-08
    date_precision: DatePrecision = DatePrecision.NONE
    url: str | None = None
    accessed: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Item):
    """Who says something, or passes it on; `title` is shown, `name` is the person's."""

    label: ClassVar[Label] = Label.PERSON

    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Locution(Item):
    """What was said in a dialogue (an L node of AIF)."""

    label: ClassVar[Label] = Label.LOCUTION

    start: str | None = None
    illocution: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A directed, typed link between two items; `contradicts` is symmetric and stored once."""

    kind: LinkKind
    start: ItemId
    end: ItemId
    order: int = 0  # place in reading order, 0-based
    via: ItemId | None = None  # the Inference that this link is the shortcut of
    locator: str | None = None  # paragraph or page, on CITES
    origin: Origin = Origin.FILE
    extra: Extra = field(default_factory=dict, hash=False)

    @property
    def key(self) -> tuple[str, ItemId, ItemId, ItemId, str]:
        """What makes it this link and no other: kind, ends, inference and locator."""
        return (self.kind.value, self.start, self.end, self.via or "", self.locator or "")


@dataclass(frozen=True, kw_only=True)
class ArgumentMap:
    """One argument map: items and links, each in reading order, and which items are its motion.

    Two maps are equal when they say the same in the same order.
    """

    id: MapId
    title: str
    text: str = ""
    items: tuple[Item, ...] = ()
    links: tuple[Link, ...] = ()
    motion: tuple[ItemId, ...] = ()
    debate_format: str | None = None
    format: str = ""  # the reader's name: argdown, json, aif, …
    file: str = ""  # absolute path it was read from; "" for a map that is no file's
    sha256: str = ""  # of the bytes it was read from, joined files included
    tags: tuple[str, ...] = ()
    extra: Extra = field(default_factory=dict, hash=False)

    @cached_property
    def by_id(self) -> Mapping[ItemId, Item]:
        """Every item by its id."""
        return {item.id: item for item in self.items}

    @cached_property
    def outgoing(self) -> Mapping[ItemId, tuple[Link, ...]]:
        """The links that start at each item, in reading order; items without any are absent."""
        groups: dict[ItemId, list[Link]] = defaultdict(list)
        for link in self.links:
            groups[link.start].append(link)
        return {item_id: tuple(links) for item_id, links in groups.items()}

    @cached_property
    def incoming(self) -> Mapping[ItemId, tuple[Link, ...]]:
        """The links that end at each item, in reading order; items without any are absent."""
        groups: dict[ItemId, list[Link]] = defaultdict(list)
        for link in self.links:
            groups[link.end].append(link)
        return {item_id: tuple(links) for item_id, links in groups.items()}


ATTACKS = frozenset({LinkKind.REBUTS, LinkKind.UNDERCUTS, LinkKind.UNDERMINES})
ARGUMENT_LINKS = ATTACKS | {LinkKind.SUPPORTS, LinkKind.CONTRADICTS}

STATEMENTS = frozenset({Label.CLAIM, Label.REBUTTAL})
ARGUERS = STATEMENTS | {Label.EVIDENCE}
ARGUMENT_NODES = ARGUERS | {Label.INFERENCE}

ENDS: Mapping[LinkKind, tuple[frozenset[Label], frozenset[Label]]] = {
    LinkKind.SUPPORTS: (ARGUERS, ARGUMENT_NODES),
    LinkKind.REBUTS: (ARGUERS, STATEMENTS),
    LinkKind.UNDERCUTS: (ARGUERS, frozenset({Label.INFERENCE})),
    LinkKind.UNDERMINES: (ARGUERS, frozenset({Label.EVIDENCE, Label.SOURCE})),
    LinkKind.CONTRADICTS: (STATEMENTS, STATEMENTS),
    LinkKind.PREMISE_OF: (ARGUERS, frozenset({Label.INFERENCE})),
    # An attack can hit a card or another step, so a step that attacks may conclude on either.
    LinkKind.CONCLUDES: (frozenset({Label.INFERENCE}), ARGUMENT_NODES | {Label.SOURCE}),
    LinkKind.CITES: (ARGUMENT_NODES, frozenset({Label.SOURCE})),
    LinkKind.ASSERTED_BY: (ARGUMENT_NODES, frozenset({Label.PERSON})),
    LinkKind.REPORTED_BY: (ARGUMENT_NODES, frozenset({Label.PERSON})),
    LinkKind.SAYS: (frozenset({Label.LOCUTION}), ARGUMENT_NODES),
    LinkKind.SPOKEN_BY: (frozenset({Label.LOCUTION}), frozenset({Label.PERSON})),
    LinkKind.FOLLOWS: (frozenset({Label.LOCUTION}), frozenset({Label.LOCUTION})),
}
"""Which labels each kind of link may start at and end at."""

ITEM_CLASSES: Mapping[Label, type[Item]] = {
    cls.label: cls for cls in (Claim, Rebuttal, Evidence, Inference, Source, Person, Locution)
}
