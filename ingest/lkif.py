"""LKIF argument graphs (Carneades 1) and CAF (Carneades 2 and 3), which say the same in other words."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from graph.draft import Key, MapDraft
from graph.errors import InputError, Problem
from graph.model import LinkKind, Polarity
from ingest.reading import Reading, own_id
from ingest.steps import link_shortcuts
from ingest.xmltext import parsed

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_UNDERCUT = "(undercut "


def read_lkif(path: Path, content: str, map_id: str | None) -> Reading:
    """The map of an LKIF file: pro and con arguments with ordinary premises, exceptions, assumptions."""
    root = parsed(path, content, "lkif")
    graph = next(root.iter("argument-graph"), None)
    file = _Graph(path, map_id, (graph.get("title") if graph is not None else "") or path.stem, "lkif")
    file.keep(root, "argument-graphs")
    if graph is not None and graph.attrib:
        file.own["argument-graph"] = dict(graph.attrib)
    for statement in root.iter("statement"):
        sentence = statement.find("s")
        text = " ".join("".join(sentence.itertext()).split()) if sentence is not None else ""
        granted = statement.get("value") == "true" or None
        file.statement(statement, text, granted)
    main = graph.get("main-issue") if graph is not None else None
    for argument in root.iter("argument"):
        file.argument(argument, pro=argument.get("direction") != "con")
    return file.reading(main)


def read_caf(path: Path, content: str, map_id: str | None) -> Reading:
    """The map of a CAF file; its references are sources, and its undercuts hit the argument they name."""
    root = parsed(path, content, "caf")
    metadata = root.find("metadata")
    title = metadata.get("title") if metadata is not None else ""
    file = _Graph(path, map_id, " ".join((title or "").split()) or path.stem, "caf")
    file.keep(root, "statements", "arguments", "references")
    undercuts: dict[str, str] = {}
    mains: list[str] = []
    for statement in root.iter("statement"):
        atom, key = statement.get("atom") or "", statement.get("id", "")
        text = _described(statement)
        if atom.startswith(_UNDERCUT):
            undercuts[key] = atom.removeprefix(_UNDERCUT).rstrip(") ")
        elif not text and atom != key:
            text = atom
        file.statement(statement, text, None)
        if statement.get("main") == "true":
            mains.append(key)
    sources = _references(file.draft, root)
    for argument in root.iter("argument"):
        step = file.argument(argument, pro=argument.get("pro") != "false")
        named = argument.find("metadata")
        source = named.get("source") if named is not None else None
        if step is not None and source in sources:
            file.draft.link(LinkKind.CITES, step, sources[str(source)])
    for statement_id, argument_id in undercuts.items():
        if ("argument", argument_id) in file.steps and statement_id in file.statements:
            file.draft.attack(statement_id, ("argument", argument_id))
    return file.reading(*mains)


class _Graph:
    """Statements and arguments on their way into a draft."""

    def __init__(self, path: Path, map_id: str | None, title: str, name: str) -> None:
        self.path, self.name = path, name
        self.draft = MapDraft(map_id or own_id(path), title)
        self.problems: list[Problem] = []
        self.warnings: list[Problem] = []
        self.own: dict[str, object] = {}  # what the file says and the schema has no place for
        self.statements: set[str] = set()
        self.steps: dict[Key, Polarity] = {}
        self.joints: list[tuple[LinkKind, Key, Key]] = []

    def keep(self, root: Element, *read: str) -> None:
        """Keep the root's attributes, and the XML of its parts but for those that are `read`."""
        from xml.etree.ElementTree import tostring

        if root.attrib:
            self.own["attributes"] = dict(root.attrib)
        parts = [tostring(part, encoding="unicode").strip() for part in root if part.tag not in read]
        if parts:
            self.own["parts"] = parts

    def statement(self, element: Element, text: str, granted: bool | None) -> None:
        """Add a statement under its id."""
        key = element.get("id", "")
        if not key or key in self.statements:
            self.problem(f'a statement has the id "{key}"' + (" twice" if key else ""))
            return
        self.statements.add(key)
        own = {name: held for name, held in element.attrib.items() if name != "id"} | _others(element)
        about = {"title": "" if text else element.get("atom") or key}
        slug = key.removeprefix("urn:uuid:")
        self.draft.claim(
            key, text=text, slug=slug, granted=granted, extra={self.name: {"id": key, **own}}, **about
        )

    def argument(self, element: Element, *, pro: bool) -> Key | None:
        """Add an argument with its premises, exceptions and conclusion; its key, if it is whole."""
        key = element.get("id", "")
        step: Key = ("argument", key)
        if not key or step in self.steps:
            self.problem(f'an argument has the id "{key}"' + (" twice" if key else ""))
            return None
        scheme = element.get("scheme") or None
        self.steps[step] = Polarity.SUPPORTS if pro else Polarity.ATTACKS
        strict = element.get("strict")
        self.draft.inference(
            step,
            title=element.get("title") or f"{scheme or 'argument'} {key.removeprefix('urn:uuid:')}",
            text=_described(element),
            slug=key.removeprefix("urn:uuid:"),
            namespace="argument",
            polarity=self.steps[step],
            scheme=scheme,
            strict=None if strict is None else strict == "true",
            extra={self.name: dict(element.attrib) | _others(element)},
        )
        conclusion = element.find("conclusion")
        end = conclusion.get("statement", "") if conclusion is not None else ""
        if self._is_there(end, key):
            self._joint(LinkKind.CONCLUDES, step, end, None)
        for premise in element.iter("premise"):
            start = premise.get("statement", "")
            if not self._is_there(start, key):
                continue
            own = {name: held for name, held in premise.attrib.items() if name != "statement" and held}
            negative = premise.get("polarity") == "negative" or premise.get("positive") == "false"
            if premise.get("type") == "exception" or negative:
                self.draft.attack(start, step, extra={self.name: own})
            else:
                self._joint(LinkKind.PREMISE_OF, start, step, own)
        return step

    def _joint(self, kind: LinkKind, start: Key, end: Key, own: dict[str, str] | None) -> None:
        self.draft.link(kind, start, end, extra={self.name: own} if own else None)
        self.joints.append((kind, start, end))

    def _is_there(self, key: str, argument: str) -> bool:
        if key not in self.statements:
            self.problem(f'the argument "{argument}" names the statement "{key}", which is not there')
        return key in self.statements

    def problem(self, what: str) -> None:
        """Note an error."""
        self.problems.append(Problem(str(self.path), what))

    def reading(self, *motion: str | None) -> Reading:
        """The map; raises InputError with what is wrong."""
        if self.problems:
            raise InputError(self.problems)
        link_shortcuts(self.draft, self.steps, self.joints)
        found = [key for key in motion if key in self.statements]
        extra: dict[str, object] = {self.name: self.own} if self.own else {}
        argmap = self.draft.finish(motion=found, format=self.name, extra=extra)
        return Reading(argmap, tuple(self.warnings))


def _described(element: Element) -> str:
    """What an element's descriptions say: the English one, else the first."""
    described = [d for d in element.findall("descriptions/description") if d.text and d.text.strip()]
    if not described:
        described = [
            d for d in element.findall("metadata/descriptions/description") if d.text and d.text.strip()
        ]
    english = [d for d in described if d.get("lang") == "en"]
    return " ".join((english or described)[0].text.split()) if described else ""  # type: ignore[union-attr]


def _others(element: Element) -> dict[str, object]:
    """What else an element says of itself: its metadata, and its descriptions where there are several."""
    found: dict[str, object] = {}
    metadata = element.find("metadata")
    if metadata is not None and metadata.attrib:
        found["metadata"] = dict(metadata.attrib)
    described = [d for d in element.iter("description") if d.text and d.text.strip()]
    if len(described) > 1:
        found["descriptions"] = [{**d.attrib, "text": (d.text or "").strip()} for d in described]
    return found


def _references(draft: MapDraft, root: Element) -> dict[str, Key]:
    found: dict[str, Key] = {}
    for metadata in root.findall("references/metadata"):
        name = metadata.get("key", "")
        if name and name not in found:
            found[name] = draft.source(
                ("source", name),
                title=" ".join((metadata.get("title") or name).split()),
                slug=name,
                text=_described(metadata),
                extra={"caf": dict(metadata.attrib)},
            )
            creator, url = metadata.get("creator"), metadata.get("identifier")
            if creator:
                draft.update(found[name], author=(creator,))
            if url:
                draft.update(found[name], url=url)
    return found
