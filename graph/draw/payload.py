"""What the page is given of a map: plain values, each said once, nothing that the page can work out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from graph.draw.tree import Branch, CrossLink
from graph.edits import edits
from graph.model import (
    ArgumentMap,
    Evidence,
    Inference,
    Item,
    ItemId,
    Link,
    LinkKind,
    Statement,
)
from graph.records import item_record

_CARD_FIELDS = (
    "tags", "team", "kind", "speech", "granted", "strength", "turn", "side_stated",
    "quote", "cite", "short_cite", "spoken", "words", "spans", "verified", "verified_at",
    "scheme", "rules", "strict",
)  # fmt: skip
_SOURCE_FIELDS = (
    "title", "text", "author", "qualifications", "publisher", "date", "date_precision", "url", "accessed",
)  # fmt: skip


def bearing_word(branch: Branch) -> str:
    """How a branch bears on the one above, in the page's word for it."""
    match branch.bearing:
        case None:
            return "root"
        case LinkKind.PREMISE_OF:
            return "premise"
        case kind:
            return kind.value.lower()


def kind_word(argmap: ArgumentMap, item: Item) -> str:
    """What a card is called: motion, claim, rebuttal, evidence or step."""
    if item.id in argmap.motion:
        return "motion"
    return "step" if isinstance(item, Inference) else item.label.value.lower()


def side_word(item: Item) -> str:
    """The side an item is on; "" for steps."""
    return item.side.value if isinstance(item, (Statement, Evidence)) else ""


class Details:
    """What is said of items beside their text: fields, sources, people; sources and people once each."""

    def __init__(self, argmap: ArgumentMap) -> None:
        self._argmap = argmap
        self.sources: list[dict[str, Any]] = []
        self.people: list[str] = []
        self._places: dict[ItemId, int] = {}
        self._added: dict[ItemId, list[list[str]]] = {}
        for edit in edits(argmap):
            if not edit.displaced:
                said = [edit.kind, edit.what, edit.by, edit.at]
                self._added.setdefault(edit.item, []).append(said)

    def of(self, item: Item) -> dict[str, Any]:
        """The known details of one item, by the page's names for them."""
        found = item_record(item, _CARD_FIELDS)
        for link in self._argmap.outgoing.get(item.id, ()):
            if link.kind is LinkKind.CITES:
                found.setdefault("cites", []).append(self._cited(link))
            elif link.kind is LinkKind.ASSERTED_BY:
                found.setdefault("held_by", []).append(self._person(link.end))
            elif link.kind is LinkKind.REPORTED_BY:
                found.setdefault("reported_by", []).append(self._person(link.end))
        if added := self._added.get(item.id):
            found["added"] = added
        return found

    def _cited(self, link: Link) -> list[Any]:
        place = self._places.get(link.end)
        if place is None:
            place = self._places[link.end] = len(self.sources)
            self.sources.append(item_record(self._argmap.by_id[link.end], _SOURCE_FIELDS))
        return [place, link.locator] if link.locator else [place]

    def _person(self, item_id: ItemId) -> int:
        place = self._places.get(item_id)
        if place is None:
            place = self._places[item_id] = len(self.people)
            self.people.append(self._argmap.by_id[item_id].title)
        return place


def columns(nodes: Iterable[Mapping[str, Any]], names: Iterable[str]) -> dict[str, list[Any]]:
    """The same attribute of all nodes side by side, which says each name once; 0 where absent."""
    listed = list(nodes)
    return {name: [node.get(name, 0) for node in listed] for name in names}


def cross_link(link: CrossLink) -> tuple[int, int, str]:
    """A cross-link as the page reads it."""
    return link.start, link.end, link.kind.value.lower()
