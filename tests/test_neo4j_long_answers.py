"""Answers of any length come from Neo4j row by row: neither side holds them whole."""

from __future__ import annotations

import pytest
from commandline import argmap

from graph.store.port import PIECE
from graph.store.url import open_store

pytestmark = [pytest.mark.neo4j, pytest.mark.xdist_group("neo4j")]

ENDLESS = "UNWIND range(1, 1000000000) AS n RETURN n, 'a text' AS said"  # of a terabyte


def test_the_first_rows_come_before_the_last_is_known(neo4j_address: str) -> None:
    store = open_store(neo4j_address)
    pieces = store.pieces(ENDLESS)
    for number in range(3):
        piece = next(pieces)
        assert piece.rows[0] == (number * PIECE + 1, "a text")
        assert len(piece.rows) == PIECE
    pieces.close()
    assert store.cypher("RETURN 1 AS one").rows == ((1,),)  # nobody waits for the rest
    assert store.cypher("SHOW TRANSACTIONS YIELD currentQuery RETURN count(*)").rows == ((1,),)
    store.close()


@pytest.mark.parametrize("layout", ["csv", "json", "table"])
def test_a_limit_ends_an_endless_answer(neo4j_address: str, layout: str) -> None:
    done = argmap("--store", neo4j_address, "query", ENDLESS, "--format", layout, "--limit", 12_345)
    assert done.code == 0
    assert done.out.count("a text") == 12_345
    assert "12345" in done.out
    assert "12346" not in done.out
    assert "--limit" in done.out + done.err
