"""Quoted passages: their normal form, what of them is read aloud, and what tells one from another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from graph.model import Span, SpanKind

POLICY_WPM = 300
OTHER_WPM = 200
FINGERPRINT_LETTERS = 400

WORD_COLOURS = (
    "yellow", "green", "cyan", "magenta", "blue", "red", "darkBlue", "darkCyan", "darkGreen",
    "darkMagenta", "darkRed", "darkYellow",
)  # fmt: skip
"""The colours that mean read aloud: Word's, without the greys, black and white."""

BREAKS = re.compile(r"\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
UNSEEN = "\u200b\u2060\u2063\ufeff \t\r\n\u00a0"
"""A line of nothing but these is blank."""

_LETTERS = re.compile(r"[^\W\d_]+")
_ENOUGH = 1000  # characters that hold a fingerprint's letters, but for long tables of numbers

Pieces = list[tuple[int, int]]


def fingerprint(quote: str) -> str:
    """The first 400 letters of a passage in lower case: the same for all cuts of it."""
    words = _LETTERS.findall(quote, 0, _ENOUGH)
    if len(quote) > _ENOUGH:
        words = words[:-1]  # the last may go on
    letters = "".join(map(str.lower, words))
    if len(letters) < FINGERPRINT_LETTERS and len(quote) > _ENOUGH:
        letters = "".join(map(str.lower, _LETTERS.findall(quote)))
    return letters[:FINGERPRINT_LETTERS]


def normal_form(quote: str, spans: Iterable[Span]) -> tuple[str, tuple[Span, ...]]:
    """A quote as a Word file can hold it, and its marks: what reading it back gives, exactly.

    Lines are separated by single line feeds and none is blank; tabs are spaces; what XML cannot hold is
    dropped. Marks of one kind are joined where they touch; emphasis is never underlined besides; only
    what is not marked otherwise is small; a highlight has one of Word's colours, and the later one wins.
    """
    text, places = normal_text(quote)
    layers: dict[SpanKind, list[str | None]] = {}
    for span in spans:
        start, stop = max(0, min(span.start, len(quote))), max(0, min(span.stop, len(quote)))
        start, stop = places[start], places[stop]
        if start >= stop:
            continue
        colour = None
        if span.kind is SpanKind.HIGHLIGHT:
            colour = span.colour if span.colour in WORD_COLOURS else WORD_COLOURS[0]
        layer = layers.setdefault(span.kind, [None] * len(text))
        layer[start:stop] = [colour or "on"] * (stop - start)
    return text, _spans(text, layers)


def normal_text(quote: str) -> tuple[str, list[int]]:
    """The text of the normal form, and for each place of the quote, up to its end, the place in that."""
    text, kept = _normal_text(quote)
    return text, _new_places(len(quote), kept)


def _normal_text(quote: str) -> tuple[str, Pieces]:
    """The text, and which stretches of the quote it is made of (a break between them is one line feed)."""
    lines: Pieces = []
    start = 0
    for found in BREAKS.finditer(quote):
        lines.append((start, found.start()))
        start = found.end()
    lines.append((start, len(quote)))
    seen = [(a, b) for a, b in lines if NO_XML.sub("", quote[a:b]).strip(UNSEEN)]
    parts: list[str] = []
    for a, b in seen:
        line = quote[a:b].replace("\t", " ")
        parts.append(NO_XML.sub("", line))
    kept: Pieces = []
    for a, b in seen:
        at = a
        for found in NO_XML.finditer(quote, a, b):
            kept.append((at, found.start()))
            at = found.end()
        kept.append((at, b))
        kept.append((-1, -1))  # the line feed
    return "\n".join(parts), kept[:-1]


def _new_places(length: int, kept: Pieces) -> list[int]:
    """For each place of the old text, its place in the new one."""
    places = [0] * (length + 1)
    old = new = 0
    for a, b in kept:
        if a < 0:
            new += 1
            continue
        # What was dropped before this stretch ends where the stretch begins.
        for place in range(old, a):
            places[place] = new
        for place in range(a, b):
            places[place] = new + place - a
        new += b - a
        old = b
    for place in range(old, length + 1):
        places[place] = new
    return places


def _spans(text: str, layers: dict[SpanKind, list[str | None]]) -> tuple[Span, ...]:
    empty: list[str | None] = []
    emphasis = layers.get(SpanKind.EMPHASIS, empty)
    underline = layers.get(SpanKind.UNDERLINE, empty)
    highlight = layers.get(SpanKind.HIGHLIGHT, empty)
    small = layers.get(SpanKind.SMALL, empty)
    for place in range(len(text)):
        emphasised = bool(emphasis) and emphasis[place] is not None
        underlined = bool(underline) and underline[place] is not None
        read = bool(highlight) and highlight[place] is not None
        if underlined and emphasised:
            underline[place] = None
        if small and (emphasised or underlined or read):
            small[place] = None
    _join_over_breaks(text, layers.values())
    return tuple(
        sorted(
            (
                Span(kind, start, stop, colour if kind is SpanKind.HIGHLIGHT else None)
                for kind, layer in layers.items()
                for start, stop, colour in _stretches(layer)
            ),
            key=lambda span: (span.start, span.stop, span.kind.value),
        )
    )


def _join_over_breaks(text: str, layers: Iterable[list[str | None]]) -> None:
    """A break carries no mark of its own: what is marked alike on both its sides is joined over it."""
    for layer in layers:
        for place, char in enumerate(text):
            if char == "\n":
                joined = 0 < place < len(text) - 1 and layer[place - 1] == layer[place + 1]
                layer[place] = layer[place - 1] if joined else None


def _stretches(layer: Sequence[str | None]) -> Iterable[tuple[int, int, str | None]]:
    start = 0
    for place in range(1, len(layer) + 1):
        if place == len(layer) or layer[place] != layer[start]:
            if layer[start] is not None:
                yield start, place, layer[start]
            start = place


def spoken(quote: str, spans: Iterable[Span], colour: str | None = None) -> tuple[str | None, str]:
    """What is read aloud, and what says so: `highlight`, else `underline`; nothing where nothing is marked.

    With `colour` only that highlight is read, where the card has any of it.
    """
    listed = list(spans)
    read = [s for s in listed if s.kind is SpanKind.HIGHLIGHT]
    if colour is not None and any(s.colour == colour for s in read):
        read = [s for s in read if s.colour == colour]
    how = "highlight"
    if not read:
        read = [s for s in listed if s.kind in (SpanKind.UNDERLINE, SpanKind.EMPHASIS)]
        how = "underline"
    if not read:
        return None, ""
    merged: Pieces = []
    for span in sorted(read, key=lambda s: (s.start, s.stop)):
        if merged and span.start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], span.stop))
        else:
            merged.append((span.start, span.stop))
    return " ".join(" ".join(quote[a:b] for a, b in merged).split()), how


def word_count(text: str) -> int:
    """The number of words: stretches without space that hold a letter or a digit."""
    return sum(any(char.isalnum() for char in word) for word in text.split())


def reading_seconds(words: int, wpm: int) -> int:
    """Whole seconds to read so many words aloud."""
    return round(words * 60 / wpm)


def clock(seconds: int) -> str:
    """Minutes and seconds as coaches write them: 1:05."""
    return f"{seconds // 60}:{seconds % 60:02d}"
