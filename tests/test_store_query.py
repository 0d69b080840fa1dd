"""One contract for Cypher on both engines: values in and out, and what a query may not do."""

from __future__ import annotations

import pytest
from tax_map import PERSON, TAX, WHOLE, link, tax

from graph.errors import QueryError
from graph.model import LinkKind
from graph.store.port import Node, Path, Relationship, Store
from graph.store.url import open_store


def test_cypher_takes_parameters_and_gives_plain_values(any_store: Store) -> None:
    any_store.replace(WHOLE)
    rows = any_store.cypher(
        "MATCH (c:Claim) WHERE c.title = $title "
        "RETURN c.title AS title, c.team AS team, 1.5 AS weight, [1, $flag] AS list, {a: {b: 2}} AS dict",
        {"title": "Cuts obesity", "flag": True},
    )
    assert rows.columns == ("title", "team", "weight", "list", "dict")
    assert rows.rows == (("Cuts obesity", None, 1.5, [1, True], {"a": {"b": 2}}),)
    assert not rows.truncated


def test_nodes_relationships_and_paths_come_back_alike(any_store: Store) -> None:
    any_store.replace(tax(TAX, PERSON, links=(link(LinkKind.ASSERTED_BY, TAX, PERSON),)))
    claim = Node(
        ("Claim",),
        {
            "id": "tax/cuts",
            "map": "tax",
            "title": "Cuts obesity",
            "text": "A sugar tax cuts obesity.",
            "order": 0,
            "origin": "file",
            "side": "pro",
        },
    )
    person = Node(
        ("Person",),
        {"id": PERSON.id, "map": "tax", "title": "The minister", "name": "", "order": 1, "origin": "file"},
    )
    holds = Relationship("ASSERTED_BY", TAX.id, PERSON.id, {"map": "tax", "order": 0, "origin": "file"})
    asked = any_store.cypher(
        "MATCH p = (c:Claim)-[r:ASSERTED_BY]->(n) "
        "RETURN c, r, p, [n] AS list, {of: r} AS dict, labels(n), type(r)"
    )
    path = Path((claim, person), (holds,))
    assert asked.rows == ((claim, holds, path, [person], {"of": holds}, ["Person"], "ASSERTED_BY"),)
    assert any_store.cypher("MATCH ()-[r]->() RETURN r").rows == ((holds,),)


def test_dates_come_back_as_text(any_store: Store) -> None:
    asked = any_store.cypher(
        "RETURN date('2016-01-01'), datetime('2016-01-01T10:30:00Z'), duration('P1DT2S')"
    )
    assert asked.rows == (
        ("2016-01-01", "2016-01-01T10:30:00+00:00", {"months": 0, "days": 1, "seconds": 2}),
    )


def test_properties_and_keys_are_what_is_stored(any_store: Store) -> None:
    any_store.replace(tax(TAX))
    ((properties, keys),) = any_store.cypher("MATCH (c:Claim) RETURN properties(c), keys(c)").rows
    assert sorted(properties) == ["argmap_mark", "id", "map", "order", "origin", "side", "text", "title"]
    assert sorted(keys) == sorted(properties)


def test_a_limit_says_that_it_left_rows_out(any_store: Store) -> None:
    counted = any_store.cypher("UNWIND range(1, 5) AS n RETURN n", limit=3)
    assert (counted.rows, counted.truncated) == (((1,), (2,), (3,)), True)
    assert not any_store.cypher("UNWIND range(1, 3) AS n RETURN n", limit=3).truncated


@pytest.mark.parametrize(
    "text",
    [
        "CREATE (n:Claim {id: 'x'})",
        "MATCH (n) DETACH DELETE n",
        "MATCH (n:Claim) SET n.text = 'gone'",
        "MATCH (n:Claim) REMOVE n.text",
        "MERGE (n:Claim {id: 'x'}) RETURN n",
        "FOREACH (x IN [1] | CREATE (n:Claim {id: x}))",
        "// MATCH (n) RETURN n\nCREATE (n:Claim {id: 'x'}) // RETURN 1",
        "MATCH (n) WITH n CREATE (m:Claim {id: n.id + '2'}) RETURN m",
        "CREATE INDEX FOR (n:Claim) ON (n.text)",
    ],
)
def test_a_query_that_writes_is_refused_unless_told(any_store: Store, text: str) -> None:
    any_store.replace(WHOLE)
    with pytest.raises(QueryError) as caught:
        any_store.cypher(text)
    assert str(caught.value) == "This statement changes the store.\n  Add --write if that is what you want."
    assert any_store.load("tax") == WHOLE


def test_a_query_that_is_told_to_write_writes(any_store: Store, any_address: str) -> None:
    any_store.replace(WHOLE)
    rows = any_store.cypher("MATCH (c:Claim) SET c.team = $team RETURN c.team", {"team": "Gov"}, write=True)
    assert rows.rows == (("Gov",),)
    again = open_store(any_address)
    assert again.load("tax").by_id[TAX.id].team == "Gov"  # type: ignore[attr-defined]  # a claim
    again.close()


@pytest.mark.parametrize(
    "text",
    [
        "LOAD CSV FROM $url AS line RETURN line",
        "load // comment\n csv FROM $url AS line RETURN line",
        "`LOAD` CSV FROM $url AS line RETURN line",
        "RETURN ['x'] AS line UNION LOAD CSV FROM $url AS line RETURN line",
        "CALL { LOAD CSV FROM $url AS line RETURN line } RETURN line",
        "PROFILE LOAD CSV FROM $url AS line RETURN line",
        "RETURN 'it''s' AS line; LOAD CSV FROM $url AS line RETURN line",
    ],
)
def test_a_query_cannot_read_files(any_store: Store, tmp_path: object, text: str) -> None:
    secret = f"{tmp_path}/secret.csv"
    with open(secret, "w", encoding="utf-8") as file:
        file.write("secret\n")
    with pytest.raises(QueryError) as caught:
        any_store.cypher(text, {"url": f"file://{secret}"})
    assert "secret" not in str(caught.value)


def test_words_in_texts_are_no_clauses(any_store: Store) -> None:
    asked = any_store.cypher("RETURN 'LOAD CSV; CREATE (n)' AS text // LOAD CSV;")
    assert asked.rows == (("LOAD CSV; CREATE (n)",),)


@pytest.mark.parametrize(
    "text",
    ["MATCH (n RETURN n", "RETURN $missing", "RETURN 1/0", "", "RETURN nosuch(1)", "RETURN 1; RETURN 2"],
)
def test_a_wrong_query_is_told_in_the_engines_words(any_store: Store, text: str) -> None:
    with pytest.raises(QueryError) as caught:
        any_store.cypher(text)
    first, *hints = str(caught.value).split("\n")
    assert first
    assert all(hint.startswith("  ") for hint in hints)


@pytest.mark.parametrize("value", ["half \ud83d", {1, 2}, 2**70, object()])
def test_a_parameter_that_no_database_holds(any_store: Store, value: object) -> None:
    with pytest.raises(QueryError):
        any_store.cypher("RETURN $value", {"value": value})


def test_a_query_that_runs_too_long_is_ended(any_store: Store) -> None:
    endless = (
        "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b WITH a, b WHERE a * b = 7 RETURN count(*)"
    )
    with pytest.raises(QueryError) as caught:
        any_store.cypher(endless, timeout=0.3)
    assert str(caught.value) == (
        "The query ran longer than 0.3 s and was ended.\n  Give it longer with --timeout."
    )
