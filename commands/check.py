"""`argmap check` and `argmap doctor`: what is wrong with a map, and with the set-up."""

from __future__ import annotations

import platform
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import click

from commands.session import Session, pass_session, say, shared_options, working
from graph.check import Finding, Severity
from graph.check import check as findings_of
from graph.errors import ArgmapError, InputError, NoSuchMap, Problem
from graph.model import MapId
from graph.result import Column, ColumnType, Result
from graph.store.port import MapInfo
from graph.wording import listed, numbered

FINDINGS = (
    Column("severity", ColumnType.LABEL),
    Column("where", ColumnType.ID),
    Column("what"),
    Column("hint", heading="what to do"),
    Column("rule", ColumnType.LABEL, "-"),
)
DOCTOR = (Column("what", ColumnType.LABEL), Column("is"), Column("problem"))


@click.command()
@click.argument("name", metavar="FILE|MAP")
@shared_options
@pass_session
def check(session: Session, name: str) -> None:
    """Say what is wrong with a file or a map.

    Ends with exit code 1 if there is an error; warnings and notes are advice.

    \b
      argmap check mine.argdown
      argmap check localism
    """
    map_id, rows = _of_file(Path(name)) if _is_file(name) else _of_map(session, name)
    session.show(Result(FINDINGS, tuple(rows), _found(rows), question="check", map=map_id))
    if any(row[0] == Severity.ERROR for row in rows):
        raise click.exceptions.Exit(1)


Row = tuple[str, str, str, str, str]


def _is_file(name: str) -> bool:
    """Map ids and files share an argument: a file that is there wins, and what has a suffix is one."""
    path = Path(name)
    return name == "-" or path.exists() or bool(path.suffix) or len(path.parts) > 1


def _of_file(file: Path) -> tuple[MapId, list[Row]]:
    from ingest.reading import read_with_warnings

    try:
        with working(f"Reading {file}"):
            reading = read_with_warnings(file)
    except InputError as error:
        if str(file) != "-" and not file.is_file():  # nothing was read, so there is nothing to say of it
            raise
        return "", [_row_of(Severity.ERROR, problem, "unreadable") for problem in error.problems]
    rows = [_row_of(Severity.WARNING, problem, "reader") for problem in reading.warnings]
    return reading.argmap.id, _sorted(rows + [_row(finding) for finding in findings_of(reading.argmap)])


def _of_map(session: Session, map_id: MapId) -> tuple[MapId, list[Row]]:
    try:
        argmap = session.load(map_id)
    except NoSuchMap as error:
        raise NoSuchMap(f"{error}\n  Nor is there a file of that name here.") from error
    return map_id, [_row(finding) for finding in findings_of(argmap)]


def _row(finding: Finding) -> Row:
    return (finding.severity.value, finding.item or "", finding.what, finding.hint, finding.rule)


def _row_of(severity: Severity, problem: Problem, rule: str) -> Row:
    return (severity.value, problem.place, problem.what, problem.hint, rule)


def _sorted(rows: list[Row]) -> list[Row]:
    order = [severity.value for severity in Severity]
    return sorted(rows, key=lambda row: order.index(row[0]))


def _found(rows: Sequence[Row]) -> str:
    if not rows:
        return "Nothing is wrong."
    numbers = ((severity.value, sum(row[0] == severity for row in rows)) for severity in Severity)
    return f"{listed([numbered(number, word) for word, number in numbers if number], 'and')}."


@click.command()
@click.option("--repair", is_flag=True, help="Put right what does not fit in the store, after asking.")
@click.option("--yes", is_flag=True, help="With --repair: do not ask.")
@shared_options
@pass_session
def doctor(session: Session, repair: bool, yes: bool) -> None:
    """Say which store is in use and whether all is well.

    Ends with exit code 1 if something is wrong. --repair counts again, makes indexes and map nodes that
    are missing, and removes links that join no items; it says so first, and removes no item.

    \b
      argmap doctor
      argmap doctor --store neo4j://localhost --repair
    """
    if repair:
        _repair(session, yes=yes)
        return
    rows = [*_store(session), *_machine()]
    wrong = sum(bool(problem) for *_, problem in rows)
    summary = f"{numbered(wrong, 'thing is', 'things are')} wrong." if wrong else "All is well."
    session.show(Result(DOCTOR, tuple(rows), summary, question="doctor"))
    if wrong:
        raise click.exceptions.Exit(1)


def _repair(session: Session, *, yes: bool) -> None:
    with closing(session.open_store()) as store:
        with working("Looking at the store"):
            deeds = store.repair(really=False)
        for deed in deeds:
            say(deed)
        if not deeds:
            say("Everything fits; there is nothing to repair.")
        elif yes or click.confirm("Do this?", err=True):
            with working("Repairing the store"):
                done = store.repair(really=True)
            say(f"Done: {numbered(len(done), 'thing')} put right.")
        else:
            say("Nothing was changed.")
            raise click.exceptions.Exit(1)


def _store(session: Session) -> list[tuple[str, str, str]]:
    try:
        with closing(session.open_store(read_only=True)) as store, working("Asking the store"):
            about = store.about()
            held = store.maps()
            faults = store.repair(really=False)
    except ArgmapError as error:
        return [("store", "cannot be used", str(error))]  # an address may hold a password
    rows = [("store", about.location, ""), ("engine", about.version, "")]
    rows += [("", "", problem) for problem in about.problems]
    rows += [("", "", f"{fault}\n  argmap doctor --repair does that.") for fault in faults]
    return [*rows, ("maps", _held(held), "")]


def _held(maps: Sequence[MapInfo]) -> str:
    if not maps:
        return "none yet; load one: argmap load FILE"
    items = sum(sum(info.counts.values()) for info in maps)
    return f"{listed([info.id for info in maps], 'and')} ({numbered(items, 'item')})"


def _machine() -> list[tuple[str, str, str]]:
    """Python, and what some commands can do without."""
    import shutil
    import webbrowser

    rows = [("python", f"{platform.python_version()} on {platform.system()}", "")]
    try:
        rows.append(("browser", webbrowser.get().__class__.__name__.lower(), ""))
    except webbrowser.Error:
        rows.append(("browser", "none found: `draw --open` will show nothing", ""))
    java = shutil.which("java")
    rows.append(("java", java or "none found: only the tests want one, for their Neo4j", ""))
    return rows
