"""The embedded store: one file, read and written in this process by kglite."""

from __future__ import annotations

import time
import warnings
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import kglite

from graph.collector import collector_paused
from graph.errors import ArgmapError, QueryError, StoreError
from graph.model import ArgumentMap, ItemId, Label, MapId
from graph.store import reads, refusals, repairs, statements, transactions, words
from graph.store.digest import marks as marks_of
from graph.store.kglite_values import Values
from graph.store.port import (
    DEFAULT_TIMEOUT,
    DEFAULT_WAIT,
    PIECE,
    Hit,
    LogEntry,
    MapInfo,
    Read,
    Replaced,
    Rows,
    StoreInfo,
    T,
)
from graph.store.search import Search

# kglite says on stderr what it thinks of a query; an empty store makes it think of every label.
kglite.set_query_warning_policy("silent")


_T = TypeVar("_T")

_BETWEEN_TRIES = 0.05  # seconds
_SAVE_AFTER = 5.0  # seconds in which several maps are written together before they are saved
_MOST_UNSAVED = 100_000  # items and links of such maps


class EmbeddedStore:
    """Maps in one kglite file; see `port.Store` for what each method promises.

    Readers see what was last saved and hold no lock. A writer holds the file's lease while it reads,
    changes and saves, so that two of them never overwrite each other; a save renames a whole new file
    into place.
    """

    def __init__(
        self,
        path: Path,
        *,
        read_only: bool = False,
        shared_labels: bool = False,
        wait: float = DEFAULT_WAIT,
    ) -> None:
        self._path = path
        self._wait = wait
        self._read_only = read_only
        self._shared_labels = shared_labels
        self._graph: Any = None
        self._stamp: tuple[int, ...] | None = None
        self._held: _Held | None = None  # while several changes are written together
        self._taken: Any = None  # the right to write, taken ahead

    def replace(self, argmap: ArgumentMap, *, force: bool = False, log: Sequence[LogEntry] = ()) -> Replaced:
        def replaced(work: _Work) -> Replaced:
            return transactions.replace(
                work, argmap, marks, force=force, shared_labels=self._shared_labels, log=log
            )

        with collector_paused():
            marks = marks_of(argmap)
            # Where another writes, or nobody may, it may still be that there is nothing to write.
            if not self._read_only and (self._graph is not None or not self._taken_at_once()):
                same = transactions.unchanged(self._reading(), argmap, marks)
                if same is not None:
                    return same
            return self._write(replaced, len(argmap.items) + len(argmap.links))

    def remember(self, argmap: ArgumentMap, receipt: str) -> None:
        if not self._read_only and self._taken_at_once():
            self._write(lambda work: transactions.remember(work, argmap, receipt))

    @contextmanager
    def together(self) -> Iterator[None]:
        if self._read_only or self._held is not None:
            yield
            return
        held = self._held = _Held()
        try:
            yield
        finally:
            try:
                if held.graph is not None and held.unsaved:
                    self._save(held.graph)
            finally:
                self._held = None
                if held.graph is not None:
                    self._give_back(held.graph)

    def edit(self, map_id: MapId, change: Callable[[ArgumentMap], ArgumentMap], what: str) -> Replaced:
        return self._write(lambda work: transactions.edit(work, map_id, change, what))

    def log(self, map_id: MapId) -> list[LogEntry]:
        return transactions.log(self._reading(), map_id)

    def load(self, map_id: MapId) -> ArgumentMap:
        with collector_paused():
            return transactions.load(self._reading(), map_id)

    def neighbourhood(self, item_id: ItemId, hops: int) -> ArgumentMap:
        work = self._reading()
        return transactions.neighbourhood(work, item_id, hops, transactions.maps_of(work, item_id))

    def maps(self) -> list[MapInfo]:
        return transactions.maps(self._reading())

    def delete(self, map_id: MapId) -> int:
        return self._write(lambda work: transactions.delete(work, map_id))

    def find(self, text: str, *, map_id: MapId | None = None, limit: int = 20) -> list[Hit]:
        if map_id is not None:
            transactions.require_map(self._reading(), map_id)
        search = Search(self._path.with_name(f"{self._path.name}.find"), self._map_stamps, self._texts)
        # Without a store there is nothing to put an index beside.
        stamp = repr(self._stamp_of_file()) if self._path.exists() else None
        return search.hits(words.terms(text), stamp, map_id, limit)

    def _map_stamps(self) -> dict[str, str]:
        rows = self._reading().read(statements.MAPS)
        return {row["map"]["id"]: str(row["map"].get("content") or "") for row in rows}

    def _texts(self, map_id: MapId | None) -> Iterator[dict[str, Any]]:
        work = self._reading()
        for label in Label:
            for row in work.read(statements.texts(label, of_map=map_id is not None), map=map_id):
                yield {**row, "label": label.value}

    def cypher(
        self,
        text: str,
        params: Mapping[str, Any] | None = None,
        *,
        write: bool = False,
        timeout: float = DEFAULT_TIMEOUT,
        limit: int | None = None,
    ) -> Rows:
        def asked(work: _Work) -> Rows:
            transactions.refuse_newer(work)
            rows = work.query(text, params or {}, timeout, limit)
            if work.wrote:
                transactions.forget_digests(work)
            return rows

        if write:
            return self._write(asked)
        return self._only_reading(text, params or {}, timeout).query(text, params or {}, timeout, limit)

    def pieces(
        self,
        text: str,
        params: Mapping[str, Any] | None = None,
        *,
        timeout: float = DEFAULT_TIMEOUT,
        limit: int | None = None,
    ) -> Generator[Rows, None, None]:
        yield from self._only_reading(text, params or {}, timeout).pieces(text, params or {}, timeout, limit)

    def _only_reading(self, text: str, params: Mapping[str, Any], timeout: float) -> _Work:
        """The last saved state, for a statement that can do no more than read it."""
        reads.refuse_what_reads_files(text)
        work = self._reading()
        work.graph.read_only(True)
        reads.refuse_steps_that_read_files(work.plan(text, params, timeout))
        return work

    def asking(self, ask: Callable[[Read], T]) -> T:
        return ask(self._reading().read)

    def repair(self, *, really: bool) -> list[str]:
        if not really or not self._path.exists():
            return repairs.repair(self._reading(), statements.SETUP, really=False)
        # To write makes the indexes.
        return self._write(lambda work: repairs.repair(work, statements.SETUP, really=True))

    def about(self) -> StoreInfo:
        problems = []
        if self._path.exists():
            problems = [
                f"It holds {label} nodes that belong to no map."
                for label in transactions.foreign_labels(self._reading())
            ]
        return StoreInfo("embedded", f"kglite {kglite.__version__}", str(self._path), tuple(problems))

    def close(self) -> None:
        self._graph = self._stamp = None
        if self._taken is not None:
            graph, self._taken = self._taken, None
            self._give_back(graph)

    def _reading(self) -> _Work:
        """The last saved state, read again where somebody has saved since; or what is being written."""
        if self._held is not None and self._held.graph is not None:
            return _Work(self._held.graph, self._path)
        with _errors(self._path):
            try:
                stamp = self._stamp_of_file()
            except FileNotFoundError:
                self._graph, self._stamp = kglite.KnowledgeGraph(), None
                return _Work(self._graph, self._path)
            if self._graph is None or stamp != self._stamp:
                if self._path.is_dir():
                    raise IsADirectoryError
                self._graph, self._stamp = kglite.load(str(self._path)), stamp
        return _Work(self._graph, self._path)

    def _stamp_of_file(self) -> tuple[int, ...]:
        stat = self._path.stat()
        return (stat.st_mtime_ns, stat.st_size, stat.st_ino)

    def _write(self, change: Callable[[_Work], _T], size: int = 0) -> _T:
        """What a change comes to, which is saved; together with others, where several are to be."""
        held = self._held
        try:
            with self._writing() as work:
                value = change(work)
        except Exception:
            if held is not None and held.graph is None:
                self._do_again(held)
            raise
        if held is not None and work.wrote:
            held.unsaved.append(change)
            held.size += size
            if held.is_due():
                start = time.monotonic()
                self._save(held.graph)
                held.is_saved(time.monotonic() - start)
        return value

    def _do_again(self, held: _Held) -> None:
        """What is not saved, after a change that ended half way took it along."""
        for change in held.unsaved:
            with self._writing() as work:
                change(work)

    @contextmanager
    def _writing(self) -> Iterator[_Work]:
        """The store's state under the writer's lease; saved at the end unless something was raised."""
        if self._read_only:
            raise StoreError(refusals.reading_only(str(self._path)))
        held = self._held
        is_new = held is None or held.graph is None
        graph = self._leased() if held is None or held.graph is None else held.graph
        work = _Work(graph, self._path)
        if held is not None:
            held.graph = graph
        whole = False
        try:
            for statement in transactions.missing_setup(work) if is_new else ():
                work.write(statement)
            work.wrote = False
            yield work
            if work.wrote and held is None:
                self._save(graph)
            whole = True
        finally:
            if held is None:
                self._give_back(graph)
            elif work.wrote and not whole:
                held.graph = None
                self._give_back(graph)

    def _save(self, graph: Any) -> None:
        with _errors(self._path), warnings.catch_warnings():
            warnings.simplefilter("ignore", kglite.MappedFallbackWarning)  # how it lies on the disk
            graph.save()

    def _give_back(self, graph: Any) -> None:
        self.close()
        # To leave as by an error gives the lease back; to leave well, or to close, would save.
        graph.__exit__(StoreError, None, None)

    def _taken_at_once(self) -> bool:
        """Whether the right to write could be had without waiting; it is kept for what is written next."""
        if self._held is not None and self._held.graph is not None:
            return True
        try:
            self._taken = self._opened()
        except (kglite.KgError, OSError, ValueError):  # whoever writes next is told
            return False
        return True

    def _leased(self) -> Any:
        """The store's state, and the right to write it; waits for who has that right now."""
        if self._taken is not None:
            graph, self._taken = self._taken, None
            return graph
        until = time.monotonic() + self._wait
        with _errors(self._path):
            while True:
                try:
                    return self._opened()
                except kglite.WriterLeaseHeldError:
                    if time.monotonic() >= until:
                        raise
                    time.sleep(_BETWEEN_TRIES)

    def _opened(self) -> Any:
        if self._path.is_dir():
            raise IsADirectoryError
        self._path.parent.mkdir(parents=True, exist_ok=True)
        return kglite.open(str(self._path), durable="off")


@dataclass(slots=True)
class _Held:
    """What several changes together hold: the right to write, and what is not saved yet."""

    graph: Any = None  # None before the first change, and after one that ended half way
    unsaved: list[Callable[[_Work], object]] = field(default_factory=list)
    size: int = 0  # items and links of what is not saved
    since: float = field(default_factory=time.monotonic)
    saved: int = 0  # items and links saved so far
    took: float = 0.0  # seconds of the last save

    def is_due(self) -> bool:
        """Whether to save now: not so often that saving is what takes the time, nor so much held back.

        A save writes the whole store, so the more is in it, the more comes between two of them.
        """
        waited = time.monotonic() - self.since
        return waited > max(_SAVE_AFTER, 10 * self.took) or self.size > max(_MOST_UNSAVED, self.saved // 4)

    def is_saved(self, took: float) -> None:
        self.unsaved.clear()
        self.saved, self.took = self.saved + self.size, took
        self.size, self.since = 0, time.monotonic()


class _Work:
    """One graph in memory, read and changed; what is not saved is gone with it."""

    def __init__(self, graph: Any, path: Path) -> None:
        self.graph = graph
        self.wrote = False
        self._path = path

    def read(self, text: str, **params: Any) -> list[dict[str, Any]]:
        with _errors(self._path):
            rows: list[dict[str, Any]] = self.graph.cypher(text, params=params, timeout_ms=0).to_list()
            return rows

    def tuples(self, match: str, of: str, what: Sequence[str], **params: Any) -> Iterable[Sequence[Any]]:
        columns = ", ".join(f"{each} AS c{place}" for place, each in enumerate(what))
        with _errors(self._path):
            answer = self.graph.cypher(f"{match} RETURN {columns}", params=params, timeout_ms=0)
            return zip(*(answer.column(name) for name in answer.columns), strict=True)

    def write(self, text: str, **params: Any) -> None:
        self.wrote = True
        self.read(text, **params)

    def plan(self, text: str, params: Mapping[str, Any], timeout: float) -> list[str]:
        """The steps that the engine would take, as far as it names them."""
        with _query_errors(timeout):
            answer = self.graph.cypher(f"EXPLAIN {text}", params=dict(params))
            return [str(row.get("operation")) for row in answer.to_list()]

    def query(self, text: str, params: Mapping[str, Any], timeout: float, limit: int | None) -> Rows:
        """A user's statement and what it returns, as values of the port."""
        answer = self._answer(text, params, timeout, limit)
        self.wrote = self.wrote or bool(answer.stats and any(answer.stats.values()))
        truncated = limit is not None and len(answer) > limit
        return self._rows(tuple(answer.columns), answer.to_list()[:limit], truncated=truncated)

    def pieces(
        self, text: str, params: Mapping[str, Any], timeout: float, limit: int | None
    ) -> Iterator[Rows]:
        """The same in pieces: kglite holds the answer, and only a piece of it becomes Python's."""
        answer = self._answer(text, params, timeout, limit)
        columns, end = tuple(answer.columns), len(answer) if limit is None else min(limit, len(answer))
        for start in range(0, max(end, 1), PIECE):
            stop = min(start + PIECE, end)
            truncated = stop == end < len(answer)
            yield self._rows(columns, answer[start:stop].to_list() if stop else [], truncated=truncated)

    def _answer(self, text: str, params: Mapping[str, Any], timeout: float, limit: int | None) -> Any:
        with _query_errors(timeout):
            answer = self.graph.cypher(
                text,
                params=dict(params),
                timeout_ms=max(1, int(timeout * 1000)),
                row_limit=None if limit is None else limit + 1,
                hide_structural_keys=True,  # `properties(n)` and `keys(n)` without what kglite adds
            )
        if isinstance(answer, str):
            raise QueryError("FORMAT CSV is not for here.\n  Leave it out and ask for --format csv.")
        return answer

    def _rows(self, columns: tuple[str, ...], rows: list[dict[str, Any]], *, truncated: bool) -> Rows:
        values = Values(rows, self._ids)
        return Rows(
            columns, tuple(tuple(values.of(row[name]) for name in columns) for row in rows), truncated
        )

    def _ids(self, elements: list[str]) -> dict[str, Any]:
        found = self.read(statements.ENDS, elements=elements)
        return {row["element"]: row["id"] for row in found}


@contextmanager
def _errors(path: Path) -> Iterator[None]:
    """kglite's errors and the operating system's as StoreError: what it is and what to do."""
    try:
        yield
    except ArgmapError:
        raise
    except kglite.WriterLeaseHeldError as error:
        raise StoreError(refusals.another_writer(path, error.holder.get("pid"))) from error
    except kglite.FileFormatError as error:
        raise StoreError(refusals.unreadable(path, _one_line(error))) from error
    except IsADirectoryError as error:
        raise StoreError(refusals.a_folder(path)) from error
    except (kglite.FileIoError, OSError) as error:
        raise StoreError(refusals.unwritable(path, error)) from error
    except (kglite.KgError, ValueError, TypeError, OverflowError) as error:
        raise StoreError(f"{path}: {_one_line(error)}") from error


@contextmanager
def _query_errors(timeout: float) -> Iterator[None]:
    """What the engine says of a user's statement, as QueryError."""
    try:
        yield
    except kglite.CypherTimeoutError as error:
        raise QueryError(refusals.too_long(timeout)) from error
    except kglite.ReadOnlyError as error:
        raise QueryError(reads.WRITES) from error
    except (kglite.KgError, ValueError, TypeError, OverflowError, RecursionError) as error:
        raise QueryError(_one_line(error)) from error


def _one_line(error: object) -> str:
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__
