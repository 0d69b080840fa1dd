"""A map in the formats of the ICCMA competitions (apx, tgf, af), for argumentation solvers."""

from __future__ import annotations

import re
from collections.abc import Callable

from graph.export.flattening import Named, named
from graph.model import ArgumentMap, Item, Link

_FACT_NAME = re.compile(r"[a-z][A-Za-z0-9_]*|[0-9]+")
_OWN_FACT_NAME = re.compile(r"\"[^\"\n\0]*\"|[^\s(),%\"\0]+")
_OWN_WORD = re.compile(r"(?!#$)[^\s\0]+")


def to_apx(argmap: ArgumentMap) -> str:
    """`arg(a).` and `att(a,b).` facts, each argument with a comment that says what it is."""
    framework = named(argmap)
    kept = _OWN_FACT_NAME if argmap.format == "apx" else _FACT_NAME
    names = _renamed(framework, lambda name: name if kept.fullmatch(name) else _quoted(name))
    lines = [f"arg({names[name]}).{_comment(name, said)}" for name, said in framework.arguments.items()]
    lines += [f"att({names[start]},{names[end]})." for start, end in framework.attacks]
    return "".join(f"{line}\n" for line in lines or ["% no arguments"])


def to_tgf(argmap: ArgumentMap) -> str:
    """A line for each argument, a line `#`, and a line for each attack, with the labels such a file gave.

    No others are made up: solvers read names alone.
    """
    framework = named(argmap)
    own = argmap.format == "tgf"
    names = _renamed(framework, lambda name: name if own and _OWN_WORD.fullmatch(name) else _word(name))
    lines = [names[name] for name in framework.arguments]
    for place, item_id in enumerate(framework.names):  # these come first, in this order
        lines[place] += _label(argmap.by_id[item_id])
    labels = {
        (framework.names.get(link.start), framework.names.get(link.end)): _label(link)
        for link in reversed(argmap.links)
    }
    lines.append("#")
    lines += [
        f"{names[start]} {names[end]}{labels.get((start, end), '')}" for start, end in framework.attacks
    ]
    return "".join(f"{line}\n" for line in lines)


def to_af(argmap: ArgumentMap) -> str:
    """`p af N` and a line for each attack; comments say which number is what."""
    framework = named(argmap)
    numbers = {name: number for number, name in enumerate(framework.arguments, 1)}
    lines = [f"p af {len(numbers)}"]
    for name, meaning in framework.arguments.items():
        if str(numbers[name]) not in (name, meaning):
            lines.append(f"# {numbers[name]} = {' '.join((meaning or 'made up for the solver').split())}")
    lines += [f"{numbers[start]} {numbers[end]}" for start, end in framework.attacks]
    return "".join(f"{line}\n" for line in lines).replace("\0", "\ufffd")


def _renamed(framework: Named, form: Callable[[str], str]) -> dict[str, str]:
    """Each name in the form that a format has; names that have it stay as they are."""
    names = {name: name for name in framework.arguments if form(name) == name}
    taken = set(names)
    for name in framework.arguments:
        if name not in names:
            said, count = form(name), 1
            while said in taken:
                count += 1
                said = form(f"{name}_{count}")
            taken.add(said)
            names[name] = said
    return names


def _quoted(name: str) -> str:
    said = " ".join(name.replace('"', "").replace("\0", "\ufffd").split())
    return f'"{said}"'


def _word(name: str) -> str:
    """The name without blanks, for a format that parts names with them, and no `#`, which parts its lists."""
    word = "".join(name.replace('"', "").replace("\0", "\ufffd").split())
    return word if word and not word.startswith("#") else f"a{word}"


def _label(part: Item | Link) -> str:
    own = part.extra.get("iccma")
    label = own.get("label") if isinstance(own, dict) else None
    return " " + label.replace("\0", "\ufffd").replace("\n", " ") if isinstance(label, str) else ""


def _comment(name: str, meaning: str) -> str:
    said = " ".join(meaning.split()).replace("\0", "\ufffd")
    return "" if said in ("", " ".join(name.split())) else f" % {said}"
