"""What changed between two maps or two versions: matched by passages and by words, not by title."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from graph.cards import difference, word_difference
from graph.model import ArgumentMap, Evidence, Item, ItemId, Statement
from graph.questions.alike import Words, alike, wordings, words_of
from graph.questions.bearing import kind_words
from graph.questions.items import says
from graph.questions.quoted import passages
from graph.questions.scope import Scope, is_of_kind, side_of
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
_RUN = 3  # words in a row, as two cuts of one passage share them
_OVERLAP = 0.5  # of the runs of the shorter cut
_LEAST = 2  # runs in common: three words in a row may be anybody's
_FREQUENT = 50  # a run in more cards than this tells none from another
T = TypeVar("T", bound=Item)
Pairs = list[tuple[T, T]]
Matched = tuple[Pairs[T], list[T], list[T]]  # what is in both, only in the old map, only in the new one


def diff(
    argmap: ArgumentMap,
    other: ArgumentMap,
    *,
    side: str | None = None,
    kind: str | None = None,
    limit: int | None = None,
) -> Result:
    """What `other` has that `argmap` has not, what it dropped, and what it says otherwise.

    Cards are matched by the passage they quote, claims by their words; titles count for nothing.
    """
    cards, old_cards, new_cards = _paired_cards(argmap, other)
    claims, old_claims, new_claims = _paired_claims(argmap, other)
    found: list[tuple[str, Item, Item | None, str]] = []  # change, item, the item that it was, what
    for new in sorted([*new_claims, *new_cards], key=lambda item: item.order):
        found.append(("new", new, None, says(new)))
    for old in sorted([*old_claims, *old_cards], key=lambda item: item.order):
        found.append(("dropped", old, old, says(old)))
    for before, after in cards:
        if words_of(_tag(before)) != words_of(_tag(after)):
            found.append(("re-tagged", after, before, _between(before, after)))
        if _cut(before) != _cut(after):
            found.append(("re-cut", after, before, difference(before, replace(after, text=before.text))))
    for was, now in claims:
        if words_of(says(was)) != words_of(says(now)):
            found.append(("reworded", now, was, _between(was, now)))
        if was.side != now.side:
            found.append(("other side", now, was, f"was {was.side.value}, is {now.side.value}"))
    rows: list[tuple[Value, ...]] = [
        (change, kind_words(item), item.id, None if was is None else was.id, item.title, what)
        for change, item, was, what in found
        if _asked(change, item, was, side, kind)
    ]
    rows.sort(key=lambda row: CHANGES.index(str(row[0])))  # stable: then reading order
    count = Counter(str(row[0]) for row in rows)
    parts = [f"{count[change]} {change}" for change in CHANGES if count[change]]
    names = f"“{argmap.title}” and “{other.title}”" if argmap.title != other.title else f"“{argmap.title}”"
    same = numbered(len(cards) + len(claims), "item is", "items are")
    whose = Scope(other, side, kind).words
    if rows:
        asked = f" (asked{whose})" if whose else ""
        summary = f"From the first to the second ({names}): {listed(parts, 'and')}{asked}; {same} in both."
    elif found:
        summary = f"From the first to the second ({names}) nothing{whose} has changed; {same} in both."
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


def _asked(change: str, item: Item, was: Item | None, side: str | None, kind: str | None) -> bool:
    """Whether a change is of the side and of the kind, of item or of change; before it or after."""
    both = [each for each in (item, was) if each is not None]
    return (side is None or any(side_of(each) == side for each in both)) and (
        kind is None or kind.casefold() == change or any(is_of_kind(each, kind) for each in both)
    )


def _of(argmap: ArgumentMap, kind: type[T]) -> list[T]:
    return [item for item in argmap.items if isinstance(item, kind)]


def _cut(card: Evidence) -> tuple[object, ...]:
    """What of the passage is quoted, and how it is marked; line ends count for nothing."""
    return (card.quote or "").split(), card.spans, card.spoken or ""


def _between(was: Item, now: Item) -> str:
    return word_difference(_tag(was), _tag(now))


def _tag(item: Item) -> str:
    return (item.text or item.title) if isinstance(item, Evidence) else says(item)


def _paired_cards(argmap: ArgumentMap, other: ArgumentMap) -> Matched[Evidence]:
    """Cards of one passage: of the same beginning, then longer, shorter and overlapping cuts of it. Where
    one of two quotes nothing they go by their tags, and where neither does by tags that are alike. The
    second cut of a passage goes with the second.
    """
    old_passages, new_passages = passages(argmap), passages(other)
    pairs, old, new = _paired(_of(argmap, Evidence), _of(other, Evidence), old_passages.get, new_passages.get)
    cuts, old, new = _matched(
        old, new, _overlapping([_quoted(card) for card in old], [_quoted(card) for card in new])
    )
    old_tags, new_tags = _tags(old), _tags(new)
    bare_old, bare_new = (
        {card: tag for card, tag in tags.items() if card not in quoted}
        for tags, quoted in ((old_tags, old_passages), (new_tags, new_passages))
    )
    filled, old, new = _paired(old, new, bare_old.get, new_tags.get)
    emptied, old, new = _paired(old, new, old_tags.get, bare_new.get)
    bare = [card for card in old if card.id in bare_old], [card for card in new if card.id in bare_new]
    old_words, new_words = ([frozenset(words_of(_tag(card))) for card in cards] for cards in bare)
    tagged, _, _ = _matched(*bare, alike(old_words, new_words))
    gone = {card.id for card, _ in tagged}
    came = {card.id for _, card in tagged}
    return (
        [*pairs, *cuts, *filled, *emptied, *tagged],
        [card for card in old if card.id not in gone],
        [card for card in new if card.id not in came],
    )


def _tags(cards: Iterable[Evidence]) -> dict[ItemId, Words]:
    return {card.id: words_of(_tag(card)) for card in cards}


def _quoted(card: Evidence) -> Words:
    return words_of(card.quote or "")


def _overlapping(old: Sequence[Words], new: Sequence[Words]) -> Iterator[tuple[float, int, int]]:
    """The places of two quotes of which the shorter has half of its three-word runs in the other."""
    runs = [_runs(words) for words in old]
    holding: dict[Words, list[int]] = defaultdict(list)
    for i, each in enumerate(runs):
        for run in each:
            holding[run].append(i)
    for j, words in enumerate(new):
        own = _runs(words)
        shared = Counter(
            i for run in own if len(holding.get(run, ())) <= _FREQUENT for i in holding.get(run, ())
        )
        for i, count in sorted(shared.items()):
            share = count / min(len(own), len(runs[i]))
            if share >= _OVERLAP and count >= _LEAST:
                yield share, i, j


def _runs(words: Words) -> frozenset[Words]:
    return frozenset(words[start : start + _RUN] for start in range(len(words) - _RUN + 1))


def _paired_claims(argmap: ArgumentMap, other: ArgumentMap) -> Matched[Statement]:
    """Claims that say the same, then claims most of whose words are the same, best first."""
    old_words, new_words = wordings(argmap), wordings(other)
    pairs, old, new = _paired(_of(argmap, Statement), _of(other, Statement), old_words.get, new_words.get)
    near = alike(
        [frozenset(old_words[each.id]) for each in old], [frozenset(new_words[each.id]) for each in new]
    )
    more, old, new = _matched(old, new, near)
    return sorted([*pairs, *more], key=lambda pair: pair[1].order), old, new


def _paired(
    old: Sequence[T],
    new: Sequence[T],
    old_key: Callable[[ItemId], object],
    new_key: Callable[[ItemId], object],
) -> Matched[T]:
    """Items of one key, in reading order; what has none is left."""
    waiting: dict[object, list[T]] = defaultdict(list)
    for item in reversed(old):
        waiting[old_key(item.id)].append(item)
    pairs: Pairs[T] = []
    left: list[T] = []
    for item in new:
        key = new_key(item.id)
        if key and waiting.get(key):
            pairs.append((waiting[key].pop(), item))
        else:
            left.append(item)
    found = {was.id for was, _ in pairs}
    return pairs, [item for item in old if item.id not in found], left


def _matched(old: Sequence[T], new: Sequence[T], near: Iterable[tuple[float, int, int]]) -> Matched[T]:
    """Each item with at most one other, those first that are nearest; then reading order."""
    pairs: Pairs[T] = []
    taken: set[int] = set()
    found: set[int] = set()
    for _, i, j in sorted(near, key=lambda each: -each[0]):
        if i not in taken and j not in found:
            taken.add(i)
            found.add(j)
            pairs.append((old[i], new[j]))
    return (
        pairs,
        [item for i, item in enumerate(old) if i not in taken],
        [item for j, item in enumerate(new) if j not in found],
    )
