"""How long Word files, matching and checking quotations take: `python bench/cards.py [--files N]`.

A made-up block file of 3,400 cards (3.4 million characters) is loaded, N such files are loaded one by
one (50), 10,000 answers are matched to 10,000 claims, and 1,000 cards are checked against 200 sources.
The peer is python-docx, which reads the same file's paragraphs without their meaning.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from platformdirs import user_cache_path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from docx_maker import sentence  # noqa: E402

from graph.answers import SURE, ClaimIndex  # noqa: E402
from graph.draft import MapDraft  # noqa: E402
from graph.verify.checking import Library, SourceText, checks  # noqa: E402

CARDS = 3_400
PEER = user_cache_path("argmap") / "bench" / "python-docx"


class Clock:
    """Seconds since it was made, on the wall and of this process's CPU."""

    def __init__(self) -> None:
        self._wall, self._cpu = time.perf_counter(), time.process_time()

    def __str__(self) -> str:
        cpu = time.process_time() - self._cpu
        return f"{time.perf_counter() - self._wall:.1f} s ({cpu:.1f} s of CPU)"


class Ran(NamedTuple):
    """What a command took: seconds on the wall, seconds of CPU, and megabytes at most."""

    seconds: float
    cpu: float
    size: float

    def __str__(self) -> str:
        return f"{self.seconds:.1f} s ({self.cpu:.1f} s of CPU), {self.size:.0f} MB"


def run(command: list[str], environment: dict[str, str] | None = None) -> Ran:
    """What a command takes."""
    start = time.perf_counter()
    with subprocess.Popen(
        command, env=os.environ | (environment or {}), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    size = usage.ru_maxrss / (1_000_000 if sys.platform == "darwin" else 1_000)
    return Ran(time.perf_counter() - start, usage.ru_utime + usage.ru_stime, size)


def argmap(*args: object) -> Ran:
    """What one argmap command takes."""
    return run([sys.executable, "-m", "cli", *map(str, args)], {"PYTHONPATH": str(ROOT)})


def write(file: Path, seed: int) -> None:
    """Make a block file, in a process of its own: a child's memory begins with its parent's."""
    make = f"import docx_maker; open({str(file)!r}, 'wb').write(docx_maker.block_file({CARDS}, seed={seed}))"
    run([sys.executable, "-c", make], {"PYTHONPATH": str(ROOT / "tests")})


def load_one(folder: Path) -> None:
    file = folder / "one.docx"
    write(file, 1)
    ours = argmap("load", file, "--store", folder / "one.kgl")
    print(f"load 1 file of {CARDS:,} cards: {ours}  (at most 10 s, 500 MB)")
    if not PEER.exists():
        pip = [sys.executable, "-m", "pip", "install", "-q", "--target", str(PEER), "python-docx"]
        subprocess.run(pip, check=True)
    read = f"import docx; sum(len(r.text) for p in docx.Document({str(file)!r}).paragraphs for r in p.runs)"
    theirs = run([sys.executable, "-c", read], {"PYTHONPATH": str(PEER)})
    ratio = ours.cpu / theirs.cpu
    print(f"  python-docx, its runs' text alone: {theirs}: argmap takes {ratio:.2f} times that")


def load_many(folder: Path, count: int) -> None:
    places = [folder / f"f{number}.docx" for number in range(count)]
    for number, place in enumerate(places):
        write(place, number + 2)
    first = 0.0
    for some in sorted({max(1, count // 4), max(1, count // 2), count}):
        ran = argmap("load", *places[:some], "--store", folder / f"{some}.kgl")
        each = ran.cpu / some
        first = first or each
        print(f"load {some} files: {ran}; {each:.2f} s of CPU a file, {each / first:.2f} of the first")


def match(count: int = 10_000) -> None:
    random_ = random.Random(3)
    words = [f"{a}{b}" for a in "bcdfglmnprst" for b in ("ar", "el", "in", "om", "ud")]
    words = [f"{one}{other}" for one in words for other in words]
    claims = [" ".join(random_.choices(words, k=7)) for _ in range(count)]
    clock = Clock()
    index = ClaimIndex(enumerate(claims))
    right = 0
    for number, claim in enumerate(claims):
        asked = " ".join(claim.split()[:6])
        best = index.best(asked)
        right += bool(best) and best[0][1] == number and best[0][0] >= SURE
    print(f"match {count:,} answers to {count:,} claims: {clock}, {right:,} for sure  (at most 10 s)")


def check(cards: int = 1_000, sources: int = 200) -> None:
    random_ = random.Random(4)
    texts = [
        SourceText(
            f"{n}.txt", "\n\n".join(" ".join(sentence(random_, 14) for _ in range(8)) for _ in range(40)), ""
        )
        for n in range(sources)
    ]
    draft = MapDraft("m")
    draft.claim("c", text="A claim")
    for number in range(cards):
        rows = random_.choice(texts).text.split("\n\n")
        quote = random_.choice(rows)
        if number % 10 == 0:  # one in ten has a word changed
            said = quote.split()
            said[len(said) // 2] = "whale"
            quote = " ".join(said)
        draft.evidence(number, title=f"card {number}", quote=quote)
        draft.support(number, "c")
    made = draft.finish()
    clock = Clock()
    found = checks(made, Library(texts))
    took = str(clock)
    exact = sum(each.verified for each in found)
    print(f"verify {cards:,} cards against {sources} sources: {took}, {exact} exact  (at most 10 s)")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=50, help="how many files to load one by one")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        load_one(Path(folder))
        if asked.files:
            load_many(Path(folder), asked.files)
    match()
    check()


if __name__ == "__main__":
    main()
