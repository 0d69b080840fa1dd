"""docs/schema.md names exactly the graph that the stores hold."""

from __future__ import annotations

import re
from dataclasses import fields
from enum import StrEnum
from pathlib import Path

import pytest
from tax_map import POOR, WHOLE

from graph.model import (
    ENDS,
    ITEM_CLASSES,
    DatePrecision,
    Item,
    Label,
    Link,
    LinkKind,
    Origin,
    Polarity,
    Side,
    SpanKind,
)
from graph.store.port import Store

TEXT = (Path(__file__).parent.parent / "docs" / "schema.md").read_text(encoding="utf-8")
QUERIES = re.findall(r"```cypher\n(.*?)```", TEXT, re.DOTALL)


def table(heading: str) -> list[list[str]]:
    """The rows of the first table after a heading, cells without backticks."""
    part = re.split(r"^#", TEXT.split(f"# {heading}\n", 1)[1], maxsplit=1, flags=re.MULTILINE)[0]
    rows = [line for line in part.splitlines() if line.startswith("|")][2:]
    return [[cell.strip().replace("`", "") for cell in row.strip("|").split("|")] for row in rows]


def names(heading: str) -> list[str]:
    return [row[0] for row in table(heading)]


COMMON = [field.name for field in fields(Item)]


def test_every_node_has_what_the_model_says() -> None:
    assert sorted(names("Every node")) == sorted([*COMMON, "map", "argmap_mark"])


@pytest.mark.parametrize("label", Label)
def test_each_label_has_the_fields_of_its_class(label: Label) -> None:
    own = [field.name for field in fields(ITEM_CLASSES[label]) if field.name not in COMMON]
    assert names(f"`{label}`") == own


def test_every_relationship_has_what_the_model_says() -> None:
    own = [field.name for field in fields(Link) if field.name not in ("kind", "start", "end")]
    assert sorted(names("Every relationship")) == sorted([*own, "map"])


def test_each_kind_of_link_has_the_ends_that_the_model_allows() -> None:
    rows = table("Relationships")
    assert [row[0] for row in rows] == list(LinkKind)
    for kind, start, end, _ in rows:
        assert tuple(frozenset(side.split(", ")) for side in (start, end)) == ENDS[LinkKind(kind)]


def test_the_words_of_closed_sets() -> None:
    sets: dict[str, type[StrEnum]] = {
        "side": Side,
        "origin": Origin,
        "polarity": Polarity,
        "date_precision": DatePrecision,
        "spans.kind": SpanKind,
    }
    assert {name: words.split(", ") for name, words in table("Words")} == {
        name: [word.value for word in words] for name, words in sets.items()
    }


def test_a_stored_map_has_these_properties_and_no_others(any_store: Store) -> None:
    any_store.replace(WHOLE)
    any_store.remember(WHOLE, "{}")
    (node,) = any_store.cypher("MATCH (m:Map) RETURN m").rows[0]
    assert set(node.properties) == set(names("`Map`"))


def test_a_stored_graph_has_these_properties_and_no_others(any_store: Store) -> None:
    any_store.replace(WHOLE)
    common = set(names("Every node"))
    for (node,) in any_store.cypher("MATCH (n) WHERE n.id <> n.map RETURN n").rows:
        assert set(node.properties) <= common | set(names(f"`{node.labels[0]}`"))
    for (relationship,) in any_store.cypher("MATCH ()-[r]->() RETURN r").rows:
        assert set(relationship.properties) <= set(names("Every relationship"))


ANSWERS = [
    (("tax", "Sugar tax", 1, 1),),
    (("Cuts obesity", "Poor", "con"),),
    ((POOR.id, "Poor", "con"),),
    (("BMJ", "p. 3", "Mexico"), ("BMJ", "p. 4", "Mexico")),
    (("Poor", "From price to weight", "Cuts obesity"),),
]


@pytest.mark.parametrize(
    ("query", "answer"),
    list(zip(QUERIES, ANSWERS, strict=True)),
    ids=[query.splitlines()[0] for query in QUERIES],
)
def test_the_queries_in_the_schema_answer_alike(any_store: Store, query: str, answer: object) -> None:
    any_store.replace(WHOLE)
    assert any_store.cypher(query).rows == answer
