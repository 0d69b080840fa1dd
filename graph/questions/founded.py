"""Which items rest on cards, for those who grant nothing else."""

from __future__ import annotations

from graph.model import ArgumentMap, ItemId
from graph.questions.bearing import Attacks, all_attacks
from graph.questions.once import once_a_map
from graph.semantics.framework import Framework
from graph.semantics.labelling import IN, derivable


@once_a_map
def founded(argmap: ArgumentMap) -> frozenset[ItemId]:
    """The cards, and what would stand on cards alone if nothing were attacked."""
    framework = Framework.of(argmap)
    labels = derivable(framework, need_evidence=True).labels
    return frozenset(item_id for item_id, label in zip(framework.ids, labels, strict=False) if label == IN)


def attacks_with_evidence(argmap: ArgumentMap) -> Attacks:
    """What answers each item and rests on cards; items without such an answer are absent."""
    known = founded(argmap)
    found = (
        (item_id, tuple(each for each in attacks if each.attacker in known))
        for item_id, attacks in all_attacks(argmap).items()
    )
    return {item_id: attacks for item_id, attacks in found if attacks}
