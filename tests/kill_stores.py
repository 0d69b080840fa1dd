"""Kill a process that writes to a store, at any moment, many times: is what it leaves whole?

    python tests/kill_stores.py --kills 300 --engine embedded
    python tests/kill_stores.py --kills 300 --engine neo4j

Each round starts a process that loads, deletes or changes a map in turn, kills it (SIGKILL) at a random
moment, and opens the store: it must hold the old map or the new one, complete, and take a write.
`make test` does ten rounds an engine.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(Path(__file__).resolve().parent)]

from graph.errors import NoSuchMap  # noqa: E402
from graph.model import ArgumentMap, Claim, Link, LinkKind, Rebuttal  # noqa: E402
from graph.store.port import Store  # noqa: E402
from graph.store.url import open_store  # noqa: E402

CLAIMS = 400
DEEDS = ("replace", "delete", "query", "edit")
IN_PARTS = "parts"  # a load in several transactions, as Neo4j takes it where much differs

WRITER = """
import sys
sys.path[:0] = sys.argv[1:3]
from kill_stores import IN_PARTS, in_small_parts, renamed, version
from graph.store.url import open_store
store = open_store(sys.argv[3])
store.maps()
print("ready", flush=True)
number = int(sys.argv[5])
if sys.argv[4] == IN_PARTS:
    in_small_parts()
while True:
    number += 1
    if sys.argv[4] in ("replace", IN_PARTS):
        store.replace(version(number))
    elif sys.argv[4] == "delete":
        store.delete("kill") if number % 2 else store.replace(version(number))
    elif sys.argv[4] == "edit":
        store.edit("kill", lambda held: renamed(held, number), "renamed")
    else:
        store.cypher("MATCH (n {map: 'kill'}) SET n.text = $text", {"text": str(number)}, write=True)
    print(number, flush=True)
"""


def in_small_parts() -> None:
    """Let Neo4j take 100 items and links at once, 50 a statement: our maps are large then."""
    from graph.store import bolt, staging, work

    bolt.MOST_AT_ONCE, work.BATCH, staging.BATCH = 100, 50, 50  # type: ignore[attr-defined]


def version(number: int) -> ArgumentMap:
    """A map every item of which says which version it is of; versions differ in size."""
    count = CLAIMS + 10 * (number % 7)
    items = tuple(
        (Rebuttal if place % 2 else Claim)(
            id=f"kill/{place}", title=f"Claim {place}", text=str(number), order=place
        )
        for place in range(count)
    )
    links = tuple(
        Link(
            kind=LinkKind.REBUTS if place % 2 else LinkKind.SUPPORTS,
            start=f"kill/{place}",
            end=f"kill/{(place - 1) // 2}",
            order=place - 1,
        )
        for place in range(1, count)
    )
    return ArgumentMap(id="kill", title="Kill", text=str(number), items=items, links=links)


def renamed(argmap: ArgumentMap, number: int) -> ArgumentMap:
    """The map with another text everywhere."""
    text = str(number)
    return replace(argmap, text=text, items=tuple(replace(item, text=text) for item in argmap.items))


def whole(store: Store) -> str:
    """What the store holds: the version of the map, or "gone". Raises AssertionError where it is no whole."""
    ids = [info.id for info in store.maps()]
    if ids == []:
        left = store.cypher("MATCH (n) RETURN count(n)").rows[0][0]
        assert left == 0, f"no map, and {left} nodes of it"
        return "gone"
    assert ids == ["kill"], ids
    argmap = whole_map(store)
    infos = store.maps()
    assert len(infos) == 1, "deleted since it was read"  # a server ends what a dead client had asked
    assert sum(infos[0].counts.values()) == len(argmap.items), "counts that do not fit"
    return argmap.text


def whole_map(store: Store) -> ArgumentMap:
    """The map, in one look at the store. Raises AssertionError where it is no whole."""
    argmap = store.load("kill")
    texts = {item.text for item in argmap.items} | {argmap.text}
    assert len(texts) == 1, f"items of several versions: {sorted(texts)}"
    assert len(argmap.links) == len(argmap.items) - 1, "links that are missing"
    assert len(argmap.items) % 10 == 0, "half of the items"
    return argmap


def settled(store: Store) -> str:
    """What the store holds once a server has noticed that its client is gone."""
    for _ in range(50):
        try:
            return whole(store)
        except (AssertionError, NoSuchMap):
            time.sleep(0.1)  # what is broken stays broken
    return whole(store)


def kill_once(address: str, deed: str, number: int, chance: random.Random) -> str:
    """Start a writer, kill it at a random moment, and say what it left: `old`, `new` or `gone`."""
    store = open_store(address)
    try:
        if not store.maps():
            store.replace(version(number))
        old = whole(store)
        command = [sys.executable, "-c", WRITER, str(ROOT), str(Path(__file__).parent), address, deed]
        with subprocess.Popen(
            [*command, str(number)], stdout=subprocess.PIPE, text=True, env=dict(os.environ)
        ) as writer:
            assert writer.stdout is not None
            assert writer.stdout.readline() == "ready\n", "the writer did not start"
            time.sleep(chance.uniform(0, 0.6))
            writer.send_signal(signal.SIGKILL)
            said = writer.stdout.read().split("\n")[:-1]
        done = int(said[-1]) if said else number
        held = settled(store)
        if held != "gone":
            assert held in {said[-1] if said else old, str(done + 1)}, f"{held}, after {old} and {said}"
        store.replace(version(number + 1000))  # it can be written to
        assert whole(store) == str(number + 1000)
        assert store.repair(really=False) == [], "something is left behind"
    finally:
        store.close()
    return "gone" if held == "gone" else "new" if held == str(done + 1) else "old"


def main() -> None:
    """Kill as often as was asked, and say what was left."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--engine", choices=("embedded", "neo4j"), default="embedded")
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    asked = parser.parse_args()
    print(f"seed {asked.seed}", flush=True)
    chance = random.Random(asked.seed)
    server = None
    deeds = DEEDS if asked.engine == "embedded" else (*DEEDS, IN_PARTS)
    with tempfile.TemporaryDirectory() as folder:
        address = str(Path(folder) / "library.kgl")
        if asked.engine == "neo4j":
            import neo4j_server

            server = neo4j_server.start()
            os.environ.update(server.environment)
            address = server.uri
        left: Counter[str] = Counter()
        start = time.monotonic()
        for count in range(asked.kills):
            deed = deeds[count % len(deeds)]
            left[f"{deed}: {kill_once(address, deed, count * 2000, chance)}"] += 1
            if (count + 1) % 50 == 0:
                print(f"{count + 1} kills, {time.monotonic() - start:.0f} s", flush=True)
        for what, number in sorted(left.items()):
            print(f"{number:6}  {what}")
        print(f"{asked.kills} kills survived on {asked.engine}")
    if server is not None:
        server.stop()


if __name__ == "__main__":
    main()
