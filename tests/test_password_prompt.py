"""A password that is typed at a terminal is asked for once, and shows nowhere."""

from __future__ import annotations

import os
import pty
import select
import socket
import subprocess
import sys
from pathlib import Path

import neo4j_server
import pytest
from commandline import ROOT
from tax_map import WHOLE

from graph.store.url import open_store

SECRET = "correct-horse-battery"


def at_a_terminal(*words: str, typed: str, folder: Path, **set_: str) -> tuple[int, str]:
    """Run argmap at a terminal of its own, type once it asks for a password; its end, and all it showed.

    Of the environment's `NEO4J_…` it gets what is `set_`, and no other.
    """
    environment = {name: value for name, value in os.environ.items() if not name.startswith("NEO4J_")}
    environment |= {"PYTHONPATH": str(ROOT), "HOME": str(folder), "XDG_DATA_HOME": str(folder), **set_}
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
    assert keeping(SECRET, tmp_path) == []


def keeping(secret: str, folder: Path) -> list[Path]:
    """The files of a folder that hold a secret."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path for path in files if secret.encode() in path.read_bytes()]


@pytest.fixture
def server(neo4j_address: str, neo4j_running: neo4j_server.Server) -> neo4j_server.Server:
    """A server that asks for a password, and holds a map."""
    store = open_store(neo4j_address)
    store.replace(WHOLE)
    store.close()
    return neo4j_running


@pytest.mark.neo4j
@pytest.mark.xdist_group("neo4j")
class TestOfAServer:
    def test_the_right_one_typed_at_the_prompt_logs_in(
        self, server: neo4j_server.Server, tmp_path: Path
    ) -> None:
        code, shown = at_a_terminal(
            "--store",
            server.uri,
            "--debug",
            "maps",
            typed=server.password,
            folder=tmp_path,
            NEO4J_USERNAME=server.username,
        )
        assert code == 0, shown
        assert shown.count("Password") == 1
        assert "Sugar tax" in shown
        assert server.password not in shown
        assert keeping(server.password, tmp_path) == []

    @pytest.mark.parametrize("debug", [(), ("--debug",)], ids=["plain", "debug"])
    def test_a_wrong_one_typed_at_the_prompt_is_refused_in_one_line(
        self, server: neo4j_server.Server, tmp_path: Path, debug: tuple[str, ...]
    ) -> None:
        code, shown = at_a_terminal(
            "--store",
            server.uri,
            *debug,
            "maps",
            typed=SECRET,
            folder=tmp_path,
            NEO4J_USERNAME=server.username,
        )
        assert code == 1
        told = [
            f"{server.uri}: the server refuses the password of {server.username}.",
            "  Put NEO4J_USERNAME and NEO4J_PASSWORD right.",
        ]
        assert shown.count(told[0]) == 1 + len(debug)  # the traceback ends with it
        if not debug:
            assert shown.splitlines()[1:] == told
        assert SECRET not in shown
        assert keeping(SECRET, tmp_path) == []

    @pytest.mark.parametrize("way", ["variable", "file"])
    def test_one_that_is_not_typed_logs_in_unasked(
        self, server: neo4j_server.Server, tmp_path: Path, way: str
    ) -> None:
        file = tmp_path / "password"
        file.write_text(f"{server.password}\n", encoding="utf-8")
        code, shown = at_a_terminal(
            "--store",
            server.uri,
            *(("--password-file", str(file)) if way == "file" else ()),
            "maps",
            typed="",
            folder=tmp_path,
            NEO4J_USERNAME=server.username,
            NEO4J_PASSWORD=SECRET if way == "file" else server.password,  # the file goes before it
        )
        assert code == 0, shown
        assert "Password" not in shown
        assert "Sugar tax" in shown
        assert server.password not in shown
        assert keeping(server.password, tmp_path) == [file]

    @pytest.mark.parametrize("way", ["variable", "file"])
    def test_a_wrong_one_that_is_not_typed_shows_nowhere(
        self, server: neo4j_server.Server, tmp_path: Path, way: str
    ) -> None:
        file = tmp_path / "password"
        file.write_text(f"{SECRET}\n", encoding="utf-8")
        code, shown = at_a_terminal(
            "--store",
            server.uri,
            *(("--password-file", str(file)) if way == "file" else ()),
            "--debug",
            "maps",
            typed="",
            folder=tmp_path,
            NEO4J_USERNAME=server.username,
            NEO4J_PASSWORD=server.password if way == "file" else SECRET,
        )
        assert code == 1
        assert f"the server refuses the password of {server.username}" in shown
        assert "Traceback" in shown
        assert SECRET not in shown
        assert server.password not in shown
