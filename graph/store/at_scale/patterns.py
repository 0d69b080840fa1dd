"""The Cypher of the questions that are asked in the store; both engines run the same texts.

Every value is a parameter; labels and relationship types come from the schema's closed sets.
"""

from __future__ import annotations

from collections.abc import Iterable

from graph.model import ATTACKS, Label, LinkKind
from graph.model import STATEMENTS as STATEMENT_LABELS
from graph.questions.bearing import LEADING as LEADING_KINDS
from graph.store.statements import KINDS

ITEM = "|".join(Label)
STATEMENT = "|".join(label for label in Label if label in STATEMENT_LABELS)

_OUTLINE = "labels(n) AS labels, n.id AS id, n.order AS order, n.side AS side, n.kind AS kind"
_ATTACK = "|".join(sorted(ATTACKS))
_LEADS = "|".join(sorted(LEADING_KINDS - {LinkKind.PREMISE_OF}))

_SUPPORTING_STEP = "coalesce({0}.polarity, '') <> 'attacks'"
_ASKED = "($side IS NULL OR n.side = $side) AND NOT n.id IN $motion"

# What may be hit in place of `n`, each as the pattern that leads to it and what must hold on the way.
_HITS = (
    ("(n)-[p:PREMISE_OF]->(t)", "p"),
    ("(n)<-[p:CONCLUDES]-(t)", "p", _SUPPORTING_STEP.format("t")),
    ("(n)-[p:CITES]->(t)", "p"),
    ("(n)<-[p:SUPPORTS]-(t:Evidence)", "p"),
    ("(n)<-[p:CONCLUDES]-(i)<-[q:PREMISE_OF]-(t:Evidence)", "pq", _SUPPORTING_STEP.format("i")),
    ("(n)<-[p:SUPPORTS]-(e:Evidence)-[q:CITES]->(t)", "pq"),
    (
        "(n)<-[p:CONCLUDES]-(i)<-[q:PREMISE_OF]-(e:Evidence)-[s:CITES]->(t)",
        "pqs",
        _SUPPORTING_STEP.format("i"),
    ),
)

# How `a` attacks what stands before the pattern.
_BLOWS = (
    (f"<-[u:{_ATTACK}]-(a)", "u"),
    ("-[u:CONTRADICTS]-(a)", "u"),
    ("<-[u:CONCLUDES]-(j:Inference)<-[v:PREMISE_OF]-(a)", "uv", "j.polarity = 'attacks'"),
)

_OTHER = "a.id <> n.id"  # nobody answers himself

_SUPPORTS = (
    ("(n)<-[p:SUPPORTS]-(s{0})", "p"),
    ("(n)<-[p:CONCLUDES]-(i)<-[q:PREMISE_OF]-(s{0})", "pq", _SUPPORTING_STEP.format("i")),
)
"""How `s` supports `n`: directly, or as a premise of a step to it."""


def _of_the_map(links: str) -> list[str]:
    return [f"{link}.map = $map" for link in links]


def _exists(pattern: str, *conditions: str) -> str:
    return f"EXISTS {{ MATCH {pattern} WHERE {' AND '.join(conditions)} }}"


def _attacked(what: str, start: str, but: str = "") -> str:
    """Whether anything attacks `start` (but for what `but` excludes)."""
    blows = (
        _exists(f"{start}{blow}", *_of_the_map(links), *more, *([but] if but else []))
        for blow, links, *more in _BLOWS
    )
    return f"{what}({' OR '.join(blows)})"


UNATTACKED = (
    f"MATCH (n:{STATEMENT} {{map: $map}}) WHERE {_ASKED} AND {_attacked('NOT ', '(n)', _OTHER)} "
    f"RETURN {_OUTLINE}"
)
"""The claims and rebuttals that nothing attacks directly."""


HIT_ELSEWHERE = tuple(
    f"MATCH {hit.replace('(n)', f'(n:{STATEMENT} {{map: $map}})')} "
    f"WHERE {' AND '.join([*_of_the_map(links), *more])} AND {_attacked('', '(t)', _OTHER)} "
    "RETURN DISTINCT n.id AS id"
    for hit, links, *more in _HITS
)
"""The claims and rebuttals that are answered by an attack on something in their place."""


STATEMENTS = f"MATCH (n:{STATEMENT} {{map: $map}}) WHERE {_ASKED} RETURN {_OUTLINE}"
"""The claims and rebuttals that are asked about."""

COUNT = (
    f"MATCH (n:{STATEMENT} {{map: $map}}) WHERE {_ASKED} "
    "RETURN labels(n) AS labels, n.kind AS kind, count(*) AS count"
)
"""How many there are of each kind."""

HAS_STATEMENTS = f"MATCH (n:{STATEMENT} {{map: $map}}) RETURN n.id AS id LIMIT 1"

ATTACKED = f"MATCH (n:{ITEM}) WHERE n.id IN $ids AND {_attacked('', '(n)')} RETURN n.id AS id"
"""Which items something attacks directly, themselves included."""

LEADING = (
    f"MATCH (b:{ITEM} {{map: $map}})<-[r:{_LEADS}]-(a) WHERE r.map = $map "
    "RETURN a.id AS start, b.id AS stop, type(r) AS kind"
)
"""What leads on to what in one link, both by id, and the kind of the link."""

CONTRADICTED = (
    f"MATCH (b:{ITEM} {{map: $map}})-[r:CONTRADICTS]->(a) WHERE r.map = $map "
    "RETURN a.id AS start, b.id AS stop, type(r) AS kind"
)
"""The contradictions from their starts: they lead both ways."""

PREMISES = (
    "MATCH (b:Inference {map: $map})<-[r:PREMISE_OF]-(a) WHERE r.map = $map "
    f"AND NOT EXISTS {{ MATCH (a)-[v:{KINDS}]->(c) WHERE v.map = $map AND v.via = b.id }} "
    "RETURN a.id AS start, b.id AS stop, type(r) AS kind"
)
"""The premises that have no link of their own beside their step."""


_CARDED = (
    _exists(pattern.format(":Evidence"), *_of_the_map(links), *more) for pattern, links, *more in _SUPPORTS
)

UNCARDED = (
    f"MATCH (n:{STATEMENT} {{map: $map}}) WHERE NOT ({' OR '.join(_CARDED)}) "
    f"RETURN {_OUTLINE}, {_exists('(n)-[c:CITES]->(d:Source)', 'c.map = $map')} AS cites"
)
"""The claims and rebuttals that no card supports directly, and whether each cites a source."""

SUPPORTING = tuple(
    f"MATCH {pattern.format('').replace('(n)', f'(n:{ITEM} {{map: $map}})')} "
    f"WHERE {' AND '.join([*_of_the_map(links), *more])} RETURN s.id AS start, n.id AS stop"
    for pattern, links, *more in _SUPPORTS
)
"""What supports what, directly or as a premise of a step, both by id."""

SOURCELESS = (
    "MATCH (n:Evidence {map: $map}) WHERE ($side IS NULL OR n.side = $side) "
    "AND coalesce(n.cite, '') = '' AND coalesce(n.short_cite, '') = '' "
    f"AND NOT {_exists('(n)-[c:CITES]->(d:Source)', 'c.map = $map')} "
    "RETURN n.id AS id, n.order AS order"
)
"""The cards that name no source."""

PASSAGES = (
    "MATCH (n:Evidence {map: $map}) RETURN n.id AS id, n.order AS order, n.title AS title, "
    "n.fingerprint AS fingerprint, "
    "CASE WHEN coalesce(n.fingerprint, '') = '' THEN n.quote ELSE null END AS quote"
)
"""What the cards quote, by its fingerprint where there is one."""

SOURCES = (
    "MATCH (n:Source {map: $map}) RETURN n.id AS id, n.order AS order, n.title AS title, "
    "n.author AS author, n.publisher AS publisher, n.date AS date"
)
"""What the sources are called, and who wrote and published them."""

CITED = (
    "MATCH (d:Source {map: $map})<-[r:CITES]-(n) WHERE r.map = $map "
    "RETURN n.id AS start, d.id AS stop, r.order AS order"
)
"""Which item cites which source, both by id."""

ONE = f"MATCH (n:{ITEM} {{id: $id}}) RETURN n.map AS map"
"""The maps of an item: an id is of one."""

TITLES = (
    f"MATCH (n:{ITEM} {{map: $map}}) "
    "RETURN labels(n) AS labels, n.id AS id, n.order AS order, n.title AS title"
)

WHOLE = f"MATCH (n:{ITEM}) WHERE n.id IN $ids RETURN labels(n) AS labels, properties(n) AS item"

WORDS = (
    f"MATCH (n:{STATEMENT}|Evidence) WHERE n.id IN $ids "
    f"RETURN {_OUTLINE}, n.title AS title, n.text AS text, n.quote AS quote"
)
"""What is shown of claims, rebuttals and cards in a list."""

OUTLINES = (
    f"MATCH (n:{ITEM}) WHERE n.id IN $ids RETURN labels(n) AS labels, n.id AS id, n.order AS order, "
    "n.strength AS strength, n.polarity AS polarity"
)
"""What counts for how strong an item is."""


def links(label: str, kinds: Iterable[str], *, back: bool) -> str:
    """The links of these kinds that start at `$ids`, or with `back` end there, and what is at the other end.

    One label at a time, or kglite looks at all links; and no map is asked of the items, or Neo4j reads
    the index by map instead of that by id.
    """
    left, right, start, stop = ("<-", "-", "a", "b") if back else ("-", "->", "b", "a")
    types = "|".join(sorted(map(LinkKind, kinds)))
    return (
        f"MATCH (b:{Label(label)}){left}[r:{types}]{right}(a) "
        "WHERE b.id IN $ids AND r.map = $map AND a.map = $map "
        f"RETURN type(r) AS kind, {start}.id AS start, {stop}.id AS stop, a.id AS other, "
        "labels(a) AS labels, r.order AS order, r.via AS via, r.locator AS locator"
    )
