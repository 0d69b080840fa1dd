"""What a coach reads when a Neo4j server is away, refuses, or may only be read."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import neo4j_server
import pytest
from tax_map import POOR, TAX, WHOLE, tax

import graph.store.bolt as bolt
from graph.errors import StoreError
from graph.model import ArgumentMap
from graph.store.url import open_store


@pytest.fixture
def closed_port() -> Iterator[int]:
    """A port on which nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]


def refused(address: str) -> str:
    """What opening the store at an address and asking it something says."""
    store = open_store(address)
    with pytest.raises(StoreError) as caught:
        store.maps()
    store.close()
    return str(caught.value)


@pytest.mark.parametrize("scheme", ["neo4j", "bolt", "neo4j+s", "bolt+ssc"])
def test_a_server_that_is_away(closed_port: int, scheme: str, capfd: pytest.CaptureFixture[str]) -> None:
    address = f"{scheme}://127.0.0.1:{closed_port}"
    said = refused(address).split("\n")
    assert said[0].startswith(f"{address}: no Neo4j answers there (")
    assert said[1:] == [
        "  Start the server, or put its address right: neo4j://HOST:7687, neo4j+s://HOST for Aura."
    ]
    assert capfd.readouterr() == ("", "")  # the driver's own log stays quiet


def test_a_server_that_takes_the_call_and_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert bolt._CONNECTION_TIMEOUT <= bolt._ACQUISITION_TIMEOUT < 5
    monkeypatch.setattr(bolt, "_ACQUISITION_TIMEOUT", 0.2)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        assert "no Neo4j answers there" in refused(f"neo4j://127.0.0.1:{silent.getsockname()[1]}")


@pytest.mark.neo4j
@pytest.mark.xdist_group("neo4j")
class TestAServerThatAnswers:
    def test_a_wrong_password(self, neo4j_address: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("NEO4J_PASSWORD", "not-the-password")
        assert refused(neo4j_address) == (
            f"{neo4j_address}: the server refuses the password of neo4j.\n"
            "  Put NEO4J_USERNAME and NEO4J_PASSWORD right."
        )

    def test_no_password(self, neo4j_address: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("NEO4J_USERNAME")
        monkeypatch.delenv("NEO4J_PASSWORD")
        assert refused(neo4j_address) == (
            f"{neo4j_address}: the server asks for a password.\n"
            "  Set NEO4J_PASSWORD (and NEO4J_USERNAME, where that is not neo4j)."
        )

    @pytest.mark.parametrize("scheme", ["neo4j", "bolt"])
    def test_no_such_database(self, neo4j_address: str, scheme: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("NEO4J_DATABASE", "debates")
        address = scheme + "://" + neo4j_address.partition("://")[2]
        assert refused(address) == (
            f"{address}: the server has no database debates.\n"
            "  Put NEO4J_DATABASE right, or unset it for the server's own default."
        )

    def test_a_plain_server_asked_for_encryption(self, neo4j_address: str) -> None:
        address = "bolt+s://" + neo4j_address.partition("://")[2]
        assert refused(address).startswith(f"{address}: no Neo4j answers there (")

    def test_a_database_that_may_only_be_read(
        self, neo4j_address: str, neo4j_running: neo4j_server.Server
    ) -> None:
        store = open_store(neo4j_address)
        store.replace(WHOLE)
        try:
            neo4j_running.set_read_only(True)
        except neo4j_server.Unavailable as error:
            pytest.skip(str(error))
        try:
            assert store.load("tax") == WHOLE
            with pytest.raises(StoreError) as caught:
                store.replace(tax(TAX))
        finally:
            neo4j_running.set_read_only(False)
        assert str(caught.value) == (
            f"{neo4j_address}: the database may only be read.\n"
            "  Ask for the right to write to it, or name another with NEO4J_DATABASE."
        )
        assert store.load("tax") == WHOLE
        store.close()

    @pytest.mark.parametrize("scheme", ["neo4j", "bolt"])
    def test_both_schemes_reach_the_server(self, neo4j_address: str, scheme: str) -> None:
        store = open_store(scheme + "://" + neo4j_address.partition("://")[2])
        assert store.replace(WHOLE).added == 18
        store.close()

    def test_two_people_who_load_the_same_map_at_once(self, neo4j_address: str) -> None:
        versions = [tax(TAX), WHOLE, tax(TAX, POOR), tax(POOR)]
        together = Barrier(len(versions))

        def load(argmap: ArgumentMap) -> None:
            store = open_store(neo4j_address)
            store.maps()
            together.wait()
            for _ in range(3):
                store.replace(argmap)
            store.close()

        with ThreadPoolExecutor(len(versions)) as people:
            list(people.map(load, versions))
        store = open_store(neo4j_address)
        assert store.load("tax") in versions
        assert store.cypher("MATCH (m:Map) RETURN count(m)").rows == ((1,),)
        store.close()

    @pytest.mark.parametrize(
        "text",
        [
            "CALL dbms.listConfig() YIELD name RETURN name",
            "CALL dbms.killConnection('bolt-1')",
            "TERMINATE TRANSACTIONS 'neo4j-transaction-1'",
            "CREATE USER eve SET PASSWORD 'password1'",
            "CALL db.createLabel('X')",
            "CALL { CREATE (n:X) } IN TRANSACTIONS",
        ],
    )
    def test_a_query_may_not_administer_the_server(self, neo4j_address: str, text: str) -> None:
        store = open_store(neo4j_address)
        with pytest.raises(StoreError, match=r"changes the store|may not call"):
            store.cypher(text)
        store.close()

    def test_a_query_may_call_what_reads_the_database(self, neo4j_address: str) -> None:
        store = open_store(neo4j_address)
        store.replace(tax(TAX))
        labels = store.cypher("CALL db.labels() YIELD label RETURN label ORDER BY label").rows
        assert {("Claim",), ("Map",)} <= set(labels)
        assert store.cypher("SHOW INDEXES YIELD name WHERE name = 'argmap_text'").rows == (("argmap_text",),)
        store.close()

    def test_a_place_comes_back_as_numbers(self, neo4j_address: str) -> None:
        store = open_store(neo4j_address)
        rows = store.cypher("RETURN point({x: 1, y: 2}) AS place").rows
        assert rows == (({"srid": 7203, "coordinates": [1.0, 2.0]},),)
        store.close()
