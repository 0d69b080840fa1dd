"""A map as arguments and attacks alone, under names that every solver reads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from graph.model import ArgumentMap, Item, ItemId
from graph.semantics.abstract import flatten


@dataclass(frozen=True, slots=True)
class Named:
    """Arguments by name, with what each is in people's words ("" for a made-up one), and the attacks."""

    arguments: dict[str, str]
    attacks: list[tuple[str, str]]
    names: dict[ItemId, str]


def named(argmap: ArgumentMap) -> Named:
    """The map flattened; one of claims and attacks alone comes out as it is, in its own order."""
    attacks, ids = flatten(argmap)
    names = _names(argmap.by_id[item_id] for item_id in ids)
    listed = list(names.values())
    taken = set(listed)
    count = 0
    while len(listed) < attacks.size:
        count += 1
        if f"made_up_{count}" not in taken:
            listed.append(f"made_up_{count}")
    said = {(link.start, link.end): place for place, link in reversed(list(enumerate(argmap.links)))}
    order = {
        (names[start], names[end]): place
        for (start, end), place in said.items()
        if start in names and end in names
    }
    pairs = [
        (listed[start], listed[end]) for start, ends in enumerate(attacks.attacked.lists) for end in ends
    ]
    pairs.sort(key=lambda pair: order.get(pair, len(argmap.links)))
    arguments = {name: argmap.by_id[item_id].title for item_id, name in names.items()}
    return Named({name: arguments.get(name, "") for name in listed}, pairs, names)


def _names(items: Iterable[Item]) -> dict[ItemId, str]:
    """A name for each item: the one that a file of such a format gave, else one made from its id."""
    names: dict[ItemId, str] = {}
    taken: set[str] = set()
    for item in items:
        own = item.extra.get("iccma")
        said = str(own["name"]) if isinstance(own, dict) and "name" in own else _name(item)
        unique, count = said, 1
        while unique in taken:
            count += 1
            unique = f"{said}_{count}"
        taken.add(unique)
        names[item.id] = unique
    return names


def _name(item: Item) -> str:
    word = item.id.rsplit("/", 1)[-1].replace("-", "_")
    said = "".join(c if c.isascii() and (c.isalnum() or c == "_") else "x" for c in word)
    return said if said[:1].isalpha() and said[:1].islower() else f"a_{said}"
