"""The page's views: the same flow and clash as the commands say, by mouse, keyboard and address."""

from __future__ import annotations

import pytest
from browser import Open, Opened
from commandline import ROOT
from drawn_maps import made
from page_checks import overlaps

from graph.draw.tree import forest
from graph.flow import flow
from graph.model import ArgumentMap
from graph.questions.bearing import attacks_on, direct_attacks
from graph.questions.clash import CLASH, clash
from ingest.reading import read

pytestmark = pytest.mark.browser

POLICY = """
    ===
    debateFormat: policy
    ===

    [Motion]: We should act. {kind: motion}
      + [Growth]: Acting brings growth. {speech: 1AC}
        + [Study]: A study shows it. {speech: 1AC}
        - <No growth>: It never did. {speech: 1NC}
          - <It did>: It did in 2014. {speech: 2AC}
        - <Too slow>: It takes too long. {speech: 2NC}
      - <Too dear>: It costs too much.
"""


@pytest.fixture(scope="module")
def localism() -> ArgumentMap:
    return read(ROOT / "examples/localism/localism.argdown")


def show(tab: Opened, view: str) -> None:
    tab.page.locator(f"#views input[value={view}]").check()


def status(tab: Opened) -> str:
    return tab.page.locator("#status").text_content() or ""


def ids(argmap: ArgumentMap) -> list[str]:
    """The items by their place on the page; "" last, for no item."""
    return [*(branch.item for branch in forest(argmap).branches), ""]


def tables(tab: Opened) -> list[list[list[int]]]:
    """Every flow table as it is on the page: rows of the cells' places, -1 for an empty one."""
    found: list[list[list[int]]] = tab.page.evaluate(
        """() => [...document.querySelectorAll("#view-flow table")].map(table =>
            [...table.tBodies[0].rows].map(row =>
                [...row.cells].map(cell => Number(cell.querySelector(".cell")?.dataset.node ?? -1))))"""
    )
    return found


def open_all(tab: Opened) -> None:
    """Every position of the flow open, with all of its rows."""
    tab.page.evaluate(
        """() => {
            const closed = document.querySelectorAll("#view-flow .position [aria-expanded=false]");
            closed.forEach(each => each.click());
            for (let more; (more = document.querySelector("#view-flow .more:not([hidden])")); ) more.click();
        }"""
    )


@pytest.mark.parametrize("made_up", [False, True])
def test_the_flow_is_the_one_that_the_command_writes(open_page: Open, localism, made_up: bool):
    argmap = made(400) if made_up else localism
    tab = open_page(argmap, at="&view=flow")
    open_all(tab)
    place = ids(argmap)
    shown = [[[place[cell] for cell in row] for row in table] for table in tables(tab)]
    expected = [
        [
            [
                sheet.cells[row, column].item.id if (row, column) in sheet.cells else ""
                for column in range(len(sheet.columns))
            ]
            for row in range(sheet.rows)
        ]
        for sheet in flow(argmap)
    ]
    assert shown == expected
    said = tab.page.locator("#view-flow .cell.unanswered .note.open").count()
    assert said == sum(cell.unanswered for sheet in flow(argmap) for cell in sheet.cells.values()) > 0
    assert tab.errors == []


def test_the_flow_s_columns_are_the_speeches_of_the_map_s_format(open_page: Open, read_map):
    tab = open_page(read_map(POLICY), at="&view=flow")
    heads = tab.page.locator("#view-flow table").first.locator("th").all_text_contents()
    assert heads == ["1AC", "1NC", "2AC", "Block", "1AR", "2NR", "2AR"]
    first = tab.page.locator("#view-flow tbody tr").first.locator("td").all_text_contents()
    assert ["Acting brings growth" in first[0], "It never did" in first[1], "2014" in first[2]] == [True] * 3
    assert "unanswered" in first[2]
    assert "unanswered" not in first[0]
    dashed = "getComputedStyle(document.querySelector('.cell.unanswered')).borderTopStyle"
    assert tab.page.evaluate(dashed) == "dashed"


def test_the_clash_is_the_one_that_the_question_answers(open_page: Open, localism):
    tab = open_page(localism, at="&view=clash")
    place = ids(localism)
    listed = (
        "rows => rows.map(row => [...row.querySelectorAll('.cell')].map(cell => Number(cell.dataset.node)))"
    )
    shown = tab.page.locator("#view-clash > .exchanges > li").evaluate_all(listed)
    direct = direct_attacks(localism)
    rows = [dict(zip((c.name for c in CLASH), row, strict=True)) for row in clash(localism, limit=None).rows]
    contested = [str(row["id"]) for row in rows if row["clash"] == "contested"]
    assert [[place[node] for node in row] for row in shown] == [
        [item, *dict.fromkeys(each.attacker for each in attacks_on(localism, item, direct))]
        for item in contested
    ]
    unmet = tab.page.locator("#view-clash .past > .exchanges > li").evaluate_all(listed)
    assert [place[node] for (node,) in unmet] == [row["id"] for row in rows if row["clash"] == "unmet"] != []
    claimed = tab.page.locator("#view-clash .exchange.pro .claimed").first.bounding_box()
    answer = tab.page.locator("#view-clash .exchange.pro .answers .cell").first.bounding_box()
    assert claimed
    assert answer
    assert claimed["x"] + claimed["width"] < answer["x"]


def test_the_switch_says_what_is_shown_and_keeps_it_in_the_address(open_page: Open, localism):
    tab = open_page(localism, at="localism/places-differ")
    page = tab.page
    page.locator("#views input[value=map]").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("location.hash") == "#localism/places-differ&view=flow"
    assert status(tab) == "Flow is shown"
    assert page.locator("#view-flow").is_visible()
    assert not page.locator("#view-map").is_visible()
    page.keyboard.press("ArrowRight")
    assert page.locator("#view-clash").is_visible()
    page.go_back()
    assert page.locator("#view-flow").is_visible()
    assert page.locator("#views input[value=flow]").is_checked()
    page.go_back()
    page.go_back()
    assert page.evaluate("location.hash") == "#localism/places-differ"
    assert page.locator("#view-map").is_visible()
    assert page.locator("#layer .card[aria-selected=true]").is_visible()


@pytest.mark.parametrize("view", ["flow", "clash"])
def test_a_cell_shows_its_details_and_the_map_then_shows_its_card(open_page: Open, localism, view: str):
    tab = open_page(localism, at=f"&view={view}")
    cell = tab.page.locator(f"#view-{view} .cell.rebuttal").first
    node = cell.get_attribute("data-node")
    cell.click()
    assert cell.get_attribute("aria-current") == "true"
    assert tab.page.locator("#panel h2").text_content()
    tab.page.keyboard.press("Escape")
    assert tab.page.locator("#panel").is_hidden()
    assert tab.page.evaluate("document.activeElement.dataset.node") == node
    cell.click()
    show(tab, "map")
    selected = tab.page.locator("#layer .card[aria-selected=true]")
    if selected.count() == 0:  # it lies in a closed part; a link leads there
        tab.page.reload()
    assert tab.page.locator(f"#layer .card[data-node='{node}'][aria-selected=true]").is_visible()


@pytest.mark.parametrize("view", ["flow", "clash"])
def test_a_hit_of_the_search_comes_into_sight(open_page: Open, view: str):
    argmap = made(2_000)
    place = ids(argmap)
    tab = open_page(argmap, at=f"&view={view}")
    built = tab.page.locator(f"#view-{view} .cell").count()
    assert 0 < built < 1_200
    if view == "flow":
        wanted = [cell.item for sheet in flow(argmap) for cell in sheet.cells.values() if not cell.again][-1]
    else:
        wanted = argmap.by_id[
            str([row for row in clash(argmap, limit=None).rows if row[0] == "contested"][-1][1])
        ]
    tab.page.locator("#search").fill(wanted.title)
    cell = tab.page.locator(
        f"#view-{view} .cell[data-node='{place.index(wanted.id)}'][aria-current=true]"
    ).first
    cell.wait_for()
    box = cell.bounding_box()
    assert box
    assert 0 <= box["y"] <= 900


def test_arrows_lead_from_cell_to_cell_and_tab_passes_a_table_at_once(open_page: Open, read_map):
    tab = open_page(read_map(POLICY), at="&view=flow")
    page = tab.page
    assert page.locator("#view-flow .cell[tabindex='0']").count() == 2  # a table each
    page.locator("#view-flow .cell").first.focus()
    texts = []
    for key in ("ArrowRight", "ArrowRight", "ArrowLeft", "ArrowDown"):
        page.keyboard.press(key)
        texts.append(page.evaluate("document.activeElement.querySelector('.says').textContent"))
    assert texts == ["It never did.", "It did in 2014.", "It never did.", "It costs too much."]


def test_the_outline_alone_has_the_room_and_opens_with_the_keyboard(open_page: Open, localism):
    tab = open_page(localism)
    show(tab, "outline")
    box = tab.page.locator("#outline").bounding_box()
    assert box
    assert box["width"] > 1300
    lines = tab.page.locator("#outline [role=treeitem]")
    before = lines.count()
    lines.nth(1).focus()
    tab.page.keyboard.press("ArrowRight")
    assert lines.count() > before
    show(tab, "map")
    assert overlaps(tab) == []


def test_many_positions_are_shown_a_part_at_a_time(open_page: Open):
    tab = open_page(made(5_000, "wide"), at="&view=flow")
    positions = tab.page.locator("#view-flow .position")
    assert positions.count() == 100
    tab.page.locator("#view-flow > .more").click()
    assert positions.count() == 200
    tab.page.locator("#search").fill("4999")
    tab.page.locator("#view-flow .cell[aria-current]", has_text=".").first.wait_for()
    assert positions.count() > 200


@pytest.mark.parametrize("width", [1400, 360])
def test_nothing_but_the_flow_s_own_box_scrolls_sideways(open_page: Open, localism, width: int):
    tab = open_page(localism, width=width, height=740, at="&view=flow")
    assert tab.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    inner = "box => [box.scrollWidth > box.clientWidth, box.getBoundingClientRect().right <= innerWidth]"
    assert tab.page.locator("#view-flow .sheet-box").first.evaluate(inner) == [True, True]
    view = "view => view.scrollWidth <= view.clientWidth"
    assert tab.page.locator("#view-flow").evaluate(view)
    show(tab, "clash")
    assert tab.page.locator("#view-clash").evaluate(view)
