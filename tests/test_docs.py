"""Every `$ argmap …` that README.md and docs/ show is run, in order, and prints what they show.

Blocks are fenced ```console, or ```console neo4j where they need a server (there `neo4j://localhost`
stands for it). What may differ from run to run is written as `…`; a line of `…` alone stands for any lines.
Commands other than argmap and printf (`$ make demo`) are for the reader and are not run.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from commandline import ROOT

import cli

PAGES = [page for page in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))) if page.exists()]
ON_A_SERVER = [page for page in PAGES if "```console neo4j\n" in page.read_text("utf-8")]
SERVER = "neo4j://localhost"
RUN = ("argmap", "printf")
SHELL = re.compile(r"[|<>;&*]")


class Shown(NamedTuple):
    """One command that a page shows, and what it prints."""

    page: str
    line: int
    command: str
    output: str


def shown(page: Path, fence: str) -> Iterator[Shown]:
    """The commands in the page's blocks of this fence, in order."""
    inside = False
    command, output, start = "", "", 0
    for number, line in enumerate([*page.read_text("utf-8").splitlines(keepends=True), "```\n"], start=1):
        if line.startswith("```") or (inside and line.startswith("$ ")):
            if command:
                yield Shown(page.name, start, command, output)
                command, output = "", ""
            inside = line == f"```{fence}\n" if line.startswith("```") else inside
            if inside and line.startswith("$ "):
                command, start = line[2:].strip(), number
        elif command:
            output += line


def run(command: str) -> str:
    """What a user sees who types it: both streams, in the order in which they come."""
    if SHELL.search(re.sub(r"\"[^\"]*\"|'[^']*'", "", command)):
        done = subprocess.run(
            ["sh", "-c", f'argmap() {{ "{sys.executable}" -m cli "$@"; }}; {command}'],
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        return done.stdout.decode()
    seen = io.StringIO()
    with contextlib.redirect_stdout(seen), contextlib.redirect_stderr(seen):
        cli.run(shlex.split(command)[1:])
    return seen.getvalue()


def check(example: Shown, output: str) -> None:
    """Compare what was printed with what the page shows."""
    lines = example.output.splitlines(keepends=True)
    patterns = [r"(?:.*\n)*?" if line == "…\n" else re.escape(line).replace("…", ".*?") for line in lines]
    if not re.fullmatch("".join(patterns), output):
        place = f"{example.page}:{example.line}: $ {example.command}"
        pytest.fail(f"{place}\nshows\n{example.output}\nand prints\n{output}", pytrace=False)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder with the examples in it and an empty store, and a terminal of 80 columns."""
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    monkeypatch.setenv("ARGMAP_STORE", str(tmp_path / "library.kgl"))
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
@pytest.mark.usefixtures("place")
def test_a_page_shows_what_its_commands_print(page):
    for example in shown(page, "console"):
        if example.command.startswith(RUN):
            check(example, run(example.command))


@pytest.mark.neo4j
@pytest.mark.parametrize("page", ON_A_SERVER, ids=lambda page: page.name)
@pytest.mark.usefixtures("place")
def test_a_page_shows_what_its_commands_print_on_a_server(page, neo4j_address):
    address = neo4j_address
    for example in shown(page, "console neo4j"):
        if example.command.startswith(RUN):
            output = run(example.command.replace(SERVER, address))
            check(example, output.replace(address, SERVER))


def test_every_command_is_shown_in_the_manual():
    manual = (ROOT / "docs" / "commands.md").read_text("utf-8")
    for name in cli.COMMANDS:
        assert re.search(rf"(?m)^\$ argmap {name}\b", manual), name


def test_every_question_is_shown_in_the_manual():
    from graph.questions.registry import QUESTIONS

    manual = (ROOT / "docs" / "questions.md").read_text("utf-8")
    for name in QUESTIONS:
        assert re.search(rf"(?m)^\$ argmap ask {name}\b", manual), name


def test_this_test_sees_a_page_that_is_wrong():
    example = Shown("page.md", 1, "argmap ask", "unanswered …\n…\nbare\n")
    check(example, "unanswered claims\nany\nlines\nbare\n")
    with pytest.raises(pytest.fail.Exception):
        check(example, "unanswered claims\nany\nlines\nbar\n")
