"""A parsed document as an argument map, in the profile of docs/argdown.md."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from graph.draft import Key, MapDraft
from graph.errors import Problem
from graph.model import ArgumentMap, DatePrecision, LinkKind, Polarity, Side
from graph.wording import nearest
from ingest.argdown.inline import merge
from ingest.argdown.syntax import Document, Kind, Member, Reconstruction, Relation, Step
from ingest.argdown.text import Text

_KNOWN = frozenset(
    [
        "source",
        "at",
        "heldBy",
        "reportedBy",
        "side",
        "speech",
        "kind",
        "granted",
        "strength",
        "turn",
        "team",
        "quote",
        "cite",
        "title",
        "id",
    ]
)
_FRONT = frozenset({"title", "id", "motion", "sources", "debateFormat"})


@dataclass(slots=True)
class _Thing:
    """All members of one title, or one anonymous member."""

    key: Key
    kind: Kind
    title: str
    offset: int
    members: list[Member] = field(default_factory=list)
    data: dict[str, Any] = field(default_factory=dict)
    tags: list[str] = field(default_factory=list)
    steps: list[Key] = field(default_factory=list)  # the inferences of its structure
    conclusion: Key | None = None


class _Builder:
    def __init__(self, document: Document, text: Text, map_id: str) -> None:
        self.document, self.text = document, text
        self.things: dict[Key, _Thing] = {}
        self.warnings: list[Problem] = []
        self.sources: dict[str, Key] = {}
        self.step_of: dict[int, Key] = {}  # by id() of the line that states the step
        front = document.frontmatter
        self.draft = MapDraft(map_id, str(front.get("title") or ""))

    def problem(self, offset: int, what: str, hint: str = "") -> None:
        self.text.problem(offset, what, hint)

    # -- which titles are one thing ------------------------------------------------------------

    def thing(self, member: Member) -> _Thing:
        key: Key = (member.kind, member.title) if member.title is not None else ("anonymous", member.offset)
        found = self.things.get(key)
        if found is None:
            found = self.things[key] = _Thing(key, member.kind, member.title or "", member.offset)
        if not any(held is member for held in found.members):
            found.members.append(member)
            merge(found.data, member.data)
            found.tags += [tag for tag in member.tags if tag not in found.tags]
        return found

    def collect(self) -> None:
        """Every member becomes part of its thing, in reading order; structures get their argument's."""
        for top in self.tops:
            if isinstance(top, Member):
                self._collect(top)
                continue
            thing = self.structured(top)
            if thing.structure is not None:
                self.problem(
                    top.offset,
                    f'a second premise-conclusion structure for "{thing.title}"',
                    "Give the second one an <argument> of its own.",
                )
            thing.structure = top
            for line in top.lines:
                if isinstance(line, Member):
                    self._collect(line)
                else:
                    for relation in line.relations:
                        self._collect(relation.member)

    def structured(self, structure: Reconstruction) -> _Thing:
        """The argument that a structure belongs to; one of its own where none stands above it."""
        member = structure.argument or Member(Kind.ARGUMENT, structure.offset)
        if structure.argument is None:
            structure.argument = member
        return self.thing(member)

    def _collect(self, top: Member) -> None:
        stack = [top]
        while stack:
            member = stack.pop()
            self.thing(member)
            stack.extend(relation.member for relation in reversed(member.relations))

    # -- items ---------------------------------------------------------------------------------

    def add_items(self) -> None:
        for thing in self.things.values():
            if thing.structure is None:
                self._add(thing)
            else:
                self._add_steps(thing, thing.structure)

    def _add_steps(self, thing: _Thing, structure: Reconstruction) -> None:
        """The inferences of a structure; the last of them is the argument itself."""
        steps = [line for line in structure.lines if isinstance(line, Step)]
        for number, step in enumerate(steps, 1):
            last = number == len(steps)
            key: Key = thing.key if last else ("step", structure.offset, number)
            self.step_of[id(step)] = key
            extra = dict(step.data)
            if last:
                extra = {**self._extra(thing), **extra}
            else:
                extra["argdown"] = {"argument": thing.title, "step": number}
            title = thing.title or "Argument"
            self.draft.inference(
                key,
                title=self._title(thing) if last else f"{title}, step {number}",
                text=self._text(thing) if last else "",
                tags=self._tags(thing) if last else (),
                namespace="argument",
                slug=_string(thing.data.get("id") or "") if last else "",
                rules=tuple(step.rules),
                scheme=step.rules[0] if step.rules else None,
                extra=extra,
            )
            if last:
                self._cite(thing.key, thing.data, thing.offset)
        conclusion = structure.lines[-1]
        if steps and isinstance(conclusion, Member):
            thing.conclusion = self.thing(conclusion).key

    def _title(self, thing: _Thing) -> str:
        return _string(thing.data.get("title") or thing.title)

    def _tags(self, thing: _Thing) -> tuple[str, ...]:
        stated = thing.data.get("tags")
        return tuple(_strings(stated) if stated is not None else thing.tags)

    def _extra(self, thing: _Thing) -> dict[str, Any]:
        """What the schema has no place for, and what writing Argdown again needs."""
        extra = {key: value for key, value in thing.data.items() if key not in _KNOWN}
        own: dict[str, Any] = {}
        if thing.kind is Kind.ARGUMENT and thing.structure is None:
            own["kind"] = "argument"
        said = self._canonical(thing)
        if said is not None and any(r.kind in ("bold", "italic", "link") for r in said.ranges):
            own["text"] = said.source
        if own:
            extra["argdown"] = own
        return extra

    def _canonical(self, thing: _Thing) -> Member | None:
        """The member that says what the thing says: the one marked so, else the last that says anything."""
        said = [member for member in thing.members if not member.reference]
        marked = [member for member in said if member.data.get("isCanonical") is True]
        return (marked or said or [None])[-1]

    def _text(self, thing: _Thing) -> str:
        if (text := thing.data.get("text")) is not None:
            return _string(text)
        said = self._canonical(thing)
        return "" if said is None else _shown(said)

    def _add(self, thing: _Thing) -> None:
        values = self._values(thing)
        evidence = (
            any(key in thing.data for key in ("quote", "cite"))
            or "evidence" in thing.tags
            or thing.data.get("evidence") is True
        )
        add = self.draft.evidence if evidence else self.draft.claim
        if evidence:
            values |= {k: _string(thing.data[k]) for k in ("quote", "cite") if thing.data.get(k) is not None}
            for key in ("team", "granted", "turn"):
                if values.pop(key, None) is not None:
                    values.setdefault("extra", {})[key] = thing.data[key]
        add(
            thing.key,
            title=str(thing.data.get("title") or thing.title),
            text=self._text(thing),
            tags=tuple(thing.tags),
            namespace=thing.kind.value,
            slug=_string(thing.data.get("id") or ""),
            **values,
        )
        if not any(not m.reference for m in thing.members):
            known = [
                t.title for t in self.things.values() if t.title and any(not m.reference for m in t.members)
            ]
            close = nearest(thing.title, known)
            shown = f"[{thing.title}]" if thing.kind is Kind.STATEMENT else f"<{thing.title}>"
            hint = f'Did you mean "{close[0]}"?' if close else f"Write {shown}: and what it says."
            self.warnings.append(
                self.text.at(thing.offset, f'"{thing.title}" is referred to and never given a text', hint)
            )
        self._cite(thing.key, thing.data, thing.offset)

    def _values(self, thing: _Thing) -> dict[str, Any]:
        data = thing.data
        values: dict[str, Any] = {}
        if (side := data.get("side")) is not None:
            try:
                values["side"], values["side_stated"] = Side(str(side)), True
            except ValueError:
                self.problem(thing.offset, f'side "{side}"', "Write side: pro, con, both or unknown.")
        for key in ("speech", "kind", "team"):
            if data.get(key) is not None:
                values[key] = _string(data[key])
        for key in ("granted", "turn"):
            if data.get(key) is not None:
                if isinstance(data[key], bool):
                    values[key] = data[key]
                else:
                    self.problem(thing.offset, f'{key} "{data[key]}"', f"Write {key}: true or {key}: false.")
        if (strength := data.get("strength")) is not None:
            if isinstance(strength, (int, float)) and not isinstance(strength, bool) and 0 <= strength <= 1:
                values["strength"] = float(strength)
            else:
                self.problem(thing.offset, f'strength "{strength}"', "Write a number from 0 to 1.")
        extra = {key: value for key, value in data.items() if key not in _KNOWN}
        if extra:
            values["extra"] = extra
        return values

    # -- sources and people --------------------------------------------------------------------

    def add_sources(self) -> None:
        listed = self.document.frontmatter.get("sources") or {}
        if not isinstance(listed, dict):
            self.problem(
                0,
                "sources is not a list of keys",
                "Write sources: and below it  key: {title: …, author: […]}.",
            )
            return
        for key, value in listed.items():
            self.sources[key] = self._source(key, value if isinstance(value, dict) else {"title": value})

    def _source(self, name: str, value: dict[str, Any]) -> Key:
        key: Key = ("source", name)
        date = None if value.get("date") is None else _string(value["date"])
        known = {"title", "author", "publisher", "date", "url", "accessed", "qualifications"}
        self.draft.source(
            key,
            title=_string(value.get("title") or name),
            slug=name,
            author=tuple(_strings(value.get("author"))),
            date=date,
            date_precision=_precision(date),
            extra={k: v for k, v in value.items() if k not in known},
            **{
                k: _string(value[k])
                for k in ("publisher", "url", "accessed", "qualifications")
                if value.get(k) is not None
            },
        )
        return key

    def _cite(self, key: Key, data: dict[str, Any], offset: int) -> None:
        named = data.get("source")
        named = [] if named is None else named if isinstance(named, list) else [named]
        places = data.get("at")
        places = places if isinstance(places, list) else [places] * max(len(named), 1)
        authors: list[str] = []
        for index, source in enumerate(named):
            found = self._found_source(source, offset)
            if found is None:
                continue
            at = places[index] if index < len(places) else None
            self.draft.link(LinkKind.CITES, key, found, locator=None if at is None else _string(at))
            authors += [a for a in self._authors(source) if a not in authors]
        holders = _strings(data.get("heldBy"))
        for name in holders:
            self.draft.link(LinkKind.ASSERTED_BY, key, self.draft.person(name))
        reporters = _strings(data.get("reportedBy"))
        if not reporters and holders and not set(holders) & set(authors):
            reporters = authors
        for name in reporters:
            self.draft.link(LinkKind.REPORTED_BY, key, self.draft.person(name))

    def _authors(self, source: object) -> list[str]:
        if isinstance(source, dict):
            return _strings(source.get("author"))
        listed = self.document.frontmatter.get("sources")
        value = listed.get(str(source)) if isinstance(listed, dict) else None
        return _strings(value.get("author")) if isinstance(value, dict) else []

    def _found_source(self, source: object, offset: int) -> Key | None:
        if isinstance(source, dict):
            name = _string(source.get("title") or "source")
            if name not in self.sources:
                self.sources[name] = self._source(name, source)
            return self.sources[name]
        name = _string(source)
        if name not in self.sources:
            close = nearest(name, list(self.sources))
            hint = f'Did you mean "{close[0]}"?' if close else "List it under sources: in the frontmatter."
            self.problem(offset, f'source "{name}" is not among the sources', hint)
            return None
        return self.sources[name]

    # -- structures and relations ----------------------------------------------------------------

    def add_structures(self) -> None:
        for structure in self.document.reconstructions:
            thing = self.thing(structure.argument) if structure.argument is not None else None
            self._structure(structure, thing)

    def _structure(self, structure: Reconstruction, thing: _Thing | None) -> None:
        premises: list[Key] = []
        steps = [line for line in structure.lines if isinstance(line, Step)]
        pending: tuple[Step, Key] | None = None
        count = 0
        for line in structure.lines:
            if isinstance(line, Step):
                count += 1
                last = line is steps[-1]
                key: Key = thing.key if thing is not None and last else ("step", structure.offset, count)
                title = thing.title if thing is not None else "Step"
                values: dict[str, Any] = {"extra": dict(line.data)} if line.data else {}
                if last and thing is not None:
                    held = self._values(thing).get("extra", {})
                    values = {"extra": {**held, **line.data}} if held or line.data else {}
                self.draft.inference(
                    key,
                    title=title if last else f"{title} ({count})",
                    text=self._text(thing) if thing is not None and last else "",
                    tags=tuple(thing.tags) if thing is not None and last else (),
                    namespace="argument",
                    rules=tuple(line.rules),
                    scheme=line.rules[0] if line.rules else None,
                    polarity=Polarity.SUPPORTS,
                    **values,
                )
                if last and thing is not None:
                    self._cite(thing.key, thing.data, thing.offset)
                if thing is not None:
                    thing.steps.append(key)
                for premise in premises:
                    self.draft.link(LinkKind.PREMISE_OF, premise, key)
                pending = (line, key)
                continue
            statement = self.thing(line).key
            if pending is not None:
                self.draft.link(LinkKind.CONCLUDES, pending[1], statement)
                for premise in premises:
                    self.draft.link(LinkKind.SUPPORTS, premise, statement, via=pending[1])
                if thing is not None:
                    thing.conclusion = statement
                self.step_of[id(line)] = pending[1]
                self.step_of[id(pending[0])] = pending[1]
                premises = []
                pending = None
            premises.append(statement)

    def add_relations(self) -> None:
        for member in self.document.members:
            self._relations(member, self.thing(member).key)
        for structure in self.document.reconstructions:
            for line in structure.lines:
                if isinstance(line, Member):
                    self._relations(line, self.thing(line).key)
                elif id(line) in self.step_of:
                    self._below(line.relations, self.step_of[id(line)], None)

    def _relations(self, top: Member, key: Key) -> None:
        self._below(top.relations, key, self.step_of.get(id(top)))

    def _below(self, relations: Iterable[Relation], key: Key, step: Key | None) -> None:
        """The links that relation lines below an item mean; `step` is undercut below a conclusion."""
        stack = [(relation, key, step) for relation in reversed(list(relations))]
        while stack:
            relation, parent, below_step = stack.pop()
            child = self.thing(relation.member)
            symbol = relation.symbol
            start, end = (parent, child.key) if symbol in ("+>", "->", "_>") else (child.key, parent)
            if symbol in ("_", "<_") and below_step is not None:
                end = below_step
            start = self._speaker(start)
            if symbol == "><":
                self.draft.contradict(start, end)
            elif "_" in symbol:
                self.draft.undercut(start, end)
            elif "+" in symbol:
                self.draft.support(start, end)
            else:
                self.draft.attack(start, end)
            stack.extend(
                (r, child.key, self.step_of.get(id(relation.member)))
                for r in reversed(relation.member.relations)
            )

    def _speaker(self, key: Key) -> Key:
        """What speaks for an argument: its main conclusion, where it has a structure."""
        thing = self.things.get(key)
        return thing.conclusion if thing is not None and thing.conclusion is not None else key


def built(document: Document, text: Text, map_id: str, **values: Any) -> tuple[ArgumentMap, list[Problem]]:
    """The map that a document says, and warnings. Errors are noted in `text`."""
    builder = _Builder(document, text, map_id)
    builder.collect()
    builder.add_sources()
    builder.add_items()
    builder.add_structures()
    builder.add_relations()
    motion = []
    for name in _strings(document.frontmatter.get("motion")):
        key = next((k for k in ((Kind.STATEMENT, name), (Kind.ARGUMENT, name)) if k in builder.things), None)
        if key is None:
            close = nearest(name, [t.title for t in builder.things.values() if t.title])
            builder.problem(
                0,
                f'the motion "{name}" is no title in this file',
                f'Did you mean "{close[0]}"?' if close else "Name the title of a statement.",
            )
        else:
            motion.append(key)
    extra = {k: v for k, v in document.frontmatter.items() if k not in _FRONT}
    if text.problems:
        return ArgumentMap(id=map_id, title=""), builder.warnings
    debate_format = document.frontmatter.get("debateFormat")
    argmap = builder.draft.finish(
        motion=motion,
        extra=extra,
        debate_format=None if debate_format is None else str(debate_format),
        **values,
    )
    return argmap, builder.warnings


def _shown(member: Member) -> str:
    """The text without the tags at its end, which the item's `tags` hold."""
    text = member.text
    for mark in sorted((r for r in member.ranges if r.kind == "tag"), key=lambda r: -r.stop):
        if mark.stop != len(text.rstrip()):
            break
        text = text[: mark.start].rstrip()
    return text


def _string(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _strings(value: object) -> list[str]:
    if value is None:
        return []
    return [_string(held) for held in value] if isinstance(value, list) else [_string(value)]


def _precision(date: str | None) -> DatePrecision:
    for pattern, precision in (
        (r"\d{4}-\d\d-\d\d.*", DatePrecision.DAY),
        (r"\d{4}-\d\d", DatePrecision.MONTH),
        (r"\d{4}", DatePrecision.YEAR),
    ):
        if date is not None and re.fullmatch(pattern, date):
            return precision
    return DatePrecision.NONE
