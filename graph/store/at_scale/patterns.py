"""The Cypher of the questions that are asked in the store; both engines run the same texts.

Every value is a parameter; labels and relationship types come from the schema's closed sets.
"""

from __future__ import annotations

from graph.model import ATTACKS, Label, LinkKind
from graph.questions.bearing import LEADING
from graph.store.statements import KINDS

_ATTACK = "|".join(sorted(ATTACKS))
_LEADS = "|".join(sorted(LEADING - {LinkKind.PREMISE_OF}))

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


def unattacked(label: str) -> str:
    """The statements of a label that nothing attacks directly."""
    return (
        f"MATCH (n:{Label(label)} {{map: $map}}) WHERE {_ASKED} AND {_attacked('NOT ', '(n)', _OTHER)} "
        "RETURN n.id AS id, n.order AS order, n.side AS side, n.kind AS kind"
    )


def hit_elsewhere(label: str) -> list[str]:
    """The statements of a label that are answered by an attack on something in their place."""
    return [
        f"MATCH {hit.replace('(n)', f'(n:{Label(label)} {{map: $map}})')} "
        f"WHERE {' AND '.join([*_of_the_map(links), *more])} AND {_attacked('', '(t)', _OTHER)} "
        "RETURN DISTINCT n.id AS id"
        for hit, links, *more in _HITS
    ]


def statements(label: str) -> str:
    """How many statements of a label there are of each kind of their own."""
    return f"MATCH (n:{Label(label)} {{map: $map}}) WHERE {_ASKED} RETURN n.kind AS kind, count(*) AS count"


def statement_ids(label: str) -> str:
    """The statements of a label, as far as it takes to say whether one is asked about."""
    return (
        f"MATCH (n:{Label(label)} {{map: $map}}) WHERE {_ASKED} "
        "RETURN n.id AS id, n.order AS order, n.side AS side, n.kind AS kind"
    )


def attacked(label: str) -> str:
    """Which of `$ids` something attacks directly, itself included."""
    return (
        f"MATCH (n:{Label(label)}) WHERE n.id IN $ids AND n.map = $map AND {_attacked('', '(n)')} "
        "RETURN n.id AS id"
    )


def leading(label: str) -> str:
    """What leads on to items of a label in one link, both by id, and the kind of the link.

    Contradictions lead both ways. Where a premise has a link beside its step, that link is the way.
    """
    return (
        f"MATCH (b:{Label(label)} {{map: $map}})<-[r:{_LEADS}]-(a) WHERE r.map = $map "
        "RETURN a.id AS start, b.id AS stop, type(r) AS kind"
    )


def contradicted(label: str) -> str:
    """The contradictions of items of a label, from their starts."""
    return (
        f"MATCH (b:{Label(label)} {{map: $map}})-[r:CONTRADICTS]->(a) WHERE r.map = $map "
        "RETURN a.id AS start, b.id AS stop, type(r) AS kind"
    )


PREMISES = (
    "MATCH (b:Inference {map: $map})<-[r:PREMISE_OF]-(a) WHERE r.map = $map "
    f"AND NOT EXISTS {{ MATCH (a)-[v:{KINDS}]->(c) WHERE v.map = $map AND v.via = b.id }} "
    "RETURN a.id AS start, b.id AS stop, type(r) AS kind"
)
"""The premises that have no link of their own beside their step."""


def uncarded(label: str) -> str:
    """The statements of a label that no card supports directly, and whether each cites a source."""
    carded = " AND ".join(
        f"NOT {_exists(pattern.format(':Evidence'), *_of_the_map(links), *more)}"
        for pattern, links, *more in _SUPPORTS
    )
    cites = _exists("(n)-[c:CITES]->(d:Source)", "c.map = $map")
    return (
        f"MATCH (n:{Label(label)} {{map: $map}}) WHERE {carded} "
        "RETURN n.id AS id, n.order AS order, n.side AS side, n.kind AS kind, "
        f"{cites} AS cites"
    )


def supporting(label: str) -> list[str]:
    """What supports items of a label, directly or as a premise of a step, both by id."""
    return [
        f"MATCH (n:{Label(label)} {{map: $map}}) MATCH {pattern.format('')} "
        f"WHERE {' AND '.join([*_of_the_map(links), *more])} RETURN s.id AS start, n.id AS stop"
        for pattern, links, *more in _SUPPORTS
    ]


SOURCELESS = (
    "MATCH (n:Evidence {map: $map}) WHERE ($side IS NULL OR n.side = $side) "
    "AND coalesce(n.cite, '') = '' AND coalesce(n.short_cite, '') = '' "
    f"AND NOT {_exists('(n)-[c:CITES]->(d:Source)', 'c.map = $map')} "
    "RETURN n.id AS id, n.order AS order"
)
"""The cards that name no source."""

PASSAGES = (
    "MATCH (n:Evidence {map: $map}) RETURN n.id AS id, n.order AS order, n.fingerprint AS fingerprint, "
    "CASE WHEN coalesce(n.fingerprint, '') = '' THEN n.quote ELSE null END AS quote"
)
"""What the cards quote, by its fingerprint where there is one."""

SOURCES = (
    "MATCH (n:Source {map: $map}) RETURN n.id AS id, n.order AS order, n.title AS title, "
    "n.author AS author, n.publisher AS publisher, n.date AS date"
)
"""What the sources are called, and who wrote and published them."""

CITED = (
    "MATCH (n {map: $map})-[r:CITES]->(d:Source) WHERE r.map = $map "
    "RETURN n.id AS start, d.id AS stop, r.order AS order"
)
