"""What is made once of a map and kept as long as the map is: the indexes that questions share."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from graph.collector import collector_paused
from graph.model import ArgumentMap

T = TypeVar("T")


def once_a_map(make: Callable[[ArgumentMap], T]) -> Callable[[ArgumentMap], T]:
    """The function with its results kept: all who ask of one map get one value, which none may change."""
    # Keyed by identity: hashing a map would hash every item in it.
    made: dict[int, tuple[weakref.ref[ArgumentMap], T]] = {}

    @wraps(make)
    def kept(argmap: ArgumentMap) -> T:
        key = id(argmap)
        if key not in made:
            with collector_paused():
                made[key] = weakref.ref(argmap, lambda _: made.pop(key, None)), make(argmap)
        return made[key][1]

    return kept
