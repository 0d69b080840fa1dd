"""Which steps and items of a map Argdown can say, and which stand in the frontmatter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graph.draft import made_title
from graph.export.argdown_keys import ITEM_KEYS
from graph.export.argdown_text import is_rule
from graph.model import ARGUERS, ArgumentMap, Inference, ItemId, Label, Link, LinkKind, Origin, Polarity
from graph.slugs import slug


def own_words(extra: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the reader of Argdown kept for writing."""
    held = extra.get("argdown")
    return held if isinstance(held, Mapping) else {}


def is_plain(link: Link) -> bool:
    """Whether a link says no more than its kind and ends."""
    return not link.extra and link.origin is not Origin.USER and link.locator is None


def is_shortcut(argmap: ArgumentMap, link: Link) -> bool:
    """Whether a link is the one that a structure says for a premise of its step."""
    if link.kind is not LinkKind.SUPPORTS or link.via is None:
        return False
    premises, conclusions = ends(argmap, link.via)
    return link.start in premises and conclusions == [link.end]


def ends(argmap: ArgumentMap, step: ItemId) -> tuple[list[ItemId], list[ItemId]]:
    """What a step leads from, and what it leads to."""
    premises = [x.start for x in argmap.incoming.get(step, ()) if x.kind is LinkKind.PREMISE_OF]
    conclusions = [x.end for x in argmap.outgoing.get(step, ()) if x.kind is LinkKind.CONCLUDES]
    return premises, conclusions


def odd(argmap: ArgumentMap) -> frozenset[ItemId]:
    """Items whose id or data no Argdown can give back; they stand in the frontmatter."""
    return frozenset(
        item.id
        for item in argmap.items
        if item.label in ARGUERS | {Label.INFERENCE}
        and (
            (own := item.id.removeprefix(f"{argmap.id}/")) != slug(own)
            or not own
            or not item.title
            or ITEM_KEYS & item.extra.keys()
            or not isinstance(item.extra.get("argdown", {}), Mapping)
        )
    )


def implied_steps(argmap: ArgumentMap) -> dict[ItemId, ItemId]:
    """The steps that an undercut alone makes, by what takes them; reading makes them again."""
    undercut = {link.end for link in argmap.links if link.kind is LinkKind.UNDERCUTS}
    implied: dict[ItemId, ItemId] = {}
    for item in argmap.items:
        if not isinstance(item, Inference) or item.id not in undercut or item.origin is Origin.USER:
            continue
        said = item.text or item.tags or item.rules or item.scheme or item.extra or item.strict is not None
        premises, conclusions = ends(argmap, item.id)
        if said or len(premises) != 1 or len(conclusions) > 1:
            continue
        title = f"From {made_title(argmap.by_id[premises[0]].title)}"
        if conclusions:
            against = "against" if item.polarity is Polarity.ATTACKS else "to"
            title += f" {against} {made_title(argmap.by_id[conclusions[0]].title)}"
            if not any(link.via == item.id for link in argmap.outgoing.get(premises[0], ())):
                continue
        if item.title == title:
            implied[item.id] = premises[0]
    return implied


def undercut_in_circles(argmap: ArgumentMap, implied: Mapping[ItemId, ItemId]) -> set[ItemId]:
    """The items that undercut each other in a circle, and what undercuts those.

    Which of them a reader takes first is a matter of order, so their steps are left as they are.
    """
    hits: dict[ItemId, set[ItemId]] = {}
    for link in argmap.links:
        if link.kind is LinkKind.UNDERCUTS and link.end in implied:
            hits.setdefault(link.start, set()).add(implied[link.end])
    waits: dict[ItemId, int] = {start: len(ends & hits.keys()) for start, ends in hits.items()}
    by_hit: dict[ItemId, list[ItemId]] = {}
    for start, ends in hits.items():
        for end in ends:
            by_hit.setdefault(end, []).append(start)
    ready = [start for start, count in waits.items() if not count]
    while ready:
        done = ready.pop()
        del waits[done]
        for start in by_hit.get(done, ()):
            if start in waits:
                waits[start] -= 1
                if not waits[start]:
                    ready.append(start)
    return set(waits)


def structures(
    argmap: ArgumentMap, implied: Mapping[ItemId, ItemId], unsayable: frozenset[ItemId]
) -> dict[ItemId, list[Inference]]:
    """The steps that premise-conclusion structures can say, each with all steps of its structure."""
    by_argument: dict[str, list[Inference]] = {}
    found: dict[ItemId, list[Inference]] = {}
    for item in argmap.items:
        if not isinstance(item, Inference) or item.id in implied or item.id in unsayable:
            continue
        if item.polarity is not Polarity.SUPPORTS or not all(map(is_rule, item.rules)):
            continue
        premises, conclusions = ends(argmap, item.id)
        if not premises or len(conclusions) != 1 or len(set(premises)) < len(premises):
            continue
        if any(
            end in unsayable or argmap.by_id[end].label not in ARGUERS for end in (*premises, *conclusions)
        ):
            continue
        shortcuts = {x.start for x in argmap.incoming[conclusions[0]] if x.via == item.id}
        if shortcuts != set(premises) or conclusions[0] in premises:
            continue
        if item.scheme != (item.rules[0] if item.rules else None):
            continue
        own = own_words(item.extra)
        if "step" in own:
            by_argument.setdefault(str(own.get("argument")), []).append(item)
            continue
        group = [*by_argument.pop(item.title, []), item]
        for step in group:
            found[step.id] = group
    return found
