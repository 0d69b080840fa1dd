"""Which item a user means."""

from __future__ import annotations

import re

import pytest

from graph.errors import NoSuchItem, QuestionError
from graph.questions.items import find_item
from graph.questions.registry import QUESTIONS
from graph.questions.scope import side_of

MAP = """
    [Power should move]: Power should move to localities.
      - <Are local authorities capable?>: They may not be.
      + [Savings]: It saves money.
        - <Savings>: It does not.
"""


@pytest.mark.parametrize(
    "wanted",
    [
        "map/are-local-authorities-capable",
        "are-local-authorities-capable",
        "Are local authorities capable?",
        "are local authorities CAPABLE?",
    ],
)
def test_an_item_is_found_by_id_slug_or_title(read_map, wanted):
    assert find_item(read_map(MAP), wanted).id == "map/are-local-authorities-capable"


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        (
            "Are local authorities capible?",
            'map "map" has no item "Are local authorities capible?"\n'
            '  Did you mean "Are local authorities capable?" (are-local-authorities-capable)?',
        ),
        (
            "are-local",
            'map "map" has no item "are-local"\n'
            '  Did you mean "Are local authorities capable?" (are-local-authorities-capable)?',
        ),
        ("zzzz", 'map "map" has no item "zzzz"\n  Look for it: argmap find WORDS --map map'),
        ("", 'map "map" has no item ""\n  Look for it: argmap find WORDS --map map'),
    ],
)
def test_an_unknown_item_gets_the_nearest_titles(read_map, wanted, said):
    with pytest.raises(NoSuchItem) as error:
        find_item(read_map(MAP), wanted)
    assert str(error.value) == said


def test_a_title_that_two_items_have_is_asked_back_with_their_ids(read_map):
    argmap = read_map(MAP)
    with pytest.raises(NoSuchItem) as error:
        find_item(argmap, "Savings")
    said = str(error.value)
    assert said.startswith('2 items of map "map" are titled "Savings"\n  Say which by its id: map/savings-')
    ids = re.findall(r"map/savings-[0-9a-f]+", said)
    assert [find_item(argmap, item_id).text for item_id in ids] == ["It saves money.", "It does not."]


def test_a_source_goes_by_the_name_that_answers_call_it(read_map):
    argmap = read_map("""
        [M]: m
          + [A]: it saves {source: {title: Off the rails, author: [Ann Pike], date: "2014-05"}}
    """)
    assert find_item(argmap, "pike 2014").title == "Off the rails"
    with pytest.raises(NoSuchItem, match=r'Did you mean "Off the rails" \('):
        find_item(argmap, "Pike 2015")


def test_an_argument_is_meant_before_an_article_of_the_same_title(read_map):
    argmap = read_map("[M]: m\n  + [Savings]: It saves. {source: {title: Savings}}")
    assert find_item(argmap, "Savings").text == "It saves."


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_every_question_says_what_it_is_in_a_line_and_by_an_example(question):
    assert len(question.help) < 60
    assert question.help.endswith(".")
    assert question.example.startswith(f"argmap ask {question.name} ")


CIRCLES = """
    [M]: The motion.
      - [A]: One attacks the other.
        - [B]: And is attacked by it.
          - [A]
      + [C]: One holds up the other.
        + [D]: And is held up by it. {quote: "in a circle"}
          + [C]
"""
MOTIONS = """
    ===
    motion: [M, N]
    ===

    [M]: One motion.
      + [A]: For the one.
        - [B]: Against it.

    [N]: Another motion.
      - [A]
      + <Card>: For the other. {quote: "for it", cite: "Pike 14"}
"""
BOTH_SIDES = """
    [M]: The motion.
      + [A]: For it.
        + [Both]: For and against.
      - [B]: Against it.
        + [Both]
      >< [C]: It contradicts it.
"""


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
@pytest.mark.parametrize("text", ["// nothing\n", "[A]: a", MAP, CIRCLES, MOTIONS, BOTH_SIDES])
def test_every_question_answers_every_map_in_words_with_an_id_in_each_row(read_map, question, text):
    argmap = read_map(text)
    for item in argmap.items if question.about_item or question.about_items else [None]:
        asked = [item.id] if item else [argmap] if question.two_maps else []
        required = {option.name: "pro" for option in question.options if option.required}
        refused = ""
        try:
            result = question.answer(argmap, *asked, **required)
        except QuestionError as error:
            refused = str(error)
        if refused:  # and told how to give sides, as there are none
            assert "argmap set map ITEM side=pro" in refused
            assert not any(side_of(one) in ("pro", "con") for one in argmap.items)
            continue
        assert result.summary
        assert (result.question, result.map) == (question.name, argmap.id)
        ids = [row[[column.name for column in result.columns].index("id")] for row in result.rows]
        assert all(item_id in argmap.by_id for item_id in ids)
