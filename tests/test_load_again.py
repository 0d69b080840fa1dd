"""Loading again what has not changed: nothing is read, and everything that could matter is looked at."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest
from commandline import Outcome, argmap

import commands.load
import ingest.receipts
from graph.store.port import Store
from graph.store.url import open_store
from ingest.reading import read_with_warnings

TAX = """\
===
title: A sugar tax
===

[Tax]: A sugar tax cuts obesity.
  - [Poor]: It hits the poor hardest.
  - [Poro]
"""
NOTHING = "tax: 1 claim, 2 rebuttals, 0 cards; nothing changed; 1 warning\n"


@pytest.fixture(autouse=True)
def read(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that were read since, in a folder with one file, already loaded into an empty store.

    Tests that ask for a store or its address have one of each engine.
    """
    files: list[str] = []
    engines = "any_address" in request.fixturenames
    address = request.getfixturevalue("any_address") if engines else str(tmp_path / "library.kgl")

    def noting(path: Path, **options: str | None) -> object:
        files.append(path.name)
        return read_with_warnings(path, **options)

    monkeypatch.setenv("ARGMAP_STORE", address)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(commands.load, "read_with_warnings", noting)
    Path("tax.argdown").write_text(TAX)
    assert load("tax.argdown").code == 0
    files.clear()
    return files


def load(*args: object) -> Outcome:
    return argmap("load", *args)


def test_what_has_not_changed_is_not_read(read: list[str], any_address: str) -> None:
    done = load("tax.argdown")
    assert (done.code, done.out, read) == (0, NOTHING, [])
    assert "tax.argdown:7:" in done.err  # what there was to warn of, there still is
    assert load(Path("tax.argdown").resolve()).out == NOTHING
    (row,) = json.loads(load("tax.argdown", "--format", "json").out)["rows"]
    read_again = json.loads(load("tax.argdown", "--format", "json", "--from", "argdown").out)["rows"]
    assert [row] == read_again
    assert row["unchanged"] == 5
    assert read == ["tax.argdown"]


def test_a_changed_file_is_read_and_so_is_one_that_is_put_back(read: list[str]) -> None:
    Path("tax.argdown").write_text(TAX + "\n")
    assert load("tax.argdown").out == NOTHING  # but for where it ends
    Path("tax.argdown").write_text(TAX.replace("cuts", "ends"))
    assert "1 changed" in load("tax.argdown").out
    Path("tax.argdown").write_text(TAX)
    assert "1 changed" in load("tax.argdown").out
    assert load("tax.argdown").out == NOTHING
    assert read == ["tax.argdown"] * 3


def test_what_a_user_added_is_kept_and_nothing_is_read(read: list[str], any_store: Store) -> None:
    argmap("note", "tax", "tax/poor", "Ask them for the study")
    argmap("set", "tax", "tax/poor", "granted=true")
    assert load("tax.argdown").out == NOTHING
    assert read == []
    assert "Ask them for the study" in argmap("notes", "tax").out


def test_other_options_are_other_maps(read: list[str]) -> None:
    assert "nothing changed" not in load("tax.argdown", "--as", "finals").out
    assert "nothing changed" in load("tax.argdown", "--as", "finals").out
    assert load("tax.argdown").out == NOTHING
    assert load("tax.argdown", "--from", "csv").code == 1
    assert read == ["tax.argdown", "tax.argdown"]


def test_a_change_in_what_a_file_includes_is_seen(read: list[str]) -> None:
    Path("one.argdown").write_text("[A]: First.\n\n[B]: Second.\n")
    Path("two.argdown").write_text("\n[C]: Third.\n")
    Path("both.argdown").write_text("@include(one.argdown)\n\n[M]: In between.\n\n@include(two.argdown)\n")
    load("both.argdown")
    assert "nothing changed" in load("both.argdown").out
    assert read == ["both.argdown"]
    # The same bytes in the same order, but what was the end of the one begins the other.
    Path("one.argdown").write_text("[A]: First.\n")
    Path("two.argdown").write_text("\n[B]: Second.\n\n[C]: Third.\n")
    load("both.argdown")
    assert read == ["both.argdown"] * 2
    Path("two.argdown").unlink()
    done = load("both.argdown")
    assert done.code == 1
    assert 'there is no file "two.argdown"' in done.err


def test_another_argmap_reads_it_again_once(read: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ingest.receipts, "_reader", lambda: "of tomorrow")
    for _ in range(2):
        assert load("tax.argdown").out == NOTHING
    assert read == ["tax.argdown"]


def test_after_a_query_that_wrote_it_is_read_again(read: list[str]) -> None:
    argmap("query", "--write", "MATCH (c:Claim {id: 'tax/tax'}) SET c.text = 'Other.'")
    assert "1 changed" in load("tax.argdown").out
    assert read == ["tax.argdown"]
    argmap("delete", "tax", "--yes")
    assert "nothing changed" not in load("tax.argdown").out


def test_of_many_files_only_the_new_ones_are_read(read: list[str]) -> None:
    Path("more").mkdir()
    for number in range(3):
        Path(f"more/m{number}.argdown").write_text(f"[A]: Number {number}.\n")
    load("tax.argdown", "more")
    read.clear()
    Path("more/m1.argdown").write_text("[A]: Another.\n")
    done = load("more", "tax.argdown")
    assert [line.split(";")[-1].strip() for line in done.out.splitlines()] == [
        "nothing changed", "1 changed", "nothing changed", "1 warning",
    ]  # fmt: skip
    assert read == ["m1.argdown"]
    Path("more/m1.argdown").write_text("nothing [")
    assert load("more", "tax.argdown", "--keep-going").out.count("nothing changed") == 3
    assert read == ["m1.argdown"] * 2


def test_an_id_that_an_unread_file_has_is_taken(read: list[str]) -> None:
    Path("other.argdown").write_text("===\nid: tax\n===\n\n[A]: Other.\n")
    done = load("tax.argdown", "other.argdown")
    assert done.code == 1
    assert 'its map has the id "tax", as has that of tax.argdown' in done.err


def test_a_pipe_is_read(read: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(2):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TAX.encode())))
        load("-", "--as", "piped")
    assert read == ["-", "-"]


def test_a_file_that_changes_while_it_is_read_is_read_again(
    read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("tax.argdown").write_text(TAX.replace("cuts", "ends"))

    def late(path: Path, **options: str | None) -> object:
        found = read_with_warnings(path, **options)
        path.write_text(TAX)
        return found

    with monkeypatch.context() as patch:
        patch.setattr(commands.load, "read_with_warnings", late)
        load("tax.argdown")
    assert "1 changed" in load("tax.argdown").out
    assert read == ["tax.argdown"]


def test_what_is_kept_is_of_the_file_that_the_map_is_of(any_store: Store) -> None:
    """Somebody else may load another file between a load and what it keeps of it."""
    argmap_read = read_with_warnings(Path("tax.argdown"), format=None, map_id=None).argmap
    Path("tax.argdown").write_text(TAX.replace("cuts", "ends"))
    load("tax.argdown")
    any_store.remember(argmap_read, "other")
    (info,) = any_store.maps()
    assert json.loads(info.receipt)["warnings"]


def test_a_store_that_is_only_read_keeps_nothing(any_address: str) -> None:
    argmap_read = read_with_warnings(Path("tax.argdown"), format=None, map_id=None).argmap
    store = open_store(any_address, read_only=True)
    before = store.maps()
    store.remember(argmap_read, "other")
    assert store.maps() == before
    store.close()
