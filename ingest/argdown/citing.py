"""The frontmatter's sources, and who holds and reports an item."""

from __future__ import annotations

from typing import Any

from graph.draft import MapDraft
from graph.export.argdown_keys import SOURCE_KEYS, SOURCE_WORDS, precision
from graph.model import LinkKind
from graph.wording import nearest, numbered
from ingest.argdown.text import Text
from ingest.argdown.things import Thing

_SAYS_WHO = frozenset({"source", "at", "heldBy", "reportedBy"})
_FEW = 8  # sources that a message can name


class Sources:
    """The sources that items can name, filled into a draft."""

    def __init__(self, draft: MapDraft, text: Text, listed: object) -> None:
        self._draft, self._text = draft, text
        self._authors: dict[str, list[str]] = {}
        if listed is None:
            return
        if not isinstance(listed, dict):
            text.problem(
                text.front.get("sources", 0),
                "sources: holds no keys",
                "Write below it, indented, for each source: key: {title: …, author: […]}",
            )
            return
        for name, value in listed.items():
            self._add(name, value if isinstance(value, dict) else {"title": value})

    def cite(self, thing: Thing) -> None:
        """Link an item to what its data says: where it is from, who holds it, who reports it."""
        key, data = thing.key, thing.data
        if not _SAYS_WHO.intersection(data):
            return
        named = data.get("source")
        named = [] if named is None else named if isinstance(named, list) else [named]
        places = data.get("at")
        if not isinstance(places, list):
            places = [places] * len(named)
        elif len(places) > len(named):
            self._text.problem(
                thing.place("at", self._text),
                f"{numbered(len(places), 'place')} (at) for {numbered(len(named), 'source')}",
                'Write one place a source: {source: [a, b], at: ["¶1", "¶2"]}.',
            )
        authors: list[str] = []
        for index, source in enumerate(named):
            name = self._named(source, thing.place("source", self._text))
            if name is None:
                continue
            place = places[index] if index < len(places) else None
            self._draft.link(
                LinkKind.CITES, key, ("source", name), locator=None if place is None else string(place)
            )
            authors += [author for author in self._authors[name] if author not in authors]
        holders = strings(data.get("heldBy"))
        reporters = strings(data.get("reportedBy"))
        # Whoever writes down another's view reports it; an empty list says that nobody does.
        if "reportedBy" not in data and holders and not set(holders) & set(authors):
            reporters = authors
        for kind, people in ((LinkKind.ASSERTED_BY, holders), (LinkKind.REPORTED_BY, reporters)):
            for person in people:
                self._draft.link(kind, key, self._draft.person(person))

    def _named(self, source: object, offset: int) -> str | None:
        if isinstance(source, dict):
            name = string(source.get("title") or "source")
            if name not in self._authors:
                self._add(name, source)
            return name
        name = string(source)
        if name in self._authors:
            return name
        if self._text.front_failed:
            return None
        close = nearest(name, list(self._authors))
        hint = f'Did you mean "{close[0]}"?' if close else "List it in the frontmatter, under sources:."
        if not close and 0 < len(self._authors) <= _FEW:
            hint = f"Listed are: {', '.join(self._authors)}."
        self._text.problem(offset, f'source "{name}" is not among the sources', hint)
        return None

    def _add(self, name: str, value: dict[str, Any]) -> None:
        date = None if value.get("date") is None else string(value["date"])
        self._authors[name] = strings(value.get("author"))
        self._draft.source(
            ("source", name),
            title=name if value.get("title") is None else string(value["title"]),
            text=string(value.get("text") or ""),
            slug=name,
            author=tuple(self._authors[name]),
            date=date,
            date_precision=precision(date),
            extra={key: held for key, held in value.items() if key not in SOURCE_KEYS},
            **{
                key: string(value[key])
                for key in SOURCE_WORDS
                if key != "date" and value.get(key) is not None
            },
        )


def string(value: object) -> str:
    """A plain value of YAML as one would type it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def strings(value: object) -> list[str]:
    """One value or a list of them, as strings; none for None."""
    if value is None:
        return []
    return [string(held) for held in value] if isinstance(value, list) else [string(value)]
