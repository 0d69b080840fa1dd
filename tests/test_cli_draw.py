"""`argmap draw`: the ending decides what is written, and what cannot be drawn or written is said."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from commandline import argmap
from drawn_maps import made

from graph.export.writing import WRITERS

TEA = """\
===
title: Tea
===

[Tea]: Tea should be free.
  + <Morale>: It lifts morale.
    _ <Placebo>: The effect is imagined.
  - <Cost>: It costs money.
"""
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ARGMAP_STORE", raising=False)
    Path("tea.argdown").write_text(TEA, encoding="utf-8")


def draw(*args: object):
    return argmap("draw", "--file", "tea.argdown", *args)


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("tea.html", b"<!doctype html>"),
        ("tea.HTM", b"<!doctype html>"),
        ("tea.svg", b"<svg "),
        ("tea.png", b"\x89PNG"),
        ("tea.pdf", b"%PDF-"),
    ],
)
def test_the_ending_decides(name: str, begins: bytes):
    done = draw("-o", name)
    assert done.code == 0
    assert Path(name).read_bytes().startswith(begins)
    assert done.err.startswith(f"Wrote {name} (")
    assert done.out == ""


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (
            "tea.gif",
            "tea.gif: no picture ends in .gif\n  Name a file that ends in .html, .svg, .png or .pdf.",
        ),
        ("tea", "tea: the name has no ending\n"),
        ("folder", "folder: it is a folder\n  Name a file in it: folder/map.html"),
        ("nowhere/tea.svg", "make it first"),
    ],
)
def test_a_place_that_cannot_be_written_is_one_clear_line(name: str, said: str):
    Path("folder").mkdir()
    before = sorted(Path().rglob("*"))
    done = draw("-o", name)
    assert done.code == 1
    assert said in done.err
    assert "Traceback" not in done.err
    assert sorted(Path().rglob("*")) == before


@pytest.mark.parametrize("name", ["tea.html", "tea.svg", "tea.png", "tea.pdf"])
def test_what_was_there_is_replaced_whole_or_not_at_all(name: str):
    Path(name).write_bytes(b"old" * 1_000_000)
    assert draw("-o", name, "--within", "nobody").code == 1
    assert Path(name).read_bytes() == b"old" * 1_000_000
    assert draw("-o", name).code == 0
    assert b"old" * 100 not in Path(name).read_bytes()
    assert sorted(path.name for path in Path().iterdir()) == ["tea.argdown", name]


def cards(name: str) -> list[str]:
    groups = ElementTree.parse(name).iter(f"{SVG}g")
    return [item for group in groups if (item := group.get("data-item"))]


def test_part_of_a_map_under_another_title():
    assert draw("-o", "part.svg", "--within", "morale", "--title", "Only <morale>").code == 0
    assert cards("part.svg") == ["tea/morale", "tea/placebo"]
    assert ElementTree.parse("part.svg").findtext(f"{SVG}title") == "Only <morale>"


def test_levels_are_counted_from_the_motion():
    for depth, count in ((0, 1), (1, 3), (2, 4)):
        assert draw("-o", "levels.svg", "--open-to", depth).code == 0
        assert len(cards("levels.svg")) == count
    assert draw("-o", "levels.svg", "--open-to", -1).code == 2


def test_light_dark_and_print_differ():
    grounds = {}
    for look in ("--light", "--dark", "--print"):
        assert draw("-o", "look.svg", look).code == 0
        grounds[look] = ElementTree.parse("look.svg").find(f"{SVG}rect").get("fill")  # type: ignore[union-attr]
    assert len(set(grounds.values())) == 3
    assert grounds["--print"] == "#ffffff"


def test_a_page_keeps_the_theme_that_was_asked_for():
    assert draw("-o", "page.html", "--dark").code == 0
    page = Path("page.html").read_text(encoding="utf-8")
    assert '<meta name="color-scheme" content="dark">' in page
    assert "@media (prefers-color-scheme" not in page


def test_a_page_is_not_for_paper():
    done = draw("-o", "page.html", "--print")
    assert (done.code, Path("page.html").exists()) == (1, False)
    assert "--print is for .svg, .png and .pdf" in done.err


@pytest.mark.browser
def test_a_page_opens_as_it_was_asked_to(chromium):
    assert draw("-o", "page.html", "--within", "morale", "--title", "A part", "--light").code == 0
    context = chromium.new_context(color_scheme="dark")
    page = context.new_page()
    page.goto(Path("page.html").resolve().as_uri())
    page.wait_for_selector("html[data-ready=yes]")
    assert page.locator("#layer .card .title").all_inner_texts() == ["Morale", "Placebo"]
    assert page.locator("h1").inner_text() == "A part"
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == "rgb(245, 244, 240)"
    page.get_by_role("button", name="Whole map").click()
    assert page.locator("#layer .card").count() > 2
    context.close()


def test_a_large_map_as_a_picture_says_how_much_of_it_is_drawn():
    Path("large.json").write_text(WRITERS["json"].write(made(2_000)), encoding="utf-8")
    done = argmap("draw", "--file", "large.json", "-o", "large.svg")
    assert done.code == 0
    assert "of 2,000 arguments" in done.err
    assert "--within ID" in done.err
    done = argmap("draw", "--file", "large.json", "-o", "more.svg", "--open-to", 20)
    assert done.code == 1
    assert "a picture holds 1,200" in done.err
    assert "--open-to" in done.err
    assert not Path("more.svg").exists()
