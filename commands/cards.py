"""`argmap cards`: cards by their words, author, date, speech and side; one passage cut several ways."""

from __future__ import annotations

import re
from contextlib import closing
from pathlib import Path

import click

from commands.session import Session, file_option, pass_session, shared_options, working
from graph.cards import Cut, Found, Wanted, duplicates, search
from graph.export.verbatim import composed_cite
from graph.model import ArgumentMap, Side
from graph.passages import clock
from graph.result import Column, ColumnType, Result
from graph.wording import numbered

CARDS = (
    Column("map", ColumnType.LABEL, "-"),
    Column("id", ColumnType.ID),
    Column("tag"),
    Column("cite"),
    Column("date", ColumnType.DATE),
    Column("side", ColumnType.LABEL),
    Column("speech", ColumnType.LABEL),
    Column("words", ColumnType.INTEGER, "-"),
    Column("seconds", ColumnType.INTEGER, "-"),
    Column("time", ColumnType.LABEL),
    Column("verified"),
    Column("hit", heading="found in"),
    Column("read", heading="-"),
    Column("quote", heading="-"),
)
CUTS = (
    Column("passage", ColumnType.INTEGER),
    Column("map", ColumnType.LABEL, "-"),
    Column("id", ColumnType.ID),
    Column("tag"),
    Column("cite", heading="-"),
    Column("difference", heading="differs from the first by"),
)
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def _date(_: click.Context, option: click.Parameter, value: str | None) -> str | None:
    if value is not None and not _DATE.fullmatch(value):
        raise click.BadParameter("say a year, a month or a day: 2023, 2023-04 or 2023-04-30")
    return value


@click.command()
@click.argument("words", metavar="[MAP] [TEXT]...", nargs=-1)
@click.option("--author", metavar="NAME", default="", help="Only cards of this author.")
@click.option("--since", metavar="DATE", callback=_date, help="Only cards from this date on.")
@click.option("--until", metavar="DATE", callback=_date, help="Only cards up to this date.")
@click.option("--speech", default="", help="Only cards of this speech: 1AC, 2NC, …")
@click.option("--side", type=click.Choice(["pro", "con"]), help="Only cards of this side.")
@click.option("--unused", is_flag=True, help="Only cards that bear on no argument.")
@click.option(
    "--duplicates", "cuts", is_flag=True, help="Passages that are cut several ways, and how they differ."
)
@click.option(
    "--wpm", type=click.IntRange(min=50, max=600), help="Words a minute.  [default: 300 in policy, else 200]"
)
@click.option(
    "--limit", type=click.IntRange(min=1), default=50, show_default=True, help="Show at most this many."
)
@file_option
@shared_options
@pass_session
def cards(
    session: Session,
    words: tuple[str, ...],
    author: str,
    since: str | None,
    until: str | None,
    speech: str,
    side: str | None,
    unused: bool,
    cuts: bool,
    wpm: int | None,
    limit: int,
    file: Path | None,
) -> None:
    """Search cards; find one passage cut several ways.

    Looks in tag, cite and body for all the words. The first word may be a map; without one, every map
    of the store is searched.

    \b
      argmap cards local savings
      argmap cards localism --author Pike --since 2014
      argmap cards --duplicates
    """
    maps, rest, name = _maps(session, words, file)
    if cuts:
        found = duplicates(maps)
        rows = tuple(map(_cut, found[:limit]))
        passages = len({cut.passage for cut in found})
        summary = (
            f"{numbered(passages, 'passage')} cut more than once." if found else "No passage is cut twice."
        )
        session.show(Result(CUTS, rows, summary, "cards", name, truncated=len(found) > limit))
        return
    wanted = Wanted(
        " ".join(rest), author, since or "", until or "", speech, Side(side) if side else None, unused
    )
    hits = search(maps, wanted, wpm)
    rows = tuple(map(_row, hits[:limit]))
    total = sum(each.seconds or 0 for each in hits)
    summary = (
        f"{numbered(len(hits), 'card')}, {clock(total)} to read aloud." if hits else "No card is like that."
    )
    session.show(Result(CARDS, rows, summary, "cards", name, truncated=len(hits) > limit))


def _maps(
    session: Session, words: tuple[str, ...], file: Path | None
) -> tuple[list[ArgumentMap], tuple[str, ...], str]:
    """The maps to look into, the words to look for, and the map's name if it is one."""
    if file is not None:
        argmap = session.read(file)
        return [argmap], words, argmap.id
    with closing(session.open_store(read_only=True)) as store, working("Reading the cards"):
        ids = [info.id for info in store.maps()]
        if words and words[0] in ids:
            return [store.load(words[0])], words[1:], words[0]
        return [store.load(each) for each in ids], words, ""


def _row(each: Found) -> tuple[str | int | None, ...]:
    card = each.card
    return (
        each.argmap.id,
        card.id,
        card.text or card.title,
        card.short_cite or (composed_cite(each.source)[1] if each.source else None),
        each.source.date if each.source else None,
        None if card.side is Side.UNKNOWN else card.side.value,
        card.speech,
        card.words,
        each.seconds,
        clock(each.seconds) if each.seconds is not None else None,
        card.verified,
        each.hit or None,
        card.spoken,
        card.quote,
    )


def _cut(cut: Cut) -> tuple[str | int | None, ...]:
    card = cut.card
    return (
        cut.passage,
        cut.argmap.id,
        card.id,
        card.text or card.title,
        card.short_cite,
        cut.difference or None,
    )
