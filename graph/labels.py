"""Which statements of a map are rebuttals: those whose first outgoing link is an attack."""

from __future__ import annotations

from dataclasses import fields, replace

from graph.model import (
    ATTACKS,
    ArgumentMap,
    Claim,
    Inference,
    Item,
    ItemId,
    LinkKind,
    Polarity,
    Rebuttal,
    Statement,
)

_STEPS = ATTACKS | {LinkKind.SUPPORTS}


def with_labels(argmap: ArgumentMap) -> ArgumentMap:
    """The same map with every statement a Rebuttal or a Claim as its first outgoing link says."""
    first: dict[ItemId, bool] = {}
    for link in argmap.links:
        if link.kind in _STEPS and link.via is None:
            first.setdefault(link.start, link.kind in ATTACKS)
        elif link.kind is LinkKind.PREMISE_OF:
            step = argmap.by_id.get(link.end)
            first.setdefault(link.start, isinstance(step, Inference) and step.polarity is Polarity.ATTACKS)
    items: list[Item] = []
    for item in argmap.items:
        cls: type[Statement] = Rebuttal if first.get(item.id, False) else Claim
        if isinstance(item, Statement) and type(item) is not cls:
            known = {f.name for f in fields(cls)}
            held = {f.name: getattr(item, f.name) for f in fields(item) if f.name in known}
            items.append(cls(**held))
        else:
            items.append(item)
    return replace(argmap, items=tuple(items))
