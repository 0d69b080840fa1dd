"""Every question by its name; the command line makes its subcommands from this."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from graph.questions.attack import attack
from graph.questions.bare import ANYTHING, OF_A_CARD, bare
from graph.questions.bearing import AttackKind
from graph.questions.clash import KINDS, clash, conflicts
from graph.questions.diff import CHANGES, diff
from graph.questions.gaps import gaps
from graph.questions.path import path
from graph.questions.question import (
    KIND,
    NEED_EVIDENCE,
    OUR_SIDE,
    SIDE,
    TIMEOUT,
    WEIGHT,
    WITHIN,
    Option,
    Question,
    limit,
)
from graph.questions.single_source import single_source
from graph.questions.smallest import save, sink
from graph.questions.striking import collapse, strike
from graph.questions.unanswered import answers, unanswered
from graph.questions.verdict import strength, verdict
from graph.semantics.dung import Semantics
from graph.semantics.strength import DEFAULT, SEMANTICS
from graph.semantics.verdict import Verdict

_EVERY = Option("every", "All of the smallest size, not just one.", flag=True)
_KIND_OF_ANSWER = Option(
    "kind", "Only answers of this kind: rebut, undercut, turn, card, …", kinds=tuple(AttackKind)
)
_ON_CARDS = Option("need_evidence", "Only an answer that rests on a card counts.", flag=True)
_CHANGED_SIDE = replace(SIDE, help="Only what changes on this side.")
_CHANGED_KIND = replace(KIND, help="Only what changes of this kind: contention, card, …")
_CHANGED_WITHIN = replace(WITHIN, help="Only what changes in this item and what leads to it.")
_NO_PART = "A part of the smallest set is none; --weight makes an item harder to choose"
_A_SET = dict.fromkeys(("side", "kind", "within"), _NO_PART)
_CROSS_APPLY = Option(
    "cross_apply",
    "Answers to something else that might apply.",
    default=True,
    flag=True,
)

_ALL = (
    Question(
        "unanswered",
        "Claims and rebuttals that nothing on the map answers.",
        "argmap ask unanswered localism --side con",
        unanswered,
        (SIDE, KIND, WITHIN, _ON_CARDS, _CROSS_APPLY, limit(None, "claims")),
    ),
    Question(
        "answers",
        "What answers one item, by how it attacks.",
        'argmap ask answers localism "Are local authorities capable?"',
        answers,
        (
            Option("side", "Only answers of this side.", choices=("pro", "con")),
            _KIND_OF_ANSWER,
            WITHIN,
            _ON_CARDS,
            limit(None, "answers"),
        ),
        about_item=True,
    ),
    Question(
        "path",
        "The routes from an item to the motion, shortest first.",
        "argmap ask path localism double-standard",
        path,
        (Option("within", "The routes to this item, in place of the motion.", item=True), limit(5, "routes")),
        about_item=True,
        refuses={
            "side": "A route goes through both sides; for or against the motion, it says itself",
            "kind": "A route is a chain of all kinds of items",
            "need_evidence": "A route is the same whether its claims have cards or not",
        },
    ),
    Question(
        "bare",
        "Claims without evidence, evidence without a source.",
        "argmap ask bare localism",
        bare,
        (
            SIDE,
            KIND,
            WITHIN,
            Option("cards_only", "A cited source is not enough: ask for a card.", flag=True),
            Option("lacks", "The cards that lack this.", choices=(*OF_A_CARD, ANYTHING)),
            limit(None, "items"),
        ),
        refuses={"need_evidence": "It asks for evidence as it is; --cards-only asks for cards"},
    ),
    Question(
        "gaps",
        "Theirs without our answer, ours under attack.",
        "argmap ask gaps localism --side pro",
        gaps,
        (OUR_SIDE, KIND, WITHIN, _ON_CARDS, limit(None, "rows")),
    ),
    Question(
        "single-source",
        "Claims that rest on one card, article, author, publisher.",
        "argmap ask single-source localism --side pro",
        single_source,
        (
            SIDE,
            KIND,
            WITHIN,
            Option("all", "Also claims that cite one source and have no support.", flag=True),
            limit(None, "claims"),
        ),
        refuses={"need_evidence": "It lists what rests on evidence as it is"},
    ),
    Question(
        "strike",
        "What is lost when cards are thrown out.",
        "argmap ask strike localism universal-credit-roll-out",
        strike,
        (_CHANGED_SIDE, _CHANGED_KIND, _CHANGED_WITHIN, NEED_EVIDENCE, limit(None, "rows")),
        about_items=True,
    ),
    Question(
        "collapse",
        "What falls if an item falls, and what is only weakened.",
        'argmap ask collapse localism "Double standard"',
        collapse,
        (_CHANGED_SIDE, _CHANGED_KIND, _CHANGED_WITHIN, NEED_EVIDENCE, limit(None, "items")),
        about_item=True,
    ),
    Question(
        "clash",
        "The most contested claims, and where nobody meets.",
        "argmap ask clash localism",
        clash,
        (SIDE, KIND, WITHIN, limit(10, "claims of each sort")),
        refuses={"need_evidence": "It counts the cards on both sides as it is"},
    ),
    Question(
        "conflicts",
        "Where a side may be against itself, both texts quoted.",
        "argmap ask conflicts localism",
        conflicts,
        (
            SIDE,
            Option("kind", "Only this kind of conflict or of item: double turn, card, …", kinds=KINDS),
            WITHIN,
            limit(None, "conflicts"),
        ),
        refuses={"need_evidence": "Two texts exclude each other or not, with cards or without"},
    ),
    Question(
        "attack",
        "The best line against the other side.",
        "argmap ask attack localism --side pro",
        attack,
        (
            OUR_SIDE,
            _KIND_OF_ANSWER,
            WITHIN,
            NEED_EVIDENCE,
            limit(5, "lines"),
        ),
    ),
    Question(
        "diff",
        "What changed between two maps or two versions.",
        "argmap ask diff localism --file mine.argdown",
        diff,
        (
            SIDE,
            Option("kind", "Only this change or kind of item: new, re-cut, card, …", kinds=CHANGES),
            limit(None, "changes"),
        ),
        two_maps=True,
        refuses={
            "within": "Only one of the maps may have the item",
            "need_evidence": "It compares what the maps say, not what stands",
        },
    ),
    Question(
        "verdict",
        "Which claims stand, fall or are contested, and why.",
        "argmap ask verdict localism --why double-standard",
        verdict,
        (
            Option("why", "The reason of this item's verdict, step by step.", item=True),
            Option("only", "Only this verdict.", choices=tuple(each.value for each in Verdict)),
            Option("ways", "What stands in each way to see the map.", choices=tuple(map(str, Semantics))),
            TIMEOUT,
            SIDE,
            KIND,
            WITHIN,
            NEED_EVIDENCE,
            limit(None, "items"),
        ),
    ),
    Question(
        "strength",
        "Claims ranked by strength, or what each card adds to one.",
        "argmap ask strength localism --of centre-failures",
        strength,
        (
            Option("of", "What each card adds to this item.", item=True),
            Option("semantics", "How strengths are reckoned.", default=DEFAULT, choices=SEMANTICS),
            SIDE,
            KIND,
            WITHIN,
            WEIGHT,
            limit(20, "items"),
        ),
        refuses={"need_evidence": "It grants nothing and weighs everything; --weight gives a claim less"},
    ),
    Question(
        "sink",
        "The fewest cards whose loss makes an item fall.",
        "argmap ask sink localism centre-failures",
        sink,
        (_EVERY, WEIGHT, NEED_EVIDENCE, TIMEOUT, limit(20, "sets")),
        about_item=True,
        refuses=_A_SET,
    ),
    Question(
        "save",
        "The fewest answers that make an item stand.",
        "argmap ask save localism which-local",
        save,
        (_EVERY, WEIGHT, NEED_EVIDENCE, TIMEOUT, limit(20, "sets")),
        about_item=True,
        refuses=_A_SET,
    ),
)

QUESTIONS: Mapping[str, Question] = {question.name: question for question in _ALL}
