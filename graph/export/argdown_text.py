"""How texts, titles and data are typed in Argdown so that they are read back as they were."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

from graph.export.argdown_shortcodes import CODE, SHORTCODES

# Characters that can begin markup anywhere in a text.
_MARKUP = re.compile(r"[\\{\[<@#*_]|/(?=[/*])|--+")
_ESCAPED_OR_CODE = re.compile(r"\\.|" + CODE.pattern)
_PLAIN = re.compile(r"[A-Za-z¶][\w ¶–.'’-]*")
_YAML_WORDS = frozenset(["true", "false", "null", "yes", "no", "on", "off", "y", "n"])
_PRINTABLE = re.compile("[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")


_LONGEST = 300  # characters in brackets; readers take no more than 500


def escaped(text: str) -> str:
    """A text without line breaks, so that no character of it is read as markup."""
    typed = _MARKUP.sub(lambda match: "".join("\\" + c for c in match.group()), text)
    parts: list[str] = []
    at = 0
    while match := _ESCAPED_OR_CODE.search(typed, at):
        piece = match.group()
        parts.append(typed[at : match.start()])
        at = match.end()
        if piece[0] != "\\" and (piece in SHORTCODES or "\\" in piece):
            # A short code is taken whole, with the backslashes inside it.
            parts.append("\\" + piece[0])
            at = match.start() + 1
        else:
            parts.append(piece)
    return "".join(parts) + typed[at:]


def folded(text: str) -> str:
    """The text as Argdown gives it back: every run of white space one space."""
    return " ".join(re.split(r"[ \t\n]+", text.strip(" \t\n")))


def fits(text: str) -> bool:
    """Whether a text comes back from Argdown as it is; other texts stand in the data."""
    return folded(text) == text and not re.search("[\0\r\v\f\x1c-\x1e\x85\u2028\u2029]", text)


def is_title(title: str, argument: bool) -> bool:
    """Whether a title can stand in brackets as it is."""
    return (
        0 < len(title) <= _LONGEST
        and fits(title)
        and not re.search(r"[\]{}\\@]|//|/\*|<!--" + ("|[<>]" if argument else r"|\["), title)
        and not title.startswith(("-", "+", "_", ">", "<"))
    )


def is_rule(name: str) -> bool:
    """Whether a rule's name can stand in the line of a step."""
    return bool(name) and fits(name) and not re.search(r"[,{}\\\[\]<>@#*_/:.]|--", name)


def flow(value: object) -> str:
    """A value as YAML in one line."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_string(str(key))}: {flow(held)}" for key, held in value.items()) + "}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(flow(held) for held in value) + "]"
    return _string(str(value))


def _number(value: float) -> str:
    # YAML reads 1e-07 as a word; it wants a point and a sign.
    text = repr(value)
    if "e" in text and "." not in text:
        text = text.replace("e", ".0e")
    return {"inf": ".inf", "-inf": "-.inf", "nan": ".nan"}.get(text, text)


def _string(text: str) -> str:
    plain = _PLAIN.fullmatch(text) and not text.endswith(" ") and text.casefold() not in _YAML_WORDS
    if plain and " -" not in text:
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return _PRINTABLE.sub(lambda match: f"\\U{ord(match.group()):08x}", quoted)
