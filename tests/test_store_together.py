"""Several maps written together: each whole or not at all, saved at the end at the latest."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from commandline import argmap
from tax_map import POOR, TAX, WHOLE, named, tax

from graph.errors import MapTaken, StoreError
from graph.model import Claim
from graph.store import embedded
from graph.store.port import Store
from graph.store.url import open_store

ROOT = Path(__file__).parent.parent


def _ids(store: Store) -> list[str]:
    return [info.id for info in store.maps()]


def test_what_is_written_together_is_there_at_the_end(any_store: Store, any_address: str) -> None:
    any_store.replace(WHOLE)
    with any_store.together():
        for name in ("a", "b", "c"):
            any_store.replace(named(name, tax(TAX, POOR)))
        any_store.delete("b")
        assert _ids(any_store) == ["a", "c", "tax"]
    assert _ids(open_store(any_address)) == ["a", "c", "tax"]
    assert any_store.load("a") == named("a", tax(TAX, POOR))


def test_the_embedded_store_saves_them_once(tmp_path: Path) -> None:
    path = tmp_path / "library.kgl"
    store = open_store(path, wait=0)
    store.replace(WHOLE)
    before = path.stat().st_ino
    with store.together():
        for number in range(5):
            store.replace(named(f"m{number}", tax(TAX)))
            assert path.stat().st_ino == before
        with pytest.raises(StoreError, match=f"process {os.getpid()}"):
            open_store(path, wait=0).replace(tax(TAX))
        assert _ids(open_store(path)) == ["tax"]  # others read what was last saved
    assert len(_ids(open_store(path))) == 6
    open_store(path, wait=0).replace(tax(TAX))  # the right to write is given back


def test_a_map_that_cannot_be_kept_takes_no_other_along(any_store: Store, any_address: str) -> None:
    half = tax(TAX, POOR, Claim(id="tax/half", title="Half", text="\ud83d"))  # found after others are written
    with any_store.together():
        any_store.replace(named("a", tax(TAX)))
        with pytest.raises(StoreError, match="half a character"):
            any_store.replace(named("half", half))
        any_store.replace(named("b", tax(TAX)))
        with pytest.raises(MapTaken):
            any_store.replace(replace(named("b", tax(TAX)), file="/other"))
    assert _ids(open_store(any_address)) == ["a", "b"]
    assert any_store.repair(really=False) == []


def test_an_error_between_them_keeps_what_was_written(any_store: Store, any_address: str) -> None:
    def written() -> None:
        with any_store.together():
            any_store.replace(WHOLE)
            raise KeyError

    with pytest.raises(KeyError):
        written()
    assert open_store(any_address).load("tax") == WHOLE


KILLED = """
import os, sys
sys.path[:0] = sys.argv[1:3]
from graph.store import embedded
from graph.store.url import open_store
from tax_map import TAX, named, tax
embedded._MOST_UNSAVED = int(sys.argv[4])
store = open_store(sys.argv[3])
with store.together():
    for number in range(7):
        store.replace(named(f"m{number}", tax(TAX)))
    os._exit(9)
"""


@pytest.mark.parametrize(("most", "there"), [(0, 6), (2, 6), (100, 0)])  # the fuller, the rarer
def test_an_end_in_between_loses_only_what_was_not_saved(tmp_path: Path, most: int, there: int) -> None:
    path = tmp_path / "library.kgl"
    open_store(path).replace(WHOLE)
    command = [sys.executable, "-c", KILLED, str(ROOT), str(ROOT / "tests"), str(path), str(most)]
    assert subprocess.run(command, check=False).returncode == 9
    assert _ids(open_store(path)) == [*(f"m{number}" for number in range(there)), "tax"]
    open_store(path).replace(named("more", tax(TAX)))


def test_a_folder_is_loaded_with_one_save(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    saves: list[object] = []
    save = embedded.EmbeddedStore._save
    monkeypatch.setattr(
        embedded.EmbeddedStore, "_save", lambda store, graph: (saves.append(graph), save(store, graph))
    )
    for number in range(6):
        (tmp_path / f"m{number}.argdown").write_text(f"[Claim {number}]: Said {number}.\n")
    path = tmp_path / "library.kgl"
    assert argmap("--store", str(path), "load", str(tmp_path)).code == 0
    assert (len(saves), len(_ids(open_store(path)))) == (1, 6)
    assert argmap("--store", str(path), "load", "--keep-going", str(tmp_path)).code == 0
    assert len(saves) == 1  # nothing had changed
