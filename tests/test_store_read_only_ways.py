"""Ways round reading only: each is refused on both engines, and the store is as it was."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tax_map import WHOLE

from graph.errors import QueryError
from graph.store.digest import digest
from graph.store.port import Store

WRITES = (
    "CREATE (n:Claim {id: 'x'})",
    "create (n:Claim {id: 'x'})",
    "CR/**/EATE (n)",
    "/* MATCH */ CREATE (n:Claim)",
    "// reads\nCREATE (n:Claim)",
    "\\u0043REATE (n:Claim)",
    "CREATE (n:\\u0043laim)",
    "MATCH (n) \\u0053ET n.text = 'x'",
    "CREATE (n:`Claim`)",
    "MERGE (n:Claim {id: 'x'})",
    "MATCH (n:Claim) SET n.text = 'x'",
    "MATCH (n:Claim) SET n += {text: 'x'}",
    "MATCH (n:Claim) SET n:Rebuttal",
    "MATCH (n:Claim) REMOVE n.text",
    "MATCH (n) DETACH DELETE n",
    "MATCH ()-[r]->() DELETE r",
    "FOREACH (x IN [1, 2] | CREATE (n:Claim {id: x}))",
    "MATCH (n:Claim) FOREACH (x IN [n] | SET x.text = 'x')",
    "CALL { CREATE (n:Claim) RETURN n } RETURN n",
    "CALL { MATCH (n:Claim) SET n.text = 'x' RETURN n } RETURN n.text",
    "MATCH (n:Claim) CALL (n) { SET n.text = 'x' } RETURN n",
    "MATCH (n:Claim) CALL { WITH n SET n.text = 'x' RETURN 1 AS one } RETURN one",
    "CALL { CALL { CREATE (n:Claim) RETURN n } RETURN n } RETURN n",
    "MATCH (n:Claim) CALL { WITH n DETACH DELETE n } IN TRANSACTIONS",
    "RETURN 1 AS one UNION CREATE (n:Claim) RETURN 1 AS one",
    "RETURN 1 AS one UNION ALL MATCH (n) DETACH DELETE n RETURN 1 AS one",
    "PROFILE CREATE (n:Claim)",
    "PROFILE MATCH (n) DETACH DELETE n",
    "EXPLAIN RETURN 1; CREATE (n:Claim)",
    "RETURN 1; MATCH (n) DETACH DELETE n",
    "RETURN ';' AS text; CREATE (n)",
    "COMMIT; CREATE (n)",
    "CYPHER runtime=slotted CREATE (n)",
    "USE system CREATE USER x SET PASSWORD 'abcdefgh'",
    "CREATE USER x SET PASSWORD 'abcdefgh' CHANGE NOT REQUIRED",
    "ALTER USER neo4j SET PASSWORD 'abcdefgh'",
    "DROP DATABASE neo4j",
    "CREATE INDEX mine FOR (n:Claim) ON (n.text)",
    "CREATE INDEX mine IF NOT EXISTS FOR (n:Claim) ON (n.text)",
    "CREATE CONSTRAINT mine FOR (n:Claim) REQUIRE n.text IS UNIQUE",
    "CREATE FULLTEXT INDEX mine FOR (n:Claim) ON EACH [n.text]",
    "DROP INDEX argmap_claim_map",
    "DROP CONSTRAINT argmap_claim_id",
)

PROCEDURES = (
    "TERMINATE TRANSACTIONS '1'",
    "SHOW TRANSACTIONS YIELD transactionId AS id TERMINATE TRANSACTIONS id YIELD message RETURN message",
    "CALL apoc.cypher.doIt('CREATE (n)', {})",
    "CALL apoc.load.json($url)",
    "CALL `apoc`.`load`.`csv`($url)",
    "CALL dbms.setConfigValue('db.transaction.timeout', '1s')",
    "CALL dbms.killTransaction('1')",
    "CALL dbms.security.createUser('x', 'y')",
    "CALL dbms.listConfig()",
    "CALL dbms.queryJmx('*:*')",
    "CALL db.createLabel('Mine')",
    "CALL db.createRelationshipType('MINE')",
    "CALL db.createProperty('mine')",
    "CALL db.clearQueryCaches()",
    "CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh() CREATE (n)",
    "CALL tx.setMetaData({x: 1})",
)

READS_FILES = (
    "LOAD CSV FROM $url AS line RETURN line",
    "load csv with headers from $url as line return line",
    "LOAD\nCSV FROM $url AS line RETURN line",
    "LOAD/**/CSV FROM $url AS line RETURN line",
    "LOAD // reads\nCSV FROM $url AS line RETURN line",
    "LOAD\u00a0CSV FROM $url AS line RETURN line",
    "\\u004cOAD CSV FROM $url AS line RETURN line",
    "LOAD \\u0043SV FROM $url AS line RETURN line",
    "RETURN ['x'] AS line UNION LOAD CSV FROM $url AS line RETURN line",
    "RETURN ['x'] AS line UNION ALL RETURN ['y'] AS line UNION LOAD CSV FROM $url AS line RETURN line",
    "UNWIND [1] AS one CALL { LOAD CSV FROM $url AS line RETURN line } RETURN line",
    "CALL { RETURN ['x'] AS line UNION LOAD CSV FROM $url AS line RETURN line } RETURN line",
    "MATCH (n:Claim) LOAD CSV FROM $url + n.none AS line RETURN line",
    "EXPLAIN LOAD CSV FROM $url AS line RETURN line",
    "PROFILE LOAD CSV FROM $url AS line RETURN line",
    "WITH $url AS place LOAD CSV FROM place AS line FIELDTERMINATOR ';' RETURN line",
)


@pytest.fixture
def kept(any_store: Store) -> Iterator[Store]:
    """A store with a map, which is the same afterwards."""
    any_store.replace(WHOLE)
    before = _state(any_store)
    yield any_store
    assert _state(any_store) == before


def _state(store: Store) -> tuple[str, object, object]:
    """All that a statement could change: the map, what there is in all, and the indexes."""
    there = store.cypher("MATCH (n) OPTIONAL MATCH (n)-[r]->() RETURN count(DISTINCT n), count(r)").rows
    indexes = store.cypher("SHOW INDEXES").rows
    names = sorted(str(value) for row in indexes for value in row if str(value).startswith("argmap_"))
    return digest(store.load("tax")), there, (len(indexes), names)


@pytest.mark.parametrize("ways", [WRITES, PROCEDURES], ids=["clauses", "procedures"])
def test_no_way_of_writing_is_open_to_a_query_that_reads(kept: Store, ways: tuple[str, ...]) -> None:
    let_in = []
    for text in ways:
        try:
            let_in.append((text, kept.cypher(text, {"url": "file:///etc/passwd"}).rows))
        except QueryError:
            continue
    assert let_in == []


def test_no_spelling_of_load_csv_reads_a_file(kept: Store, tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("hunter2\n")
    told = []
    for text in READS_FILES:
        try:
            told.append((text, kept.cypher(text, {"url": secret.as_uri()}).rows))
        except QueryError as error:
            if "hunter2" in str(error):
                told.append((text, ((str(error),),)))
    assert told == []
