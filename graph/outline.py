"""A map as the tree that people read from the top, and one item with all that is known of it.

The tree is the drawing's own, so an item hangs in the terminal where it hangs in the picture.
"""

from __future__ import annotations

from collections.abc import Iterator

from graph.draw.tree import Branch, Forest, forest
from graph.edits import KEY as ADDED
from graph.edits import Edit, edits_at, edits_of
from graph.model import (
    ArgumentMap,
    Evidence,
    Inference,
    Item,
    ItemId,
    Label,
    LinkKind,
    Locution,
    Person,
    Side,
    Source,
    Statement,
)
from graph.questions.bearing import (
    attacks_on,
    cites,
    direct_attacks,
    kind_words,
    leads_against,
    premises,
    source_names,
    source_words,
    supporters,
)
from graph.result import Column, ColumnType, Result
from graph.wording import listed, numbered

OUTLINE = (
    Column("depth", ColumnType.INTEGER),
    Column("link", ColumnType.LABEL),
    Column("id", ColumnType.ID),
    Column("kind", ColumnType.LABEL),
    Column("side", ColumnType.LABEL),
    Column("title"),
    Column("text", heading="-"),
    Column("source"),
    Column("also", ColumnType.LIST, "-"),
)
DETAILS = (Column("field", ColumnType.LABEL), Column("value"), Column("id", ColumnType.ID))

_BEARS: dict[LinkKind, str] = {
    LinkKind.SUPPORTS: "supports",
    LinkKind.REBUTS: "rebuts",
    LinkKind.UNDERCUTS: "undercuts",
    LinkKind.UNDERMINES: "undermines",
    LinkKind.CONTRADICTS: "contradicts",
    LinkKind.PREMISE_OF: "premise",
    LinkKind.CONCLUDES: "leads to",
}


def outline(argmap: ArgumentMap) -> Result:
    """Every argument once, under the first thing it bears on; `also` names what else it bears on."""
    trees = forest(argmap)
    also = _also(argmap, trees)
    names = source_names(argmap)
    rows = []
    for place, branch in enumerate(trees.branches):
        item = argmap.by_id[branch.item]
        rows.append(
            (
                branch.depth,
                _bearing(branch),
                item.id,
                "motion" if item.id in argmap.motion else kind_words(item),
                _side(item),
                item.title,
                item.text,
                source_words(argmap, item, names),
                also.get(place, ()),
            )
        )
    return Result(OUTLINE, tuple(rows), summary=_summary(argmap), question="show", map=argmap.id)


def _bearing(branch: Branch) -> str:
    return "" if branch.bearing is None else _BEARS[branch.bearing]


def _also(argmap: ArgumentMap, trees: Forest) -> dict[int, tuple[str, ...]]:
    also: dict[int, tuple[str, ...]] = {}
    for cross in trees.also:
        end = argmap.by_id[trees.branches[cross.end].item]
        bears = "is a premise of" if cross.kind is LinkKind.PREMISE_OF else _BEARS[cross.kind]
        also[cross.start] = (*also.get(cross.start, ()), f"{bears} {end.title}")
    return also


def counted(argmap: ArgumentMap) -> str:
    """What a map holds, in words: `93 claims, 12 rebuttals, 9 cards`."""
    numbers = [
        (sum(item.label is label for item in argmap.items), one)
        for label, one in ((Label.CLAIM, "claim"), (Label.REBUTTAL, "rebuttal"), (Label.EVIDENCE, "card"))
    ]
    return ", ".join(numbered(number, one) for number, one in numbers)


def _summary(argmap: ArgumentMap) -> str:
    sources = sum(item.label is Label.SOURCE for item in argmap.items)
    held = counted(argmap) + (f", {numbered(sources, 'source')}" if sources else "")
    return f"{argmap.title}\n{argmap.id}: {held}"


def details(argmap: ArgumentMap, item_id: ItemId) -> Result:
    """All that the map says of one item, a row for each fact; `id` where the fact is another item."""
    item = argmap.by_id[item_id]
    rows = [("title", item.title, item.id), *((name, value, None) for name, value in _facts(argmap, item))]
    rows += _cited(argmap, item)
    rows += _neighbours(argmap, item)
    # What is kept under the format's own name is the reader's note to its writer.
    added = [*edits_of(item), *edits_at(argmap, item_id)]
    rows += [(each.kind, _added_words(each), None) for each in added]
    rows += [
        ("extra", f"{name}: {value}", None)
        for name, value in item.extra.items()
        if name not in (argmap.format, ADDED)
    ]
    return Result(DETAILS, tuple(row for row in rows if row[1]), question="show", map=argmap.id)


def _added_words(edit: Edit) -> str:
    who = " ".join(filter(None, (edit.by, edit.at[:10])))
    return f"{edit.what} ({who})" if who else edit.what


def _facts(argmap: ArgumentMap, item: Item) -> Iterator[tuple[str, str]]:
    yield "kind", "motion" if item.id in argmap.motion else kind_words(item)
    match item:
        case Statement() | Evidence():
            yield "side", "" if item.side is Side.UNKNOWN else item.side.value
        case _:
            pass
    yield "text", item.text
    match item:
        case Statement():
            yield "team", item.team or ""
            yield "speech", item.speech or ""
            yield "granted", "" if item.granted is None else _yes(item.granted)
            yield "strength", _number(item.strength)
        case Evidence():
            yield "quote", item.quote or ""
            yield "cite", item.cite or item.short_cite or ""
            yield "read aloud", item.spoken or ""
            yield "speech", item.speech or ""
            yield "strength", _number(item.strength)
            yield "verified", " ".join(filter(None, (item.verified, item.verified_at)))
        case Inference():
            yield "scheme", item.scheme or ""
            yield "rules", ", ".join(item.rules)
        case Source():
            yield "author", listed(item.author, "and")
            yield "qualifications", item.qualifications or ""
            yield "publisher", item.publisher or ""
            yield "date", item.date or ""
            yield "address", item.url or ""
            yield "read on", item.accessed or ""
        case Person():
            yield "name", item.name
        case Locution():
            yield "said at", item.start or ""
            yield "illocution", item.illocution or ""
        case _:
            pass
    yield "tags", ", ".join(f"#{tag}" for tag in item.tags)
    yield "added by", "a user" if item.origin == "user" else ""


def _cited(argmap: ArgumentMap, item: Item) -> Iterator[tuple[str, str, ItemId | None]]:
    for source, locator in cites(argmap, item.id):
        about = ", ".join(
            filter(None, (listed(source.author, "and"), source.title, source.publisher, source.date))
        )
        yield "source", f"{about}, {locator}" if locator else about, source.id
    for kind, field in ((LinkKind.ASSERTED_BY, "held by"), (LinkKind.REPORTED_BY, "reported by")):
        for link in argmap.outgoing.get(item.id, ()):
            if link.kind is kind and link.end in argmap.by_id:
                yield field, argmap.by_id[link.end].title, link.end


def _neighbours(argmap: ArgumentMap, item: Item) -> Iterator[tuple[str, str, ItemId | None]]:
    """What it bears on, what supports it, what attacks it; for sources and people, what is theirs."""
    for link in argmap.outgoing.get(item.id, ()):
        if link.kind in _BEARS and link.kind is not LinkKind.PREMISE_OF and link.end in argmap.by_id:
            against = link.kind is LinkKind.CONCLUDES and leads_against(argmap, item.id)
            yield "leads against" if against else _BEARS[link.kind], argmap.by_id[link.end].title, link.end
        elif link.kind is LinkKind.PREMISE_OF and len(premises(argmap, link.end)) > 1:
            yield "premise of", argmap.by_id[link.end].title, link.end
    for premise in premises(argmap, item.id):
        yield "premise", argmap.by_id[premise].title, premise
    for supporter in supporters(argmap, item.id):
        yield "supported by", argmap.by_id[supporter].title, supporter
    for attack in attacks_on(argmap, item.id, direct_attacks(argmap)):
        hit = argmap.by_id[attack.target]
        on = "" if hit is item else f" (it {attack.kind.value}s {hit.title})"
        yield "answered by", argmap.by_id[attack.attacker].title + on, attack.attacker
    for link in argmap.incoming.get(item.id, ()):
        if link.kind in _THEIRS and link.start in argmap.by_id:
            yield _THEIRS[link.kind], argmap.by_id[link.start].title, link.start


_THEIRS: dict[LinkKind, str] = {
    LinkKind.CITES: "cited by",
    LinkKind.ASSERTED_BY: "holds",
    LinkKind.REPORTED_BY: "reports",
    LinkKind.SAYS: "said in",
    LinkKind.SPOKEN_BY: "says",
}


def _side(item: Item) -> str:
    side = getattr(item, "side", Side.UNKNOWN)
    return "" if side is Side.UNKNOWN else Side(side).value


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:g}"
