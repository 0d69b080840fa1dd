"""Data in braces: what is plain is read without a parser of YAML, and says what YAML says."""

from __future__ import annotations

import hypothesis.strategies as st
import pytest
from hypothesis import given

from ingest.argdown.data import DataError, parsed

WORDS = st.one_of(
    st.sampled_from(
        ["true", "False", "null", "N", "no", "yes", "1:30", "1.10", "1.0", "0x1", "1e3", "01", "-1"]
    ),
    st.text("abyzA-_ 019.:#'~", min_size=1, max_size=8),
    st.integers(0, 10**16).map(str),
    st.floats(0, 1e6).map(lambda number: f"{number:.3f}"),
)


@given(st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=3), st.sampled_from([", ", ",", " , "]))
def test_plain_pairs_say_what_yaml_says(pairs: list[tuple[str, str]], comma: str) -> None:
    inside = comma.join(f"{key}: {value}" for key, value in pairs)

    def read(source: str) -> object:
        try:
            return parsed(source)
        except DataError:
            return None

    plain, by_parser = read(f"{{{inside}}}"), read(f'{{{inside}, "quoted": 1}}')
    if isinstance(by_parser, dict):
        del by_parser["quoted"]
        assert plain == by_parser
        assert [type(value) for value in plain.values()] == [type(value) for value in by_parser.values()]  # type: ignore[attr-defined]
    else:
        assert plain is None


@pytest.mark.parametrize(
    "source",
    ["{a: b, a: c}", "{true: 1, true: 2}"],
)
def test_a_key_that_stands_twice_is_refused(source: str) -> None:
    with pytest.raises(DataError, match="stands twice"):
        parsed(source)
