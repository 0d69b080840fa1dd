"""arguebuf and SADFace: atoms and schemes by their ids, in and out, nothing lost."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import pytest
from formats import FIXTURES, again, assert_same, fixture, kinds, stored, written
from hypothesis import given, settings
from strategies import argument_maps

from graph.errors import InputError
from graph.model import ARGUERS, ArgumentMap, Inference, Link, LinkKind, Origin, Polarity, Source
from ingest.reading import read

BOTH = ["arguebuf", "sadface"]


def _sorted(document: Any) -> Any:
    """A document whose lists of nodes, edges and resources are in the order of their ids."""
    return {
        name: sorted(held, key=lambda row: str(row.get("id"))) if isinstance(held, list) else held
        for name, held in document.items()
    }


@pytest.mark.parametrize("file", ["arguebuf/tea", "arguebuf/linked", "sadface/tea", "sadface/numbers"])
def test_what_was_read_is_written_as_it_stood_after_a_store(file, tmp_path):
    name = file.partition("/")[0]
    source = json.loads((FIXTURES / f"{file}.json").read_text())
    argmap = fixture(f"{file}.json").argmap
    assert argmap.format == name
    assert _sorted(json.loads(written(argmap, name))) == _sorted(source)
    assert _sorted(json.loads(written(stored(argmap, tmp_path), name))) == _sorted(source)


@pytest.mark.parametrize("name", BOTH)
def test_read_write_read_gives_the_same_map(name, tmp_path):
    argmap = fixture(f"{name}/tea.json").argmap
    back = again(argmap, name, tmp_path)
    assert kinds(back) == kinds(argmap)
    assert {i.id: (i.label, i.title, i.text, i.extra) for i in back.items} == {
        i.id: (i.label, i.title, i.text, i.extra) for i in argmap.items
    }
    assert_same(again(back, name, tmp_path), back)


def test_arguebuf_says_who_and_where_and_what_is_major():
    argmap = fixture("arguebuf/tea.json").argmap
    assert argmap.motion == ("tea/n1",)
    assert {
        (LinkKind.ASSERTED_BY, "n1", "person-ann"),
        (LinkKind.CITES, "n2", "source-r1"),
        (LinkKind.SUPPORTS, "n2", "n1"),
        (LinkKind.REBUTS, "n3", "n1"),
    } <= kinds(argmap)
    source = argmap.by_id["tea/source-r1"]
    assert isinstance(source, Source)
    assert (source.title, source.url) == ("Survey", "https://example.org/s")
    step = argmap.by_id["tea/s1"]
    assert isinstance(step, Inference)
    assert step.scheme == "SUPPORT_EXPERT_OPINION"


def test_schemes_of_no_side_are_kept_and_reported():
    reading = fixture("arguebuf/tea.json")
    assert [str(w.what) for w in reading.warnings] == [
        "2 of them neither support nor attack; they are kept and written back"
    ]


def test_sadface_spells_an_attack_in_two_ways():
    argmap = fixture("sadface/tea.json").argmap
    assert argmap.title == "Free tea"
    polarity = {i.id: i.polarity for i in argmap.items if isinstance(i, Inference)}
    assert polarity == {
        "tea/s1": Polarity.SUPPORTS,
        "tea/s2": Polarity.ATTACKS,
        "tea/s3": Polarity.ATTACKS,
        "tea/s4": Polarity.SUPPORTS,
    }
    step = argmap.by_id["tea/s4"]
    assert isinstance(step, Inference)
    assert step.scheme == "Argument from Expert Opinion"


@pytest.mark.parametrize("name", BOTH)
def test_a_map_of_another_format_is_written_and_read_again(name, read_map, tmp_path):
    argmap: ArgumentMap = read_map("""
        [Tea]: Tea should be free.
          + <Joy>: It cheers. {source: {title: Survey, url: "https://example.org/s"}, heldBy: Ann}
            _ <Placebo>: It is imagined.
          - [Cost]: It costs money.
    """)
    back = again(argmap, name, tmp_path)
    said = {(k.value, back.by_id[f"map/{s}"].text, back.by_id[f"map/{e}"].text) for k, s, e in kinds(back)}
    assert ("SUPPORTS", "It cheers.", "Tea should be free.") in said
    assert ("REBUTS", "It costs money.", "Tea should be free.") in said
    assert any(kind == "UNDERCUTS" and start == "It is imagined." for kind, start, _ in said)
    assert [item.title for item in back.items if isinstance(item, Source)] == ["Survey"]


def test_linked_premises_lead_to_one_step_and_an_attack_on_a_step_undercuts_it():
    argmap = fixture("arguebuf/linked.json").argmap
    texts = {
        (link.kind.value, argmap.by_id[link.start].text, link.end)
        for link in argmap.links
        if link.end == "linked/s"
    }
    assert texts == {
        ("PREMISE_OF", "Ann says so.", "linked/s"),
        ("PREMISE_OF", "Ann is an expert.\nOn buses.", "linked/s"),
        ("UNDERCUTS", "Experts err.", "linked/s"),
        ("CONCLUDES", "", "linked/s"),
    }


@pytest.mark.parametrize("name", BOTH)
def test_what_a_user_adds_and_removes_leaves_the_rest_as_it_was(name, read_map, tmp_path):
    """New nodes and edges get ids that none of the document has, though it numbered its own so too."""
    argmap = again(read_map("[A]: a\n  + [B]: b\n  - [C]: c\n\n[D]: d\n  + [E]: e\n"), name, tmp_path)
    added = [
        Link(kind=kind, start=f"map/{start}", end="map/a", origin=Origin.USER)
        for kind, start in ((LinkKind.SUPPORTS, "d"), (LinkKind.REBUTS, "e"))
    ]
    left = [link for link in argmap.links if "map/b" not in (link.start, link.end)]
    items = tuple(item for item in argmap.items if item.id != "map/b")
    edited = dataclasses.replace(argmap, items=items, links=(*added, *left))
    back = again(edited, name, tmp_path)
    texts = {
        (kind.value, back.by_id[f"map/{s}"].text, back.by_id[f"map/{e}"].text) for kind, s, e in kinds(back)
    }
    assert {(kind, start, end) for kind, start, end in texts if kind in ("SUPPORTS", "REBUTS")} == {
        ("REBUTS", "c", "a"),
        ("SUPPORTS", "e", "d"),
        ("SUPPORTS", "d", "a"),
        ("REBUTS", "e", "a"),
    }


@pytest.mark.parametrize("name", BOTH)
@settings(max_examples=40)
@given(argmap=argument_maps())
def test_any_map_is_written_and_what_is_read_from_there_stays_the_same(name, argmap, tmp_path_factory):
    folder = tmp_path_factory.mktemp(name)
    first = again(argmap, name, folder)
    assert sum(item.label in ARGUERS for item in first.items) == sum(i.label in ARGUERS for i in argmap.items)
    second = again(first, name, folder)
    assert json.loads(written(second, name)) == json.loads(written(first, name))
    assert_same(second, first)


BROKEN = [
    ("arguebuf", '{"nodes": []}', "(nodes): this has to be an object, and is a list"),
    ("arguebuf", '{"nodes": {"a": 1}}', "(nodes.a): this has to be an object, and is a number"),
    ("arguebuf", '{"nodes": {"a": {"atom": {"text": []}}}}', "(nodes.a.atom.text): this has to be text"),
    ("arguebuf", '{"nodes": {}, "edges": {"e": {}}}', "(edges.e.source): an id has to be text or a number"),
    ("sadface", '{"nodes": {}}', "(nodes): this has to be a list, and is an object"),
    ("sadface", '{"nodes": [{"type": "atom"}]}', "(nodes[0]): an id has to be text or a number"),
    ("sadface", '{"nodes": [{"id": 1, "type": "atom"}, {"id": "1", "type": "atom"}]}', "(nodes[1]): another"),
    ("sadface", "[]", "this has to be an object, and is a list"),
    ("sadface", '{"nodes": [', "this is not JSON"),
]


@pytest.mark.parametrize(("name", "content", "message"), BROKEN)
def test_what_is_wrong_is_said_with_its_path(name, content, message, tmp_path):
    path = tmp_path / "broken.json"
    path.write_text(content)
    with pytest.raises(InputError) as caught:
        read(path, format=name)
    assert message in str(caught.value)


@pytest.mark.parametrize("name", BOTH)
def test_an_edge_to_nowhere_is_kept_and_reported(name, tmp_path):
    path = tmp_path / "loose.json"
    atom = {"id": "a", "type": "atom", "text": "t", "atom": {"text": "t"}}
    edge = {"id": "e", "source_id": "a", "target_id": "z", "source": "a", "target": "z"}
    as_maps = name == "arguebuf"
    document = {"nodes": {"a": atom} if as_maps else [atom], "edges": {"e": edge} if as_maps else [edge]}
    path.write_text(json.dumps(document))
    from ingest.reading import read_with_warnings

    reading = read_with_warnings(path, format=name)
    assert any('it names the node "z"' in str(warning) for warning in reading.warnings)
    edges = json.loads(written(reading.argmap, name))["edges"]
    assert list(edges) == (["e"] if as_maps else [edge])
