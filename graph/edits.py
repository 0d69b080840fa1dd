"""What a user adds to a stored map: values set, notes, links; each as a pure edit of the map.

An edit is kept where it is made: a value in the field that it sets, and in the item's `extra`, under
KEY, what was there before, who set it and when; a link has origin *user* and says who and when in its
own `extra`. So every format that keeps `extra` keeps edits, and a file read again does not undo them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from graph.edit_values import ANY_TEXT, FIELDS, PARSERS, settable
from graph.errors import EditError
from graph.model import (
    ENDS,
    ArgumentMap,
    Evidence,
    Item,
    ItemId,
    Label,
    Link,
    LinkKind,
    Origin,
    Side,
    Statement,
)
from graph.records import link_from_record, link_record
from graph.sides import with_sides
from graph.wording import listed, nearest

KEY = "argmap-added"
"""The name in `extra` under which an item, a link or a map keeps what users added to it."""

_I = TypeVar("_I", bound=Item)


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who edits, and when (ISO 8601, UTC)."""

    by: str
    at: str


@dataclass(frozen=True, slots=True)
class Edit:
    """One thing that a user added, for people to read."""

    item: ItemId
    kind: str  # set, note or link
    what: str
    by: str = ""
    at: str = ""
    displaced: bool = False  # its item is gone; it comes back with it


def set_values(
    argmap: ArgumentMap, items: Iterable[ItemId], values: Mapping[str, object], stamp: Stamp
) -> ArgumentMap:
    """The map with these values on these items. Raises EditError where an item has no such field."""
    changed = {}
    for item_id in items:
        item = argmap.by_id[item_id]
        for name, value in values.items():
            if name not in settable(item):
                raise EditError(
                    f'"{item.title}" is a {_word(item)}, which has no {name}\n'
                    f"  It has {listed(settable(item), 'and') or 'nothing that can be set'}."
                )
            item = _with_value(item, name, value, {"by": stamp.by, "at": stamp.at})
        changed[item_id] = item
    return _settled(_with_items(argmap, changed))


def unset_values(argmap: ArgumentMap, items: Iterable[ItemId], names: Iterable[str]) -> ArgumentMap:
    """The map with what the file says for these fields again. Raises EditError where none was set."""
    wanted = list(names)
    changed = {}
    for item_id in items:
        item = argmap.by_id[item_id]
        for name in wanted:
            entries = _entries(item)
            if name not in entries:
                hint = f"Set are: {listed(entries, 'and')}." if entries else "Nothing of it was set."
                raise EditError(f'"{item.title}": no {name} was set by a user\n  {hint}')
            item = _held(item, name, entries.pop(name).get("was"))
            item = _with_added(item, "set", entries)
        changed[item_id] = item
    return _settled(_with_items(argmap, changed))


def add_note(argmap: ArgumentMap, item_id: ItemId, text: str, stamp: Stamp) -> ArgumentMap:
    """The map with a note on an item. Raises EditError where the note is empty."""
    if not text.strip():
        raise EditError('a note needs words\n  argmap note MAP ID "Ask for the study"')
    item = argmap.by_id[item_id]
    notes = [*_notes(item), {"text": text, "by": stamp.by, "at": stamp.at}]
    return _with_items(argmap, {item_id: _with_added(item, "notes", notes)})


def remove_note(argmap: ArgumentMap, item_id: ItemId, number: int) -> ArgumentMap:
    """The map without an item's note of this number, from 1. Raises EditError."""
    item = argmap.by_id[item_id]
    notes = _notes(item)
    if not 1 <= number <= len(notes):
        raise EditError(
            f'"{item.title}" has no note {number}\n  It has {len(notes)}; argmap notes {argmap.id}'
        )
    del notes[number - 1]
    return _with_items(argmap, {item_id: _with_added(item, "notes", notes)})


def add_link(argmap: ArgumentMap, start: ItemId, kind: LinkKind, end: ItemId, stamp: Stamp) -> ArgumentMap:
    """The map with a link. Raises EditError where the schema has no such link, or it is there already."""
    first, last = argmap.by_id[start], argmap.by_id[end]
    starts, ends = ENDS[kind]
    if first.label not in starts or last.label not in ends:
        fitting = [each for each, (a, b) in ENDS.items() if first.label in a and last.label in b]
        hint = f"Between these: {listed(map(words_of, fitting))}." if fitting else "Nothing links these."
        raise EditError(f"a {_word(first)} {words_of(kind)} no {_word(last)}\n  {hint}")
    if start == end:
        raise EditError(f'"{first.title}" cannot be linked to itself\n  Name two items.')
    link = Link(
        kind=kind,
        start=start,
        end=end,
        order=max((each.order for each in argmap.links), default=-1) + 1,
        origin=Origin.USER,
        extra={KEY: {"by": stamp.by, "at": stamp.at}},
    )
    if any(_same(link, each) for each in argmap.links):
        raise EditError(f'"{first.title}" {words_of(kind)} "{last.title}" already\n  argmap show {argmap.id}')
    return with_sides(replace(argmap, links=(*argmap.links, link)))


def remove_link(argmap: ArgumentMap, start: ItemId, kind: LinkKind, end: ItemId) -> ArgumentMap:
    """The map without a link that a user added. Raises EditError where there is none."""
    wanted = Link(kind=kind, start=start, end=end)
    found = [each for each in argmap.links if _same(wanted, each)]
    said = f'"{argmap.by_id[start].title}" {words_of(kind)} "{argmap.by_id[end].title}"'
    if not found:
        raise EditError(f"{said}: there is no such link\n  argmap notes {argmap.id} lists what was added.")
    if all(each.origin is not Origin.USER for each in found):
        raise EditError(f"{said}: the file says so, not a user\n  Take it out of the file and load it again.")
    kept = tuple(each for each in argmap.links if not (each in found and each.origin is Origin.USER))
    return with_sides(replace(argmap, links=kept))


def link_kind(word: str) -> LinkKind:
    """The kind of link that a word names: `rebuts`, `asserted-by`. Raises EditError."""
    wanted = word.upper().replace("-", "_").replace(" ", "_")
    if wanted in LinkKind.__members__:
        return LinkKind[wanted]
    names = [words_of(kind) for kind in LinkKind]
    near = nearest(word, names)
    raise EditError(f'no link is called "{word}"\n  Did you mean {listed(near or names[:5])}?')


def words_of(kind: LinkKind) -> str:
    """A kind of link as people type it."""
    return kind.value.lower().replace("_", "-")


def edits(argmap: ArgumentMap) -> list[Edit]:
    """Everything that users added, item by item in reading order, what lost its place at the end."""
    found = [each for item in argmap.items for each in edits_of(item)]
    found += [_of_link(argmap, link) for link in argmap.links if link.origin is Origin.USER]
    items, links = _displaced(argmap)
    for item_id, held in items.items():
        found += [replace(each, displaced=True) for each in _of_added(item_id, held)]
    found += [replace(_of_link(argmap, link), displaced=True) for link in links]
    return found


def edits_of(item: Item) -> list[Edit]:
    """What users added to one item, its links apart."""
    return _of_added(item.id, _added(item))


def edits_at(argmap: ArgumentMap, item_id: ItemId) -> list[Edit]:
    """The links that users added to one item, whichever end it is."""
    found = [
        _of_link(argmap, link) for link in argmap.outgoing.get(item_id, ()) if link.origin is Origin.USER
    ]
    for link in argmap.incoming.get(item_id, ()):
        if link.origin is Origin.USER and link.start in argmap.by_id:
            said = f"{argmap.by_id[link.start].title} {words_of(link.kind)} it"
            found.append(replace(_of_link(argmap, link), what=said))
    return found


def _of_added(item_id: ItemId, held: Mapping[str, Any]) -> list[Edit]:
    entries, notes = _entries_in(held), _notes_in(held)
    found = [
        Edit(item_id, "set", f"{name}={_shown(entry.get('value'))}", *_who(entry))
        for name, entry in entries.items()
    ]
    return found + [Edit(item_id, "note", str(note["text"]), *_who(note)) for note in notes]


def _of_link(argmap: ArgumentMap, link: Link) -> Edit:
    end = argmap.by_id.get(link.end)
    held = link.extra.get(KEY)
    who = _who(held) if isinstance(held, Mapping) else ("", "")
    return Edit(link.start, "link", f"{words_of(link.kind)} {end.title if end else link.end}", *who)


def _who(entry: Mapping[str, Any]) -> tuple[str, str]:
    return str(entry.get("by") or ""), str(entry.get("at") or "")


def _shown(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def carried(old: ArgumentMap, new: ArgumentMap) -> tuple[ArgumentMap, list[str]]:
    """`new` with what users added to `old`, and a sentence for everything that has just lost its place.

    What has lost its place is kept with the map and comes back with its item.
    """
    waiting, waiting_links = _displaced(old)
    added = {item.id: _added(item) for item in old.items if KEY in item.extra}
    theirs = {**waiting, **added}
    user_links = [link for link in old.links if link.origin is Origin.USER] + waiting_links
    if not theirs and not user_links and not any(item.origin is Origin.USER for item in old.items):
        return new, []
    told: list[str] = []
    argmap = _with_user_items(old, new, told)
    lost: dict[ItemId, Mapping[str, Any]] = {}
    changed: dict[ItemId, Item] = {}
    for item_id, held in theirs.items():
        item = argmap.by_id.get(item_id)
        if item is None:
            lost[item_id] = held
            if item_id in added:
                told += [_lost(old.by_id[item_id], each) for each in _of_added(item_id, held)]
        elif item.origin is not Origin.USER or item_id in waiting:
            changed[item_id], left = _again(item, held)
            if left:
                lost[item_id] = {"set": left}
                if item_id in added:
                    told += [_lost(item, each, _word(item)) for each in _of_added(item_id, lost[item_id])]
    argmap = _with_items(argmap, changed)
    argmap, lost_links = _with_user_links(old, argmap, user_links, told)
    extra = {name: held for name, held in argmap.extra.items() if name != KEY}
    if lost or lost_links:
        extra[KEY] = {"displaced": dict(lost), "links": [link_record(link) for link in lost_links]}
    argmap = replace(argmap, extra=extra)
    return (_settled(argmap) if changed or user_links else argmap), told


def _with_user_items(old: ArgumentMap, new: ArgumentMap, told: list[str]) -> ArgumentMap:
    items = list(new.items)
    for item in old.items:
        if item.origin is not Origin.USER:
            continue
        theirs = new.by_id.get(item.id)
        if theirs is None:
            items.append(replace(item, order=len(items)))
        elif theirs.origin is not Origin.USER:
            told.append(f'"{item.title}", which you added, is now in the file; the file\'s is kept.')
    return new if len(items) == len(new.items) else replace(new, items=tuple(items))


def _with_user_links(
    old: ArgumentMap, new: ArgumentMap, theirs: list[Link], told: list[str]
) -> tuple[ArgumentMap, list[Link]]:
    links, lost = list(new.links), []
    keys = {link.key for link in links}
    for link in theirs:
        if link.key in keys:
            continue
        ends = [end for end in (link.start, link.end, link.via) if end is not None]
        gone = [end for end in ends if end not in new.by_id]
        if gone or not _fits(new, link):
            lost.append(link)
            if all(end in old.by_id for end in ends):
                titles = [old.by_id[end].title for end in (link.start, link.end)]
                kind = link.kind.value.lower().replace("_", " ")
                why = (
                    f'the file no longer has "{old.by_id[gone[0]].title}"'
                    if gone
                    else f"between a {_word(new.by_id[link.start])} and a {_word(new.by_id[link.end])} "
                    "there is no such link"
                )
                told.append(f'"{titles[0]}" {kind} "{titles[1]}", which you added, lost its place: {why}.')
        else:
            keys.add(link.key)
            links.append(replace(link, order=len(links)))
    return replace(new, links=tuple(links)), lost


def _fits(argmap: ArgumentMap, link: Link) -> bool:
    starts, ends = ENDS[link.kind]
    return argmap.by_id[link.start].label in starts and argmap.by_id[link.end].label in ends


def _again(item: Item, held: Mapping[str, Any]) -> tuple[Item, dict[str, Any]]:
    """The file's item with a user's values and notes, and the values that it has no field for."""
    own = _entries(item)
    left: dict[str, Any] = {}
    for name, entry in _entries_in(held).items():
        if name not in settable(item):
            left[name] = entry
            continue
        was = own[name].get("was") if name in own else _file_says(item, name)
        item = _with_value(item, name, entry.get("value"), {**entry, "was": was})
    notes = _notes(item)
    notes += [note for note in _notes_in(held) if note not in notes]
    return (_with_added(item, "notes", notes) if notes else item), left


def _lost(item: Item, edit: Edit, is_now: str = "") -> str:
    what = f"your note “{edit.what}”" if edit.kind == "note" else f"{edit.what}, which you set,"
    why = f"it is now a {is_now}" if is_now else "the file no longer has it"
    return f'"{item.title}": {what} lost its place: {why}. It is kept for when it comes back.'


def _displaced(argmap: ArgumentMap) -> tuple[dict[ItemId, Mapping[str, Any]], list[Link]]:
    held = argmap.extra.get(KEY)
    if not isinstance(held, Mapping):
        return {}, []
    items, links = held.get("displaced"), held.get("links")
    found = {k: v for k, v in items.items() if isinstance(v, Mapping)} if isinstance(items, Mapping) else {}
    try:
        return found, [link_from_record(each) for each in links or ()]
    except (ValueError, TypeError, AttributeError):  # not ours: somebody's file has the same name
        return found, []


def _with_value(item: _I, name: str, value: object, entry: Mapping[str, Any]) -> _I:
    entries = _entries(item)
    was = entry["was"] if "was" in entry else entries.get(name, {"was": _file_says(item, name)}).get("was")
    entries[name] = {"value": value, "was": was, "by": entry.get("by", ""), "at": entry.get("at", "")}
    return _with_added(_held(item, name, value), "set", entries)


def _held(item: _I, name: str, value: object) -> _I:
    """The item with a field as a plain value says it; None is what nobody said."""
    if name == "side":
        known = Side(value) if isinstance(value, str) and value in set(Side) else None
        return replace(item, side=known or Side.UNKNOWN, side_stated=known is not None)  # type: ignore[call-arg]  # statements and cards have it
    values: dict[str, Any] = {name: value}
    return replace(item, **values)


def _file_says(item: Item, name: str) -> object:
    if name == "side":
        return item.side.value if isinstance(item, (Statement, Evidence)) and item.side_stated else None
    held: object = getattr(item, name)
    return held


def _added(item: Item) -> Mapping[str, Any]:
    held = item.extra.get(KEY)
    return held if isinstance(held, Mapping) else {}


def _entries(item: Item) -> dict[str, Any]:
    return _entries_in(_added(item))


def _entries_in(held: Mapping[str, Any]) -> dict[str, Any]:
    entries = held.get("set")
    if not isinstance(entries, Mapping):
        return {}
    return {
        name: dict(entry)
        for name, entry in entries.items()
        if name in FIELDS and isinstance(entry, Mapping) and _is_sound(name, entry)
    }


def _is_sound(name: str, entry: Mapping[str, Any]) -> bool:
    """Whether an entry is one of ours: a file from elsewhere may hold anything under our name."""
    parse, _ = PARSERS.get(name, ANY_TEXT)
    for held in (entry.get("value"), entry.get("was")):
        try:
            if held is not None and parse(_shown(held)) != held:
                return False
        except ValueError:
            return False
    return entry.get("value") is not None


def _notes(item: Item) -> list[dict[str, Any]]:
    return _notes_in(_added(item))


def _notes_in(held: Mapping[str, Any]) -> list[dict[str, Any]]:
    notes = held.get("notes")
    if not isinstance(notes, list):
        return []
    return [dict(note) for note in notes if isinstance(note, Mapping) and "text" in note]


def _with_added(item: _I, name: str, value: object) -> _I:
    added = {key: held for key, held in {**_added(item), name: value}.items() if held}
    extra = {key: held for key, held in item.extra.items() if key != KEY}
    return replace(item, extra={**extra, KEY: added} if added else extra)


def _with_items(argmap: ArgumentMap, changed: Mapping[ItemId, Item]) -> ArgumentMap:
    if not changed:
        return argmap
    return replace(argmap, items=tuple(changed.get(item.id, item) for item in argmap.items))


def _settled(argmap: ArgumentMap) -> ArgumentMap:
    """Sides derived again, since a stated one is where the paths beneath it start."""
    return with_sides(argmap)


def _same(a: Link, b: Link) -> bool:
    """Whether two links say the same; who says it, and where, left aside."""
    ends = {(b.start, b.end), (b.end, b.start)} if a.kind is LinkKind.CONTRADICTS else {(b.start, b.end)}
    return a.kind is b.kind and (a.start, a.end) in ends


def _word(item: Item) -> str:
    return {Label.EVIDENCE: "card", Label.INFERENCE: "step"}.get(item.label, item.label.value.lower())
