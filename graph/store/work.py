"""One transaction of an engine, as what both stores do in it sees it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Protocol, TypeVar

from graph.store.rows import Row

BATCH = 5_000  # rows a statement

_T = TypeVar("_T")


class Work(Protocol):
    """One transaction of an engine; raises StoreError."""

    def read(self, text: str, **params: Any) -> list[Row]:
        """The rows of a statement that only reads."""

    def tuples(self, match: str, of: str, what: Sequence[str], **params: Any) -> Iterable[Sequence[Any]]:
        """The values of expressions over `of`, a node or relationship, for each that a clause matches.

        For very many: this is what each engine gives fastest.
        """

    def write(self, text: str, **params: Any) -> None:
        """Run a statement that changes something."""


def batches(rows: Sequence[_T]) -> Iterable[Sequence[_T]]:
    """As many rows at a time as a statement takes."""
    return (rows[start : start + BATCH] for start in range(0, len(rows), BATCH))
