"""The lines that most maps are made of, each read whole by one pattern; what it leaves is for blocks.py.

    [Title]: Words. #tag {key: word}
      + <Title>: Words.
        - Words.

Nothing is noted as wrong here: a block that holds a mistake, or anything else, is not read at all.
"""

from __future__ import annotations

import re

from ingest.argdown.data import DataError, parsed
from ingest.argdown.relations import SYMBOL, Stack, nest
from ingest.argdown.syntax import Kind, Member, Range, Reconstruction, Relation, Step
from ingest.argdown.text import Text

_PLAIN = r"[^\\\[\]<@#{*_.:\n\0 \t]"
WORDS = rf"(?:{_PLAIN}++|[.:](?!\S)| (?={_PLAIN}))++"
"""Words with single spaces between them; points and colons only where they can begin no short code."""

_TITLE = r"\[[^\]\n\0{]{1,500}\]|<(?![\s>+\-_])[^>\n\0{]{1,500}>"
# Its groups are title, colon, text, the tags at the end of the text, and data.
_MEMBER = (
    rf"[ \t]*+(?:({_TITLE})(?:(:)|(?=[ \t]*+(?:[\n{{]|\Z)))[ \t]*+)?"
    rf"({WORDS}((?: #[\w\-]++)*+))?+[ \t]*+(\{{[^{{}}\"'\n\0\\]*+\}})?+[ \t]*+"
)
_ALONE = re.compile(rf"()(){_MEMBER}")
# What begins with a letter is no heading, no list and no structure.
_FIRST = re.compile(rf"(?:[ \t]*+\n)*+()()(?=[ \t]*+(?:[\[<]|[^\W\d_])){_MEMBER}(?:\n|\Z)")
_BELOW = re.compile(rf"([ \t]++)({SYMBOL}){_MEMBER}(?:\n|\Z)")
_PREMISE = re.compile(r"(?:[ \t]*+\n)*+[ \t]*+(?=\(\d+\))")
_PART = re.compile(rf"([ \t]*+)({SYMBOL}|\(\d+\)){_MEMBER}(?:\n|\Z)")
_NAME = r"[^\\\[\]<@#{*_.:,\n\0 \t\-]++"
_STEP = re.compile(rf"[ \t]*+(-{{4,}}+|--[ \t]++({_NAME}(?: {_NAME})*+)[ \t]++--)[ \t]*+\n")
_EMPTY = re.compile(r"[ \t]*+(?:\n|\Z)")


def usual_block(text: Text, at: int, section: int | None) -> tuple[Member, int] | None:
    """The statement or argument at an offset with its relations, and where the next block may begin.

    None where the block is not as most are.
    """
    chars = text.chars
    found = _FIRST.match(chars, at)
    if found is None or (top := _member(found, section)) is None:
        return None
    stack: Stack = [(-1, top)]
    at = found.end()
    while found := _BELOW.match(chars, at):
        member = _member(found, section)
        indent, symbol = found.group(1, 2)
        if member is None or _is_wrong(symbol, member):
            return None
        nest(stack, Relation(symbol, found.start(2), member), len(indent))
        at = found.end()
    end = _EMPTY.match(chars, at)
    return (top, end.end()) if end else None


def usual_structure(
    text: Text, at: int, argument: Member | None, section: int | None
) -> tuple[Reconstruction, int] | None:
    """The premise-conclusion structure at an offset, and where the next block may begin; else None."""
    chars = text.chars
    begins = _PREMISE.match(chars, at)
    if begins is None:
        return None
    at = begins.end()
    structure = Reconstruction(at, argument, section)
    stack: Stack = []
    while not (end := _EMPTY.match(chars, at)):
        if step := _STEP.match(chars, at):
            line: Member | Step = Step(step.start(1), [name] if (name := step.group(2)) else [])
            at = step.end()
        elif found := _PART.match(chars, at):
            at = found.end()
            indent, sign = found.group(1, 2)
            member = _member(found, section)
            if member is None or (member.kind is _ARGUMENT and sign[0] == "(") or _is_wrong(sign, member):
                return None
            if sign[0] != "(":
                nest(stack, Relation(sign, found.start(2), member), len(indent))
                continue
            line = member
        else:
            return None
        structure.lines.append(line)
        stack = [(-1, line)]
    lines = structure.lines
    if isinstance(lines[-1], Step) or not any(isinstance(line, Step) for line in lines):
        return None
    return structure, end.end()


def usual_member(text: Text, start: int, stop: int) -> Member | None:
    """The statement or argument between two offsets; None where something in it needs care."""
    found = _ALONE.fullmatch(text.chars, start, stop)
    return None if found is None else _member(found, None)


def _is_wrong(symbol: str, member: Member) -> bool:
    return symbol == "><" and member.kind is _ARGUMENT  # only statements contradict each other


_STATEMENT, _ARGUMENT = Kind.STATEMENT, Kind.ARGUMENT  # quicker to get at


def _member(found: re.Match[str], section: int | None) -> Member | None:
    _, _, title, colon, words, tags, data = found.groups()
    if title:
        kind = _STATEMENT if title[0] == "[" else _ARGUMENT
        member = Member(kind, found.start(3), title, colon is None)
    elif words:
        at = found.start(5)
        member = Member(_STATEMENT, at, at)
    else:
        return None
    member.section = section
    if words:
        member.text = member.source = words
        if tags:
            _note_tags(member, tags)
    if data:
        try:
            member.data = parsed(data)
        except DataError:
            return None
        member.braces.append(found.start(7))
    return member


def _note_tags(member: Member, tags: str) -> None:
    """Note the tags that a text ends with, ` #like #this`."""
    at = len(member.text) - len(tags)
    for name in tags[2:].split(" #"):
        stop = at + 2 + len(name)
        member.ranges.append(Range("tag", at + 1, stop))
        if name not in member.tags:
            member.tags.append(name)
        at = stop
