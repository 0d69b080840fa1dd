"""The paragraphs of a Word file as text with marks: what is cite, underlined, emphasised, read, small."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from graph.passages import UNSEEN
from ingest.verbatim.package import Package
from ingest.verbatim.styles import (
    HEADINGS,
    NOTHING,
    Look,
    Role,
    Styles,
    W,
    look,
    read_styles,
    role_of_level,
    whole_number,
)

OWN_PART = "docProps/custom.xml"  # a file of ours says in it that it is one
OWN_MARK = "argmap cards"
OWN_SHRUNK = 15  # half points of what argmap shrank by itself in a file of ours: nobody marked it small
_LARGEST_SMALL = 18

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_SKIPPED = frozenset(
    {f"{W}{name}" for name in ("del", "moveFrom", "pPr", "rPr", "instrText", "delText", "rt")}
    | {f"{_MC}Fallback"}
)
_AS_TEXT: Mapping[str, str] = {
    f"{W}tab": " ",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
    f"{W}softHyphen": "\u00ad",
    f"{W}sym": "?",
    f"{W}drawing": "[image]",
    f"{W}pict": "[image]",
    f"{W}object": "[image]",
}
_GREYS = frozenset({"auto", "ffffff", "none", ""})
_NOT_READ = frozenset({"none", "white", "lightGray", "darkGray", "black"})
_DIMMED = frozenset({"lightGray", "darkGray", "black"})  # highlighting that takes back, not reads


@dataclass(frozen=True, slots=True)
class Mark:
    """How a run looks, as far as it means something in a block file."""

    cite: bool = False
    underline: bool = False
    emphasis: bool = False
    bold: bool = False
    small: bool = False
    hidden: bool = False
    highlight: str | None = None
    shade: str | None = None  # six hexadecimal digits, or a highlighting that is not read
    marked: bool = False  # where a speaker stopped, no text of the card
    cutter: bool = False  # who cut the card, no text of its cite


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text that looks the same."""

    text: str
    mark: Mark


@dataclass(slots=True)
class Paragraph:
    """One paragraph: its role by style and outline level, and its runs."""

    role: Role
    runs: list[Run]
    number: int  # 1-based place in the file
    urls: list[str] = field(default_factory=list)  # of its hyperlinks
    said_role: bool = False  # its style says what it is, body included

    @property
    def text(self) -> str:
        """All its text."""
        return "".join(run.text for run in self.runs)

    @property
    def blank(self) -> bool:
        """Whether nothing of it is seen."""
        return not any(run.text.strip(UNSEEN) for run in self.runs)


@dataclass(slots=True)
class Text:
    """A whole file: its paragraphs, and whether we wrote it ourselves."""

    paragraphs: list[Paragraph]
    ours: bool
    reading_colour: str | None  # the colour most often highlighted with


def read_text(package: Package) -> Text:
    """The text of a package in reading order. Raises InputError."""
    main = "word/document.xml"
    if main not in package:
        raise package.problem("it is no Word document: its part word/document.xml is missing")
    styles = read_styles(package.root("word/styles.xml") if "word/styles.xml" in package else None)
    rels = "word/_rels/document.xml.rels"
    links = _links(package.root(rels)) if rels in package else {}
    ours = OWN_PART in package and OWN_MARK in {
        prop.get("name") for prop in package.root(OWN_PART).iter() if prop.get("name")
    }
    paragraphs = list(_Reader(styles, links, ours).paragraphs(package))
    if not ours and not any(run.mark.highlight for paragraph in paragraphs for run in paragraph.runs):
        _read_shades(paragraphs)
    colours = Counter(
        run.mark.highlight
        for paragraph in paragraphs
        for run in paragraph.runs
        if run.mark.highlight and run.text.strip()
    )
    colour = max(colours, key=lambda name: (colours[name], name)) if colours else None
    return Text(paragraphs, ours, colour)


def _links(root: Element) -> dict[str, str]:
    """Addresses of hyperlinks by relationship id: they are read, and never fetched."""
    return {
        rel.get("Id", ""): rel.get("Target", "")
        for rel in root
        if rel.get("Type", "").endswith("/hyperlink")
        and rel.get("Target", "").startswith(("http://", "https://"))
    }


class _Reader:
    def __init__(self, styles: Styles, links: Mapping[str, str], ours: bool) -> None:
        self._shrunk = OWN_SHRUNK if ours else None
        self._styles = styles
        self._links = links
        self._marks: dict[tuple[Look, str, str], Mark] = {}

    def paragraphs(self, package: Package) -> Iterator[Paragraph]:
        inside = fallback = number = 0
        seen_body = False
        for event, element in package.events("word/document.xml"):
            tag = element.tag
            if event == "start":
                inside += tag == f"{W}p"
                fallback += tag == f"{_MC}Fallback"
                seen_body = seen_body or tag == f"{W}body"
                continue
            fallback -= tag == f"{_MC}Fallback"
            if tag != f"{W}p":
                continue
            inside -= 1
            if inside or fallback:  # a text box within a paragraph
                continue
            number += 1
            yield self._paragraph(element, number)
            element.clear()
        if not seen_body:
            raise package.problem(
                "no text was found in it",
                "Open it in Word, and save it as an ordinary .docx (not Strict Open XML).",
            )

    def _paragraph(self, element: Element, number: int) -> Paragraph:
        properties = element.find(f"{W}pPr")
        style_id = self._styles.default_paragraph
        level = None
        if properties is not None:
            said = properties.find(f"{W}pStyle")
            if said is not None:
                style_id = said.get(f"{W}val") or style_id
            outline = properties.find(f"{W}outlineLvl")
            if outline is not None:
                level = whole_number(outline.get(f"{W}val"))
        paragraph = Paragraph(Role.BODY, [], number)
        self._walk(element, style_id, paragraph)
        role = self._styles.role(style_id)
        paragraph.said_role = role is not None
        paragraph.role = role or self._by_level(paragraph, style_id, level)
        return paragraph

    def _by_level(self, paragraph: Paragraph, style_id: str, level: int | None) -> Role:
        found = role_of_level(level if level is not None else self._styles.level(style_id))
        seen = [run for run in paragraph.runs if run.text.strip()]
        # A level that was left on a paragraph of body text makes no heading of it: headings are bold.
        if found is None or not any(run.mark.bold for run in seen):
            return Role.BODY
        return found

    def _walk(self, element: Element, style_id: str, paragraph: Paragraph) -> None:
        for child in element:
            tag = child.tag
            if tag == f"{W}r":
                self._run(child, style_id, paragraph)
            elif tag in _SKIPPED:
                continue
            elif tag == _MATH_TEXT:
                paragraph.runs.append(Run(child.text or "", Mark()))
            else:
                if tag == f"{W}hyperlink" and (url := self._links.get(child.get(f"{_R}id") or "")):
                    paragraph.urls.append(url)
                self._walk(child, style_id, paragraph)

    def _run(self, run: Element, style_id: str, paragraph: Paragraph) -> None:
        said: list[str] = []
        _text_of(run, said)
        text = "".join(said)
        if text:
            paragraph.runs.append(Run(text, self._mark(run.find(f"{W}rPr"), style_id)))

    def _mark(self, properties: Element | None, style_id: str) -> Mark:
        direct = look(properties)
        style = properties.find(f"{W}rStyle") if properties is not None else None
        character = (style.get(f"{W}val") or "") if style is not None else ""
        key = (direct, character, style_id)
        if key not in self._marks:
            self._marks[key] = self._resolved(direct, character, style_id)
        return self._marks[key]

    def _resolved(self, direct: Look, character: str, style_id: str) -> Mark:
        styles = self._styles
        kind = styles.kind(character) if character else ""
        role = styles.role(style_id)
        paragraph = styles.look_of(style_id).over(styles.defaults)
        own = direct.over(styles.look_of(character) if character else NOTHING)
        whole = own.over(paragraph)
        heading = role in HEADINGS or role is Role.TAG
        underline = kind == "underline" or (bool(whole.underline) and not heading and kind != "cite")
        if direct.underline is False:
            underline = False
        bold = bool(whole.bold)
        boxed = bool(whole.box) and not heading
        both = bool(direct.bold) and bool(direct.underline) and not heading and kind in ("", "underline")
        emphasis = kind == "emphasis" or boxed or both
        highlight = whole.highlight if whole.highlight not in _NOT_READ else None
        shade = whole.shade if whole.shade not in _GREYS else None
        if whole.highlight in _DIMMED:
            shade = whole.highlight
        size = whole.size or styles.normal_size
        return Mark(
            cite=kind == "cite",
            underline=underline and not emphasis,
            emphasis=emphasis,
            bold=bold or kind == "cite",
            small=size != self._shrunk
            and size < styles.normal_size - 1
            and size <= _LARGEST_SMALL
            and not (underline or emphasis or highlight),
            hidden=bool(whole.hidden),
            highlight=highlight,
            shade=shade,
            marked=kind == "marked",
            cutter=kind == "cutter",
        )


def _text_of(element: Element, said: list[str]) -> None:
    for child in element:
        tag = child.tag
        if tag == f"{W}t":
            said.append(child.text or "")
        elif tag in _AS_TEXT:
            said.append(_AS_TEXT[tag])
        elif tag not in _SKIPPED:
            _text_of(child, said)


def _read_shades(paragraphs: list[Paragraph]) -> None:
    """In a file without any highlighting (from Google Docs) coloured shading is the highlighting."""
    made: dict[Mark, Mark] = {}
    for paragraph in paragraphs:
        for place, run in enumerate(paragraph.runs):
            shade = run.mark.shade
            if shade is None or _grey(shade):
                continue
            if run.mark not in made:
                made[run.mark] = Mark(
                    run.mark.cite, run.mark.underline, run.mark.emphasis, run.mark.bold, False,
                    run.mark.hidden, nearest_colour(shade), None,
                )  # fmt: skip
            paragraph.runs[place] = Run(run.text, made[run.mark])


def _grey(shade: str) -> bool:
    rgb = _rgb(shade)
    return rgb is None or max(rgb) - min(rgb) < 24


def _rgb(shade: str) -> tuple[int, int, int] | None:
    try:
        return int(shade[0:2], 16), int(shade[2:4], 16), int(shade[4:6], 16)
    except ValueError:
        return None


_PALETTE: Mapping[str, tuple[int, int, int]] = {
    "yellow": (255, 255, 0),
    "green": (0, 255, 0),
    "cyan": (0, 255, 255),
    "magenta": (255, 0, 255),
    "blue": (0, 0, 255),
    "red": (255, 0, 0),
}


def nearest_colour(shade: str) -> str:
    """The name of Word's highlighting colour that is nearest to six hexadecimal digits."""
    rgb = _rgb(shade)
    if rgb is None:
        return "yellow"
    return min(_PALETTE, key=lambda name: sum((a - b) ** 2 for a, b in zip(_PALETTE[name], rgb, strict=True)))
