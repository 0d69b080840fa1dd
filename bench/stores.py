"""What the stores cost beside their engines: `python bench/stores.py [--arguments N] [--engine E]`.

Loads a made-up map in the shape of our schema, each step beside the same work done with the engine's own
calls (kglite's Cypher, the Neo4j driver), and prints both and their ratio. Neo4j is the server of NEO4J_URI,
which must be empty, or one that the tests' launcher starts.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import tempfile
import time
import warnings
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from graph.model import (  # noqa: E402
    ArgumentMap,
    Claim,
    Evidence,
    Item,
    Link,
    LinkKind,
    Person,
    Rebuttal,
    Source,
)
from graph.store import statements  # noqa: E402
from graph.store.port import Store  # noqa: E402
from graph.store.rows import item_row, link_row  # noqa: E402
from graph.store.url import open_store  # noqa: E402

_T = TypeVar("_T")
BATCH = 5_000
ROWS = (
    "MATCH (n:{label} {{map: $map}}) RETURN properties(n) AS item",
    "MATCH (a:{label} {{map: $map}})-[r]->(b) WHERE r.map = $map "
    "RETURN type(r) AS kind, a.id AS start, b.id AS stop, properties(r) AS link",
)
"""All that a map holds, as plain statements ask for it."""
WORDS = ("power", "money", "council", "tax", "health", "growth", "debt", "centre", "local", "vote", "city")


def made_up(arguments: int, map_id: str = "made") -> ArgumentMap:
    """A tree of claims, rebuttals and cards; a source for twenty arguments, a person for a hundred."""
    items: list[Item] = []
    links: list[Link] = []

    def link(kind: LinkKind, start: str, end: str, locator: str | None = None) -> None:
        links.append(Link(kind=kind, start=start, end=end, order=len(links), locator=locator))

    for number in range(arguments):
        said = " ".join(WORDS[(number * step) % len(WORDS)] for step in (1, 3, 5, 7, 11, 13))
        held = {"id": f"{map_id}/{number}", "title": f"{said[:30]} {number}", "order": len(items)}
        if number % 7 == 6:
            items.append(Evidence(**held, quote=f"{said}. " * 4, cite=f"Author {number % 90} 2014"))  # type: ignore[arg-type]
        else:
            cls = Rebuttal if number % 3 == 2 else Claim
            items.append(cls(**held, text=f"{said}. " * 3))  # type: ignore[arg-type]
        if number:
            parent = (number - 1) // 2
            while parent % 7 == 6:
                parent -= 1
            attacks = number % 7 != 6 and number % 3 == 2
            link(
                LinkKind.REBUTS if attacks else LinkKind.SUPPORTS, f"{map_id}/{number}", f"{map_id}/{parent}"
            )
    for number in range(arguments // 20):
        items.append(Source(id=f"{map_id}/source-{number}", title=f"Source {number}", order=len(items)))
    for number in range(0, arguments, 2):
        if arguments >= 20:
            source = number % (arguments // 20)
            link(LinkKind.CITES, f"{map_id}/{number}", f"{map_id}/source-{source}", f"¶{number % 30}")
    for number in range(arguments // 100):
        items.append(Person(id=f"{map_id}/person-{number}", title=f"Person {number}", order=len(items)))
        link(LinkKind.ASSERTED_BY, f"{map_id}/{number}", f"{map_id}/person-{number}")
    return ArgumentMap(
        id=map_id, title="Made up", items=tuple(items), links=tuple(links), file=f"/{map_id}.json"
    )


clock = time.perf_counter


def timed(act: Callable[[], _T]) -> tuple[float, _T]:
    """How many seconds an act takes, and its value."""
    start = clock()
    value = act()
    return clock() - start, value


def say(what: str, seconds: float, peer: float | None = None) -> None:
    """One line of the table."""
    beside = "" if peer is None else f"   raw {peer:8.3f} s   ratio {seconds / peer:5.2f}"
    print(f"{what:<44} {seconds:8.3f} s{beside}", flush=True)


def batches(argmap: ArgumentMap) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Each statement that a load comes to, with its rows: what a script without argmap would send."""
    groups: dict[str, list[Item] | list[Link]] = defaultdict(list)
    labels = {item.id: item.label for item in argmap.items}
    for item in argmap.items:
        groups[statements.create_items(item.label)].append(item)  # type: ignore[arg-type]
    for link in argmap.links:
        groups[statements.create_links(labels[link.start], link.kind, labels[link.end])].append(link)  # type: ignore[arg-type]
    for text, group in groups.items():
        for at in range(0, len(group), BATCH):
            yield text, [plain_row(each, argmap.id) for each in group[at : at + BATCH]]


def plain_row(each: Item | Link, map_id: str) -> dict[str, Any]:
    """What a statement is told of an item or a link."""
    if isinstance(each, Link):
        return {"a": each.start, "b": each.end, "props": link_row(each, map_id)}
    return item_row(each, map_id)


def raw_kglite(path: Path, argmap: ArgumentMap) -> None:
    """The same graph by kglite's own calls."""
    import kglite

    graph = kglite.open(str(path), durable="off")
    for text in statements.SETUP.values():
        graph.cypher(text)
    for text, rows in batches(argmap):
        graph.cypher(text, params={"rows": rows})
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", kglite.MappedFallbackWarning)
        graph.save()
    graph.__exit__(ValueError, None, None)


def raw_kglite_read(path: Path, argmap: ArgumentMap) -> None:
    """All rows by kglite's own calls."""
    import kglite

    graph = kglite.load(str(path))
    for label in sorted({item.label for item in argmap.items}):
        for text in ROWS:
            graph.cypher(text.format(label=label), params={"map": argmap.id}).to_list()


def raw_driver(driver: Any, argmap: ArgumentMap) -> None:
    """The same graph by the driver's own batched UNWIND … CREATE, in as many transactions as argmap takes."""
    from graph.store.bolt import MOST_AT_ONCE

    parts = batches(argmap)
    at_once: Iterable[Iterable[tuple[str, list[dict[str, Any]]]]] = [parts]
    if len(argmap.items) + len(argmap.links) > MOST_AT_ONCE:
        at_once = ([part] for part in parts)

    def write(tx: Any, some: Iterable[tuple[str, list[dict[str, Any]]]]) -> None:
        for text, rows in some:
            tx.run(text, rows=rows).consume()

    with driver.session() as session:
        for some in at_once:
            session.execute_write(write, some)


def raw_driver_read(driver: Any, argmap: ArgumentMap) -> None:
    """All rows by the driver."""

    def read(tx: Any) -> None:
        for label in sorted({item.label for item in argmap.items}):
            for text in ROWS:
                for record in tx.run(text.format(label=label), map=argmap.id):
                    record.data()

    with driver.session() as session:
        session.execute_read(read)


def measure(
    address: str, argmap: ArgumentMap, write_raw: Callable[[], float], read_raw: Callable[[], float]
) -> None:
    """All rows of the table for one engine."""
    raw = write_raw()
    empty, _ = timed(lambda: with_store(address, lambda store: store.replace(argmap)))
    say("load into an empty store", empty, raw)
    print(f"{'memory of this process at most, until here':<44} {peak():8.0f} MB", flush=True)
    again, done = timed(lambda: with_store(address, lambda store: store.replace(argmap)))
    assert done.added + done.changed + done.removed == 0
    say("load it again unchanged", again)
    items = tuple(
        replace(item, text=f"{item.text} Changed.") if place % (len(argmap.items) // 100) == 0 else item
        for place, item in enumerate(argmap.items)
    )
    few, done = timed(lambda: with_store(address, lambda store: store.replace(replace(argmap, items=items))))
    say(f"load it again, {done.changed} items changed", few)
    print(f"{'':<44} {empty / few:8.1f} × faster than from empty")
    back, held = timed(lambda: with_store(address, lambda store: store.load(argmap.id)))
    assert len(held.items) == len(argmap.items)
    say("read the map back", back, read_raw())
    seconds, _ = timed(lambda: with_store(address, lambda store: store.maps()))
    say("open the store and list the maps", seconds)
    store = open_store(address)
    middle = argmap.items[len(argmap.items) // 3].id
    store.find("power money")  # makes the index, once
    for what, ask in (
        ("neighbourhood of two links", lambda: store.neighbourhood(middle, 2)),
        ("lookup by id", lambda: store.cypher("MATCH (n:Claim {id: $id}) RETURN n.title", {"id": middle})),
        ("find a rare word", lambda: store.find("4242")),
        ("find two common words", lambda: store.find("power money")),
    ):
        say(what, min(timed(ask)[0] for _ in range(5)))
    store.close()
    print(f"{'memory of this process at most':<44} {peak():8.0f} MB")
    every = replace(argmap, items=tuple(replace(item, tags=("changed",)) for item in argmap.items))
    seconds, done = timed(lambda: with_store(address, lambda store: store.replace(every)))
    say(f"load it again, all {done.changed} items changed", seconds, empty)
    print(f"{'memory of this process at most':<44} {peak():8.0f} MB")


def measure_library(address: str, arguments: int, maps: int) -> None:
    """Loads a store of many maps, and asks for a little of it."""
    each = arguments // maps
    store = open_store(address)
    with store.together():
        for name in range(maps):
            seconds, _ = timed(lambda: store.replace(made_up(each, f"m{name}")))  # noqa: B023  # at once
            if name in (9, maps - 1):
                say(f"load the {name + 1:,}th of {maps:,} maps", seconds)
    print(f"{'memory of this process at most':<44} {peak():8.0f} MB", flush=True)
    middle, rare = f"m{maps // 2}/{each // 3}", f"{each // 3}"
    store.find("power money")  # makes the index, once
    for what, ask in (
        ("list the maps", lambda: store.maps()),
        ("neighbourhood of two links", lambda: store.neighbourhood(middle, 2)),
        ("lookup by id", lambda: store.cypher("MATCH (n:Claim {id: $id}) RETURN n.title", {"id": middle})),
        ("find in all maps: a word of every map", lambda: store.find(rare)),
        ("find in all maps: two common words", lambda: store.find("power money")),
        ("find in all maps: a phrase", lambda: store.find('"power money"')),
        ("find in all maps: beginnings of words", lambda: store.find("pow* mon*")),
        ("find in one map", lambda: store.find("power money", map_id=f"m{maps // 2}")),
    ):
        times = sorted(timed(ask)[0] for _ in range(15))
        used = time.process_time()
        ask()
        say(what, times[len(times) // 2])
        print(
            f"{'':<44} best {times[0]:.3f} s, processor here {time.process_time() - used:.3f} s", flush=True
        )
    store.close()


def with_store(address: str, ask: Callable[[Store], _T]) -> _T:
    """What a store, opened for it alone, says."""
    store = open_store(address)
    try:
        return ask(store)
    finally:
        store.close()


def peak() -> float:
    """The most memory that this process has had, in MB."""
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used / (1_000_000 if sys.platform == "darwin" else 1_000)


def main() -> None:
    """Measure one engine or both."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--arguments", type=int, default=20_000)
    parser.add_argument("--engine", choices=("embedded", "neo4j", "both"), default="both")
    parser.add_argument("--maps", type=int, help="so many small maps instead, with the arguments together")
    parser.add_argument("--heap", default="1g", help="of the Neo4j that is started, as java's -Xmx has it")
    parser.add_argument(
        "--cpu", action="store_true", help="seconds of this process's processor (embedded), on a busy machine"
    )
    asked = parser.parse_args()
    if asked.cpu:
        global clock
        clock = time.process_time
    if asked.maps:
        of_many_maps(asked.engine, asked.arguments, asked.maps, asked.heap)
        return
    argmap = made_up(asked.arguments)
    size = f"{len(argmap.items):,} items, {len(argmap.links):,} links; the map itself {peak():.0f} MB"
    if asked.engine in ("embedded", "both"):
        print(f"embedded: {size}")
        with tempfile.TemporaryDirectory() as folder:
            path, raw = Path(folder) / "library.kgl", Path(folder) / "raw.kgl"
            measure(
                str(path),
                argmap,
                lambda: timed(lambda: raw_kglite(raw, argmap))[0],
                lambda: timed(lambda: raw_kglite_read(raw, argmap))[0],
            )
            by_file(Path(folder), argmap)
    if asked.engine in ("neo4j", "both"):
        on_neo4j(argmap, size, asked.heap)


def by_file(folder: Path, argmap: ArgumentMap) -> None:
    """The same by the command: a file that is loaded, and loaded again as it is."""
    import cli
    from graph.export.json import to_json

    file = folder / "made.json"
    file.write_text(to_json(argmap))
    load = ["--store", str(folder / "other.kgl"), "load", str(file)]
    for what in ("argmap load FILE", "argmap load FILE again, nothing changed"):
        seconds, code = timed(lambda: cli.run(load))
        assert code == 0
        say(what, seconds)


def of_many_maps(engine: str, arguments: int, maps: int, heap: str) -> None:
    """A store of many maps, on one engine or both."""
    if engine in ("embedded", "both"):
        print(f"embedded: {maps:,} maps, {arguments:,} arguments together")
        with tempfile.TemporaryDirectory() as folder:
            measure_library(str(Path(folder) / "library.kgl"), arguments, maps)
    if engine in ("neo4j", "both"):
        import neo4j_server

        server = neo4j_server.start(heap)
        os.environ.update(server.environment)
        print(f"neo4j ({server.version()}, heap {heap}): {maps:,} maps, {arguments:,} arguments together")
        measure_library(server.uri, arguments, maps)
        server.stop()


def on_neo4j(argmap: ArgumentMap, size: str, heap: str) -> None:
    """The same on a server."""
    import neo4j
    import neo4j_server

    server = neo4j_server.start(heap)
    os.environ.update(server.environment)
    print(f"neo4j ({server.version()}, heap {heap}): {size}", flush=True)
    with neo4j.GraphDatabase.driver(server.uri, auth=(server.username, server.password)) as driver:

        def empty() -> None:
            with driver.session() as session:
                session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS").consume()

        def write() -> float:
            with_store(
                server.uri, lambda store: store.replace(ArgumentMap(id="x", title="X"))
            )  # makes indexes
            seconds, _ = timed(lambda: raw_driver(driver, argmap))
            empty()
            return seconds

        measure(server.uri, argmap, write, lambda: timed(lambda: raw_driver_read(driver, argmap))[0])
        empty()
    server.stop()


if __name__ == "__main__":
    main()
