"""Long answers in JSON and CSV, written piece by piece, so that no more than a piece is in memory."""

from __future__ import annotations

from collections.abc import Iterable

import click

from graph.render import as_csv, as_json
from graph.result import Result

_ROWS = '\n  "rows": ['
_END = '\n  ],\n  "truncated": '


def stream(pieces: Iterable[Result], layout: str) -> None:
    """Print the pieces of one answer as what one answer of all their rows would be, in `json` or `csv`."""
    write = _json if layout == "json" else _csv
    for text in write(pieces):
        click.echo(text, nl=False)


def _json(pieces: Iterable[Result]) -> Iterable[str]:
    """`as_json` sets each row on lines of its own, and no text in it has a line break."""
    end, is_first = "", True
    for piece in pieces:
        head, rows, rest = as_json(piece, 0).partition(_ROWS)
        if is_first and not piece.rows:
            yield head + rows + rest
            return
        if not piece.rows:
            continue
        inside, mark, truncated = rest.rpartition(_END)
        yield (head + rows if is_first else ",") + inside
        end, is_first = mark + truncated, False
    yield end


def _csv(pieces: Iterable[Result]) -> Iterable[str]:
    heading = ""
    for piece in pieces:
        text = as_csv(piece, 0)
        yield text[len(heading) :]
        heading = heading or as_csv(Result(piece.columns, ()), 0)
