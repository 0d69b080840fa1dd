"""How strong each claim, card and step is, by a gradual semantics, and what each card contributes.

A card or claim has a base weight (its own, else 0.5), a step the strength of its weakest premise;
attackers pull it down and supporters lift it. docs/semantics.md has the formulas and their sources.
"""

from __future__ import annotations

import weakref
from array import array
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph.errors import QuestionError
from graph.model import ArgumentMap, Evidence, ItemId
from graph.semantics.framework import Framework, Kind, Rows, rows
from graph.semantics.gradual import GRADUAL, Gradual
from graph.semantics.ranking import burden
from graph.semantics.settling import Network, Removal, Settled, settle

DEFAULT = "quadratic-energy"
SEMANTICS = (*GRADUAL, "burden")
"""What strengths can be asked for by name. `burden` is a ranking: only the order of its numbers counts."""

BASE_WEIGHT = 0.5


@dataclass(frozen=True, slots=True)
class Strengths:
    """The strength of each item, and whether it is certain that the numbers settled."""

    values: Mapping[ItemId, float]
    certified: bool
    residual: float  # how much the last round still changed, in circles; 0.0 where there are none
    uncertified: tuple[ItemId, ...]  # the items of circles that need not settle; others may rest on them


def strengths(
    argmap: ArgumentMap,
    *,
    semantics: str = DEFAULT,
    weights: Mapping[ItemId, float] | None = None,
    product: bool = False,
    removed: Collection[ItemId] = (),
) -> Strengths:
    """The strength of every claim, rebuttal, card and step, in reading order.

    `weights` go before the weights in the map. With `product` the strengths of linked premises
    multiply. `removed` items neither attack nor support, and what needs them as a premise has 0.
    """
    framework = Framework.of(argmap)
    network = _network(framework)
    base = _weights(framework, argmap, weights or {})
    gone = framework.nodes(removed)
    settled = _settled(_without(network, gone) if gone else network, base, semantics, product, gone)
    return Strengths(
        values=dict(zip(framework.ids, settled.values, strict=True)),
        certified=not settled.uncertified,
        residual=settled.residual,
        uncertified=tuple(framework.ids[node] for node in settled.uncertified),
    )


def contributions(
    argmap: ArgumentMap,
    item_id: ItemId,
    *,
    semantics: str = DEFAULT,
    weights: Mapping[ItemId, float] | None = None,
    product: bool = False,
    among: Iterable[ItemId] | None = None,
) -> dict[ItemId, float]:
    """What each card that bears on an item adds to its strength: s(item) - s(item without the card).

    `among` names the items to ask this of instead of the cards.
    """
    framework = Framework.of(argmap)
    root = framework.index[item_id]
    cone = [v for v in framework.cone([root]) if v < len(framework.ids)]
    if among is None:
        asked = [v for v in cone if v != root and isinstance(argmap.by_id[framework.ids[v]], Evidence)]
    else:
        asked = sorted(framework.nodes(among).intersection(cone) - {root})
    place = {v: i for i, v in enumerate(cone)}
    network = _part(_network(framework), cone, place)
    whole = _weights(framework, argmap, weights or {})
    base = [whole[v] for v in cone]
    if semantics == "burden":
        before = burden(network).values[place[root]]
        return {
            framework.ids[v]: before - burden(_without(network, {place[v]})).values[place[root]]
            for v in asked
        }
    gradual = _gradual(semantics)
    removal = Removal(network, _base(gradual, base, ()), gradual, product=product)
    return {framework.ids[v]: removal.lost(place[root], place[v]) for v in asked}


def framework_strengths(
    weights: Sequence[float],
    attacks: Sequence[tuple[int, int]],
    supports: Sequence[tuple[int, int]] = (),
    *,
    semantics: str = DEFAULT,
) -> Settled:
    """The strengths in a plain bipolar framework of pairs (attacker, attacked), (supporter, supported)."""
    return _settled(Network.of_attacks(len(weights), attacks, supports), list(weights), semantics, False)


def _settled(
    network: Network, base: Sequence[float], semantics: str, product: bool, gone: Collection[int] = ()
) -> Settled:
    if semantics == "burden":
        return burden(network)
    gradual = _gradual(semantics)
    return settle(network, _base(gradual, base, gone), gradual, product=product)


def _gradual(semantics: str) -> Gradual:
    if semantics not in GRADUAL:
        raise QuestionError(f'no semantics "{semantics}"\n  There are: {", ".join(SEMANTICS)}')
    return GRADUAL[semantics]


def _base(gradual: Gradual, base: Sequence[float], gone: Collection[int]) -> array[float]:
    found = array("d", base) if gradual.weighted else array("d", [1.0]) * len(base)
    for node in gone:
        found[node] = 0.0
    return found


def _weights(framework: Framework, argmap: ArgumentMap, given: Mapping[ItemId, float]) -> array[float]:
    base = array("d", [BASE_WEIGHT]) * len(framework.ids)
    stated = {**framework.weights, **{framework.index[item_id]: weight for item_id, weight in given.items()}}
    for node, weight in stated.items():
        if not 0 <= weight <= 1:
            title = argmap.by_id[framework.ids[node]].title
            raise QuestionError(
                f'the base weight of "{title}" is {weight:g}\n  Give it a strength from 0 to 1.'
            )
        base[node] = weight
    return base


_NETWORKS: weakref.WeakKeyDictionary[Framework, Network] = weakref.WeakKeyDictionary()


def _network(framework: Framework) -> Network:
    """The map's network, made once: a backing supports its step, premises give it its weight."""
    if framework in _NETWORKS:
        return _NETWORKS[framework]
    size = len(framework.ids)
    steps = {v for v in range(size) if framework.kinds[v] == Kind.AND}
    hidden = {node: step for step, node in framework.backed.items()}
    support: tuple[list[int], list[int]] = ([], [])
    premise: tuple[list[int], list[int]] = ([], [])
    for start, end in zip(*framework.supports, strict=True):
        if start < size:
            into = premise if end in steps else support
            into[0].append(hidden.get(end, end))
            into[1].append(start)
    attackers = framework.attackers
    made = Network(
        attackers=rows(size, framework.attacks[1], framework.attacks[0]) if hidden else attackers,
        supporters=rows(size, *support),
        premises=rows(size, *premise),
    )
    _NETWORKS[framework] = made
    return made


def _without(network: Network, gone: Collection[int]) -> Network:
    """The network in which nothing bears on these nodes; with weight 0 they are as good as gone."""

    def cut(part: Rows) -> Rows:
        pairs = [(v, u) for v, row in enumerate(part.lists) if v not in gone for u in row]
        return rows(network.size, [v for v, _ in pairs], [u for _, u in pairs])

    return Network(cut(network.attackers), cut(network.supporters), cut(network.premises))


def _part(network: Network, nodes: Sequence[int], place: Mapping[int, int]) -> Network:
    """The network of these nodes alone, under their places; nothing else bears on them."""

    def cut(part: Rows) -> Rows:
        pairs = [(place[v], place[u]) for v in nodes for u in part[v]]
        return rows(len(nodes), [v for v, _ in pairs], [u for _, u in pairs])

    return Network(cut(network.attackers), cut(network.supporters), cut(network.premises))
