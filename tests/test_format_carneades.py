"""Carneades' YAML: arguments with roles, undercutters, issues, assumptions, and all that is kept."""

from __future__ import annotations

import pytest
import yaml
from formats import FIXTURES, again, assert_same, fixture, kinds, stored, written

from graph.errors import InputError
from graph.model import Claim, Inference, LinkKind
from ingest.reading import read


def test_arguments_are_steps_with_linked_premises():
    argmap = fixture("carneades/tea.yml").argmap
    assert {
        (LinkKind.PREMISE_OF, "joy", "a1"),
        (LinkKind.PREMISE_OF, "observed-staff", "a1"),
        (LinkKind.CONCLUDES, "a1", "tea"),
        (LinkKind.SUPPORTS, "joy", "tea"),
        (LinkKind.UNDERCUTS, "placebo", "a1"),
        (LinkKind.CONTRADICTS, "tea", "not-tea"),
    } <= kinds(argmap)
    step = argmap.by_id["tea/a1"]
    assert isinstance(step, Inference)
    assert (step.scheme, step.strict) == ("practical", None)


def test_what_is_assumed_is_granted():
    argmap = fixture("carneades/tea.yml").argmap
    granted = {item.title for item in argmap.items if isinstance(item, Claim) and item.granted}
    assert granted == {"It cheers people.", "It costs money.", "observed(staff)"}


def test_the_document_means_the_same_after_a_store(tmp_path):
    source = yaml.safe_load((FIXTURES / "carneades/tea.yml").read_text())
    argmap = fixture("carneades/tea.yml").argmap
    assert yaml.safe_load(written(argmap, "carneades")) == source
    assert yaml.safe_load(written(stored(argmap, tmp_path), "carneades")) == source
    assert list(yaml.safe_load(written(argmap, "carneades"))) == list(source)


def test_read_write_read_gives_the_same_map(tmp_path):
    argmap = fixture("carneades/tea.yml").argmap
    assert_same(again(argmap, "carneades", tmp_path), argmap)


def test_attacks_become_arguments_for_a_contrary(read_map):
    argmap = read_map("""
        [Tea]: Tea should be free.
          + <Joy>: It cheers.
            _ <Placebo>: It is imagined.
          - [Cost]: It costs money.
    """)
    document = yaml.safe_load(written(argmap, "carneades"))
    assert document["arguments"] == {
        "step-joy-to-tea": {"premises": ["joy"], "conclusion": "tea", "undercutter": "placebo"},
        "a1": {"premises": ["cost"], "conclusion": "¬tea"},
    }
    assert document["issues"] == {"issue 1": {"positions": ["tea", "¬tea"]}}
    assert document["statements"]["¬tea"] == "not so: Tea"


BROKEN = [
    ("statements: [a]\n", "(statements): this has to be a list of `name: value`"),
    ("arguments: {a: [b]}\n", "(arguments.a): this has to be a list of `name: value`"),
    ("arguments: {a: {premises: b}}\n", "(arguments.a.premises): this has to be a list"),
    ("arguments: {a: {premises: [[b]]}}\n", "(arguments.a.premises): this has to be the name of a statement"),
    ("statements: {a: x, a: y}\n", ':1:20: this is not YAML: the key "a" stands twice'),
    ("statements: {1: x, '1': y}\n", '(statements.1): the statement "1" stands twice'),
    ("statements: {a: &x b, c: *x}\n", ":1:17: anchors, aliases and tags of YAML are not read"),
    ("statements: !!python/object:os.system {}\n", ":1:13: anchors, aliases and tags of YAML are not read"),
    ("statements: {a: b\n", "this is not YAML"),
    ("statements: " + "[" * 100_000, ":1:112: lists and mappings are nested too deeply"),
    ("- a\n", "this is no argument graph"),
    ("", "the file is empty"),
]


@pytest.mark.parametrize(("content", "message"), BROKEN)
def test_what_is_wrong_is_said_with_its_place(content, message, tmp_path):
    path = tmp_path / "broken.yml"
    path.write_text(content)
    with pytest.raises(InputError) as caught:
        read(path, format="carneades")
    assert message in str(caught.value)
