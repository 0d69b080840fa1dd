"""What stands in one statement, argument or heading: title, text and its marks, tags, data."""

from __future__ import annotations

import re
from collections import Counter

from graph.export.argdown_shortcodes import CODE
from ingest.argdown.data import DataError, merge, parsed
from ingest.argdown.syntax import Kind, Member, Range
from ingest.argdown.text import BLANKED, Text
from ingest.argdown.usual import WORDS, usual_member

_LONG = 60  # characters of a title that a message shows

_FAR = 501  # characters from a bracket to the one that closes it, at most
# What stands in brackets has its limit: without one, a text of nothing but brackets takes for ever.
_STATEMENT = re.compile(r"\[([^\]\n]{1,500})\](:)?")
_ARGUMENT = re.compile(r"<(?![\s>+\-_])([^>\n]{1,500})>(:)?")
LINK = re.compile(r"\[([^\]\n]{1,500})\]\(([^()\s]{0,2000}(?:\([^()\s]{0,500}\)[^()\s]{0,500}){0,9})\)")
_MENTION = re.compile(r"@(?:\[([^\]\n]{1,500})\]|<([^>\n]{1,500})>)")
# As [\w\-\u00A0-\uD7FF\uF900-\uFDCF\uFDF0-\uFFEF], which takes milliseconds to compile.
_OF_TAGS = r"(?:[\w\-]|(?![\uD800-\uF8FF\uFDD0-\uFDEF\uFFF0-\U0010FFFF])[^\x00-\x9F])"
TAG = re.compile(rf"#(?:\(([^)\n]{{1,500}})\)|({_OF_TAGS}+))")
_WORDS = re.compile(WORDS)
_MARKED = re.compile(
    r"\\.|[*_{]|" + "|".join(f"(?:{pattern.pattern})" for pattern in (CODE, LINK, _MENTION, TAG, _STATEMENT)),
    re.DOTALL,
)
_ADVICE = 'Write {key: value, key: "value with: colon, comma or brace"}; type \\{ for a brace that is text.'
_AFTER_END = frozenset(" \t\n)}_.,!?;:-*")


def member(text: Text, start: int, stop: int) -> Member:
    """The statement or argument between two offsets; what is wrong with it is noted in `text`."""
    usual = usual_member(text, start, stop)
    if usual is not None:
        return usual
    chars = text.chars
    while start < stop and chars[start] in " \t\n\0":
        start += 1
    kind, named, reference, at = Kind.STATEMENT, "", False, start
    opener = chars[start : start + 1]
    if opener == "[" or opener == "<":
        match = (_STATEMENT if opener == "[" else _ARGUMENT).match(chars, start, stop)
        # What is right before a bracket is no title but the text of a link.
        if match and not (chars.startswith("(", match.end()) and LINK.match(chars, start, stop)):
            kind = Kind.STATEMENT if opener == "[" else Kind.ARGUMENT
            named = opener + match.group(1) + ("]" if opener == "[" else ">")
            reference = match.group(2) is None
            at = match.end()
    found = Member(kind, start, named or start, reference)
    read_into(found, text, at, stop)
    if reference and found.text:
        left = text.chars[at:stop]
        offset = at + len(left) - len(left.lstrip(" \t\n\0"))
        text.problem(
            offset,
            f'text after a reference to "{found.title}"',
            f"Type {named}: to give it this text, or put the text in a line of its own after an empty line.",
        )
    return found


def read_into(found: Member, text: Text, start: int, stop: int) -> None:
    """Read text, marks, tags and data between two offsets into `found`."""
    chars = text.chars
    begin = start
    while begin < stop and chars[begin] in " \t\n":
        begin += 1
    plain = _WORDS.match(chars, begin, stop)
    if begin == stop or (plain and plain.end() == stop):  # as most are, and read in one go
        found.text = found.source = chars[begin:stop]
        return
    parts: list[str] = []
    typed: list[str] = []
    length = 0
    marks = _paired_marks(text, start, stop)
    opened: list[int] = []
    space = after_data = False
    closes = {"[": start, "<": start}  # where the next bracket is that closes one

    def closed_soon(at: int, opener: str) -> bool:
        """Whether a bracket is closed near enough to hold a title; each stretch is searched once."""
        if closes[opener] < at:
            found = chars.find("]" if opener == "[" else ">", at, stop)
            closes[opener] = found if found >= 0 else stop + _FAR
        return closes[opener] - at <= _FAR

    def add(piece: str, source: str) -> None:
        nonlocal length, space
        if space and parts:
            parts.append(" ")
            typed.append(" ")
            length += 1
        elif space and typed:
            typed.append(" ")
        space = False
        parts.append(piece)
        typed.append(source)
        length += len(piece)

    at = start
    while at < stop:
        char = chars[at]
        if char in " \t\n\0":
            space = space or char != BLANKED
            at += 1
            continue
        if found.data and char != "{" and not after_data:
            after_data = True
            text.problem(
                at,
                "text after data",
                "Put the data in braces at the end; type \\{ for a brace that is text.",
            )
        plain = _WORDS.match(chars, at, stop)
        if plain:
            add(plain.group(), plain.group())
            at = plain.end()
            continue
        if char == "\\" and at + 1 < stop:
            piece = chars[at + 1]
            add(piece if piece != "\n" else " ", chars[at : at + 2])
            at += 2
            continue
        if char in ".:" and (code := CODE.match(chars, at, stop)):
            sign = text.signs.get(code.group())
            add(sign or code.group(), code.group())
            if sign:
                found.ranges.append(Range("special-char", length - len(sign), length))
            at = code.end()
            continue
        if char == "{":
            at = _data(found, text, at, stop)
            continue
        if char in "[<" and not closed_soon(at, char):
            add(char, char)
            at += 1
            continue
        if char == "[" and (link := LINK.match(chars, at, stop)):
            add(link.group(1), link.group())
            found.ranges.append(Range("link", length - len(link.group(1)), length, link.group(2)))
            at = link.end()
            continue
        if char == "@" and (mention := _MENTION.match(chars, at, stop)):
            add(mention.group(), mention.group())
            kind = "statement-mention" if mention.group(1) else "argument-mention"
            found.ranges.append(Range(kind, length - len(mention.group()), length))
            at = mention.end()
            continue
        if char == "#" and (tag := TAG.match(chars, at, stop)):
            name = tag.group(1) or tag.group(2)
            if name not in found.tags:
                found.tags.append(name)
            if not found.reference:
                add(tag.group(), tag.group())
                found.ranges.append(Range("tag", length - len(tag.group()), length))
            at = tag.end()
            continue
        if char in "[<":
            pattern, name = (_STATEMENT, "statement") if char == "[" else (_ARGUMENT, "argument")
            match = pattern.match(chars, at, stop)
            if match and not found.reference:
                shown = match.group().rstrip(":")
                if len(shown) > _LONG:
                    shown = shown[: _LONG - 2] + "…" + shown[-1]
                text.problem(
                    at,
                    f"{shown} in the middle of a text",
                    f"Type @{shown} to mention it, \\{shown} for the characters, or an empty line before it "
                    f"if a new {name} begins here.",
                )
                add(match.group(), match.group())
                at = match.end()
                continue
        if at in marks:
            mark, opens = marks[at]
            if opens:
                add("", mark)
                opened.append(length)
            else:
                typed.append(mark)
                kind = "bold" if len(mark) == 2 else "italic"
                found.ranges.append(Range(kind, opened.pop(), length))
            at += len(mark)
            continue
        add(char, char)
        at += 1
    found.text = "".join(parts)
    found.source = "".join(typed)


def _paired_marks(text: Text, start: int, stop: int) -> dict[int, tuple[str, bool]]:
    """The offsets of bold and italic marks that have a partner, each with whether it opens."""
    if text.chars.find("*", start, stop) < 0 and text.chars.find("_", start, stop) < 0:
        return {}
    strict, left = _paired(text, start, stop, inside_words=True)
    # Where marks stay open, as in snake_case or 2*3, those inside of words are none.
    return _paired(text, start, stop, inside_words=False)[0] if left else strict


def _paired(
    text: Text, start: int, stop: int, *, inside_words: bool
) -> tuple[dict[int, tuple[str, bool]], bool]:
    chars = text.chars
    paired: dict[int, tuple[str, bool]] = {}
    opened: list[tuple[str, int]] = []
    open_marks: Counter[str] = Counter()
    at = start
    while match := _MARKED.search(chars, at, stop):
        at = match.start()
        char = chars[at]
        if char == "{":
            end = text.closing_brace(at, stop)
            at = stop if end is None else end + 1
            continue
        if char not in "*_":
            at = match.end()
            continue
        marks = [mark for mark in (char * 2, char) if chars.startswith(mark, at, stop)]
        follows = {mark: chars[at + len(mark)] if at + len(mark) < stop else "\n" for mark in marks}
        ends = [
            mark for mark in marks if follows[mark] in _AFTER_END and not _first_of_line(chars, at, start)
        ]
        mark = next((mark for mark in ends if opened and opened[-1][0] == mark), "")
        if not mark and not inside_words:
            mark = next((mark for mark in ends if open_marks[mark]), "")
            # What opened inside and did not end is no mark but a character.
            while mark and opened[-1][0] != mark:
                open_marks[opened.pop()[0]] -= 1
        if mark:
            paired[opened.pop()[1]] = (mark, True)
            paired[at] = (mark, False)
            open_marks[mark] -= 1
        elif mark := next((mark for mark in marks if not follows[mark].isspace()), ""):
            if inside_words or not (at > start and chars[at - 1].isalnum()):
                opened.append((mark, at))
                open_marks[mark] += 1
        else:
            mark = char
        at += len(mark)
    return paired, bool(opened)


def _first_of_line(chars: str, at: int, start: int) -> bool:
    """Whether nothing but white space and comments stands before an offset in its line."""
    before = at - 1
    while before >= start and chars[before] in " \t\0":
        before -= 1
    return before >= start and chars[before] == "\n" and before < at - 1


def _data(found: Member, text: Text, at: int, stop: int) -> int:
    end = text.closing_brace(at, stop)
    if end is None:
        text.problem(
            at, "a brace opens data that nothing closes", "Close it with }, or type \\{ for the character."
        )
        return stop
    source = text.chars[at : end + 1].replace(BLANKED, " ")
    inside = source[1:-1]
    block = inside.lstrip(" \t").startswith("\n")
    try:
        values = parsed(inside if block else source)
    except DataError as error:
        lines = source.split("\n")
        offset = at + sum(len(line) + 1 for line in lines[: error.line]) + error.column
        text.problem(
            min(offset, end),
            f"data that cannot be read: {error}",
            _ADVICE,
        )
    else:
        if found.data and not found.reference:
            text.problem(at, "a second pair of braces", "Write all data into one pair, at the end.")
        merge(found.data, values)
        found.braces.append(at)
    return end + 1
