"""Relations that a file writes as nodes of their own: which edges make premises and conclusions of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from graph.draft import MapDraft
from graph.model import LinkKind, Polarity

_MOST_SHORTCUTS = 10_000  # of one step: a thousand premises for a thousand conclusions are a million links


@dataclass(frozen=True, slots=True)
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
    premises: dict[str, dict[str, None]] = defaultdict(dict)
    conclusions: dict[str, dict[str, None]] = defaultdict(dict)
    left: list[Edge] = []
    for edge in edges:
        if edge.start == edge.end:
            left.append(edge)
        elif edge.start in steps and (edge.end in arguers or edge.end in steps):
            if edge.end in conclusions[edge.start]:
                left.append(edge)
                continue
            conclusions[edge.start][edge.end] = None
            draft.link(LinkKind.CONCLUDES, edge.start, edge.end, extra=edge.extra)
        elif edge.start in arguers and edge.end in steps:
            if edge.start in premises[edge.end]:
                left.append(edge)
                continue
            premises[edge.end][edge.start] = None
            draft.link(LinkKind.PREMISE_OF, edge.start, edge.end, extra=edge.extra)
        else:
            left.append(edge)
    for step, polarity in steps.items():
        if len(premises[step]) * len(conclusions[step]) > _MOST_SHORTCUTS:
            continue
        for premise in premises[step]:
            for conclusion in conclusions[step]:
                kind = LinkKind.SUPPORTS if polarity is Polarity.SUPPORTS else LinkKind.REBUTS
                draft.link(kind, premise, conclusion, via=step)  # the draft settles what is attacked
    return left
