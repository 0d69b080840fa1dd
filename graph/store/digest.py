"""A short mark of all that a map says, by which a store knows a map that it has been given before."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import fields
from operator import attrgetter
from typing import Any

from graph.model import ITEM_CLASSES, ArgumentMap, Item, Link, Span

_PIECE = 5_000  # items in memory at a time
_OF_MAP = tuple(field.name for field in fields(ArgumentMap) if field.name not in ("items", "links"))
_GET = {cls: attrgetter(*(field.name for field in fields(cls))) for cls in (*ITEM_CLASSES.values(), Link)}
_GET_MAP = attrgetter(*_OF_MAP)


def digest(argmap: ArgumentMap) -> str:
    """The same for maps that are equal, and for no others; "" where a map cannot be kept anyway."""
    mark = hashlib.blake2b(digest_size=20)
    try:
        mark.update(_text([_GET_MAP(argmap)]))
        for kind in (argmap.items, argmap.links):
            for piece in _pieces(kind):
                mark.update(_text([(type(each).__name__, *_GET[type(each)](each)) for each in piece]))
    except (TypeError, ValueError, KeyError, RecursionError):
        return ""
    return mark.hexdigest()


def _pieces(things: Sequence[Item] | Sequence[Link]) -> Iterator[Sequence[Any]]:
    return (things[start : start + _PIECE] for start in range(0, len(things), _PIECE))


def _text(rows: list[tuple[Any, ...]]) -> bytes:
    return json.dumps(rows, default=_plain).encode()


def _plain(value: object) -> object:
    if isinstance(value, Span):
        return [value.kind, value.start, value.stop, value.colour]
    raise TypeError
