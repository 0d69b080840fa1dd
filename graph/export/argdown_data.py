"""What stands around an item in Argdown: its name, its text, its data, and the frontmatter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Mapping
from typing import Any

from graph.export.argdown_keys import CARD_WORDS, FRONT_KEYS, SOURCE_KEYS, SOURCE_WORDS, precision
from graph.export.argdown_text import escaped, fits, flow, is_title
from graph.model import (
    ArgumentMap,
    Evidence,
    Inference,
    Item,
    ItemId,
    Link,
    LinkKind,
    Origin,
    Person,
    Rebuttal,
    Source,
    Statement,
)
from graph.records import item_record, link_record
from graph.sides import default_motion
from graph.slugs import short_hash, slug


class Names:
    """How items, sources and people are called in the file; what has no name here is not said in it."""

    def __init__(self, argmap: ArgumentMap, said: Container[ItemId], arguments: Container[ItemId]) -> None:
        self._typed: dict[ItemId, str] = {}
        self.titles: dict[ItemId, str] = {}
        self.ids: dict[ItemId, str] = {}  # where the title does not give the id
        self.sources = {
            item.id: item.id.partition("/")[2].removeprefix("source-")
            for item in argmap.items
            if isinstance(item, Source) and _source_is_sayable(item)
        }
        people = [item for item in argmap.items if isinstance(item, Person)]
        by_slug = Counter(slug(person.name) for person in people)
        self.people = {
            person.id: person.name
            for person in people
            if _person_is_sayable(person) and by_slug[slug(person.name)] == 1
        }
        items = [item for item in argmap.items if item.id in said]
        by_title: dict[str, list[tuple[str, str, Item]]] = {}
        taken: set[tuple[bool, str]] = set()
        for item in items:
            own = item.id.partition("/")[2]
            argument = isinstance(item, Inference) or item.id in arguments or is_argument(item)
            title = item.title if is_title(item.title, argument) else own.replace("-", " ")
            if not is_title(title, argument):
                title = f"item {len(taken) + 1}"
            unique, count = title, 1
            while (argument, unique) in taken:
                count += 1
                unique = f"{title} ({count})"
            taken.add((argument, unique))
            self.titles[item.id] = unique
            self._typed[item.id] = f"<{unique}>" if argument else f"[{unique}]"
            by_title.setdefault(slug(item.title), []).append(
                (own, "argument" if argument else "statement", item)
            )
        for natural, group in by_title.items():
            one = len(group) == 1
            if any(
                own != (natural if one else _told_apart(natural, kind, item)) for own, kind, item in group
            ):
                self.ids |= {item.id: own for own, _, item in group}

    def typed(self, item_id: ItemId) -> str:
        """The item's title in its brackets."""
        return self._typed[item_id]

    def step_slug(self, argmap: ArgumentMap, start: ItemId, end: ItemId | None) -> str:
        """The end of the id that a reader gives to a step which an undercut makes."""
        own = [
            i.partition("/")[2] if i not in self.titles else self.ids.get(i) or slug(argmap.by_id[i].title)
            for i in (start, end)
            if i is not None
        ]
        return slug("step-" + "-to-".join(own))

    def says(self, link: Link) -> bool:
        """Whether an item's data says this link to a source or a person."""
        named = link.end in self.sources if link.kind is LinkKind.CITES else link.end in self.people
        return named and link.start in self.titles and not link.extra and link.origin is not Origin.USER


def _told_apart(natural: str, kind: str, item: Item) -> str:
    """The id that an item is given whose title gives that of another too."""
    return f"{natural}-{short_hash(kind, '', item.title)}"


def _source_is_sayable(source: Source) -> bool:
    name = source.id.partition("/")[2].removeprefix("source-")
    return (
        source.id.endswith(f"/source-{name}")
        and bool(name)
        and slug(name) == name
        and source.origin is not Origin.USER
        and not source.tags
        and source.date_precision is precision(source.date)
        and not SOURCE_KEYS & source.extra.keys()
    )


def _person_is_sayable(person: Person) -> bool:
    plain = not (person.text or person.tags or person.extra or person.origin is Origin.USER)
    natural = person.id.endswith(f"/person-{slug(person.name)}") and bool(slug(person.name))
    return plain and natural and person.title == person.name


def text_of(item: Item) -> str:
    """What stands after the title: the text, then the tags."""
    typed = _own(item).get("text")
    text = str(typed) if typed is not None else escaped(item.text) if fits(item.text) else ""
    stated = _tags_in(text)
    tags = [f"#{tag}" if _is_word(tag) else f"#({tag})" for tag in item.tags if tag not in stated]
    if not all(_is_word(tag) or _is_phrase(tag) for tag in item.tags):
        tags = []
    return " ".join([text, *tags]) if text else " ".join(tags)


def item_data(argmap: ArgumentMap, item: Item, names: Names, section: int | None) -> str:
    """The item's data in braces, where it is written under heading number `section`; "" for none."""
    data: dict[str, Any] = {}
    if item.id in names.ids:
        data["id"] = names.ids[item.id]
    if names.titles[item.id] != item.title:
        data["title"] = item.title
    if not fits(item.text) and _own(item).get("text") is None:
        data["text"] = item.text
    if not all(_is_word(tag) or _is_phrase(tag) for tag in item.tags):
        data["tags"] = list(item.tags)
    if item.origin is Origin.USER:
        data["origin"] = item.origin.value
    data |= _cited(argmap, item, names)
    if isinstance(item, (Statement, Evidence)):
        if item.side_stated:
            data["side"] = item.side.value
        data |= {key: held for key in ("kind", "speech") if (held := getattr(item, key)) is not None}
        if item.strength is not None:
            data["strength"] = int(item.strength) if item.strength in (0, 1) else item.strength
    if isinstance(item, Statement):
        data |= {key: held for key in ("team", "granted") if (held := getattr(item, key)) is not None}
    if isinstance(item, Rebuttal) and item.turn is not None:
        data["turn"] = item.turn
    if isinstance(item, Evidence):
        data |= {key: held for key, name in CARD_WORDS.items() if (held := getattr(item, name)) is not None}
        if item.words is not None:
            data["words"] = item.words
        if item.spans:
            data["spans"] = [
                [span.kind.value, span.start, span.stop, *([span.colour] if span.colour else [])]
                for span in item.spans
            ]
        if item.quote is None and item.cite is None and "evidence" not in item.tags:
            data["evidence"] = True
    if isinstance(item, Inference) and item.strict is not None:
        data["strict"] = item.strict
    for key, held in item.extra.items():
        if key != "argdown":
            data[key] = held
    own = _own(item)
    rest = {key: held for key, held in own.items() if key not in ("kind", "text", "section")}
    if own.get("section") != section and item.text:
        rest["section"] = own.get("section")
    if names.typed(item.id).startswith("<") and not (is_argument(item) or isinstance(item, Inference)):
        rest["kind"] = None  # an argument in this file only, to be undercut
    if rest:
        data["argdown"] = rest if own or rest.keys() != {"kind"} else False
    return flow(data) if data else ""


CITING = frozenset({LinkKind.CITES, LinkKind.ASSERTED_BY, LinkKind.REPORTED_BY})


def _cited(argmap: ArgumentMap, item: Item, names: Names) -> dict[str, Any]:
    cites, holders, reporters = [], [], []
    for link in argmap.outgoing.get(item.id, ()):
        if link.kind not in CITING or not names.says(link):
            continue
        if link.kind is LinkKind.CITES:
            cites.append((names.sources[link.end], link.locator))
        elif link.kind is LinkKind.ASSERTED_BY:
            holders.append(names.people[link.end])
        else:
            reporters.append(names.people[link.end])
    data: dict[str, Any] = {}
    if cites:
        places = [place for _, place in cites]
        data["source"] = cites[0][0] if len(cites) == 1 else [name for name, _ in cites]
        if any(place is not None for place in places):
            data["at"] = places[0] if len(cites) == 1 else places
    if holders:
        data["heldBy"] = holders[0] if len(holders) == 1 else holders
    if reporters or holders:
        data["reportedBy"] = reporters[0] if len(reporters) == 1 else reporters
    if holders and not reporters:
        authors = {
            author
            for link in argmap.outgoing.get(item.id, ())
            if link.kind is LinkKind.CITES and names.says(link)
            for author in getattr(argmap.by_id[link.end], "author", ())
        }
        # Without the key, a reader would take the authors for the reporters of another's view.
        if not authors or authors & set(holders):
            del data["reportedBy"]
    return data


def frontmatter(argmap: ArgumentMap, names: Names, items: Iterable[Item], links: Iterable[Link]) -> str:
    """The head of the file: what the map is about, its sources, and what has no place below."""
    head: dict[str, Any] = {"title": argmap.title, "id": argmap.id}
    if argmap.text:
        head["abstract"] = argmap.text
    by_title = all(item_id in names.titles for item_id in argmap.motion)
    if argmap.motion and by_title:
        head["motion"] = [names.titles[item_id] for item_id in argmap.motion]
    if argmap.debate_format is not None:
        head["debateFormat"] = argmap.debate_format
    head |= {key: held for key, held in argmap.extra.items() if key not in FRONT_KEYS}
    if written_sections(argmap):
        head["argdown"] = {key: held for key, held in head["argdown"].items() if key != "sections"}
        if not head["argdown"]:
            del head["argdown"]
    lines = [f"{flow(key)}: {flow(held)}" for key, held in head.items()]
    sources = {
        names.sources[item.id]: _source(item)
        for item in argmap.items
        if isinstance(item, Source) and item.id in names.sources
    }
    if sources:
        lines += ["sources:", *(f"  {flow(name)}: {flow(held)}" for name, held in sources.items())]
    left: dict[str, Any] = {
        "tags": list(argmap.tags),
        "items": [{"label": item.label.value, **item_record(item)} for item in items],
        "links": [link_record(link) for link in links],
        "extra": {key: held for key, held in argmap.extra.items() if key in FRONT_KEYS},
    }
    left = {key: held for key, held in left.items() if held}
    if not by_title or (not argmap.motion and default_motion(argmap.items, argmap.links)):
        left["motion"] = list(argmap.motion)
    if left:
        lines += ["argmap:", *(f"  {key}: {flow(held)}" for key, held in left.items())]
    return "\n".join(["===", *lines, "===", ""])


def written_sections(argmap: ArgumentMap) -> list[Mapping[str, Any]]:
    """The headings that the file has; none where they are not as a reader gives them."""
    own = argmap.extra.get("argdown")
    held = own.get("sections") if isinstance(own, Mapping) else None
    if not isinstance(held, (list, tuple)):
        return []
    return list(held) if all(map(_is_heading, held)) else []


def heading(section: Mapping[str, Any]) -> str:
    """The line of a heading."""
    data = section.get("data")
    title = section.get("typed") or escaped(section["title"])
    return f"{'#' * section['level']} {title}" + (f" {flow(data)}" if data else "")


def _is_heading(held: object) -> bool:
    return (
        isinstance(held, Mapping)
        and held.get("level") in (1, 2, 3, 4, 5, 6)
        and isinstance(title := held.get("title"), str)
        and bool(title)
        and fits(title)
    )


def _source(source: Source) -> dict[str, Any]:
    data: dict[str, Any] = {"title": source.title}
    if source.author:
        data["author"] = list(source.author)
    for key in SOURCE_WORDS:
        if getattr(source, key) is not None:
            data[key] = getattr(source, key)
    if source.text:
        data["text"] = source.text
    return data | dict(source.extra)


def _own(item: Item) -> Mapping[str, Any]:
    held = item.extra.get("argdown")
    return held if isinstance(held, Mapping) else {}


def is_argument(item: Item) -> bool:
    """Whether it was read as an <argument>."""
    return _own(item).get("kind") == "argument"


def _is_word(tag: str) -> bool:
    return bool(tag) and tag.isascii() and tag.replace("-", "").replace("_", "").isalnum()


def _is_phrase(tag: str) -> bool:
    return fits(tag) and 0 < len(tag) <= 300 and not set(tag) & set(")\\{}/<")


def _tags_in(text: str) -> set[str]:
    import re

    return {a or b for a, b in re.findall(r"(?<!\\)#(?:\(([^)\n]+)\)|([\w-]+))", text)}
