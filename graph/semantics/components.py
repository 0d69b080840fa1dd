"""Strongly connected components of a numbered graph, in the order in which they can be worked out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def components(nodes: Iterable[int], before: Sequence[Sequence[int]]) -> list[list[int]]:
    """The components of these nodes, each after all that its nodes depend on (`before`).

    Neighbours that are not among the nodes are left out (Tarjan 1972, without recursion).
    """
    wanted = list(nodes)
    unseen, done = -1, -2
    number: dict[int, int] = dict.fromkeys(wanted, unseen)
    low: dict[int, int] = {}
    found: list[list[int]] = []
    kept: list[int] = []
    count = 0
    for root in wanted:
        if number[root] != unseen:
            continue
        work = [(root, iter(before[root]))]
        number[root] = low[root] = count
        count += 1
        kept.append(root)
        while work:
            v, rest = work[-1]
            for u in rest:
                seen = number.get(u, done)
                if seen == unseen:
                    number[u] = low[u] = count
                    count += 1
                    kept.append(u)
                    work.append((u, iter(before[u])))
                    break
                if seen >= 0 and seen < low[v]:
                    low[v] = seen
            else:
                work.pop()
                if work and low[v] < low[work[-1][0]]:
                    low[work[-1][0]] = low[v]
                if low[v] == number[v]:
                    component = []
                    while True:
                        u = kept.pop()
                        number[u] = done
                        component.append(u)
                        if u == v:
                            break
                    found.append(component)
    return found
