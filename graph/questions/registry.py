"""Every question by its name; the command line makes its subcommands from this."""

from __future__ import annotations

from collections.abc import Mapping

from graph.questions.bare import bare
from graph.questions.path import path
from graph.questions.question import SIDE, Option, Question, limit
from graph.questions.unanswered import answers, unanswered

_ALL = (
    Question(
        "unanswered",
        "Claims and rebuttals that nothing on the map answers.",
        "argmap ask unanswered localism --side con",
        unanswered,
        (SIDE, limit(None, "claims")),
    ),
    Question(
        "answers",
        "What answers one item, by how it attacks.",
        'argmap ask answers localism "Are local authorities capable?"',
        answers,
        (Option("side", "Only answers of this side.", choices=("pro", "con")),),
        about_item=True,
    ),
    Question(
        "path",
        "The routes from an item to the motion, shortest first.",
        "argmap ask path localism double-standard",
        path,
        (limit(5, "routes"),),
        about_item=True,
    ),
    Question(
        "bare",
        "Claims without evidence, evidence without a source.",
        "argmap ask bare localism",
        bare,
        (
            SIDE,
            Option("cards_only", "A cited source is not enough: ask for a card.", flag=True),
            limit(None, "items"),
        ),
    ),
)

QUESTIONS: Mapping[str, Question] = {question.name: question for question in _ALL}
