"""Which claim a title like "AT: Heg good" means: found by its words, through an index, with a score."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from graph.model import ATTACKS, ArgumentMap, Item, ItemId, Side, Statement
from graph.slugs import short_hash

SURE = 0.85  # at and above, a title names the claim
POSSIBLE = 0.4  # at and above, a person should look
UNMATCHED = "unmatched"  # the tag of a claim that only a title names

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_STOP = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "been",
        "by",
        "can",
        "for",
        "from",
        "has",
        "have",
        "if",
        "in",
        "into",
        "is",
        "it",
        "its",
        "of",
        "on",
        "or",
        "that",
        "the",
        "their",
        "this",
        "to",
        "was",
        "were",
        "will",
        "with",
        "would",
    ]
)
_SAME: Mapping[str, str] = {
    "heg": "hegemony",
    "econ": "economy",
    "economic": "economy",
    "prolif": "proliferation",
    "nuke": "nuclear",
    "nuclearization": "nuclear",
    "govt": "government",
    "enviro": "environment",
    "environmental": "environment",
    "bio": "biodiversity",
    "biod": "biodiversity",
    "da": "disadvantage",
    "disad": "disadvantage",
    "cp": "counterplan",
    "k": "kritik",
    "critique": "kritik",
    "t": "topicality",
    "ptx": "politics",
    "fw": "framework",
    "uq": "uniqueness",
    "cap": "capitalism",
    "dedev": "degrowth",
    "terror": "terrorism",
    "us": "u.s",
    "america": "u.s",
    "american": "u.s",
}
_COMMON = 400  # claims that share a word; a commoner word finds none by itself


class ClaimIndex:
    """Claims by their words; asked for those that a title may mean."""

    def __init__(self, claims: Iterable[tuple[Hashable, str]]) -> None:
        self._words: dict[Hashable, frozenset[str]] = {}
        self._by_word: dict[str, list[Hashable]] = defaultdict(list)
        for key, text in claims:
            words = words_of(text)
            self._words[key] = words
            for word in words:
                self._by_word[word].append(key)
        self._weights = {
            word: math.log(1 + len(self._words) / len(keys)) for word, keys in self._by_word.items()
        }
        self._unknown = math.log(1 + max(len(self._words), 1))
        self._sizes = {key: self._size(words) for key, words in self._words.items()}

    def best(
        self, text: str, allowed: Callable[[Hashable], bool] = lambda _: True, limit: int = 3
    ) -> list[tuple[float, Hashable]]:
        """The claims that share most with `text`, best first, each with a score of 0 to 1."""
        asked = words_of(text)
        if not asked:
            return []
        shared: dict[Hashable, float] = defaultdict(float)
        known = sorted(
            (word for word in asked if word in self._by_word), key=lambda w: (len(self._by_word[w]), w)
        )
        for place, word in enumerate(known):
            keys = self._by_word[word]
            weight = self._weights[word]
            if place and len(keys) > _COMMON:
                for key in shared:
                    if word in self._words[key]:
                        shared[key] += weight
            else:
                for key in keys:
                    shared[key] += weight
        size = self._size(asked)
        scored = []
        for key, common in shared.items():
            covered = common / size
            alike = common / (size + self._sizes[key] - common)
            score = round(0.55 * covered + 0.45 * alike, 3)
            if score >= POSSIBLE:
                scored.append((score, key))
        scored.sort(key=lambda pair: -pair[0])  # stable: the first in reading order among equals
        found = []
        for score, key in scored:
            if allowed(key):
                found.append((score, key))
                if len(found) == limit:
                    break
        return found

    def _size(self, words: Iterable[str]) -> float:
        return sum(self._weights.get(word, self._unknown) for word in sorted(words)) or 1.0


@lru_cache(maxsize=1 << 16)
def _stem(word: str) -> str:
    folded = word.casefold().replace("’", "'").removesuffix("'s")
    folded = _SAME.get(folded, folded)
    for suffix, keep in (("ies", "y"), ("sses", "ss"), ("ing", ""), ("ed", ""), ("s", ""), ("e", "")):
        if folded.endswith(suffix) and len(folded) - len(suffix) >= 4 and not folded.endswith("ss"):
            return folded[: -len(suffix)] + keep
    return folded


def words_of(text: str) -> frozenset[str]:
    """The words of a text that tell it from others: folded, stemmed, debate's short forms in full."""
    words = [word for word in _WORD.findall(text) if word.casefold() not in _STOP]
    return frozenset(_stem(word) for word in words) or frozenset(_stem(word) for word in _WORD.findall(text))


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One claim that a title may mean, for a person to decide."""

    id: str  # the same as long as both texts are
    stub: ItemId  # the claim that only the title names
    target: ItemId
    score: float
    answers: tuple[ItemId, ...]  # those that would answer the target


def suggestions(argmap: ArgumentMap, limit: int = 3) -> list[Suggestion]:
    """What unmatched titles may mean, best first for each; what was accepted or rejected is left out."""
    stubs = [item for item in argmap.items if UNMATCHED in item.tags and isinstance(item, Statement)]
    if not stubs:
        return []
    claims = {
        item.id: item for item in argmap.items if isinstance(item, Statement) and UNMATCHED not in item.tags
    }
    index = ClaimIndex((item.id, _says(item)) for item in claims.values())
    refused = set(_listed(argmap.extra.get("rejected")))
    found: list[Suggestion] = []
    for stub in stubs:
        attacks = [
            link for link in argmap.incoming.get(stub.id, ()) if link.kind in ATTACKS and link.via is None
        ]
        answers = tuple(dict.fromkeys(link.start for link in attacks)) or (stub.id,)
        near = set(answers) | {link.start for answer in answers for link in argmap.incoming.get(answer, ())}

        def allowed(key: Hashable, stub: Statement = stub, near: set[ItemId] = near) -> bool:
            return key not in near and _can_be(stub, claims[str(key)])

        for score, key in index.best(_says(stub), allowed, limit):
            target = str(key)
            suggestion_id = short_hash(stub.id, target)
            open_answers = tuple(a for a in answers if not _attacks(argmap, a, target))
            if suggestion_id not in refused and open_answers:
                found.append(Suggestion(suggestion_id, stub.id, target, score, open_answers))
    return sorted(found, key=lambda s: -s.score)


def _says(item: Item) -> str:
    return item.text or item.title


def _can_be(stub: Statement, claim: Statement) -> bool:
    """A claim of the side that the stub is on, or of none that is known."""
    unsure = (Side.UNKNOWN, Side.BOTH)
    return stub.side in unsure or claim.side in unsure or stub.side is claim.side


def _attacks(argmap: ArgumentMap, answer: ItemId, target: ItemId) -> bool:
    return any(link.end == target and link.kind in ATTACKS for link in argmap.outgoing.get(answer, ()))


def _listed(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, (list, tuple)) else []
