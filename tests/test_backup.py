"""`backup`, `restore` and `copy`: every map, whole, from either store to either."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from commandline import argmap
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import argument_maps
from tax_map import TAX, WHOLE, named, tax

from graph import archive
from graph.archive import Kept
from graph.errors import InputError
from graph.model import ArgumentMap
from graph.store.port import LogEntry, Store
from graph.store.url import open_store


def parse(name: str, text: str) -> ArgumentMap:
    from ingest.argmap_json import read

    return read(Path(name), text)


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(tmp_path)


def filled(address: str) -> Store:
    """A store with two maps, one of them edited since."""
    store = open_store(address)
    store.replace(WHOLE)
    store.replace(named("levy", WHOLE))
    store.edit("levy", lambda held: replace(held, title="A levy"), "renamed")
    return store


@settings(max_examples=30)
@given(argmap=argument_maps())
def test_an_archive_gives_back_any_map_and_its_log(argmap: ArgumentMap) -> None:
    held = io.BytesIO()
    kept = Kept(argmap, (LogEntry("2026-03-01", "ada", "loaded", 1),))
    assert archive.write(held, [kept]) == 1
    assert list(archive.read(held, "x", parse)) == [kept]


def test_the_same_maps_make_the_same_bytes() -> None:
    first, second = io.BytesIO(), io.BytesIO()
    for held in (first, second):
        archive.write(held, [Kept(WHOLE)])
    assert first.getvalue() == second.getvalue()


def test_a_backup_is_restored_into_an_empty_store(any_address: str, tmp_path: Path) -> None:
    store = filled(any_address)
    done = argmap("backup", "all.zip", "--store", any_address)
    assert done.err.startswith("Wrote all.zip: 2 maps (")
    assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".part")] == []
    for info in store.maps():
        store.delete(info.id)
    assert argmap("restore", "all.zip", "--store", any_address) == (0, "", "Restored 2 maps from all.zip\n")
    assert store.load("tax") == WHOLE
    assert store.load("levy") == replace(named("levy", WHOLE), title="A levy")
    assert [entry.what for entry in store.log("levy")][:2] == ["loaded: 18 added", "renamed"]
    store.close()


@pytest.mark.neo4j
@pytest.mark.xdist_group("neo4j")
def test_from_the_embedded_store_to_neo4j_and_back(neo4j_address: str) -> None:
    store = filled("library.kgl")
    before = store.load("levy")
    copied = argmap("copy", "levy", "--store", "library.kgl", "--to", neo4j_address)
    assert (copied.code, copied.out) == (0, "")
    there = open_store(neo4j_address)
    assert [info.id for info in there.maps()] == ["levy"]
    assert there.load("levy") == before
    there.close()
    assert argmap("copy", "levy", "--store", neo4j_address, "--to", "back.kgl").code == 0
    assert open_store("back.kgl").load("levy") == before
    assert argmap("backup", "server.zip", "--store", neo4j_address).code == 0
    assert argmap("restore", "server.zip", "--store", "third.kgl").code == 0
    assert open_store("third.kgl").load("levy") == before


def test_what_is_there_is_replaced_only_when_told(any_address: str) -> None:
    store = filled(any_address)
    argmap("backup", "all.zip", "--store", any_address)
    store.replace(tax(TAX))
    refused = argmap("restore", "all.zip", "--store", any_address)
    assert refused == (
        1,
        "",
        'The store has "levy" and "tax" already.\n  Put what you bring in their place with --replace.\n',
    )
    assert store.load("tax") == tax(TAX)
    assert argmap("restore", "all.zip", "--store", any_address, "--replace", "--map", "tax").code == 0
    assert store.load("tax") == WHOLE
    assert store.log("tax")[-1].what.startswith("restored from all.zip: ")
    assert argmap("copy", "tax", "--store", any_address, "--to", any_address).code == 1
    store.close()


def changed(path: Path, name: str, content: bytes) -> None:
    """Put other content into a member of an archive."""
    with zipfile.ZipFile(path) as held:
        members = {each: held.read(each) for each in held.namelist()}
    with zipfile.ZipFile(path, "w") as out:
        for each, was in {**members, name: content}.items():
            out.writestr(each, was)


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (
            lambda path: path.write_bytes(path.read_bytes()[:-40]),
            "the backup is damaged: its end is missing",
        ),
        (lambda path: changed(path, "maps/00000.json", b"{}"), 'the map "levy" does not fit its checksum'),
        (lambda path: changed(path, "backup.json", b"{}"), "this is no backup of argmap's"),
        (
            lambda path: changed(path, "backup.json", b'{"argmap-backup": 9}'),
            "written by a newer argmap (backup 9)",
        ),
        (
            lambda path: changed(path, "backup.json", b'{"argmap-backup": 1}'),
            "its list of maps cannot be read",
        ),
        (lambda path: path.write_text("[Tax]: A tax."), "this is no backup of argmap's"),
        (lambda path: path.unlink(), "cannot be read: No such file or directory"),
    ],
    ids=["cut off", "changed", "no backup", "newer", "no list", "a text", "gone"],
)
def test_a_damaged_backup_restores_nothing(damage: object, said: str) -> None:
    filled("library.kgl")
    argmap("backup", "all.zip", "--store", "library.kgl")
    damage(Path("all.zip"))  # type: ignore[operator]  # one of the functions above
    done = argmap("restore", "all.zip", "--store", "other.kgl")
    assert (done.code, done.out) == (1, "")
    what, what_to_do = done.err.splitlines()
    assert said in what
    assert what_to_do.startswith("  ")
    assert open_store("other.kgl").maps() == []


@settings(max_examples=200)
@given(
    changes=st.lists(st.tuples(st.integers(-400, 3000), st.integers(0, 255)), min_size=1, max_size=3),
    end=st.none() | st.integers(0, 3000),
)
def test_a_backup_with_changed_bytes_is_refused_or_whole(
    changes: list[tuple[int, int]], end: int | None
) -> None:
    held = io.BytesIO()
    archive.write(held, [Kept(WHOLE), Kept(named("levy", WHOLE))])
    content = bytearray(held.getvalue())
    for place, byte in changes:
        content[place % len(content)] = byte
    try:
        found = list(archive.read(io.BytesIO(bytes(content[:end])), "all.zip", parse))
    except InputError:
        return
    assert [kept.argmap for kept in found] == [WHOLE, named("levy", WHOLE)]


def test_a_map_that_the_backup_does_not_have() -> None:
    filled("library.kgl")
    argmap("backup", "all.zip", "--store", "library.kgl")
    done = argmap("restore", "all.zip", "--store", "other.kgl", "--map", "taxes")
    assert done.err == "all.zip: the backup has no map taxes\n  It has levy and tax.\n"


def test_a_backup_that_cannot_be_written_leaves_the_old_one() -> None:
    filled("library.kgl")
    Path("folder").mkdir()
    done = argmap("backup", "folder", "--store", "library.kgl")
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith("folder: the backup cannot be written: Is a directory\n  ")
    assert argmap("backup", "no/where.zip", "--store", "library.kgl").code == 1


@pytest.mark.parametrize("name", ["library.kgl", "mine.argdown", "speech.docx"])
def test_a_backup_is_not_written_over_what_is_none(name: str) -> None:
    filled("library.kgl").close()
    Path("mine.argdown").write_text("[A]: Mine.\n")
    with zipfile.ZipFile("speech.docx", "w") as word:
        word.writestr("word/document.xml", "<w/>")
    before = Path(name).read_bytes()
    done = argmap("backup", name, "--store", "library.kgl")
    assert (done.code, done.out) == (1, "")
    assert (
        done.err == f"{name}: this is no backup, and would be written over\n  Give the backup another name.\n"
    )
    assert Path(name).read_bytes() == before


def test_a_backup_is_written_over_an_older_one_and_over_nothing() -> None:
    filled("library.kgl").close()
    Path("b").write_bytes(b"")
    for maps in (2, 1):
        done = argmap("backup", "b", "--store", "library.kgl")
        assert done.err.startswith(f"Wrote b: {maps} map")
        argmap("delete", "levy", "--yes", "--store", "library.kgl")
    assert sorted(path.name for path in Path().glob("*b")) == ["b"]


def test_the_archive_is_readable_without_argmap() -> None:
    filled("library.kgl")
    argmap("backup", "all.zip", "--store", "library.kgl")
    with zipfile.ZipFile("all.zip") as held:
        index = json.loads(held.read("backup.json"))
        assert [entry["id"] for entry in index["maps"]] == ["levy", "tax"]
        assert json.loads(held.read(index["maps"][1]["name"]))["map"]["title"] == "Sugar tax"


def test_an_archive_that_promises_too_much_is_refused() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as out:
        out.writestr(
            "backup.json", json.dumps({"argmap-backup": 1, "maps": [{"id": "x", "name": "nowhere"}]})
        )
    with pytest.raises(InputError, match="the backup is damaged"):
        list(archive.read(held, "x", parse))
