"""What a Word file's styles mean: which paragraphs are tags, which runs are underlined or read aloud.

Styles are renamed, doubled and chained in real files; the order of the questions here is the order
that was measured to be right on them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from xml.etree.ElementTree import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MAX_CHAIN = 30


class Role(StrEnum):
    """What a paragraph is in a block file."""

    POCKET = "pocket"
    HAT = "hat"
    BLOCK = "block"
    TAG = "tag"
    ANALYTIC = "analytic"
    UNDERTAG = "undertag"
    CITE = "cite"
    NOTE = "note"  # of a card, in a file of ours
    BODY = "body"


HEADINGS = (Role.POCKET, Role.HAT, Role.BLOCK)
_LEVELS = (*HEADINGS, Role.TAG)

_PARAGRAPHS: Mapping[str, Role] = {
    **dict.fromkeys(("heading1", "pocket"), Role.POCKET),
    **dict.fromkeys(("heading2", "hat"), Role.HAT),
    **dict.fromkeys(("heading3", "block", "blocktitle", "blockheading", "blockheadings"), Role.BLOCK),
    **dict.fromkeys(("heading4", "tag", "tags", "%tag", "debatetag"), Role.TAG),
    **dict.fromkeys(("analytic", "analytics"), Role.ANALYTIC),
    "undertag": Role.UNDERTAG,
    "argmapnote": Role.NOTE,
    **dict.fromkeys(("cite", "cites", "citeparagraph", "debatecitemain"), Role.CITE),
    **dict.fromkeys(("card", "cards", "cardtext", "cardbody", "nothing"), Role.BODY),
}
_CITES = frozenset(
    [
        "style13ptbold",
        "style12ptbold",
        "style11ptbold",
        "stylestylebold12pt",
        "stylestylebold+12pt",
        "author-date",
        "authordate",
        "cite",
        "citechar",
    ]
)
_UNDERLINES = frozenset(
    [
        "styleunderline",
        "styleboldunderline",
        "underline",
        "underlinechar",
        "debateunderline",
        "debatehighlighted",
        "dottedunderline",
        "aaaunderlinekeyboard",
        "underlinefixedchar",
        "titlechar",
    ]
)
_EMPHASES = frozenset(("emphasis", "intenseemphasis"))
_KINDS: Mapping[str, frozenset[str]] = {
    "cite": _CITES,
    "emphasis": _EMPHASES,
    "underline": _UNDERLINES,
    "marked": frozenset(("argmapmarked",)),  # where a speaker stopped, in a file of ours
    "cutter": frozenset(("argmapcutter",)),  # who cut the card, in a file of ours
}
_NUMBERED = re.compile(r"\d+$")


@dataclass(frozen=True, slots=True)
class Look:
    """Run properties as far as something says them; None where nothing does."""

    bold: bool | None = None
    italic: bool | None = None
    hidden: bool | None = None
    underline: bool | None = None
    box: bool | None = None
    size: int | None = None  # half points
    highlight: str | None = None
    shade: str | None = None

    def over(self, below: Look) -> Look:
        """This look, with what it leaves open taken from the one below."""
        if below is NOTHING:
            return self
        if self is NOTHING:
            return below
        return Look(
            self.bold if self.bold is not None else below.bold,
            self.italic if self.italic is not None else below.italic,
            self.hidden if self.hidden is not None else below.hidden,
            self.underline if self.underline is not None else below.underline,
            self.box if self.box is not None else below.box,
            self.size if self.size is not None else below.size,
            self.highlight if self.highlight is not None else below.highlight,
            self.shade if self.shade is not None else below.shade,
        )


NOTHING = Look()


def look(properties: Element | None) -> Look:
    """What a `w:rPr` says directly."""
    if properties is None:
        return NOTHING
    said: dict[str, bool | int | str] = {}
    for element in properties:
        name = element.tag.rpartition("}")[2]
        value = element.get(f"{W}val")
        match name:
            case "b" | "i" | "vanish":
                said[{"b": "bold", "i": "italic", "vanish": "hidden"}[name]] = _on(value)
            case "u":
                said["underline"] = value not in (None, "none")
            case "bdr":
                said["box"] = value not in (None, "none", "nil")
            case "sz":
                if value and value.isdigit():
                    said["size"] = int(value)
            case "highlight":
                said["highlight"] = value or "none"
            case "shd":
                said["shade"] = (element.get(f"{W}fill") or "auto").lower()
            case _:
                pass
    return Look(**said) if said else NOTHING  # type: ignore[arg-type]  # each name has its own type


def _on(value: str | None) -> bool:
    return value not in ("0", "false", "off")


@dataclass(slots=True)
class _Style:
    id: str
    name: str = ""
    alias: str = ""
    based_on: str | None = None
    level: int | None = None
    look: Look = NOTHING
    default: bool = False


@dataclass
class Styles:
    """The styles of one file; what is asked twice is answered from memory."""

    styles: dict[str, _Style] = field(default_factory=dict)
    defaults: Look = NOTHING
    _roles: dict[str, Role | None] = field(default_factory=dict)
    _looks: dict[str, Look] = field(default_factory=dict)
    _kinds: dict[str, str] = field(default_factory=dict)

    @cached_property
    def default_paragraph(self) -> str:
        """The id of the style of paragraphs that name none."""
        return next((style.id for style in self.styles.values() if style.default), "Normal")

    @cached_property
    def normal_size(self) -> int:
        """The size of body text in half points."""
        return self.look_of(self.default_paragraph).over(self.defaults).size or 22

    def role(self, style_id: str) -> Role | None:
        """What a paragraph style means by its id and name, then without its number, then by its chain."""
        if style_id not in self._roles:
            self._roles[style_id] = self._role(style_id)
        return self._roles[style_id]

    def _role(self, style_id: str) -> Role | None:
        for link in self._chain(style_id):
            for name in self._names(link):
                found = _PARAGRAPHS.get(name) or _PARAGRAPHS.get(_undoubled(name))
                if found is not None:
                    return found
        return None

    def level(self, style_id: str) -> int | None:
        """The outline level that a paragraph style or one that it is based on gives."""
        for link in self._chain(style_id):
            style = self.styles.get(link)
            if style is not None and style.level is not None:
                return style.level
        return None

    def kind(self, style_id: str) -> str:
        """What a character style says: cite, underline, emphasis, marked or cutter; "" for others."""
        if style_id not in self._kinds:
            self._kinds[style_id] = self._kind(style_id)
        return self._kinds[style_id]

    def _kind(self, style_id: str) -> str:
        for link in self._chain(style_id):
            for name in (n for full in self._names(link) for n in (full, _undoubled(full))):
                for kind, names in _KINDS.items():
                    if name in names:
                        return kind
        return ""

    def look_of(self, style_id: str) -> Look:
        """What a style and those that it is based on say of a run."""
        if style_id not in self._looks:
            found = NOTHING
            for link in self._chain(style_id):
                style = self.styles.get(link)
                if style is not None:
                    found = found.over(style.look)
            self._looks[style_id] = found
        return self._looks[style_id]

    def _names(self, style_id: str) -> tuple[str, ...]:
        style = self.styles.get(style_id)
        # Only the first alias: real ones list everything a style was ever called.
        names = (style_id, style.name, style.alias) if style else (style_id,)
        return tuple(_folded(name) for name in names if name)

    def _chain(self, style_id: str) -> list[str]:
        chain: list[str] = []
        current: str | None = style_id
        while current and current not in chain and len(chain) < _MAX_CHAIN:
            chain.append(current)
            style = self.styles.get(current)
            current = style.based_on if style else None
        return chain


def role_of_level(level: int | None) -> Role | None:
    """What a paragraph of this outline level (0 to 3) is."""
    return _LEVELS[level] if level is not None and 0 <= level < len(_LEVELS) else None


def read_styles(root: Element | None) -> Styles:
    """The styles that `word/styles.xml` defines."""
    styles = Styles()
    if root is None:
        return styles
    styles.defaults = look(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))
    for element in root.iter(f"{W}style"):
        style = _Style(element.get(f"{W}styleId") or "")
        style.name = _value(element, "name")
        style.alias = _value(element, "aliases").partition(",")[0]
        style.based_on = _value(element, "basedOn") or None
        style.look = look(element.find(f"{W}rPr"))
        style.default = element.get(f"{W}type") == "paragraph" and element.get(f"{W}default") in ("1", "true")
        level = element.find(f"{W}pPr/{W}outlineLvl")
        if level is not None:
            style.level = whole_number(level.get(f"{W}val"))
        styles.styles.setdefault(style.id, style)
    return styles


def whole_number(text: str | None) -> int | None:
    """The number that an attribute says; None where it says none."""
    return int(text) if text is not None and text.isascii() and text.isdigit() else None


def _value(element: Element, name: str) -> str:
    found = element.find(f"{W}{name}")
    return (found.get(f"{W}val") or "") if found is not None else ""


def _folded(name: str) -> str:
    return re.sub(r"[ _-]+", "", name.casefold()) if "+" not in name else name.casefold().replace(" ", "")


def _undoubled(name: str) -> str:
    """The name without the number that Word adds to a second style of one name: heading411 is heading4."""
    if name.startswith("heading") and len(name) > len("heading4"):
        return name[: len("heading4")]
    return _NUMBERED.sub("", name)
