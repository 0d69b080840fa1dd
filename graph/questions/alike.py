"""Which texts are alike: what they say in the same words, and one claim in other words."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from math import ceil

from graph.model import ArgumentMap, ItemId, Statement
from graph.questions.items import says
from graph.questions.once import once_a_map

ALIKE = 0.6  # of the words of two claims in common: one claim in other words
_FREQUENT = 50  # a word that begins more texts than this says nothing of any
_WORD = re.compile(r"\w+")

Words = tuple[str, ...]


def words_of(text: str) -> Words:
    """The words of a text, in small letters, without what is between them."""
    return tuple(_WORD.findall(text.casefold()))


@once_a_map
def wordings(argmap: ArgumentMap) -> Mapping[ItemId, Words]:
    """The words of each claim and rebuttal."""
    return {item.id: words_of(says(item)) for item in argmap.items if isinstance(item, Statement)}


def alike(
    old: Sequence[AbstractSet[str]], new: Sequence[AbstractSet[str]], least: float = ALIKE
) -> Iterator[tuple[float, int, int]]:
    """The places of two texts that have at least so much of all their words in common, with how much.

    Two such texts share one of their few rarest words, however each begins (the prefix filter of
    Chaudhuri, Ganti and Kaushik 2006), so only those are looked up. Two texts that share no word but
    ones that many texts begin with are not found.
    """
    common = Counter(word for words in old for word in words)

    def rarest(words: AbstractSet[str]) -> list[str]:
        count = len(words) - ceil(least * len(words)) + 1
        return sorted(words, key=lambda word: (common[word], word))[:count]

    starting: dict[str, list[int]] = defaultdict(list)
    for i, words in enumerate(old):
        for word in rarest(words) if words else ():
            starting[word].append(i)
    for j, words in enumerate(new):
        if not words:
            continue
        near: set[int] = set()
        for word in rarest(words):
            places = starting.get(word, ())
            if len(places) <= _FREQUENT:
                near.update(places)
        for i in sorted(near):
            both = len(words & old[i])
            share = both / (len(words) + len(old[i]) - both)
            if share >= least:
                yield share, i, j
