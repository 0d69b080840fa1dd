"""A map as a spreadsheet (.xlsx): the table of `graph/export/table.py` on one sheet, ready to filter."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import Any

from graph.export.table import WORDS, in_rows, item_key, rows
from graph.model import ArgumentMap

_WIDTHS = {"text": 60, "quote": 60, "title": 30, "cite": 40, "source": 30}
_LONGEST = 32_767  # characters of a cell


def to_xlsx(argmap: ArgumentMap) -> bytes:
    """The workbook; every cell is text, so that nothing in it runs as a formula."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    wrapped = Alignment(wrap_text=True, vertical="top")

    def cell(sheet: Any, said: str, font: Font | None = None) -> Any:
        made_cell = WriteOnlyCell(sheet, value="")
        made_cell.value = _printable(said)
        made_cell.data_type = "s"  # else a text that begins with = would be a formula
        made_cell.alignment = wrapped
        if font is not None:
            made_cell.font = font
        if said[:1] in ("=", "+", "-", "@"):
            made_cell.quotePrefix = True  # and stays text when somebody edits it
        return made_cell

    bold = Font(bold=True)
    for title, names, made in _sheets(argmap):
        sheet = book.create_sheet(_title(title))
        sheet.freeze_panes = "A2"
        for number, name in enumerate(names, 1):
            sheet.column_dimensions[get_column_letter(number)].width = _WIDTHS.get(name, 14)
        sheet.append([cell(sheet, name, bold) for name in names])
        for row in made:
            sheet.append([cell(sheet, said) if said else None for said in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _sheets(argmap: ArgumentMap) -> Iterator[tuple[str, list[str], list[list[str]]]]:
    """Each sheet's name, heading and rows: the claims, the links that say more, and what was kept."""
    apart = any(in_rows(link) and link.extra.get("table") for link in argmap.links)
    names, made = rows(argmap, apart=apart)
    yield "claims", names, [[row.get(name, "") for name in names] for row in made]
    links = [(x, x.extra.get("table")) for x in argmap.links if in_rows(x)] if apart else []
    other = sorted({str(name) for _, said in links if isinstance(said, Mapping) for name in said})
    if links:
        yield (
            "links",
            ["from", "to", "relation", *other],
            [
                [item_key(argmap, x.start), item_key(argmap, x.end), WORDS[x.kind]]
                + [str(said.get(name, "")) if isinstance(said, Mapping) else "" for name in other]
                for x, said in links
            ],
        )
    table = argmap.extra.get("table")
    sheets = table.get("sheets") if isinstance(table, Mapping) else None
    if isinstance(sheets, Mapping):
        for title, lines in sheets.items():
            yield str(title), list(lines[0]), [list(line) for line in lines[1:]]


def _title(name: str) -> str:
    """A name that a sheet may have."""
    return "".join(c for c in name if c not in r"[]:*?/\\")[:31] or "sheet"


def _printable(said: str) -> str:
    """The text as XML can hold it: control characters and half characters become �."""
    if said.isprintable() and said.isascii():
        return said[:_LONGEST]
    held = "".join(c if c in "\t\n\r" or c.isprintable() or not _forbidden(c) else "\ufffd" for c in said)
    return held[:_LONGEST]


def _forbidden(character: str) -> bool:
    code = ord(character)
    return code < 0x20 or 0xD800 <= code <= 0xDFFF or code in (0xFFFE, 0xFFFF)
