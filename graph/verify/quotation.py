"""One quotation against one text: where it is, and what was left out, added or changed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import pairwise

from graph.model import Span, SpanKind
from graph.verify.folding import Folded

_FAR = 40  # words left out without a mark: more are two places, not one
_ENOUGH = 0.6  # of a quote's words found in order: fewer, and it is not this text's
_BEFORE = 4  # words before a quote that could turn its sense
_AFTER = 2  # words after it
_MARK = re.compile(r"\[[^\]]{0,200}\]|\((?:…|\.\s?\.\s?\.)\)|…|\.\s?\.\s?\.(?:\s?\.)*|\*\s?\*\s?\*")
_WORDS = """
    not no never none nobody nothing neither nor cannot cant dont doesnt didnt isnt arent wasnt werent
    wont wouldnt shouldnt couldnt hasnt havent hadnt without hardly scarcely barely unlikely likely
    could might may maybe perhaps possibly probably allegedly supposedly reportedly if unless although
    rarely seldom doubtful fails failed fail false falsely denies denied deny
"""
_TURNING = frozenset(_WORDS.split())
_EDGE = _TURNING - {"if", "may", "could", "likely", "although", "fail", "fails", "failed", "no", "nothing"}


class Verdict(StrEnum):
    """What a comparison found."""

    EXACT = "exact"
    OMISSIONS = "exact, omissions marked"
    CHANGED = "words changed"
    JOINED = "joined"
    NEGATION = "negation or hedge left out"
    NOT_FOUND = "not found"
    NO_SOURCE = "no source at hand"


@dataclass(frozen=True, slots=True)
class Match:
    """How a quotation stands in a text."""

    verdict: Verdict
    what: str = ""  # the difference, for people
    start: int | None = None  # where it begins in the text
    stop: int | None = None
    share: float = 0.0  # of the quote's words found in order


def compare(quote: str, text: Folded, spans: Iterable[Span] = ()) -> Match:
    """How a quote stands in a text; its marks say what of it is read aloud."""
    pieces = [piece for piece in (Folded(part) for part in _MARK.split(quote)) if piece.words]
    if not pieces:
        return Match(Verdict.NOT_FOUND, "The quote has no words.")
    places = _in_order(pieces, text)
    found = _verbatim(quote, pieces, places, text) if places is not None else _aligned(quote, text)
    if found.verdict in (Verdict.EXACT, Verdict.OMISSIONS):
        around = _read_around(quote, spans)
        if around:
            return Match(Verdict.NEGATION, around, found.start, found.stop, found.share)
    return found


def _in_order(pieces: Sequence[Folded], text: Folded) -> list[tuple[int, int]] | None:
    """The first and last letter of every piece, one after the other where that can be."""
    places: list[tuple[int, int]] = []
    at = 0
    for piece in pieces:
        start = _find(piece.letters, text, at)
        if start < 0:
            start = _find(piece.letters, text, 0)
        if start < 0:
            return None
        at = start + len(piece.letters)
        places.append((start, at))
    return places


def _find(letters: str, text: Folded, at: int) -> int:
    """Where these letters stand as whole words; -1 where they do not."""
    found = text.letters.find(letters, at)
    while found >= 0 and not (text.begins_word(found) and text.begins_word(found + len(letters))):
        found = text.letters.find(letters, found + 1)
    return found


def _verbatim(quote: str, pieces: Sequence[Folded], places: Sequence[tuple[int, int]], text: Folded) -> Match:
    ranges = [(text.word_at(start), text.word_at(stop - 1) + 1) for start, stop in places]
    first, last = ranges[0][0], ranges[-1][1]
    start, stop = text.words[first].start, text.words[last - 1].stop
    for (_, before), (after, _) in pairwise(ranges):
        if after < before:
            what = _apart(text, before, after, "earlier in the text")
            return Match(Verdict.JOINED, what, start, text.words[before - 1].stop, 1.0)
        lost = _turning(text.words[n].folded for n in range(before, after))
        if lost and after - before <= _FAR:
            what = f'"{lost}" is in what was left out: "{_short(text.between(before, after))}"'
            return Match(Verdict.NEGATION, what, start, stop, 1.0)
    edge = _at_edge(text, first, last)
    if edge:
        return Match(Verdict.NEGATION, edge, start, stop, 1.0)
    marked = len(pieces) > 1 or _MARK.search(quote) is not None
    return Match(Verdict.OMISSIONS if marked else Verdict.EXACT, "", start, stop, 1.0)


def _at_edge(text: Folded, first: int, last: int) -> str:
    """A negation or hedge in the same sentence, right before or right after the quote."""
    begins, _ = text.sentence(first)
    before = range(max(begins, first - _BEFORE), first)
    lost = _turning((text.words[n].folded for n in before), _EDGE)
    if lost:
        return f'"{lost}" stands right before the quote: "{_short(text.between(before.start, first + 3))}"'
    _, ends = text.sentence(last - 1)
    after = range(last, min(ends, last + _AFTER))
    lost = _turning((text.words[n].folded for n in after), _EDGE)
    if lost:
        said = _short(text.between(max(last - 3, first), after.stop))
        return f'"{lost}" stands right after the quote: "{said}"'
    return ""


def _turning(words: Iterable[str], among: frozenset[str] = _TURNING) -> str:
    return next((word for word in words if word in among), "")


def _aligned(quote: str, text: Folded) -> Match:
    """Where most of the quote's words stand in order, and what differs there."""
    mine = Folded(_MARK.sub(" … ", quote))
    marks = {mine.text.count("…", 0, word.start) for word in mine.words}
    own = [word.folded for word in mine.words]
    first, last = _window(own, text)
    theirs = [word.folded for word in text.words[first:last]]
    matcher = SequenceMatcher(None, own, theirs, autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    share = sum(block.size for block in blocks) / len(own)
    if share < _ENOUGH:
        return Match(Verdict.NOT_FOUND, "", share=share)
    start = text.words[first + blocks[0].b].start
    stop = text.words[first + blocks[-1].b + blocks[-1].size - 1].stop
    differences: list[str] = []
    lost = ""
    apart = ""
    for operation, a, b, c, d in matcher.get_opcodes():
        if operation == "equal":
            continue
        edge = (c == 0 and a == 0) or (d == len(theirs) and b == len(own))
        said = mine.between(a, b)
        stands = "" if edge and operation == "insert" else text.between(first + c, first + d)
        if edge and operation == "replace" and d - c > b - a + 3:
            stands = ""  # what stands around the quote is no difference
        if not said and not stands:
            continue
        if operation == "insert" and len(marks) > 1 and _has_mark(mine, a):
            lost = lost or (_turning(theirs[c:d]) if d - c <= _FAR else "")
            continue
        if d - c > _FAR and not edge:
            apart = apart or _apart(text, first + c, first + d, "further on")
        else:
            lost = lost or (_turning(theirs[c:d]) if stands and not _turning(own[a:b]) else "")
        differences.append(_difference(said, stands))
    what = "; ".join(differences)
    if lost:
        return Match(Verdict.NEGATION, f'"{lost}" is left out: {what}', start, stop, share)
    if apart:
        return Match(Verdict.JOINED, apart, start, stop, share)
    return Match(Verdict.CHANGED, what, start, stop, share)


def _has_mark(mine: Folded, place: int) -> bool:
    if not 0 < place < len(mine.words):
        return False
    return "…" in mine.text[mine.words[place - 1].stop : mine.words[place].start]


def _window(own: Sequence[str], text: Folded) -> tuple[int, int]:
    """The stretch of a text that holds the quote's runs of words, with some room about it."""
    run = min(4, len(own))
    wanted: dict[tuple[str, ...], int] = {}
    for place in range(len(own) - run + 1):
        wanted.setdefault(tuple(own[place : place + run]), place)
    words = [word.folded for word in text.words]
    known = set(own)
    hits = [
        (n, wanted[key])
        for n in range(len(words) - run + 1)
        if words[n] in known and (key := tuple(words[n : n + run])) in wanted
    ]
    if not hits:
        return 0, min(len(words), 4 * len(own) + 200)
    first = min(n - place for n, place in hits)
    last = max(n + len(own) - place for n, place in hits)
    return max(0, first - 5), min(len(words), last + 5)


def _read_around(quote: str, spans: Iterable[Span]) -> str:
    """A negation or hedge that is not read aloud, in the middle of what is."""
    listed = list(spans)
    read = [s for s in listed if s.kind is SpanKind.HIGHLIGHT]
    read = read or [s for s in listed if s.kind in (SpanKind.UNDERLINE, SpanKind.EMPHASIS)]
    if not read:
        return ""
    text = Folded(quote)
    aloud = [any(s.start < word.stop and s.stop > word.start for s in read) for word in text.words]
    for place, word in enumerate(text.words):
        if aloud[place] or word.folded not in _TURNING:
            continue
        begins, ends = text.sentence(place)
        before, after = range(max(begins, place - 3), place), range(place + 1, min(ends, place + 4))
        if any(aloud[n] for n in before) and any(aloud[n] for n in after):
            return f'"{word.folded}" is not read aloud: "{_short(text.between(before.start, after.stop))}"'
    return ""


def _apart(text: Folded, before: int, after: int, where: str) -> str:
    head = text.between(max(0, before - 5), before)
    return f'after "{head}" it goes on {where}, at "{text.between(after, after + 5)}"'


def _difference(said: str, stands: str) -> str:
    if not stands:
        return f'the quote adds "{_short(said)}"'
    if not said:
        return f'the quote leaves out "{_short(stands)}"'
    return f'the quote has "{_short(said)}" for "{_short(stands)}"'


def _short(text: str) -> str:
    return text if len(text) <= 120 else text[:80].rsplit(" ", 1)[0] + " … " + text[-30:].split(" ", 1)[-1]
