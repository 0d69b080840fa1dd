"""A map laid out as a block file: headings, beneath them tags, beneath them cards; and who answers what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from graph.model import (
    ATTACKS,
    ArgumentMap,
    Evidence,
    Inference,
    Item,
    ItemId,
    LinkKind,
    Polarity,
    Source,
    Statement,
)

LEVELS = ("pocket", "hat", "block")


@dataclass(frozen=True, slots=True)
class Entry:
    """One tag with its cards; without cards it is an analytic, or a claim that only cites."""

    item: Item  # the claim, or the card itself where it bears on no claim
    cards: tuple[Evidence, ...] = ()
    sources: tuple[Source, ...] = ()  # that the claim itself cites


@dataclass(frozen=True, slots=True)
class Section:
    """Headings from pocket to block, each "" where there is none, and the tags beneath."""

    headings: tuple[str, str, str]
    entries: tuple[Entry, ...]
    notes: tuple[str, ...] = ()


def sections(argmap: ArgumentMap) -> list[Section]:
    """The whole map in blocks, every claim and card once: as the Word file had it, else by what it argues."""
    if any(_headings(item) is not None for item in argmap.items):
        return list(_as_written(argmap))
    return list(_by_argument(argmap))


def tag_of(item: Item) -> str:
    """What an item says on its tag line."""
    number = item.extra.get("number")
    text = item.text or item.title
    return f"{number}. {text}" if isinstance(number, int) else text


def cards_of(argmap: ArgumentMap, item_id: ItemId) -> tuple[Evidence, ...]:
    """The cards that support an item directly, in reading order."""
    cards = (
        argmap.by_id.get(link.start)
        for link in argmap.incoming.get(item_id, ())
        if link.kind is LinkKind.SUPPORTS
    )
    return tuple(dict.fromkeys(card for card in cards if isinstance(card, Evidence)))


def sources_of(argmap: ArgumentMap, item_id: ItemId) -> tuple[Source, ...]:
    """The sources that an item cites, in reading order."""
    cited = (
        argmap.by_id.get(link.end) for link in argmap.outgoing.get(item_id, ()) if link.kind is LinkKind.CITES
    )
    return tuple(dict.fromkeys(source for source in cited if isinstance(source, Source)))


def answers_by_claim(argmap: ArgumentMap) -> Mapping[ItemId, tuple[ItemId, ...]]:
    """What answers each statement: attacks on itself, on the step that it takes, and on its cards."""
    found: dict[ItemId, dict[ItemId, None]] = {}
    for link in argmap.links:
        if link.kind in ATTACKS or link.kind is LinkKind.CONTRADICTS:
            for target in _statements_hit(argmap, link.end):
                if target != link.start:
                    found.setdefault(target, {})[link.start] = None
        if link.kind is LinkKind.CONTRADICTS:
            found.setdefault(link.start, {})[link.end] = None
    return {target: tuple(answers) for target, answers in found.items()}


def _statements_hit(argmap: ArgumentMap, end: ItemId) -> Iterator[ItemId]:
    item = argmap.by_id.get(end)
    match item:
        case Statement():
            yield end
        case Inference():
            for link in argmap.incoming.get(end, ()):
                if link.kind is LinkKind.PREMISE_OF:
                    yield link.start
        case Evidence():
            yield from _supported(argmap, end)
        case Source():
            for link in argmap.incoming.get(end, ()):
                if link.kind is LinkKind.CITES:
                    yield from _statements_hit(argmap, link.start)
        case _:
            pass


def _supported(argmap: ArgumentMap, card: ItemId) -> Iterator[ItemId]:
    for link in argmap.outgoing.get(card, ()):
        if link.kind is LinkKind.SUPPORTS and isinstance(argmap.by_id.get(link.end), Statement):
            yield link.end


def reasons_for(argmap: ArgumentMap, item_id: ItemId) -> list[ItemId]:
    """The statements that support one, directly or as premises of a step to it, in reading order."""
    found: dict[ItemId, None] = {}
    for link in argmap.incoming.get(item_id, ()):
        if link.kind is LinkKind.SUPPORTS:
            found[link.start] = None
        elif link.kind is LinkKind.CONCLUDES:
            step = argmap.by_id.get(link.start)
            if isinstance(step, Inference) and step.polarity is Polarity.SUPPORTS:
                for premise in argmap.incoming.get(step.id, ()):
                    if premise.kind is LinkKind.PREMISE_OF:
                        found[premise.start] = None
    return [one for one in found if isinstance(argmap.by_id.get(one), Statement)]


def part(argmap: ArgumentMap, item_id: ItemId) -> ArgumentMap:
    """The map of one item and all that bears on it, at any remove, with what that cites."""
    kept = {item_id}
    queue = [item_id]
    while queue:
        here = queue.pop()
        near = [link.start for link in argmap.incoming.get(here, ()) if link.kind in _BEARING]
        near += [link.end for link in argmap.outgoing.get(here, ()) if link.kind in _TOLD]
        for other in near:
            if other not in kept:
                kept.add(other)
                if not isinstance(argmap.by_id.get(other), Source):
                    queue.append(other)
    links = tuple(
        link
        for link in argmap.links
        if link.start in kept and link.end in kept and (link.via or item_id) in kept
    )
    motion = tuple(one for one in argmap.motion if one in kept) or (item_id,)
    items = tuple(item for item in argmap.items if item.id in kept)
    return replace(argmap, items=items, links=links, motion=motion)


_BEARING = ATTACKS | {LinkKind.SUPPORTS, LinkKind.PREMISE_OF, LinkKind.CONCLUDES}
_TOLD = frozenset({LinkKind.CITES, LinkKind.ASSERTED_BY, LinkKind.REPORTED_BY})


def _headings(item: Item) -> tuple[str, str, str] | None:
    held = item.extra.get("headings")
    if not isinstance(held, Mapping):
        return None
    pocket, hat, block = (str(held.get(level) or "") for level in LEVELS)
    return pocket, hat, block


def _entries(argmap: ArgumentMap, ids: Iterable[ItemId], done: set[ItemId]) -> Iterator[Entry]:
    """The entries of these items that stand nowhere yet."""
    for item_id in ids:
        item = argmap.by_id.get(item_id)
        if item is None or item_id in done:
            continue
        done.add(item_id)
        if isinstance(item, Evidence):
            yield Entry(item, (item,))
        elif isinstance(item, Statement):
            cards = tuple(card for card in cards_of(argmap, item_id) if card.id not in done)
            done.update(card.id for card in cards)
            yield Entry(item, cards, () if cards else sources_of(argmap, item_id))


def _as_written(argmap: ArgumentMap) -> Iterator[Section]:
    """The sections of a map from a Word file, its own headings kept; what was added since comes last."""
    done: set[ItemId] = set()
    path: tuple[str, str, str] | None = None
    ids: list[ItemId] = []
    notes: list[str] = []
    later: list[ItemId] = []
    for item in argmap.items:
        if "level" in item.extra:  # a heading's own node
            heading = item.extra.get("heading_path")
            said = item.extra.get("notes")
            if (
                isinstance(heading, Sequence)
                and len(heading) == len(LEVELS)
                and isinstance(said, (list, tuple))
            ):
                if path is not None:
                    yield Section(path, tuple(_entries(argmap, ids, done)), tuple(notes))
                path, ids, notes = (str(heading[0]), str(heading[1]), str(heading[2])), [], [*map(str, said)]
            continue
        here = _headings(item)
        if here is None:
            if isinstance(item, (Statement, Evidence)):
                later.append(item.id)
            continue
        if here != path:
            if path is not None:
                yield Section(path, tuple(_entries(argmap, ids, done)), tuple(notes))
            path, ids, notes = here, [], []
        ids.append(item.id)
    if path is not None:
        yield Section(path, tuple(_entries(argmap, ids, done)), tuple(notes))
    rest = tuple(_entries(argmap, later, done))
    if rest:
        yield Section((argmap.title, "", "More"), rest)


def _by_argument(argmap: ArgumentMap) -> Iterator[Section]:
    """The case for each motion, then an AT: block for every claim that is answered."""
    done: set[ItemId] = set()
    for motion in argmap.motion:
        if motion in argmap.by_id:
            entries = tuple(_entries(argmap, _closure(argmap, [motion]), done))
            yield Section((argmap.title, argmap.by_id[motion].title, "Case"), entries)
    answers = answers_by_claim(argmap)
    for target in (item for item in argmap.items if item.id in answers):
        entries = tuple(_entries(argmap, _closure(argmap, answers[target.id]), done))
        if entries:
            yield Section((argmap.title, "Answers", f"AT: {target.title}"), entries)
    rest = tuple(_entries(argmap, (item.id for item in argmap.items), done))
    if rest:
        yield Section((argmap.title, "More", ""), rest)


def _closure(argmap: ArgumentMap, ids: Iterable[ItemId]) -> list[ItemId]:
    """These items and all that supports them, each after what it supports."""
    order: dict[ItemId, None] = {}
    stack = [*ids][::-1]
    while stack:
        here = stack.pop()
        if here not in order:
            order[here] = None
            stack += reversed(reasons_for(argmap, here))
    return list(order)
