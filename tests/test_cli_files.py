"""`draw`, `export`, `check` and `doctor`: files out, and what is wrong."""

from __future__ import annotations

import json
import stat
import subprocess
from pathlib import Path

import pytest
from commandline import Outcome, argmap, process

TAX = """\
[Tax]: A sugar tax cuts obesity.
  - [Poor]: It hits the poor hardest.
  + <Study>: Sales fell. {quote: "sales fell"}
"""


@pytest.fixture(autouse=True)
def loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A small map in a store of its own."""
    monkeypatch.setenv("ARGMAP_STORE", str(tmp_path / "library.kgl"))
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(tmp_path)
    Path("tax.argdown").write_text(TAX)
    assert argmap("load", "tax.argdown").code == 0


def test_draw_writes_one_page_named_after_the_map():
    done = argmap("draw", "tax")
    assert (done.code, done.out) == (0, "")
    assert done.err.startswith("Wrote tax.html (")
    assert "It hits the poor hardest." in Path("tax.html").read_text()
    assert [path.name for path in Path().glob("*tax.html*")] == ["tax.html"]


def test_draw_takes_a_file_and_a_name():
    done = argmap("draw", "--file", "tax.argdown", "-o", "out.html", "--store", "no.kgl")
    assert done.code == 0
    assert "A sugar tax" in Path("out.html").read_text()
    assert not Path("no.kgl").exists()


def test_draw_to_stdout_is_the_page():
    assert argmap("draw", "tax", "-o", "-").out.startswith("<!doctype html>") or argmap(
        "draw", "tax", "-o", "-"
    ).out.startswith("<!DOCTYPE html>")


def test_a_file_that_was_there_keeps_its_rights_and_a_link_stays_a_link(tmp_path):
    real = tmp_path / "real.html"
    real.write_text("old")
    real.chmod(0o640)
    Path("link.html").symlink_to(real)
    assert argmap("draw", "tax", "-o", "link.html").code == 0
    assert Path("link.html").is_symlink()
    assert "old" not in real.read_text()[:10]
    assert stat.S_IMODE(real.stat().st_mode) == 0o640


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("tax.argdown", "the map was read from this file"),
        ("no/such/folder/out.json", "make it first"),
        (".", "It is a folder"),
    ],
)
def test_what_cannot_be_written_is_said_and_nothing_is_lost(target, said):
    done = argmap("export", "tax", "-o", target, "--to", "json")
    assert done.code == 1
    assert said in done.err
    assert Path("tax.argdown").read_text() == TAX


@pytest.mark.parametrize("name", ["json", "argdown"])
def test_an_export_is_read_back_as_the_same_map(name):
    assert argmap("export", "tax", "-o", f"out.{name}").code == 0
    assert argmap("export", "tax", "--to", name).out == Path(f"out.{name}").read_text()
    first = argmap("show", "tax", "--format", "csv").out
    assert argmap("show", "--file", f"out.{name}", "--format", "csv").out == first


def test_the_longest_suffix_says_the_format():
    assert argmap("export", "tax", "-o", "tax.aif.json").code == 0
    assert Path("tax.aif.json").read_text() == argmap("export", "tax", "--to", "aif").out
    assert Path("tax.aif.json").read_text() != argmap("export", "tax", "--to", "json").out


def test_an_unknown_suffix_gets_the_ones_there_are():
    done = argmap("export", "tax", "-o", "tax.doc")
    assert done.code == 1
    assert ".argdown" in done.err
    assert ".json" in done.err
    assert argmap("export", "tax", "--to", "doc").code == 2


def test_check_finds_and_says_what_to_do():
    found = json.loads(argmap("check", "tax.argdown", "--format", "json").out)
    assert [(row["severity"], row["rule"], row["where"]) for row in found["rows"]] == [
        ("warning", "no-source", "tax/study")
    ]
    assert found["summary"] == "1 warning."
    assert argmap("check", "tax").code == 0


def test_check_of_a_broken_file_lists_every_error_and_fails():
    Path("broken.argdown").write_text("[A]: a\n  - [B] b\n\n  - [C] c\n")
    done = argmap("check", "broken.argdown", "--format", "json")
    assert done.code == 1
    rows = json.loads(done.out)["rows"]
    assert {row["severity"] for row in rows} == {"error"}
    assert [row["where"].split(":")[:2] for row in rows] == [["broken.argdown", "2"], ["broken.argdown", "4"]]


def test_check_of_nothing_says_so():
    assert argmap("check", "gone.argdown").code == 1
    done = argmap("check", "gone")
    assert done.code == 1
    assert "Nor is there a file" in done.err


def test_check_of_a_map_in_order():
    Path("tax.argdown").write_text(TAX.replace('fell"}', 'fell", cite: Smith 14}'))
    assert argmap("check", "tax.argdown").out == "Nothing is wrong.\n"


def test_doctor_says_what_is_in_use_and_what_is_in_it(tmp_path):
    rows = {row["what"]: row["is"] for row in json.loads(argmap("doctor", "--format", "json").out)["rows"]}
    assert rows["store"] == str(tmp_path / "library.kgl")
    assert rows["engine"].startswith("kglite ")
    assert rows["maps"].startswith("tax (")
    assert {"python", "browser", "java"} <= rows.keys()


def test_doctor_of_a_broken_store_says_so_and_fails(tmp_path):
    (tmp_path / "bad.kgl").write_bytes(b"no store")
    done = argmap("doctor", "--store", "bad.kgl")
    assert done.code == 1
    assert "1 thing is wrong." in done.out
    assert "not a store" in done.out.replace("\n", " ")


def piped(text: str, *args: str) -> Outcome:
    """What a command comes to that reads this from a pipe."""
    pipe = subprocess.PIPE
    with process(*args, stdin=pipe, stdout=pipe, stderr=pipe) as done:
        out, err = done.communicate(text.encode())
    return Outcome(done.returncode, out.decode(), err.decode())


def test_a_hyphen_is_what_comes_by_a_pipe():
    assert piped(TAX, "load", "-", "--as", "piped").out == "piped: 1 claim, 1 rebuttal, 1 card\n"
    assert piped(TAX, "load", "-", "--as", "piped").out.endswith("nothing changed\n")
    assert "“Tax”" in argmap("ask", "answers", "piped", "tax").out
    assert json.loads(argmap("maps", "--format", "json").out)["rows"][0]["file"] in (None, "")
    as_json = piped(TAX, "convert", "-", "-", "--to", "json").out
    assert "1.1. Con: It hits the poor" in piped(as_json, "convert", "-", "-", "--to", "kialo").out
    assert "It hits the poor" in piped(TAX, "ask", "unanswered", "--file", "-").out
    assert piped(TAX, "check", "-").out == argmap("check", "tax.argdown").out


def test_what_is_wrong_in_a_pipe_is_said_by_line():
    done = piped("[Tax]: A {\n", "load", "-")
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith("stdin:1:10: a brace opens data")


def test_the_many_problems_of_a_damaged_file_leave_the_terminal_alive():
    Path("bad.argdown").write_text("[Tea]: " + "[a]( " * 1000)
    done = argmap("load", "bad.argdown")
    assert (done.code, done.out) == (1, "")
    lines = done.err.splitlines()
    assert lines[0].startswith("bad.argdown:1:")
    assert lines[-2:] == ["bad.argdown: and 980 problems more", "  `argmap check` lists them all."]
    assert len(json.loads(argmap("check", "bad.argdown", "--format", "json").out)["rows"]) == 1000
