"""`query`: Cypher, for those who write it."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest
from commandline import argmap

from graph.store import bolt_work, embedded

TAX = """\
[Tax]: A sugar tax cuts obesity.
  - [Poor]: It hits the poor hardest.
    _ [Fair]: So does obesity.
"""


@pytest.fixture(autouse=True)
def loaded(any_address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A small map in a store of each engine."""
    monkeypatch.setenv("ARGMAP_STORE", any_address)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(tmp_path)
    Path("tax.argdown").write_text(TAX)
    assert argmap("load", "tax.argdown").code == 0


def test_an_answer_is_a_table():
    done = argmap("query", "MATCH (r:Rebuttal)-[:UNDERCUTS]->(i) RETURN r.title, i.id")
    assert done == (
        0,
        "r.title  i.id\n───────  ────────────────────\nFair     tax/step-poor-to-tax\n",
        "",
    )


def test_nodes_and_paths_are_shown_by_kind_and_title():
    shown = argmap("query", "MATCH (p:Rebuttal {title: 'Poor'})-[r:REBUTS]->(c) RETURN p, r, c").out
    assert shown.splitlines()[2].split("  ") == ["(Rebuttal “Poor”)", "[REBUTS]", "(Claim “Tax”)"]
    path = argmap("query", "MATCH x = (:Claim)<-[:REBUTS]-(:Rebuttal) RETURN x").out
    assert path.splitlines()[2] == "(Claim “Tax”) <-[REBUTS]- (Rebuttal “Poor”)"


def test_nodes_are_objects_for_programs():
    done = argmap("query", "MATCH (c:Claim) RETURN c", "--format", "json")
    (row,) = json.loads(done.out)["rows"]
    assert row["c"]["labels"] == ["Claim"]
    assert row["c"]["properties"]["title"] == "Tax"
    assert row["c"]["properties"]["map"] == "tax"


def test_parameters_are_json_or_text():
    given = ["--param", "a=3", "--param", "b=x=y", "--param", "c=[1]"]
    done = argmap("query", "RETURN $a AS a, $b AS b, $c AS c", *given, "--format", "json")
    assert json.loads(done.out)["rows"] == [{"a": 3, "b": "x=y", "c": [1]}]
    assert argmap("query", "RETURN 1", "--param", "a").code == 2


def test_a_write_is_refused_unless_it_is_asked_for():
    write = "MATCH (c:Claim {title: 'Tax'}) SET c.team = 'A'"
    refused = argmap("query", write)
    assert refused.code == 1
    assert "--write" in refused.err
    read = ["query", "MATCH (c:Claim {title: 'Tax'}) RETURN c.team", "--format", "csv"]
    assert argmap(*read).out == "c.team\n\n" or argmap(*read).out == 'c.team\n""\n'
    assert argmap("query", write, "--write").code == 0
    assert argmap(*read).out == "c.team\nA\n"


def test_an_error_is_the_engines_message_in_one_line():
    done = argmap("query", "MATCH (n RETURN n")
    assert (done.code, done.out) == (1, "")
    assert len(done.err.splitlines()[0]) > 10
    assert "Traceback" not in done.err


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("MATCH (c:Clam) RETURN c.title", "no map has a label Clam\n  Did you mean Claim?\n"),
        ("MATCH (a)-[:REBUT]->(b) RETURN a", "no map has a relationship REBUT\n  Did you mean REBUTS?\n"),
        ("MATCH (c:Claim) RETURN c.titel", "no map has a property titel\n  Did you mean title or cite?\n"),
        ("MATCH (c:Claim) WHERE c.title = 'x:Y (z:W) m.n' RETURN c.id // q.r", ""),
        ("MATCH (c:Claim) WHERE 1.5 > 2.5 RETURN c.id", ""),
        ("MATCH (c:Claim) RETURN c.title, c.team", ""),
    ],
)
def test_an_empty_answer_names_what_no_map_has(query: str, said: str) -> None:
    done = argmap("query", query)
    assert done.code == 0
    assert done.err == said
    assert argmap("query", query, "--format", "markdown").code == 0


def test_a_parameter_without_a_value_is_named_before_anything_is_asked() -> None:
    done = argmap("query", "RETURN $a, $b, '$c' // $d", "--param", "b=1")
    assert done == (1, "", "the query asks for $a, which has no value\n  --param a=VALUE\n")


def test_a_hyphen_is_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("MATCH (m:Map)\nRETURN m.id;\n"))
    assert argmap("query", "-", "--format", "csv").out == "m.id\ntax\n"


def test_a_query_that_runs_for_ever_is_ended():
    endless = (
        "UNWIND range(1, 100000) AS x UNWIND range(1, 100000) AS y WITH x, y WHERE x + y = 0 RETURN count(*)"
    )
    done = argmap("query", endless, "--timeout", "0.5")
    assert done.code == 1
    assert "--timeout" in done.err


def test_a_limit_leaves_out_rows_and_says_so():
    done = argmap("query", "UNWIND range(1, 5) AS x RETURN x", "--limit", "2", "--format", "json")
    assert [row["x"] for row in json.loads(done.out)["rows"]] == [1, 2]
    assert json.loads(done.out)["truncated"] is True
    assert argmap("query", "MATCH (n:Person) RETURN n.name").out == "No rows.\n"


@pytest.mark.parametrize("layout", ["json", "csv"])
@pytest.mark.parametrize("size", [0, 1, 3, 4, 7, 8])
def test_a_long_answer_is_written_as_a_short_one(
    layout: str, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = ["query", f"UNWIND range(1, {size}) AS x RETURN x, 'a\\n],' AS t", "--format", layout]
    monkeypatch.setattr(embedded, "PIECE", 4)
    monkeypatch.setattr(bolt_work, "PIECE", 4)
    pieces = argmap(*asked)
    monkeypatch.setattr(embedded, "PIECE", 100)
    monkeypatch.setattr(bolt_work, "PIECE", 100)
    assert pieces == argmap(*asked)
    assert pieces.code == 0


def test_where_a_long_answer_is_ended_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedded, "PIECE", 4)
    monkeypatch.setattr(bolt_work, "PIECE", 4)
    for limit, rows, truncated in ((8, 8, True), (9, 9, True), (10, 10, False), (11, 10, False)):
        asked = ["query", "UNWIND range(1, 10) AS x RETURN x", "--limit", limit, "--format"]
        done = argmap(*asked, "json")
        answer = json.loads(done.out)
        assert (len(answer["rows"]), answer["truncated"]) == (rows, truncated)
        assert done.err == ("There is more: raise --limit.\n" if truncated else "")
        assert argmap(*asked, "csv") == (0, "\n".join(["x", *map(str, range(1, rows + 1)), ""]), done.err)


def test_nodes_and_relationships_of_a_long_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = ["query", "MATCH (a)-[r]->(b) RETURN a.id, r, b ORDER BY a.id, b.id, type(r)", "--format", "json"]
    whole = argmap(*asked)
    monkeypatch.setattr(embedded, "PIECE", 1)
    monkeypatch.setattr(bolt_work, "PIECE", 1)
    assert argmap(*asked) == whole
    assert len(json.loads(whole.out)["rows"]) > 2
