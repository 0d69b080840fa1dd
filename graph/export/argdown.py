"""A map as Argdown, in the profile of docs/argdown.md: reading it gives the same map again.

Items are written where they are first mentioned and links in their order, nested as far as that
keeps both orders; what Argdown has no place for stands in the frontmatter under `argmap`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graph.export.argdown_data import Names, frontmatter, item_data, text_of
from graph.export.argdown_text import flow
from graph.model import (
    ARGUERS,
    ArgumentMap,
    Inference,
    Item,
    ItemId,
    Label,
    Link,
    LinkKind,
    Origin,
    Polarity,
)

_SYMBOLS = {
    LinkKind.SUPPORTS: "+",
    LinkKind.REBUTS: "-",
    LinkKind.UNDERMINES: "-",
    LinkKind.UNDERCUTS: "_",
    LinkKind.CONTRADICTS: "><",
}


def to_argdown(argmap: ArgumentMap) -> str:
    """The map as Argdown text."""
    return _Writer(argmap).written()


class _Writer:
    def __init__(self, argmap: ArgumentMap) -> None:
        self.argmap = argmap
        self.steps = _implied_steps(argmap)
        self.structures = _structures(argmap, self.steps)
        self.written_steps: set[ItemId] = set()
        unsaid = {item.id for item in self._items_left()} | self.steps.keys()
        self.names = Names(argmap, unsaid, self._as_arguments())
        self.unmentioned = [
            item.id
            for item in argmap.items
            if item.label in ARGUERS
            or (item.id in self.structures and self.structures[item.id][-1].id == item.id)
        ]
        self.next = 0
        self.mentioned: set[ItemId] = set()
        self.open: list[ItemId] = []  # the items that a line can be nested under, outermost first
        self.lines: list[str] = []
        self.left: list[Link] = []  # links that Argdown has no place for
        self.at = 0  # place of the link being written
        self.said_in_structures: set[int] = set()  # places of links written before their turn
        self.undercuts_said: set[tuple[ItemId, ItemId]] = set()
        self.places = {item_id: place for place, item_id in enumerate(self.unmentioned)}

    def written(self) -> str:
        for place, link in enumerate(self.argmap.links):
            self.at = place
            if place not in self.said_in_structures:
                self._link(link)
        self._mention_before(len(self.unmentioned))
        body = "\n".join(self.lines).strip("\n") + "\n"
        return frontmatter(self.argmap, self.names, self._items_left(), self.left) + "\n" + body

    def _as_arguments(self) -> frozenset[ItemId]:
        """The items that only an <argument> can be, since something undercuts the step they take."""
        undercut = {link.end for link in self.argmap.links if link.kind is LinkKind.UNDERCUTS}
        contradict = {
            item_id
            for link in self.argmap.links
            if link.kind is LinkKind.CONTRADICTS
            for item_id in (link.start, link.end)
        }
        taken = {
            link.start
            for link in self.argmap.links
            if link.kind is LinkKind.PREMISE_OF and link.end in undercut and link.end in self.steps
        }
        return frozenset(taken - contradict)

    def _items_left(self) -> list[Item]:
        """The items that no line of Argdown can say: locutions, and steps of no known shape."""
        placed = self.steps.keys() | {step.id for group in self.structures.values() for step in group}
        return [
            item
            for item in self.argmap.items
            if item.label is Label.LOCUTION
            or (isinstance(item, Inference) and item.id not in placed)
            or (item.origin is Origin.USER and item.label not in ARGUERS)
        ]

    # -- links ---------------------------------------------------------------------------------

    def _link(self, link: Link) -> None:
        match link.kind:
            case LinkKind.CITES | LinkKind.ASSERTED_BY | LinkKind.REPORTED_BY:
                if link.start in self.steps or link.extra:
                    self.left.append(link)
            case LinkKind.PREMISE_OF | LinkKind.CONCLUDES:
                step = link.end if link.kind is LinkKind.PREMISE_OF else link.start
                if step in self.structures:
                    self._structure(self.structures[step])
                elif step not in self.steps:
                    self.left.append(link)
            case kind if kind in _SYMBOLS:
                self._relation(link)
            case _:
                self.left.append(link)

    def _relation(self, link: Link) -> None:
        if link.via is not None and link.via in self.structures:
            return  # the structure says it
        if link.via is not None and link.via not in self.steps:
            self.left.append(link)
        end = link.end
        symbol = _SYMBOLS[link.kind]
        if link.kind is LinkKind.UNDERCUTS:
            end = self._undercut(end)
            if end in self.structures:
                end = self.structures[end][-1].id
            if _argdown(link.extra).get("symbol") == "-":
                symbol = "-"
        if not (self._can_say(link.start) and self._can_say(end)):
            self.left.append(link)
            return
        if {k for k in link.extra if k != "argdown"} or link.origin is Origin.USER:
            self.left.append(link)
        elif self._said_by_a_sibling(link, end):
            return
        self._line(symbol, link.start, end)

    def _undercut(self, step: ItemId) -> ItemId:
        """What an undercut of a step is written under: the item that takes the step."""
        return self.steps.get(step, step)

    def _said_by_a_sibling(self, link: Link, end: ItemId) -> bool:
        """Whether one line under an item already undercuts every step that the item takes."""
        if link.kind is not LinkKind.UNDERCUTS or link.end not in self.steps:
            return False
        mark = (link.start, end)
        if mark in self.undercuts_said:
            return True
        self.undercuts_said.add(mark)
        return False

    def _can_say(self, item_id: ItemId) -> bool:
        item = self.argmap.by_id.get(item_id)
        if item is None:
            return False
        return item.label in ARGUERS or item_id in self.structures

    # -- lines ---------------------------------------------------------------------------------

    def _line(self, symbol: str, start: ItemId, end: ItemId) -> None:
        """Write one relation, nested under what stands open, else in a block of its own."""
        new = [i for i in (start, end) if i not in self.mentioned]
        wanted = min((self._place(i) for i in new), default=self.next)
        self._mention_before(wanted)
        if end in self.open:
            parent, child, typed = end, start, symbol
        elif start in self.open and end not in self.mentioned and symbol != "><":
            parent, child, typed = start, end, f"{symbol}>"
        else:
            if (
                end not in self.mentioned
                and start not in self.mentioned
                and self._place(start) < self._place(end)
            ):
                self._block(start)
            self._block(end)
            parent, child, typed = end, start, symbol
        del self.open[self.open.index(parent) + 1 :]
        indent = "  " * len(self.open)
        self.lines.append(f"{indent}{typed} {self._mention(child)}")
        self.open.append(child)

    def _block(self, item_id: ItemId) -> None:
        self.lines += ["", self._mention(item_id)]
        self.open = [item_id]

    def _place(self, item_id: ItemId) -> int:
        return self.places.get(item_id, len(self.unmentioned))

    def _mention_before(self, place: int) -> None:
        """Give what comes before `place` in reading order a block of its own."""
        while self.next < place:
            item_id = self.unmentioned[self.next]
            if item_id not in self.mentioned:
                self._block(item_id)
            self.next += 1

    def _mention(self, item_id: ItemId) -> str:
        """The item's definition where it is mentioned first, then its title alone."""
        name = self.names.typed(item_id)
        if item_id in self.mentioned:
            return name
        self.mentioned.add(item_id)
        item = self.argmap.by_id[item_id]
        text = text_of(item)
        data = item_data(self.argmap, item, self.names)
        return f"{name}:" + (f" {text}" if text else "") + (f" {data}" if data else "")

    def _structure(self, steps: list[Inference]) -> None:
        """An argument with its premises, steps and conclusions."""
        last = steps[-1].id
        if last in self.written_steps:
            return
        self.written_steps.add(last)
        self._mention_before(self._place(last))
        self._block(last)
        self.lines.append("")
        number = 0
        above: ItemId | None = None
        for step in steps:
            premises = [
                link.start for link in self.argmap.incoming[step.id] if link.kind is LinkKind.PREMISE_OF
            ]
            for premise in premises:
                if premise == above:
                    continue
                number += 1
                self.lines.append(f"({number}) {self._mention(premise)}")
                self._nested(premise)
            data = (
                {key: held for key, held in step.extra.items() if key != "argdown"} if step.id != last else {}
            )
            rules = ", ".join(step.rules)
            self.lines.append(
                "----" if not rules and not data else f"-- {rules}{' ' + flow(data) if data else ''} --"
            )
            above = next(
                link.end for link in self.argmap.outgoing[step.id] if link.kind is LinkKind.CONCLUDES
            )
            number += 1
            self.lines.append(f"({number}) {self._mention(above)}")
            self._nested(above)
        self.lines.append("")
        self.open = []

    def _nested(self, line: ItemId) -> None:
        """Write below a line of a structure what is first mentioned there.

        Otherwise it would be mentioned after the structure's next lines, and so change places.
        """
        self.open = [line]
        for place in range(self.at + 1, len(self.argmap.links)):
            link = self.argmap.links[place]
            if link.kind in (LinkKind.PREMISE_OF, LinkKind.CONCLUDES) or link.via in self.structures:
                continue
            next_new = next((i for i in self.unmentioned[self.next :] if i not in self.mentioned), None)
            if link.kind not in _SYMBOLS or link.end not in self.open or link.start != next_new:
                return
            self.said_in_structures.add(place)
            self._relation(link)


def _argdown(extra: Mapping[str, Any]) -> Mapping[str, Any]:
    held = extra.get("argdown")
    return held if isinstance(held, Mapping) else {}


def _implied_steps(argmap: ArgumentMap) -> dict[ItemId, ItemId]:
    """The steps that an undercut alone makes, by what takes them; reading makes them again."""
    undercut = {link.end for link in argmap.links if link.kind is LinkKind.UNDERCUTS}
    implied: dict[ItemId, ItemId] = {}
    for item in argmap.items:
        if not isinstance(item, Inference) or item.id not in undercut:
            continue
        said = item.text or item.tags or item.rules or item.scheme or item.extra or item.strict is not None
        premises = [x.start for x in argmap.incoming.get(item.id, ()) if x.kind is LinkKind.PREMISE_OF]
        named = item.id.partition("/")[2].startswith("step-") and item.title.startswith("From ")
        if not said and named and len(premises) == 1:
            implied[item.id] = premises[0]
    return implied


def _structures(argmap: ArgumentMap, implied: Mapping[ItemId, ItemId]) -> dict[ItemId, list[Inference]]:
    """The steps that premise-conclusion structures can say, each with all steps of its structure."""
    by_argument: dict[str, list[Inference]] = {}
    found: dict[ItemId, list[Inference]] = {}
    for item in argmap.items:
        if not isinstance(item, Inference) or item.id in implied or item.polarity is not Polarity.SUPPORTS:
            continue
        premises = [x.start for x in argmap.incoming.get(item.id, ()) if x.kind is LinkKind.PREMISE_OF]
        conclusions = [x.end for x in argmap.outgoing.get(item.id, ()) if x.kind is LinkKind.CONCLUDES]
        if not premises or len(conclusions) != 1:
            continue
        if any(argmap.by_id[end].label not in ARGUERS for end in (*premises, *conclusions)):
            continue
        if item.scheme is not None and item.scheme != (item.rules[0] if item.rules else None):
            continue
        own = _argdown(item.extra)
        if "step" in own:
            by_argument.setdefault(str(own.get("argument")), []).append(item)
            continue
        group = [*by_argument.pop(item.title, []), item]
        for step in group:
            found[step.id] = group
    return found
