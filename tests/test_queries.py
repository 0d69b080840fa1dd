"""docs/queries.md and `argmap schema`: every query runs on both engines and answers alike."""

from __future__ import annotations

import re
from functools import cache

import pytest
from commandline import EXAMPLE, ROOT, argmap

from graph.model import ArgumentMap, Label, LinkKind
from graph.store.port import Store
from graph.store.url import open_store
from graph.store.vocabulary import EXAMPLES, MAP_PROPERTIES, described

PAGE = (ROOT / "docs" / "queries.md").read_text(encoding="utf-8")
QUERIES = re.findall(r"(\d+)\\\. .*?```cypher\n(.*?)```", PAGE, re.DOTALL)


@cache
def localism() -> ArgumentMap:
    from ingest.reading import read

    return read(EXAMPLE)


@pytest.fixture(scope="module")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> Store:
    store = open_store(tmp_path_factory.mktemp("queries") / "library.kgl")
    store.replace(localism())
    return store


def test_there_are_twenty() -> None:
    assert [int(number) for number, _ in QUERIES] == list(range(1, 21))


@pytest.mark.parametrize(("number", "query"), QUERIES, ids=[number for number, _ in QUERIES])
def test_each_finds_something_in_the_worked_example(embedded: Store, number: str, query: str) -> None:
    assert embedded.cypher(query, {"map": "localism"}).rows
    assert embedded.cypher(query, {"map": "another"}).rows == ()


@pytest.mark.neo4j
@pytest.mark.xdist_group("neo4j")
def test_both_engines_answer_alike(embedded: Store, neo4j_address: str) -> None:
    server = open_store(neo4j_address)
    server.replace(localism())
    for number, query in QUERIES:
        here, there = (store.cypher(query, {"map": "localism"}) for store in (embedded, server))
        assert (number, here) == (number, there)
    for name, query in EXAMPLES.items():
        rows = [store.cypher(query).rows for store in (embedded, server)]
        assert (name, len(rows[0])) == (name, len(rows[1]))
    server.close()


def test_the_schema_names_every_label_and_relationship() -> None:
    assert [name for _, name, _ in described()] == ["Map", *Label, *LinkKind]
    assert set(EXAMPLES) == {"Map", *Label, *LinkKind}


def test_the_schema_has_the_properties_of_a_map(embedded: Store) -> None:
    (node,) = embedded.cypher("MATCH (m:Map) RETURN m").rows[0]
    assert set(node.properties) <= set(MAP_PROPERTIES)


def test_the_command_prints_them() -> None:
    shown = argmap("schema", "cites", "--format", "csv")
    assert shown.out == (
        "kind,name,has,example\n"
        'relationship,CITES,"from Claim, Rebuttal, Evidence, Inference to Source",'
        '"MATCH (a)-[r:CITES]->(s) RETURN s.title, r.locator, a.title"\n'
    )
    assert len(argmap("schema").out.splitlines()) > 22
    wrong = argmap("schema", "Card")
    assert wrong.code == 2
    assert 'nothing is called "Card"' in wrong.err
