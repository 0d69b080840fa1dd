"""Maps too large for one transaction of Neo4j: whole or not there, also when the load ends half way."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import kill_stores
import pytest
from tax_map import TAX, WHOLE, named, tax

from graph.errors import NoSuchMap, StoreError
from graph.model import ArgumentMap, Claim
from graph.store import bolt, staging, work
from graph.store.port import Store
from graph.store.url import open_store

pytestmark = pytest.mark.neo4j

ROOT = Path(__file__).parent.parent
BIG = kill_stores.version(1)  # of 410 items


@pytest.fixture
def store(neo4j_address: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """A store of Neo4j for which 100 items and links are many, in parts of 50."""
    monkeypatch.setattr(bolt, "MOST_AT_ONCE", 100)
    monkeypatch.setattr(work, "BATCH", 50)
    monkeypatch.setattr(staging, "BATCH", 50)
    opened = open_store(neo4j_address)
    yield opened
    opened.close()


def _nodes(store: Store) -> int:
    return int(store.cypher("MATCH (n) RETURN count(n)").rows[0][0])


def test_a_large_map_is_loaded_and_deleted_in_parts(store: Store) -> None:
    store.replace(WHOLE)
    done = store.replace(BIG)
    assert (done.added, done.changed, done.removed) == (len(BIG.items) + len(BIG.links), 0, 0)
    assert store.load("kill") == BIG
    assert [entry.what for entry in store.log("kill")] == [f"loaded: {done.added} added"]
    assert store.replace(BIG).unchanged == done.added
    assert store.repair(really=False) == []
    store.replace(kill_stores.version(2))  # of another size: only what differs is written
    assert store.load("kill") == kill_stores.version(2)
    assert store.delete("kill") == len(kill_stores.version(2).items)
    assert [info.id for info in store.maps()] == ["tax"]
    assert _nodes(store) == len(WHOLE.items) + 1
    store.replace(BIG)
    assert store.load("kill") == BIG


LOADER = """
import sys
sys.path[:0] = sys.argv[1:3]
import kill_stores, os
from graph.store import bolt, staging, work
from graph.store.url import open_store
bolt.MOST_AT_ONCE, work.BATCH, staging.BATCH = 100, 50, 50
left = int(sys.argv[4])
def counted(step):
    def stepped(*given, **named):
        global left
        left -= 1
        if left < 0:
            os._exit(9)
        return step(*given, **named)
    return stepped
for name in ("begin", "hide", "part", "finish", "_some", "forget"):
    setattr(staging, name, counted(getattr(staging, name)))
store = open_store(sys.argv[3])
store.delete("kill") if sys.argv[5] == "delete" else store.replace(kill_stores.version(1))
"""


def _ended_after(address: str, steps: int, deed: str) -> int:
    """Load or delete the map in a process that ends, as by a kill, after this many steps."""
    command = [sys.executable, "-c", LOADER, str(ROOT), str(ROOT / "tests"), address, str(steps), deed]
    return subprocess.run(command, check=False).returncode


@pytest.mark.parametrize("steps", [1, 7, 18])
def test_a_load_that_ends_half_way_leaves_nothing_that_is_seen(
    store: Store, neo4j_address: str, steps: int
) -> None:
    store.replace(WHOLE)
    assert _ended_after(neo4j_address, steps, "load") == 9
    assert [info.id for info in store.maps()] == ["tax"]
    with pytest.raises(NoSuchMap):
        store.load("kill")
    with pytest.raises(NoSuchMap):
        store.neighbourhood("kill/1", 2)
    assert store.find("Claim") == []
    (told,) = store.repair(really=False)
    assert told.startswith('A load or a deletion of the map "kill" was not finished')
    if steps % 2:
        assert store.repair(really=True) == [told]
        assert _nodes(store) == len(WHOLE.items) + 1
    else:
        store.replace(BIG)  # which removes what was left
        assert store.load("kill") == BIG
        assert _nodes(store) == len(WHOLE.items) + len(BIG.items) + 2
    assert store.repair(really=False) == []


@pytest.mark.parametrize("steps", [4])
def test_a_deletion_that_ends_half_way_has_deleted_the_map(
    store: Store, neo4j_address: str, steps: int
) -> None:
    store.replace(WHOLE)
    store.replace(BIG)
    assert _ended_after(neo4j_address, steps, "delete") == 9
    assert [info.id for info in store.maps()] == ["tax"]
    assert store.find("Claim") == []
    store.replace(named("kill", tax(TAX)))  # a small one, under the same id
    assert store.load("kill") == named("kill", tax(TAX))
    assert _nodes(store) == len(WHOLE.items) + 3
    assert store.repair(really=False) == []


def test_what_cannot_be_kept_leaves_nothing_behind(store: Store) -> None:
    bad = (*BIG.items, Claim(id="kill/bad", title="Bad", text="\ud83d", order=999))
    with pytest.raises(StoreError, match="half a character"):
        store.replace(ArgumentMap(id="kill", title="Kill", items=bad))
    assert _nodes(store) == 0


def test_the_later_of_two_loads_goes_on(
    store: Store, neo4j_address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = open_store(neo4j_address)
    step, began = staging.part, []

    def part(*given: object, **named: object) -> None:
        if len(began) == 3:
            began.append(True)
            other.replace(kill_stores.version(2))
        began.append(True)
        step(*given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(staging, "part", part)
    with pytest.raises(StoreError, match="Another load of the map"):
        store.replace(BIG)
    assert store.load("kill") == kill_stores.version(2)
    assert store.repair(really=False) == []
    other.close()
