"""args.me's JSON: one argument after another, each a conclusion with premises for or against it.

A file holds hundreds of thousands of arguments, so they are taken one by one: the text and the map are
in memory, and never all of its values as well.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from graph.draft import MapDraft
from graph.errors import InputError, Problem
from graph.model import LinkKind
from ingest.reading import Reading, own_id

_SAID = ("sourceUrl", "sourceTitle", "discussionTitle")  # what the source of a premise says
_SPACE = re.compile(r"[\s,]*")
_ARGUMENTS = re.compile(
    r'\s*(?:\{(?:\s*"(?:[^"\\]|\\.)*"\s*:\s*(?:"(?:[^"\\]|\\.)*"|[\d.eE+-]+|true|false|null)\s*,)*\s*"arguments"\s*:\s*)?\['
)


def read(path: Path, content: str, map_id: str | None) -> Reading:
    """The map: a claim for each conclusion, a claim for each premise, a source for each page."""
    start = _ARGUMENTS.match(content)
    if start is None:
        what = 'this is no file of args.me: it has to hold a list "arguments"'
        raise InputError(Problem(str(path), what))
    draft = MapDraft(map_id or own_id(path), path.stem)
    problems: list[Problem] = []
    motion: dict[str, str] = {}
    for number, argument in enumerate(_each(path, content, start.end())):
        wrong = _add(draft, argument, number, motion)
        if wrong:
            problems.append(Problem(str(path), wrong, path=f"arguments[{number}]"))
    if problems:
        raise InputError(problems)
    return Reading(draft.finish(motion=motion.values(), format="argsme"))


def _each(path: Path, content: str, place: int) -> Iterator[Any]:
    decode = json.JSONDecoder().raw_decode
    try:
        while True:
            place = _SPACE.match(content, place).end()  # type: ignore[union-attr]  # it matches nothing at all
            if content[place : place + 1] == "]":
                return
            value, place = decode(content, place)
            yield value
    except json.JSONDecodeError as error:
        hint = "The file ends too early: is it whole?" if error.pos >= len(content.rstrip()) else ""
        problem = Problem(str(path), f"this is not JSON: {error.msg}", hint, error.lineno, error.colno)
        raise InputError(problem) from error
    except RecursionError as error:
        raise InputError(Problem(str(path), "lists and objects are nested too deeply")) from error
    except ValueError as error:
        raise InputError(Problem(str(path), f"this is not JSON: {error}")) from error


def _add(draft: MapDraft, argument: Any, number: int, motion: dict[str, str]) -> str:
    """Add one argument; what is wrong with it, if anything is."""
    if not isinstance(argument, dict):
        return "an argument has to be an object"
    conclusion, premises = argument.get("conclusion"), argument.get("premises")
    if not isinstance(conclusion, str) or not conclusion.strip():
        return "it has no conclusion"
    if not isinstance(premises, list):
        return "its premises have to be a list"
    about = motion.get(conclusion)
    if about is None:
        about = motion[conclusion] = f"c {len(motion)}"
        draft.claim(about, text=conclusion)
    context = argument.get("context")
    context = context if isinstance(context, dict) else {}
    own = argument.get("id")
    for place, premise in enumerate(premises):
        if not isinstance(premise, dict) or not isinstance(premise.get("text"), str):
            return f"premises[{place}] has no text"
        stance = premise.get("stance")
        if stance not in ("PRO", "CON"):
            return f"premises[{place}] is neither PRO nor CON"
        key = f"p {number} {place}"
        slug = (own if place == 0 else f"{own}-{place}") if isinstance(own, str) and own else ""
        rest = {name: held for name, held in premise.items() if name not in ("text", "stance") and held}
        if place == 0:
            rest |= {"id": own} if own else {}
            said = {name: held for name, held in context.items() if name not in _SAID and held}
            rest |= {"context": said} if said else {}
        draft.claim(key, text=premise["text"], slug=slug)
        if rest:
            draft.update(key, extra={"argsme": rest})
        (draft.support if stance == "PRO" else draft.attack)(key, about)
        _cite(draft, key, context)
    return ""


def _cite(draft: MapDraft, key: str, context: dict[str, Any]) -> None:
    url = context.get("sourceUrl")
    if isinstance(url, str) and url:
        source = ("source", url)
        if source not in draft:
            title = next(
                (context[n] for n in ("sourceTitle", "discussionTitle") if isinstance(context.get(n), str)),
                "",
            )
            draft.source(source, title=title or url)
            draft.update(source, url=url)
        draft.link(LinkKind.CITES, key, source)
