"""What stands on nothing: claims without evidence, cards without a source, a date or a quote."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import dataclass

from graph.model import ArgumentMap, Evidence, Item, ItemId, MapId
from graph.questions.bearing import cites, kind_words, share, supported
from graph.questions.items import says
from graph.questions.scope import Scope, side_of
from graph.result import Column, ColumnType, Result
from graph.wording import listed, numbered

BARE = (
    Column("lacks", ColumnType.LABEL),
    Column("id", ColumnType.ID),
    Column("side", ColumnType.LABEL),
    Column("kind", ColumnType.LABEL),
    Column("title", heading="-"),
    Column("text", heading="says"),
)
OF_A_CARD = ("source", "date", "qualification", "quote")
ANYTHING = "anything"
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b|(?<!\d)['’]?\d\d(?!\d)")  # in a cite: 2014, '14, 14


def bare(
    argmap: ArgumentMap,
    *,
    side: str | None = None,
    kind: str | None = None,
    within: ItemId | None = None,
    cards_only: bool = False,
    lacks: str | None = None,
    limit: int | None = None,
) -> Result:
    """Claims and rebuttals without evidence, then cards without a source, in reading order.

    A claim has evidence when it cites a source, or when a card stands under it, directly or by way
    of the claims that support it. With `cards_only` a cited source is not enough. `lacks` asks for the
    cards that lack one thing of OF_A_CARD, or any of them.
    """
    scope = Scope(argmap, side, kind, within)
    if lacks is not None:
        return _bare_cards(scope, OF_A_CARD if lacks == ANYTHING else (lacks,), limit)
    asked = scope.statements()
    carded = _over_cards(argmap)
    without_card = [item for item in asked if item.id not in carded]
    citing = [item for item in without_card if cites(argmap, item.id)]
    claims = [item for item in without_card if cards_only or not cites(argmap, item.id)]
    cards = [
        item
        for item in argmap.items
        if isinstance(item, Evidence) and item in scope and not _has(argmap, item, "source")
    ]
    found: list[tuple[str, Item]] = [("evidence", item) for item in claims]
    found += [("source", item) for item in cards]
    return told_bare(
        argmap.id,
        found[:limit],
        side,
        Bare(len(asked), len(claims), len(cards), 0 if cards_only else len(citing)),
        Scope(argmap, kind=kind, within=within).words,
    )


def _bare_cards(scope: Scope, wanted: Sequence[str], limit: int | None) -> Result:
    """The cards that lack any of what is wanted, a row for each thing that one lacks."""
    cards = [item for item in scope.argmap.items if isinstance(item, Evidence) and item in scope]
    found = [(what, card) for card in cards for what in wanted if not _has(scope.argmap, card, what)]
    count = Counter(what for what, _ in found)
    parts = [
        f"{count[what]} {'lacks' if count[what] == 1 else 'lack'} a {what}" for what in wanted if count[what]
    ]
    if not cards:
        summary = f"The map holds no cards{scope.words}."
    elif parts:
        summary = f"Of {numbered(len(cards), 'card')}{scope.words}, {listed(parts, 'and')}."
    else:
        every = "The one card" if len(cards) == 1 else f"Every one of the {len(cards)} cards"
        summary = f"{every}{scope.words} has a {listed(wanted, 'and a')}."
    return Result(
        BARE,
        tuple(
            (what, card.id, side_of(card), kind_words(card), card.title, says(card))
            for what, card in found[:limit]
        ),
        summary=summary,
        question="bare",
        map=scope.argmap.id,
        truncated=limit is not None and len(found) > limit,
    )


def _has(argmap: ArgumentMap, card: Evidence, what: str) -> bool:
    """Whether a card has a source, a date, a qualification of who says it, or a quote."""
    cited = [source for source, _ in cites(argmap, card.id)]
    words = card.cite or card.short_cite or ""
    match what:
        case "source":
            return bool(cited or words)
        case "date":
            return any(source.date for source in cited) or bool(_YEAR.search(words))
        case "qualification":
            return any(source.qualifications for source in cited)
        case _:
            return bool(card.quote)


@dataclass(frozen=True, slots=True)
class Bare:
    """What is bare on a map, in numbers."""

    asked: int  # claims and rebuttals that were asked about
    claims: int  # of them without evidence
    cards: int  # without a source
    citing: int  # claims that count as having evidence, by a source that they cite alone


def told_bare(
    map_id: MapId, shown: Sequence[tuple[str, Item]], side: str | None, count: Bare, which: str = ""
) -> Result:
    """The answer in words and rows, each row with what it lacks; `which` says of what kind and where."""
    return Result(
        BARE,
        tuple(
            (lacks, item.id, side_of(item), kind_words(item), item.title, says(item)) for lacks, item in shown
        ),
        summary=_found(f" of side {side}{which}" if side else which, count),
        question="bare",
        map=map_id,
        truncated=len(shown) < count.claims + count.cards,
    )


def _over_cards(argmap: ArgumentMap) -> set[ItemId]:
    """The items that a card supports, directly or by way of what supports them."""
    above = supported(argmap)
    reached: set[ItemId] = set()
    queue = deque(item.id for item in argmap.items if isinstance(item, Evidence))
    while queue:
        for item_id in above.get(queue.popleft(), ()):
            if item_id not in reached:
                reached.add(item_id)
                queue.append(item_id)
    return reached


def _found(whose: str, count: Bare) -> str:
    if count.claims:
        verb = "has" if count.claims == 1 else "have"
        found = f"{share(count.claims, count.asked, whose)} {verb} no evidence on the map"
    elif count.asked:
        found = f"{share(None, count.asked, whose)} has evidence on the map"
    else:
        found = f"The map holds no claims or rebuttals{whose}"
    sourceless = f"{numbered(count.cards, 'card names', 'cards name')} no source"
    sentence = f"{found}; {sourceless if count.cards else 'every card names its source'}."
    if not count.citing:
        return sentence
    also = numbered(count.citing, "claim cites a source but rests", "claims cite a source but rest")
    return f"{sentence} {also} on no card; --cards-only lists {'it' if count.citing == 1 else 'them'} too."
