"""args.me's JSON: one argument after another, each a conclusion with premises for or against it.

A file holds hundreds of thousands of arguments, so they are taken one by one as the text comes off the
disk: what is in memory is the map, and a piece of the text.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NoReturn

from graph.draft import Key, MapDraft
from graph.errors import InputError, Problem
from graph.model import LinkKind
from ingest.reading import Reading, own_id

_SPACE = re.compile(r"[ \t\r\n\ufeff]*")


def read(path: Path, content: str, map_id: str | None) -> Reading:
    """The map: a claim for each conclusion, a claim for each premise, a source for each page."""
    return read_stream(path, iter((content,)), map_id)


def read_stream(path: Path, pieces: Iterator[str], map_id: str | None) -> Reading:
    """The same, of a text that comes piece by piece; only what is not yet taken apart is held."""
    file = _File(path, pieces)
    collection = _Collection(MapDraft(map_id or own_id(path), path.stem))
    problems = [
        Problem(str(path), wrong, path=f"arguments[{number}]")
        for number, argument in enumerate(file.arguments())
        if (wrong := collection.add(argument, number))
    ]
    problems += [
        Problem(str(path), f'one object has the key "{name}" twice', "Leave one of them out.", path=name)
        for name in file.doubled
    ]
    if problems:
        raise InputError(problems)
    return collection.reading(file.others)


class _File:
    """The text of a file, taken apart from its beginning to its end."""

    def __init__(self, path: Path, pieces: Iterator[str]) -> None:
        self.path = path
        self.others: dict[str, Any] = {}  # what the file says besides its arguments
        self.doubled: dict[str, None] = {}  # keys that stand twice in one object
        self._pieces = pieces
        self._held, self._place = "", 0  # the text at hand, and how far it is taken apart
        self._lines = self._columns = 0  # that are gone: whole lines, and what of the line begins with it
        self._decode = json.JSONDecoder(object_pairs_hook=self._mapping, parse_constant=_no_number).raw_decode

    def arguments(self) -> Iterator[Any]:
        """Each argument in turn; raises InputError where the text is no JSON or no file of args.me."""
        try:
            opener = self._next()
            if opener == "[":
                yield from self._each()
            elif opener == "{":
                yield from self._in_object()
            else:
                self._refuse('this is no file of args.me: it has to hold a list "arguments"')
            if self._next():
                raise self._wrong("Extra data")
        except json.JSONDecodeError as error:
            hint = "The file ends too early: is it whole?" if error.pos >= len(self._held.rstrip()) else ""
            column = error.colno + (self._columns if error.lineno == 1 else 0)
            what = f"this is not JSON: {error.msg}"
            raise InputError(
                Problem(str(self.path), what, hint, error.lineno + self._lines, column)
            ) from error
        except RecursionError as error:
            raise InputError(Problem(str(self.path), "lists and objects are nested too deeply")) from error
        except UnicodeDecodeError:
            raise  # of the piece that comes next, and not ours to explain
        except ValueError as error:  # a number of thousands of digits, NaN
            raise InputError(Problem(str(self.path), f"this is not JSON: {error}")) from error

    def _in_object(self) -> Iterator[Any]:
        found = False
        for _ in self._entries("}"):
            key = self._value()
            if not isinstance(key, str):
                raise self._wrong("Expecting a name in double quotes")
            if self._next() != ":":
                raise self._wrong("Expecting ':' delimiter")
            self._place += 1
            if key == "arguments":
                if found or self._next() != "[":
                    self._refuse('this is no file of args.me: it has to hold one list "arguments"')
                found = True
                yield from self._each()
            else:
                if key in self.others:
                    self.doubled[key] = None
                self.others[key] = self._value()
        if not found:
            self._refuse('this is no file of args.me: it has to hold a list "arguments"')

    def _each(self) -> Iterator[Any]:
        for _ in self._entries("]"):
            yield self._value()

    def _entries(self, end: str) -> Iterator[None]:
        """Stop at each entry of the list or object that opens here, and go past its end."""
        self._place += 1
        if self._next() != end:
            while True:
                yield
                if self._next() == end:
                    break
                if self._next() != ",":
                    raise self._wrong("Expecting ',' delimiter")
                self._place += 1
        self._place += 1

    def _value(self) -> Any:
        """The value that begins here; what a piece breaks off is read again with what follows."""
        self._next()
        while True:
            try:
                value, end = self._decode(self._held, self._place)
            except json.JSONDecodeError:
                if not self._more():
                    raise
                continue
            if end == len(self._held) and self._more():  # a number may go on
                continue
            self._place = end
            return value

    def _next(self) -> str:
        """The next character that is no white space; "" at the end."""
        while True:
            space = _SPACE.match(self._held, self._place)
            self._place = space.end() if space else self._place
            if self._place < len(self._held):
                return self._held[self._place]
            if not self._more():
                return ""

    def _more(self) -> bool:
        """Take in as much again as is held, so that a long value is not tried too often; False at the end."""
        gone, held = self._held[: self._place], self._held[self._place :]
        pieces = [held]
        wanted = len(held)
        while wanted >= 0 and (piece := next(self._pieces, "")):
            pieces.append(piece)
            wanted -= len(piece)
        if len(pieces) == 1:
            return False
        self._lines += gone.count("\n")
        self._columns = len(gone) - gone.rfind("\n") - 1 if "\n" in gone else self._columns + len(gone)
        self._held, self._place = "".join(pieces), 0
        return True

    def _mapping(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(pairs)
        if len(made) != len(pairs):
            counts = Counter(name for name, _ in pairs)
            self.doubled[next(name for name, count in counts.items() if count > 1)] = None
        return made

    def _wrong(self, what: str) -> json.JSONDecodeError:
        return json.JSONDecodeError(what, self._held, self._place)

    def _refuse(self, what: str) -> NoReturn:
        raise InputError(Problem(str(self.path), what))


class _Collection:
    """The arguments on their way into a draft."""

    def __init__(self, draft: MapDraft) -> None:
        self.draft = draft
        self.about: dict[str, str] = {}  # conclusion → key of its claim
        self.bare: list[Any] = []  # arguments without premises
        self.sources: dict[str, str] = {}  # page → title
        self.contexts: dict[tuple[tuple[str, Any], ...], dict[str, Any]] = {}
        self.texts: dict[str, str] = {}  # one copy of what all arguments of a debate repeat

    def add(self, argument: Any, number: int) -> str:
        """Add one argument; what is wrong with it, if anything is."""
        if not isinstance(argument, dict):
            return "an argument has to be an object"
        conclusion, premises = argument.get("conclusion"), argument.get("premises")
        if not isinstance(conclusion, str) or not conclusion.strip():
            return "it has no conclusion"
        if not isinstance(premises, list):
            return "its premises have to be a list"
        about = self.about.get(conclusion)
        if about is None:
            about = self.about[conclusion] = f"c {len(self.about)}"
            self.draft.claim(about, text=conclusion)
        if not premises:
            self.bare.append(argument)
        own = argument.get("id")
        for place, premise in enumerate(premises):
            if not isinstance(premise, dict) or not isinstance(premise.get("text"), str):
                return f"premises[{place}] has no text"
            stance = premise.get("stance")
            if stance not in ("PRO", "CON"):
                return f"premises[{place}] is neither PRO nor CON"
            key: Key = (
                number if place == 0 else f"{number} {place}"
            )  # most have one premise, and numbers are small
            slug = (own if place == 0 else f"{own}-{place}") if isinstance(own, str) and own else ""
            rest = self._rest(premise, ("text", "stance"))
            self.draft.claim(key, text=premise["text"], slug=slug)
            (self.draft.support if stance == "PRO" else self.draft.attack)(key, about)
            said = self._cite(key, argument.get("context"))
            if place == 0:
                rest |= self._rest(argument, ("conclusion", "premises", *said))
                context = argument.get("context")
                if said and isinstance(context, dict):
                    held = self._shared(self._rest(context, said))
                    rest |= {"context": held} if held else {}
            if rest:
                self.draft.update(key, extra={"argsme": rest})
        return ""

    def _cite(self, key: Key, context: object) -> tuple[str, ...]:
        """Link the page that a premise is from; the names of what its source says of the context."""
        url = context.get("sourceUrl") if isinstance(context, dict) else None
        if not isinstance(context, dict) or not isinstance(url, str) or not url:
            return ()
        named = [n for n in ("sourceTitle", "discussionTitle") if isinstance(context.get(n), str)]
        if url not in self.sources:
            self.sources[url] = next((context[n] for n in named if context[n]), url)
            self.draft.source(("source", url), title=self.sources[url])
            self.draft.update(("source", url), url=url)
        self.draft.link(LinkKind.CITES, key, ("source", url))
        return ("context", "sourceUrl", *(n for n in named if context[n] == self.sources[url]))

    def _rest(self, held: Mapping[str, Any], said: tuple[str, ...]) -> dict[str, Any]:
        """What else an object says; empty values say nothing."""
        return {
            sys.intern(name): self.texts.setdefault(value, value) if isinstance(value, str) else value
            for name, value in held.items()
            if name not in said and value not in (None, "", [], {})
        }

    def _shared(self, context: dict[str, Any]) -> dict[str, Any]:
        """The same context as before, where all arguments of a debate have it."""
        if not all(isinstance(held, str) for held in context.values()):
            return context  # 1 and true are the same key, and not the same
        return self.contexts.setdefault(tuple(context.items()), context)

    def reading(self, others: Mapping[str, Any]) -> Reading:
        """The map, with what has no place in it in its `extra`."""
        kept: dict[str, object] = {"document": dict(others)} if others else {}
        kept |= {"arguments": self.bare} if self.bare else {}
        self.texts.clear()
        self.contexts.clear()
        argmap = self.draft.finish(
            motion=self.about.values(), format="argsme", extra={"argsme": kept} if kept else {}
        )
        return Reading(argmap)


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number of JSON")
