"""A map in the formats of the ICCMA competitions (apx, tgf, af), for argumentation solvers."""

from __future__ import annotations

from graph.export.flattening import named
from graph.model import ArgumentMap


def to_apx(argmap: ArgumentMap) -> str:
    """`arg(a).` and `att(a,b).` facts, each argument with a comment that says what it is."""
    framework = named(argmap)
    lines = [f"arg({name}).{_comment('%', name, meaning)}" for name, meaning in framework.arguments.items()]
    lines += [f"att({start},{end})." for start, end in framework.attacks]
    return "".join(f"{line}\n" for line in lines)


def to_tgf(argmap: ArgumentMap) -> str:
    """A line for each argument, a line `#`, and a line for each attack; the format has no comments."""
    framework = named(argmap)
    lines = [_word(name) for name in framework.arguments]
    lines += ["#", *(f"{_word(start)} {_word(end)}" for start, end in framework.attacks)]
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


def _word(name: str) -> str:
    """The name without blanks, for a format that parts names with them."""
    return "".join(name.strip('"').split()) or "a"


def _comment(mark: str, name: str, meaning: str) -> str:
    said = " ".join(meaning.split()).replace("\0", "\ufffd")
    return "" if said in ("", name) else f" {mark} {said}"
