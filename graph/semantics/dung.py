"""Extensions under the semantics of abstract argumentation, of plain frameworks and of maps.

Dung (1995); semi-stable: Caminada (2006); ideal: Dung, Mancarella and Toni (2007); stage: Verheij
(1996). A framework without circles has one extension, whatever the semantics but *admissible*, and
no solver is asked for it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

from graph.collector import collector_paused
from graph.model import ArgumentMap, ItemId
from graph.semantics import search
from graph.semantics.abstract import Attacks, flatten
from graph.semantics.framework import Framework
from graph.semantics.labelling import IN, UNDECIDED
from graph.semantics.sat import Deadline, OutOfTime, Sat
from graph.semantics.search import Clauses, Extension

Inside = Callable[[Attacks, Deadline], Iterator[Extension]]


class Semantics(StrEnum):
    """What makes a set of arguments acceptable together."""

    GROUNDED = "grounded"
    COMPLETE = "complete"
    PREFERRED = "preferred"
    STABLE = "stable"
    SEMI_STABLE = "semi-stable"
    STAGE = "stage"
    IDEAL = "ideal"
    ADMISSIBLE = "admissible"


def every(attacks: Attacks, semantics: Semantics, timeout: float | None = None) -> Iterator[Extension]:
    """Each extension once, as it is found. Raises OutOfTime."""
    return _every(attacks, semantics, Deadline(timeout))


def one(attacks: Attacks, semantics: Semantics, timeout: float | None = None) -> Extension | None:
    """An extension, None where there is none (only *stable* may have none). Raises OutOfTime."""
    if semantics is Semantics.ADMISSIBLE:
        semantics = Semantics.GROUNDED
    with collector_paused():
        return next(every(attacks, semantics, timeout), None)


def credulous(attacks: Attacks, semantics: Semantics, argument: int, timeout: float | None = None) -> bool:
    """Whether some extension has the argument. Raises OutOfTime."""
    return _credulous(attacks, semantics, argument, Deadline(timeout))


def sceptical(attacks: Attacks, semantics: Semantics, argument: int, timeout: float | None = None) -> bool:
    """Whether every extension has the argument; where there is none, that is so. Raises OutOfTime."""
    return _sceptical(attacks, semantics, argument, Deadline(timeout))


def _every(attacks: Attacks, semantics: Semantics, deadline: Deadline) -> Iterator[Extension]:
    labels = attacks.grounded
    settled = frozenset(v for v, label in enumerate(labels) if label == IN)
    if semantics is Semantics.ADMISSIBLE:
        yield from search.Walk(attacks, search.admissible_inside, deadline, may_refuse=True).extensions()
        return
    if semantics is Semantics.STAGE:
        yield from _joined(attacks, attacks.islands(range(attacks.size)), _stage, deadline)
        return
    undecided = [v for v, label in enumerate(labels) if label == UNDECIDED]
    if semantics is Semantics.GROUNDED or not undecided:
        yield settled
        return
    if semantics is Semantics.SEMI_STABLE:
        found = _joined(attacks, attacks.islands(undecided), _semi_stable, deadline)
    else:
        found = _of_part(attacks, undecided, semantics, deadline)
    for extension in found:
        yield settled | extension


def _of_part(
    attacks: Attacks, nodes: list[int], semantics: Semantics, deadline: Deadline
) -> Iterator[Extension]:
    part = attacks.part(nodes) if len(nodes) < attacks.size else attacks
    match semantics:
        case Semantics.COMPLETE:
            found = search.Walk(part, search.complete_inside, deadline).extensions()
        case Semantics.PREFERRED:
            found = search.Walk(part, search.preferred_inside, deadline).extensions()
        case Semantics.STABLE:
            clauses = Clauses(part.attackers.lists).conflict_free().without_undecided()
            found = search.solutions(clauses, deadline)
        case _:
            found = iter([_ideal(part, deadline)])
    return (frozenset(nodes[v] for v in extension) for extension in found)


def _joined(
    attacks: Attacks, islands: list[list[int]], inside: Inside, deadline: Deadline
) -> Iterator[Extension]:
    """One extension of each island, in every combination."""
    stack: list[Iterator[Extension]] = []
    chosen: list[Extension] = []

    def open_next() -> bool:
        nodes = islands[len(stack)]
        found = (frozenset(nodes[v] for v in each) for each in inside(attacks.part(nodes), deadline))
        first = next(found, None)
        if first is None:
            return False
        stack.append(found)
        chosen.append(first)
        return True

    while True:
        while len(stack) < len(islands) and open_next():
            pass
        yield frozenset().union(*chosen)
        while stack:
            other = next(stack[-1], None)
            if other is not None:
                chosen[-1] = other
                break
            stack.pop()
            chosen.pop()
        if not stack:
            return


def _stage(attacks: Attacks, deadline: Deadline) -> Iterator[Extension]:
    if not any(attacks.circular(component) for component in attacks.order):
        return iter([frozenset(v for v, label in enumerate(attacks.grounded) if label == IN)])
    return search.of_greatest_range(Clauses(attacks.attackers.lists).conflict_free(), deadline)


def _semi_stable(attacks: Attacks, deadline: Deadline) -> Iterator[Extension]:
    return search.of_greatest_range(Clauses(attacks.attackers.lists).complete(), deadline)


def _ideal(attacks: Attacks, deadline: Deadline) -> Extension:
    """The greatest admissible set of arguments that no admissible set attacks (Dunne 2009)."""
    attackers = attacks.attackers.lists
    clauses = Clauses(attackers).admissible()
    solver = Sat(clauses.clauses, deadline)
    accepted: set[int] = set()
    try:
        solver.prefer([clauses.into(v) for v in range(attacks.size)])
        # The clauses are monotone in what is asked for, so each question may stay: one more, please.
        while (model := solver.solve()) is not None:
            accepted |= clauses.chosen(model)
            rest = [clauses.into(v) for v in range(attacks.size) if v not in accepted]
            if not rest:
                break
            solver.add(rest)
    finally:
        solver.close()
    ideal = {v for v in accepted if accepted.isdisjoint(attackers[v])}
    while True:
        hit = {t for v in ideal for t in attacks.attacked.lists[v]}
        defended = {v for v in ideal if hit.issuperset(attackers[v])}
        if defended == ideal:
            return frozenset(ideal)
        ideal = defended


# Whether an argument is in an extension depends on its cone alone under these (Baroni and Giacomin 2007).
_DIRECTIONAL = frozenset(
    {Semantics.GROUNDED, Semantics.COMPLETE, Semantics.PREFERRED, Semantics.IDEAL, Semantics.ADMISSIBLE}
)


def _credulous(attacks: Attacks, semantics: Semantics, argument: int, deadline: Deadline) -> bool:
    if semantics in _DIRECTIONAL:
        cone = attacks.cone(argument)
        attacks, argument = attacks.part(cone), cone.index(argument)
        label = attacks.grounded[argument]
        if label != UNDECIDED or semantics is Semantics.GROUNDED:
            return label == IN
    if semantics in (Semantics.COMPLETE, Semantics.PREFERRED, Semantics.ADMISSIBLE):
        nodes, clauses = _undecided(attacks)
        return _solvable(clauses.admissible(), [clauses.into(nodes.index(argument))], deadline)
    if semantics is Semantics.STABLE:
        return _stable_with(attacks, argument, True, deadline)
    return any(argument in extension for extension in _every(attacks, semantics, deadline))


def _sceptical(attacks: Attacks, semantics: Semantics, argument: int, deadline: Deadline) -> bool:
    if semantics is Semantics.ADMISSIBLE:
        return False  # the empty set is admissible
    if semantics in _DIRECTIONAL:
        cone = attacks.cone(argument)
        attacks, argument = attacks.part(cone), cone.index(argument)
        label = attacks.grounded[argument]
        if label != UNDECIDED or semantics in (Semantics.GROUNDED, Semantics.COMPLETE):
            return label == IN
    if semantics is Semantics.PREFERRED:
        return _in_every_preferred(attacks, argument, deadline)
    if semantics is Semantics.STABLE:
        return not _stable_with(attacks, argument, False, deadline)
    return all(argument in extension for extension in _every(attacks, semantics, deadline))


def _undecided(attacks: Attacks) -> tuple[list[int], Clauses]:
    nodes = [v for v, label in enumerate(attacks.grounded) if label == UNDECIDED]
    return nodes, Clauses(attacks.part(nodes).attackers.lists)


def _solvable(clauses: Clauses, assumptions: list[int], deadline: Deadline) -> bool:
    solver = Sat(clauses.clauses, deadline)
    try:
        return solver.solve(assumptions) is not None
    finally:
        solver.close()


def _stable_with(attacks: Attacks, argument: int, wanted: bool, deadline: Deadline) -> bool:
    """Whether some stable extension has the argument, or some has it not."""
    label = attacks.grounded[argument]
    nodes, clauses = _undecided(attacks)
    clauses.conflict_free().without_undecided()
    if label != UNDECIDED:
        return (label == IN) == wanted and _solvable(clauses, [], deadline)
    variable = clauses.into(nodes.index(argument))
    return _solvable(clauses, [variable if wanted else -variable], deadline)


def _in_every_preferred(attacks: Attacks, argument: int, deadline: Deadline) -> bool:
    """Looks for a preferred extension without the argument, among those not seen yet."""
    nodes, clauses = _undecided(attacks)
    wanted = nodes.index(argument)
    solver = Sat(clauses.complete().clauses, deadline)
    variables = [clauses.into(v) for v in range(len(nodes))]
    try:
        while (model := solver.solve([-clauses.into(wanted)])) is not None:
            model = search.grown(solver, model, variables)
            if clauses.into(wanted) not in model:
                return False
            solver.add([x for x in variables if x not in model])
    finally:
        solver.close()
    return True


@dataclass(frozen=True, slots=True)
class Extensions:
    """Sets of items that can be held together, in reading order within each."""

    sets: tuple[tuple[ItemId, ...], ...]
    more: bool  # a limit left some out
    timed_out: bool  # time ran out: these are extensions, and there may be others


def extensions(
    argmap: ArgumentMap,
    semantics: Semantics,
    *,
    limit: int | None = None,
    need_evidence: bool = False,
    struck: Collection[ItemId] = (),
    timeout: float | None = None,
) -> Extensions:
    """The extensions of a map under a semantics, up to `limit`; `timeout` in seconds."""
    found: list[tuple[ItemId, ...]] = []
    try:
        for items in stream(argmap, semantics, need_evidence=need_evidence, struck=struck, timeout=timeout):
            if len(found) == limit:
                return Extensions(tuple(found), True, False)
            found.append(items)
    except OutOfTime:
        return Extensions(tuple(found), False, True)
    return Extensions(tuple(found), False, False)


def stream(
    argmap: ArgumentMap,
    semantics: Semantics,
    *,
    need_evidence: bool = False,
    struck: Collection[ItemId] = (),
    timeout: float | None = None,
) -> Iterator[tuple[ItemId, ...]]:
    """Each extension of a map as it is found. Raises OutOfTime."""
    attacks, ids = flatten(argmap, need_evidence=need_evidence, struck=struck)
    seen: set[tuple[ItemId, ...]] = set()
    # What is made up is settled by the items where all is labelled, and is left open where not.
    repeats = semantics in (Semantics.ADMISSIBLE, Semantics.STAGE)
    for extension in every(attacks, semantics, timeout):
        items = tuple(ids[v] for v in sorted(extension) if v < len(ids))
        if not repeats or items not in seen:
            yield items
            if repeats:
                seen.add(items)


@dataclass(frozen=True, slots=True)
class Acceptance:
    """Whether an item is in some extension, and whether in all; None: time ran out."""

    some: bool | None
    all: bool | None


def acceptance(
    argmap: ArgumentMap,
    item_id: ItemId,
    semantics: Semantics,
    *,
    need_evidence: bool = False,
    struck: Collection[ItemId] = (),
    timeout: float | None = None,
) -> Acceptance:
    """Whether some and whether all extensions of a map have the item."""
    attacks, _ = flatten(argmap, need_evidence=need_evidence, struck=struck)
    argument = Framework.of(argmap).index[item_id]
    deadline = Deadline(timeout)
    answers: list[bool | None] = []
    for ask in (_credulous, _sceptical):
        try:
            answers.append(ask(attacks, semantics, argument, deadline))
        except OutOfTime:
            answers.append(None)
    return Acceptance(*answers)
