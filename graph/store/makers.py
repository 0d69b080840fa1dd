"""Items and links of the values that a database gives: of very many, so by place and not by name."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import MISSING, fields
from enum import StrEnum
from functools import cache
from typing import Any, cast, get_origin, get_type_hints

from graph.model import ITEM_CLASSES, Item, Label, Link, Span, SpanKind
from graph.quick import changeable, changeable_link
from graph.store.rows import unreadable

_OF_LINK = {"kind": "type(r)", "start": "startNode(r).id", "end": "endNode(r).id"}


def item_values(label: Label) -> list[str]:
    """What `item_of_values` wants of a node `n`."""
    return [f"n.{field.name}" for field in fields(ITEM_CLASSES[label])]


def link_values() -> list[str]:
    """What `link_of_values` wants of a relationship `r`."""
    return [_OF_LINK.get(field.name, f"r.{field.name}") for field in fields(Link)]


def item_of_values(label: Label, values: Sequence[Any]) -> Item:
    """The item of a node with these `item_values`; raises StoreError."""
    try:
        return cast("Item", _maker(label).made(values))
    except (ValueError, TypeError, KeyError) as error:
        raise unreadable(f"the {label} {values[0]}", error) from error


def link_of_values(values: Sequence[Any]) -> Link:
    """The link of a relationship with these `link_values`; raises StoreError."""
    try:
        return cast("Link", _maker(None).made(values))
    except (ValueError, TypeError, KeyError) as error:
        raise unreadable(f"the link {values[1]} {values[0]} {values[2]}", error) from error


class _Maker:
    """Makes things of one class."""

    def __init__(self, cls: type[Item] | type[Link], new: Callable[..., Any]) -> None:
        self._cls = cls
        self._new = new
        own = fields(cls)
        hints = get_type_hints(cls)
        self._absent = [None if field.default is MISSING else field.default for field in own]
        self._needed = [
            (place, field.name)
            for place, field in enumerate(own)
            if field.default is MISSING and field.default_factory is MISSING
        ]
        self._readers = [
            (place, reader)
            for place, field in enumerate(own)
            if (reader := _reader(field.name, hints[field.name])) is not None
        ]
        self._extra = [field.name for field in own].index("extra")

    def made(self, values: Sequence[Any]) -> Any:
        held = [
            absent if value is None else value for value, absent in zip(values, self._absent, strict=True)
        ]
        for place, name in self._needed:
            if held[place] is None:
                raise TypeError(f"it has no {name}")
        for place, reader in self._readers:
            value = values[place]
            if value is not None:
                held[place] = reader(value)
        if held[self._extra] is None:
            held[self._extra] = {}
        thing = self._new(*held)
        thing.__class__ = self._cls
        return thing


@cache
def _maker(label: Label | None) -> _Maker:
    """That of a label's items, or of links."""
    return (
        _Maker(Link, changeable_link()) if label is None else _Maker(ITEM_CLASSES[label], changeable(label))
    )


def _reader(name: str, hint: Any) -> Callable[[Any], Any] | None:
    """What makes the field's value of that in the store; None where that is the same."""
    if name == "spans":
        return _spans
    if name == "extra":
        return lambda value: json.loads(value) if isinstance(value, str) else value
    if get_origin(hint) is tuple:
        return tuple
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        known = hint._value2member_map_
        return lambda value: known.get(value) or hint(value)  # a look up is quicker than the class
    return None


def _spans(value: Any) -> tuple[Span, ...]:
    held = json.loads(value) if isinstance(value, str) else value
    return tuple(Span(SpanKind(s["kind"]), s["start"], s["stop"], s.get("colour")) for s in held)
