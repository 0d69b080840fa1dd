"""A speech document: chosen cards and analytics in order, with the time that has run."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from graph.blocks import Entry, cards_of, tag_of
from graph.export import docx
from graph.export.verbatim import entry_paragraphs
from graph.model import ArgumentMap, Evidence, Item
from graph.passages import clock, reading_seconds, word_count


@dataclass(frozen=True, slots=True)
class Part:
    """One argument of a speech: what is read of it, and how long that takes."""

    entry: Entry
    words: int
    seconds: int
    so_far: int  # seconds, this part included


def parts(argmap: ArgumentMap, items: Iterable[Item], wpm: int) -> list[Part]:
    """The parts of a speech in order: tag, short cite and what is marked to be read are read."""
    found: list[Part] = []
    words_so_far = 0
    for item in items:
        entry = Entry(item, (item,) if isinstance(item, Evidence) else cards_of(argmap, item.id))
        words = word_count(tag_of(item))
        for card in entry.cards:
            if card.text.split() not in ([], (item.text or item.title).split()):  # a tag of its own
                words += word_count(card.text)
            words += word_count(card.short_cite or "")
            words += card.words if card.words is not None else word_count(card.spoken or card.quote or "")
        words_so_far += words
        found.append(Part(entry, words, reading_seconds(words, wpm), reading_seconds(words_so_far, wpm)))
    return found


def to_speech(argmap: ArgumentMap, speech: Sequence[Part], title: str, wpm: int) -> bytes:
    """The speech as a Word file in Verbatim's style; each tag is followed by the time that has run."""
    total = speech[-1].so_far if speech else 0
    paragraphs = [docx.heading(3, f"{title} ({clock(total)} at {wpm} words a minute)")]
    for part in speech:
        time = docx.paragraph(docx.run(f"[{clock(part.seconds)}; {clock(part.so_far)} so far]"), "Undertag")
        first, *rest = entry_paragraphs(argmap, part.entry)
        paragraphs += [first, time, *rest]
    return docx.document(paragraphs)
