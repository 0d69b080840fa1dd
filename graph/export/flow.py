"""Flow sheets as a spreadsheet and as HTML for print; what is unanswered says so in words."""

from __future__ import annotations

import io
import re
from html import escape

from graph.flow import Cell, Sheet, flow
from graph.model import ArgumentMap
from graph.passages import NO_XML

UNANSWERED = "[unanswered]"
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\']")
_WIDTH = 28  # characters of a column
_TALLEST = 27  # lines of a row: a spreadsheet allows 409 points
_LONGEST = 32_000  # characters of a spreadsheet's cell


def cell_text(cell: Cell) -> str:
    """What a cell says: the argument, its cites, and whether anything answers it."""
    text = f"→ {cell.text} (above)" if cell.again else cell.text
    text += f" ({'; '.join(cell.cites)})" if cell.cites else ""
    return f"{text}\n{UNANSWERED}" if cell.unanswered else text


def sheet_names(sheets: list[Sheet]) -> list[str]:
    """A name for each sheet that a spreadsheet allows, no two alike."""
    names: list[str] = []
    taken: set[str] = set()
    for number, sheet in enumerate(sheets, 1):
        plain = " ".join(_NOT_IN_A_NAME.sub(" ", NO_XML.sub("", sheet.title)).split())[:28].strip()
        name = plain or f"Position {number}"
        count = 1
        while name.casefold() in taken or name.casefold() == "history":
            count += 1
            name = f"{plain[:26]} {count}".strip()
        taken.add(name.casefold())
        names.append(name)
    return names


def to_flow_xlsx(argmap: ArgumentMap) -> bytes:
    """The flow of a map as a workbook: a sheet a position, the header frozen."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.creator = "argmap"
    dashed = Side(style="mediumDashed", color="444444")
    thin = Side(style="thin", color="BBBBBB")
    grey = PatternFill("solid", fgColor="EEEEEE")
    wrap = Alignment(wrap_text=True, vertical="top")
    sheets = flow(argmap) or [Sheet(argmap.title, ["Pro 1", "Con 1"])]
    for name, sheet in zip(sheet_names(sheets), sheets, strict=True):
        page = book.create_sheet(name)
        for place, column in enumerate(sheet.columns, 1):
            head = page.cell(1, place, column)
            head.font, head.fill = Font(bold=True), grey
            page.column_dimensions[head.column_letter].width = _WIDTH
        title = page.cell(2, 1)
        title.value, title.data_type, title.font = _safe(sheet.title), "s", Font(bold=True, size=13)
        for (row, column_), cell in sorted(sheet.cells.items()):
            made = page.cell(row + 3, column_ + 1)
            made.value = _safe(cell_text(cell))
            made.data_type = "s"  # a text that begins with = is no formula
            made.alignment = wrap
            edge = dashed if cell.unanswered else thin
            made.border = Border(left=edge, right=edge, top=edge, bottom=edge)
            made.font = Font(italic=cell.unanswered or cell.again)
        for row in range(sheet.rows):  # a program that opens the file does not fit rows to wrapped text
            texts = [cell_text(cell) for (r, _), cell in sheet.cells.items() if r == row]
            page.row_dimensions[row + 3].height = 15 * max(map(_lines, texts), default=1)
        page.freeze_panes = "A2"
        page.page_setup.orientation = "landscape"
        page.page_setup.fitToHeight = 0
        page.sheet_properties.pageSetUpPr.fitToPage = True
        page.print_title_rows = "1:1"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _lines(text: str) -> int:
    """How many lines a text takes in a column."""
    return min(_TALLEST, sum(1 + len(row) // (_WIDTH - 4) for row in text.splitlines()))


def _safe(text: str) -> str:
    return NO_XML.sub("", text)[:_LONGEST]


_STYLE = """
body { font: 14px/1.35 system-ui, sans-serif; margin: 1.5em; color: #111; }
section { break-after: page; margin-bottom: 2.5em; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; }
thead { display: table-header-group; }
th { position: sticky; top: 0; background: #eee; border: 1px solid #999; }
th { padding: .3em .5em; text-align: left; }
td { border: 1px solid #ccc; padding: .35em .5em; }
td { vertical-align: top; overflow-wrap: anywhere; }
td.unanswered { border: 2px dashed #444; font-style: italic; }
td.unanswered b { font-style: normal; display: block; font-size: .85em; }
.cite { color: #444; }
@media print { body { margin: 0; font-size: 10px; } th { position: static; } }
@page { size: landscape; margin: 12mm; }
"""


def to_flow_html(argmap: ArgumentMap) -> str:
    """The flow of a map as one page for print: a table a position."""
    parts = [
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{_html(argmap.title)}: flow</title><style>{_STYLE}</style></head><body>",
        f"<h1>{_html(argmap.title)}</h1>",
    ]
    for sheet in flow(argmap):
        heads = "".join(f'<th scope="col">{_html(column)}</th>' for column in sheet.columns)
        places = range(len(sheet.columns))
        rows = "".join(
            f"<tr>{''.join(_td(sheet.cells.get((row, place))) for place in places)}</tr>\n"
            for row in range(sheet.rows)
        )
        parts.append(
            f"<section><h2>{_html(sheet.title)}</h2><table><thead><tr>{heads}</tr></thead>\n"
            f"<tbody>{rows}</tbody></table></section>"
        )
    return "\n".join(parts) + "</body></html>\n"


def _td(cell: Cell | None) -> str:
    if cell is None:
        return "<td></td>"
    said = f"→ {cell.text} (above)" if cell.again else cell.text
    text = _html(said)
    text += f' <span class="cite">({_html("; ".join(cell.cites))})</span>' if cell.cites else ""
    if cell.unanswered:
        return f'<td class="unanswered">{text}<b>{UNANSWERED}</b></td>'
    return f"<td>{text}</td>"


def _html(text: str) -> str:
    return escape(NO_XML.sub("", text))
