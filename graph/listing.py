"""A map's outline as an indented tree, and an item's details as a page, for a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graph.result import Result
from graph.terminal import visible, wrap

_MARKS: Mapping[str, str] = {
    "supports": "+",
    "rebuts": "-",
    "undermines": "-",
    "undercuts": "_",
    "contradicts": "><",
    "premise": ".",
    "leads to": "=",
}
_LEGEND: Mapping[str, str] = {
    "+": "supports",
    "-": "attacks",
    "_": "undercuts the step",
    "><": "contradicts",
    ".": "premise",
    "=": "leads to",
}


def tree(result: Result, width: int) -> str:
    """The outline that `graph.outline.outline` gives, two columns further in for each level.

    A level is shown by its indentation up to half the width; deeper ones are counted.
    """
    names = [column.name for column in result.columns]
    lines = [line for part in result.summary.splitlines() for line in wrap(visible(part), width)]
    used: dict[str, None] = {}
    for row in result.rows:
        branch = dict(zip(names, row, strict=True))
        depth = branch["depth"] if isinstance(branch["depth"], int) else 0
        if depth == 0:
            lines.append("")
        mark = _MARKS.get(str(branch["link"]), "")
        if mark:
            used.setdefault(mark)
        deepest = max(width // 4, 2)
        indent = "  " * min(depth - 1, deepest) if depth else ""
        counted = f"({depth}) " if depth - 1 > deepest else ""
        about = " ".join(str(branch[name]) for name in ("side", "kind") if branch[name])
        text = f"{counted}{branch['title']} [{about}]" + (f" {branch['source']}" if branch["source"] else "")
        lines += _hanging(f"{indent}{mark} " if mark else indent, visible(text), width)
        also = branch["also"]
        if isinstance(also, Sequence) and not isinstance(also, str) and also:
            under = f"{indent}{' ' * (len(mark) + 1)}" if mark else f"{indent}"
            lines += _hanging(f"{under}also ", visible("; ".join(map(str, also))), width)
    legend = [f"{mark} {_LEGEND[mark]}" for mark in _LEGEND if mark in used]
    if legend:
        lines += ["", *wrap("   ".join(legend), width)]
    return "\n".join(lines) + "\n"


def page(result: Result, width: int) -> str:
    """The details that `graph.outline.details` gives: each fact once named, and its values under it."""
    lines: list[str] = []
    before = ""
    for field, value, item_id in result.rows:
        text = visible(str(value))
        if field == "title":
            lines += [*wrap(text, width), *wrap(visible(str(item_id)), width), ""]
            continue
        if item_id:
            text += f" [{visible(str(item_id)).removeprefix(f'{result.map}/')}]"
        label = f"{field}:" if field != before else ""
        before = str(field)
        lines += _hanging(label.ljust(_LABEL_WIDTH), text, width)
    return "\n".join(lines) + "\n"


_LABEL_WIDTH = 16


def _hanging(start: str, text: str, width: int) -> list[str]:
    """`text` after `start`, its further lines as far in."""
    room = max(width - len(start), 8)
    first, *more = wrap(text, room)
    return [f"{start}{first}".rstrip(), *(f"{' ' * len(start)}{line}" for line in more)]
