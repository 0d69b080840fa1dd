"""What the embedded store does when its file is locked, damaged, newer, or cannot be written."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tax_map import TAX, WHOLE, tax

from graph.errors import StoreError
from graph.model import Claim
from graph.store.url import open_store

HOLDER = """
import sys, kglite
graph = kglite.open(sys.argv[1], durable="off")
print("holding", flush=True)
sys.stdin.read()
"""


@contextmanager
def another_writer(path: Path) -> Iterator[int]:
    """A process that has the store open for writing; its id."""
    command = [sys.executable, "-c", HOLDER, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "holding\n"
        yield process.pid
        process.communicate("")


def test_a_second_writer_is_told_who_writes_and_readers_go_on(tmp_path: Path) -> None:
    store = open_store(tmp_path / "library.kgl", wait=0)
    store.replace(WHOLE)
    with another_writer(tmp_path / "library.kgl") as pid:
        with pytest.raises(StoreError) as caught:
            store.replace(tax(TAX))
        assert str(caught.value) == (
            f"{tmp_path}/library.kgl: another argmap is writing to this store (process {pid}).\n"
            "  Try again when it is done; reading works meanwhile."
        )
        assert open_store(tmp_path / "library.kgl").load("tax") == WHOLE
    store.replace(tax(TAX))
    assert store.load("tax") == tax(TAX)


def test_the_folder_is_made_by_the_first_write_and_not_by_a_look(tmp_path: Path) -> None:
    path = tmp_path / "debate" / "maps" / "library.kgl"
    store = open_store(path)
    assert store.maps() == []
    assert store.find("tax") == []
    assert store.cypher("MATCH (n) RETURN n").rows == ()
    assert store.about().problems == ()
    assert not path.parent.exists()
    store.replace(WHOLE)
    assert open_store(path).load("tax") == WHOLE


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda held: b"", "the store is damaged: "),
        (lambda held: held[: len(held) // 2], "the store is damaged: "),
        (lambda held: held[:-200] + bytes(100) + held[-100:], "the store is damaged: "),
        (lambda held: held[:3] + bytes([99]) + held[4:], "this store was written by a newer version"),
        (lambda held: b"===\ntitle: Tax\n===\n", "this is not a store of argmap's."),
    ],
    ids=["empty", "cut off", "overwritten inside", "newer", "an Argdown file"],
)
def test_a_file_that_is_no_good_is_told_and_never_touched(tmp_path: Path, damage: object, said: str) -> None:
    path = tmp_path / "library.kgl"
    open_store(path).replace(WHOLE)
    broken = damage(path.read_bytes())  # type: ignore[operator]  # one of the functions above
    path.write_bytes(broken)
    store = open_store(path)
    for ask in (store.maps, lambda: store.replace(WHOLE), lambda: store.cypher("RETURN 1"), store.about):
        with pytest.raises(StoreError) as caught:
            ask()
        what, what_to_do = str(caught.value).split("\n")
        assert what.startswith(f"{path}: {said}")
        assert what_to_do.startswith("  ")
    assert path.read_bytes() == broken


def test_a_folder_is_no_store(tmp_path: Path) -> None:
    for ask in (lambda: open_store(tmp_path).maps(), lambda: open_store(tmp_path).replace(WHOLE)):
        with pytest.raises(StoreError) as caught:
            ask()
        assert str(caught.value) == (
            f"{tmp_path}: a store is a file, and this is a folder.\n"
            f"  Name a file in it: {tmp_path}/library.kgl"
        )


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "notes").write_text("x")
    with pytest.raises(StoreError, match=r"a part of this path is a file, not a folder\.\n  Name another"):
        open_store(tmp_path / "notes" / "library.kgl").replace(WHOLE)


@contextmanager
def files_no_longer_than(size: int) -> Iterator[None]:
    """As on a full disk: this process can write no byte beyond `size` of a file."""
    resource = pytest.importorskip("resource", reason="limits of a process are not known on this system")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_without_room_the_store_stays_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "library.kgl"
    store = open_store(path)
    store.replace(WHOLE)
    before = sorted(tmp_path.iterdir()), path.read_bytes()
    large = tax(*[Claim(id=f"tax/{number}", title=os.urandom(500).hex()) for number in range(100)])
    with files_no_longer_than(len(before[1]) + 1000), pytest.raises(StoreError) as caught:
        store.replace(large)
    assert str(caught.value) == (
        f"{path}: there is no room to save the store (File too large).\n"
        "  Make room and try again. The store is as it was."
    )
    assert (sorted(tmp_path.iterdir()), path.read_bytes()) == before
    store.replace(large)
    assert store.load("tax") == large


@contextmanager
def an_ordinary_user() -> Iterator[Path]:
    """A folder that this process, no longer root if it was, may enter."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        root = os.geteuid() == 0
        if root:
            os.seteuid(65534)
        try:
            yield Path(folder)
        finally:
            if root:
                os.seteuid(0)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="rights are not of this kind on this system")
def test_a_folder_that_may_not_be_written_to(tmp_path: Path) -> None:
    with an_ordinary_user() as folder:
        if os.geteuid() != 65534:
            folder.chmod(0o555)
        store = open_store(folder / "library.kgl")
        assert store.maps() == []
        with pytest.raises(StoreError) as caught:
            store.replace(WHOLE)
        assert str(caught.value) == (
            f"{folder}/library.kgl: the store may not be read or written there (Permission denied).\n"
            "  Name one in a folder of yours with --store, or ask for the right to this one."
        )
        if os.geteuid() != 65534:
            folder.chmod(0o755)


def test_a_query_that_only_reads_leaves_the_file_alone_even_with_leave_to_write(tmp_path: Path) -> None:
    path = tmp_path / "library.kgl"
    store = open_store(path)
    store.replace(WHOLE)
    before = path.stat()
    assert store.cypher("MATCH (c:Claim) RETURN c.id", write=True).rows == ((TAX.id,),)
    store.replace(WHOLE)
    after = path.stat()
    assert (after.st_mtime_ns, after.st_ino) == (before.st_mtime_ns, before.st_ino)


def test_a_query_that_fails_half_way_changes_nothing(tmp_path: Path) -> None:
    store = open_store(tmp_path / "library.kgl")
    store.replace(WHOLE)
    with pytest.raises(StoreError):
        store.cypher("MATCH (c:Claim) SET c.text = 'x' WITH c RETURN 1 / 0", write=True)
    assert store.load("tax") == WHOLE


def test_nothing_is_said_on_the_terminal(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    store = open_store(tmp_path / "library.kgl")
    store.replace(WHOLE)
    store.cypher("MATCH (n:Nothing)-[:KNOWS]->(m {height: 1}) RETURN n.weight")
    assert capfd.readouterr() == ("", "")
