"""Python's search for circles of garbage, held back while much is made that stays."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_paused() -> Iterator[None]:
    """Reading, asking and writing make many small objects that stay and no circles; to look through them
    all again and again for circles makes the time grow faster than the map (bench/argdown_linear.py).
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
