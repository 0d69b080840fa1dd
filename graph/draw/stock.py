"""The map as pyvis draws networks, for who knows and wants that: safe, and without the network of others."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from pyvis.network import Network

from graph.draw.forms import Look
from graph.draw.layout import WIDTH, Box, place
from graph.draw.page import Ids, data_block
from graph.draw.payload import bearing_word, kind_word
from graph.draw.scripts import digest
from graph.draw.static_colours import PALETTES
from graph.draw.static_rows import depths, tree_of
from graph.draw.static_text import printable, wrapped
from graph.draw.tree import Forest, forest, place_of
from graph.draw.words import say, say_if_known, words
from graph.model import ATTACKS, ArgumentMap, LinkKind

_PHYSICS_TO = 300  # nodes; its first drawing takes half a minute at 500, and beyond that none comes
_HIGH, _SIZE = 96.0, 14  # px, of a box and of its letters
# What may reach vis-network. Of a hostile map `title` becomes markup, and `image` and `shape` requests.
_NODE = ("color", "x", "y", "borderWidth")
_EDGE = ("label", "color", "dashes", "font", "arrows")
_DASHES: Mapping[str, list[int]] = {
    "rebuts": [7, 4],
    "undermines": [9, 4, 2, 4],
    "undercuts": [3, 3],
    "evidence": [1, 4],
}


class StockNetwork(Network):  # type: ignore[misc]  # pyvis has no types
    """pyvis's network with fast ids, our template, and only attributes that cannot run or load anything."""

    def __init__(self) -> None:
        super().__init__(directed=True, cdn_resources="in_line")
        self.node_ids: Ids = Ids()
        self.templateEnv = Environment(
            loader=PackageLoader("graph.draw", "."), autoescape=True, undefined=StrictUndefined
        )
        self.path = "stock.html.j2"
        self.look: dict[str, Any] = {}

    def add_node(self, n_id: int, label: str, **attributes: Any) -> None:
        """Add a box; attributes that are not known to be harmless are left aside."""
        known = {name: attributes[name] for name in _NODE if name in attributes}
        super().add_node(n_id, label=label or " ", shape="box", **known)

    def add_edge(self, source: int, to: int, **attributes: Any) -> None:
        """Add an arrow; attributes that are not known to be harmless are left aside."""
        super().add_edge(source, to, **{name: attributes[name] for name in _EDGE if name in attributes})

    def get_nodes(self) -> Ids:
        """The ids, for pyvis's own question whether a link's ends exist."""
        return self.node_ids

    def get_network_data(self) -> tuple[str, str, str, str, str, str]:
        """What the template gets in pyvis's places: all of it as one block of data."""
        block = data_block({"nodes": self.nodes, "edges": self.edges, "options": self.look})
        return block, "", "", "", "", "{}"


def stock(argmap: ArgumentMap, look: Look) -> str:
    """The map as one HTML file with vis-network in it, taken from pyvis's own files.

    Up to 300 boxes are placed by vis-network's physics, more by our own layout. Raises OutputError
    where `look.within` is no card.
    """
    tree = forest(argmap)
    ink = PALETTES[look.palette or "light"]
    network = StockNetwork()
    shown = _shown(argmap, tree, look)
    places = _places(tree, shown) if len(shown) > _PHYSICS_TO else {}
    for branch in shown:
        item = argmap.by_id[tree.branches[branch].item]
        kind = kind_word(argmap, item)
        colour = {"background": ink["card"], "border": ink[kind]}
        network.add_node(
            branch,
            f"{say(f'glyph_{kind}')} {say(f'kind_{kind}')}\n" + "\n".join(_label(item.title or item.text)),
            color=colour | {"highlight": colour},
            borderWidth=2,
            **places.get(branch, {}),
        )
    for branch in shown:
        above = tree.branches[branch].parent
        if above in shown:
            kind = kind_word(argmap, argmap.by_id[tree.branches[branch].item])
            _link(network, branch, above, bearing_word(tree.branches[branch]), kind, ink)
    for link in tree.also:
        if link.start in shown and link.end in shown:
            _link(network, link.start, link.end, link.kind.value.lower(), "", ink)
    network.look = _options(ink, physics=not places)
    return _written(network, printable(look.title or argmap.title), ink)


def _written(network: StockNetwork, title: str, ink: Mapping[str, str]) -> str:
    style = (
        f"html,body{{height:100%;margin:0}}body{{display:flex;flex-direction:column;background:{ink['desk']};"
        f"color:{ink['ink']};font:14px/1.4 sans-serif}}h1{{font-size:16px;margin:8px 14px}}"
        "main{flex:1;min-height:0;overflow:hidden}"
    )
    code = (files("graph.draw") / "stock.js").read_text(encoding="utf-8")
    network.templateEnv.globals.update(
        title=title,
        style=style,
        script=code,
        vis=_vis(),
        words=words(),
        policy=f"default-src 'none'; script-src {digest(_vis())} {digest(code)}; style-src {digest(style)}; "
        "img-src data:; base-uri 'none'; form-action 'none'",
    )
    html: str = network.generate_html()
    return html


def _shown(argmap: ArgumentMap, tree: Forest, look: Look) -> dict[int, None]:
    """The branches that are drawn, in reading order."""
    counted = tree_of(tree)
    roots = counted.roots if look.within is None else [place_of(argmap, tree, look.within)]
    return {
        branch: None
        for branch, depth in depths(counted, roots)
        if look.open_to is None or depth <= look.open_to
    }


def _places(tree: Forest, shown: Mapping[int, None]) -> dict[int, dict[str, float]]:
    """Middles of boxes that are all as high as the highest can be."""
    rows = {branch: row for row, branch in enumerate(shown)}
    above = [tree.branches[branch].parent for branch in shown]
    boxes = [Box(None if parent is None else rows.get(parent), _HIGH) for parent in above]
    return {
        branch: {"x": spot.x + WIDTH / 2, "y": spot.y + _HIGH / 2}
        for branch, spot in zip(shown, place(boxes), strict=True)
    }


def _label(text: str) -> list[str]:
    return wrapped(text, _SIZE, WIDTH - 30, most=3)


def _link(
    network: StockNetwork, start: int, end: int, bearing: str, kind: str, ink: Mapping[str, str]
) -> None:
    style = "evidence" if bearing == "supports" and kind == "evidence" else bearing
    attacks = bearing.upper() in ATTACKS or bearing == LinkKind.CONTRADICTS.lower()
    network.add_edge(
        start,
        end,
        label=say_if_known(f"bearing_{bearing}") or bearing.replace("_", " "),
        color=ink["rebuttal" if attacks else "evidence" if style == "evidence" else "claim"],
        dashes=_DASHES.get(style, False),
        arrows="to, from" if bearing == "contradicts" else "to",
    )


def _options(ink: Mapping[str, str], *, physics: bool) -> dict[str, Any]:
    font = {"color": ink["ink"], "size": _SIZE, "multi": False, "align": "left"}
    return {
        "nodes": {"font": font, "margin": 8},
        "edges": {"font": {"color": ink["soft"], "size": 11, "strokeWidth": 3, "strokeColor": ink["desk"]}},
        "layout": {"randomSeed": 1, "improvedLayout": False},
        "physics": {
            "enabled": physics,
            "solver": "forceAtlas2Based",
            "forceAtlas2Based": {"avoidOverlap": 1, "springLength": 160, "gravitationalConstant": -120},
            "stabilization": {"iterations": 300},
        },
        "interaction": {"keyboard": True},
    }


@cache
def _vis() -> str:
    """vis-network's own script, out of pyvis's package."""
    text = (files("pyvis") / "templates/lib/vis-9.1.2/vis-network.min.js").read_text(encoding="utf-8")
    # It ends in the address of a source map, which a browser with its tools open would ask for.
    return text.split("//# sourceMappingURL=")[0]
