"""ICCMA's formats: frameworks in and out, and whole maps flattened into one."""

from __future__ import annotations

import pytest
from formats import FIXTURES, again, assert_same, fixture, kinds, said, written
from hypothesis import given, settings
from strategies import argument_maps

from graph.errors import InputError
from graph.export.flattening import Named, named
from graph.model import LinkKind
from graph.semantics.verdict import verdicts
from ingest.reading import read

ROUND = {("REBUTS", "a", "b"), ("REBUTS", "b", "c"), ("REBUTS", "c", "c")}


def _grounded(framework: Named) -> dict[str, str]:
    """in, out or undecided for each argument, by the definition."""
    labels: dict[str, str] = {}
    attackers: dict[str, set[str]] = {name: set() for name in framework.arguments}
    for start, end in framework.attacks:
        attackers[end].add(start)
    changed = True
    while changed:
        changed = False
        for name, against in attackers.items():
            if name in labels:
                continue
            if all(labels.get(other) == "out" for other in against):
                labels[name] = "in"
            elif any(labels.get(other) == "in" for other in against):
                labels[name] = "out"
            changed = changed or name in labels
    return {name: labels.get(name, "undecided") for name in framework.arguments}


def test_apx_has_many_facts_on_a_line_and_quoted_names():
    assert said(fixture("iccma/three.apx").argmap) == {
        ("REBUTS", "a", "b"),
        ("REBUTS", "b", '"c d"'),
        ("REBUTS", '"c d"', "a"),
    }


def test_tgf_and_af_say_the_same():
    assert said(fixture("iccma/three.tgf").argmap) == {
        (kind, *("the first" if name == "a" else name for name in ends)) for kind, *ends in ROUND
    }
    numbers = {"a": "1", "b": "2", "c": "3"}
    assert said(fixture("iccma/three.af").argmap) == {(k, numbers[s], numbers[e]) for k, s, e in ROUND}


def test_aba_has_assumptions_contraries_and_rules():
    argmap = fixture("iccma/five.aba").argmap
    assert {item.title for item in argmap.items if getattr(item, "granted", None)} == {"1", "2"}
    assert kinds(argmap) >= {
        (LinkKind.REBUTS, "4", "1"),
        (LinkKind.PREMISE_OF, "2", "rule-1"),
        (LinkKind.CONCLUDES, "rule-1", "4"),
        (LinkKind.CONCLUDES, "rule-2", "3"),
    }


@pytest.mark.parametrize("name", ["apx", "tgf", "af"])
def test_read_write_read_gives_the_same_map(name, tmp_path):
    argmap = fixture(f"iccma/three.{name}").argmap
    assert_same(again(argmap, name, tmp_path), argmap)


def test_the_labels_of_tgf_are_what_arguments_say_and_come_back(tmp_path):
    text = "1 Tea should be  free.\n2\nX7 It costs money.\n#\n2 1 rebuts it\nX7 1\n"
    path = tmp_path / "tea.tgf"
    path.write_text(text)
    argmap = read(path)
    assert [item.text for item in argmap.items] == ["Tea should be  free.", "2", "It costs money."]
    assert [item.id for item in argmap.items] == ["tea/1", "tea/2", "tea/x7"]
    assert written(argmap, "tgf") == text
    assert_same(again(argmap, "tgf", tmp_path), argmap)


AWKWARD = {
    "tgf": 'Foo\nf(x),y\n"q\n%z\nFoo_2\n"Foo"\n1\n#x\n#\nFoo f(x),y\n"q %z\n#x "Foo"\n',
    "apx": 'arg("c  d").\narg(cd).\narg("#").\narg(A).\narg("").\narg("%,)").\natt("c  d",cd).\natt("",A).\n',
}


@pytest.mark.parametrize("name", AWKWARD)
@pytest.mark.parametrize("other", ["apx", "tgf", "af"])
def test_any_name_is_one_that_the_format_reads(name, other, tmp_path):
    path = tmp_path / f"awkward.{name}"
    path.write_text(AWKWARD[name])
    argmap = read(path)
    back = again(argmap, other, tmp_path)
    assert (len(back.items), len(back.links)) == (len(argmap.items), len(argmap.links))
    if name == other:
        assert written(argmap, other) == AWKWARD[name]
        assert_same(back, argmap)


def test_af_is_written_as_it_stood():
    lines = (FIXTURES / "iccma/three.af").read_text().splitlines()
    assert written(fixture("iccma/three.af").argmap, "af").splitlines() == [
        line for line in lines if not line.startswith("#")
    ]


def test_support_and_undercuts_are_named(read_map):
    argmap = read_map("""
        [Tea]: Tea should be free.
          + <Joy>: It cheers.
            _ <Placebo>: It is imagined.
    """)
    labels = _grounded(named(argmap))
    assert (labels["tea"], labels["joy"], labels["placebo"]) == ("out", "in", "in")
    argmap = read_map(
        "[Tea]: Tea.\n  + <Joy>: It cheers.\n    _ <Placebo>: It is imagined.\n      - <Trial>: No.\n"
    )
    assert _grounded(named(argmap))["tea"] == "in"


def test_what_rests_on_itself_alone_falls(read_map):
    labels = _grounded(named(read_map("[A]: a\n  + [B]: b\n    + [A]\n\n[C]: c\n  + [D]: d\n")))
    assert labels["a"] == labels["b"] == "out"


@settings(max_examples=60)
@given(argument_maps(max_items=5))
def test_a_solver_finds_what_the_verdict_says(argmap):
    framework = named(argmap)
    labels = _grounded(framework)
    words = {"in": "stands", "out": "falls", "undecided": "contested"}
    found = {key: words[labels[name]] for key, name in framework.names.items()}
    assert found == {key: str(verdict) for key, verdict in verdicts(argmap).items()}


BROKEN = [
    ("apx", "arg(a).\nfoo(b).\n", ':2: this is no fact: "foo(b)."'),
    ("apx", "arg(a).\narg(a).\n", ':2: the argument "a" stands twice'),
    ("apx", "arg(a).\natt(a,z).\n", ':2: the attack names "z", which is no argument'),
    ("apx", "att(a).\n", ":1: att has one name"),
    ("apx", " \n", ":1: the file is empty"),
    ("tgf", "", ":1: no line # parts the arguments"),
    ("tgf", "a one\na two\n#\n", ':2: the argument "a" stands twice'),
    ("aba", "", ":1: the first line is no header: p aba N"),
    ("apx", "arg(a", ':1: this is no fact: "arg(a"'),
    ("tgf", "a\nb\n", ":1: no line # parts the arguments"),
    ("tgf", "a\n#\na\n", ":3: an attack has two names"),
    ("af", "1 2\n", ":1: the first line is no header: p af N"),
    ("af", "p af 2\n1 3\n", ':2: the attack names "3", which is no argument'),
    ("af", "p af 99999999\n", ":1: more than 1,000,000 are too many"),
    ("af", "p af 2\n1\n", ":2: an attack is two numbers"),
    ("aba", "p aba 2\nr 3\n", ':2: "3" is no atom from 1 to 2'),
    ("aba", "p aba 2\nx 1\n", ":2: this is no assumption, contrary or rule"),
]


@pytest.mark.parametrize(("name", "content", "message"), BROKEN)
def test_what_is_wrong_is_said_by_line(name, content, message, tmp_path):
    path = tmp_path / "broken"
    path.write_text(content)
    with pytest.raises(InputError) as caught:
        read(path, format=name)
    assert str(caught.value).startswith(f"{path}{message}")
