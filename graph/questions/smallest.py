"""The fewest cards whose loss makes an item fall, and the fewest answers that make it stand."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from graph.model import ArgumentMap, Item, ItemId
from graph.questions.bearing import kind_words, source_names, source_words
from graph.questions.items import says
from graph.questions.scope import argues, name_of
from graph.result import Column, ColumnType, Result
from graph.semantics.smallest import Smallest
from graph.semantics.smallest import save as smallest_saving
from graph.semantics.smallest import sink as smallest_sinking

SETS = (
    Column("set", ColumnType.INTEGER),
    Column("id", ColumnType.ID),
    Column("kind", ColumnType.LABEL),
    Column("title", heading="-"),
    Column("text", heading="says"),
    Column("source"),
)


def sink(
    argmap: ArgumentMap,
    item_id: ItemId,
    *,
    every: bool = False,
    weight: Mapping[ItemId, float] | None = None,
    need_evidence: bool = False,
    timeout: float | None = None,
    limit: int | None = None,
) -> Result:
    """The smallest sets of cards and granted claims without which the item no longer stands."""
    item = argues(argmap, item_id)
    find = partial(smallest_sinking, argmap, item_id, weights=weight, need_evidence=need_evidence)
    found = find(every=every, limit=_one_more(limit), timeout=timeout)
    name = name_of(argmap, item)
    if found.size == 0:
        words = f"{name} does not stand on the map as it is: nothing has to be lost."
    elif found.size is None:
        words = f"No loss of cards makes {name} fall." if found.proved else f"{_LATE} No set is known."
    else:
        words = f"{name} no longer stands without {_sets(found, every, limit)}"
    return _result(argmap, "sink", found, words, limit)


def save(
    argmap: ArgumentMap,
    item_id: ItemId,
    *,
    every: bool = False,
    weight: Mapping[ItemId, float] | None = None,
    need_evidence: bool = False,
    timeout: float | None = None,
    limit: int | None = None,
) -> Result:
    """The smallest sets of claims and cards to find an answer to, so that the item stands."""
    item = argues(argmap, item_id)
    find = partial(smallest_saving, argmap, item_id, weights=weight, need_evidence=need_evidence)
    found = find(every=every, limit=_one_more(limit), timeout=timeout)
    name = name_of(argmap, item)
    if found.size == 0:
        words = f"{name} stands on the map as it is: nothing has to be answered."
    elif found.size is None:
        words = (
            f"No answers make {name} stand: it lacks support of its own."
            if found.proved
            else f"{_LATE} No set of answers is known."
        )
    else:
        words = f"{name} stands once you answer {_sets(found, every, limit)}"
    return _result(argmap, "save", found, words, limit)


_LATE = "Time ran out (--timeout gives more)."


def _one_more(limit: int | None) -> int | None:
    return None if limit is None else limit + 1


def _sets(found: Smallest, every: bool, limit: int | None) -> str:
    size, count = found.size or 0, len(found.sets)
    whole = "this one" if size == 1 else f"these {size}"
    if count > 1:
        each = "one" if size == 1 else f"all {size}"
        more = limit is not None and count > limit
        shown = f"the first {limit} sets are shown" if more else f"there are {count} such sets"
        whole = f"{each} of one set; {shown}"
    if not found.proved:
        return f"{whole}. {_LATE} The answer is partial: a smaller set may exist."
    weighed = "" if found.cost in (None, size) else f" (weight {found.cost:g})"
    return f"{whole}{weighed}, and no smaller set does it." + (
        "" if every else " Others of that size: --every."
    )


def _result(argmap: ArgumentMap, question: str, found: Smallest, words: str, limit: int | None) -> Result:
    names = source_names(argmap)

    def row(number: int, item: Item) -> tuple[int, str, str, str, str, str]:
        source = source_words(argmap, item, names)
        return number, item.id, kind_words(item), item.title, says(item), source

    shown = found.sets[:limit]
    rows = (
        row(number, argmap.by_id[item_id]) for number, each in enumerate(shown, start=1) for item_id in each
    )
    return Result(
        SETS,
        tuple(rows),
        summary=words,
        question=question,
        map=argmap.id,
        truncated=len(shown) < len(found.sets) or not found.proved,
    )
