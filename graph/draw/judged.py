"""What the page needs to judge a map by itself: supports and attacks by number, and what nobody answers.

The page works verdicts out by the definition of `graph.semantics.labelling`, on the same framework.
"""

from __future__ import annotations

from typing import Any

from graph.draw.tree import Forest
from graph.model import ArgumentMap
from graph.questions.unanswered import unanswered
from graph.semantics.framework import Framework


def judged(argmap: ArgumentMap, tree: Forest) -> dict[str, Any]:
    """The framework of a map, and the places of what nothing answers, by the page's names for them."""
    open_claims = {row[0] for row in unanswered(argmap).rows}  # ids come first
    return {
        "framework": framework_values(Framework.of(argmap), tree),
        "unanswered": [place for place, branch in enumerate(tree.branches) if branch.item in open_claims],
    }


def framework_values(framework: Framework, tree: Forest | None = None) -> dict[str, Any]:
    """A framework as plain values: `kinds` a digit a node (of Kind), both relations as starts and ends.

    `nodes` has the framework's node for each place on the page, -1 where there is none.
    """
    values: dict[str, Any] = {
        "items": len(framework.ids),  # the hidden nodes come after them
        "kinds": "".join(map(str, framework.kinds)),
        "supports": [part.tolist() for part in framework.supports],
        "attacks": [part.tolist() for part in framework.attacks],
    }
    if tree is not None:
        values["nodes"] = [framework.index.get(branch.item, -1) for branch in tree.branches]
    return values
