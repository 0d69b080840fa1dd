"""Times the questions that are asked in the store of a large map: `python bench/at_scale.py [ITEMS]`.

Each question is asked twice in a process of its own: in the store, and of the map read whole, which is
what a smaller map would get. Seconds are wall clock, from an open store to the answer, the first time and
the better of two in one process (the first also pays for the engine's own preparations).
`--engine neo4j` starts a server as the tests do.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "bench"), str(ROOT / "tests")]

from graph.questions.registry import QUESTIONS  # noqa: E402
from graph.result import Result  # noqa: E402
from graph.store.at_scale import asked  # noqa: E402
from graph.store.port import Store  # noqa: E402
from graph.store.url import open_store  # noqa: E402

ITEM = "b/200"  # of some ways to the motion
ASKED: dict[str, dict[str, object]] = {
    "unanswered": {},
    "bare": {},
    "single-source": {},
    "answers": {},
    "path": {"limit": 5},
}


def one(question: str, whole: bool, address: str) -> None:
    """Ask one question, and print its figures as JSON."""
    about = [ITEM] if QUESTIONS[question].about_item else []
    options = ASKED[question]
    with closing(open_store(address, read_only=True)) as store:
        store.maps()
        took = []
        for _ in range(2):
            start = perf_counter()
            answer = answered(store, question, whole, about, options)
            took.append(perf_counter() - start)
    print(json.dumps([took[0], min(took), len(answer.rows), answer.summary]))


def answered(
    store: Store, question: str, whole: bool, about: list[str], options: dict[str, object]
) -> Result:
    """The answer, of the map read whole or in the store."""
    if whole:
        return QUESTIONS[question].answer(store.load("b"), *about, **options)
    asked.MANY_ITEMS = 0
    found = asked.in_store(store, question, "b", about, options)
    assert found is not None
    return found


def main() -> None:
    """Make the map, keep it, and ask everything both ways."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("items", nargs="?", type=int, default=250_000)
    parser.add_argument("--engine", choices=("embedded", "neo4j"), default="embedded")
    parser.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        question, how, address = given.one
        one(question, how == "whole", address)
        return
    from questions import sided

    server = None
    with tempfile.TemporaryDirectory() as folder:
        address = str(Path(folder) / "library.kgl")
        if given.engine == "neo4j":
            import neo4j_server

            server = neo4j_server.start("1g")
            os.environ.update(server.environment)
            address = server.uri
        with closing(open_store(address)) as store:
            argmap = sided(given.items)
            store.replace(argmap)
            print(f"{len(argmap.items)} items, {len(argmap.links)} links, {store.about().version}")
            del argmap
        print("question          in the store      read whole")
        print("                 first   again   first   again    rows")
        for question in ASKED:
            figures = []
            for how in ("store", "whole"):
                command = [sys.executable, __file__, "--one", question, how, address]
                figures.append(json.loads(subprocess.check_output(command, text=True)))
            assert figures[0][2:] == figures[1][2:], f"{question}: two answers"
            line = "".join(f"{first:8.2f}{again:8.2f}" for first, again, *_ in figures)
            print(f"{question:<14}{line}{figures[0][2]:8}", flush=True)
    if server is not None:
        server.stop()


if __name__ == "__main__":
    main()
