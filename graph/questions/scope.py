"""Which items a question is asked about: of a side, of a kind, within what leads to one item."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from graph.errors import QuestionError
from graph.model import (
    ARGUERS,
    ARGUMENT_NODES,
    ArgumentMap,
    Evidence,
    Inference,
    Item,
    ItemId,
    Label,
    Side,
    Statement,
)
from graph.questions.bearing import kind_words, leading
from graph.wording import listed, nearest, numbered

NO_CLAIMS = "The map holds no claims or rebuttals."


@dataclass(frozen=True)
class Scope:
    """The part of a map that a question is about, and the words for it."""

    argmap: ArgumentMap
    side: str | None = None
    kind: str | None = None
    within: ItemId | None = None
    inside: frozenset[ItemId] | None = None  # what leads to `within`; found on the map unless it is given

    def __post_init__(self) -> None:
        if self.within is not None and self.inside is None:
            object.__setattr__(self, "inside", leading_to(self.argmap, self.within))

    def __contains__(self, item: Item) -> bool:
        return (
            (self.side is None or self.side == side_of(item))
            and (self.kind is None or is_of_kind(item, self.kind))
            and (self.inside is None or item.id in self.inside)
        )

    @property
    def words(self) -> str:
        """The scope after a noun: ` of side con, of kind link`; "" where it is the whole map."""
        parts = [f"of side {self.side}"] if self.side else []
        if self.kind:
            parts.append(f"of kind {self.kind}")
        if self.within:
            parts.append(f"within “{self.argmap.by_id[self.within].title}”")
        return "".join(f" {part}" for part in parts)

    @property
    def holds_any(self) -> bool:
        """Whether the map holds any claim or rebuttal at all."""
        return any(isinstance(item, Statement) for item in self.argmap.items)

    def statements(self) -> list[Statement]:
        """The claims and rebuttals but for the motion, in reading order."""
        motion = set(self.argmap.motion)
        return [
            item
            for item in self.argmap.items
            if isinstance(item, Statement) and item.id not in motion and item in self
        ]


def is_of_kind(item: Item, kind: str) -> bool:
    """Whether an item is of a kind: by its own word for it, by ours, or by its label; case aside."""
    return kind.casefold() in (kind_words(item).casefold(), item.label.value.casefold())


def unknown_kind(argmap: ArgumentMap, kind: str, kinds: Iterable[str] = ()) -> str:
    """A line that says which kinds there are, where the map has nothing of this one; "" where it has.

    `kinds` are those that the question knows besides the kinds of items.
    """
    known = list(dict.fromkeys(kinds))
    if kind.casefold() in known or any(is_of_kind(item, kind) for item in argmap.items):
        return ""
    here = {kind_words(item): item for item in argmap.items if item.label in ARGUERS}
    near = nearest(kind, [*here, *known])
    hint = f"Did you mean {listed(near)}?" if near else f"There are {listed([*sorted(here), *known], 'and')}."
    return f'Map "{argmap.id}" has nothing of kind "{kind}". {hint}'


def side_of(item: Item) -> str:
    """The side of a claim, rebuttal or card; "" for what has none."""
    return item.side.value if isinstance(item, (Statement, Evidence)) else ""


def leading_to(argmap: ArgumentMap, item_id: ItemId) -> frozenset[ItemId]:
    """The item, and everything from which a route of supports and attacks leads to it."""
    before = {end: [start for start, _ in starts] for end, starts in leading(argmap).items()}
    return all_before(item_id, before)


def all_before(item_id: ItemId, before: Mapping[ItemId, Iterable[ItemId]]) -> frozenset[ItemId]:
    """The item, and everything from which one comes to it; `before` says from where, in one step."""
    reached = {item_id}
    waiting = [item_id]
    while waiting:
        for start in before.get(waiting.pop(), ()):
            if start not in reached:
                reached.add(start)
                waiting.append(start)
    return frozenset(reached)


def need_sides(argmap: ArgumentMap) -> None:
    """Raise QuestionError, which says how to give sides, where no claim of the map has one."""
    statements = [item for item in argmap.items if isinstance(item, Statement)]
    sided = (item for item in statements if item.side in (Side.PRO, Side.CON, Side.BOTH))
    if statements and not any(item.id not in argmap.motion for item in sided):
        raise QuestionError(
            f'no claim of map "{argmap.id}" has a side\n'
            "  Name the motion in the file, so that sides follow from it (in Argdown: {kind: motion}), or "
            f"give one:\n  argmap set {argmap.id} ITEM side=pro   (in Argdown: {{side: pro}})"
        )


def unsided(scope: Scope) -> str:
    """A sentence about the claims on no one side, which questions of sides leave out; "" for none."""
    count = sum(side_of(item) not in (Side.PRO, Side.CON) for item in scope.statements())
    if not count:
        return ""
    return f" {numbered(count, 'claim is', 'claims are')} left out, being on both sides or on neither."


def argues(argmap: ArgumentMap, item_id: ItemId, *, sources: bool = False) -> Item:
    """The item, if it argues for something; raises QuestionError for a person or a source that does not."""
    item = argmap.by_id[item_id]
    if item.label in ARGUMENT_NODES or (sources and item.label is Label.SOURCE):
        return item
    raise QuestionError(
        f'"{item.title}" is a {item.label.value.lower()}, which argues for nothing\n'
        f"  Ask about a claim or a card: argmap show {argmap.id} lists them"
    )


def name_of(argmap: ArgumentMap, item: Item) -> str:
    """The item as a sentence speaks of it."""
    if isinstance(item, Inference):
        return item.title
    return f"“{item.title}”"
