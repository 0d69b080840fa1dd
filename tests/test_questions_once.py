"""What is made once of a map is kept as long as the map is, and no longer."""

from __future__ import annotations

import gc
import weakref

import pytest
from commandline import EXAMPLE

from graph.model import ArgumentMap
from graph.questions.bearing import (
    all_attacks,
    all_supporters,
    attacks_on,
    direct_attacks,
    supported,
    supporters,
    supports,
)
from graph.questions.once import once_a_map
from ingest.reading import read


class Index:
    """Something that can be watched."""


def test_one_map_is_asked_once_and_its_equal_on_its_own():
    asked: list[str] = []

    @once_a_map
    def index(argmap: ArgumentMap) -> Index:
        asked.append(argmap.title)
        return Index()

    one, other = ArgumentMap(id="m", title="M"), ArgumentMap(id="m", title="M")
    assert index(one) is index(one)
    assert index(one) is not index(other)
    assert asked == ["M", "M"]


def test_an_index_goes_with_its_map():
    @once_a_map
    def index(_: ArgumentMap) -> Index:
        return Index()

    argmap = ArgumentMap(id="m", title="M")
    watched = weakref.ref(index(argmap))
    assert watched() is not None
    del argmap
    gc.collect()
    assert watched() is None


def test_the_collector_is_left_as_it_was():
    @once_a_map
    def fails(_: ArgumentMap) -> Index:
        assert not gc.isenabled()
        raise LookupError("no index")

    argmap = ArgumentMap(id="m", title="M")
    with pytest.raises(LookupError, match="no index"):
        fails(argmap)
    assert gc.isenabled()
    gc.disable()
    try:
        with pytest.raises(LookupError, match="no index"):
            fails(argmap)
        assert not gc.isenabled()
    finally:
        gc.enable()


STEPS = """
    ===
    model: {mode: strict}
    ===

    [M]: The motion.
      - [Turned]: It costs jobs. {kind: impact turn}
      >< [N]: The other motion.

    <Study>: They bought less. {quote: "sales fell", source: {title: Survey, author: [Ann Pike]}}
      +> [Works]

    <Expert>

    (1) [Doctor]: A doctor says so.
    (2) [Minister]: A minister says so.
    -- Expert opinion --
    (3) [Works]: It works.

    [Works]
      +> [M]

    [Paid]: The doctor was paid for it.
      -> [Doctor]

    [Old]: The survey is old.
      -> <Study>

    [Not so]: The step does not hold.
      _> <Expert>
"""


@pytest.mark.parametrize("name", ["steps", "localism"])
def test_the_indexes_say_for_each_item_what_is_said_of_it_alone(read_map, name):
    argmap = read_map(STEPS) if name == "steps" else read(EXAMPLE)
    direct = direct_attacks(argmap)
    for item in argmap.items:
        assert list(all_attacks(argmap).get(item.id, ())) == attacks_on(argmap, item.id, direct), item.id
        assert list(all_supporters(argmap).get(item.id, ())) == supporters(argmap, item.id), item.id
        assert set(supported(argmap).get(item.id, ())) == set(supports(argmap, item.id)), item.id
    assert all_attacks(argmap)


def test_a_step_a_source_and_a_card_are_ways_to_attack_a_claim(read_map):
    argmap = read_map(STEPS)
    answered = {argmap.by_id[each].title for each in all_attacks(argmap)}
    assert {"Works", "Doctor", "Study", "M"} <= answered
