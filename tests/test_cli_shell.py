"""`argmap` in a shell: pipes, interrupts, terminals, exit codes."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from commandline import EXAMPLE, argmap, process

import cli
from commands.session import LAYOUT_NAMES
from graph.render import LAYOUTS
from graph.terminal import columns

TAX = "[Tax]: A sugar tax cuts obesity.\n  - [Poor]: It hits the poor hardest.\n"
PATIENCE = 60  # seconds; only for a process that hangs


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty folder with a store of its own."""
    monkeypatch.setenv("ARGMAP_STORE", str(tmp_path / "library.kgl"))
    monkeypatch.chdir(tmp_path)
    Path("tax.argdown").write_text(TAX)


@pytest.mark.parametrize(
    "command", [["--help"], ["query", "UNWIND range(1, 90000) AS x RETURN x", "--limit", "90000"], ["ask"]]
)
def test_a_reader_that_is_gone_is_no_error(command):
    """As in `argmap … | head`, with a head that is gone before the first line."""
    end, start = os.pipe()
    os.close(end)
    running = process(*command, stdout=start, stderr=subprocess.PIPE)
    os.close(start)
    assert running.communicate(timeout=PATIENCE)[1] == b""
    assert running.returncode == 0


def test_an_interrupt_ends_with_130_and_no_traceback():
    argmap("load", "tax.argdown")
    running = process("delete", "tax", stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert running.stderr is not None
    asked = b""
    while not asked.endswith(b"[y/N] "):
        asked += running.stderr.read(1)
    running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=PATIENCE)
    assert (running.returncode, out, err.strip()) == (130, b"", b"")
    assert argmap("maps", "--format", "csv").out.count("\n") == 2


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals there")
@pytest.mark.parametrize("colours", [{}, {"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_a_terminal_of_40_columns_gets_plain_lines_that_fit(monkeypatch, colours):
    import fcntl
    import pty
    import struct
    import termios

    for name, value in colours.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("COLUMNS", raising=False)
    argmap("load", EXAMPLE)
    for command in (["show", "localism"], ["ask", "answers", "localism", "power-should-move"]):
        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 40, 0, 0))
        running = process(*command, stdin=theirs, stdout=theirs, stderr=theirs)
        os.close(theirs)
        shown = _all(ours)
        assert running.wait(timeout=PATIENCE) == 0
        lines = shown.replace("\r\n", "\n").split("\n")
        assert len(lines) > 10
        assert max(columns(line) for line in lines) <= 40
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f]", shown.replace("\r\n", "\n"))


def _all(terminal: int) -> str:
    parts = []
    try:
        while part := os.read(terminal, 65536):
            parts.append(part)
    except OSError:  # how a pseudo-terminal says that its other end is closed
        pass
    os.close(terminal)
    return b"".join(parts).decode()


def test_a_pipe_gets_the_answer_and_nothing_else():
    argmap("load", "tax.argdown")
    running = process("ask", "unanswered", "tax", stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    out, err = running.communicate(timeout=PATIENCE)
    assert err == b""
    assert out.decode() == argmap("ask", "unanswered", "tax").out


def test_what_the_output_cannot_spell_is_escaped(monkeypatch):
    monkeypatch.setenv("PYTHONIOENCODING", "latin-1")
    Path("tax.argdown").write_text("[Tax]: 砂糖税 and “sugar”.\n  - [Poor]: p\n", encoding="utf-8")
    running = process("show", "--file", "tax.argdown", "tax", stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    out, err = running.communicate(timeout=PATIENCE)
    assert (running.returncode, err) == (0, b"")
    assert b"\\u7802\\u7cd6\\u7a0e and \\u201csugar\\u201d." in out


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_an_output_that_is_full_is_said():
    with Path("/dev/full").open("wb") as full:
        running = process("maps", stdout=full, stderr=subprocess.PIPE)
        err = running.communicate(timeout=PATIENCE)[1].decode()
    assert running.returncode == 1
    assert err.startswith("The answer could not be written: No space left on device\n")


def test_wrong_usage_is_2_and_says_what_is_right():
    for args, said in (
        (["lod", "x"], 'No such command "lod". Did you mean load'),
        (["load"], "Missing argument 'FILE...'"),
        (["maps", "--nothing"], "No such option"),
        (["--format", "xml", "maps"], "'table', 'json', 'csv', 'markdown'"),
    ):
        done = argmap(*args)
        assert (done.code, done.out) == (2, "")
        assert said in done.err


def test_argmap_alone_shows_its_help():
    assert "Commands:" in argmap().out + argmap().err


def test_the_version():
    done = argmap("--version")
    assert done.code == 0
    assert re.fullmatch(r"argmap \S.*\n", done.out)


def test_debug_shows_where_an_error_arose_and_only_then():
    assert "Traceback" not in argmap("show", "gone").err
    for args in (["--debug", "show", "gone"], ["show", "gone", "--debug"]):
        done = argmap(*args)
        assert done.code == 1
        assert "Traceback" in done.err
        assert 'The store has no map "gone".' in done.err


def test_a_mistake_of_ours_is_owned_up_to_without_a_traceback():
    program = "import cli, commands.session as s; s.Session.open_store = lambda *a, **k: 1 / 0; cli.main()"
    environment = os.environ | {"PYTHONPATH": str(Path(cli.__file__).parent)}
    done = subprocess.run(
        [sys.executable, "-c", program, "maps"], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stderr.startswith("argmap made a mistake, and you did not: ZeroDivisionError: ")
    assert "--debug" in done.stderr
    assert "Traceback" not in done.stderr


def test_every_command_has_its_line_and_its_help_with_an_example():
    shown = argmap("--help").out
    for name, (_, line) in cli.COMMANDS.items():
        assert len(line) < 60
        assert f"{name} " in shown
        assert line in shown
        own = argmap(name, "--help").out
        assert line in own
        assert f"  argmap {name}" in own
        for shared in ("--store", "--format", "--debug"):
            assert shared in own, name


def test_help_imports_no_engine_and_no_command():
    program = (
        "import sys, cli\n"
        "try: cli.run(['--help'])\n"
        "finally: print(sorted({name.split('.')[0] for name in sys.modules} & set(sys.argv[1:])))"
    )
    heavy = ["kglite", "neo4j", "networkx", "pyvis", "yaml", "jinja2", "rich", "hypothesis"]
    environment = os.environ | {"PYTHONPATH": str(Path(cli.__file__).parent)}
    done = subprocess.run(
        [sys.executable, "-c", program, *heavy], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.endswith("[]\n")


def test_the_layouts_that_are_offered_are_those_there_are():
    assert set(LAYOUT_NAMES) == set(LAYOUTS)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("bolt://127.0.0.1:1", "no Neo4j answers there"),
        ("neo4j://127.0.0.1:1", "no Neo4j answers there"),
        ("http://127.0.0.1", "is no store of argmap's"),
        ("neo4j://me:secret@127.0.0.1", "must not hold a user name or password"),
    ],
)
def test_a_store_that_is_not_there_is_said_in_a_line(address, said):
    for command in (["maps"], ["load", "tax.argdown"], ["ask", "bare", "x"], ["query", "RETURN 1"]):
        done = argmap("--store", address, *command)
        assert (done.code, done.out) == (1, "")
        assert said in done.err
        assert "Traceback" not in done.err
        assert "secret" not in done.err
    doctor = argmap("doctor", "--store", address, "--format", "json")
    assert doctor.code == 1
    assert said in doctor.out
    assert "secret" not in doctor.out


@pytest.mark.neo4j
def test_a_wrong_password_is_said_in_a_line(neo4j_address, monkeypatch):
    monkeypatch.setenv("NEO4J_PASSWORD", "wrong-password")
    done = argmap("--store", neo4j_address, "maps")
    assert done.code == 1
    assert "password" in done.err
    assert "wrong-password" not in done.err
    assert "Traceback" not in done.err


def test_something_slow_says_what_it_is_doing(monkeypatch):
    """Progress shows while the work goes on; here the work waits for it."""
    from commands import session

    said = threading.Event()
    monkeypatch.setattr(session, "_PATIENCE", 0.0)
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    monkeypatch.setattr(session, "say", lambda text: (texts.append(text), said.set()))
    texts: list[str] = []
    with session.working("Reading the map"):
        assert said.wait(PATIENCE)
    assert texts == ["Reading the map …"]


def test_nobody_at_a_terminal_is_told_nothing(monkeypatch):
    from commands import session

    monkeypatch.setattr(session, "_PATIENCE", 0.0)
    monkeypatch.setattr(session, "say", lambda text: pytest.fail(text))
    before = threading.active_count()
    with session.working("Reading"):
        assert threading.active_count() == before
