"""Files in, maps out: which reader reads a file, found by its content and its suffix."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from graph.errors import InputError, Problem
from graph.model import ArgumentMap
from graph.slugs import slug


@dataclass(frozen=True, slots=True)
class Reading:
    """A map that was read, and what the reader warns of."""

    argmap: ArgumentMap
    warnings: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Reader:
    """One format that is read: how a file of it is known, and how it is read.

    `read(path, content, map_id)` takes the decoded text and the id asked for (None: the file's own).
    """

    name: str
    what: str  # for people: "Argdown (.argdown, .ad)"
    suffixes: tuple[str, ...]
    sniff: Callable[[str], bool]
    read: Callable[[Path, str, str | None], Reading]


def _argdown(path: Path, content: str, map_id: str | None) -> Reading:
    from ingest.argdown.reader import read as read_argdown

    argmap, warnings = read_argdown(path, content, map_id)
    return Reading(argmap, tuple(warnings))


def _json(path: Path, content: str, map_id: str | None) -> Reading:
    from ingest.argmap_json import read as read_json

    return Reading(read_json(path, content, map_id))


READERS: Mapping[str, Reader] = {
    reader.name: reader
    for reader in (
        Reader("json", "argmap JSON (.json)", (".json",), lambda text: '"argmap"' in text[:200], _json),
        Reader("argdown", "Argdown (.argdown, .ad)", (".argdown", ".ad"), lambda text: False, _argdown),
    )
}


def read(path: Path | str, *, format: str | None = None, map_id: str | None = None) -> ArgumentMap:
    """The map a file holds. Raises InputError with everything that is wrong with it."""
    return read_with_warnings(path, format=format, map_id=map_id).argmap


def read_with_warnings(path: Path | str, *, format: str | None = None, map_id: str | None = None) -> Reading:
    """The map a file holds, and warnings. Raises InputError with everything that is wrong with it."""
    path = Path(path)
    content = _decoded(path)
    return _reader(path, content, format).read(path, content, map_id)


def own_id(path: Path) -> str:
    """The id of a map that names none: the file's stem, as a slug."""
    return slug(path.stem) or "map"


def _decoded(path: Path) -> str:
    what = ""
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        what = "there is no such file"
    except IsADirectoryError:
        what = "this is a folder"
    except OSError as error:
        what = f"cannot be read: {error.strerror}"
    else:
        if b"\0" in raw:
            what = "this is not a text file"
        else:
            try:
                return raw.decode("utf-8-sig")
            except UnicodeDecodeError as error:
                what = f"this is not UTF-8 text (byte {error.start + 1})"
    raise InputError(Problem(str(path), what, _readable()))


def _reader(path: Path, content: str, name: str | None) -> Reader:
    if name is not None:
        if name not in READERS:
            raise InputError(Problem(str(path), f'no format is called "{name}"', _readable()))
        return READERS[name]
    for reader in READERS.values():
        if reader.sniff(content):
            return reader
    for reader in READERS.values():
        if path.suffix.lower() in reader.suffixes:
            return reader
    raise InputError(Problem(str(path), f'no reader knows what "{path.name}" is', _readable()))


def _readable() -> str:
    return "argmap reads: " + ", ".join(reader.what for reader in READERS.values()) + "."
