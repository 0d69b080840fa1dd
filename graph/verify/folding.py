"""Texts folded to what two printings of them share: letters and digits, and words with their places."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

_WORD = re.compile(r"[^\W_]+(?:['’ʼ][^\W_]+)*")
# A word broken over two lines is one word; soft hyphens and what nobody sees are nothing.
_BROKEN = re.compile(r"(?<=[^\W\d_])[-‐\u00ad]\s*\n\s*(?=[^\W\d_])|[\u00ad\u200b\u2060\u2063\ufeff]")
_SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]*\s|\n\s*\n|\n")


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it compares, and where it stands in its text."""

    folded: str
    start: int
    stop: int


def folded(text: str) -> str:
    """The letters and digits of a text, lower case, ligatures and accents of width taken apart."""
    if text.isascii() and text.isalnum():  # nearly every word
        return text.lower()
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(char for char in plain if char.isalnum())


class Folded:
    """A text with its words and its letters, each with the way back to the text."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """The words in order; one that was broken over two lines is one."""
        words: list[Word] = []
        joins = {found.start(): found.end() for found in _BROKEN.finditer(self.text)}
        ends: dict[int, int] = {}
        for start, stop in joins.items():
            ends[start] = stop
        for found in _WORD.finditer(self.text):
            if words and ends.get(words[-1].stop) == found.start():
                last = words[-1]
                words[-1] = Word(last.folded + folded(found.group()), last.start, found.end())
            else:
                words.append(Word(folded(found.group()), found.start(), found.end()))
        return tuple(words)

    @cached_property
    def letters(self) -> str:
        """All the words' letters in a row: where words are broken does not matter."""
        return "".join(word.folded for word in self.words)

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        starts: list[int] = []
        at = 0
        for word in self.words:
            starts.append(at)
            at += len(word.folded)
        return tuple(starts)

    def word_at(self, letter: int) -> int:
        """The number of the word in which a letter stands."""
        return max(bisect_right(self._starts, letter) - 1, 0)

    def begins_word(self, letter: int) -> bool:
        """Whether a word begins with this letter, or the text ends before it."""
        return letter == len(self.letters) or self._starts[self.word_at(letter)] == letter

    @cached_property
    def paragraphs(self) -> tuple[int, ...]:
        """Where each paragraph begins: each line that is not blank."""
        starts: list[int] = []
        at = 0
        for row in self.text.splitlines(keepends=True):
            if row.strip():
                starts.append(at)
            at += len(row)
        return tuple(starts)

    def paragraph(self, place: int) -> int:
        """The number, from 1, of the paragraph in which a place of the text is."""
        return bisect_right(self.paragraphs, place)

    def sentence(self, word: int) -> tuple[int, int]:
        """The first word, and the one after the last, of the sentence in which a word is."""
        first = last = word
        words = self.words
        while first and not _SENTENCE_END.search(self.text, words[first - 1].stop, words[first].start):
            first -= 1
        while last + 1 < len(words) and not _SENTENCE_END.search(
            self.text, words[last].stop, words[last + 1].start
        ):
            last += 1
        return first, last + 1

    def between(self, first: int, last: int) -> str:
        """The text from one word to before another, on one line."""
        if first >= last or first >= len(self.words):
            return ""
        return " ".join(self.text[self.words[first].start : self.words[last - 1].stop].split())
