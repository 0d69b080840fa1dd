"""How the time to read and write Argdown grows with the file: `python bench/argdown_linear.py`.

Prints, for files of 1, 2, 4 and 8 times a size, the seconds for each stage and their ratio to the
first; where time grows with the file, the ratios are near 1, 2, 4, 8.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from graph.collector import collector_paused
from graph.export.argdown import to_argdown
from ingest.argdown.document import document
from ingest.argdown.reader import read
from ingest.argdown.text import joined

SIZE = 1000  # claims of the smallest file, each with an argument, an undercut and a source
PATH = Path("bench.argdown")
T = TypeVar("T")


def text(claims: int) -> str:
    """A file of so many claims, each attacking one before it."""
    head = "===\nid: bench\nsources:\n  mj: {title: The MJ, author: Ann}\n===\n\n[Claim 0]: The root.\n\n"
    return head + "".join(
        f"[Claim {n}]: Some *words* on claim {n}, see [x](http://x.y/{n}). #tag "
        f"{{source: mj, at: ¶{n}, heldBy: Person {n % 7}}}\n"
        f"  + <Reason {n}>: It is so because of {n}.\n"
        f"    _ [Doubt {n}]: It is not.\n"
        f"  -> [Claim {n // 2}]\n\n"
        for n in range(1, claims)
    )


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """The seconds of the processor that the better of two runs takes, and what came of it."""
    best, result = float("inf"), None
    for _ in range(2):
        start = time.process_time()
        result = work()
        best = min(best, time.process_time() - start)
    return best, result  # type: ignore[return-value]  # it ran


def main() -> None:
    """Print one row a size."""
    print(f"{'claims':>8} {'MB':>6}   {'parse':>14}   {'read':>14}   {'write':>14}")
    first: list[float] = []
    for times in (1, 2, 4, 8):
        content = text(SIZE * times)
        with collector_paused():  # as `argmap load` does
            parse, _ = timed(lambda content=content: document(joined(PATH, content)))
            whole, (argmap, _) = timed(lambda content=content: read(PATH, content))
        write, _ = timed(lambda argmap=argmap: to_argdown(argmap))
        row = [parse, whole, write]
        first = first or row
        cells = "   ".join(f"{now:7.2f} s {now / then:4.1f}x" for now, then in zip(row, first, strict=True))
        print(f"{SIZE * times:>8} {len(content) / 1e6:>6.2f}   {cells}", flush=True)


if __name__ == "__main__":
    main()
