"""How a Result is shown: as a table for people, as JSON and CSV for programs, as Markdown to hand on."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, TypeVar

from graph.result import Column, ColumnType, Result, Value
from graph.terminal import HIDDEN, columns, pad, visible, visible_lines, wrap

T = TypeVar("T")

ENVELOPE_VERSION = 1

_RIGID = {ColumnType.LABEL, ColumnType.INTEGER, ColumnType.NUMBER, ColumnType.DATE, ColumnType.BOOLEAN}
_RIGHT = {ColumnType.INTEGER, ColumnType.NUMBER}
_WIDEST_RIGID = 15
_WIDEST_ID = 30  # that is not cut where there is room: ids are copied and pasted
_NARROWEST = 12  # of what can be wrapped
_LONGEST = 160  # a cell longer than this wants no more room than one of this length
_READABLE = 30  # columns; a text of more than a few lines wants no less
_MOST_LINES = 3  # of a text in a column narrower than that
_GAP, _INDENT = "  ", "    "
_TALLEST = 10  # lines a table gives to one cell; JSON and CSV have all of it


def render(result: Result, layout: str, width: int = 80) -> str:
    """The answer in one of LAYOUTS, ending with a newline; `width` is the terminal's, for tables."""
    return LAYOUTS[layout](result, width)


def table(result: Result, width: int) -> str:
    """The summary and a table that fits `width`; where that is too narrow for columns, a block a row."""
    lines = _paragraph(result.summary, width)
    shown = _shown(result)
    if result.rows:
        lines += [""] if lines else []
        cells = [[_cell(result, row[i], result.columns[i]) for i in shown] for row in result.rows]
        heads = [result.columns[i].heading or result.columns[i].name for i in shown]
        types = [result.columns[i].type for i in shown]
        layout = _layout(types, heads, cells, width)
        if layout is None:
            lines += _blocks(heads, cells, width)
        else:
            lines += _grid(layout, types, heads, cells, width)
        if result.truncated:
            lines += ["", *wrap("There is more: raise --limit.", width)]
    return "\n".join(lines) + "\n"


def _shown(result: Result) -> list[int]:
    """The columns that people see: those with a heading, but for those in which no row has a word.

    Where no row has any, all of them, so that there is a table.
    """
    with_heading = [i for i, column in enumerate(result.columns) if column.heading != "-"]
    said = [i for i in with_heading if any(row[i] not in (None, "", ()) for row in result.rows)]
    return said or with_heading


def _paragraph(text: str, width: int) -> list[str]:
    return [line for part in text.splitlines() for line in wrap(visible(part), width)]


class _Layout(NamedTuple):
    level: list[int]  # the columns that stand side by side
    widths: list[int]  # of each of them
    beneath: list[int]  # the columns with lines of their own under each row, as they would be squeezed


def _layout(
    types: Sequence[ColumnType], heads: Sequence[str], cells: Sequence[Sequence[str]], width: int
) -> _Layout | None:
    """Where each column goes, or None where not even the narrowest fit."""
    level, beneath = list(range(len(heads))), list[int]()
    while True:
        kinds, rows = _of(types, level), [_of(row, level) for row in cells]
        widths = _widths(kinds, _of(heads, level), rows, width)
        if widths is None:
            return None
        squeezed = _squeezed(kinds, rows, widths) if len(level) > 1 else None
        if squeezed is None:
            return _Layout(level, widths, sorted(beneath))
        beneath.append(level.pop(squeezed))


def _of(row: Sequence[T], places: Sequence[int]) -> list[T]:
    return [row[i] for i in places]


def _widths(
    types: Sequence[ColumnType], heads: Sequence[str], cells: Sequence[Sequence[str]], width: int
) -> list[int] | None:
    """The width of each column, or None where not even the narrowest fit."""
    natural = [max(columns(head), *(columns(row[i]) for row in cells)) for i, head in enumerate(heads)]
    room = width - len(_GAP) * (len(heads) - 1)
    if sum(natural) <= room:
        return natural
    for widest_id in (_WIDEST_ID, _NARROWEST):
        least = {ColumnType.ID: widest_id} | dict.fromkeys(_RIGID, _WIDEST_RIGID)
        given = [min(size, least.get(kind, _NARROWEST)) for kind, size in zip(types, natural, strict=True)]
        if sum(given) <= room:
            break
    else:
        return None
    while (left := room - sum(given)) > 0:
        wants = [
            0 if kind in _RIGID else min(size, _LONGEST) - has
            for kind, size, has in zip(types, natural, given, strict=True)
        ]
        wanted = sum(want for want in wants if want > 0)
        if not wanted:
            break
        for i, want in enumerate(wants):
            if want > 0:
                given[i] += min(want, max(left * want // wanted, 1), room - sum(given))
    return given


def _squeezed(
    types: Sequence[ColumnType], cells: Sequence[Sequence[str]], widths: Sequence[int]
) -> int | None:
    """The column of the longest text of those too long to be read in so narrow a column; None: all can be."""
    longest = [max((columns(row[i]) for row in cells), default=0) for i in range(len(types))]
    squeezed = [
        i
        for i, kind in enumerate(types)
        if kind is ColumnType.TEXT and widths[i] < _READABLE and longest[i] > _MOST_LINES * widths[i]
    ]
    return max(squeezed, key=longest.__getitem__, default=None)


def _grid(
    layout: _Layout,
    types: Sequence[ColumnType],
    heads: Sequence[str],
    cells: Sequence[Sequence[str]],
    width: int,
) -> list[str]:
    level, widths, beneath = layout
    right = [kind in _RIGHT for kind in _of(types, level)]
    lines = _row(_of(heads, level), widths, right)
    lines += [f"{_INDENT}{heads[i]}" for i in beneath]
    lines.append(_GAP.join("─" * each for each in widths))
    for row in cells:
        lines += _row(_of(row, level), widths, right)
        for i in beneath:
            named = f"{heads[i]}: {row[i]}" if len(beneath) > 1 and row[i] else row[i]
            lines += [_INDENT + line for line in _cut(wrap(named, width - len(_INDENT))) if line]
    return lines


def _row(row: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> list[str]:
    wrapped = [_cut(wrap(cell, width)) for cell, width in zip(row, widths, strict=True)]
    lines = []
    for n in range(max(1, *map(len, wrapped))):
        parts = [
            pad(cell[n] if n < len(cell) else "", width, right=to_right)
            for cell, width, to_right in zip(wrapped, widths, right, strict=True)
        ]
        lines.append(_GAP.join(parts).rstrip())
    return lines


def _blocks(heads: Sequence[str], cells: Sequence[Sequence[str]], width: int) -> list[str]:
    lines: list[str] = []
    for row in cells:
        lines += [""] if lines else []
        for head, cell in zip(heads, row, strict=True):
            if cell:
                first, *more = _cut(wrap(f"{head}: {cell}", width - 2))
                lines += [first, *(f"  {line}" for line in more)]
    return lines


def _cut(lines: list[str]) -> list[str]:
    return lines if len(lines) <= _TALLEST else [*lines[: _TALLEST - 1], "…"]


def _cell(result: Result, value: Value, column: Column) -> str:
    if column.type is ColumnType.ID and isinstance(value, str) and result.map:
        value = value.removeprefix(f"{result.map}/")  # the command named the map
    if column.type is ColumnType.DATE and isinstance(value, str):
        value = value[:16].replace("T", " ")  # to the minute
    return visible(_words(value))


def _words(value: Value) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case str():
            return value
        case Mapping():
            return ", ".join(f"{key}: {_words(held)}" for key, held in value.items())
        case Sequence():
            return "; ".join(_words(held) for held in value)
        case _:
            return str(value)


def as_json(result: Result, _: int) -> str:
    """The envelope that docs/commands.md describes: what was asked, of which map, and every row."""
    import json

    names = [column.name for column in result.columns]
    envelope = {
        "version": ENVELOPE_VERSION,
        "question": result.question,
        "map": result.map,
        "summary": result.summary,
        "columns": [{"name": column.name, "type": column.type.value} for column in result.columns],
        "rows": [dict(zip(names, row, strict=True)) for row in result.rows],
        "truncated": result.truncated,
    }
    text = json.dumps(envelope, ensure_ascii=False, indent=2, default=str)
    return HIDDEN.sub(lambda found: found.group() if found.group() == "\n" else _escaped(found), text) + "\n"


def _escaped(found: re.Match[str]) -> str:
    """As JSON itself spells a character, so that no information is lost."""
    return f"\\u{ord(found.group()):04x}"


def as_csv(result: Result, _: int) -> str:
    """The rows under their columns' names; no cell that a spreadsheet would take for a formula."""
    import csv
    import io

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([_harmless(column.name) for column in result.columns])
    for row in result.rows:
        writer.writerow([_harmless(value) for value in row])
    return out.getvalue()


def _harmless(value: Value) -> str:
    if isinstance(value, (bool, int, float)):
        return _words(value)
    text = visible_lines(_words(value))
    # Spreadsheets skip white space before a formula, so it does not protect.
    return f"'{text}" if re.match(r"\s*[=+\-@]", text) or text[:1] in ("\t", "\r", "\n") else text


def as_markdown(result: Result, _: int) -> str:
    """The summary and a table, with everything that Markdown or HTML would take for markup escaped."""
    lines = [_unmarked(result.summary)] if result.summary else []
    shown = _shown(result)
    if result.rows:
        lines += [""] if lines else []
        heads = [result.columns[i].heading or result.columns[i].name for i in shown]
        lines.append(_markdown_row(heads))
        lines.append(
            "|" + "|".join(" ---: " if result.columns[i].type in _RIGHT else " --- " for i in shown) + "|"
        )
        for row in result.rows:
            lines.append(_markdown_row([_cell(result, row[i], result.columns[i]) for i in shown]))
        if result.truncated:
            lines += ["", "There is more."]
    return "\n".join(lines) + "\n"


def _markdown_row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(_unmarked(cell) for cell in cells) + " |"


def _unmarked(text: str) -> str:
    escaped = re.sub(r"([\\`*_{}\[\]<>|~&$])", r"\\\1", visible(text))
    return re.sub(r"^([#+=-]|\d+(?=[.)]))", r"\\\1", escaped)  # what begins a heading or a list


LAYOUTS: Mapping[str, Callable[[Result, int], str]] = {
    "table": table,
    "json": as_json,
    "csv": as_csv,
    "markdown": as_markdown,
}
