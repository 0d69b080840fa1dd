"""Makes Word files for tests: every trouble that real block files have, all of it made up.

`Doc` writes the XML of a .docx by hand, since the troubles are in the XML. `block_file(cards)` makes a
large clean file for the benchmarks.
"""

from __future__ import annotations

import io
import random
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

_NS = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/>'
    '<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.styles+xml"/></Types>'
)
_RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
    'officeDocument" Target="word/document.xml"/></Relationships>'
)
_STYLES = (
    '<Relationship Id="styles" Target="styles.xml" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles"/>'
)


def style(
    style_id: str,
    name: str = "",
    *,
    kind: str = "paragraph",
    based_on: str = "",
    level: int | None = None,
    look: str = "",
    aliases: str = "",
    default: bool = False,
) -> str:
    """One `w:style`."""
    parts = [f"<w:name w:val={quoteattr(name or style_id)}/>"]
    parts += [f"<w:aliases w:val={quoteattr(aliases)}/>"] if aliases else []
    parts += [f"<w:basedOn w:val={quoteattr(based_on)}/>"] if based_on else []
    parts += [f'<w:pPr><w:outlineLvl w:val="{level}"/></w:pPr>'] if level is not None else []
    parts += [f"<w:rPr>{look}</w:rPr>"] if look else []
    first = ' w:default="1"' if default else ""
    return f'<w:style w:type="{kind}"{first} w:styleId={quoteattr(style_id)}>{"".join(parts)}</w:style>'


VERBATIM = [
    style("Normal", default=True, look='<w:sz w:val="22"/>', aliases="Normal/Card"),
    style("Heading1", "heading 1", level=0, look='<w:b/><w:sz w:val="52"/>', aliases="Pocket"),
    style(
        "Heading2", "heading 2", level=1, look='<w:b/><w:u w:val="double"/><w:sz w:val="44"/>', aliases="Hat"
    ),
    style(
        "Heading3",
        "heading 3",
        level=2,
        look='<w:b/><w:u w:val="single"/><w:sz w:val="32"/>',
        aliases="Block",
    ),
    style("Heading4", "heading 4", level=3, look='<w:b/><w:sz w:val="26"/>', aliases="Tag"),
    style("Analytic", based_on="Heading4", look='<w:color w:val="1F3864"/>'),
    style("Undertag", based_on="Normal", look='<w:i/><w:sz w:val="24"/>'),
    style(
        "Style13ptBold", "Style 13 pt Bold", kind="character", look='<w:b/><w:sz w:val="26"/>', aliases="Cite"
    ),
    style(
        "StyleUnderline",
        "Style Underline",
        kind="character",
        look='<w:u w:val="single"/>',
        aliases="Underline",
    ),
    style("Emphasis", kind="character", look='<w:b/><w:u w:val="single"/><w:bdr w:val="single"/>'),
]
"""The styles of a clean file, by Verbatim's names."""


def run(text: str, character: str = "", *, direct: str = "") -> str:
    """One `w:r`; `direct` is XML of run properties."""
    props = (f'<w:rStyle w:val="{character}"/>' if character else "") + direct
    props = f"<w:rPr>{props}</w:rPr>" if props else ""
    return f'<w:r>{props}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def cite(text: str) -> str:
    """A run in the cite style."""
    return run(text, "Style13ptBold")


def under(text: str) -> str:
    """An underlined run."""
    return run(text, "StyleUnderline")


def read(text: str, colour: str = "cyan") -> str:
    """An underlined and highlighted run."""
    return run(text, "StyleUnderline", direct=f'<w:highlight w:val="{colour}"/>')


def emph(text: str, colour: str = "") -> str:
    """An emphasised run."""
    return run(text, "Emphasis", direct=f'<w:highlight w:val="{colour}"/>' if colour else "")


def small(text: str, size: int = 16) -> str:
    """A shrunk run."""
    return run(text, direct=f'<w:sz w:val="{size}"/>')


@dataclass
class Doc:
    """A Word file in the making: paragraphs in order, and whatever is wrong with it."""

    styles: list[str] = field(default_factory=lambda: list(VERBATIM))
    body: list[str] = field(default_factory=list)
    links: dict[str, str] = field(default_factory=dict)
    parts: dict[str, bytes] = field(default_factory=dict)
    without: set[str] = field(default_factory=set)
    prolog: str = ""

    def add(self, style_id: str, *runs: str, extra: str = "") -> Doc:
        """Add a paragraph of this style; a run that is no XML is plain text."""
        made = "".join(part if part.startswith("<") else run(part) for part in runs)
        props = (f'<w:pStyle w:val="{style_id}"/>' if style_id else "") + extra
        self.body.append(f"<w:p>{f'<w:pPr>{props}</w:pPr>' if props else ''}{made}</w:p>")
        return self

    def pocket(self, title: str) -> Doc:
        return self.add("Heading1", title)

    def hat(self, title: str) -> Doc:
        return self.add("Heading2", title)

    def block(self, title: str) -> Doc:
        return self.add("Heading3", title)

    def tag(self, title: str) -> Doc:
        return self.add("Heading4", title)

    def card(self, tag: str, short: str, full: str, *body: str) -> Doc:
        """A whole card: tag, cite, one paragraph of body."""
        return self.tag(tag).add("", cite(short), run(full)).add("", *body)

    def raw(self, xml: str) -> Doc:
        """Add XML as it is."""
        self.body.append(xml)
        return self

    def bytes(self) -> bytes:
        """The file."""
        relationships = "".join(
            f'<Relationship Id="{name}" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
            f'relationships/hyperlink" Target={quoteattr(target)} TargetMode="External"/>'
            for name, target in self.links.items()
        )
        parts = {
            "[Content_Types].xml": _HEAD + _TYPES,
            "_rels/.rels": _HEAD + _RELS,
            "word/styles.xml": f"{_HEAD}<w:styles {_NS}>{''.join(self.styles)}</w:styles>",
            "word/_rels/document.xml.rels": (
                f'{_HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
                f"{_STYLES}{relationships}</Relationships>"
            ),
            "word/document.xml": (
                f"{_HEAD}{self.prolog}<w:document {_NS}><w:body>{''.join(self.body)}</w:body></w:document>"
            ),
        }
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, text in parts.items():
                if name not in self.without and name not in self.parts:
                    entry = zipfile.ZipInfo(name)  # dated 1980: the same file each time
                    entry.compress_type = zipfile.ZIP_DEFLATED
                    archive.writestr(entry, text)
            for name, content in self.parts.items():
                archive.writestr(name, content)
        return out.getvalue()

    def save(self, path: Path) -> Path:
        """Write the file, and give its path back."""
        path.write_bytes(self.bytes())
        return path


_WORDS = [
    "power",
    "local",
    "council",
    "budget",
    "growth",
    "warming",
    "trade",
    "deterrence",
    "alliance",
    "market",
    "climate",
    "court",
    "federal",
    "state",
    "energy",
    "nuclear",
    "conflict",
    "risk",
    "policy",
    "reform",
    "evidence",
    "study",
    "likely",
    "never",
    "collapse",
    "economy",
    "military",
    "water",
    "food",
    "disease",
    "border",
    "treaty",
    "investment",
    "innovation",
    "poverty",
    "school",
    "health",
    "technology",
    "labour",
    "capital",
    "region",
    "treaty",
    "signal",
]


def sentence(random_: random.Random, words: int) -> str:
    """Made-up words that read like a sentence."""
    return (" ".join(random_.choice(_WORDS) for _ in range(words))).capitalize() + "."


def block_file(cards: int, *, seed: int = 1, characters: int = 1000) -> bytes:
    """A clean file of so many cards of about so many characters, every tenth heading an AT: block."""
    random_ = random.Random(seed)
    doc = Doc()
    for number in range(cards):
        if number % 400 == 0:
            doc.pocket(f"Position {seed}-{number // 400}")
        if number % 50 == 0:
            doc.hat(f"{sentence(random_, 3)[:-1]} {number}")
        if number % 8 == 0:
            claim = sentence(random_, 4)[:-1]
            doc.block(f"AT: {claim}" if number % 80 == 8 else f"{claim} {number}")
        body = []
        length = 0
        while length < characters:
            for make in (small, under, read, small, under):
                text = sentence(random_, 6) + " "
                length += len(text)
                body.append(make(text))
        name = f"{random_.choice(_WORDS).capitalize()}{number}"
        doc.card(
            sentence(random_, 9),
            f"{name} {10 + number % 14}",
            f" (Ann {name}, Professor at Made Up, 3-{1 + number % 28}-20{10 + number % 14}, "
            f'"{sentence(random_, 5)}" Journal of Tests, https://example.org/{seed}/{number})',
            *body,
        )
    return doc.bytes()
