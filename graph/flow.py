"""A flow sheet: a column a speech, an answer beside what it answers, one sheet a position."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from graph.blocks import answers_by_claim, cards_of, reasons_for
from graph.model import ARGUMENT_LINKS, ArgumentMap, Evidence, Item, ItemId, LinkKind, Side, Statement

_PRO, _CON = Side.PRO, Side.CON
_DEEPEST = 200  # answers to answers; more is a circle or an attack

ORDERS: Mapping[str, tuple[tuple[str, Side], ...]] = {
    "policy": (
        *(("1AC", _PRO), ("1NC", _CON), ("2AC", _PRO), ("Block", _CON)),
        *(("1AR", _PRO), ("2NR", _CON), ("2AR", _PRO)),
    ),
    "ld": (("AC", _PRO), ("NC", _CON), ("1AR", _PRO), ("NR", _CON), ("2AR", _PRO)),
    "pf": (
        *(("AC", _PRO), ("NC", _CON), ("AR", _PRO), ("NR", _CON)),
        *(("AS", _PRO), ("NS", _CON), ("AF", _PRO), ("NF", _CON)),
    ),
    "wsdc": (
        *(("P1", _PRO), ("O1", _CON), ("P2", _PRO), ("O2", _CON)),
        *(("P3", _PRO), ("O3", _CON), ("OR", _CON), ("PR", _PRO)),
    ),
    "bp": (
        *(("PM", _PRO), ("LO", _CON), ("DPM", _PRO), ("DLO", _CON)),
        *(("MG", _PRO), ("MO", _CON), ("GW", _PRO), ("OW", _CON)),
    ),
}
"""The speeches of each format in their order, and whose they are."""

_PLAIN = (
    ("Pro 1", _PRO),
    ("Con 1", _CON),
    ("Pro 2", _PRO),
    ("Con 2", _CON),
    ("Pro 3", _PRO),
    ("Con 3", _CON),
)
_NAMES: Mapping[str, str] = {
    "lincoln-douglas": "ld",
    "lincoln douglas": "ld",
    "public forum": "pf",
    "world schools": "wsdc",
    "worlds": "wsdc",
    "british parliamentary": "bp",
    "cx": "policy",
}
_SAME_COLUMN: Mapping[str, str] = {"2NC": "BLOCK", "1NR": "BLOCK", "2NC/1NR": "BLOCK", "FF": "AF"}


_COLUMNS = {name.upper(): name for order in ORDERS.values() for name, _ in order}


@dataclass(frozen=True, slots=True)
class Cell:
    """One argument of a flow."""

    item: Item
    text: str
    cites: tuple[str, ...] = ()
    unanswered: bool = False
    again: bool = False  # it stands elsewhere on the sheet; here only its title


@dataclass(slots=True)
class Sheet:
    """One position: its cells by row and column, both from 0."""

    title: str
    columns: list[str]
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        """The number of rows."""
        return max((row for row, _ in self.cells), default=-1) + 1


def order_of(argmap: ArgumentMap) -> tuple[tuple[str, Side], ...]:
    """The speeches of the map's format; plain turns where it names none that is known."""
    name = (argmap.debate_format or "").casefold().strip()
    return ORDERS.get(_NAMES.get(name, name), _PLAIN)


def speech_name(item: Item) -> str:
    """The speech an item is of, as its format names the column; as the item names it where none does."""
    own = (getattr(item, "speech", None) or "").strip()
    return _COLUMNS.get(_SAME_COLUMN.get(own.upper(), own.upper()), own)


def flow(argmap: ArgumentMap) -> list[Sheet]:
    """A sheet for every position: what directly bears on the motion, with all that bears on it."""
    return list(sheets(argmap))


def sheets(argmap: ArgumentMap) -> Iterator[Sheet]:
    """The sheets of `flow`, each made when it is asked for.

    Where no motion is known, a position is what bears on nothing; then whatever no sheet holds yet.
    """
    answers = answers_by_claim(argmap)
    maker = _Maker(argmap, answers, order_of(argmap))
    positions = _positions(argmap, answers)
    if positions:
        yield from map(maker.sheet, positions)
        return
    statements = [item for item in argmap.items if isinstance(item, Statement)]
    bearing = {
        link.start for link in argmap.links if link.kind in ARGUMENT_LINKS or link.kind is LinkKind.PREMISE_OF
    }
    placed: set[ItemId] = set()
    for item in sorted(statements, key=lambda item: item.id in bearing):
        if item.id not in placed:
            sheet = maker.sheet(item)
            placed.update(cell.item.id for cell in sheet.cells.values())
            yield sheet


def _positions(argmap: ArgumentMap, answers: Mapping[ItemId, Sequence[ItemId]]) -> list[Item]:
    found: dict[ItemId, None] = {}
    for motion in argmap.motion:
        beneath = [*reasons_for(argmap, motion), *answers.get(motion, ())]
        found.update(dict.fromkeys(beneath or [motion]))
    items = [argmap.by_id[one] for one in found if one in argmap.by_id]
    return [item for item in items if isinstance(item, (Statement, Evidence))]


class _Maker:
    def __init__(
        self,
        argmap: ArgumentMap,
        answers: Mapping[ItemId, Sequence[ItemId]],
        order: Sequence[tuple[str, Side]],
    ) -> None:
        self._argmap = argmap
        self._answers = answers
        self._order = order
        self._by_name = {name: place for place, (name, _) in enumerate(order)}

    def sheet(self, root: Item) -> Sheet:
        sheet = Sheet(root.title, [name for name, _ in self._order])
        self._place(sheet, root, 0, self._column(root, -1), set(), 0)
        return sheet

    def _column(self, item: Item, after: int) -> int:
        """The column of the item's own speech, else the next one of its side."""
        own = self._by_name.get(speech_name(item))
        if own is not None and own > after:
            return own
        side = getattr(item, "side", Side.UNKNOWN)
        if side not in (_PRO, _CON):  # an answer is the other side's, whoever that is
            side = self._order[after][1].other if 0 <= after < len(self._order) else _PRO
        columns = (n for n, (_, whose) in enumerate(self._order) if n > after and whose is side)
        return next(columns, len(self._order))

    def _place(self, sheet: Sheet, item: Item, row: int, column: int, done: set[ItemId], depth: int) -> int:
        """Put an item, its answers beside it and its reasons below; the first row that is free then."""
        if column == len(self._order) and len(sheet.columns) == column:
            sheet.columns.append("Later")
        again = item.id in done or depth > _DEEPEST
        answers = [
            self._argmap.by_id[one] for one in self._answers.get(item.id, ()) if one in self._argmap.by_id
        ]
        sheet.cells[row, column] = Cell(
            item,
            item.title if again else item.text or item.title,
            () if again else self._cites(item),
            unanswered=not answers and not again and isinstance(item, Statement),
            again=again,
        )
        if again:
            return row + 1
        done.add(item.id)
        beside = row
        for answer in answers:
            place = self._column(answer, column)
            # After the last speech there is one column for all, where an answer stands below.
            beside = max(beside, row + 1) if place == column else beside
            beside = self._place(sheet, answer, beside, place, done, depth + 1)
        below = max(row + 1, beside)
        for reason in reasons_for(self._argmap, item.id):
            below = self._place(sheet, self._argmap.by_id[reason], below, column, done, depth + 1)
        return below

    def _cites(self, item: Item) -> tuple[str, ...]:
        cards = (item,) if isinstance(item, Evidence) else cards_of(self._argmap, item.id)
        return tuple(dict.fromkeys(card.short_cite for card in cards if card.short_cite))
