"""Text made fit for a terminal: nothing in it hidden, its width in columns, and its lines."""

from __future__ import annotations

import re
import unicodedata

# What a terminal obeys instead of showing: C0 and C1 controls (escape sequences begin with them),
# the marks that reorder text (CVE-2021-42574), line separators, and halves of surrogate pairs.
_OBEYED = "\x00-\x1f\x7f-\x9f\u061c\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff"
HIDDEN = re.compile(f"[{_OBEYED}]")
_HIDDEN_BUT_LINES = re.compile(f"(?![\n\t])[{_OBEYED}]")
_BREAKS = "-/_.,;:"


def visible(text: str) -> str:
    """`text` on one line, white space folded, with what a terminal would obey spelled out: `\\x1b`."""
    return HIDDEN.sub(_spelled, " ".join(text.split(None) if text else ()))


def visible_lines(text: str) -> str:
    """`text` with its line breaks and tabs, and all else that a terminal would obey spelled out."""
    return _HIDDEN_BUT_LINES.sub(_spelled, text.replace("\r\n", "\n"))


def _spelled(match: re.Match[str]) -> str:
    code = ord(match.group())
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def columns(text: str) -> int:
    """How many columns `text` takes: East Asian wide characters take two, combining marks none."""
    if text.isascii():
        return len(text)
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if character.isascii():
        return 1
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1


def wrap(text: str, width: int) -> list[str]:
    """The lines of `text` (one line, as `visible` gives it) in at most `width` columns; at least one."""
    if columns(text) <= width:
        return [text]
    lines: list[str] = []
    line, used = "", 0
    for word in text.split(" "):
        for piece in _pieces(word, width):
            size = columns(piece)
            if line and used + 1 + size > width:
                lines.append(line)
                line, used = piece, size
            else:
                line, used = (f"{line} {piece}", used + 1 + size) if line else (piece, size)
    return [*lines, line]


def _pieces(word: str, width: int) -> list[str]:
    """A word that is too wide, broken at a hyphen or slash where one is near the edge."""
    pieces: list[str] = []
    while columns(word) > width:
        used = stop = 0
        for character in word:
            if used + _columns(character) > width:
                break
            used += _columns(character)
            stop += 1
        stop = max(stop, 1)  # a wide character in one column: rather too wide than never done
        last = max(word.rfind(mark, 0, stop) for mark in _BREAKS) + 1
        stop = last if last > stop // 3 else stop
        pieces.append(word[:stop])
        word = word[stop:]
    return [*pieces, word] if word or not pieces else pieces


def pad(text: str, width: int, *, right: bool = False) -> str:
    """`text` filled with spaces to `width` columns, on the left where it is to stand `right`."""
    space = " " * max(width - columns(text), 0)
    return space + text if right else text + space
