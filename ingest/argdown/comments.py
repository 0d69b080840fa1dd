"""The comments of a text, taken out of it."""

from __future__ import annotations

import re

from graph.export.argdown_shortcodes import CODE
from ingest.argdown.inline import LINK, TAG
from ingest.argdown.text import BLANKED, Text

_MAY_HOLD_COMMENT = re.compile(
    rf"\\.|//|/\*|<!--|\{{|{TAG.pattern}|{LINK.pattern}|@?\[[^\]\n]{{1,500}}\]|"
    r"@?<(?![\s>+\-_])[^>\n]{1,500}>|" + CODE.pattern,
    re.DOTALL,
)


def blank_comments(text: Text, body: int) -> None:
    """Replace the characters of comments from `body` on, so that offsets stay what they are."""
    chars = text.chars
    pieces: list[str] = [chars[:body]]
    at = kept = body
    while match := _MAY_HOLD_COMMENT.search(chars, at):
        start = match.start()
        opener = match.group()
        if opener == "{":
            end = text.closing_brace(start)
            at = start + 1 if end is None else end + 1
            continue
        if opener not in ("//", "/*", "<!--"):
            at = match.end()
            continue
        if opener == "//":
            stop = chars.find("\n", start)
            stop = len(chars) if stop < 0 else stop
        else:
            closer = "*/" if opener == "/*" else "-->"
            stop = chars.find(closer, match.end())
            if stop < 0:
                text.problem(start, "a comment that nothing closes", f"Close it with {closer}.")
                stop = len(chars)
            else:
                stop += len(closer)
        pieces.append(chars[kept:start])
        # A line break inside a comment is none: what stands round the comment stays one block.
        pieces.append(BLANKED * (stop - start))
        at = kept = stop
    pieces.append(chars[kept:])
    text.chars = "".join(pieces)
