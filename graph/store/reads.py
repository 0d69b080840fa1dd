"""Which Cypher statements may run when nothing may be changed: the part that no engine checks.

Both engines refuse to write for a reader, but both still read any file of the machine with LOAD CSV,
and kglite runs several statements in one call. A text is looked at as tokens, so that neither quotes
nor comments hide a word.
"""

from __future__ import annotations

import re
from itertools import pairwise

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
