"""How fast `find` is in the embedded store of a big library: `python bench/find.py [--items N] [--maps M]`.

The texts have words as texts have them: a few in every second item, most in a handful. Each kind of question
is asked for common and for rare words, twelve times each, by a store opened anew, as a command does; the
median and the slowest are printed in milliseconds, beside SQLite's own FTS5 asked for the same by one plain
table (`ORDER BY rank`). The index is made by the first question; the seconds are the process's own.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import accumulate
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]

from stores import peak  # noqa: E402

from graph.model import ArgumentMap, Claim, Evidence, Item, Link, LinkKind, Rebuttal  # noqa: E402
from graph.store.port import Store  # noqa: E402
from graph.store.url import open_store  # noqa: E402

VOCABULARY = 60_000
TIMES = 12


def vocabulary() -> list[str]:
    """Words that can be said, the commonest first."""
    chosen = random.Random(8)
    starts = ("b", "br", "c", "d", "f", "g", "h", "l", "m", "n", "p", "pr", "r", "s", "st", "t", "tr", "v")
    parts = [start + vowel for start in starts for vowel in "aeiou"]
    words = dict.fromkeys("".join(chosen.choices(parts, k=1 + n // 20_000 + n % 3)) for n in range(400_000))
    return sorted(list(words)[:VOCABULARY], key=len)


class Library:
    """Maps that are made as they are asked for, always the same."""

    def __init__(self, items: int, maps: int) -> None:
        self.words = vocabulary()
        self._weights = list(accumulate(1 / (rank + 3) for rank in range(len(self.words))))
        self._items, self._maps = items // maps, maps

    def maps(self) -> Iterator[ArgumentMap]:
        """Each of the library's maps."""
        for number in range(self._maps):
            yield self._map(f"map-{number}", random.Random(number))

    def _map(self, map_id: str, chosen: random.Random) -> ArgumentMap:
        items: list[Item] = []
        links: list[Link] = []
        for number in range(self._items):
            title = " ".join(self._said(chosen, 4)).capitalize()
            said = " ".join(self._said(chosen, 25))
            held = {"id": f"{map_id}/{number}", "title": title, "order": number}
            if number % 7 == 6:
                items.append(Evidence(**held, quote=said, cite=f"{self._said(chosen, 1)[0]} 2014"))  # type: ignore[arg-type]
            else:
                items.append((Rebuttal if number % 3 == 2 else Claim)(**held, text=said))  # type: ignore[arg-type]
            if number:
                ends = {"start": f"{map_id}/{number}", "end": f"{map_id}/{number // 2}"}
                links.append(Link(kind=LinkKind.SUPPORTS, order=number, **ends))
        return ArgumentMap(
            id=map_id, title=map_id, items=tuple(items), links=tuple(links), file=f"/{map_id}.json"
        )

    def _said(self, chosen: random.Random, count: int) -> list[str]:
        return chosen.choices(self.words, cum_weights=self._weights, k=count)


def questions(library: Library) -> dict[str, list[str]]:
    """What is asked, by kind."""
    words, chosen = library.words, random.Random(3)
    common, rare = words[:60], words[20_000:50_000]
    some = next(library.maps()).items
    phrases = [" ".join((item.text or item.quote or "").split()[3:5]) for item in some[:TIMES]]  # type: ignore[attr-defined]

    def pairs(of: list[str]) -> list[str]:
        return [" ".join(chosen.sample(of, 2)) for _ in range(TIMES)]

    def slip(word: str) -> str:
        place = chosen.randrange(1, len(word) - 1)
        return f"{word[:place]}{word[place + 1]}{word[place]}{word[place + 2 :]}q"

    return {
        "a common word": chosen.sample(common, TIMES),
        "a rare word": chosen.sample(rare, TIMES),
        "two common words": pairs(common),
        "a common and a rare word": [f"{a} {b}" for a, b in zip(common, rare[:TIMES], strict=False)],
        "four common words": [f"{a} {b}" for a, b in zip(pairs(common), pairs(common), strict=True)],
        "two rare words": pairs(rare),
        "a phrase that is there": [f'"{phrase}"' for phrase in phrases],
        "a phrase of two common words": [f'"{pair}"' for pair in pairs(common)],
        "a phrase of two rare words": [f'"{pair}"' for pair in pairs(rare)],
        "a beginning of one letter": [f"{letter}*" for letter in "bcdfghlmnprs"],
        "a beginning of two letters": [f"{word[:2]}*" for word in chosen.sample(rare, TIMES)],
        "a beginning of four letters": [f"{word[:4]}*" for word in chosen.sample(rare, TIMES)],
        "two beginnings": [f"{a[:3]}* {b[:3]}*" for a, b in zip(rare, rare[TIMES:], strict=False)][:TIMES],
        "a mistyped word": [slip(word) for word in chosen.sample(rare, TIMES)],
        "a common and a mistyped word": [f"{words[n]} {slip(rare[n])}" for n in range(TIMES)],
        "nothing like it": [f"xy{n}kwzj" for n in range(TIMES)],
    }


def milliseconds(ask: Callable[[str], object], asked: list[str]) -> tuple[float, float]:
    """The median and the slowest."""
    took = []
    for text in asked:
        start = time.perf_counter()
        ask(text)
        took.append(1000 * (time.perf_counter() - start))
    return statistics.median(took), max(took)


def fill(store: Store, library: Library) -> None:
    """Put the whole library into a store."""
    start, held = time.process_time(), time.perf_counter()
    with store.together():
        for argmap in library.maps():
            store.replace(argmap)
    print(
        f"loaded in {time.process_time() - start:.0f} s of CPU, {time.perf_counter() - held:.0f} s; ", end=""
    )
    print(f"at most {peak():.0f} MB", flush=True)


def plain_index(path: Path, library: Library) -> sqlite3.Connection:
    """One FTS5 table over all texts, as a script would make it."""
    start = time.process_time()
    index = sqlite3.connect(path)
    index.execute("PRAGMA journal_mode = OFF")
    index.execute("CREATE VIRTUAL TABLE plain USING fts5 (id UNINDEXED, title, text)")
    rows = (
        (item.id, item.title, getattr(item, "text", None) or getattr(item, "quote", ""))
        for argmap in library.maps()
        for item in argmap.items
    )
    with index:
        index.executemany("INSERT INTO plain VALUES (?, ?, ?)", rows)
    print(f"FTS5's own table made in {time.process_time() - start:.0f} s of CPU, with making up its texts")
    return index


def main() -> None:
    """Make the library where it is not there yet, and ask."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--items", type=int, default=100_000)
    parser.add_argument("--maps", type=int, default=500)
    parser.add_argument("--keep", type=Path, help="a folder where the store is kept for the next time")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        measure(asked.keep or Path(scratch), Library(asked.items, asked.maps))


def measure(folder: Path, library: Library) -> None:
    """All lines of the table."""
    path = folder / "library.kgl"
    if not path.exists():
        with closing(open_store(path)) as store:
            fill(store, library)
    index = path.with_name(f"{path.name}.find")
    with closing(open_store(path, read_only=True)) as store:
        store.maps()
        start, held = time.process_time(), time.perf_counter()
        store.find("nothing")
        print(f"index made in {time.process_time() - start:.1f} s of CPU, ", end="")
        print(f"{time.perf_counter() - held:.1f} s; {index.stat().st_size >> 20} MB", flush=True)

    def found(text: str) -> object:
        with closing(open_store(path, read_only=True)) as store:
            return store.find(text)

    plain = plain_index(folder / "plain", library) if not (folder / "plain").exists() else None
    plain = plain or sqlite3.connect(folder / "plain")

    def found_by_fts5(text: str) -> object:
        where = text if '"' in text else " AND ".join(text.split())
        say = "SELECT id, title, text FROM plain WHERE plain MATCH ? ORDER BY rank LIMIT 20"
        return plain.execute(say, (where,)).fetchall()

    print(f"{'milliseconds':<32}{'median':>8}{'slowest':>9}{'FTS5 median':>13}{'slowest':>9}")
    for kind, texts in questions(library).items():
        ours, theirs = milliseconds(found, texts), milliseconds(found_by_fts5, texts)
        print(f"{kind:<32}{ours[0]:8.1f}{ours[1]:9.1f}{theirs[0]:13.1f}{theirs[1]:9.1f}", flush=True)
    plain.close()


if __name__ == "__main__":
    main()
