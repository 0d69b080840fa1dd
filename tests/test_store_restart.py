"""Neo4j stopped and started again, in the middle of a load and between: nothing is lost, nothing is half."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import kill_stores
import neo4j_server
import pytest
from commandline import Outcome, argmap

from graph.export.json import to_json
from graph.store import bolt, staging, work
from graph.store.port import Store
from graph.store.url import open_store

pytestmark = [pytest.mark.neo4j, pytest.mark.xdist_group("neo4j")]


@pytest.fixture(scope="module")
def server() -> Iterator[neo4j_server.Server]:
    """A server of our own: the one that the other tests share must stay."""
    try:
        server = neo4j_server.start_own()
    except neo4j_server.Unavailable as error:
        pytest.skip(f"{neo4j_server.NOT_THIS_SERVER}: {error}")
    yield server
    server.stop()


@pytest.fixture
def store(server: neo4j_server.Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    for name, value in server.environment.items():
        monkeypatch.setenv(name, value)
    store = open_store(server.uri)
    yield store
    store.close()


class Load:
    """`argmap load` in a thread of its own, and what came of it."""

    def __init__(self, address: str, file: Path) -> None:
        self.came: Outcome | None = None
        self._thread = threading.Thread(target=self._load, args=(address, file))
        self._thread.start()

    def _load(self, address: str, file: Path) -> None:
        self.came = argmap("--store", address, "load", file)

    def await_end(self) -> Outcome:
        self._thread.join()
        assert self.came is not None, "it ended in something other than an exit code"
        return self.came


def await_seen(store: Store, load: Load, query: str) -> None:
    """Until a query counts something; or the load is done, on a machine that is faster than we look."""
    while load.came is None and not store.cypher(query).rows[0][0]:
        pass


WRITES = (
    "SHOW TRANSACTIONS YIELD currentQuery AS text "
    "WHERE text CONTAINS 'SET n += row' AND NOT text STARTS WITH 'SHOW' RETURN count(*)"
)
PREPARES = "MATCH (p:MapPart) RETURN count(p)"
MOVES = "MATCH (m:Map) WHERE m.moving IS NOT NULL RETURN count(m)"


@pytest.fixture
def file(tmp_path: Path, server: neo4j_server.Server, store: Store) -> Iterator[Path]:
    """A file whose map is in the store, and that says something else now, of 2,000 claims."""
    path = tmp_path / "kill.json"
    path.write_text(to_json(kill_stores.version(0)), encoding="utf-8")
    assert argmap("--store", server.uri, "load", path).code == 0
    with pytest.MonkeyPatch.context() as larger:
        larger.setattr(kill_stores, "CLAIMS", 2_000)
        path.write_text(to_json(kill_stores.version(1)), encoding="utf-8")
    yield path
    store.delete("kill")
    assert store.cypher("MATCH (n) RETURN count(n)").rows == ((0,),)


def in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bolt, "MOST_AT_ONCE", 500)
    monkeypatch.setattr(work, "BATCH", 100)
    monkeypatch.setattr(staging, "BATCH", 100)


ALL = bool(os.environ.get("ARGMAP_ALL_RESTARTS"))  # `make restart` sets it: each takes some seconds
MOMENTS = {"writing": (WRITES, False), "preparing": (PREPARES, True), "moving": (MOVES, True)}


@pytest.mark.parametrize(
    ("moment", "at_once"),
    [(moment, at_once) for moment in MOMENTS for at_once in (True, False)]
    if ALL
    else [("writing", True), ("moving", False)],
)
def test_a_load_waits_for_a_server_that_is_started_again(
    server: neo4j_server.Server,
    store: Store,
    file: Path,
    monkeypatch: pytest.MonkeyPatch,
    moment: str,
    at_once: bool,
) -> None:
    sees, parts = MOMENTS[moment]
    if parts:
        in_parts(monkeypatch)
    monkeypatch.setattr(bolt, "RETRY_TIME", 120.0)  # on a slow machine a server takes long to start
    load = Load(server.uri, file)
    await_seen(store, load, sees)
    server.break_off(at_once=at_once)
    server.begin_again()
    came = load.await_end()
    assert came.code == 0, came.err
    assert "kill" in came.out + came.err
    assert kill_stores.whole(store) == "1"  # the same store goes on by itself
    assert argmap("--store", server.uri, "load", file).code == 0
    assert len(store.log("kill")) == 2  # the second time there was nothing to do
    assert store.repair(really=False) == []


@pytest.mark.parametrize("moment", MOMENTS if ALL else ["preparing"])
def test_a_load_whose_server_stays_away_says_what_is_there_when_it_comes_back(
    server: neo4j_server.Server,
    store: Store,
    file: Path,
    monkeypatch: pytest.MonkeyPatch,
    moment: str,
) -> None:
    monkeypatch.setattr(bolt, "RETRY_TIME", 0.1)
    sees, parts = MOMENTS[moment]
    if parts:
        in_parts(monkeypatch)
    load = Load(server.uri, file)
    await_seen(store, load, sees)
    server.break_off(at_once=True)
    came = load.await_end()
    away = argmap("--store", server.uri, "maps")
    assert (away.code, away.out) == (1, "")
    assert "no Neo4j answers there" in away.err
    server.begin_again()
    held = kill_stores.whole(store)  # the store that was open before finds the server again
    if came.code == 0:  # it was done when the server ended
        assert held == "1"
    else:
        assert came.code == 1
        assert server.password not in came.err
        assert "Traceback" not in came.err
        if "is loaded all the same" in came.err:
            assert held == "1"
        elif "is there whole, or not at all" in came.err:
            assert held in ("0", "1")
        else:
            assert "no Neo4j answers there" in came.err
            assert held == "0"
    again = argmap("--store", server.uri, "load", file)
    assert again.code == 0, again.err
    assert kill_stores.whole(store) == "1"
    assert len(store.log("kill")) == 2
    assert store.repair(really=False) == []
