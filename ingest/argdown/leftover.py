"""What a map holds that Argdown has no place for, back from the frontmatter's `argmap`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from graph.labels import with_labels
from graph.model import ArgumentMap, Evidence, Item, ItemId, Link, Side, Statement
from graph.records import item_from_record, link_from_record
from graph.sides import default_motion, with_sides

T = TypeVar("T", Item, Link)


class LeftoverError(ValueError):
    """The frontmatter's `argmap` is not as argmap writes it."""


def with_leftovers(argmap: ArgumentMap, held: object, written_id: str, *, motion_stated: bool) -> ArgumentMap:
    """The map with the items, links, tags and motion that `held` adds or says better.

    `written_id` is the map's id in the file, which the ids in `held` begin with. Raises LeftoverError.
    """
    if not isinstance(held, Mapping):
        raise LeftoverError("it is no list of items and links")
    new_id = _Renaming(written_id, argmap.id)
    try:
        items = [
            replace(
                item_from_record(str(one["label"]), {k: v for k, v in one.items() if k != "label"}),
                id=new_id(one["id"]),
            )
            for one in _list(held, "items")
        ]
        links = [new_id.of_link(link_from_record(one)) for one in _list(held, "links")]
        tags = tuple(str(tag) for tag in _list(held, "tags"))
        motion = tuple(new_id(one) for one in _list(held, "motion"))
        extra = dict(held.get("extra") or {})
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise LeftoverError(str(error)) from error
    all_links = _ordered(_merged(argmap.links, links, lambda link: link.key))
    relabelled = with_labels(
        replace(argmap, items=_ordered(_merged(argmap.items, items, _id)), links=all_links)
    )
    argmap = replace(
        relabelled,
        items=_ordered(_merged(relabelled.items, items, _id)),
        tags=tags or argmap.tags,
        extra={**argmap.extra, **extra},
    )
    if "motion" in held or not motion_stated:
        argmap = replace(
            argmap, motion=motion if "motion" in held else default_motion(argmap.items, all_links)
        )
    named = {end for link in links for end in (link.start, link.end, link.via) if end is not None}
    if lost := sorted((named | set(motion)) - argmap.by_id.keys()):
        raise LeftoverError(f'"{lost[0]}" is the id of no item')
    return with_sides(replace(argmap, items=tuple(map(_without_derived_side, argmap.items))))


def _without_derived_side(item: Item) -> Item:
    if isinstance(item, (Statement, Evidence)) and not item.side_stated:
        return replace(item, side=Side.UNKNOWN)
    return item


def _id(item: Item) -> ItemId:
    return item.id


def _ordered(found: Iterable[T]) -> tuple[T, ...]:
    return tuple(replace(one, order=order) for order, one in enumerate(found))


class _Renaming:
    """Ids as they are in a file, as ids of the map that the file is read as."""

    def __init__(self, old: str, new: str) -> None:
        self._old, self._new = f"{old}/", f"{new}/"

    def __call__(self, item_id: ItemId) -> ItemId:
        return self._new + item_id.removeprefix(self._old)

    def of_link(self, link: Link) -> Link:
        """The link, its ends renamed."""
        via = None if link.via is None else self(link.via)
        return replace(link, start=self(link.start), end=self(link.end), via=via)


def _merged(said: Iterable[T], better: Iterable[T], key: Any) -> list[T]:
    """What the body says, each replaced by what says it better; what is new at its own place."""
    by_key = {key(one): one for one in better}
    merged = [by_key.pop(key(one), one) for one in said]
    for one in sorted(by_key.values(), key=lambda one: one.order):
        merged.insert(one.order, one)
    return merged


def _list(held: Mapping[str, Any], name: str) -> list[Any]:
    value = held.get(name) or []
    if not isinstance(value, list):
        raise LeftoverError(f"{name} is no list")
    return value
