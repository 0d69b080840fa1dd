"""Claims that rest on one card, one passage, one article, one author or one publisher."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from graph.model import ArgumentMap, Evidence, Item, ItemId, MapId, Source, Statement
from graph.questions.bearing import all_supporters, cites, distances, source_names, supported
from graph.questions.items import says
from graph.questions.once import once_a_map
from graph.questions.quoted import passage, quoting
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


class Common(NamedTuple):
    """What all the evidence under an item has in common, as sets that shrink; by KINDS."""

    of: tuple[Values, ...] = (None,) * len(KINDS)

    def with_(self, other: Common) -> Common:
        return Common(tuple(map(_both, self.of, other.of)))


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
    under = all_supporters(argmap)
    common = _common(argmap)
    scope = Scope(argmap, side, kind, within)
    rests = Rests(argmap.id, distances(argmap), lambda what, key: _named(argmap, what, key))
    for item in scope.statements():
        if (one := narrowest(common.get(item.id, Common()))) is not None:
            rests.add(item, *one, alone=not all and item.id not in under)
    return rests.told(scope, limit)


@once_a_map
def _common(argmap: ArgumentMap) -> Mapping[ItemId, Common]:
    """What the evidence under each item of a map has in common; absent where there is none."""
    own: dict[ItemId, Common] = {}
    for item in argmap.items:
        if (evidence := own_evidence(item, [source for source, _ in cites(argmap, item.id)])) is not None:
            own[item.id] = evidence
    return in_common(supported(argmap), own)


class Rests:
    """The claims that rest on one thing, as they are found; then the answer."""

    def __init__(
        self,
        map_id: MapId,
        steps: Mapping[ItemId, int],
        named: Callable[[str, str], tuple[str, ItemId | None]],
    ) -> None:
        self.map_id = map_id
        self.steps = steps
        self.named = named  # what a claim rests on, by kind and key, as its name and its item
        self.found: list[tuple[str, str, Statement]] = []
        self.alone = 0

    def add(self, item: Statement, what: str, key: str, *, alone: bool) -> None:
        """A claim that rests on one thing; one that is `alone`, with nothing beneath it, is only counted."""
        if alone:
            self.alone += 1
        else:
            self.found.append((what, key, item))

    def told(
        self, scope: Scope, limit: int | None, whole: Callable[[list[Statement]], list[Statement]] = list
    ) -> Result:
        """The answer; `whole` gives the claims that are shown with their texts, where they have none yet."""
        size = Counter((what, key) for what, key, _ in self.found)
        far = float("inf")
        self.found.sort(
            key=lambda each: (-size[each[:2]], each[:2], self.steps.get(each[2].id, far), each[2].order)
        )
        shown = self.found[:limit]
        rows: list[tuple[Value, ...]] = []
        for (what, key, _), item in zip(shown, whole([item for *_, item in shown]), strict=True):
            name, on = self.named(what, key)
            rows.append((what, name, on, item.id, side_of(item), item.title, says(item)))
        return Result(
            SINGLE_SOURCE,
            tuple(rows),
            summary=self._summary(scope, size),
            question="single-source",
            map=self.map_id,
            truncated=len(rows) < len(self.found),
        )

    def _summary(self, scope: Scope, size: Counter[tuple[str, str]]) -> str:
        groups = [
            f"{count} on the {what} {self.named(what, key)[0]}" for (what, key), count in size.most_common(3)
        ]
        count, alone = len(self.found), self.alone
        if count:
            whole = f"{numbered(count, 'claim')}{scope.words} {'rests' if count == 1 else 'rest'}"
            summary = f"{whole} on one card, passage, article, author or publisher: "
            summary += f"{listed(groups, 'and')}{', and others' if len(size) > 3 else ''}."
        else:
            summary = f"No claim{scope.words} with support rests on one source alone."
        if alone:
            summary += (
                f" {alone} more that nothing supports {'cites' if alone == 1 else 'cite'} but one source"
            )
            summary += f" {'itself' if alone == 1 else 'themselves'}; --all lists them."
        return summary


def in_common(above: Mapping[ItemId, Iterable[ItemId]], own: Mapping[ItemId, Common]) -> dict[ItemId, Common]:
    """What the evidence under each item has in common; each item changes a few times at most.

    `above` says what each item supports, `own` what evidence it is or cites itself.
    """
    known = dict(own)
    queue = deque(known)
    waiting = set(queue)
    while queue:
        item_id = queue.popleft()
        waiting.discard(item_id)
        for end in above.get(item_id, ()):
            old = known.get(end)
            new = known[item_id] if old is None else old.with_(known[item_id])
            if new != old:
                known[end] = new
                if end not in waiting:
                    waiting.add(end)
                    queue.append(end)
    return known


def own_evidence(item: Item, cited: Sequence[Source]) -> Common | None:
    """The evidence that an item is or cites itself; None where it has none."""
    if not isinstance(item, Evidence) and not cited:
        return None
    if isinstance(item, Evidence):
        card = frozenset((item.id,))
        quoted = passage(item)
        passages = frozenset((quoted,) if quoted else (f"\0{item.id}",))
    else:
        card = passages = frozenset()
    authors = [frozenset(source.author) for source in cited]
    publishers = [frozenset((source.publisher,) if source.publisher else ()) for source in cited]
    article = frozenset((cited[0].id,)) if len({source.id for source in cited}) == 1 else frozenset()
    return Common((card, passages, article, _meet(authors), _meet(publishers)))


def _meet(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    every = list(sets)
    return frozenset.intersection(*every) if every else frozenset()


def narrowest(common: Common) -> tuple[str, str] | None:
    """The kind and the key of the narrowest thing that all the evidence is of, if there is one."""
    for what, values in zip(KINDS, common.of, strict=True):
        if values:
            return what, min(values)
    return None


def _named(argmap: ArgumentMap, what: str, key: str) -> tuple[str, ItemId | None]:
    match what:
        case "card":
            return f"“{argmap.by_id[key].title}”", key
        case "passage":
            card = quoting(argmap)[key][0]
            return f"“{card.title}”", card.id
        case "article":
            return source_names(argmap)[key], key
        case _:
            return key, None
