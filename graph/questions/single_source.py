"""Claims that rest on one card, one passage, one article, one author or one publisher."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator
from typing import NamedTuple, TypeAlias

from graph.model import ArgumentMap, Evidence, Item, ItemId
from graph.passages import fingerprint
from graph.questions.bearing import cites, distances, source_names, supporters
from graph.questions.items import says
from graph.questions.scope import Scope, side_of
from graph.result import Column, ColumnType, Result, Value
from graph.wording import listed, numbered

SINGLE_SOURCE = (
    Column("rests_on", ColumnType.LABEL, "one"),
    Column("name", heading="which"),
    Column("on", ColumnType.ID, "-"),
    Column("id", ColumnType.ID),
    Column("side", ColumnType.LABEL),
    Column("title", heading="-"),
    Column("text", heading="says"),
)
KINDS = ("card", "passage", "article", "author", "publisher")

Values: TypeAlias = "frozenset[str] | None"  # what all evidence so far has in common; None: no evidence yet


class _Common(NamedTuple):
    """What all the evidence under an item has in common, as sets that shrink; by KINDS."""

    of: tuple[Values, ...] = (None,) * len(KINDS)

    def with_(self, other: _Common) -> _Common:
        return _Common(tuple(_both(a, b) for a, b in zip(self.of, other.of, strict=True)))


def _both(a: Values, b: Values) -> Values:
    if a is None or b is None:
        return b if a is None else a
    return a if a == b else a & b


def single_source(
    argmap: ArgumentMap,
    *,
    side: str | None = None,
    kind: str | None = None,
    within: ItemId | None = None,
    all: bool = False,
    limit: int | None = None,
) -> Result:
    """The claims all of whose evidence is of one card, passage, article, author or publisher.

    The narrowest is told. Evidence is the cards and the cited sources under a claim, however far.
    A claim that nothing supports and that cites one article itself is listed only with `all`.
    """
    common = _common(argmap)
    names = source_names(argmap)
    steps = distances(argmap)
    scope = Scope(argmap, side, kind, within)
    found = []
    alone = 0
    for item in scope.statements():
        one = _narrowest(common.get(item.id, _Common()))
        if one is None:
            continue
        if not all and not supporters(argmap, item.id):
            alone += 1
            continue
        found.append((*one, item))
    size = Counter((what, key) for what, key, _ in found)
    far = len(argmap.items)
    found.sort(key=lambda each: (-size[each[:2]], each[:2], steps.get(each[2].id, far), each[2].order))
    rows: list[tuple[Value, ...]] = []
    for what, key, item in found[:limit]:
        name, on = _named(argmap, what, key, names)
        rows.append((what, name, on, item.id, side_of(item), item.title, says(item)))
    groups = [
        f"{count} on the {what} {_named(argmap, what, key, names)[0]}"
        for (what, key), count in size.most_common(3)
    ]
    if found:
        whole = f"{numbered(len(found), 'claim')}{scope.words} {'rests' if len(found) == 1 else 'rest'}"
        summary = f"{whole} on one card, passage, article, author or publisher: "
        summary += f"{listed(groups, 'and')}{', and others' if len(size) > 3 else ''}."
    else:
        summary = f"No claim{scope.words} with support rests on one source alone."
    if alone:
        summary += f" {alone} more that nothing supports {'cites' if alone == 1 else 'cite'} but one source"
        summary += f" {'itself' if alone == 1 else 'themselves'}; --all lists them."
    return Result(
        SINGLE_SOURCE,
        tuple(rows),
        summary=summary,
        question="single-source",
        map=argmap.id,
        truncated=len(rows) < len(found),
    )


def _common(argmap: ArgumentMap) -> dict[ItemId, _Common]:
    """What the evidence under each item has in common; each item changes a few times at most."""
    above: dict[ItemId, list[ItemId]] = {}
    known: dict[ItemId, _Common] = {}
    for item in argmap.items:
        for supporter in supporters(argmap, item.id):
            above.setdefault(supporter, []).append(item.id)
        own = _own(argmap, item)
        if own is not None:
            known[item.id] = own
    queue = deque(known)
    waiting = set(queue)
    while queue:
        item_id = queue.popleft()
        waiting.discard(item_id)
        for end in above.get(item_id, ()):
            old = known.get(end, _Common())
            new = old.with_(known[item_id])
            if new != old:
                known[end] = new
                if end not in waiting:
                    waiting.add(end)
                    queue.append(end)
    return known


def _own(argmap: ArgumentMap, item: Item) -> _Common | None:
    """The evidence that an item is or cites itself; None where it has none."""
    cited = [source for source, _ in cites(argmap, item.id)]
    if not isinstance(item, Evidence) and not cited:
        return None
    if isinstance(item, Evidence):
        card = frozenset((item.id,))
        passage = item.fingerprint or fingerprint(item.quote or "")
        passages = frozenset((passage,) if passage else (f"\0{item.id}",))
    else:
        card = passages = frozenset()
    authors = [frozenset(source.author) for source in cited]
    publishers = [frozenset((source.publisher,) if source.publisher else ()) for source in cited]
    article = frozenset((cited[0].id,)) if len({source.id for source in cited}) == 1 else frozenset()
    return _Common((card, passages, article, _meet(authors), _meet(publishers)))


def _meet(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    every = list(sets)
    return frozenset.intersection(*every) if every else frozenset()


def _narrowest(common: _Common) -> tuple[str, str] | None:
    for what, values in zip(KINDS, common.of, strict=True):
        if values:
            return what, min(values)
    return None


def _named(argmap: ArgumentMap, what: str, key: str, names: dict[ItemId, str]) -> tuple[str, ItemId | None]:
    match what:
        case "card":
            return f"“{argmap.by_id[key].title}”", key
        case "passage":
            card = next(_cards_of(argmap, key), None)
            return (f"“{card.title}”", card.id) if card else (key, None)
        case "article":
            return names[key], key
        case _:
            return key, None


def _cards_of(argmap: ArgumentMap, passage: str) -> Iterator[Evidence]:
    for item in argmap.items:
        if isinstance(item, Evidence) and passage in (item.fingerprint, fingerprint(item.quote or "")):
            yield item
