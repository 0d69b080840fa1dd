"""`argmap export`: a map in another format."""

from __future__ import annotations

from pathlib import Path

import click

from commands.session import Session, file_option, pass_session, say, shared_options, working
from commands.writing import is_source, tell_losses, write_back, write_whole
from graph.blocks import part
from graph.errors import OutputError
from graph.export.docx import is_speech_name
from graph.export.verbatim import to_docx
from graph.export.writing import DEFAULT, WRITERS, writer_of
from graph.names import without_names
from graph.questions.items import find_item


@click.command()
@click.argument("names", metavar="MAP", nargs=-1)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path),
    default="-",
    help="The file to write.  [default: -, which is stdout]",
)
@click.option(
    "--to",
    "format_name",
    type=click.Choice(list(WRITERS)),
    help=f"The format; else by the file's name, else {DEFAULT}.",
)
@click.option("--only", metavar="ID", help="Only this item, and all that bears on it.")
@click.option("--with-names", is_flag=True, help="Also who cut which card: names of students, often.")
@click.option("--analytic-style", is_flag=True, help="In a Word file: claims without a card as Analytic.")
@click.option("--strict", is_flag=True, help="Refuse a format that cannot say all of the map.")
@file_option
@shared_options
@pass_session
def export(
    session: Session,
    names: tuple[str, ...],
    output: Path,
    format_name: str | None,
    only: str | None,
    with_names: bool,
    analytic_style: bool,
    strict: bool,
    file: Path | None,
) -> None:
    """Write a map in another format.

    Into the file that it was read from goes what users added to the map; what stood there before is
    kept beside it.

    \b
      argmap export localism -o localism.json
      argmap export localism --to argdown | less
      argmap export localism -o blocks.docx --only "Places differ"
    """
    writer = writer_of(output, format_name)
    if analytic_style and writer.name != "docx":
        raise click.UsageError("--analytic-style goes with a Word file: -o blocks.docx")
    argmap = session.only_map_of(names, file)
    if only is not None:
        argmap = part(argmap, find_item(argmap, only).id)
    back = is_source(output, argmap.file) and writer.name == argmap.format
    if back and only is not None:
        raise OutputError(f"{output}: the map was read from this file, and this is a part of it\n  -o NAME")
    if not with_names and not back:  # its own file has them already
        argmap = without_names(argmap)
    if writer.name == "docx" and is_speech_name(output.name):
        say(f"{output}: Verbatim takes a file with this name for the speech; give a block file another.")
    tell_losses(argmap, writer, strict=strict or back)
    with working(f"Writing {argmap.id}"):
        content = to_docx(argmap, analytic_style=True) if analytic_style else writer.write(argmap)
    if back:
        write_back(output, content, sha256=argmap.sha256)
    else:
        write_whole(output, content, source=argmap.file)
