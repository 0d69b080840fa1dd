"""A map as an argument graph of Carneades 4 in YAML, with what such a file said besides."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graph.export.steps import Step, atoms, saying, steps_and_arrows
from graph.model import ArgumentMap, Item, ItemId, LinkKind, Polarity

_ORDER = ("meta", "statements", "arguments", "assumptions", "issues")


def to_carneades(argmap: ArgumentMap) -> str:
    """The YAML; an attack is an argument for the statement that its target does not hold."""
    import yaml

    document = _Graph(argmap).document()
    dumper: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    text: str = yaml.dump(document, Dumper=dumper, allow_unicode=True, sort_keys=False, width=100)
    return text


class _Graph:
    """The sections of one argument graph."""

    def __init__(self, argmap: ArgumentMap) -> None:
        self.argmap = argmap
        self.own = dict(_own(argmap))
        self.keys: dict[ItemId, Any] = {}
        self.statements: dict[Any, Any] = {}
        self.arguments: dict[Any, dict[str, Any]] = {}
        self.contraries: dict[ItemId, str] = {}
        self.issues: dict[Any, Any] = {}

    def document(self) -> dict[str, Any]:
        """All sections: in the order of the file that was read, else in the usual one."""
        for item in atoms(self.argmap):
            self._statement(item)
        self._arguments()
        held: dict[str, Any] = {name: value for name, value in self.own.items() if name != "sections"}
        held["statements"], held["arguments"] = self.statements, self.arguments
        held["assumptions"] = self._assumptions()
        self._contradictions()
        if self.issues:
            held["issues"] = {**(held.get("issues") or {}), **self.issues}
        sections = self.own.get("sections")
        if isinstance(sections, list):
            names = [name for name in sections if name in held]
            names += [name for name in held if name not in names and held[name]]
            return {
                name: held[name] or None if name in self._said_nothing() else held[name] for name in names
            }
        held["meta"] = {
            "title": self.argmap.title,
            **({"notes": self.argmap.text} if self.argmap.text else {}),
        }
        return {name: held[name] for name in _ORDER if held.get(name)}

    def _said_nothing(self) -> set[str]:
        """Sections of which the file has the name alone."""
        return {name for name in ("statements", "arguments") if not getattr(self, name)}

    def _statement(self, item: Item) -> None:
        own = _own(item)
        if "undeclared" in own:
            self.keys[item.id] = own["undeclared"]
            return
        key = own.get("key", item.id.removeprefix(f"{self.argmap.id}/"))
        self.keys[item.id] = key
        text = own["text"] if "text" in own else item.text if own else saying(item)
        if "rest" in own:
            form: dict[str, Any] = {"text": text} if text or "text" in own or item.text else {}
            self.statements[key] = {**form, **own["rest"]}
        else:
            self.statements[key] = text

    def _arguments(self) -> None:
        steps, arrows = steps_and_arrows(self.argmap, contradictions=False)
        steps = [step for step in steps if not self._is_undercutter(step)]
        by_key = {step.key: step for step in steps}
        names = self._names(steps)
        for step in steps:
            self.arguments[names[step.key]] = self._argument(step)
        for arrow in arrows:
            start, end = by_key.get(arrow.start), by_key.get(arrow.end)
            if start is None and end is not None and arrow.start in self.keys:
                self._premise(names[end.key], arrow.start, arrow.link)
            elif start is not None:
                conclusion = self._conclusion(start, arrow.end, names)
                if conclusion is not None:
                    self.arguments[names[start.key]].setdefault("conclusion", conclusion)
        for link in self.argmap.links:
            if link.kind is LinkKind.UNDERCUTS and names.get(link.end) in self.arguments and link.via is None:
                self.arguments[names[link.end]].setdefault("undercutter", self.keys[link.start])
        for step in steps:
            self.arguments[names[step.key]] = self._as_it_stood(step, self.arguments[names[step.key]])

    def _is_undercutter(self, step: Step) -> bool:
        """Whether a direct undercut became a step: Carneades names the statement instead."""
        if step.inference is not None:
            return False
        number = int(step.key.split()[1])
        return self.argmap.links[number].kind is LinkKind.UNDERCUTS

    def _argument(self, step: Step) -> dict[str, Any]:
        own = _own(step.inference)
        argument: dict[str, Any] = {}
        if step.inference is not None and step.inference.scheme:
            argument["scheme"] = step.inference.scheme
        argument |= own.get("rest") or {}
        if step.inference is not None and step.inference.strict is not None:
            argument.setdefault("strict", step.inference.strict)
        return argument

    def _premise(self, name: Any, start: ItemId, link: Any) -> None:
        role = _own(link).get("role")
        argument = self.arguments[name]
        if role:
            argument.setdefault("premises", {})
            if isinstance(argument["premises"], dict):
                argument["premises"][role] = self.keys[start]
                return
        premises = argument.setdefault("premises", [])
        if isinstance(premises, dict):
            premises[f"premise{len(premises) + 1}"] = self.keys[start]
        else:
            premises.append(self.keys[start])

    def _conclusion(self, step: Step, end: ItemId, names: Mapping[str, Any]) -> Any:
        if end not in self.keys:  # a step that backs or attacks a step, which Carneades does not know
            if step.polarity is Polarity.ATTACKS and names.get(end) in self.arguments:
                return self.arguments[names[end]].setdefault("undercutter", self._made(end, "applies not"))
            return None
        return self.keys[end] if step.polarity is Polarity.SUPPORTS else self._contrary(end)

    def _contrary(self, item_id: ItemId) -> Any:
        """The statement that an item does not hold, in an issue with the item."""
        if item_id not in self.contraries:
            self.contraries[item_id] = self._made(item_id, "not so")
            self.issues[f"issue {len(self.contraries)}"] = {
                "positions": [self.keys[item_id], self.contraries[item_id]]
            }
        return self.contraries[item_id]

    def _made(self, item_id: ItemId, words: str) -> str:
        key = f"¬{self.keys.get(item_id, item_id.removeprefix(f'{self.argmap.id}/'))}"
        self.statements.setdefault(key, f"{words}: {self.argmap.by_id[item_id].title}")
        return key

    def _as_it_stood(self, step: Step, argument: dict[str, Any]) -> dict[str, Any]:
        own = _own(step.inference)
        for part in ("premises", "conclusion", "undercutter"):
            if part in own:
                argument.setdefault(part, own[part])
        if "doubled" in own and isinstance(argument.get("premises"), list):
            argument["premises"] = [*argument["premises"], *own["doubled"]]
        return argument

    def _names(self, steps: list[Step]) -> dict[str, Any]:
        """A name for each argument: its own, else one that no other has."""
        names: dict[str, Any] = {}
        for step in steps:
            if step.inference is not None:
                own = _own(step.inference)
                names[step.key] = own.get("key", step.inference.id.removeprefix(f"{self.argmap.id}/"))
        taken = {str(name) for name in names.values()}
        count = 0
        for step in steps:
            if step.key not in names:
                count += 1
                while f"a{count}" in taken:
                    count += 1
                names[step.key] = f"a{count}"
        return names

    def _assumptions(self) -> Any:
        """The assumptions as they stood, less those granted no longer, with those granted since."""
        said = self.own.get("assumptions")
        granted = {
            str(self.keys[item.id]): self.keys[item.id]
            for item in atoms(self.argmap)
            if getattr(item, "granted", None) and not _own(item).get("rest", {}).get("assumed")
        }
        listed = [key for key in said or [] if str(key) in granted] if isinstance(said, list) else []
        known = {str(key) for key in listed}
        listed += [key for name, key in granted.items() if name not in known]
        return listed or said if "assumptions" in self.own else listed

    def _contradictions(self) -> None:
        kept = self.own.get("issues")
        names = {str(key) for key in kept} if isinstance(kept, Mapping) else set()
        for number, link in enumerate(self.argmap.links):
            if link.kind is LinkKind.CONTRADICTS and str(_own(link).get("issue")) not in names:
                self.issues[f"issue of {number}"] = {
                    "positions": [self.keys[link.start], self.keys[link.end]]
                }


def _own(part: Any) -> Mapping[str, Any]:
    held = part.extra.get("carneades") if part is not None else None
    return held if isinstance(held, Mapping) else {}
