"""The texts of sources at hand: plain text, HTML, PDF and Word files of a folder."""

from __future__ import annotations

import hashlib
import io
import zlib
from collections.abc import Callable, Mapping
from html.parser import HTMLParser
from pathlib import Path

from graph.errors import InputError, Problem
from graph.verify.checking import SourceText

_MAX_BYTES = 60_000_000
_BLOCKS = frozenset(
    {"p", "div", "br", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "table", "blockquote"}
    | {"section", "article", "header", "footer", "pre", "figcaption", "dd", "dt"}
)
_SILENT = frozenset({"script", "style", "noscript", "template", "head", "svg"})


def read_sources(folder: Path) -> tuple[list[SourceText], list[Problem]]:
    """The texts of all files in a folder and its subfolders, by name; and which could not be read.

    Raises InputError where there is no such folder.
    """
    if not folder.exists():
        raise InputError(
            Problem(str(folder), "there is no such folder", "Name the folder that holds the articles.")
        )
    files = sorted(path for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else [folder]
    texts: list[SourceText] = []
    problems: list[Problem] = []
    for path in files:
        if path.name.startswith((".", "~$")) or path.suffix.lower() not in _READERS:
            continue
        try:
            texts.append(_read(path, folder))
        except InputError as error:
            problems.extend(error.problems)
    return texts, problems


def _read(path: Path, folder: Path) -> SourceText:
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise _unread(path, "it is larger than 60 MB", "Save the article alone as text.")
        content = path.read_bytes()
    except OSError as error:
        raise _unread(path, f"cannot be read: {error.strerror}", "Look at its permissions.") from error
    text = _READERS[path.suffix.lower()](path, content)
    if not text.strip():
        raise _unread(path, "it holds no text", "If it is a picture, save the article's text beside it.")
    name = str(path.relative_to(folder)) if path != folder else path.name
    return SourceText(name, text, hashlib.sha256(content).hexdigest())


def _unread(path: Path, what: str, hint: str) -> InputError:
    return InputError(Problem(str(path), what, hint))


def _plain(path: Path, content: bytes) -> str:
    for encoding in (
        "utf-8-sig",
        "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8",
        "cp1252",
    ):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in _SILENT
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._silent = max(0, self._silent - (tag in _SILENT))
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(" ".join(data.split(" ")).replace("\n", " "))


def _html(path: Path, content: bytes) -> str:
    parser = _Text()
    parser.feed(_plain(path, content))
    parser.close()
    return "".join(parser.parts)


def _pdf(path: Path, content: bytes) -> str:
    import logging

    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it tells of every oddity of a file
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise _unread(path, "this PDF is encrypted", "Save it without its password, or as text.")
        text = "\n".join(page.extract_text() for page in reader.pages)
    except (
        PyPdfError, ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError, OSError,
        NotImplementedError, AssertionError, zlib.error, MemoryError, ImportError,
    ) as error:  # fmt: skip
        raise _unread(path, "this PDF is damaged", "Open it, and save it anew or as text.") from error
    if not text.strip():
        raise _unread(path, "this PDF is a picture: it holds no text", "Save the article's text beside it.")
    return text


def _docx(path: Path, content: bytes) -> str:
    from ingest.verbatim.package import Package
    from ingest.verbatim.paragraphs import read_text

    return "\n".join(paragraph.text for paragraph in read_text(Package(path, content)).paragraphs)


_READERS: Mapping[str, Callable[[Path, bytes], str]] = {
    ".txt": _plain,
    ".text": _plain,
    ".md": _plain,
    ".html": _html,
    ".htm": _html,
    ".xhtml": _html,
    ".pdf": _pdf,
    ".docx": _docx,
}
