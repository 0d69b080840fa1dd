"""A map as a Word block file that Verbatim's users can open and go on with."""

from __future__ import annotations

from collections.abc import Iterator

from graph.blocks import Entry, sections, sources_of, tag_of
from graph.export import docx
from graph.model import ArgumentMap, DatePrecision, Evidence, Source


def to_docx(argmap: ArgumentMap) -> bytes:
    """The block file of a map; reading it back gives the same cards, marks and cites."""
    return docx.document(_paragraphs(argmap))


def _paragraphs(argmap: ArgumentMap) -> Iterator[str]:
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
            yield from entry_paragraphs(argmap, entry)


def entry_paragraphs(argmap: ArgumentMap, entry: Entry) -> Iterator[str]:
    """A tag and its card; each further card beneath its own tag, or the same one again."""
    tag = tag_of(entry.item)
    tags = [docx.line(card.text) or docx.line(tag) for card in entry.cards]
    said = docx.line(entry.item.text or entry.item.title)
    if said not in tags:  # a claim without a card of its own words
        yield docx.heading(4, tag)
        yield from _undertags(entry.item.extra)
        if entry.sources:
            full, short = composed_cite(entry.sources[0])
            yield from docx.cite(full, short)
    for card, own in zip(entry.cards, tags, strict=True):
        yield docx.heading(4, tag if own == said else own)
        yield from _undertags(card.extra)
        yield from card_paragraphs(argmap, card)


def card_paragraphs(argmap: ArgumentMap, card: Evidence) -> Iterator[str]:
    """The cite of a card and its quote with its marks."""
    full, short = cite_of(argmap, card)
    if full or short:
        yield from docx.cite(full, short)
    if card.quote:
        yield from docx.body(card.quote, card.spans)


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


def _undertags(extra: object) -> Iterator[str]:
    held = extra if isinstance(extra, dict) else {}
    for name in ("undertags", "notes"):
        for text in held.get(name) or ():
            if docx.line(str(text)):
                yield docx.paragraph(docx.run(docx.line(str(text))), "Undertag")
