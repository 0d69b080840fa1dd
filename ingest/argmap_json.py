"""argmap's own JSON as an argument map: everything is checked, and every fault has its place."""

from __future__ import annotations

import hashlib
import json
import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, fields, replace
from functools import cache
from pathlib import Path
from typing import Any

from graph.errors import InputError, Problem
from graph.export.json import VERSION
from graph.model import (
    ITEM_CLASSES,
    ArgumentMap,
    DatePrecision,
    Item,
    Label,
    Link,
    LinkKind,
    MapId,
    Origin,
    Polarity,
    Side,
    SpanKind,
)
from graph.records import item_from_record, link_from_record, map_from_record
from graph.wording import listed, nearest


def read(path: Path, text: str, map_id: MapId | None = None) -> ArgumentMap:
    """The map that the JSON `text` of the file holds, under `map_id` where one is given.

    Raises InputError with everything that is wrong with it.
    """
    argmap = from_json(text, str(path))
    if map_id is not None and map_id != argmap.id:
        argmap = _renamed(argmap, map_id)
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return replace(argmap, format=argmap.format or "json", file=str(path.resolve()), sha256=digest)


def from_json(text: str, name: str = "map.json") -> ArgumentMap:
    """The map that `graph.export.json.to_json` wrote; `name` stands for the file in messages."""
    try:
        document = json.loads(text, object_pairs_hook=_mapping, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        raise InputError(
            Problem(name, f"is not JSON: {error.msg}", "Export the map again.", error.lineno, error.colno)
        ) from error
    except (ValueError, RecursionError) as error:
        what = "is nested too deeply" if isinstance(error, RecursionError) else str(error)
        raise InputError(Problem(name, what, "Export the map again.")) from error
    return _Document(name).argmap(document)


def _mapping(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        counts = Counter(name for name, _ in pairs)
        name = next(name for name, count in counts.items() if count > 1)
        raise ValueError(f'one object has the key "{name}" twice')
    return made


def _no_number(word: str) -> float:
    raise ValueError(f"{word} is no JSON")


class _Document:
    """One document being checked; `problems` are those found so far."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.problems: list[Problem] = []

    def argmap(self, document: object) -> ArgumentMap:
        """The map; raises InputError with every problem."""
        if not isinstance(document, dict) or "argmap" not in document:
            self.problem("$", "this is no map of argmap's", 'It would begin with {"argmap": 1, "map": …}.')
            raise InputError(self.problems)
        version = document["argmap"]
        if version != VERSION or isinstance(version, bool):
            newer = isinstance(version, int) and version > VERSION
            self.problem(
                "$.argmap",
                f"version {json.dumps(version)} of the format is not known",
                "A newer argmap wrote it: update argmap." if newer else f"Write {VERSION}.",
            )
            raise InputError(self.problems)
        self.keys("$", document, ("argmap", "map", "items", "links"))
        about = self.record("$.map", document.get("map"), ArgumentMap, leave_out=("items", "links"))
        items = [self.item(path, held) for path, held in self.listed("$.items", document.get("items"))]
        links = [
            self.record(path, held, Link) for path, held in self.listed("$.links", document.get("links"))
        ]
        if not self.problems:
            self.ends(about, items, links)
        if self.problems:
            raise InputError(self.problems)
        return map_from_record(
            about,
            tuple(item_from_record(label, record) for label, record in items),
            tuple(link_from_record(record) for record in links),
        )

    def problem(self, path: str, what: str, hint: str = "") -> None:
        self.problems.append(Problem(self.name, what, hint, path=path))

    def listed(self, path: str, held: object) -> list[tuple[str, object]]:
        """What a list holds, each with its path."""
        if not isinstance(held, list):
            self.problem(path, "is missing" if held is None else f"{_shown(held)} is no list")
            return []
        return [(f"{path}[{number}]", one) for number, one in enumerate(held)]

    def item(self, path: str, held: object) -> tuple[str, dict[str, Any]]:
        label = held.get("label") if isinstance(held, dict) else None
        if not isinstance(held, dict) or label not in list(Label):
            what = f"no label is {_shown(label)}" if isinstance(held, dict) else f"{_shown(held)} is no item"
            self.problem(path, what, f"A label is {listed(Label)}.")
            return "", {}
        rest = {name: value for name, value in held.items() if name != "label"}
        return str(label), self.record(path, rest, ITEM_CLASSES[Label(label)])

    def record(
        self, path: str, held: object, cls: type, *, leave_out: tuple[str, ...] = ()
    ) -> dict[str, Any]:
        """The record, if every field is one of the class and holds what it may hold."""
        if not isinstance(held, dict):
            self.problem(path, f"{_shown(held)} is no object" if held is not None else "is missing")
            return {}
        shape = {name: kind for name, kind in _shape(cls).items() if name not in leave_out}
        self.keys(path, held, shape)
        for name, (kind, needed) in shape.items():
            if name not in held:
                if needed:
                    self.problem(path, f'"{name}" is missing')
            elif held[name] is None or not _CHECKS[kind][0](held[name]):
                self.problem(f"{path}.{name}", f"{_shown(held[name])} is not {_CHECKS[kind][1]}")
        return held

    def keys(self, path: str, held: Mapping[str, object], known: Iterable[str]) -> None:
        names = list(known)
        for name in held:
            if name not in names:
                close = nearest(name, names, 1)
                hint = f'Did you mean "{close[0]}"?' if close else f"Known: {', '.join(names)}."
                self.problem(path, f"nothing here is called {_shown(name)}", hint)

    def ends(
        self, about: dict[str, Any], items: list[tuple[str, dict[str, Any]]], links: list[dict[str, Any]]
    ) -> None:
        """Ids that are there twice or belong to another map, and those that name nothing."""
        places: dict[str, str] = {}
        prefix = f"{about['id']}/"
        for number, (_, record) in enumerate(items):
            path, item_id = f"$.items[{number}].id", record["id"]
            first = places.setdefault(item_id, path)
            if first != path:
                self.problem(path, f"{_shown(item_id)} is the id at {first} as well", "Give each its own.")
            if not item_id.startswith(prefix):
                self.problem(path, f"{_shown(item_id)} is no id of this map", f"Begin it with {prefix}")
        named = [(f"$.map.motion[{number}]", held) for number, held in enumerate(about.get("motion", ()))]
        for number, link in enumerate(links):
            for end in ("start", "end", "via"):
                if end in link:
                    named.append((f"$.links[{number}].{end}", link[end]))
        for path, item_id in named:
            if item_id not in places:
                close = nearest(item_id, places, 1)
                hint = f'Did you mean "{close[0]}"?' if close else "Define it, or leave this out."
                self.problem(path, f"{_shown(item_id)} is the id of no item", hint)


def _renamed(argmap: ArgumentMap, map_id: MapId) -> ArgumentMap:
    """The same map under another id, and so are its items."""
    prefix = f"{argmap.id}/"

    def new(item_id: str) -> str:
        return f"{map_id}/{item_id.removeprefix(prefix)}"

    return replace(
        argmap,
        id=map_id,
        items=tuple(replace(item, id=new(item.id)) for item in argmap.items),
        links=tuple(
            replace(
                link,
                start=new(link.start),
                end=new(link.end),
                via=None if link.via is None else new(link.via),
            )
            for link in argmap.links
        ),
        motion=tuple(map(new, argmap.motion)),
    )


@cache
def _shape(cls: type[Item] | type[Link] | type[ArgumentMap]) -> dict[str, tuple[str, bool]]:
    """For each field what it holds, as the model declares it, and whether it must be there."""
    return {
        f.name: (
            str(f.type).removesuffix(" | None"),
            f.default is MISSING and f.default_factory is MISSING,
        )
        for f in fields(cls)
    }


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(held, str) for held in value)


def _is_span(value: object) -> bool:
    return (
        isinstance(value, dict)
        and value.keys() <= {"kind", "start", "stop", "colour"}
        and value.get("kind") in list(SpanKind)
        and _is_count(value.get("start"))
        and _is_count(value.get("stop"))
        and isinstance(value.get("colour", ""), str)
    )


def _words(words: Iterable[str]) -> tuple[Callable[[object], bool], str]:
    known = [str(word) for word in words]
    return (lambda value: value in known), listed(known)


_CHECKS: Mapping[str, tuple[Callable[[object], bool], str]] = {
    "str": (_is_text, "text"),
    "MapId": (_is_text, "text"),
    "ItemId": (_is_text, "an id"),
    "int": (_is_count, "a whole number"),
    "float": (_is_number, "a number"),
    "bool": (lambda value: isinstance(value, bool), "true or false"),
    "tuple[str, ...]": (_is_texts, "a list of texts"),
    "tuple[ItemId, ...]": (_is_texts, "a list of ids"),
    "tuple[Span, ...]": (
        lambda value: isinstance(value, list) and all(map(_is_span, value)),
        "a list of {kind, start, stop}",
    ),
    "Extra": (lambda value: isinstance(value, dict), "an object"),
    "Side": _words(Side),
    "Origin": _words(Origin),
    "Polarity": _words(Polarity),
    "DatePrecision": _words(DatePrecision),
    "LinkKind": _words(LinkKind),
}
"""What a field holds, by its type in the model: the check, and its name in messages."""


def _shown(value: object) -> str:
    shown = json.dumps(value, ensure_ascii=False)
    return shown if len(shown) <= 60 else shown[:59] + "…"
