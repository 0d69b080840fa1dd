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

from graph.edits import Stamp, add_note, edits
from graph.errors import StoreError
from graph.store import bolt, work
from graph.store.bolt import BoltStore
from graph.store.bolt_work import BoltWork
from graph.store.port import Store
from graph.store.url import open_store

pytestmark = [pytest.mark.neo4j, pytest.mark.xdist_group("neo4j")]

COMMIT = b"\x00\x02\xb0\x12\x00\x00"  # as Bolt has it: a chunk of two bytes, a message without fields


class Relay:
    """Passes on what a driver and the server say; `table` stands in its answers for its own address."""

    def __init__(self, server: str) -> None:
        host, _, port = server.rpartition("//")[2].rpartition(":")
        self._server = host, int(port)
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self._listening.getsockname()[1]}"
        self.table: Sequence[Relay] = ()  # who writes, who is read from, who is asked for the next table
        self.asked = b""  # all that drivers said
        self.commits = 0  # that are still to come, until one of which the answer is lost
        self.is_saved = True  # whether the server hears of that one
        self._is_lost = False
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
                    if self._is_lost:
                        self._is_lost = False
                        break
                    said = self._with_table(said)
                elif self._loses(said):
                    break
                end.sendall(said)
        for each in (start, end):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    def _loses(self, said: bytes) -> bool:
        """Whether the connection breaks before the server hears this; or else when it answers."""
        self.asked += said
        if COMMIT not in said or not self.commits:
            return False
        self.commits -= 1
        if self.commits:
            return False
        self._is_lost = self.is_saved
        return not self.is_saved

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


@pytest.mark.parametrize("number", [1, 4])
def test_a_writer_that_goes_in_the_middle_of_a_load_is_replaced(
    store: Store, cluster: Cluster, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    store.replace(kill_stores.version(0))
    write, count = BoltWork.write, 0

    def breaking(of: BoltWork, text: str, **params: object) -> None:
        nonlocal count
        count += 1
        if count == number:
            cluster.says(writer=cluster.spare, reader=cluster.reader)
            cluster.writer.go_away()
        write(of, text, **params)

    monkeypatch.setattr(BoltWork, "write", breaking)
    done = store.replace(kill_stores.version(1))
    assert done.changed == 400
    assert kill_stores.whole(store) == "1"
    assert b"SET n += row" in cluster.spare.asked
    assert len(store.log("kill")) == 2


def test_nobody_to_write_to_is_said(store: Store, cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bolt, "RETRY_TIME", 0.1)
    store.replace(WHOLE)
    cluster.writer.go_away()
    assert store.load("tax") == WHOLE
    with pytest.raises(StoreError, match="no Neo4j answers there"):
        store.replace(tax(TAX))
    assert store.load("tax") == WHOLE


LOST = [(1, True), (1, False), (5, True), (9, False), (14, True)]


@pytest.mark.parametrize(("number", "is_saved"), LOST[:2])
def test_a_load_finds_out_whether_it_is_saved(
    store: Store, cluster: Cluster, number: int, is_saved: bool
) -> None:
    store.replace(WHOLE)
    cluster.writer.commits, cluster.writer.is_saved = number, is_saved
    store.replace(tax(TAX))
    assert cluster.writer.commits == 0
    assert store.load("tax") == tax(TAX)
    assert len(store.log("tax")) == 2


@pytest.mark.parametrize(("number", "is_saved"), LOST)
def test_so_do_loads_in_parts(
    store: Store, cluster: Cluster, monkeypatch: pytest.MonkeyPatch, number: int, is_saved: bool
) -> None:
    monkeypatch.setattr(kill_stores, "CLAIMS", 60)
    monkeypatch.setattr(bolt, "MOST_AT_ONCE", 30)
    monkeypatch.setattr(work, "BATCH", 20)
    store.maps()
    for version in (1, 2):  # the first is new, the second in the place of the first
        cluster.writer.commits, cluster.writer.is_saved = number, is_saved
        done = store.replace(kill_stores.version(version))
        assert (done.added, done.changed) == ((139, 0), (20, 70))[version - 1]
        assert kill_stores.whole(store) == str(version)
        assert cluster.writer.commits < number
        cluster.writer.commits = 0
        assert len(store.log("kill")) == version
        assert store.repair(really=False) == []
    assert store.cypher("MATCH ()-[r]->() RETURN count(r)").rows == ((79,),)
    assert store.cypher("MATCH (n) RETURN count(n)").rows == ((81,),)


@pytest.mark.parametrize("is_saved", [True, False])
def test_a_note_says_that_it_may_be_saved(store: Store, cluster: Cluster, is_saved: bool) -> None:
    stamp = Stamp("coach", "2026-01-01T00:00:00+00:00")
    store.replace(WHOLE)
    cluster.writer.commits, cluster.writer.is_saved = 1, is_saved
    with pytest.raises(StoreError, match="it is there whole, or not at all"):
        store.edit("tax", lambda held: add_note(held, TAX.id, "Ask for the source.", stamp), "note")
    assert len(edits(store.load("tax"))) == is_saved
    assert len(store.log("tax")) == 1 + is_saved


def test_what_reads_is_asked_again(store: Store, cluster: Cluster) -> None:
    store.replace(WHOLE)
    for number in (1, 2):
        cluster.reader.commits, cluster.reader.is_saved = 1, number == 1
        assert store.load("tax") == WHOLE
        assert cluster.reader.commits == 0
