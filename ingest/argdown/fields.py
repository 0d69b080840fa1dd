"""What the data of an item says of it, as fields of the model."""

from __future__ import annotations

from math import isfinite
from typing import Any

from graph.export.argdown_keys import CARD_WORDS, FLAGS, ITEM_KEYS, WORDS
from graph.model import Origin, Side, Span, SpanKind
from ingest.argdown.citing import string, strings
from ingest.argdown.syntax import Kind, Member
from ingest.argdown.text import Text
from ingest.argdown.things import Thing

_ARGUMENT = Kind.ARGUMENT  # quicker to get at


def is_evidence(thing: Thing) -> bool:
    """Whether a thing is a card: it quotes, cites, or says so."""
    data = thing.data
    if not data:
        return "evidence" in thing.tags
    return "quote" in data or "cite" in data or "evidence" in thing.tags or data.get("evidence") is True


def title(thing: Thing) -> str:
    """Its title; what the data says goes before what stands in brackets."""
    stated = thing.data.get("title")
    return thing.title if stated is None else string(stated)


def text_of(thing: Thing, said: Member | None) -> str:
    """What it says, without the tags at its end; what the data says goes before."""
    stated = thing.data.get("text") if thing.data else None
    if stated is not None:
        return string(stated)
    if said is None:
        return ""
    text = said.text
    if not said.tags:
        return text
    for mark in reversed(said.ranges):
        if mark.kind == "tag":
            if mark.stop != len(text):
                break
            text = text[: mark.start].rstrip()
    return text


def tags(thing: Thing) -> tuple[str, ...]:
    """Its tags in the order in which they stand; what the data says goes before."""
    stated = thing.data.get("tags")
    return tuple(thing.tags if stated is None else strings(stated))


def extra(thing: Thing, said: Member | None) -> dict[str, Any]:
    """What the schema has no place for, and what Argdown needs to write it again."""
    own: dict[str, Any] = {}
    if thing.structure is None and thing.kind is _ARGUMENT:
        own["kind"] = "argument"
    if said is not None:
        if said.ranges and _is_marked(said):
            own["text"] = said.source
        if said.section is not None:
            own["section"] = said.section
        # One title with several texts is one item, which says one of them; the others are not lost.
        if len(thing.members) > 1 and (others := _other_texts(thing, said)):
            own["texts"] = others
    kept = {key: value for key, value in thing.data.items() if key not in ITEM_KEYS} if thing.data else {}
    if kept:
        stated = kept.pop("argdown", None)
        if stated is False:  # of a map that was not read from Argdown
            return kept
        if isinstance(stated, dict):
            own = {key: value for key, value in (own | stated).items() if value is not None}
    if own:
        kept["argdown"] = own
    return kept


def _other_texts(thing: Thing, said: Member) -> list[str]:
    """What its members say that is not what it says, each once."""
    texts = [m.source if _is_marked(m) else m.text for m in thing.members if not m.reference]
    chosen = said.source if _is_marked(said) else said.text
    return [text for text in dict.fromkeys(texts) if text not in ("", chosen)]


def _is_marked(member: Member) -> bool:
    """Whether the text says less than what was typed."""
    return any(mark.kind in ("bold", "italic", "link") for mark in member.ranges)


def values(thing: Thing, said: Member | None, text: Text) -> dict[str, Any]:
    """The fields of a statement or a card, without title, text and tags; wrong ones are noted."""
    data = thing.data
    found: dict[str, Any] = {"extra": extra(thing, said)}

    def wrong(key: str, what: str, hint: str) -> None:
        text.problem(thing.place(key, text), what, hint)

    if (side := data.get("side")) is not None:
        try:
            found["side"], found["side_stated"] = Side(str(side)), True
        except ValueError:
            wrong("side", f'"{side}" is no side', "Write side: pro, con, both or unknown.")
    if data.get("origin") == Origin.USER.value:
        found["origin"] = Origin.USER
    for key in WORDS:
        if data.get(key) is not None:
            found[key] = string(data[key])
    for key in FLAGS:
        if data.get(key) is None:
            continue
        if isinstance(data[key], bool):
            found[key] = data[key]
        else:
            wrong(
                key,
                f'{key} is "{string(data[key])}"',
                f"It is a yes or a no: write {key}: true, or leave it out.",
            )
    if (strength := data.get("strength")) is not None:
        number = _number(strength)
        if number is None or not 0 <= number <= 1:
            wrong("strength", f'strength is "{string(strength)}"', "Write a number from 0 to 1.")
        else:
            found["strength"] = number
    if is_evidence(thing):
        for key in ("team", *FLAGS):  # a card has none of these
            if key in found:
                found["extra"][key] = found.pop(key)
        _card(thing, found, text)
    return found


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    try:
        number = float(value)
    except ValueError:
        return None
    return number if isfinite(number) else None


def _card(thing: Thing, found: dict[str, Any], text: Text) -> None:
    data = thing.data
    for key, name in CARD_WORDS.items():
        if data.get(key) is not None:
            found[name] = string(data[key])
    if isinstance(data.get("words"), int):
        found["words"] = data["words"]
    if data.get("spans") is not None:
        try:
            found["spans"] = tuple(
                Span(SpanKind(kind), int(start), int(stop), *(map(string, rest)))
                for kind, start, stop, *rest in data["spans"]
            )
        except (ValueError, TypeError):
            text.problem(
                thing.place("spans", text),
                "spans that cannot be read",
                "Write spans: [[underline, 0, 12], …].",
            )
