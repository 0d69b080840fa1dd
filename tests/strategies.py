"""Whole argument maps for property tests: any items, any links the schema allows, any text."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from hypothesis import strategies as st

from graph.model import (
    ENDS,
    ITEM_CLASSES,
    ArgumentMap,
    DatePrecision,
    Item,
    Label,
    Link,
    LinkKind,
    Origin,
    Polarity,
    Side,
    Span,
    SpanKind,
)

AWKWARD = (
    "",
    " ",
    "\"quoted\" and 'single'",
    "back\\slash \\u0041 \\' \\\"",
    "emoji 🗳️👩‍⚖️ and 🏛",
    "\u202eright to left\u202c שלום عليكم",
    "漢字かな交じり文",
    "line\nline\r\nline\u2028line",
    "nul\x00byte \x1f \x7f \ufeff \ufffd",
    "</script><b>$x {{y}} `z` */ // --",
    "null",
    "2014-07-08",
)
"""Texts that have broken somebody's store or page."""

texts = st.one_of(st.sampled_from(AWKWARD), st.text(max_size=30))
optional_texts = st.none() | texts
_weights = st.none() | st.floats(0, 1)
_numbers = st.none() | st.integers(0, 10_000)
_booleans = st.none() | st.booleans()
_lists = st.lists(texts, max_size=3).map(tuple)
_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)
extras = st.dictionaries(texts, _json, max_size=3)
_spans = st.lists(
    st.builds(
        Span,
        kind=st.sampled_from(SpanKind),
        start=st.integers(0, 50),
        stop=st.integers(51, 100),
        colour=st.none() | st.sampled_from(["cyan", "yellow"]),
    ),
    max_size=3,
).map(tuple)

_BY_FIELD: dict[str, st.SearchStrategy[Any]] = {
    "text": texts,
    "title": texts,
    "tags": _lists,
    "origin": st.just(Origin.FILE),
    "extra": extras,
    "side": st.sampled_from(Side),
    "side_stated": st.booleans(),
    "granted": _booleans,
    "turn": _booleans,
    "strict": _booleans,
    "strength": _weights,
    "words": _numbers,
    "spans": _spans,
    "polarity": st.sampled_from(Polarity),
    "rules": _lists,
    "author": _lists,
    "date_precision": st.sampled_from(DatePrecision),
    "name": texts,
}


def items(item_id: str, order: int) -> st.SearchStrategy[Item]:
    """Any item of any label, under this id, at this place."""
    return st.one_of([_items_of(label, item_id, order) for label in Label])


def _items_of(label: Label, item_id: str, order: int) -> st.SearchStrategy[Item]:
    cls = ITEM_CLASSES[label]
    held = {
        field.name: _BY_FIELD.get(field.name, optional_texts)
        for field in fields(cls)
        if field.name not in ("id", "order")
    }
    return st.builds(cls, id=st.just(item_id), order=st.just(order), **held)


@st.composite
def argument_maps(draw: st.DrawFn, map_id: str = "m", max_items: int = 6) -> ArgumentMap:
    """A map of up to `max_items` items, linked as the schema allows, in reading order."""
    count = draw(st.integers(0, max_items))
    made = [draw(items(f"{map_id}/{number}", number)) for number in range(count)]
    shapes = [
        (kind, start.id, end.id)
        for kind in LinkKind
        for start in made
        for end in made
        if start.label in ENDS[kind][0] and end.label in ENDS[kind][1]
    ]
    chosen = draw(st.lists(st.sampled_from(shapes), max_size=8)) if shapes else []
    steps = [item.id for item in made if item.label is Label.INFERENCE]
    links = [
        Link(
            kind=kind,
            start=start,
            end=end,
            order=order,
            via=draw(st.none() | st.sampled_from(steps)) if steps else None,
            locator=draw(st.none() | st.sampled_from(["¶1", "¶2"])),
            extra=draw(extras),
        )
        for order, (kind, start, end) in enumerate(chosen)
    ]
    return ArgumentMap(
        id=map_id,
        title=draw(texts),
        text=draw(texts),
        items=tuple(made),
        links=tuple(links),
        motion=tuple(draw(st.lists(st.sampled_from([item.id for item in made]), max_size=2))) if made else (),
        debate_format=draw(optional_texts),
        format=draw(st.sampled_from(["argdown", "json"])),
        file="/maps/m.argdown",
        sha256=draw(st.sampled_from(["", "ab12"])),
        tags=draw(_lists),
        extra=draw(extras),
    )
