"""The best line against the other side, made of what the map already holds."""

from __future__ import annotations

from collections import deque

from graph.model import ArgumentMap, Evidence, ItemId, Side
from graph.questions.bearing import (
    NO_MOTION,
    all_attacks,
    cites,
    direct_attacks,
    leading,
    source_names,
    source_words,
    supporters,
)
from graph.questions.items import says
from graph.questions.scope import NO_CLAIMS, Scope, is_of_kind, need_sides, side_of, unsided
from graph.result import Column, ColumnType, Result
from graph.semantics.verdict import Verdict, verdicts
from graph.wording import numbered

ATTACK = (
    Column("id", ColumnType.ID),
    Column("title", heading="-"),
    Column("text", heading="our answer"),
    Column("source", heading="from"),
    Column("date", ColumnType.DATE, "-"),
    Column("target", ColumnType.ID, "-"),
    Column("against"),
    Column("steps", ColumnType.INTEGER, "to motion"),
    Column("carries", ColumnType.INTEGER),
)


def attack(
    argmap: ArgumentMap,
    *,
    side: str,
    kind: str | None = None,
    within: ItemId | None = None,
    need_evidence: bool = False,
    limit: int | None = 5,
) -> Result:
    """Our answers to theirs that stand on the map, the most telling first.

    First what hits a point that carries more of their case: the arguments whose shortest route to the
    motion leads through it. Then the fewer steps to the motion, then the fresher evidence. What also
    attacks our own is left out. `kind` is that of our answer, or of the attack.
    """
    need_sides(argmap)
    theirs = Side(side).other.value
    steps, carried = _carried(argmap, theirs)
    found = verdicts(argmap, need_evidence=need_evidence)
    scope = Scope(argmap, within=within)
    attacks = all_attacks(argmap)
    own_goals = {
        each.attacker
        for target, hits in direct_attacks(argmap).items()
        if side_of(argmap.by_id[target]) == side or (target in argmap.motion and side == Side.PRO)
        for each in hits
    }
    names = source_names(argmap)
    words = Scope(argmap, kind=kind, within=within).words
    lines = []
    own_losses = 0
    for hit in argmap.items:
        target = hit.id
        if side_of(hit) != theirs or hit not in scope or target not in steps:
            continue
        for each in {each.attacker: each for each in attacks.get(target, ())}.values():
            ours = argmap.by_id[each.attacker]
            if kind is not None and each.kind != kind.casefold() and not is_of_kind(ours, kind):
                continue
            if side_of(ours) != side or found.get(ours.id) is not Verdict.STANDS:
                continue
            if ours.id in own_goals:
                own_losses += 1
                continue
            lines.append((carried.get(target, 0), steps[target], _freshest(argmap, ours.id), ours, hit))
    lines.sort(key=lambda line: (-line[0], line[1], _older(line[2]), line[3].order))
    rows = tuple(
        (
            ours.id,
            ours.title,
            says(ours),
            source_words(argmap, ours, names),
            date or None,
            hit.id,
            hit.title,
            distance,
            carries,
        )
        for carries, distance, date, ours, hit in lines[:limit]
    )
    if not scope.holds_any:
        summary = NO_CLAIMS
    elif lines:
        carries, distance, _, ours, hit = lines[0]
        rest = (
            f"{numbered(carries, 'more argument of theirs leads', 'more arguments of theirs lead')} to the "
            "motion by way of it"
            if carries
            else "nothing else of theirs leads through it"
        )
        where = f"{numbered(distance, 'step')} from the motion" if distance else "the motion itself"
        count = len({line[3].id for line in lines})
        stand = numbered(count, f"answer of side {side} stands", f"answers of side {side} stand")
        points = f", at {len(lines)} points" if len(lines) > count else ""
        summary = (
            f"{stand} on the map against side {theirs}{words}{points}. The best: “{ours.title}” against "
            f"“{hit.title}”, {where}; {rest}."
        )
    elif not argmap.motion:
        summary = NO_MOTION
    else:
        summary = f"Side {side} has no answer on the map that stands against side {theirs}{words}."
    if own_losses:
        summary += f" {numbered(own_losses, 'is', 'are')} left out: also against our own case."
    summary += unsided(scope)
    return Result(
        ATTACK,
        rows,
        summary=summary,
        question="attack",
        map=argmap.id,
        truncated=len(rows) < len(lines),
    )


def _carried(argmap: ArgumentMap, theirs: str) -> tuple[dict[ItemId, int], dict[ItemId, int]]:
    """The steps from each item to the motion, and how many items of theirs go there by way of it."""
    before = leading(argmap)
    steps: dict[ItemId, int] = {}
    parent: dict[ItemId, ItemId] = {}
    order: list[ItemId] = []
    queue: deque[tuple[ItemId, int, ItemId]] = deque((m, 0, "") for m in argmap.motion if m in argmap.by_id)
    while queue:
        item_id, distance, towards = queue.popleft()
        if item_id in steps:
            continue
        steps[item_id] = distance
        order.append(item_id)
        if towards:
            parent[item_id] = towards
        for start, more in before.get(item_id, ()):
            if start not in steps:
                (queue.append if more else queue.appendleft)((start, distance + more, item_id))
    carried: dict[ItemId, int] = {}
    for item_id in reversed(order):
        if item_id in parent:
            own = side_of(argmap.by_id[item_id]) == theirs
            carried[parent[item_id]] = carried.get(parent[item_id], 0) + carried.get(item_id, 0) + own
    return steps, carried


def _freshest(argmap: ArgumentMap, item_id: ItemId) -> str:
    """The latest date of what the item and the cards under it cite, as far as it is known; "" for none."""
    cards = [each for each in supporters(argmap, item_id) if isinstance(argmap.by_id[each], Evidence)]
    return max(
        (source.date or "" for each in (item_id, *cards) for source, _ in cites(argmap, each)), default=""
    )


def _older(date: str) -> tuple[int, ...]:
    """Sorts fresher dates first, and what has none last."""
    return tuple(-ord(char) for char in date) or (0,)
