"""Spreadsheets (.xlsx): the rows of their sheets, with formulas as text and nothing run or expanded."""

from __future__ import annotations

import contextlib
import datetime
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

from graph.errors import InputError, Problem
from ingest.reading import Reading
from ingest.table import Sheet, read_sheets

_MOST_BYTES = 200_000_000  # unpacked: a workbook of 100,000 claims is a tenth of it
_MOST_RATIO = 200  # of one part: text packs about tenfold
_SMALL = 1_000_000  # bytes that may pack as well as they like
_MOST_ROWS = 1_000_000
_MOST_COLUMNS = 500


def read(path: Path, content: bytes, map_id: str | None) -> Reading:
    """The map of a workbook: a sheet of claims, and one of links if there is one."""
    _refuse_bombs(path, content)
    return read_sheets(path, _sheets(path, content), map_id, "xlsx")


def _refuse_bombs(path: Path, content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise InputError(Problem(str(path), f"this is no workbook, or a damaged one: {error}")) from error
    size = sum(part.file_size for part in parts)
    packed = any(
        part.file_size > _SMALL and part.file_size > _MOST_RATIO * max(part.compress_size, 1)
        for part in parts
    )
    if size > _MOST_BYTES or packed:
        what = f"it would unpack to {size / 1e6:,.0f} MB"
        raise InputError(Problem(str(path), what, "Save the table as CSV, and read that."))


def _sheets(path: Path, content: bytes) -> Iterator[Sheet]:
    import warnings
    from xml.etree.ElementTree import ParseError

    import openpyxl
    from defusedxml.common import DefusedXmlException

    # openpyxl meets damage with whatever its code stumbles over, so the list is long.
    damage = (
        zipfile.BadZipFile, zipfile.LargeZipFile, KeyError, ValueError, TypeError, AttributeError, IndexError,
        OSError, EOFError, ParseError, DefusedXmlException, NotImplementedError, RuntimeError, OverflowError,
        AssertionError, SyntaxError, LookupError, ArithmeticError, zipfile.error, _zlib_error(),
    )  # fmt: skip
    try:
        # It prints what surprises it, where the answer belongs.
        with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=False)
            names = book.sheetnames
            tables = []
            for name in names:
                sheet = book[name]
                if hasattr(sheet, "iter_rows"):  # a sheet of a chart has none
                    rows = sheet.iter_rows(max_row=_MOST_ROWS, max_col=_MOST_COLUMNS, values_only=True)
                    tables.append((name, [(n, _cells(row)) for n, row in enumerate(rows, 1)]))
            book.close()
    except damage as error:
        raise InputError(Problem(str(path), f"this is no workbook, or a damaged one: {error}")) from error
    for name, filled in tables:
        yield Sheet(name, filled)


def _zlib_error() -> type[Exception]:
    import zlib

    return zlib.error


def _cells(row: tuple[object, ...]) -> list[str]:
    """The texts of a row as far as there are any: rows come as wide as they are allowed to be."""
    cells = [_text(cell) for cell in row]
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _text(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case float() if value.is_integer():
            return str(int(value))
        case datetime.datetime() if value.time() == datetime.time():
            return value.date().isoformat()
        case datetime.date() | datetime.datetime():
            return value.isoformat()
        case _:
            return str(getattr(value, "text", None) or value)  # of a formula over several cells
