"""A map as Argdown, in the profile of docs/argdown.md: reading it gives the same map again.

Items are written where they are first mentioned and links in their order, nested as far as that
keeps both orders; what Argdown has no place for stands in the frontmatter under `argmap`.
"""

from __future__ import annotations

from graph.export.argdown_data import (
    CITING,
    Names,
    frontmatter,
    heading,
    item_data,
    text_of,
    written_sections,
)
from graph.export.argdown_steps import (
    implied_steps,
    is_plain,
    is_shortcut,
    odd,
    own_words,
    structures,
    undercut_in_circles,
)
from graph.export.argdown_text import flow
from graph.labels import with_labels
from graph.model import (
    ARGUERS,
    ArgumentMap,
    Inference,
    Item,
    ItemId,
    Link,
    LinkKind,
    Origin,
)

_SYMBOLS = {
    LinkKind.SUPPORTS: "+",
    LinkKind.REBUTS: "-",
    LinkKind.UNDERMINES: "-",
    LinkKind.UNDERCUTS: "_",
    LinkKind.CONTRADICTS: "><",
}

_DEEPEST = 20  # levels of nesting that people still follow, and that keep lines short


def to_argdown(argmap: ArgumentMap) -> str:
    """The map as Argdown text."""
    return _Writer(argmap).written()


class _Writer:
    def __init__(self, argmap: ArgumentMap) -> None:
        self.argmap = argmap
        unsayable = odd(argmap)
        self.steps = implied_steps(argmap)
        self.structures = structures(argmap, self.steps, unsayable)
        self.unmentioned = [
            item.id
            for item in argmap.items
            if (item.label in ARGUERS and item.id not in unsayable)
            or (item.id in self.structures and self.structures[item.id][-1].id == item.id)
        ]
        self.names = Names(argmap, frozenset(self.unmentioned), self._as_arguments())
        self._keep_steps_that_come_back()
        self.written_steps: set[ItemId] = set()
        self.next = 0
        self.mentioned: set[ItemId] = set()
        self.sections = written_sections(argmap)
        self.section: int | None = None  # number of the last heading written
        self.open: list[ItemId] = []  # the items that a line can be nested under, outermost first
        self.lines: list[str] = []
        self.left: list[Link] = []  # links that Argdown has no place for
        self.at = 0  # place of the link being written
        self.said_in_structures: set[int] = set()  # places of links written before their turn
        self.undercuts_said: set[tuple[ItemId, ItemId]] = set()
        self.places = {item_id: place for place, item_id in enumerate(self.unmentioned)}

    def _keep_steps_that_come_back(self) -> None:
        """A reader makes and names a step by lines; a step that no lines can say is left as it is."""
        circling = undercut_in_circles(self.argmap, self.steps)
        for step, start in list(self.steps.items()):
            if start in circling:
                del self.steps[step]
        while lost := [step for step, start in self.steps.items() if not self._comes_back(step, start)]:
            for step in lost:
                del self.steps[step]

    def _comes_back(self, step: ItemId, start: ItemId) -> bool:
        incoming, outgoing = self.argmap.incoming[step], self.argmap.outgoing.get(step, ())
        end = next((link.end for link in outgoing if link.kind is LinkKind.CONCLUDES), None)
        direct = [link for link in self.argmap.outgoing.get(start, ()) if link.via == step]
        undercuts = [link for link in incoming if link.kind is LinkKind.UNDERCUTS]
        titles = self.names.titles
        return (
            start in titles
            and (end is None or end in titles or end in self.structures or end in self.steps)
            and all(is_plain(link) for link in (*direct, *outgoing))
            and all(is_plain(link) for link in incoming if link.kind is LinkKind.PREMISE_OF)
            and any(
                is_plain(link) and link.start in titles and (link.via is None or link.via in self.steps)
                for link in undercuts
            )
            and step.partition("/")[2] == self.names.step_slug(self.argmap, start, end)
        )

    def written(self) -> str:
        for place, link in enumerate(self.argmap.links):
            self.at = place
            if place not in self.said_in_structures:
                self._link(link)
        self._mention_before(len(self.unmentioned))
        self._headings(len(self.sections) - 1)
        body = "\n".join(self.lines).strip("\n") + "\n"
        return frontmatter(self.argmap, self.names, self._items_left(), self.left) + "\n" + body

    def _as_arguments(self) -> frozenset[ItemId]:
        """The items that only an <argument> can be, since something undercuts the step they take."""
        if self.argmap.format == "argdown":
            return frozenset()  # whoever wrote it wrote what they wanted
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
        """The items that no line of Argdown can say as they are."""
        said = {*self.names.titles, *self.names.sources, *self.steps}
        said |= {step.id for group in self.structures.values() for step in group}
        said |= {
            link.end
            for link in self.argmap.links
            if link.end in self.names.people and link.kind in CITING and self.names.says(link)
        }
        labelled = with_labels(self.argmap).by_id
        return [
            item
            for item in self.argmap.items
            if item.id not in said or labelled[item.id].label is not item.label
        ]

    def _link(self, link: Link) -> None:
        match link.kind:
            case LinkKind.CITES | LinkKind.ASSERTED_BY | LinkKind.REPORTED_BY:
                if not self.names.says(link):
                    self.left.append(link)
            case LinkKind.PREMISE_OF | LinkKind.CONCLUDES:
                step = link.end if link.kind is LinkKind.PREMISE_OF else link.start
                if step in self.structures:
                    self._structure(self.structures[step])
                if step not in self.steps and (step not in self.structures or not is_plain(link)):
                    self.left.append(link)
            case kind if kind in _SYMBOLS:
                self._relation(link)
            case _:
                self.left.append(link)

    def _relation(self, link: Link) -> None:
        if link.via is not None and link.via not in self.steps:
            if not (link.via in self.structures and is_shortcut(self.argmap, link) and is_plain(link)):
                self.left.append(link)
            return
        end = link.end
        symbol = _SYMBOLS[link.kind]
        if link.kind is LinkKind.UNDERCUTS:
            end = self._undercut(end)
            if end in self.structures:
                end = self.structures[end][-1].id
            if own_words(link.extra).get("symbol") == "-":
                symbol = "-"
        if not (self._can_say(link.start) and self._can_say(end)):
            self.left.append(link)
            return
        if (
            {k for k in link.extra if k != "argdown"}
            or link.origin is Origin.USER
            or link.locator is not None
        ):
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
        return item_id in self.names.titles

    def _line(self, symbol: str, start: ItemId, end: ItemId) -> None:
        """Write one relation, nested under what stands open, else in a block of its own."""
        new = [i for i in (start, end) if i not in self.mentioned]
        wanted = min((self._place(i) for i in new), default=self.next)
        self._mention_before(wanted)
        if end in self.open and self.open.index(end) < _DEEPEST:
            parent, child, typed = end, start, symbol
        elif start in self.open[:_DEEPEST] and end not in self.mentioned and symbol != "><":
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

    def _headings(self, last: int) -> None:
        """Write the headings up to number `last` that are not written yet."""
        first = 0 if self.section is None else self.section + 1
        for number in range(first, min(last + 1, len(self.sections))):
            self.lines += ["", heading(self.sections[number])]
            self.section = number

    def _block(self, item_id: ItemId) -> None:
        section = own_words(self.argmap.by_id[item_id].extra).get("section")
        if item_id not in self.mentioned and isinstance(section, int):
            self._headings(section)
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
        data = item_data(self.argmap, item, self.names, self.section)
        # Without a text it is a reference, which tags and data may follow.
        return " ".join(part for part in (f"{name}:" if item.text else name, text, data) if part)

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
                self._nested(premise, None)
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
            self._nested(above, step.id)
        self.open = []

    def _nested(self, line: ItemId, step: ItemId | None) -> None:
        """Write below a line of a structure what is first mentioned there.

        Otherwise it would be mentioned after the structure's next lines, and so change places.
        """
        self.open = [line]
        for place in range(self.at + 1, len(self.argmap.links)):
            link = self.argmap.links[place]
            if link.kind in (LinkKind.PREMISE_OF, LinkKind.CONCLUDES) or link.via in self.structures:
                continue
            next_new = next((i for i in self.unmentioned[self.next :] if i not in self.mentioned), None)
            hits_step = link.kind is LinkKind.UNDERCUTS and link.end == step and is_plain(link)
            if link.kind not in _SYMBOLS or link.start != next_new:
                return
            if not (hits_step and link.via is None) and link.end not in self.open:
                return
            self.said_in_structures.add(place)
            if hits_step:
                self.lines.append(f"  _ {self._mention(link.start)}")
                self.open = [line, link.start]
            else:
                self._relation(link)
