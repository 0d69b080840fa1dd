"""What changed between two maps or two versions: matched by passages and by words, not by title."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from heapq import nlargest
from typing import TypeVar

from graph.cards import difference, word_difference
from graph.model import ArgumentMap, Evidence, Item, Statement
from graph.passages import fingerprint
from graph.questions.bearing import kind_words
from graph.questions.items import says
from graph.result import Column, ColumnType, Result, Value
from graph.wording import listed, numbered

DIFF = (
    Column("change", ColumnType.LABEL),
    Column("kind", ColumnType.LABEL),
    Column("id", ColumnType.ID),
    Column("was", ColumnType.ID, "-"),
    Column("title", heading="-"),
    Column("text", heading="what"),
)
CHANGES = ("new", "dropped", "re-tagged", "re-cut", "reworded", "other side")
ALIKE = 0.6  # of the words of two claims in common: one claim in other words
_RARE = 12  # of a claim's words, the rarest are looked up
_FREQUENT = 50  # a word in more claims than this finds nothing
_WORD = re.compile(r"\w+")
T = TypeVar("T", bound=Item)
Pairs = list[tuple[T, T]]


def diff(argmap: ArgumentMap, other: ArgumentMap, *, limit: int | None = None) -> Result:
    """What `other` has that `argmap` has not, what it dropped, and what it says otherwise.

    Cards are matched by the passage they quote, claims by their words; titles count for nothing.
    """
    cards, old_cards, new_cards = _by_passage(_of(argmap, Evidence), _of(other, Evidence))
    claims, old_claims, new_claims = _by_words(_of(argmap, Statement), _of(other, Statement))
    rows: list[tuple[Value, ...]] = []
    for new in sorted([*new_claims, *new_cards], key=lambda item: item.order):
        rows.append(("new", kind_words(new), new.id, None, new.title, says(new)))
    for old in sorted([*old_claims, *old_cards], key=lambda item: item.order):
        rows.append(("dropped", kind_words(old), old.id, old.id, old.title, says(old)))
    for before, after in cards:
        if _words(before.text or before.title) != _words(after.text or after.title):
            rows.append(_changed("re-tagged", before, after, _between(before, after)))
        cut = [
            (card.quote or "").split() + [str(s) for s in card.spans] + [card.spoken or ""]
            for card in (before, after)
        ]
        if cut[0] != cut[1]:
            rows.append(_changed("re-cut", before, after, difference(before, after)))
    for was, now in claims:
        if _words(says(was)) != _words(says(now)):
            rows.append(_changed("reworded", was, now, _between(was, now)))
        if was.side != now.side:
            rows.append(_changed("other side", was, now, f"was {was.side.value}, is {now.side.value}"))
    rows.sort(key=lambda row: CHANGES.index(str(row[0])))  # stable: then reading order
    count = Counter(str(row[0]) for row in rows)
    parts = [f"{count[change]} {change}" for change in CHANGES if count[change]]
    names = f"“{argmap.title}” and “{other.title}”" if argmap.title != other.title else f"“{argmap.title}”"
    same = numbered(len(cards) + len(claims), "item is", "items are")
    if rows:
        summary = f"From the first to the second ({names}): {listed(parts, 'and')}; {same} in both."
    else:
        summary = f"The two maps ({names}) hold the same claims and cards: {same} in both."
    return Result(
        DIFF,
        tuple(rows[:limit]),
        summary=summary,
        question="diff",
        map=other.id,
        truncated=limit is not None and len(rows) > limit,
    )


def _of(argmap: ArgumentMap, kind: type[T]) -> list[T]:
    return [item for item in argmap.items if isinstance(item, kind)]


def _changed(change: str, was: Item, now: Item, what: str) -> tuple[Value, ...]:
    return change, kind_words(now), now.id, was.id, now.title, what


def _between(was: Item, now: Item) -> str:
    return word_difference(_tag(was), _tag(now))


def _tag(item: Item) -> str:
    return (item.text or item.title) if isinstance(item, Evidence) else says(item)


def _by_passage(
    old: Sequence[Evidence], new: Sequence[Evidence]
) -> tuple[Pairs[Evidence], list[Evidence], list[Evidence]]:
    """Pairs of cards of one passage; the second cut of it goes with the second."""
    pairs, old_left, new_left = _paired(old, new, _passage)
    # A shorter cut of a passage has another fingerprint: then one quote holds the other's beginning.
    starts: dict[str, list[Evidence]] = defaultdict(list)
    for card in old_left:
        if card.quote:
            starts[_passage(card)[:60]].append(card)
    taken: set[str] = set()
    more: Pairs[Evidence] = []
    for card in new_left:
        like = [each for each in starts.get(_passage(card)[:60], ()) if each.id not in taken and card.quote]
        if like:
            taken.add(like[0].id)
            more.append((like[0], card))
    found = {card.id for _, card in more}
    rest_old = [card for card in old_left if card.id not in taken]
    rest_new = [card for card in new_left if card.id not in found]
    return pairs + more, rest_old, rest_new


def _passage(card: Evidence) -> str:
    return card.fingerprint or fingerprint(card.quote or "") or fingerprint(says(card))


def _paired(
    old: Sequence[T], new: Sequence[T], key: Callable[[T], object]
) -> tuple[Pairs[T], list[T], list[T]]:
    waiting: dict[object, list[T]] = defaultdict(list)
    for item in reversed(old):
        waiting[key(item)].append(item)
    pairs: Pairs[T] = []
    left: list[T] = []
    for item in new:
        if waiting.get(key(item)):
            pairs.append((waiting[key(item)].pop(), item))
        else:
            left.append(item)
    found = {was.id for was, _ in pairs}
    return pairs, [item for item in old if item.id not in found], left


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.casefold()))


def _by_words(
    old: Sequence[Statement], new: Sequence[Statement]
) -> tuple[Pairs[Statement], list[Statement], list[Statement]]:
    """Pairs of claims that say the same, then of claims most of whose words are the same, best first."""
    pairs, old_left, new_left = _paired(old, new, lambda item: _words(says(item)))
    alike = sorted(_alike(old_left, new_left), key=lambda each: -each[0])
    taken: set[int] = set()
    found: set[int] = set()
    for _, i, j in alike:
        if i not in taken and j not in found:
            taken.add(i)
            found.add(j)
            pairs.append((old_left[i], new_left[j]))
    pairs.sort(key=lambda pair: pair[1].order)
    rest_old = [item for i, item in enumerate(old_left) if i not in taken]
    return pairs, rest_old, [item for j, item in enumerate(new_left) if j not in found]


def _alike(old: Sequence[Statement], new: Sequence[Statement]) -> Iterator[tuple[float, int, int]]:
    """How alike claims are that share a word which is rare among the old ones."""
    words = [frozenset(_words(says(item))) for item in old]
    holding: dict[str, list[int]] = defaultdict(list)
    for i, each in enumerate(words):
        for word in each:
            holding[word].append(i)
    for j, item in enumerate(new):
        own = frozenset(_words(says(item)))
        known = [word for word in own if 0 < len(holding.get(word, ())) <= _FREQUENT]
        rare = nlargest(_RARE, sorted(known), key=lambda word: -len(holding[word]))
        for i in sorted({i for word in rare for i in holding[word]}):
            share = len(own & words[i]) / len(own | words[i])
            if share >= ALIKE:
                yield share, i, j
