"""A JSON file as plain values, and its problems by their JSON path: nothing else is ever raised."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NoReturn

from graph.errors import InputError, Problem


class JsonFile:
    """The values of one JSON file, with the problems and warnings that a reader finds in them."""

    def __init__(self, path: Path, content: str) -> None:
        self.file = str(path)
        self.problems: list[Problem] = []
        self.warnings: list[Problem] = []
        self.root: Any = self._parsed(content)

    def problem(self, where: str, what: str, hint: str = "") -> None:
        """Note an error; `done` raises it with the others."""
        self.problems.append(Problem(self.file, what, hint, path=where))

    def warn(self, where: str, what: str, hint: str = "") -> None:
        """Note what a reader should know and that does not hinder reading."""
        self.warnings.append(Problem(self.file, what, hint, path=where))

    def done(self) -> None:
        """Raise InputError if there was a problem."""
        if self.problems:
            raise InputError(self.problems)

    def refuse(self, what: str, hint: str = "", where: str = "") -> NoReturn:
        """Raise InputError at once: there is nothing to go on with."""
        raise InputError([*self.problems, Problem(self.file, what, hint, path=where)])

    def mapping(self, value: object, where: str) -> dict[str, Any]:
        """The object that `value` is; {} for null, and for what is none, which is a problem."""
        if isinstance(value, dict):
            return value
        if value is not None:
            self.problem(where, f"this has to be an object, and is {_kind(value)}")
        return {}

    def rows(self, value: object, where: str) -> Iterator[tuple[str, dict[str, Any]]]:
        """Each object of a list with its path; null is an empty list."""
        if value is None:
            return
        if not isinstance(value, list):
            self.problem(where, f"this has to be a list, and is {_kind(value)}")
            return
        for number, row in enumerate(value):
            if isinstance(row, dict):
                yield f"{where}[{number}]", row
            else:
                self.problem(f"{where}[{number}]", f"this has to be an object, and is {_kind(row)}")

    def numbered(self, value: object, where: str) -> Iterable[tuple[int, dict[str, Any]]]:
        """Each object of a list with its number, as `rows` but for the path, which takes time to spell."""
        if isinstance(value, list) and set(map(type, value)) <= {dict}:
            return enumerate(value)
        rows = ((place[len(where) + 1 : -1], row) for place, row in self.rows(value, where))
        return [(int(number), row) for number, row in rows]

    def key(self, value: object, where: str) -> str:
        """An id, which may be text or a number; "" for what is none, which is a problem."""
        if isinstance(value, str) and value:
            return value
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return str(value)
        self.problem(where, f"an id has to be text or a number, and this is {_kind(value)}")
        return ""

    def text(self, value: object, where: str) -> str:
        """Text as it stands, a number as its digits, null as ""; anything else is a problem."""
        if isinstance(value, str):
            return value
        if value is None:
            return ""
        if isinstance(value, (int, float)):
            return str(value)
        self.problem(where, f"this has to be text, and is {_kind(value)}")
        return ""

    def _parsed(self, content: str) -> Any:
        if not content or content.isspace():
            raise InputError(Problem(self.file, "the file is empty"))
        try:
            try:
                value = _STRICT.decode(content)
            except _DoubledKeyError:
                value = self._parsed_with_doubles(content)
        except json.JSONDecodeError as error:
            hint = "The file ends too early: is it whole?" if error.pos >= len(content.rstrip()) else ""
            problem = Problem(self.file, f"this is not JSON: {error.msg}", hint, error.lineno, error.colno)
            raise InputError(problem) from error
        except RecursionError as error:
            raise InputError(Problem(self.file, "lists and objects are nested too deeply")) from error
        except ValueError as error:  # a number of thousands of digits, NaN
            raise InputError(Problem(self.file, f"this is not JSON: {error}")) from error
        self.done()
        return value

    def _parsed_with_doubles(self, content: str) -> Any:
        """The values of a file in which an object has a key twice, which is a problem each time."""

        def mapping(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
            made = dict(pairs)
            if len(made) != len(pairs):
                counts = Counter(name for name, _ in pairs)
                name = next(name for name, count in counts.items() if count > 1)
                self.problem(name, f'one object has the key "{name}" twice', "Leave one of them out.")
            return made

        return json.loads(content, object_pairs_hook=mapping, parse_constant=_no_number)


class _DoubledKeyError(Exception):
    """An object has a key twice."""


def _mapping(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise _DoubledKeyError
    return made


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number of JSON")


_STRICT = json.JSONDecoder(object_pairs_hook=_mapping, parse_constant=_no_number)


def _kind(value: object) -> str:
    match value:
        case None:
            return "missing"
        case bool():
            return "true or false"
        case str():
            return "text"
        case int() | float():
            return "a number"
        case list():
            return "a list"
        case _:
            return "an object"
