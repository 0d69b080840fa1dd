"""`load`, `maps` and `delete`: files into the store and out of it."""

from __future__ import annotations

import io
import json
import os
from pathlib import Path

import kglite
import pytest
from commandline import EXAMPLE, argmap

TAX = """\
===
title: A sugar tax
===

[Tax]: A sugar tax cuts obesity.
  - [Poor]: It hits the poor hardest.
    - [Fair]: So does obesity.
  + <Study>: Sales fell. {quote: "sales fell", cite: Smith 14}
"""


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in, with a store of its own and one map as a file."""
    monkeypatch.setenv("ARGMAP_STORE", str(tmp_path / "library.kgl"))
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(tmp_path)
    Path("tax.argdown").write_text(TAX)
    return tmp_path


def ids() -> list[str]:
    return [row["id"] for row in json.loads(argmap("maps", "--format", "json").out)["rows"]]


def test_a_load_says_what_it_found():
    assert argmap("load", "tax.argdown") == (0, "tax: 1 claim, 2 rebuttals, 1 card\n", "")
    assert ids() == ["tax"]


def test_a_second_load_says_what_changed():
    argmap("load", "tax.argdown")
    assert argmap("load", "tax.argdown").out == "tax: 1 claim, 2 rebuttals, 1 card; nothing changed\n"
    Path("tax.argdown").write_text(TAX.replace("So does obesity.", "Obesity does too.") + "  + [New]: New.\n")
    assert argmap("load", "tax.argdown").out == "tax: 2 claims, 2 rebuttals, 1 card; 2 added, 1 changed\n"


def test_what_changed_is_there_for_programs():
    argmap("load", "tax.argdown")
    (row,) = json.loads(argmap("load", "tax.argdown", "--format", "json").out)["rows"]
    assert (row["map"], row["added"], row["changed"], row["removed"]) == ("tax", 0, 0, 0)
    assert row["unchanged"] > 5


def test_a_title_that_never_gets_a_text_is_a_warning_on_stderr():
    Path("tax.argdown").write_text(TAX + "  - [Poro]\n")
    done = argmap("load", "tax.argdown")
    assert done.code == 0
    assert done.out.endswith("; 1 warning\n")
    assert "tax.argdown:9:" in done.err
    assert "Poor" in done.err


def test_a_file_can_be_loaded_under_another_id():
    argmap("load", "tax.argdown", "--as", "finals")
    assert ids() == ["finals"]
    assert argmap("load", "tax.argdown", "tax.argdown", "--as", "x").code == 2


def test_every_error_of_every_file_is_said_and_nothing_is_loaded():
    Path("broken.argdown").write_text("[A]: a\n  - [B] b\n\n  - [C] c\n")
    done = argmap("load", "tax.argdown", "broken.argdown", "gone.argdown")
    assert done.code == 1
    assert done.out == ""
    assert "broken.argdown:2:" in done.err
    assert "gone.argdown: " in done.err
    assert "Traceback" not in done.err
    assert ids() == []


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("gone.argdown", None),
        ("folder", "folder"),
        ("photo.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01"),
        ("x.zzz", b"zzz"),
    ],
)
def test_what_cannot_be_read_gets_one_line_and_what_can_be(name, content):
    if content == "folder":
        Path(name).mkdir()
    elif content is not None:
        Path(name).write_bytes(content)
    done = argmap("load", name)
    assert done.code == 1
    assert done.out == ""
    first, hint = done.err.splitlines()
    assert first.startswith(f"{name}: ")
    assert hint.startswith("  ")
    assert name == "photo.jpg" or "argmap reads: " in hint
    assert ids() == []


def test_two_files_of_one_map_id_are_refused_with_both_paths():
    Path("other").mkdir()
    Path("other/tax.argdown").write_text("[Tax]: Another.\n  + [A]: a\n")
    argmap("load", "tax.argdown")
    refused = argmap("load", "other/tax.argdown")
    assert refused.code == 1
    paths = [str(Path(name).resolve()) for name in ("tax.argdown", "other/tax.argdown")]
    assert all(wanted in refused.err for wanted in (*paths, "--as", "--replace"))
    assert argmap("load", "other/tax.argdown", "--as", "tax2").code == 0
    assert argmap("load", "other/tax.argdown", "--replace").code == 0
    assert ids() == ["tax", "tax2"]


def test_two_files_of_one_map_id_at_once_are_refused_before_anything_is_loaded():
    Path("other").mkdir()
    Path("other/tax.argdown").write_text("[Tax]: Another.\n")
    refused = argmap("load", "tax.argdown", "other/tax.argdown")
    assert refused.code == 1
    assert "other/tax.argdown" in refused.err
    assert "--as" in refused.err
    assert ids() == []


def test_one_taken_id_among_several_files_loads_none_of_them():
    Path("other").mkdir()
    Path("other/tax.argdown").write_text("[Tax]: Another.\n")
    Path("new.argdown").write_text("[New]: New.\n")
    argmap("load", "tax.argdown")
    assert argmap("load", "new.argdown", "other/tax.argdown").code == 1
    assert ids() == ["tax"]


def test_maps_lists_what_is_there():
    assert argmap("maps").out == "The store holds no maps yet. Load one: argmap load FILE\n"
    argmap("load", "tax.argdown")
    argmap("load", EXAMPLE)
    shown = argmap("maps").out
    assert shown.startswith("2 maps in the store.\n")
    assert "A sugar tax" in shown
    assert ids() == ["localism", "tax"]


def test_delete_asks_first(monkeypatch):
    argmap("load", "tax.argdown")
    for said in ("n\n", "\n", ""):
        monkeypatch.setattr("sys.stdin", io.StringIO(said))
        kept = argmap("delete", "tax")
        assert kept.code == 1
        assert 'Delete the map "tax" with its ' in kept.err
        assert ids() == ["tax"]
    monkeypatch.setattr("sys.stdin", io.StringIO("y\n"))
    assert argmap("delete", "tax").code == 0
    assert ids() == []


def test_delete_with_yes_does_not_ask():
    argmap("load", "tax.argdown")
    done = argmap("delete", "tax", "--yes")
    assert (done.code, done.out) == (0, "")
    assert ids() == []


def test_an_unknown_map_gets_the_nearest():
    argmap("load", "tax.argdown")
    for command in ("show txa", "ask unanswered txa", "draw txa", "export txa", "delete txa --yes"):
        done = argmap(*command.split())
        assert done.code == 1, command
        assert '"tax"' in done.err, command


def test_the_store_can_be_named_before_and_after_the_command():
    argmap("load", "tax.argdown", "--store", "a.kgl")
    argmap("--store", "b.kgl", "load", EXAMPLE)
    assert '"tax"' in argmap("--store", "a.kgl", "maps", "--format", "json").out
    assert '"localism"' in argmap("maps", "--store", "b.kgl", "--format", "json").out
    assert '"tax"' in argmap("--store", "b.kgl", "maps", "--store", "a.kgl", "--format", "json").out
    assert ids() == []


def test_a_damaged_store_is_named_and_not_touched(place):
    damaged = place / "library.kgl"
    damaged.write_bytes(b"this is no store")
    for command in (["maps"], ["load", "tax.argdown"], ["ask", "bare", "tax"], ["delete", "tax", "--yes"]):
        done = argmap(*command)
        assert done.code == 1, command
        assert str(damaged) in done.err, command
        assert "\n  " in done.err, command
    assert damaged.read_bytes() == b"this is no store"


def test_a_store_that_somebody_writes_to_is_named_and_can_be_read(place):
    argmap("load", "tax.argdown")
    writer = kglite.open(str(place / "library.kgl"), durable="off")
    try:
        refused = argmap("load", EXAMPLE)
        assert refused.code == 1
        assert "another argmap is writing to this store" in refused.err
        assert ids() == ["tax"]
    finally:
        writer.close()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_said(place):
    place.chmod(0o500)
    try:
        done = argmap("load", "tax.argdown")
    finally:
        place.chmod(0o700)
    assert done.code == 1
    assert "--store" in done.err
