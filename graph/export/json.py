"""A map as argmap's own JSON: lossless and versioned (docs/json.md, docs/argmap.schema.json)."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields
from functools import cache
from itertools import chain, repeat
from json.encoder import encode_basestring as quoted
from operator import attrgetter
from typing import Any

from graph.model import ArgumentMap, Item, Link
from graph.records import item_record, link_record, map_record

VERSION = 1
_OF_THE_READING = ("file", "sha256")  # whose disk it was read from is nobody else's business
_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False)
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def to_json(argmap: ArgumentMap) -> str:
    """The map as JSON text, one item or link a line, so that two versions can be compared."""
    about = {name: held for name, held in map_record(argmap).items() if name not in _OF_THE_READING}
    lines = [
        "{",
        f'"argmap": {VERSION},',
        f'"map": {_encoded(about)},',
        '"items": [',
        ",\n".join(_items(argmap.items)),
        "],",
        '"links": [',
        ",\n".join(_links(argmap.links)),
        "]",
        "}",
    ]
    text = "\n".join([line for line in lines if line]) + "\n"
    # Half a surrogate pair, as broken files hold, cannot be written as UTF-8; as an escape it can.
    return text if text.isascii() else _LONE_SURROGATE.sub(lambda at: f"\\u{ord(at.group()):04x}", text)


def _items(items: Sequence[Item]) -> Iterator[str]:
    """A line for each item, as `item_record` tells it.

    What all items have is put in as it stands: to make a record of each takes four times as long.
    """
    extras = iter(_each([dict(item.extra) for item in items if item.extra]))
    for item in items:
        extra = f', "extra": {next(extras)}' if item.extra else ""
        try:
            line = (
                f'{{"label": "{item.label._value_}", "id": {quoted(item.id)}, "title": {quoted(item.title)}'
            )
            if item.text:
                line += f', "text": {quoted(item.text)}'
            line += f', "order": {item.order}'
            if item.tags:
                line += f', "tags": [{", ".join(map(quoted, item.tags))}]'
        except TypeError:  # a number for a text, as others may write into a store
            yield _encoded({"label": item.label.value} | item_record(item))
            continue
        line += f', "origin": "{item.origin._value_}"{extra}'
        names, always, rest, usual = _own_fields(type(item))  # type: ignore[arg-type]  # every class hashes
        if always and rest(item) == usual:
            yield f'{line}, "{always}": "{getattr(item, always)._value_}"}}'
        elif own := item_record(item, names):
            yield f"{line}, {_encoded(own)[1:]}"
        else:
            yield line + "}"


@cache
def _own_fields(cls: type[Item]) -> tuple[tuple[str, ...], str, Callable[[Item], Any], Any]:
    """The fields that only this class has: all, the one that is always told, and what gets the rest;
    and what it gets where nothing is known."""
    names = tuple(f.name for f in fields(cls) if f.name not in _OF_ALL)
    always = next((name for name in ("side", "polarity") if name in names), "")
    rest = attrgetter(*(name for name in names if name != always))
    return names, always, rest, rest(cls(id="", title=""))


_OF_ALL = frozenset(f.name for f in fields(Item))


def _links(links: Sequence[Link]) -> Iterator[str]:
    """A line for each link, as `link_record` tells it."""
    extras = iter(_each([dict(link.extra) for link in links if link.extra]))
    for link in links:
        extra = f', "extra": {next(extras)}' if link.extra else ""
        try:
            line = (
                f'{{"kind": "{link.kind._value_}", "start": {quoted(link.start)}, "end": {quoted(link.end)}'
            )
            line += f', "order": {link.order}'
            if link.via is not None:
                line += f', "via": {quoted(link.via)}'
            if link.locator is not None:
                line += f', "locator": {quoted(link.locator)}'
        except TypeError:  # as above
            yield _encoded(link_record(link))
            continue
        yield f'{line}, "origin": "{link.origin._value_}"{extra}}}'


def _each(values: list[Any]) -> list[str]:
    """The JSON of each value; encoded at once, which takes a third of the time."""
    if not values:
        return []
    between = list(chain.from_iterable(zip(values, repeat(_MARK))))
    try:
        found = _ENCODER.encode(between)[1:-1].split(f', "{_MARK}"')[:-1]
    except ValueError:
        found = []
    if len(found) != len(values):  # a number that JSON has not, or the mark in a list of theirs
        return [_encoded(value) for value in values]
    return [found[0], *(one[2:] for one in found[1:])]


_MARK = "and the next one"


def _encoded(value: Any) -> str:
    try:
        return _ENCODER.encode(value)
    except ValueError:
        return _ENCODER.encode(_finite(value))


def _finite(value: Any) -> Any:
    """The value with null for what is no number in JSON."""
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, dict):
        return {key: _finite(held) for key, held in value.items()}
    return [_finite(held) for held in value] if isinstance(value, (list, tuple)) else value
