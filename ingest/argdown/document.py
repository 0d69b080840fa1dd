"""A text as a document: its settings, and its blocks one after the other."""

from __future__ import annotations

import re

from ingest.argdown.frontmatter import read_frontmatter
from ingest.argdown.relations import argument_of
from ingest.argdown.syntax import Document, Member
from ingest.argdown.text import Text
from ingest.argdown.usual import usual_block, usual_structure

_COMMENT = re.compile(r"//|/\*|<!--")


def document(text: Text) -> Document:
    """What the text says; everything wrong with it is noted in `text`."""
    body, frontmatter = read_frontmatter(text)
    if _COMMENT.search(text.chars, body):
        from ingest.argdown.comments import blank_comments

        blank_comments(text, body)
    found = Document(frontmatter)
    before: Member | None = None
    section: int | None = None
    at, size = body, len(text.chars)
    while at < size:
        if usual := usual_block(text, at, section):
            before, at = usual
            found.tops.append(before)
            continue
        if structure := usual_structure(text, at, argument_of(before), section):
            found.tops.append(structure[0])
            before, at = None, structure[1]
            continue
        from ingest.argdown.blocks import next_block, read_block  # not wanted for every text

        block, at = next_block(text, at)
        if block:
            before, section = read_block(text, block, found, before, section)
    return found
