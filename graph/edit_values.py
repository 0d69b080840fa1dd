"""What a user may set on an item, and how a value is typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from graph.errors import EditError
from graph.model import Evidence, Inference, Item, Rebuttal, Side, Source, Statement
from graph.wording import listed, nearest

_TRUE, _FALSE = ("true", "yes", "1"), ("false", "no", "0")


def _side(text: str) -> object:
    return Side(text.casefold()).value


def _truth(text: str) -> object:
    if text.casefold() in _TRUE:
        return True
    if text.casefold() in _FALSE:
        return False
    raise ValueError


def _weight(text: str) -> object:
    weight = float(text)
    if not 0 <= weight <= 1:
        raise ValueError
    return weight


def _text(text: str) -> object:
    if not text.strip():
        raise ValueError
    return text


PARSERS: Mapping[str, tuple[Callable[[str], object], str]] = {
    "side": (_side, "pro, con, both or unknown"),
    "granted": (_truth, "true or false"),
    "turn": (_truth, "true or false"),
    "strict": (_truth, "true or false"),
    "strength": (_weight, "a number from 0 to 1"),
}
ANY_TEXT = (_text, "a word")
_STATEMENT = ("side", "granted", "strength", "kind", "speech", "team")
_OWN: tuple[tuple[type[Item], tuple[str, ...]], ...] = (
    (Rebuttal, (*_STATEMENT, "turn")),
    (Statement, _STATEMENT),
    (Evidence, ("side", "strength", "kind", "speech")),
    (Inference, ("scheme", "strict")),
    (Source, ("publisher", "qualifications", "url", "accessed")),
)
FIELDS: tuple[str, ...] = tuple(dict.fromkeys(name for _, names in _OWN for name in names))
"""Every field that can be set, on one kind of item or another."""


def settable(item: Item) -> tuple[str, ...]:
    """The fields of an item that a user may set."""
    return next((names for cls, names in _OWN if isinstance(item, cls)), ())


def value_of(name: str, text: str) -> object:
    """The value that `text` says for a field. Raises EditError, which says what may stand there."""
    if name not in FIELDS:
        near = nearest(name, FIELDS)
        hint = f"Did you mean {listed(near)}?" if near else f"These can be set: {listed(FIELDS, 'and')}."
        raise EditError(f'nothing is called "{name}" that can be set\n  {hint}')
    parse, wanted = PARSERS.get(name, ANY_TEXT)
    try:
        return parse(text)
    except ValueError as error:
        raise EditError(f"{name}={text}: {name} is {wanted}\n  For example: {_example(name)}") from error


def _example(name: str) -> str:
    values = {"side": "con", "strength": "0.7", "kind": "link", "speech": "1AC"}
    return f"{name}={values.get(name, 'true' if name in PARSERS else 'WORD')}"
