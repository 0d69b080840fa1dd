"""`argmap shell`, and how a query, a password and a store reach a command."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest
from commandline import ROOT, argmap, process
from tax_map import WHOLE

from commands.shell import candidates, split
from graph.store.url import open_store, resolved, sends_passwords_openly


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARGMAP_STORE", str(tmp_path / "library.kgl"))
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(tmp_path)
    open_store().replace(WHOLE)


def test_statements_come_line_by_line() -> None:
    lines = ["MATCH (n)", "RETURN n;", "", "RETURN 1", "", ":maps", "RETURN 2;", ":quit", "RETURN 3;"]
    assert list(split(lines)) == ["MATCH (n)\nRETURN n", "RETURN 1", ":maps", "RETURN 2"]
    assert list(split(["RETURN 'a;b'", "  AS x"])) == ["RETURN 'a;b'\n  AS x"]
    assert list(split(["MATCH (n) DETACH", None, "RETURN 1;"])) == ["RETURN 1"]  # Ctrl-C


def test_the_shell_answers_what_comes_on_its_input() -> None:
    typed = b":maps\nMATCH (c:Claim)\nRETURN c.title AS title;\nMATCH (n) DETACH DELETE n;\n:schema CITES\n"
    with process("shell", stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as shell:
        out, err = (stream.decode() for stream in shell.communicate(typed))
    assert shell.returncode == 0
    assert out.startswith("tax  Sugar tax\ntitle\n────────────\nCuts obesity\nCITES (relationship): from ")
    assert "Add --write if that is what you want." in err
    assert "Traceback" not in err
    assert open_store().load("tax") == WHOLE


def test_the_shell_writes_when_it_is_told_to() -> None:
    typed = b"MATCH (c:Claim) SET c.team = 'A';\n"
    with process("shell", "--write", stdin=subprocess.PIPE, stdout=subprocess.PIPE) as shell:
        shell.communicate(typed)
    assert open_store().cypher("MATCH (c:Claim) RETURN c.team").rows == (("A",),)


@pytest.mark.parametrize(
    ("before", "begun", "choice"),
    [
        ("MATCH (c:Cl", "Cl", "Claim"),
        ("MATCH (a)-[:REB", "REB", "REBUTS"),
        ("MATCH (a)-[r:SUPPORTS|REB", "REB", "REBUTS"),
        ("MATCH (c) WHERE c.sp", "sp", "speech"),
        ("MATCH (c {gran", "gran", "granted"),
        ("MATCH (c {map: 'loc", "loc", "localism"),
        ("MATCH (c) RET", "RET", "RETURN"),
    ],
)
def test_what_can_be_completed(before: str, begun: str, choice: str) -> None:
    found, choices = candidates(before, ["localism"])
    assert found == begun
    assert choice in choices


def test_a_query_from_a_file_or_from_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("q.cypher").write_text("MATCH (c:Claim)\nRETURN c.title AS title\n")
    assert argmap("query", "--file", "q.cypher", "--format", "csv").out == "title\nCuts obesity\n"
    monkeypatch.setattr(sys, "stdin", io.StringIO("RETURN 1 AS one"))
    assert argmap("query", "--file", "-", "--format", "csv").out == "one\n1\n"
    Path("bad.cypher").write_bytes(b"RETURN '\xff'")
    assert argmap("query", "--file", "bad.cypher").err.startswith("bad.cypher: cannot be read: ")
    assert argmap("query").code == 2
    assert argmap("query", "RETURN 1", "--file", "q.cypher").code == 2


def test_an_open_connection_to_another_machine_is_warned_about() -> None:
    for address in ("neo4j://db.example", "bolt://192.0.2.7:7687"):
        assert sends_passwords_openly(address)
    for address in (
        "neo4j://localhost",
        "bolt://127.0.0.1:1",
        "neo4j+s://db.example",
        "bolt://[::1]:2",
        "/a/b.kgl",
    ):
        assert not sends_passwords_openly(address)
    done = argmap("maps", "--store", "bolt://192.0.2.7:1")
    assert done.err.startswith(
        "bolt://192.0.2.7:1: the connection is not encrypted, and goes to another machine.\n"
    )
    assert resolved("x.kgl") == "x.kgl"


def test_a_password_file_that_is_not_there() -> None:
    done = argmap("maps", "--store", "bolt://127.0.0.1:1", "--password-file", "no")
    assert done == (
        1,
        "",
        "no: the password cannot be read: No such file or directory\n  Put it on the first line.\n",
    )


@pytest.mark.neo4j
@pytest.mark.xdist_group("neo4j")
def test_the_password_from_a_file(neo4j_address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    secret = os.environ["NEO4J_PASSWORD"]
    monkeypatch.setenv("NEO4J_PASSWORD", "wrong-and-long")
    Path("right").write_text(f"{secret}\nand more\n")
    Path("wrong").write_text("not-the-password\n")
    store = ("--store", neo4j_address)
    assert argmap("maps", *store, "--password-file", "right").code == 0
    refused = argmap("--debug", "maps", *store, "--password-file", "wrong")
    assert "the server refuses the password of neo4j" in refused.err
    for said in (refused.err, refused.out):
        assert "not-the-password" not in said
        assert secret not in said


@pytest.mark.neo4j
@pytest.mark.xdist_group("neo4j")
def test_the_database_is_chosen_by_an_option(neo4j_address: str) -> None:
    done = argmap("maps", "--store", neo4j_address, "--database", "nosuch")
    assert done.err.startswith(f"{neo4j_address}: the server has no database nosuch.\n")
    assert argmap("maps", "--store", neo4j_address, "--database", "neo4j").code == 0


def test_a_writer_waits_as_long_as_it_is_told() -> None:
    import kglite

    holder = kglite.open("library.kgl", durable="off")
    done = argmap("set", "tax", "tax/poor", "granted=true", "--wait", "0")
    assert "another argmap is writing to this store" in done.err
    holder.__exit__(ValueError, None, None)
    assert argmap("set", "tax", "tax/poor", "granted=true", "--wait", "0").code == 0


def test_the_shell_can_be_left_out_of_what_is_imported_at_first() -> None:
    code = "import sys, commands.shell; sys.exit('prompt_toolkit' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
