"""`query`: Cypher, for those who write it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from commandline import argmap

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
