"""Which brace closes which, each found once however often it is asked for."""

from __future__ import annotations

import re

_TOKEN = re.compile(r"[{}\"']")
_ENDS = {'"': re.compile(r'(?:\\.|[^"\\])*"', re.DOTALL), "'": re.compile(r"[^']*'")}


class Braces:
    """The pairs of braces of one text."""

    def __init__(self, chars: str) -> None:
        self.chars = chars
        self._closing: dict[int, int | None] = {}

    def closing(self, at: int) -> int | None:
        """The offset of the brace that closes the one at `at`; braces inside quotes do not count."""
        if at not in self._closing:
            self._pair_from(at)
        return self._closing[at]

    def _pair_from(self, at: int) -> None:
        """Pair all braces from `at` to the one that closes it, or to the end of the text."""
        chars = self.chars
        opened = [at]
        index = at + 1
        while opened and (match := _TOKEN.search(chars, index)):
            place = match.start()
            index = place + 1
            token = match.group()
            if token == "{":
                opened.append(place)
            elif token == "}":
                self._closing[opened.pop()] = place
            elif self._begins_value(place):
                quoted = _ENDS[token].match(chars, index)
                if quoted is None:
                    break
                index = quoted.end()
        # What is open at the end of the text stays open, from wherever one looks.
        self._closing.update(dict.fromkeys(opened))

    def _begins_value(self, place: int) -> bool:
        """Whether a quote opens a value; an apostrophe in the middle of one does not."""
        before = place - 1
        while before >= 0 and self.chars[before].isspace():
            before -= 1
        return before >= 0 and self.chars[before] in "{[:,-"
