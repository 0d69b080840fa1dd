"""`argmap speech` and `argmap flow`: what is taken into a round."""

from __future__ import annotations

from pathlib import Path

import click

from commands.session import Session, file_option, pass_session, say, shared_options, working
from commands.writing import write_whole
from graph.errors import OutputError
from graph.export.docx import is_speech_name
from graph.export.flow import to_flow_html, to_flow_xlsx
from graph.export.speech import parts, to_speech
from graph.names import without_names
from graph.passages import OTHER_WPM, POLICY_WPM, clock
from graph.questions.items import find_item
from graph.wording import numbered


@click.command()
@click.argument("names", metavar="MAP ID...", nargs=-1, required=True)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    required=True,
    type=click.Path(path_type=Path),
    help="The file to write.",
)
@click.option(
    "--wpm", type=click.IntRange(min=50, max=600), help="Words a minute.  [default: 300 in policy, else 200]"
)
@file_option
@shared_options
@pass_session
def speech(
    session: Session, names: tuple[str, ...], output: Path, wpm: int | None, file: Path | None
) -> None:
    """Write chosen cards as a speech document.

    The cards and claims stand in the order in which you name them, with the time that has run.

    \b
      argmap speech localism places-differ reform-by-place-saves-money -o speech.docx
    """
    argmap, ids = session.map_of(names, file)
    if not ids:
        raise click.UsageError("Name what is to be read, in order: argmap speech MAP ID ID … -o speech.docx")
    if output.suffix.casefold() != ".docx":
        raise OutputError(
            f"{output}: a speech is written as a Word file\n  -o {output.with_suffix('.docx').name}"
        )
    argmap = without_names(argmap)
    speed = wpm or (POLICY_WPM if argmap.debate_format == "policy" else OTHER_WPM)
    made = parts(argmap, [find_item(argmap, each) for each in ids], speed)
    write_whole(output, to_speech(argmap, made, output.stem, speed), source=argmap.file)
    say(f"{numbered(len(made), 'part')}, {clock(made[-1].so_far)} at {speed} words a minute")
    if not is_speech_name(output.name):
        say(f'{output.name}: Verbatim knows the speech document by the word "Speech" in its name.')


@click.command()
@click.argument("names", metavar="MAP", nargs=-1)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    required=True,
    type=click.Path(path_type=Path),
    help="An .xlsx or .html file.",
)
@file_option
@shared_options
@pass_session
def flow(session: Session, names: tuple[str, ...], output: Path, file: Path | None) -> None:
    """Write a flow sheet, a column a speech.

    An answer stands beside what it answers, each position on a sheet of its own; what nothing answers
    says so.

    \b
      argmap flow localism -o flow.xlsx
      argmap flow localism -o flow.html
    """
    kind = output.suffix.casefold()
    if kind not in (".xlsx", ".html", ".htm"):
        raise OutputError(f"{output}: its name does not say what to write\n  End it with .xlsx or .html.")
    argmap = session.only_map_of(names, file)
    with working(f"Writing {argmap.id}"):
        content: str | bytes = to_flow_xlsx(argmap) if kind == ".xlsx" else to_flow_html(argmap)
    write_whole(output, content, source=argmap.file)
