"""The only door to the SAT and MaxSAT solvers, with a deadline on everything they do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from threading import Timer
from time import monotonic

Clause = Sequence[int]  # literals: a variable, numbered from 1; negative for its denial

_SOLVER = "minisat-gh"  # can be interrupted, and heeds what to try first


class OutOfTime(Exception):
    """The deadline passed before there was an answer."""


class Deadline:
    """A moment until which solvers may work; None: for ever."""

    def __init__(self, seconds: float | None = None) -> None:
        self._end = None if seconds is None else monotonic() + seconds

    @property
    def left(self) -> float | None:
        """The seconds left, at least 0; None: for ever."""
        return None if self._end is None else max(0.0, self._end - monotonic())

    def check(self) -> None:
        """Raise OutOfTime if the moment has passed."""
        if self.left == 0.0:
            raise OutOfTime


class Sat:
    """Clauses that are satisfied again and again, more being added between."""

    def __init__(self, clauses: Iterable[Clause], deadline: Deadline) -> None:
        from pysat.solvers import Solver

        self._solver = Solver(name=_SOLVER, bootstrap_with=clauses)
        self._deadline = deadline

    def add(self, clause: Clause) -> None:
        """Ask for this as well."""
        self._solver.add_clause(clause)

    def variable(self) -> int:
        """A variable that no clause has yet."""
        return int(self._solver.nof_vars()) + 1

    def prefer(self, literals: Iterable[int]) -> None:
        """Try these first where there is a choice."""
        self._solver.set_phases(literals)

    def solve(self, assumptions: Sequence[int] = ()) -> set[int] | None:
        """The true literals of a solution, None where there is none. Raises OutOfTime."""
        if self._deadline.left is None:
            found = self._solver.solve(assumptions=assumptions)
        else:
            self._deadline.check()
            with _interrupting(self._solver.interrupt, self._deadline):
                found = self._solver.solve_limited(assumptions=assumptions, expect_interrupt=True)
            self._solver.clear_interrupt()
            if found is None:
                raise OutOfTime
        return set(self._solver.get_model() or ()) if found else None

    def close(self) -> None:
        """Free what the solver holds."""
        self._solver.delete()


class MaxSat:
    """Clauses that must hold, and literals each of which costs its weight where it does not (RC2)."""

    def __init__(self, deadline: Deadline) -> None:
        from pysat.examples.rc2 import RC2
        from pysat.formula import WCNF

        self._solver = RC2(WCNF(), solver="g4", trim=5, minz=True)
        self._deadline = deadline

    def add(self, clause: Clause) -> None:
        """Ask for this as well."""
        self._solver.add_clause(list(clause))

    def want(self, literal: int, weight: int) -> None:
        """Wish for this at this weight."""
        self._solver.add_clause([literal], weight=weight)

    def solve(self) -> set[int] | None:
        """The true literals of a solution that costs least, None where there is none. Raises OutOfTime."""
        if self._deadline.left is None:
            model = self._solver.compute()
        else:
            self._deadline.check()
            with _interrupting(self._solver.interrupt, self._deadline):
                model = self._solver.compute(expect_interrupt=True)
            if self._solver.interrupted:
                raise OutOfTime
        return None if model is None else set(model)

    @property
    def cost(self) -> int:
        """What the last solution costs."""
        return int(self._solver.cost)

    def close(self) -> None:
        """Free what the solver holds."""
        self._solver.delete()


@contextmanager
def _interrupting(interrupt: object, deadline: Deadline) -> Iterator[None]:
    timer = Timer(deadline.left or 0.0, interrupt)  # type: ignore[arg-type]
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
