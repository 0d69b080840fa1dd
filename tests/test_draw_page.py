"""The page as a file: one file, the same bytes each time, and nothing in it that a map put there to run."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import zlib
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from strategies import AWKWARD, argument_maps, texts

from graph.draft import MapDraft
from graph.draw.page import MapNetwork, data_block, page
from graph.draw.scripts import script
from graph.model import ArgumentMap


class Elements(HTMLParser):
    """What a browser would make of the page: its tags with their attributes, and its scripts' text."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[tuple[dict[str, str | None], str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "script":
            self.scripts.append((dict(attrs), ""))

    def handle_data(self, data: str) -> None:
        if self.cdata_elem == "script":
            attributes, text = self.scripts[-1]
            self.scripts[-1] = (attributes, text + data)


def data_of(html: str) -> dict[str, object]:
    attributes, text = next(s for s in Elements(html).scripts if s[0].get("id") == "map")
    if attributes.get("data-packed"):
        text = zlib.decompress(base64.b64decode(text)).decode("utf-8")
    held: dict[str, object] = json.loads(text)
    return held


def one_claim(text: str) -> ArgumentMap:
    draft = MapDraft("m", text)
    draft.claim("a", title=text, text=text, tags=(text,))
    return draft.finish()


@pytest.mark.parametrize("text", [*AWKWARD, "<!--", "</script", "\ud800", "--></style>"])
def test_a_map_adds_no_element_to_the_page(text: str):
    plain = [tag for tag, _ in Elements(page(one_claim("plain"))).tags]
    assert [tag for tag, _ in Elements(page(one_claim(text))).tags] == plain


@settings(max_examples=60)
@given(argument_maps(), texts)
def test_no_map_breaks_out_of_its_data_block(argmap, title):
    html = page(argmap, title=title)
    html.encode("utf-8")
    elements = Elements(html)
    assert len(elements.scripts) == 3
    assert [s[0].get("type") for s in elements.scripts] == ["application/json", "application/json", None]
    assert data_of(html)["map"] == argmap.id


def test_only_the_page_s_own_script_and_style_may_run():
    html = page(one_claim("A"))
    elements = Elements(html)
    policy = next(
        a["content"] or "" for tag, a in elements.tags if a.get("http-equiv") == "Content-Security-Policy"
    )
    code = elements.scripts[-1][1]
    digest = base64.b64encode(hashlib.sha256(code.encode("utf-8")).digest()).decode("ascii")
    assert policy.startswith("default-src 'none'; ")
    assert f"script-src 'sha256-{digest}';" in policy
    assert "unsafe" not in policy
    for tag, attributes in elements.tags:
        assert not any(name.startswith("on") or name in ("src", "style") for name in attributes), tag


def test_no_address_of_the_network_is_in_an_empty_map_s_page():
    html = page(MapDraft("m").finish())
    assert set(re.findall(r"https?://[\w.-]+\.\w+[^\s\"']*", html)) <= {"http://www.w3.org/2000/svg"}


def test_two_runs_give_the_same_bytes():
    assert page(one_claim("A")) == page(one_claim("A"))


def test_a_large_map_is_packed_and_says_the_same():
    draft = MapDraft("large")
    for number in range(6_000):
        draft.claim(number, title=f"Claim {number}", text=f"What claim {number} says, <b>at length</b>.")
    html = page(draft.finish())
    assert 'data-packed="deflate"' in html
    nodes = data_of(html)["nodes"]
    assert isinstance(nodes, dict)
    assert len(nodes["label"]) == 6_000
    assert len(html) < 400_000


def test_a_node_keeps_only_what_the_page_knows():
    network = MapNetwork()
    network.add_node(
        0, "A", text="words", image="https://example.org/x.png", title="<a href=x>", shape="image"
    )
    assert network.nodes == [{"id": 0, "label": "A", "shape": "box", "text": "words", "color": None}]


def test_a_block_of_data_holds_no_tag_and_no_half_character():
    block = data_block(["</script><!--", "\ud800", "\u2028", "&"])
    assert not set(block) & set("<>&\u2028\ud800")
    assert json.loads(block) == ["</script><!--", "\ud800", "\u2028", "&"]


def test_the_script_is_whole():
    code = script("main")
    assert not re.search(r"^(import|export) ", code, re.MULTILINE)
    assert code.count("// main.js\n") == code.count("// layout.js\n") == 1
    assert code.index("// layout.js") < code.index("// board.js") < code.index("// main.js")
