"""A part of a stored map, gathered link by link: which items, of what label, and the links between them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from graph.model import ArgumentMap, Item, ItemId, Label, Link, LinkKind
from graph.store.at_scale import patterns
from graph.store.at_scale.asking import Asking, batches, label_of


class Part:
    """Items and links of one map as they are come to."""

    def __init__(self, asking: Asking, start: Iterable[Item]) -> None:
        self._asking = asking
        self.labels: dict[ItemId, Label] = {item.id: item.label for item in start}
        self._links: dict[tuple[object, ...], Link] = {}

    def back(self, ids: Iterable[ItemId], kinds: Iterable[LinkKind]) -> list[Link]:
        """The links of these kinds that end at these items; what they start from is part of it now."""
        return self._follow(ids, kinds, back=True)

    def forth(self, ids: Iterable[ItemId], kinds: Iterable[LinkKind]) -> list[Link]:
        """The links of these kinds that start at these items; what they end at is part of it now."""
        return self._follow(ids, kinds, back=False)

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

    def _follow(self, ids: Iterable[ItemId], kinds: Iterable[LinkKind], *, back: bool) -> list[Link]:
        groups: dict[Label, list[ItemId]] = defaultdict(list)
        for item_id in ids:
            groups[self.labels[item_id]].append(item_id)
        rows = (
            row
            for label, group in groups.items()
            for batch in batches(group)
            for row in self._asking.rows(patterns.links(label, kinds, back=back), ids=batch)
        )
        found: list[Link] = []
        for row in rows:
            link = Link(
                kind=LinkKind(row["kind"]),
                start=row["start"],
                end=row["stop"],
                order=row["order"] or 0,
                via=row["via"],
                locator=row["locator"],
            )
            self.labels[row["other"]] = label_of(row)
            # The same link may be come to from both of its ends.
            found.append(self._links.setdefault((*link.key, link.order), link))
        return found
