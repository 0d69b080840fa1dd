"""The cards of maps: searched by their words, and one passage that was cut several ways."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from graph.blocks import sources_of
from graph.model import ATTACKS, ArgumentMap, Evidence, LinkKind, Side, Source, Statement
from graph.passages import OTHER_WPM, POLICY_WPM, reading_seconds, word_count

_AROUND = 60  # characters on each side of a hit


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a search asks for; what is None or "" is not asked."""

    text: str = ""
    author: str = ""
    since: str = ""  # ISO 8601, as much as is said
    until: str = ""
    speech: str = ""
    side: Side | None = None
    unused: bool = False  # in no argument but its own tag's


@dataclass(frozen=True, slots=True)
class Found:
    """One card that a search found."""

    argmap: ArgumentMap
    card: Evidence
    source: Source | None
    hit: str  # the words around the first hit, the hit marked
    seconds: int | None


def search(maps: Iterable[ArgumentMap], wanted: Wanted, wpm: int | None = None) -> list[Found]:
    """The cards that hold every word in tag, cite or body, and are as asked, in map and reading order."""
    words = [word.casefold() for word in wanted.text.split()]
    found: list[Found] = []
    for argmap in maps:
        for card in argmap.items:
            if not isinstance(card, Evidence):
                continue
            texts = (card.text or card.title, card.cite or card.short_cite or "", card.quote or "")
            folded = " \n ".join(texts).casefold()
            if not all(word in folded for word in words):
                continue
            source = next(iter(sources_of(argmap, card.id)), None)
            if _fits(argmap, card, source, wanted):
                found.append(Found(argmap, card, source, _hit(texts, words), seconds(argmap, card, wpm)))
    return found


def seconds(argmap: ArgumentMap, card: Evidence, wpm: int | None = None) -> int | None:
    """How long what is read of a card takes; None where it quotes nothing."""
    words = card.words if card.words is not None else word_count(card.spoken or card.quote or "")
    return reading_seconds(words, wpm or words_per_minute(argmap)) if words else None


def words_per_minute(argmap: ArgumentMap) -> int:
    """How fast a debate of the map's format is spoken."""
    return POLICY_WPM if argmap.debate_format == "policy" else OTHER_WPM


def _fits(argmap: ArgumentMap, card: Evidence, source: Source | None, wanted: Wanted) -> bool:
    if wanted.author:
        names = [card.short_cite or "", *(source.author if source else ())]
        if not any(wanted.author.casefold() in name.casefold() for name in names):
            return False
    date = source.date if source is not None else None
    if wanted.since and (date is None or date[: len(wanted.since)] < wanted.since[: len(date)]):
        return False
    if wanted.until and (date is None or date[: len(wanted.until)] > wanted.until):
        return False
    if wanted.speech and (card.speech or "").casefold() != wanted.speech.casefold():
        return False
    if wanted.side is not None and card.side is not wanted.side:
        return False
    return not (wanted.unused and _used(argmap, card))


def _used(argmap: ArgumentMap, card: Evidence) -> bool:
    """Whether what it supports supports or attacks anything in turn, or it attacks itself."""
    for link in argmap.outgoing.get(card.id, ()):
        if link.kind in ATTACKS:
            return True
        if link.kind is LinkKind.SUPPORTS and isinstance(argmap.by_id.get(link.end), Statement):
            onward = argmap.outgoing.get(link.end, ())
            if link.end in argmap.motion or any(
                each.kind in ATTACKS or each.kind in (LinkKind.SUPPORTS, LinkKind.PREMISE_OF)
                for each in onward
            ):
                return True
    return False


def _hit(texts: Iterable[str], words: list[str]) -> str:
    if not words:
        return ""
    for text in texts:
        at = text.casefold().find(words[0])
        if at >= 0 and len(text.casefold()) == len(text):
            start, stop = max(0, at - _AROUND), min(len(text), at + len(words[0]) + _AROUND)
            end = at + len(words[0])
            line = f"{text[start:at]}⟦{text[at:end]}⟧{text[end:stop]}"
            return " ".join(f"{'…' if start else ''}{line}{'…' if stop < len(text) else ''}".split())
    return ""


@dataclass(frozen=True, slots=True)
class Cut:
    """One cut of a passage, and how it differs from the first."""

    passage: int  # number of the passage, from 1
    argmap: ArgumentMap
    card: Evidence
    difference: str


def duplicates(maps: Iterable[ArgumentMap]) -> list[Cut]:
    """Every passage that is cut more than once, its cuts in map and reading order."""
    groups: dict[str, list[tuple[ArgumentMap, Evidence]]] = {}
    for argmap in maps:
        for card in argmap.items:
            if isinstance(card, Evidence) and card.fingerprint:
                groups.setdefault(card.fingerprint, []).append((argmap, card))
    cuts: list[Cut] = []
    for number, group in enumerate((g for g in groups.values() if len(g) > 1), 1):
        _, first = group[0]
        cuts += [
            Cut(number, argmap, card, "" if card is first else difference(first, card))
            for argmap, card in group
        ]
    return cuts


def difference(one: Evidence, other: Evidence) -> str:
    """What differs between two cuts, word by word: the tag, the text, and what is read aloud."""
    parts = []
    for name, a, b in (
        ("tag", one.text, other.text),
        ("text", one.quote or "", other.quote or ""),
        ("read aloud", one.spoken or "", other.spoken or ""),
    ):
        if a.split() != b.split():
            parts.append(f"{name}: {word_difference(a, b)}")
    if not parts and one.spans != other.spans:
        parts.append("marked differently")
    return "; ".join(parts) or "the same"


def word_difference(one: str, other: str) -> str:
    """The words of one text with what the other leaves out as [-so-] and adds as {+so+}."""
    a, b = one.split(), other.split()
    out: list[str] = []
    for operation, i, j, k, m in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if operation == "equal":
            same = a[i:j]
            out += same if len(same) <= 6 else [*same[:2], "…", *same[-2:]]
            continue
        if i < j:
            out.append(f"[-{' '.join(a[i:j])}-]")
        if k < m:
            out.append(f"{{+{' '.join(b[k:m])}+}}")
    return " ".join(out)
