"""How long a command takes from a cold start, as ratios to what Python alone takes.

    python bench/startup.py [RUNS]

Every line is the median of RUNS runs (default 15), the commands taken in turn, so that a noisy
machine is noisy for all of them alike.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "examples" / "localism" / "localism.argdown"
BASE = "python -c 'import click'"


def main(runs: int) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {
            "PYTHONPATH": str(ROOT),
            "ARGMAP_STORE": str(Path(folder) / "library.kgl"),
        }
        argmap = [sys.executable, "-m", "cli"]
        # Also makes the compiled files, which an installed argmap has.
        _seconds([*argmap, "load", str(EXAMPLE)], environment)
        commands = {
            BASE: [sys.executable, "-c", "import click"],
            "argmap --help": [*argmap, "--help"],
            "argmap ask unanswered localism": [*argmap, "ask", "unanswered", "localism"],
            "argmap ask path localism double-standard": [
                *argmap,
                "ask",
                "path",
                "localism",
                "double-standard",
            ],
            "argmap load (again, nothing changed)": [*argmap, "load", str(EXAMPLE)],
            "argmap load (into a new store)": [*argmap, "--store", "NEW", "load", str(EXAMPLE)],
        }
        taken: dict[str, list[float]] = {name: [] for name in commands}
        for run in range(runs):
            for name, command in commands.items():
                new = str(Path(folder) / f"new-{run}.kgl")
                taken[name].append(
                    _seconds([new if word == "NEW" else word for word in command], environment)
                )
    base = statistics.median(taken[BASE])
    print(f"{'':42} {'median':>8} {'spread':>8} {'× base':>8}")
    for name, seconds in taken.items():
        median = statistics.median(seconds)
        spread = max(seconds) - min(seconds)
        print(f"{name:42} {median * 1000:5.0f} ms {spread * 1000:5.0f} ms {median / base:8.1f}")


def _seconds(command: list[str], environment: dict[str, str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, env=environment, check=True, capture_output=True)
    return time.perf_counter() - start


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 15)
