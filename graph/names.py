"""Names of people who are in no argument: who cut a card, often a student and a minor, kept apart."""

from __future__ import annotations

from dataclasses import replace

from graph.model import ArgumentMap, Item

NAMES = "names"  # where `extra` holds them


def without_names(argmap: ArgumentMap) -> ArgumentMap:
    """The map to hand on: without the names that are kept apart."""
    if not any(NAMES in item.extra for item in argmap.items):
        return argmap
    return replace(argmap, items=tuple(_nameless(item) for item in argmap.items))


def _nameless(item: Item) -> Item:
    if NAMES not in item.extra:
        return item
    return replace(item, extra={name: held for name, held in item.extra.items() if name != NAMES})
