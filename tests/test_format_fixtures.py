"""Small files of each format, written by hand: what they mean, and that nothing of them is lost."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from formats import FIXTURES, again, assert_same, by_title, fixture, said, stored, written

from graph.export.writing import WRITERS
from graph.model import ArgumentMap, Inference, Rebuttal, Side, Statement
from ingest.reading import READERS

CON, PRE, UND = "CONCLUDES", "PREMISE_OF", "UNDERCUTS"
MEANINGS = {
    # An attack that is undercut, by something that is undercut and rebutted itself.
    "arggraph/counter.xml": {
        (PRE, "True, they calm the staff.", "reb c1"),
        (CON, "reb c1", "Dogs should stay at home."),
        (PRE, "But only those who like dogs.", "und c2"),
        (CON, "und c2", "reb c1"),
        (PRE, "Few dislike them.", "und c3"),
        (CON, "und c3", "und c2"),
        (PRE, "One in nine is allergic.", "reb c4"),
        (CON, "reb c4", "Few dislike them."),
    },
    # `add` links two premises to the first one's step, `exa` is a step of its own, segments are joined.
    "arggraph/examples.xml": {
        (PRE, "Lanes save lives,", "sup c1"),
        (PRE, "lives matter,", "sup c1"),
        (PRE, "and lanes are cheap.", "sup c1"),
        (CON, "sup c1", "The town needs (as many say) bike lanes."),
        (PRE, "In Utrecht deaths halved.", "exa c4"),
        (CON, "exa c4", "Lanes save lives,"),
    },
    # Exceptions and negative premises undercut; assumptions are premises.
    "lkif/standards.xml": {
        (PRE, "The meter had run out.", "From the rule"),
        (PRE, "Whoever parks pays.", "From the rule"),
        (CON, "From the rule", "The fine stands."),
        (UND, "The sign was hidden.", "From the rule"),
        (UND, "It was paid by telephone.", "From the rule"),
        (PRE, "The sign was hidden.", "argument arg-sign"),
        (CON, "argument arg-sign", "The fine stands."),
    },
    "lkif/chain.xml": {
        (PRE, "It rained.", "causal rain"),
        (CON, "causal rain", "The pitch is wet."),
        (PRE, "The pitch is wet.", "argument wet"),
        (CON, "argument wet", "The match is off."),
    },
    "caf/standards.xml": {
        (PRE, "Readers ask for it.", "practical a-ask"),
        (UND, "The building is shut for repairs.", "practical a-ask"),
        (CON, "practical a-ask", "The library should open on Sundays."),
        (PRE, "It costs money.", "argument a-cost"),
        (CON, "argument a-cost", "The library should open on Sundays."),
    },
    # A statement undercuts the argument that its atom names; an undercut of nothing links nothing.
    "caf/undercuts.xml": {
        (PRE, "saw(ann,bob)", "witness-testimony witness"),
        (CON, "witness-testimony witness", "guilty(bob)"),
        (UND, "Ann had no glasses on.", "witness-testimony witness"),
        ("CITES", "witness-testimony witness", "The trial of Bob"),
    },
    "aif/dialogue.json": {
        (PRE, "Fewer would drive", "Inference 9"),
        (CON, "Inference 9", "Buses should be free"),
        ("SAYS", "Zoe : Buses should be free", "Buses should be free"),
        ("SAYS", "Zoe : Fewer would drive", "Fewer would drive"),
        ("SAYS", "Zoe : Fewer would drive", "Inference 9"),
        ("SAYS", "Yan : Why?", "Buses should be free"),
        ("FOLLOWS", "Yan : Why?", "Zoe : Buses should be free"),
        ("FOLLOWS", "Zoe : Fewer would drive", "Yan : Why?"),
        ("SPOKEN_BY", "Zoe : Buses should be free", "Zoe"),
        ("SPOKEN_BY", "Zoe : Fewer would drive", "Zoe"),
        ("SPOKEN_BY", "Yan : Why?", "Yan"),
    },
    # Two reasons, not one of two premises; an attack on an attack.
    "aif/convergent.json": {
        (PRE, "Cages are cruel.", "Inference 4"),
        (CON, "Inference 4", "Zoos should close."),
        (PRE, "Films teach as much.", "Inference 5"),
        (CON, "Inference 5", "Zoos should close."),
        (PRE, "The cages are large.", "Conflict 7"),
        (CON, "Conflict 7", "Cages are cruel."),
        (PRE, "Large is not free.", "Conflict 9"),
        (CON, "Conflict 9", "Conflict 7"),
    },
    # A step with two conclusions is one step.
    "xaif/malformed.json": {
        (PRE, "Guests like both.", "Argument from Popular Opinion 4_9"),
        (CON, "Argument from Popular Opinion 4_9", "Tea should be free."),
        (CON, "Argument from Popular Opinion 4_9", "Coffee should be free."),
    },
    "ova/conflict.json": {
        (PRE, "Birds fly into lit towers.", "Conflict 12"),
        (CON, "Conflict 12", "The clock tower should be lit."),
        (PRE, "No bird was found last year.", "Conflict 14"),
        (CON, "Conflict 14", "Conflict 12"),
        ("ASSERTED_BY", "The clock tower should be lit.", "Cy Dunn"),
        ("ASSERTED_BY", "No bird was found last year.", "Cy Dunn"),
        ("ASSERTED_BY", "Birds fly into lit towers.", "Eve"),
    },
    "arguebuf/conflict.json": {
        (PRE, "Few swim in winter.", "Attack default s"),
        (CON, "Attack default s", "The pool should stay open."),
        (PRE, "Schools need it in winter.", "Attack default t"),
        (CON, "Attack default t", "Attack default s"),
        ("ASSERTED_BY", "The pool should stay open.", "Fay"),
        ("CITES", "Few swim in winter.", "Minutes"),
    },
    "sadface/chain.json": {
        (PRE, "It is cracked.", "support 2"),
        (CON, "support 2", "The bridge should be mended."),
        (PRE, "Cracks were photographed.", "Argument from Sign 4"),
        (CON, "Argument from Sign 4", "It is cracked."),
        (PRE, "The cracks are paint.", "conflict 6"),
        (CON, "conflict 6", "Argument from Sign 4"),
        ("CITES", "It is cracked.", "Resource r1"),
    },
    # The positions of an issue exclude each other; a premise that is nowhere declared is one all the same.
    "carneades/issue.yml": {
        (PRE, "the oven is next door", "argument near"),
        (CON, "argument near", "We should eat pizza."),
        (CON, "money cheap", "We should eat at home."),
        ("CONTRADICTS", "We should eat Thai food.", "We should eat pizza."),
        ("CONTRADICTS", "We should eat Thai food.", "We should eat at home."),
        ("CONTRADICTS", "We should eat pizza.", "We should eat at home."),
    },
    "carneades/undercut.yml": {
        (PRE, "Ann saw Bob.", "witness witness"),
        (CON, "witness witness", "Bob did it."),
        (UND, "Ann had no glasses on.", "witness witness"),
    },
    "iccma/circle.apx": {("REBUTS", one, other) for one, other in ("ab", "bc", "ca", "dd")},
    "iccma/apart.tgf": {("REBUTS", "1", "2"), ("REBUTS", "2", "1")},
    "iccma/apart.af": {("REBUTS", "1", "2"), ("REBUTS", "2", "1")},
    "iccma/choice.aba": {
        (PRE, "2", "rule 1"),
        (CON, "rule 1", "3"),
        ("REBUTS", "3", "1"),
        (PRE, "1", "rule 2"),
        (CON, "rule 2", "4"),
        ("REBUTS", "4", "2"),
        (CON, "rule 3", "5"),
        (PRE, "5", "rule 4"),
        (PRE, "1", "rule 4"),
        (CON, "rule 4", "6"),
    },
    "table/debate.tsv": {
        ("SUPPORTS", "It saves money.", "The motion stands."),
        ("REBUTS", "It saves nothing.", "It saves money."),
        ("REBUTS", "Money is not all.", "The motion stands."),
    },
    # Claims without ids are named by their title, else by their text.
    "table/untitled.csv": {
        ("SUPPORTS", "Light keeps thieves off.", "Parks"),
        ("REBUTS", "Light wakes the birds.", "Parks"),
        ("REBUTS", "Dim light wakes no bird.", "Light wakes the birds."),
        ("CITES", "Light keeps thieves off.", "Police report"),
        ("CITES", "Dim light wakes no bird.", "Bird survey"),
    },
}  # fmt: skip


@pytest.mark.parametrize("name", MEANINGS)
def test_what_a_file_means(name: str) -> None:
    assert said(fixture(name).argmap) == MEANINGS[name]


@pytest.mark.parametrize("name", MEANINGS)
def test_nothing_of_it_is_lost(name: str, tmp_path: Path) -> None:
    argmap = fixture(name).argmap
    assert_same(stored(argmap, tmp_path), argmap)
    for format_name in {argmap.format, "json"} & set(WRITERS):
        back = again(argmap, format_name, tmp_path)
        assert_same(back, argmap)
        assert written(back, format_name) == written(argmap, format_name)
    back = again(argmap, "argdown", tmp_path)  # which has an order of its own
    assert unordered(back) == unordered(argmap)


def unordered(argmap: ArgumentMap) -> tuple[object, ...]:
    """All that a map says but for the order."""
    items = sorted(repr(dataclasses.replace(item, order=0)) for item in argmap.items)
    links = sorted(repr(dataclasses.replace(link, order=0)) for link in argmap.links)
    return items, links, sorted(argmap.motion), argmap.extra


def test_each_format_has_several() -> None:
    count: dict[str, int] = {}
    for path in FIXTURES.rglob("*.*"):
        name = fixture(str(path.relative_to(FIXTURES))).argmap.format
        count[name] = count.get(name, 0) + 1
    # Files of Word and Excel are made where they are tested; Argdown and our JSON are written in the tests.
    assert set(count) == set(READERS) - {"docx", "xlsx", "argdown", "json"}
    assert min(count.values()) >= 2


def test_proof_standards_weights_and_assumptions_are_kept() -> None:
    fines = fixture("lkif/standards.xml").argmap
    standards = {
        item.text: item.extra["lkif"]["standard"]  # type: ignore[index]
        for item in fines.items
        if isinstance(item, Statement)
    }
    assert standards == {
        "The fine stands.": "BA",
        "The sign was hidden.": "SE",
        "The meter had run out.": "DV",
        "Whoever parks pays.": "CCE",
        "It was paid by telephone.": "BRD",
    }
    assert [item.text for item in fines.items if isinstance(item, Statement) and item.granted] == [
        "Whoever parks pays."
    ]
    roles = {
        fines.by_id[link.start].title: link.extra["lkif"]
        for link in fines.links
        if "lkif" in link.extra and link.end == by_title(fines, "From the rule").id
    }
    assert roles["Whoever parks pays."] == {"polarity": "positive", "type": "assumption", "role": "major"}
    assert roles["It was paid by telephone."] == {"polarity": "negative", "type": "ordinary"}
    hours = fixture("caf/standards.xml").argmap
    step = by_title(hours, "argument a-cost")
    assert isinstance(step, Inference)
    assert (step.strict, step.extra["caf"]["weight"]) == (True, "0.2")  # type: ignore[index]
    assert isinstance(by_title(hours, "It costs money."), Rebuttal)
    assert len(hours.motion) == 2


def test_the_opponents_units_are_on_the_other_side() -> None:
    argmap = fixture("arggraph/counter.xml").argmap
    sides = {item.text: item.side for item in argmap.items if isinstance(item, Statement)}
    assert sides == {
        "Dogs should stay at home.": Side.PRO,
        "True, they calm the staff.": Side.CON,
        "But only those who like dogs.": Side.PRO,
        "Few dislike them.": Side.CON,
        "One in nine is allergic.": Side.PRO,
    }
