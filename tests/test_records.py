"""Items and links as flat records, and back."""

from __future__ import annotations

import json

from graph.model import (
    ITEM_CLASSES,
    Claim,
    Evidence,
    Label,
    Link,
    LinkKind,
    Person,
    Side,
    Source,
    Span,
    SpanKind,
)
from graph.records import item_from_record, item_record, link_from_record, link_record

CARD = Evidence(
    id="m/card",
    title="Savings",
    quote="savings of between",
    spans=(Span(SpanKind.HIGHLIGHT, 0, 7, "cyan"), Span(SpanKind.UNDERLINE, 3, 9)),
    tags=("money", "figures"),
    side=Side.CON,
    extra={"page": 3, "nested": {"list": [1, None]}},
)


def test_a_record_is_json_and_comes_back_the_same():
    items = [CARD, Source(id="m/s", title="S", author=("A", "B")), Person(id="m/p", title="P", name="P")]
    for item in items:
        assert item_from_record(item.label, json.loads(json.dumps(item_record(item)))) == item
    link = Link(kind=LinkKind.CITES, start="m/card", end="m/s", locator="¶13", order=4)
    assert link_from_record(json.loads(json.dumps(link_record(link)))) == link


def test_what_is_unknown_is_absent():
    record = item_record(Claim(id="m/c", title="C"))
    assert set(record) == {"id", "title", "order", "origin", "side"}


def test_every_label_has_its_class():
    assert set(ITEM_CLASSES) == set(Label)
    assert all(cls.label is label for label, cls in ITEM_CLASSES.items())
