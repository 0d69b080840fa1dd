"""Other people's real files: all of them load, with the counts that a plain count of each gives.

They are read from the folder named by ARGMAP_CORPORA; CONTRIBUTING.md says what has to be in it.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from formats import again, kinds, stored, written

from graph.check import Severity, check
from graph.model import ArgumentMap, Label, LinkKind
from ingest.reading import read, read_with_warnings
from ingest.yamltext import parsed

pytestmark = pytest.mark.corpora

WANTED = {"AIF": 661, "YAML": 43, "TGF": 8, "AGXML": 2, "LKIF": 11, "CAF": 1}
_SUFFIX = {"AIF": "json", "YAML": "yml", "TGF": "tgf", "AGXML": "xml", "LKIF": "xml", "CAF": "xml"}


def _files(name: str, report: Any) -> list[Path]:
    """The files of one folder of the corpora; a folder that is short is a failure."""
    folder = os.environ.get("ARGMAP_CORPORA")
    if not folder:
        pytest.skip("ARGMAP_CORPORA names no folder of other people's files")
    files = sorted(Path(folder, "carneades", name).glob(f"*.{_SUFFIX[name]}"))
    report(f"{name}_files_read", len(files))
    assert len(files) == WANTED[name], f"{folder}/carneades/{name} holds {len(files)} of {WANTED[name]} files"
    return files


def _sound(argmap: ArgumentMap) -> None:
    assert [finding for finding in check(argmap) if finding.severity is Severity.ERROR] == []


def _bag(document: dict[str, Any]) -> list[Any]:
    rest = {name: held for name, held in document.items() if name not in ("nodes", "edges")}
    lists = [Counter(json.dumps(x, sort_keys=True) for x in document[name]) for name in ("nodes", "edges")]
    return [*lists, rest]


def test_every_aif_file_has_its_nodes_and_comes_back_as_it_was(record_property):
    labels = {"I": (Label.CLAIM, Label.REBUTTAL), "RA": (Label.INFERENCE,), "L": (Label.LOCUTION,)}
    for path in _files("AIF", record_property):
        source = json.loads(path.read_text())
        reading = read_with_warnings(path)
        argmap = reading.argmap
        _sound(argmap)
        assert reading.warnings == (), path
        count = Counter(node["type"] for node in source["nodes"])
        count["RA"] += count.pop("CA", 0)
        for kind, of in labels.items():
            assert sum(item.label in of for item in argmap.items) == count.pop(kind, 0), path
        kept = argmap.extra.get("aif", {}).get("nodes", [])  # type: ignore[attr-defined]
        assert Counter(node["type"] for node in kept) == +count, path
        assert _bag(json.loads(written(argmap, "aif"))) == _bag(source), path


def test_an_aif_file_comes_back_from_a_store_as_it_was(record_property, tmp_path):
    files = _files("AIF", record_property)
    for path in files[::80]:
        back = stored(read(path), tmp_path)
        assert _bag(json.loads(written(back, "aif"))) == _bag(json.loads(path.read_text()))


def test_read_write_read_of_aif_gives_the_same_links(record_property, tmp_path):
    for path in _files("AIF", record_property)[::20]:
        argmap = read(path)
        back = again(argmap, "aif", tmp_path)
        assert (kinds(back), set(back.by_id)) == (kinds(argmap), set(argmap.by_id))


def test_every_carneades_graph_comes_back_as_it_was(record_property, tmp_path):
    for path in _files("YAML", record_property):
        source = parsed(path, path.read_text())
        argmap = read(path)
        _sound(argmap)
        assert sum(item.label is Label.INFERENCE for item in argmap.items) == len(
            source.get("arguments") or {}
        )
        declared = [
            i for i in argmap.items if "key" in i.extra["carneades"] and i.label is not Label.INFERENCE
        ]  # type: ignore[operator]
        assert len(declared) == len(source.get("statements") or {})
        text = written(argmap, "carneades")
        assert parsed(path, text) == source, path
        assert kinds(again(argmap, "carneades", tmp_path)) == kinds(argmap)


def test_every_tgf_file_has_its_arguments_and_attacks(record_property):
    for path in _files("TGF", record_property):
        above, _, below = path.read_text().partition("#")
        argmap = read(path)
        _sound(argmap)
        assert len(argmap.items) == len(above.split())
        attacks = [link for link in argmap.links if link.kind is LinkKind.REBUTS]
        assert len(attacks) == len(below.split()) // 2


def test_every_arggraph_has_its_units_and_relations(record_property):
    for path in _files("AGXML", record_property):
        root = ET.parse(path).getroot()
        argmap = read(path)
        _sound(argmap)
        assert sum(i.label in (Label.CLAIM, Label.REBUTTAL) for i in argmap.items) == len(root.findall("adu"))
        relations = [e for e in root.findall("edge") if e.get("type") not in ("seg", "join", "add")]
        assert sum(item.label is Label.INFERENCE for item in argmap.items) == len(relations)
        assert all(item.text for item in argmap.items if item.label is not Label.INFERENCE)


@pytest.mark.parametrize("name", ["LKIF", "CAF"])
def test_every_lkif_and_caf_file_has_its_statements_arguments_and_premises(name, record_property):
    for path in _files(name, record_property):
        text = path.read_text(encoding="utf-8")
        argmap = read(path)
        _sound(argmap)
        counted = Counter(item.label for item in argmap.items)
        assert counted[Label.CLAIM] + counted[Label.REBUTTAL] == len(re.findall(r"<statement\s", text))
        assert counted[Label.INFERENCE] == len(re.findall(r"<argument\s", text))
        joined = [
            link
            for link in argmap.links
            if link.kind is LinkKind.PREMISE_OF
            or (link.kind is LinkKind.UNDERCUTS and link.via is None and link.extra)
        ]
        assert len(joined) == len(re.findall(r"<premise\s", text))
