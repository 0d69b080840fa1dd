"""How fast the semantics are, as ratios to named peers measured in the same run.

    python bench/semantics.py [ITEMS]        (default 100000)

The peers (formal-argumentation 0.3, pygarg, clingo) are installed from PyPI into the user's cache
folder. A peer that cannot be had, or takes over twenty seconds, is said to; its line has no ratio. Times
are of the processor, so that what else a machine does counts for nobody.
"""

from __future__ import annotations

import multiprocessing
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import platformdirs

sys.path[:0] = [str(Path(__file__).resolve().parent.parent), str(Path(__file__).resolve().parent)]

from debate import debate, framework  # noqa: E402

from graph.model import ArgumentMap, Evidence  # noqa: E402
from graph.questions.verdict import verdict  # noqa: E402
from graph.semantics import labelling  # noqa: E402
from graph.semantics.abstract import Attacks, flatten  # noqa: E402
from graph.semantics.dung import Semantics, one  # noqa: E402
from graph.semantics.framework import Framework  # noqa: E402
from graph.semantics.framework import _framework as framework_of  # noqa: E402
from graph.semantics.gradual import GRADUAL  # noqa: E402
from graph.semantics.sat import OutOfTime  # noqa: E402
from graph.semantics.settling import settle, settle_in_order  # noqa: E402
from graph.semantics.smallest import save, sink  # noqa: E402
from graph.semantics.strength import _network, _weights, contributions, strengths  # noqa: E402
from graph.semantics.verdict import reason, verdicts  # noqa: E402
from graph.semantics.whatif import Struck  # noqa: E402

PEERS = {"argumentation": "formal-argumentation[z3]==0.3.*", "pygarg": "pygarg", "clingo": "clingo"}
FOLDER = Path(platformdirs.user_cache_dir("argmap")) / "bench" / "semantics"
PATIENCE = 20.0  # seconds for one peer and one piece of work
AT_MOST = 60.0  # the same for what neither we nor a peer may end


def best(work: Callable[[], object], runs: int = 5) -> float:
    """The shortest of some runs, in seconds."""
    taken = []
    for _ in range(runs):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return min(taken)


def line(work: str, seconds: float, peers: dict[str, float | str]) -> None:
    """One row: ours, and how many times as long each peer takes."""
    print(f"{work:58} {seconds * 1000:10.2f} ms")
    for name, peer in peers.items():
        if isinstance(peer, str):
            print(f"    {name:54} {peer}")
        else:
            print(f"    {name:54} {peer * 1000:10.2f} ms {peer / seconds:9.1f} x")
    sys.stdout.flush()


# -- peers -----------------------------------------------------------------------------------------


def install() -> None:
    """Put the peers into the cache, once."""
    for module, package in PEERS.items():
        if not (FOLDER / module).exists():
            command = [sys.executable, "-m", "pip", "install", "-q", "--target", str(FOLDER), package]
            subprocess.run([*command, "--upgrade"], check=False, capture_output=True)
    sys.path.append(str(FOLDER))


def timed(peer: Callable[..., float], *given: object, patience: float = PATIENCE) -> float | str:
    """The seconds a peer measured, or what became of it; in a process of its own that can be ended."""
    results: Any = multiprocessing.Queue()
    process = multiprocessing.Process(target=_report, args=(results, peer, given))
    process.start()
    process.join(patience)
    if process.is_alive():
        process.terminate()
        process.join()
        return f"more than {patience:.0f} s"
    found: float | str = results.get() if not results.empty() else "ended without a word"
    return found


def _report(results: Any, peer: Callable[..., float], given: tuple[object, ...]) -> None:
    try:
        results.put(peer(*given))
    except ImportError as error:
        results.put(f"cannot be had here: {error}")


def _named(attacks: list[tuple[int, int]], size: int) -> Any:
    from argumentation.core.dung import ArgumentationFramework

    pairs = frozenset((f"a{start}", f"a{end}") for start, end in attacks)
    return ArgumentationFramework(arguments=frozenset(f"a{v}" for v in range(size)), defeats=pairs)


def formal_argumentation_grounded(attacks: list[tuple[int, int]], size: int) -> float:
    """The grounded extension by formal-argumentation."""
    from argumentation.core.dung import grounded_extension

    given = _named(attacks, size)
    return best(lambda: grounded_extension(given), 1)


def formal_argumentation_preferred(attacks: list[tuple[int, int]], size: int) -> float:
    """A preferred extension by formal-argumentation."""
    from argumentation.solving.af_sat import find_preferred_extension

    given = _named(attacks, size)
    return best(lambda: find_preferred_extension(given), 1)


def pygarg_preferred(attacks: list[tuple[int, int]], size: int) -> float:
    """A preferred extension by pygarg."""
    from pygarg.dung.solver import compute_some_preferred_extension

    arguments = [f"a{v}" for v in range(size)]
    pairs = [[f"a{start}", f"a{end}"] for start, end in attacks]
    return best(lambda: compute_some_preferred_extension(arguments, pairs), 1)


ENCODING = """
    {in(X)} :- arg(X).
    :- in(X), in(Y), att(X,Y).
    hit(X) :- in(Y), att(Y,X).
    :- in(X), att(Y,X), not hit(Y).
    #heuristic in(X) : arg(X). [1,true]
"""  # ASPARTIX's admissible sets, and the heuristic that makes the first one found a greatest one


def clingo_preferred(attacks: list[tuple[int, int]], size: int) -> float:
    """A preferred extension by clingo: grounding and solving, without the reading of the facts' text."""
    import clingo

    facts = " ".join(f"arg({v})." for v in range(size))
    facts += " ".join(f"att({start},{end})." for start, end in attacks)
    taken = []
    for _ in range(3):
        control = clingo.Control(["--heuristic=Domain", "--enum-mode=domRec", "1"])
        control.add("base", [], ENCODING + facts)
        start = time.process_time()
        control.ground([("base", [])])
        control.solve()
        taken.append(time.process_time() - start)
    return min(taken)


# -- what is measured ------------------------------------------------------------------------------


def measure_verdicts(argmap: ArgumentMap) -> None:
    """Verdicts against a loop of our own and against formal-argumentation on the flattening."""
    verdicts(argmap)
    ours = best(lambda: verdicts(argmap))
    attacks, _ = flatten(argmap)
    pairs = [(v, t) for v, row in enumerate(attacks.attacked.lists) for t in row]
    peer = timed(formal_argumentation_grounded, pairs, attacks.size)
    many, labelling.MANY = labelling.MANY, sys.maxsize
    loop = best(lambda: verdicts(argmap), 3)
    labelling.MANY = many
    peers = {"formal-argumentation, grounded, the flattened map": peer, "our own plain-Python loop": loop}
    line(f"verdicts, {len(argmap.items):,} items", ours, peers)
    made = Framework.of(argmap)
    labels = best(lambda: labelling.grounded(made))
    print(f"    of that the labels, which is what the peer gives: {labels * 1000:.2f} ms")
    building = best(lambda: framework_of(argmap), 2)
    print(f"    not in that, once for each map: its nodes and links in arrays, {building * 1000:.0f} ms")
    print(f"    all verdicts in a dictionary {best(lambda: dict(verdicts(argmap))) * 1000:.0f} ms,", end=" ")
    print(f"the question of a coach, with its table, {best(lambda: verdict(argmap)) * 1000:.0f} ms")


def measure_preferred(name: str, attacks: list[tuple[int, int]], size: int) -> None:
    """One preferred extension, from the attacks in memory."""
    ours = best(lambda: one(Attacks.of(size, attacks), Semantics.PREFERRED))
    made = Attacks.of(size, attacks)
    made.order, made.grounded, made.attackers.lists, made.attacked.lists  # noqa: B018
    solving = best(lambda: one(made, Semantics.PREFERRED))
    peers = {
        "clingo, grounding and solving": timed(clingo_preferred, attacks, size),
        "pygarg": timed(pygarg_preferred, attacks, size),
        "formal-argumentation": timed(formal_argumentation_preferred, attacks, size),
    }
    line(f"one preferred, {name}", ours, peers)
    print(f"    of that solving: {solving * 1000:.2f} ms")


def measure_one_component(size: int) -> None:
    """One preferred extension where all arguments are in one circle, for which there may be no time."""
    attacks = framework(size, component=size)
    peer = timed(clingo_preferred, attacks, size, patience=AT_MOST)
    made = Attacks.of(size, attacks)
    start = time.process_time()
    try:
        one(made, Semantics.PREFERRED, timeout=AT_MOST)
    except OutOfTime:
        print(f"one preferred, {size:,} in one component{'more than':>31} {AT_MOST:.0f} s: no answer")
        print(f"    clingo, grounding and solving{'':26}{peer if isinstance(peer, str) else f'{peer:.1f} s'}")
    else:
        seconds = time.process_time() - start
        line(f"one preferred, {size:,} in one component", seconds, {"clingo, grounding and solving": peer})


def measure_sink(argmap: ArgumentMap) -> None:
    """The smallest sets, of every claim near the motion that stands (sink) or falls (save)."""
    size = len(argmap.items)
    found = verdicts(argmap)
    near = [f"b/{n}" for n in range(300) if f"b/{n}" in found]
    standing = [v for v in near if found[v] == "stands" and not isinstance(argmap.by_id[v], Evidence)][:25]
    falling = [v for v in near if found[v] == "falls"][:25]
    sink(argmap, standing[0])  # the import of the solvers
    for name, ask, items in (("sink", sink, standing), ("save", save, falling)):
        taken = [best(lambda ask=ask, v=v: ask(argmap, v), 1) for v in items]
        text = f"{name}, {size:,} items: the slowest of {len(items)} claims near the motion"
        line(text, max(taken), {})


def measure_strike(argmap: ArgumentMap) -> None:
    """Strike one card and restore it, against looking at the whole map again."""
    rng = random.Random(2)
    cards = rng.sample([item.id for item in argmap.items if isinstance(item, Evidence)], 200)
    struck = Struck(argmap)

    def strike() -> None:
        for card in cards:
            struck.strike(card)
            struck.restore(card)

    made = Framework.of(argmap)
    again = best(lambda: labelling.grounded(made, struck=made.nodes(cards[:1])))
    line(
        f"strike one card, {len(argmap.items):,} items", best(strike, 3) / 400, {"full recomputation": again}
    )


def measure_strength(name: str, argmap: ArgumentMap) -> None:
    """Quadratic energy, against a loop over the same components in the same order."""
    given = Framework.of(argmap)
    network, weights = _network(given), _weights(given, argmap, {})
    gradual = GRADUAL["quadratic-energy"]
    first = best(lambda: strengths(argmap), 1)
    ours = best(lambda: settle(network, weights, gradual))
    network.order, network.before  # noqa: B018  # the loop's own preparation is not counted either
    loop = best(lambda: settle_in_order(network, weights, gradual), 2)
    line(f"strength, {len(argmap.items):,} items, {name}", ours, {"plain Python": loop})
    again = best(lambda: strengths(argmap))
    print(f"    as an answer by item {again * 1000:.0f} ms, the first time {first * 1000:.0f} ms")


def measure_questions(argmap: ArgumentMap) -> None:
    """Questions of one item that rests on much."""
    found = verdicts(argmap)
    item = next(f"b/{n}" for n in range(1, 300) if found.get(f"b/{n}") == "stands")
    fallen = next(f"b/{n}" for n in range(300) if found.get(f"b/{n}") == "falls")
    for name, work in (
        ("why", lambda: reason(argmap, fallen)),
        ("what each card contributes", lambda: contributions(argmap, item)),
    ):
        line(f"{name}, {len(argmap.items):,} items", best(work, 1), {})


def measure_memory(size: int) -> None:
    """The memory that verdicts take beyond the map."""
    argmap = debate(size)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    seconds = best(lambda: verdicts(argmap), 1)
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    unit = 1 if sys.platform == "darwin" else 1024
    print(f"verdicts, {size:,} items: {seconds:.2f} s with all preparation,", end=" ")
    print(f"{(after - before) * unit / 1e6:.0f} MB beyond the map of {before * unit / 1e6:.0f} MB")


def main(size: int) -> None:
    """Measure and print."""
    install()
    argmap = debate(size)
    measure_verdicts(argmap)
    measure_preferred("debate of 10,000", framework(10_000), 10_000)
    measure_preferred("10,000 in components of 100", framework(10_000, component=100), 10_000)
    measure_preferred("10,000 in components of 1,000", framework(10_000, component=1_000), 10_000)
    measure_preferred("1,000 in one component", framework(1_000, component=1_000), 1_000)
    measure_one_component(3_000)
    measure_one_component(10_000)
    measure_sink(debate(10_000))
    measure_sink(argmap)
    measure_strike(argmap)
    measure_strength("no circles", debate(size, circles=0))
    measure_strength("circles", argmap)
    measure_questions(argmap)
    memory = multiprocessing.get_context("spawn").Process(target=measure_memory, args=(10 * size,))
    memory.start()
    memory.join()


if __name__ == "__main__":
    main(int(sys.argv[1].replace("_", "")) if len(sys.argv) > 1 else 100_000)
