"""Which Cypher statements may run when nothing may be changed: the part that no engine checks.

Both engines refuse to write for a reader, but both still read any file of the machine with LOAD CSV,
which their plans show; kglite's plan hides what stands below a UNION, and kglite runs several statements
in one call, so a text is looked at as tokens too. Neither quotes nor comments hide a word there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from graph.errors import QueryError

WRITES = "This statement changes the store.\n  Add --write if that is what you want."

_LOADS = "LOAD CSV reads files of this machine, so a query may not use it.\n  Load a map with `argmap load`."

_TOKEN = re.compile(
    r"""(?P<skipped>\s+|//[^\n]*|/\*.*?(?:\*/|\Z)|'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
    r"|(?P<name>`(?:``|[^`])*`|\w+)|(?P<mark>.)",
    re.DOTALL,
)


def refuse_what_reads_files(text: str) -> None:
    """Raises QueryError for LOAD CSV anywhere, and for more than one statement."""
    tokens = [match for match in _TOKEN.finditer(text) if match.lastgroup != "skipped"]
    names = [match.group().strip("`").casefold() for match in tokens]
    if any(pair == ("load", "csv") for pair in pairwise(names)):
        raise QueryError(_LOADS)
    ends = [place for place, match in enumerate(tokens) if match.group() == ";"]
    if any(place != len(tokens) - 1 for place in ends):
        raise QueryError("There is more than one statement.\n  Ask one at a time.")


def refuse_steps_that_read_files(steps: list[str]) -> None:
    """Raises QueryError where a plan has a step that loads a file."""
    if any(step.replace(" ", "").casefold().startswith("loadcsv") for step in steps):
        raise QueryError(_LOADS)


def refuse_plans_that_do_more(query_type: str, plan: Mapping[str, Any]) -> None:
    """Raises QueryError where Neo4j's plan changes something, reads a file, or calls what may do either."""
    if query_type != "r":
        raise QueryError(WRITES)
    steps = list(_steps(plan))
    refuse_steps_that_read_files([name for name, _ in steps])
    for name, details in steps:
        if name == "TerminateTransactions":
            raise QueryError(WRITES)
        if name == "ProcedureCall" and not details.startswith("db."):
            raise QueryError(
                f"A query may not call {details.partition('(')[0]}: it can do more than read this database.\n"
                "  Procedures whose names begin with db. may be called."
            )


def _steps(plan: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The operators of a plan and what each works on."""
    if plan:
        yield plan["operatorType"].partition("@")[0], str(plan.get("args", {}).get("Details", ""))
        for child in plan.get("children", ()):
            yield from _steps(child)


# Not constraints and indexes: Neo4j takes no data in a transaction that changed them.
_OF_DATA = (
    "nodes_created",
    "nodes_deleted",
    "relationships_created",
    "relationships_deleted",
    "properties_set",
    "labels_added",
    "labels_removed",
)


def changed_data(counters: object) -> bool:
    """Whether a statement changed nodes or relationships, by the counts that Neo4j's driver gives."""
    return any(getattr(counters, name) for name in _OF_DATA)
