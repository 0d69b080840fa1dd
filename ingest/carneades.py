"""Argument graphs of Carneades 4 in YAML: statements, arguments with their premises, issues, assumptions.

Argument schemes, the language, weighing functions, issues and tests are kept in the map's
`extra["carneades"]` as they stand, and written back.
"""

from __future__ import annotations

from itertools import combinations
from pathlib import Path
from typing import Any

from graph.draft import Key, MapDraft
from graph.errors import InputError, Problem
from graph.model import LinkKind, Polarity
from ingest.reading import Reading, own_id
from ingest.steps import link_shortcuts
from ingest.yamltext import parsed

_MOST_POSITIONS = 50  # of one issue: each excludes each other one


def read(path: Path, content: str, map_id: str | None) -> Reading:
    """The map of an argument graph."""
    root = parsed(path, content)
    if root is None:
        raise InputError(Problem(str(path), "the file is empty"))
    if not isinstance(root, dict):
        raise InputError(
            Problem(str(path), "this is no argument graph: it has to have statements and arguments")
        )
    return _Graph(path, root, map_id).reading()


class _Graph:
    """One argument graph on its way into a draft."""

    def __init__(self, path: Path, root: dict[Any, Any], map_id: str | None) -> None:
        self.path, self.root = path, root
        meta = root.get("meta")
        title = meta.get("title") if isinstance(meta, dict) else None
        self.draft = MapDraft(map_id or own_id(path), str(title).strip() if title else path.stem)
        self.problems: list[Problem] = []
        self.steps: dict[Key, Polarity] = {}
        self.joints: list[tuple[LinkKind, Key, Key]] = []

    def reading(self) -> Reading:
        """The map; raises InputError with the path of everything that is wrong."""
        assumed = [str(key) for key in self._list(self.root.get("assumptions"), "assumptions")]
        for key, value in self._mapping(self.root.get("statements"), "statements").items():
            self._statement(key, value, str(key) in assumed)
        arguments = self._mapping(self.root.get("arguments"), "arguments")
        for key, value in arguments.items():
            self._argument(key, self._mapping(value, f"arguments.{key}"))
        for key in assumed:
            self.draft.update(self._undeclared(key), granted=True)
        link_shortcuts(self.draft, self.steps, self.joints)
        self._issues()
        if self.problems:
            raise InputError(self.problems)
        # "undercutter: x" and the assumptions are said by links and items, all else is kept as it stands.
        rest = {
            str(name): value for name, value in self.root.items() if name not in ("statements", "arguments")
        }
        rest["sections"] = [str(name) for name in self.root]
        return Reading(self.draft.finish(format="carneades", extra={"carneades": rest}))

    def _statement(self, key: object, value: object, assumed: bool) -> None:
        text: object = value
        own: dict[str, object] = {"key": key}
        if isinstance(value, dict):
            text = value.get("text")
            own["rest"] = {str(name): held for name, held in value.items() if name != "text"}
            assumed = assumed or value.get("assumed") is True
            if "text" in value and not isinstance(text, str):
                own["text"] = text
        elif not isinstance(value, str):
            own["text"] = value
        if isinstance(text, (dict, list)):
            self._problem(f"statements.{key}", "the text of a statement has to be text")
            return
        name = ("statement", str(key))
        if name in self.draft:
            self._problem(
                f"statements.{key}", f'the statement "{key}" stands twice', "Give each its own name."
            )
            return
        words = "" if text is None else str(text)
        self.draft.claim(
            name,
            title="" if words.strip() else str(key),
            text=words,
            slug=_slug(str(key)),
            granted=True if assumed else None,
            extra={"carneades": own},
        )

    def _undeclared(self, key: str) -> Key:
        """A statement that is used and nowhere declared: a sentence of the language, `in(weather,rain)`."""
        name = ("statement", key)
        if name not in self.draft:
            self.draft.claim(
                name, title=key, text=key, slug=_slug(key), extra={"carneades": {"undeclared": key}}
            )
        return name

    def _argument(self, key: object, said: dict[Any, Any]) -> None:
        name = ("argument", str(key))
        if name in self.draft:
            self._problem(f"arguments.{key}", f'the argument "{key}" stands twice', "Give each its own name.")
            return
        where = f"arguments.{key}"
        scheme = said.get("scheme")
        strict = said.get("strict")
        rest = {
            str(n): v for n, v in said.items() if n not in ("conclusion", "premises", "undercutter", "scheme")
        }
        own: dict[str, object] = {"key": key, "rest": rest}
        for part in ("premises", "conclusion", "undercutter"):  # null is not the same as nothing
            if part in said and not said[part]:
                own[part] = said[part]
        self.draft.inference(
            name,
            title=f"{scheme or 'argument'} {key}",
            slug=_slug(str(key)),
            namespace="argument",
            scheme=str(scheme) if scheme else None,
            strict=strict if isinstance(strict, bool) else None,
            extra={"carneades": own},
        )
        self.steps[name] = Polarity.SUPPORTS
        premises = said.get("premises")
        if isinstance(premises, dict):
            pairs = [(str(role), held) for role, held in premises.items()]
            own["roles"] = [role for role, _ in pairs]
        else:
            pairs = [("", held) for held in self._list(premises, f"{where}.premises")]
        seen: list[str] = []
        for role, held in pairs:
            if self._is_name(held, f"{where}.premises"):
                if str(held) in seen:
                    own.setdefault("doubled", []).append(held)  # type: ignore[attr-defined]
                    continue
                seen.append(str(held))
                self._joint(LinkKind.PREMISE_OF, self._undeclared(str(held)), name, role)
        if said.get("conclusion") and self._is_name(said["conclusion"], f"{where}.conclusion"):
            self._joint(LinkKind.CONCLUDES, name, self._undeclared(str(said["conclusion"])))
        if said.get("undercutter") and self._is_name(said["undercutter"], f"{where}.undercutter"):
            self.draft.attack(self._undeclared(str(said["undercutter"])), name)

    def _joint(self, kind: LinkKind, start: Key, end: Key, role: str = "") -> None:
        self.draft.link(kind, start, end, extra={"carneades": {"role": role}} if role else None)
        self.joints.append((kind, start, end))

    def _issues(self) -> None:
        """The positions of an issue exclude each other."""
        for key, value in self._mapping(self.root.get("issues"), "issues").items():
            issue = self._mapping(value, f"issues.{key}")
            positions = [
                str(held)
                for held in self._list(issue.get("positions"), f"issues.{key}.positions")
                if self._is_name(held, f"issues.{key}.positions")
            ]
            if len(positions) <= _MOST_POSITIONS:
                for one, other in combinations(dict.fromkeys(positions), 2):
                    ends = self._undeclared(one), self._undeclared(other)
                    self.draft.contradict(*ends, extra={"carneades": {"issue": str(key)}})

    def _mapping(self, value: object, where: str) -> dict[Any, Any]:
        if isinstance(value, dict):
            return value
        if value is not None:
            self._problem(where, "this has to be a list of `name: value`")
        return {}

    def _list(self, value: object, where: str) -> list[Any]:
        if isinstance(value, list):
            return value
        if value is not None:
            self._problem(where, "this has to be a list")
        return []

    def _is_name(self, value: object, where: str) -> bool:
        if isinstance(value, (dict, list)) or value is None:
            self._problem(where, "this has to be the name of a statement")
            return False
        return True

    def _problem(self, where: str, what: str, hint: str = "") -> None:
        self.problems.append(Problem(str(self.path), what, hint, path=where))


def _slug(key: str) -> str:
    """The key as the slug of an id: `¬app(a1)` and `app(a1)` are two."""
    return key.replace("¬", "not-")
