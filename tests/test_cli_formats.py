"""Folders, --keep-going, convert, formats and --strict, as a user meets them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from commandline import argmap
from formats import FIXTURES, said

from graph.export.writing import WRITERS
from ingest.reading import READERS, read

TEA = """[Tea]: Tea should be free.
  + <Joy>: It cheers.
    _ <Placebo>: It is imagined.
"""


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ARGMAP_STORE", str(tmp_path / "library.kgl"))
    Path("tea.argdown").write_text(TEA)


def _corpus() -> None:
    Path("corpus/deep").mkdir(parents=True)
    shutil.copy(FIXTURES / "aif/tea.json", "corpus/aif.json")
    shutil.copy(FIXTURES / "kialo/tea.txt", "corpus/kialo.txt")
    shutil.copy(FIXTURES / "carneades/tea.yml", "corpus/deep/carneades.yml")
    Path("corpus/README.txt").write_text("read me")
    Path("corpus/.hidden.json").write_text("{")


def test_a_folder_is_loaded_with_the_format_of_each_file_found_out():
    _corpus()
    done = argmap("load", "corpus")
    assert done.code == 0
    assert done.out.splitlines() == [
        "aif: 4 claims, 2 rebuttals, 0 cards; 4 warnings",
        "carneades: 6 claims, 1 rebuttal, 0 cards",
        "kialo: 2 claims, 4 rebuttals, 0 cards",
    ]
    assert "corpus: 1 file of other kinds left alone" in done.err
    assert json.loads(argmap("maps", "--format", "json").out)["rows"][0]["format"] == "aif"


def test_nothing_is_loaded_if_one_file_is_bad():
    _corpus()
    Path("corpus/bad.json").write_text('{"nodes": [{"nodeID": []}]}')
    done = argmap("load", "corpus")
    assert (done.code, done.out) == (1, "")
    assert "corpus/bad.json (nodes[0]): an id has to be text or a number" in done.err
    assert "holds no maps" in argmap("maps").out


def test_keep_going_loads_the_good_ones_and_lists_the_bad_at_the_end():
    _corpus()
    Path("corpus/bad.json").write_text('{"nodes": [{"nodeID": []}]}')
    done = argmap("load", "corpus", "--keep-going")
    assert done.code == 1
    assert [line.partition(":")[0] for line in done.out.splitlines()] == ["aif", "carneades", "kialo"]
    assert done.err.splitlines()[-1].startswith("corpus/bad.json (nodes[0]): ")
    assert len(json.loads(argmap("maps", "--format", "json").out)["rows"]) == 3


def test_keep_going_lists_a_map_whose_id_another_file_has():
    argmap("load", "tea.argdown")
    Path("other").mkdir()
    shutil.copy("tea.argdown", "other/tea.argdown")
    Path("other/joy.argdown").write_text("[Joy]: Joy.\n")
    done = argmap("load", "other", "--keep-going")
    assert done.code == 1
    assert done.out == "joy: 1 claim, 0 rebuttals, 0 cards\n"
    assert "other/tea.argdown: " in done.err


def test_from_overrules_what_a_file_looks_like():
    shutil.copy(FIXTURES / "aif/tea.json", "tea.txt")
    assert argmap("load", "tea.txt").code == 0
    refused = argmap("load", "tea.txt", "--from", "kialo")
    assert refused.code == 1
    assert "tea.txt:1: this is no export of Kialo" in refused.err


def test_convert_needs_no_store():
    done = argmap("convert", "tea.argdown", "tea.aif.json")
    assert done.code == 0
    assert said(read("tea.aif.json"))
    assert not Path("library.kgl").exists()


def test_convert_writes_to_stdout_by_name():
    done = argmap("convert", "tea.argdown", "-", "--to", "mermaid")
    assert done.out.startswith("flowchart BT\n")


def test_convert_says_item_by_item_what_is_left_out():
    done = argmap("convert", "tea.argdown", "tea.txt")
    assert done.code == 0
    lines = done.err.splitlines()
    assert lines[0] == "Kialo's text cannot say all of tea:"
    assert lines[lines.index("  undercuts are left out (1)") + 1] == "    Placebo → From Joy to Tea"


@pytest.mark.parametrize(
    "command", [["convert", "tea.argdown", "tea.txt"], ["export", "--file", "tea.argdown", "-o", "tea.txt"]]
)
def test_strict_refuses_and_writes_nothing(command):
    done = argmap(*command, "--strict")
    assert done.code == 1
    assert "undercuts are left out (1)" in done.err
    assert not Path("tea.txt").exists()


def test_strict_is_content_with_a_format_that_says_all():
    assert argmap("convert", "tea.argdown", "tea.json", "--strict").code == 0


def test_convert_never_writes_over_what_it_reads():
    done = argmap("convert", "tea.argdown", "tea.argdown")
    assert done.code == 1
    assert Path("tea.argdown").read_text() == TEA


def test_formats_lists_every_reader_and_writer():
    rows = json.loads(argmap("formats", "--format", "json").out)["rows"]
    assert {row["format"] for row in rows if row["read"]} == set(READERS)
    assert {row["format"] for row in rows if row["write"]} == set(WRITERS)


@pytest.mark.parametrize("name", list(WRITERS))
def test_every_suffix_leads_to_its_writer(name):
    for suffix in WRITERS[name].suffixes:
        done = argmap("convert", "tea.argdown", f"out{suffix}")
        assert done.code == 0, done.err
        assert Path(f"out{suffix}").stat().st_size > 0
