"""Files made to do harm: read, or refused with our own error, in time and depth that do not run away."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import InputError
from graph.export.writing import WRITERS
from graph.model import ArgumentMap
from ingest.reading import READERS, read_bytes

MUCH = 10_000_000  # bytes on one line
DEEP = 100_000  # levels
MANY = 50_000  # marks that open something
LONGEST = 3_000  # characters of what is said of one file
TEXTS = [name for name, reader in READERS.items() if not reader.binary]
XML = ("arggraph", "lkif", "caf")
JSON = ("json", "aif", "xaif", "ova", "arguebuf", "sadface", "argsme")


def said(name: str, content: bytes) -> str:
    """What is said of a file that is refused; "" where it is read."""
    try:
        read_bytes(Path("hostile"), content, format=name)
    except InputError as error:
        return str(error)
    return ""


@pytest.mark.parametrize("char", [b"a", b"1", b" ", b"[", b'"'])
@pytest.mark.parametrize("name", TEXTS)
def test_ten_megabytes_on_one_line(name: str, char: bytes) -> None:
    many = MUCH if char in b"a1 " else MUCH // 200  # each bracket may begin something
    assert len(said(name, char * many)) < LONGEST


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("argdown", b"[A]: ", b""),
        ("json", b'{"argmap": 1, "map": {"id": "', b'", "title": "t"}, "items": [], "links": []}'),
        ("aif", b'{"nodes": [{"nodeID": "1", "type": "I", "text": "', b'"}], "edges": []}'),
        ("aif", b'{"nodes": [{"nodeID": "', b'", "type": "I", "text": "x"}], "edges": []}'),
        ("kialo", b"Discussion Title: T\r\n\r\n1. ", b"\r\n"),
        ("carneades", b"statements:\n  a: ", b"\narguments: {}\n"),
        ("csv", b"id,text\n1,", b"\n"),
        ("arggraph", b'<arggraph id="a"><edu id="e">', b"</edu></arggraph>"),
        ("lkif", b'<lkif a="', b'"/>'),
        ("caf", b'<caf a="', b'"/>'),
    ],
)
def test_a_word_of_ten_megabytes_is_read(name: str, before: bytes, after: bytes) -> None:
    assert said(name, before + b"a" * MUCH + after) == ""


@pytest.mark.parametrize("name", JSON)
@pytest.mark.parametrize(
    "content", [b"[" * DEEP + b"]" * DEEP, b'{"a":' * DEEP + b"1" + b"}" * DEEP], ids=["lists", "objects"]
)
def test_deep_json_is_refused(name: str, content: bytes) -> None:
    where = {"json": b'{"argmap": 1, "map": ', "xaif": b'{"AIF": ', "argsme": b'{"version": '}
    content = where.get(name, b'{"nodes": ') + content + b"}"
    assert "nested too deeply" in said(name, content)


@pytest.mark.parametrize(
    "content", [b"[" * DEEP, b"{a: " * DEEP, b"- " * DEEP, b"".join(b" " * n + b"a:\n" for n in range(2000))]
)
def test_deep_yaml_is_refused(content: bytes) -> None:
    assert "nested too deeply" in said("carneades", content)
    assert "nested too deeply" in said("argdown", b"===\n" + content + b"\n===\n\n[A]: a\n")


@pytest.mark.parametrize("name", XML)
def test_deep_xml_is_refused(name: str) -> None:
    root = name.encode()
    content = b"<%s>" % root + b"<a>" * DEEP + b"</a>" * DEEP + b"</%s>" % root
    assert "nested too deeply" in said(name, content)


@pytest.mark.parametrize(
    "content",
    [b"[" * 200_000, b"<" * MANY, b"[a" * MANY, b"@[" * MANY, b"#(" * MANY, b"*a " * MANY, b".a:b" * MANY,
     b"[a](()" * MANY, b"\\" * 200_000, b"[A]: a {a: " + b"[" * DEEP, b"[A]: a " + b"{a: " * DEEP],
)  # fmt: skip
def test_what_opens_and_never_closes_in_argdown(content: bytes) -> None:
    assert len(said("argdown", content)) < LONGEST


def deep(levels: int, symbol: str = "-") -> ArgumentMap:
    """A claim below a claim below a claim."""
    lines = ["[S0]: s", *(f"{' ' * n}{symbol} [S{n}]: s" for n in range(1, levels))]
    return read_bytes(Path("deep.argdown"), "\n".join(lines).encode()).argmap


def test_relations_nest_as_deep_as_one_likes() -> None:
    argmap = deep(8_000)
    assert (len(argmap.items), len(argmap.links)) == (8_000, 7_999)
    assert argmap.motion == ("deep/s0",)


@pytest.mark.parametrize("name", WRITERS)
def test_a_deep_map_is_written(name: str) -> None:
    assert WRITERS[name].write(deep(1_500))


@pytest.mark.parametrize("symbol", ["_", "-"])
def test_a_circle_of_thousands(symbol: str) -> None:
    many = 3_000
    text = "".join(f"[S{n}]: s\n  {symbol} [S{(n + 1) % many}]\n\n" for n in range(many))
    argmap = read_bytes(Path("circle.argdown"), text.encode()).argmap
    # An undercut hits a step, so the first of a circle has to make one to begin with.
    assert len(argmap.items) == (2 * many if symbol == "_" else many)


def test_many_rows_of_one_title() -> None:
    rows = "".join(f"claim {n // 2},the same\n" for n in range(40_000))
    assert len(read_bytes(Path("t.csv"), f"title,text\n{rows}".encode()).argmap.items) == 20_000


def test_many_items_of_one_text_have_ids_of_their_own() -> None:
    rows = "".join(f"{n},the same\n" for n in range(20_000))
    argmap = read_bytes(Path("t.csv"), f"id,text\n{rows}".encode()).argmap
    assert len(argmap.by_id) == 20_000
    nodes = ",".join(f'{{"nodeID":"!{"?" * (n % 7)}{n}","type":"I","text":"x"}}' for n in range(20_000))
    argmap = read_bytes(Path("n.json"), f'{{"nodes":[{nodes}],"edges":[]}}'.encode()).argmap
    assert len(argmap.by_id) == 20_000


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("argsme", b'{"arguments": [{"id": "a", "conclusion": "c", "conclusion": "d", "premises": []}]}'),
        ("aif", b'{"nodes": [], "nodes": [], "edges": []}'),
        ("json", b'{"argmap": 1, "argmap": 1}'),
        ("carneades", b"statements: {a: x, a: y}\narguments: {}\n"),
        ("argdown", b"[A]: a {side: pro, side: con}\n"),
    ],
)
def test_a_key_that_stands_twice_is_named(name: str, content: bytes) -> None:
    assert "twice" in said(name, content)
