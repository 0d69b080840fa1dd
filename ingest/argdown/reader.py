"""A file of Argdown as an argument map."""

from __future__ import annotations

from pathlib import Path

from graph.errors import InputError, Problem
from graph.model import ArgumentMap
from graph.slugs import slug
from ingest.argdown.blocks import document
from ingest.argdown.build import built
from ingest.argdown.text import joined


def read(path: Path, content: str, map_id: str | None = None) -> tuple[ArgumentMap, list[Problem]]:
    """The map of the file and what it includes, and warnings. Raises InputError with every error."""
    text = joined(path, content)
    parsed = document(text)
    own = parsed.frontmatter.get("id") or slug(path.stem) or "map"
    argmap, warnings = built(
        parsed, text, map_id or str(own), format="argdown", file=str(path.resolve()), sha256=text.sha256
    )
    if argmap is None:
        order = {file: place for place, (file, _) in reversed(list(enumerate(text.places)))}
        raise InputError(
            sorted(text.problems, key=lambda p: (order.get(p.file, 0), p.line or 0, p.column or 0))
        )
    return argmap, text.warnings + warnings
