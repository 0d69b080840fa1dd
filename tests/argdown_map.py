"""The nodes and edges that @argdown/core would draw of a document, derived from what our parser read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from argdown_reference import Reference

Thing = dict[str, Any]
Node = tuple[str, str]  # type and title
_SYMMETRIC = ("contradictory", "contrary")
_WEAKER = {"contradictory": "attack", "contrary": "attack", "entails": "support"}


class DrawnMap:
    """Which statements and arguments are shown, and which edges join them."""

    def __init__(
        self, reference: Reference, settings: Mapping[str, Any], sections: Mapping[str, str]
    ) -> None:
        self._all = reference
        self._settings = settings
        self._sections = sections  # titles by id
        statements = {
            t: s for t, s in reference.statements.items() if self._preselected(s, "excludeStatements")
        }
        arguments = {t: a for t, a in reference.arguments.items() if self._preselected(a, "excludeArguments")}
        self._statements, self._arguments = statements, arguments
        self._statements = {t: s for t, s in statements.items() if self._shows_statement(s)}
        self._arguments = {t: a for t, a in arguments.items() if self._shows_argument(a)}
        self.nodes: set[Node] = {("statement-map-node", t) for t in self._statements}
        self.nodes |= {("argument-map-node", t) for t in self._arguments}
        self.edges = sorted(self._edges())

    def _preselected(self, thing: Thing, exclude: str) -> bool:
        settings = self._settings
        if not settings.get("ignoreIsInMap") and thing.get("data", {}).get("isInMap", True) is not True:
            return False
        if thing["title"] in (settings.get(exclude) or ()):
            return False
        wanted = settings.get("selectedSections")
        section = thing.get("section")
        if wanted is not None and not (
            self._sections[section] in wanted if section else settings.get("selectElementsWithoutSection")
        ):
            return False
        tags = settings.get("selectedTags")
        if tags is None:
            return True
        own = thing.get("tags") or []
        return bool(set(own) & set(tags)) or (not own and settings.get("selectElementsWithoutTag") is True)

    def _selected(self, relation: Thing, thing: Thing) -> bool:
        """Whether an end of a relation is shown, or stands for arguments that are."""
        if thing["type"] != "equivalence-class":
            return thing["title"] in self._arguments
        if thing["title"] in self._statements:
            return True
        role = "premise" if relation["to"] is thing else "main-conclusion"
        return any(
            (relation["kind"] in _SYMMETRIC or m["role"] == role)
            and m.get("argumentTitle") in self._arguments
            for m in thing["members"]
        )

    def _other_selected(self, relation: Thing, thing: Thing) -> bool:
        other = relation["to"] if relation["from"] is thing else relation["from"]
        return self._selected(relation, other)

    def _shows_statement(self, statement: Thing) -> bool:
        settings = self._settings
        if not settings.get("ignoreIsInMap") and statement.get("data", {}).get("isInMap") is True:
            return True
        if statement["title"] in (settings.get("includeStatements") or ()):
            return True
        related = any(self._other_selected(r, statement) for r in statement["relations"])
        used = any(
            m["role"] in _ENDS and m.get("argumentTitle") in self._arguments for m in statement["members"]
        )
        match settings.get("statementSelectionMode", "with-title"):
            case "all":
                chosen = True
            case "top-level":
                chosen = (not used and related) or any(
                    m["role"] == "top-level-statement" for m in statement["members"]
                )
            case "with-relations":
                chosen = related
            case "not-used-in-argument":
                chosen = not used
            case "with-more-than-one-relation":
                chosen = related and (not used or self._partners(statement) > 1)
            case _:
                chosen = (not used and related) or not statement["title"].startswith("Untitled")
        return chosen and (settings.get("excludeDisconnected") is False or used or related)

    def _partners(self, statement: Thing) -> int:
        count = 0
        for relation in statement["relations"]:
            other = relation["to"] if relation["from"] is statement else relation["from"]
            if other["type"] == "equivalence-class":
                role = "premise" if relation["to"] is other else "main-conclusion"
                if statement["title"] in self._statements:
                    count += sum(
                        m["role"] == role and m.get("argumentTitle") in self._arguments
                        for m in other["members"]
                    )
            else:
                count += other["title"] in self._arguments
        return count

    def _shows_argument(self, argument: Thing) -> bool:
        if self._settings.get("excludeDisconnected") is False:
            return True
        if not self._settings.get("ignoreIsInMap") and argument.get("data", {}).get("isInMap") is True:
            return True
        if any(self._other_selected(r, argument) for r in argument["relations"]):
            return True
        return any(self._connects(member) for member in argument["pcs"])

    def _connects(self, member: Thing) -> bool:
        inference = member.get("inference")
        if inference and any(self._other_selected(r, inference) for r in inference["relations"]):
            return True
        role = member["role"]
        if role not in _ENDS:
            return False
        statement = self._all.statements[member["title"]]
        for relation in statement["relations"]:
            one_way = relation["kind"] not in _SYMMETRIC
            if one_way and role == "premise" and relation["from"] is statement:
                continue
            if one_way and role == "main-conclusion" and relation["to"] is statement:
                continue
            if self._other_selected(relation, statement):
                return True
        if member["title"] in self._statements:
            return True
        wanted = "premise" if role == "main-conclusion" else "main-conclusion"
        return any(
            m["role"] == wanted and m.get("argumentTitle") in self._arguments for m in statement["members"]
        )

    def _edges(self) -> list[tuple[str, str, str]]:
        edges: list[tuple[str, Node, Node]] = []
        for relation in self._all.relations:
            if all(self._selected(relation, relation[end]) for end in ("from", "to")):
                edges += self._of_relation(relation["kind"], relation["from"], relation["to"], reverse=False)
                if relation["kind"] in _SYMMETRIC:
                    edges += self._of_relation(
                        relation["kind"], relation["to"], relation["from"], reverse=True
                    )
        edges += self._of_structures()
        return [(kind, "/".join(start), "/".join(end)) for kind, start, end in edges]

    def _of_relation(
        self, kind: str, start: Thing, end: Thing, *, reverse: bool
    ) -> list[tuple[str, Node, Node]]:
        edges = []
        for one in self._ends(start, "main-conclusion", reverse=reverse, hidden_only=False):
            for other in self._ends(end, "premise", reverse=reverse, hidden_only=reverse):
                between_statements = one[0] == other[0] == "statement-map-node"
                edges.append((kind if between_statements else _WEAKER.get(kind, kind), one, other))
        return edges

    def _ends(self, thing: Thing, role: str, *, reverse: bool, hidden_only: bool) -> list[Node]:
        if thing["type"] != "equivalence-class":
            return [] if reverse else [("argument-map-node", thing["title"])]
        if thing["title"] in self._statements:
            return [] if hidden_only else [("statement-map-node", thing["title"])]
        return [
            ("argument-map-node", m["argumentTitle"])
            for m in thing["members"]
            if m["role"] == role and m.get("argumentTitle") in self._arguments
        ]

    def _of_structures(self) -> list[tuple[str, Node, Node]]:
        found: dict[tuple[str, Node, Node], None] = {}
        for title, argument in self._arguments.items():
            if not argument["pcs"]:
                continue
            conclusion = argument["pcs"][-1]["title"]
            here = ("argument-map-node", title)
            if conclusion in self._statements:
                found["support", here, ("statement-map-node", conclusion)] = None
                continue
            for other in self._users(conclusion):
                found["support", here, other] = None
        for title in self._statements:
            for user in self._users(title):
                found["support", ("statement-map-node", title), user] = None
        return list(found)

    def _users(self, title: str) -> list[Node]:
        """The shown arguments that use a statement as a premise."""
        return [
            ("argument-map-node", m["argumentTitle"])
            for m in self._all.statements[title]["members"]
            if m["role"] == "premise" and m.get("argumentTitle") in self._arguments
        ]


_ENDS = ("premise", "main-conclusion")
