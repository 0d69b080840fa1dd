"""Files in, maps out: which reader reads a file, found by its content and its suffix."""

from __future__ import annotations

import codecs
import hashlib
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO

from graph.collector import collector_paused
from graph.errors import InputError, Problem
from graph.model import ArgumentMap
from graph.slugs import slug
from ingest import sniffs

STANDARD_INPUT = Path("-")
"""What stands for a pipe where a file is named; a map that comes from it has no file."""

_PIPED = Path("stdin")
_PIECE = 1 << 16  # bytes of a file that is read in pieces


@dataclass(frozen=True, slots=True)
class Reading:
    """A map that was read, and what the reader warns of."""

    argmap: ArgumentMap
    warnings: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Reader:
    """One format that is read: how a file of it is known, and how it is read.

    `read(path, content, map_id)` takes the decoded text (the bytes, where `binary`) and the id asked
    for (None: the file's own). `sniff` sees bytes as Latin-1 text.
    """

    name: str
    what: str  # for people: "Argdown (.argdown, .ad)"
    suffixes: tuple[str, ...]
    sniff: Callable[[str], bool]
    read: Callable[[Path, Any, str | None], Reading]
    binary: bool = False
    stream: Callable[[Path, Iterator[str], str | None], Reading] | None = None
    """As `read`, of a text that comes in pieces off the disk, for files too large to hold whole."""


def _argdown(path: Path, content: str, map_id: str | None) -> Reading:
    from ingest.argdown.reader import read as read_argdown

    argmap, warnings = read_argdown(path, content, map_id)
    return Reading(argmap, tuple(warnings))


def _json(path: Path, content: str, map_id: str | None) -> Reading:
    from ingest.argmap_json import read as read_json

    return Reading(read_json(path, content, map_id))


def _by(where: str) -> Callable[[Path, Any, str | None], Reading]:
    """The reader at `module:function`, imported when it is wanted."""

    @cache
    def reader() -> Callable[[Path, Any, str | None], Reading]:
        module, name = where.split(":")
        found: Callable[[Path, Any, str | None], Reading] = getattr(import_module(module), name)
        return found

    def read_it(path: Path, content: Any, map_id: str | None) -> Reading:
        return reader()(path, content, map_id)

    return read_it


READERS: Mapping[str, Reader] = {
    reader.name: reader
    for reader in (
        Reader("json", "argmap JSON (.json)", (".json",), lambda text: '"argmap"' in text[:200], _json),
        Reader("argdown", "Argdown (.argdown, .ad)", (".argdown", ".ad"), lambda text: False, _argdown),
        Reader("xaif", "xAIF of OVA3 (.json)", (), sniffs.xaif, _by("ingest.aif:read_xaif")),
        Reader("ova", "OVA (.json)", (), sniffs.ova, _by("ingest.ova:read_ova")),
        Reader("aif", "AIF node sets (.json)", (), sniffs.aif, _by("ingest.aif:read_aif")),
        Reader("arguebuf", "arguebuf (.json)", (), sniffs.arguebuf, _by("ingest.arguebuf:read")),
        Reader("sadface", "SADFace (.json)", (), sniffs.sadface, _by("ingest.sadface:read")),
        Reader("kialo", "Kialo's export (.txt)", (".txt",), sniffs.kialo, _by("ingest.kialo:read")),
        Reader(
            "carneades",
            "Carneades (.yml, .yaml)",
            (".yml", ".yaml"),
            sniffs.carneades,
            _by("ingest.carneades:read"),
        ),
        Reader(
            "argsme",
            "args.me (.json)",
            (),
            sniffs.argsme,
            _by("ingest.argsme:read"),
            stream=_by("ingest.argsme:read_stream"),
        ),
        Reader("arggraph", "arggraph XML (.xml)", (), sniffs.arggraph, _by("ingest.arggraph:read")),
        Reader("lkif", "LKIF (.xml)", (), sniffs.lkif, _by("ingest.lkif:read_lkif")),
        Reader("caf", "CAF (.xml)", (), sniffs.caf, _by("ingest.lkif:read_caf")),
        Reader("brat", "brat (.ann)", (".ann",), sniffs.brat, _by("ingest.brat:read")),
        Reader("apx", "ICCMA's apx", (".apx",), sniffs.apx, _by("ingest.iccma:read_apx")),
        Reader("af", "ICCMA's af", (".af",), sniffs.af, _by("ingest.iccma:read_af")),
        Reader("aba", "ICCMA's aba", (".aba",), sniffs.aba, _by("ingest.iccma:read_aba")),
        Reader("tgf", "tgf", (".tgf",), lambda _: False, _by("ingest.iccma:read_tgf")),
        Reader("csv", "tables (.csv, .tsv)", (".csv", ".tsv"), sniffs.table, _by("ingest.table:read")),
        Reader(
            "xlsx",
            "spreadsheets (.xlsx)",
            (".xlsx",),
            sniffs.spreadsheet,
            _by("ingest.spreadsheet:read"),
            binary=True,
        ),
        Reader(
            "docx",
            "Word block files (.docx)",
            (".docx",),
            lambda text: "word/document.xml" in text,
            _by("ingest.verbatim.reader:read"),
            binary=True,
        ),
    )
}


def read(path: Path | str, *, format: str | None = None, map_id: str | None = None) -> ArgumentMap:
    """The map a file holds. Raises InputError with everything that is wrong with it."""
    return read_with_warnings(path, format=format, map_id=map_id).argmap


def read_with_warnings(path: Path | str, *, format: str | None = None, map_id: str | None = None) -> Reading:
    """The map a file holds, and warnings. Raises InputError with everything that is wrong with it."""
    path = Path(path)
    if path == STANDARD_INPUT:
        reading = read_bytes(_PIPED, sys.stdin.buffer.read(), format=format, map_id=map_id)
        return replace(reading, argmap=replace(reading.argmap, file=""))
    return _streamed(path, format, map_id) or read_bytes(path, _bytes(path), format=format, map_id=map_id)


def read_bytes(path: Path, raw: bytes, *, format: str | None = None, map_id: str | None = None) -> Reading:
    """As `read_with_warnings`, of a file whose bytes are at hand; `path` names it in messages."""
    digest = hashlib.sha256(raw).hexdigest()
    reader = _binary_reader(path, raw, format)
    with collector_paused():
        if reader is not None:
            reading = reader.read(path, raw, map_id)
        else:
            content, warnings = _decoded(path, raw)
            del raw  # a large file is not held twice
            reading = _reader(path, content, format).read(path, content, map_id)
            if warnings:
                reading = replace(reading, warnings=warnings + reading.warnings)
    argmap = reading.argmap
    if not argmap.file:  # Argdown says it itself: its files include others
        argmap = replace(argmap, file=str(path.resolve()), sha256=digest)
        reading = Reading(argmap, reading.warnings)
    return reading


def _streamed(path: Path, name: str | None, map_id: str | None) -> Reading | None:
    """The map of a file that can be read as it comes off the disk; None of one that has to be held whole."""
    try:
        with path.open("rb") as file:
            head = file.read(_PIECE)
            reader = _reader_by_head(head, name) if len(head) == _PIECE else None
            if reader is None or reader.stream is None:
                return None
            digest = hashlib.sha256()
            with collector_paused():
                reading = reader.stream(path, _pieces(file, head, digest), map_id)
    except OSError:
        return None  # whoever reads it whole says why
    except UnicodeDecodeError:
        return None  # whose encoding has to be guessed from all of it
    return Reading(
        replace(reading.argmap, file=str(path.resolve()), sha256=digest.hexdigest()), reading.warnings
    )


def _reader_by_head(head: bytes, name: str | None) -> Reader | None:
    if name is not None:
        return READERS.get(name)
    text = head.decode("utf-8", "replace")
    return next((reader for reader in READERS.values() if not reader.binary and reader.sniff(text)), None)


def _pieces(file: BinaryIO, head: bytes, digest: hashlib._Hash) -> Iterator[str]:
    """The text of a file in pieces; raises UnicodeDecodeError where it is no UTF-8 text."""
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    piece = head
    while piece:
        digest.update(piece)
        if b"\0" in piece:
            raise UnicodeDecodeError("utf-8", piece, 0, 1, "text holds no NULs")
        if text := decoder.decode(piece):
            yield text
        piece = file.read(_PIECE)
    decoder.decode(b"", final=True)


def is_readable(path: Path) -> bool:
    """Whether a file found in a folder is one of ours, by its suffix; of text files, by what they say."""
    if path.name.startswith(("~$", "._")):  # what Word and a Mac leave beside a file
        return False
    suffix = path.suffix.lower()
    if suffix == ".txt":  # as likely a README
        with path.open("rb") as file:
            return sniffs.kialo(file.read(4000).decode("utf-8", "replace"))
    return suffix in (".json", ".xml") or any(suffix in reader.suffixes for reader in READERS.values())


def own_id(path: Path) -> str:
    """The id of a map that names none: the file's stem, as a slug."""
    return slug(path.stem) or "map"


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        what = "there is no such file"
    except IsADirectoryError:
        what = "this is a folder"
    except OSError as error:
        what = f"cannot be read: {error.strerror}"
    raise InputError(Problem(str(path), what, what_is_read()))


_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def text_of(path: Path, raw: bytes) -> str:
    """The text of a file. Raises InputError where it is none."""
    return _decoded(path, raw)[0]


def _decoded(path: Path, raw: bytes) -> tuple[str, tuple[Problem, ...]]:
    """The text of a file, and a warning where its encoding had to be guessed."""
    encoding = next((name for mark, name in _MARKS if raw.startswith(mark)), "utf-8")
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding == "utf-8" and b"\0" not in raw:
            return _guessed(path, raw, error)
        what = f"this is not text in {encoding.upper()} (byte {error.start + 1})"
        raise InputError(Problem(str(path), what, "Save it as UTF-8.")) from error
    if "\0" in text:
        raise InputError(Problem(str(path), "this is not a text file", what_is_read()))
    return text, ()


def _guessed(path: Path, raw: bytes, error: UnicodeDecodeError) -> tuple[str, tuple[Problem, ...]]:
    line = raw.count(b"\n", 0, error.start) + 1
    where = f"this is not UTF-8 text (byte {error.start + 1})"
    try:
        text = raw.decode("cp1252")
    except UnicodeDecodeError:
        raise InputError(Problem(str(path), where, "Save it as UTF-8.", line)) from error
    return text, (Problem(str(path), f"{where}; it is read as Windows-1252", "Save it as UTF-8.", line),)


def _binary_reader(path: Path, raw: bytes, name: str | None) -> Reader | None:
    """The reader of a file that is no text, if one knows it."""
    if name is not None:
        return READERS[name] if name in READERS and READERS[name].binary else None
    binary = [reader for reader in READERS.values() if reader.binary]
    if sniffs.meant_as_word(path.name, raw):
        return READERS["docx"]  # which says what to do with a .doc, a PDF, a lock file
    if not raw.startswith(b"PK\x03\x04"):
        return None
    text = raw.decode("latin-1")
    return next((reader for reader in binary if reader.sniff(text)), None)


def _reader(path: Path, content: str, name: str | None) -> Reader:
    if name is not None:
        if name not in READERS:
            raise InputError(Problem(str(path), f'no format is called "{name}"', what_is_read()))
        return READERS[name]
    readers = [reader for reader in READERS.values() if not reader.binary]
    for reader in readers:
        if reader.sniff(content):
            return reader
    for reader in READERS.values():
        if path.suffix.lower() in reader.suffixes:
            if reader.binary:
                raise InputError(Problem(str(path), f"this is no {reader.what}: it is text, or damaged"))
            return reader
    if path == _PIPED:  # which has no suffix; what is no other format is text, and so Argdown
        return READERS["argdown"]
    raise InputError(Problem(str(path), f'no reader knows what "{path.name}" is', what_is_read()))


def what_is_read() -> str:
    """The formats that are read, as advice."""
    return "argmap reads: " + ", ".join(reader.what for reader in READERS.values()) + "."
