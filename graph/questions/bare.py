"""What stands on nothing: claims without evidence, evidence without a source."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from graph.model import ArgumentMap, Evidence, Item, ItemId, MapId
from graph.questions.bearing import cites, kind_words, share, supported
from graph.questions.items import says
from graph.questions.scope import Scope, side_of
from graph.result import Column, ColumnType, Result
from graph.wording import numbered

BARE = (
    Column("lacks", ColumnType.LABEL),
    Column("id", ColumnType.ID),
    Column("side", ColumnType.LABEL),
    Column("kind", ColumnType.LABEL),
    Column("title", heading="-"),
    Column("text", heading="says"),
)


def bare(
    argmap: ArgumentMap,
    *,
    side: str | None = None,
    kind: str | None = None,
    within: ItemId | None = None,
    cards_only: bool = False,
    limit: int | None = None,
) -> Result:
    """Claims and rebuttals without evidence, then cards without a source, in reading order.

    A claim has evidence when it cites a source, or when a card stands under it, directly or by way
    of the claims that support it. With `cards_only` a cited source is not enough.
    """
    scope = Scope(argmap, side, kind, within)
    asked = scope.statements()
    carded = _over_cards(argmap)
    without_card = [item for item in asked if item.id not in carded]
    citing = [item for item in without_card if cites(argmap, item.id)]
    claims = [item for item in without_card if cards_only or not cites(argmap, item.id)]
    cards = [
        item
        for item in argmap.items
        if isinstance(item, Evidence)
        and item in scope
        and not (cites(argmap, item.id) or item.cite or item.short_cite)
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
