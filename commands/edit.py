"""What a coach adds to a stored map: `set`, `unset`, `note`, `notes`, `link`, and `log`."""

from __future__ import annotations

import getpass
import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime

import click

from commands.session import Session, pass_session, say, shared_options, working
from graph import edit_values, edits
from graph.edits import Stamp
from graph.model import ArgumentMap, MapId
from graph.questions.items import find_item
from graph.result import Column, ColumnType, Result
from graph.store.port import LogEntry
from graph.terminal import visible
from graph.wording import listed, numbered

NOTES = (
    Column("id", ColumnType.ID),
    Column("kind", ColumnType.LABEL),
    Column("what"),
    Column("by", ColumnType.LABEL),
    Column("at", ColumnType.DATE, "when (UTC)"),
    Column("state", ColumnType.LABEL),
)
LOG = (
    Column("at", ColumnType.DATE, "when (UTC)"),
    Column("by", ColumnType.LABEL),
    Column("what"),
    Column("version", ColumnType.INTEGER),
)

_ASSIGNMENT = re.compile(r"([A-Za-z_]+)=(.*)", re.DOTALL)


@click.command("set")
@click.argument("map_id", metavar="MAP")
@click.argument("words", metavar="ID... NAME=VALUE...", nargs=-1, required=True)
@shared_options
@pass_session
def set_(session: Session, map_id: str, words: tuple[str, ...]) -> None:
    """Set what the file does not say: side, granted, strength.

    Also kind, speech, team, turn; of a step scheme and strict; of a source publisher, qualifications,
    url and accessed. Loading the file again keeps it.

    \b
      argmap set localism double-standard granted=true speech=1AC
      argmap set localism fashion-is-not-a-shift promise-not-kept strength=0.4
    """
    names, values = _told_apart(words)
    if not names or not values:
        raise click.UsageError("Name one item or more, and what to set: ID… NAME=VALUE…")
    said = " ".join(f"{name}={text}" for name, text in values.items())
    parsed = {name: edit_values.value_of(name, text) for name, text in values.items()}

    def change(argmap: ArgumentMap) -> ArgumentMap:
        return edits.set_values(argmap, _ids(argmap, names), parsed, _stamp())

    _edit(session, map_id, change, f"set {said} on {listed(names, 'and')}")


@click.command()
@click.argument("map_id", metavar="MAP")
@click.argument("words", metavar="ID... NAME...", nargs=-1, required=True)
@shared_options
@pass_session
def unset(session: Session, map_id: str, words: tuple[str, ...]) -> None:
    """Take back what was set: the file's word holds again.

    \b
      argmap unset localism double-standard granted speech
    """
    names = [word for word in words if word not in edit_values.FIELDS]
    fields = [word for word in words if word in edit_values.FIELDS]
    if not names or not fields:
        raise click.UsageError(f"Name one item or more, and what to take back: {listed(edit_values.FIELDS)}.")

    def change(argmap: ArgumentMap) -> ArgumentMap:
        return edits.unset_values(argmap, _ids(argmap, names), fields)

    _edit(session, map_id, change, f"unset {' '.join(fields)} on {listed(names, 'and')}")


@click.command()
@click.argument("map_id", metavar="MAP")
@click.argument("name", metavar="ID")
@click.argument("text", nargs=-1)
@click.option("--remove", "number", metavar="N", type=click.IntRange(min=1), help="Remove the item's note N.")
@shared_options
@pass_session
def note(session: Session, map_id: str, name: str, text: tuple[str, ...], number: int | None) -> None:
    """Write a note on an item of a map.

    \b
      argmap note localism double-standard "Ask for the Treasury's own test"
      argmap note localism double-standard --remove 1
    """
    if bool(text) == (number is not None):
        raise click.UsageError("Give the note's words, or --remove N.")

    def change(argmap: ArgumentMap) -> ArgumentMap:
        item = find_item(argmap, name)
        if number is not None:
            return edits.remove_note(argmap, item.id, number)
        return edits.add_note(argmap, item.id, " ".join(text), _stamp())

    _edit(session, map_id, change, f"note removed from {name}" if number else f"note on {name}")


@click.command()
@click.argument("map_id", metavar="MAP")
@click.argument("start", metavar="ID")
@click.argument("kind", metavar="KIND")
@click.argument("end", metavar="ID")
@click.option("--remove", is_flag=True, help="Take such a link of a user's away again.")
@shared_options
@pass_session
def link(session: Session, map_id: str, start: str, kind: str, end: str, remove: bool) -> None:
    """Link two items of a map: A rebuts B.

    KIND is supports, rebuts, undercuts, undermines, contradicts, premise-of, concludes, cites,
    asserted-by or reported-by.

    \b
      argmap link localism voters-are-not-persuaded rebuts power-should-move
    """
    wanted = edits.link_kind(kind)

    def change(argmap: ArgumentMap) -> ArgumentMap:
        first, last = find_item(argmap, start).id, find_item(argmap, end).id
        if remove:
            return edits.remove_link(argmap, first, wanted, last)
        return edits.add_link(argmap, first, wanted, last, _stamp())

    said = f"{start} {edits.words_of(wanted)} {end}"
    _edit(session, map_id, change, f"link removed: {said}" if remove else f"link: {said}")


@click.command()
@click.argument("map_id", metavar="MAP")
@shared_options
@pass_session
def notes(session: Session, map_id: str) -> None:
    """List what users added to a map: notes, values, links.

    \b
      argmap notes localism
    """
    argmap = session.load(map_id)
    found = edits.edits(argmap)
    rows = tuple(
        (each.item, each.kind, each.what, each.by, each.at, "lost its place" if each.displaced else "")
        for each in found
    )
    summary = f"{numbered(len(found), 'thing')} added." if found else "Nobody has added anything yet."
    session.show(Result(NOTES, rows, summary, question="notes", map=map_id))


@click.command()
@click.argument("map_id", metavar="MAP")
@shared_options
@pass_session
def log(session: Session, map_id: str) -> None:
    """Tell what was loaded and changed when.

    \b
      argmap log localism
    """
    with closing(session.open_store(read_only=True)) as store:
        entries = store.log(map_id)
    rows = tuple(map(_log_row, entries))
    session.show(Result(LOG, rows, question="log", map=map_id))


def _log_row(entry: LogEntry) -> tuple[str, str, str, int]:
    return entry.at, entry.by, entry.what, entry.version


def _edit(session: Session, map_id: MapId, change: Callable[[ArgumentMap], ArgumentMap], what: str) -> None:
    with closing(session.open_store()) as store, working(f"Changing {map_id}"):
        done = store.edit(map_id, change, what)
    say(visible(f"{map_id}: {what}" if done.added + done.changed + done.removed else f"{map_id}: as it was"))


def _told_apart(words: Sequence[str]) -> tuple[list[str], Mapping[str, str]]:
    """Which words name items and which say values; a title may hold `=` and white space before it."""
    names: list[str] = []
    values: dict[str, str] = {}
    for word in words:
        assignment = _ASSIGNMENT.fullmatch(word)
        if assignment:
            values[assignment[1]] = assignment[2]
        else:
            names.append(word)
    return names, values


def _ids(argmap: ArgumentMap, names: Sequence[str]) -> list[str]:
    return [find_item(argmap, name).id for name in names]


def _stamp() -> Stamp:
    try:
        by = getpass.getuser()
    except (OSError, KeyError, ImportError):  # a container's user without a name
        by = ""
    return Stamp(by, datetime.now(UTC).isoformat(timespec="seconds"))
