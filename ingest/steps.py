"""Relations that a file writes as nodes of their own: which edges make premises and conclusions of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from graph.draft import Key, MapDraft
from graph.model import LinkKind, Polarity

_MOST_SHORTCUTS = 10_000  # of one step: a thousand premises for a thousand conclusions are a million links


@dataclass(slots=True)  # not frozen: a file has many, and setting fields of frozen ones is slow
class Edge:
    """An arrow of the file, and what else the file says of it."""

    start: str
    end: str
    extra: Mapping[str, object]


def link_steps(
    draft: MapDraft, steps: Mapping[str, Polarity], arguers: Collection[str], edges: Iterable[Edge]
) -> list[Edge]:
    """Link what leads to a step and what a step leads to; the edges that do neither come back.

    A step that leads to another step concludes on it: it backs or undercuts that step.
    """
    joints: dict[tuple[LinkKind, Key, Key], None] = {}
    left: list[Edge] = []
    concludes, premise_of = LinkKind.CONCLUDES, LinkKind.PREMISE_OF
    for edge in edges:
        start, end = edge.start, edge.end
        if start in steps and (end in arguers or end in steps):
            kind = concludes
        elif start in arguers and end in steps:
            kind = premise_of
        else:
            left.append(edge)
            continue
        joint = (kind, start, end)
        if start == end or joint in joints:
            left.append(edge)
        else:
            joints[joint] = None
            draft.link(kind, start, end, extra=edge.extra)
    link_shortcuts(draft, steps, joints)
    return left


def link_shortcuts(
    draft: MapDraft, steps: Mapping[Any, Polarity], joints: Iterable[tuple[LinkKind, Key, Key]]
) -> None:
    """Link each premise of a step directly to each conclusion, by way of the step."""
    premise_of = LinkKind.PREMISE_OF
    premises: dict[Key, list[Key]] = defaultdict(list)
    conclusions: dict[Key, list[Key]] = defaultdict(list)
    for kind, start, end in joints:
        if kind is premise_of:
            premises[end].append(start)
        else:
            conclusions[start].append(end)
    for step, polarity in steps.items():
        starts, ends = premises.get(step, ()), conclusions.get(step, ())
        if len(starts) * len(ends) > _MOST_SHORTCUTS:
            continue
        kind = LinkKind.SUPPORTS if polarity is Polarity.SUPPORTS else LinkKind.REBUTS
        for start in starts:
            for end in ends:
                draft.link(kind, start, end, via=step)  # the draft settles what is attacked
