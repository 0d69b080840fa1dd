"""Versions of what a store holds: older ones are read as today's, newer ones are refused."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from graph.errors import StoreError
from graph.store.rows import Row

SCHEMA = 2
"""The version that this argmap writes; it stands on every Map node."""


def migrated(row: Row) -> Row:
    """The properties of a Map node as today's argmap keeps them; raises StoreError for newer ones.

    Its `schema` stays as it is in the store, so that the next write brings the node up to date.
    """
    held = int(row.get("schema") or 1)
    if held > SCHEMA:
        raise StoreError(
            f'The map "{row.get("id")}" was written by a newer argmap '
            f"(schema {held}; this one knows {SCHEMA}).\n"
            "  Upgrade: `pip install --upgrade argmap`. Nothing was touched."
        )
    for version in range(held, SCHEMA):
        row = MIGRATIONS[version](row)
    return row


def _first_log(row: Row) -> Row:
    """Schema 1 knew only the last load."""
    entry = {"at": row.get("loaded_at") or "", "by": row.get("loaded_by") or "", "what": "loaded"}
    return {**row, "log": [json.dumps({**entry, "version": int(row.get("version") or 1)})]}


MIGRATIONS: Mapping[int, Callable[[Row], Row]] = {1: _first_log}
"""What brings a Map node from one version to the next."""
