"""One transaction of the driver of Neo4j: statements, values as the port has them, errors in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, cast

import neo4j
from neo4j import exceptions, graph, spatial, time

from graph.errors import QueryError
from graph.store import reads, refusals, statements
from graph.store.port import PIECE, Node, Path, Relationship, Rows
from graph.store.rows import MARK

_PIECE = 200  # nodes or relationships in one record of an answer


class BoltWork:
    """One transaction of the driver."""

    def __init__(self, tx: neo4j.ManagedTransaction | neo4j.Transaction) -> None:
        self.tx = tx
        self.changed = False  # by a user's statement

    def read(self, text: str, **params: Any) -> list[dict[str, Any]]:
        return [record.data() for record in self.tx.run(cast("Any", text), params)]

    def tuples(self, match: str, of: str, what: Sequence[str], **params: Any) -> Iterable[Sequence[Any]]:
        # Lists of lists: the driver takes three times as long over as many records of maps.
        text = (
            f"{match} WITH collect({of}) AS held UNWIND range(0, size(held) - 1, {_PIECE}) AS at "
            f"RETURN [{of} IN held[at .. at + {_PIECE}] | [{', '.join(what)}]] AS piece"
        )
        for record in self.tx.run(cast("Any", text), params):
            yield from record[0]

    def write(self, text: str, **params: Any) -> None:
        self.tx.run(cast("Any", text), params).consume()

    def refuse_what_does_more_than_read(self, text: str, params: Mapping[str, Any]) -> None:
        """Raises QueryError where the plan of a statement has more in it than reading."""
        plan = self.tx.run(cast("Any", f"EXPLAIN {text}"), dict(params)).consume()
        reads.refuse_plans_that_do_more(plan.query_type or "", plan.plan or {})

    def query(self, text: str, params: Mapping[str, Any], limit: int | None) -> Rows:
        """A user's statement and what it returns, as values of the port."""
        result = self.tx.run(cast("Any", text), dict(params))
        columns = tuple(result.keys())
        rows = [record.values() for record in (result if limit is None else result.fetch(limit + 1))]
        self.changed = reads.changed_data(result.consume().counters)
        return self._rows(columns, rows[:limit], truncated=limit is not None and len(rows) > limit)

    def pieces(self, text: str, params: Mapping[str, Any], limit: int | None) -> Iterator[Rows]:
        """The same in pieces, as the server sends them."""
        result = self.tx.run(cast("Any", text), dict(params))
        columns, left = tuple(result.keys()), limit
        while True:
            rows = [record.values() for record in result.fetch(PIECE if left is None else min(PIECE, left))]
            left = None if left is None else left - len(rows)
            is_last = result.peek() is None
            yield self._rows(columns, rows, truncated=left == 0 and not is_last)
            if is_last or left == 0:
                return

    def _rows(self, columns: tuple[str, ...], rows: list[list[Any]], *, truncated: bool) -> Rows:
        values = _Values(self, rows)
        return Rows(columns, tuple(tuple(values.of(value) for value in row) for row in rows), truncated)


class _Values:
    """Turns the values of one answer from the driver's into the port's."""

    def __init__(self, work: BoltWork, rows: list[list[Any]]) -> None:
        elements: set[str] = set()
        _collect(rows, elements)
        found = work.read(statements.ENDS, elements=sorted(elements)) if elements else []
        self._ids = {row["element"]: row["id"] for row in found}

    def of(self, value: Any) -> Any:
        """A value of a row."""
        match value:
            case None | str() | bool() | int() | float():
                return value
            case list():
                return [self.of(each) for each in value]
            case dict():
                return {key: self.of(held) for key, held in value.items()}
            case graph.Node():
                properties = self._properties(value)
                properties.pop(MARK, None)
                return Node(tuple(sorted(value.labels)), properties)
            case graph.Relationship():
                return self._relationship(value)
            case graph.Path():
                return Path(
                    tuple(self.of(node) for node in value.nodes),
                    tuple(self._relationship(link) for link in value.relationships),
                )
            case spatial.Point():
                return {"srid": value.srid, "coordinates": list(value)}
            case bytes() | bytearray():
                return value.hex()
            case time.Duration():
                return {"months": value.months, "days": value.days, "seconds": value.seconds}
            case time.Date() | time.DateTime() | time.Time():
                return value.to_native().isoformat()
            case _:
                return str(value)

    def _relationship(self, link: graph.Relationship) -> Relationship:
        start, end = (None if node is None else self._ids.get(node.element_id) for node in link.nodes)
        return Relationship(link.type, start, end, self._properties(link))

    def _properties(self, entity: graph.Entity) -> dict[str, Any]:
        return {name: self.of(held) for name, held in entity.items()}


def _collect(value: Any, elements: set[str]) -> None:
    """The nodes that relationships within a value start and end at."""
    if isinstance(value, list):
        for each in value:
            _collect(each, elements)
    elif isinstance(value, dict):
        _collect(list(value.values()), elements)
    elif isinstance(value, graph.Path):
        _collect(list(value.relationships), elements)
    elif isinstance(value, graph.Relationship):
        elements.update(node.element_id for node in value.nodes if node is not None)


@contextmanager
def query_errors(timeout: float) -> Iterator[None]:
    """What the server says of a user's statement, as QueryError."""
    try:
        yield
    except exceptions.ClientError as error:
        code = error.code or ""
        if "TransactionTimedOut" in code:
            raise QueryError(refusals.too_long(timeout)) from error
        if code.endswith("AccessMode"):
            raise QueryError(reads.WRITES) from error
        if code.startswith(
            ("Neo.ClientError.Statement", "Neo.ClientError.Schema", "Neo.ClientError.Procedure")
        ):
            raise QueryError(one_line(error)) from error
        raise
    except (ValueError, TypeError, OverflowError) as error:  # a parameter that cannot be sent
        raise QueryError(one_line(error)) from error


def one_line(error: Exception) -> str:
    """The first line of what an error says."""
    said = (error.message if isinstance(error, exceptions.Neo4jError) else str(error)) or type(error).__name__
    return said.strip().splitlines()[0]


def innermost(error: BaseException) -> str:
    """The last line of the error that all others came of."""
    while error.__cause__ is not None:
        error = error.__cause__
    lines = str(error).strip().splitlines()
    return lines[-1] if lines else type(error).__name__
