"""AIF node sets, xAIF and OVA files: every type of node, in and out, nothing lost."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from formats import again, assert_same, by_title, fixture, kinds, stored, written

from graph.errors import InputError
from graph.export.losses import losses
from graph.model import Inference, Label, LinkKind, Locution, Polarity
from ingest.reading import read, read_with_warnings


def _bags(document: dict[str, Any]) -> tuple[Counter[str], Counter[str], dict[str, Any]]:
    """Nodes and edges whatever their order, and the rest."""
    rest = {name: value for name, value in document.items() if name not in ("nodes", "edges")}
    bag = [Counter(json.dumps(row, sort_keys=True) for row in document[name]) for name in ("nodes", "edges")]
    return bag[0], bag[1], rest


def test_each_type_of_node_has_its_place():
    argmap = fixture("aif/tea.json").argmap
    assert Counter(item.label for item in argmap.items) == {
        Label.CLAIM: 4,
        Label.REBUTTAL: 2,
        Label.INFERENCE: 3,
        Label.LOCUTION: 2,
        Label.PERSON: 2,
    }
    kept = argmap.extra["aif"]["nodes"]  # type: ignore[index]
    assert [node["type"] for node in kept] == ["MA", "PA", "YA", "YA", "TA"]


def test_premises_of_one_step_are_linked_and_those_of_two_are_not():
    argmap = fixture("aif/tea.json").argmap
    assert {
        (LinkKind.PREMISE_OF, "2", "4"),
        (LinkKind.PREMISE_OF, "3", "4"),
        (LinkKind.CONCLUDES, "4", "1"),
        (LinkKind.SUPPORTS, "2", "1"),
        (LinkKind.PREMISE_OF, "5", "6"),
        (LinkKind.REBUTS, "5", "1"),
    } <= kinds(argmap)
    step = argmap.by_id["tea/4"]
    assert isinstance(step, Inference)
    assert (step.polarity, step.scheme) == (Polarity.SUPPORTS, "Practical Reasoning")


def test_a_conflict_with_an_inference_is_an_undercut():
    argmap = fixture("aif/tea.json").argmap
    assert {(LinkKind.UNDERCUTS, "7", "4"), (LinkKind.CONCLUDES, "8", "4")} <= kinds(argmap)


def test_speakers_illocutions_times_and_order_of_a_dialogue_are_kept():
    argmap = fixture("aif/tea.json").argmap
    assert {
        (LinkKind.SAYS, "said-20", "1"),
        (LinkKind.SAYS, "said-21", "6"),
        (LinkKind.FOLLOWS, "said-21", "said-20"),
        (LinkKind.SPOKEN_BY, "said-20", "person-ann"),
        (LinkKind.SPOKEN_BY, "said-21", "person-bob"),
    } <= kinds(argmap)
    locution = argmap.by_id["tea/said-20"]
    assert isinstance(locution, Locution)
    assert (locution.start, locution.illocution) == ("2024-05-01 10:00:01", "Asserting")


def test_malformed_relations_are_kept_and_reported():
    reading = fixture("aif/tea.json")
    assert [(problem.path, problem.what) for problem in reading.warnings] == [
        ("edges[17]", 'it names the node "99", which is not there; it is kept, and links nothing'),
        ("", 'the edge from "9" to "5" joins what AIF does not join; it is kept'),
        ("", "1 rephrasing kept and written back, and shown by no link"),
        ("", "1 preference kept and written back, and shown by no link"),
    ]


def test_a_relation_without_ends_is_a_step_to_nothing():
    reading = fixture("xaif/tea.json")
    assert isinstance(reading.argmap.by_id["tea/5-1673"], Inference)
    assert reading.warnings == ()


def test_participants_of_xaif_are_the_speakers():
    argmap = fixture("xaif/tea.json").argmap
    assert (LinkKind.SPOKEN_BY, "said-0", "person-ann-archer") in kinds(argmap)


def test_what_was_read_is_written_as_it_stood():
    source = json.loads((Path(__file__).parent / "fixtures/aif/tea.json").read_text())
    assert _bags(json.loads(written(fixture("aif/tea.json").argmap, "aif"))) == _bags(source)


def test_xaif_is_written_as_it_stood_after_a_store(tmp_path):
    source = json.loads((Path(__file__).parent / "fixtures/xaif/tea.json").read_text())
    document = json.loads(written(stored(fixture("xaif/tea.json").argmap, tmp_path), "xaif"))
    assert _bags(document["AIF"]) == _bags(source["AIF"])
    assert {**document, "AIF": None} == {**source, "AIF": None}


@pytest.mark.parametrize("name", ["aif", "xaif"])
def test_read_write_read_gives_the_same_map(name, tmp_path):
    argmap = fixture(f"{name}/tea.json").argmap
    back = again(argmap, name, tmp_path)
    assert {item.id: repr(item).replace("order", "") for item in back.items}.keys() == argmap.by_id.keys()
    assert kinds(back) == kinds(argmap)
    assert_same(back, again(back, name, tmp_path))


def test_a_map_of_another_format_becomes_nodes_and_edges(read_map, tmp_path):
    argmap = read_map("""
        [Tea]: Tea should be free.
          + <Morale>: It lifts morale.
            _ <Placebo>: The effect is imagined.
          - [Cost]: It costs money.
          >< [No tea]: Tea should not be free.
    """)
    document = json.loads(written(argmap, "aif"))
    assert Counter(node["type"] for node in document["nodes"]) == {"I": 5, "RA": 1, "CA": 4}
    assert {node["nodeID"] for node in document["nodes"]} == {str(number) for number in range(1, 11)}
    back = again(argmap, "aif", tmp_path)
    undercut = next(link for link in back.links if link.kind is LinkKind.UNDERCUTS)
    assert back.by_id[undercut.start].text == "The effect is imagined."
    assert {str(loss) for loss in losses(argmap, "aif")} >= {
        "titles are left out (5)",
        "contradictions are written as two attacks (1)",
    }


def test_a_dialogue_that_no_aif_file_said_is_written_with_its_nodes():
    argmap = fixture("aif/tea.json").argmap
    from dataclasses import replace

    bare = replace(
        argmap,
        extra={},
        items=tuple(replace(item, extra={}) for item in argmap.items),
        links=tuple(replace(link, extra={}) for link in argmap.links),
    )
    types = Counter(node["type"] for node in json.loads(written(bare, "xaif"))["AIF"]["nodes"])
    assert (types["L"], types["YA"], types["TA"]) == (2, 2, 1)


def test_ova_gives_claims_steps_and_who_holds_them():
    argmap = fixture("ova/tea.json").argmap
    assert kinds(argmap) == {
        (LinkKind.ASSERTED_BY, "1", "person-ann-archer"),
        (LinkKind.PREMISE_OF, "2", "3"),
        (LinkKind.CONCLUDES, "3", "1"),
        (LinkKind.SUPPORTS, "2", "1"),
    }
    assert argmap.motion == ("tea/1",)
    step = by_title(argmap, "Argument from Sign 3")
    assert step.extra["ova"]["descriptors"] == {"s_1": 2}  # type: ignore[index]
    assert argmap.extra["ova"]["analysis"]["documentTitle"] == "Tea"  # type: ignore[index]


BROKEN = [
    ('{"nodes": [{"nodeID": "1", "text": "T', "this is not JSON: Unterminated string starting at"),
    ('{"nodes": [{"nodeID": "1"}], "edges": {}}', "(edges): this has to be a list, and is an object"),
    ('{"nodes": [{"nodeID": null, "type": "I"}]}', "(nodes[0]): an id has to be text or a number"),
    (
        '{"nodes": [{"nodeID": "1", "type": "I", "text": []}]}',
        "(nodes[0]): this has to be text, and is a list",
    ),
    ('{"nodes": [{"nodeID": "1", "nodeID": "2"}]}', '(nodeID): one object has the key "nodeID" twice'),
    ('{"nodes": [3, {"nodeID": "1"}]}', "(nodes[0]): this has to be an object, and is a number"),
    ('{"nodes": [{"nodeID": NaN}]}', "this is not JSON: NaN is no number of JSON"),
    ("[1]", "this is no node set"),
    ("", "the file is empty"),
    ('{"nodes": ' + "[" * 100_000, "lists and objects are nested too deeply"),
    ('{"nodes": [{"nodeID": ' + "9" * 9000 + "}]}", "this is not JSON: Exceeds the limit"),
]


@pytest.mark.parametrize(("content", "message"), BROKEN)
def test_what_is_wrong_is_said_with_its_place(content, message, tmp_path):
    path = tmp_path / "broken.json"
    path.write_text(content)
    with pytest.raises(InputError) as caught:
        read(path, format="aif")
    assert str(caught.value).startswith(f"{path}")
    assert message in str(caught.value)


def test_a_doubled_id_is_reported_and_both_nodes_are_written_back(tmp_path):
    path = tmp_path / "twice.json"
    nodes = [{"nodeID": 1, "text": "a", "type": "I"}, {"nodeID": "1", "text": "b", "type": "I"}]
    path.write_text(json.dumps({"nodes": nodes, "edges": []}))
    reading = read_with_warnings(path)
    assert [str(warning.path) for warning in reading.warnings] == ["nodes[1]"]
    assert json.loads(written(reading.argmap, "aif"))["nodes"] == nodes


def test_a_node_that_leads_to_itself_is_kept_and_links_nothing(tmp_path):
    path = tmp_path / "self.json"
    nodes = [{"nodeID": "1", "text": "", "type": "RA"}]
    path.write_text(json.dumps({"nodes": nodes, "edges": [{"edgeID": "2", "fromID": "1", "toID": "1"}]}))
    argmap = read(path)
    assert argmap.links == ()
    assert json.loads(written(argmap, "aif"))["edges"][0]["edgeID"] == "2"
