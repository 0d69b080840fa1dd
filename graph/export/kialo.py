"""A map as the text that Kialo exports and imports: a tree of pros and cons, `-> See` where it is none."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from graph.export.steps import saying
from graph.model import ARGUERS, ArgumentMap, Item, ItemId, Link, LinkKind, Source

_STANCE: Mapping[LinkKind, str] = {
    LinkKind.SUPPORTS: "Pro",
    LinkKind.REBUTS: "Con",
    LinkKind.UNDERMINES: "Con",
    LinkKind.CONTRADICTS: "Con",
}


def to_kialo(argmap: ArgumentMap) -> str:
    """The text, each record ended by CRLF; numbers that a file of Kialo gave are kept."""
    tree = _Tree(argmap)
    lines = [f"Discussion Title: {' '.join(argmap.title.split())}", "", *tree.records()]
    return "".join(f"{_record(line)}\r\n" for line in lines)


def _record(text: str) -> str:
    """The text as one record: a CR would end it, and text files hold no NULs."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")


class _Tree:
    """The claims in the order of their numbers."""

    def __init__(self, argmap: ArgumentMap) -> None:
        self.argmap = argmap
        self.below: dict[ItemId, list[Link]] = {}
        leads_on: set[ItemId] = set()
        for link in argmap.links:
            ends = (argmap.by_id.get(link.start), argmap.by_id.get(link.end))
            if link.kind in _STANCE and all(end is not None and end.label in ARGUERS for end in ends):
                self.below.setdefault(link.end, []).append(link)
                if link.start != link.end:
                    leads_on.add(link.start)
        arguers = [item.id for item in argmap.items if item.label in ARGUERS]
        several = "question" in _asked(argmap)  # a thesis may be a claim that also stands below another
        self.roots = [
            x for x in dict.fromkeys(argmap.motion) if x in arguers and (several or x not in leads_on)
        ]
        self.roots += [x for x in arguers if x not in leads_on and x not in self.roots]
        self.at: dict[ItemId, str] = {}
        reached = self._reached(self.roots)
        for item_id in arguers:  # circles have no root
            if item_id not in reached:
                self.roots.append(item_id)
                reached |= self._reached([item_id])

    def _reached(self, roots: list[ItemId]) -> set[ItemId]:
        reached, pending = set(roots), list(roots)
        while pending:
            for link in self.below.get(pending.pop(), ()):
                if link.start not in reached:
                    reached.add(link.start)
                    pending.append(link.start)
        return reached

    def records(self) -> list[str]:
        """A line for each claim, each followed by what stands below it."""
        asked = _asked(self.argmap)
        lines: list[str] = []
        taken: dict[str, set[str]] = {}
        pending: list[tuple[ItemId, str, str, object]] = []
        if len(self.roots) == 1 and "question" not in asked:
            pending.append((self.roots[0], "", "", None))
        elif self.roots:
            first = str(asked.get("number") or "1.")
            lines.append(f"{first} {asked.get('question') or self.argmap.title}")
            pending += [(root, first, "", None) for root in reversed(self.roots)]
        while pending:
            item_id, above, stance, wanted = pending.pop()
            item = self.argmap.by_id[item_id]
            see = self.at.get(item_id)
            number = _number(above, wanted or _own(item), taken.setdefault(above, set()))
            said = f"-> See {see}" if see else self._text(item)
            lines.append(f"{number} {stance}: {said}" if stance else f"{number} {said}")
            if see is None:
                self.at[item_id] = number
                places = [(link, place) for link in self.below.get(item_id, ()) for place in _places(link)]
                if any(len(_places(link)) > 1 for link, _ in places):  # those of others stand between them
                    places.sort(key=lambda each: self._place(each[0], each[1], number))
                for link, place in reversed(places):
                    pending.append((link.start, number, _STANCE[link.kind], place))
        return lines

    def _place(self, link: Link, place: str, above: str) -> float:
        """Which of those below `above` a link is by the number that the file gave."""
        number = place or _own(self.argmap.by_id[link.start])
        last = number.removeprefix(above).rstrip(".")
        return int(last) if number.startswith(above) and last.isdecimal() else math.inf

    def _text(self, item: Item) -> str:
        """What the claim says, and where it is from."""
        text = item.text if _own(item) else saying(item)
        for link in self.argmap.outgoing.get(item.id, ()):
            source = self.argmap.by_id.get(link.end)
            if (
                link.kind is LinkKind.CITES
                and isinstance(source, Source)
                and source.url
                and source.url not in text
            ):
                title = source.title.replace("[", "(").replace("]", ")")
                text += f" [{title}]({source.url})"
        return text


def _number(above: str, wanted: object, taken: set[str]) -> str:
    """The number that the file gave, if it fits and is free, else the next one."""
    own = str(wanted or "")
    if own and own[: own[:-1].rfind(".") + 1] == above and own not in taken:
        taken.add(own)
        return own
    count = len(taken) + 1
    while f"{above}{count}." in taken:
        count += 1
    taken.add(f"{above}{count}.")
    return f"{above}{count}."


def _own(part: Any) -> str:
    """The number that a file of Kialo gave."""
    held = part.extra.get("kialo")
    return held if isinstance(held, str) else ""


def _places(link: Link) -> list[str]:
    """Where a file of Kialo has a link: once, as a rule; "" is where its claim itself stands."""
    held = link.extra.get("kialo")
    return [str(place) for place in held] if isinstance(held, list) and held else [_own(link)]


def _asked(argmap: ArgumentMap) -> Mapping[str, Any]:
    """The question of a debate with several theses, and its number."""
    held = argmap.extra.get("kialo")
    return held if isinstance(held, Mapping) else {}
