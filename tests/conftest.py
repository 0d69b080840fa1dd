"""What all tests share: reading a map that is written in the test."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from graph.model import ArgumentMap


@pytest.fixture
def read_map(tmp_path: Path) -> Callable[[str], ArgumentMap]:
    """Reads the Argdown written in a test: `read_map(text)` gives the map `map`."""

    def written(text: str) -> ArgumentMap:
        from ingest.reading import read

        path = tmp_path / "map.argdown"
        path.write_text(textwrap.dedent(text), encoding="utf-8")
        return read(path)

    return written
