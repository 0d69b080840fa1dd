"""The blocks of a text, each line looked at with care: headings, statements, structures, lists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.argdown.data import merge
from ingest.argdown.inline import member, read_into
from ingest.argdown.relations import SYMBOL, Stack, argument_of, nest
from ingest.argdown.syntax import Document, Heading, Kind, Member, Reconstruction, Relation, Step
from ingest.argdown.text import BLANKED, Text

_RELATION = re.compile(SYMBOL)
_RELATES = frozenset("<+->_")  # what a relation begins with
_LISTS = frozenset("*0123456789")
_HEADING = re.compile(r"(#{1,6})[ \t]+")
_NUMBERED = re.compile(r"\((\d+)\)[ \t]*")
_LISTED = re.compile(r"(?:\d+\.|\*)[ \t]+(?=\S)")
_RULE = re.compile(r"-{2,}")
_DEFINED = re.compile(r"\[[^\]\n]{1,500}\]:|<[^>\n]{1,500}>:")
_REFERENCE_LINE = re.compile(
    r"(?:\[[^\]\n]{1,500}\](?![(:])|<[^>\s+\-_][^>\n]{0,500}>(?!:))[ \t\0]*(?:[#{].*)?$", re.MULTILINE
)
_CLOSING = re.compile(r"(?<!-)--(?!-)[ \t\0]*$")
_TIGHT_UNDERCUT = re.compile(r"_(?=[\[<][^\]>\n]{1,500}[\]>])")


def _any_of(*patterns: re.Pattern[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern.pattern})" for pattern in patterns), re.MULTILINE)


_BEGINS_RELATION = _any_of(_RELATION, _LISTED, _TIGHT_UNDERCUT)
_BEGINS_BLOCK = _any_of(_DEFINED, _REFERENCE_LINE, _HEADING, _NUMBERED)
_BEGINS_PART = _any_of(_NUMBERED, _RULE, _RELATION)
_BEGINS_ANYTHING = _any_of(_BEGINS_BLOCK, _RELATION, _LISTED)


@dataclass(slots=True)  # not frozen: a file has many, and setting fields of frozen ones is slow
class Line:
    """A line, or several that one pair of braces holds together."""

    start: int  # of its first character that is not indentation
    stop: int
    indent: int  # in characters
    first: int  # offset where the line begins


def next_block(text: Text, at: int) -> tuple[list[Line], int]:
    """The lines from `at` to the next empty one, and the offset behind that; no lines at the end."""
    chars = text.chars
    block: list[Line] = []
    while at < len(chars):
        end = _line_end(text, at)
        line = chars[at:end]
        if line.strip(" \t\r\0"):
            indent = len(line) - len(line.lstrip(" \t\0"))
            block.append(Line(at + indent, end, indent, at))
        elif block and BLANKED not in line:  # a line of comments alone is none
            return block, end + 1
        at = end + 1
    return block, at


def _line_end(text: Text, at: int) -> int:
    """The end of the logical line at an offset: line breaks in braces are none."""
    chars = text.chars
    end = _break_after(chars, at)
    brace = chars.find("{", at, end)
    while brace >= 0:
        if brace > at and chars[brace - 1] == "\\":
            brace = chars.find("{", brace + 1, end)
            continue
        closed = text.closing_brace(brace)
        if closed is None:
            break
        if closed > end:
            end = _break_after(chars, closed)
        brace = chars.find("{", closed, end)
    return end


def _break_after(chars: str, at: int) -> int:
    end = chars.find("\n", at)
    return len(chars) if end < 0 else end


def read_block(
    text: Text, block: list[Line], found: Document, before: Member | None, section: int | None
) -> tuple[Member | None, int | None]:
    """Read one block into `found`; the member that a structure right below belongs to, and the section."""
    chars = text.chars
    first = block[0]
    heading = _HEADING.match(chars, first.start)
    if heading:
        section = len(found.headings)
        stop = _heading(text, block, heading, found)
        if stop < len(block):
            text.problem(
                block[stop].start,
                "a heading and the next thing stand together",
                "Leave an empty line after the heading.",
            )
            return read_block(text, block[stop:], found, None, section)
        return None, section
    if _NUMBERED.match(chars, first.start):
        found.tops.append(_reconstruction(text, block, argument_of(before), section))
        return None, section
    if _RELATION.match(chars, first.start) and not _LISTED.match(chars, first.start):
        text.problem(
            first.start,
            "a relation with nothing above it",
            "Take out the empty line before it, or indent it below what it relates to.",
        )
        return None, section
    members = _members(text, block, section)
    found.tops.extend(members)
    return (members[-1] if members else None), section


def _heading(text: Text, block: list[Line], match: re.Match[str], found: Document) -> int:
    """Read a heading, which runs on to its data or the next thing; the number of lines it takes."""
    chars = text.chars
    first = block[0]
    holder = Member(Kind.STATEMENT, first.start, first.start)
    used = 1
    while used < len(block) and not (holder.data or _begins(chars, block[used].start)):
        used += 1
        if chars[block[used - 1].start] == "{":
            break
    read_into(holder, text, match.end(), block[used - 1].stop)
    found.headings.append(
        Heading(
            len(match.group(1)),
            holder.text,
            first.start,
            holder.source if holder.ranges else "",
            holder.tags,
            holder.data,
        )
    )
    return used


def _begins(chars: str, at: int) -> bool:
    """Whether a line begins something of its own, and does not go on with what stands above it."""
    return _BEGINS_ANYTHING.match(chars, at) is not None


def _members(text: Text, block: list[Line], section: int | None) -> list[Member]:
    """The statements and arguments of a block, relations nested under them."""
    chars = text.chars
    members: list[Member] = []
    stack: Stack = []
    for group in _grouped(text, block):
        line = group[0]
        first = chars[line.start]
        listed = _LISTED.match(chars, line.start) if first in _LISTS else None
        symbol = _RELATION.match(chars, line.start) if first in _RELATES and not listed else None
        if (
            symbol is None
            and first == "_"
            and members
            and (symbol := _TIGHT_UNDERCUT.match(chars, line.start))
        ):
            text.problem(line.start, "an undercut without a space", "Type a space after the _.")
        if symbol is not None and line.indent == 0 and members:
            text.problem(line.start, "a relation that is not indented", "Indent it below what it relates to.")
        if symbol is None:
            found = member(text, listed.end() if listed else line.start, group[-1].stop)
            found.section, found.listed = section, listed is not None
            members.append(found)
            stack = [(-1 if not listed else line.indent, found)]
            continue
        found = member(text, symbol.end(), group[-1].stop)
        found.section = section
        _relate(text, stack, Relation(symbol.group(), line.start, found), line.indent)
    return members


def _relate(text: Text, stack: Stack, relation: Relation, indent: int) -> None:
    if not relation.member.text and not relation.member.named:
        text.problem(
            relation.offset,
            f'"{relation.symbol}" with nothing after it',
            "Write what it says after the symbol.",
        )
    if relation.symbol == "><" and relation.member.kind is Kind.ARGUMENT:
        text.problem(
            relation.offset,
            "a contradiction with an argument",
            "Only statements contradict each other: write [Title] for <Title>, or - for an attack.",
        )
    nest(stack, relation, indent)


def _grouped(text: Text, block: list[Line]) -> Iterator[list[Line]]:
    """Each line with the lines that go on with it."""
    chars = text.chars
    group: list[Line] = []
    for line in block:
        first = chars[line.start]
        begins = not group or (
            (first in _LISTS or first in _RELATES) and _BEGINS_RELATION.match(chars, line.start) is not None
        )
        if not begins and line.indent == 0 and _BEGINS_BLOCK.match(chars, line.start):
            text.problem(
                line.start,
                "something new begins without an empty line before it",
                "Leave an empty line before it.",
            )
            begins = True
        if begins and group:
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _reconstruction(
    text: Text, block: list[Line], argument: Member | None, section: int | None
) -> Reconstruction:
    chars = text.chars
    found = Reconstruction(block[0].start, argument, section)
    stack: Stack = []
    closing = [n for n, line in enumerate(block) if _CLOSING.search(chars, line.start, line.stop)]
    closes = closing[-1] if closing else -1  # the last line that can close a step
    index = 0
    while index < len(block):
        line = block[index]
        numbered = _NUMBERED.match(chars, line.start)
        rule = _RULE.match(chars, line.start)
        symbol = None if rule and len(rule.group()) > 1 else _RELATION.match(chars, line.start)
        end = index + 1
        if rule and not numbered:
            step, end = _step(text, block, index, rule, closes)
            found.lines.append(step)
            stack = [(-1, step)]
            index = end
            continue
        while end < len(block) and not _BEGINS_PART.match(chars, block[end].start):
            end += 1
        stop = block[end - 1].stop
        if numbered:
            premise = member(text, numbered.end(), stop)
            premise.section = section
            if premise.kind is Kind.ARGUMENT:
                text.problem(
                    numbered.end(),
                    "an argument as a premise",
                    "Premises and conclusions are statements: write [Title] for <Title>.",
                )
            found.lines.append(premise)
            stack = [(-1, premise)]
        elif symbol and stack:
            below = member(text, symbol.end(), stop)
            below.section = section
            _relate(text, stack, Relation(symbol.group(), line.start, below), line.indent)
        else:
            text.problem(
                line.start,
                "a line that is no premise, step or conclusion",
                "Begin it with (1), or leave an empty line before it.",
            )
        index = end
    if (
        not found.lines
        or not isinstance(found.lines[-1], Member)
        or not any(isinstance(x, Step) for x in found.lines)
    ):
        text.problem(
            found.offset,
            "a premise-conclusion structure without a conclusion",
            "End it with a line ---- and the conclusion as the last (n), and no empty line between them.",
        )
    return found


def _step(text: Text, block: list[Line], index: int, rule: re.Match[str], closes: int) -> tuple[Step, int]:
    """The inference at a line, and the index of the line after it."""
    chars = text.chars
    line = block[index]
    step = Step(line.start)
    rest = chars[rule.end() : line.stop].replace(BLANKED, " ").strip()
    if len(rule.group()) >= 4 and not rest:
        return step, index + 1
    if len(rule.group()) != 2:
        text.problem(line.start, f"a step of {len(rule.group())} hyphens", "Write ---- or: -- rule --")
        return step, index + 1
    holder = Member(Kind.STATEMENT, rule.end(), rule.end())
    end = index
    while end <= closes:
        last = block[end]
        begin = rule.end() if end == index else last.start
        close = _CLOSING.search(chars, begin, last.stop)
        if close:
            read_into(holder, text, rule.end(), close.start())
            break
        end += 1
    else:
        text.problem(
            line.start,
            "a step that nothing closes",
            "Close it with --, or write ---- for a step without a rule.",
        )
        return step, index + 1
    step.rules = [name.strip() for name in holder.text.split(",") if name.strip()]
    merge(step.data, holder.data)
    return step, end + 1
