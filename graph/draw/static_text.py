"""How wide text is, and where its lines break, without a font at hand: the widest usual ones fit."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

BOLD = 1.08  # wider than regular
_MARK_OF_OMISSION = " …"

# Advance widths in em: the wider of DejaVu Sans (as wide as Verdana) and Liberation Sans (as Arial).
_WIDTHS = {
    0.3: "'Iijl",
    0.35: " ,./:;\\|",
    0.4: "()-[]ft",
    0.45: "!r",
    0.5: '"*J`“”„’‘',
    0.55: "csz",
    0.6: "?L_kvxy",
    0.65: "$0123456789FTabdeghnopqu{}",
    0.7: "ABEKPSVXYZ",
    0.75: "CNRU",
    0.8: "&DGHOQ",
    0.85: "#+<=>^w~",
    0.9: "M",
    0.95: "%",
    1.0: "Wm…—",
    1.05: "@",
}
_WIDTH_OF = {letter: width for width, letters in _WIDTHS.items() for letter in letters}
_OPENING = "([{«‹“‘„（［｛「『【《〈〔"
_CLOSING = ")]}»›”’,.;:!?%…）］｝」』】》〉〕、。，．；：！？ー々"  # no line begins with one of these
# Overrides and embeddings of a map would show words in an order that is not theirs.
_STEERING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    """`text` on one line, without what no picture format can hold."""
    return " ".join(_UNPRINTABLE.sub(" ", _STEERING.sub("", text)).split())


def width(text: str, size: float, *, bold: bool = False) -> float:
    """How wide `text` is at most, in the unit of `size`."""
    return sum(map(_advance, text)) * size * (BOLD if bold else 1.0)


def wrapped(text: str, size: float, room: float, *, most: int, bold: bool = False) -> list[str]:
    """`text` in at most `most` lines that fit into `room`; what is left out is marked with …"""
    limit = room / size / (BOLD if bold else 1.0)
    lines: list[str] = []
    line, used = "", 0.0
    for piece in _pieces(printable(text)):
        wide = sum(map(_advance, piece.rstrip()))
        if line and used + wide > limit:
            lines.append(line.rstrip())
            line, used = "", 0.0
            if len(lines) > most:
                break
        for part in _cut(piece, limit) if wide > limit else (piece,):
            if line and used + sum(map(_advance, part.rstrip())) > limit:
                lines.append(line.rstrip())
                line, used = "", 0.0
            line += part
            used += sum(map(_advance, part))
    if line.strip():
        lines.append(line.rstrip())
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], _shortened(lines[most - 1], limit)]


def is_right_to_left(text: str) -> bool:
    """Whether the first letter that has a direction runs from right to left, as in Arabic and Hebrew."""
    for letter in text:
        direction = unicodedata.bidirectional(letter)
        if direction in ("R", "AL"):
            return True
        if direction == "L":
            return False
    return False


@lru_cache(maxsize=8192)
def _advance(letter: str) -> float:
    known = _WIDTH_OF.get(letter)
    if known is not None:
        return known
    category = unicodedata.category(letter)
    if category in ("Mn", "Me", "Cf"):
        return 0.0
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.0
    base = unicodedata.normalize("NFD", letter)[0]
    if base in _WIDTH_OF:
        return _WIDTH_OF[base] + 0.02
    # A ligature that stands for a sentence (U+FDFA) is as wide as one.
    spelled = len(unicodedata.normalize("NFKC", letter))
    if spelled > 1 or letter == "\ufdfd":
        return 0.6 * max(spelled, 1) if letter != "\ufdfd" else 11.0
    return 1.0 if category.startswith("S") or ord(letter) > 0xFFFF else 0.78 if category == "Lu" else 0.7


def _pieces(text: str) -> Iterator[str]:
    """`text` in the pieces between which a line may break, each with the space after it."""
    start = 0
    for at in range(1, len(text)):
        before, here = text[at - 1], text[at]
        if (
            before == " "
            or (before in "-–—/\u00ad\u200b" and here.isalnum() and at - start > 2)
            or _breaks_between(before, here)
        ):
            yield text[start:at]
            start = at
    if text:
        yield text[start:]


def _breaks_between(before: str, here: str) -> bool:
    """Whether a line may break here without a space, as between the words of Chinese and Japanese."""
    if here == " " or not (_is_wide(before) or _is_wide(here)):
        return False
    return here not in _CLOSING and before not in _OPENING and not _joins(before, here)


def _is_wide(letter: str) -> bool:
    return letter > "\u1100" and unicodedata.east_asian_width(letter) in "WF"


def _joins(before: str, here: str) -> bool:
    """Whether two characters are one sign: accents, emoji with a colour or joined, flags."""
    return (
        unicodedata.category(here) in ("Mn", "Me", "Mc", "Cf")
        or before == "\u200d"
        or "\U0001f3fb" <= here <= "\U0001f3ff"
        or ("\U0001f1e6" <= before <= "\U0001f1ff" and "\U0001f1e6" <= here <= "\U0001f1ff")
    )


def _cut(word: str, limit: float) -> Iterator[str]:
    """A word that is longer than a line, in parts that are not."""
    part, used = "", 0.0
    for letter in word:
        wide = _advance(letter)
        if part and used + wide > limit and not _joins(part[-1], letter):
            yield part
            part, used = "", 0.0
        part += letter
        used += wide
    if part:
        yield part


def _shortened(line: str, limit: float) -> str:
    room = limit - sum(map(_advance, _MARK_OF_OMISSION))
    while line and sum(map(_advance, line)) > room:
        line = line[:-1]
    return line.rstrip() + _MARK_OF_OMISSION
