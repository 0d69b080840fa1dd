"""Whatever becomes of a file, its reader reads it or says what is wrong: it raises nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from formats import FIXTURES
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.check import check
from graph.errors import InputError
from graph.export.writing import WRITERS
from ingest.reading import read_bytes

FORMATS = {
    "aif": "aif/tea.json",
    "xaif": "xaif/malformed.json",
    "ova": "ova/conflict.json",
    "carneades": "carneades/issue.yml",
    "kialo": "kialo/tea.txt",
    "arguebuf": "arguebuf/linked.json",
    "sadface": "sadface/numbers.json",
    "apx": "iccma/three.apx",
    "tgf": "iccma/three.tgf",
    "af": "iccma/three.af",
    "aba": "iccma/five.aba",
    "argsme": "argsme/debates.json",
    "arggraph": "arggraph/tea.xml",
    "lkif": "lkif/tea.xml",
    "caf": "caf/tea.xml",
    "brat": "brat/tea.ann",
}
PIECES = (
    b"", b"\n", b"\r\n", b"\r", b"\t", b" ", b"\0", b"\xff", b"\xe2\x80\xa8", b'"', b"{", b"}", b"[", b"]",
    b"(", b")", b"<", b">", b"&x;", b"<!DOCTYPE a>", b"null", b"7", b"-1", b"99999999999999999999", b"1e999",
    b"NaN", b"\\ud800", b"#", b"%", b"-> See 1.1.", b"1.1. Pro: ", b"a1", b"T1",
)  # fmt: skip

mutations = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 60), st.sampled_from(PIECES)), min_size=1, max_size=6
)


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=40)
@given(changes=mutations, end=st.floats(0.2, 4))
def test_a_damaged_file_is_read_or_refused(name, changes, end):
    content = (FIXTURES / FORMATS[name]).read_bytes()
    for place, length, piece in changes:
        start = int(place * len(content))
        content = content[:start] + piece + content[start + length :]
    content = content[: int(end * len(content))]  # truncated, one time in five
    try:
        argmap = read_bytes(Path("damaged"), content, format=name).argmap
    except InputError:
        return
    check(argmap)
    if name in WRITERS:
        text = WRITERS[name].write(argmap)
        assert isinstance(text, str)
        if argmap.items:
            back = read_bytes(Path("damaged"), text.encode(), format=name).argmap
            assert len(back.items) == len(argmap.items)
