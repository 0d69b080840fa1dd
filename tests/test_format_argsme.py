"""args.me: a collection of arguments read one by one, nothing of it lost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from formats import by_title, fixture, said

from graph.errors import InputError
from graph.model import Source
from ingest.reading import read, read_bytes, read_with_warnings


def _read(folder: Path, content: str):
    path = folder / "collection.json"
    path.write_text(content)
    return read(path, format="argsme")


def test_each_conclusion_is_one_claim_and_each_premise_bears_on_it():
    argmap = fixture("argsme/debates.json").argmap
    assert said(argmap) == {
        ("SUPPORTS", "Fewer would drive.", "Buses should be free."),
        ("REBUTS", "Somebody pays. Always.", "Buses should be free."),
        ("CITES", "Fewer would drive.", "Free buses"),
        ("CITES", "Somebody pays. Always.", "Free buses"),
    }
    assert [argmap.by_id[key].title for key in argmap.motion] == ["Buses should be free."]
    source = by_title(argmap, "Free buses")
    assert isinstance(source, Source)
    assert source.url == "https://debate.example/bus"


def test_what_has_no_place_in_the_graph_is_kept():
    argmap = fixture("argsme/debates.json").argmap
    assert by_title(argmap, "Fewer would drive.").extra["argsme"] == {
        "id": 7,
        "annotations": [{"start": 0, "stop": 5}],
        "extra": {"author": "Ann"},
        "context": {"discussionTitle": "Should buses be free?"},
    }
    # The page has the title of the first argument that names it; another one's is its own.
    assert by_title(argmap, "Somebody pays. Always.").extra["argsme"] == {
        "id": "S9-3",
        "context": {"sourceTitle": "Free buses, again"},
    }
    kept = argmap.extra["argsme"]
    assert isinstance(kept, dict)
    assert kept["document"] == {"version": {"of": "args.me", "number": 1.0}, "note": "Written by hand."}
    assert [argument["id"] for argument in kept["arguments"]] == ["S9-1"]  # the one without premises


def test_a_collection_is_known_by_its_content(tmp_path):
    path = tmp_path / "unnamed"
    path.write_text('{"version": [1], "arguments": [{"conclusion": "c", "premises": []}]}')
    assert read(path).format == "argsme"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "this is no file of args.me"),
        ("7", "this is no file of args.me"),
        ('{"version": 1}', "this is no file of args.me"),
        ('{"arguments": 3}', "this is no file of args.me"),
        ('{"arguments": [], "arguments": []}', 'it has to hold one list "arguments"'),
        ('{"arguments": []', "The file ends too early: is it whole?"),
        ('{"arguments": [{"conclusion": "c", "premises": []}', "The file ends too early: is it whole?"),
        ('{"arguments": [] "a": 1}', ":1:18: this is not JSON: Expecting ',' delimiter"),
        ('{"arguments": []} []', ":1:19: this is not JSON: Extra data"),
        ('{"arguments": [,]}', ":1:16: this is not JSON"),
        ("{7: []}", ":1:3: this is not JSON: Expecting a name in double quotes"),
        ('{"arguments" []}', "Expecting ':' delimiter"),
        ('{"a": NaN, "arguments": []}', "NaN is no number of JSON"),
        ('{"a": ' + "[" * 100_000, "nested too deeply"),
        ('{"a": ' + "9" * 10_000 + "}", "this is not JSON"),
        ('[{"conclusion": " ", "premises": []}]', "(arguments[0]): it has no conclusion"),
        ('[{"conclusion": "c", "premises": {}}]', "(arguments[0]): its premises have to be a list"),
        ('[{"conclusion": "c", "premises": ["p"]}]', "(arguments[0]): premises[0] has no text"),
        ("[7]", "(arguments[0]): an argument has to be an object"),
    ],
)
def test_what_is_wrong_is_said(content, message, tmp_path):
    with pytest.raises(InputError) as caught:
        _read(tmp_path, content)
    assert message in str(caught.value)


def _large(rows: int) -> str:
    """A file of several pieces, with long and short values, numbers and lines between them."""
    arguments = [
        {
            "conclusion": f"Conclusion {n // 10} ä",
            "id": n,
            "premises": [{"text": "why " * (n % 50) + str(n), "stance": "PRO" if n % 2 else "CON"}],
        }
        for n in range(rows)
    ]
    arguments[rows // 2]["premises"][0]["text"] = "long " * 60_000  # type: ignore[index]
    return json.dumps(
        {"note": "By hand.", "arguments": arguments, "last": 12345}, indent=1, ensure_ascii=False
    )


def test_a_large_file_is_read_as_it_comes_off_the_disk(tmp_path, monkeypatch):
    path = tmp_path / "collection.json"
    path.write_text(_large(2_000), encoding="utf-8")
    whole = read_bytes(path, path.read_bytes()).argmap
    monkeypatch.setattr(Path, "read_bytes", None)  # the file is never asked for whole
    assert read(path) == whole
    assert len(whole.items) == 2_200
    assert whole.extra["argsme"] == {"document": {"note": "By hand.", "last": 12345}}


@pytest.mark.parametrize("fault", ['"stance": "PRO" 7', '"stance": PRO', '"stance'])
def test_what_is_wrong_far_into_a_file_has_its_place(fault, tmp_path):
    path = tmp_path / "collection.json"
    ways = (lambda: read(path), lambda: read_bytes(path, path.read_bytes()))
    good = _large(2_000)
    at = good.rindex('"stance": "PRO"')
    said = []
    for content in (good[:at] + fault + good[at + len('"stance": "PRO"') :], good[: len(good) - 30]):
        path.write_text(content, encoding="utf-8")
        for way in ways:
            with pytest.raises(InputError) as caught:
                way()
            said.append(str(caught.value))
    assert said[0] == said[1]
    assert said[2] == said[3]
    assert said[0].startswith(f"{path}:{good[:at].count(chr(10)) + 1}:")


def test_a_large_file_in_another_encoding_is_read_whole(tmp_path):
    path = tmp_path / "collection.json"
    path.write_bytes(_large(2_000).encode("cp1252"))
    reading = read_with_warnings(path)
    assert len(reading.argmap.items) == 2_200
    assert "it is read as Windows-1252" in str(reading.warnings[0])


def test_all_that_is_wrong_is_said_at_once(tmp_path):
    with pytest.raises(InputError) as caught:
        _read(tmp_path, json.dumps({"arguments": [{}, {"conclusion": "c"}]}))
    assert len(caught.value.problems) == 2
