"""Maps of any size and shape for the drawing's tests and measurements: always the same for the same."""

from __future__ import annotations

import random
from itertools import accumulate
from typing import Literal

from graph.draft import MapDraft
from graph.model import ArgumentMap, LinkKind

Shape = Literal["tree", "deep", "wide"]


def made(size: int, shape: Shape = "tree") -> ArgumentMap:
    """A map of `size` claims, rebuttals and cards with sentences, sources and holders.

    A *tree* is as debates are: a dozen contentions, then ever deeper; *deep* is one chain;
    *wide* has everything bear on the motion.
    """
    chance = random.Random(size)
    words = _Words(chance)
    draft = MapDraft(f"made-{shape}-{size}", f"A made map of {size:,} arguments")
    draft.claim(0, title="The motion", text=words.sentence(), kind="motion")
    sources = [
        draft.source(("source", n), title=words.sentence(4), author=(words.name(),), publisher=words.name())
        for n in range(size // 20 + 1)
    ]
    people = [draft.person(words.name()) for _ in range(size // 50 + 1)]
    for number in range(1, size):
        above = {"tree": _above(chance, number), "deep": number - 1, "wide": 0}[shape]
        title = f"{words.sentence(4)[:-1]} {number}"
        if number > 12 and chance.random() < 0.3:
            draft.evidence(number, title=title, text=words.sentence(), quote=words.sentence(30))
            draft.support(number, above)
        else:
            draft.claim(number, title=title, text=words.sentence())
            (draft.support, draft.attack, draft.attack, draft.undercut)[
                min(3, int(chance.random() * 3.1)) if above or chance.random() < 0.5 else 0
            ](number, above)
        draft.link(LinkKind.CITES, number, chance.choice(sources), locator=f"¶{chance.randint(1, 40)}")
        draft.link(LinkKind.ASSERTED_BY, number, chance.choice(people))
    return draft.finish()


def _above(chance: random.Random, number: int) -> int:
    return 0 if number <= 12 else min(number - 1, int(number * chance.random() ** 1.2))


class _Words:
    """Words that are as unlike each other, and as unevenly common, as those of a language."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        syllables = [a + b for a in "bdfghklmnprstvw" for b in ("a", "e", "i", "o", "u", "en", "or", "ist")]
        self._words = ["".join(chance.choices(syllables, k=chance.randint(1, 3))) for _ in range(3_000)]
        self._weights = list(accumulate(1 / rank for rank in range(1, len(self._words) + 1)))

    def sentence(self, length: int | None = None) -> str:
        k = length or self._chance.randint(8, 22)
        return " ".join(self._chance.choices(self._words, cum_weights=self._weights, k=k)).capitalize() + "."

    def name(self) -> str:
        return " ".join(word.capitalize() for word in self._chance.choices(self._words, k=2))
