"""Searching for words: what is asked for, what a word is, where a text has it, and what is near a slip."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

FIELDS = ("title", "text", "quote", "cite")
"""Where words are looked for, the most telling first."""

# The words that Lucene's standard tokenizer sees: letters and digits, joined by a mark that stands
# between two of them (don't, 3.5, e.g); a Han or Hiragana character is a word of its own.
_ALONE = "\u3040-\u309f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_RUN = rf"[^\W{_ALONE}]+"
_JOINED = r"(?:(?<=[^\W\d_])[.'’:·](?=[^\W\d_])|(?<=\d)[.,;'’](?=\d))"
_WORD = re.compile(rf"[{_ALONE}]|{_RUN}(?:{_JOINED}{_RUN})*")
# The same for texts of ASCII in lower case, which most are, in half the time.
_ASCII_WORD = re.compile(r"[a-z\d_]+(?:(?:(?<=[a-z])[.':](?=[a-z])|(?<=\d)[.,;'](?=\d))[a-z\d_]+)*", re.ASCII)
_CHUNK = re.compile(r'"([^"]*)"?|([^\s"]+)')
# Latin letters that are no letter with an accent, as Lucene's ASCII folding has them.
_LATIN = str.maketrans(
    {"ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ß": "ss"}
)
_SNIPPET = 160  # characters of a long text that are shown


@dataclass(frozen=True, slots=True)
class Term:
    """Words that stand one after the other; with `prefix` the last is the beginning of one."""

    words: tuple[str, ...]
    prefix: bool = False

    def __str__(self) -> str:
        said = " ".join(self.words)
        return f"{said}*" if self.prefix else f'"{said}"' if len(self.words) > 1 else said


def terms(text: str) -> list[Term]:
    """What a user asks for: words, "phrases" in quotes, and beginnings of words: `sav*`."""
    found: list[Term] = []
    for quoted, bare in _CHUNK.findall(text):
        if quoted:
            inside = tuple(words(quoted))
            found += [Term(inside)] if inside else []
            continue
        single = [Term((word,)) for word in words(bare)]
        if single and bare.endswith("*") and _WORD.fullmatch(bare[-2]):
            single[-1] = replace(single[-1], prefix=True)
        found += single
    return found


def words(text: str) -> list[str]:
    """The words of a text, without their case and accents."""
    if text.isascii():
        return _ASCII_WORD.findall(text.lower())
    return [fold(word) for word in _WORD.findall(text)]


def fold(word: str) -> str:
    """A word without case, and without the accents of Latin letters."""
    folded = word.casefold()
    return folded if folded.isascii() else "".join(map(_folded, folded.translate(_LATIN)))


def _folded(character: str) -> str:
    if character.isascii():
        return character
    parts = unicodedata.normalize("NFD", character)
    plain = "".join(part for part in parts if not unicodedata.combining(part))
    return plain if plain.isascii() else character


def marked(asked: Sequence[Term], text: str) -> str:
    """The part of a text that holds the terms, with them «marked»."""
    matches = list(_WORD.finditer(text))
    held = [fold(match.group()) for match in matches]
    spans = sorted(
        (matches[place].start(), matches[place + len(term.words) - 1].end())
        for term in asked
        for place in places(term, held)
    )
    start = 0
    if spans and spans[0][0] > _SNIPPET // 2 and len(text) > _SNIPPET:
        start = text.rfind(" ", 0, spans[0][0] - _SNIPPET // 4) + 1
    stop = len(text) if len(text) - start <= _SNIPPET else text.rfind(" ", start, start + _SNIPPET)
    stop = max(stop, spans[0][1] if spans else start + _SNIPPET)
    parts, at = ["…" if start else ""], start
    for first, last in spans:
        if at <= first and last <= stop:
            parts += [text[at:first], "«", text[first:last], "»"]
            at = last
    return "".join([*parts, text[at:stop], "…" if stop < len(text) else ""])


def nearest(asked: Sequence[Term], known: Mapping[str, Iterable[str]]) -> list[Term] | None:
    """The terms with each word that nobody wrote put right by what stands nearest to it in `known`.

    None where nothing is near, or nothing was wrong.
    """
    from difflib import get_close_matches

    mended, changed = [], False
    for term in asked:
        right = []
        for word in term.words:
            choices = list(known.get(word, ()))
            if word in choices or term.prefix:
                right.append(word)
                continue
            near = get_close_matches(word, choices, n=1, cutoff=0.7)
            if not near:
                return None
            right.append(near[0])
            changed = True
        mended.append(replace(term, words=tuple(right)))
    return mended if changed else None


def places(term: Term, held: list[str]) -> list[int]:
    """Where in a text's words a term begins."""
    size = len(term.words)
    if size == 1:
        word = term.words[0]
        if term.prefix:
            return [place for place, each in enumerate(held) if each.startswith(word)]
        return [place for place, each in enumerate(held) if each == word]
    wanted = list(term.words)
    return [place for place in range(len(held) - size + 1) if held[place : place + size] == wanted]
