"""Which cards a still picture shows: all of a small map, else the levels next to the motion."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph.draw.tree import Branch, Forest, place_of
from graph.errors import OutputError
from graph.model import ATTACKS, ArgumentMap, ItemId, LinkKind

MOST_CARDS = 1_200  # as many as the page draws at once
MOST_LEVELS = 24  # to the right; deeper pictures are all width
_SHOWN_OF_MANY = 40  # children of one card, where not all of a map is drawn


@dataclass(frozen=True, slots=True)
class Row:
    """One thing to draw: a branch of the tree, or the card that says how many are not drawn."""

    branch: int  # -1: `rest` children that are not drawn
    above: int | None  # place of the row it hangs on
    against: bool = False  # under a root: it speaks against it
    closed: bool = False  # it has branches below that are not drawn
    rest: int = 0


@dataclass(frozen=True, slots=True)
class Choice:
    """The rows in reading order, a parent before its children, and how much of the map they are."""

    rows: tuple[Row, ...]
    drawn: int  # arguments
    of: int  # arguments there are, in the part that was asked for
    asked: bool = False  # somebody said how many levels


@dataclass(frozen=True, slots=True)
class Tree:
    """A forest with what is asked of it again and again."""

    branches: Sequence[Branch]
    children: Sequence[Sequence[int]]
    roots: Sequence[int]
    joints: frozenset[int]  # where linked premises meet: points, not cards
    below: Sequence[int]  # arguments under each
    attacks: Sequence[int]  # those of them that attack


def tree_of(forest: Forest) -> Tree:
    """The forest, counted."""
    branches = forest.branches
    children: list[list[int]] = [[] for _ in branches]
    joints = frozenset(
        branch.parent
        for branch in branches
        if branch.parent is not None and branch.beside and branch.bearing is LinkKind.PREMISE_OF
    )
    below, attacks = [0] * len(branches), [0] * len(branches)
    for place in reversed(range(len(branches))):  # children come after their parents
        branch = branches[place]
        if branch.parent is None:
            continue
        children[branch.parent].append(place)
        is_card = place not in joints
        below[branch.parent] += below[place] + is_card
        attacks[branch.parent] += attacks[place] + (is_card and branch.bearing in ATTACKS)
    for listed in children:
        listed.reverse()
    roots = [place for place, branch in enumerate(branches) if branch.parent is None]
    return Tree(branches, children, roots, joints, below, attacks)


def chosen(
    argmap: ArgumentMap, forest: Forest, tree: Tree, *, open_to: int | None, within: ItemId | None
) -> Choice:
    """What is drawn: `open_to` levels below the motion or `within` (None: what a picture has room for).

    Raises OutputError where the levels asked for are more than a picture can show.
    """
    roots = list(tree.roots) if within is None else [place_of(argmap, forest, within)]
    total = sum(tree.below[root] + (root not in tree.joints) for root in roots)
    levels = _levels(tree, roots)
    if open_to is None:
        if total <= MOST_CARDS and len(levels) <= MOST_LEVELS:
            return Choice(tuple(_rows(tree, roots, set(range(len(tree.branches))), None)), total, total)
        return _fitting(tree, roots, levels, total)
    asked = sum(levels[: open_to + 1])
    if asked > MOST_CARDS:
        raise OutputError(_too_many(argmap, open_to, levels))
    opened = {branch for branch, depth in depths(tree, roots) if depth < open_to}
    return Choice(tuple(_rows(tree, roots, opened, None)), asked, total, asked=True)


def depths(tree: Tree, roots: Sequence[int]) -> list[tuple[int, int]]:
    """The branches under `roots` with their levels, 0 for a root; premises are level with their step."""
    found: list[tuple[int, int]] = []
    waiting = [(root, 0) for root in reversed(roots)]
    while waiting:
        place, depth = waiting.pop()
        found.append((place, depth))
        further = depth + (place not in tree.joints)
        waiting.extend((child, further) for child in reversed(tree.children[place]))
    return found


def _levels(tree: Tree, roots: Sequence[int]) -> list[int]:
    """How many cards each level has."""
    counts: list[int] = []
    for place, depth in depths(tree, roots):
        if depth == len(counts):
            counts.append(0)
        counts[depth] += place not in tree.joints
    return counts


def _too_many(argmap: ArgumentMap, open_to: int, levels: Sequence[int]) -> str:
    text = (
        f"{argmap.id}: {open_to} levels are {sum(levels[: open_to + 1]):,} cards, and a picture holds "
        f"{MOST_CARDS:,}\n  "
    )
    fits = max((to for to in range(open_to) if sum(levels[: to + 1]) <= MOST_CARDS), default=0)
    if fits:
        text += f"--open-to {fits} makes {sum(levels[: fits + 1]):,}; --within ID draws one part alone."
    else:
        text += "Leave --open-to out for what fits, draw one part with --within ID, or write .html."
    return text


def _fitting(tree: Tree, roots: Sequence[int], levels: Sequence[int], total: int) -> Choice:
    """Level by level what there is room for, at most forty children of one card."""
    opened: set[int] = set()
    count = min(len(roots), _SHOWN_OF_MANY)
    level = list(roots[:_SHOWN_OF_MANY])
    for _ in range(min(len(levels), MOST_LEVELS)):
        further: list[int] = []
        for place in level:
            shown = tree.children[place][:_SHOWN_OF_MANY]
            if shown and count + len(shown) <= MOST_CARDS:
                opened.add(place)
                count += len(shown)
                further.extend(shown)
        level = further
    rows = _rows(tree, roots, opened, _SHOWN_OF_MANY)
    drawn = sum(row.branch >= 0 and row.branch not in tree.joints for row in rows)
    return Choice(tuple(rows), drawn, total)


def _rows(tree: Tree, roots: Sequence[int], opened: set[int], most: int | None) -> list[Row]:
    rows: list[Row] = []
    waiting: list[Row] = _listed(tree, roots, None, most)[::-1]
    while waiting:
        row = waiting.pop()
        place = row.branch
        if place >= 0 and tree.children[place] and place not in opened and place not in tree.joints:
            row = Row(place, row.above, row.against, closed=True)
        rows.append(row)
        if place >= 0 and (place in opened or place in tree.joints):
            children = tree.children[place]
            at = len(rows) - 1
            if row.above is None:  # what is against a root stands apart, so each is listed whole
                pros = [child for child in children if not _is_against(tree.branches[child])]
                cons = [child for child in children if _is_against(tree.branches[child])]
                apart = bool(pros and cons)
                listed = [
                    *_listed(tree, pros, at, most),
                    *_listed(tree, cons, at, most, against=apart),
                ]
            else:
                listed = _listed(tree, children, at, most)
            waiting.extend(reversed(listed))
    return rows


def _listed(
    tree: Tree, places: Sequence[int], above: int | None, most: int | None, *, against: bool = False
) -> list[Row]:
    shown = places if most is None else places[:most]
    rows = [Row(place, above, against) for place in shown]
    if left := places[len(shown) :]:
        hidden = sum(tree.below[place] + (place not in tree.joints) for place in left)
        rows.append(Row(-1, above, against, rest=hidden))
    return rows


def _is_against(branch: Branch) -> bool:
    return branch.bearing in ATTACKS or branch.bearing is LinkKind.CONTRADICTS
