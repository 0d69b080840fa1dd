"""The burden-based ranking: who is less burdened, by comparing whole sequences of numbers.

Amgoud and Ben-Naim, SUM 2013. Supports do not count; a step bears what its most burdened premise bears.
"""

from __future__ import annotations

from graph.semantics.settling import TOLERANCE, Network, Settled

_ROUNDS = 2_000


def burden_numbers(network: Network, rounds: int) -> list[list[float]]:
    """The burden numbers of every node, round by round, the first being 1 for all."""
    found = [[1.0] * network.size]
    for _ in range(rounds):
        found.append(_next(network, found[-1]))
    return found


def burden(network: Network) -> Settled:
    """For each node a number from 0 to 1 of which only the order counts: the least burdened have 1."""
    size = network.size
    now = [1.0] * size
    ranks = [0] * size
    change = 0.0
    for _ in range(_ROUNDS if size else 0):
        before, now = now, _next(network, now)
        ranks = _ranked([(rank, round(number, 9)) for rank, number in zip(ranks, now, strict=True)])
        change = max(abs(new - old) for new, old in zip(now, before, strict=True))
        if change <= TOLERANCE:
            break
    classes = max(ranks, default=0) + 1
    unsure = tuple(range(size)) if change > TOLERANCE else ()
    return Settled([1 - rank / classes for rank in ranks], change, unsure)


def _next(network: Network, now: list[float]) -> list[float]:
    attackers, premises = network.attackers.lists, network.premises.lists
    shares = [1 / number for number in now]
    new = [1 + sum([shares[u] for u in row]) for row in attackers]
    # A step takes on its premises' numbers in the same round, so that an attack is as quick through
    # a step as without one.
    steps = [v for v, row in enumerate(premises) if row]
    own = {v: new[v] - 1 + max(new[u] for u in premises[v]) for v in steps}
    for v, number in own.items():
        new[v] = number
    return new


def _ranked(keys: list[tuple[int, float]]) -> list[int]:
    order = {key: rank for rank, key in enumerate(sorted(set(keys)))}
    return [order[key] for key in keys]
