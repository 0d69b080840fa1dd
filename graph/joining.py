"""Several maps as one: what one file says, another may answer."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain, count
from typing import Any

from graph.answers import SURE, UNMATCHED, Suggestion, suggestions
from graph.labels import with_labels
from graph.model import ATTACKS, ArgumentMap, Item, ItemId, Link, LinkKind, MapId, Statement
from graph.sides import with_sides
from graph.slugs import slug

JOINED = "joined"
"""The name in a joined map's `extra` under which it keeps what its parts said of themselves."""


def joined(parts: Sequence[ArgumentMap], map_id: MapId, title: str, file: str = "") -> ArgumentMap:
    """One map of several, in their order; each title that answers something answers it in any of them.

    Items that two maps hold alike are one; where two maps use an id for different items, the later
    one's gets its map's id appended. What a title surely names (a score of at least SURE) in another
    file is attacked there, as it would have been in its own; the rest stays a suggestion.
    """
    items: list[Item] = []
    links: list[Link] = []
    motion: dict[ItemId, None] = {}
    home: dict[ItemId, int] = {}  # the part that an item is from
    held: dict[ItemId, Item] = {}
    for number, part in enumerate(parts):
        ids = _ids(part, map_id, held)
        for item in part.items:
            new = replace(item, id=ids[item.id], order=len(items))
            if new.id not in held:
                held[new.id] = new
                home[new.id] = number
                items.append(new)
        for link in part.links:
            via = None if link.via is None else ids.get(link.via, link.via)
            start, end = ids.get(link.start, link.start), ids.get(link.end, link.end)
            links.append(replace(link, start=start, end=end, via=via, order=len(links)))
        motion |= dict.fromkeys(ids.get(one, one) for one in part.motion)
    made = ArgumentMap(
        id=map_id,
        title=title,
        text="\n\n".join(part.text for part in parts if part.text),
        items=tuple(items),
        links=tuple(_once(links)),
        motion=tuple(motion),
        debate_format=_common(part.debate_format for part in parts),
        format=_common(part.format for part in parts) or JOINED,
        file=file,
        sha256=hashlib.sha256("\n".join(part.sha256 for part in parts).encode()).hexdigest(),
        tags=tuple(dict.fromkeys(tag for part in parts for tag in part.tags)),
        extra={JOINED: [_said(part) for part in parts]},
    )
    return with_sides(with_labels(_answered(made, home)))


def _ids(part: ArgumentMap, map_id: MapId, held: Mapping[ItemId, Item]) -> dict[ItemId, ItemId]:
    """The id of each item of a part in the joined map."""
    ids: dict[ItemId, ItemId] = {}
    own = {f"{map_id}/{item_id.partition('/')[2]}" for item_id in part.by_id}
    for item in part.items:
        new = f"{map_id}/{item.id.partition('/')[2]}"
        other = held.get(new)
        if other is not None and replace(item, id=new, order=other.order) != other:
            base = f"{new}-{slug(part.id)}"
            numbered = (f"{base}-{number}" for number in count(2))
            new = next(each for each in chain((base,), numbered) if each not in held and each not in own)
            own.add(new)
        ids[item.id] = new
    return ids


def _once(links: Iterable[Link]) -> Iterable[Link]:
    """Links without those that say the same again."""
    seen = set()
    numbers = count()
    for link in links:
        if link.key not in seen:
            seen.add(link.key)
            yield replace(link, order=next(numbers))


def _common(values: Iterable[Any]) -> Any:
    """What all say that say anything; nothing where they differ."""
    said = {value for value in values if value}
    return said.pop() if len(said) == 1 else None


def _said(part: ArgumentMap) -> dict[str, object]:
    told: dict[str, object] = {"id": part.id, "title": part.title, "format": part.format}
    return told | ({"extra": dict(part.extra)} if part.extra else {})


def _answered(argmap: ArgumentMap, home: Mapping[ItemId, int]) -> ArgumentMap:
    """The map in which what titles surely name in another file is what they answer."""
    best: dict[ItemId, Suggestion] = {}
    for each in suggestions(argmap):
        if each.score >= SURE and home[each.stub] != home[each.target]:
            best.setdefault(each.stub, each)
    if not best:
        return argmap
    links: list[Link] = []
    gone: set[ItemId] = set()
    for stub in best:
        if all(link.kind in ATTACKS and link.via is None for link in argmap.incoming.get(stub, ())):
            gone.add(stub)
    for link in argmap.links:
        if link.start in gone:
            continue
        if link.end in best and link.kind in ATTACKS and link.via is None:
            found = best[link.end]
            moved = replace(link, end=found.target, extra={**link.extra, "score": found.score})
            links += [moved] if link.end in gone else [link, replace(moved, kind=LinkKind.REBUTS)]
            continue
        links.append(link)
    kept = (_matched(item) if item.id in best else item for item in argmap.items if item.id not in gone)
    items = [replace(item, order=place) for place, item in enumerate(kept)]
    motion = tuple(one for one in argmap.motion if one not in gone)
    return replace(argmap, items=tuple(items), links=tuple(_once(links)), motion=motion)


def _matched(stub: Item) -> Item:
    assert isinstance(stub, Statement)
    return replace(stub, tags=tuple(tag for tag in stub.tags if tag != UNMATCHED))
