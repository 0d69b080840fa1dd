"""`argmap links`: which claims the titles of a block file may answer, for a person to decide."""

from __future__ import annotations

import getpass
from contextlib import closing
from datetime import UTC, datetime

import click

from commands.session import Session, pass_session, shared_options
from graph.answers import Suggestion, suggestions
from graph.decisions import chosen, with_accepted, with_rejected
from graph.edits import Stamp
from graph.model import ArgumentMap
from graph.result import Column, ColumnType, Result
from graph.wording import numbered

COLUMNS = (
    Column("id", ColumnType.LABEL),
    Column("score", ColumnType.NUMBER),
    Column("title", heading="the title answers"),
    Column("target", ColumnType.ID, "-"),
    Column("claim", heading="which may be"),
    Column("answers", ColumnType.INTEGER),
)


@click.command()
@click.argument("map_id", metavar="MAP")
@click.argument("ids", metavar="[ID]...", nargs=-1)
@click.option("--accept", is_flag=True, help="The answers of these suggestions rebut the claim.")
@click.option("--reject", is_flag=True, help="Do not suggest these again.")
@click.option(
    "--above", metavar="SCORE", type=click.FloatRange(0, 1), help="With --accept: all from this score on."
)
@shared_options
@pass_session
def links(
    session: Session, map_id: str, ids: tuple[str, ...], accept: bool, reject: bool, above: float | None
) -> None:
    """List what titles may answer; accept or reject it.

    A title such as "AT: Heg good" names a claim. Where it is not sure which, it is listed here; what
    you decide is kept when the file is loaded again.

    \b
      argmap links neg
      argmap links neg --accept 3f09ab 77c01e
      argmap links neg --accept --above 0.7
      argmap links neg --reject 5512d0
    """
    _refuse(ids, accept, reject, above)
    if accept or reject:
        with closing(session.open_store()) as store:
            decided: list[Suggestion] = []

            def change(argmap: ArgumentMap) -> ArgumentMap:
                found = suggestions(argmap)
                decided[:] = chosen(found, ids) if ids else _best(found, above)
                if reject:
                    return with_rejected(argmap, [each.id for each in decided])
                return with_accepted(argmap, decided, _stamp())

            store.edit(map_id, change, "links rejected" if reject else "links accepted")
            argmap = store.load(map_id)
        word = "rejected" if reject else "accepted"
        summary = f"{numbered(len(decided), 'suggestion')} {word}, {len(suggestions(argmap))} still open."
    else:
        argmap = session.load(map_id)
        decided = suggestions(argmap)
        summary = (
            f"{numbered(len(decided), 'suggestion')}." if decided else "No title is unsure whom it answers."
        )
    rows = tuple(_row(argmap, each) for each in decided)
    session.show(Result(COLUMNS, rows, summary, question="links", map=map_id))


def _refuse(ids: tuple[str, ...], accept: bool, reject: bool, above: float | None) -> None:
    if accept and reject:
        raise click.UsageError("Say --accept or --reject.")
    if above is not None and (not accept or ids):
        raise click.UsageError("--above goes with --accept, without ids.")
    if (accept or reject) and not ids and above is None:
        raise click.UsageError("Name the suggestions by their ids, or say --accept --above SCORE.")
    if ids and not (accept or reject):
        raise click.UsageError("Say what to do with these: --accept or --reject.")


def _best(found: list[Suggestion], above: float | None) -> list[Suggestion]:
    """The best suggestion of each title, from a score on: a title names one claim."""
    best: dict[str, Suggestion] = {}
    for each in found:
        if above is not None and each.score >= above:
            best.setdefault(each.stub, each)
    return list(best.values())


def _row(argmap: ArgumentMap, each: Suggestion) -> tuple[str | float | int, ...]:
    stub, claim = argmap.by_id[each.stub], argmap.by_id[each.target]
    return (
        each.id,
        each.score,
        stub.text or stub.title,
        claim.id,
        claim.text or claim.title,
        len(each.answers),
    )


def _stamp() -> Stamp:
    try:
        by = getpass.getuser()
    except (OSError, KeyError):  # a container without a name for its user
        by = ""
    return Stamp(by, datetime.now(UTC).isoformat(timespec="seconds"))
