"""What stands between two lines === (or, with a warning, ---) at the top of a file: its settings, in YAML."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ingest.argdown.data import DataError, parsed
from ingest.argdown.text import Text

_DASHED = re.compile(r"\s*(---)[ \t]*\n(?:[ \t]*(?:#.*)?\n)*[\w-]+[ \t]*:[ \t\n](?:.*\n)*?---[ \t]*(?=\n|$)")
"""Settings as Markdown writes them; in Argdown the line is an inference's, which nothing can begin with."""


def read_frontmatter(text: Text) -> tuple[int, dict[str, object]]:
    """Where the text goes on after its frontmatter, and what that says; wrong YAML is noted in `text`."""
    chars = text.chars
    opening, line = re.match(r"\s*={3,}[ \t]*(?=\n|$)", chars), "={3,}"
    if dashed := _DASHED.match(chars):
        told = "frontmatter between lines of ---", "Argdown's own tool wants lines of ===."
        text.warn(dashed.start(1), *told)
        opening, line = re.match(r"\s*---", chars), "(?:={3,}|---)"
    if not opening:
        return 0, {}
    closing = re.compile(rf"^[ \t]*{line}[ \t]*$", re.MULTILINE).search(chars, opening.end())
    if not closing:
        text.problem(opening.end() - 3, "frontmatter that nothing closes", "End it with a line ===.")
        text.front_failed = True
        return len(chars), {}
    source = chars[opening.end() : closing.start()]
    try:
        values = parsed(source)
    except DataError as error:
        lines = source.split("\n")
        offset = opening.end() + sum(len(line) + 1 for line in lines[: error.line]) + error.column
        text.problem(
            offset,
            f"frontmatter that cannot be read: {error}",
            "Write one `key: value` a line; put a value that holds a colon in quotes.",
        )
        values, text.front_failed = {}, True
    else:
        text.front = {
            match.group(1): opening.end() + match.start()
            for match in re.finditer(r"^[\"']?([\w-]+)[\"']?[ \t]*:", source, re.MULTILINE)
        }
    rest = re.compile(r"[ \t]*\n?").match(chars, closing.end())
    end = rest.end() if rest else closing.end()
    if re.compile(r"[ \t]*(?!//|/\*|<!--)[^ \t\n]").match(chars, end):
        text.warn(end, "no empty line after the frontmatter", "Argdown's own tool wants one after ===.")
    text.signs |= _own_signs(values)
    return end, values


def _own_signs(frontmatter: Mapping[str, object]) -> dict[str, str]:
    """The short codes that a file's settings add: `model: {shortcodes: {":bomb:": {unicode: …}}}`."""
    model = frontmatter.get("model")
    codes = model.get("shortcodes") if isinstance(model, dict) else None
    if not isinstance(codes, dict):
        return {}
    return {
        str(code): str(sign["unicode"])
        for code, sign in codes.items()
        if isinstance(sign, dict) and "unicode" in sign
    }
