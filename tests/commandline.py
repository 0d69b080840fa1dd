"""Runs `argmap` as a user does: in this process where that is enough, else as a process of its own."""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import cli

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "examples" / "localism" / "localism.argdown"


class Outcome(NamedTuple):
    """What a command came to."""

    code: int
    out: str
    err: str


Argmap = Callable[..., Outcome]


def argmap(*args: object) -> Outcome:
    """Run one command in this process."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = cli.run([str(arg) for arg in args])
    return Outcome(code, out.getvalue(), err.getvalue())


def process(*args: object, **options: object) -> subprocess.Popen[bytes]:
    """Start one command as a process."""
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "cli", *(str(arg) for arg in args)]
    return subprocess.Popen(command, env=environment, **options)  # type: ignore[call-overload,no-any-return]
