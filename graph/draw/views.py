"""What the page's other views are given: the answers of `argmap flow` and `argmap ask clash`, the speeches.

Cards are named by their place on the page, so that a view adds numbers to the file and no text.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graph.cards import words_per_minute
from graph.draw.tree import Forest
from graph.flow import ORDERS, Cell, Sheet, order_of, sheets, speech_name
from graph.model import ArgumentMap, ItemId
from graph.questions.bearing import attacks_on, direct_attacks
from graph.questions.clash import clash

UNANSWERED, AGAIN, CITED = 1, 2, 4  # what a cell's mark adds up
_CELLS_FOR_EACH = 4  # cells of a flow for each argument; sheets beyond repeat the others


def views(argmap: ArgumentMap, tree: Forest) -> dict[str, Any]:
    """The flow, the clash, the speeches of a map and how fast they are, by the page's names for them."""
    place = {branch.item: index for index, branch in enumerate(tree.branches)}
    return {
        "flow": _flow(argmap, place),
        "clash": _clash(argmap, place),
        "speeches": _speeches(argmap, tree),
        "wpm": words_per_minute(argmap),
    }


def _flow(argmap: ArgumentMap, place: Mapping[ItemId, int]) -> dict[str, Any]:
    """The columns with their sides, the short cites, and a sheet a position; `left_out` if there are more.

    A sheet is its cells row by row, the position first: how many rows down from the cell before, column,
    place, mark; where the mark says so, the number of its cites and their places.
    """
    order = order_of(argmap)
    cites: dict[str, int] = {}
    found: list[list[int]] = []
    room = _CELLS_FOR_EACH * len(argmap.items) + 1
    for sheet in sheets(argmap):
        room -= len(sheet.cells)
        if room < 0:
            break
        found.append(_cells(sheet, place, cites))
    return {
        "columns": [[name, side.value] for name, side in order],
        "cites": list(cites),
        "sheets": found,
        "left_out": room < 0,
    }


def _cells(sheet: Sheet, place: Mapping[ItemId, int], cites: dict[str, int]) -> list[int]:
    numbers: list[int] = []
    before = 0
    for (row, column), cell in sorted(sheet.cells.items()):
        numbers += (row - before, column, place[cell.item.id], _mark(cell))
        if cell.cites:
            numbers.append(len(cell.cites))
            numbers += (cites.setdefault(cite, len(cites)) for cite in cell.cites)
        before = row
    return numbers


def _mark(cell: Cell) -> int:
    return UNANSWERED * cell.unanswered + AGAIN * cell.again + CITED * bool(cell.cites)


def _clash(argmap: ArgumentMap, place: Mapping[ItemId, int]) -> dict[str, list[int]]:
    """What is contested, most first, as numbers: place, depth, cards for and against, how many answer
    it, and their places; and the places of what bears on the motion and nobody meets.
    """
    answer = clash(argmap, limit=None)
    names = [column.name for column in answer.columns]
    direct = direct_attacks(argmap)
    contested: list[int] = []
    unmet: list[int] = []
    for row in answer.rows:
        record: dict[str, Any] = dict(zip(names, row, strict=True))
        item = record["id"]
        if record["clash"] == "unmet":
            unmet.append(place[item])
            continue
        attackers = dict.fromkeys(attack.attacker for attack in attacks_on(argmap, item, direct))
        contested += (place[item], record["depth"], record["cards_for"], record["cards_against"])
        contested.append(len(attackers))
        contested += (place[attacker] for attacker in attackers)
    return {"contested": contested, "unmet": unmet}


def _speeches(argmap: ArgumentMap, tree: Forest) -> dict[str, Any]:
    """The speeches that the map names, in the order of its format, and the one of each branch; -1 for none.

    A format that the map does not name is taken to be the first that has all of its speeches; speeches
    of no format stand in the order in which they are first named.
    """
    said = [speech_name(argmap.by_id[branch.item]) for branch in tree.branches]
    named = dict.fromkeys(filter(None, said))
    orders = [[name for name, _ in order] for order in (order_of(argmap), *ORDERS.values())]
    order = next((order for order in orders if named.keys() <= set(order)), [])
    names = [name for name in order if name in named] or list(named)
    at = {name: index for index, name in enumerate(names)}
    return {"names": names, "of": [at.get(name, -1) for name in said] if names else []}
