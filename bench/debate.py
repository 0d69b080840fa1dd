"""Makes debates of any size for the benchmarks: always the same for the same size and seed."""

from __future__ import annotations

import random

from graph.model import ArgumentMap, Claim, Evidence, Inference, Item, Link, LinkKind, Polarity, Rebuttal


def debate(size: int, *, circles: float = 0.02, seed: int = 1) -> ArgumentMap:
    """A debate of `size` items about one motion: claims, rebuttals, cards, linked premises, undercuts.

    `circles` is the share of items that contradict an earlier one, which makes circles of attacks.
    """
    rng = random.Random(seed)
    items: list[Item] = [Claim(id="b/0", title="Motion", kind="motion")]
    links: list[Link] = []
    statements = [0]  # what can be supported and attacked, by number
    steps: list[int] = []

    def link(kind: LinkKind, start: int, end: int, via: str | None = None) -> None:
        links.append(Link(kind=kind, start=f"b/{start}", end=f"b/{end}", order=len(links), via=via))

    while len(items) < size:
        number = len(items)
        what = rng.random()
        goal = rng.choice(statements)
        strength = round(rng.uniform(0.2, 0.9), 2)
        if what < 0.40:
            items.append(Evidence(id=f"b/{number}", title=f"Card {number}", strength=strength))
            link(LinkKind.SUPPORTS, number, goal)
            if rng.random() < 0.1:  # the same card again elsewhere
                link(LinkKind.SUPPORTS, number, rng.choice(statements))
        elif what < 0.65:
            items.append(Claim(id=f"b/{number}", title=f"Claim {number}"))
            link(LinkKind.SUPPORTS, number, goal)
            statements.append(number)
        elif what < 0.92:
            items.append(Rebuttal(id=f"b/{number}", title=f"Rebuttal {number}"))
            if steps and rng.random() < 0.1:
                link(LinkKind.UNDERCUTS, number, rng.choice(steps))
            else:
                link(LinkKind.REBUTS, number, goal)
            statements.append(number)
        elif number + 3 <= size:
            items.append(Inference(id=f"b/{number}", title=f"Step {number}", polarity=Polarity.SUPPORTS))
            link(LinkKind.CONCLUDES, number, goal)
            for premise in (number + 1, number + 2):
                items.append(Claim(id=f"b/{premise}", title=f"Premise {premise}"))
                link(LinkKind.PREMISE_OF, premise, number)
                link(LinkKind.SUPPORTS, premise, goal, via=f"b/{number}")
                statements.append(premise)
            steps.append(number)
        if rng.random() < circles:
            start, end = rng.choice(statements), rng.choice(statements)
            if start != end:
                link(LinkKind.CONTRADICTS, start, end)
    return ArgumentMap(id="b", title="Debate", items=tuple(items), links=tuple(links), motion=("b/0",))


def framework(size: int, *, component: int | None = None, seed: int = 1) -> list[tuple[int, int]]:
    """Attacks between `size` arguments, in the shape of a debate; with `component`, joined into strongly
    connected components of that many.
    """
    rng = random.Random(seed)
    if component is None:
        attacks = [(v, rng.randrange(v)) for v in range(1, size)]
        attacks += [(rng.randrange(size), rng.randrange(size)) for _ in range(size // 20)]
        back = (rng.sample(range(size), 2) for _ in range(size // 50))
        return attacks + [pair for a, b in back for pair in ((a, b), (b, a))]
    attacks = []
    for first in range(0, size, component):
        nodes = list(range(first, min(first + component, size)))
        if len(nodes) > 1:
            attacks += zip(nodes, [*nodes[1:], nodes[0]], strict=True)
        attacks += [(rng.choice(nodes), rng.choice(nodes)) for _ in nodes]
        if first:
            attacks += [(rng.randrange(first), rng.choice(nodes)) for _ in range(2)]
    return [(a, b) for a, b in attacks if a != b]
