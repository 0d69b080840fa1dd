"""The map as a networkx MultiDiGraph, for anybody's own analysis, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.model import ArgumentMap, ItemId
from graph.records import (
    item_from_record,
    item_record,
    link_from_record,
    link_record,
    map_from_record,
    map_record,
)

if TYPE_CHECKING:
    import networkx as nx


def to_networkx(argmap: ArgumentMap) -> nx.MultiDiGraph[ItemId]:
    """The map as a graph that can be changed at will; the map stays as it is.

    A node is an item's id, its attributes `label` and the item's known fields. An edge is a link;
    its key is the link's kind (`REBUTS`, and `REBUTS 2` beside it), its attributes the link's known
    fields. The map's own fields are `graph.graph`.
    """
    import networkx as nx

    graph: nx.MultiDiGraph[ItemId] = nx.MultiDiGraph(**map_record(argmap))
    for item in argmap.items:
        graph.add_node(item.id, label=item.label.value, **item_record(item))
    for link in argmap.links:
        beside = graph.get_edge_data(link.start, link.end) or {}
        key, count = link.kind.value, 1
        while key in beside:
            count += 1
            key = f"{link.kind.value} {count}"
        graph.add_edge(link.start, link.end, key=key, **link_record(link))
    return graph


def from_networkx(graph: nx.MultiDiGraph[ItemId]) -> ArgumentMap:
    """The map that `to_networkx` made `graph` of; attributes that the schema does not know are left out.

    Nodes without a `label` are left out too: networkx makes them for links that end nowhere.
    """
    items = tuple(
        item_from_record(record["label"], record) for _, record in graph.nodes(data=True) if "label" in record
    )
    links = [link_from_record(record) for *_, record in graph.edges(data=True)]
    links.sort(key=lambda link: link.order)  # edges come by node, not in reading order
    return map_from_record(graph.graph, items, tuple(links))
