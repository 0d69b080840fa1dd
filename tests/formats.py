"""What the tests of the formats share: files read and written as a user does, and maps compared."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from graph.export.writing import WRITERS
from graph.model import ArgumentMap, Item, LinkKind
from graph.store.url import open_store
from ingest.reading import Reading, read_with_warnings

FIXTURES = Path(__file__).parent / "fixtures"


def fixture(name: str) -> Reading:
    """The reading of a file of our own: `aif/tea.json`."""
    return read_with_warnings(FIXTURES / name)


def written(argmap: ArgumentMap, format_name: str) -> str:
    """The map as text in a format."""
    content = WRITERS[format_name].write(argmap)
    assert isinstance(content, str)
    return content


def again(argmap: ArgumentMap, format_name: str, folder: Path) -> ArgumentMap:
    """The map written in a format and read from there, under the same id."""
    content = WRITERS[format_name].write(argmap)
    path = folder / f"again{WRITERS[format_name].suffixes[0]}"
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return read_with_warnings(path, format=format_name, map_id=argmap.id).argmap


def assert_same(one: ArgumentMap, other: ArgumentMap) -> None:
    """Assert that two maps say the same: where they were read from, and the title of the file, aside."""
    bare = [dataclasses.replace(argmap, file="", sha256="", title="", format="") for argmap in (one, other)]
    assert list(map(repr, bare[0].items)) == list(map(repr, bare[1].items))
    assert list(map(repr, bare[0].links)) == list(map(repr, bare[1].links))
    assert repr(bare[0]) == repr(bare[1])


def stored(argmap: ArgumentMap, folder: Path) -> ArgumentMap:
    """The map as a store gives it back."""
    store = open_store(str(folder / "library.kgl"))
    try:
        store.replace(argmap)
        return store.load(argmap.id)
    finally:
        store.close()


def said(argmap: ArgumentMap) -> set[tuple[str, str, str]]:
    """Every link as (kind, title of its start, title of its end), shortcuts of steps left out."""
    return {
        (link.kind.value, argmap.by_id[link.start].title, argmap.by_id[link.end].title)
        for link in argmap.links
        if link.via is None
    }


def kinds(argmap: ArgumentMap) -> set[tuple[LinkKind, str, str]]:
    """Every link as (kind, start, end) without the map's id, shortcuts of steps among them."""
    return {(x.kind, x.start.split("/", 1)[1], x.end.split("/", 1)[1]) for x in argmap.links}


def by_title(argmap: ArgumentMap, title: str) -> Item:
    """The one item of a title."""
    (item,) = (item for item in argmap.items if item.title == title)
    return item
