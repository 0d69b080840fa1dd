"""`argmap maps` and `argmap delete`: what the store holds."""

from __future__ import annotations

import sys
from contextlib import closing

import click

from commands.session import Session, pass_session, say, shared_options
from graph.model import Label
from graph.result import Column, ColumnType, Result
from graph.store.port import MapInfo
from graph.wording import numbered

COLUMNS = (
    Column("id"),
    Column("title"),
    Column("claims", ColumnType.INTEGER),
    Column("rebuttals", ColumnType.INTEGER),
    Column("cards", ColumnType.INTEGER),
    Column("format", heading="-"),
    Column("file", heading="-"),
    Column("loaded_at", ColumnType.DATE, "loaded (UTC)"),
)


@click.command()
@shared_options
@pass_session
def maps(session: Session) -> None:
    """List the maps in the store.

    \b
      argmap maps
      argmap maps --format csv
    """
    with closing(session.open_store(read_only=True)) as store:
        found = store.maps()
    if not found:
        summary = "The store holds no maps yet. Load one: argmap load FILE"
    else:
        summary = f"{numbered(len(found), 'map')} in the store."
    session.show(Result(COLUMNS, tuple(map(_row, found)), summary, question="maps"))


def _row(info: MapInfo) -> tuple[str | int, ...]:
    numbers = (info.counts.get(label, 0) for label in (Label.CLAIM, Label.REBUTTAL, Label.EVIDENCE))
    return (info.id, info.title, *numbers, info.format, info.file, info.loaded_at)


@click.command()
@click.argument("map_id", metavar="MAP")
@click.option("--yes", is_flag=True, help="Do not ask.")
@shared_options
@pass_session
def delete(session: Session, map_id: str, yes: bool) -> None:
    """Remove a map from the store.

    The file that it was loaded from stays.

    \b
      argmap delete mine
      argmap delete mine --yes
    """
    with closing(session.open_store()) as store:
        if not yes:
            held = next((info for info in store.maps() if info.id == map_id), None)
            number = sum(held.counts.values()) if held else 0
            if held and not _agreed(f'Delete the map "{map_id}" with its {numbered(number, "item")}?'):
                say("Nothing was deleted.")
                raise click.exceptions.Exit(1)
        number = store.delete(map_id)
    say(f"Deleted {map_id}: {numbered(number, 'item')}.")


def _agreed(question: str) -> bool:
    """Whether the user says yes; who cannot be asked has not agreed."""
    click.echo(f"{question} [y/N] ", nl=False, err=True)
    answer = sys.stdin.readline()
    if not answer.endswith("\n"):
        click.echo(err=True)
    return answer.strip().casefold() in ("y", "yes")
