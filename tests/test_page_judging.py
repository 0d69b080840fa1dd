"""Verdicts, unanswered marks, strikes and filters on the page, held to what the commands answer."""

from __future__ import annotations

import random

import pytest
from browser import Open, Opened
from commandline import ROOT
from drawn_maps import made
from page_checks import overlaps
from semantic_maps import random_map
from test_page_access import faults
from test_page_browser import hostile_map

from graph.draw.judged import framework_values
from graph.model import ArgumentMap, Inference
from graph.questions.striking import collapse, strike
from graph.questions.unanswered import unanswered
from graph.semantics.framework import Framework
from graph.semantics.verdict import BY_LABEL, Verdict, verdicts
from ingest.reading import read

pytestmark = pytest.mark.browser

ASKED = """async ([code, maps]) => {
    const labelling = await import("data:text/javascript;base64," + btoa(code));
    return maps.map(({framework, strikes}) => {
        const read = labelling.readFramework(framework);
        const before = labelling.grounded(read, []);
        return strikes.map((struck) => {
            const after = labelling.grounded(read, struck);
            return [[...after], [...labelling.weakened(read, before, after, struck)]];
        });
    });
}"""
MAPS = 400


@pytest.fixture(scope="module")
def localism() -> ArgumentMap:
    return read(ROOT / "examples/localism/localism.argdown")


def test_the_page_s_verdicts_are_those_of_the_semantics(chromium):
    rng = random.Random(7)
    maps = [random_map(rng, most=rng.choice((5, 9, 14))) for _ in range(MAPS)]
    frameworks = [Framework.of(each) for each in maps]
    strikes = [
        [[], *([v] for v in range(len(f.ids))), sorted(rng.sample(range(len(f.ids)), len(f.ids) // 2))]
        for f in frameworks
    ]
    code = (ROOT / "graph/draw/js/labelling.js").read_text("utf-8")
    tab = chromium.new_page()
    asked = [
        {"framework": framework_values(f), "strikes": s} for f, s in zip(frameworks, strikes, strict=True)
    ]
    answers = tab.evaluate(ASKED, [code, asked])
    tab.close()
    found = set()
    for argmap, framework, struck, answer in zip(maps, frameworks, strikes, answers, strict=True):
        for nodes, (labels, weak) in zip(struck, answer, strict=True):
            ids = [framework.ids[v] for v in nodes]
            said = [BY_LABEL[label] for label in labels[: len(framework.ids)]]
            expected = verdicts(argmap, struck=ids)
            assert dict(zip(framework.ids, said, strict=True)) == expected
            found |= set(said)
            if len(ids) == 1:
                weaker = {framework.ids[v] for v in weak if v < len(framework.ids)}
                weaker = {each for each in weaker if not isinstance(argmap.by_id[each], Inference)}
                answer_ = collapse(argmap, *ids)
                assert weaker == {row[1] for row in answer_.rows if row[0] == "weakened"}
    assert found == set(Verdict)


def judge(tab: Opened) -> None:
    tab.page.locator("#toggle-judging").click()


def foot(tab: Opened, title: str) -> list[str]:
    card = tab.page.locator("#layer .card", has=tab.page.get_by_text(title, exact=True))
    return [text[1:] for text in card.locator(".badge").all_text_contents()]  # without its sign


def test_every_card_says_its_verdict_and_whether_it_is_unanswered(open_page: Open, localism: ArgumentMap):
    tab = open_page(localism)
    assert tab.page.locator(".badge").count() == 0
    judge(tab)
    expected = verdicts(localism)
    nobody = {row[0] for row in unanswered(localism).rows}
    seen = tab.page.evaluate(
        "() => [...document.querySelectorAll('#layer .card[data-node]')].map("
        "(card) => [...card.querySelectorAll('.badge')].map((badge) => badge.textContent.slice(1)))"
    )
    ids = tab.page.evaluate(
        "() => [...document.querySelectorAll('#layer .card .title')].map((t) => t.textContent)"
    )
    by_title = {item.title: item.id for item in localism.items}
    assert len(seen) == len(ids) > 15
    for badges, title in zip(seen, ids, strict=True):
        item = by_title[title]
        assert badges == [expected[item].value, *(["unanswered"] if item in nobody else [])]
    counts = tab.page.locator("#judging .counts").text_content() or ""
    stand = sum(
        verdict is Verdict.STANDS and not isinstance(localism.by_id[each], Inference)
        for each, verdict in expected.items()
    )
    assert f"{stand} stand" in counts
    assert f"{len(nobody)} unanswered" in counts
    assert tab.page.locator("#outline .sign.falls").count() > 3
    judge(tab)
    assert tab.page.locator("#layer .badge").count() == 0
    assert tab.errors == []


def test_a_strike_shows_at_once_what_falls_and_what_is_only_weakened(open_page: Open, localism: ArgumentMap):
    item = "localism/powers-bring-duties"
    tab = open_page(localism, at=item)
    judge(tab)
    tab.page.locator("#panel [data-strike]").check()
    assert "struck" in foot(tab, "Powers bring duties")
    status = tab.page.locator("#status").text_content() or ""
    assert status.startswith("Powers bring duties is struck.")
    changed = [row for row in strike(localism, item).rows if row[0] not in ("struck", "could replace")]
    effects = [row[0] for row in collapse(localism, item).rows]
    said = tab.page.locator("#judging .strikes").text_content() or ""
    assert len(changed) == sum(effect != "weakened" for effect in effects)
    for effect, one, many in (
        ("falls", "1 falls", "{} fall"),
        ("weakened", "1 only weakened", "{} only weakened"),
        ("stands again", "1 stands again", "{} stand again"),
    ):
        count = effects.count(effect)
        if count or effect == "falls":
            assert {0: "nothing falls", 1: one}.get(count, many.format(count)) in said
    assert tab.page.locator("#panel [data-strike]").evaluate("box => box === document.activeElement")
    assert f"&struck={item.replace('/', '%252F')}" in tab.page.evaluate("location.hash")
    tab.page.reload()
    tab.page.wait_for_selector("html[data-ready=yes]")
    assert "struck" in foot(tab, "Powers bring duties")
    tab.page.get_by_role("button", name="Restore all").click()
    assert tab.page.locator("#judging .strikes").count() == 0
    assert tab.page.locator("#status").text_content() == "Nothing is struck any more"
    assert tab.errors == []


def test_cards_are_struck_by_key_and_by_button_and_the_keyboard_stays_there(open_page: Open, read_map):
    tab = open_page(
        read_map("""
            [Tax]: Tax more.
              + [Works]: It works.
                + [Berkeley]: It did there.
              + [Pays]: It pays.
              - [Poor]: It hits the poor.
                - [Relief]: There is relief.
        """)
    )
    judge(tab)
    tab.page.locator("#layer .card", has_text="Relief").focus()
    tab.page.keyboard.press("x")
    assert foot(tab, "Relief") == ["struck"]
    assert foot(tab, "Poor") == ["stands, not falls any more"]
    assert foot(tab, "Tax") == ["falls, not stands any more"]
    assert "Relief" in (tab.page.evaluate("document.activeElement.textContent") or "")
    tab.page.keyboard.press("x")
    assert foot(tab, "Tax") == ["stands"]
    tab.page.locator("#layer .card", has_text="Berkeley").locator(".strike").click()
    assert foot(tab, "Works")[0] == "falls, not stands any more"
    assert foot(tab, "Tax") == ["stands", "only weakened"]
    assert overlaps(tab) == []
    tab.page.get_by_role("button", name="Restore Berkeley").click()
    assert foot(tab, "Works")[0] == "stands"
    assert tab.errors == []


def test_why_a_card_has_its_verdict_is_said_in_its_details(open_page: Open, localism: ArgumentMap):
    tab = open_page(localism, at="localism/are-local-authorities-capable&struck=yes")
    about = tab.page.locator("#panel .verdict")
    assert "What attacks it stands:" in (about.text_content() or "")
    about.get_by_role("link").first.click()
    assert "stands" in (tab.page.locator("#panel .verdict .badges").text_content() or "")


def test_filters_show_what_fits_and_the_way_to_it(open_page: Open, localism: ArgumentMap):
    tab = open_page(localism)
    toggle = tab.page.locator("#toggle-filters")
    toggle.click()
    bar = tab.page.locator("#filters")
    assert bar.get_by_label("Kind").evaluate("select => select === document.activeElement")
    bar.get_by_label("Kind").select_option("evidence")
    bar.get_by_label("Speaker").select_option(label="Matthew Pike")
    expected = bar.locator("output").text_content() or ""
    count = int(expected.split()[0])
    assert f"{count} of " in expected
    assert 0 < count < 40
    drawn = tab.page.locator("#layer .card.evidence")
    assert drawn.count() == count
    assert tab.page.locator("#layer .card.evidence.context").count() == 0
    assert tab.page.locator("#layer .card.claim:not(.context)").count() == 0
    bar.get_by_role("button", name="Clear").click()
    assert tab.page.locator(".context").count() == 0
    bar.get_by_label("Answers").select_option("open")
    assert (bar.locator("output").text_content() or "").startswith(f"{len(unanswered(localism).rows)} of ")
    bar.get_by_label("Verdict").select_option("falls")
    assert int((bar.locator("output").text_content() or "").split()[0]) < 30
    toggle.click()
    assert (tab.page.locator("#layer .below").first.text_content() or "") == "160 below · 35 attacks"
    assert tab.errors == []


@pytest.mark.parametrize(
    ("width", "height", "dark"), [(1400, 900, False), (700, 450, True), (360, 740, False)]
)
def test_axe_finds_nothing_while_the_map_is_judged_and_filtered(
    open_page: Open, width: int, height: int, dark: bool
):
    argmap = made(50)
    item = next(each.id for each in argmap.items if each.title.endswith(" 1"))
    tab = open_page(
        argmap, width=width, height=height, dark=dark, at=f"{item}&struck={item.replace('/', '%252F')}"
    )
    tab.page.locator("#toggle-filters").click()
    assert tab.page.locator("#judging .strikes").count() == 1
    assert overlaps(tab) == []
    assert faults(tab) == []
    small = tab.page.evaluate(
        "() => [...document.querySelectorAll("
        "'#judging button, #filters :is(select, button), .strike, .check')]"
        ".filter((e) => e.offsetHeight && e.offsetHeight < 24).map((e) => e.textContent)"
    )
    assert small == []


def test_a_hostile_map_is_judged_without_harm(open_page: Open):
    tab = open_page(hostile_map())
    judge(tab)
    tab.page.locator("#toggle-filters").click()
    for strike_ in tab.page.locator("#layer .strike").all()[:3]:
        strike_.click()
    assert tab.page.evaluate("() => window.hit ?? 0") == 0
    assert tab.requests == []
    assert tab.errors == []
