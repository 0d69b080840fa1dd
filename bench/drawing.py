"""What the picture costs, from 50 to 100,000 arguments, beside stock pyvis in the same run.

    python bench/drawing.py [SIZE …]        # default: 50 500 2000 20000 100000

In the browser (where a Chromium is found): the time from opening the file until it can be used, frames a
second while scrolling with all open that may be, one letter typed into the search, one card opened, and the
slowest of the views opened for the first time.
Stock pyvis is measured up to 500 arguments; beyond, its physics leaves nothing to measure.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from drawn_maps import made  # noqa: E402

from graph.draw.page import page  # noqa: E402
from graph.model import ARGUMENT_LINKS, ArgumentMap  # noqa: E402

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

STOCK_LIMIT = 500
FRAMES = """async () => {
    const pane = document.querySelector('#scroller');
    let count = 0;
    const end = performance.now() + 2000;
    while (performance.now() < end) {
        pane.scrollTop += 15;
        await new Promise(requestAnimationFrame);
        count++;
    }
    return count / 2;
}"""
LETTERS = """() => ['b', 'ba', 'ban', 'bang'].map(text => {
    const input = document.querySelector('#search');
    input.value = text;
    const start = performance.now();
    input.dispatchEvent(new Event('input'));
    document.body.offsetHeight;
    return performance.now() - start;
})"""
OPENINGS = """() => [...document.querySelectorAll('#layer [aria-expanded=false]')].slice(0, 5).map(card => {
    const start = performance.now();
    card.click();
    document.body.offsetHeight;
    return performance.now() - start;
})"""
VIEWS = """() => ['flow', 'clash', 'outline', 'map'].map(view => {
    const start = performance.now();
    document.querySelector(`#views input[value=${view}]`).click();
    document.body.offsetHeight;
    return performance.now() - start;
})"""
STOCK_FRAMES = """async () => {
    let count = 0, y = 0;
    const end = performance.now() + 2000;
    while (performance.now() < end) {
        network.moveTo({position: {x: 0, y: y += 5}});
        await new Promise(requestAnimationFrame);
        count++;
    }
    return count / 2;
}"""


def main(sizes: list[int]) -> None:
    """Measure and print a line for each size."""
    print("arguments          build     file   usable   frames/s   letter   opening   slowest view")
    with tempfile.TemporaryDirectory() as folder:
        with_browser(lambda browser: [measured(browser, size, Path(folder)) for size in sizes])


def measured(browser: Browser | None, size: int, folder: Path) -> None:
    """Measure one size, ours and, where it can be, stock pyvis."""
    argmap = made(size)
    start = time.perf_counter()
    html = page(argmap)
    line(f"{size:>9,} argmap", time.perf_counter() - start, html, browser and ours(browser, html, folder))
    if size <= STOCK_LIMIT:
        start = time.perf_counter()
        html = stock(argmap)
        built = time.perf_counter() - start
        line(f"{size:>9,} stock ", built, html, browser and stock_figures(browser, html, folder))


def line(name: str, built: float, html: str, figures: tuple[float, ...] | None) -> None:
    """Print one line."""
    shown = f"{name}  {built:6.2f} s {len(html.encode()) / 1024:6.0f} KB"
    if figures:
        usable, frames, *rest = figures
        shown += f" {usable:6.2f} s {frames:10.0f}" + "".join(f" {value:6.0f} ms" for value in rest)
    print(shown, flush=True)


def ours(browser: Browser, html: str, folder: Path) -> tuple[float, ...]:
    """Usable after, frames a second, a letter and an opening (the median of each), a view opened first."""
    tab, usable = opened(browser, html, folder, lambda tab: tab.wait_for_selector("html[data-ready=yes]"))
    openings = tab.evaluate(OPENINGS)
    letters = tab.evaluate(LETTERS)
    views = tab.evaluate(VIEWS)
    for _ in range(12):
        tab.locator("#open-level").click()
    frames = tab.evaluate(FRAMES)
    tab.close()
    return usable, frames, statistics.median(letters), statistics.median(openings), max(views)


def stock(argmap: ArgumentMap) -> str:
    """The same map as pyvis draws it out of the box."""
    from pyvis.network import Network

    network = Network(directed=True, cdn_resources="in_line")
    for item in argmap.items:
        network.add_node(item.id, label=item.title)
    for link in argmap.links:
        if link.kind in ARGUMENT_LINKS and link.via is None:
            network.add_edge(link.start, link.end)
    html: str = network.generate_html()
    return html


def stock_figures(browser: Browser, html: str, folder: Path) -> tuple[float, ...]:
    """Usable after (its physics at rest, or two minutes), frames a second."""

    def at_rest(tab: Page) -> None:
        tab.evaluate(
            "new Promise(done => { network.once('stabilized', done); setTimeout(done, 120000); })",
        )

    tab, usable = opened(browser, html, folder, at_rest)
    frames = tab.evaluate(STOCK_FRAMES)
    tab.close()
    return usable, frames


def opened(browser: Browser, html: str, folder: Path, wait: Callable[[Page], Any]) -> tuple[Page, float]:
    """The page in a tab, and the seconds until it could be used."""
    file = folder / "map.html"
    file.write_text(html, encoding="utf-8")
    tab = browser.new_page(viewport={"width": 1400, "height": 900})
    start = time.perf_counter()
    tab.goto(file.as_uri(), wait_until="commit")
    wait(tab)
    return tab, time.perf_counter() - start


def with_browser(act: Callable[[Browser | None], object]) -> None:
    """Do it with a Chromium, or without one where there is none."""
    from browser import NAMES, SWITCHES

    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    if path is None:
        print("no Chromium here: only the building is measured")
        act(None)
        return
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(SWITCHES))
        act(browser)
        browser.close()


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [50, 500, 2_000, 20_000, 100_000])
