"""Where the sides meet, where they talk past each other, and where one side is against itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from graph.model import ArgumentMap, Evidence, Item, ItemId, LinkKind, Side, Statement
from graph.questions.bearing import (
    Attack,
    AttackKind,
    Attacks,
    all_attacks,
    all_supporters,
    direct_attacks,
    distances,
    supported,
)
from graph.questions.items import says
from graph.questions.quoted import quoting
from graph.questions.scope import NO_CLAIMS, Scope, is_of_kind, leading_to, need_sides, side_of
from graph.result import Column, ColumnType, Result, Value
from graph.wording import numbered

CLASH = (
    Column("clash", ColumnType.LABEL),
    Column("id", ColumnType.ID),
    Column("side", ColumnType.LABEL),
    Column("title", heading="-"),
    Column("text", heading="says"),
    Column("answers", ColumnType.INTEGER),
    Column("depth", ColumnType.INTEGER),
    Column("cards_for", ColumnType.INTEGER, "cards for"),
    Column("cards_against", ColumnType.INTEGER, "against"),
)
CONFLICTS = (
    Column("conflict", ColumnType.LABEL),
    Column("id", ColumnType.ID),
    Column("title", heading="-"),
    Column("text", heading="says"),
    Column("other", ColumnType.ID),
    Column("other_title", heading="-"),
    Column("other_text", heading="and also says"),
)
KINDS = ("double turn", "contradiction", "own attack", "same passage", "both sides")


def clash(
    argmap: ArgumentMap,
    *,
    side: str | None = None,
    kind: str | None = None,
    within: ItemId | None = None,
    limit: int | None = 10,
) -> Result:
    """The most contested claims by how deep the exchange goes, then by cards on the weaker side; then
    the arguments for or against the motion that the other side never meets, neither they nor what
    leads to them.
    """
    scope = Scope(argmap, side, kind, within)
    answers = {item_id: [each.attacker for each in found] for item_id, found in all_attacks(argmap).items()}
    depth = _depths(answers)
    found: list[tuple[tuple[int, ...], Statement, tuple[int, int, int, int]]] = []
    for item in scope.statements():
        attackers = set(answers.get(item.id, ()))
        if attackers:
            own, against = _cards(argmap, [item.id]), _cards(argmap, attackers)
            numbers = (len(attackers), depth.get(item.id, 1), own, against)
            found.append(((-numbers[1], -min(own, against), -len(attackers)), item, numbers))
    found.sort(key=lambda each: each[0])  # stable: then reading order
    past = [item for item in _unmet(argmap, answers) if item in scope]
    rows: list[tuple[Value, ...]] = [
        ("contested", item.id, side_of(item), item.title, says(item), *numbers)
        for _, item, numbers in found[:limit]
    ]
    rows += [
        ("unmet", item.id, side_of(item), item.title, says(item), 0, 0, _cards(argmap, [item.id]), 0)
        for item in past[:limit]
    ]
    if not scope.holds_any:
        summary = NO_CLAIMS
    elif found:
        most = found[0][1]
        claims = f"{numbered(len(found), 'claim')}{scope.words} {'is' if len(found) == 1 else 'are'}"
        summary = (
            f"{claims} contested; most of all “{most.title}”, with exchanges up to {found[0][2][1]} deep."
        )
    else:
        summary = f"{'No claim' + scope.words if scope.words else 'Nothing'} is contested on the map."
    summary += (
        f" The sides talk past each other at {numbered(len(past), 'argument')} about the motion that nobody "
        "meets."
        if past
        else " Each argument about the motion is met somewhere."
        if argmap.motion and found
        else ""
    )
    shown = min(limit or len(argmap.items), len(argmap.items))
    truncated = len(found) > shown or len(past) > shown
    return Result(CLASH, tuple(rows), summary=summary, question="clash", map=argmap.id, truncated=truncated)


def _cards(argmap: ArgumentMap, items: set[ItemId] | list[ItemId]) -> int:
    """The cards among the items and directly under them."""
    under = all_supporters(argmap)
    cards = {
        each
        for item_id in items
        for each in (item_id, *under.get(item_id, ()))
        if isinstance(argmap.by_id[each], Evidence)
    }
    return len(cards)


def _depths(answers: Mapping[ItemId, Sequence[ItemId]]) -> dict[ItemId, int]:
    """How many answers follow on each other at most; a circle is gone round once."""
    depths: dict[ItemId, int] = {}
    open_: set[ItemId] = set()
    for root in answers:
        waiting = [root]
        while waiting:
            item_id = waiting[-1]
            if item_id in depths:
                waiting.pop()
                continue
            if item_id not in open_:
                open_.add(item_id)
                before = [each for each in answers.get(item_id, ()) if each not in open_]
                if before:
                    waiting.extend(before)
                    continue
            depths[item_id] = max((1 + depths.get(each, 0) for each in answers.get(item_id, ())), default=0)
            waiting.pop()
    return depths


def _unmet(argmap: ArgumentMap, answers: Iterable[ItemId]) -> list[Item]:
    """What bears on a motion directly, and is answered neither itself nor in anything that supports it."""
    found: list[Item] = []
    steps = distances(argmap)
    met = _over(argmap, list(answers))
    for item in Scope(argmap).statements():
        if steps.get(item.id) == 1 and item.id not in met:
            found.append(item)
    return found


def _over(argmap: ArgumentMap, items: list[ItemId]) -> set[ItemId]:
    """The items, and what they support, however far."""
    above = supported(argmap)
    reached = set(items)
    waiting = list(items)
    while waiting:
        for end in above.get(waiting.pop(), ()):
            if end not in reached:
                reached.add(end)
                waiting.append(end)
    return reached


def conflicts(
    argmap: ArgumentMap,
    *,
    side: str | None = None,
    kind: str | None = None,
    within: ItemId | None = None,
    limit: int | None = None,
) -> Result:
    """Where a side may be against itself: its own attacks on its own, contradictions, double turns, and
    one passage quoted on both sides. All are called possible: a person has to read both. `kind` is that
    of the conflict or of one of the two.
    """
    need_sides(argmap)
    inside = leading_to(argmap, within) if within is not None else None
    found: dict[tuple[ItemId, ItemId], tuple[str, Item, Item]] = {}
    for what, one, other in _conflicts(argmap):
        sides = {side_of(one), side_of(other)}
        if Side.BOTH in sides:
            sides |= {Side.PRO.value, Side.CON.value}
        asked = (side is None or side in sides) and (inside is None or {one.id, other.id} & inside)
        if kind is not None and what != kind.casefold():
            asked = asked and (is_of_kind(one, kind) or is_of_kind(other, kind))
        if asked and (other.id, one.id) not in found:
            found.setdefault((one.id, other.id), (what, one, other))
    rows = [
        (what, one.id, one.title, _quoted(one), other.id, other.title, _quoted(other))
        for what, one, other in list(found.values())[:limit]
    ]
    whose = Scope(argmap, side, kind, within).words
    if found:
        summary = (
            f"{numbered(len(found), 'possible conflict')}{whose}. Read both texts: the map "
            "shows where they meet, not whether they exclude each other."
        )
    else:
        summary = f"No conflict{whose} shows on the map: no double turn, no attack on its own case."
    return Result(
        CONFLICTS,
        tuple(rows),
        summary=summary,
        question="conflicts",
        map=argmap.id,
        truncated=len(rows) < len(found),
    )


def _quoted(item: Item) -> str:
    return (item.quote if isinstance(item, Evidence) else None) or says(item)


def _conflicts(argmap: ArgumentMap) -> Iterator[tuple[str, Item, Item]]:
    by_id = argmap.by_id
    direct = direct_attacks(argmap)
    yield from _double_turns(argmap, direct)
    contradictions = {
        pair
        for link in argmap.links
        if link.kind is LinkKind.CONTRADICTS
        for pair in ((link.start, link.end), (link.end, link.start))
    }
    for attacks in direct.values():
        for attack in attacks:
            one, other = by_id[attack.attacker], by_id[attack.target]
            own = side_of(one) == side_of(other) and side_of(one) in (Side.PRO, Side.CON)
            if own:
                contradicts = (one.id, other.id) in contradictions
                yield "contradiction" if contradicts else "own attack", one, other
    for first, *others in quoting(argmap).values():
        for card in others:
            if {first.side, card.side} == {Side.PRO, Side.CON}:
                yield "same passage", first, card
    for item in argmap.items:
        if isinstance(item, (Statement, Evidence)) and item.side is Side.BOTH:
            ends = [link for link in argmap.outgoing.get(item.id, ()) if link.end in by_id]
            bearing = [by_id[link.end] for link in ends if isinstance(by_id[link.end], (Statement, Evidence))]
            if bearing:
                yield "both sides", item, bearing[-1]


def _double_turns(argmap: ArgumentMap, direct: Attacks) -> Iterator[tuple[str, Item, Item]]:
    """A link turn and an impact turn of one side on one argument, or on it and what it supports."""
    turns: dict[ItemId, list[Item]] = {}
    for target, attacks in direct.items():
        made = [argmap.by_id[each.attacker] for each in attacks if _is_turn(each)]
        if made:
            turns.setdefault(target, []).extend(made)
            for link in argmap.outgoing.get(target, ()):
                if link.kind is LinkKind.SUPPORTS:
                    turns.setdefault(link.end, []).extend(made)
    for made in turns.values():
        for link_turn in (each for each in made if _turns(each) == "link turn"):
            for impact in (each for each in made if _turns(each) == "impact turn"):
                if side_of(link_turn) == side_of(impact):
                    yield "double turn", link_turn, impact


def _is_turn(attack: Attack) -> bool:
    return attack.kind is AttackKind.TURN


def _turns(item: Item) -> str:
    return str(getattr(item, "kind", None) or "").casefold()
