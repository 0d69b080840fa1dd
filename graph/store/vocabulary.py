"""The names that a query may use: labels, properties, relationship types; made from the model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields

from graph.model import ENDS, ITEM_CLASSES, Item, Label, Link, LinkKind

_COMMON = [field.name for field in fields(Item)]
MAP_PROPERTIES = (
    "id", "map", "title", "text", "motion", "debate_format", "format", "file", "sha256", "tags", "extra",
    "version", "schema", "digest", "content", "marked", "receipt", "receipt_of", "log", "loaded_at",
    "loaded_by", "claims", "rebuttals", "evidence", "inferences", "sources", "persons", "locutions", "links",
)  # fmt: skip

EXAMPLES: Mapping[str, str] = {
    "Map": "MATCH (m:Map) RETURN m.id, m.title, m.claims",
    "Claim": "MATCH (c:Claim {side: 'con'}) RETURN c.title LIMIT 10",
    "Rebuttal": "MATCH (r:Rebuttal) WHERE r.granted RETURN r.title",
    "Evidence": "MATCH (e:Evidence) RETURN e.cite, e.quote LIMIT 10",
    "Inference": "MATCH (i:Inference {polarity: 'attacks'}) RETURN i.title",
    "Source": "MATCH (s:Source) RETURN s.title, s.author, s.date",
    "Person": "MATCH (p:Person)<-[:ASSERTED_BY]-(a) RETURN p.title, count(a)",
    "Locution": "MATCH (l:Locution)-[:SPOKEN_BY]->(p) RETURN p.title, l.text",
    "SUPPORTS": "MATCH (a)-[:SUPPORTS]->(b) RETURN a.title, b.title LIMIT 10",
    "REBUTS": "MATCH (a)-[:REBUTS]->(b) RETURN a.title, b.title LIMIT 10",
    "UNDERCUTS": "MATCH (a)-[:UNDERCUTS]->(i) RETURN a.title, i.title",
    "UNDERMINES": "MATCH (a)-[:UNDERMINES]->(e) RETURN a.title, e.title",
    "CONTRADICTS": "MATCH (a)-[:CONTRADICTS]-(b) WHERE a.id < b.id RETURN a.title, b.title",
    "PREMISE_OF": "MATCH (a)-[:PREMISE_OF]->(i) RETURN i.title, collect(a.title)",
    "CONCLUDES": "MATCH (i)-[:CONCLUDES]->(c) RETURN i.title, c.title",
    "CITES": "MATCH (a)-[r:CITES]->(s) RETURN s.title, r.locator, a.title",
    "ASSERTED_BY": "MATCH (a)-[:ASSERTED_BY]->(p) RETURN p.title, a.title",
    "REPORTED_BY": "MATCH (a)-[:REPORTED_BY]->(p) RETURN p.title, a.title",
    "SAYS": "MATCH (l)-[:SAYS]->(a) RETURN l.text, a.title",
    "SPOKEN_BY": "MATCH (l)-[:SPOKEN_BY]->(p) RETURN l.text, p.title",
    "FOLLOWS": "MATCH (a)-[:FOLLOWS]->(b) RETURN a.text, b.text",
}
"""A query for every label and relationship, which runs on both engines."""


def described() -> list[tuple[str, str, str]]:
    """Every label with its properties, and every relationship with its ends."""
    rows = [("label", "Map", ", ".join(MAP_PROPERTIES))]
    for label in Label:
        own = [field.name for field in fields(ITEM_CLASSES[label]) if field.name not in _COMMON]
        rows.append(("label", label.value, ", ".join(["id", "map", *_COMMON[1:], *own])))
    for kind in LinkKind:
        starts, ends = (", ".join(each for each in Label if each in side) for side in ENDS[kind])
        rows.append(("relationship", kind.value, f"from {starts} to {ends}"))
    return rows


def properties() -> list[str]:
    """Every property of a node or a relationship, once."""
    names = [*MAP_PROPERTIES, *(field.name for cls in ITEM_CLASSES.values() for field in fields(cls))]
    names += [field.name for field in fields(Link) if field.name not in ("kind", "start", "end")]
    return sorted(set(names))
