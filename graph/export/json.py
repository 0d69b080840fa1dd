"""A map as argmap's own JSON: lossless and versioned (docs/json.md, docs/argmap.schema.json)."""

from __future__ import annotations

import json

from graph.model import ArgumentMap
from graph.records import item_record, link_record, map_record

VERSION = 1


def to_json(argmap: ArgumentMap) -> str:
    """The map as JSON text, one item or link a line, so that two versions can be compared."""
    # Where the file lies on its author's machine is nobody's business who gets the export.
    head = {name: value for name, value in map_record(argmap).items() if name != "file"}
    lines = [
        "{",
        f'"argmap": {VERSION},',
        f'"map": {_text(head)},',
        '"items": [',
        ",\n".join(_text({"label": item.label.value, **item_record(item)}) for item in argmap.items),
        "],",
        '"links": [',
        ",\n".join(_text(link_record(link)) for link in argmap.links),
        "]",
        "}",
    ]
    return "\n".join(line for line in lines if line) + "\n"


def _text(record: object) -> str:
    return json.dumps(record, ensure_ascii=False)
