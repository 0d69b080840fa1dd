"""A map as a table, one row a claim or step, in the columns that `ingest/table.py` reads."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping

from graph.draft import made_title
from graph.model import (
    ARGUMENT_NODES,
    ArgumentMap,
    Evidence,
    Inference,
    Item,
    Link,
    LinkKind,
    Polarity,
    Source,
    Statement,
)

Row = dict[str, str]

COLUMNS = (
    "id", "title", "text", "parent", "relation", "kind", "side", "team", "speech", "scheme", "source", "at",
    "quote", "cite", "url", "author", "date", "held by", "reported by", "tags", "strength", "granted",
)  # fmt: skip
_ALWAYS = frozenset({"id", "text", "parent", "relation"})
WORDS: Mapping[LinkKind, str] = {
    LinkKind.SUPPORTS: "pro",
    LinkKind.REBUTS: "con",
    LinkKind.UNDERMINES: "con",
    LinkKind.UNDERCUTS: "undercut",
    LinkKind.CONTRADICTS: "contradicts",
    LinkKind.PREMISE_OF: "premise",
    LinkKind.CONCLUDES: "concludes",
}
_RUN = re.compile(r"'*[=+\-@\t\r＝＋－＠]")


def in_rows(link: Link) -> bool:
    """Whether a link stands in a table: shortcuts do not, for their step says the same."""
    return link.kind in WORDS and link.via is None


def rows(argmap: ArgumentMap, *, apart: bool = False) -> tuple[list[str], Iterator[Row]]:
    """The names of the columns that the map needs, and a row for each argument.

    `apart`: the links stand in a table of their own.
    """
    made = [_row(argmap, item, apart) for item in argmap.items if item.label in ARGUMENT_NODES]
    used = {name for row in made for name in row}
    names = [name for name in COLUMNS if name in used or name in _ALWAYS]
    names += sorted(used - set(COLUMNS))
    return names, iter(made)


def to_csv(argmap: ArgumentMap) -> str:
    """The table as CSV, with cells that no spreadsheet takes for formulas."""
    return _separated(argmap, ",")


def to_tsv(argmap: ArgumentMap) -> str:
    """The table with tabs between the cells."""
    return _separated(argmap, "\t")


def _separated(argmap: ArgumentMap, mark: str) -> str:
    names, made = rows(argmap)
    out = io.StringIO()
    writer = csv.writer(out, delimiter=mark, lineterminator="\r\n")
    writer.writerow([as_text(name) for name in names])
    writer.writerows([as_text(row.get(name, "")) for name in names] for row in made)
    return out.getvalue().replace("\0", "\ufffd")  # text files hold no NULs


def as_text(cell: str) -> str:
    """The cell, with an apostrophe in front where a spreadsheet would run it as a formula."""
    return f"'{cell}" if _RUN.match(cell) else cell


def _row(argmap: ArgumentMap, item: Item, apart: bool) -> Row:
    other = item.extra.get("table")
    row: Row = {str(name): str(held) for name, held in other.items()} if isinstance(other, Mapping) else {}
    values = {
        "id": item_key(argmap, item.id),
        "title": item.title if item.title != made_title(item.text) else "",
        "text": item.text,
        "tags": ", ".join(item.tags),
        **_joined(argmap, item, apart),
        **_own(item),
        **_sources(argmap, item),
        "held by": "; ".join(_people(argmap, item, LinkKind.ASSERTED_BY)),
        "reported by": "; ".join(_people(argmap, item, LinkKind.REPORTED_BY)),
    }
    return row | {name: held for name, held in values.items() if held}


def item_key(argmap: ArgumentMap, item_id: str) -> str:
    """The id within the map."""
    return item_id.removeprefix(f"{argmap.id}/")


def _own(item: Item) -> Row:
    match item:
        case Inference():
            kind = "inference" if item.polarity is Polarity.SUPPORTS else "conflict"
            return {"kind": kind, "scheme": item.scheme or ""}
        case Evidence():
            return {
                "kind": "evidence",
                "side": item.side.value if item.side_stated else "",
                "speech": item.speech or "",
                "quote": item.quote or "",
                "cite": item.cite or "",
                "strength": _number(item.strength),
            }
        case Statement():
            return {
                "kind": item.kind or "",
                "side": item.side.value if item.side_stated else "",
                "team": item.team or "",
                "speech": item.speech or "",
                "strength": _number(item.strength),
                "granted": "" if item.granted is None else "yes" if item.granted else "no",
            }
        case _:
            return {}


def _number(value: float | None) -> str:
    return "" if value is None else repr(value)


def _joined(argmap: ArgumentMap, item: Item, apart: bool) -> Row:
    """What the item bears on, and how."""
    names, words = [], []
    for link in argmap.outgoing.get(item.id, ()):
        end = argmap.by_id.get(link.end)
        if not in_rows(link) or end is None or end.label not in ARGUMENT_NODES:
            continue
        if not apart:
            names.append(item_key(argmap, link.end))
            words.append(WORDS[link.kind])
    if len(set(words)) == 1:
        words = words[:1]
    return {"parent": "; ".join(names), "relation": "; ".join(words)}


def _people(argmap: ArgumentMap, item: Item, kind: LinkKind) -> list[str]:
    return [argmap.by_id[x.end].title for x in argmap.outgoing.get(item.id, ()) if x.kind is kind]


def _sources(argmap: ArgumentMap, item: Item) -> Row:
    """A line for each source."""
    lines: dict[str, list[str]] = {name: [] for name in ("source", "at", "url", "author", "date")}
    for link in argmap.outgoing.get(item.id, ()):
        source = argmap.by_id.get(link.end)
        if link.kind is LinkKind.CITES and isinstance(source, Source):
            held = (
                source.title,
                link.locator or "",
                source.url or "" if source.url != source.title else "",
                "; ".join(source.author),
                source.date or "",
            )
            for name, said in zip(lines, held, strict=True):
                lines[name].append(" ".join(said.splitlines()))
    return {name: "\n".join(said) if any(said) else "" for name, said in lines.items()}
