"""What the page copies: a card with all below it as text, and as Argdown that argmap reads back."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from browser import Open, Opened
from commandline import ROOT
from drawn_maps import made
from test_page_browser import hostile_map

from graph.draft import MapDraft
from graph.draw.payload import bearing_word, cross_link
from graph.draw.tree import Forest, forest
from graph.model import ArgumentMap, Evidence, Inference, LinkKind, Polarity, Span, SpanKind
from ingest.reading import read

pytestmark = pytest.mark.browser


def copied(tab: Opened, item: str, what: str) -> str:
    """What is on the clipboard after the button in the item's details is pressed."""
    tab.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    tab.page.evaluate("id => { location.hash = id; }", item)
    tab.page.locator(".facts").get_by_text(item, exact=True).wait_for()
    tab.page.locator("#status").evaluate("status => { status.textContent = ''; }")
    tab.page.locator(f"#panel [data-copy={what}]").click()
    tab.page.locator("#status", has_text="opied").wait_for()
    text: str = tab.page.evaluate("navigator.clipboard.readText()")
    return text


def below(tree: Forest, root: int) -> list[int]:
    """A branch and all below it, by place."""
    found = {root}
    for place, branch in enumerate(tree.branches):
        if branch.parent in found:
            found.add(place)
    return sorted(found)


def said(argmap: ArgumentMap, item: str | None = None) -> tuple[Counter[object], Counter[object]]:
    """The titles and texts of a map, or of what lies below an item, and how they bear on each other."""
    tree = forest(argmap)
    places = list(range(len(tree.branches)))
    if item is not None:
        places = below(tree, next(n for n in places if tree.branches[n].item == item))
    items = {place: argmap.by_id[tree.branches[place].item] for place in places}
    texts: Counter[object] = Counter(
        (one.title, one.text or one.title, one.tags, isinstance(one, Evidence), getattr(one, "quote", None))
        for one in items.values()
        if not isinstance(one, Inference)
    )
    links = [
        (place, branch.parent, bearing_word(branch))
        for place in places
        if (branch := tree.branches[place]).parent in items
    ]
    links += [cross_link(link) for link in tree.also if {link.start, link.end} <= items.keys()]
    found: Counter[object] = Counter()
    for start, end, kind in links:
        assert end is not None
        ends = [items[start].title, items[end].title]
        found[kind.removesuffix("_of"), *(sorted(ends) if kind == "contradicts" else ends)] += 1
    return texts, found


def again(text: str, folder: Path) -> ArgumentMap:
    file = folder / "copied.argdown"
    file.write_text(text, encoding="utf-8")
    return read(file)


def assert_same(tab: Opened, argmap: ArgumentMap, item: str, folder: Path) -> None:
    before = said(argmap, item)
    after = said(again(copied(tab, item, "argdown"), folder))
    assert after[0] == before[0]
    assert after[1] == before[1]


def steps_of_all_kinds() -> ArgumentMap:
    """Joint premises for and against, a step that is undercut, contradictions, the same title twice."""
    draft = MapDraft("steps", "Steps")
    draft.claim("root", title="Root", text="What it is about.", kind="motion")
    for key in "abcdefgh":
        draft.claim(key, title=f"Claim {key}", text=f"What {key} says: {{braces}}, #no-tag, a-- b // :v: *.")
    draft.inference("joint", title="Together", rules=("modus ponens",), scheme="modus ponens")
    draft.inference("against", title="Together against", polarity=Polarity.ATTACKS)
    for start, end in (("a", "joint"), ("b", "joint"), ("c", "against"), ("d", "against")):
        draft.link(LinkKind.PREMISE_OF, start, end)
    draft.link(LinkKind.CONCLUDES, "joint", "root")
    draft.link(LinkKind.CONCLUDES, "against", "a")
    draft.link(LinkKind.UNDERCUTS, "e", "joint")
    draft.link(LinkKind.UNDERCUTS, "f", "against")
    draft.contradict("g", "b")
    draft.contradict("g", "h")
    draft.support("h", "d")
    draft.claim("twin", title="Claim a", text="Another of that name.", tags=("two words", "one"))
    draft.attack("twin", "f")
    draft.evidence(
        "card",
        title="Card",
        text="A tag.",
        quote="Line one.\nLine “two” 🙂.",
        spans=(Span(SpanKind.HIGHLIGHT, 0, 4),),
    )
    draft.support("card", "twin")
    draft.attack("b", "card")
    return draft.finish()


def test_a_part_copied_as_argdown_is_read_as_it_was(open_page: Open, tmp_path: Path):
    argmap = read(ROOT / "examples/localism/localism.argdown")
    tab = open_page(argmap)
    for item in ("power-should-move", "centre-cannot-handle-complexity", "reform-by-place-saves-money"):
        assert_same(tab, argmap, f"localism/{item}", tmp_path)
    assert tab.errors == []


def test_a_large_part_and_a_deep_one_are_read_as_they_were(open_page: Open, tmp_path: Path):
    for argmap in (made(400), made(120, "deep")):
        tab = open_page(argmap)
        assert_same(tab, argmap, argmap.motion[0], tmp_path)


def test_steps_contradictions_and_marks_are_read_as_they_were(open_page: Open, tmp_path: Path):
    argmap = steps_of_all_kinds()
    tab = open_page(argmap)
    for item in argmap.items:
        if item.id in {branch.item for branch in forest(argmap).branches}:
            assert_same(tab, argmap, item.id, tmp_path)


def test_hostile_texts_are_read_as_they_were(open_page: Open, tmp_path: Path):
    argmap = hostile_map()
    tab = open_page(argmap)
    assert_same(tab, argmap, argmap.motion[0], tmp_path)


def test_cards_keep_their_sources_and_who_says_so(open_page: Open, tmp_path: Path):
    argmap = read(ROOT / "examples/localism/localism.argdown")
    item = "localism/reform-by-place-saves-money"
    copy = again(copied(open_page(argmap), item, "argdown"), tmp_path)
    root = copy.by_id["copied/reform-by-place-saves-money"]

    def around(held: ArgumentMap, start: str) -> list[tuple[str, str, str | None]]:
        kinds = (LinkKind.CITES, LinkKind.ASSERTED_BY, LinkKind.REPORTED_BY)
        links = [link for link in held.outgoing.get(start, ()) if link.kind in kinds]
        return sorted((link.kind.value, held.by_id[link.end].title, link.locator) for link in links)

    assert around(copy, root.id) == around(argmap, item) != []


def test_a_part_copied_as_text_is_set_in_as_on_the_map(open_page: Open, read_map):
    argmap = read_map(
        "[M]: Act. {kind: motion}\n"
        '  + [A]: First. {quote: "Said so.", cite: Pike 14}\n'
        "    _ <B>: Second.\n"
        "  - <C>: Third.\n"
    )
    text = copied(open_page(argmap), argmap.motion[0], "text")
    assert text == (
        "◆ M: Act.\n  § A: First. “Said so.” (Pike 14)\n    − (undercuts) B: Second.\n  − C: Third.\n"
    )


def test_a_link_leads_to_the_card(open_page: Open, read_map):
    argmap = read_map("[M]: Act. {kind: motion}\n  + [A]: First.\n")
    tab = open_page(argmap)
    link = copied(tab, f"{argmap.id}/a", "link")
    assert link == f"{tab.file.as_uri()}#{argmap.id}/a"
