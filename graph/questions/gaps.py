"""What a side has left open: theirs without our answer, ours whose attackers we do not answer."""

from __future__ import annotations

from graph.model import ArgumentMap, ItemId, Side
from graph.questions.bearing import NO_MOTION, all_attacks, distances
from graph.questions.founded import attacks_with_evidence
from graph.questions.items import says
from graph.questions.scope import NO_CLAIMS, Scope, need_sides, side_of, unsided
from graph.result import Column, ColumnType, Result, Value
from graph.wording import numbered

GAPS = (
    Column("gap", ColumnType.LABEL),
    Column("id", ColumnType.ID),
    Column("title", heading="-"),
    Column("text", heading="says"),
    Column("by", ColumnType.ID, "-"),
    Column("attacker", heading="attacked by"),
    Column("steps", ColumnType.INTEGER, "to motion"),
)


def gaps(
    argmap: ArgumentMap,
    *,
    side: str,
    kind: str | None = None,
    within: ItemId | None = None,
    need_evidence: bool = False,
    limit: int | None = None,
) -> Result:
    """Theirs that nothing of `side` answers, and ours with the attackers that nothing of ours answers.

    Nearest to the motion first; what reaches no motion comes last. With `need_evidence` only an answer
    of ours that rests on a card counts as one.
    """
    need_sides(argmap)
    ours, theirs = side, Side(side).other.value
    attacks = all_attacks(argmap)
    answers = attacks_with_evidence(argmap) if need_evidence else attacks
    steps = distances(argmap)
    by_us = {
        item.id
        for item in Scope(argmap).statements()
        if any(side_of(argmap.by_id[each.attacker]) == ours for each in answers.get(item.id, ()))
    }
    scope = Scope(argmap, kind=kind, within=within)
    rows: list[tuple[Value, ...]] = []
    theirs_open = ours_open = 0
    for item in scope.statements():
        distance = steps.get(item.id)
        if side_of(item) == theirs and item.id not in by_us:
            theirs_open += 1
            rows.append(("no answer", item.id, item.title, says(item), "", "", distance))
        elif side_of(item) == ours:
            attackers = dict.fromkeys(each.attacker for each in attacks.get(item.id, ()))
            left = [
                argmap.by_id[each]
                for each in attackers
                if side_of(argmap.by_id[each]) == theirs and each not in by_us
            ]
            ours_open += bool(left)
            rows += [
                ("attacked", item.id, item.title, says(item), each.id, each.title, distance) for each in left
            ]
    rows.sort(key=lambda row: len(argmap.items) if row[-1] is None else int(str(row[-1])))  # stable
    by = " that rests on a card" if need_evidence else ""
    if not scope.holds_any:
        summary = NO_CLAIMS
    elif rows:
        summary = (
            f"{numbered(theirs_open, 'argument')} of side {theirs}{scope.words} "
            f"{'has' if theirs_open == 1 else 'have'} no answer from side {ours}{by} on the map; "
            f"{ours_open} of our own {'is' if ours_open == 1 else 'are'} attacked by what we do not answer. "
            "An answer may lie elsewhere."
        )
    elif not any(side_of(item) == theirs for item in scope.statements()):
        summary = (
            f"Nothing{scope.words} of side {theirs} is on the map, and nothing of side {ours} is attacked."
        )
    else:
        summary = (
            f"Side {ours} leaves nothing{scope.words} open: all of side {theirs} is answered on the map."
        )
    summary += unsided(scope)
    if scope.holds_any and not argmap.motion:
        summary += f" {NO_MOTION}"
    return Result(
        GAPS,
        tuple(rows[:limit]),
        summary=summary,
        question="gaps",
        map=argmap.id,
        truncated=limit is not None and len(rows) > limit,
    )
