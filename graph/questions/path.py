"""The routes from an item to the motion, as chains of sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from graph.errors import QuestionError
from graph.model import ARGUMENT_NODES, ArgumentMap, Item, ItemId, Link, LinkKind
from graph.questions.bearing import NO_MOTION, cost, leads, leads_against
from graph.questions.items import says
from graph.result import Column, ColumnType, Result, Value
from graph.semantics.strength import strengths
from graph.wording import numbered

if TYPE_CHECKING:
    import networkx as nx

PATH = (
    Column("route", ColumnType.INTEGER),
    Column("id", ColumnType.ID, "-"),
    Column("title", heading="-"),
    Column("text", heading="says"),
    Column("then", ColumnType.LABEL, "which then"),
    Column("weakest", ColumnType.LABEL, "step"),
    Column("steps", ColumnType.INTEGER, "-"),
    Column("effect", ColumnType.LABEL, "-"),
)
_THEN = {
    LinkKind.SUPPORTS: "supports",
    LinkKind.REBUTS: "rebuts",
    LinkKind.UNDERCUTS: "undercuts",
    LinkKind.UNDERMINES: "undermines",
    LinkKind.CONTRADICTS: "contradicts",
    LinkKind.PREMISE_OF: "starts",
    LinkKind.CONCLUDES: "leads to",
}
_AGAINST = {LinkKind.REBUTS, LinkKind.UNDERCUTS, LinkKind.UNDERMINES, LinkKind.CONTRADICTS}
Route = tuple[list[ItemId], list[LinkKind]]  # the items, and the link from each to the next

_GOAL = ""  # stands behind all motions; no item has an empty id


def path(argmap: ArgumentMap, item_id: ItemId, *, within: ItemId | None = None, limit: int = 5) -> Result:
    """The routes from an item to the motion, shortest first, one row for each sentence on the way.

    `effect` says what a route amounts to: an odd number of attacks is against the motion. `within` another
    item the routes lead to that item, by what leads to it.
    """
    item = argues_for_something(argmap, item_id)
    goal = None if within is None else argues_for_something(argmap, within)
    found = routes(argmap if goal is None else replace(argmap, motion=(goal.id,)), item_id, limit)
    return told_path(argmap, item, found, limit, strengths(argmap).values if found else {}, goal)


def argues_for_something(argmap: ArgumentMap, item_id: ItemId) -> Item:
    """The item; raises QuestionError where routes cannot begin."""
    item = argmap.by_id[item_id]
    if item.label not in ARGUMENT_NODES:
        raise QuestionError(
            f'"{item.title}" is a {item.label.value.lower()}, which argues for nothing\n'
            f"  Ask about a claim or a card that cites it: argmap show {argmap.id} {item.id}"
        )
    return item


def routes(argmap: ArgumentMap, item_id: ItemId, limit: int) -> list[Route]:
    """The shortest routes, one more than `limit` if there are."""
    return list(islice(_routes(argmap, item_id), limit + 1))


def told_path(
    argmap: ArgumentMap,
    item: Item,
    found: list[Route],
    limit: int,
    strong: Mapping[ItemId, float],
    goal: Item | None = None,
) -> Result:
    """The answer in words and rows, given the strength of what is on the routes, and where they lead to:
    without a goal, to the motion.
    """
    to = "the motion" if goal is None else f"“{goal.title}”"
    rows: list[tuple[Value, ...]] = []
    for number, (route, kinds) in enumerate(found[:limit], start=1):
        # The motion is what is argued about, so it is never the step to shore up. What differs by less
        # than the last digits, which depend on how it was reckoned, is equally strong.
        weakest = min(route[:-1], key=lambda each: round(strong.get(each, 1.0), 8), default=None)
        rows.extend(_rows(argmap, number, route, kinds, weakest, to))
    return Result(
        PATH,
        tuple(rows),
        summary=_found(argmap, item, found, limit, goal),
        question="path",
        map=argmap.id,
        truncated=len(found) > limit,
    )


def _routes(argmap: ArgumentMap, item_id: ItemId) -> Iterator[Route]:
    """The simple paths to the nearest motion on each, shortest first; drawn as they are found."""
    import networkx as nx

    graph = _towards(argmap, item_id)
    if _GOAL not in graph:
        return
    try:
        for nodes in nx.shortest_simple_paths(graph, item_id, _GOAL, weight="cost"):
            kinds = [LinkKind(graph.edges[pair]["kind"]) for pair in pairwise(nodes[:-1])]
            yield nodes[:-1], kinds
    except nx.NetworkXNoPath:
        return


def _towards(argmap: ArgumentMap, item_id: ItemId) -> nx.DiGraph[ItemId]:
    """What the item leads on to, as far as the motions, and one goal behind all of them but the item."""
    import networkx as nx

    from graph.networkx import to_networkx

    # In the order of the map: of two routes as long as each other the same one always comes first.
    goals = dict.fromkeys(motion for motion in argmap.motion if motion != item_id and motion in argmap.by_id)
    graph: nx.DiGraph[ItemId] = nx.DiGraph()
    for start, end, data in to_networkx(_onwards(argmap, item_id, goals.keys())).edges(data=True):
        if not graph.has_edge(start, end):  # the first in reading order speaks for the others
            graph.add_edge(start, end, kind=data["kind"], cost=cost(LinkKind(data["kind"])))
    graph.add_node(item_id)
    graph.add_edges_from(((goal, _GOAL) for goal in goals if goal in graph), cost=0)
    return graph


def _onwards(argmap: ArgumentMap, item_id: ItemId, goals: AbstractSet[ItemId]) -> ArgumentMap:
    """The part of the map that leads on from the item; a route ends at the first goal it comes to."""
    by_start: dict[ItemId, list[Link]] = {}
    for link in leads(argmap):
        by_start.setdefault(link.start, []).append(link)
    reached: set[ItemId] = set()
    links: list[Link] = []
    waiting = [item_id]
    while waiting:
        start = waiting.pop()
        if start not in reached:
            reached.add(start)
            onwards = [] if start in goals else by_start.get(start, [])
            links.extend(onwards)
            waiting.extend(link.end for link in onwards)
    links.sort(key=lambda link: link.order)
    return replace(
        argmap, items=tuple(item for item in argmap.items if item.id in reached), links=tuple(links)
    )


def _rows(
    argmap: ArgumentMap,
    number: int,
    route: list[ItemId],
    kinds: list[LinkKind],
    weakest: ItemId | None,
    to: str,
) -> Iterator[tuple[Value, ...]]:
    steps = sum(cost(kind) for kind in kinds)
    effect = f"{'against' if _is_against(argmap, (route, kinds)) else 'for'} {to}"
    for place, item_id in enumerate(route):
        item = argmap.by_id[item_id]
        then = _then(argmap, item_id, kinds[place]) if place < len(kinds) else f"({to})"
        weak = "weakest" if item_id == weakest else ""
        yield number, item.id, item.title, says(item), then, weak, steps, effect


def _is_against(argmap: ArgumentMap, route: Route) -> bool:
    """Whether an odd number of attacks is on the way."""
    return sum(_is_attack(argmap, start, kind) for start, kind in zip(*route, strict=False)) % 2 == 1


def _is_attack(argmap: ArgumentMap, start: ItemId, kind: LinkKind) -> bool:
    return kind in _AGAINST or (kind is LinkKind.CONCLUDES and leads_against(argmap, start))


def _then(argmap: ArgumentMap, start: ItemId, kind: LinkKind) -> str:
    return "leads against" if kind is LinkKind.CONCLUDES and leads_against(argmap, start) else _THEN[kind]


def _found(argmap: ArgumentMap, item: Item, found: list[Route], limit: int, to: Item | None) -> str:
    if to is None and not argmap.motion:
        return NO_MOTION
    itself = []
    if to is None and item.id in argmap.motion:
        itself = [f"“{item.title}” is itself {'a' if len(argmap.motion) > 1 else 'the'} motion."]
        goal = "another motion"
    else:
        goal = "the motion" if to is None else f"“{to.title}”"
    if not found:
        return itself[0] if itself else f"No route on the map leads from “{item.title}” to {goal}."
    shortest = numbered(sum(cost(kind) for kind in found[0][1]), "step")
    ends = f"from “{item.title}” to {goal}"
    if len(found) == 1:
        sentence = f"One route leads {ends}, in {shortest}."
    elif len(found) <= limit:
        sentence = f"{len(found)} routes lead {ends}; the shortest has {shortest}."
    elif limit == 1:
        sentence = f"The shortest route leads {ends}, in {shortest}; there are more."
    else:
        sentence = f"The {limit} shortest routes lead {ends}, from {shortest} on; there are more."
    effects = [_is_against(argmap, route) for route in found[:limit]]
    return " ".join([*itself, sentence, _effect(effects)])


def _effect(effects: list[bool]) -> str:
    """What the routes amount to, given which of them are against the motion."""
    against = sum(effects)
    if against in (0, len(effects)):
        who = "It speaks" if len(effects) == 1 else "They speak"
        return f"{who} {'against' if against else 'for'} it."
    return f"{len(effects) - against} for it, {against} against it."
