"""Maps for tests of the semantics: short hand-written ones, random ones, and verdicts by definition."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable

from graph.model import (
    ArgumentMap,
    Claim,
    Evidence,
    Inference,
    Item,
    ItemId,
    Link,
    LinkKind,
    Polarity,
    Rebuttal,
    Source,
)

S, A, P, C = LinkKind.SUPPORTS, LinkKind.REBUTS, LinkKind.PREMISE_OF, LinkKind.CONCLUDES


def arguments(text: str, **strengths: float) -> ArgumentMap:
    """A map in a few letters: `e1 e2 => P` (any supports), `P & Q =i=> C` (a step i), `u -> C` (attacks),
    `P & Q =i=| C` (a step against C), `a <-> b` (contradict); names with small e are cards.
    """
    names: dict[str, Item] = {}
    links: list[Link] = []

    def add(name: str, cls: type[Item] | None = None, **values: object) -> ItemId:
        if name not in names or cls is not None:
            cls = cls or (Evidence if name.startswith("e") else Source if name.startswith("src") else Claim)
            if name in strengths:
                values["strength"] = strengths[name]
            names[name] = cls(id=f"m/{name}", title=name, **values)  # type: ignore[arg-type]
        return f"m/{name}"

    def link(kind: LinkKind, start: str, end: str) -> None:
        links.append(Link(kind=kind, start=start, end=end, order=len(links)))

    for line in text.strip().splitlines():
        start, arrow, end = line.partition("#")[0].split("=") if line.count("=") == 2 else _simple(line)
        starts = [add(name) for name in start.replace("&", " ").split()]
        for target in end.replace(">", "").replace("|", "").split():
            goal = add(target)
            if arrow in ("=>", "->", "<->", "cites"):
                kind = {"=>": S, "->": A, "<->": LinkKind.CONTRADICTS, "cites": LinkKind.CITES}[arrow]
                for each in starts:
                    link(kind, each, goal)
            else:
                against = "|" in end
                step = add(arrow, Inference, polarity=Polarity.ATTACKS if against else Polarity.SUPPORTS)
                for each in starts:
                    link(P, each, step)
                link(C, step, goal)
    items = tuple(names.values())
    return ArgumentMap(id="m", title="m", items=items, links=tuple(links))


def _simple(line: str) -> tuple[str, str, str]:
    for arrow in ("<->", "=>", "->", "cites"):
        start, found, end = line.partition(arrow)
        if found:
            return start, arrow, end
    return line, "", ""


def random_map(rng: random.Random, *, most: int = 9, cyclic: bool | None = None) -> ArgumentMap:
    """A small map with claims, cards, steps of both polarities, backings and contradictions."""
    if cyclic is None:
        cyclic = rng.random() < 0.5
    count = rng.randint(2, most)
    made: list[Item] = []
    for number in range(count):
        cls = rng.choice((Claim, Claim, Rebuttal, Evidence, Evidence, Inference))
        name = f"m/{number}"
        if cls is Inference:
            made.append(Inference(id=name, title=name, polarity=rng.choice(list(Polarity))))
        elif cls is Evidence:
            made.append(Evidence(id=name, title=name))
        else:
            made.append(cls(id=name, title=name, granted=rng.choice((None, None, None, True, False))))
    links: list[Link] = []
    for _ in range(rng.randint(1, 2 * count)):
        start, end = rng.sample(range(count), 2) if rng.random() < 0.95 else (rng.randrange(count),) * 2
        if not cyclic:
            start, end = max(start, end), min(start, end)
            if start == end:
                continue
        kind = _kind(rng, made[start], made[end])
        if kind is LinkKind.CONTRADICTS and not cyclic:
            continue
        if kind is not None:
            links.append(Link(kind=kind, start=made[start].id, end=made[end].id, order=len(links)))
    return ArgumentMap(id="m", title="m", items=tuple(made), links=tuple(links))


def _kind(rng: random.Random, start: Item, end: Item) -> LinkKind | None:
    if isinstance(start, Inference):
        return C
    if isinstance(end, Inference):
        return rng.choice((P, P, P, S, LinkKind.UNDERCUTS))
    if isinstance(end, Evidence):
        return LinkKind.UNDERMINES
    if isinstance(start, Evidence):
        return rng.choice((S, S, A))
    return rng.choice((S, S, A, A, LinkKind.CONTRADICTS))


def by_definition(
    argmap: ArgumentMap, *, need_evidence: bool = False, struck: Collection[ItemId] = ()
) -> dict[ItemId, str]:
    """The verdicts, read straight off docs/semantics.md with sets and repeated passes; slow."""
    nodes = {i.id: i for i in argmap.items if isinstance(i, (Claim, Rebuttal, Evidence, Inference))}
    against = {i.id for i in nodes.values() if isinstance(i, Inference) and i.polarity is Polarity.ATTACKS}
    attackers: dict[ItemId, set[ItemId]] = {v: set() for v in nodes}
    premises: dict[ItemId, set[ItemId]] = {v: set() for v in nodes}
    supporters: dict[ItemId, set[ItemId]] = {v: set() for v in nodes}
    for link in argmap.links:
        if link.via is not None or link.start not in nodes or link.end not in nodes:
            continue
        if link.kind is P:
            premises[link.end].add(link.start)
        elif link.kind is S or (link.kind is C and link.start not in against):
            supporters[link.end].add(link.start)
        else:
            attackers[link.end].add(link.start)
            if link.kind is LinkKind.CONTRADICTS:
                attackers[link.start].add(link.end)

    def support(v: ItemId, known: dict[ItemId, bool | None]) -> bool | None:
        """Whether the support of v holds: True, False, or None where that is open."""
        item = nodes[v]
        if isinstance(item, Evidence) or getattr(item, "granted", None) is True:
            return True
        backed = _any([known[u] for u in supporters[v]]) if supporters[v] else None
        if isinstance(item, Inference):
            if not premises[v] and not supporters[v]:
                return not need_evidence
            parts = [known[u] for u in premises[v]] + ([backed] if supporters[v] else [])
            return False if False in parts else None if None in parts else True
        if not supporters[v]:
            return getattr(item, "granted", None) is None and not need_evidence
        return backed

    derived: set[ItemId] = set()
    while True:
        more = {
            v
            for v in nodes
            if v not in struck and v not in derived and support(v, {u: u in derived for u in nodes})
        }
        if not more:
            break
        derived |= more
    known: dict[ItemId, bool | None] = dict.fromkeys(nodes)
    while True:
        new = dict(known)
        for v in nodes:
            holds = support(v, known)
            if v in struck or v not in derived or holds is False or any(known[u] for u in attackers[v]):
                new[v] = False
            elif holds and all(known[u] is False for u in attackers[v]):
                new[v] = True
        if new == known:
            return {v: _WORDS[known[v]] for v in nodes}
        known = new


_WORDS = {True: "stands", False: "falls", None: "contested"}


def _any(values: Iterable[bool | None]) -> bool | None:
    values = list(values)
    return True if True in values else None if None in values else False
