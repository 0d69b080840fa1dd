"""What is only written: Cypher scripts, the style of Neo4j Browser, GraphML, GEXF, DOT and Mermaid."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from xml.etree import ElementTree as ET

import neo4j_server
import networkx as nx
import pytest
from commandline import EXAMPLE
from formats import fixture, written
from hypothesis import HealthCheck, given, settings
from strategies import AWKWARD, argument_maps

from graph.draft import MapDraft
from graph.export.cypher import literal, statements
from graph.export.losses import losses
from graph.model import ArgumentMap, Claim, Label, LinkKind
from graph.store.url import open_store
from ingest.reading import read


@pytest.fixture(scope="module")
def tea() -> ArgumentMap:
    """A map with every kind of item that a drawing shows."""
    return fixture("aif/tea.json").argmap


@pytest.fixture(scope="module")
def awkward() -> ArgumentMap:
    """A map whose texts have broken somebody's file."""
    draft = MapDraft("awkward", 'It\'s "awkward" \\ \n <b>')
    for number, text in enumerate(AWKWARD):
        draft.claim(number, title=f"T{number} {text}", text=text, extra={"x": {"it's": text}})
        if number:
            draft.attack(number, 0, extra={"why": text})
    return draft.finish()


def _run(store, argmap: ArgumentMap) -> ArgumentMap:
    for statement in statements(argmap):
        store.cypher(statement, write=True)
    return store.load(argmap.id)


def test_the_script_makes_the_map_on_both_engines(any_store, tea):
    assert _run(any_store, tea) == tea
    assert _run(any_store, tea) == tea  # run again, it replaces what it made


def test_awkward_texts_pass_through_the_script_unharmed(any_store, awkward):
    assert _run(any_store, awkward) == awkward


@pytest.mark.neo4j
def test_cypher_shell_runs_the_script(neo4j_address, neo4j_running, tea, awkward, tmp_path):
    try:
        jars = neo4j_server.shell_jars()
    except neo4j_server.Unavailable as error:
        pytest.skip(str(error))
    script = tmp_path / "maps.cypher"
    script.write_text(written(tea, "cypher") + written(awkward, "cypher"), encoding="utf-8")
    shell = ["java", "-Dfile.encoding=UTF-8", "-cp", f"{jars}/*", "org.neo4j.shell.Main", "-a", neo4j_address]
    login = ["-u", neo4j_running.username, "-p", neo4j_running.password]
    for _ in range(2):  # run again, it replaces what it made
        run = subprocess.run([*shell, *login, "-f", str(script)], capture_output=True, text=True, check=False)
        assert (run.returncode, run.stderr) == (0, "")
    store = open_store(neo4j_address)
    try:
        assert store.load(tea.id) == tea
        assert store.load(awkward.id) == awkward
    finally:
        store.close()


def test_the_script_leaves_other_maps_alone(any_store, tea, awkward):
    any_store.replace(awkward)
    _run(any_store, tea)
    assert any_store.load("awkward") == awkward


def test_the_script_is_statements_that_end_with_semicolons(awkward):
    script = written(awkward, "cypher")
    assert script == "".join(f"{statement};\n" for statement in statements(awkward))
    assert "$" not in re.sub(r"'(?:[^'\\]|\\.)*'", "", script)  # no parameters outside of texts
    assert not re.search(r"[\x00-\x09\x0b-\x1f\u2028]", script)


def test_many_items_come_in_batches():
    items = tuple(Claim(id=f"m/{n}", title=str(n)) for n in range(1201))
    argmap = ArgumentMap(id="m", title="m", items=items)
    assert sum(statement.startswith("UNWIND") for statement in statements(argmap)) == 3


def test_a_literal_is_what_cypher_reads():
    assert literal({"a": [True, 1, 0.5], "b": "it's \\ \n"}) == r"{a: [true, 1, 0.5], b: 'it\'s \\ \n'}"


def test_every_label_and_relationship_has_a_style(tea):
    style = written(tea, "grass")
    blocks = dict(re.findall(r"^(\S+) \{\n(.*?)\n\}", style, re.DOTALL | re.MULTILINE))
    assert {f"node.{label}" for label in Label} | {f"relationship.{kind}" for kind in LinkKind} <= set(blocks)
    assert 'caption: "{title}";' in blocks["node.Claim"]
    assert all(re.fullmatch(r"(  [\w-]+: [^;]+;\n?)+", block) for block in blocks.values())


def test_graphml_has_what_yed_shows_and_every_field(tea):
    text = written(tea, "graphml")
    graph = nx.parse_graphml(text)
    assert set(graph.nodes) == set(tea.by_id)
    assert graph.nodes["tea/2"]["text"] == "Tea cheers the staff."
    assert graph.number_of_edges() == len(tea.links)
    space = {"g": "http://graphml.graphdrawing.org/xmlns", "y": "http://www.yworks.com/xml/graphml"}
    root = ET.fromstring(text)
    labels = [label.text or "" for label in root.iterfind(".//y:NodeLabel", space)]
    assert " ".join(labels[0].split()) == "Tea should be free."
    colours = {e.find(".//y:LineStyle", space).get("color") for e in root.iterfind(".//g:edge", space)}  # type: ignore[union-attr]
    assert {"#1c7447", "#b3261e"} <= colours
    for drawn, said in zip(
        root.iterfind(".//g:edge", space), root.iterfind(".//y:EdgeLabel", space), strict=True
    ):
        kinds = {x.kind.lower().replace("_", " ") for x in tea.outgoing[drawn.get("source", "")]}
        assert said.text in kinds


def test_gexf_has_labels_and_colours(tea):
    text = written(tea, "gexf")
    graph = nx.read_gexf(io.BytesIO(text.encode()))
    assert set(graph.nodes) == set(tea.by_id)
    assert graph.nodes["tea/2"]["label"] == "Tea cheers the staff."
    assert {node["viz"]["color"]["r"] for _, node in graph.nodes(data=True)} > {28, 179}
    assert graph.number_of_edges() == len(tea.links)


def test_dot_names_every_item_and_link(tea):
    lines = written(tea, "dot").splitlines()
    assert lines[0] == "digraph argmap {"
    assert sum(" -> " in line for line in lines) == sum(link.via is None for link in tea.links)
    assert any(line.startswith('  "tea/4" -> "tea/1" [color="#1c7447"') for line in lines)


def test_the_labels_of_dot_are_xml_whatever_they_say(awkward):
    labels = re.findall(r"label=<(.*?)>, fillcolor", written(awkward, "dot"))
    assert len(labels) == len(awkward.items)
    for label in labels:
        ET.fromstring(f"<label>{label}</label>")


@pytest.mark.tool
@pytest.mark.skipif(shutil.which("dot") is None, reason="Graphviz is not installed")
def test_graphviz_draws_it(tea, awkward):
    for argmap in (tea, awkward, read(EXAMPLE)):
        drawn = subprocess.run(["dot", "-Tsvg"], input=written(argmap, "dot").encode(), capture_output=True)
        assert (drawn.returncode, drawn.stderr) == (0, b"")


def test_mermaid_names_every_item_and_link(tea):
    lines = written(tea, "mermaid").splitlines()
    assert lines[0] == "flowchart BT"
    assert '  n0("<b>Tea should be free.</b>")' in lines
    assert sum("-->" in line for line in lines) == sum(link.via is None for link in tea.links)


def test_no_text_breaks_out_of_a_mermaid_label(awkward):
    for line in written(awkward, "mermaid").splitlines()[1:]:
        shape = re.fullmatch(r'  n\d+\("(.*)"\)', line)
        if shape:
            assert not re.search(r'["`]|<(?!/?b>|br/>)', shape[1])


def test_what_keeps_every_field_loses_nothing(tea):
    assert losses(tea, "graphml") == losses(tea, "gexf") == losses(tea, "cypher") == []


@pytest.mark.parametrize("name", ["cypher", "graphml", "gexf", "dot", "mermaid", "grass"])
def test_the_worked_example_is_written(name):
    assert len(written(read(EXAMPLE), name)) > 1000


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(argument_maps())
def test_any_map_is_written_in_every_drawing_format(argmap):
    nx.parse_graphml(written(argmap, "graphml"))
    nx.read_gexf(io.BytesIO(written(argmap, "gexf").encode()))
    for name in ("dot", "mermaid", "cypher"):
        assert written(argmap, name)
