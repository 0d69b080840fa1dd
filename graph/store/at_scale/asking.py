"""Rows and items of one stored map, as the questions that are asked in the store want them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any, TypeVar

from graph.errors import ArgmapError, StoreError
from graph.model import ITEM_CLASSES, STATEMENTS, ArgumentMap, Item, ItemId, Label, MapId, Statement
from graph.questions.items import find_item
from graph.store import statements
from graph.store.migrations import migrated
from graph.store.port import Store
from graph.store.rows import COUNTS, Row, item_of, map_of

_T = TypeVar("_T")

BATCH = 5_000  # ids a statement
TIMEOUT = 600.0  # seconds a statement may run
_MOST_TRIES = 10  # of a question, while somebody changes the map


class Asking:
    """One stored map that is asked in Cypher; raises StoreError."""

    def __init__(self, store: Store, row: Row) -> None:
        self._store = store
        self._row = row
        self.map_id: MapId = row["id"]
        self.motion: tuple[ItemId, ...] = tuple(row.get("motion") or ())
        self.counts = {label: int(row.get(name) or 0) for label, name in COUNTS.items()}

    def rows(self, text: str, **params: Any) -> Iterator[Row]:
        """What a statement returns, asked of this map."""
        found = self._store.cypher(text, {"map": self.map_id, **params}, timeout=TIMEOUT)
        return (dict(zip(found.columns, row, strict=True)) for row in found.rows)

    @cached_property
    def labels(self) -> tuple[Label, ...]:
        """The labels that items of the map have."""
        return tuple(label for label in Label if any(True for _ in self.rows(_ANY[label])))

    @property
    def statements(self) -> list[Label]:
        """The labels that claims and rebuttals of the map have."""
        return [label for label in self.labels if label in STATEMENTS]

    def argmap(self, items: Iterable[Item] = ()) -> ArgumentMap:
        """The map with these items alone; its motion is the whole map's."""
        return map_of(self._row, list(items), [])

    def label_of(self, item_id: ItemId) -> Label | None:
        """What an item of the map is; None where there is no such item."""
        labels = (label for label in self.labels if any(True for _ in self.rows(_ONE[label], id=item_id)))
        return next(labels, None)

    def items(self, ids: Iterable[ItemId], labels: Iterable[Label] | None = None) -> list[Item]:
        """The items of these ids, whole, in the order of the ids; `labels` are those that they may have."""
        wanted = list(dict.fromkeys(ids))
        found: dict[ItemId, Item] = {}
        for label in labels or self.labels:
            for batch in batches([each for each in wanted if each not in found]):
                for row in self.rows(_WHOLE[label], ids=batch):
                    found[row["item"]["id"]] = item_of(label, row["item"])
        return [found[each] for each in wanted]

    def find(self, wanted: str) -> ItemId:
        """The id of the item that a user means; raises NoSuchItem, which names the nearest."""
        for item_id in (wanted, f"{self.map_id}/{wanted}"):
            if self.label_of(item_id) is not None:
                return item_id
        titled: list[Item] = [
            ITEM_CLASSES[label](id=row["id"], title=row["title"], order=row["order"])
            for label in self.labels
            for row in self.rows(_TITLES[label])
        ]
        return find_item(self.argmap(titled), wanted).id


def statement_of(label: Label, row: Row) -> Statement:
    """The statement that a row speaks of, without its words."""
    outline = {name: row[name] for name in ("id", "order", "side", "kind")}
    item = item_of(label, {**outline, "title": ""})
    assert isinstance(item, Statement)
    return item


def in_one_state(store: Store, map_id: MapId, ask: Callable[[Asking], _T]) -> _T | None:
    """What `ask` gives, nothing having changed meanwhile; None where there is no such map."""
    row = _row(store, map_id)
    for _ in range(_MOST_TRIES):
        if row is None:
            return None
        failure: ArgmapError | LookupError | None = None
        try:
            answer = ask(Asking(store, row))
        except (ArgmapError, LookupError) as error:
            failure = error
        before, row = row, _row(store, map_id)
        if row == before:
            if failure is not None:
                raise failure
            return answer
    raise StoreError(f'The map "{map_id}" is being changed all the time.\n  Try again when that is over.')


def _row(store: Store, map_id: MapId) -> Row | None:
    found = store.cypher(statements.MAP, {"map": map_id}, timeout=TIMEOUT).rows
    return migrated(found[0][0]) if found else None


def batches(ids: Sequence[ItemId]) -> Iterator[Sequence[ItemId]]:
    """The ids in the portions that a statement takes."""
    return (ids[start : start + BATCH] for start in range(0, len(ids), BATCH))


def grouped(pairs: Iterable[tuple[ItemId, ItemId]]) -> dict[ItemId, list[ItemId]]:
    """The second of each pair by the first, in the order given, each once."""
    groups: dict[ItemId, dict[ItemId, None]] = defaultdict(dict)
    for first, second in pairs:
        groups[first][second] = None
    return {first: list(seconds) for first, seconds in groups.items()}


_ANY = {label: f"MATCH (n:{label} {{map: $map}}) RETURN n.id AS id LIMIT 1" for label in Label}
_ONE = {label: f"MATCH (n:{label} {{id: $id}}) WHERE n.map = $map RETURN n.id AS id" for label in Label}
_WHOLE = {
    label: f"MATCH (n:{label}) WHERE n.id IN $ids AND n.map = $map RETURN properties(n) AS item"
    for label in Label
}
_TITLES = {
    label: f"MATCH (n:{label} {{map: $map}}) RETURN n.id AS id, n.title AS title, n.order AS order"
    for label in Label
}
