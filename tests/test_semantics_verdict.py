"""What stands, what falls and what is contested, and why."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from semantic_maps import arguments, by_definition, random_map

from graph.model import ArgumentMap
from graph.semantics import labelling
from graph.semantics.framework import Framework
from graph.semantics.verdict import Because, Reason, Verdict, reason, unfounded, verdicts

LINKED = """
    P & Q =i1=> C
    e3 =i2=> C
    e1 e2 => P
    e2 => Q
"""


def standing(argmap: ArgumentMap, **options: object) -> str:
    return _named(argmap, Verdict.STANDS, options)


def falling(argmap: ArgumentMap, **options: object) -> str:
    return _named(argmap, Verdict.FALLS, options)


def _named(argmap: ArgumentMap, verdict: Verdict, options: dict[str, object]) -> str:
    if "struck" in options:
        options["struck"] = [f"m/{name}" for name in str(options["struck"]).split()]
    found = verdicts(argmap, **options)  # type: ignore[arg-type]
    return " ".join(sorted(v.removeprefix("m/") for v, each in found.items() if each is verdict))


@pytest.mark.parametrize(
    ("struck", "falls"),
    [("", ""), ("e1", "e1"), ("e2", "Q e2 i1"), ("e3", "e3 i2"), ("e2 e3", "C Q e2 e3 i1 i2"),
     ("e1 e2", "P Q e1 e2 i1")],
)  # fmt: skip
def test_oracle_s1_linked_premises(struck, falls):
    assert falling(arguments(LINKED), struck=struck) == falls


def test_oracle_s2_an_undercut_disarms_the_step_alone():
    argmap = arguments(LINKED + "\n u -> i2")
    assert falling(argmap) == "i2"
    assert falling(argmap, struck="e2") == "C Q e2 i1 i2"


def test_oracle_s3_an_answer_to_the_undercut_reinstates_the_step():
    argmap = arguments(LINKED + "\n u -> i2 \n r -> u")
    assert falling(argmap) == "u"
    assert falling(argmap, struck="e2") == "Q e2 i1 u"
    assert falling(argmap, struck="e2 r") == "C Q e2 i1 i2 r"


@pytest.mark.parametrize(
    ("attacks", "stands", "falls"),
    [("a -> b \n b -> c", "a c", "b"),
     ("a <-> b", "", ""),
     ("a -> b \n b -> c \n c -> a", "", ""),
     ("a <-> b \n a -> c \n b -> c \n c -> d", "", ""),
     ("a -> a \n a -> b", "", ""),
     ("1 -> 2 \n 2 -> 4 \n 4 <-> 5 \n 5 -> 5", "1", "2")],
)  # fmt: skip
def test_without_support_it_is_the_grounded_labelling(attacks, stands, falls):
    argmap = arguments(attacks)
    assert (standing(argmap), falling(argmap)) == (stands, falls)


def test_a_claim_that_nobody_supports_is_granted_unless_evidence_is_asked_for():
    argmap = arguments("e1 => C \n C => M \n B => N")
    assert standing(argmap) == "B C M N e1"
    assert standing(argmap, need_evidence=True) == "C M e1"


def test_what_counts_as_granted_is_decided_before_the_strike():
    assert falling(arguments("e1 => C"), struck="e1") == "C e1"


def test_support_in_a_circle_holds_up_nothing():
    argmap = arguments("a => b \n b => a \n b => c \n c -> d")
    assert unfounded(argmap) == {"m/a", "m/b", "m/c"}
    assert standing(argmap) == "d"
    grounded_circle = arguments("a => b \n b => a \n e => a")
    assert unfounded(grounded_circle) == set()
    assert unfounded(grounded_circle, struck=["m/e"]) == {"m/a", "m/b"}


def test_an_attack_on_a_source_hits_every_card_that_cites_it():
    argmap = arguments("e1 cites src \n e2 cites src \n e3 => D \n e1 => C \n u -> src")
    assert falling(argmap) == "C e1 e2"
    assert falling(arguments("e1 cites src \n e1 => C"), struck="src") == "C e1"


def test_an_attack_that_is_a_step_can_be_undercut():
    argmap = arguments("a =x=| b \n u -> x")
    assert falling(argmap) == "x"


def test_a_backed_step_falls_with_the_last_of_its_backings():
    argmap = arguments("e1 =i=> C \n e2 e3 => i")
    assert falling(argmap) == ""
    assert falling(argmap, struck="e2") == "e2"
    assert falling(argmap, struck="e2 e3") == "C e2 e3 i"


def test_an_empty_map_has_no_verdicts():
    assert verdicts(ArgumentMap(id="m", title="m")) == {}


def test_only_what_is_argued_can_be_struck():
    with pytest.raises(KeyError):
        verdicts(arguments("a -> b"), struck=["m/zzz"])


@pytest.fixture(params=["loop", "rounds", "rounds that end in the loop"])
def engine(request, monkeypatch) -> None:
    """Each way of labelling, on maps of any size."""
    if request.param != "loop":
        monkeypatch.setattr(labelling, "MANY", 0)
        monkeypatch.setattr(labelling, "_PATIENCE", 10**9 if request.param == "rounds" else 1)


def test_thousands_of_random_maps_have_the_verdicts_of_the_definition(engine):
    rng = random.Random(6)
    for _ in range(1000):
        argmap = random_map(rng)
        struck = [item.id for item in argmap.items if rng.random() < 0.15]
        need = rng.random() < 0.3
        expected = by_definition(argmap, need_evidence=need, struck=struck)
        assert verdicts(argmap, need_evidence=need, struck=struck) == expected, argmap


def test_reasons_on_random_maps_are_true_and_end_in_what_needs_no_reason(engine):
    rng = random.Random(7)
    for _ in range(400):
        argmap = random_map(rng)
        struck = [item.id for item in argmap.items if rng.random() < 0.1]
        found = verdicts(argmap, struck=struck)
        for item_id in found:
            tree = reason(argmap, item_id, struck=struck)
            explained: set[str] = set()
            for node in _all(tree):
                assert node.verdict == found[node.id]
                _says_what_its_word_promises(node)
                if not node.seen_above:
                    assert node.id not in explained or not node.children
                    explained.add(node.id)


def _all(tree: Reason) -> Iterator[Reason]:
    yield tree
    for child in tree.children:
        yield from _all(child)


def _says_what_its_word_promises(node: Reason) -> None:
    if node.seen_above:
        assert not node.children
        return
    verdicts_below = [child.verdict for child in node.children]
    match node.because:
        case Because.CARD | Because.GRANTED:
            assert set(verdicts_below) <= {Verdict.FALLS}
        case Because.SUPPORTED | Because.PREMISES:
            assert verdicts_below[0] is Verdict.STANDS
        case Because.ATTACKED:
            assert verdicts_below == [Verdict.STANDS]
        case Because.PREMISE:
            assert verdicts_below == [Verdict.FALLS]
        case Because.UNSUPPORTED | Because.CIRCULAR:
            assert verdicts_below
            assert set(verdicts_below) == {Verdict.FALLS}
        case Because.STRUCK | Because.NO_EVIDENCE:
            assert not node.children
        case Because.OPEN:
            assert verdicts_below
            assert set(verdicts_below) == {Verdict.CONTESTED}


def _told(node: Reason, depth: int = 0) -> str:
    again = " (see above)" if node.seen_above else ""
    line = f"{'  ' * depth}{node.id.removeprefix('m/')} {node.verdict}: {node.because}{again}\n"
    return line + "".join(_told(child, depth + 1) for child in node.children)


def test_a_student_can_follow_why():
    argmap = arguments(LINKED + "\n u -> i2 \n r -> u \n e2 -> C2 \n C2 -> C")
    assert _told(reason(argmap, "m/C")) == (
        "C stands: supported\n"
        "  i1 stands: premises\n"
        "    P stands: supported\n"
        "      e1 stands: card\n"
        "    Q stands: supported\n"
        "      e2 stands: card\n"
        "  C2 falls: attacked\n"
        "    e2 stands: card\n"
    )
    assert _told(reason(argmap, "m/i2")) == (
        "i2 stands: premises\n  e3 stands: card\n  u falls: attacked\n    r stands: granted\n"
    )
    assert _told(reason(arguments("a <-> b \n a => c"), "m/c")) == (
        "c contested: open\n  a contested: open\n    b contested: open\n      a contested: open (see above)\n"
    )
    assert _told(reason(arguments("a => b \n b => a"), "m/a")) == (
        "a falls: circular\n  b falls: circular\n    a falls: circular (see above)\n"
    )


def test_a_chain_of_any_length_has_a_verdict_and_a_reason(monkeypatch):
    length = 7_000
    argmap = arguments("\n".join(f"c{n + 1} -> c{n}" for n in range(length)))
    found = verdicts(argmap)
    assert [found[f"m/c{n}"].value for n in (0, 1, length)] == ["stands", "falls", "stands"]
    node, depth = reason(argmap, "m/c0"), 0
    while node.children:
        node, depth = node.children[0], depth + 1
    assert depth == length


def test_a_framework_is_made_once_and_goes_with_its_map():
    argmap = arguments("a -> b")
    key = id(argmap)
    assert Framework.of(argmap) is Framework.of(argmap)
    assert key in Framework._made
    del argmap
    assert key not in Framework._made


def test_the_verdicts_are_a_mapping_in_reading_order():
    argmap = arguments("e1 => C \n a <-> b \n C -> D")
    found = verdicts(argmap)
    assert found == dict(found)
    assert list(found) == [item.id for item in argmap.items if item.id in found]
    assert len(found) == len(list(found))
    assert "m/nobody" not in found
    for verdict in Verdict:
        assert found.having(verdict) == [item_id for item_id in found if found[item_id] is verdict]
    assert found.having(Verdict.FALLS) == ["m/D"]
