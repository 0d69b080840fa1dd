"""What a store is worth when processes die, meet, or find no room: nothing is lost, nothing is half."""

from __future__ import annotations

import multiprocessing
import os
import random
import subprocess
import threading
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import crowd_stores
import kill_stores
import pytest
from tax_map import TAX, WHOLE, tax

from graph.errors import StoreError
from graph.model import ArgumentMap
from graph.store import transactions
from graph.store.digest import digest
from graph.store.embedded import EmbeddedStore
from graph.store.port import Store
from graph.store.url import open_store


@pytest.mark.parametrize("deed", kill_stores.DEEDS)
def test_a_writer_killed_at_any_moment_leaves_a_whole_map(any_address: str, deed: str) -> None:
    chance = random.Random(deed)
    for count in range(3):
        assert kill_stores.kill_once(any_address, deed, count * 2000, chance) in ("old", "new", "gone")


def test_a_kill_in_the_middle_of_the_save_leaves_the_old_map(tmp_path: Path) -> None:
    """Not only where chance strikes: the process ends between writing the new file and renaming it."""
    path = tmp_path / "library.kgl"
    open_store(path).replace(WHOLE)
    beside = path.with_name("library.kgl.tmp")
    beside.write_bytes(path.read_bytes()[:100])  # half a file, as such a process leaves it
    assert open_store(path).load("tax") == WHOLE
    open_store(path).replace(tax(TAX))
    assert open_store(path).load("tax") == tax(TAX)


def test_twenty_readers_see_only_whole_maps_while_somebody_writes(any_address: str) -> None:
    came = crowd_stores.crowd(any_address, 1.0, processes=4)
    assert came.failures == []
    assert came.readings >= crowd_stores.READERS
    assert came.versions >= 1


@pytest.mark.neo4j
@pytest.mark.xdist_group("neo4j")
def test_a_neighbourhood_that_meets_a_commit_is_read_again(
    neo4j_address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neo4j shows of a commit what is there already: some nodes are new, some are old."""
    read, readings = transactions.neighbourhood, []

    def meets_a_commit(*given: Any) -> ArgumentMap:
        near = read(*given)
        readings.append(near)
        return replace(near, items=near.items[:-1]) if len(readings) == 1 else near

    monkeypatch.setattr(transactions, "neighbourhood", meets_a_commit)
    with closing(open_store(neo4j_address)) as store:
        store.replace(WHOLE)
        near = store.neighbourhood(TAX.id, 2)
    assert TAX in near.items
    assert len(readings) == 4
    assert near == readings[-1]


def _add_a_note(address: str, number: int) -> None:
    from graph.edits import Stamp, add_note

    store = EmbeddedStore(Path(address), wait=60) if "://" not in address else open_store(address)
    store.edit("tax", lambda held: add_note(held, TAX.id, f"note {number}", Stamp("x", "")), "note")
    store.close()


def test_writers_wait_for_each_other_and_nothing_is_lost(any_address: str) -> None:
    store = open_store(any_address)
    store.replace(WHOLE)
    fresh = multiprocessing.get_context("spawn")
    writers = [fresh.Process(target=_add_a_note, args=(any_address, number)) for number in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0, 0, 0, 0]
    notes = store.load("tax").by_id[TAX.id].extra["argmap-added"]["notes"]  # type: ignore[index]  # JSON
    assert sorted(note["text"] for note in notes) == [f"note {number}" for number in range(4)]
    assert [entry.version for entry in store.log("tax")] == [1, 2, 3, 4, 5]
    store.close()


def test_who_waits_for_another_writer_is_let_in_when_it_is_done(tmp_path: Path) -> None:
    import kglite

    path = tmp_path / "library.kgl"
    open_store(path).replace(WHOLE)
    holder = kglite.open(str(path), durable="off")
    with pytest.raises(
        StoreError, match=rf"another argmap is writing to this store \(process {os.getpid()}\)"
    ):
        EmbeddedStore(path, wait=0).replace(tax(TAX))
    release = threading.Timer(0.2, lambda: holder.__exit__(StoreError, None, None))
    release.start()
    started = time.monotonic()
    EmbeddedStore(path, wait=30).replace(tax(TAX))
    assert time.monotonic() - started < 30
    release.join()
    assert open_store(path).load("tax") == tax(TAX)


@pytest.fixture
def small_disk(tmp_path: Path) -> Path:
    """A file system of its own with one megabyte; mounting one needs the right to."""
    folder = tmp_path / "small"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("a tmpfs can be mounted by root only")
    yield folder  # type: ignore[misc]  # a generator, as pytest wants it
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_leaves_the_store_as_it_was(small_disk: Path) -> None:
    path = small_disk / "library.kgl"
    store = open_store(path)
    store.replace(WHOLE)
    large = tax(*(replace(TAX, id=f"tax/{number}", text=os.urandom(700).hex()) for number in range(1000)))
    with pytest.raises(StoreError, match="there is no room to save the store"):
        store.replace(large)
    assert open_store(path).load("tax") == WHOLE
    store.replace(tax(TAX))
    assert open_store(path).load("tax") == tax(TAX)


def test_an_unchanged_map_is_known_without_the_writers_lease(any_store: Store, any_address: str) -> None:
    any_store.replace(WHOLE)
    before = any_store.maps()
    again = open_store(any_address)
    done = again.replace(WHOLE)
    assert (done.added, done.changed, done.removed, done.unchanged) == (0, 0, 0, 18)
    assert again.maps() == before
    again.close()


def test_after_a_query_that_wrote_the_file_is_looked_at_again(any_store: Store) -> None:
    any_store.replace(WHOLE)
    any_store.cypher("MATCH (c:Claim) SET c.text = 'Vandalism'", write=True)
    assert any_store.replace(WHOLE).changed == 1
    assert any_store.load("tax") == WHOLE


def test_the_digest_tells_maps_apart() -> None:
    others = (
        replace(WHOLE, title="Another"),
        replace(WHOLE, items=(replace(WHOLE.items[0], text="?"), *WHOLE.items[1:])),
        replace(WHOLE, links=WHOLE.links[1:]),
        replace(WHOLE, extra={"date": 2016}),
        replace(WHOLE, file="/elsewhere"),
    )
    marks = {digest(argmap) for argmap in (WHOLE, *others)}
    assert len(marks) == 6
    assert digest(replace(WHOLE)) == digest(WHOLE)
    assert digest(replace(WHOLE, extra={"set": {1}})) == ""  # no store can keep it


def _older(store: Store) -> None:
    """As schema 1 left it."""
    store.cypher("MATCH (m:Map) REMOVE m.schema, m.log, m.digest, m.content", write=True)


def test_a_store_of_an_older_argmap_opens_and_is_brought_up_to_date(any_store: Store) -> None:
    any_store.replace(WHOLE)
    _older(any_store)
    assert any_store.load("tax") == WHOLE
    assert [entry.what for entry in any_store.log("tax")] == ["loaded"]
    any_store.replace(tax(TAX))
    assert any_store.load("tax") == tax(TAX)
    assert [entry.what for entry in any_store.log("tax")] == ["loaded", "loaded: 17 removed"]
    assert any_store.cypher("MATCH (m:Map) RETURN m.schema").rows == ((2,),)


def test_a_store_of_a_newer_argmap_is_refused_and_not_touched(any_store: Store) -> None:
    any_store.replace(WHOLE)
    any_store.cypher("MATCH (m:Map) SET m.schema = 3", write=True)
    for ask in (
        any_store.maps,
        lambda: any_store.load("tax"),
        lambda: any_store.replace(tax(TAX)),
        lambda: any_store.delete("tax"),
        lambda: any_store.edit("tax", lambda held: held, ""),
        lambda: any_store.cypher("MATCH (n) DETACH DELETE n", write=True),
    ):
        with pytest.raises(StoreError) as caught:
            ask()
        assert str(caught.value) == (
            'The map "tax" was written by a newer argmap (schema 3; this one knows 2).\n'
            "  Upgrade: `pip install --upgrade argmap`. Nothing was touched."
        )
    assert any_store.cypher("MATCH (n) RETURN count(n)").rows == ((8,),)


def test_a_map_given_twice_by_a_program_that_kept_its_checksum_is_written(any_store: Store) -> None:
    any_store.replace(WHOLE)
    smaller: ArgumentMap = replace(WHOLE, items=WHOLE.items[:1], links=())  # the file's checksum is the same
    any_store.replace(smaller)
    assert any_store.load("tax") == smaller
