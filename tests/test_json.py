"""argmap's JSON: everything comes back, the schema holds, and a fault has its place."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator
from strategies import argument_maps

from graph.errors import InputError
from graph.export.json import to_json
from graph.model import ITEM_CLASSES, ArgumentMap, Claim, Link, LinkKind
from ingest.argmap_json import from_json
from ingest.reading import read

SCHEMA = json.loads((Path(__file__).parent.parent / "docs" / "argmap.schema.json").read_text("utf-8"))

TEA = """
    ===
    title: Tea
    motion: Tea
    sources:
      mj: {title: The MJ, author: [Ann], date: 2014}
    ===

    [Tea]: Tea should be free.
      - [Cost]: It costs money. #evidence {source: mj, at: ¶3, quote: "three pounds"}
        _ <Cheap>: It is cheap.
"""


def _one_each(argmap: ArgumentMap) -> ArgumentMap:
    return replace(argmap, items=tuple({item.id: item for item in argmap.items}.values()))


@settings(max_examples=60, derandomize=True, suppress_health_check=list(HealthCheck))
@given(argmap=argument_maps().map(_one_each))
def test_any_map_comes_back_whole(argmap: ArgumentMap) -> None:
    assert from_json(to_json(argmap)) == replace(argmap, file="", sha256="")


@settings(max_examples=30, derandomize=True, suppress_health_check=list(HealthCheck))
@given(argmap=argument_maps().map(_one_each))
def test_what_is_written_keeps_to_the_schema(argmap: ArgumentMap) -> None:
    errors = Draft202012Validator(SCHEMA).iter_errors(json.loads(to_json(argmap)))
    assert [error.message for error in errors] == []


def test_the_schema_knows_every_field_of_the_model() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    for label, cls in ITEM_CLASSES.items():
        assert set(SCHEMA["$defs"][label.value]["properties"]) == {"label", *(f.name for f in fields(cls))}
    assert set(SCHEMA["$defs"]["link"]["properties"]) == {f.name for f in fields(Link)}
    about = {f.name for f in fields(ArgumentMap)} - {"items", "links"}
    assert set(SCHEMA["$defs"]["map"]["properties"]) == about


def test_a_map_written_and_read_is_the_same_but_for_where_it_was_read(
    read_map: Callable[[str], ArgumentMap], tmp_path: Path
) -> None:
    argmap = read_map(TEA)
    path = tmp_path / "tea.json"
    path.write_text(to_json(argmap), encoding="utf-8")
    again = read(path)
    assert replace(again, file="", sha256="") == replace(argmap, file="", sha256="")
    assert again.file == str(path.resolve())
    assert len(again.sha256) == 64


def test_nobodys_folders_are_told(read_map: Callable[[str], ArgumentMap], tmp_path: Path) -> None:
    assert str(tmp_path) not in to_json(read_map(TEA))


def test_one_line_an_item_so_that_versions_can_be_compared(read_map: Callable[[str], ArgumentMap]) -> None:
    lines = to_json(read_map(TEA)).splitlines()
    assert sum(line.startswith('{"label"') for line in lines) == 5


def test_another_id_goes_through_the_whole_map(
    read_map: Callable[[str], ArgumentMap], tmp_path: Path
) -> None:
    path = tmp_path / "tea.json"
    path.write_text(to_json(read_map(TEA)), encoding="utf-8")
    argmap = read(path, map_id="finals")
    ends = [end for link in argmap.links for end in (link.start, link.end, link.via) if end]
    assert all(name.startswith("finals/") for name in [*argmap.by_id, *argmap.motion, *ends])


def test_half_a_character_of_a_broken_file_comes_back() -> None:
    argmap = ArgumentMap(id="m", title="T", items=(Claim(id="m/a", title="a", text="x \ud83d y"),))
    assert from_json(to_json(argmap).encode("utf-8").decode("utf-8")) == argmap


def test_what_is_no_number_in_json_is_written_as_unknown() -> None:
    argmap = ArgumentMap(id="m", title="T", extra={"score": [float("nan"), 1.5]})
    assert from_json(to_json(argmap)).extra == {"score": [None, 1.5]}


GOOD: dict[str, Any] = {
    "argmap": 1,
    "map": {"id": "m", "title": "T", "motion": ["m/tea"]},
    "items": [
        {"label": "Claim", "id": "m/tea", "title": "Tea"},
        {"label": "Evidence", "id": "m/card", "title": "Card"},
    ],
    "links": [{"kind": "SUPPORTS", "start": "m/card", "end": "m/tea"}],
}


def _changed(path: str, value: object) -> str:
    """GOOD with the value at `path` (`items.0.title`) set, or taken out where it is `...`."""
    document = json.loads(json.dumps(GOOD))
    *way, last = path.split(".")
    held = document
    for step in way:
        held = held[int(step) if step.isdigit() else step]
    if value is ...:
        del held[last]
    else:
        held[int(last) if last.isdigit() else last] = value
    return json.dumps(document)


BROKEN = {
    "no JSON": (
        '{"argmap": 1,',
        "m.json:1:14: is not JSON: Expecting property name enclosed in double quotes\n"
        "  Export the map again.",
    ),
    "another JSON": (
        '{"nodes": []}',
        'm.json ($): this is no map of argmap\'s\n  It would begin with {"argmap": 1, "map": …}.',
    ),
    "a newer version": (
        _changed("argmap", 2),
        "m.json ($.argmap): version 2 of the format is not known\n  A newer argmap wrote it: update argmap.",
    ),
    "a version that is none": (
        _changed("argmap", "one"),
        'm.json ($.argmap): version "one" of the format is not known\n  Write 1.',
    ),
    "no map": (_changed("map", ...), "m.json ($.map): is missing"),
    "no items": (_changed("items", ...), "m.json ($.items): is missing"),
    "no list": (_changed("links", {}), "m.json ($.links): {} is no list"),
    "no title": (_changed("items.0.title", ...), 'm.json ($.items[0]): "title" is missing'),
    "a number for a text": (_changed("items.0.text", 5), "m.json ($.items[0].text): 5 is not text"),
    "nothing for a text": (_changed("items.0.text", None), "m.json ($.items[0].text): null is not text"),
    "a text for a number": (
        _changed("items.0.strength", "high"),
        'm.json ($.items[0].strength): "high" is not a number',
    ),
    "a text for a yes": (
        _changed("items.0.granted", "no"),
        'm.json ($.items[0].granted): "no" is not true or false',
    ),
    "a text for a list": (
        _changed("items.0.tags", "a"),
        'm.json ($.items[0].tags): "a" is not a list of texts',
    ),
    "a span without an end": (
        _changed("items.1.spans", [{"kind": "underline", "start": 0}]),
        'm.json ($.items[1].spans): [{"kind": "underline", "start": 0}] is not a list of {kind, start, stop}',
    ),
    "a label that is none": (
        _changed("items.0.label", ["Claim"]),
        'm.json ($.items[0]): no label is ["Claim"]\n'
        "  A label is Claim, Rebuttal, Evidence, Inference, Source, Person or Locution.",
    ),
    "a side that is none": (
        _changed("items.0.side", "prop"),
        'm.json ($.items[0].side): "prop" is not pro, con, both or unknown',
    ),
    "a field of another label": (
        _changed("items.0.quote", "q"),
        'm.json ($.items[0]): nothing here is called "quote"\n'
        "  Known: id, title, text, order, tags, origin, extra, side, side_stated, team, kind, speech, "
        "granted, strength.",
    ),
    "a misspelt field": (
        _changed("items.0.sied", "pro"),
        'm.json ($.items[0]): nothing here is called "sied"\n  Did you mean "side"?',
    ),
    "an id twice": (
        _changed("items.1.id", "m/tea"),
        'm.json ($.items[1].id): "m/tea" is the id at $.items[0].id as well\n  Give each its own.\n'
        'm.json ($.links[0].start): "m/card" is the id of no item\n  Define it, or leave this out.',
    ),
    "an id of another map": (
        _changed("items.1.id", "x/card"),
        'm.json ($.items[1].id): "x/card" is no id of this map\n  Begin it with m/\n'
        'm.json ($.links[0].start): "m/card" is the id of no item\n  Did you mean "x/card"?',
    ),
    "a link to nothing": (
        _changed("links.0.end", "m/te"),
        'm.json ($.links[0].end): "m/te" is the id of no item\n  Did you mean "m/tea"?',
    ),
    "a motion that is nothing": (
        _changed("map.motion", ["m/qqq"]),
        'm.json ($.map.motion[0]): "m/qqq" is the id of no item\n  Define it, or leave this out.',
    ),
    "NaN": ('{"argmap": NaN}', "m.json: NaN is no JSON\n  Export the map again."),
    "a list in a list without end": (
        '{"argmap": 1, "items": ' + "[" * 100_000,
        "m.json: is nested too deeply\n  Export the map again.",
    ),
}


def test_the_file_that_the_broken_ones_are_made_of_is_good() -> None:
    assert len(from_json(json.dumps(GOOD)).items) == 2


@pytest.mark.parametrize(("text", "message"), BROKEN.values(), ids=BROKEN.keys())
def test_a_fault_is_named_with_its_place(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "m.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read(path, format="json")
    assert str(caught.value).replace(str(path), "m.json") == message


def test_of_very_many_faults_all_are_found_and_the_first_are_told(tmp_path: Path) -> None:
    path = tmp_path / "m.json"
    path.write_text(_changed("items", [{"label": "Claim"}] * 500), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read(path)
    assert len(caught.value.problems) == 1000
    assert str(caught.value).endswith("m.json: and 980 problems more\n  `argmap check` lists them all.")


def test_what_json_has_no_word_for_and_what_others_wrote_is_written_all_the_same() -> None:
    claims = (
        Claim(id="m/a", title="A", extra={"said": ["x", "and the next one", {"y": "and the next one"}]}),
        Claim(id="m/b", title="B", extra={"said": float("nan"), "also": [1e999]}),
        Claim(id="m/c", title=3, tags=(4,), extra={"page": 5}),  # type: ignore[arg-type]  # from a store
    )
    link = Link(kind=LinkKind.CITES, start="m/a", end="m/b", locator=7, extra={"n": 1})  # type: ignore[arg-type]
    written = json.loads(to_json(ArgumentMap(id="m", title="M", items=claims, links=(link,))))
    assert [item["extra"] for item in written["items"]] == [
        {"said": ["x", "and the next one", {"y": "and the next one"}]},
        {"said": None, "also": [None]},
        {"page": 5},
    ]
    assert (written["items"][2]["title"], written["items"][2]["tags"]) == (3, [4])
    assert written["links"] == [
        {"kind": "CITES", "start": "m/a", "end": "m/b", "order": 0, "origin": "file"}
        | {"locator": 7, "extra": {"n": 1}}
    ]
