"""What a person decided of a map's suggestions, and what outlives a load besides what users added."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from graph.answers import Suggestion
from graph.edits import Stamp, add_link
from graph.errors import EditError
from graph.model import ArgumentMap, LinkKind, Statement
from graph.verify.checking import kept_checks

REJECTED = "rejected"  # where `extra` of a map holds the ids of suggestions that were refused


def with_accepted(argmap: ArgumentMap, accepted: Iterable[Suggestion], stamp: Stamp) -> ArgumentMap:
    """The map in which the answers of these suggestions rebut what was suggested."""
    for suggestion in accepted:
        for answer in suggestion.answers:
            if isinstance(argmap.by_id[answer], Statement):
                argmap = add_link(argmap, answer, LinkKind.REBUTS, suggestion.target, stamp)
    return argmap


def with_rejected(argmap: ArgumentMap, ids: Collection[str]) -> ArgumentMap:
    """The map that does not suggest these again."""
    held = argmap.extra.get(REJECTED)
    known = [str(one) for one in held] if isinstance(held, (list, tuple)) else []
    return replace(argmap, extra={**argmap.extra, REJECTED: sorted({*known, *ids})})


def chosen(found: Iterable[Suggestion], ids: Collection[str]) -> list[Suggestion]:
    """The suggestions of these ids. Raises EditError where one is none."""
    by_id = {suggestion.id: suggestion for suggestion in found}
    missing = [one for one in ids if one not in by_id]
    if missing:
        raise EditError(
            f'"{missing[0]}" is no open suggestion of this map\n  argmap links MAP lists them with their ids.'
        )
    return [by_id[one] for one in ids]


def kept_decisions(old: ArgumentMap, new: ArgumentMap) -> ArgumentMap:
    """`new` with what was decided and verified of `old`, as far as it is still there."""
    refused = old.extra.get(REJECTED)
    if refused and REJECTED not in new.extra:
        new = replace(new, extra={**new.extra, REJECTED: refused})
    return kept_checks(old, new)
