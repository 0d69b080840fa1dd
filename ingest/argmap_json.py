"""argmap's own JSON, as `graph.export.json` writes it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from graph.errors import InputError, Problem
from graph.model import ArgumentMap, Item, Label, Link
from graph.records import item_from_record, link_from_record, map_from_record

VERSION = 1
_ADVICE = "Write it with: argmap export MAP -o FILE.json"


def read(path: Path, content: str, map_id: str | None = None) -> ArgumentMap:
    """The map that a file holds. Raises InputError with the JSON path of everything that is wrong."""
    document = _parsed(path, content)
    problems: list[Problem] = []

    def wrong(where: str, what: str, hint: str = "") -> None:
        problems.append(Problem(str(path), what, hint, path=where))

    items = _all(document, "items", _item, wrong)
    links = _all(document, "links", link_from_record, wrong)
    ids: set[str] = set()
    for index, item in enumerate(items):
        if item.id in ids:
            wrong(
                f"$.items[{index}].id", f'the id "{item.id}" stands twice', "Give each item an id of its own."
            )
        ids.add(item.id)
    for index, link in enumerate(links):
        for end in ("start", "end", "via"):
            if getattr(link, end) is not None and getattr(link, end) not in ids:
                wrong(
                    f"$.links[{index}].{end}", f'no item has the id "{getattr(link, end)}"', "Correct the id."
                )
    argmap = _map(document, tuple(items), tuple(links), wrong)
    if problems or argmap is None:
        raise InputError(problems)
    argmap = argmap if map_id is None or map_id == argmap.id else _renamed(argmap, map_id)
    digest = hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()
    return replace(argmap, file=str(path.resolve()), sha256=digest)


def _parsed(path: Path, content: str) -> Mapping[str, Any]:
    try:
        document = json.loads(content)
    except json.JSONDecodeError as error:
        raise InputError(
            Problem(str(path), f"this is not JSON: {error.msg}", _ADVICE, error.lineno, error.colno)
        ) from error
    except RecursionError as error:
        raise InputError(Problem(str(path), "this is nested too deeply", _ADVICE)) from error
    if not isinstance(document, dict) or "argmap" not in document:
        raise InputError(Problem(str(path), 'this JSON has no "argmap": no map of ours', _ADVICE, path="$"))
    version = document["argmap"]
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise InputError(Problem(str(path), f'"argmap": {version!r} is no version', _ADVICE, path="$.argmap"))
    if version > VERSION:
        raise InputError(
            Problem(
                str(path),
                f"written by a newer argmap (format {version}, this one reads up to {VERSION})",
                "Install a newer argmap.",
                path="$.argmap",
            )
        )
    return document


def _all(
    document: Mapping[str, Any],
    name: str,
    read_one: Callable[[Mapping[str, Any]], Any],
    wrong: Callable[[str, str, str], None],
) -> list[Any]:
    held = document.get(name, [])
    if not isinstance(held, list):
        wrong(f"$.{name}", "is no list", f'Write "{name}": [ … ].')
        return []
    found = []
    for index, record in enumerate(held):
        try:
            if not isinstance(record, dict):
                raise TypeError("is no object")
            found.append(read_one(record))
        except (ValueError, TypeError, KeyError) as error:
            wrong(
                f"$.{name}[{index}]", _reason(error), "See docs/argmap.schema.json for what may stand here."
            )
    return found


def _item(record: Mapping[str, Any]) -> Item:
    _expect_text(record, "id", "title")
    return item_from_record(Label(str(record.get("label"))), record)


def _expect_text(record: Mapping[str, Any], *names: str) -> None:
    for name in names:
        if not isinstance(record.get(name), str):
            raise TypeError(f'"{name}" is missing or no text')


def _map(
    document: Mapping[str, Any],
    items: tuple[Item, ...],
    links: tuple[Link, ...],
    wrong: Callable[[str, str, str], None],
) -> ArgumentMap | None:
    record = document.get("map")
    try:
        if not isinstance(record, dict):
            raise TypeError("is missing")
        _expect_text(record, "id", "title")
        return map_from_record(record, items, links)
    except (ValueError, TypeError) as error:
        wrong("$.map", _reason(error), "See docs/argmap.schema.json for what may stand here.")
        return None


def _reason(error: Exception) -> str:
    return f"{error.args[0]} is missing" if isinstance(error, KeyError) else str(error)


def _renamed(argmap: ArgumentMap, map_id: str) -> ArgumentMap:
    """The same map under another id, the ids of its items with it."""

    def new(item_id: str) -> str:
        head, _, slug = item_id.partition("/")
        return f"{map_id}/{slug}" if head == argmap.id and slug else item_id

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
        motion=tuple(new(item_id) for item_id in argmap.motion),
    )
