"""`backup`, `restore` and `copy`: maps from one store to a file, or to another store."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import click

from commands.session import Session, pass_session, say, shared_options, working
from graph import archive
from graph.archive import Kept
from graph.errors import InputError, MapTaken, OutputError, Problem
from graph.model import ArgumentMap
from graph.store.port import Store
from graph.terminal import visible
from graph.wording import listed, numbered


@click.command()
@click.argument("target", metavar="FILE", type=click.Path(path_type=Path))
@shared_options
@pass_session
def backup(session: Session, target: Path) -> None:
    """Write every map of the store into one archive.

    With what users added and the maps' logs; `argmap restore` reads it into a store of either kind.

    \b
      argmap backup library.argmap-backup
    """
    place = target.resolve()
    beside = place.with_name(f".{place.name}.{os.getpid()}.part")
    try:
        if place.is_file() and place.stat().st_size and not archive.is_one(place):
            raise OutputError(
                f"{target}: this is no backup, and would be written over\n  Give the backup another name."
            )
        with closing(session.open_store(read_only=True)) as store, working("Writing the backup"):
            with beside.open("xb") as out:
                number = archive.write(out, _kept(store))
                out.flush()
                os.fsync(out.fileno())
            with beside.open("rb") as written:  # what cannot be read back is no backup
                archive.check(written, str(target), _parse)
            beside.replace(place)
    except OSError as error:
        hint = "Name a file in a folder of yours."
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            hint = "Make room, or name a file elsewhere."
        raise OutputError(f"{target}: the backup cannot be written: {error.strerror}\n  {hint}") from error
    finally:
        with suppress(OSError):  # where nothing may be written, there is nothing to clear away
            beside.unlink(missing_ok=True)
    size = target.stat().st_size
    say(f"Wrote {target}: {numbered(number, 'map')} ({size / 1000:,.0f} kB)")


@click.command()
@click.argument("source", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--map", "wanted", metavar="MAP", multiple=True, help="Only this map; may be said again.")
@click.option("--replace", "force", is_flag=True, help="Put maps in the place of those that are there.")
@shared_options
@pass_session
def restore(session: Session, source: Path, wanted: tuple[str, ...], force: bool) -> None:
    """Read an archive of `backup` into the store.

    The whole archive is checked before anything is written; each map is restored whole.

    \b
      argmap restore library.argmap-backup
      argmap restore library.argmap-backup --store neo4j://localhost
    """
    try:
        with source.open("rb") as held, closing(session.open_store()) as store, working("Restoring"):
            ids = archive.check(held, str(source), _parse)
            missing = [map_id for map_id in wanted if map_id not in ids]
            if missing:
                hint = f"It has {listed(ids, 'and')}." if ids else "It has none."
                raise InputError(Problem(str(source), f"the backup has no map {listed(missing)}", hint))
            there = {info.id for info in store.maps()} & set(wanted or ids)
            if there and not force:
                raise MapTaken(_taken(sorted(there)))
            number = 0
            with store.together():
                for kept in archive.read(held, str(source), _parse):
                    if not wanted or kept.argmap.id in wanted:
                        _put(store, kept, f"restored from {source.name}", kept.argmap.id in there)
                        number += 1
    except OSError as error:
        raise InputError(
            Problem(str(source), f"cannot be read: {error.strerror}", "Name another.")
        ) from error
    say(visible(f"Restored {numbered(number, 'map')} from {source}"))


@click.command()
@click.argument("map_id", metavar="MAP")
@click.option(
    "--to", "address", metavar="WHERE", required=True, help="The other store: a file, or an address."
)
@click.option("--replace", "force", is_flag=True, help="Put it in the place of a map that is there.")
@shared_options
@pass_session
def copy(session: Session, map_id: str, address: str, force: bool) -> None:
    """Copy a map into another store, of either kind.

    \b
      argmap copy localism --to neo4j://localhost
      argmap copy localism --store neo4j://localhost --to library.kgl
    """
    with closing(session.open_store(read_only=True)) as store, working(f"Reading {map_id}"):
        kept = Kept(store.load(map_id), tuple(store.log(map_id)))
    with closing(session.open_store(address=address)) as other, working(f"Copying {map_id}"):
        there = map_id in {info.id for info in other.maps()}
        if there and not force:
            raise MapTaken(_taken([map_id]))
        _put(other, kept, "copied", there)
    say(visible(f"Copied {map_id} to {address}"))


def _kept(store: Store) -> Iterator[Kept]:
    return (Kept(store.load(info.id), tuple(store.log(info.id))) for info in store.maps())


def _put(store: Store, kept: Kept, what: str, there: bool) -> None:
    if there:
        store.edit(kept.argmap.id, lambda _: kept.argmap, what)
    else:
        store.replace(kept.argmap, log=kept.log)


def _parse(name: str, text: str) -> ArgumentMap:
    from ingest.argmap_json import read

    return read(Path(name), text)


def _taken(ids: list[str]) -> str:
    names = listed((f'"{map_id}"' for map_id in ids), "and")
    return f"The store has {names} already.\n  Put what you bring in their place with --replace."
