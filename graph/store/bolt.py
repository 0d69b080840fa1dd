"""The Neo4j store: a server over Bolt, through the official driver's managed transactions."""

from __future__ import annotations

import logging
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from typing import Any, TypeVar, cast
from uuid import uuid4

import neo4j
from neo4j import exceptions

from graph.collector import collector_paused
from graph.errors import ArgmapError, NoSuchMap, StoreError, Unreadable
from graph.model import ArgumentMap, ItemId, MapId
from graph.store import (
    fulltext,
    moving,
    reads,
    refusals,
    repairs,
    staging,
    statements,
    transactions,
    words,
    writing,
)
from graph.store.bolt_work import BoltWork, innermost, one_line, query_errors
from graph.store.digest import Marks, digest
from graph.store.digest import marks as marks_of
from graph.store.port import (
    DEFAULT_TIMEOUT,
    Hit,
    LogEntry,
    MapInfo,
    Read,
    Replaced,
    Rows,
    StoreInfo,
    T,
)
from graph.store.writing import Plan

_T = TypeVar("_T")

# A server that is away is reported within five seconds: one try, to connect and to be let in.
_CONNECTION_TIMEOUT = 2.0
_ACQUISITION_TIMEOUT = 4.0
# A server that goes away in the middle is waited for: what was begun is begun again.
RETRY_TIME = 30.0

_MOST_READINGS = 50  # of a map that somebody changes meanwhile
_MOST_TRIES = 10  # of a change that is prepared in parts, while others write to the map
MOST_AT_ONCE = 100_000
"""Items and links that are written or deleted in one transaction: some 600 MB of a server's heap."""

# What goes wrong reaches the user as a StoreError; the driver's own log would say it twice.
logging.getLogger("neo4j").addHandler(logging.NullHandler())


class BoltStore:
    """Maps in a Neo4j database; see `port.Store` for what each method promises."""

    def __init__(
        self,
        uri: str,
        *,
        username: str = "",
        password: str = "",
        database: str = "",
        read_only: bool = False,
        shared_labels: bool = False,
    ) -> None:
        self._uri = uri
        self._database = database
        self._password = password
        self._username = username or ("neo4j" if password else "")
        self._read_only = read_only
        self._shared_labels = shared_labels
        self._driver: neo4j.Driver | None = None
        # In a cluster, a reader that is asked after a write has to have seen it.
        self._bookmarks = neo4j.GraphDatabase.bookmark_manager()
        self._is_set_up = False

    def replace(self, argmap: ArgumentMap, *, force: bool = False, log: Sequence[LogEntry] = ()) -> Replaced:
        def planned(work: BoltWork) -> Replaced | Plan:
            return transactions.replacing(
                work, argmap, marks, force=force, shared_labels=self._shared_labels, log=log
            )

        self._refuse_if_read_only()
        with collector_paused():
            marks = marks_of(argmap)
            same = self._read(lambda work: transactions.unchanged(work, argmap, marks))
            if same is not None:
                return same
            self._set_up()
            is_new = self._clear_what_is_unfinished(argmap.id)
            if is_new and len(argmap.items) + len(argmap.links) > MOST_AT_ONCE:
                return self._in_parts(argmap, marks, log)
            try:
                return self._changed(argmap.id, planned)
            except StoreError as error:
                if not isinstance(error.__cause__, exceptions.ConstraintError | exceptions.IncompleteCommit):
                    raise
                # Two loads of a new map: the constraint let one through. Now there is a map to lock.
                # Or nobody said whether it is saved: where it is, there is nothing to do.
                return self._changed(argmap.id, planned)

    def remember(self, argmap: ArgumentMap, receipt: str) -> None:
        with suppress(StoreError):  # it is a shortcut, no more
            self._write(lambda work: transactions.remember(work, argmap, receipt))

    def together(self) -> AbstractContextManager[None]:
        return nullcontext()  # each map is a transaction

    def edit(self, map_id: MapId, change: Callable[[ArgumentMap], ArgumentMap], what: str) -> Replaced:
        return self._changed(map_id, lambda work: transactions.editing(work, map_id, change, what))

    def log(self, map_id: MapId) -> list[LogEntry]:
        return self._read(lambda work: transactions.log(work, map_id))

    def load(self, map_id: MapId) -> ArgumentMap:
        with collector_paused():
            return self._read_whole(lambda work: transactions.load_and_mark(work, map_id))

    def neighbourhood(self, item_id: ItemId, hops: int) -> ArgumentMap:
        def near(work: BoltWork) -> ArgumentMap | StoreError | None:
            rows = transactions.maps_of(work, item_id)
            try:
                seen: ArgumentMap | StoreError = transactions.neighbourhood(work, item_id, hops, rows)
                # While a commit is being carried out, what it has reached is new and the rest is old.
                is_settled = seen == transactions.neighbourhood(work, item_id, hops, rows)
            except (NoSuchMap, Unreadable) as error:
                seen, is_settled = error, True
            return seen if is_settled and rows == transactions.maps_of(work, item_id) else None

        for _ in range(_MOST_READINGS):
            match self._read(near):
                case StoreError() as error:
                    raise error
                case ArgumentMap() as argmap:
                    return argmap
        raise self._restless()

    def maps(self) -> list[MapInfo]:
        return self._read(transactions.maps)

    def delete(self, map_id: MapId) -> int:
        def hidden(work: BoltWork) -> bool:
            row = transactions.require_map(work, map_id)
            is_large = staging.size(row) > MOST_AT_ONCE or moving.is_begun(work, map_id)
            if is_large:
                staging.hide(work, map_id, mark)
            return is_large

        mark = uuid4().hex
        if not self._write(hidden):
            return self._write(lambda work: transactions.delete(work, map_id))
        removed = staging.clear(self._write, map_id)
        moving.forget(self._write, map_id)
        self._write(lambda work: staging.forget(work, map_id, mark))
        return removed

    def find(self, text: str, *, map_id: MapId | None = None, limit: int = 20) -> list[Hit]:
        asked = words.terms(text)
        for _ in range(_MOST_READINGS):
            found = self._read(lambda work: fulltext.hits(work, asked, map_id, limit))
            if found is not None:
                return found
        raise self._restless()

    def cypher(
        self,
        text: str,
        params: Mapping[str, Any] | None = None,
        *,
        write: bool = False,
        timeout: float = DEFAULT_TIMEOUT,
        limit: int | None = None,
    ) -> Rows:
        def asked(work: BoltWork) -> Rows:
            with query_errors(timeout):
                if not write:
                    work.refuse_what_does_more_than_read(text, params or {})
                    return work.query(text, params or {}, limit)
                transactions.refuse_newer(work)
                rows = work.query(text, params or {}, limit)
                if work.changed:
                    transactions.forget_digests(work)
                return rows

        if not write:
            reads.refuse_what_reads_files(text)
            return self._read(asked, timeout)
        self._finish_moves()
        return self._write(asked, timeout)

    def asking(self, ask: Callable[[Read], T]) -> T:
        return self._read(lambda work: ask(work.read))

    def pieces(
        self,
        text: str,
        params: Mapping[str, Any] | None = None,
        *,
        timeout: float = DEFAULT_TIMEOUT,
        limit: int | None = None,
    ) -> Generator[Rows, None, None]:
        reads.refuse_what_reads_files(text)
        # What has been given cannot be taken back, so this is not tried again as other transactions are.
        with (
            self._errors(),
            self._session(neo4j.READ_ACCESS) as session,
            session.begin_transaction(timeout=timeout) as tx,
            query_errors(timeout),
        ):
            work = BoltWork(tx)
            work.refuse_what_does_more_than_read(text, params or {})
            yield from work.pieces(text, params or {}, limit)

    def repair(self, *, really: bool) -> list[str]:
        if not really:
            return self._read(lambda work: repairs.repair(work, _SETUP, really=False))
        made = self._read(lambda work: repairs.indexes(work, _SETUP))
        self._alter([f"DROP INDEX {name}" for name in self._failed()])
        self._is_set_up = False
        self._set_up()
        made += self._read(repairs.unfinished)
        for row in self._read(staging.unfinished):
            self._clear(row["id"], row["mark"])
        self._finish_moves()
        return made + self._write(lambda work: repairs.repair(work, _SETUP, really=True))

    def about(self) -> StoreInfo:
        def info(work: BoltWork) -> StoreInfo:
            problems = [
                f"It holds {label} nodes that belong to no map."
                for label in transactions.foreign_labels(work)
            ]
            return StoreInfo("neo4j", self._version(), self._place(), tuple(problems))

        return self._read(info)

    def close(self) -> None:
        if self._driver is not None:
            self._driver.close()
            self._driver = None

    def _in_parts(self, argmap: ArgumentMap, marks: Marks, log: Sequence[LogEntry]) -> Replaced:
        """Load a map that is not there yet, in transactions that a server has the memory for."""
        mark = uuid4().hex
        try:
            staging.load(
                self._write_or_find_written,
                argmap.id,
                mark,
                writing.new_map_row(argmap, "loaded", marks.of_map, marks, log),
                writing.new_parts(argmap, marks),
                lambda work: transactions.refuse_what_cannot_be_new(
                    work, argmap, shared_labels=self._shared_labels
                ),
            )
        except StoreError:
            # What is left behind, the next load or `doctor --repair` removes.
            with suppress(StoreError):
                self._clear(argmap.id, mark)
            raise
        return Replaced(map_id=argmap.id, added=len(argmap.items) + len(argmap.links))

    def _changed(self, map_id: MapId, plan: Callable[[BoltWork], Replaced | Plan]) -> Replaced:
        """Change a map as planned: in one transaction, or in parts where that is too much for one."""

        def written(work: BoltWork) -> tuple[Replaced | Plan | str, bool]:
            doing = moving.lock(work, map_id)  # two changes of one map, one after the other
            if doing.get("moving"):
                return str(doing["moving"]), False
            is_stopped = moving.withdraw(work, map_id, doing)
            planned = plan(work)
            if isinstance(planned, Replaced):
                return planned, is_stopped
            if planned.old_row is None or planned.size <= MOST_AT_ONCE:
                return writing.write(work, planned), is_stopped
            moving.announce(work, map_id, mark)
            return planned, is_stopped

        for _ in range(_MOST_TRIES):
            mark = uuid4().hex
            came, is_stopped = self._write(written)
            if is_stopped:
                moving.forget(self._write, map_id)
            if isinstance(came, Replaced):
                return came
            if isinstance(came, str):
                moving.finish(self._write_or_find_written, map_id, came)
                continue
            with suppress(moving.ChangedMeanwhile):
                return moving.move(self._write_or_find_written, came, mark)
        raise self._restless()

    def _clear_what_is_unfinished(self, map_id: MapId) -> bool:
        """Remove what a load or a deletion in parts has left of a map; whether there is no such map now."""
        state = self._read(lambda work: transactions.state(work, map_id))
        if state["staged"] and not state["there"]:
            self._clear(map_id, state["staged"])
        if state["beside"] or state["moving"]:
            self._finish_moves(map_id)
        return not state["there"]

    def _finish_moves(self, map_id: MapId | None = None) -> None:
        """Bring to an end what changes in parts have left to do, of one map or of all."""
        for row in self._read(moving.unfinished):
            if map_id in (None, row["id"]):
                moving.end(self._write_or_find_written, row)

    def _clear(self, map_id: MapId, mark: str) -> None:
        """Remove the parts of a map of this mark; who is still writing them ends."""
        mine = uuid4().hex
        if self._write(lambda work: staging.overtaken(work, map_id, mark, mine)):
            staging.clear(self._write, map_id)
            self._write(lambda work: staging.forget(work, map_id, mine))

    def bookmarks(self) -> frozenset[str]:
        """What this store has seen, as a cluster names it: whoever is asked next has to have seen it too."""
        return frozenset(self._bookmarks.get_bookmarks())

    def _place(self) -> str:
        return refusals.place(self._uri, self._database)

    def _version(self) -> str:
        with self._session(neo4j.READ_ACCESS) as session:
            for row in session.run(statements.VERSION):
                return f"{row['name']} {row['versions'][0]} {row['edition']}"
        return ""

    def _read(self, ask: Callable[[BoltWork], _T], timeout: float | None = None) -> _T:
        unit = neo4j.unit_of_work(timeout=timeout)
        with self._errors():
            # A server that goes away at the end of it has lost nothing, where nothing is changed.
            with suppress(exceptions.IncompleteCommit), self._session(neo4j.READ_ACCESS) as session:
                return session.execute_read(unit(lambda tx: ask(BoltWork(tx))))
            with self._session(neo4j.READ_ACCESS) as session:
                return session.execute_read(unit(lambda tx: ask(BoltWork(tx))))

    def _read_whole(self, ask: Callable[[BoltWork], tuple[ArgumentMap, str]]) -> ArgumentMap:
        """A map that is of one version: Neo4j shows a reader what is committed while it reads.

        `ask` also gives the digest that the map should have, if it is known. A map that has another, or
        none that is known, is read again until two readings agree.
        """
        before = ""
        for _ in range(_MOST_READINGS):
            try:
                argmap, expected = self._read(ask)
            except Unreadable as error:
                # A node that is deleted while it is read comes without properties; one that stays
                # unreadable is really so.
                if str(error) == before:
                    raise
                before = str(error)
                continue
            mark = digest(argmap)
            if mark in (expected, before):
                return argmap
            before = mark
        raise self._restless()

    def _restless(self) -> StoreError:
        return StoreError(
            f"{self._place()}: the map is being changed all the time.\n  Try again when that is over."
        )

    def _write(self, change: Callable[[BoltWork], _T], timeout: float | None = None) -> _T:
        self._refuse_if_read_only()
        with self._errors(), self._session(neo4j.WRITE_ACCESS) as session:
            unit = neo4j.unit_of_work(timeout=timeout)
            return session.execute_write(unit(lambda tx: change(BoltWork(tx))))

    def _write_or_find_written(self, change: Callable[[BoltWork], _T]) -> _T:
        """Make a change that is made once however often one tries, so a lost answer costs nothing."""
        try:
            return self._write(change)
        except StoreError as error:
            if not isinstance(error.__cause__, exceptions.IncompleteCommit):
                raise
        return self._write(change)

    def _session(self, access: str) -> neo4j.Session:
        return self._connected().session(
            database=self._database or None, default_access_mode=access, bookmark_manager=self._bookmarks
        )

    def _connected(self) -> neo4j.Driver:
        """The driver, having once been let in: without that, managed transactions retry for long."""
        if self._driver is None:
            driver = neo4j.GraphDatabase.driver(
                self._uri,
                auth=(self._username, self._password) if self._username else None,
                connection_timeout=_CONNECTION_TIMEOUT,
                connection_acquisition_timeout=_ACQUISITION_TIMEOUT,
                max_transaction_retry_time=RETRY_TIME,
                notifications_min_severity="OFF",
            )
            try:
                access = neo4j.READ_ACCESS
                with driver.session(database=self._database or None, default_access_mode=access) as session:
                    session.run("RETURN 1").consume()
            except BaseException:
                driver.close()
                raise
            self._driver = driver
        return self._driver

    def _set_up(self) -> None:
        """Make the constraints and indexes that are missing; Neo4j wants each in a transaction of its own."""
        self._refuse_if_read_only()
        if self._is_set_up:
            return
        missing = self._read(lambda work: transactions.missing_setup(work, _SETUP))
        if missing:
            if not self._shared_labels:
                self._read(transactions.refuse_a_database_of_others)
            self._alter([*missing, "CALL db.awaitIndexes(600)"])
        self._is_set_up = True

    def _failed(self) -> list[str]:
        return self._read(lambda work: transactions.failed_setup(work, _SETUP))

    def _alter(self, texts: Sequence[str]) -> None:
        with self._errors(), self._session(neo4j.WRITE_ACCESS) as session:
            for text in texts:
                session.run(cast("Any", text)).consume()

    def _refuse_if_read_only(self) -> None:
        if self._read_only:
            raise StoreError(refusals.reading_only(self._place()))

    @contextmanager
    def _errors(self) -> Iterator[None]:
        """The driver's errors as StoreError: what it is and what to do."""
        try:
            yield
        except ArgmapError:
            raise
        except exceptions.Neo4jError as error:
            raise StoreError(
                refusals.by_server(
                    self._uri, self._username, self._database, error.code or "", one_line(error)
                )
            ) from error
        except exceptions.IncompleteCommit as error:
            raise StoreError(refusals.no_answer(self._uri)) from error
        except (exceptions.ServiceUnavailable, exceptions.SessionExpired) as error:
            raise StoreError(refusals.no_server(self._uri, innermost(error))) from error
        except (exceptions.DriverError, ValueError, TypeError, OSError) as error:
            raise StoreError(f"{self._place()}: {one_line(error)}") from error


_SETUP = {**statements.SETUP, fulltext.NAME: fulltext.MAKE}
