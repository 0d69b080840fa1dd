"""Which passage each card quotes, and which cards quote one passage."""

from __future__ import annotations

from collections.abc import Mapping

from graph.model import ArgumentMap, Evidence, ItemId
from graph.passages import fingerprint
from graph.questions.once import once_a_map


def passage(card: Evidence) -> str:
    """What tells the passage of a card from others; "" where it quotes nothing."""
    return card.fingerprint or fingerprint(card.quote or "")


@once_a_map
def passages(argmap: ArgumentMap) -> Mapping[ItemId, str]:
    """The passage of each card that quotes one."""
    found = ((item.id, passage(item)) for item in argmap.items if isinstance(item, Evidence))
    return {item_id: quoted for item_id, quoted in found if quoted}


@once_a_map
def quoting(argmap: ArgumentMap) -> Mapping[str, list[Evidence]]:
    """The cards of each passage, in reading order."""
    cards: dict[str, list[Evidence]] = {}
    for item_id, quoted in passages(argmap).items():
        card = argmap.by_id[item_id]
        assert isinstance(card, Evidence)
        cards.setdefault(quoted, []).append(card)
    return cards
