"""A file of Argdown as an argument map."""

from __future__ import annotations

from pathlib import Path

from graph.errors import InputError, Problem
from graph.model import ArgumentMap
from ingest.argdown.build import built
from ingest.argdown.document import document
from ingest.argdown.text import Text, joined
from ingest.reading import own_id


def read(path: Path, content: str, map_id: str | None = None) -> tuple[ArgumentMap, list[Problem]]:
    """The map of the file and what it includes, and warnings. Raises InputError with every error."""
    text = joined(path, content)
    parsed = document(text)
    own = _own_id(text, parsed.frontmatter.get("id"), own_id(path))
    argmap, warnings = built(
        parsed, text, map_id or own, format="argdown", file=str(path.resolve()), sha256=text.sha256
    )
    if argmap is None:
        order = {file: place for place, file in enumerate(text.files())}
        raise InputError(
            sorted(text.problems, key=lambda p: (order.get(p.file, 0), p.line or 0, p.column or 0))
        )
    return argmap, text.warnings + warnings


def _own_id(text: Text, stated: object, file_name: str) -> str:
    """The id that the frontmatter states, else the file's name; one that is none is noted in `text`."""
    if stated is None:
        return file_name
    if isinstance(stated, (str, int)) and str(stated).strip() and not set(str(stated)) & set("/\n"):
        return str(stated)
    what = "id: is no word that can name a map"
    text.problem(text.front.get("id", 0), what, f"Write letters, digits and hyphens: id: {file_name}")
    return file_name
