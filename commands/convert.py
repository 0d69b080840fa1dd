"""`argmap convert` and `argmap formats`: from one format into another, without a store."""

from __future__ import annotations

from pathlib import Path

import click

from commands.session import Session, pass_session, say, shared_options, working
from commands.writing import tell_losses, write_whole
from graph.collector import collector_paused
from graph.export.writing import WRITERS, writer_of
from graph.names import without_names
from graph.result import Column, Result
from graph.wording import listed
from ingest.reading import READERS, read_with_warnings

FORMATS = (Column("format"), Column("is"), Column("read"), Column("write"), Column("suffixes"))


@click.command()
@click.argument("source", metavar="IN", type=click.Path(path_type=Path))
@click.argument("target", metavar="OUT", type=click.Path(path_type=Path))
@click.option(
    "--from", "from_name", type=click.Choice(list(READERS)), help="The format of IN; else found out."
)
@click.option(
    "--to", "to_name", type=click.Choice(list(WRITERS)), help="The format of OUT; else by its name."
)
@click.option("--with-names", is_flag=True, help="Also who cut which card: names of students, often.")
@click.option("--strict", is_flag=True, help="Refuse a format that cannot say all of the map.")
@shared_options
@pass_session
def convert(
    _: Session,
    source: Path,
    target: Path,
    from_name: str | None,
    to_name: str | None,
    with_names: bool,
    strict: bool,
) -> None:
    """Turn a file into another format, without a store.

    \b
      argmap convert debate.argdown debate.xlsx
      argmap convert nodeset17.json map.argdown
      argmap convert discussion.txt - --to dot
    """
    writer = writer_of(target, to_name)
    with working(f"Reading {source}"):
        reading = read_with_warnings(source, format=from_name)
    for warning in reading.warnings:
        say(str(warning))
    argmap = reading.argmap if with_names else without_names(reading.argmap)
    tell_losses(argmap, writer, strict=strict)
    with working(f"Writing {target}"), collector_paused():
        content = writer.write(argmap)
    write_whole(target, content, source=str(source.resolve()))


@click.command()
@shared_options
@pass_session
def formats(session: Session) -> None:
    """List the formats that are read and written.

    \b
      argmap formats
    """
    rows = []
    for name in dict.fromkeys([*READERS, *WRITERS]):
        reader, writer = READERS.get(name), WRITERS.get(name)
        what = writer.what if writer else reader.what.partition(" (.")[0] if reader else ""
        suffixes = dict.fromkeys((reader.suffixes if reader else ()) + (writer.suffixes if writer else ()))
        rows.append((name, what, "yes" if reader else "", "yes" if writer else "", listed(suffixes, "and")))
    session.show(Result(FORMATS, tuple(rows), question="formats"))
