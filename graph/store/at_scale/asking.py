"""Rows and items of one stored map, as the questions that are asked in the store want them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from graph.errors import ArgmapError, StoreError
from graph.model import (
    ITEM_CLASSES,
    ArgumentMap,
    Claim,
    Evidence,
    Inference,
    Item,
    ItemId,
    Label,
    MapId,
    Polarity,
    Rebuttal,
    Side,
    Statement,
)
from graph.questions.items import find_item
from graph.store import statements
from graph.store.at_scale import patterns
from graph.store.migrations import migrated
from graph.store.port import Read, Store, T
from graph.store.rows import COUNTS, Row, item_of, map_of

BATCH = 5_000  # ids a statement
_MOST_TRIES = 10  # of a question, while somebody changes the map


class Asking:
    """One stored map that is asked in Cypher; raises StoreError."""

    def __init__(self, read: Read, row: Row) -> None:
        self._read = read
        self._row = row
        self.map_id: MapId = row["id"]
        self.motion: tuple[ItemId, ...] = tuple(row.get("motion") or ())
        self.counts = {label: int(row.get(name) or 0) for label, name in COUNTS.items()}

    def rows(self, text: str, **params: Any) -> list[Row]:
        """What a statement returns, asked of this map."""
        return self._read(text, map=self.map_id, **params)

    def argmap(self, items: Iterable[Item] = ()) -> ArgumentMap:
        """The map with these items alone; its motion is the whole map's."""
        return map_of(self._row, list(items), [])

    def items(self, ids: Iterable[ItemId]) -> list[Item]:
        """The items of these ids, whole, in the order of the ids."""
        wanted = list(dict.fromkeys(ids))
        found: dict[ItemId, Item] = {}
        for batch in batches(wanted):
            for row in self.rows(patterns.WHOLE, ids=batch):
                found[row["item"]["id"]] = item_of(label_of(row), row["item"])
        return [found[each] for each in wanted]

    def shown(self, ids: Iterable[ItemId]) -> list[Statement | Evidence]:
        """The claims, rebuttals and cards of these ids, in their order, as far as a list shows them."""
        wanted = list(ids)
        found: dict[ItemId, Statement | Evidence] = {}
        for batch in batches(wanted):
            for row in self.rows(patterns.WORDS, ids=batch):
                found[row["id"]] = card_of(row) if Label.EVIDENCE in row["labels"] else statement_of(row)
        return [found[each] for each in wanted]

    def outlines(self, ids: Iterable[ItemId]) -> list[Item]:
        """The items of these ids without their words: place, weight and polarity."""
        return [
            outline_of(row) for batch in batches(list(ids)) for row in self.rows(patterns.OUTLINES, ids=batch)
        ]

    def find(self, wanted: str) -> ItemId:
        """The id of the item that a user means; raises NoSuchItem, which names the nearest."""
        for item_id in (wanted, f"{self.map_id}/{wanted}"):
            if {"map": self.map_id} in self.rows(patterns.ONE, id=item_id):
                return item_id
        titled: list[Item] = [
            ITEM_CLASSES[label_of(row)](id=row["id"], title=row["title"], order=row["order"])
            for row in self.rows(patterns.TITLES)
        ]
        return find_item(self.argmap(titled), wanted).id


def label_of(row: Row) -> Label:
    """Our label of the node that a row speaks of: others may have given it theirs as well."""
    return next(Label(each) for each in row["labels"] if each in COUNTS)


_SIDES = {side.value: side for side in Side}
_CLASSES: Mapping[str, type[Claim | Rebuttal]] = {Label.CLAIM: Claim, Label.REBUTTAL: Rebuttal}


def statement_of(row: Row) -> Statement:
    """The claim or rebuttal that a row speaks of, as far as the row goes."""
    # There are very many, so not by way of a record, which would look at each of their fields.
    cls = next(_CLASSES[each] for each in row["labels"] if each in _CLASSES)
    return cls(
        id=row["id"],
        title=row.get("title") or "",
        text=row.get("text") or "",
        order=row["order"],
        side=_SIDES[row["side"]] if row["side"] else Side.UNKNOWN,
        kind=row["kind"],
    )


def outline_of(row: Row) -> Item:
    """What a row says of how strong an item is."""
    cls = ITEM_CLASSES[label_of(row)]
    held: dict[str, Any] = {"id": row["id"], "title": "", "order": row["order"]}
    if issubclass(cls, Statement | Evidence):
        return cls(**held, strength=row["strength"])
    return cls(**held, polarity=Polarity(row["polarity"])) if issubclass(cls, Inference) else cls(**held)


def card_of(row: Row) -> Evidence:
    """The card that a row speaks of, as far as the row goes."""
    return Evidence(
        id=row["id"],
        title=row["title"],
        text=row.get("text") or "",
        order=row["order"],
        side=_SIDES[row["side"]] if row.get("side") else Side.UNKNOWN,
        kind=row.get("kind"),
        quote=row["quote"],
        fingerprint=row.get("fingerprint"),
    )


def in_one_state(store: Store, map_id: MapId, ask: Callable[[Asking], T]) -> T | None:
    """What `ask` gives, nothing having changed meanwhile; None where there is no such map."""
    return store.asking(lambda read: _in_one_state(read, map_id, ask))


def _in_one_state(read: Read, map_id: MapId, ask: Callable[[Asking], T]) -> T | None:
    row = _row(read, map_id)
    for _ in range(_MOST_TRIES):
        if row is None or row.get("moving"):  # the nodes of the map are not yet as it says
            return None
        failure: ArgmapError | LookupError | None = None
        try:
            answer = ask(Asking(read, row))
        except (ArgmapError, LookupError) as error:
            failure = error
        before, row = row, _row(read, map_id)
        if row == before:
            if failure is not None:
                raise failure
            return answer
    raise StoreError(f'The map "{map_id}" is being changed all the time.\n  Try again when that is over.')


def _row(read: Read, map_id: MapId) -> Row | None:
    found = read(statements.MAP, map=map_id)
    return migrated(found[0]["map"]) if found else None


def batches(ids: Sequence[ItemId]) -> Iterator[Sequence[ItemId]]:
    """The ids in the portions that a statement takes."""
    return (ids[start : start + BATCH] for start in range(0, len(ids), BATCH))


def grouped(pairs: Iterable[tuple[ItemId, ItemId]]) -> dict[ItemId, list[ItemId]]:
    """The second of each pair by the first, in the order given, each once."""
    groups: dict[ItemId, dict[ItemId, None]] = defaultdict(dict)
    for first, second in pairs:
        groups[first][second] = None
    return {first: list(seconds) for first, seconds in groups.items()}
