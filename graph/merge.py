"""What loading a file again means: what is kept, what changes, and what of a user's loses its place."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeAlias

from graph import decisions, edits
from graph.model import ArgumentMap, Evidence, Item, ItemId, Link, Origin
from graph.records import item_record, link_record, map_record

LinkKey: TypeAlias = tuple[str, ItemId, ItemId, ItemId, str]  # Link.key


@dataclass(frozen=True, slots=True)
class Merge:
    """The map to keep, and the least that has to be written to get there from the old one.

    An item whose label changed is in `dropped` and in `added`: it is made anew under its id, and so
    are its links. `moved` differ from before in nothing but their place in reading order.
    """

    argmap: ArgumentMap
    dropped: tuple[Item, ...] = ()  # as they were
    added: tuple[Item, ...] = ()
    rewritten: tuple[Item, ...] = ()
    moved: tuple[Item, ...] = ()
    links_dropped: tuple[Link, ...] = ()  # one of each key: all links of that key go
    links_added: tuple[Link, ...] = ()
    links_moved: tuple[Link, ...] = ()
    count_added: int = 0
    count_changed: int = 0
    count_removed: int = 0
    count_unchanged: int = 0
    displaced: tuple[str, ...] = ()
    nothing_new: bool = False  # the map's own fields, its items and links are as they were


def merge(old: ArgumentMap | None, new: ArgumentMap) -> Merge:
    """What a store has to do to hold `new`, given that it holds `old`.

    What a user added to `old` stays, unless `new` says otherwise under the same id or no longer has
    what it was linked to. Counts are over items and links; a new place in reading order is no change.
    """
    if old is None:
        return Merge(new, added=new.items, links_added=new.links, count_added=len(new.items) + len(new.links))
    argmap, displaced = edits.carried(old, new)
    argmap = decisions.kept_decisions(old, argmap)
    return difference(old, argmap, displaced)


def difference(old: ArgumentMap, argmap: ArgumentMap, displaced: Iterable[str] = ()) -> Merge:
    """What a store has to do to hold exactly `argmap`, given that it holds `old`."""
    items = _Items(old, argmap)
    links = _Links(old, argmap, items)
    return Merge(
        argmap,
        dropped=tuple(items.dropped),
        added=tuple(items.added),
        rewritten=tuple(items.rewritten),
        moved=tuple(items.moved),
        links_dropped=tuple(links.dropped),
        links_added=tuple(links.added),
        links_moved=tuple(links.moved),
        count_added=items.count_added + links.count_added,
        count_changed=items.count_changed + links.count_changed,
        count_removed=items.count_removed + links.count_removed,
        count_unchanged=items.count_unchanged + links.count_unchanged,
        displaced=tuple(displaced),
        nothing_new=not (items.any or links.any) and _map_said(old) == _map_said(argmap),
    )


def nothing_to_carry(argmap: ArgumentMap) -> bool:
    """Whether a load over this map keeps nothing of it: nothing that users added, decided or checked."""
    user = Origin.USER
    if argmap.extra.keys() & {edits.KEY, decisions.REJECTED}:
        return False
    # Lists, since a load asks this of everything there is, and `any` takes twice as long.
    return not (
        [True for link in argmap.links if link.origin is user]
        or [True for item in argmap.items if item.origin is user or (item.extra and edits.KEY in item.extra)]
        or [True for item in argmap.items if isinstance(item, Evidence) and item.verified is not None]
    )


class _Items:
    """The items of two versions of a map, told apart."""

    def __init__(self, old: ArgumentMap, new: ArgumentMap) -> None:
        self.dropped: list[Item] = [item for item in old.items if item.id not in new.by_id]
        self.added: list[Item] = []
        self.rewritten: list[Item] = []
        self.moved: list[Item] = []
        self.remade: set[ItemId] = set()
        self.count_removed = len(self.dropped)
        self.count_added = self.count_changed = self.count_unchanged = 0
        for item in new.items:
            self._place(old.by_id.get(item.id), item)
        self.any = bool(self.dropped or self.added or self.rewritten or self.moved)

    def _place(self, before: Item | None, item: Item) -> None:
        if before is None:
            self.added.append(item)
            self.count_added += 1
        elif before == item:
            self.count_unchanged += 1
        elif before.label is not item.label:
            self.dropped.append(before)
            self.added.append(item)
            self.remade.add(item.id)
            self.count_changed += 1
        elif _said(item_record(before)) != _said(item_record(item)):
            self.rewritten.append(item)
            self.count_changed += 1
        else:
            self.count_unchanged += 1
            if before.order != item.order:
                self.moved.append(item)


class _Links:
    """The links of two versions of a map, told apart by their keys."""

    def __init__(self, old: ArgumentMap, new: ArgumentMap, items: _Items) -> None:
        gone = {item.id for item in items.dropped}  # their links go with them
        self.dropped: list[Link] = []
        self.added: list[Link] = []
        self.moved: list[Link] = []
        self.count_added = self.count_changed = self.count_removed = self.count_unchanged = 0
        before, after = _by_key(old.links), _by_key(new.links)
        for key, links in before.items():
            if key not in after:
                self.count_removed += len(links)
                if gone.isdisjoint((links[0].start, links[0].end)):
                    self.dropped.append(links[0])
        for key, links in after.items():
            remade = not items.remade.isdisjoint((links[0].start, links[0].end))
            self._place(before.get(key, []), links, remade)
        self.any = bool(self.dropped or self.added or self.moved)

    def _place(self, before: list[Link], links: list[Link], remade: bool) -> None:
        same = before == links
        said = same or [_said(link_record(link)) for link in before] == [
            _said(link_record(link)) for link in links
        ]
        kept = min(len(before), len(links))
        self.count_added += len(links) - kept
        self.count_removed += len(before) - kept
        if said:
            self.count_unchanged += kept
        else:
            self.count_changed += kept
        if remade:
            self.added.extend(links)
        elif same:
            pass
        elif said and len(links) == 1:
            self.moved.extend(
                link for link, was in zip(links, before, strict=True) if link.order != was.order
            )
        else:
            self.dropped.extend(before[:1])
            self.added.extend(links)


def _by_key(links: Iterable[Link]) -> dict[LinkKey, list[Link]]:
    groups: dict[LinkKey, list[Link]] = {}
    for link in links:
        groups.setdefault(link.key, []).append(link)
    return groups


def _said(record: dict[str, Any]) -> dict[str, Any]:
    """What a record says, without its place; `extra` as the JSON text that a store keeps."""
    record.pop("order", None)
    if "extra" in record:
        record["extra"] = json.dumps(record["extra"], sort_keys=True, default=repr)
    return record


def _map_said(argmap: ArgumentMap) -> dict[str, Any]:
    """What a map says of itself, the file it was read from left aside."""
    record = _said(map_record(argmap))
    return {name: held for name, held in record.items() if name not in ("file", "format", "sha256")}
