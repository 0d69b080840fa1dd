"""Loading a map again where little of it changed: only that is read and written, and all is the same."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from tax_map import POOR, TAX, WHOLE, tax

from graph.edits import Stamp, add_note
from graph.merge import merge
from graph.model import ArgumentMap, Claim, Item, Link, LinkKind, Rebuttal
from graph.store import reading
from graph.store.port import Replaced, Store

KINDS = (LinkKind.SUPPORTS, LinkKind.REBUTS)


def _made_up(chance: random.Random) -> ArgumentMap:
    numbers = [number for number in range(30) if chance.random() < 0.8]
    items: list[Item] = []
    for place, number in enumerate(numbers):
        cls = Rebuttal if number % 3 == 0 else Claim
        text = f"Says {chance.choice('abc')}"
        items.append(cls(id=f"made/{number}", title=f"T{number}", text=text, order=place))
    links = tuple(
        Link(
            kind=chance.choice(KINDS),
            start=f"made/{start}",
            end=f"made/{chance.choice(numbers)}",
            order=place,
            locator=chance.choice((None, "p. 3")),
        )
        for place, start in enumerate(numbers)
        if chance.random() < 0.8
    )
    return ArgumentMap(id="made", title="Made", items=tuple(items), links=links, file="/made")


def _counts(changes: object) -> tuple[int, ...]:
    before = "" if isinstance(changes, Replaced) else "count_"
    return tuple(getattr(changes, f"{before}{name}") for name in ("added", "changed", "removed", "unchanged"))


def test_what_differs_is_found_without_the_old_map(any_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(8)
    old = _made_up(chance)
    any_store.replace(old)

    def whole(*_: object) -> ArgumentMap:
        raise AssertionError("the whole old map was read")

    for _ in range(10):
        new = _made_up(chance)
        with monkeypatch.context() as without:
            without.setattr(reading, "whole", whole)
            done = any_store.replace(new)
        assert _counts(done) == _counts(merge(old, new))
        assert any_store.load("made") == new
        old = new
    assert any_store.repair(really=False) == []


@pytest.mark.parametrize("what", ["note", "query", "label", "repair"])
def test_where_marks_say_nothing_the_whole_map_is_compared(any_store: Store, what: str) -> None:
    any_store.replace(WHOLE)
    changed: Item = replace(POOR, text="The poor pay most.")
    match what:
        case "note":
            stamp = Stamp("coach", "2024-05-01T10:00:00+00:00")
            any_store.edit("tax", lambda held: add_note(held, TAX.id, "Say it slowly.", stamp), "note")
        case "query":
            any_store.cypher("MATCH (c:Claim {id: $id}) SET c.text = 'else'", {"id": TAX.id}, write=True)
        case "label":
            changed = Rebuttal(id=POOR.id, title=POOR.title, text=POOR.text, order=POOR.order)
        case "repair":
            any_store.cypher("MATCH (m:Map) SET m.claims = 7", write=True)
            assert any_store.repair(really=True)
    new = replace(WHOLE, items=tuple(changed if item.id == POOR.id else item for item in WHOLE.items))
    any_store.replace(new)
    held = any_store.load("tax")
    assert [item.text for item in held.items] == [item.text for item in new.items]
    assert [item.label for item in held.items] == [item.label for item in new.items]
    assert held.links == new.links
    if what == "note":
        assert "Say it slowly." in str(held.by_id[TAX.id].extra)


def test_marks_are_not_shown(any_store: Store) -> None:
    any_store.replace(tax(TAX))
    ((node, mark),) = any_store.cypher("MATCH (c:Claim) RETURN c, c.argmap_mark").rows
    assert "argmap_mark" not in node.properties
    assert isinstance(mark, int)
