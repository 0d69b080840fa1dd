"""What might be cross-applied to a claim that nothing answers: answers to what says the same elsewhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from graph.model import ArgumentMap, Inference, ItemId, LinkKind, Polarity, Side, Statement
from graph.questions.alike import Words, alike, words_of
from graph.questions.bearing import all_attacks, conclusions, direct_attacks, supporters, supports
from graph.questions.items import says
from graph.questions.once import once_a_map
from graph.questions.quoted import passages, quoting
from graph.questions.scope import side_of

MOST = 2  # candidates for one claim
_LETTERS = 4  # of a word that says what a claim is about
_LEAST = 3  # such words in common, for one claim in other words


@dataclass(frozen=True, slots=True)
class Candidate:
    """An answer to something else that a person may find to answer the claim as well."""

    id: ItemId
    answers: ItemId  # what it answers on the map
    because: str  # why that might be the same: same passage, same words, like words, same scheme, same point


def candidates(argmap: ArgumentMap, unanswered: Sequence[Statement]) -> dict[ItemId, list[Candidate]]:
    """At most two candidates for each of these claims, the closest first; claims without any are absent.

    A candidate is on the other side than the claim, and answers something else that has a card of the
    same passage under it, says the same words, has 60 % of its longer words in common (three at least),
    or bears on the same item by a step of the same scheme; or else it answers the very point that the
    claim is put forward for.
    """
    like = _like_words(argmap, unanswered)
    found: dict[ItemId, list[Candidate]] = {}
    for item in unanswered:
        ways = _ways(argmap, item, like.get(item.id, ()))
        first: dict[ItemId, Candidate] = {}
        for each in _answers(argmap, item, ways):
            first.setdefault(each.id, each)
            if len(first) == MOST:
                break
        if first:
            found[item.id] = list(first.values())
    return found


def _ways(
    argmap: ArgumentMap, item: Statement, like: Iterable[ItemId]
) -> Iterator[tuple[str, Iterable[ItemId]]]:
    """What might be the same as the item, by why; the closest first."""
    yield "same passage", _on_passages_of(argmap, item.id)
    yield "same words", _saying(argmap).get(words_of(says(item)), ())
    yield "like words", like
    yield "same scheme", _by_scheme(argmap, item.id)
    yield "same point", supports(argmap, item.id)


def _answers(
    argmap: ArgumentMap, item: Statement, ways: Iterable[tuple[str, Iterable[ItemId]]]
) -> Iterator[Candidate]:
    """The other side's answers to what might be the same as the item; some more than once."""
    ours = item.side.other if item.side in (Side.PRO, Side.CON) else None
    for because, others in ways:
        # To answer a point's other support is not to answer the point.
        attacks = direct_attacks(argmap) if because == "same point" else all_attacks(argmap)
        for other in others:
            if other == item.id or other in argmap.motion:  # all that is on a map answers its motion
                continue
            for attack in attacks.get(other, ()):
                answer = argmap.by_id[attack.attacker]
                if ours in (None, side_of(answer)) and answer is not item:
                    yield Candidate(answer.id, other, because)


def _on_passages_of(argmap: ArgumentMap, item_id: ItemId) -> Iterator[ItemId]:
    """What has a card under it that quotes what a card under the item quotes."""
    quoted = passages(argmap)
    for under in supporters(argmap, item_id):
        if under in quoted:
            for card in quoting(argmap)[quoted[under]]:
                yield from supports(argmap, card.id)


@once_a_map
def _saying(argmap: ArgumentMap) -> Mapping[Words, list[ItemId]]:
    """The claims and rebuttals that are answered, by what they say."""
    saying: dict[Words, list[ItemId]] = defaultdict(list)
    for item_id in all_attacks(argmap):
        item = argmap.by_id[item_id]
        if isinstance(item, Statement) and (words := words_of(says(item))):
            saying[words].append(item_id)
    return saying


def _like_words(argmap: ArgumentMap, unanswered: Sequence[Statement]) -> dict[ItemId, list[ItemId]]:
    """What is answered and says each of these claims in other words, the likest first."""
    old = list(_saying(argmap).items())
    old_words = [_longer(words) for words, _ in old]
    new_words = [_longer(words_of(says(item))) for item in unanswered]
    like: dict[ItemId, list[ItemId]] = {}
    for _, i, j in sorted(alike(old_words, new_words), key=lambda pair: -pair[0]):  # stable: reading order
        if len(old_words[i] & new_words[j]) >= _LEAST:
            like.setdefault(unanswered[j].id, []).extend(old[i][1])
    return like


def _longer(words: Words) -> frozenset[str]:
    """What a claim is about: who says that it did in one place says nothing of another."""
    return frozenset(word for word in words if len(word) >= _LETTERS)


def _by_scheme(argmap: ArgumentMap, item_id: ItemId) -> Iterator[ItemId]:
    """What bears on the same item as this one, in the same way, by a step of the same scheme."""
    for step in _steps_of(argmap, item_id):
        for end in conclusions(argmap, step.id):
            yield from _schemes(argmap).get((end, step.polarity, _folded(step)), ())


@once_a_map
def _schemes(argmap: ArgumentMap) -> Mapping[tuple[ItemId, Polarity, str], list[ItemId]]:
    """The premises of all steps of a scheme to or against one item."""
    found: dict[tuple[ItemId, Polarity, str], list[ItemId]] = defaultdict(list)
    for link in argmap.links:
        if link.kind is LinkKind.PREMISE_OF:
            step = argmap.by_id.get(link.end)
            if isinstance(step, Inference) and step.scheme:
                for end in conclusions(argmap, step.id):
                    found[end, step.polarity, _folded(step)].append(link.start)
    return found


def _steps_of(argmap: ArgumentMap, item_id: ItemId) -> Iterator[Inference]:
    for link in argmap.outgoing.get(item_id, ()):
        step = argmap.by_id.get(link.end)
        if link.kind is LinkKind.PREMISE_OF and isinstance(step, Inference) and step.scheme:
            yield step


def _folded(step: Inference) -> str:
    return " ".join((step.scheme or "").casefold().split())
