"""Several maps as one: what one file says, another may answer."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain, count
from typing import Any

from graph.answers import SURE, UNMATCHED, Suggestion, suggestions
from graph.labels import with_labels
from graph.model import ATTACKS, ArgumentMap, Inference, Item, ItemId, Link, LinkKind, MapId, Polarity
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
    items: dict[ItemId, Item] = {}
    links: list[Link] = []
    motion: dict[ItemId, None] = {}
    home: dict[ItemId, int] = {}  # the part that an item is from
    for number, (part, ids) in enumerate(zip(parts, _ids(parts, map_id), strict=True)):
        for item in part.items:
            new_id = ids[item.id]
            if new_id not in items:
                home[new_id] = number
                items[new_id] = replace(item, id=new_id, order=len(items))
        for link in part.links:
            via = None if link.via is None else ids.get(link.via, link.via)
            start, end = ids.get(link.start, link.start), ids.get(link.end, link.end)
            links.append(replace(link, start=start, end=end, via=via))
        motion |= dict.fromkeys(ids.get(one, one) for one in part.motion)
    made = ArgumentMap(
        id=map_id,
        title=title,
        text="\n\n".join(part.text for part in parts if part.text),
        items=tuple(items.values()),
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


def _ids(parts: Sequence[ArgumentMap], map_id: MapId) -> list[dict[ItemId, ItemId]]:
    """The id of each item in the joined map, part by part; what only a title names comes last."""
    ids: list[dict[ItemId, ItemId]] = [{} for _ in parts]
    wanted = {f"{map_id}/{item.id.partition('/')[2]}" for part in parts for item in part.items}
    held: dict[ItemId, Item] = {}
    for only_named in (False, True):
        for part, own in zip(parts, ids, strict=True):
            for item in part.items:
                if (UNMATCHED in item.tags) is not only_named:
                    continue
                new = f"{map_id}/{item.id.partition('/')[2]}"
                if new in held and not _alike(item, held[new]):
                    base = f"{new}-{slug(part.id)}"
                    tried = chain((base,), (f"{base}-{number}" for number in count(2)))
                    new = next(each for each in tried if each not in held and each not in wanted)
                held.setdefault(new, item)
                own[item.id] = new
    return ids


def _alike(one: Item, other: Item) -> bool:
    return replace(one, id=other.id, order=other.order) == other


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
    meant: dict[ItemId, Suggestion] = {}
    for each in suggestions(argmap):
        if each.score >= SURE and home[each.stub] != home[each.target]:
            meant.setdefault(each.stub, each)
    return _Redirected(argmap, meant).map() if meant else argmap


class _Redirected:
    """A map in which the claims that titles name give way to those that they mean."""

    def __init__(self, argmap: ArgumentMap, meant: Mapping[ItemId, Suggestion]) -> None:
        self._argmap = argmap
        self._meant = meant
        self._stubs = {step: stub for stub in meant for step in self._own_steps(stub)}
        self._items: dict[ItemId, Item] = {
            item.id: item for item in argmap.items if item.id not in meant and item.id not in self._stubs
        }
        self._links: list[Link] = []
        self._places: dict[ItemId, list[int]] = {}  # of the links that start at an item

    def map(self) -> ArgumentMap:
        """The map, with sides and places still to be settled."""
        gone = self._meant.keys() | self._stubs.keys()
        moved: list[tuple[Link, ItemId]] = []
        for link in self._argmap.links:
            if link.start in gone:
                continue
            stub = self._stubs.get(link.end, link.end)
            if stub in self._meant:
                moved.append((link, stub))
            else:
                self._add(link)
        for link, stub in moved:
            self._move(link, self._meant[stub])
        items = tuple(replace(item, order=place) for place, item in enumerate(self._items.values()))
        motion = tuple(one for one in self._argmap.motion if one not in gone)
        return replace(self._argmap, items=items, links=tuple(_once(self._links)), motion=motion)

    def _add(self, link: Link) -> None:
        self._places.setdefault(link.start, []).append(len(self._links))
        self._links.append(link)

    def _own_steps(self, stub: ItemId) -> list[ItemId]:
        """The steps of which only this claim is a premise."""
        steps = [k.end for k in self._argmap.outgoing.get(stub, ()) if k.kind is LinkKind.PREMISE_OF]
        return [
            step
            for step in steps
            if all(
                link.kind is not LinkKind.PREMISE_OF or link.start == stub
                for link in self._argmap.incoming.get(step, ())
            )
        ]

    def _move(self, link: Link, suggestion: Suggestion) -> None:
        target = suggestion.target
        extra = {**link.extra, "score": suggestion.score}
        if link.kind is not LinkKind.UNDERCUTS:
            self._add(replace(link, end=target, extra=extra))
            return
        steps = self._steps_of(target)
        for step in steps:
            self._add(replace(link, end=step, extra=extra))
        if not steps:  # a claim that bears on nothing can only be attacked itself
            self._add(replace(link, kind=LinkKind.REBUTS, end=target, extra=extra))

    def _steps_of(self, claim: ItemId) -> list[ItemId]:
        """The steps by which a claim bears on something; made of its direct links where it has none."""
        places = tuple(self._places.get(claim, ()))
        own = [self._links[n].end for n in places if self._links[n].kind is LinkKind.PREMISE_OF]
        for place in places:
            link = self._links[place]
            if link.via is not None or link.kind not in _DIRECT:
                continue
            polarity = Polarity.ATTACKS if link.kind in ATTACKS else Polarity.SUPPORTS
            word = "against" if polarity is Polarity.ATTACKS else "to"
            map_id, _, end = link.end.partition("/")
            step = Inference(
                id=f"{map_id}/step-{claim.partition('/')[2]}-to-{end}",
                title=f"From {self._items[claim].title} {word} {self._items[link.end].title}",
                polarity=polarity,
            )
            if step.id in self._items:
                continue
            self._items[step.id] = step
            self._links[place] = replace(link, via=step.id)
            self._add(Link(kind=LinkKind.PREMISE_OF, start=claim, end=step.id))
            self._add(Link(kind=LinkKind.CONCLUDES, start=step.id, end=link.end))
            own.append(step.id)
        return own


_DIRECT = ATTACKS | {LinkKind.SUPPORTS}
