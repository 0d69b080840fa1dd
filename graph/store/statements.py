"""The Cypher that both engines run: values as parameters, labels and types from the schema's closed sets."""

from __future__ import annotations

from collections.abc import Mapping

from graph.model import Label, LinkKind
from graph.store.rows import MARK

LABELS = (*Label, "Map")
"""Every label of ours."""

KINDS = "|".join(LinkKind)

SETUP: Mapping[str, str] = {
    **{
        f"argmap_{label.lower()}_id": f"CREATE CONSTRAINT argmap_{label.lower()}_id IF NOT EXISTS "
        f"FOR (n:{label}) REQUIRE n.id IS UNIQUE"
        for label in LABELS
    },
    **{
        f"argmap_{label.lower()}_map": f"CREATE INDEX argmap_{label.lower()}_map IF NOT EXISTS "
        f"FOR (n:{label}) ON (n.map)"
        for label in LABELS
    },
}
"""The constraints and indexes by name: an id is unique in its label, a map's nodes are found fast."""

SET_UP = "SHOW INDEXES"

MAPS = "MATCH (m:Map) WHERE m.map IS NOT NULL RETURN properties(m) AS map ORDER BY m.id"
ANY_MAP = "MATCH (m:Map) WHERE m.map IS NOT NULL RETURN 1 AS one LIMIT 1"
MAP = "MATCH (m:Map {id: $map}) WHERE m.map = $map RETURN properties(m) AS map"
LOCK_MAP = (
    "MATCH (m:Map {id: $map}) SET m.map = m.map "
    "RETURN m.coming AS coming, m.moving AS moving, m.mover AS mover, m.done AS done"
)
"""To set a property, even to what it is, is to wait until nobody else changes the node."""

CREATE_MAP = "CREATE (m:Map) SET m = $row"
SET_MAP = "MATCH (m:Map {id: $map}) SET m += $row"
FORGET_DIGESTS = (
    "MATCH (m:Map) WHERE m.digest IS NOT NULL OR m.coming IS NOT NULL REMOVE m.digest, m.content, m.coming"
)
DELETE_MAP = "MATCH (m:Map {id: $map}) WHERE m.map = $map DETACH DELETE m"

MAPS_OF = "MATCH (m:Map) WHERE m.id IN $ids AND m.map = m.id RETURN properties(m) AS map ORDER BY m.id"

STAGED = (
    "MATCH (m:Map) WHERE m.staged IS NOT NULL AND m.map IS NULL "
    "RETURN m.id AS id, m.staged AS mark, m.loaded_at AS at, m.loaded_by AS by ORDER BY id"
)
"""Maps that are being loaded or deleted in parts: they have a node, which belongs to no map."""

STATE = (
    "OPTIONAL MATCH (m:Map {id: $map}) OPTIONAL MATCH (p:MapPart {map: $map}) "
    "RETURN m.map IS NOT NULL AS there, m.staged AS staged, m.moving AS moving, count(p) > 0 AS beside"
)
"""Whether a map is there, and what has been begun of it and not finished."""

BEGIN_STAGE = (
    "MERGE (m:Map {id: $map}) SET m = {id: $map, staged: $mark, done: 0, loaded_at: $at, loaded_by: $by}"
)
HIDE_MAP = "MATCH (m:Map {id: $map}) SET m = {id: $map, staged: $mark, loaded_at: m.loaded_at}"
STAGE_PART = (
    "MATCH (m:Map {id: $map}) SET m.map = m.map WITH m WHERE m.staged = $mark WITH m, m.done AS done "
    "SET m.done = $number + 1 RETURN done"
)
END_STAGE = "MATCH (m:Map {id: $map}) WHERE m.staged = $mark SET m = $row RETURN m.id AS id"
TAKE_STAGE = (
    "MATCH (m:Map {id: $map}) WHERE m.staged = $mark AND m.map IS NULL SET m.staged = $mine RETURN m.id AS id"
)
FORGET_STAGE = "MATCH (m:Map {id: $map}) WHERE m.staged = $mark AND m.map IS NULL DETACH DELETE m"

ANNOUNCE = "MATCH (m:Map {id: $map}) SET m.coming = $mark"
KEEP_PART = "MERGE (p:MapPart {map: $map, of: $mark, number: $number}) SET p.held = $held"
SWITCH = (
    "MATCH (m:Map {id: $map}) SET m += $row SET m.moving = $mark, m.mover = $mark, m.done = 0 REMOVE m.coming"
)
TAKE_MOVE = "MATCH (m:Map {id: $map}) SET m.mover = $mover, m.done = 0"
DONE_PART = "MATCH (m:Map {id: $map}) SET m.done = $done"
MOVING = "MATCH (m:Map) WHERE m.moving IS NOT NULL RETURN properties(m) AS map ORDER BY m.id"
MOVES = (
    "MATCH (m:Map) WHERE m.moving IS NOT NULL OR m.moved IS NOT NULL OR m.staged IS NOT NULL "
    "RETURN m.id AS id, m.moving AS moving, m.moved AS moved, m.staged AS staged ORDER BY id"
)
"""Which maps are changed in parts, and the mark of the last such change: what a search must see unchanged."""
END_MOVE = "MATCH (m:Map {id: $map}) SET m.moved = m.moving REMOVE m.moving, m.mover, m.done"
PARTS = "MATCH (p:MapPart {map: $map, of: $mark}) RETURN p.number AS number ORDER BY number"
PART = "MATCH (p:MapPart {map: $map, of: $mark, number: $number}) RETURN p.held AS held"
_IDLE = "m IS NULL OR (p.of <> coalesce(m.coming, '') AND p.of <> coalesce(m.moving, ''))"
FORGET_PARTS = (
    f"MATCH (p:MapPart {{map: $map}}) OPTIONAL MATCH (m:Map {{id: $map}}) WITH p, m WHERE {_IDLE} "
    "WITH p LIMIT 20 DELETE p RETURN count(*) AS count"
)
BESIDE = (
    "MATCH (p:MapPart) WITH DISTINCT p.map AS id, p.of AS mark OPTIONAL MATCH (m:Map {id: id}) "
    "RETURN id, mark, coalesce(m.moving = mark, false) AS moving ORDER BY id, mark"
)
"""Maps of which a new version is kept beside their nodes: prepared, seen already, or left behind."""

LINKS_BY_MAP = (
    f"MATCH (a)-[r:{KINDS}]->(b) WHERE r.map IS NOT NULL AND a.map = r.map AND b.map = r.map "
    "RETURN r.map AS map, count(*) AS count"
)
_STRAY = (
    f"MATCH (a)-[r:{KINDS}]->(b) WHERE r.map IS NOT NULL "
    "AND (a.map IS NULL OR b.map IS NULL OR a.map <> r.map OR b.map <> r.map)"
)
STRAY_LINKS = f"{_STRAY} RETURN count(*) AS count"
DELETE_STRAY_LINKS = f"{_STRAY} DELETE r"

ENDS = "MATCH (n) WHERE elementId(n) IN $elements RETURN elementId(n) AS element, n.id AS id"
"""The ids of nodes that a query's relationships start and end at."""

_TEXTS = "n.title AS title, n.text AS text, n.quote AS quote, n.cite AS cite"
_INDEXED = (
    "CALL db.index.fulltext.queryNodes($index, $query{options}) YIELD node AS n WHERE n.map IS NOT NULL "
)

INDEXED_TEXTS = (
    f"{_INDEXED.format(options=', $options')}AND ($map IS NULL OR n.map = $map) AND NOT n.map IN $unfinished "
    "WITH n ORDER BY n.map, coalesce(n.order, 0), n.id SKIP $skip LIMIT $count "
    f"RETURN n.map AS map, n.id AS id, labels(n) AS labels, n.order AS order, {_TEXTS}"
)
"""What Neo4j's full-text index finds, in reading order; kglite has no such index."""

LIKELY_TEXTS = f"{_INDEXED.format(options='')}RETURN {_TEXTS} LIMIT $most"
"""What Neo4j's full-text index finds, what it finds most likely first."""

VERSION = "CALL dbms.components() YIELD name, versions, edition"


_LINKS = "RETURN type(r) AS kind, a.id AS start, b.id AS stop, properties(r) AS link"

# A label after the other in one statement: an index is of one label, and a server is asked once.
ITEM = " UNION ALL ".join(
    f"MATCH (n:{label} {{id: $id}}) WHERE n.map IS NOT NULL RETURN labels(n) AS labels, properties(n) AS item"
    for label in Label
)
"""The node with an id."""

NEIGHBOURS = " UNION ".join(
    f"MATCH (a:{label})-[r:{KINDS}]-(b) WHERE a.id IN ${label} AND r.map = $map "
    "RETURN labels(b) AS labels, properties(b) AS item"
    for label in Label
)
"""The nodes one link away from those that lists of ids name, a list for each label."""

LINKS_AMONG = " UNION ALL ".join(
    f"MATCH (a:{label})-[r:{KINDS}]->(b) WHERE a.id IN ${label} AND b.id IN $all AND r.map = $map {_LINKS}"
    for label in Label
)
"""The links of a map among the nodes that lists of ids name, a list for each label and one of all."""


def foreign(label: str) -> str:
    """Whether there is a node of a label of ours that belongs to no map, and is none to be."""
    but = " AND n.staged IS NULL" if label == "Map" else ""
    return f"MATCH (n:{_label(label)}) WHERE n.map IS NULL{but} RETURN 1 AS one LIMIT 1"


def taken(label: str) -> str:
    """Which of `$ids` name nodes of another map."""
    return (
        f"MATCH (n:{_label(label)}) WHERE n.id IN $ids AND n.map <> $map "
        "RETURN n.id AS id, n.map AS map LIMIT 1"
    )


def items(label: str) -> str:
    """The nodes `n` of a map with a label."""
    return f"MATCH (n:{_label(label)} {{map: $map}})"


def links(label: str) -> str:
    """The links `r` of a map that start at nodes with a label."""
    return f"MATCH (n:{_label(label)} {{map: $map}})-[r:{KINDS}]->() WHERE r.map = $map"


def set_marks(label: str) -> str:
    """The nodes of `$rows` get these marks."""
    return f"UNWIND $rows AS row MATCH (n:{_label(label)} {{id: row.id}}) SET n.{MARK} = row.mark"


def items_by_id(label: str) -> str:
    """The nodes of a map that `$ids` name."""
    return f"MATCH (n:{_label(label)}) WHERE n.id IN $ids AND n.map = $map RETURN properties(n) AS item"


def links_from(label: str) -> str:
    """The links of a map that start at the nodes that `$ids` name."""
    return f"MATCH (a:{_label(label)})-[r:{KINDS}]->(b) WHERE a.id IN $ids AND r.map = $map {_LINKS}"


def count(label: str) -> str:
    """How many nodes of a map have a label."""
    return f"MATCH (n:{_label(label)} {{map: $map}}) RETURN count(n) AS count"


def count_by_map(label: str) -> str:
    """How many nodes of a label each map has."""
    return f"MATCH (n:{_label(label)}) WHERE n.map IS NOT NULL RETURN n.map AS map, count(*) AS count"


def create_items(label: str) -> str:
    """Nodes for `$rows`."""
    return f"UNWIND $rows AS row CREATE (n:{_label(label)}) SET n = row"


def set_items(label: str) -> str:
    """The nodes of `$rows` get these properties; a null takes one off."""
    return f"UNWIND $rows AS row MATCH (n:{_label(label)} {{id: row.id}}) SET n += row"


def move_items(label: str) -> str:
    """The nodes of `$rows` get another place in reading order."""
    return f"UNWIND $rows AS row MATCH (n:{_label(label)} {{id: row.id}}) SET n.order = row.order"


def delete_items(label: str) -> str:
    """The nodes named by `$ids` go, and their relationships."""
    return f"MATCH (n:{_label(label)}) WHERE n.id IN $ids AND n.map = $map DETACH DELETE n"


def delete_all(label: str) -> str:
    """All nodes of a map with a label go."""
    return f"MATCH (n:{_label(label)} {{map: $map}}) DETACH DELETE n"


def delete_some(label: str) -> str:
    """As many nodes of a map with a label as `$count` go; how many that were."""
    return (
        f"MATCH (n:{_label(label)} {{map: $map}}) WITH n LIMIT $count DETACH DELETE n "
        "RETURN count(*) AS count"
    )


def create_links(start: str, kind: str, end: str) -> str:
    """Relationships for `$rows`, each with the ids of its ends and its properties."""
    return f"UNWIND $rows AS row {_ends(start, end)} CREATE (a)-[r:{LinkKind(kind)}]->(b) SET r = row.props"


def move_links(start: str, kind: str, end: str) -> str:
    """The relationships of `$rows` get another place in reading order."""
    return f"{_link(start, kind, end)} SET r.order = row.props.order"


def delete_links(start: str, kind: str, end: str) -> str:
    """The relationships of `$rows` go."""
    return f"{_link(start, kind, end)} DELETE r"


def texts(label: str, *, of_map: bool) -> str:
    """What can be searched of a label's nodes, in one map (`$map`) or in all."""
    where = " {map: $map}" if of_map else ""
    return (
        f"MATCH (n:{_label(label)}{where}) WHERE n.map IS NOT NULL "
        f"RETURN n.map AS map, n.id AS id, n.order AS order, {_TEXTS}"
    )


def _ends(start: str, end: str) -> str:
    return f"MATCH (a:{_label(start)} {{id: row.a}}) MATCH (b:{_label(end)} {{id: row.b}})"


def _link(start: str, kind: str, end: str) -> str:
    return (
        f"UNWIND $rows AS row MATCH (a:{_label(start)} {{id: row.a}})-[r:{LinkKind(kind)}]->"
        f"(b:{_label(end)} {{id: row.b}}) WHERE r.map = row.props.map "
        "AND coalesce(r.via, '') = row.via AND coalesce(r.locator, '') = row.locator"
    )


def _label(label: str) -> str:
    return label if label == "Map" else Label(label).value
