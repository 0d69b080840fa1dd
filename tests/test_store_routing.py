"""Routing addresses: who is asked for what, and what happens when the routing table changes.

A cluster is not to be had here. What a driver sees of one is a table of addresses, so these tests put relays
before the one real server, and write their addresses into the table that it sends.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress

import kill_stores
import pytest
from tax_map import TAX, WHOLE, tax

from graph.errors import StoreError
from graph.store.bolt import BoltStore
from graph.store.port import Store
from graph.store.url import open_store

pytestmark = [pytest.mark.neo4j, pytest.mark.xdist_group("neo4j")]


class Relay:
    """Passes on what a driver and the server say; `table` stands in its answers for its own address."""

    def __init__(self, server: str) -> None:
        host, _, port = server.rpartition("//")[2].rpartition(":")
        self._server = host, int(port)
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self._listening.getsockname()[1]}"
        self.table: Sequence[Relay] = ()  # who writes, who is read from, who is asked for the next table
        self.asked = b""  # all that drivers said
        self._open: list[socket.socket] = []
        self._is_away = False
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._listening.accept()
                if self._is_away:
                    near.close()
                    continue
                far = socket.create_connection(self._server)
                self._open += [near, far]
                threading.Thread(target=self._pass_on, args=(near, far, False), daemon=True).start()
                threading.Thread(target=self._pass_on, args=(far, near, True), daemon=True).start()

    def _pass_on(self, start: socket.socket, end: socket.socket, is_answer: bool) -> None:
        with suppress(OSError):
            while said := start.recv(1 << 16):
                if is_answer:
                    said = self._with_table(said)
                else:
                    self.asked += said
                end.sendall(said)
        for each in (start, end):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    def _with_table(self, said: bytes) -> bytes:
        """The answer with the table's addresses, which are as long as ours: a table names it once a role."""
        parts = said.split(self.address.encode())
        if len(parts) != 1 + len(self.table):
            return said
        ends = [each.address.encode() for each in self.table]
        return b"".join(part + end for part, end in zip(parts, [*ends, b""], strict=True))

    def go_away(self) -> None:
        """Break off whatever is open, and take no more."""
        self._is_away = True
        for each in self._open:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        self.go_away()
        self._listening.close()


class Cluster:
    """The server behind four relays: a router, a writer, and two to read from or to write to later."""

    def __init__(self, server: str) -> None:
        self.router, self.writer, self.reader, self.spare = self.relays = [Relay(server) for _ in range(4)]
        self.says(self.writer, self.reader)
        self.uri = f"neo4j://{self.router.address}"

    def says(self, writer: Relay, reader: Relay) -> None:
        """From now on the table says so."""
        for each in self.relays:
            each.table = (writer, reader, self.router)


@pytest.fixture
def cluster(neo4j_address: str) -> Iterator[Cluster]:
    cluster = Cluster(neo4j_address)
    yield cluster
    for each in cluster.relays:
        each.close()


@pytest.fixture
def store(cluster: Cluster) -> Iterator[Store]:
    opened = open_store(cluster.uri)
    yield opened
    opened.close()


def test_a_load_is_carried_to_the_question_that_follows(neo4j_address: str) -> None:
    store = open_store(neo4j_address.replace("bolt://", "neo4j://"))
    assert isinstance(store, BoltStore)
    store.replace(WHOLE)
    after_load = store.bookmarks()
    assert after_load
    assert store.load("tax") == WHOLE
    store.replace(tax(TAX))
    assert store.bookmarks() != after_load
    assert store.cypher("MATCH (n:Claim) RETURN count(n)").rows == ((1,),)
    assert store.load("tax") == tax(TAX)
    store.close()


def test_what_writes_goes_to_the_writer_and_what_reads_to_a_reader(store: Store, cluster: Cluster) -> None:
    store.replace(WHOLE)
    assert b"CREATE (n:Claim)" in cluster.writer.asked
    assert b"CREATE" not in cluster.reader.asked
    before = cluster.writer.asked
    assert store.load("tax") == WHOLE
    assert store.find("sugar")
    assert store.neighbourhood(TAX.id, 1).items
    assert [info.id for info in store.maps()] == ["tax"]
    assert store.cypher("MATCH (n:Claim) RETURN count(n) AS claims").rows
    assert list(store.pieces("MATCH (n:Claim) RETURN n.id AS claims"))
    assert store.repair(really=False) == []
    assert cluster.writer.asked == before
    assert b"claims" in cluster.reader.asked
    assert b"bookmarks" in cluster.reader.asked  # it is told what it has to have seen


def test_a_table_that_changes_is_followed(store: Store, cluster: Cluster) -> None:
    store.replace(WHOLE)
    cluster.says(writer=cluster.spare, reader=cluster.spare)
    cluster.writer.go_away()
    cluster.reader.go_away()
    assert store.load("tax") == WHOLE
    store.replace(tax(TAX))
    assert store.load("tax") == tax(TAX)
    assert b"CREATE" not in cluster.spare.asked
    assert b"DETACH DELETE" in cluster.spare.asked


@pytest.mark.parametrize("number", [1, 3, 6])
def test_a_writer_that_goes_in_the_middle_of_a_load_is_replaced(
    store: Store, cluster: Cluster, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    from graph.store.bolt_work import BoltWork

    store.replace(kill_stores.version(0))
    write, count = BoltWork.write, 0

    def breaking(work: BoltWork, text: str, **params: object) -> None:
        nonlocal count
        count += 1
        if count == number:
            cluster.says(writer=cluster.spare, reader=cluster.reader)
            cluster.writer.go_away()
        write(work, text, **params)

    monkeypatch.setattr(BoltWork, "write", breaking)
    done = store.replace(kill_stores.version(1))
    assert done.changed == 400
    assert kill_stores.whole(store) == "1"
    assert b"SET n += row" in cluster.spare.asked
    assert len(store.log("kill")) == 2


def test_nobody_to_write_to_is_said(store: Store, cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    from graph.store import bolt

    monkeypatch.setattr(bolt, "RETRY_TIME", 0.1)
    store.replace(WHOLE)
    cluster.writer.go_away()
    assert store.load("tax") == WHOLE
    with pytest.raises(StoreError, match="no Neo4j answers there"):
        store.replace(tax(TAX))
    assert store.load("tax") == WHOLE
