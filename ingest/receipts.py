"""How a file was read, kept with its map: by it, a load knows without reading that nothing has changed."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from graph.errors import InputError
from graph.outline import counted
from ingest.reading import READERS, STANDARD_INPUT, Reading, text_of

_INCLUDES = "@include("
_LONGEST = 50_000  # characters of warnings; who has more is told them by reading again


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was asked for, and what was told of it."""

    reader: str  # which argmap read it
    format: str  # as asked for, "" where the file says it
    map_id: str  # as asked for, "" where the file says it
    content: str  # a hash of the file, and of what it includes
    counted: str = ""
    warnings: tuple[str, ...] = ()

    def text(self) -> str:
        """As the store keeps it."""
        return json.dumps(asdict(self), ensure_ascii=False)

    def is_of(self, asked: Receipt) -> bool:
        """Whether the same was asked, of the same file."""
        return replace(self, counted="", warnings=()) == asked


def asked(path: Path, format_name: str | None, map_id: str | None) -> Receipt | None:
    """What is asked for when a file is to be read; None where its content cannot be known beforehand."""
    if path == STANDARD_INPUT:
        return None
    try:
        content = _hash(path, format_name)
    except (OSError, InputError):
        return None  # whoever reads it says why
    return Receipt(_reader(), format_name or "", map_id or "", content) if content else None


def received(before: Receipt | None, path: Path, reading: Reading) -> Receipt | None:
    """What is to be kept with the map; None where the file may have changed while it was read."""
    if before is None or before != asked(path, before.format, before.map_id):
        return None
    warnings = tuple(map(str, reading.warnings))
    if sum(map(len, warnings)) > _LONGEST:
        return None
    return replace(before, counted=counted(reading.argmap), warnings=warnings)


def kept(text: str) -> Receipt | None:
    """What a store has kept; None where it is none of ours."""
    try:
        held = json.loads(text)
        return Receipt(**{**held, "warnings": tuple(map(str, held["warnings"]))})
    except (ValueError, TypeError, KeyError):
        return None


def _hash(path: Path, format_name: str | None) -> str:
    """A hash of all that is read when this file is; "" where that cannot be said."""
    argdown = READERS["argdown"]
    if format_name == argdown.name or path.suffix.lower() in argdown.suffixes:
        raw = path.read_bytes()
        content = text_of(path, raw)
        if _INCLUDES in content:
            from ingest.argdown.text import joined

            text = joined(path, content)
            return "" if text.problems else text.sha256
        return hashlib.sha256(raw).hexdigest()
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@cache
def _reader() -> str:
    """Which argmap this is: its version, and when its sources changed, for who works on them."""
    try:
        number = version("argmap")
    except PackageNotFoundError:
        number = ""
    root = Path(__file__).resolve().parent.parent
    sources = (path for package in ("graph", "ingest") for path in (root / package).rglob("*.py"))
    changed = max((path.stat().st_mtime_ns for path in sources), default=0)
    return f"{number} {changed}"
