"""`argmap verify`: every quotation of a map against the sources at hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import click

from commands.session import Session, file_option, pass_session, say, shared_options, working
from graph.model import ArgumentMap
from graph.questions.items import slug_of
from graph.result import Column, ColumnType, Result
from graph.verify.checking import Check, Library, checks, with_checks
from graph.verify.quotation import Verdict
from graph.wording import numbered
from ingest.sources import read_sources

COLUMNS = (
    Column("id", ColumnType.ID),
    Column("card", heading="-"),
    Column("verdict", ColumnType.TEXT, "the source"),
    Column("difference", heading="what differs"),
    Column("source", heading="in"),
    Column("paragraph", ColumnType.INTEGER, "¶"),
    Column("quote", heading="-"),
    Column("context"),
)


@click.command()
@click.argument("names", metavar="MAP", nargs=-1)
@click.option(
    "--sources",
    "folder",
    metavar="DIR",
    required=True,
    type=click.Path(path_type=Path),
    help="The articles: text, HTML, PDF or Word files.",
)
@click.option("--context", "with_context", is_flag=True, help="Show the words around each quote.")
@click.option("--all", "with_all", is_flag=True, help="List the cards that are exact, too.")
@file_option
@shared_options
@pass_session
def verify(
    session: Session,
    names: tuple[str, ...],
    folder: Path,
    with_context: bool,
    with_all: bool,
    file: Path | None,
) -> None:
    """Check every quotation against its source.

    What is found is kept with the stored map until the quotation changes.

    \b
      argmap verify localism --sources articles
      argmap verify localism --sources articles --all --context
    """
    argmap = session.only_map_of(names, file)
    with working(f"Reading {folder}"):
        texts, problems = read_sources(folder)
    for problem in problems:
        say(str(problem))
    with working(f"Comparing {argmap.id}"):
        found = checks(argmap, Library(texts))
    if file is None:
        at = datetime.now(UTC).isoformat(timespec="seconds")
        with closing(session.open_store()) as store:
            store.edit(argmap.id, lambda held: with_checks(held, found, at), "verify")
    shown = found if with_all or session.layout != "table" else [each for each in found if not each.verified]
    rows = tuple(_row(argmap, each, with_context) for each in shown)
    session.show(Result(COLUMNS, rows, _summary(found, len(texts)), question="verify", map=argmap.id))


def _row(argmap: ArgumentMap, each: Check, with_context: bool) -> tuple[str | int | None, ...]:
    return (
        each.card.id,
        each.card.title or slug_of(argmap, each.card),
        each.match.verdict.value,
        each.match.what,
        each.source.name if each.source is not None else None,
        each.paragraph,
        each.card.quote,
        each.context() if with_context else None,
    )


def _summary(found: Sequence[Check], sources: int) -> str:
    """How many cards came to what: `35 of 36 cards are as their sources have them …`."""
    counts = Counter(each.match.verdict for each in found)
    parts = [f"{counts[verdict]} {verdict.value}" for verdict in Verdict if counts[verdict]]
    said = f"{numbered(len(found), 'quoted card')}, {numbered(sources, 'source')} at hand"
    return f"{said}: {', '.join(parts)}." if parts else f"{said}."
