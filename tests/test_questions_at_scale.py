"""Of a map too large to read whole the store is asked, and says what would be said of the map in memory."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from commandline import EXAMPLE
from commandline import argmap as run
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import argument_maps

from graph.errors import ArgmapError, NoSuchItem
from graph.model import (
    ARGUMENT_NODES,
    ENDS,
    ArgumentMap,
    Claim,
    Evidence,
    Inference,
    Item,
    Label,
    Link,
    LinkKind,
    Polarity,
    Rebuttal,
    Side,
    Source,
)
from graph.questions.items import find_item
from graph.questions.registry import QUESTIONS
from graph.store import bolt, staging, work
from graph.store.at_scale import asked
from graph.store.at_scale.asked import in_store
from graph.store.embedded import EmbeddedStore
from graph.store.port import Read, Store, T
from graph.store.url import open_store
from ingest.reading import read

WHOLE_MAP: dict[str, tuple[dict[str, Any], ...]] = {
    "unanswered": ({}, {"side": "con"}, {"side": "pro", "limit": 3}, {"kind": "Claim"}, {"kind": "link"}),
    "bare": ({}, {"side": "pro"}, {"cards_only": True}, {"limit": 2}),
    "single-source": ({}, {"side": "con", "limit": 4}, {"all": True}, {"kind": "rebuttal"}),
}
WITHIN = ("unanswered", "single-source")


@pytest.fixture(autouse=True)
def every_map_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asked, "MANY_ITEMS", -1)


def said(answer: Callable[..., Any], *about: Any, **options: Any) -> Any:
    """What comes back: an answer, or the words of a refusal."""
    try:
        return answer(*about, **options)
    except ArgmapError as error:
        return str(error)


Asked = tuple[str, tuple[str, ...], dict[str, Any]]  # a question, the items it is about, its options


def questions(items: list[Item]) -> Iterator[Asked]:
    """Everything that is asked of a map here."""
    for name, every in WHOLE_MAP.items():
        for options in every:
            yield name, (), options
    for item in items:
        for name in WITHIN:
            yield name, (), {"within": item.id}
        yield "answers", (item.id,), {}
        yield "answers", (item.id,), {"side": "con"}
        yield "path", (item.id,), {"limit": 5}
        yield "path", (item.id,), {"limit": 1}


def assert_as_in_memory(store: Store, argmap: ArgumentMap, chosen: Iterable[Asked]) -> int:
    """Assert that the store says what memory says; the number of answers that held something."""
    full = 0
    for name, about, options in chosen:
        in_memory = said(QUESTIONS[name].answer, argmap, *about, **options)
        assert said(in_store, store, name, argmap.id, about, options) == in_memory, (name, about, options)
        full += not isinstance(in_memory, str) and bool(in_memory.rows)
    return full


def dense(seed: int) -> ArgumentMap:
    """A small map in which much bears on much: steps, attacks on steps, shortcuts, circles, sources."""
    chance = random.Random(seed)
    items: list[Item] = []
    for number in range(chance.randint(4, 12)):
        common: dict[str, Any] = {"id": f"m/{number}", "title": f"Item {number}", "order": number}
        sided: dict[str, Any] = {
            "side": chance.choice(list(Side)),
            "strength": chance.choice([None, 0.2, 0.9]),
        }
        kind = chance.choice([None, "link", "impact turn"])
        match chance.choice("ccrreeiis"):
            case "c":
                items.append(Claim(**common, **sided, kind=kind))
            case "r":
                items.append(Rebuttal(**common, **sided, turn=chance.choice([None, True])))
            case "e":
                quote = chance.choice(["Tax falls", "Tax, falls!", "Councils are poor", None])
                items.append(Evidence(**common, **sided, quote=quote, cite=chance.choice([None, "Pike"])))
            case "i":
                items.append(Inference(**common, polarity=chance.choice(list(Polarity))))
            case _:
                author = chance.choice([(), ("Ann Pike",), ("Ann Pike", "Bo Behr")])
                date = chance.choice([None, "2014", "2014-07"])
                items.append(Source(**common, author=author, date=date, publisher="Gazette"))
    shapes = [
        (kind, start.id, end.id)
        for kind in LinkKind
        for start in items
        for end in items
        if start.label in ENDS[kind][0] and end.label in ENDS[kind][1]
    ]
    steps = [None, None, None, *(item.id for item in items if item.label is Label.INFERENCE)]
    links = [
        Link(kind=kind, start=start, end=end, order=order, via=chance.choice(steps), locator=None)
        for order, (kind, start, end) in enumerate(
            chance.sample(shapes, min(len(shapes), chance.randint(3, 24)))
        )
    ]
    motion = chance.sample([item.id for item in items if item.label in ARGUMENT_NODES] or ["m/0"], 1)
    return ArgumentMap(
        id="m", title="Dense", items=tuple(items), links=tuple(links), motion=tuple(motion), file="/m"
    )


def test_the_example_gives_the_same_answers_from_the_store(any_store: Store, any_address: str) -> None:
    argmap = read(EXAMPLE)
    any_store.replace(argmap)
    arguing = [item for item in argmap.items if item.label in ARGUMENT_NODES]
    source = next(item for item in argmap.items if item.label is Label.SOURCE)
    items = [*(arguing[::96] if "://" in any_address else arguing[::16]), source]
    assert assert_as_in_memory(any_store, argmap, questions(items)) >= 20


def test_small_maps_full_of_links_give_the_same_answers(any_store: Store, any_address: str) -> None:
    full, maps, count = (0, 12, 2) if "://" in any_address else (0, 60, 5)
    for seed in range(maps):
        argmap = dense(seed)
        any_store.replace(argmap)
        full += assert_as_in_memory(any_store, argmap, some(list(argmap.items), seed, count))
    assert full >= maps // 2


def some(items: list[Item], seed: int, count: int = 5) -> list[Asked]:
    """A few of the questions that can be asked about some items, others with each seed."""
    every = list(questions(items))
    return random.Random(seed).sample(every, min(count, len(every)))


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = open_store(str(tmp_path_factory.mktemp("library") / "library.kgl"))
    yield store
    store.close()


@settings(max_examples=100, derandomize=True, suppress_health_check=list(HealthCheck))
@given(argmap=argument_maps(max_items=6), seed=st.integers(0, 1000))
def test_any_map_gives_the_same_answers(library: Store, argmap: ArgumentMap, seed: int) -> None:
    library.replace(argmap)
    assert_as_in_memory(library, argmap, some(list(argmap.items), seed))


def test_an_item_is_found_as_in_memory(any_store: Store) -> None:
    argmap = read(EXAMPLE)
    any_store.replace(argmap)
    by_title = in_store(any_store, "answers", "localism", ["Are local authorities CAPABLE?"], {})
    assert by_title == in_store(any_store, "answers", "localism", ["are-local-authorities-capable"], {})
    with pytest.raises(NoSuchItem) as in_the_store:
        in_store(any_store, "path", "localism", ["Are local autorities capable"], {})
    with pytest.raises(NoSuchItem) as in_memory:
        find_item(argmap, "Are local autorities capable")
    assert str(in_the_store.value) == str(in_memory.value)


def test_a_map_that_changes_meanwhile_is_asked_again(any_store: Store, any_address: str) -> None:
    before, after = dense(0), replace(dense(0), items=dense(0).items[:1], links=(), motion=())
    any_store.replace(before)

    class Changing:
        """The store, while somebody loads another version in the middle of the first question."""

        statements = 0

        def asking(self, ask: Callable[[Read], T]) -> T:
            return any_store.asking(lambda read: ask(partial(self.read, read)))

        def read(self, read: Read, text: str, **params: Any) -> list[dict[str, Any]]:
            self.statements += 1
            if self.statements == 6:
                writer = open_store(any_address)
                writer.replace(after)
                writer.close()
            return read(text, **params)

    changing: Any = Changing()
    answer = in_store(changing, "unanswered", "m", [], {})
    # The embedded store goes on in the state that it began with; Neo4j shows the new one, and is asked again.
    assert answer == QUESTIONS["unanswered"].answer(after if "://" in any_address else before)
    assert changing.statements > 6


ASKED: tuple[tuple[str, list[str]], ...] = (
    ("unanswered", []),
    ("answers", ["m/9"]),
    ("path", ["m/9"]),
    ("single-source", []),
    ("bare", []),
)


@pytest.mark.parametrize(
    "change",
    [
        "REMOVE m.map SET m.staged = 'mark'",  # the load of it is not finished, or its deletion has begun
        "SET m.moving = 'mark'",  # it is the new version already, and its nodes are still the old one's
    ],
)
def test_a_map_whose_nodes_are_not_what_it_says_is_not_asked_in_the_store(
    any_store: Any, change: str
) -> None:
    any_store.replace(dense(0))
    assert all(in_store(any_store, name, "m", about, {}) is not None for name, about in ASKED)
    any_store._write(lambda work: work.write(f"MATCH (m:Map {{id: 'm'}}) {change}"))
    assert [in_store(any_store, name, "m", about, {}) for name, about in ASKED] == [None] * len(ASKED)


@pytest.mark.neo4j
def test_a_map_is_asked_once_all_its_parts_are_there(
    neo4j_address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bolt, "MOST_AT_ONCE", 3)
    monkeypatch.setattr(work, "BATCH", 2)
    store, part, meanwhile = open_store(neo4j_address), staging.part, []

    def asked_meanwhile(*given: Any, **named: Any) -> None:
        part(*given, **named)
        meanwhile.extend(in_store(store, name, "m", about, {}) for name, about in ASKED)

    monkeypatch.setattr(staging, "part", asked_meanwhile)
    store.replace(dense(0))
    assert len(meanwhile) > len(ASKED)
    assert set(meanwhile) == {None}
    assert in_store(store, "unanswered", "m", [], {}) == QUESTIONS["unanswered"].answer(dense(0))
    store.close()


def test_what_is_not_asked_in_the_store_is_read(any_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    any_store.replace(dense(0))
    assert in_store(any_store, "verdict", "m", [], {}) is None
    assert in_store(any_store, "unanswered", "m", [], {"need_evidence": True}) is None
    assert in_store(any_store, "unanswered", "nowhere", [], {}) is None
    monkeypatch.setattr(asked, "MANY_ITEMS", len(dense(0).items))
    assert in_store(any_store, "unanswered", "m", [], {}) is None
    monkeypatch.setattr(asked, "MANY_ITEMS", len(dense(0).items) - 1)
    assert in_store(any_store, "unanswered", "m", [], {}) is not None


def test_the_commands_print_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARGMAP_STORE", str(tmp_path / "library.kgl"))
    assert run("load", EXAMPLE).code == 0
    loads: list[str] = []
    load = EmbeddedStore.load

    def counted(self: EmbeddedStore, map_id: str) -> ArgumentMap:
        loads.append(map_id)
        return load(self, map_id)

    monkeypatch.setattr(EmbeddedStore, "load", counted)
    for words in (
        ("unanswered", "localism", "--side", "con", "--no-cross-apply"),
        ("answers", "localism", "Are local authorities capable?"),
        ("path", "localism", "double-standard"),
        ("single-source", "localism", "--within", "Double standard"),
        ("bare", "localism", "--format", "json"),
    ):
        in_the_store = run("ask", *words)
        assert (in_the_store.code, in_the_store.err) == (0, "")
        assert loads == []
        monkeypatch.setattr(asked, "MANY_ITEMS", 10**9)
        assert run("ask", *words).out == in_the_store.out
        monkeypatch.setattr(asked, "MANY_ITEMS", -1)
        assert loads == ["localism"]
        loads.clear()


def test_of_so_large_a_map_it_is_said_that_nothing_is_cross_applied(tmp_path: Path) -> None:
    store = str(tmp_path / "library.kgl")
    assert run("load", EXAMPLE, "--store", store).code == 0
    said = run("ask", "unanswered", "localism", "--store", store)
    assert "cross-applied is not looked for on so large a map" in " ".join(said.out.split())
