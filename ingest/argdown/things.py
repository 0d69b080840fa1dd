"""Which places in a document are about the same thing: titles gathered, data and tags merged."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from graph.draft import Key
from ingest.argdown.data import merge
from ingest.argdown.syntax import Document, Kind, Member, Reconstruction
from ingest.argdown.text import Text


@dataclass(slots=True)
class Thing:
    """All members of one title, or one member without a title."""

    key: Key
    kind: Kind
    title: str  # "" where it is anonymous
    members: list[Member]
    data: dict[str, Any]
    tags: list[str]
    structure: Reconstruction | None = None
    conclusion: Key | None = None  # what its structure ends with; it speaks for the argument
    _own: bool = field(default=False)  # data and tags are no longer its first member's

    def add(self, member: Member) -> None:
        """Gather one more place where it is spoken of."""
        if member is self.members[-1]:
            return
        self.members.append(member)
        if not (member.data or member.tags):
            return
        if not self._own:
            self.data, self.tags, self._own = self.data.copy(), self.tags.copy(), True
        merge(self.data, member.data)
        self.tags += [tag for tag in member.tags if tag not in self.tags]

    @property
    def offset(self) -> int:
        """Where it is first spoken of."""
        return self.members[0].offset

    @property
    def said(self) -> Member | None:
        """The member that says what the thing says: the one marked canonical, else the last with a text."""
        if len(self.members) == 1:
            return None if self.members[0].reference else self.members[0]
        speaking = [member for member in self.members if not member.reference]
        marked = [member for member in speaking if member.data.get("isCanonical") is True]
        return marked[-1] if marked else speaking[-1] if speaking else None

    @property
    def reworded(self) -> Member | None:
        """The first member that says it in other words than one before, if nothing settles which holds."""
        texts = [member for member in self.members if member.text and not member.reference]
        if any(member.data.get("isCanonical") is True for member in texts):
            return None
        return next((member for member in texts if member.text != texts[0].text), None)

    def place(self, key: str, text: Text) -> int:
        """Where its data says something, for messages."""
        saying = next((member for member in reversed(self.members) if key in member.data), None)
        if saying is None:
            return self.offset
        pattern = re.compile(rf"(?<![\w-]){re.escape(key)}[\"']?\s*:")
        for at in reversed(saying.braces):
            if match := pattern.search(text.chars, at, text.closing_brace(at) or at):
                return match.start()
        return saying.braces[-1]

    @property
    def shown(self) -> str:
        """Its title as one types it."""
        return self.members[0].named


class Things:
    """Everything a document speaks of, in the order in which it is first mentioned."""

    def __init__(self, document: Document, text: Text) -> None:
        self._by_key: dict[Key, Thing] = {}
        for top in document.tops:
            if isinstance(top, Member):
                self._gather(top)
                continue
            if top.argument is None:
                top.argument = Member(Kind.ARGUMENT, top.offset, top.offset)
            thing = self._take(top.argument)
            if thing.structure is not None:
                text.problem(
                    top.offset,
                    f'a second premise-conclusion structure for "{thing.title}"',
                    "Give the second one an <argument> of its own.",
                )
            thing.structure = top
            for line in top.lines:
                if isinstance(line, Member):
                    self._gather(line)
                else:
                    for relation in line.relations:
                        self._gather(relation.member)
            last = top.lines[-1] if top.lines else None
            if isinstance(last, Member):
                thing.conclusion = last.key

    def __iter__(self) -> Iterator[Thing]:
        return iter(self._by_key.values())

    def titled(self, title: str) -> Thing | None:
        """The statement of that title, else the argument, else None."""
        return self._by_key.get(f"[{title}]") or self._by_key.get(f"<{title}>")

    def titles(self) -> list[str]:
        """The titles of everything that is given a text."""
        return [thing.title for thing in self if thing.title and thing.said is not None]

    def _gather(self, top: Member) -> None:
        """Take a member and all below it, in reading order."""
        if not top.relations:
            self._take(top)
            return
        stack = [top]
        while stack:
            member = stack.pop()
            self._take(member)
            if member.relations:
                stack += [relation.member for relation in reversed(member.relations)]

    def _take(self, member: Member) -> Thing:
        key = member.key
        thing = self._by_key.get(key)
        if thing is None:
            title = member.title or ""
            thing = self._by_key[key] = Thing(key, member.kind, title, [member], member.data, member.tags)
        else:
            thing.add(member)
        return thing
