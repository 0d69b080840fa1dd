"""Routing addresses: what one statement wrote, the reader of the next has to have seen."""

from __future__ import annotations

import pytest
from tax_map import TAX, WHOLE, tax

from graph.store.bolt import BoltStore
from graph.store.url import open_store

pytestmark = [pytest.mark.neo4j, pytest.mark.xdist_group("neo4j")]


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
