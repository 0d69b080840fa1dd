"""Which claims stand, fall or are contested, and why; how strong each is, and what a card adds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from graph.errors import QuestionError
from graph.model import ARGUERS, ArgumentMap, Evidence, Item, ItemId, Statement
from graph.questions.bearing import kind_words, source_names, source_words
from graph.questions.items import says
from graph.questions.scope import Scope, argues, name_of, side_of
from graph.result import Column, ColumnType, Result, Value
from graph.semantics.dung import Semantics, extensions
from graph.semantics.strength import BASE_WEIGHT, DEFAULT, contributions, strengths
from graph.semantics.verdict import Because, Reason, Verdict, reason, verdicts
from graph.wording import listed, numbered

VERDICT = (
    Column("id", ColumnType.ID),
    Column("side", ColumnType.LABEL),
    Column("kind", ColumnType.LABEL),
    Column("title", heading="-"),
    Column("text", heading="says"),
    Column("verdict", ColumnType.LABEL),
)
WAYS = (
    Column("way", ColumnType.INTEGER),
    Column("id", ColumnType.ID),
    Column("side", ColumnType.LABEL),
    Column("kind", ColumnType.LABEL),
    Column("title", heading="-"),
    Column("text", heading="says"),
)
MOST_WAYS = 20
"""So many ways are listed where no limit is given: there may be millions."""

WHY = (
    Column("depth", ColumnType.INTEGER, "-"),
    Column("id", ColumnType.ID, "-"),
    Column("title", heading="-"),
    Column("reason", heading="-"),
    Column("verdict", ColumnType.LABEL, "-"),
    Column("because", ColumnType.LABEL, "-"),
    Column("line", heading="why"),
)
STRENGTH = (
    Column("id", ColumnType.ID),
    Column("side", ColumnType.LABEL),
    Column("title", heading="-"),
    Column("text", heading="says"),
    Column("base", ColumnType.NUMBER),
    Column("strength", ColumnType.NUMBER),
)
CONTRIBUTION = (
    Column("id", ColumnType.ID),
    Column("title", heading="-"),
    Column("text", heading="card"),
    Column("source"),
    Column("adds", ColumnType.NUMBER),
)
_BECAUSE: Mapping[Because, str] = {
    Because.CARD: "it is a card, and no attack on it stands",
    Because.GRANTED: "nobody supports it, so it is granted, and no attack on it stands",
    Because.SUPPORTED: "what supports it stands, and no attack on it does",
    Because.PREMISES: "all its premises stand, and no attack on it does",
    Because.STRUCK: "it is struck",
    Because.ATTACKED: "an attack on it stands",
    Because.UNSUPPORTED: "nothing that supports it stands",
    Because.NO_EVIDENCE: "nothing supports it, and evidence is asked for",
    Because.PREMISE: "a premise falls",
    Because.CIRCULAR: "only itself holds it up: the support runs in a circle",
    Because.OPEN: "what decides it is contested itself",
}


def verdict(
    argmap: ArgumentMap,
    *,
    why: ItemId | None = None,
    only: str | None = None,
    side: str | None = None,
    kind: str | None = None,
    within: ItemId | None = None,
    need_evidence: bool = False,
    ways: str | None = None,
    timeout: float | None = None,
    limit: int | None = None,
) -> Result:
    """The verdict on every claim, rebuttal and card, in reading order; with `why` the reason of one.

    Cards are left out but for those that fall or are contested, or where `kind` asks for them. With
    `ways`, a semantics, what stands in each way to see the map, up to `limit` ways.
    """
    if ways is not None and (why or only):
        raise QuestionError("--ways lists sets of claims, not verdicts\n  Leave --why and --only out.")
    if why is not None:
        return _why(argmap, why, need_evidence)
    scope = Scope(argmap, side, kind, within)
    if ways is not None:
        return _ways(argmap, scope, Semantics(ways), need_evidence, timeout, limit)
    found = verdicts(argmap, need_evidence=need_evidence)
    asked = [
        item
        for item in argmap.items
        if item.label in ARGUERS
        and item in scope
        and (isinstance(item, Statement) or kind is not None or found[item.id] is not Verdict.STANDS)
    ]
    rows = [
        (item.id, side_of(item), kind_words(item), item.title, says(item), found[item.id].value)
        for item in asked
        if only in (None, found[item.id].value)
    ]
    statements = [item for item in asked if isinstance(item, Statement)] if kind is None else asked
    what = "claim or rebuttal" if kind is None else "item"
    many = "claims and rebuttals" if kind is None else "items"
    count = Counter(found[item.id] for item in statements)
    parts = [f"{count[each]} {_plural(each, count[each])}" for each in Verdict]
    summary = (
        f"Of {numbered(len(statements), what, many)}{scope.words} {listed(parts, 'and')}."
        if statements
        else f"The map holds no {many}{scope.words}."
    )
    if only and not rows and statements:
        summary += f" None is listed: nothing {_ONLY[only]}."
    motions = [(argmap.by_id[motion], found[motion]) for motion in argmap.motion if motion in found]
    for motion, says_so in motions:
        if len(motions) < 4:
            summary += f" The motion {name_of(argmap, motion)} {_IS[says_so]}."
    if statements and not argmap.motion:
        summary += " The map names no motion."
    return Result(
        VERDICT,
        tuple(rows[:limit]),
        summary=summary,
        question="verdict",
        map=argmap.id,
        truncated=limit is not None and len(rows) > limit,
    )


_IS = {Verdict.STANDS: "stands", Verdict.FALLS: "falls", Verdict.CONTESTED: "is contested"}
_ONLY = {each.value: words for each, words in _IS.items()}


def _plural(each: Verdict, count: int) -> str:
    if each is Verdict.CONTESTED:
        return "is contested" if count == 1 else "are contested"
    return each.value if count == 1 else each.value[:-1]


def _why(argmap: ArgumentMap, item_id: ItemId, need_evidence: bool) -> Result:
    item = argues(argmap, item_id)
    tree = reason(argmap, item_id, need_evidence=need_evidence)
    rows: list[tuple[Value, ...]] = []
    for each, depth in _preorder(tree):
        one = argmap.by_id[each.id]
        because = "as said above" if each.seen_above else _BECAUSE[each.because]
        line = f"{'· ' * depth}{one.title}: {_IS[each.verdict]}; {because}"
        rows.append((depth, one.id, one.title, because, each.verdict.value, each.because.value, line))
    summary = f"{name_of(argmap, item)} {_IS[tree.verdict]}: {_BECAUSE[tree.because]}."
    return Result(WHY, tuple(rows), summary=summary, question="verdict", map=argmap.id)


def _ways(
    argmap: ArgumentMap,
    scope: Scope,
    semantics: Semantics,
    need_evidence: bool,
    timeout: float | None,
    limit: int | None,
) -> Result:
    found = extensions(
        argmap, semantics, limit=limit or MOST_WAYS, need_evidence=need_evidence, timeout=timeout
    )
    sets = [frozenset(each) for each in found.sets]
    always = frozenset.intersection(*sets) if sets else frozenset()
    rows = [
        (number, item.id, side_of(item), kind_words(item), item.title, says(item))
        for number, each in enumerate(found.sets, start=1)
        for item in map(argmap.by_id.__getitem__, each)
        if item.id not in always and isinstance(item, Statement) and item in scope
    ]
    late = " Time ran out (--timeout gives more): the answer is partial." if found.timed_out else ""
    if sets:
        count = sum(isinstance(argmap.by_id[v], Statement) and argmap.by_id[v] in scope for v in always)
        name = f"{semantics.value} way"
        words = f"{numbered(len(sets), name)} to see the map{' and more' if found.more else ''}: "
        words += f"{numbered(count, 'claim or rebuttal', 'claims and rebuttals')}{scope.words} "
        words += f"{'stands' if count == 1 else 'stand'} in {'it' if len(sets) == 1 else 'each of them'}."
        if len(sets) > 1:
            words += " Listed is what stands in one and not in another."
    elif late:
        words = f"No {semantics.value} way is known."
    else:
        words = (
            f"No {semantics.value} way to see the map: none exists. Everything would have to stand or fall, "
            "and an odd circle of attacks can do neither."
        )
    return Result(
        WAYS,
        tuple(rows),
        summary=words + late,
        question="verdict",
        map=argmap.id,
        truncated=found.more or found.timed_out,
    )


def _preorder(tree: Reason) -> Iterator[tuple[Reason, int]]:
    """Every reason with its depth, without recursion: chains may be longer than Python's stack."""
    waiting = [(tree, 0)]
    while waiting:
        each, depth = waiting.pop()
        yield each, depth
        waiting.extend((child, depth + 1) for child in reversed(each.children))


def strength(
    argmap: ArgumentMap,
    *,
    of: ItemId | None = None,
    semantics: str = DEFAULT,
    side: str | None = None,
    kind: str | None = None,
    within: ItemId | None = None,
    weight: Mapping[ItemId, float] | None = None,
    limit: int | None = 20,
) -> Result:
    """Claims and rebuttals by strength, strongest first; with `of` what each card adds to one item."""
    for item_id in weight or {}:
        argues(argmap, item_id)
    found = strengths(argmap, semantics=semantics, weights=weight)
    if of is not None:
        return _contributions(argmap, of, semantics, weight, limit, found.values)
    scope = Scope(argmap, side, kind, within)
    asked = [
        item
        for item in argmap.items
        if item.label in ARGUERS and item in scope and (isinstance(item, Statement) or kind is not None)
    ]
    asked.sort(key=lambda item: -found.values[item.id])
    rows = tuple(
        (
            item.id,
            side_of(item),
            item.title,
            says(item),
            (weight or {}).get(item.id, _base(item)),
            round(found.values[item.id], 3),
        )
        for item in asked[:limit]
    )
    many = "claims and rebuttals" if kind is None else "items"
    if asked:
        best = asked[0]
        summary = (
            f"{numbered(len(asked), 'item' if kind else 'claim or rebuttal', many)}{scope.words}, strongest "
            f"first by {semantics}: {name_of(argmap, best)} leads with {found.values[best.id]:.3f}. "
            "The numbers rank what is on this map; they are no probabilities."
        )
    else:
        summary = f"The map holds no {many}{scope.words}."
    if not found.certified:
        summary += (
            f" {numbered(len(found.uncertified), 'item')} in circles need not settle: their numbers are "
            f"uncertified (the last round still changed {found.residual:.1e})."
        )
    return Result(
        STRENGTH,
        rows,
        summary=summary,
        question="strength",
        map=argmap.id,
        truncated=limit is not None and len(asked) > limit,
    )


def _base(item: Item) -> float:
    stated = item.strength if isinstance(item, (Statement, Evidence)) else None
    return BASE_WEIGHT if stated is None else stated


def _contributions(
    argmap: ArgumentMap,
    of: ItemId,
    semantics: str,
    weight: Mapping[ItemId, float] | None,
    limit: int | None,
    values: Mapping[ItemId, float],
) -> Result:
    item = argues(argmap, of)
    adds = contributions(argmap, of, semantics=semantics, weights=weight)
    names = source_names(argmap)
    order = sorted(adds, key=lambda card: -abs(adds[card]))
    rows = tuple(
        (card.id, card.title, says(card), source_words(argmap, card, names), round(adds[card.id], 4))
        for card in (argmap.by_id[card_id] for card_id in order[:limit])
    )
    summary = f"{name_of(argmap, item)} has the strength {values[of]:.3f} by {semantics}. " + (
        f"{numbered(len(adds), 'card bears', 'cards bear')} on it; what each adds to it, most first."
        if adds
        else "No card bears on it."
    )
    return Result(
        CONTRIBUTION,
        rows,
        summary=summary,
        question="strength",
        map=argmap.id,
        truncated=limit is not None and len(adds) > limit,
    )
