"""How long it takes to keep a map and to read it back: `python bench/store_load.py [FILE] [--claims N]`.

Without FILE the worked example, and where there is none a made-up map of N claims (1,000).
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from graph.model import ArgumentMap, Claim, Link, LinkKind, Rebuttal  # noqa: E402
from graph.store.url import open_store  # noqa: E402

EXAMPLE = ROOT / "examples" / "localism" / "localism.argdown"
_T = TypeVar("_T")


def made_up(claims: int) -> ArgumentMap:
    """A tree of claims, each supported by or rebutted by two others."""
    items = tuple(
        (Rebuttal if number % 2 else Claim)(
            id=f"made/{number}",
            title=f"Claim number {number}",
            text="Words that say something. " * 4,
            order=number,
        )
        for number in range(claims)
    )
    links = tuple(
        Link(
            kind=LinkKind.REBUTS if number % 2 else LinkKind.SUPPORTS,
            start=f"made/{number}",
            end=f"made/{(number - 1) // 2}",
            order=number - 1,
        )
        for number in range(1, claims)
    )
    return ArgumentMap(id="made", title="Made up", items=items, links=links, motion=("made/0",))


def timed(what: str, act: Callable[[], _T]) -> _T:
    """Print how long an act takes; its value."""
    start = time.perf_counter()
    value = act()
    print(f"{what:<42} {time.perf_counter() - start:8.3f} s")
    return value


def main(arguments: list[str]) -> None:
    """Time each step on the embedded store."""
    claims = int(arguments[arguments.index("--claims") + 1]) if "--claims" in arguments else 1_000
    files = [Path(argument) for argument in arguments[:1] if not argument.startswith("-")]
    if not arguments and EXAMPLE.exists():
        files = [EXAMPLE]
    if files:
        from ingest.reading import read

        argmap = timed(f"read {files[0].name}", lambda: read(files[0]))
    else:
        argmap = made_up(claims)
    print(f"{len(argmap.items):,} items, {len(argmap.links):,} links")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "library.kgl"
        timed("load into an empty store", lambda: open_store(path).replace(argmap))
        timed("load again, nothing new", lambda: open_store(path).replace(argmap))
        timed("open and list the maps", lambda: open_store(path).maps())
        timed("open and read the map back", lambda: open_store(path).load(argmap.id))
        middle = argmap.items[len(argmap.items) // 2].id
        timed("open and read two links around an item", lambda: open_store(path).neighbourhood(middle, 2))
        timed("open and find a word", lambda: open_store(path).find("local"))
        print(f"{'size of the store':<42} {path.stat().st_size / 1000:8,.0f} kB")


if __name__ == "__main__":
    main(sys.argv[1:])
