"""Large maps loaded again on Neo4j: made in parts, seen at once, brought to an end by whoever comes next."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import crowd_stores
import kill_stores
import pytest
from tax_map import WHOLE

from graph.edits import Stamp, add_link, add_note, edits, set_values
from graph.errors import NoSuchMap, StoreError
from graph.model import ArgumentMap, Claim, Label, LinkKind, Origin
from graph.store import bolt, finding, moving, reading, staging, work
from graph.store.at_scale import asked
from graph.store.port import Hit, Store
from graph.store.rows import Row
from graph.store.url import open_store
from graph.store.work import Work

pytestmark = [pytest.mark.neo4j, pytest.mark.xdist_group("neo4j")]


def version(number: int) -> ArgumentMap:
    """A map of 60 items or some more, another text in each version."""
    with pytest.MonkeyPatch.context() as smaller:
        smaller.setattr(kill_stores, "CLAIMS", 60)
        return kill_stores.version(number)


OLD, NEW = version(1), version(2)  # of 70 and 80 items
STEPS = ("_keep", "_switch", "_part", "_end", "_some_forgotten")
STAMP = Stamp("coach", "2026-01-01T00:00:00+00:00")


class Killed(BaseException):
    """Nobody catches this, so the load ends as by a kill."""


@pytest.fixture
def store(neo4j_address: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """A store of Neo4j for which 30 items and links are many, in parts of 20."""
    monkeypatch.setattr(bolt, "MOST_AT_ONCE", 30)
    monkeypatch.setattr(work, "BATCH", 20)
    monkeypatch.setattr(staging, "BATCH", 20)
    opened = open_store(neo4j_address)
    yield opened
    opened.close()


@pytest.fixture
def other(neo4j_address: str) -> Iterator[Store]:
    """Somebody else at the same server."""
    opened = open_store(neo4j_address)
    yield opened
    opened.close()


def before_step(
    monkeypatch: pytest.MonkeyPatch, name: str, number: int, happens: Callable[[], object]
) -> None:
    """Let something happen before the transaction of this name, when it is begun for the so-manieth time."""
    step, count = getattr(moving, name), 0

    def stepped(*given: object, **named: object) -> object:
        nonlocal count
        count += 1
        if count == number:
            happens()
        return step(*given, **named)

    monkeypatch.setattr(moving, name, stepped)


def kill(
    monkeypatch: pytest.MonkeyPatch, store: Store, name: str, number: int, new: ArgumentMap = NEW
) -> None:
    """A load of the new map that ends before this step."""

    def killed() -> None:
        raise Killed

    with monkeypatch.context() as while_loading:
        before_step(while_loading, name, number, killed)
        with pytest.raises(Killed):
            store.replace(new)


def count(store: Store, what: str) -> int:
    return int(store.cypher(f"MATCH {what} RETURN count(*)").rows[0][0])


def assert_seen(store: Store, argmap: ArgumentMap) -> None:
    """Every way of looking at the map sees this one."""
    assert store.load("kill") == argmap
    last = argmap.items[-1]
    near = store.neighbourhood(last.id, 2)
    assert last in near.items
    assert {item.text for item in near.items} == {argmap.text}
    assert len(near.items) > 2
    assert [info.counts["Claim"] for info in store.maps()] == [
        sum(item.label is Label.CLAIM for item in argmap.items)
    ]
    for map_id in ("kill", None):
        hits = store.find(last.title, map_id=map_id)
        assert [(hit.id, hit.text) for hit in hits] == [(last.id, argmap.text)]
        assert store.find(f"Claim {len(argmap.items)}", map_id=map_id)[:1] != hits


def assert_settled(store: Store, argmap: ArgumentMap) -> None:
    """The same, and the nodes say so; nothing else is left."""
    assert_seen(store, argmap)
    assert store.repair(really=False) == []
    assert count(store, "(n)") == len(argmap.items) + 1
    assert count(store, "()-[r]->()") == len(argmap.links)
    assert count(store, f"(n {{map: 'kill', text: '{argmap.text}'}})") == len(argmap.items) + 1


def test_a_large_change_is_made_in_parts_and_leaves_the_nodes_that_stay(store: Store) -> None:
    store.replace(OLD)
    before = store.cypher("MATCH (n:Claim {map: 'kill'}) RETURN n.id, elementId(n) ORDER BY n.id").rows
    done = store.replace(NEW)
    assert (done.added, done.changed, done.removed) == (20, 70, 0)
    assert_settled(store, NEW)
    assert [entry.what for entry in store.log("kill")] == [
        "loaded: 139 added",
        "loaded: 20 added, 70 changed",
    ]
    after = store.cypher("MATCH (n:Claim {map: 'kill'}) RETURN n.id, elementId(n) ORDER BY n.id").rows
    assert set(before) <= set(after)
    assert store.replace(NEW).unchanged == len(NEW.items) + len(NEW.links)
    back = store.replace(OLD)
    assert (back.added, back.changed, back.removed) == (0, 70, 20)
    assert_settled(store, OLD)


def test_a_map_is_replaced_by_an_empty_one_and_by_another_of_the_same_ids(store: Store) -> None:
    store.replace(OLD)
    store.replace(replace(OLD, items=(), links=()))
    assert store.load("kill").items == ()
    assert count(store, "(n)") == 1
    store.replace(OLD)
    kinds = tuple(
        Claim(id=item.id, title=item.title, text="2", order=item.order) for item in OLD.items
    )  # every rebuttal becomes a claim: made anew under its id
    store.replace(replace(OLD, text="2", items=kinds))
    assert_settled(store, replace(OLD, text="2", items=kinds))


@pytest.mark.parametrize(("name", "number"), [("_keep", 1), ("_keep", 7), ("_switch", 1)])
def test_a_load_killed_before_the_switch_leaves_the_old_map(
    store: Store, monkeypatch: pytest.MonkeyPatch, name: str, number: int
) -> None:
    store.replace(OLD)
    kill(monkeypatch, store, name, number)
    assert_seen(store, OLD)
    assert [entry.what for entry in store.log("kill")] == ["loaded: 139 added"]
    if number == 1 and name == "_keep":  # nothing was kept yet
        assert store.repair(really=False) == []
    else:
        told = ['A change of the map "kill" was not finished: remove what it left.']
        assert store.repair(really=False) == told
        assert store.repair(really=True) == told
        assert_settled(store, OLD)
    store.replace(NEW)
    assert_settled(store, NEW)


@pytest.mark.parametrize(
    ("new", "name", "number"),
    [
        (NEW, "_part", 1),
        (version(7), "_part", 2),  # which is smaller
        (NEW, "_part", 4),
        (NEW, "_end", 1),
        (NEW, "_some_forgotten", 1),
    ],
    ids=lambda value: value.text if isinstance(value, ArgumentMap) else str(value),
)
def test_a_load_killed_after_the_switch_leaves_the_new_map(
    store: Store, monkeypatch: pytest.MonkeyPatch, new: ArgumentMap, name: str, number: int
) -> None:
    store.replace(OLD)
    kill(monkeypatch, store, name, number, new)
    assert_seen(store, new)
    assert len(store.log("kill")) == 2
    (told,) = store.repair(really=False)
    assert told.startswith('A change of the map "kill" was not finished: ')
    assert store.repair(really=True) == [told]
    assert_settled(store, new)
    assert len(store.log("kill")) == 2


NEXT: dict[str, Callable[[Store], object]] = {
    "the same": lambda store: store.replace(NEW),
    "an older one": lambda store: store.replace(OLD),
    "a small one": lambda store: store.replace(replace(NEW, items=NEW.items[:9], links=NEW.links[:8])),
    "a note": lambda store: store.edit("kill", lambda held: add_note(held, "kill/9", "so", STAMP), "note"),
    "a query": lambda store: store.cypher("MATCH (n {id: 'kill/9'}) SET n.text = 'x'", write=True),
    "a deletion": lambda store: store.delete("kill"),
}


@pytest.mark.parametrize(
    ("what", "name", "number"),
    [*((what, "_part", 3) for what in NEXT), ("the same", "_keep", 7), ("a note", "_keep", 7)],
)
def test_the_next_who_writes_brings_it_to_an_end(
    store: Store, other: Store, monkeypatch: pytest.MonkeyPatch, what: str, name: str, number: int
) -> None:
    store.replace(OLD)
    kill(monkeypatch, store, name, number)
    seen = other.load("kill")
    NEXT[what](other)
    if what == "a deletion":
        assert count(store, "(n)") == 0
        return
    held = store.load("kill")
    match what:
        case "the same":
            assert held == NEW
        case "an older one":
            assert held == OLD
        case "a small one":
            assert len(held.items) == 9
        case "a note":
            assert [edit.what for edit in edits(held)] == ["so"]
            assert len(held.items) == len(seen.items)
        case _:
            assert [item.id for item in held.items if item.text == "x"] == ["kill/9"]
            assert len(held.items) == len(seen.items)
    assert count(store, "(n)") == len(held.items) + 1
    assert store.repair(really=False) == []


def coached(held: ArgumentMap) -> ArgumentMap:
    """What a coach adds to the map."""
    held = add_note(held, "kill/9", "Ask for the source.", STAMP)
    held = set_values(held, ["kill/3"], {"strength": 0.7}, STAMP)
    return add_link(held, "kill/5", LinkKind.REBUTS, "kill/8", STAMP)


def test_what_a_coach_added_survives(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.replace(OLD)
    store.edit("kill", coached, "coached")
    added = edits(store.load("kill"))
    assert len(added) == 3
    store.replace(NEW)
    held = store.load("kill")
    assert edits(held) == added
    assert {item.text for item in held.items} == {"2"}
    assert [link.origin for link in held.links].count(Origin.USER) == 1
    for name, number in (("_keep", 3), ("_part", 3), ("_end", 1)):
        kill(monkeypatch, store, name, number, version(number + 10))
        assert edits(store.load("kill")) == added
    store.replace(OLD)
    assert edits(store.load("kill")) == added
    assert store.repair(really=False) == []


@pytest.mark.parametrize(("name", "number"), [("_keep", 4), ("_switch", 1)])
def test_what_a_coach_adds_while_a_load_is_prepared_is_kept(
    store: Store, other: Store, monkeypatch: pytest.MonkeyPatch, name: str, number: int
) -> None:
    store.replace(OLD)
    before_step(monkeypatch, name, number, lambda: other.edit("kill", coached, "coached"))
    store.replace(NEW)
    held = store.load("kill")
    assert len(edits(held)) == 3
    assert {item.text for item in held.items} == {"2"}
    assert [entry.what for entry in store.log("kill")][1:] == [
        "coached: 1 added, 2 changed",
        "loaded: 20 added, 70 changed",
    ]
    assert store.repair(really=False) == []


@pytest.mark.parametrize(("name", "number"), [("_part", 3), ("_end", 1)])
def test_who_comes_meanwhile_ends_what_another_has_begun(
    store: Store, other: Store, monkeypatch: pytest.MonkeyPatch, name: str, number: int
) -> None:
    store.replace(OLD)
    before_step(monkeypatch, name, number, lambda: other.edit("kill", coached, "coached"))
    done = store.replace(NEW)  # which has come about, whoever made the last of it
    assert (done.added, done.changed) == (20, 70)
    held = store.load("kill")
    assert len(edits(held)) == 3
    assert {item.text for item in held.items} == {"2"}
    assert store.repair(really=False) == []


def test_of_two_loads_the_later_goes_on(store: Store, other: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    later = version(3)
    store.replace(OLD)
    before_step(monkeypatch, "_keep", 4, lambda: pause(monkeypatch, other, later))
    with pytest.raises(StoreError, match="Another load of the map"):
        store.replace(NEW)
    other.replace(later)
    assert_settled(store, later)


def pause(monkeypatch: pytest.MonkeyPatch, store: Store, argmap: ArgumentMap) -> None:
    """Begin a load that goes on no further than to its first part."""
    kill(monkeypatch, store, "_keep", 2, argmap)


def test_a_map_that_is_deleted_while_a_load_of_it_is_prepared_comes_anew(
    store: Store, other: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.replace(OLD)
    before_step(monkeypatch, "_keep", 4, lambda: other.delete("kill"))
    store.replace(NEW)
    assert_settled(store, NEW)
    with monkeypatch.context() as again:
        before_step(again, "_part", 4, lambda: other.delete("kill"))
        store.replace(OLD)  # was there, and is deleted
    with pytest.raises(NoSuchMap):
        store.load("kill")
    assert count(store, "(n)") == 0


def test_a_switch_of_which_no_answer_came_is_a_switch(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.replace(OLD)
    write, step = store._write, moving._switch  # type: ignore[attr-defined]
    lost: list[bool] = []

    def switched(*given: object, **named: object) -> None:
        step(*given, **named)  # type: ignore[arg-type]
        lost.append(True)

    def answered(change: object) -> object:
        came = write(change)
        if lost == [True]:
            lost.append(True)
            raise StoreError("the connection broke")
        return came

    monkeypatch.setattr(moving, "_switch", switched)
    monkeypatch.setattr(store, "_write", answered)
    store.replace(NEW)
    assert_settled(store, NEW)


def test_a_load_that_breaks_off_while_nodes_are_brought_up_to_date_says_what_is_there(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise StoreError("the server is gone")

    store.replace(OLD)
    with monkeypatch.context() as while_loading:
        before_step(while_loading, "_part", 4, broken)
        with pytest.raises(StoreError) as error:
            store.replace(NEW)
    assert str(error.value).startswith('the server is gone\n  The map "kill" is loaded all the same')
    assert_seen(store, NEW)
    store.replace(NEW)
    assert_settled(store, NEW)


def test_a_question_is_asked_of_the_map_that_is_seen(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asked, "MANY_ITEMS", 10)
    store.replace(OLD)
    in_store = asked.in_store(store, "unanswered", "kill", (), {})
    assert in_store is not None
    kill(monkeypatch, store, "_part", 3)
    assert asked.in_store(store, "unanswered", "kill", (), {}) is None  # so the map is read
    assert store.load("kill") == NEW


def test_a_store_without_its_index_of_words_finds_the_map_that_is_seen(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.replace(OLD)
    store.replace(WHOLE)
    kill(monkeypatch, store, "_part", 3)
    store.cypher("MATCH (n:Claim) RETURN n LIMIT 1")
    (hit, *_) = store.find('"claim 79"')
    assert (hit.id, hit.text) == ("kill/79", "2")
    store.delete("tax")
    assert_seen(store, NEW)


@pytest.mark.parametrize("map_id", ["kill", None])
def test_a_search_during_which_a_change_ends_looks_again(
    store: Store, other: Store, monkeypatch: pytest.MonkeyPatch, map_id: str | None
) -> None:
    store.replace(OLD)
    kill(monkeypatch, store, "_part", 2)
    of_parts, asked_for = reading.of_parts, []

    def too_late(work: Work, row: Row) -> ArgumentMap:
        asked_for.append(row["id"])
        if len(asked_for) == 1:
            other.replace(NEW)  # which brings it to its end, and the parts are gone
        return of_parts(work, row)

    monkeypatch.setattr(reading, "of_parts", too_late)
    (hit,) = store.find('"claim 79"', map_id=map_id)
    assert (hit.id, hit.text) == ("kill/79", "2")
    assert asked_for


def test_a_search_during_which_a_map_is_changed_in_parts_looks_again(
    store: Store, other: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From its beginning to its end, so that nothing is left of it to be seen but a mark."""
    store.replace(OLD)
    search, searches = finding.hits, []

    def meanwhile(*given: Any) -> list[Hit]:
        found = search(*given)
        searches.append(found)
        if len(searches) == 1:
            other.replace(NEW)
        return found

    monkeypatch.setattr(finding, "hits", meanwhile)
    (hit, *_) = store.find('"claim 7"')
    assert hit.text == "2"
    assert [found[0].text for found in searches] == ["1", "2"]


def test_a_process_killed_at_any_moment_leaves_a_whole_map(neo4j_address: str) -> None:
    chance = random.Random("parts")
    for number in range(3):
        left = kill_stores.kill_once(neo4j_address, kill_stores.IN_PARTS, number * 2000, chance)
        assert left in ("old", "new")


def test_readers_see_only_whole_maps_while_loads_are_made_in_parts(store: Store, neo4j_address: str) -> None:
    came = crowd_stores.crowd(neo4j_address, 1.0, processes=4, in_parts=True)
    assert came.failures == []
    assert came.readings >= crowd_stores.READERS
