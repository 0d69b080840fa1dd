"""What happens on the map when cards or claims are lost: what falls, what is weakened, what stands again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from heapq import nsmallest

from graph.model import ARGUMENT_NODES, ArgumentMap, Evidence, Item, ItemId, LinkKind, Source, Statement
from graph.questions.bearing import conclusions, kind_words, leads_against, supporters
from graph.questions.items import says
from graph.questions.quoted import passage
from graph.questions.scope import Scope, argues, name_of, side_of
from graph.result import Column, ColumnType, Result, Value
from graph.semantics.verdict import Verdict
from graph.semantics.whatif import Struck
from graph.wording import listed, numbered

STRIKE = (
    Column("change", ColumnType.LABEL),
    Column("id", ColumnType.ID),
    Column("side", ColumnType.LABEL),
    Column("title", heading="-"),
    Column("text", heading="says"),
    Column("before", ColumnType.LABEL),
    Column("after", ColumnType.LABEL),
)
COLLAPSE = (
    Column("effect", ColumnType.LABEL),
    Column("id", ColumnType.ID),
    Column("side", ColumnType.LABEL),
    Column("kind", ColumnType.LABEL),
    Column("title", heading="-"),
    Column("text", heading="says"),
)
_NO_SUPPORT, _LINE, _FALLS, _OPEN, _AGAIN, _WEAKER, _INSTEAD = (
    "loses all support",
    "line breaks",
    "falls",
    "contested",
    "stands again",
    "weakened",
    "could replace",
)
_EFFECTS = (_FALLS, _OPEN, _WEAKER, _AGAIN)


def strike(
    argmap: ArgumentMap,
    *items: ItemId,
    side: str | None = None,
    kind: str | None = None,
    within: ItemId | None = None,
    need_evidence: bool = False,
    limit: int | None = None,
) -> Result:
    """What changes when these are thrown out, and which cards could take their place. Side, kind and
    `within` are those of what changes.

    What counts as granted is decided before the strike: a claim that loses its last card falls.
    """
    struck = [argues(argmap, item_id, sources=True) for item_id in dict.fromkeys(items)]
    state = Struck(argmap, need_evidence=need_evidence)
    gone = _arguing(argmap, struck)
    before = {item_id: state.verdict(item_id) for item_id in gone}
    changes = state.strike(*gone)
    rows: list[tuple[Value, ...]] = []
    for item_id in gone:
        rows.append(_row("struck", argmap.by_id[item_id], before[item_id].value, Verdict.FALLS.value))
    scope = Scope(argmap, side, kind, within)
    changed = [(argmap.by_id[each], *change) for each, change in changes.items() if each not in before]
    lines = {
        each
        for motion in argmap.motion
        if motion in argmap.by_id
        for each in supporters(argmap, motion)
        if each in changes and changes[each][1] is not Verdict.STANDS
    }
    named = sorted(
        (
            (_change(argmap, item, was, now, lines, state), item, was, now)
            for item, was, now in changed
            if isinstance(item, (Statement, Evidence)) and item in scope
        ),
        key=lambda each: (_NO_SUPPORT, _LINE, _FALLS, _OPEN, _AGAIN).index(each[0]),
    )
    rows += [_row(what, item, was.value, now.value) for what, item, was, now in named]
    instead = list(_replacements(argmap, gone, state)) if named else []
    rows += [_row(_INSTEAD, card, state.verdict(card.id).value, "") for card in instead]
    return Result(
        STRIKE,
        tuple(rows[:limit]),
        summary=_struck_words(
            argmap, struck, gone, before, changes, [what for what, *_ in named], instead, scope.words
        ),
        question="strike",
        map=argmap.id,
        truncated=limit is not None and len(rows) > limit,
    )


def _row(what: str, item: Item, before: str, after: str) -> tuple[Value, ...]:
    return what, item.id, side_of(item), item.title, says(item), before, after


def _arguing(argmap: ArgumentMap, items: Iterable[Item]) -> list[ItemId]:
    """The items, a source as the cards that cite it."""
    found: dict[ItemId, None] = {}
    for item in items:
        if not isinstance(item, Source):
            found.setdefault(item.id)
            continue
        for link in argmap.incoming.get(item.id, ()):
            if link.kind is LinkKind.CITES and isinstance(argmap.by_id.get(link.start), Evidence):
                found.setdefault(link.start)
    return list(found)


def _change(
    argmap: ArgumentMap, item: Item, was: Verdict, now: Verdict, lines: Collection[ItemId], state: Struck
) -> str:
    if now is Verdict.STANDS:
        return _AGAIN
    if item.id in lines:
        return _LINE
    if now is Verdict.CONTESTED:
        return _OPEN
    under = supporters(argmap, item.id)
    bare = under and all(state.verdict(each) is Verdict.FALLS for each in under)
    return _NO_SUPPORT if bare else _FALLS


def _replacements(argmap: ArgumentMap, gone: Collection[ItemId], state: Struck) -> Iterator[Evidence]:
    """Cards that stand and do not support what is lost yet: the same passage first, then like words."""
    cards = [card for card in map(argmap.by_id.__getitem__, gone) if isinstance(card, Evidence)]
    if not cards:
        return
    sides = {card.side for card in cards}
    passages = {passage(card) for card in cards} - {""}
    words = {word for card in cards for word in _words(argmap, card)}
    beside = {
        other
        for card in cards
        for link in argmap.outgoing.get(card.id, ())
        if link.kind is LinkKind.SUPPORTS
        for other in supporters(argmap, link.end)
    }
    ranked = []
    for other in argmap.items:
        if (
            isinstance(other, Evidence)
            and other.side in sides
            and other.id not in gone
            and other.id not in beside
            and state.verdict(other.id) is Verdict.STANDS
        ):
            same = passage(other) in passages
            shared = len(words & _words(argmap, other))
            if same or shared >= 3:
                ranked.append((not same, -shared, other.order, other.id, other))
    yield from (each[-1] for each in nsmallest(3, ranked))


def _words(argmap: ArgumentMap, card: Evidence) -> frozenset[str]:
    """The longer words that a card and its quote consist of: short ones are in all of them."""
    words = f"{card.text or card.title} {card.quote or ''}".casefold().split()
    return frozenset(word for word in (word.strip(".,;:!?“”\"'()") for word in words) if len(word) > 5)


def _struck_words(
    argmap: ArgumentMap,
    struck: list[Item],
    gone: list[ItemId],
    before: dict[ItemId, Verdict],
    changes: Collection[ItemId],
    named: list[str],
    instead: list[Evidence],
    whose: str,
) -> str:
    what = listed((name_of(argmap, item) for item in struck), "and")
    if not gone:
        return f"No card on the map cites {what}, so nothing is lost."
    start = f"Without {what}"
    if all(verdict is Verdict.FALLS for verdict in before.values()):
        already = "falls" if len(gone) == 1 else "fall"
        return f"{start} nothing changes: it already {already} on the map as it is."
    if not named and whose:
        sentence = f"{start} nothing{whose} changes its verdict."
    elif not named:
        sentence = f"{start} no claim on the map changes its verdict: others hold up all that rested on it."
    else:
        counted = [(one, named.count(one)) for one in dict.fromkeys(named)]
        asked = f" (asked{whose})" if whose else ""
        sentence = f"{start} {listed([_count(one, n) for one, n in counted], 'and')}{asked}."
        for motion in argmap.motion:
            if motion in changes:
                sentence += f" The motion “{argmap.by_id[motion].title}” no longer has the verdict it had."
    if not named:
        return sentence
    if instead:
        sentence += f" {numbered(len(instead), 'card')} with like words could replace what is lost."
    elif any(isinstance(argmap.by_id[item_id], Evidence) for item_id in gone):
        sentence += " No other card on the map could replace it."
    return sentence


def _count(what: str, count: int) -> str:
    one, many = {
        _NO_SUPPORT: ("claim loses all support", "claims lose all support"),
        _LINE: ("line to the motion breaks", "lines to the motion break"),
        _FALLS: ("other item falls", "other items fall"),
        _OPEN: ("item is contested", "items are contested"),
        _AGAIN: ("item stands again", "items stand again"),
    }[what]
    return numbered(count, one, many)


def collapse(
    argmap: ArgumentMap,
    item_id: ItemId,
    *,
    side: str | None = None,
    kind: str | None = None,
    within: ItemId | None = None,
    need_evidence: bool = False,
    limit: int | None = None,
) -> Result:
    """What falls if the item falls, apart from what is only weakened: other support remains."""
    item = argues(argmap, item_id)
    state = Struck(argmap, need_evidence=need_evidence)
    stood = state.verdict(item_id)
    changes = {each: change for each, change in state.strike(item_id).items() if each != item_id}
    scope = Scope(argmap, side, kind, within)
    found: dict[ItemId, str] = {}
    lost = [] if stood is Verdict.FALLS else [item_id]
    for each, (_, now) in changes.items():
        found[each] = {Verdict.FALLS: _FALLS, Verdict.CONTESTED: _OPEN, Verdict.STANDS: _AGAIN}[now]
        if now is not Verdict.STANDS:
            lost.append(each)
    for each in lost:
        for above in _supported(argmap, each):
            if above != item_id and above not in found and state.verdict(above) is not Verdict.FALLS:
                found[above] = _WEAKER
    rows = [
        (effect, one.id, side_of(one), kind_words(one), one.title, says(one))
        for one, effect in sorted(
            ((argmap.by_id[each], effect) for each, effect in found.items()),
            key=lambda pair: (_EFFECTS.index(pair[1]), pair[0].order),
        )
        if isinstance(one, (Statement, Evidence)) and one in scope
    ]
    return Result(
        COLLAPSE,
        tuple(rows[:limit]),
        summary=_collapse_words(argmap, item, stood, [row[0] for row in rows], scope.words),
        question="collapse",
        map=argmap.id,
        truncated=limit is not None and len(rows) > limit,
    )


def _supported(argmap: ArgumentMap, item_id: ItemId) -> Iterator[ItemId]:
    """What an item supports, directly or as a premise of a step; of a step, what it leads to."""
    for link in argmap.outgoing.get(item_id, ()):
        end = argmap.by_id.get(link.end)
        if end is None or end.label not in ARGUMENT_NODES:
            continue
        if link.kind is LinkKind.SUPPORTS and link.via is None:
            yield link.end
        elif link.kind is LinkKind.PREMISE_OF and not leads_against(argmap, link.end):
            yield from conclusions(argmap, link.end)
        elif link.kind is LinkKind.CONCLUDES and not leads_against(argmap, item_id):
            yield link.end


def _collapse_words(argmap: ArgumentMap, item: Item, stood: Verdict, effects: list[str], whose: str) -> str:
    name = name_of(argmap, item)
    if stood is Verdict.FALLS and not effects:
        return f"{name} falls already on the map as it is, so nothing falls with it."
    falls, weaker = effects.count(_FALLS), effects.count(_WEAKER)
    if not effects:
        return f"If {name} falls, nothing else{whose} falls and nothing is weakened."
    parts = [f"{numbered(falls, 'other item falls', 'other items fall') if falls else 'nothing else falls'}"]
    if weaker:
        parts.append(f"{numbered(weaker, 'is', 'are')} only weakened: other support remains")
    for effect, one, many in (
        (_OPEN, "becomes contested", "become contested"),
        (_AGAIN, "stands again", "stand again"),
    ):
        if count := effects.count(effect):
            parts.append(numbered(count, one, many))
    return f"If {name} falls, {'; '.join(parts)}{' (asked' + whose + ')' if whose else ''}."
