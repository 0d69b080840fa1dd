"""Word files as Verbatim users know them: styles by their built-in names, and one zip of XML parts.

Written by hand rather than through a library: the parts are few, and the order and the attributes of
each element are what Verbatim's macros and Word's navigation go by.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from graph.model import Span, SpanKind
from graph.passages import NO_XML, normal_form, normal_text

OWN_MARK = "argmap cards"  # a document property: the reader then goes by styles, and guesses nothing

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_SMALL = 16  # half points: what people shrink to
_SHRUNK = 15  # what argmap shrinks by itself; the reader takes it for body text
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the same map makes the same bytes
_FILL = re.compile("[0-9a-fA-F]{6}")
DIMMED = frozenset({"lightGray", "darkGray", "black"})  # Word's highlighting that is not read aloud


@dataclass(frozen=True, slots=True)
class Beside:
    """What a Word file says of a quote besides its marks, by places in the quote."""

    hidden: tuple[tuple[int, int], ...] = ()
    shaded: tuple[tuple[int, int, str], ...] = ()  # six hexadecimal digits, or one of DIMMED
    stops: tuple[tuple[int, str], ...] = ()  # where a speaker stopped, and what was noted there


def run(
    text: str,
    style: str = "",
    *,
    highlight: str | None = None,
    size: int | None = None,
    hidden: bool = False,
    shade: str = "",
) -> str:
    """A stretch of text in one look; `shade` is a colour in six hexadecimal digits or one of DIMMED."""
    properties = f'<w:rStyle w:val="{style}"/>' if style else ""
    properties += "<w:vanish/>" if hidden else ""
    if size is not None:
        properties += f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
    if highlight or shade in DIMMED:
        properties += f'<w:highlight w:val="{highlight or shade}"/>'
    if _FILL.fullmatch(shade):
        properties += f'<w:shd w:val="clear" w:color="auto" w:fill="{shade}"/>'
    properties = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    said = escape(NO_XML.sub("", text), quote=False)
    return f'<w:r>{properties}<w:t xml:space="preserve">{said}</w:t></w:r>'


def paragraph(runs: str, style: str = "", *, keep: bool = False) -> str:
    """A paragraph of runs; `keep` holds it on the page of the next."""
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    properties += "<w:keepNext/>" if keep else ""
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{runs}</w:p>"


def heading(level: int, text: str) -> str:
    """A pocket (1), hat (2), block (3) or tag (4)."""
    return paragraph(run(line(text) or "(no title)"), f"Heading{level}")


def analytic(text: str) -> str:
    """A tag in the style of arguments that need no card."""
    return paragraph(run(line(text) or "(no title)"), "Analytic")


def line(text: str) -> str:
    """A text on one line, as a title has to be."""
    return " ".join(NO_XML.sub("", text).replace("\u200b", "").replace("\ufeff", "").split())


def body(quote: str, spans: Iterable[Span], beside: Beside = Beside()) -> list[str]:
    """The paragraphs of a quote with its marks: what is not read is shrunk where anything is marked."""
    text, marks = normal_form(quote, spans)
    shrink = any(span.kind is not SpanKind.SMALL for span in marks)
    beside = _in_normal_text(quote, beside)
    ends = {0, len(text), *(place for place, _ in beside.stops)}
    ends |= {place for span in marks for place in (span.start, span.stop)}
    ends |= {place for stretch in beside.hidden for place in stretch}
    ends |= {place for start, stop, _ in beside.shaded for place in (start, stop)}
    places = sorted(ends)
    paragraphs: list[str] = []
    runs: list[str] = []
    starting: list[Span] = []
    following = list(marks)
    for start, stop in pairwise(places):
        while following and following[0].start <= start:
            starting.append(following.pop(0))
        starting = [span for span in starting if span.stop > start]
        looks = {span.kind: span for span in starting}
        runs += [_stop(said) for place, said in beside.stops if place == start]
        hidden = any(a <= start < b for a, b in beside.hidden)
        shade = next((colour for a, b, colour in beside.shaded if a <= start < b), "")
        for place, part in enumerate(text[start:stop].split("\n")):
            if place:
                paragraphs.append(paragraph("".join(runs)))
                runs = []
            if part:
                runs.append(_marked(part, looks, shrink, hidden=hidden, shade=shade))
    runs += [_stop(said) for place, said in beside.stops if place == len(text)]
    if runs:
        paragraphs.append(paragraph("".join(runs)))
    return paragraphs


def _in_normal_text(quote: str, beside: Beside) -> Beside:
    """The same by places in the quote's normal form."""
    if beside == Beside():
        return beside
    _, places = normal_text(quote)

    def place(old: int) -> int:
        return places[max(0, min(old, len(quote)))]

    return Beside(
        tuple((place(a), place(b)) for a, b in beside.hidden),
        tuple((place(a), place(b), colour) for a, b, colour in beside.shaded),
        tuple((place(at), said) for at, said in beside.stops),
    )


def _stop(said: str) -> str:
    return run(f" ~ {line(said)} ~ ", "ArgmapMarked")


def _marked(text: str, looks: dict[SpanKind, Span], shrink: bool, *, hidden: bool, shade: str) -> str:
    style = (
        "Emphasis" if SpanKind.EMPHASIS in looks else "StyleUnderline" if SpanKind.UNDERLINE in looks else ""
    )
    highlight = looks[SpanKind.HIGHLIGHT].colour if SpanKind.HIGHLIGHT in looks else None
    size = None
    if SpanKind.SMALL in looks:
        size = _SMALL
    elif shrink and not style and highlight is None:
        size = _SHRUNK
    return run(text, style, highlight=highlight, size=size, hidden=hidden, shade=shade)


def cite(full: str, short: str | None, cutter: str = "") -> list[str]:
    """The paragraphs of a cite, its short form in the cite style wherever it stands in the text.

    `cutter` says who cut the card, and stands after it.
    """
    full, places = normal_cite(full, short)
    paragraphs: list[str] = []
    start = 0
    for row in full.split("\n"):
        stop = start + len(row)
        runs: list[str] = []
        at = start
        for a, b in places:
            a, b = max(a, start), min(b, stop)
            if a < b:
                runs += [run(full[at:a])] if at < a else []
                runs.append(run(full[a:b], "Style13ptBold"))
                at = b
        runs += [run(full[at:stop])] if at < stop else []
        if stop == len(full) and line(cutter):
            runs.append(run(f" {line(cutter)}", "ArgmapCutter"))
        if runs:
            marked = any(a < stop and b > start for a, b in places)
            paragraphs.append(paragraph("".join(runs), "" if marked else "Cites"))
        start = stop + 1
    return paragraphs


def normal_cite(full: str, short: str | None) -> tuple[str, Sequence[tuple[int, int]]]:
    """A cite as a Word file can hold it, and where its short form stands in it.

    Where the short form is not in the full one, it is put before it.
    """
    text, _ = normal_form(full, ())
    text = "\n".join(row.strip() for row in text.split("\n"))
    name = line(short or "")
    if not name:
        return text, ()
    found = _find(text, name)
    if not found:
        text = f"{name} {text}".strip()
        found = [(0, len(name))]
    return text, found


def _find(text: str, name: str) -> list[tuple[int, int]]:
    at = text.find(name)
    if at >= 0:
        return [(at, at + len(name))]
    found: list[tuple[int, int]] = []
    at = 0
    for word in name.split():
        at = text.find(word, at)
        if at < 0 or (found and at == found[-1][1]):
            return []
        found.append((at, at + len(word)))
        at += len(word)
    return found


def document(paragraphs: Iterable[str], *, ours: bool = True) -> bytes:
    """The .docx file of these paragraphs; it names no author and no template."""
    text = "".join(paragraphs)
    page = (
        '<w:sectPr><w:pgSz w:w="12240" w:h="15840"/>'
        '<w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" w:header="720" w:footer="720" '
        'w:gutter="0"/></w:sectPr>'
    )
    parts = {
        "[Content_Types].xml": _types(ours),
        "_rels/.rels": _relationships(ours),
        "word/document.xml": f'<w:document xmlns:w="{_W}"><w:body>{text}{page}</w:body></w:document>',
        "word/styles.xml": _styles(),
        "word/_rels/document.xml.rels": (
            f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
            f'Type="{_OFFICE}/relationships/styles" Target="styles.xml"/></Relationships>'
        ),
    }
    if ours:
        parts["docProps/custom.xml"] = (
            f'<Properties xmlns="{_OFFICE}/custom-properties" xmlns:vt="{_OFFICE}/docPropsVTypes">'
            f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="2" name="{OWN_MARK}">'
            "<vt:lpwstr>1</vt:lpwstr></property></Properties>"
        )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, _HEAD + content)
    return out.getvalue()


def _types(ours: bool) -> str:
    custom = (
        '<Override PartName="/docProps/custom.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.custom-properties+xml"/>'
    )
    return (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/>'
        f'<Override PartName="/word/styles.xml" ContentType="{_WORD}.styles+xml"/>'
        f"{custom if ours else ''}</Types>"
    )


def _relationships(ours: bool) -> str:
    kind = f"{_OFFICE}/relationships/custom-properties"
    custom = f'<Relationship Id="rId2" Type="{kind}" Target="docProps/custom.xml"/>'
    return (
        f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/relationships/officeDocument" Target="word/document.xml"/>'
        f"{custom if ours else ''}</Relationships>"
    )


_BOX = "".join(
    f'<w:{side} w:val="single" w:sz="24" w:space="1" w:color="auto"/>'
    for side in ("top", "left", "bottom", "right")
)
_BREAK = '<w:keepNext/><w:keepLines/><w:pageBreakBefore/>{}<w:jc w:val="center"/><w:outlineLvl w:val="{}"/>'
_FONT = '<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:eastAsia="Calibri" w:cs="Calibri"/>'


def _style(
    kind: str,
    style_id: str,
    name: str,
    *,
    alias: str = "",
    look: str = "",
    layout: str = "",
    based_on: str = "Normal",
) -> str:
    default = ' w:default="1"' if style_id == "Normal" else ""
    parts = f'<w:name w:val="{escape(name)}"/>'
    parts += f'<w:aliases w:val="{escape(alias)}"/>' if alias else ""
    if kind == "paragraph" and style_id != "Normal":
        parts += f'<w:basedOn w:val="{based_on}"/><w:next w:val="Normal"/>'
    parts += "<w:qFormat/>"
    parts += f"<w:pPr>{layout}</w:pPr>" if layout else ""
    parts += f"<w:rPr>{look}</w:rPr>" if look else ""
    return f'<w:style w:type="{kind}"{default} w:styleId="{style_id}">{parts}</w:style>'


def _size(half_points: int) -> str:
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def _styles() -> str:
    box = f"<w:pBdr>{_BOX}</w:pBdr>"
    edge = '<w:bdr w:val="single" w:sz="8" w:space="0" w:color="auto"/>'
    styles = (
        _style("paragraph", "Normal", "Normal", alias="Normal/Card", look=_FONT + _size(22)),
        _style(
            "paragraph", "Heading1", "heading 1", alias="Pocket",
            layout=_BREAK.format(box, 0), look="<w:b/>" + _size(52),
        ),
        _style(
            "paragraph", "Heading2", "heading 2", alias="Hat",
            layout=_BREAK.format("", 1), look="<w:b/>" + _size(44) + '<w:u w:val="double"/>',
        ),
        _style(
            "paragraph", "Heading3", "heading 3", alias="Block",
            layout=_BREAK.format("", 2), look="<w:b/>" + _size(32) + '<w:u w:val="single"/>',
        ),
        _style(
            "paragraph", "Heading4", "heading 4", alias="Tag",
            layout='<w:keepNext/><w:keepLines/><w:spacing w:before="120"/><w:outlineLvl w:val="3"/>',
            look="<w:b/>" + _size(26),
        ),
        _style(
            "paragraph", "Analytic", "Analytic",
            look='<w:color w:val="1F3864"/>', based_on="Heading4",
        ),
        _style("paragraph", "Undertag", "Undertag", look='<w:i/><w:color w:val="385623"/>' + _size(24)),
        _style("paragraph", "ArgmapNote", "Argmap Note", look='<w:color w:val="595959"/>'),
        _style("character", "ArgmapMarked", "Argmap Marked", look='<w:color w:val="C00000"/>'),
        _style("character", "ArgmapCutter", "Argmap Cutter"),
        _style("paragraph", "Cites", "Cites"),
        _style("character", "Style13ptBold", "Style 13 pt Bold", alias="Cite", look="<w:b/>" + _size(26)),
        _style(
            "character", "StyleUnderline", "Style Underline", alias="Underline",
            look=_size(22) + '<w:u w:val="single"/>',
        ),
        _style(
            "character", "Emphasis", "Emphasis",
            look="<w:b/>" + _size(22) + '<w:u w:val="single"/>' + edge,
        ),
    )  # fmt: skip
    spacing = '<w:pPrDefault><w:pPr><w:spacing w:after="80"/></w:pPr></w:pPrDefault>'
    runs = f"<w:rPrDefault><w:rPr>{_FONT}{_size(22)}</w:rPr></w:rPrDefault>"
    defaults = f"<w:docDefaults>{runs}{spacing}</w:docDefaults>"
    return f'<w:styles xmlns:w="{_W}">{defaults}{"".join(styles)}</w:styles>'


def is_speech_name(name: str) -> bool:
    """Whether Verbatim takes a file of this name for the speech document."""
    return "speech" in name.casefold()
