"""The gradual semantics: how a base weight, attackers and supporters make a strength.

Each formula twice, for one node and for whole arrays; the sources are in docs/semantics.md.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_FAR = 700.0  # exp() of more overflows


class Reduced:
    """What the formulas ask of the strengths of many nodes' attackers or supporters."""

    def __init__(self, strengths: Floats, filled: NDArray[np.bool_], starts: NDArray[np.int64]) -> None:
        self.strengths, self.filled, self.starts = strengths, filled, starts

    def _over(self, ufunc: np.ufunc, values: Floats, empty: float) -> Floats:
        import numpy as np

        if len(self.starts) == len(self.filled) > 0:
            whole: Floats = ufunc.reduceat(values, self.starts)
            return whole
        result = np.full(len(self.filled), empty)
        if len(self.starts):
            result[self.filled] = ufunc.reduceat(values, self.starts)
        return result

    @property
    def total(self) -> Floats:
        """The sum of each row."""
        import numpy as np

        return self._over(np.add, self.strengths, 0.0)

    @property
    def rest(self) -> Floats:
        """The product of 1 - s over each row."""
        import numpy as np

        return self._over(np.multiply, 1.0 - self.strengths, 1.0)

    @property
    def most(self) -> Floats:
        """The greatest of each row."""
        import numpy as np

        return self._over(np.maximum, self.strengths, 0.0)

    @property
    def least(self) -> Floats:
        """The smallest of each row; 1 for an empty one."""
        import numpy as np

        return self._over(np.minimum, self.strengths, 1.0)

    @property
    def product(self) -> Floats:
        """The product of each row."""
        import numpy as np

        return self._over(np.multiply, self.strengths, 1.0)

    @property
    def count(self) -> Floats:
        """How many of each row are above 0."""
        import numpy as np

        return self._over(np.add, (self.strengths > 0).astype(np.float64), 0.0)


@dataclass(frozen=True, slots=True)
class Gradual:
    """One semantics: its formulas, and how far a change of one input can change the strength."""

    name: str
    one: Callable[[float, Sequence[float], Sequence[float]], float]  # weight, attackers, supporters
    many: Callable[[Floats, Reduced, Reduced], Floats]
    slope: Callable[[float | None], float]  # bound by an attacker or supporter; None: any weight
    weight_slope: Callable[[int, int], float]  # bound by the weight, with so many attackers, supporters
    weighted: bool = True
    settles: bool = False  # converges on every framework of attacks


def _energy(weight: float, attackers: Sequence[float], supporters: Sequence[float]) -> float:
    energy = sum(supporters) - sum(attackers)
    pull = energy * energy / (1 + energy * energy)
    return weight + (1 - weight) * pull if energy >= 0 else weight - weight * pull


def _energies(weight: Floats, attackers: Reduced, supporters: Reduced) -> Floats:
    import numpy as np

    energy = supporters.total - attackers.total
    square = energy * energy
    pull = square / (1 + square)
    found: Floats = weight + np.where(energy >= 0, 1 - weight, -weight) * pull
    return found


def _df_quad(weight: float, attackers: Sequence[float], supporters: Sequence[float]) -> float:
    lead = math.prod(1 - s for s in attackers) - math.prod(1 - s for s in supporters)  # vs - va
    return weight + (1 - weight) * lead if lead > 0 else weight + weight * lead


def _df_quads(weight: Floats, attackers: Reduced, supporters: Reduced) -> Floats:
    import numpy as np

    lead = attackers.rest - supporters.rest
    found: Floats = weight + np.where(lead > 0, 1 - weight, weight) * lead
    return found


def _euler(weight: float, attackers: Sequence[float], supporters: Sequence[float]) -> float:
    energy = min(_FAR, sum(supporters) - sum(attackers))
    return 1 - (1 - weight * weight) / (1 + weight * math.exp(energy))


def _eulers(weight: Floats, attackers: Reduced, supporters: Reduced) -> Floats:
    import numpy as np

    energy = np.minimum(_FAR, supporters.total - attackers.total)
    found: Floats = 1 - (1 - weight * weight) / (1 + weight * np.exp(energy))
    return found


def _mlp(weight: float, attackers: Sequence[float], supporters: Sequence[float]) -> float:
    if weight in (0, 1):
        return weight
    energy = max(-_FAR, min(_FAR, sum(supporters) - sum(attackers)))
    return weight / (weight + (1 - weight) * math.exp(-energy))


def _mlps(weight: Floats, attackers: Reduced, supporters: Reduced) -> Floats:
    import numpy as np

    energy = np.clip(supporters.total - attackers.total, -_FAR, _FAR)
    return weight / (weight + (1 - weight) * np.exp(-energy))


def _categoriser(weight: float, attackers: Sequence[float], supporters: Sequence[float]) -> float:
    return weight / (1 + sum(attackers))


def _categorisers(weight: Floats, attackers: Reduced, supporters: Reduced) -> Floats:
    return weight / (1 + attackers.total)


def _max(weight: float, attackers: Sequence[float], supporters: Sequence[float]) -> float:
    return weight / (1 + max(attackers, default=0.0))


def _maxes(weight: Floats, attackers: Reduced, supporters: Reduced) -> Floats:
    return weight / (1 + attackers.most)


def _card(weight: float, attackers: Sequence[float], supporters: Sequence[float]) -> float:
    count = sum(s > 0 for s in attackers)
    return weight / (1 + count + sum(attackers) / count) if count else weight


def _cards(weight: Floats, attackers: Reduced, supporters: Reduced) -> Floats:
    import numpy as np

    count = attackers.count
    return weight / (1 + count + attackers.total / np.maximum(count, 1))


def _farther(weight: float | None) -> float:
    return 1.0 if weight is None else max(weight, 1 - weight)


def _own(weight: float | None) -> float:
    return 1.0 if weight is None else weight


_ENERGY_SLOPE = 3 * math.sqrt(3) / 8  # of x²/(1+x²), at x = 1/√3

_ALL = (
    Gradual(
        "quadratic-energy", _energy, _energies, lambda w: _ENERGY_SLOPE * _farther(w), lambda _a, _s: 1.0
    ),
    Gradual("df-quad", _df_quad, _df_quads, _farther, lambda _a, _s: 1.0),
    Gradual(
        "euler",
        _euler,
        _eulers,
        lambda w: 0.25 if w is None else (1 - w * w) / 4,
        lambda _a, s: 2.0 if not s else 2.0 + math.exp(min(s, _FAR)),
    ),
    Gradual("mlp", _mlp, _mlps, lambda _w: 0.25, lambda a, s: math.exp(min(max(a, s), _FAR))),
    Gradual(
        "h-categoriser", _categoriser, _categorisers, _own, lambda _a, _s: 1.0, weighted=False, settles=True
    ),
    Gradual("weighted-h-categoriser", _categoriser, _categorisers, _own, lambda _a, _s: 1.0, settles=True),
    Gradual("weighted-max", _max, _maxes, _own, lambda _a, _s: 1.0, settles=True),
    Gradual("weighted-card", _card, _cards, _own, lambda _a, _s: 1.0, settles=True),
)

GRADUAL: Mapping[str, Gradual] = {each.name: each for each in _ALL}
"""Every gradual semantics that is a fixed point, by its name."""
