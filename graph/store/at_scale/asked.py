"""Which questions are asked in the store, and of which maps."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from graph.collector import collector_paused
from graph.model import MapId
from graph.result import Result
from graph.store.at_scale import about_item, whole_map
from graph.store.at_scale.asking import Asking, in_one_state
from graph.store.port import Store

MANY_ITEMS = 200_000
"""A map with more items than this is asked in the store: to read it whole takes too much time and room."""

_ASKED: Mapping[str, tuple[Callable[..., Result], frozenset[str]]] = {
    "unanswered": (whole_map.unanswered, frozenset({"side", "kind", "within", "cross_apply", "limit"})),
    "bare": (whole_map.bare, frozenset({"side", "cards_only", "limit"})),
    "single-source": (whole_map.single_source, frozenset({"side", "kind", "within", "all", "limit"})),
    "answers": (about_item.answers, frozenset({"side"})),
    "path": (about_item.path, frozenset({"limit"})),
}
"""The questions, and the options that they take here."""

_ITEMS = frozenset({"within"})  # options that name an item as a user does


def in_store(
    store: Store, question: str, map_id: MapId, wanted: Sequence[str], options: Mapping[str, Any]
) -> Result | None:
    """The answer of the store; None where the map has to be read: it is small enough, it is not there, or
    the question or one of its options is not asked here.

    `wanted` and `options` are as a user gives them. Raises NoSuchItem, QuestionError and StoreError.
    """
    if question not in _ASKED:
        return None
    answer, takes = _ASKED[question]
    given = {name: value for name, value in options.items() if value is not None and value is not False}
    if not takes.issuperset(given):
        return None

    def ask(asking: Asking) -> Result | None:
        if sum(asking.counts.values()) <= MANY_ITEMS:
            return None
        found = {name: asking.find(value) if name in _ITEMS else value for name, value in given.items()}
        return answer(asking, *map(asking.find, wanted), **found)

    with collector_paused():
        return in_one_state(store, map_id, ask)
