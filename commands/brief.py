"""`argmap brief`: the preparation sheet of a side."""

from __future__ import annotations

from pathlib import Path

import click

from commands.choices import OneOf
from commands.session import Session, file_option, pass_session, shared_options, working
from commands.writing import write_whole
from graph.errors import OutputError
from graph.questions.brief import brief as brief_markdown
from graph.questions.brief import brief_html


@click.command()
@click.argument("names", metavar="MAP", nargs=-1)
@click.option("--side", required=True, type=OneOf(("pro", "con")), help="Which side is ours.")
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="An .md or .html file; without it the sheet is printed.",
)
@file_option
@shared_options
@pass_session
def brief(
    session: Session, names: tuple[str, ...], side: str, output: Path | None, file: Path | None
) -> None:
    """Write a side's one-page preparation sheet.

    What the side rests on, what is bare, what the others will say, what to cut.

    \b
      argmap brief localism --side pro -o brief.md
      argmap brief localism --side con -o brief.html
    """
    kind = output.suffix.casefold() if output else ".md"
    if kind not in (".md", ".html", ".htm"):
        raise OutputError(f"{output}: its name does not say what to write\n  End it with .md or .html.")
    argmap = session.only_map_of(names, file)
    with working(f"Preparing side {side}"):
        sheet = brief_markdown(argmap, side=side) if kind == ".md" else brief_html(argmap, side=side)
    if output:
        write_whole(output, sheet, source=argmap.file)
    else:
        click.echo(sheet, nl=False)
