"""`doctor --repair`: what no longer fits is told first, then put right, and no item is lost."""

from __future__ import annotations

import pytest
from commandline import argmap
from tax_map import TAX, WHOLE, named

from graph.store.port import Store
from graph.store.url import open_store

BREAK = (
    "MATCH (m:Map {id: 'tax'}) SET m.claims = 7 REMOVE m.schema",
    "MATCH (m:Map {id: 'levy'}) DETACH DELETE m",
    "MATCH (a {id: 'tax/poor'}), (b {id: 'levy/cuts'}) CREATE (a)-[:REBUTS {map: 'tax', order: 9}]->(b)",
)
SAID = [
    '18 nodes and links belong to a map "levy" that has no node: make one.',
    'The counts of the map "tax" are wrong (claims): count again.',
    'The map "tax" was written by an older argmap: bring it up to date.',
    "1 links join items of two maps, or what is no item: remove them.",
]


def test_what_does_not_fit_is_told_and_put_right(any_store: Store) -> None:
    any_store.replace(WHOLE)
    any_store.replace(named("levy", WHOLE))
    assert any_store.repair(really=False) == []
    for text in BREAK:
        any_store.cypher(text, write=True)
    assert any_store.repair(really=False) == SAID
    assert any_store.repair(really=False) == SAID  # telling changes nothing
    assert any_store.repair(really=True) == SAID
    assert any_store.repair(really=False) == []
    assert any_store.load("tax") == WHOLE
    levy = any_store.load("levy")
    assert (len(levy.items), len(levy.links)) == (len(WHOLE.items), len(WHOLE.links))
    assert {info.id: info.counts["Claim"] for info in any_store.maps()} == {"levy": 1, "tax": 1}


def test_the_command_asks_first(any_store: Store, any_address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARGMAP_STORE", any_address)
    any_store.replace(WHOLE)
    assert argmap("doctor", "--repair").err == "Everything fits; there is nothing to repair.\n"
    any_store.cypher("MATCH (m:Map) SET m.claims = 7", write=True)
    ill = argmap("doctor")
    assert ill.code == 1
    assert "argmap doctor --repair does that." in " ".join(ill.out.split())
    done = argmap("doctor", "--repair", "--yes")
    assert done == (
        0,
        "",
        'The counts of the map "tax" are wrong (claims): count again.\nDone: 1 thing put right.\n',
    )
    assert argmap("doctor").code == 0
    assert any_store.load("tax").by_id[TAX.id] == TAX


@pytest.mark.neo4j
@pytest.mark.xdist_group("neo4j")
def test_indexes_that_are_gone_or_do_not_work_are_made_anew(neo4j_address: str) -> None:
    store = open_store(neo4j_address)
    store.replace(WHOLE)
    for text in ("DROP INDEX argmap_claim_map", "DROP INDEX argmap_text", "DROP INDEX argmap_person_map"):
        store.cypher(text, write=True)
    # A value that no index takes, and then the index: the server gives that up.
    store.cypher("MATCH (n:Claim) SET n.map = $long", {"long": "long" * 9_000}, write=True)
    store.cypher("CREATE INDEX argmap_claim_map FOR (n:Claim) ON (n.map)", write=True)
    await_failure(store, "argmap_claim_map")
    store.cypher("MATCH (n:Claim) SET n.map = 'tax'", write=True)
    said = ["2 indexes are missing: make them.", "1 index is not working: make anew."]
    assert store.repair(really=False) == said
    assert store.repair(really=True) == said
    assert store.repair(really=False) == []
    states = store.cypher("SHOW INDEXES YIELD name, state WHERE name STARTS WITH 'argmap' RETURN state").rows
    assert set(states) == {("ONLINE",)}
    assert store.load("tax") == WHOLE
    store.close()


def await_failure(store: Store, name: str) -> None:
    """Until the server has given an index up."""
    state = f"SHOW INDEXES YIELD name, state WHERE name = '{name}' RETURN state"
    while store.cypher(state).rows != (("FAILED",),):
        pass
