"""A password that is typed at a terminal is asked for once, and shows nowhere."""

from __future__ import annotations

import os
import pty
import select
import socket
import subprocess
import sys
from pathlib import Path

from commandline import ROOT

SECRET = "correct-horse-battery"


def at_a_terminal(*words: str, typed: str, folder: Path) -> tuple[int, str]:
    """Run argmap at a terminal of its own, type once it asks for a password; its end, and all it showed."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("NEO4J_")}
    environment |= {"PYTHONPATH": str(ROOT), "HOME": str(folder), "XDG_DATA_HOME": str(folder)}
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "cli", *words],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=environment,
        cwd=folder,
        start_new_session=True,
    )
    os.close(theirs)
    shown, asked = b"", False
    while select.select([ours], [], [], 60)[0]:
        try:
            more = os.read(ours, 4096)
        except OSError:  # the other end is closed: it has ended
            break
        if not more:
            break
        shown += more
        if not asked and b"Password" in shown:
            asked = True
            os.write(ours, f"{typed}\n".encode())
    os.close(ours)
    return process.wait(60), shown.decode()


def test_a_typed_password_shows_nowhere_not_even_in_a_traceback(tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    for debug in ((), ("--debug",)):
        words = ("--store", f"neo4j://127.0.0.1:{port}", *debug, "maps")
        code, shown = at_a_terminal(*words, typed=SECRET, folder=tmp_path)
        assert code == 1
        assert shown.count("Password") == 1
        assert "no Neo4j answers there" in shown
        assert ("Traceback" in shown) == bool(debug)
        assert SECRET not in shown
    held = [path for path in tmp_path.rglob("*") if path.is_file() and SECRET.encode() in path.read_bytes()]
    assert held == []
