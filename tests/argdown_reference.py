"""What @argdown/core would make of a document that our parser read, in terms that its JSON can be held to."""

from __future__ import annotations

from typing import Any

from ingest.argdown.data import merge
from ingest.argdown.syntax import Document, Kind, Member, Reconstruction, Relation, Step

_TYPES = {"+": "support", "-": "attack", "_": "undercut"}


class Reference:
    """Statements, arguments and relations of a document, named and related as the reference does it."""

    def __init__(self, document: Document) -> None:
        self.statements: dict[str, dict[str, Any]] = {}
        self.arguments: dict[str, dict[str, Any]] = {}
        self.relations: list[dict[str, Any]] = []
        self.headings = document.headings
        model = document.frontmatter.get("model")
        model = model if isinstance(model, dict) else {}
        self._strict = model.get("mode") == "strict"
        self._without_tags = model.get("removeTagsFromText") is True
        self._count = 0
        self._titles: dict[int, str] = {}
        self._inference: dict[str, Any] | None = None
        for top in document.tops:
            if isinstance(top, Member):
                self._member(top, "top-level-statement" if not top.listed else "")
            else:
                self._structure(top)
        for holder in (*self.statements.values(), *self.arguments.values()):
            if holder.get("section") is None and holder["members"]:
                holder["section"] = holder["members"][0]["section"]
        self._move()

    def sections(self) -> list[tuple[object, ...]]:
        """Every heading in order: level, title, tags, data."""
        return [(h.level, h.title, sorted(h.tags), h.data) for h in self.headings]

    def related(self) -> list[tuple[str, ...]]:
        """Every relation: its kind, and title and type of both ends."""
        return [
            (r["kind"], r["from"]["title"], r["from"]["type"], r["to"]["title"], r["to"]["type"])
            for r in self.relations
        ]

    def _title(self, member: Member) -> str:
        if member.title is not None:
            return member.title
        if id(member) not in self._titles:
            self._count += 1
            self._titles[id(member)] = f"Untitled {self._count}"
        return self._titles[id(member)]

    def _holder(self, kind: Kind, title: str) -> dict[str, Any]:
        if kind is Kind.STATEMENT:
            return self.statements.setdefault(
                title, {"type": "equivalence-class", "title": title, "members": [], "relations": []}
            )
        return self.arguments.setdefault(
            title, {"type": "argument", "title": title, "members": [], "pcs": [], "relations": []}
        )

    def _member(self, top: Member, role: str) -> dict[str, Any]:
        """The member and, below it, its relations; those below come first, as in the reference."""
        made: dict[str, Any] = {}
        stack: list[tuple[Member, str, Relation | None, Member | None, bool]] = [
            (top, role, None, None, False)
        ]
        while stack:
            member, its_role, relation, parent, done = stack.pop()
            if done:
                made = self._said(member, its_role)
                if relation is not None and parent is not None:
                    self._relate(relation, self._holder(parent.kind, self._title(parent)))
                continue
            self._title(member)
            stack.append((member, its_role, relation, parent, True))
            for below in reversed(member.relations):
                stack.append((below.member, "relation-statement", below, member, False))
        return made

    def _said(self, member: Member, role: str) -> dict[str, Any]:
        title = self._title(member)
        holder = self._holder(member.kind, title)
        made: dict[str, Any] = {
            "title": title,
            "text": self._text(member),
            "isReference": member.reference,
            "role": "argument-description" if member.kind is Kind.ARGUMENT else role,
            "tags": list(member.tags),
            "data": member.data or None,
            "section": None if member.section is None else f"s{member.section + 1}",
            "ranges": [
                {"type": r.kind, "start": r.start, "stop": r.stop, "url": r.url}
                for r in member.ranges
                if not (self._without_tags and r.kind == "tag")
            ],
        }
        holder["members"].append(made)
        holder.setdefault("tags", [])
        holder["tags"] += [tag for tag in member.tags if tag not in holder["tags"]]
        holder.setdefault("data", {})
        merge(holder["data"], member.data)
        forced = member.data.get("isInGroup")
        if forced is True or (not member.reference and forced is None and holder.get("section") is None):
            holder["section"] = made["section"]
        return made

    def _text(self, member: Member) -> str:
        text = member.text
        if self._without_tags:
            for mark in sorted((r for r in member.ranges if r.kind == "tag"), key=lambda r: -r.start):
                text = text[: mark.start] + text[mark.stop :]
        return text

    def _structure(self, structure: Reconstruction) -> None:
        if structure.argument is None:
            structure.argument = Member(Kind.ARGUMENT, structure.offset, structure.offset)
        title = self._title(structure.argument)
        argument = self._holder(Kind.ARGUMENT, title)
        if structure.section is not None:
            argument["section"] = f"s{structure.section + 1}"
        pending = None
        for line in structure.lines:
            if isinstance(line, Step):
                pending = {
                    "type": "inference",
                    "title": title,
                    "inferenceRules": line.rules,
                    "data": line.data or None,
                    "relations": [],
                    "conclusionIndex": len(argument["pcs"]),
                }
                self._inference = pending
                for relation in line.relations:
                    self._member(relation.member, "relation-statement")
                    self._relate(relation, pending)
                continue
            made = self._member(line, "premise")
            made["argumentTitle"] = title
            if pending is not None:
                made["role"] = "intermediary-conclusion"
                made["inference"] = pending
                pending = None
            argument["pcs"].append(made)
        if argument["pcs"]:
            argument["pcs"][-1]["role"] = "main-conclusion"

    def _relate(self, relation: Relation, parent: dict[str, Any]) -> None:
        symbol = relation.symbol
        child = self._holder(relation.member.kind, self._title(relation.member))
        kind = "contradictory" if symbol == "><" else next(_TYPES[c] for c in symbol if c in _TYPES)
        from_parent = symbol in ("+>", "->", "_>", "><")
        if kind == "undercut" and not from_parent and parent["type"] == "equivalence-class":
            parent = self._inference or parent
        start, end = (parent, child) if from_parent else (child, parent)
        for held in start["relations"]:
            if held["kind"] == kind and (
                held["to"] is end or (kind == "contradictory" and held["from"] is end and held["to"] is start)
            ):
                return
        made = {"kind": kind, "from": start, "to": end}
        self.relations.append(made)
        start["relations"].append(made)
        if end is not start:
            end["relations"].append(made)

    def _move(self) -> None:
        kept = []
        for relation in self.relations:
            start, end, drop = relation["from"], relation["to"], False
            if start["type"] == "argument" and start["pcs"]:
                new = self.statements[start["pcs"][-1]["title"]]
                _without(start["relations"], relation)
                relation["from"] = new
                if any(r["to"] is end and r["kind"] == relation["kind"] for r in new["relations"]):
                    drop = True
                    _without(end["relations"], relation)
                else:
                    new["relations"].append(relation)
            if end["type"] == "argument" and end["pcs"] and relation["kind"] == "undercut":
                inference = end["pcs"][-1]["inference"]
                relation["to"] = inference
                if any(
                    r["from"] is relation["from"] and r["kind"] == "undercut" for r in inference["relations"]
                ):
                    drop = True
                    _without(relation["from"]["relations"], relation)
                else:
                    inference["relations"].append(relation)
            if not drop:
                kept.append(relation)
        self.relations = kept
        if self._strict:
            self._make_strict()
        self.relations = [r for r in self.relations if not self._redundant(r)]

    def _make_strict(self) -> None:
        kept = []
        for relation in self.relations:
            start, end = relation["from"], relation["to"]
            if start["type"] == end["type"] == "equivalence-class":
                if relation["kind"] == "support":
                    relation["kind"] = "entails"
                elif relation["kind"] == "attack":
                    if any(
                        r["kind"] == "contrary" and {id(r["from"]), id(r["to"])} == {id(start), id(end)}
                        for r in start["relations"]
                    ):
                        _without(start["relations"], relation)
                        _without(end["relations"], relation)
                        continue
                    relation["kind"] = "contrary"
            kept.append(relation)
        self.relations = kept

    def _redundant(self, relation: dict[str, Any]) -> bool:
        start, end = relation["from"], relation["to"]
        if start["type"] != "equivalence-class" or relation["kind"] != "attack" or end["type"] != "argument":
            return False
        premises = {s["title"] for s in end["pcs"] if s["role"] == "premise"}
        for other in start["relations"]:
            far = other["to"] if other["from"] is start else other["from"]
            against = other["kind"] in ("contradictory", "contrary") or (
                other["kind"] == "attack" and other["from"] is start
            )
            if against and far["type"] == "equivalence-class" and far["title"] in premises:
                return True
        return False


def _without(relations: list[dict[str, Any]], relation: dict[str, Any]) -> None:
    relations[:] = [held for held in relations if held is not relation]
