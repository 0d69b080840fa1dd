"""Runs every reader on mutated files; the only exception that any of them may raise is InputError.

    python tests/fuzz_readers.py --inputs 100000 --seed 1
    python tests/fuzz_readers.py --inputs 5000 --readers aif csv --corpora ../shared/data

The files are the project's fixtures, and real ones from the folder that --corpora (or ARGMAP_CORPORA)
names. What is read is checked, and written again in its own format, which must not raise either. A
failing input is kept in the folder that --keep names.
"""

from __future__ import annotations

import argparse
import copy
import json
import os
import random
import sys
import time
import traceback
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

from graph.check import check  # noqa: E402
from graph.errors import InputError  # noqa: E402
from graph.export.writing import WRITERS  # noqa: E402
from ingest.reading import READERS, read_bytes  # noqa: E402

FOLDERS = {
    "apx": "iccma", "tgf": "iccma", "af": "iccma", "aba": "iccma", "csv": "table", "xlsx": "table",
    "docx": "verbatim",
}  # fmt: skip
SUFFIX = {"apx": ".apx", "tgf": ".tgf", "af": ".af", "aba": ".aba", "csv": ".csv"}
CORPORA = {"aif": "AIF", "carneades": "YAML", "tgf": "TGF", "arggraph": "AGXML", "lkif": "LKIF", "caf": "CAF"}
LARGEST = 20_000  # bytes of a seed: mutations of small files reach as deep, and faster
MEMORY = 3_000_000_000  # bytes that the whole run may take
PIECES = [
    b"\0",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b'"',
    b"'",
    b"\\",
    b"{",
    b"}",
    b"[",
    b"]",
    b"(",
    b")",
    b"<",
    b">",
    b"&",
    b"&a;",
    b"\r\n",
    b"\n",
    b"\t",
    b" ",
    b"-1",
    b"1e999",
    b"NaN",
    b"null",
    b"true",
    b"[]",
    b"{}",
    b"\\ud800",
    b"\xf0\x9f\x97\xb3",
    b"!!python/object",
    b"&x",
    b"*x",
    b"<<: ",
    b"===",
    b"-> See 1.",
    b"1.1.1. Pro: ",
    b"#",
    b"=1+1",
    b";",
    b",",
    b"nodeID",
    b"99999999999999999999",
    b"0",
    b"\xe2\x80\xae",
    b"<!DOCTYPE a>",
    b"]]>",
]
VALUES: list[Any] = [
    None,
    True,
    0,
    -1,
    1.5,
    10**30,
    "",
    "x",
    "1",
    "\ud800",
    "\0",
    [],
    {},
    [[]],
    {"a": {}},
    ["x"],
]


def seeds(name: str, corpora: str | None) -> list[bytes]:
    """The files that a reader's inputs are made of."""
    folder = ROOT / "tests" / "fixtures" / FOLDERS.get(name, name)
    files = (
        [p for p in sorted(folder.glob("*")) if p.suffix == SUFFIX.get(name, p.suffix)]
        if folder.is_dir()
        else []
    )
    if name == "argdown":
        files += sorted((ROOT / "examples").rglob("*.argdown"))
    if name in ("json", "xlsx", "docx"):
        files = []
    if corpora and name in CORPORA:
        files += sorted(Path(corpora, "carneades", CORPORA[name]).glob("*"))[:60]
    found = [path.read_bytes() for path in files if path.stat().st_size <= LARGEST]
    if name in WRITERS:
        example = read_bytes(Path("tea.csv"), (ROOT / "tests/fixtures/table/tea.csv").read_bytes()).argmap
        written = WRITERS[name].write(example)
        found.append(written if isinstance(written, bytes) else written.encode())
    return found


def mutated(seed: bytes, others: list[bytes], chance: random.Random) -> bytes:
    """The bytes with some of them changed, taken out, doubled, or taken from another file."""
    data = bytearray(seed)
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        at = chance.randrange(len(data) + 1)
        end = min(len(data), at + chance.choice((1, 2, 8, 40, 400)))
        match chance.randrange(8):
            case 0:
                del data[at:end]
            case 1:
                data[at:at] = chance.choice(PIECES)
            case 2:
                data[at:end] = chance.choice(PIECES)
            case 3:
                data[at:at] = data[at:end] * chance.choice((1, 2, 50))
            case 4:
                other = chance.choice(others)
                start = chance.randrange(len(other) + 1)
                data[at:at] = other[start : start + chance.choice((4, 40, 400))]
            case 5 if data:
                data[at % len(data)] = chance.randrange(256)
            case 6 if chance.random() < 0.1:
                del data[at:]
            case _:
                data[at:at] = chance.choice(PIECES) * chance.choice((1, 3, 200))
    return bytes(data)


def mutated_json(seed: bytes, chance: random.Random) -> bytes:
    """Valid JSON with values of other kinds in places, keys gone, entries doubled."""
    document = json.loads(seed)
    for _ in range(chance.choice((1, 2, 5))):
        spots: list[tuple[Any, Any]] = []
        pending = [document]
        while pending:
            part = pending.pop()
            keys = (
                list(part) if isinstance(part, dict) else range(len(part)) if isinstance(part, list) else ()
            )
            spots += [(part, key) for key in keys]
            pending += [part[key] for key in keys if isinstance(part[key], (dict, list))]
        if not spots:
            break
        part, key = chance.choice(spots)
        match chance.randrange(3):
            case 0:
                del part[key]
            case 1 if isinstance(part, list):
                part.append(part[key])
            case _:
                part[key] = copy.deepcopy(chance.choice(VALUES))
    return json.dumps(document).encode("utf-8", "surrogatepass")


def mutated_zip(seed: bytes, others: list[bytes], chance: random.Random) -> bytes:
    """A workbook or document with a part of it changed, and the archive whole."""
    with zipfile.ZipFile(BytesIO(seed)) as archive:
        parts = {part.filename: archive.read(part) for part in archive.infolist()}
    name = chance.choice(list(parts))
    parts[name] = mutated(parts[name], others, chance)
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def one_input(name: str, found: list[bytes], chance: random.Random) -> bytes:
    """One input for a reader."""
    seed = chance.choice(found)
    if READERS[name].binary and chance.random() < 0.8:
        return mutated_zip(seed, found, chance)
    if seed[:1] in (b"{", b"[") and chance.random() < 0.5:
        return mutated_json(seed, chance)
    return mutated(seed, found, chance)


def fuzz(name: str, inputs: int, seed: int, corpora: str | None, keep: Path) -> tuple[int, int, int]:
    """How many inputs were read, how many were refused, and how many failed."""
    chance = random.Random(f"{name} {seed}")
    found = seeds(name, corpora)
    write: Callable[[Any], object] | None = WRITERS[name].write if name in WRITERS else None
    read = refused = failed = 0
    for number in range(inputs):
        content = one_input(name, found, chance)
        try:
            argmap = read_bytes(Path("fuzzed"), content, format=name).argmap
            check(argmap)
            if write is not None and number % 4 == 0:
                write(argmap)
            read += 1
        except InputError:
            refused += 1
        except Exception:  # noqa: BLE001  # whatever it is, it is what is looked for
            failed += 1
            keep.mkdir(parents=True, exist_ok=True)
            path = keep / f"{name}-{number}"
            path.write_bytes(content)
            if failed <= 3:
                print(f"{path}:", *traceback.format_exc().splitlines()[-5:], sep="\n  ", flush=True)
    return read, refused, failed


def _limit_memory() -> None:
    """Let an input that would fill the machine fail instead, where the system can."""
    try:
        import resource
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def main() -> int:
    """Fuzz the readers that were asked for; 1 if any failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--inputs", type=int, default=1000, help="for each reader")
    parser.add_argument("--readers", nargs="*", default=list(READERS), choices=list(READERS))
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--corpora", default=os.environ.get("ARGMAP_CORPORA"))
    parser.add_argument("--keep", type=Path, default=ROOT / "build" / "fuzz")
    options = parser.parse_args()
    _limit_memory()
    failures = 0
    for name in options.readers:
        start = time.monotonic()
        read, refused, failed = fuzz(name, options.inputs, options.seed, options.corpora, options.keep)
        failures += failed
        took = time.monotonic() - start
        print(
            f"{name:10} {options.inputs:9,} inputs: {read:9,} read, {refused:9,} refused, {failed:6,} failed "
            f"({options.inputs / took:,.0f}/s)",
            flush=True,
        )
    return min(failures, 1)


if __name__ == "__main__":
    sys.exit(main())
