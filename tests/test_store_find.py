"""`find` on both engines: words, phrases, beginnings, accents, marks, and what is near a slip."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from commandline import argmap
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tax_map import CARD, POOR, TAX, WHOLE, named, tax

from graph.model import Claim
from graph.store.port import Store
from graph.store.url import open_store
from graph.store.words import Term, fold, marked, terms

SHELF = tax(
    Claim(id="tax/a", title="Savings", text="The reforms would save money in the long run."),
    Claim(id="tax/b", title="Money", text="Money the reforms would not save."),
    Claim(id="tax/c", title="Café de Flore", text="Łódź, Møller and Ærø; naïve façade."),
    Claim(id="tax/d", title="Local", text="Localism and locality, well-known."),
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('"save money"', ["tax/a"]),
        ('"money the reforms"', ["tax/b"]),
        ('"reforms would" money', ["tax/a", "tax/b"]),
        ('"money save', []),
        ("sav*", ["tax/a", "tax/b"]),
        ("LOCAL* wel*", ["tax/d"]),
        ("money the*", ["tax/a", "tax/b"]),
        ("cafe", ["tax/c"]),
        ("CAFÉ flore", ["tax/c"]),
        ("lodz moller aero", ["tax/c"]),
        ('"naive facade"', ["tax/c"]),
        ("Mølle*", ["tax/c"]),
        ("wellknown*", []),
        ('"well known"', ["tax/d"]),
        ("the", ["tax/a", "tax/b"]),  # a word that Lucene leaves out
        ("in the", ["tax/a"]),
        ("*", []),
        ('""', []),
        ("~2 && || ! {} [] ^ : / \\", []),
        ("NEAR(save money) OR title:x", []),
    ],
)
def test_phrases_beginnings_and_accents(any_store: Store, text: str, found: list[str]) -> None:
    any_store.replace(SHELF)
    assert [hit.id for hit in any_store.find(text)] == found


@pytest.mark.parametrize(
    ("slip", "near", "found"),
    [
        ("savngs", "savings", ["tax/a"]),
        ("lcoalism", "localism", ["tax/d"]),
        ("monney save", "money save", ["tax/a", "tax/b"]),
        ("zzzzzz", "", []),
        ("savings zzzzzz", "", []),
    ],
)
def test_a_slip_gets_what_is_near(any_store: Store, slip: str, near: str, found: list[str]) -> None:
    any_store.replace(SHELF)
    hits = any_store.find(slip)
    assert [hit.id for hit in hits] == found
    assert {hit.near for hit in hits} == ({near} if found else set())


def test_hits_are_marked(any_store: Store) -> None:
    any_store.replace(SHELF)
    assert [hit.marked for hit in any_store.find('"reforms would" sav*')] == [
        "The «reforms would» «save» money in the long run.",
        "Money the «reforms would» not «save».",
    ]


def test_a_long_text_is_shown_around_what_was_found() -> None:
    text = "word " * 100 + "needle " + "word " * 100
    shown = marked([Term(("needle",))], text)
    assert "«needle»" in shown
    assert len(shown) < 200
    assert (shown[0], shown[-1]) == ("…", "…")


def test_what_is_asked_is_taken_apart() -> None:
    assert terms('a "b c" d* "" e-f* (*') == [
        Term(("a",)), Term(("b", "c")), Term(("d",), True), Term(("e",)), Term(("f",), True),
    ]  # fmt: skip
    assert [fold(word) for word in ("Straße", "ÅNGSTRÖM", "άλφα", "שלום", "Ⅷ")] == [
        "strasse", "angstrom", "άλφα", "שלום", "ⅷ",
    ]  # fmt: skip


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.text(max_size=20) | st.sampled_from(['"', "a AND b", "sug*", "\\", "*:*", "(", "tax^2", "a:b"])
)
def test_any_text_may_be_asked_for(any_store: Store, text: str) -> None:
    if not any_store.maps():
        any_store.replace(WHOLE)
    if "\ud800" <= max(text, default="") <= "\udfff":
        return
    assert {hit.map_id for hit in any_store.find(text)} <= {WHOLE.id}


def test_the_index_follows_the_store(any_store: Store, any_address: str) -> None:
    any_store.replace(WHOLE)
    any_store.replace(named("levy", tax(TAX)))
    assert [hit.map_id for hit in any_store.find("sugar")] == ["levy", "tax"]
    any_store.replace(tax(replace(TAX, text="Changed.", title="Changed")))
    assert [hit.map_id for hit in any_store.find("sugar")] == ["levy"]
    any_store.cypher("MATCH (c:Claim {map: 'tax'}) SET c.text = 'sugar again'", write=True)
    assert [hit.map_id for hit in any_store.find("sugar")] == ["levy", "tax"]
    any_store.delete("levy")
    assert [hit.map_id for hit in open_store(any_address).find("sugar")] == ["tax"]


def test_an_index_that_is_no_good_is_made_again(tmp_path: Path) -> None:
    path, index = tmp_path / "library.kgl", tmp_path / "library.kgl.find"
    open_store(path).replace(WHOLE)
    for spoil in (b"", b"no database", b"SQLite format 3\x00" + bytes(5000)):
        index.write_bytes(spoil)
        assert [hit.id for hit in open_store(path).find("poor")] == [POOR.id]
    index.unlink()
    index.mkdir()  # nowhere to put it
    assert [hit.id for hit in open_store(path).find("mexico")] == [CARD.id]
    assert [hit.near for hit in open_store(path).find("mexcio")] == ["mexico"]


def test_a_look_into_an_empty_store_leaves_nothing_behind(tmp_path: Path) -> None:
    assert open_store(tmp_path / "library.kgl").find("tax") == []
    assert list(tmp_path.iterdir()) == []


def test_the_command_says_what_it_looked_for(
    any_store: Store, any_address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARGMAP_STORE", any_address)
    any_store.replace(SHELF)
    done = argmap("find", "savngs")
    assert done.out.startswith(
        "Nothing in the store holds: savngs\nNear to it, savings: 1 item in the store.\n"
    )
    assert "«Savings»" in done.out
