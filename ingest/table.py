"""Tables of claims (CSV, TSV, and the rows of a spreadsheet): one row a claim, or claims and links apart.

Columns are known by the names people give them; docs/formats.md lists them. Columns of no known name
are kept in the item's `extra["table"]` and written back.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from graph.draft import Key, MapDraft
from graph.errors import InputError, Problem
from graph.model import LinkKind, Polarity
from graph.wording import listed, nearest
from ingest.columns import RELATIONS, column_of, side_of
from ingest.reading import Reading, own_id
from ingest.steps import link_shortcuts

_EVIDENCE = frozenset({"evidence", "card", "quote", "source card"})
_STEPS = {"inference": Polarity.SUPPORTS, "step": Polarity.SUPPORTS, "conflict": Polarity.ATTACKS}
_YES = frozenset({"yes", "true", "1", "y", "x", "granted"})
_NO = frozenset({"no", "false", "0", "n"})
_OF_SOURCES = ("source", "at", "url", "author", "date")  # a line for each source of a claim
_LABELS = frozenset({"claim", "rebuttal", "statement"})
_FORMULA = re.compile(r"'(?='*[=+\-@\t\r＝＋－＠])")  # what keeps a spreadsheet from running a text


@dataclass(slots=True)
class Sheet:
    """One table: its name ("" for a file of one), and its rows, the first of which names the columns."""

    name: str
    rows: Iterable[tuple[int, list[str]]]  # with the number of the row, as a spreadsheet counts


def read(path: Path, content: str, map_id: str | None) -> Reading:
    """The map of a CSV or TSV file, whichever of comma, semicolon and tab it uses."""
    return read_sheets(path, [Sheet("", _csv_rows(path, content))], map_id, "csv")


def read_sheets(path: Path, sheets: Iterable[Sheet], map_id: str | None, name: str) -> Reading:
    """The map of one table, or of two of which one lists claims and one links."""
    file = _Tables(path, map_id, name)
    for sheet in sheets:
        file.sheet(sheet)
    return file.finish()


def _csv_rows(path: Path, content: str) -> Iterator[tuple[int, list[str]]]:
    first = content.partition("\n")[0]
    mark = max("\t;,", key=lambda m: (first.count(m), m == ","))
    # Cells of a megabyte are no claims, but refusing them is no service; the default limit is 131,072.
    csv.field_size_limit(max(csv.field_size_limit(), len(content) + 1))
    rows = csv.reader(io.StringIO(content, newline=""), delimiter=mark, strict=True)
    line = 1
    try:
        for row in rows:
            yield line, [_FORMULA.sub("", cell, count=1) if cell[:1] == "'" else cell for cell in row]
            line = rows.line_num + 1
    except csv.Error as error:
        what = "a quotation mark is not closed" if "end of data" in str(error) else f"this is no CSV: {error}"
        raise InputError(Problem(str(path), what, 'Write " within a cell as "".', line)) from error


@dataclass(slots=True)
class _Row:
    place: tuple[str, int]
    cells: dict[str, str]
    other: dict[str, str]


@dataclass(slots=True)
class _Tables:
    path: Path
    map_id: str | None
    name: str
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    claims: list[_Row] = field(default_factory=list)
    steps: dict[Key, Polarity] = field(default_factory=dict)
    links: list[_Row] = field(default_factory=list)
    joints: list[tuple[LinkKind, Key, Key]] = field(default_factory=list)  # premises and conclusions
    kept: dict[str, list[list[str]]] = field(default_factory=dict)  # sheets of nothing known

    def problem(self, place: tuple[str, int], what: str, hint: str = "") -> None:
        """Note an error at a row, and a column where it is known."""
        self.problems.append(self._at(place, what, hint))

    def _at(self, place: tuple[str, int], what: str, hint: str) -> Problem:
        sheet, line = place
        where = f"sheet {sheet}, row {line}" if sheet else ""
        return Problem(str(self.path), what, hint, None if sheet else line, path=where)

    def sheet(self, sheet: Sheet) -> None:
        """Take the rows of one table, as claims or as links."""
        rows = ((line, row) for line, row in sheet.rows if any(cell.strip() for cell in row))
        top = next(rows, None)
        if top is None:
            return
        names = [column_of(name) for name in top[1]]
        known = {name for name in names if name}
        is_links = {"from", "to"} <= known
        if not (is_links or known & {"text", "title"}):
            if sheet.name:
                self.kept[sheet.name] = [top[1], *(row for _, row in rows)]
                return
            headings = listed([cell or "(empty)" for cell in top[1][:8]], "and")
            self.problem(
                (sheet.name, top[0]),
                f"no column is called text or claim; it has {headings}",
                "The first row has to name the columns: id, text, parent, relation.",
            )
            return
        for line, row in rows:
            cells: dict[str, str] = {}
            other: dict[str, str] = {}
            for number, cell in enumerate(row):
                said = cell.strip()
                if not said:
                    continue
                name = names[number] if number < len(names) else ""
                if name and name not in cells:
                    cells[name] = said
                else:
                    heading = top[1][number].strip() if number < len(top[1]) else ""
                    other[heading or f"column {number + 1}"] = said
            (self.links if is_links else self.claims).append(_Row((sheet.name, line), cells, other))

    def finish(self) -> Reading:
        """The map of all rows; raises InputError with what is wrong, by row."""
        if not self.claims and not self.problems:
            self.problem(
                ("", 1), "the table has no claims", "Write one row for each claim under the names of columns."
            )
        draft = MapDraft(self.map_id or own_id(self.path), self.path.stem)
        keys = self._items(draft)
        for row in self.claims:
            self._parents(draft, row, keys)
        for row in self.links:
            self._link(draft, row, keys)
        link_shortcuts(draft, self.steps, self.joints)
        if self.problems:
            raise InputError(sorted(self.problems, key=lambda p: (p.path, p.line or 0)))
        extra = {"table": {"sheets": self.kept}} if self.kept else {}
        keys.clear()
        self.claims.clear()  # the draft holds what they say
        self.links.clear()
        argmap = draft.finish(format=self.name, extra=extra)
        return Reading(argmap, tuple(self.warnings))

    def _items(self, draft: MapDraft) -> dict[str, Key]:
        """Add every claim; each by its id, else by its title, else by its text."""
        keys: dict[str, Key] = {}
        first: dict[str, _Row] = {}
        for row in self.claims:
            cells = row.cells
            own = cells.get("id") or cells.get("title") or cells.get("text", "")
            if not own:
                self.problem(row.place, "the row has no text", "Write the claim, or empty the row.")
                continue
            if own in keys:
                if "id" in cells or self._differs(row, first[own]):
                    what = f'the id "{own}" stands twice' if "id" in cells else f'"{own}" stands twice'
                    self.problem(row.place, what, "Give each row an id of its own.")
                continue
            keys[own] = own
            first[own] = row
            self._item(draft, row, own)
        for row in self.claims:  # a parent may be named by its title or its text as well
            for name in ("title", "text"):
                if row.cells.get(name):
                    own = row.cells.get("id") or row.cells.get("title") or row.cells.get("text", "")
                    keys.setdefault(row.cells[name], own)
        return keys

    @staticmethod
    def _differs(row: _Row, first: _Row) -> bool:
        """Without ids, one claim may stand in several rows, under several parents."""
        return row.cells.get("text", "") not in ("", first.cells.get("text", ""))

    def _item(self, draft: MapDraft, row: _Row, own: str) -> None:
        cells = row.cells
        kind = cells.get("kind", "")
        slug = cells.get("id", "")
        values: dict[str, object] = {}
        if row.other:
            values["extra"] = {"table": row.other}
        if "tags" in cells:
            values["tags"] = tuple(
                tag.strip().lstrip("#") for tag in re.split(r"[,;]", cells["tags"]) if tag.strip()
            )
        title, text = cells.get("title", ""), cells.get("text", "")
        if kind.lower() in _STEPS:
            polarity = _STEPS[kind.lower()]
            if "scheme" in cells:
                values["scheme"] = cells["scheme"]
            draft.inference(own, title=title, text=text, slug=slug, polarity=polarity, **values)
            self.steps[own] = polarity
            return
        if "side" in cells:
            side = side_of(cells["side"])
            if side is None:
                self.problem(
                    row.place, f'the side "{cells["side"]}" is neither pro nor con', "Write pro, con or both."
                )
            else:
                values |= {"side": side, "side_stated": True}
        if kind and kind.lower() not in _EVIDENCE | _LABELS:
            values["kind"] = kind
        if "strength" in cells:
            values["strength"] = self._strength(row)
        if "granted" in cells:
            word = cells["granted"].lower()
            if word not in _YES | _NO:
                self.problem(row.place, f'"{cells["granted"]}" in the column granted', "Write yes or no.")
            values["granted"] = word in _YES
        values |= {name: cells[name] for name in ("team", "speech") if name in cells}
        if kind.lower() in _EVIDENCE or "quote" in cells or "cite" in cells:
            values |= {name: cells[name] for name in ("quote", "cite") if name in cells}
            draft.evidence(own, title=title, text=text, slug=slug, **values)
        else:
            draft.claim(own, title=title, text=text, slug=slug, **values)
        self._people_and_sources(draft, row, own)

    def _people_and_sources(self, draft: MapDraft, row: _Row, own: str) -> None:
        cells = row.cells
        for column, kind in (("held by", LinkKind.ASSERTED_BY), ("reported by", LinkKind.REPORTED_BY)):
            for name in filter(None, (part.strip() for part in cells.get(column, "").split(";"))):
                draft.link(kind, own, draft.person(name))
        lines = {name: cells[name].split("\n") for name in _OF_SOURCES if name in cells}
        for number in range(max(map(len, lines.values()), default=0)):
            about = {name: said[number].strip() for name, said in lines.items() if number < len(said)}
            title = about.get("source") or about.get("url")
            if title:
                self._source(draft, own, title, {name: said for name, said in about.items() if said})

    def _source(self, draft: MapDraft, own: Key, title: str, about: Mapping[str, str]) -> None:
        values: dict[str, object] = {name: about[name] for name in ("url", "date") if name in about}
        if "author" in about:
            values["author"] = tuple(part.strip() for part in about["author"].split(";") if part.strip())
        key = ("source", title)
        if key in draft:
            draft.update(key, **values)
        else:
            draft.source(key, title=title)
            draft.update(key, **values)
        draft.link(LinkKind.CITES, own, key, locator=about.get("at"))

    def _strength(self, row: _Row) -> float | None:
        said = row.cells["strength"]
        try:
            number = float(said.rstrip("%").replace(",", ".")) / (100 if said.endswith("%") else 1)
        except ValueError:
            number = -1.0
        if not 0 <= number <= 1:
            self.problem(row.place, f'the strength "{said}" is no number from 0 to 1', "Write 0.8 or 80%.")
            return None
        return number

    def _parents(self, draft: MapDraft, row: _Row, keys: Mapping[str, Key]) -> None:
        """The links of a row to its parents; `a; b` names two, and `con; pro` a relation for each."""
        cells = row.cells
        own = keys.get(cells.get("id") or cells.get("title") or cells.get("text", ""))
        named = cells.get("parent", "")
        if own is None or not named:
            return
        names = [named] if named in keys else [part.strip() for part in named.split(";") if part.strip()]
        words = [part.strip() for part in cells.get("relation", "").split(";")]
        for number, name in enumerate(names):
            word = words[number] if number < len(words) else words[-1]
            self._joined(draft, row, own, name, word or self._assumed(row), keys)

    def _assumed(self, row: _Row) -> str:
        return "con" if row.cells.get("kind", "").lower() == "rebuttal" else "pro"

    def _link(self, draft: MapDraft, row: _Row, keys: Mapping[str, Key]) -> None:
        start = row.cells.get("from", "")
        if start not in keys:
            self.problem(
                row.place, f'the column from names "{start}", which no row defines', _near(start, keys)
            )
            return
        self._joined(draft, row, keys[start], row.cells.get("to", ""), row.cells.get("relation", "pro"), keys)

    def _joined(
        self, draft: MapDraft, row: _Row, start: Key, name: str, word: str, keys: Mapping[str, Key]
    ) -> None:
        if name not in keys:
            self.problem(row.place, f'it answers "{name}", which no row defines', _near(name, keys))
            return
        extra = {"table": row.other} if row.other and "from" in row.cells else None
        end = keys[name]
        if start in self.steps and word == self._assumed(row):
            word = "concludes"
        match RELATIONS.get(word.lower()):
            case "support" | "attack" | "contradict" | "undercut" if start in self.steps:
                self.problem(row.place, "a step has a conclusion", "Write concludes as its relation.")
            case "contradict" if end in self.steps:
                self.problem(row.place, "a claim cannot contradict a step", "Write undercut.")
            case "support":
                draft.support(start, end, extra=extra)
            case "attack":
                draft.attack(start, end, extra=extra)
            case "undercut":
                draft.undercut(start, end, extra=extra)
            case "contradict":
                draft.contradict(start, end, extra=extra)
            case "premise" if end in self.steps and start not in self.steps:
                draft.link(LinkKind.PREMISE_OF, start, end, extra=extra)
                self.joints.append((LinkKind.PREMISE_OF, start, end))
            case "conclude" if start in self.steps:
                draft.link(LinkKind.CONCLUDES, start, end, extra=extra)
                self.joints.append((LinkKind.CONCLUDES, start, end))
            case "premise" | "conclude":
                hint = "A step is a row of the kind inference or conflict."
                self.problem(row.place, "premises lead to a step, and a step to its conclusion", hint)
            case _:
                known = ["pro", "con", "undercut", "contradicts"]
                self.problem(row.place, f'the relation "{word}" is none', f"Write {listed(known)}.")


def _near(name: str, keys: Mapping[str, Key]) -> str:
    near = nearest(name, keys)
    return f"Did you mean {listed([f'“{n[:60]}”' for n in near])}?" if near else "Give a row that id."
