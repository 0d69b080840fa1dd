"""`--engine pyvis`: the network as pyvis draws it, without what makes a stock one unsafe."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path

import pytest
from commandline import EXAMPLE
from drawn_maps import made
from strategies import AWKWARD

from graph.draft import MapDraft
from graph.draw.forms import Look, form
from graph.draw.stock import StockNetwork, stock
from graph.errors import OutputError
from graph.model import ArgumentMap
from ingest.reading import read

HOSTILE = (
    *AWKWARD,
    "</script><script>window.hit = 1</script>",
    "<img src=x onerror='window.hit = 1'>",
    "<a href='javascript:window.hit=1'>x</a>",
    "{{7*7}}",
    "x" * 300,
    "\u202eback",
    "地方政府",
)


def hostile() -> ArgumentMap:
    draft = MapDraft("m", HOSTILE[-6])
    draft.claim("motion", title="Motion", kind="motion")
    for number, text in enumerate(HOSTILE):
        draft.claim(number, title=text, text=text, tags=(text,))
        draft.attack(number, "motion") if number % 2 else draft.support(number, "motion")
    return draft.finish()


def data_of(html: str) -> dict[str, list[dict[str, object]]]:
    found = re.search(r'<script type="application/json" id="map">(.*?)</script>', html, re.DOTALL)
    assert found
    data: dict[str, list[dict[str, object]]] = json.loads(found[1])
    return data


def test_every_card_is_a_box_and_every_link_an_arrow():
    argmap = read(EXAMPLE)
    data = data_of(stock(argmap, Look()))
    cards = [item for item in argmap.items if item.label in ("Claim", "Rebuttal", "Evidence")]
    assert len(data["nodes"]) >= len(cards)
    assert len(data["edges"]) >= len(cards) - 2
    assert any("Seen as particular" in str(node["label"]) for node in data["nodes"])
    assert {"undercuts", "rebuts", "supports"} <= {str(edge["label"]) for edge in data["edges"]}


def test_nothing_that_loads_or_runs_reaches_a_box():
    network = StockNetwork()
    network.add_node(
        0, "A", image="https://example.org/x.png", title="<a href=x>", shape="image", color="red"
    )
    network.add_node(1, "B")
    network.add_edge(0, 1, title="<b>", label="supports")
    assert network.nodes[0] == {"id": 0, "label": "A", "shape": "box", "color": "red"}
    assert not {"title", "image"} & {name for edge in network.edges for name in edge}


def test_only_the_file_s_own_scripts_may_run_and_nothing_may_be_asked_for():
    html = unescape(stock(hostile(), Look()))
    assert "cdn" not in html.split("</style>")[0]
    assert "sourceMappingURL" not in html
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html)
    assert policy
    assert policy[1].startswith("default-src 'none'; ")
    assert "unsafe" not in policy[1]


def test_large_maps_are_placed_and_small_ones_push_each_other():
    small, large = (data_of(stock(made(size), Look())) for size in (20, 400))
    assert small["options"]["physics"]["enabled"] is True  # type: ignore[call-overload]
    assert large["options"]["physics"]["enabled"] is False  # type: ignore[call-overload]
    spots = {(node["x"], node["y"]) for node in large["nodes"]}
    assert len(spots) == len(large["nodes"]) == 400


def test_part_of_a_map_and_levels():
    argmap = read(EXAMPLE)
    part = data_of(stock(argmap, Look(within="localism/seen-as-particular")))
    assert str(part["nodes"][0]["label"]).endswith("Seen as particular")
    assert len(data_of(stock(argmap, Look(open_to=0)))["nodes"]) == 2  # the two motions


def test_it_draws_pages_only():
    with pytest.raises(OutputError, match="pyvis draws pages"):
        form("map.svg", "pyvis")


def test_two_runs_give_the_same_bytes():
    assert stock(hostile(), Look()) == stock(hostile(), Look())


@pytest.mark.browser
@pytest.mark.parametrize("size", [0, 400])
def test_a_hostile_map_runs_nothing_asks_nothing_and_errs_nowhere(chromium, tmp_path: Path, size: int):
    file = tmp_path / "map.html"
    argmap = made(size) if size else hostile()
    file.write_text(stock(argmap, Look(palette="dark")), encoding="utf-8")
    page = chromium.new_page()
    requests: list[str] = []
    errors: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda m: errors.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(file.as_uri())
    page.wait_for_selector("html[data-ready=yes]", timeout=30_000)
    page.mouse.move(640, 360)
    page.mouse.click(640, 360)
    painted = page.evaluate("""() => {
        const canvas = document.querySelector("canvas");
        const pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
        return pixels.some((value, at) => at % 4 === 3 && value > 0);
    }""")
    assert painted
    assert page.evaluate("window.hit") is None
    assert requests == [file.as_uri()]
    assert errors == []
    page.close()
