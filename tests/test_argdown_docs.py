"""Every Argdown example of the manual is read, and gives what the manual says it gives."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from graph.errors import InputError
from graph.model import ArgumentMap, Evidence, Item, Link, Statement
from ingest.reading import read_with_warnings

PAGE = (Path(__file__).parent.parent / "docs" / "argdown.md").read_text("utf-8")
EXAMPLES = re.findall(r"^```argdown\n(.*?)^```\n\n```text\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def _told(path: Path) -> str:
    """What the file gives, as the manual shows it: its items and links, or its faults."""
    try:
        reading = read_with_warnings(path)
    except InputError as error:
        return str(error).replace(str(path), path.name) + "\n"
    assert reading.warnings == ()
    argmap = reading.argmap
    shown = [_item(item) for item in argmap.items] + [_link(argmap, link) for link in argmap.links]
    return "\n".join(shown) + "\n"


def _item(item: Item) -> str:
    own = item.id.partition("/")[2]
    if isinstance(item, (Statement, Evidence)):
        return f"{item.label} {own} {item.side} {item.text}"
    return f"{item.label} {own} {item.title}"


def _link(argmap: ArgumentMap, link: Link) -> str:
    names = {item.id: item.id.partition("/")[2] for item in argmap.items}
    by = f" by {names[link.via]}" if link.via else ""
    at = f" at {link.locator}" if link.locator else ""
    return f"{names[link.start]} {link.kind} {names[link.end]}{by}{at}"


def _lines(text: str) -> list[str]:
    """The lines, columns aligned or not; what no item or link can be told from is kept as it is."""
    return [re.sub(r"(?<=\S) +", " ", line) for line in text.splitlines()]


@pytest.mark.parametrize(("example", "shown"), EXAMPLES, ids=lambda text: text.splitlines()[0][:30])
def test_an_example_gives_what_the_manual_says(tmp_path: Path, example: str, shown: str) -> None:
    path = tmp_path / "tea.argdown"
    path.write_text(example, encoding="utf-8")
    assert _lines(_told(path)) == _lines(shown)


def test_every_example_says_what_it_gives() -> None:
    assert len(EXAMPLES) == len(re.findall(r"^```argdown$", PAGE, re.MULTILINE)) >= 8
