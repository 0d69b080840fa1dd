"""`argmap draw`: the map as a file, interactive or still."""

from __future__ import annotations

from pathlib import Path

import click

from commands.session import Session, file_option, pass_session, say, shared_options, working
from commands.writing import write_whole


@click.command()
@click.argument("names", metavar="MAP", nargs=-1)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="The file to write: .html, .svg, .png or .pdf; - is a page on stdout.  [default: MAP.html]",
)
@click.option("--title", help="Another title than the map's own.")
@click.option(
    "--open-to",
    metavar="DEPTH",
    type=click.IntRange(min=0),
    help="Open so many levels.  [default: what there is room for]",
)
@click.option("--within", metavar="ID", help="Only this card and what hangs on it.")
@click.option("--light", "palette", flag_value="light", help="Dark on light, also where the system is dark.")
@click.option("--dark", "palette", flag_value="dark", help="Light on dark.")
@click.option("--print", "palette", flag_value="print", help="Black and grey on white, to be copied.")
@click.option(
    "--engine",
    type=click.Choice(("argmap", "pyvis")),
    default="argmap",
    help="pyvis draws boxes that push each other about.  [default: argmap]",
)
@click.option("--open", "open_it", is_flag=True, help="Show it in the browser.")
@file_option
@shared_options
@pass_session
def draw(
    session: Session,
    names: tuple[str, ...],
    output: Path | None,
    title: str | None,
    open_to: int | None,
    within: str | None,
    palette: str | None,
    engine: str,
    open_it: bool,
    file: Path | None,
) -> None:
    """Write the map as one HTML file, or as a still picture.

    The page works offline and sends nothing anywhere: hand it on as it is.

    \b
      argmap draw localism -o localism.html --open
      argmap draw localism -o poster.pdf --print
      argmap draw --file mine.argdown -o mine.svg --open-to 2
    """
    from graph.draw.forms import Look, form
    from graph.errors import OutputError

    if output and output.is_dir():
        raise OutputError(f"{output}: it is a folder\n  Name a file in it: {output / 'map.html'}")
    wanted = form(str(output), engine) if output else None  # a wrong ending is said before a map is read
    argmap = session.only_map_of(names, file)
    from graph.questions.items import find_item
    from graph.slugs import slug

    target = output or Path(f"{slug(argmap.id) or 'map'}.html")
    look = Look(title, open_to, find_item(argmap, within).id if within else None, palette)
    with working(f"Drawing {argmap.id}"):
        drawn = (wanted or form(str(target), engine))(argmap, look)
    write_whole(target, drawn.content, source=argmap.file)
    for remark in drawn.remarks:
        say(remark)
    if open_it and str(target) != "-":
        import webbrowser

        webbrowser.open(target.resolve().as_uri())
