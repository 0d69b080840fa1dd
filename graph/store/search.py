"""`find` in the embedded store: by the index of words beside it, or in all texts where there can be none."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from graph.model import MapId
from graph.store import finding, words
from graph.store.port import Hit
from graph.store.text_index import TextIndex


class Search:
    """A search in one store: where its index is, the stamps of its maps, and their texts."""

    def __init__(
        self,
        place: Path,
        stamps: Callable[[], Mapping[str, str]],
        texts: Callable[[MapId | None], Iterable[Mapping[str, Any]]],
    ) -> None:
        self._place = place
        self._stamps = stamps
        self._texts = texts

    def hits(
        self, asked: Sequence[words.Term], stamp: str | None, map_id: MapId | None, limit: int
    ) -> list[Hit]:
        """What holds all that is asked for; `stamp` is that of the store's file, None where there is none."""
        if not asked:
            return []
        for _ in range(2 if stamp is not None else 0):
            try:
                return self._by_index(asked, stamp or "", map_id, limit)
            except sqlite3.OperationalError:  # nowhere to put an index, or somebody else is at it
                break
            except sqlite3.DatabaseError:  # it is no good; it can be made again
                with suppress(OSError):
                    self._place.unlink()
        return self._without_index(asked, map_id, limit)

    def _by_index(
        self, asked: Sequence[words.Term], stamp: str, map_id: MapId | None, limit: int
    ) -> list[Hit]:
        index = TextIndex(self._place)
        with index.up_to_date(stamp, self._stamps, self._texts, map_id) as reading:
            return finding.hits_or_near(asked, reading.propose, reading.known, limit)

    def _without_index(self, asked: Sequence[words.Term], map_id: MapId | None, limit: int) -> list[Hit]:
        rows = list(self._texts(map_id))
        return finding.hits_or_near(asked, finding.among(rows), finding.known_among(rows), limit)
