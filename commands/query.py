"""`argmap query`: Cypher on the store."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from itertools import chain
from typing import Any, TextIO

import click

from commands.session import Session, pass_session, say, shared_options, working
from commands.streaming import stream
from graph.errors import InputError, Problem, QueryError
from graph.result import Column, ColumnType, Result, Value
from graph.store.port import DEFAULT_TIMEOUT, Node, Path, Relationship, Rows
from graph.wording import listed, nearest, numbered

# Strings, names in backticks and comments: what stands in them is no name of ours.
_NO_NAMES = re.compile(r"""'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|`[^`]*`|//[^\n]*|/\*.*?\*/""", re.DOTALL)


@click.command()
@click.argument("cypher", required=False)
@click.option(
    "--file",
    "source",
    metavar="FILE",
    type=click.File("r", encoding="utf-8"),
    help="Read the query from this file; - is standard input.",
)
@click.option("--write", is_flag=True, help="Let the query change the store.")
@click.option(
    "--param", "params", metavar="NAME=VALUE", multiple=True, help="A parameter: $NAME; JSON or text."
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=DEFAULT_TIMEOUT,
    show_default=True,
    help="End the query after this many seconds.",
)
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=1000,
    show_default=True,
    help="Show at most this many rows.",
)
@shared_options
@pass_session
def query(
    session: Session,
    cypher: str | None,
    source: TextIO | None,
    write: bool,
    params: tuple[str, ...],
    timeout: float,
    limit: int,
) -> None:
    """Run a Cypher query on the store.

    docs/schema.md says what the graph holds. Queries that write are refused without --write.

    \b
      argmap query "MATCH (r:Rebuttal)-[:UNDERCUTS]->(i) RETURN r.title, i.id"
      argmap query "MATCH (c {map: $m}) RETURN count(c)" --param m=localism
      argmap query --file unanswered.cypher --format csv
    """
    if cypher == "-" and source is None:
        cypher, source = None, sys.stdin
    if (cypher is None) == (source is None):
        raise click.UsageError("Give one query: as CYPHER, or in a file with --file FILE.")
    text = _text(source) if source is not None else cypher or ""
    given = dict(map(_param, params))
    _refuse_parameters_without_a_value(text, given)
    if session.layout in ("json", "csv") and not write:
        with (
            closing(session.open_store(read_only=True)) as store,
            closing(store.pieces(text, given, timeout=timeout, limit=limit)) as pieces,
        ):
            _stream(session, pieces)
        return
    with closing(session.open_store(read_only=not write)) as store, working("Querying"):
        rows = store.cypher(text, given, write=write, timeout=timeout, limit=limit)
    session.show(result_of(rows, for_people=session.layout != "json"))
    tell_what_is_not_known(text, rows)


def _stream(session: Session, pieces: Iterator[Rows]) -> None:
    """Print a long answer while it comes, and say on stderr where the limit ended it."""
    with working("Querying"):
        first = next(pieces)
    last = first

    def results() -> Iterator[Result]:
        nonlocal last
        for last in chain((first,), pieces):
            yield result_of(last, for_people=session.layout != "json")

    stream(results(), session.layout)
    if last.truncated:
        say("There is more: raise --limit.")


def _text(source: TextIO) -> str:
    try:
        return source.read()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            Problem(source.name, f"cannot be read: {error}", "Name a file that holds one query.")
        ) from error


def _param(text: str) -> tuple[str, Any]:
    name, equals, value = text.partition("=")
    if not (name and equals):
        raise click.BadParameter(f'"{text}" is not NAME=VALUE', param_hint="--param")
    try:
        return name, json.loads(value)
    except ValueError:
        return name, value


def _refuse_parameters_without_a_value(text: str, given: Mapping[str, Any]) -> None:
    missing = [name for name in re.findall(r"\$(\w+)", _NO_NAMES.sub(" ", text)) if name not in given]
    if missing:
        names = listed((f"${name}" for name in dict.fromkeys(missing)), "and")
        raise QueryError(f"the query asks for {names}, which has no value\n  --param {missing[0]}=VALUE")


def tell_what_is_not_known(text: str, rows: Rows) -> None:
    """Say on stderr which names of a query no map has, where the answer, or a column of it, is empty."""
    if rows.rows and all(any(row[i] is not None for row in rows.rows) for i in range(len(rows.columns))):
        return
    from graph.model import Label, LinkKind
    from graph.store.vocabulary import properties

    names = _NO_NAMES.sub(" ", text)
    labels = ["Map", *(label.value for label in Label)]
    kinds = [kind.value for kind in LinkKind]
    for what, pattern, known in (
        ("label", r"\(\s*\w*\s*:\s*(\w+)", labels),
        ("relationship", r"\[\s*\w*\s*:\s*(\w+)", kinds),
        ("property", r"\b[A-Za-z]\w*\.([A-Za-z]\w*)\b(?!\s*[(.])", properties()),
    ):
        for name in dict.fromkeys(re.findall(pattern, names)):
            if name not in known:
                near = nearest(name, known)
                hint = f"Did you mean {listed(near)}?" if near else "`argmap schema` names those there are."
                say(f"no map has a {what} {name}\n  {hint}")


def result_of(rows: Rows, *, for_people: bool) -> Result:
    """A database's answer as a Result, its nodes and paths in words for people."""
    spell = _words if for_people else _plain
    values = tuple(tuple(spell(value) for value in row) for row in rows.rows)
    if not rows.columns:
        summary = "Done; the query returns nothing."
    elif not rows.rows:
        summary = "No rows."
    else:
        summary = ""
    if rows.truncated:
        summary = f"The first {numbered(len(rows.rows), 'row')}."
    columns = tuple(Column(name, ColumnType.ANY) for name in rows.columns)
    return Result(columns, values, summary, question="query", truncated=rows.truncated)


def _words(value: Any) -> Value:
    """A value as people read it: a node as its kind and title, a relationship as its type."""
    match value:
        case Node():
            labels = ":".join(value.labels)
            about = value.properties.get("title") or value.properties.get("id") or ""
            return f"({labels} “{about}”)" if about else f"({labels})"
        case Relationship():
            return f"[{value.type}]"
        case Path():
            parts: list[Value] = [_words(value.nodes[0])] if value.nodes else []
            for relationship, before, after in zip(
                value.relationships, value.nodes, value.nodes[1:], strict=False
            ):
                backwards = relationship.start != before.properties.get("id")
                arrow = f"<-{_words(relationship)}-" if backwards else f"-{_words(relationship)}->"
                parts += [arrow, _words(after)]
            return " ".join(map(str, parts))
        case Mapping():
            return {str(name): _words(held) for name, held in value.items()}
        case str() | bool() | int() | None:
            return value
        case float():
            return value if _finite(value) else str(value)
        case Iterable():
            return [_words(held) for held in value]
        case _:
            return str(value)


def _plain(value: Any) -> Value:
    """A value as programs read it: a node as its labels and properties."""
    match value:
        case Node():
            return {"labels": list(value.labels), "properties": _plain(value.properties)}
        case Relationship():
            ends: dict[str, Value] = {"type": value.type, "start": value.start, "end": value.end}
            return ends | {"properties": _plain(value.properties)}
        case Path():
            return {
                "nodes": [_plain(node) for node in value.nodes],
                "relationships": [_plain(relationship) for relationship in value.relationships],
            }
        case Mapping():
            return {str(name): _plain(held) for name, held in value.items()}
        case str():
            return value
        case Iterable():
            return [_plain(held) for held in value]
        case _:
            return _words(value)


def _finite(value: float) -> bool:
    return value - value == 0
