"""The text of a map: files joined by `@include`, comments blanked, and where each character is from."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from dataclasses import dataclass, field
from pathlib import Path

from graph.errors import Problem
from ingest.argdown.braces import Braces
from ingest.argdown.shortcodes import SHORTCODES

_INCLUDE = re.compile(r"[ \t]*@include\(([^)\n]*)\)[ \t]*$")
BLANKED = "\0"  # stands where a comment was; no input may hold it


@dataclass(slots=True)
class Text:
    """One joined text. Offsets into `chars` are what the parser passes round."""

    chars: str = ""
    starts: list[int] = field(default_factory=list)  # offset of each line
    places: list[tuple[str, int]] = field(default_factory=list)  # file and line number of each line
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
        if not self.starts:
            return Problem("", what, hint)
        index = max(bisect_right(self.starts, offset) - 1, 0)
        file, line = self.places[index]
        return Problem(file, what, hint, line, offset - self.starts[index] + 1)


def joined(path: Path, content: str) -> Text:
    """The text of the file at `path` with everything it includes, comments blanked."""
    text = Text()
    digest = hashlib.sha256(content.encode("utf-8", "surrogatepass"))
    lines: list[str] = []
    root = path.resolve().parent
    # A stack of open files instead of recursion: a chain of includes may be long.
    stack: list[tuple[Path, str, list[str], int]] = [(path.resolve(), str(path), _lines(content), 0)]
    if not content:
        text.sha256 = digest.hexdigest()
        return text
    while stack:
        real, shown, source, index = stack.pop()
        while index < len(source):
            line = source[index]
            index += 1
            match = _INCLUDE.match(line)
            if not match:
                lines.append(line)
                text.places.append((shown, index))
                continue
            name = match.group(1).strip()
            problem = None
            target = (real.parent / name).resolve()
            if not target.is_relative_to(root):
                problem = Problem(
                    shown,
                    f'"{name}" lies outside the folder of {path.name}',
                    "Include only files in that folder or below it.",
                    index,
                    match.start(1) + 1,
                )
            elif target == real or any(target == open_file[0] for open_file in stack):
                problem = Problem(
                    shown,
                    f'"{name}" includes itself',
                    "Take out one of the @include lines.",
                    index,
                    match.start(1) + 1,
                )
            else:
                try:
                    raw = target.read_bytes()
                    included = raw.decode("utf-8-sig")
                except (OSError, UnicodeDecodeError) as error:
                    reason = (
                        "is not UTF-8 text" if isinstance(error, UnicodeDecodeError) else "cannot be read"
                    )
                    problem = Problem(
                        shown,
                        f'the included file "{name}" {reason}',
                        "Check the name; it is relative to the file that includes it.",
                        index,
                        match.start(1) + 1,
                    )
                else:
                    digest.update(raw)
                    stack.append((real, shown, source, index))
                    real, source, index = target, _lines(included), 0
                    shown = str(Path(shown).parent / name)
                    continue
            text.problems.append(problem)
            lines.append("")
            text.places.append((shown, index))
    text.sha256 = digest.hexdigest()
    offset = 0
    for line in lines:
        text.starts.append(offset)
        offset += len(line) + 1
    text.chars = "\n".join(lines)
    return text


def _lines(content: str) -> list[str]:
    """Lines as Argdown counts them; other signs that Unicode breaks lines at are text."""
    lines = re.split("\r\n|\n|\r", content)
    return lines if lines[-1] else lines[:-1]
