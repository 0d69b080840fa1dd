"""`argmap load`: files into the store, all of them or none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

import click
from ingest.reading import Reading, read_with_warnings

from commands.session import Session, pass_session, say, shared_options, working
from graph.check import Severity, check
from graph.errors import InputError, Problem
from graph.model import ArgumentMap
from graph.outline import counted
from graph.result import Column, ColumnType, Result
from graph.store.port import Replaced, Store
from graph.terminal import visible
from graph.wording import numbered


@click.command()
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--as", "map_id", metavar="ID", help="Keep the map under this id.")
@click.option("--replace", "force", is_flag=True, help="Take the id over from a map of another file.")
@click.option("--from", "format_name", metavar="FORMAT", help="Read the files as this format.")
@shared_options
@pass_session
def load(
    session: Session, files: tuple[Path, ...], map_id: str | None, force: bool, format_name: str | None
) -> None:
    """Read files and keep their maps in the store.

    Loading a file again brings its map up to date. If one file cannot be read, none is loaded.

    \b
      argmap load examples/localism/localism.argdown
      argmap load mine.argdown --as finals
    """
    if map_id is not None and len(files) > 1:
        raise click.UsageError("--as gives one map its id: load one file with it.")
    readings = _read(files, format_name, map_id)
    with closing(session.open_store()) as store:
        changes = _replace(store, readings, force)
    for reading in readings:
        for note in (*map(str, reading.warnings), *changes[reading.argmap.id].displaced):
            say(note)
    if session.layout == "table":
        for reading in readings:
            click.echo(_sentence(reading, changes[reading.argmap.id]))
    else:
        session.show(_result(readings, changes))


def _read(files: Sequence[Path], format_name: str | None, map_id: str | None) -> list[Reading]:
    """What the files hold; raises InputError with every problem of all of them."""
    readings: list[Reading] = []
    problems: list[Problem] = []
    taken: dict[str, Path] = {}
    for file in files:
        try:
            with working(f"Reading {file}"):
                reading = read_with_warnings(file, format=format_name, map_id=map_id)
        except InputError as error:
            problems.extend(error.problems)
            continue
        first = taken.setdefault(reading.argmap.id, file)
        if first is not file:
            problems.append(
                Problem(
                    str(file),
                    f'its map has the id "{reading.argmap.id}", as has that of {first}',
                    "Load them one by one, and give one of them another id with --as ID.",
                )
            )
        problems.extend(_faults(file, reading.argmap))
        readings.append(reading)
    if problems:
        raise InputError(problems)
    return readings


def _faults(file: Path, argmap: ArgumentMap) -> list[Problem]:
    """What makes it no map that a store can hold."""
    return [
        Problem(str(file), finding.what, finding.hint)
        for finding in check(argmap)
        if finding.severity is Severity.ERROR
    ]


def _replace(store: Store, readings: Sequence[Reading], force: bool) -> dict[str, Replaced]:
    """What each map's load changed, by map id."""
    files = {info.id: info.file for info in store.maps()} if len(readings) > 1 else {}
    # The store refuses a map whose id is another file's: those go first, so that nothing is loaded then.
    in_order = sorted(
        readings, key=lambda reading: files.get(reading.argmap.id, reading.argmap.file) == reading.argmap.file
    )
    changes = {}
    for reading in in_order:
        with working(f"Loading {reading.argmap.id}"):
            changes[reading.argmap.id] = store.replace(reading.argmap, force=force)
    return changes


def _sentence(reading: Reading, change: Replaced) -> str:
    """One line for one map: `localism: 93 claims, 12 rebuttals, 9 cards; 2 warnings`."""
    parts = [f"{reading.argmap.id}: {counted(reading.argmap)}"]
    if change.unchanged or change.changed or change.removed:  # it was there before
        named = (("added", change.added), ("changed", change.changed), ("removed", change.removed))
        parts.append(", ".join(f"{number} {word}" for word, number in named if number) or "nothing changed")
    if reading.warnings:
        parts.append(numbered(len(reading.warnings), "warning"))
    return visible("; ".join(parts))


COLUMNS = (
    Column("map"),
    Column("title"),
    Column("added", ColumnType.INTEGER),
    Column("changed", ColumnType.INTEGER),
    Column("removed", ColumnType.INTEGER),
    Column("unchanged", ColumnType.INTEGER),
    Column("warnings", ColumnType.LIST),
)


def _result(readings: Sequence[Reading], changes: Mapping[str, Replaced]) -> Result:
    rows = []
    for reading in readings:
        argmap, change = reading.argmap, changes[reading.argmap.id]
        rows.append(
            (
                argmap.id,
                argmap.title,
                change.added,
                change.changed,
                change.removed,
                change.unchanged,
                tuple(map(str, reading.warnings)),
            )
        )
    return Result(COLUMNS, tuple(rows), question="load")
