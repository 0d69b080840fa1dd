"""A map as argmap's own JSON: lossless and versioned (docs/json.md, docs/argmap.schema.json)."""

from __future__ import annotations

import json
import math
import re
from typing import Any

from graph.model import ArgumentMap
from graph.records import item_record, link_record, map_record

VERSION = 1
_OF_THE_READING = ("file", "sha256")  # whose disk it was read from is nobody else's business
_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False)
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def to_json(argmap: ArgumentMap) -> str:
    """The map as JSON text, one item or link a line, so that two versions can be compared."""
    about = {name: held for name, held in map_record(argmap).items() if name not in _OF_THE_READING}
    items = _lines([{"label": item.label.value} | item_record(item) for item in argmap.items], "label")
    links = _lines([link_record(link) for link in argmap.links], "kind")
    lines = [
        "{",
        f'"argmap": {VERSION},',
        f'"map": {_line(about)},',
        '"items": [',
        items,
        "],",
        '"links": [',
        links,
        "]",
        "}",
    ]
    text = "\n".join(line for line in lines if line) + "\n"
    # Half a surrogate pair, as broken files hold, cannot be written as UTF-8; as an escape it can.
    return _LONE_SURROGATE.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


def _lines(records: list[dict[str, Any]], first: str) -> str:
    """A line for each record; written at once, which takes half the time.

    Unescaped, the quotes that are broken at stand in no text. A list of the extras may be broken too.
    """
    return _line(records)[1:-1].replace(f'}}, {{"{first}": ', f'}},\n{{"{first}": ')


def _line(record: Any) -> str:
    try:
        return _ENCODER.encode(record)
    except ValueError:
        return _ENCODER.encode(_finite(record))


def _finite(value: Any) -> Any:
    """The value with null for what is no number in JSON."""
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, dict):
        return {key: _finite(held) for key, held in value.items()}
    return [_finite(held) for held in value] if isinstance(value, (list, tuple)) else value
