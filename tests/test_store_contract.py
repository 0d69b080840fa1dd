"""What every store promises, on every engine."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from strategies import AWKWARD, argument_maps
from tax_map import ANSWER, CARD, POOR, SOURCE, TAX, WHOLE, link, named, tax

from graph.errors import MapTaken, NoSuchMap, StoreError
from graph.model import ArgumentMap, Claim, LinkKind, Origin
from graph.store.port import Store
from graph.store.url import open_store


def internal_ids(store: Store) -> dict[str, str]:
    """The engine's own name of each node, which a rewritten node keeps and a node made anew does not."""
    return dict(store.cypher("MATCH (n) WHERE n.map IS NOT NULL RETURN n.id, elementId(n)").rows)


def test_a_map_comes_back_as_it_was_given(any_store: Store) -> None:
    done = any_store.replace(WHOLE)
    assert (done.map_id, done.added, done.changed, done.removed) == ("tax", 18, 0, 0)
    assert any_store.load("tax") == WHOLE


@pytest.mark.parametrize("empty", [tax(), ArgumentMap(id="tax", title="")])
def test_an_empty_map_is_a_map(any_store: Store, empty: ArgumentMap) -> None:
    any_store.replace(empty)
    assert any_store.load("tax") == empty
    assert [info.id for info in any_store.maps()] == ["tax"]


def test_loading_again_changes_nothing(any_store: Store) -> None:
    any_store.replace(WHOLE)
    before = any_store.maps(), internal_ids(any_store)
    again = any_store.replace(WHOLE)
    assert (again.added, again.changed, again.removed, again.unchanged) == (0, 0, 0, 18)
    assert (any_store.maps(), internal_ids(any_store)) == before


def test_what_did_not_change_keeps_its_node(any_store: Store) -> None:
    any_store.replace(tax(TAX, POOR, SOURCE, links=(ANSWER,)))
    before = internal_ids(any_store)
    reworded = replace(POOR, text="It hits the poorest hardest.", speech="1NC")
    done = any_store.replace(tax(CARD, TAX, reworded, SOURCE, links=(ANSWER,)))
    assert (done.added, done.changed, done.removed, done.unchanged) == (1, 1, 0, 3)
    after = internal_ids(any_store)
    assert {item_id: after[item_id] for item_id in before} == before
    assert [item.id for item in any_store.load("tax").items] == [CARD.id, TAX.id, POOR.id, SOURCE.id]
    assert any_store.load("tax").by_id[POOR.id].text == "It hits the poorest hardest."


def test_what_is_gone_from_the_file_is_gone(any_store: Store) -> None:
    any_store.replace(WHOLE)
    smaller = tax(TAX, POOR, links=(ANSWER,))
    done = any_store.replace(smaller)
    assert (done.added, done.changed, done.removed, done.unchanged) == (0, 0, 15, 3)
    assert any_store.load("tax") == smaller
    assert any_store.cypher("MATCH (n) RETURN count(n)").rows == ((3,),)  # with the map's own node
    assert any_store.cypher("MATCH ()-[r]->() RETURN count(r)").rows == ((1,),)


def test_a_field_that_is_no_longer_said_is_absent(any_store: Store) -> None:
    any_store.replace(tax(replace(TAX, speech="1AC", granted=True, extra={"a": 1}), debate_format="BP"))
    any_store.replace(tax(TAX))
    assert any_store.load("tax") == tax(TAX)
    question = "MATCH (c:Claim), (m:Map) RETURN c.speech, c.granted, c.extra, m.debate_format"
    assert any_store.cypher(question).rows == ((None, None, None, None),)


def test_a_claim_that_becomes_a_rebuttal_has_one_label_and_keeps_its_links(any_store: Store) -> None:
    any_store.replace(
        tax(Claim(id=POOR.id, title="Poor"), TAX, CARD, links=(link(LinkKind.SUPPORTS, CARD, POOR),))
    )
    turned = tax(POOR, TAX, CARD, links=(link(LinkKind.SUPPORTS, CARD, POOR), ANSWER))
    done = any_store.replace(turned)
    assert (done.added, done.changed, done.removed, done.unchanged) == (1, 1, 0, 3)
    assert any_store.load("tax") == turned
    assert any_store.cypher("MATCH (n {id: $id}) RETURN labels(n)", {"id": POOR.id}).rows == (
        (["Rebuttal"],),
    )


def test_a_link_that_says_something_else_is_changed(any_store: Store) -> None:
    any_store.replace(tax(TAX, POOR, links=(ANSWER,)))
    done = any_store.replace(tax(TAX, POOR, links=(replace(ANSWER, extra={"how": "badly"}),)))
    assert (done.added, done.changed, done.removed, done.unchanged) == (0, 1, 0, 2)
    assert any_store.load("tax").links[0].extra == {"how": "badly"}


def test_the_version_counts_changes_and_not_loads(any_store: Store) -> None:
    for argmap, version in ((tax(TAX), 1), (tax(TAX), 1), (tax(TAX, POOR), 2), (tax(TAX, sha256="ff"), 3)):
        any_store.replace(argmap)
        assert any_store.maps()[0].version == version
    any_store.replace(tax(TAX, sha256="ee"))  # a comment in the file
    info = any_store.maps()[0]
    assert (info.version, info.sha256) == (3, "ee")


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(argmap=argument_maps())
def test_any_map_replaces_any_other(any_store: Store, argmap: ArgumentMap) -> None:
    any_store.replace(argmap)
    assert any_store.load(argmap.id) == argmap
    again = any_store.replace(argmap)
    assert (again.added, again.changed, again.removed) == (0, 0, 0)


@pytest.mark.parametrize("text", [*AWKWARD, "0123456789" * 10_000], ids=lambda text: ascii(text[:12]))
def test_awkward_text_is_only_text(any_store: Store, text: str) -> None:
    claim = replace(TAX, title=text, text=text, tags=(text,), speech=text, extra={text: [text]})
    card = replace(CARD, quote=text, cite=text)
    argmap = tax(claim, card, links=(link(LinkKind.SUPPORTS, card, claim, locator=text or None),), title=text)
    any_store.replace(argmap)
    assert any_store.load("tax") == argmap
    assert any_store.cypher("MATCH (c:Claim) WHERE c.speech = $text RETURN c.id", {"text": text}).rows


def test_what_a_user_added_survives_the_file(any_store: Store) -> None:
    any_store.replace(tax(TAX, links=()))
    any_store.cypher(
        "MATCH (c:Claim {id: $on}) CREATE (n:Claim {id: 'tax/note', map: 'tax', title: 'Ask for figures', "
        "order: 1, origin: 'user', side: 'con'})-[:SUPPORTS {map: 'tax', order: 0, origin: 'user'}]->(c)",
        {"on": TAX.id},
        write=True,
    )
    done = any_store.replace(tax(TAX, POOR, links=(ANSWER,)))
    assert (done.added, done.removed, done.displaced) == (2, 0, ())
    argmap = any_store.load("tax")
    assert [item.title for item in argmap.items] == ["Cuts obesity", "Poor", "Ask for figures"]
    assert argmap.by_id["tax/note"].origin is Origin.USER
    assert [(each.start, each.end) for each in argmap.links] == [(POOR.id, TAX.id), ("tax/note", TAX.id)]


def test_what_a_user_linked_to_something_that_is_gone_is_told(any_store: Store) -> None:
    note = Claim(id="tax/note", title="Only in cities", origin=Origin.USER)
    any_store.replace(tax(TAX, POOR, note, links=(link(LinkKind.REBUTS, note, POOR, origin=Origin.USER),)))
    done = any_store.replace(tax(TAX))
    assert done.displaced == (
        '"Only in cities" rebuts "Poor", which you added, lost its place: the file no longer has "Poor".',
    )
    assert [item.title for item in any_store.load("tax").items] == ["Cuts obesity", "Only in cities"]


def test_two_maps_side_by_side(any_store: Store) -> None:
    other = named("levy", WHOLE)
    any_store.replace(WHOLE)
    any_store.replace(other)
    assert [info.id for info in any_store.maps()] == ["levy", "tax"]
    any_store.replace(tax(TAX))
    assert any_store.load("levy") == other
    assert any_store.delete("tax") == 1
    assert any_store.load("levy") == other
    assert [info.id for info in any_store.maps()] == ["levy"]


def test_other_peoples_nodes_are_left_alone(any_store: Store) -> None:
    any_store.cypher("CREATE (:Book {id: 'tax/cuts', title: 'B'})-[:BY]->(:Author {name: 'A'})", write=True)
    any_store.replace(WHOLE)
    any_store.cypher(
        "MATCH (b:Book), (c:Claim {id: $id}) SET c.colour = 'red' CREATE (b)-[:ABOUT]->(c)",
        {"id": TAX.id},
        write=True,
    )
    assert any_store.load("tax") == WHOLE
    any_store.replace(tax(replace(TAX, text="Reworded.")))
    question = "MATCH (a:Author)<-[:BY]-(b:Book)-[:ABOUT]->(c) RETURN a.name, b.title, c.text, c.colour"
    assert any_store.cypher(question).rows == (("A", "B", "Reworded.", "red"),)
    any_store.delete("tax")
    assert any_store.cypher("MATCH (n) RETURN labels(n)[0] AS label ORDER BY label").rows == (
        ("Author",),
        ("Book",),
    )


def test_a_database_with_other_peoples_persons_is_refused(any_store: Store, any_address: str) -> None:
    any_store.cypher("CREATE (:Person {id: 'x', name: 'Ada'})", write=True)
    with pytest.raises(StoreError, match="holds Person nodes that are not argmap's") as caught:
        any_store.replace(WHOLE)
    assert "\n  Use a database of its own" in str(caught.value)
    assert any_store.maps() == []
    shared = open_store(any_address, shared_labels=True)
    shared.replace(WHOLE)
    assert shared.load("tax") == WHOLE
    shared.delete("tax")
    assert shared.cypher("MATCH (n) RETURN n.name").rows == (("Ada",),)
    shared.close()


def test_the_id_of_a_map_from_another_file_is_refused(any_store: Store) -> None:
    any_store.replace(WHOLE)
    usurper = replace(tax(TAX), file="/elsewhere/tax.argdown")
    with pytest.raises(MapTaken) as caught:
        any_store.replace(usurper)
    assert str(caught.value) == (
        'The map "tax" was loaded from another file: /maps/tax.argdown (this is /elsewhere/tax.argdown).\n'
        "  Load this one under another id with --as ID, or put it in the other's place with --replace."
    )
    assert any_store.load("tax") == WHOLE
    any_store.replace(usurper, force=True)
    assert any_store.load("tax") == usurper


def test_an_id_of_another_maps_item_is_refused(any_store: Store) -> None:
    any_store.replace(ArgumentMap(id="a", title="A", items=(Claim(id="a/b/c", title="C"),)))
    with pytest.raises(StoreError, match='"a/b/c" is already that of an item of the map "a"'):
        any_store.replace(ArgumentMap(id="a/b", title="B", items=(Claim(id="a/b/c", title="C"),)))
    assert [info.id for info in any_store.maps()] == ["a"]


@pytest.mark.parametrize(
    ("argmap", "message"),
    [
        (replace(WHOLE, id=""), "A map needs an id to be stored."),
        (tax(TAX, TAX), 'Two items of the map have the id "tax/cuts".'),
        (
            tax(replace(TAX, id="levy/cuts")),
            'The item id "levy/cuts" does not begin with the map\'s id, "tax/".',
        ),
        (tax(TAX, links=(ANSWER,)), 'A link (REBUTS) ends at "tax/poor", which the map does not have.'),
        (
            tax(replace(TAX, text="half \ud83d")),
            "'tax/cuts': its text holds half a character (U+D83D), which no store can keep",
        ),
        (tax(replace(TAX, extra={"when": {1, 2}})), "tax/cuts: its extra cannot be kept as JSON: "),
    ],
)
def test_what_cannot_be_kept_is_refused_whole(any_store: Store, argmap: ArgumentMap, message: str) -> None:
    any_store.replace(tax(TAX, CARD))
    with pytest.raises(StoreError) as caught:
        any_store.replace(argmap)
    assert str(caught.value).startswith(message)
    assert any_store.load("tax") == tax(TAX, CARD)


def test_a_deleted_map_is_gone(any_store: Store) -> None:
    any_store.replace(WHOLE)
    assert any_store.delete("tax") == 7
    assert any_store.maps() == []
    assert any_store.cypher("MATCH (n) RETURN n").rows == ()


def test_a_map_that_is_not_there(any_store: Store) -> None:
    with pytest.raises(NoSuchMap) as caught:
        any_store.load("tax")
    assert str(caught.value) == (
        'The store has no map "tax".\n  It has no maps yet: `argmap load FILE` puts one in.'
    )
    any_store.replace(WHOLE)
    for ask in (any_store.load, any_store.delete, lambda map_id: any_store.find("x", map_id=map_id)):
        with pytest.raises(NoSuchMap, match='no map "taxes"') as caught:
            ask("taxes")
        assert 'Did you mean "tax"?' in str(caught.value)


def test_maps_are_told_without_loading_them(any_store: Store) -> None:
    any_store.replace(WHOLE)
    (info,) = any_store.maps()
    assert (info.id, info.title, info.format, info.file, info.sha256) == (
        "tax",
        "Sugar tax",
        "argdown",
        "/maps/tax.argdown",
        "ab12",
    )
    assert info.counts == {
        "Claim": 1,
        "Rebuttal": 1,
        "Evidence": 1,
        "Inference": 1,
        "Source": 1,
        "Person": 1,
        "Locution": 1,
    }
    assert info.loaded_at.endswith("+00:00")


def test_the_neighbourhood_of_an_item(any_store: Store) -> None:
    chain = [Claim(id=f"tax/{name}", title=name) for name in "abcde"]
    links = tuple(link(LinkKind.SUPPORTS, after, before) for before, after in pairwise(chain))
    any_store.replace(tax(*chain, links=links, motion=("tax/a",)))
    near = any_store.neighbourhood("tax/c", 1)
    assert [item.title for item in near.items] == ["b", "c", "d"]
    assert [(each.start, each.end) for each in near.links] == [("tax/c", "tax/b"), ("tax/d", "tax/c")]
    assert near.motion == ()
    assert any_store.neighbourhood("tax/c", 0).items == (any_store.load("tax").by_id["tax/c"],)
    assert any_store.neighbourhood("tax/c", 2) == any_store.load("tax")
    with pytest.raises(NoSuchMap, match='no item "tax/z"'):
        any_store.neighbourhood("tax/z", 1)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("sugar", [TAX.id]),
        ("OBESITY, tax!", [TAX.id]),
        ("poor", [POOR.id]),
        ("hardest poor the", [POOR.id]),
        ("tax poor", []),
        ("7.6%", [CARD.id]),
        ("mexico colchero purchases", [CARD.id]),  # title, cite and quote together
        ("bmj", [SOURCE.id]),
        ("tax) OR (*:*", []),
        ('"', []),
        ("", []),
        ("su", []),
    ],
)
def test_find_wants_every_word_anywhere(any_store: Store, text: str, found: list[str]) -> None:
    any_store.replace(WHOLE)
    assert [hit.id for hit in any_store.find(text)] == found
    assert [hit.id for hit in any_store.find(text, map_id="tax")] == found


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Straße und Müller", "strasse MÜLLER"),
        ("漢字かな交じり文", "漢字"),
        ("שלום עליכם", "עליכם"),
        ("don't say e.g. 9.4bn", "don't 9.4bn"),
        ("well-known", "known well"),
    ],
)
def test_find_knows_words_of_any_script(any_store: Store, text: str, words: str) -> None:
    any_store.replace(tax(replace(TAX, text=text), POOR))
    assert [hit.id for hit in any_store.find(words)] == [TAX.id]


def test_find_keeps_to_a_map_and_to_a_limit_and_tells_where(any_store: Store) -> None:
    many = [Claim(id=f"tax/{number}", title=f"Levy {number}") for number in range(5)]
    in_text = Claim(id="tax/text", title="Other", text="A levy.")
    any_store.replace(tax(in_text, *many))
    any_store.replace(named("twin", tax(*many)))
    hits = any_store.find("levy", map_id="tax", limit=3)
    assert [(hit.map_id, hit.id, hit.label, hit.field) for hit in hits] == [
        ("tax", f"tax/{number}", "Claim", "title") for number in range(3)
    ]
    assert any_store.find("levy", map_id="tax")[-1].field == "text"
    assert len(any_store.find("levy")) == 11


def test_a_store_opened_for_reading_does_not_write(any_store: Store, any_address: str) -> None:
    any_store.replace(WHOLE)
    reader = open_store(any_address, read_only=True)
    assert reader.load("tax") == WHOLE
    for change in (lambda: reader.replace(tax(TAX)), lambda: reader.delete("tax")):
        with pytest.raises(StoreError, match="opened for reading only"):
            change()
    with pytest.raises(StoreError, match="opened for reading only"):
        reader.cypher("CREATE (n:X)", write=True)
    reader.close()


def test_a_second_reader_sees_what_was_written_since(any_store: Store, any_address: str) -> None:
    reader = open_store(any_address)
    assert reader.maps() == []
    any_store.replace(WHOLE)
    assert reader.load("tax") == WHOLE
    any_store.replace(tax(TAX))
    assert reader.load("tax") == tax(TAX)
    reader.close()


def test_about_tells_engine_version_and_place(any_store: Store, any_address: str) -> None:
    any_store.replace(WHOLE)
    about = any_store.about()
    assert about.location == any_address
    assert about.engine in ("embedded", "neo4j")
    assert any(character.isdigit() for character in about.version)
    assert about.problems == ()
    any_store.cypher("CREATE (:Claim {id: 'stray'})", write=True)
    assert any_store.about().problems == ("It holds Claim nodes that belong to no map.",)


def test_closing_twice_is_safe_and_a_closed_store_opens_again(any_store: Store) -> None:
    any_store.replace(WHOLE)
    any_store.close()
    any_store.close()
    assert any_store.load("tax") == WHOLE


def test_what_somebody_broke_with_cypher_is_named(any_store: Store) -> None:
    any_store.replace(WHOLE)
    any_store.cypher("MATCH (c:Claim) SET c.side = 'blue'", write=True)
    with pytest.raises(StoreError, match="the Claim tax/cuts: 'blue' is not a valid Side"):
        any_store.load("tax")
    any_store.delete("tax")
    any_store.replace(WHOLE)
    assert any_store.load("tax") == WHOLE


def test_extra_and_spans_are_json_text(any_store: Store) -> None:
    any_store.replace(WHOLE)
    rows = any_store.cypher("MATCH (e:Evidence) RETURN e.extra, e.spans, e.tags").rows
    assert json.loads(rows[0][0]) == {"pages": [3, 4], "nested": {"empty": None}}
    assert json.loads(rows[0][1]) == [{"kind": "highlight", "start": 0, "stop": 9, "colour": "cyan"}]
    assert rows[0][2] == ["health", "abroad"]
