"""`argmap load`: files and folders into the store, all of them or none."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import click

from commands.session import Session, pass_session, say, shared_options, working
from graph.check import Severity, check
from graph.errors import InputError, MapTaken, Problem
from graph.joining import joined
from graph.model import ArgumentMap, MapId
from graph.outline import counted
from graph.result import Column, ColumnType, Result
from graph.slugs import slug
from graph.store.port import MapInfo, Replaced, Store
from graph.terminal import visible
from graph.wording import numbered
from ingest.reading import STANDARD_INPUT, Reading, is_readable, read_with_warnings, what_is_read
from ingest.receipts import Receipt, asked, kept, received

_PATIENCE = 2.0  # seconds before a long load says how far it is
_HELD = 200_000  # items and links of all files of a load that are held until all are known to be good


@dataclass(frozen=True, slots=True)
class _Loaded:
    """What is told of one file when all are loaded: numbers and words, never the map itself."""

    argmap_id: MapId
    title: str
    counted: str
    warnings: tuple[str, ...]
    change: Replaced


def _id(_: click.Context, option: click.Parameter, value: str | None) -> str | None:
    # Ids of items are MAP/ITEM.
    if value is not None and (not value.strip() or "/" in value or not value.isprintable()):
        raise click.BadParameter(f"write letters, digits and hyphens: --as {slug(value) or 'finals'}")
    return value


@click.command()
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--as", "map_id", metavar="ID", callback=_id, help="Keep the map under this id.")
@click.option("--replace", "force", is_flag=True, help="Take the id over from a map of another file.")
@click.option("--together", is_flag=True, help="Keep all the files as one map: titles answer across them.")
@click.option("--from", "format_name", metavar="FORMAT", help="Read the files as this format.")
@click.option("--keep-going", is_flag=True, help="Load the good files, and list the bad ones at the end.")
@shared_options
@pass_session
def load(
    session: Session,
    files: tuple[Path, ...],
    map_id: str | None,
    force: bool,
    together: bool,
    format_name: str | None,
    keep_going: bool,
) -> None:
    """Read files and keep their maps in the store.

    A folder stands for the files in it that argmap reads. Loading a file again brings its map up to
    date. If one file cannot be read, none is loaded, unless --keep-going is given.

    \b
      argmap load examples/localism/localism.argdown
      argmap load mine.argdown --as finals
      argmap load corpus/ --keep-going
      argmap load neg.docx aff.docx --together --as finals
      unzip -p maps.zip tax.csv | argmap load - --as tax
    """
    if together and map_id is None and not (len(files) == 1 and files[0].is_dir()):
        raise click.UsageError("Say with --as ID under which id the files are kept together.")
    found = _files(files)
    if map_id is not None and len(found) > 1 and not together:
        raise click.UsageError("--as gives one map its id: load one file with it, or all with --together.")

    def reading(file: Path) -> Reading:
        return read_with_warnings(file, format=format_name, map_id=None if together else map_id)

    bad: list[Problem] = []
    if together:
        readings = [read for _, read in _good(found, reading, bad)]
        if readings and (keep_going or not bad):
            one = _together(readings, files, map_id)
            with closing(session.open_store()) as store:
                _tell(session, [_keep(store, one, force)])
        if bad:
            raise InputError(bad)
        return
    work = _Work(*_compared(session, found, format_name, map_id), reading, force)
    loaded = work.done
    unread = [file for file in found if file not in loaded]
    if keep_going and unread:
        with closing(session.open_store()) as store, store.together():
            for file, good in _good(unread, reading, bad, loaded):
                try:
                    loaded[file] = work.keep(store, file, good)
                except MapTaken as error:
                    what, _, hint = str(error).partition("\n")
                    bad.append(Problem(str(file), what, hint.strip()))
    elif unread:
        # First all are read, and only if all are good is any loaded: those that are too many to be
        # held in memory are read again then.
        ids: dict[Path, MapId] = {}
        room = _HELD
        for file, good in _good(unread, reading, bad, loaded):
            ids[file] = good.argmap.id
            room -= len(good.argmap.items) + len(good.argmap.links)
            if room >= 0 or len(unread) == 1 or file == STANDARD_INPUT:  # a pipe is read once
                work.held[file] = good
        if bad:
            raise InputError(bad)
        with closing(session.open_store()) as store, store.together():
            work.keep_all(store, ids)
    _tell(session, [loaded[file] for file in found if file in loaded])
    if bad:
        raise InputError(bad)


@dataclass(slots=True)
class _Work:
    """The files of a load: what the store has of them, and what is told of those that are done."""

    stored: Sequence[MapInfo]
    asked: Mapping[Path, Receipt]
    done: dict[Path, _Loaded]
    read: Callable[[Path], Reading]
    force: bool
    held: dict[Path, Reading] = field(default_factory=dict)

    def keep(self, store: Store, file: Path, reading: Reading) -> _Loaded:
        """Load what was read of a file."""
        told = _keep(store, reading, self.force)
        receipt = received(self.asked.get(file), file, reading)
        if receipt is not None:
            store.remember(reading.argmap, receipt.text())
        return told

    def keep_all(self, store: Store, ids: Mapping[Path, MapId]) -> None:
        """Load each file, in the order given but for the ids that other files have.

        The store refuses those, so they go first: then nothing is loaded.
        """
        files = {info.id: info.file for info in self.stored}
        told = time.monotonic()
        whole = {file: str(file.resolve()) for file in ids}
        for number, file in enumerate(
            sorted(ids, key=lambda file: files.get(ids[file], whole[file]) == whole[file])
        ):
            if time.monotonic() - told > _PATIENCE:
                told = time.monotonic()
                say(f"{number + 1} of {len(ids)} loaded …")
            good = self.held.pop(file) if file in self.held else self.read(file)
            self.done[file] = self.keep(store, file, good)
            del good  # before the next one is read


def _compared(
    session: Session, files: Sequence[Path], format_name: str | None, map_id: MapId | None
) -> tuple[Sequence[MapInfo], Mapping[Path, Receipt], dict[Path, _Loaded]]:
    """The stored maps, what is asked of each file, and those of which the store has all that they say."""
    with closing(session.open_store(read_only=True)) as store:
        stored = store.maps()
    by_file: dict[str, list[MapInfo]] = {}
    for info in stored:
        by_file.setdefault(info.file, []).append(info)
    receipts: dict[Path, Receipt] = {}
    same: dict[Path, _Loaded] = {}
    for file in files:
        receipt = asked(file, format_name, map_id)
        if receipt is None:
            continue
        receipts[file] = receipt
        for info in by_file.get(str(file.resolve()), ()):
            before = kept(info.receipt)
            if before is not None and before.is_of(receipt):
                nothing = Replaced(info.id, unchanged=sum(info.counts.values()) + info.links)
                same[file] = _Loaded(info.id, info.title, before.counted, before.warnings, nothing)
    return stored, receipts, same


def _together(readings: Sequence[Reading], named: Sequence[Path], map_id: MapId | None) -> Reading:
    """All that was read as one map, which is kept as what the folder holds that they are all in."""
    folder = named[0].resolve()
    if len(named) > 1 or not folder.is_dir():
        folder = Path(os.path.commonpath([name.resolve() for name in named]))
    name = map_id or slug(folder.name) or "together"
    with working(f"Joining {numbered(len(readings), 'file')}"):
        argmap = joined([each.argmap for each in readings], name, map_id or folder.name, str(folder))
    return Reading(argmap, tuple(warning for each in readings for warning in each.warnings))


def _tell(session: Session, loaded: Sequence[_Loaded]) -> None:
    for one in loaded:
        for note in (*one.warnings, *one.change.displaced):
            say(note)
    if session.layout == "table":
        for one in loaded:
            click.echo(_sentence(one))
    else:
        session.show(_result(loaded))


def _files(names: Sequence[Path]) -> list[Path]:
    """The files, and those of the folders that argmap reads; raises InputError for a folder of none."""
    found: list[Path] = []
    for name in names:
        if not name.is_dir():
            found.append(name)
            continue
        inside = sorted(path for path in name.rglob("*") if path.is_file() and not _hidden(path, name))
        readable = [path for path in inside if is_readable(path)]
        if not readable:
            what = "no file in this folder is one that argmap reads"
            raise InputError(Problem(str(name), what, what_is_read()))
        if len(readable) < len(inside):
            say(f"{name}: {numbered(len(inside) - len(readable), 'file')} of other kinds left alone")
        found += readable
    return found


def _hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(folder).parts)


def _good(
    files: Sequence[Path],
    reading: Callable[[Path], Reading],
    problems: list[Problem],
    done: Mapping[Path, _Loaded] | None = None,
) -> Iterator[tuple[Path, Reading]]:
    """What the good files hold, one after another; the problems of the others are added to `problems`."""
    taken = {one.argmap_id: file for file, one in (done or {}).items()}
    told = time.monotonic()
    for number, file in enumerate(files, 1):
        if len(files) > 1 and time.monotonic() - told > _PATIENCE:
            told = time.monotonic()
            say(f"{number} of {len(files)} files …")
        try:
            with working(f"Reading {file}"):
                read = reading(file)
        except InputError as error:
            problems.extend(error.problems)
            continue
        found = _faults(file, read.argmap)
        first = taken.setdefault(read.argmap.id, file)
        if first is not file:
            what = f'its map has the id "{read.argmap.id}", as has that of {first}'
            hint = "Load them one by one, and give one of them another id with --as ID."
            found.insert(0, Problem(str(file), what, hint))
        problems.extend(found)
        if not found:
            yield file, read
        del read  # before the next one is read, not after


def _faults(file: Path, argmap: ArgumentMap) -> list[Problem]:
    """What makes it no map that a store can hold."""
    return [
        Problem(str(file), finding.what, finding.hint)
        for finding in check(argmap)
        if finding.severity is Severity.ERROR
    ]


def _keep(store: Store, reading: Reading, force: bool) -> _Loaded:
    argmap = reading.argmap
    with working(f"Loading {argmap.id}"):
        change = store.replace(argmap, force=force)
    return _Loaded(argmap.id, argmap.title, counted(argmap), tuple(map(str, reading.warnings)), change)


def _sentence(one: _Loaded) -> str:
    """One line for one map: `localism: 93 claims, 12 rebuttals, 9 cards; 2 warnings`."""
    parts, change = [f"{one.argmap_id}: {one.counted}"], one.change
    if change.unchanged or change.changed or change.removed:  # it was there before
        named = (("added", change.added), ("changed", change.changed), ("removed", change.removed))
        parts.append(", ".join(f"{number} {word}" for word, number in named if number) or "nothing changed")
    if one.warnings:
        parts.append(numbered(len(one.warnings), "warning"))
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


def _result(loaded: Sequence[_Loaded]) -> Result:
    rows = tuple(
        (
            x.argmap_id,
            x.title,
            x.change.added,
            x.change.changed,
            x.change.removed,
            x.change.unchanged,
            x.warnings,
        )
        for x in loaded
    )
    return Result(COLUMNS, rows, question="load")
