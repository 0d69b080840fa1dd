"""*answers* and *path* of a stored map: what bears on one item is gathered, and asked as a map of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from graph.model import ATTACKS, ArgumentMap, Item, ItemId, Label, LinkKind, Source
from graph.questions.bearing import LEADING
from graph.questions.path import Route, argues_for_something, routes, told_path
from graph.questions.unanswered import answers as answers_on
from graph.result import Result
from graph.semantics.strength import strengths
from graph.store.at_scale import patterns
from graph.store.at_scale.asking import Asking
from graph.store.at_scale.part import Part
from graph.store.rows import item_of


def answers(asking: Asking, item_id: ItemId, *, side: str | None = None) -> Result:
    """What `questions.unanswered.answers` says of the whole map."""
    part = Part(asking, asking.items([item_id]))
    steps = {link.end for link in part.forth([item_id], [LinkKind.PREMISE_OF])}
    towards = {link.start for link in part.back([item_id], [LinkKind.CONCLUDES])}
    cards = part.cards(part.support([item_id]))
    sources = {link.end for link in part.forth([item_id, *cards], [LinkKind.CITES])}
    hits = {item_id, *steps, *towards, *cards, *sources}

    attackers = {link.start for link in part.back(hits, [*ATTACKS, LinkKind.CONTRADICTS])}
    attackers |= {link.end for link in part.forth(hits, [LinkKind.CONTRADICTS])}
    against = {link.start for link in part.back(hits, [LinkKind.CONCLUDES])}
    attackers |= {link.start for link in part.back(against, [LinkKind.PREMISE_OF])}

    # What the answer says of them: how fresh and how long each is, and what a step leads from and to.
    part.forth([*attackers, *part.cards(part.support(attackers))], [LinkKind.CITES])
    part.back(steps | towards, [LinkKind.PREMISE_OF])
    part.forth(steps, [LinkKind.CONCLUDES])
    items = {item.id: item for item in asking.items(part.labels)}
    if any(isinstance(item, Source) for item in items.values()):
        items = {source.id: source for source in _all_sources(asking)} | items
    return answers_on(part.argmap(items.values()), item_id, side=side)


def _all_sources(asking: Asking) -> list[Item]:
    """Every source of the map, as far as it says what each is called: two may share a name."""
    return [item_of(Label.SOURCE, row) for row in asking.rows(patterns.SOURCES)]


def path(asking: Asking, item_id: ItemId, *, limit: int = 5) -> Result:
    """What `questions.path.path` says of the whole map."""
    (item,) = asking.items([item_id])
    argues_for_something(asking.argmap([item]), item_id)
    onwards = _onwards(asking, item)
    found = routes(onwards, item_id, limit)
    on_the_way = list(dict.fromkeys(each for route, _ in found for each in route))
    named = {each.id: each for each in (*onwards.items, *asking.items([item_id, *on_the_way]))}
    return told_path(
        asking.argmap(named.values()), item, found, limit, _strengths(asking, found[:limit], named)
    )


def _onwards(asking: Asking, item: Item) -> ArgumentMap:
    """What the item leads on to, as far as the motions."""
    part = Part(asking, [item])
    goals = set(asking.motion) - {item.id}
    reached: set[ItemId] = set()
    edge = {item.id}
    while edge:
        reached |= edge
        ways = edge - goals
        # All kinds: a link of any kind may speak for a premise beside its step.
        ahead = {link.end for link in part.forth(ways, LinkKind) if link.kind in LEADING}
        ahead |= {link.start for link in part.back(ways, [LinkKind.CONTRADICTS])}
        edge = ahead - reached
    return part.argmap(asking.outlines(reached))


def _strengths(
    asking: Asking, found: Iterable[Route], named: Mapping[ItemId, Item]
) -> Mapping[ItemId, float]:
    """How strong what is on the routes is, but for the motions they end at: by all that bears on it."""
    edge = {each for route, _ in found for each in route[:-1]}
    part = Part(asking, [named[each] for each in edge])
    reached: set[ItemId] = set()
    via: set[ItemId] = set()
    while edge:
        reached |= edge
        before = part.back(edge, LEADING)
        both_ways = part.forth(edge, [LinkKind.CONTRADICTS])
        cited = part.forth(part.cards(edge), [LinkKind.CITES])  # an attack on a source hits the card
        via |= {link.via for link in (*before, *both_ways) if link.via is not None}
        edge = {link.start for link in before} | {link.end for link in (*both_ways, *cited)}
        edge -= reached
    # A link that a step speaks for counts once, so the step has to be there.
    return strengths(part.argmap(asking.outlines(reached | via))).values if reached else {}
