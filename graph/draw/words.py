"""The words the pictures say of their own, by name: the one table to translate."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def words() -> Mapping[str, str]:
    """Every such word."""
    table: Mapping[str, str] = json.loads((files("graph.draw") / "words.json").read_text(encoding="utf-8"))
    return table


def say(name: str, **values: object) -> str:
    """The word of this name with its blanks filled in; numbers as people write them."""
    shown = {key: f"{value:,}" if isinstance(value, int) else value for key, value in values.items()}
    return words()[name].format(**shown)


def say_if_known(name: str) -> str:
    """The word of this name, "" where there is none."""
    return words().get(name, "")
