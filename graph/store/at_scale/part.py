"""A part of a stored map, gathered link by link: which items, of what label, and the links between them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from graph.model import ArgumentMap, Item, ItemId, Label, Link, LinkKind
from graph.store.at_scale.asking import Asking, batches
from graph.store.rows import COUNTS, item_of


class Part:
    """Items and links of one map as they are come to."""

    def __init__(self, asking: Asking, start: Iterable[Item]) -> None:
        self._asking = asking
        self.labels: dict[ItemId, Label] = {item.id: item.label for item in start}
        self._links: dict[tuple[object, ...], Link] = {}

    def back(self, ids: Iterable[ItemId], kinds: Iterable[LinkKind]) -> list[Link]:
        """The links of these kinds that end at these items; what they start from is part of it now."""
        return self._follow(ids, kinds, "<-", "-", "a", "b")

    def forth(self, ids: Iterable[ItemId], kinds: Iterable[LinkKind]) -> list[Link]:
        """The links of these kinds that start at these items; what they end at is part of it now."""
        return self._follow(ids, kinds, "-", "->", "b", "a")

    def support(self, ids: Iterable[ItemId]) -> set[ItemId]:
        """What supports these items, directly or as a premise of a step to them."""
        wanted = list(ids)
        steps = {link.start for link in self.back(wanted, [LinkKind.CONCLUDES])}
        direct = self.back(wanted, [LinkKind.SUPPORTS])
        return {link.start for link in (*direct, *self.back(steps, [LinkKind.PREMISE_OF]))}

    def cards(self, ids: Iterable[ItemId]) -> list[ItemId]:
        """Those of these items that are cards."""
        return [each for each in ids if self.labels[each] is Label.EVIDENCE]

    def argmap(self, items: Iterable[Item]) -> ArgumentMap:
        """These items of the map, and all links that were come to."""
        links = sorted(self._links.values(), key=lambda link: (link.order, link.key))
        return replace(self._asking.argmap(items), links=tuple(links))

    def outlines(self, ids: Iterable[ItemId]) -> list[Item]:
        """These items without their words: place, weight and polarity."""
        found: list[Item] = []
        for label, group in self._by_label(ids).items():
            for batch in batches(group):
                rows = self._asking.rows(_OUTLINE[label], ids=batch)
                found.extend(item_of(label, {**row, "title": ""}) for row in rows)
        return found

    def steps(self, ids: Iterable[ItemId]) -> list[Item]:
        """The steps among these ids, without their words, whether they were come to or not."""
        return [
            item_of(Label.INFERENCE, {**row, "title": ""})
            for batch in batches(list(ids))
            for row in self._asking.rows(_OUTLINE[Label.INFERENCE], ids=batch)
        ]

    def _follow(
        self, ids: Iterable[ItemId], kinds: Iterable[LinkKind], left: str, right: str, start: str, stop: str
    ) -> list[Link]:
        types = "|".join(sorted(kinds))
        found: list[Link] = []
        for label, group in self._by_label(ids).items():
            text = (
                f"MATCH (b:{label}){left}[r:{types}]{right}(a) WHERE b.id IN $ids AND r.map = $map "
                f"AND a.map = $map RETURN type(r) AS kind, {start}.id AS start, {stop}.id AS stop, "
                "a.id AS other, labels(a) AS labels, r.order AS order, r.via AS via, r.locator AS locator"
            )
            for batch in batches(group):
                for row in self._asking.rows(text, ids=batch):
                    link = Link(
                        kind=LinkKind(row["kind"]),
                        start=row["start"],
                        end=row["stop"],
                        order=row["order"] or 0,
                        via=row["via"],
                        locator=row["locator"],
                    )
                    # other people's labels may be on the node as well
                    self.labels[row["other"]] = next(Label(each) for each in row["labels"] if each in COUNTS)
                    # The same link may be come to from both of its ends.
                    found.append(self._links.setdefault((*link.key, link.order), link))
        return found

    def _by_label(self, ids: Iterable[ItemId]) -> dict[Label, list[ItemId]]:
        groups: dict[Label, list[ItemId]] = defaultdict(list)
        for item_id in ids:
            groups[self.labels[item_id]].append(item_id)
        return groups


_OUTLINE = {
    label: f"MATCH (n:{label}) WHERE n.id IN $ids AND n.map = $map "
    "RETURN n.id AS id, n.order AS order, n.strength AS strength, n.polarity AS polarity"
    for label in Label
}
