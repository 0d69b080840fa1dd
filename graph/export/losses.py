"""What a format cannot say of a map, before it is written: the items, links and details it leaves out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from graph import edits
from graph.draft import made_title
from graph.model import (
    ARGUERS,
    ARGUMENT_LINKS,
    ARGUMENT_NODES,
    ArgumentMap,
    Evidence,
    Inference,
    Item,
    Label,
    Link,
    LinkKind,
    Origin,
    Statement,
)
from graph.records import item_record

_FOLLOWS_FROM_THE_REST = frozenset(
    {"id", "order", "origin", "side_stated", "words", "fingerprint", "polarity", "date_precision", "name"}
)


@dataclass(frozen=True, slots=True)
class Loss:
    """One kind of thing that is left out: `what` is lost, and of which items or links, by name."""

    what: str
    of: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.of)

    def __str__(self) -> str:
        return f"{self.what} ({self.count})"


@dataclass(frozen=True, slots=True)
class Keeps:
    """What a format has a place for."""

    labels: frozenset[Label] = ARGUMENT_NODES
    kinds: frozenset[LinkKind] = ARGUMENT_LINKS | {LinkKind.PREMISE_OF, LinkKind.CONCLUDES}
    fields: frozenset[str] = frozenset({"text"})
    locators: bool = False
    map_fields: frozenset[str] = frozenset()
    extra: frozenset[str] = frozenset()  # the names in `extra` of items that it writes back
    other_extra: frozenset[str] = frozenset()  # the same of links and the map
    instead: Mapping[LinkKind, str] = field(default_factory=dict)  # links that it says in another way
    users: bool = True  # False: a link that a user added is not written
    cards_exact: bool = False  # True: what `instead` says of supports is not true of a card's
    steps: bool = True  # False: premises are reasons of their own, so only a step of one premise is kept


_STEPS = frozenset(
    {LinkKind.SUPPORTS, LinkKind.REBUTS, LinkKind.UNDERCUTS, LinkKind.PREMISE_OF, LinkKind.CONCLUDES}
)
_TWO_ATTACKS = {
    LinkKind.CONTRADICTS: "contradictions are written as two attacks",
    LinkKind.UNDERMINES: "attacks on cards are written as attacks on claims",
}
_AS_ATTACKS = {
    LinkKind.SUPPORTS: "supports are written as attacks on “nothing supports it”",
    LinkKind.UNDERCUTS: "undercuts of steps are written as attacks",
    LinkKind.UNDERMINES: "attacks on cards are written as attacks on claims",
    LinkKind.CONTRADICTS: "contradictions are written as two attacks",
}
_DIALOGUE = frozenset({LinkKind.SAYS, LinkKind.SPOKEN_BY, LinkKind.FOLLOWS})
_AIF = Keeps(
    labels=ARGUMENT_NODES | {Label.LOCUTION, Label.PERSON},
    kinds=_STEPS | _DIALOGUE,
    fields=frozenset({"text", "scheme", "start", "illocution"}),
    extra=frozenset({"aif"}),
    other_extra=frozenset({"aif"}),
    instead=_TWO_ATTACKS,
)
_TABLE = Keeps(
    labels=ARGUMENT_NODES | {Label.SOURCE, Label.PERSON},
    kinds=ARGUMENT_LINKS
    | {
        LinkKind.PREMISE_OF,
        LinkKind.CONCLUDES,
        LinkKind.CITES,
        LinkKind.ASSERTED_BY,
        LinkKind.REPORTED_BY,
    },
    fields=frozenset(
        {"text", "title", "tags", "side", "team", "kind", "speech", "strength", "granted", "scheme"}
        | {"quote", "cite", "author", "date", "url"}
    ),
    locators=True,
    extra=frozenset({"table"}),
)
_KIALO = Keeps(
    labels=ARGUERS | {Label.SOURCE},
    kinds=frozenset({LinkKind.SUPPORTS, LinkKind.REBUTS, LinkKind.CITES}),
    fields=frozenset({"text", "url"}),
    extra=frozenset({"kialo"}),
    other_extra=frozenset({"kialo"}),
    instead={
        LinkKind.UNDERMINES: "attacks on cards are written as cons",
        LinkKind.CONTRADICTS: "contradictions are written as cons",
    },
    steps=False,
)
_ARGUEBUF = Keeps(
    labels=ARGUMENT_NODES | {Label.SOURCE, Label.PERSON},
    kinds=_STEPS | {LinkKind.CITES, LinkKind.ASSERTED_BY},
    fields=frozenset({"text", "scheme", "url"}),
    extra=frozenset({"arguebuf"}),
    other_extra=frozenset({"arguebuf"}),
    instead=_TWO_ATTACKS,
)
_SADFACE = Keeps(
    labels=ARGUMENT_NODES | {Label.SOURCE},
    kinds=_STEPS | {LinkKind.CITES},
    fields=frozenset({"text", "scheme"}),
    map_fields=frozenset({"text"}),
    extra=frozenset({"sadface"}),
    other_extra=frozenset({"sadface"}),
    instead=_TWO_ATTACKS,
)
_CARNEADES = Keeps(
    kinds=_STEPS | {LinkKind.CONTRADICTS},
    fields=frozenset({"text", "scheme", "strict", "granted"}),
    extra=frozenset({"carneades"}),
    other_extra=frozenset({"carneades"}),
    map_fields=frozenset({"text"}),
    instead={LinkKind.UNDERMINES: "attacks on cards are written as attacks on claims"},
)
_ICCMA = Keeps(
    kinds=_STEPS,
    fields=frozenset({"title", "granted"}),
    extra=frozenset({"iccma"}),
    instead=_AS_ATTACKS,
)
_BLOCKS = Keeps(
    labels=ARGUERS | {Label.SOURCE},
    kinds=frozenset({LinkKind.SUPPORTS, LinkKind.REBUTS, LinkKind.CITES}),
    fields=frozenset(
        {"text", "quote", "cite", "short_cite", "spoken", "spans"}
        | {"author", "qualifications", "publisher", "date", "url", "accessed"}
    ),
    map_fields=frozenset({"text"}),
    instead={
        LinkKind.SUPPORTS: "what supports a claim stands in its block, and not beneath it",
        LinkKind.UNDERCUTS: "undercuts are written as answers to the claim",
        LinkKind.UNDERMINES: "attacks on cards are written as answers to the claim",
        LinkKind.CONTRADICTS: "contradictions are written as answers",
    },
    cards_exact=True,
    steps=False,
)
_FROM_WORD = Keeps(
    labels=frozenset(Label),
    kinds=frozenset(LinkKind),
    fields=_BLOCKS.fields | {"title", "tags", "side", "kind", "speech", "turn"},
    map_fields=frozenset({"text", "debate_format"}),
    extra=frozenset(
        {"headings", "level", "heading_path", "number", "analytic", "undertags", "notes", "outcome"}
        | {"names", "read", "hidden", "shaded", "marks", "date_as_written", "from"}
    ),
    other_extra=frozenset({"from", "score", "joined"}),
    users=False,
)
_DRAWN = Keeps(
    labels=frozenset(Label), kinds=frozenset(LinkKind), fields=frozenset({"text", "title", "side", "scheme"})
)

KEEPS: Mapping[str, Keeps] = {
    "aif": _AIF,
    "xaif": _AIF,
    "kialo": _KIALO,
    "arguebuf": _ARGUEBUF,
    "sadface": _SADFACE,
    "carneades": _CARNEADES,
    "apx": _ICCMA,
    "af": _ICCMA,
    "tgf": replace(_ICCMA, other_extra=frozenset({"iccma"})),  # labels of attacks
    "csv": _TABLE,
    "tsv": _TABLE,
    "xlsx": replace(_TABLE, other_extra=frozenset({"table"})),
    "docx": _BLOCKS,
    "dot": _DRAWN,
    "mermaid": _DRAWN,
}
"""What each format keeps; one that is not named keeps everything."""


def losses(argmap: ArgumentMap, format_name: str) -> list[Loss]:
    """What writing the map in this format leaves out, a loss for each kind of thing."""
    keeps = KEEPS.get(format_name)
    if format_name == "docx" and any("headings" in item.extra for item in argmap.items):
        keeps = _FROM_WORD  # what it says was said by headings, which are written again
    if keeps is None:
        return []
    found: dict[str, list[str]] = {}
    for what, of in _found(argmap, keeps):
        found.setdefault(what, []).append(of)
    return [Loss(what, tuple(of)) for what, of in found.items()]


def _found(argmap: ArgumentMap, keeps: Keeps) -> Iterator[tuple[str, str]]:
    for item in argmap.items:
        if item.label not in keeps.labels:
            if keeps.steps or not isinstance(item, Inference) or _says_more(argmap, item):
                yield f"{_PLURALS[item.label]} are left out", item.title
            continue
        yield from _details(item, keeps)
    for link in argmap.links:
        yield from _link(argmap, link, keeps)
    for name, value in (
        ("text", argmap.text),
        ("tags", argmap.tags),
        ("debate_format", argmap.debate_format),
    ):
        if value and name not in keeps.map_fields:
            yield f"the map's {name.replace('_', ' ')} is left out", argmap.title
    for name in argmap.extra:
        if name not in keeps.other_extra:
            yield _OF_USERS.get((name, "map")) or f'what the map says as "{name}" is left out', argmap.title


def _says_more(argmap: ArgumentMap, step: Inference) -> bool:
    """Whether a step says more than that its one premise bears on its conclusion."""
    premises = sum(link.kind is LinkKind.PREMISE_OF for link in argmap.incoming.get(step.id, ()))
    return premises != 1 or bool(step.scheme or step.rules or step.text)


def _details(item: Item, keeps: Keeps) -> Iterator[tuple[str, str]]:
    for name, value in item_record(item).items():
        if name in keeps.fields or name in _FOLLOWS_FROM_THE_REST or value in ("", [], {}):
            continue
        if name == "extra":
            for key in item.extra:
                if key not in keeps.extra:
                    yield _OF_USERS.get((key, "item")) or f'what items say as "{key}" is left out', item.title
        elif name == "text" and value == item.title and "title" in keeps.fields:
            continue
        elif name == "title":
            if item.label in ARGUERS and item.title != made_title(item.text):
                yield "titles are left out", item.title
        elif name == "side":
            if isinstance(item, (Statement, Evidence)) and item.side_stated:
                yield "stated sides are left out", item.title
        else:
            yield f"{_WORDS.get(name) or name.replace('_', ' ') + ' is'} left out", item.title


def _link(argmap: ArgumentMap, link: Link, keeps: Keeps) -> Iterator[tuple[str, str]]:
    if link.via is not None and link.via in argmap.by_id and keeps.steps:
        return  # its inference says the same
    start, end = argmap.by_id.get(link.start), argmap.by_id.get(link.end)
    if start is None or end is None:
        return
    said = f"{start.title} → {end.title}"
    if link.origin is Origin.USER and not keeps.users:
        yield "links that users added are left out", said
        return
    kept = link.kind in keeps.kinds or link.kind in keeps.instead
    if link.kind in keeps.instead and not (keeps.cards_exact and isinstance(start, Evidence)):
        yield keeps.instead[link.kind], said
    if not kept:
        if keeps.steps or link.kind not in (LinkKind.PREMISE_OF, LinkKind.CONCLUDES):
            yield f"{_LINKS[link.kind]} are left out", said
        return
    if link.kind in keeps.instead:
        pass
    elif start.label not in keeps.labels or end.label not in keeps.labels:
        yield f"{_LINKS[link.kind]} are left out", said
    elif link.locator and not keeps.locators:
        yield "paragraphs and pages of citations are left out", said
    for key in link.extra:
        if key not in keeps.other_extra:
            yield _OF_USERS.get((key, "link")) or f'what links say as "{key}" is left out', said


_OF_USERS = {
    (edits.KEY, "item"): "notes that users wrote, and who set what, are left out",
    (edits.KEY, "link"): "who added links is left out",
    (edits.KEY, "map"): "what users added to items that the file no longer has is left out",
}
_PLURALS: Mapping[Label, str] = {
    Label.CLAIM: "claims",
    Label.REBUTTAL: "rebuttals",
    Label.EVIDENCE: "cards",
    Label.INFERENCE: "steps",
    Label.SOURCE: "sources",
    Label.PERSON: "people",
    Label.LOCUTION: "locutions",
}
_LINKS: Mapping[LinkKind, str] = {
    LinkKind.SUPPORTS: "supports",
    LinkKind.REBUTS: "rebuttals of claims",
    LinkKind.UNDERCUTS: "undercuts",
    LinkKind.UNDERMINES: "attacks on cards and sources",
    LinkKind.CONTRADICTS: "contradictions",
    LinkKind.PREMISE_OF: "premises",
    LinkKind.CONCLUDES: "conclusions",
    LinkKind.CITES: "citations",
    LinkKind.ASSERTED_BY: "names of those who hold it",
    LinkKind.REPORTED_BY: "names of those who report it",
    LinkKind.SAYS: "what locutions say",
    LinkKind.SPOKEN_BY: "speakers",
    LinkKind.FOLLOWS: "the order of locutions",
}
_WORDS: Mapping[str, str] = {
    "tags": "tags are",
    "spans": "marked stretches of quotes are",
    "quote": "quotes are",
    "cite": "cites are",
    "short_cite": "short cites are",
    "strength": "strengths are",
    "kind": "kinds (motion, contention, …) are",
    "team": "teams are",
    "speech": "speeches are",
    "granted": "what is granted is",
    "turn": "turns are",
    "scheme": "schemes are",
    "rules": "rules are",
    "strict": "strictness is",
    "text": "texts are",
    "spoken": "what is read aloud is",
}
