"""Which reader reads a file, what encodings it may have, and what is said of files that nobody reads."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from graph.errors import InputError
from ingest.reading import READERS, own_id, read, read_with_warnings

TEA = "[Tea]: Tea should be free – “now”.\n"


def _refused(path: Path, **how: str) -> list[str]:
    with pytest.raises(InputError) as caught:
        read(path, **how)  # type: ignore[arg-type]
    return str(caught.value).replace(str(path), path.name).splitlines()


def test_no_such_file_a_folder_and_what_can_be_read(tmp_path: Path) -> None:
    assert _refused(tmp_path / "none.argdown")[0] == "none.argdown: there is no such file"
    (tmp_path / "maps").mkdir()
    said = _refused(tmp_path / "maps")
    assert said[0] == "maps: this is a folder"
    assert said[1].startswith("  argmap reads: ")
    assert "Argdown (.argdown, .ad)" in said[1]
    assert "argmap JSON (.json)" in said[1]


def test_a_file_that_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "map.argdown"
    path.write_bytes(b"[Tea]: a\0b\n")
    assert _refused(path)[0] == "map.argdown: this is not a text file"


def test_a_suffix_that_nobody_knows(tmp_path: Path) -> None:
    path = tmp_path / "map.zzz"
    path.write_text(TEA)
    assert _refused(path)[0] == 'map.zzz: no reader knows what "map.zzz" is'
    assert read(path, format="argdown").items[0].title == "Tea"


def test_a_format_that_there_is_not(tmp_path: Path) -> None:
    path = tmp_path / "map.argdown"
    path.write_text(TEA)
    assert _refused(path, format="argdwn")[0] == 'map.argdown: no format is called "argdwn"'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_text_is_read_in_the_encodings_that_say_what_they_are(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "map.argdown"
    path.write_bytes(TEA.encode(encoding))
    reading = read_with_warnings(path)
    assert [item.text for item in reading.argmap.items] == ["Tea should be free – “now”."]
    assert reading.warnings == ()


def test_text_of_an_old_windows_is_read_with_a_warning(tmp_path: Path) -> None:
    path = tmp_path / "map.argdown"
    path.write_bytes(TEA.encode("cp1252"))
    reading = read_with_warnings(path)
    assert reading.argmap.items[0].text == "Tea should be free – “now”."
    assert [str(warning).replace(str(path), "map.argdown") for warning in reading.warnings] == [
        "map.argdown:1: this is not UTF-8 text (byte 27); it is read as Windows-1252\n  Save it as UTF-8."
    ]


def test_content_goes_before_the_suffix(tmp_path: Path) -> None:
    path = tmp_path / "map.txt"
    path.write_text('{"argmap": 1, "map": {"id": "m", "title": "M"}, "items": [], "links": []}')
    assert read(path).id == "m"


def test_the_id_of_a_map_is_its_own_else_the_files_name_else_what_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "Our Tea (final).argdown"
    path.write_text(TEA)
    assert read(path).id == "our-tea-final"
    path.write_text(f"===\nid: tea\n===\n\n{TEA}")
    assert read(path).id == "tea"
    argmap = read(path, map_id="finals")
    assert (argmap.id, argmap.items[0].id) == ("finals", "finals/tea")
    assert own_id(Path("---.argdown")) == "map"


@pytest.mark.parametrize("own", ['""', "a/b", "[x]"])
def test_an_id_that_is_none_is_refused_with_one_that_is(tmp_path: Path, own: str) -> None:
    path = tmp_path / "map.argdown"
    path.write_text(f"===\nid: {own}\n===\n\n{TEA}", encoding="utf-8")
    assert _refused(path) == [
        "map.argdown:2:1: id: is no word that can name a map",
        "  Write letters, digits and hyphens: id: map",
    ]


def test_a_file_that_nobody_may_read(tmp_path: Path) -> None:
    if not hasattr(os, "geteuid") or os.geteuid() == 0:
        pytest.skip("root may read every file")
    path = tmp_path / "map.argdown"
    path.write_text(TEA)
    path.chmod(0)
    assert _refused(path)[0] == "map.argdown: cannot be read: Permission denied"


def test_every_reader_has_a_name_for_people() -> None:
    assert all(reader.name == name and reader.what for name, reader in READERS.items())
