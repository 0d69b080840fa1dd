"""The port that both engines stand behind, and the values that cross it."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

from graph.model import ArgumentMap, ItemId, MapId

T = TypeVar("T")

DEFAULT_TIMEOUT = 30.0  # seconds a query may run
PIECE = 1_000  # rows of a long answer at a time
DEFAULT_WAIT = 10.0  # seconds that a writer waits for another


@dataclass(frozen=True, slots=True)
class Replaced:
    """What a load changed, counted over items and links."""

    map_id: MapId
    added: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0
    displaced: tuple[str, ...] = ()  # one sentence for each thing of a user's that lost its place


@dataclass(frozen=True, slots=True)
class MapInfo:
    """What a store says of one map without loading it."""

    id: MapId
    title: str
    format: str = ""
    file: str = ""
    sha256: str = ""
    loaded_at: str = ""  # ISO 8601, UTC
    loaded_by: str = ""
    version: int = 1  # of the map: how often it has changed
    counts: Mapping[str, int] = field(default_factory=dict)  # items by label
    links: int = 0
    receipt: str = ""  # what `remember` was given; "" where the file has said something else since


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One change of a map: when (ISO 8601, UTC), by whom, what, and the version it led to."""

    at: str
    by: str
    what: str
    version: int = 1


@dataclass(frozen=True, slots=True)
class Hit:
    """One item that a search found, best first."""

    map_id: MapId
    id: ItemId
    label: str
    title: str
    text: str
    field: str = "text"  # where it was found
    marked: str = ""  # the part of that field which holds what was asked for, «marked»
    near: str = ""  # what was looked for instead, where nothing holds what was asked for


@dataclass(frozen=True, slots=True)
class Node:
    """A node of a query's answer."""

    labels: tuple[str, ...]
    properties: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Relationship:
    """A relationship of a query's answer; its ends are the `id`s of its nodes."""

    type: str
    start: str | None
    end: str | None
    properties: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Path:
    """A path of a query's answer: one node more than relationships."""

    nodes: tuple[Node, ...]
    relationships: tuple[Relationship, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """A query's answer: plain values, `Node`, `Relationship`, `Path`, and lists and dicts of them."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    truncated: bool = False


@dataclass(frozen=True, slots=True)
class StoreInfo:
    """What is in use: the engine, its version, where it is, and what is wrong with it."""

    engine: str
    version: str
    location: str  # never holds a password
    problems: tuple[str, ...] = ()


Read = Callable[..., list[dict[str, Any]]]
"""Gives the rows of a Cypher statement, whose parameters are keywords."""


class Store(Protocol):
    """Keeps argument maps. Every method raises StoreError (or a kind of it) and nothing else."""

    def replace(self, argmap: ArgumentMap, *, force: bool = False, log: Sequence[LogEntry] = ()) -> Replaced:
        """Make what `argmap.id` holds from its file equal to `argmap`, all or nothing.

        Doing it again changes nothing. What users added is kept where its place still exists.
        Raises MapTaken where the id is that of a map from another file; `force` takes the id over.
        `log` is what a map that is new here went through elsewhere.
        """

    def remember(self, argmap: ArgumentMap, receipt: str) -> None:
        """Keep with a map that was just loaded how its file was read, where that can be done at once.

        It is no change of the map; where somebody else has loaded another file meanwhile, it is left.
        """

    def together(self) -> AbstractContextManager[None]:
        """While it lasts, what is written may be saved together, at its end at the latest.

        Each change is still all or nothing; what is interrupted loses at most the last changes.
        """

    def edit(self, map_id: MapId, change: Callable[[ArgumentMap], ArgumentMap], what: str) -> Replaced:
        """Make the map what `change` makes of it, all or nothing; `what` goes into its log.

        Nobody else writes to the map between the reading and the writing. `change` may be called
        again. Raises NoSuchMap, and what `change` raises.
        """

    def load(self, map_id: MapId) -> ArgumentMap:
        """The map as it was given to `replace`, with what users added since. Raises NoSuchMap."""

    def neighbourhood(self, item_id: ItemId, hops: int) -> ArgumentMap:
        """The part of a map within `hops` links of an item. Raises NoSuchMap where there is none."""

    def maps(self) -> list[MapInfo]:
        """Every map in the store, by id."""

    def log(self, map_id: MapId) -> list[LogEntry]:
        """What happened to a map, the oldest first. Raises NoSuchMap."""

    def delete(self, map_id: MapId) -> int:
        """Remove a map and all that is its own; the number of items removed. Raises NoSuchMap."""

    def find(self, text: str, *, map_id: MapId | None = None, limit: int = 20) -> list[Hit]:
        """Items that hold every word, "phrase" and beginning* of `text`, in any order; best first.

        Case and accents do not count. Where nothing holds them, what holds the words nearest to them.
        """

    def cypher(
        self,
        text: str,
        params: Mapping[str, Any] | None = None,
        *,
        write: bool = False,
        timeout: float = DEFAULT_TIMEOUT,
        limit: int | None = None,
    ) -> Rows:
        """What a Cypher statement returns; statements that write are refused unless `write`.

        At most `limit` rows. Raises QueryError.
        """

    def asking(self, ask: Callable[[Read], T]) -> T:
        """What `ask` makes of statements that only read and are argmap's own, all in one transaction.

        What is committed meanwhile may show in it. `ask` may be called again.
        """

    def pieces(
        self,
        text: str,
        params: Mapping[str, Any] | None = None,
        *,
        timeout: float = DEFAULT_TIMEOUT,
        limit: int | None = None,
    ) -> Generator[Rows, None, None]:
        """What a statement that only reads returns, `PIECE` rows at a time, as they come; at least one.

        The last one says whether rows were left out. Whoever stops before the end closes the iterator.
        """

    def repair(self, *, really: bool) -> list[str]:
        """A sentence for everything in the store that does not fit, and what is done about it, if `really`.

        No item of a map is removed.
        """

    def about(self) -> StoreInfo:
        """Engine, version, place, and what is wrong."""

    def close(self) -> None:
        """Give back what is held; safe to call twice."""
