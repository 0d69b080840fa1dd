"""A .docx file as its XML parts: opened with care, for it may come from anybody.

Only parts inside the archive are read, by their exact names and through the zip's own index, so no path
leaves it; external relationships are never followed. XML that declares a document type is refused
before anything in it is expanded.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, cast
from xml.etree.ElementTree import Element, ParseError, XMLPullParser
from xml.parsers import expat

from graph.errors import InputError, Problem

_MAX_ENTRIES = 10_000
_MAX_PART = 400_000_000  # bytes of one part, unpacked; the largest real block file has 60 million
_MAX_RATIO = 300  # unpacked to packed; real files reach 40
_SMALL = 5_000_000  # below this no ratio is a bomb
_MAX_DEPTH = 200
_CHUNK = 1 << 16

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_SAVE_AS = "Open it in Word and save it as .docx, then load that file."


# What the zip reader raises on an archive whose index lies: places before its beginning, unknown methods.
_NO_ZIP = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, OSError)


class Package:
    """The parts of one .docx file."""

    def __init__(self, path: Path, content: bytes) -> None:
        self._path = path
        refuse_what_is_no_docx(path, content)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
            entries = self._zip.infolist()
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise self.problem(
                "it is not a whole .docx file", "Copy it again, or open it in Word and save it."
            ) from error
        if len(entries) > _MAX_ENTRIES:
            raise self.problem(f"it holds {len(entries):,} parts; a Word file has some dozens", _SAVE_AS)
        self._names = {entry.filename: entry for entry in entries}

    def problem(self, what: str, hint: str = "") -> InputError:
        """The error that says what is wrong with this file."""
        return InputError(Problem(str(self._path), what, hint))

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def open(self, name: str) -> IO[bytes]:
        """One part, unpacked as it is read. Raises InputError where it is missing or a bomb."""
        entry = self._names.get(name)
        if entry is None:
            raise self.problem(f"its part {name} is missing", _SAVE_AS)
        if entry.flag_bits & 0x1:
            raise self.problem("it is encrypted", "Open it in Word, take the password off, and save it.")
        big = entry.file_size > _MAX_PART
        if big or (entry.file_size > _SMALL and entry.file_size > _MAX_RATIO * max(entry.compress_size, 1)):
            raise self.problem(
                f"its part {name} would unpack to {entry.file_size / 1e6:,.0f} MB from "
                f"{entry.compress_size / 1e6:,.1f} MB: it is not read",
                "Split the file in Word, and load the pieces.",
            )
        return self._zip.open(entry)

    def root(self, name: str) -> Element:
        """The whole tree of a small part."""
        root: Element | None = None
        for _, element in self.events(name):
            root = element if root is None else root  # the first to start
        if root is None:
            raise self.problem(f"its part {name} is empty", _SAVE_AS)
        return root

    def events(self, name: str) -> Iterator[tuple[str, Element]]:
        """The starts and ends of a part's elements, as they are read."""
        parser: XMLPullParser[Any] = XMLPullParser(("start", "end"))
        depth = read = 0
        guard: _Prolog | None = _Prolog()
        try:
            with self.open(name) as part:
                while chunk := part.read(_CHUNK):
                    read += len(chunk)
                    if read > _MAX_PART:  # the zip's index may lie about sizes
                        raise self.problem(f"its part {name} is larger than it says", _SAVE_AS)
                    if guard is not None and guard.passed(chunk):
                        guard = None
                    parser.feed(chunk)
                    for event, element in _read(parser):
                        depth += 1 if event == "start" else -1
                        if depth > _MAX_DEPTH:
                            raise self.problem("its XML is nested too deeply to be a Word file's", _SAVE_AS)
                        yield event, element
                parser.close()
                yield from _read(parser)  # what the parser held back until the end
        except _Doctype as error:
            raise self.problem(
                f"its part {name} declares a document type, which no Word file does", _SAVE_AS
            ) from error
        except (ParseError, expat.ExpatError, LookupError, *_NO_ZIP) as error:
            raise self.problem(
                f"its part {name} is damaged ({error})", "Copy it again, or repair it in Word."
            ) from error


def _read(parser: XMLPullParser[Any]) -> Iterator[tuple[str, Element]]:
    return cast("Iterator[tuple[str, Element]]", parser.read_events())


class _Doctype(Exception):
    pass


class _Prolog:
    """Looks at what stands before the root element: the only place for a document type and entities."""

    def __init__(self) -> None:
        self._parser = expat.ParserCreate()
        self._parser.StartDoctypeDeclHandler = self._refuse
        self._parser.StartElementHandler = self._done
        self._root = False

    def passed(self, chunk: bytes) -> bool:
        """Whether the root has begun; raises where a document type is declared before."""
        self._parser.Parse(chunk, False)
        return self._root

    def _refuse(self, *_: object) -> None:
        raise _Doctype

    def _done(self, *_: object) -> None:
        self._root = True
        self._parser.StartElementHandler = None


def refuse_what_is_no_docx(path: Path, content: bytes) -> None:
    """Raise InputError that says what to do, for what is often given in place of a .docx file."""
    name = path.name
    what = hint = ""
    if name.startswith("~$"):
        what, hint = (
            "this is Word's lock file, not a document",
            f"Load {name[2:]!r} and close it in Word first.",
        )
    elif name.startswith("._"):
        what, hint = "this is a Mac's note about a file, not the file", f"Load {name[2:]!r} instead."
    elif content.startswith(_OLE):
        if path.suffix.lower() == ".doc":
            what, hint = "this is a Word file of before 2007 (.doc)", _SAVE_AS
        else:
            what, hint = "it is encrypted", "Open it in Word, take the password off, and save it."
    elif content.startswith(b"%PDF"):
        what, hint = "this is a PDF: it has no tags and cites to read", "Ask for the Word file (.docx) of it."
    elif content.startswith(b"{\\rtf"):
        what, hint = "this is a Rich Text file", _SAVE_AS
    elif not content:
        what, hint = "this file is empty", "Copy it again."
    if what:
        raise InputError(Problem(str(path), what, hint))
