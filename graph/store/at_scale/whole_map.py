"""*unanswered*, *bare* and *single-source* of a stored map: the database says what, we say it in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from graph.model import Evidence, Item, ItemId, Label, LinkKind, Source, Statement
from graph.passages import fingerprint
from graph.questions.bare import Bare, told_bare
from graph.questions.bearing import cost, source_names, steps_to
from graph.questions.scope import Scope, all_before
from graph.questions.single_source import Common, Rests, in_common, narrowest, own_evidence
from graph.questions.unanswered import Could, Open, told_unanswered
from graph.result import Result
from graph.store.at_scale import patterns
from graph.store.at_scale.asking import Asking, card_of, grouped, statement_of
from graph.store.rows import Row, item_of

Before = Mapping[ItemId, list[tuple[ItemId, int]]]  # what leads to an item in one link, and its cost


def unanswered(
    asking: Asking,
    *,
    side: str | None = None,
    kind: str | None = None,
    within: ItemId | None = None,
    cross_apply: bool = False,
    limit: int | None = None,
) -> Result:
    """What `questions.unanswered.unanswered` says of the whole map, without what might be cross-applied."""
    before = _before(asking)
    steps = _steps(asking, before)
    scope = _scope(asking, before, side, kind, within)
    asked = {"side": side, "motion": list(asking.motion)}
    elsewhere = {row["id"] for text in patterns.HIT_ELSEWHERE for row in asking.rows(text)}
    found = [
        item
        for row in asking.rows(patterns.UNATTACKED, **asked)
        if (item := statement_of(row)) in scope and item.id not in elsewhere
    ]
    found.sort(key=lambda item: (steps.get(item.id, float("inf")), item.order, item.id))
    return told_unanswered(
        scope.argmap,
        _whole(asking, found[:limit]),
        steps,
        scope,
        Open(
            asked=_count(asking, scope, asked),
            found=len(found),
            reaching=sum(item.id in steps for item in found),
            statements=bool(asking.rows(patterns.HAS_STATEMENTS)),
            motion_attacked=bool(asking.rows(patterns.ATTACKED, ids=list(asking.motion))),
        ),
        Could(sought=not cross_apply),
    )


def _count(asking: Asking, scope: Scope, asked: Mapping[str, object]) -> int:
    """How many statements are asked about."""
    if scope.within is not None:
        return sum(statement_of(row) in scope for row in asking.rows(patterns.STATEMENTS, **asked))
    return sum(
        row["count"]
        for row in asking.rows(patterns.COUNT, **asked)
        if statement_of({"id": "", "order": 0, "side": scope.side, **row}) in scope
    )


def bare(
    asking: Asking, *, side: str | None = None, cards_only: bool = False, limit: int | None = None
) -> Result:
    """What `questions.bare.bare` says of the whole map."""
    motion = set(asking.motion)
    asked = sum(row["count"] for row in asking.rows(patterns.COUNT, side=side, motion=list(motion)))
    uncarded = {row["id"]: (statement_of(row), bool(row["cites"])) for row in asking.rows(patterns.UNCARDED)}
    for item_id in _over_cards(asking, uncarded):
        del uncarded[item_id]
    without = [
        (item, cites)
        for item, cites in uncarded.values()
        if item.id not in motion and side in (None, item.side.value)
    ]
    claims = [item for item, cites in without if cards_only or not cites]
    claims.sort(key=lambda item: (item.order, item.id))
    cards = sorted((row["order"], row["id"]) for row in asking.rows(patterns.SOURCELESS, side=side))
    found = [("evidence", item.id) for item in claims] + [("source", item_id) for _, item_id in cards]
    shown = found[:limit]
    whole = asking.shown(item_id for _, item_id in shown)
    return told_bare(
        asking.map_id,
        [(lacks, item) for (lacks, _), item in zip(shown, whole, strict=True)],
        side,
        Bare(asked, len(claims), len(cards), 0 if cards_only else sum(cites for _, cites in without)),
    )


def _over_cards(asking: Asking, uncarded: Mapping[ItemId, object]) -> set[ItemId]:
    """Those without a card of their own that have one by way of what supports them."""
    above: dict[ItemId, list[ItemId]] = {}
    carded: list[ItemId] = []
    for start, end in _supports(asking):
        if end in uncarded:
            above.setdefault(start, []).append(end)
            if start not in uncarded:
                carded.append(start)
    return {each for start in set(carded) for each in all_before(start, above)}.intersection(uncarded)


def single_source(
    asking: Asking,
    *,
    side: str | None = None,
    kind: str | None = None,
    within: ItemId | None = None,
    all: bool = False,
    limit: int | None = None,
) -> Result:
    """What `questions.single_source.single_source` says of the whole map."""
    before = _before(asking)
    scope = _scope(asking, before, side, kind, within)
    above = grouped(_supports(asking))
    supported = {end for ends in above.values() for end in ends}
    sources = {row["id"]: _source(row) for row in asking.rows(patterns.SOURCES)}
    cards = {row["id"]: card_of(row) for row in asking.rows(patterns.PASSAGES)}
    own = _own(asking, sources, cards)
    common = in_common(above, own)
    rests = Rests(asking.map_id, _steps(asking, before), _Names(asking, sources, cards))
    asked = {"side": side, "motion": list(asking.motion)}
    statements = [
        (item, one)
        for row in asking.rows(patterns.STATEMENTS, **asked)
        if (one := narrowest(common.get(row["id"], Common()))) is not None
        and (item := statement_of(row)) in scope
    ]
    for item, one in sorted(statements, key=lambda each: (each[0].order, each[0].id)):
        rests.add(item, *one, alone=not all and item.id not in supported)
    return rests.told(scope, limit, lambda items: _whole(asking, items))


def _own(
    asking: Asking, sources: Mapping[ItemId, Source], cards: Mapping[ItemId, Evidence]
) -> dict[ItemId, Common]:
    """The evidence that each item is or cites itself."""
    cited: dict[ItemId, list[Source]] = {}
    for row in sorted(asking.rows(patterns.CITED), key=lambda row: row["order"] or 0):
        cited.setdefault(row["start"], []).append(sources[row["stop"]])
    own: dict[ItemId, Common] = {}
    for item_id in {**cited, **cards}:
        item = cards.get(item_id) or _NOT_A_CARD
        if (evidence := own_evidence(item, cited.get(item_id, []))) is not None:
            own[item_id] = evidence
    return own


_NOT_A_CARD = Item(id="", title="")


class _Names:
    """What a claim rests on, by kind and key: its name, and the item that it is."""

    def __init__(
        self, asking: Asking, sources: Mapping[ItemId, Source], cards: Mapping[ItemId, Evidence]
    ) -> None:
        self._cards = cards
        self._sources = source_names(asking.argmap(sources.values()))
        self._quoting: dict[str, Evidence] = {}
        for card in sorted(cards.values(), key=lambda card: (card.order, card.id)):
            self._quoting.setdefault(card.fingerprint or fingerprint(card.quote or ""), card)

    def __call__(self, what: str, key: str) -> tuple[str, ItemId | None]:
        if what == "article":
            return self._sources[key], key
        if what not in ("card", "passage"):
            return key, None
        card = self._cards[key] if what == "card" else self._quoting[key]
        return f"“{card.title}”", card.id


def _source(row: Row) -> Source:
    item = item_of(Label.SOURCE, row)
    assert isinstance(item, Source)
    return item


def _supports(asking: Asking) -> Iterator[tuple[ItemId, ItemId]]:
    """What supports what, both by id."""
    for text in patterns.SUPPORTING:
        for row in asking.rows(text):
            yield row["start"], row["stop"]


def _before(asking: Asking) -> Before:
    """What leads to each item in one link."""
    before: dict[ItemId, list[tuple[ItemId, int]]] = {}
    for text in (patterns.LEADING, patterns.CONTRADICTED, patterns.PREMISES):
        for row in asking.rows(text):
            before.setdefault(row["stop"], []).append((row["start"], cost(LinkKind(row["kind"]))))
    return before


def _steps(asking: Asking, before: Before) -> dict[ItemId, int]:
    return steps_to(asking.motion, before)


def _scope(
    asking: Asking, before: Before, side: str | None, kind: str | None, within: ItemId | None
) -> Scope:
    """The part of the map that is asked about; of the map itself only the item it is within."""
    if within is None:
        return Scope(asking.argmap(), side, kind)
    ways = {end: [start for start, _ in starts] for end, starts in before.items()}
    inside = all_before(within, ways)
    return Scope(asking.argmap(asking.items([within])), side, kind, within, inside)


def _whole(asking: Asking, items: Iterable[Statement]) -> list[Statement]:
    """The statements with their words."""
    found = asking.shown(item.id for item in items)
    return [item for item in found if isinstance(item, Statement)]
