"""A parsed document as an argument map, in the profile of docs/argdown.md."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from graph.draft import Key, MapDraft
from graph.errors import Problem
from graph.export.argdown_keys import FRONT_KEYS
from graph.model import ArgumentMap, LinkKind
from graph.wording import nearest
from ingest.argdown.citing import Sources, string, strings
from ingest.argdown.fields import extra, is_evidence, tags, text_of, title, values
from ingest.argdown.leftover import LeftoverError, with_leftovers
from ingest.argdown.syntax import Document, Kind, Member, Reconstruction, Relation, Step
from ingest.argdown.text import Text
from ingest.argdown.things import Thing, Things

_MOST_HINTS = 50
_SUPPORTS = LinkKind.SUPPORTS  # quicker to get at
_UPWARDS = frozenset({"+>", "->", "_>"})  # from what stands above to what stands below
_NAMESPACE = {Kind.STATEMENT: "", Kind.ARGUMENT: "argument"}


def built(
    document: Document, text: Text, map_id: str, **about: Any
) -> tuple[ArgumentMap | None, list[Problem]]:
    """The map that a document says, and warnings; None where `text` has problems.

    `about` are fields of `ArgumentMap`: format, file, sha256.
    """
    front = document.frontmatter
    builder = _Builder(document, text, MapDraft(map_id, string(front.get("title") or "")))
    builder.add_items()
    builder.add_links()
    motion = builder.motion(front)
    if text.problems:
        return None, builder.warnings
    kept = {key: value for key, value in front.items() if key not in FRONT_KEYS}
    if document.headings:
        kept["argdown"] = {
            "sections": [
                {"level": h.level, "title": h.title}
                | ({"typed": h.typed} if h.typed else {})
                | ({"tags": h.tags} if h.tags else {})
                | ({"data": h.data} if h.data else {})
                for h in document.headings
            ]
        }
    debate_format = front.get("debateFormat")
    argmap = builder.draft.finish(
        motion=motion,
        text="" if front.get("abstract") is None else string(front["abstract"]),
        extra=kept,
        debate_format=None if debate_format is None else string(debate_format),
        **about,
    )
    if "title" in front:  # even an empty one
        argmap = replace(argmap, title=string(front["title"]))
    if "argmap" in front:
        try:
            argmap = with_leftovers(
                argmap, front["argmap"], string(front.get("id") or map_id), motion_stated="motion" in front
            )
        except LeftoverError as error:
            what = f"argmap: cannot be read: {error}"
            text.problem(
                text.front.get("argmap", 0), what, "It is argmap's own: take it out, or export again."
            )
            return None, builder.warnings
    return argmap, builder.warnings


class _Builder:
    def __init__(self, document: Document, text: Text, draft: MapDraft) -> None:
        self.document, self.text, self.draft = document, text, draft
        self.things = Things(document, text)
        self.sources = Sources(draft, text, document.frontmatter.get("sources"))
        self.warnings: list[Problem] = []
        self.step_of: dict[int, Key] = {}  # by id() of the line that states the step, or concludes it
        self.steps: set[Key] = set()
        self.speakers = {thing.key: thing.conclusion for thing in self.things if thing.conclusion is not None}

    def add_items(self) -> None:
        draft = self.draft
        for thing in self.things:
            said = thing.said
            if thing.structure is not None:
                self._add_steps(thing, thing.structure, said)
                continue
            add = draft.evidence if is_evidence(thing) else draft.claim
            if thing.data:
                add(thing.key, **self._named(thing, said), **values(thing, said, self.text))
                self.sources.cite(thing)
            else:
                add(
                    thing.key,
                    title=thing.title,
                    text=text_of(thing, said),
                    tags=tuple(thing.tags),
                    namespace=_NAMESPACE[thing.kind],
                    extra=extra(thing, said),
                )
            if said is None or len(thing.members) > 1:
                self._warn_of_texts(thing, said)

    def _named(self, thing: Thing, said: Member | None) -> dict[str, Any]:
        return {
            "title": title(thing),
            "text": text_of(thing, said),
            "tags": tags(thing),
            "namespace": _NAMESPACE[thing.kind],
            "slug": string(thing.data["id"] or "") if thing.data and "id" in thing.data else "",
        }

    def _add_steps(self, thing: Thing, structure: Reconstruction, said: Member | None) -> None:
        """The inferences of a structure; the last of them is the argument itself."""
        steps = [line for line in structure.lines if isinstance(line, Step)]
        for number, step in enumerate(steps, 1):
            last = number == len(steps)
            key: Key = thing.key if last else ("step", structure.offset, number)
            self.step_of[id(step)] = key
            self.steps.add(key)
            if last:
                named = self._named(thing, said)
                kept = extra(thing, said) | step.data
            else:
                named = {"title": f"{thing.title or 'Argument'}, step {number}", "namespace": "argument"}
                kept = {**step.data, "argdown": {"argument": thing.title, "step": number}}
            strict = thing.data.get("strict") if last else None
            self.draft.inference(
                key,
                **named,
                rules=tuple(step.rules),
                scheme=step.rules[0] if step.rules else None,
                strict=strict if isinstance(strict, bool) else None,
                extra=kept,
            )
            if last:
                self.sources.cite(thing)

    def _warn_of_texts(self, thing: Thing, said: Member | None) -> None:
        """A title with no text, or with several, is allowed, and often a slip."""
        if said is not None:
            other = thing.reworded
            if other is not None:
                self.warnings.append(
                    self.text.at(
                        other.offset,
                        f"{thing.shown} is given another text than before",
                        "The last one holds; {isCanonical: true} makes another hold.",
                    )
                )
            return
        # Looking for what is alike takes time with each title, and after some nobody reads on.
        close = nearest(thing.title, self.things.titles()) if len(self.warnings) < _MOST_HINTS else []
        hint = f'Did you mean "{close[0]}"?' if close else f"Write {thing.shown}: and what it says."
        what = f"{thing.shown} is referred to and never given a text"
        self.warnings.append(self.text.at(thing.offset, what, hint))

    def motion(self, front: Mapping[str, Any]) -> list[Key]:
        """The keys of the motions that the frontmatter names."""
        found: list[Key] = []
        for name in strings(front.get("motion")):
            thing = self.things.titled(name)
            if thing is not None:
                found.append(thing.key)
                continue
            close = nearest(name, self.things.titles())
            hint = f'Did you mean "{close[0]}"?' if close else "Name the title of a statement."
            self.text.problem(
                self.text.front.get("motion", 0), f'the motion "{name}" is no title in this map', hint
            )
        return found

    def add_links(self) -> None:
        for top in self.document.tops:
            if isinstance(top, Member):
                if top.relations:
                    self._below(top.relations, top.key, self.step_of.get(id(top)))
                continue
            self._structure(top)
            for line in top.lines:
                if isinstance(line, Member):
                    self._below(line.relations, line.key, self.step_of.get(id(line)))
                elif id(line) in self.step_of:
                    self._below(line.relations, self.step_of[id(line)], None)

    def _structure(self, structure: Reconstruction) -> None:
        premises: list[Key] = []
        step: Key | None = None
        for line in structure.lines:
            if isinstance(line, Step):
                step = self.step_of.get(id(line))
                continue
            statement = line.key
            if step is not None:
                for premise in premises:
                    self.draft.link(LinkKind.PREMISE_OF, premise, step)
                self.draft.link(LinkKind.CONCLUDES, step, statement)
                for premise in premises:
                    self.draft.link(LinkKind.SUPPORTS, premise, statement, via=step)
                self.step_of[id(line)] = step
                premises, step = [], None
            premises.append(statement)

    def _below(self, relations: Iterable[Relation], key: Key, step: Key | None) -> None:
        """What the relation lines below an item mean.

        `step` is what an undercut written below a conclusion hits: the step to it.
        """
        stack = [(relation, key, step) for relation in reversed(list(relations))]
        while stack:
            relation, parent, step_above = stack.pop()
            symbol, child = relation.symbol, relation.member.key
            if symbol in _UPWARDS:
                self._relate(symbol, parent, child)
            elif step_above is not None and "_" in symbol:
                self._relate(symbol, child, step_above)
            else:
                self._relate(symbol, child, parent)
            if below := relation.member.relations:
                stack += [(one, child, None) for one in reversed(below)]

    def _relate(self, symbol: str, start: Key, end: Key) -> None:
        # For an argument with a structure its main conclusion speaks; a step speaks for itself.
        start = self.speakers.get(start, start)
        if "_" in symbol:
            self.draft.undercut(start, end)
        elif "+" in symbol:
            self.draft.link(_SUPPORTS, start, end)
        elif symbol == "><":
            self.draft.contradict(start, end)
        else:
            on_step = {"argdown": {"symbol": "-"}} if end in self.steps else None
            self.draft.attack(start, end, extra=on_step)
