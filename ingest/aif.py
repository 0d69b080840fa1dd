"""AIF as JSON: node sets of AIFdb, and xAIF of OVA3.

Information nodes are claims, RA and CA nodes are steps, L nodes are locutions. What the graph has no
place for (rephrasings, preferences, the other nodes and edges of a dialogue) is kept in the map's
`extra["aif"]` and comes back on writing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from graph.draft import MapDraft
from graph.model import LinkKind, Polarity
from graph.wording import numbered
from ingest.jsontext import JsonFile
from ingest.reading import Reading, own_id
from ingest.steps import Edge, link_steps

POLARITY = {"RA": Polarity.SUPPORTS, "CA": Polarity.ATTACKS}
UNNAMED = frozenset({"", "RA", "CA", "Default Inference", "Default Conflict"})
"""What stands where a step names no scheme."""

_SPEAKER_LENGTH = 60
NAMES = {"RA": "Inference", "CA": "Conflict"}
_OTHERS = {"MA": "rephrasing", "PA": "preference"}


def read_aif(path: Path, content: str, map_id: str | None) -> Reading:
    """The map of a node set of AIFdb: `{"nodes": […], "edges": […], "locutions": […]}`."""
    file = JsonFile(path, content)
    if not isinstance(file.root, dict):
        file.refuse("this is no node set: it has to be an object with nodes and edges")
    return _read(path, file, map_id, file.root, "", {}, "aif")


def read_xaif(path: Path, content: str, map_id: str | None) -> Reading:
    """The map of an xAIF file, which holds a node set under the key `AIF`."""
    file = JsonFile(path, content)
    if not (isinstance(file.root, dict) and isinstance(file.root.get("AIF"), dict)):
        file.refuse('this is no xAIF: it has to be an object with an object "AIF"')
    around = {name: value for name, value in file.root.items() if name != "AIF"}
    return _read(path, file, map_id, file.root["AIF"], "AIF.", around, "xaif")


def _read(
    path: Path,
    file: JsonFile,
    map_id: str | None,
    nodeset: dict[str, Any],
    where: str,
    around: dict[str, Any],
    name: str,
) -> Reading:
    draft = MapDraft(map_id or own_id(path), path.stem)
    graph = _Graph(draft, file, where)
    graph.add_nodes(file.numbered(nodeset.get("nodes"), f"{where}nodes"))
    graph.add_edges(file.numbered(nodeset.get("edges"), f"{where}edges"))
    graph.join()
    persons = _persons(file.rows(nodeset.get("participants"), f"{where}participants"))
    for _, said in file.rows(nodeset.get("locutions"), f"{where}locutions"):
        graph.locution(said, persons)
    graph.speakers_by_text()
    file.done()
    graph.report()
    kept: dict[str, object] = {}
    if graph.kept or graph.doubled:
        kept["nodes"] = list(graph.kept.values()) + graph.doubled
    if graph.left:
        kept["edges"] = [edge.extra["aif"] for edge in graph.left]
    document = {key: value for key, value in nodeset.items() if key not in ("nodes", "edges")}
    kept |= {"document": document} if document else {}
    kept |= {"around": around} if around else {}
    return Reading(draft.finish(format=name, extra={"aif": kept} if kept else {}), tuple(file.warnings))


class _Graph:
    """The nodes and edges of one node set, on their way into a draft."""

    def __init__(self, draft: MapDraft, file: JsonFile, where: str) -> None:
        self.draft, self.file, self.where = draft, file, where
        self.ids: set[str] = set()
        self.claims: set[str] = set()
        self.steps: dict[str, Polarity] = {}
        self.said: dict[str, str] = {}  # locutions and their texts
        self.kept: dict[str, dict[str, Any]] = {}
        self.doubled: list[dict[str, Any]] = []
        self.edges: list[Edge] = []
        self.left: list[Edge] = []
        self.speakers: set[str] = set()

    def add_nodes(self, nodes: Iterable[tuple[int, dict[str, Any]]]) -> None:
        """Add the nodes of a list, each by its type; they come with their places in it."""
        ids, claims, claim = self.ids, self.claims, self.draft.claim
        for number, node in nodes:
            key = node.get("nodeID")
            if not isinstance(key, str) or not key:
                key = self.file.key(key, f"{self.where}nodes[{number}]")
                if not key:
                    continue
            if key in ids:
                self.file.warn(
                    f"{self.where}nodes[{number}]",
                    f'another node has the id "{key}" too; the links are the first one\'s',
                )
                self.doubled.append(node)
                continue
            ids.add(key)
            kind = node.get("type")
            if kind == "I":
                claims.add(key)
                claim(key, text=self._text(node, number), slug=key, extra={"aif": node})
            elif kind == "RA" or kind == "CA":
                self._step(key, kind, node)
            elif kind == "L":
                self.said[key] = text = self._text(node, number)
                start = known(node.get("timestamp"))
                self.draft.locution(key, text=text, slug=key, start=start, extra={"aif": node})
            else:
                self.kept[key] = node

    def _text(self, node: dict[str, Any], number: int) -> str:
        """What a node says; the rest of the node is kept beside it."""
        said = node.get("text")
        if isinstance(said, str):
            del node["text"]
            return said
        return self.file.text(said, f"{self.where}nodes[{number}]")

    def _step(self, key: str, kind: str, node: dict[str, Any]) -> None:
        polarity, scheme = POLARITY[kind], scheme_of(node)
        self.steps[key] = polarity
        title = f"{scheme or NAMES[kind]} {key}"
        self.draft.inference(
            key, title=title, slug=key, polarity=polarity, scheme=scheme, extra={"aif": node}
        )

    def add_edges(self, edges: Iterable[tuple[int, dict[str, Any]]]) -> None:
        """Add the edges of a list; one whose ends are not there is kept, and reported."""
        ids = self.ids
        for number, edge in edges:
            start, end = edge.get("fromID"), edge.get("toID")
            if not isinstance(start, str):
                start = str(start)
            if not isinstance(end, str):
                end = str(end)
            arrow = Edge(start, end, {"aif": edge})
            if start in ids and end in ids:
                self.edges.append(arrow)
                continue
            self.left.append(arrow)
            self.file.warn(
                f"{self.where}edges[{number}]",
                f'it names the node "{end if start in ids else start}", which is not there; '
                "it is kept, and links nothing",
            )

    def join(self) -> None:
        """Link claims and steps, then what was said with what it says, and in which order."""
        left = link_steps(self.draft, self.steps, self.claims, self.edges)
        into: dict[str, list[str]] = {}
        out: dict[str, list[str]] = {}
        for edge in left:
            into.setdefault(str(edge.end), []).append(str(edge.start))
            out.setdefault(str(edge.start), []).append(str(edge.end))
        for key, node in self.kept.items():
            match node.get("type"):
                case "YA":
                    self._illocution(key, node, into, out)
                case "TA":
                    for later in (other for other in out.get(key, ()) if other in self.said):
                        for earlier in (other for other in into.get(key, ()) if other in self.said):
                            self.draft.link(LinkKind.FOLLOWS, later, earlier, extra={"aif": {"through": key}})
                case _:
                    pass
        for edge in left:
            if (
                not self._of_dialogue(edge)
                and str(edge.start) not in self.kept
                and str(edge.end) not in self.kept
            ):
                self.file.warn(
                    "",
                    f'the edge from "{edge.start}" to "{edge.end}" joins what AIF does not join; it is kept',
                )
        self.left += left

    def _of_dialogue(self, edge: Edge) -> bool:
        return any(
            self.kept.get(str(key), {}).get("type") in ("YA", "TA") or key in self.said
            for key in (edge.start, edge.end)
        )

    def _illocution(
        self, key: str, node: dict[str, Any], into: dict[str, list[str]], out: dict[str, list[str]]
    ) -> None:
        """L → YA → I says the claim; TA → YA → RA says the step, by the locution that TA leads to."""
        speech: list[str] = []
        for start in into.get(key, ()):
            if start in self.said:
                speech.append(start)
            elif self.kept.get(start, {}).get("type") == "TA":
                speech += [end for end in out.get(start, ()) if end in self.said]
        act = node.get("text")
        for said in speech:
            self.draft.update(said, illocution=known(act))
            for about in out.get(key, ()):
                if about in self.claims or about in self.steps:
                    self.draft.link(LinkKind.SAYS, said, about, extra={"aif": {"through": key}})

    def locution(self, said: dict[str, Any], persons: dict[str, str]) -> None:
        """Say who spoke and when, by an entry of the list of locutions."""
        key = str(said.get("nodeID"))
        if key not in self.said:
            return  # AIFdb lists locutions of other node sets too
        person = persons.get(str(said.get("personID")))
        if person and key not in self.speakers:
            self.speakers.add(key)
            self.draft.link(
                LinkKind.SPOKEN_BY, key, self.draft.person(person), extra={"aif": {"through": "list"}}
            )
        start = known(said.get("start")) or known(said.get("timestamp"))
        if start:
            self.draft.update(key, start=start)

    def speakers_by_text(self) -> None:
        """Where no list says who spoke, `Ann : tea!` does."""
        for key, text in self.said.items():
            name, colon, _ = text.partition(" : ")
            name = name.strip()
            if key not in self.speakers and colon and 0 < len(name) <= _SPEAKER_LENGTH:
                person = self.draft.person(name)
                self.draft.link(LinkKind.SPOKEN_BY, key, person, extra={"aif": {"through": "text"}})

    def report(self) -> None:
        """Warn of nodes that are kept and that no link shows."""
        if not self.kept:
            return
        counts = Counter(str(node.get("type") or "") for node in self.kept.values())
        for kind, count in counts.items():
            if kind not in ("YA", "TA"):
                what = numbered(count, _OTHERS.get(kind, f'node of the type "{kind}"'), _plural(kind))
                self.file.warn("", f"{what} kept and written back, and shown by no link")


def scheme_of(node: dict[str, Any]) -> str | None:
    """The scheme that an RA or CA node names, if it names one."""
    for value in (node.get("scheme"), node.get("text")):
        if isinstance(value, str) and value.strip() not in UNNAMED:
            return value
    return None


def _plural(kind: str) -> str:
    return f"{_OTHERS[kind]}s" if kind in _OTHERS else f'nodes of the type "{kind}"'


def _persons(rows: Iterable[tuple[str, dict[str, Any]]]) -> dict[str, str]:
    persons = {}
    for _, row in rows:
        name = " ".join(str(row[part]).strip() for part in ("firstname", "surname") if row.get(part))
        if name:
            persons[str(row.get("participantID"))] = name
    return persons


def known(value: object) -> str | None:
    """Text that says something, else None."""
    return value if isinstance(value, str) and value else None
