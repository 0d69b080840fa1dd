"""`argmap show` and `argmap find`: a map as a tree, one item in full, items by their words."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import click

from commands.session import Session, file_option, pass_session, shared_options, width, working
from graph.listing import page, tree
from graph.model import Label
from graph.outline import details, outline
from graph.questions.bearing import LABEL_WORDS
from graph.questions.items import find_item
from graph.result import Column, ColumnType, Result
from graph.store.port import Hit
from graph.wording import numbered

HITS = (
    Column("map", ColumnType.LABEL),
    Column("id", ColumnType.ID),
    Column("kind", ColumnType.LABEL),
    Column("title", heading="-"),
    Column("text", heading="-"),
    Column("marked", heading="says"),
    Column("field", ColumnType.LABEL, "-"),
)


@click.command()
@click.argument("names", metavar="MAP [ID]", nargs=-1)
@file_option
@shared_options
@pass_session
def show(session: Session, names: tuple[str, ...], file: Path | None) -> None:
    """Print a map as a tree, or one item in full.

    ID is an item's id or its title.

    \b
      argmap show localism
      argmap show localism double-standard
      argmap show --file mine.argdown
    """
    argmap, rest = session.map_of(names, file)
    if len(rest) > 1:
        raise click.UsageError(f'"{" ".join(rest)}" is more than one item: put quotes around a title.')
    result = details(argmap, find_item(argmap, rest[0]).id) if rest else outline(argmap)
    if session.layout == "table":
        click.echo((page if rest else tree)(result, width()), nl=False)
    else:
        session.show(result)


@click.command()
@click.argument("text", nargs=-1, required=True)
@click.option("--map", "map_id", metavar="MAP", help="Look in this map only.")
@click.option(
    "--limit", type=click.IntRange(min=1), default=20, show_default=True, help="Show at most this many."
)
@shared_options
@pass_session
def find(session: Session, text: tuple[str, ...], map_id: str | None, limit: int) -> None:
    """Find items by the words in them.

    Finds what holds all the words, in any order, in its title, text, quote or cite; "in quotes" one
    after the other; a word that ends with * by its beginning. Case and accents do not count.

    \b
      argmap find "local authorities"
      argmap find savings --map localism
      argmap find '"double standard" local*'
    """
    words = " ".join(text)
    with closing(session.open_store(read_only=True)) as store, working(f"Looking for {words}"):
        hits = store.find(words, map_id=map_id, limit=limit + 1)
    where = f' in the map "{map_id}"' if map_id else " in the store"
    if not hits:
        summary = f"Nothing{where} holds the words: {words}"
    elif len(hits) > limit:
        summary = f"The best {limit}{where}."
    else:
        summary = f"{numbered(len(hits), 'item')}{where}."
    if hits and hits[0].near:
        summary = f"Nothing{where} holds: {words}\nNear to it, {hits[0].near}: {summary}"
    rows = tuple(map(_row, hits[:limit]))
    session.show(Result(HITS, rows, summary, question="find", map=map_id or "", truncated=len(hits) > limit))


def _row(hit: Hit) -> tuple[str, ...]:
    says = hit.marked or hit.text or hit.title
    return (
        hit.map_id,
        hit.id,
        LABEL_WORDS[Label(hit.label)],
        hit.title,
        hit.text or hit.title,
        says,
        hit.field,
    )
