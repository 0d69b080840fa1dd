"""Items, links and maps as flat records of plain values, for JSON and for databases.

A record holds only what is known: absent, None, empty and default values are left out, so that a
database answers null for what nobody said.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields
from enum import StrEnum
from functools import cache
from operator import attrgetter
from typing import Any

from graph.model import (
    ITEM_CLASSES,
    ArgumentMap,
    DatePrecision,
    Item,
    Label,
    Link,
    LinkKind,
    Origin,
    Polarity,
    Side,
    Span,
    SpanKind,
)

Record = dict[str, Any]  # str, int, float, bool, list of str, dict (extra), list of dict (spans)

_ENUMS: Mapping[str, type[StrEnum]] = {
    "side": Side,
    "origin": Origin,
    "polarity": Polarity,
    "date_precision": DatePrecision,
    "kind": LinkKind,
}
_ALWAYS = frozenset({"id", "title", "order", "origin", "side", "polarity", "kind", "start", "end"})
_SIMPLE = frozenset({str, int, float, bool})
_TUPLES = frozenset({"tags", "author", "rules", "motion"})


def item_record(item: Item, names: tuple[str, ...] | None = None) -> Record:
    """The item's known fields by name, enums as their words, without its label; only `names`, if given."""
    return _record(item, names)


def item_from_record(label: str, record: Mapping[str, Any]) -> Item:
    """The item that `item_record` made `record` of; unknown keys are left aside.

    Raises ValueError where a word is none of its closed set, TypeError where a field is missing.
    """
    cls = ITEM_CLASSES[Label(label)]
    return cls(**_values(cls, record))


def link_record(link: Link) -> Record:
    """The link's known fields by name, enums as their words."""
    return _record(link)


def link_from_record(record: Mapping[str, Any]) -> Link:
    """The link that `link_record` made `record` of."""
    return Link(**_values(Link, record))


def map_record(argmap: ArgumentMap) -> Record:
    """The map's own known fields by name, without its items and links."""
    return {name: value for name, value in _record(argmap).items() if name not in ("items", "links")}


def map_from_record(
    record: Mapping[str, Any], items: tuple[Item, ...], links: tuple[Link, ...]
) -> ArgumentMap:
    """The map of this record, with these items and links."""
    values = _values(ArgumentMap, {k: v for k, v in record.items() if k not in ("items", "links")})
    return ArgumentMap(**values, items=items, links=links)


@cache
def _defaults(
    cls: Any, names: tuple[str, ...] | None = None
) -> tuple[Callable[[Any], tuple[Any, ...]], tuple[tuple[str, Any], ...]]:
    """What gets all fields of a value at once, and their names and defaults in the same order."""
    wanted = [f for f in fields(cls) if names is None or f.name in names]
    defaults = tuple((f.name, _default(f)) for f in wanted)
    if len(wanted) < 2:  # of one name an attrgetter gives no tuple
        return (lambda value: tuple(getattr(value, f.name) for f in wanted)), defaults
    return attrgetter(*(f.name for f in wanted)), defaults


def _default(f: Field[Any]) -> Any:
    if f.default is not MISSING:
        return f.default
    return f.default_factory() if f.default_factory is not MISSING else MISSING


def _record(value: Any, names: tuple[str, ...] | None = None) -> Record:
    record: Record = {}
    getter, defaults = _defaults(type(value), names)  # type: ignore[arg-type]  # every class hashes
    for held, (name, default) in zip(getter(value), defaults, strict=True):
        if held is None or (held == default and name not in _ALWAYS):
            continue
        record[name] = held if type(held) in _SIMPLE else _plain(name, held)
    return record


def _plain(name: str, held: Any) -> Any:
    if name == "spans":
        return [
            {"kind": span.kind.value, "start": span.start, "stop": span.stop}
            | ({"colour": span.colour} if span.colour else {})
            for span in held
        ]
    if isinstance(held, StrEnum):
        return held._value_  # as `value`, which takes several times as long
    if isinstance(held, tuple):
        return list(held)
    return dict(held) if name == "extra" else held


def _values(cls: type, record: Mapping[str, Any]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, _ in _defaults(cls)[1]:
        held = record.get(name)
        if held is None:
            continue
        if name == "spans":
            held = tuple(Span(SpanKind(s["kind"]), s["start"], s["stop"], s.get("colour")) for s in held)
        elif name in _TUPLES:
            held = tuple(held)
        elif name in _ENUMS and (name != "kind" or cls is Link):
            held = _ENUMS[name](held)
        values[name] = held
    return values
