"""A map as the graph files that yEd, Gephi and others read: GraphML and GEXF, by networkx."""

from __future__ import annotations

import io
import json
import re
import textwrap
from typing import TYPE_CHECKING, Any

from graph.export.palette import edge, fill, link_colour, words
from graph.model import ArgumentMap, ItemId, Label
from graph.records import item_record, link_record, map_record

if TYPE_CHECKING:
    import networkx as nx

_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_WIDTH = 34  # characters of a line within a yEd shape
_SHAPES = {Label.INFERENCE: "diamond", Label.EVIDENCE: "rectangle", Label.SOURCE: "parallelogram"}
_YED = "http://www.yworks.com/xml/graphml"


def to_graphml(argmap: ArgumentMap) -> str:
    """GraphML with every field as data, and with the shapes, colours and labels that yEd shows."""
    import networkx as nx

    text = "\n".join(nx.generate_graphml(_graph(argmap)))
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + _with_yed(argmap, text)


def to_gexf(argmap: ArgumentMap) -> str:
    """GEXF with labels, kinds and colours as Gephi shows them, and every field as data."""
    import networkx as nx

    graph = _graph(argmap)
    for item in argmap.items:
        red, green, blue = _rgb(edge(argmap, item))
        graph.nodes[item.id]["viz"] = {"color": {"r": red, "g": green, "b": blue, "a": 1.0}, "size": 10.0}
    for start, end, key, data in graph.edges(keys=True, data=True):
        red, green, blue = _rgb(data["colour"])
        graph.edges[start, end, key]["viz"] = {"color": {"r": red, "g": green, "b": blue, "a": 1.0}}
    out = io.BytesIO()
    nx.write_gexf(graph, out, version="1.2draft")
    return out.getvalue().decode("utf-8")


def _graph(argmap: ArgumentMap) -> nx.MultiDiGraph[ItemId]:
    """The map with attributes that an XML file can hold: text, numbers and booleans."""
    import networkx as nx

    graph: nx.MultiDiGraph[ItemId] = nx.MultiDiGraph(**_flat(map_record(argmap)))
    for item in argmap.items:
        record = _flat(item_record(item))
        record["label"] = record.pop("title")  # what Gephi and Cytoscape show
        if "start" in record:  # GEXF has a start of its own, a time within the graph
            record["said_at"] = record.pop("start")
        record["colour"] = fill(argmap, item)
        graph.add_node(_xml(item.id), what=item.label.value, **_without_id(record))
    for number, link in enumerate(argmap.links):
        record = _flat(link_record(link))
        for told_by_the_graph in ("start", "end"):
            record.pop(told_by_the_graph)
        record |= {"label": words(link.kind), "colour": link_colour(link.kind)}
        graph.add_edge(_xml(link.start), _xml(link.end), key=number, **record)
    return graph


def _without_id(record: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in record.items() if name != "id"}


def _flat(record: dict[str, Any]) -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for name, value in record.items():
        if isinstance(value, (list, dict)):
            flat[name] = _xml(json.dumps(value, ensure_ascii=False))
        else:
            flat[name] = _xml(value) if isinstance(value, str) else value
    if "strength" in flat:
        flat["strength"] = float(flat["strength"])
    return flat


def _xml(text: str) -> str:
    """Text without the characters that XML has no way to hold."""
    return _NO_XML.sub("\ufffd", text)


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _with_yed(argmap: ArgumentMap, text: str) -> str:
    """The same GraphML with yEd's own graphics for each node and edge."""
    from xml.etree import ElementTree as ET

    space = "http://graphml.graphdrawing.org/xmlns"
    ET.register_namespace("", space)
    ET.register_namespace("y", _YED)
    root = ET.fromstring(text)  # written by networkx a line above
    for key, what in (("yn", "node"), ("ye", "edge")):
        graphics = {"id": key, "for": what, "yfiles.type": f"{what}graphics"}
        root.insert(0, ET.Element(f"{{{space}}}key", graphics))
    for node in root.iter(f"{{{space}}}node"):
        item = argmap.by_id.get(node.get("id", ""))
        if item is None:
            continue
        shape = ET.SubElement(ET.SubElement(node, f"{{{space}}}data", {"key": "yn"}), f"{{{_YED}}}ShapeNode")
        lines = textwrap.wrap(_xml(item.title), _WIDTH) or [""]
        size = {"width": str(16 + 7 * max(map(len, lines))), "height": str(16 + 16 * len(lines))}
        ET.SubElement(shape, f"{{{_YED}}}Geometry", {**size, "x": "0", "y": "0"})
        ET.SubElement(shape, f"{{{_YED}}}Fill", {"color": fill(argmap, item), "transparent": "false"})
        style = {"color": edge(argmap, item), "type": "line", "width": "1.5"}
        ET.SubElement(shape, f"{{{_YED}}}BorderStyle", style)
        ET.SubElement(shape, f"{{{_YED}}}NodeLabel").text = "\n".join(lines)
        ET.SubElement(shape, f"{{{_YED}}}Shape", {"type": _SHAPES.get(item.label, "roundrectangle")})
    for drawn, link in zip(root.iter(f"{{{space}}}edge"), _in_order(argmap), strict=True):
        line = ET.SubElement(
            ET.SubElement(drawn, f"{{{space}}}data", {"key": "ye"}), f"{{{_YED}}}PolyLineEdge"
        )
        dashed = "dashed" if link.via else "line"
        style = {"color": link_colour(link.kind), "type": dashed, "width": "1.5"}
        ET.SubElement(line, f"{{{_YED}}}LineStyle", style)
        ET.SubElement(line, f"{{{_YED}}}Arrows", {"source": "none", "target": "standard"})
        ET.SubElement(line, f"{{{_YED}}}EdgeLabel").text = words(link.kind)
    return ET.tostring(root, encoding="unicode") + "\n"


def _in_order(argmap: ArgumentMap) -> list[Any]:
    """The links as networkx writes them: by the node that they start at."""
    links = [link for item in argmap.items for link in _starting(argmap, item.id)]
    known = {id(link) for link in links}
    return links + [link for link in argmap.links if id(link) not in known]


def _starting(argmap: ArgumentMap, item_id: ItemId) -> list[Any]:
    by_end: dict[ItemId, list[Any]] = {}
    for link in argmap.outgoing.get(item_id, ()):
        by_end.setdefault(link.end, []).append(link)
    return [link for links in by_end.values() for link in links]
