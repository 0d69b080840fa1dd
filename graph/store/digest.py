"""Short marks of what a map and each item say, by which a store knows what it has been given before."""

from __future__ import annotations

import hashlib
import json
import marshal
import struct
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any

from graph.model import ITEM_CLASSES, ArgumentMap, Evidence, ItemId, Link, Span
from graph.records import map_record

# Enums as their words: marshal, which makes bytes of plain values five times as fast as json, knows no other.
_WORDS = frozenset({"side", "origin", "polarity", "date_precision"})
_PLAIN = 0  # the version of marshal's format that has no references: equal values are equal bytes


@dataclass(frozen=True, slots=True)
class Marks:
    """What marks a map ("" where it cannot be kept anyway), and each item with the links that start at it."""

    of_map: str
    items: Mapping[ItemId, int]  # signed, 64 bits each

    def __bool__(self) -> bool:
        return bool(self.of_map)


NO_MARKS = Marks("", {})


def digest(argmap: ArgumentMap) -> str:
    """The same for maps that are equal, and for no others that a store would tell apart."""
    return marks(argmap).of_map


def marks(argmap: ArgumentMap) -> Marks:
    """The marks of a map and of its items; NO_MARKS where it cannot be kept."""
    ids = [item.id for item in argmap.items]
    links: dict[ItemId, list[tuple[Any, ...]]] = {}
    hashed: list[bytes] = []
    try:
        for link in argmap.links:
            said = _LINK(link)
            links.setdefault(link.start, []).append(
                _without_mappings(said, _ODD[Link]) if link.extra else said
            )
        for item in argmap.items:
            cls = type(item)
            said = _ITEM[cls](item)
            if item.extra or (isinstance(item, Evidence) and item.spans):
                said = _without_mappings(said, _ODD[cls])
            whole = marshal.dumps((cls.__name__, said, links.pop(item.id, ())), _PLAIN)
            hashed.append(hashlib.blake2b(whole, digest_size=8).digest())
        astray = marshal.dumps(sorted(links.items()), _PLAIN)
        of_map = json.dumps(map_record(argmap), default=_plain).encode()
    except (TypeError, ValueError, KeyError, AttributeError, RecursionError):
        return NO_MARKS
    joined = b"".join(hashed)
    numbers = struct.unpack(f"<{len(hashed)}q", joined)
    return Marks(
        hashlib.blake2b(b"".join((of_map, astray, joined)), digest_size=20).hexdigest(),
        dict(zip(ids, numbers, strict=True)),
    )


def _without_mappings(said: tuple[Any, ...], odd: Sequence[int]) -> tuple[Any, ...]:
    """With JSON in place of what no tuple of plain values can stand for."""
    return tuple(
        json.dumps(value, default=_plain) if place in odd else value for place, value in enumerate(said)
    )


def _said(cls: type, words: frozenset[str] = _WORDS) -> Callable[[Any], tuple[Any, ...]]:
    """What takes a thing of this class apart into plain values."""
    names = (field.name for field in fields(cls))
    return attrgetter(*(f"{name}._value_" if name in words else name for name in names))


def _odd(cls: type) -> list[int]:
    return [place for place, field in enumerate(fields(cls)) if field.name in ("extra", "spans")]


def _plain(value: object) -> object:
    if isinstance(value, Span):
        return [value.kind, value.start, value.stop, value.colour]
    raise TypeError


_ITEM = {cls: _said(cls) for cls in ITEM_CLASSES.values()}
_LINK = _said(Link, _WORDS | {"kind"})
_ODD = {cls: _odd(cls) for cls in (*ITEM_CLASSES.values(), Link)}
