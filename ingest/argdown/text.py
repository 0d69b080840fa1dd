"""The text of a map: files joined by `@include`, comments blanked, and where each character is from."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path

from graph.errors import Problem
from graph.export.argdown_shortcodes import SHORTCODES
from ingest.argdown.braces import Braces

_INCLUDE = re.compile(r"[ \t]*@include\(([^)\n]*)\)[ \t]*$")
_BREAK = re.compile("\r\n|\n|\r")
_RULED = re.compile(r"={3,}[ \t]*$")
_MOST_INCLUDED = 1000  # two files that include two files that include two … soon are many
BLANKED = "\0"  # stands where a comment was; no input may hold it


@dataclass(slots=True)
class Text:
    """One joined text. Offsets into `chars` are what the parser passes round."""

    chars: str = ""
    starts: list[int] = field(default_factory=list)  # offset of each line
    places: list[tuple[str, int]] = field(default_factory=list)  # file and line number of each line
    alone: tuple[str, str] | None = None  # name and text of a file whose lines nobody has asked for yet
    sha256: str = ""
    signs: dict[str, str] = field(default_factory=lambda: dict(SHORTCODES))  # by their short codes
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    front: dict[str, int] = field(default_factory=dict)  # offset of each key of the frontmatter
    front_failed: bool = False  # then nothing can be looked up in it
    _braces: Braces | None = None

    def closing_brace(self, at: int, stop: int | None = None) -> int | None:
        """The offset of the brace that closes the one at `at`, before `stop`; None without one."""
        if self._braces is None or self._braces.chars is not self.chars:
            self._braces = Braces(self.chars)
        found = self._braces.closing(at)
        return found if found is None or stop is None or found < stop else None

    def problem(self, offset: int, what: str, hint: str = "") -> None:
        """Note something wrong at an offset."""
        self.problems.append(self.at(offset, what, hint))

    def warn(self, offset: int, what: str, hint: str = "") -> None:
        """Note something odd at an offset that can be read all the same."""
        self.warnings.append(self.at(offset, what, hint))

    def at(self, offset: int, what: str, hint: str = "") -> Problem:
        """A problem at an offset, as file, line and column."""
        self._find_lines()
        if not self.starts:
            return Problem("", what, hint)
        index = max(bisect_right(self.starts, offset) - 1, 0)
        file, line = self.places[index]
        return Problem(file, what, hint, line, offset - self.starts[index] + 1)

    def files(self) -> list[str]:
        """The names of the files that are joined, in the order in which each begins."""
        self._find_lines()
        return list(dict.fromkeys(file for file, _ in self.places))

    def _find_lines(self) -> None:
        """Where each line begins; most texts are never asked."""
        if self.alone is None:
            return
        (file, chars), self.alone = self.alone, None
        lengths = (len(line) + 1 for line in chars.split("\n"))
        self.starts = list(accumulate(lengths, initial=0))[:-1]
        self.places = [(file, number) for number in range(1, len(self.starts) + 1)]


def joined(path: Path, content: str) -> Text:
    """The text of the file at `path` with everything it includes; what cannot be included is noted."""
    text = Text()
    digest = hashlib.sha256(content.encode("utf-8", "surrogatepass"))
    if "@include(" not in content:
        text.sha256 = digest.hexdigest()
        text.chars = (_BREAK.sub("\n", content) if "\r" in content else content).removesuffix("\n")
        text.alone = str(path), text.chars
        return text
    lines: list[str] = []
    # A stack of open files instead of recursion: a chain of includes may be long.
    opened = [_Open(path.resolve(), str(path), _lines(content))]
    included = 0
    while opened:
        file = opened[-1]
        if file.next == len(file.lines):
            opened.pop()
            continue
        line = file.lines[file.next]
        file.next += 1
        match = _INCLUDE.match(line)
        if match:
            included += 1
            name = match.group(1).strip()
            try:
                opened.append(_include(name, opened, included))
                raw = opened[-1].raw
                digest.update(b"%d\0" % len(raw))  # what moves from one file to the next is a change
                digest.update(raw)
                text.problems += _without_frontmatter(opened[-1], path.name)
                continue
            except _NotIncluded as reason:
                text.problems.append(
                    Problem(file.shown, reason.what, reason.hint, file.next, match.start(1) + 1)
                )
                line = ""
        lines.append(line)
        text.places.append((file.shown, file.next))
    text.sha256 = digest.hexdigest()
    offset = 0
    for line in lines:
        text.starts.append(offset)
        offset += len(line) + 1
    text.chars = "\n".join(lines)
    return text


@dataclass(slots=True)
class _Open:
    """A file of which lines are still to be taken."""

    real: Path
    shown: str
    lines: list[str]
    raw: bytes = b""
    next: int = 0


class _NotIncluded(Exception):  # never leaves this file
    def __init__(self, what: str, hint: str) -> None:
        self.what, self.hint = what, hint


def _include(name: str, opened: list[_Open], count: int) -> _Open:
    """The file that the innermost open file includes by this name. Raises _NotIncluded."""
    first, last = opened[0], opened[-1]
    try:
        target = (last.real.parent / name).resolve()
    except (OSError, ValueError, RuntimeError) as error:
        raise _NotIncluded(f'"{name}" is no name of a file', "Name a file beside this one.") from error
    if not target.is_relative_to(first.real.parent):
        raise _NotIncluded(
            f'"{name}" lies outside the folder of {first.real.name}',
            "Include only files in that folder or below it.",
        )
    if any(target == file.real for file in opened):
        raise _NotIncluded(f'"{name}" includes itself', "Take out one of the @include lines.")
    if count > _MOST_INCLUDED:
        raise _NotIncluded(
            f"more than {_MOST_INCLUDED:,} files are included",
            "Check whether files include each other twice.",
        )
    try:
        raw = target.read_bytes()
        content = raw.decode("utf-8-sig")
    except FileNotFoundError as error:
        hint = "The name is relative to the file that includes it."
        raise _NotIncluded(f'there is no file "{name}"', hint) from error
    except UnicodeDecodeError as error:
        raise _NotIncluded(f'"{name}" is not text in UTF-8', "Save it as UTF-8.") from error
    except OSError as error:
        raise _NotIncluded(f'"{name}" cannot be read: {error.strerror}', "Name a file of text.") from error
    if BLANKED in content:
        raise _NotIncluded(f'"{name}" is not a text file', "Name a file of text.")
    return _Open(target, str(Path(last.shown).parent / name), _lines(content), raw)


def _without_frontmatter(file: _Open, joining: str) -> list[Problem]:
    """Blank the frontmatter of an included file, which only the joining file may have."""
    first = next((n for n, line in enumerate(file.lines) if line.strip()), None)
    if first is None or not _RULED.match(file.lines[first]):
        return []
    last = next((n for n in range(first + 1, len(file.lines)) if _RULED.match(file.lines[n])), first)
    file.lines[first : last + 1] = [""] * (last + 1 - first)
    what = "frontmatter in a file that is included"
    return [Problem(file.shown, what, f"Move it to the top of {joining}.", first + 1, 1)]


def _lines(content: str) -> list[str]:
    """Lines as Argdown counts them; other signs that Unicode breaks lines at are text."""
    lines = _BREAK.split(content)
    return lines if lines[-1] else lines[:-1]
