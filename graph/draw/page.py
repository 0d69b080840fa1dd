"""The page: one HTML file that shows a map, works offline and sends no request; the only pyvis here."""

from __future__ import annotations

import base64
import json
import re
import zlib
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from pyvis.network import Network

from graph.collector import collector_paused
from graph.draw.judged import judged
from graph.draw.payload import Details, bearing_word, columns, cross_link, kind_word, side_word
from graph.draw.scripts import digest, script
from graph.draw.tree import Forest, forest, place_of
from graph.draw.views import views
from graph.draw.words import words
from graph.model import ArgumentMap, Item, ItemId

# What may reach a node of the page. Stock pyvis passes on anything, and `title`, `image`, `shape` or
# `label` of a hostile map then become markup or requests.
_NODE_ATTRIBUTES = ("parent", "bearing", "beside", "joint", "kind", "side", "text", "details")
_LINK_ATTRIBUTES = ("kind",)
_PACK_FROM = 400_000  # characters of data; smaller pages can be read by people and old browsers


class Ids(dict[int, None]):
    """Node ids as pyvis uses them, without its scan of a list for every node and link."""

    def append(self, node_id: int) -> None:
        self[node_id] = None


class MapNetwork(Network):  # type: ignore[misc]  # pyvis has no types
    """pyvis as the model and the emitter of the drawing, with our own template."""

    def __init__(self) -> None:
        super().__init__(directed=True, cdn_resources="in_line")
        self.node_ids: Ids = Ids()
        self.templateEnv = _environment()
        self.path = "page.html.j2"
        self.about: dict[str, Any] = {}

    def add_node(self, n_id: int, label: str, **attributes: Any) -> None:
        """Add a card; attributes that the page does not know are left aside."""
        known = {
            name: value
            for name, value in attributes.items()
            if value is not None and name in _NODE_ATTRIBUTES
        }
        super().add_node(n_id, label=label or " ", shape="box", color=None, **known)

    def add_edge(self, source: int, to: int, **attributes: Any) -> None:
        """Add a link; attributes that the page does not know are left aside."""
        super().add_edge(source, to, **{name: attributes[name] for name in _LINK_ATTRIBUTES})

    def get_nodes(self) -> Ids:
        """The ids, for pyvis's own question whether a link's ends exist."""
        return self.node_ids

    def get_network_data(self) -> tuple[str, str, str, str, str, str]:
        """What the template gets in pyvis's places: the data block as `nodes`, its packing as `edges`."""
        nodes = columns(self.nodes, ("label", *_NODE_ATTRIBUTES))
        links = [[edge["from"], edge["to"], edge["kind"]] for edge in self.edges]
        block = data_block({**self.about, "nodes": nodes, "links": links})
        if len(block) < _PACK_FROM:
            return block, "", "", "", "", "{}"
        packed = zlib.compress(block.encode("utf-8"), 5)  # 6 takes twice as long for 3 % less
        return base64.b64encode(packed).decode("ascii"), "deflate", "", "", "", "{}"


def page(
    argmap: ArgumentMap,
    *,
    title: str | None = None,
    open_to: int | None = None,
    within: ItemId | None = None,
    theme: str | None = None,
) -> str:
    """The map as one HTML file.

    `title` stands in for the map's own; `open_to` opens so many levels below the motion
    (None: as many as fit a screen); it opens with only `within` and what is under it, None for all;
    `theme` is light or dark, None for what the system asks for. Raises OutputError where `within` is
    no card.
    """
    with collector_paused():
        return _page(argmap, title, open_to, within, theme)


def _page(
    argmap: ArgumentMap, title: str | None, open_to: int | None, within: ItemId | None, theme: str | None
) -> str:
    tree = forest(argmap)
    network = network_of(argmap, tree)
    network.about["title"] = title or argmap.title
    network.about["open_to"] = open_to
    network.about["within"] = None if within is None else place_of(argmap, tree, within)
    style = _themed(_style(), theme)
    code = script("main")
    network.templateEnv.globals.update(
        title=_printable(title or argmap.title),
        style=style,
        script=code,
        words=words(),
        words_block=data_block(words()),
        policy=_policy(code, style),
        theme=theme or "light dark",
    )
    html: str = network.generate_html()
    return html


def network_of(argmap: ArgumentMap, tree: Forest) -> MapNetwork:
    """The drawing's model: a node for each branch, an edge for each link that the tree leaves out."""
    network = MapNetwork()
    details = Details(argmap)
    prefix = f"{argmap.id}/"
    joints = {b.parent for b in tree.branches if b.beside and b.bearing == "PREMISE_OF"}
    slugs: list[str] = []
    for index, branch in enumerate(tree.branches):
        item = argmap.by_id[branch.item]
        slugs.append(item.id.removeprefix(prefix))
        network.add_node(
            index,
            item.title,
            text=_own_text(item),
            kind=kind_word(argmap, item),
            side=side_word(item) or None,
            parent=-1 if branch.parent is None else branch.parent,
            bearing=bearing_word(branch),
            beside=1 if branch.beside else None,
            joint=1 if index in joints else None,
            details=details.of(item) or None,
        )
    for link in tree.also:
        start, end, kind = cross_link(link)
        network.add_edge(start, end, kind=kind)
    network.about = {
        "map": argmap.id,
        "text": argmap.text,
        "ids": slugs,
        "sources": details.sources,
        "people": details.people,
        **views(argmap, tree),
        "judged": judged(argmap, tree),
    }
    return network


_UNSAFE = re.compile("[<>&\u2028\u2029\ud800-\udfff]")


def data_block(value: object) -> str:
    """`value` as JSON that can stand in a script element: nothing in it can end that element."""
    compact = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", compact)


def _own_text(item: Item) -> str | None:
    """The text where it says more than the title does."""
    return item.text if item.text and item.text != item.title else None


def _printable(text: str) -> str:
    """`text` for a place that only UTF-8 can stand in: half characters and control characters dropped."""
    return re.sub("[\x00-\x1f\x7f\ud800-\udfff]", " ", text)


def _policy(code: str, style: str) -> str:
    return (
        f"default-src 'none'; script-src {digest(code)}; style-src {digest(style)}; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )


def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("graph.draw", "."),
        autoescape=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )


def _themed(style: str, theme: str | None) -> str:
    """The style with one theme only, where one was asked for."""
    if theme is None:
        return style
    return style.replace("(prefers-color-scheme: dark)", "all" if theme == "dark" else "not all")


@cache
def _style() -> str:
    """The page's style: what all of it shares, then each part's own, by name."""
    own = sorted(file.name for file in (files("graph.draw") / "css").iterdir() if file.name.endswith(".css"))
    return "".join(map(_text, ["page.css", *(f"css/{name}" for name in own)]))


@cache
def _text(name: str) -> str:
    return (files("graph.draw") / name).read_text(encoding="utf-8")
