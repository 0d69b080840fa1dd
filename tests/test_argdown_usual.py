"""The lines that most maps are made of are read by one pattern each, and mean what they mean with care."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import InputError
from graph.export.json import to_json
from graph.model import ArgumentMap, Side, Statement
from ingest.argdown.reader import read
from ingest.reading import read_bytes

_WORDS = ("Tea is good.", "It costs 3 pounds: a lot", "“So” they say, (1) no", "and more", "Ü > é; 1+1")
_TITLES = ("[A]: ", "[A long title.]: ", "<B>: ", "<With - and _>: ", "")
_ENDS = ("", " #tag", " #a #b-c #a", " {strength: 0.5}", " #t {side: con, kind: link}", "{team: A}")
_SYMBOLS = ("+", "-", "<-", "+>", "->", "_", "<_", "_>")
_said = st.builds("{}{}{}".format, st.sampled_from(_TITLES), st.sampled_from(_WORDS), st.sampled_from(_ENDS))
_referred = st.builds("{}{}".format, st.sampled_from(("[A]", "<B>", "[C]")), st.sampled_from(("", " {n: 1}")))
_member = _said | _referred
_below = st.builds("{}{} {}".format, st.integers(1, 6).map(" ".__mul__), st.sampled_from(_SYMBOLS), _member)
_block = st.builds(lambda top, below: "\n".join([top, *below]), _member, st.lists(_below, max_size=5))
_step = st.sampled_from(("----", "-- so it is --", "------"))
_structure = st.builds(
    "<{}>: Its steps.\n\n(1) {}\n(2) {}\n{}\n{}(3) {}".format,
    st.uuids(),
    _said,
    _said.filter(lambda said: not said.startswith("<")),
    _step,
    st.sampled_from(("", "  - It does not follow.\n")),
    _said.filter(lambda said: not said.startswith("<")),
)
_texts = st.lists(_block | _structure, min_size=1, max_size=6).map("\n\n".join)


def outcome(text: str) -> str:
    """What a text reads as, or what is said of it, without the places and the digest of its file."""
    try:
        argmap, warnings = read(Path("usual.argdown"), text)
    except InputError as error:
        return "\n".join(f"{problem.line}: {problem.what}" for problem in error.problems)
    return to_json(argmap) + "\n".join(f"{warning.line}: {warning.what}" for warning in warnings)


@settings(max_examples=150, derandomize=True, deadline=None)
@given(text=_texts)
def test_usual_lines_say_what_they_say_when_each_is_looked_at_with_care(text: str) -> None:
    assert outcome(text) == outcome("\n".join(f"{line} /* c */" if line else "" for line in text.split("\n")))


def test_where_data_is_wrong_is_told_to_the_character(tmp_path: Path) -> None:
    with pytest.raises(InputError) as error:
        read(tmp_path / "t.argdown", "[A]: a.\n\n[B]: b. {side: pro, strength: 7}\n")
    assert (error.value.problems[0].line, error.value.problems[0].column) == (3, 21)


def test_a_block_with_one_odd_line_is_read_whole(read_map: Callable[[str], ArgumentMap]) -> None:
    argmap = read_map("""
        [A]: a
          - <B>: b
          - *c*
            d
          + e
    """)
    assert [item.text for item in argmap.items] == ["a", "b", "c d", "e"]
    assert [link.kind.value for link in argmap.links] == ["REBUTS", "REBUTS", "SUPPORTS"]


def test_a_chain_of_a_hundred_thousand_claims_has_sides_to_its_end() -> None:
    many = 100_000
    text = "".join(f"[S{n}]: s{n}\n  - [S{n + 1}]: s{n + 1}\n\n" for n in range(many - 1))
    argmap = read_bytes(Path("chain.argdown"), text.encode()).argmap
    assert argmap.motion == ("chain/s0",)
    sides = [item.side for item in argmap.items if isinstance(item, Statement)]
    assert sides == [Side.PRO, Side.CON] * (many // 2)


@pytest.mark.parametrize(
    ("text", "many"),
    [
        ("(1) a\n" + "-- x\n" * 50_000, 50_001),
        ("[A]: a " + "{b: c}" * 50_000, 49_999),
        ("[A]: a\n" * 50_000, 49_999),
    ],
    ids=["steps", "braces", "lines"],
)
def test_thousands_of_mistakes_are_each_told_of(text: str, many: int) -> None:
    with pytest.raises(InputError) as error:
        read(Path("wrong.argdown"), text)
    assert len(error.value.problems) == many


@pytest.mark.parametrize("text", ["[" * 1_000_000, "<a" * 500_000, "@[" * 200_000, "word " * 2_000_000])
def test_megabytes_of_one_line_are_one_text(text: str) -> None:
    argmap, _ = read(Path("long.argdown"), text)
    assert [item.text for item in argmap.items] == [text.strip()]
