"""A map as a Word block file that Verbatim's users can open and go on with."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from graph.blocks import Entry, sections, sources_of, tag_of
from graph.export import docx
from graph.model import ArgumentMap, DatePrecision, Evidence, Source, Span, SpanKind
from graph.names import NAMES
from graph.passages import WORD_COLOURS

_PLACES = 50  # of a word in a quote that are looked into


def to_docx(argmap: ArgumentMap, *, analytic_style: bool = False) -> bytes:
    """The block file of a map; reading it back gives the same cards, marks and cites.

    With `analytic_style` every claim without a card has the style Analytic, which not all users have;
    else only those that had it in the Word file that they are from.
    """
    return docx.document(_paragraphs(argmap, analytic_style))


def _paragraphs(argmap: ArgumentMap, analytic_style: bool) -> Iterator[str]:
    before = ("", "", "")
    for row in argmap.text.splitlines():
        if docx.line(row):
            yield docx.paragraph(docx.run(docx.line(row)))
    for section in sections(argmap):
        fresh = False
        for level, (title, was) in enumerate(zip(section.headings, before, strict=True), 1):
            fresh = fresh or title != was
            if fresh and docx.line(title):
                yield docx.heading(level, title)
        before = section.headings
        for note in section.notes:
            yield docx.paragraph(docx.run(docx.line(note)))
        for entry in section.entries:
            yield from entry_paragraphs(argmap, entry, analytic_style)


def entry_paragraphs(argmap: ArgumentMap, entry: Entry, analytic_style: bool = False) -> Iterator[str]:
    """A tag and its card; each further card beneath its own tag, or the same one again."""
    had_style = entry.item.extra.get("analytic") is True
    tag = tag_of(entry.item)
    tags = [docx.line(card.text) or docx.line(tag) for card in entry.cards]
    said = docx.line(entry.item.text or entry.item.title)
    if said not in tags:  # a claim without a card of its own words
        bare = analytic_style and not (entry.cards or entry.sources)
        yield docx.analytic(tag) if had_style or bare else docx.heading(4, tag)
        yield from _undertags(entry.item.extra)
        if entry.sources:
            full, short = composed_cite(entry.sources[0])
            yield from docx.cite(full, short)
    for card, own in zip(entry.cards, tags, strict=True):
        yield (
            docx.analytic(tag) if had_style and own == said else docx.heading(4, tag if own == said else own)
        )
        yield from _undertags(card.extra)
        yield from card_paragraphs(argmap, card)


def card_paragraphs(argmap: ArgumentMap, card: Evidence) -> Iterator[str]:
    """The cite of a card and its quote with its marks."""
    full, short = cite_of(argmap, card)
    if full or short:
        yield from docx.cite(full, short, _cutter(card))
    if card.quote:
        yield from docx.body(card.quote, card.spans or read_aloud(card), _beside(card))


def read_aloud(card: Evidence) -> tuple[Span, ...]:
    """The stretches of a quote that are read aloud, for a card that has only their words.

    Nothing where all of the quote is read, or the words do not stand in it in their order.
    """
    wanted = (card.spoken or "").split()
    words = [*re.finditer(r"\S+", card.quote or "")]
    if not wanted or len(wanted) >= len(words):
        return ()
    said = [word.group() for word in words]
    read: list[Span] = []
    at = first = 0
    while at < len(wanted):
        # Of the places where the next word stands, the one from which most goes on as it is read.
        places = [place for place in range(first, len(said)) if said[place] == wanted[at]][:_PLACES]
        if not places:
            return ()
        alike = {place: _alike(said[place:], wanted[at:]) for place in places}
        start = max(places, key=lambda place: (alike[place], -place))
        at, first = at + alike[start], start + alike[start]
        read.append(Span(SpanKind.HIGHLIGHT, words[start].start(), words[first - 1].end(), WORD_COLOURS[0]))
    return tuple(read)


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    """How many words of both are the same from the beginning."""
    return next(
        (n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )


def _beside(card: Evidence) -> docx.Beside:
    """What a Word file said besides, as far as `extra` holds it soundly: any file may fill `extra`."""
    return docx.Beside(
        tuple((a, b) for a, b, *_ in _stretches(card.extra.get("hidden"))),
        tuple((a, b, str(rest[0])) for a, b, *rest in _stretches(card.extra.get("shaded")) if rest),
        tuple(
            (mark["at"], str(mark["text"]))
            for mark in _listed(card.extra.get("marks"))
            if isinstance(mark, Mapping) and isinstance(mark.get("at"), int) and "text" in mark
        ),
    )


def _stretches(held: object) -> Iterator[Sequence[Any]]:
    for each in _listed(held):
        if len(_listed(each)) > 1 and isinstance(each[0], int) and isinstance(each[1], int):
            yield each


def _listed(held: object) -> Sequence[Any]:
    return held if isinstance(held, (list, tuple)) else ()


def _cutter(card: Evidence) -> str:
    names = card.extra.get(NAMES)
    return str(names.get("cutter") or "") if isinstance(names, Mapping) else ""


def cite_of(argmap: ArgumentMap, card: Evidence) -> tuple[str, str | None]:
    """A card's cite and its short form; where it has none, those of the source that it cites."""
    if card.cite:
        return card.cite, card.short_cite
    sources = sources_of(argmap, card.id)
    if not sources:
        return card.short_cite or "", card.short_cite
    full, short = composed_cite(sources[0])
    return full, card.short_cite or short


def composed_cite(source: Source) -> tuple[str, str]:
    """A cite on one line, from what a source says of itself: `Roe 19 [Jane Roe, writer, "Title," …]`."""
    surnames = [name.split()[-1] for name in source.author if name.split()]
    who = " and ".join(surnames) if len(surnames) < 3 else f"{surnames[0]} et al."
    who = who or source.publisher or source.title
    year = source.date[2:4] if source.date and source.date_precision is not DatePrecision.NONE else "No Date"
    short = docx.line(f"{who} {year}")
    said = [" and ".join(source.author), source.qualifications or "", f'"{source.title},"']
    said += [source.publisher or "", _written_date(source), source.url or ""]
    said += [f"accessed {_american(source.accessed)}"] if source.accessed else []
    inside = ", ".join(part for part in said if part).replace(',",', ',"')
    return f"{short} [{inside}]", short


def _written_date(source: Source) -> str:
    return _american(source.date) if source.date else ""


def _american(iso: str) -> str:
    """Month, day and year as cites have them: 7-8-2014; years and months as they are."""
    parts = iso.split("-")
    if len(parts) == 3 and all(part.isdigit() for part in parts):
        return f"{int(parts[1])}-{int(parts[2])}-{parts[0]}"
    return iso


def _undertags(extra: Mapping[str, Any]) -> Iterator[str]:
    for name, style in (("undertags", "Undertag"), ("notes", "ArgmapNote")):
        for text in _listed(extra.get(name)):
            if docx.line(str(text)):
                yield docx.paragraph(docx.run(docx.line(str(text))), style)
