"""Neo4j stopped and started again, in the middle of a load and between: nothing is lost, nothing is half."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import kill_stores
import neo4j_server
import pytest

from graph.errors import StoreError
from graph.model import ArgumentMap
from graph.store.port import Replaced, Store
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
    """A load in a thread of its own, and what came of it."""

    def __init__(self, address: str, argmap: ArgumentMap) -> None:
        self.came: Replaced | StoreError | None = None
        self._address, self._argmap = address, argmap
        self._thread = threading.Thread(target=self._load)
        self._thread.start()

    def _load(self) -> None:
        store = open_store(self._address)
        try:
            self.came = store.replace(self._argmap)
        except StoreError as error:
            self.came = error
        finally:
            store.close()

    def await_end(self) -> Replaced | StoreError:
        self._thread.join()
        assert self.came is not None, "it ended in something other than a StoreError"
        return self.came


def await_writing(store: Store, load: Load) -> None:
    """Until the load is seen to write; or is done, on a machine that is faster than we look."""
    writing = "SHOW TRANSACTIONS YIELD currentQuery WHERE currentQuery CONTAINS 'CREATE' RETURN count(*)"
    while load.came is None and not store.cypher(writing).rows[0][0]:
        pass


@pytest.mark.parametrize("at_once", [True, False], ids=["killed", "stopped"])
def test_a_server_that_ends_in_the_middle_of_a_load_holds_the_old_map_or_the_new(
    server: neo4j_server.Server, store: Store, at_once: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.replace(kill_stores.version(0))
    before = kill_stores.whole(store)
    monkeypatch.setattr(kill_stores, "CLAIMS", 8_000)
    load = Load(server.uri, kill_stores.version(1))
    await_writing(store, load)
    server.break_off(at_once=at_once)
    server.begin_again()
    came = load.await_end()
    held = kill_stores.whole(store)  # the same store goes on by itself
    if isinstance(came, StoreError):
        assert held in (before, "1")
        assert server.password not in str(came)
    else:
        assert held == "1"
    store.replace(kill_stores.version(1))
    assert kill_stores.whole(store) == "1"
    store.delete("kill")


def test_a_server_that_is_started_again_between_two_statements_is_found_again(
    server: neo4j_server.Server, store: Store
) -> None:
    store.replace(kill_stores.version(2))
    server.break_off(at_once=True)
    with pytest.raises(StoreError, match="no Neo4j answers there"):
        open_store(server.uri).maps()
    server.begin_again()
    assert kill_stores.whole(store) == "2"  # what was committed is there
    store.replace(kill_stores.version(3))
    assert kill_stores.whole(store) == "3"
    store.delete("kill")
