"""What bears on what: who attacks an item and where, what supports it, and what leads to the motion.

The definitions that several questions share; docs/questions.md states them for coaches.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from graph.model import (
    ATTACKS,
    STATEMENTS,
    ArgumentMap,
    Evidence,
    Inference,
    Item,
    ItemId,
    Label,
    Link,
    LinkKind,
    Polarity,
    Rebuttal,
    Source,
)
from graph.questions.once import once_a_map


class AttackKind(StrEnum):
    """How an answer attacks, in the order in which answers are shown."""

    REBUT = "rebut"
    UNDERCUT = "undercut"
    UNDERMINE = "undermine"
    TURN = "turn"


@dataclass(frozen=True, slots=True)
class Attack:
    """One item attacks another: what is claimed, a step, or a card or source."""

    kind: AttackKind
    attacker: ItemId
    target: ItemId


# Names of their own: they are looked up for every link of maps of a hundred thousand.
CONCLUDES, PREMISE_OF, SUPPORTS = LinkKind.CONCLUDES, LinkKind.PREMISE_OF, LinkKind.SUPPORTS

Attacks = Mapping[ItemId, tuple[Attack, ...]]

NO_MOTION = "The map names no motion, so nothing reaches one; say which it is (in Argdown: {kind: motion})."


@once_a_map
def direct_attacks(argmap: ArgumentMap) -> Attacks:
    """Every attack by what it hits, in reading order; an attack that is also a step counts once.

    A contradiction attacks both of its ends.
    """
    found: dict[ItemId, dict[ItemId, Attack]] = defaultdict(dict)
    by_id = argmap.by_id

    def note(attacker: ItemId, target: ItemId) -> None:
        start, end = by_id.get(attacker), by_id.get(target)
        if start is not None and end is not None and attacker not in (attacks := found[target]):
            attacks[attacker] = Attack(_kind(start, end), attacker, target)

    for link in argmap.links:
        kind = link.kind
        if kind in ATTACKS:
            note(link.start, link.end)
        elif kind is LinkKind.CONTRADICTS:
            note(link.start, link.end)
            note(link.end, link.start)
        elif kind is CONCLUDES and leads_against(argmap, link.start):
            for premise in premises(argmap, link.start):
                note(premise, link.end)
    return {target: tuple(by_attacker.values()) for target, by_attacker in found.items()}


def attacks_on(argmap: ArgumentMap, item_id: ItemId, direct: Attacks) -> list[Attack]:
    """What answers an item, in reading order of what is hit: attacks on itself, on the steps that
    lead from it and to it, on the cards that support it, and on the sources it or they cite.

    `direct` is `direct_attacks(argmap)`.
    """
    answers: dict[tuple[ItemId, ItemId], Attack] = {}
    for target in _targets(argmap, item_id):
        for attack in direct.get(target, ()):
            if attack.attacker != item_id:
                answers.setdefault((attack.attacker, target), attack)
    return list(answers.values())


@once_a_map
def all_attacks(argmap: ArgumentMap) -> Attacks:
    """What answers each item, as `attacks_on` has it; items that nothing answers are absent."""
    direct = direct_attacks(argmap)
    touched = _touched(argmap, direct)
    found: dict[ItemId, tuple[Attack, ...]] = {}
    for item in argmap.items:
        item_id = item.id
        if item_id in touched:
            attacks = tuple(attacks_on(argmap, item_id, direct))
        elif item_id in direct:
            attacks = direct[item_id]
            if item_id in [each.attacker for each in attacks]:
                attacks = tuple(each for each in attacks if each.attacker != item_id)
        else:
            continue
        if attacks:
            found[item_id] = attacks
    return found


def _touched(argmap: ArgumentMap, direct: Attacks) -> set[ItemId]:
    """The items that an attack on another may bear on: for which `_targets` has others that are attacked."""
    touched: set[ItemId] = set()
    supported = argmap.outgoing
    for target in direct:
        item = argmap.by_id[target]
        if isinstance(item, Inference):
            touched.update(premises(argmap, target), conclusions(argmap, target))
        hit = [target]
        if isinstance(item, Source):
            hit += [link.start for link in argmap.incoming.get(target, ()) if link.kind is LinkKind.CITES]
            touched.update(hit)
        for each in hit:
            if isinstance(argmap.by_id.get(each), Evidence):
                for link in supported.get(each, ()):
                    if link.kind is SUPPORTS:
                        touched.add(link.end)
                    elif link.kind is PREMISE_OF:
                        touched.update(conclusions(argmap, link.end))
    return touched


def _targets(argmap: ArgumentMap, item_id: ItemId) -> Iterator[ItemId]:
    """The item, and all that an attack on it may hit instead."""
    yield item_id
    yield from _ends(argmap, item_id, PREMISE_OF)
    for link in argmap.incoming.get(item_id, ()):
        if link.kind is CONCLUDES and not leads_against(argmap, link.start):
            yield link.start
    yield from _ends(argmap, item_id, LinkKind.CITES)
    for supporter in supporters(argmap, item_id):
        if isinstance(argmap.by_id.get(supporter), Evidence):
            yield supporter
            yield from _ends(argmap, supporter, LinkKind.CITES)


def supporters(argmap: ArgumentMap, item_id: ItemId) -> list[ItemId]:
    """What supports an item directly or as a premise of a step to it, once each, in reading order."""
    found: dict[ItemId, None] = {}
    for link in argmap.incoming.get(item_id, ()):
        if link.kind is SUPPORTS:
            found.setdefault(link.start)
        elif link.kind is CONCLUDES and not leads_against(argmap, link.start):
            found.update(dict.fromkeys(premises(argmap, link.start)))
    return list(found)


@once_a_map
def all_supporters(argmap: ArgumentMap) -> Mapping[ItemId, tuple[ItemId, ...]]:
    """What supports each item, as `supporters` has it; items that nothing supports are absent."""
    by_steps = dict.fromkeys(link.end for link in argmap.links if link.kind is CONCLUDES)
    found: dict[ItemId, list[ItemId]] = defaultdict(list)
    for link in argmap.links:
        if link.kind is SUPPORTS and link.end not in by_steps:
            found[link.end].append(link.start)
    every = {item_id: tuple(dict.fromkeys(under)) for item_id, under in found.items()}
    for item_id in by_steps:
        if under := supporters(argmap, item_id):
            every[item_id] = tuple(under)
    return every


@once_a_map
def supported(argmap: ArgumentMap) -> Mapping[ItemId, list[ItemId]]:
    """What each item supports, directly or as a premise of a step; what supports nothing is absent."""
    above: dict[ItemId, list[ItemId]] = defaultdict(list)
    for item_id, under in all_supporters(argmap).items():
        for each in under:
            above[each].append(item_id)
    return dict(above)


def supports(argmap: ArgumentMap, item_id: ItemId) -> list[ItemId]:
    """What an item supports directly or as a premise of a step, once each, in reading order."""
    found: dict[ItemId, None] = {}
    for link in argmap.outgoing.get(item_id, ()):
        if link.kind is SUPPORTS:
            found.setdefault(link.end)
        elif link.kind is PREMISE_OF and not leads_against(argmap, link.end):
            found.update(dict.fromkeys(conclusions(argmap, link.end)))
    return list(found)


def premises(argmap: ArgumentMap, step: ItemId) -> list[ItemId]:
    """What a step starts from, in reading order."""
    links = argmap.incoming.get(step, ())
    return [link.start for link in links if link.kind is PREMISE_OF and link.start in argmap.by_id]


def conclusions(argmap: ArgumentMap, step: ItemId) -> list[ItemId]:
    """What a step leads to or against, in reading order."""
    return list(_ends(argmap, step, CONCLUDES))


def cites(argmap: ArgumentMap, item_id: ItemId) -> list[tuple[Source, str]]:
    """The sources an item cites, each with its locator ("" where none is given), in reading order."""
    cited = []
    for link in argmap.outgoing.get(item_id, ()):
        source = argmap.by_id.get(link.end)
        if link.kind is LinkKind.CITES and isinstance(source, Source):
            cited.append((source, link.locator or ""))
    return cited


@once_a_map
def source_names(argmap: ArgumentMap) -> Mapping[ItemId, str]:
    """Each source as debaters say it: `Pike 2014`; where that names several, `Pike 2014a`, `Pike 2014b`.

    Without an author the publisher stands first, else the title.
    """
    named: dict[str, list[ItemId]] = {}
    for item in argmap.items:
        if isinstance(item, Source):
            named.setdefault(_short_cite(item), []).append(item.id)
    return {
        source_id: name + _letter(place) if len(ids) > 1 else name
        for name, ids in named.items()
        for place, source_id in enumerate(ids)
    }


def _short_cite(source: Source) -> str:
    surnames = [name.split()[-1] for name in source.author if name.split()]
    match surnames:
        case []:
            who = source.publisher or source.title
        case [one]:
            who = one
        case [one, two]:
            who = f"{one} and {two}"
        case [one, *_]:
            who = f"{one} et al."
    return f"{who} {source.date[:4]}" if source.date else who


def _letter(place: int) -> str:
    """a, b, …, z, aa, ab, …"""
    return (_letter(place // 26 - 1) if place >= 26 else "") + "abcdefghijklmnopqrstuvwxyz"[place % 26]


def source_words(argmap: ArgumentMap, item: Item, names: Mapping[ItemId, str]) -> str:
    """Where an item is from, as short as it can be said: `Pike 2014a ¶3; Behr 2014`.

    `names` is `source_names(argmap)`.
    """
    cited = [f"{names[source.id]} {locator}".strip() for source, locator in cites(argmap, item.id)]
    if not cited and isinstance(item, Evidence):
        return item.short_cite or item.cite or ""
    return "; ".join(dict.fromkeys(cited))


def leads(argmap: ArgumentMap) -> Iterator[Link]:
    """The links along which an argument leads to the motion, each pointing towards it.

    Contradictions lead both ways. Where premises have a direct link beside their step, the direct
    link is the way; steps are on the way only for what attacks or backs the step itself.
    """
    by_id = argmap.by_id
    direct = {(link.start, link.via) for link in argmap.links if link.via is not None}
    for link in argmap.links:
        kind = link.kind
        if kind not in LEADING or link.start not in by_id or link.end not in by_id:
            continue
        if kind is PREMISE_OF and (link.start, link.end) in direct:
            continue
        yield link
        if kind is LinkKind.CONTRADICTS:
            yield replace(link, start=link.end, end=link.start)


LEADING = ATTACKS | {SUPPORTS, LinkKind.CONTRADICTS, PREMISE_OF, CONCLUDES}


def cost(kind: LinkKind) -> int:
    """How many steps a link is; to reach a step is to reach what it concludes."""
    return 0 if kind is CONCLUDES else 1


@once_a_map
def leading(argmap: ArgumentMap) -> Mapping[ItemId, list[tuple[ItemId, int]]]:
    """What leads to each item directly, and how many steps that is; what nothing leads to is absent."""
    before: dict[ItemId, list[tuple[ItemId, int]]] = defaultdict(list)
    for link in leads(argmap):
        before[link.end].append((link.start, 0 if link.kind is CONCLUDES else 1))
    return dict(before)


@once_a_map
def distances(argmap: ArgumentMap) -> Mapping[ItemId, int]:
    """The number of steps from each item to the nearest motion; what reaches none is absent."""
    return steps_to((motion for motion in argmap.motion if motion in argmap.by_id), leading(argmap))


def steps_to(
    goals: Iterable[ItemId], before: Mapping[ItemId, Iterable[tuple[ItemId, int]]]
) -> dict[ItemId, int]:
    """The number of steps to the nearest goal; `before` says what leads to each item, at a cost of 0 or 1."""
    known: dict[ItemId, int] = {}
    steps, level = 0, list(goals)
    while level:
        further: list[ItemId] = []
        for item_id in level:  # which grows by what is no step away
            if item_id not in known:
                known[item_id] = steps
                if item_id in before:  # to most items nothing leads
                    for start, more in before[item_id]:
                        (further if more else level).append(start)
        steps, level = steps + 1, further
    return known


def share(count: int | None, whole: int, whose: str) -> str:
    """So many of the claims and rebuttals that were asked about, as the start of a sentence; None: all."""
    if whole == 1:
        return f"The one claim or rebuttal{whose}"
    start = "Every one of the" if count is None else f"{count} of"
    return f"{start} {whole} claims and rebuttals{whose}"


def kind_words(item: Item) -> str:
    """What an item is, in a coach's word: its own kind, else claim, rebuttal, card, step."""
    kind: str | None = getattr(item, "kind", None)
    return kind or LABEL_WORDS[item.label]


LABEL_WORDS: Mapping[Label, str] = {
    Label.CLAIM: "claim",
    Label.REBUTTAL: "rebuttal",
    Label.EVIDENCE: "card",
    Label.INFERENCE: "step",
    Label.SOURCE: "source",
    Label.PERSON: "person",
    Label.LOCUTION: "locution",
}


def leads_against(argmap: ArgumentMap, step: ItemId) -> bool:
    """Whether an item is a step that leads against what it concludes."""
    inference = argmap.by_id.get(step)
    return isinstance(inference, Inference) and inference.polarity is Polarity.ATTACKS


def _kind(attacker: Item, target: Item) -> AttackKind:
    if isinstance(attacker, Rebuttal) and attacker.turn:
        return AttackKind.TURN
    kind: str | None = getattr(attacker, "kind", None)
    if kind and kind.split()[-1:] == ["turn"]:
        return AttackKind.TURN
    if target.label is Label.INFERENCE:
        return AttackKind.UNDERCUT
    return AttackKind.REBUT if target.label in STATEMENTS else AttackKind.UNDERMINE


def _ends(argmap: ArgumentMap, start: ItemId, kind: LinkKind) -> Iterator[ItemId]:
    links = argmap.outgoing.get(start, ())
    return (link.end for link in links if link.kind is kind and link.end in argmap.by_id)
