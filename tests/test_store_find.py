"""`find` on both engines: words, phrases, beginnings, accents, marks, and what is near a slip."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from commandline import argmap
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tax_map import CARD, POOR, TAX, WHOLE, named, tax

from graph.errors import StoreError
from graph.model import Claim, Evidence
from graph.store import statements
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


def test_the_best_come_first_and_a_limit_takes_them(any_store: Store) -> None:
    """All in the title, then all in the text, a quote, a cite, then here and there; by map, then by place."""
    words = "Harbour tariff"
    items = [
        Claim(id="tax/apart", title="Harbour", text="A tariff.", order=0),
        Evidence(id="tax/quoted", title="Card", quote=f"{words}s. {words}!", cite="One", order=1),
        Evidence(id="tax/cited", title="Card", cite=words, quote="Two", order=2),
        *(Claim(id=f"tax/text{n}", title="Other", text=f"{words}.", order=3 + n) for n in range(40)),
        Claim(id="tax/titled", title=f"The {words}", text=f"{words}.", order=50),
    ]
    any_store.replace(tax(*items))
    any_store.replace(named("levy", tax(Claim(id="tax/x", title="X", text=words, order=9))))
    best = [
        "tax/titled",
        "levy/x",
        *(f"tax/text{n}" for n in range(40)),
        "tax/quoted",
        "tax/cited",
        "tax/apart",
    ]
    found = any_store.find("harbour tariff", limit=100)
    assert [hit.id for hit in found] == best
    assert [hit.field for hit in found][-3:] == ["quote", "cite", "title"]
    for limit in (1, 2, 3, 30, 42, 43, 45):
        assert [hit.id for hit in any_store.find("harbour tariff", limit=limit)] == best[:limit]
    assert [hit.id for hit in any_store.find("harbour tariff", map_id="levy")] == ["levy/x"]


def test_words_that_the_index_leaves_out_are_looked_for_in_what_it_gives(any_store: Store) -> None:
    """Neo4j's index does not know "the": it proposes every item, and many pages of them say no."""
    rare = (7, 777, 1500)
    texts = [f"{'the' if n in rare else 'a'} reef {n}" for n in range(1600)]
    any_store.replace(tax(*(Claim(id=f"tax/{n}", title=t, order=n) for n, t in enumerate(texts))))
    assert [hit.id for hit in any_store.find("the")] == [f"tax/{n}" for n in rare]
    assert [hit.id for hit in any_store.find('"the reef"', map_id="tax")] == [f"tax/{n}" for n in rare]


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


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
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
    whole = bytearray(index.read_bytes())
    for place in range(4096 * 2, len(whole)):
        whole[place] ^= 0xFF if place % 512 < 16 else 0
    index.write_bytes(whole)  # as it says, it is of this store
    assert [hit.id for hit in open_store(path).find("poor")] == [POOR.id]
    assert index.read_bytes() != whole
    index.unlink()
    index.mkdir()  # nowhere to put it
    assert [hit.id for hit in open_store(path).find("mexico")] == [CARD.id]
    assert [hit.near for hit in open_store(path).find("mexcio")] == ["mexico"]


def test_a_look_into_an_empty_store_leaves_nothing_behind(tmp_path: Path) -> None:
    assert open_store(tmp_path / "library.kgl").find("tax") == []
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["folder", "library.kgl"])
def test_a_look_into_what_is_no_store_leaves_nothing_behind(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "library.kgl").write_text("no store")
    with pytest.raises(StoreError):
        open_store(tmp_path / name).find("tax")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder", "library.kgl"]


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


@pytest.mark.neo4j
@pytest.mark.xdist_group("neo4j")
@pytest.mark.parametrize("map_id", ["tax", None])
def test_a_node_that_is_deleted_while_it_is_looked_at_is_no_hit(
    neo4j_address: str, monkeypatch: pytest.MonkeyPatch, map_id: str | None
) -> None:
    """Neo4j gives such a node without a property: as it does here for a node that never was."""
    nothing = (
        "null AS map, null AS id, null AS order, null AS title, null AS text, null AS quote, null AS cite"
    )
    texts, indexed = statements.texts, statements.INDEXED_TEXTS
    monkeypatch.setattr(
        statements, "texts", lambda label, of_map: f"{texts(label, of_map=of_map)} UNION ALL RETURN {nothing}"
    )
    labelled = nothing.replace("null AS order", "null AS labels, null AS order")
    monkeypatch.setattr(statements, "INDEXED_TEXTS", f"{indexed} UNION ALL RETURN {labelled}")
    with closing(open_store(neo4j_address)) as store:
        store.replace(WHOLE)
        assert [hit.id for hit in store.find("poor", map_id=map_id)] == [POOR.id]
