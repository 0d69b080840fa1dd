"""What is wrong with a map, as findings; nothing here raises, whatever the map holds."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from graph.model import (
    ENDS,
    ArgumentMap,
    Evidence,
    Inference,
    Item,
    ItemId,
    Label,
    Link,
    LinkKind,
    Polarity,
    Statement,
)


class Severity(StrEnum):
    """How bad a finding is: no store can hold it, an argument suffers, or worth knowing."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong with a map, or worth knowing."""

    severity: Severity
    rule: str  # a fixed word for programs: duplicate-id, dangling-link, …
    what: str
    hint: str = ""
    item: ItemId | None = None


def check(argmap: ArgumentMap) -> list[Finding]:
    """Every finding, the worst first, each kind in reading order."""
    findings = [
        *_duplicates(argmap),
        *_motion(argmap),
        *(finding for item in argmap.items for finding in _item(argmap, item)),
        *(finding for link in argmap.links for finding in _link(argmap, link)),
        *_circles(argmap),
        *_disconnected(argmap),
    ]
    order = list(Severity)
    return sorted(findings, key=lambda finding: order.index(finding.severity))


def _duplicates(argmap: ArgumentMap) -> Iterator[Finding]:
    for item_id, count in Counter(item.id for item in argmap.items).items():
        if count > 1:
            yield Finding(
                Severity.ERROR,
                "duplicate-id",
                f'{count} items have the id "{item_id}"',
                "Give each its own.",
                item_id,
            )


def _motion(argmap: ArgumentMap) -> Iterator[Finding]:
    for motion in argmap.motion:
        item = argmap.by_id.get(motion)
        if item is None:
            yield Finding(
                Severity.ERROR,
                "dangling-motion",
                f'the motion "{motion}" is no item of the map',
                "Name an item that is there.",
            )
        elif not isinstance(item, Statement):
            yield _finding(
                Severity.WARNING, "motion-kind", item, "is the motion and no claim", "A motion is a claim."
            )
    if not argmap.motion and any(isinstance(item, Statement) for item in argmap.items):
        yield Finding(
            Severity.WARNING,
            "no-motion",
            "no item is the motion, so nothing has a side or a route to it",
            "Say which it is (in Argdown: {kind: motion}, or motion: in the frontmatter).",
        )


def _item(argmap: ArgumentMap, item: Item) -> Iterator[Finding]:
    if not item.title.strip():
        yield _finding(
            Severity.ERROR, "no-title", item, "has no title", "Give it one, or a text to make it from."
        )
    if isinstance(item, Statement):
        if not item.text.strip():
            yield _finding(Severity.WARNING, "empty-text", item, "says nothing", "Write what it claims.")
        if item.kind and item.kind.casefold() in {"evidence", "card"}:
            yield _finding(
                Severity.WARNING,
                "no-card",
                item,
                f"is of the kind {item.kind}, and no card",
                "Give it a quote or a cite (in Argdown, or the tag #evidence).",
            )
    strength = getattr(item, "strength", None)
    if isinstance(strength, (int, float)) and not 0 <= strength <= 1:
        yield _finding(
            Severity.ERROR, "strength", item, f"has strength {strength:g}", "A strength is from 0 to 1."
        )
    if isinstance(item, Evidence):
        yield from _card(argmap, item)
    if isinstance(item, Inference):
        yield from _step(argmap, item)


def _card(argmap: ArgumentMap, card: Evidence) -> Iterator[Finding]:
    if not (card.quote or card.text).strip():
        yield _finding(
            Severity.WARNING, "empty-text", card, "says and quotes nothing", "Write what it shows."
        )
    cited = any(link.kind is LinkKind.CITES for link in argmap.outgoing.get(card.id, ()))
    if not (cited or card.cite or card.short_cite):
        yield _finding(Severity.WARNING, "no-source", card, "names no source", "Say where it is from.")
    length = len(card.quote or "")
    for span in card.spans:
        if not 0 <= span.start < span.stop <= length:
            yield _finding(
                Severity.ERROR,
                "span",
                card,
                f"marks characters {span.start} to {span.stop} of a quote of {length}",
                "A marked stretch begins and ends within the quote.",
            )


def _step(argmap: ArgumentMap, step: Inference) -> Iterator[Finding]:
    incoming = argmap.incoming.get(step.id, ())
    outgoing = argmap.outgoing.get(step.id, ())
    if not any(link.kind is LinkKind.PREMISE_OF for link in incoming):
        yield _finding(
            Severity.WARNING, "no-premise", step, "is a step from nothing", "Link what it starts from to it."
        )
    if not any(link.kind is LinkKind.CONCLUDES for link in outgoing):
        yield _finding(
            Severity.NOTE,
            "no-conclusion",
            step,
            "is a step to nothing",
            "Say what it is a reason for or against.",
        )


def _link(argmap: ArgumentMap, link: Link) -> Iterator[Finding]:
    start, end = argmap.by_id.get(link.start), argmap.by_id.get(link.end)
    for item_id, item in ((link.start, start), (link.end, end)):
        if item is None:
            yield Finding(
                Severity.ERROR,
                "dangling-link",
                f'{_said(link)} names "{item_id}", which is no item of the map',
                "Define it, or leave the link out.",
                item_id,
            )
    if start is None or end is None:
        return
    starts, ends = ENDS[link.kind]
    if start.label not in starts or end.label not in ends:
        yield Finding(
            Severity.ERROR,
            "ends",
            f"{_said(link)}: {link.kind} cannot lead from {_label(start)} to {_label(end)}",
            f"It leads from {_any(starts)} to {_any(ends)}.",
            start.id,
        )
    if link.start == link.end:
        what = (
            "contradicts itself" if link.kind is LinkKind.CONTRADICTS else f"has a link {link.kind} to itself"
        )
        yield _finding(Severity.WARNING, "self", start, what, "Link it to something else, or to nothing.")
    if link.via is not None and not isinstance(argmap.by_id.get(link.via), Inference):
        yield Finding(
            Severity.ERROR,
            "via",
            f'{_said(link)} goes by "{link.via}", which is no step of the map',
            "Name the inference, or none.",
            start.id,
        )


def _circles(argmap: ArgumentMap) -> Iterator[Finding]:
    """Claims that support each other in a circle: each circle once, from its first in reading order."""
    supported: list[tuple[ItemId, ItemId]] = []
    for link in argmap.links:
        supports = link.kind in (LinkKind.SUPPORTS, LinkKind.PREMISE_OF) or (
            link.kind is LinkKind.CONCLUDES and not _attacks(argmap, link.start)
        )
        if supports and link.start != link.end and {link.start, link.end} <= argmap.by_id.keys():
            supported.append((link.start, link.end))
    if not supported:
        return
    import networkx as nx  # a tenth of a second that only this finding needs

    order = {item.id: place for place, item in enumerate(argmap.items)}
    graph: nx.DiGraph[ItemId] = nx.DiGraph()
    graph.add_edges_from(supported)
    circles = [
        sorted(ids, key=order.__getitem__) for ids in nx.strongly_connected_components(graph) if len(ids) > 1
    ]
    for circle in sorted(circles, key=lambda ids: order[ids[0]]):
        members = [argmap.by_id[item_id] for item_id in circle]
        # A step of the circle adds nothing to what it joins.
        named = [item for item in members if item.label is not Label.INFERENCE] or members
        titles = ", ".join(f"“{item.title}”" for item in named[:4]) + (", …" if len(named) > 4 else "")
        yield Finding(
            Severity.WARNING,
            "circular-support",
            f"{titles} support each other in a circle",
            "A circle supports nothing: give one of them a reason from outside, or cut a link.",
            named[0].id,
        )


def _disconnected(argmap: ArgumentMap) -> Iterator[Finding]:
    """Arguments that no chain of links joins to a motion."""
    if not any(motion in argmap.by_id for motion in argmap.motion):
        return
    reached: set[ItemId] = set(argmap.motion)
    queue = deque(reached)
    while queue:
        item_id = queue.popleft()
        links = argmap.incoming.get(item_id, ()) + argmap.outgoing.get(item_id, ())
        for link in links:
            if link.kind in _JOINING:
                for end in (link.start, link.end):
                    if end not in reached:
                        reached.add(end)
                        queue.append(end)
    for item in argmap.items:
        if item.id not in reached and isinstance(item, (Statement, Evidence)):
            yield _finding(
                Severity.NOTE, "disconnected", item, "is joined to no motion", "Link it to what it is about."
            )


_JOINING = {
    LinkKind.SUPPORTS,
    LinkKind.REBUTS,
    LinkKind.UNDERCUTS,
    LinkKind.UNDERMINES,
    LinkKind.CONTRADICTS,
    LinkKind.PREMISE_OF,
    LinkKind.CONCLUDES,
}


def _attacks(argmap: ArgumentMap, step: ItemId) -> bool:
    inference = argmap.by_id.get(step)
    return isinstance(inference, Inference) and inference.polarity is Polarity.ATTACKS


def _finding(severity: Severity, rule: str, item: Item, what: str, hint: str) -> Finding:
    return Finding(severity, rule, f"“{item.title or item.id}” {what}", hint, item.id)


def _said(link: Link) -> str:
    return f"the link {link.start} {link.kind} {link.end}"


def _label(item: Item) -> str:
    return _any((item.label,))


def _any(labels: Iterable[Label]) -> str:
    words = sorted(label.value for label in labels)
    first = "an" if words[0][0] in "AEIOU" else "a"
    return f"{first} {words[0]}" if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"
