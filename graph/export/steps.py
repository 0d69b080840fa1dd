"""A map for formats in which every relation is a node: its steps, and the arrows to and from them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from graph.model import (
    ARGUERS,
    ATTACKS,
    ArgumentMap,
    Inference,
    Item,
    Label,
    Link,
    LinkKind,
    Polarity,
)

T = TypeVar("T")
Key = str  # an item's id, or `link <number>` of a direct link that needs a step


@dataclass(frozen=True, slots=True)
class Step:
    """A relation as a node: an inference of the map, or a direct link that has none."""

    key: Key
    polarity: Polarity
    inference: Inference | None = None


@dataclass(frozen=True, slots=True)
class Arrow:
    """From a claim to a step, from a step to a claim or another step; `link` where the map has it so."""

    start: Key
    end: Key
    link: Link | None = None


def atoms(argmap: ArgumentMap) -> list[Item]:
    """What is put forward: claims, rebuttals and cards."""
    return [item for item in argmap.items if item.label in ARGUERS]


def saying(item: Item) -> str:
    """What an item says, for formats in which a node has one text."""
    return item.text or str(getattr(item, "quote", None) or "") or item.title


def steps_and_arrows(argmap: ArgumentMap, *, contradictions: bool = True) -> tuple[list[Step], list[Arrow]]:
    """Every relation between claims as a step with its arrows.

    Shortcuts are left out: their inference says the same. A contradiction is an attack each way, or
    left out.
    """
    steps: list[Step] = []
    arrows: list[Arrow] = []
    nodes = ARGUERS | {Label.INFERENCE}
    for item in argmap.items:
        if isinstance(item, Inference):
            steps.append(Step(item.id, item.polarity, item))
    for number, link in enumerate(argmap.links):
        start, end = argmap.by_id.get(link.start), argmap.by_id.get(link.end)
        if start is None or end is None or start.label not in nodes or end.label not in nodes:
            continue
        if link.kind in (LinkKind.PREMISE_OF, LinkKind.CONCLUDES):
            arrows.append(Arrow(link.start, link.end, link))
        elif link.via is not None:
            continue
        elif link.kind is LinkKind.SUPPORTS or link.kind in ATTACKS:
            polarity = Polarity.SUPPORTS if link.kind is LinkKind.SUPPORTS else Polarity.ATTACKS
            key = f"link {number}"
            steps.append(Step(key, polarity))
            arrows += [Arrow(link.start, key), Arrow(key, link.end)]
        elif link.kind is LinkKind.CONTRADICTS and contradictions:
            for way, (one, other) in enumerate(((link.start, link.end), (link.end, link.start))):
                key = f"link {number} {way}"
                steps.append(Step(key, Polarity.ATTACKS))
                arrows += [Arrow(one, key), Arrow(key, other)]
    return steps, arrows


def in_order(argmap: ArgumentMap, made: Mapping[Key, T]) -> list[T]:
    """What was made of claims and steps, in the order of the map; last the steps that it does not have."""
    order = {item.id: place for place, item in enumerate(argmap.items)}
    return [made[key] for key in sorted(made, key=lambda key: order.get(key, len(order)))]


def distinct_ids(wanted: Iterable[tuple[Key, Any, str]], kept: Iterable[object] = ()) -> dict[Key, Any]:
    """An id for each key: its own, which a file gave (None: none did), else the made one, all different.

    `kept` are ids of the same document that are taken. What a user adds to a map that was read must not
    get the id of what was there.
    """
    listed, taken = list(wanted), {str(key) for key in kept}
    ids: dict[Key, Any] = {}
    for key, own, _ in listed:
        if own is not None and str(own) not in taken:
            taken.add(str(own))
            ids[key] = own
    for key, _, made in listed:
        if key not in ids:
            unique, count = made, 1
            while unique in taken:
                count += 1
                unique = f"{made}-{count}"
            taken.add(unique)
            ids[key] = unique
    return ids
