"""Twenty readers and a writer at one store: does anybody see half a map, an older one, or an error?

    python tests/crowd_stores.py --engine embedded
    python tests/crowd_stores.py --engine neo4j --seconds 60

One process loads one version of a map after the other, while the readers, each with a store of its own,
look around, read the map and run a query over all of it. `make test` does it for a second, with the
readers in four processes.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

sys.path[:0] = [str(Path(__file__).resolve().parent)]

import kill_stores  # noqa: E402

from graph.store.port import Store  # noqa: E402
from graph.store.url import open_store  # noqa: E402

READERS = 20


class Crowd(NamedTuple):
    """What came of it."""

    versions: int  # that were written
    readings: int
    seen: int  # versions that some reader saw, the most
    failures: list[str]


def read_once(store: Store, in_parts: bool) -> int:
    """The version of the map that a reader sees. Raises AssertionError where it is no whole."""
    version = int(kill_stores.whole_map(store).text)
    if in_parts:
        return version
    counted = store.cypher("MATCH (n {map: 'kill'}) WHERE n.order IS NOT NULL RETURN n.text, count(*)").rows
    # A query on Neo4j that meets a commit sees of it what is there already (docs/stores.md).
    most = 1 if store.about().engine == "embedded" else 2
    assert len(counted) <= most, f"a query sees several versions: {counted}"
    seen = {int(text) for text, _ in counted}
    assert min(seen) >= version, "a query sees an older version than the map that was read before"
    return version


def look_around(store: Store) -> None:
    """The other ways of reading. Raises AssertionError where one sees no whole."""
    near = store.neighbourhood("kill/0", 1)
    assert len({item.text for item in near.items}) == 1, "a neighbourhood of several versions"
    assert [info.id for info in store.maps()] == ["kill"]
    assert store.find("claim", map_id="kill", limit=3), "nothing is found"


def reader(address: str, seconds: float, in_parts: bool) -> tuple[int, int]:
    """Read for so long; how often, and how many versions were seen."""
    seen: list[int] = []
    until = time.monotonic() + seconds
    with closing(open_store(address, read_only=True)) as store:
        look_around(store)
        while time.monotonic() < until or not seen:
            version = read_once(store, in_parts)
            assert not seen or version >= seen[-1], f"version {version} after {seen[-1]}"
            seen.append(version)
            look_around(store)
    return len(seen), len(set(seen))


def readers(address: str, seconds: float, count: int, in_parts: bool) -> None:
    """So many readers in this process; whatever goes wrong ends it with an error."""
    print("ready", flush=True)
    with ThreadPoolExecutor(count) as pool:
        for read, seen in pool.map(reader, [address] * count, [seconds] * count, [in_parts] * count):
            print(read, seen, flush=True)


def crowd(address: str, seconds: float, processes: int = READERS, *, in_parts: bool = False) -> Crowd:
    """Readers in so many processes, while this one writes; without queries, which see the parts of a load."""
    with closing(open_store(address)) as store:
        store.replace(kill_stores.version(0))
        command = [sys.executable, __file__, "--reader", address, "--seconds", str(seconds)]
        command += ["--threads", str(READERS // processes)] + ["--in-parts"] * in_parts
        crowd_of = [
            subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            for _ in range(processes)
        ]
        for process in crowd_of:
            assert process.stdout is not None
            process.stdout.readline()  # until all are there
        until, number = time.monotonic() + seconds, 0
        while time.monotonic() < until or not number:
            number += 1
            store.replace(kill_stores.version(number))
        said = [process.communicate() for process in crowd_of]
        assert kill_stores.whole(store) == str(number)
    lines = [tuple(map(int, line.split())) for out, _ in said for line in out.splitlines()]
    failures = [err.strip().splitlines()[-1] for _, err in said if err.strip()]
    return Crowd(
        number, sum(read for read, _ in lines), max((seen for _, seen in lines), default=0), failures
    )


def main() -> None:
    """Let them meet, and say what came of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--engine", choices=("embedded", "neo4j"), default="embedded")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--reader", metavar="ADDRESS", help=argparse.SUPPRESS)
    parser.add_argument(
        "--in-parts", action="store_true", help="Neo4j: each load in several transactions, as of a large map"
    )
    parser.add_argument("--threads", type=int, default=1, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.reader:
        readers(asked.reader, asked.seconds, asked.threads, asked.in_parts)
        return
    server = None
    with tempfile.TemporaryDirectory() as folder:
        address = str(Path(folder) / "library.kgl")
        if asked.engine == "neo4j":
            import neo4j_server

            server = neo4j_server.start()
            os.environ.update(server.environment)
            address = server.uri
        if asked.in_parts:
            kill_stores.in_small_parts()
        came = crowd(address, asked.seconds, in_parts=asked.in_parts)
        if server is not None:
            server.stop()
    print(
        f"{asked.engine}: {READERS} readers, {asked.seconds:g} s: {came.versions} versions written, "
        f"{came.readings} readings, up to {came.seen} versions seen by one reader, "
        f"{len(came.failures)} failures"
    )
    sys.exit("\n".join(came.failures) or 0)


if __name__ == "__main__":
    main()
