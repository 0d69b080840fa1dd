"""`argmap draw`: the interactive map as a file."""

from __future__ import annotations

from pathlib import Path

import click

from commands.session import Session, file_option, pass_session, shared_options, working
from commands.writing import write_whole


@click.command()
@click.argument("names", metavar="MAP", nargs=-1)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="The file to write, - for stdout.  [default: MAP.html]",
)
@click.option("--open", "open_it", is_flag=True, help="Show it in the browser.")
@file_option
@shared_options
@pass_session
def draw(
    session: Session, names: tuple[str, ...], output: Path | None, open_it: bool, file: Path | None
) -> None:
    """Write the interactive map as one HTML file.

    It works offline and sends nothing anywhere: hand it on as it is.

    \b
      argmap draw localism -o localism.html --open
      argmap draw --file mine.argdown
    """
    argmap = session.only_map_of(names, file)
    from graph.draw.page import page  # brings pyvis, which a wrong name above need not wait for
    from graph.slugs import slug

    target = output or Path(f"{slug(argmap.id) or 'map'}.html")
    with working(f"Drawing {argmap.id}"):
        html = page(argmap)
    write_whole(target, html, source=argmap.file)
    if open_it and str(target) != "-":
        import webbrowser

        webbrowser.open(target.resolve().as_uri())
