"""What nobody has answered on the map, and what answers there are to one item."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from graph.cards import seconds
from graph.model import ArgumentMap, Evidence, Inference, Item, ItemId, Polarity, Side, Statement
from graph.passages import OTHER_WPM, POLICY_WPM, reading_seconds, word_count
from graph.questions.bearing import (
    NO_MOTION,
    Attack,
    AttackKind,
    all_attacks,
    attacks_on,
    cites,
    conclusions,
    direct_attacks,
    distances,
    kind_words,
    premises,
    share,
    source_names,
    source_words,
    supporters,
)
from graph.questions.cross_apply import Candidate, candidates
from graph.questions.founded import attacks_with_evidence, founded
from graph.questions.items import says
from graph.questions.scope import Scope, is_of_kind
from graph.result import Column, ColumnType, Result, Value
from graph.wording import listed, numbered

UNANSWERED = (
    Column("id", ColumnType.ID),
    Column("side", ColumnType.LABEL),
    Column("kind", ColumnType.LABEL),
    Column("title", heading="-"),
    Column("text", heading="says"),
    Column("steps", ColumnType.INTEGER, "to motion"),
    Column("might_apply", heading="might apply"),
    Column("candidates", ColumnType.LIST, "-"),
)
ANSWERS = (
    Column("attack", ColumnType.LABEL),
    Column("id", ColumnType.ID),
    Column("side", ColumnType.LABEL, "-"),
    Column("title", heading="-"),
    Column("text", heading="says"),
    Column("source"),
    Column("on"),
    Column("hits", ColumnType.ID, "-"),
    Column("date", ColumnType.DATE, "dated"),
    Column("precision", ColumnType.LABEL, "-"),
    Column("seconds", ColumnType.INTEGER, "sec"),
)
_ORDER = list(AttackKind)
_SOUGHT = 1_000  # claims, nearest to the motion first, for which candidates are looked for


def unanswered(
    argmap: ArgumentMap,
    *,
    side: str | None = None,
    kind: str | None = None,
    within: ItemId | None = None,
    cross_apply: bool = False,
    need_evidence: bool = False,
    limit: int | None = None,
) -> Result:
    """The claims and rebuttals that nothing on the map answers, nearest to the motion first.

    With `need_evidence` only an answer that rests on a card counts as one.

    `steps` counts the steps to the motion, None where no route leads there. The motion is what all
    this is about and is never listed. With `cross_apply` each comes with at most two candidates:
    answers to something else that might apply to it as well (`cross_apply.candidates`).
    """
    direct = direct_attacks(argmap)
    steps = distances(argmap)
    scope = Scope(argmap, side, kind, within)
    asked = scope.statements()
    answered = attacks_with_evidence(argmap) if need_evidence else all_attacks(argmap)
    open_claims = [item for item in asked if item.id not in answered]
    open_claims.sort(key=lambda item: steps.get(item.id, len(argmap.items)))  # stable: then reading order
    could = candidates(argmap, open_claims[:_SOUGHT]) if cross_apply else {}
    shown = open_claims[:limit]
    titles = {each.id: argmap.by_id[each.id].title for found in could.values() for each in found}
    return told_unanswered(
        argmap,
        shown,
        steps,
        scope,
        Open(
            asked=len(asked),
            found=len(open_claims),
            reaching=sum(item.id in steps for item in open_claims),
            statements=any(isinstance(item, Statement) for item in argmap.items),
            motion_attacked=any(direct.get(motion) for motion in argmap.motion),
            could=len(could),
            by_evidence=need_evidence,
        ),
        Could(could, titles),
    )


@dataclass(frozen=True, slots=True)
class Open:
    """What is unanswered on a map, in numbers."""

    asked: int  # statements that were asked about
    found: int  # that are unanswered
    reaching: int  # that also reach the motion
    statements: bool  # whether the map has any, its motion included
    motion_attacked: bool
    could: int = 0  # of those unanswered: there is a candidate to cross-apply
    by_evidence: bool = False  # whether only an answer that rests on a card counts


@dataclass(frozen=True, slots=True)
class Could:
    """What might be cross-applied to the claims that are shown."""

    candidates: Mapping[ItemId, Sequence[Candidate]] = field(default_factory=dict)
    titles: Mapping[ItemId, str] = field(default_factory=dict)  # of the candidates
    sought: bool = True  # False: the map is asked in the store, and too large for that

    def words(self, item_id: ItemId) -> str:
        """The candidates for a claim, each with why."""
        found = self.candidates.get(item_id, ())
        return "; ".join(f"{self.titles[each.id]} ({each.because})" for each in found)

    def values(self, item_id: ItemId) -> tuple[Value, ...]:
        """The same for programs."""
        found = self.candidates.get(item_id, ())
        return tuple({"id": each.id, "answers": each.answers, "because": each.because} for each in found)


def told_unanswered(
    argmap: ArgumentMap,
    shown: Sequence[Statement],
    steps: Mapping[ItemId, int],
    scope: Scope,
    count: Open,
    could: Could | None = None,
) -> Result:
    """The answer in words and rows; of the map itself only its id and its motion count."""
    could = could or Could()
    return Result(
        UNANSWERED,
        tuple(
            (
                item.id,
                item.side.value,
                kind_words(item),
                item.title,
                says(item),
                steps.get(item.id),
                could.words(item.id) if item.id in could.candidates else "",
                could.values(item.id) if item.id in could.candidates else (),
            )
            for item in shown
        ),
        summary=_found_unanswered(argmap, scope, count, could),
        question="unanswered",
        map=argmap.id,
        truncated=len(shown) < count.found,
    )


def _found_unanswered(argmap: ArgumentMap, scope: Scope, count: Open, could: Could) -> str:
    side, whose = scope.side, scope.words
    if not count.asked:
        hint = _sides_hint(argmap, side) if count.statements else ""
        return f"The map holds no claims or rebuttals{whose}.{hint}"
    sentences = []
    if count.found:
        verb = "is" if count.found == 1 else "are"
        how = (
            "not answered by anything that rests on a card" if count.by_evidence else "unanswered on the map"
        )
        sentences.append(
            f"{share(count.found, count.asked, whose)} {verb} {how}; "
            f"{_how_many(count.reaching, count.found)} the motion. An answer may lie elsewhere."
        )
        if count.could:
            of = f"the first {_SOUGHT}" if count.found > _SOUGHT else "them"
            which = "it" if count.found == 1 else f"{count.could} of {of}"
            sentences.append(f"To {which} an answer to something else might apply: read both.")
        elif not could.sought:
            sentences.append("What might be cross-applied is not looked for on so large a map.")
    else:
        on_cards = ", by what rests on a card" if count.by_evidence else ""
        sentences.append(f"{share(None, count.asked, whose)} is answered on the map{on_cards}.")
    if not argmap.motion:
        sentences.append(NO_MOTION)
    elif side != Side.PRO and not count.motion_attacked:
        sentences.append("Nothing on the map attacks the motion itself.")
    return " ".join(sentences)


def _sides_hint(argmap: ArgumentMap, side: str | None) -> str:
    if side is None:
        return ""
    return f" {NO_MOTION}" if not argmap.motion else " A side follows from the routes to the motion."


def answers(
    argmap: ArgumentMap,
    item_id: ItemId,
    *,
    side: str | None = None,
    kind: str | None = None,
    within: ItemId | None = None,
    need_evidence: bool = False,
    limit: int | None = None,
) -> Result:
    """What on the map answers one item, by how it attacks: rebut, undercut, undermine, turn.

    `hits` is what is attacked: the item, a step from it or to it, a card that supports it, a source;
    `on` names it where it is not the item itself. `kind` is that of the attack or of the answer; with
    `need_evidence` only answers that rest on a card.
    """
    item = argmap.by_id[item_id]
    scope = Scope(argmap, side, within=within)
    known = founded(argmap) if need_evidence else None
    found = [
        (attack, attacker)
        for attack in attacks_on(argmap, item_id, direct_attacks(argmap))
        if (attacker := argmap.by_id[attack.attacker]) in scope
        and (kind is None or attack.kind == kind.casefold() or is_of_kind(attacker, kind))
        and (known is None or attacker.id in known)
    ]
    names = source_names(argmap)
    dated = {attacker.id: _freshest(argmap, attacker) for _, attacker in found}
    found.sort(key=lambda pair: dated[pair[1].id][0] or "", reverse=True)  # stable: then reading order
    found.sort(key=lambda pair: _ORDER.index(pair[0].kind))
    which = Scope(argmap, kind=kind, within=within).words + (" resting on a card" if need_evidence else "")
    return Result(
        ANSWERS,
        tuple(
            (
                attack.kind.value,
                attacker.id,
                _side(attacker),
                attacker.title,
                says(attacker),
                source_words(argmap, attacker, names),
                _part(argmap, attack, item),
                attack.target,
                *dated[attacker.id],
                _seconds(argmap, attacker),
            )
            for attack, attacker in found[:limit]
        ),
        summary=_found_answers(item, [attack for attack, _ in found], side, which),
        question="answers",
        map=argmap.id,
        truncated=limit is not None and len(found) > limit,
    )


def _freshest(argmap: ArgumentMap, item: Item) -> tuple[str | None, str | None]:
    """The latest date of what the item and the cards under it cite, and how precise it is."""
    cards = [each for each in supporters(argmap, item.id) if isinstance(argmap.by_id.get(each), Evidence)]
    sources = [source for each in (item.id, *cards) for source, _ in cites(argmap, each) if source.date]
    if not sources:
        return None, None
    latest = max(sources, key=lambda source: source.date or "")
    return latest.date, latest.date_precision.value


def _seconds(argmap: ArgumentMap, item: Item) -> int | None:
    """How long it takes to say the answer: a card as it is read, a claim's words with the cards under it."""
    if isinstance(item, Evidence):
        return seconds(argmap, item)
    speed = POLICY_WPM if argmap.debate_format == "policy" else OTHER_WPM
    under = [argmap.by_id.get(each) for each in supporters(argmap, item.id)]
    read = sum(seconds(argmap, card) or 0 for card in under if isinstance(card, Evidence))
    return reading_seconds(word_count(says(item)), speed) + read


def _found_answers(item: Item, found: list[Attack], side: str | None, which: str) -> str:
    whose = f" from side {side}" if side else ""
    if not found and which:
        return f"No answer{whose}{which} is on the map to “{item.title}”. An answer may lie elsewhere."
    if not found:
        return (
            f"Nothing on the map answers “{item.title}”{whose}. "
            "It is unanswered on the map; an answer may lie elsewhere."
        )
    count = len({attack.attacker for attack in found})
    kinds = [(kind, sum(attack.kind is kind for attack in found)) for kind in AttackKind]
    named = ", ".join(numbered(n, kind.value) for kind, n in kinds if n)
    kind = next(kind.value for kind, n in kinds if n)
    only = f" They all {kind} it: one kind of reply meets them all." if count > 1 else ""
    return f"{numbered(count, 'answer')}{whose}{which} to “{item.title}”: {named}." + (
        only if sum(n > 0 for _, n in kinds) == 1 else ""
    )


def _part(argmap: ArgumentMap, attack: Attack, item: Item) -> str:
    """What is hit, seen from the item that was asked about; "" for the item itself."""
    target = argmap.by_id[attack.target]
    if target is item:
        return ""
    if not isinstance(target, Inference):
        return f"the {kind_words(target)} “{target.title}”"
    starts = premises(argmap, target.id)
    if item.id not in starts:
        return f"the step from {_titles(argmap, starts)} to it"
    towards = "against" if target.polarity is Polarity.ATTACKS else "to"
    return f"its step {towards} {_titles(argmap, conclusions(argmap, target.id))}"


def _titles(argmap: ArgumentMap, ids: Iterable[ItemId]) -> str:
    return listed((f"“{argmap.by_id[item_id].title}”" for item_id in ids), "and") or "nothing"


def _side(item: Item) -> str:
    side = getattr(item, "side", Side.UNKNOWN)
    return Side(side).value


def _how_many(reaching: int, count: int) -> str:
    if reaching == count:
        return "all reach" if count > 1 else "it reaches"
    if not reaching:
        return "none reaches" if count > 1 else "it does not reach"
    return f"{reaching} reach{'' if reaching > 1 else 'es'}"
