"""What is made once of a map and kept as long as the map is: the indexes that questions share."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import TypeVar

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
            with _collector_paused():
                made[key] = weakref.ref(argmap, lambda _: made.pop(key, None)), make(argmap)
        return made[key][1]

    return kept


@contextmanager
def _collector_paused() -> Iterator[None]:
    """An index is many small things that all stay: to look for rubbish among them takes half the time."""
    paused = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if paused:
            gc.enable()
