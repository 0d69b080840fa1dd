"""Words for messages and summaries: numbers of things, lists, and what somebody may have meant."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(word: str, names: Iterable[str], count: int = 3) -> list[str]:
    """The names most like `word`, best first: those that hold it, then those spelled nearly so."""
    from difflib import get_close_matches  # only wanted when something went wrong

    by_folded: dict[str, str] = {}
    for name in names:
        by_folded.setdefault(name.casefold(), name)
    wanted = word.casefold().strip()
    holding = [name for name in by_folded if wanted and wanted in name][:count]
    alike = get_close_matches(wanted, by_folded, n=count, cutoff=0.55)
    return [by_folded[name] for name in dict.fromkeys(alike + holding)][:count]


def listed(names: Iterable[str], last: str = "or") -> str:
    """The names as a phrase: `a`, `a or b`, `a, b or c`."""
    words = list(names)
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def numbered(count: int, one: str, many: str = "") -> str:
    """A number with its noun: `1 claim`, `2 claims`."""
    return f"{count} {one if count == 1 else many or one + 's'}"
