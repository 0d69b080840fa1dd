"""Abstract frameworks of the ICCMA competitions: apx, tgf, af (2023) and assumption-based ones (aba)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from graph.draft import MapDraft
from graph.errors import InputError, Problem
from graph.model import LinkKind, Polarity
from ingest.reading import Reading, own_id
from ingest.steps import link_shortcuts

_MOST = 1_000_000  # arguments that a header may announce: they are made before anything is read
_FACT = re.compile(
    r"\s*(?:%[^\n]*|(arg|att)\(\s*(\"[^\"\n]*\"|[^\s(),%\"]+)\s*(?:,\s*(\"[^\"\n]*\"|[^\s(),%\"]+)\s*)?\)\s*\.)"
)


class _Framework:
    """Arguments and attacks on their way into a draft, and what is wrong with the file."""

    def __init__(self, path: Path, map_id: str | None) -> None:
        self.path = path
        self.draft = MapDraft(map_id or own_id(path), path.stem)
        self.problems: list[Problem] = []
        self.attacks: list[tuple[int, str, str]] = []
        self.labels: dict[tuple[str, str], str] = {}  # of attacks

    def argument(self, line: int, name: str, label: str = "") -> None:
        """Add an argument, which says `label` or else its name; a name that was there is a problem."""
        if name in self.draft:
            self.problem(line, f'the argument "{name}" stands twice', "Leave one of them out.")
            return
        own = {"name": name, "label": label} if label else {"name": name}
        said = label or name
        self.draft.claim(name, title=said, text=said, slug=name, extra={"iccma": own})

    def problem(self, line: int, what: str, hint: str = "") -> None:
        """Note an error at a line."""
        self.problems.append(Problem(str(self.path), what, hint, line))

    def reading(self, name: str) -> Reading:
        """The map; raises InputError with what is wrong. Every argument may be the one asked about."""
        for line, start, end in self.attacks:
            missing = next((key for key in (start, end) if key not in self.draft), None)
            if missing is None:
                label = self.labels.get((start, end))
                self.draft.attack(start, end, extra={"iccma": {"label": label}} if label else None)
            else:
                self.problem(
                    line, f'the attack names "{missing}", which is no argument', "Declare it before."
                )
        self.done()
        return Reading(self.draft.finish(format=name))

    def done(self) -> None:
        """Raise InputError if there was a problem."""
        if self.problems:
            raise InputError(sorted(self.problems, key=lambda problem: problem.line or 0))


def read_apx(path: Path, content: str, map_id: str | None) -> Reading:
    """The map of `arg(a).` and `att(a,b).` facts in any order, one or many a line."""
    found = _Framework(path, map_id)
    place, line, counted = 0, 1, 0
    if not content.strip():
        found.problem(1, "the file is empty", "Write arg(a). or att(a,b).")
    while place < len(content):
        fact = _FACT.match(content, place)
        if fact is None:
            rest = content[place:]
            if rest.strip():
                start = place + len(rest) - len(rest.lstrip())
                line += content.count("\n", counted, start)
                found.problem(
                    line,
                    f'this is no fact: "{content[start : start + 30].splitlines()[0]}"',
                    "Write arg(a). or att(a,b).",
                )
            break
        line += content.count("\n", counted, fact.end())
        counted = place = fact.end()
        kind, first, second = fact.groups()
        if kind == "arg" and second is None:
            found.argument(line, first)
        elif kind == "att" and second is not None:
            found.attacks.append((line, first, second))
        elif kind:
            found.problem(
                line, f"{kind} has {'two names' if second else 'one name'}", "Write arg(a). or att(a,b)."
            )
    return found.reading("apx")


def read_tgf(path: Path, content: str, map_id: str | None) -> Reading:
    """The map of a line for each argument, a line `#`, and a line for each attack; any may be labelled."""
    found = _Framework(path, map_id)
    attacks = False
    for line, text in _lines(content):
        words = text.split(maxsplit=2 if attacks else 1)
        label = words[-1].strip() if len(words) == (3 if attacks else 2) else ""
        if words[0] == "#" and not attacks:
            attacks = True
        elif not attacks:
            found.argument(line, words[0], label)
        elif len(words) >= 2:
            found.attacks.append((line, words[0], words[1]))
            if label:
                found.labels.setdefault((words[0], words[1]), label)
        else:
            found.problem(line, f'an attack has two names, and this has "{text.strip()}" alone', "Write: a b")
    if not attacks and not found.problems:
        found.problem(1, "no line # parts the arguments from the attacks", "Write # on a line of its own.")
    return found.reading("tgf")


def read_af(path: Path, content: str, map_id: str | None) -> Reading:
    """The map of `p af N` and a line `i j` for each attack; arguments are numbers from 1 to N."""
    found = _Framework(path, map_id)
    lines = [(line, text) for line, text in _lines(content) if not text.lstrip().startswith("#")]
    count = _header(found, lines, "af")
    for number in range(1, count + 1):
        found.argument(1, str(number))
    for line, text in lines[1:]:
        words = text.split()
        if len(words) == 2:
            found.attacks.append((line, words[0], words[1]))
        else:
            found.problem(line, f'an attack is two numbers, and this is "{text.strip()[:30]}"', "Write: 1 2")
    return found.reading("af")


def read_aba(path: Path, content: str, map_id: str | None) -> Reading:
    """The map of `p aba N`, `a x` (assumption), `c x y` (y is contrary to x) and `r head body…` (rule)."""
    found = _Framework(path, map_id)
    lines = [(line, text) for line, text in _lines(content) if not text.lstrip().startswith("#")]
    count = _header(found, lines, "aba")
    for number in range(1, count + 1):
        found.argument(1, str(number))
    rules = 0
    joints: list[tuple[LinkKind, str, str]] = []
    for line, text in lines[1:]:
        kind, *names = text.split()
        missing = next((name for name in names if name not in found.draft), None)
        if missing is not None:
            found.problem(
                line, f'"{missing[:30]}" is no atom from 1 to {count}', "Raise the number after p aba."
            )
        elif kind == "a" and len(names) == 1:
            found.draft.update(names[0], granted=True)
        elif kind == "c" and len(names) == 2:
            found.attacks.append((line, names[1], names[0]))
        elif kind == "r" and names:
            rules += 1
            step = f"rule {rules}"
            found.draft.inference(step, title=step, slug=f"rule-{rules}", strict=True)
            joints += [(LinkKind.PREMISE_OF, name, step) for name in dict.fromkeys(names[1:])]
            joints.append((LinkKind.CONCLUDES, step, names[0]))
        else:
            found.problem(line, f'this is no assumption, contrary or rule: "{text.strip()[:30]}"')
    found.done()
    for joint in joints:
        found.draft.link(*joint)
    link_shortcuts(found.draft, {f"rule {n}": Polarity.SUPPORTS for n in range(1, rules + 1)}, joints)
    return found.reading("aba")


def _lines(content: str) -> Iterator[tuple[int, str]]:
    for line, text in enumerate(content.split("\n"), 1):
        if text.strip():
            yield line, text


def _header(found: _Framework, lines: list[tuple[int, str]], kind: str) -> int:
    """The number that `p af N` says."""
    line, text = lines[0] if lines else (1, "")
    words = text.split()
    number = words[2] if len(words) == 3 else ""
    if words[:2] != ["p", kind] or not (number.isascii() and number.isdecimal()):
        found.problem(
            line, f"the first line is no header: p {kind} N", f"Write p {kind} and how many there are."
        )
    elif len(number) > 7 or int(number) > _MOST:
        found.problem(line, f"more than {_MOST:,} are too many")
    found.done()
    return int(number)
