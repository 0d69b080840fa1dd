"""Reading formats: how fast and how large, against the readers that others wrote, in one run.

    python bench/formats.py
    python bench/formats.py --aif ../shared/data/carneades/AIF --only aif memory

Peers are installed into the cache folder the first time: `arguebuf` from PyPI, `@argdown/cli` from npm
(where npm is there). Each figure is the best of several, in milliseconds on the clock and (in brackets) on
the processor; each ratio is of figures of this run.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import platformdirs

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
CACHE = Path(platformdirs.user_cache_dir("argmap")) / "bench"
SIZES = (10_000, 100_000)


def argdown(claims: int) -> str:
    """A document of so many claims: statements, arguments, all relations, tags, data, some structures."""
    chance = random.Random(claims)
    lines = ["===", "title: A generated debate", "sources:", "  budget: {title: The budget}", "===", ""]
    for number in range(claims // 10):
        lines += [f"[Claim {number}]: The measure number {number} should be taken. #topic{number % 20}"]
        lines += [
            f"  + <Reason {number}>: It serves aim {chance.randrange(99)}. {{strength: 0.{number % 9 + 1}}}"
        ]
        lines += [f"    _ <Doubt {number}>: It has not been shown to work in case {number}."]
        lines += [f"  - <Cost {number}>: It would cost {chance.randrange(9_000)} thousand a year. #cost"]
        lines += [f"    - [Funds {number}]: There is money for {number} of them. {{source: budget}}"]
        lines += [f"  >< [Contrary {number}]: The measure number {number} should not be taken."]
        lines += [f"  +> [Claim {chance.randrange(claims // 10)}]", ""]
        lines += [f"<Structure {number}>", "", f"(1) [Premise {number}]: Aim {number} matters."]
        lines += [f"(2) [Means {number}]: The measure serves aim {number}.", "-- practical reasoning --"]
        lines += [f"(3) [Upshot {number}]: So something should be done about {number}.", ""]
    return "\n".join(lines)


def kialo(claims: int) -> str:
    """An export of so many claims, as wide as deep."""
    lines = ["Discussion Title: A generated debate", "", "1. The motion should be carried."]
    numbers = ["1."]
    for place in range(claims - 1):
        above = numbers[place // 10]
        numbers.append(f"{above}{place % 10 + 1}.")
        lines.append(
            f"{numbers[-1]} {'Pro' if place % 2 else 'Con'}: Reason {place} bears on it in case {place}."
        )
    return "\r\n".join(lines) + "\r\n"


def table(claims: int) -> str:
    """A table of so many claims."""
    rows = [
        f"{n},Reason {n} bears on it in case {n}.,{n // 10 if n else ''},{'pro' if n % 2 else 'con'}"
        for n in range(claims)
    ]
    return "\n".join(["id,text,parent,relation", *rows]) + "\n"


def argsme(claims: int) -> str:
    """A file of args.me with so many premises."""
    rows = [
        {
            "id": f"S{n}",
            "conclusion": f"Conclusion {n // 10} should be drawn.",
            "premises": [
                {"text": f"Reason {n} bears on it in case {n}.", "stance": "PRO" if n % 2 else "CON"}
            ],
        }
        for n in range(claims)
    ]
    return json.dumps({"arguments": rows})


@dataclass(frozen=True, slots=True)
class Took:
    """How long something took, in seconds: on the clock, and on the processor."""

    wall: float
    processor: float

    def __str__(self) -> str:
        return f"{self.wall * 1000:9,.0f} ms ({self.processor * 1000:,.0f})"


def best(work: Callable[[], object], times: int = 3, *, children: bool = False) -> Took:
    """The shortest of several runs; of the processes that it starts, where `children`."""
    walls, processors = [], []
    for _ in range(times):
        start, busy = time.perf_counter(), _busy(children)
        work()
        walls.append(time.perf_counter() - start)
        processors.append(_busy(children) - busy)
    return Took(min(walls), min(processors))


def _busy(children: bool) -> float:
    """Seconds of the processor; without the children's where the system does not tell them."""
    times = os.times()
    return times.children_user + times.children_system if children else time.process_time()


def say(what: str, ours: Took, peer: Took | None = None, name: str = "") -> None:
    """One line: ours, theirs, and how they compare, on the clock (and on the processor)."""
    line = f"{what:44} {ours!s:>22}"
    if peer is not None:
        line += f"   {name} {peer}   {peer.wall / ours.wall:5.1f} × as fast"
        if ours.processor and peer.processor:
            line += f" ({peer.processor / ours.processor:.1f})"
    print(line, flush=True)


def bench_argdown() -> None:
    """Reading against Argdown's core, `argmap convert` against `argdown json`, and ten times the claims."""
    from ingest.reading import read

    place = _argdown_place()
    with tempfile.TemporaryDirectory() as folder:
        took = []
        for claims in SIZES:
            path = Path(folder, f"{claims}.argdown")
            path.write_text(argdown(claims), encoding="utf-8")
            took.append(best(lambda path=path: read(path), 1 if claims > SIZES[0] else 5))  # type: ignore[misc]
        source, target = Path(folder, f"{SIZES[0]}.argdown"), Path(folder, "out.json")
        cold, warm = _argdown_core(place, source) if place else (None, None)
        say(f"Argdown, {SIZES[0]:,} claims, in process", took[0], warm, "its core, warm")
        say(f"Argdown, {SIZES[0]:,} claims, in process", took[0], cold, "its core, first run")
        say(f"Argdown, {SIZES[1]:,} claims, in process", took[1])
        print(f"{'Argdown, ten times the claims':44} {took[1].processor / took[0].processor:9.1f} × the time")
        command = [sys.executable, "-m", "cli", "convert", str(source), str(target)]
        whole = best(lambda: _run(command), children=True)
        peer = None
        if place:
            theirs = [str(place / "node_modules/.bin/argdown"), "json", "--silent", str(source)]
            peer = best(lambda: _run([*theirs, str(Path(folder, "peer"))]), children=True)
        say("argmap convert, 10,000 claims, whole process", whole, peer, "argdown json")
        # How far that could come down if reading and writing took no time at all.
        least = Path(folder, "least.argdown")
        least.write_text(argdown(10), encoding="utf-8")
        command[-2] = str(least)
        say("argmap convert, 10 claims, whole process", best(lambda: _run(command), children=True))


def bench_aif(folder: Path | None) -> None:
    """AIF against arguebuf and against json.loads of the same bytes."""
    from ingest.reading import READERS

    if folder is None or not folder.is_dir():
        print("AIF: name a folder of node sets with --aif, or set ARGMAP_CORPORA")
        return
    # arguebuf wants the list of locutions that older files do not have, so both get it.
    files = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))]
    texts = [json.dumps({"locutions": [], **document}) for document in files]
    reader = READERS["aif"]
    bare, ours = [], []
    for _ in range(7):  # by turns, so that both meet the same load
        bare.append(best(lambda: [json.loads(text) for text in texts], 1))
        ours.append(best(lambda: [reader.read(Path("map.json"), text, None) for text in texts], 1))
    least, own = (Took(min(t.wall for t in took), min(t.processor for t in took)) for took in (bare, ours))
    with tempfile.TemporaryDirectory() as made:
        for number, text in enumerate(texts):
            Path(made, f"{number}.json").write_text(text, encoding="utf-8")
        peer = _arguebuf(Path(made))
    say(f"AIF, {len(texts)} files", own, peer, "arguebuf")
    ratio = own.processor / least.processor
    print(f"{'AIF, against json.loads of the same text':44} {least!s:>22}   {ratio:5.1f} × the time")


def bench_memory() -> None:
    """How much memory a map of 100,000 claims takes while it is read, for each claim."""
    for name, made in (("kialo", kialo), ("csv", table), ("argsme", argsme)):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "map.txt")
            path.write_text(made(SIZES[1]), encoding="utf-8", newline="")
            peaks = []
            for claims in (1, SIZES[1]):
                small = Path(folder, f"{claims}.txt")
                small.write_text(made(max(claims, 2)), encoding="utf-8", newline="")
                peaks.append(
                    int(subprocess.check_output([sys.executable, "-c", _PEAK, str(small), name], cwd=ROOT))
                )
            print(
                f"{name + ', 100,000 claims':44} {(peaks[1] - peaks[0]) / SIZES[1]:9.2f} kB a claim",
                flush=True,
            )


_PEAK = """
import re, resource, sys
from pathlib import Path
from ingest.reading import read
argmap = read(sys.argv[1], format=sys.argv[2])
status = Path("/proc/self/status")
if status.exists():  # what getrusage tells on Linux counts in the process that started this one
    peak = int(re.search(r"VmHWM:\\s+(\\d+)", status.read_text())[1])
else:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
print(peak)
"""


def _run(command: list[str]) -> None:
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)


def _argdown_place() -> Path | None:
    """The folder of Argdown's own tool, installed if need be; None where there is no npm."""
    place = CACHE / "argdown"
    if not (place / "node_modules/.bin/argdown").exists():
        npm = shutil.which("npm")
        if npm is None:
            print("Argdown: no npm here, so @argdown/cli is left out")
            return None
        place.mkdir(parents=True, exist_ok=True)
        subprocess.run([npm, "install", "--silent", "--prefix", str(place), "@argdown/cli"], check=True)
    return place


def _argdown_core(place: Path, source: Path) -> tuple[Took, Took]:
    """How long Argdown's core takes to read a file: the first time, and the best of ten."""
    found = subprocess.check_output(["node", "-e", _CORE, str(place), str(source)], text=True)
    runs = [Took(*(float(part) / 1000 for part in line.split())) for line in found.splitlines()]
    return runs[0], Took(min(run.wall for run in runs), min(run.processor for run in runs))


_CORE = """
const [place, source] = process.argv.slice(1);
const {argdown} = require(place + "/node_modules/@argdown/node");
const input = require("fs").readFileSync(source, "utf8");
for (let run = 0; run < 10; run++) {
  const busy = process.cpuUsage(), start = performance.now();
  argdown.run({process: ["parse-input", "build-model"], input, logLevel: "none"});
  const used = process.cpuUsage(busy);
  console.log(performance.now() - start, (used.user + used.system) / 1000);
}
"""


def _arguebuf(folder: Path) -> Took:
    """How long arguebuf takes for the files of a folder, in an environment of its own."""
    place = CACHE / "arguebuf"
    python = place / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not python.exists():
        venv.create(place, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "arguebuf"], check=True)
    runs = []
    for _ in range(3):
        found = subprocess.check_output([python, "-c", _PEER, str(folder)], text=True)
        runs.append(Took(*map(float, found.split())))
    return Took(min(run.wall for run in runs), min(run.processor for run in runs))


_PEER = """
import json, sys, time
from pathlib import Path
import arguebuf
documents = [path.read_text() for path in Path(sys.argv[1]).glob("*.json")]
start, busy = time.perf_counter(), time.process_time()
for text in documents:
    arguebuf.load.aif(json.loads(text))
print(time.perf_counter() - start, time.process_time() - busy)
"""


def main() -> None:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    corpora = os.environ.get("ARGMAP_CORPORA")
    default = Path(corpora, "carneades", "AIF") if corpora else None
    parser.add_argument("--aif", type=Path, default=default, help="a folder of AIF node sets")
    parser.add_argument("--only", nargs="*", default=["argdown", "aif", "memory"])
    options = parser.parse_args()
    if "argdown" in options.only:
        bench_argdown()
    if "aif" in options.only:
        bench_aif(options.aif)
    if "memory" in options.only:
        bench_memory()


if __name__ == "__main__":
    main()
