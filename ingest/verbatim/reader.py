"""A block file as an argument map."""

from __future__ import annotations

import hashlib
from pathlib import Path

from ingest.reading import Reading, own_id
from ingest.verbatim.build import build
from ingest.verbatim.cards import read_blocks
from ingest.verbatim.package import Package
from ingest.verbatim.paragraphs import read_text


def read(path: Path, content: bytes, map_id: str | None = None) -> Reading:
    """The map of a Word block file, and warnings. Raises InputError."""
    package = Package(path, content)
    text = read_text(package)
    blocks = read_blocks(text)
    if not blocks.entries:
        raise package.problem(
            "no tags or headings were found in it",
            "Give its tags the style Heading 4 (Verbatim's Tag), its blocks Heading 3, and load it again.",
        )
    argmap, warnings = build(
        blocks,
        path,
        map_id or own_id(path),
        hashlib.sha256(content).hexdigest(),
        text.reading_colour,
    )
    return Reading(argmap, tuple(warnings))
