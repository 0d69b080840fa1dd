"""Paragraphs gathered to cards: a tag, its undertags, its cite and its body, under their headings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from graph.model import Span, SpanKind
from graph.passages import BREAKS, UNSEEN
from ingest.verbatim.cites import without_cutter
from ingest.verbatim.paragraphs import Paragraph, Run, Text
from ingest.verbatim.styles import HEADINGS, Role

_MAX_CITES = 4
_EDITING = re.compile(r"omitted|edited|modified|\bsic\b|gender", re.IGNORECASE)
_WEB = re.compile(r"https?://|www\.", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d|[’'‘]\d\d\b|\b\d{1,2}\b|\bn\.?d\b", re.IGNORECASE)
_MARKED = re.compile(r"\s*~?\s*\bMarked(?:\s+at)?\s+\d{1,2}:\d{2}\b\s*~?", re.IGNORECASE)
_ABBREVIATED = re.compile(r"\bAND\b")
_SHORT_NOTE = 50
_LONG = 300

Range = tuple[int, int]


class Outcome(StrEnum):
    """What a tag and what follows it come to."""

    CARD = "card"
    ANALYTIC = "analytic"  # a tag with nothing beneath it
    UNCITED = "uncited"
    CITE_ONLY = "cite only"
    ABBREVIATED = "abbreviated"  # "first words … AND … last words", as on a disclosure page


@dataclass(slots=True)
class Body:
    """The quoted text of a card, its marks, and what is kept beside it."""

    text: str = ""
    spans: tuple[Span, ...] = ()
    hidden: tuple[Range, ...] = ()
    shades: tuple[tuple[int, int, str], ...] = ()  # with their colour
    marks: tuple[tuple[int, str], ...] = ()  # where a speaker stopped: place in the text, what was noted


@dataclass(slots=True)
class Card:
    """One tag and what belongs to it."""

    tag: str
    outcome: Outcome
    headings: dict[Role, str]
    place: int  # number of the tag's paragraph
    analytic_style: bool = False
    undertags: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    cite: str | None = None
    short_cite: str | None = None
    cutter: str | None = None
    urls: list[str] = field(default_factory=list)
    body: Body = field(default_factory=Body)


@dataclass(slots=True)
class Heading:
    """A pocket's, hat's or block's title, where it stands, and loose text right beneath it."""

    role: Role
    title: str
    above: dict[Role, str]
    place: int
    notes: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Blocks:
    """A whole block file, in order; text before the first heading or tag stands apart."""

    entries: list[Heading | Card]
    before: list[str]


def read_blocks(text: Text) -> Blocks:
    """The headings and cards of a file's paragraphs; no text of the file is left out."""
    blocks = Blocks([], [])
    path: dict[Role, str] = {}
    group: list[Paragraph] = []
    tag: Paragraph | None = None

    def close() -> None:
        nonlocal tag
        if tag is not None:
            blocks.entries.append(_card(tag, group, dict(path), text))
        elif group:
            loose = [p.text.strip() for p in group]
            last = blocks.entries[-1] if blocks.entries else None
            if isinstance(last, Heading):
                last.notes += loose
            else:
                blocks.before += loose
        tag = None
        group.clear()

    for paragraph in text.paragraphs:
        if paragraph.blank:
            continue
        if paragraph.role in HEADINGS:
            close()
            above = {role: path[role] for role in HEADINGS if role in path and _higher(role, paragraph.role)}
            path = above | {paragraph.role: _line(paragraph.text)}
            blocks.entries.append(Heading(paragraph.role, _line(paragraph.text), above, paragraph.number))
        elif paragraph.role in (Role.TAG, Role.ANALYTIC):
            close()
            tag = paragraph
        else:
            group.append(paragraph)
    close()
    return blocks


def _higher(role: Role, than: Role) -> bool:
    return HEADINGS.index(role) < HEADINGS.index(than)


def _line(text: str) -> str:
    return " ".join(text.split())


def _card(tag: Paragraph, group: Sequence[Paragraph], headings: dict[Role, str], text: Text) -> Card:
    card = Card(_line(tag.text), Outcome.CARD, headings, tag.number, analytic_style=tag.role is Role.ANALYTIC)
    rest: list[Paragraph] = []
    for paragraph in group:
        if paragraph.role is Role.UNDERTAG:
            card.undertags.append(_line(paragraph.text))
        elif paragraph.role is Role.NOTE:
            card.notes.append(_line(paragraph.text))
        else:
            rest.append(paragraph)
    cites: list[Paragraph] = []
    while rest and len(cites) < _MAX_CITES:
        first = rest[0]
        own_word = first.role is Role.CITE or _styled(first)  # all that a file of ours goes by
        is_cite = own_word or (not text.ours and _is_cite(first, cites))
        if not is_cite:
            if not text.ours and not cites and _is_note(first) and len(rest) > 1:
                card.notes.append(_line(first.text))
                rest.pop(0)
                continue
            break
        if not text.ours and len(rest) == 1 and _swallows_body(first):
            cite, body = _split(first)
            if cite is not None:
                cites.append(cite)
            rest = [body]
            break
        cites.append(rest.pop(0))
    if cites:
        _set_cite(card, cites, clean=not text.ours)
    if rest:
        card.body = body_of(rest, clean=not text.ours)
    card.outcome = _outcome(card)
    return card


def _outcome(card: Card) -> Outcome:
    if not card.body.text:
        return Outcome.CITE_ONLY if card.cite else Outcome.ANALYTIC
    if card.cite is None:
        return Outcome.UNCITED
    words = card.body.text.split()
    if (
        len(words) < 60
        and _ABBREVIATED.search(card.body.text)
        and not any(span.kind is SpanKind.HIGHLIGHT for span in card.body.spans)
    ):
        return Outcome.ABBREVIATED
    return Outcome.CARD


def _styled(paragraph: Paragraph) -> bool:
    return any(run.mark.cite and run.text.strip() for run in paragraph.runs)


def _is_cite(paragraph: Paragraph, before: Sequence[Paragraph]) -> bool:
    if paragraph.said_role:  # its style says that it is body
        return False
    if _marked(paragraph):  # nobody underlines a cite
        return False
    text = paragraph.text.strip()
    # Only where the cite begins, or goes on at once, can a bracket or an address be one.
    if text.startswith(("[", "(", "<", "{")) and not _is_note(paragraph):
        return True
    if _WEB.search(text) or paragraph.urls:
        return True
    return not before and _unstyled_cite(paragraph)


def _is_note(paragraph: Paragraph) -> bool:
    text = paragraph.text.strip()
    return len(text) < _SHORT_NOTE and bool(_EDITING.search(text))


def _unstyled_cite(paragraph: Paragraph) -> bool:
    first = next((run for run in paragraph.runs if run.text.strip()), None)
    if first is None or not first.mark.bold or first.mark.underline or first.mark.emphasis:
        return False
    return bool(_YEAR.search(paragraph.text[:120]))


def _marked(paragraph: Paragraph) -> int:
    """How many characters are underlined, emphasised or highlighted."""
    return sum(
        len(run.text)
        for run in paragraph.runs
        if run.mark.underline or run.mark.emphasis or run.mark.highlight
    )


def _swallows_body(paragraph: Paragraph) -> bool:
    return len(paragraph.text) > _LONG and _marked(paragraph) > 40


def _split(paragraph: Paragraph) -> tuple[Paragraph | None, Paragraph]:
    """A cite and its body in one paragraph, taken apart after the cite's bracket or address."""
    text = paragraph.text
    first_mark = 0
    for run in paragraph.runs:
        if run.mark.underline or run.mark.emphasis or run.mark.highlight:
            break
        first_mark += len(run.text)
    ends = [found.end() for found in re.finditer(r"[\])}>]|https?://\S+", text) if found.end() <= first_mark]
    if not ends:
        return None, paragraph
    at = ends[-1]
    left, right = _cut(paragraph.runs, at)
    role, number = paragraph.role, paragraph.number
    return Paragraph(role, left, number, paragraph.urls), Paragraph(role, right, number)


def _cut(runs: Sequence[Run], at: int) -> tuple[list[Run], list[Run]]:
    left: list[Run] = []
    right: list[Run] = []
    place = 0
    for run in runs:
        here = min(max(at - place, 0), len(run.text))
        if here:
            left.append(Run(run.text[:here], run.mark))
        if here < len(run.text):
            right.append(Run(run.text[here:], run.mark))
        place += len(run.text)
    return left, right


def _set_cite(card: Card, cites: Sequence[Paragraph], *, clean: bool) -> None:
    lines = ["".join(run.text for run in paragraph.runs if not run.mark.cutter) for paragraph in cites]
    full = "\n".join(line.strip() for text in lines for line in text.split("\n") if line.strip())
    bold = [run for p in cites for run in p.runs if run.mark.cite]
    if not bold:  # an unstyled cite: what is bold at its beginning is its short form
        bold = _leading_bold(cites[0])
    short = _joined(bold, cites)
    if clean:
        full, card.cutter = without_cutter(full)
    else:
        card.cutter = "".join(run.text for p in cites for run in p.runs if run.mark.cutter).strip() or None
    card.cite = full
    card.short_cite = short or None
    card.urls = [url for paragraph in cites for url in paragraph.urls]


def _leading_bold(paragraph: Paragraph) -> list[Run]:
    leading: list[Run] = []
    for run in paragraph.runs:
        if run.text.strip() and not run.mark.bold:
            break
        leading.append(run)
    return leading


def _joined(bold: Sequence[Run], cites: Sequence[Paragraph]) -> str:
    """Runs that touch are one word; a gap between them is a space."""
    wanted = {id(run) for run in bold}
    parts: list[str] = []
    touching = False
    for paragraph in cites:
        for run in paragraph.runs:
            if id(run) in wanted:
                parts.append(run.text if touching else f" {run.text}")
                touching = True
            elif run.text:
                touching = False
        touching = False
    return " ".join("".join(parts).split())


def body_of(paragraphs: Sequence[Paragraph], *, clean: bool) -> Body:
    """The text of body paragraphs and their marks as ranges over it, in the normal form."""
    text: list[str] = []
    ranges: dict[tuple[str, str | None], list[Range]] = {}
    marks: list[tuple[int, str]] = []
    place = 0
    for runs in _lines(paragraphs, clean):
        line = "".join(run.text for run in runs)
        removed = [found.span() for found in _MARKED.finditer(line)] if clean and "arked" in line else []
        if removed and not _without(line, removed).strip():
            marks += [(place, line[a:b].strip(" ~")) for a, b in removed]
            continue
        if text:
            text.append("\n")
            place += 1
        at = 0
        for run in runs:
            if run.mark.marked:
                marks.append((place, run.text.strip(" ~")))
                at += len(run.text)
                continue
            kept = run.text
            if removed:
                inside = [(max(a - at, 0), min(b - at, len(run.text))) for a, b in removed]
                marks += [
                    (place + a - at, line[a:b].strip(" ~"))
                    for a, b in removed
                    if at <= a < at + len(run.text)
                ]
                kept = _without(run.text, [(a, b) for a, b in inside if a < b])
            at += len(run.text)
            if not kept:
                continue
            for key in _layers(run):
                stretches = ranges.setdefault(key, [])
                joined = stretches and stretches[-1][1] >= place - (1 if text and text[-1] == "\n" else 0)
                if joined:
                    stretches[-1] = (stretches[-1][0], place + len(kept))
                else:
                    stretches.append((place, place + len(kept)))
            text.append(kept)
            place += len(kept)
    spans = sorted(
        (
            Span(SpanKind(kind), start, stop, colour)
            for (kind, colour), stretches in ranges.items()
            if kind not in ("hidden", "shade")
            for start, stop in stretches
        ),
        key=lambda span: (span.start, span.stop, span.kind.value),
    )
    shades = (
        (*r, colour or "") for (kind, colour), found in ranges.items() if kind == "shade" for r in found
    )
    hidden = tuple(ranges.get(("hidden", None), ()))
    return Body("".join(text), tuple(spans), hidden, tuple(sorted(shades)), tuple(marks))


def _layers(run: Run) -> list[tuple[str, str | None]]:
    mark = run.mark
    layers: list[tuple[str, str | None]] = []
    if mark.underline:
        layers.append((SpanKind.UNDERLINE.value, None))
    if mark.emphasis:
        layers.append((SpanKind.EMPHASIS.value, None))
    if mark.highlight:
        layers.append((SpanKind.HIGHLIGHT.value, mark.highlight))
    if mark.small:
        layers.append((SpanKind.SMALL.value, None))
    if mark.hidden:
        layers.append(("hidden", None))
    if mark.shade:
        layers.append(("shade", mark.shade))
    return layers


def _lines(paragraphs: Sequence[Paragraph], clean: bool) -> list[list[Run]]:
    """The runs of each line; a pilcrow is the break that somebody's condensing left."""
    lines: list[list[Run]] = []
    for paragraph in paragraphs:
        line: list[Run] = []
        lines.append(line)
        for run in paragraph.runs:
            text = run.text.replace("¶", "\n") if clean else run.text
            first, *others = BREAKS.split(text)
            if not others:
                line.append(run)
                continue
            line.append(Run(first, run.mark))
            for other in others:
                line = [Run(other, run.mark)]
                lines.append(line)
    return [line for line in lines if any(run.text.strip(UNSEEN) for run in line)]


def _without(text: str, removed: Sequence[Range]) -> str:
    parts: list[str] = []
    at = 0
    for start, stop in removed:
        parts.append(text[at:start])
        at = stop
    parts.append(text[at:])
    return "".join(parts)
