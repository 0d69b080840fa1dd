"""What the picture costs, from 50 to 100,000 arguments, beside stock pyvis and Argdown's own export.

    python bench/drawing.py [--alone] [SIZE …]      # default: 50 500 2000 20000 100000

`--alone` leaves the peers out.

Built: processor seconds and the peak of memory of a process of its own, without reading the map. In a
Chromium, where one is found: seconds from opening the file until it can be used, frames a second while
panning with all open that may be, a letter typed into the search, and a card opened (medians). A figure
beside its goal says whether it holds. Peers: pyvis as it comes (its physics at rest is when it can be
used), and `argdown web-component`, installed by npm into the cache folder, its script from npm in place
of the network address it names. A peer that takes over two minutes is left out from there on.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from platformdirs import user_cache_dir

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from drawn_maps import made  # noqa: E402

from graph.model import ARGUMENT_LINKS  # noqa: E402

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SIZES = (50, 500, 2_000, 20_000, 100_000)
PATIENCE = 120.0  # seconds for one step of a peer
COLUMNS = ("built", "memory", "file", "usable", "frames", "letter", "opening")
UNITS = {"built": " s", "memory": " MB", "file": " MB", "usable": " s", "frames": "/s"}
# At most so much, frames at least so many.
GOALS: dict[int, dict[str, float]] = {
    2_000: {"built": 1, "file": 1.5, "usable": 1.5, "frames": 40},
    20_000: {"built": 3, "usable": 2.5},
    100_000: {
        "built": 10, "memory": 1500, "file": 25, "usable": 5, "letter": 0.2, "opening": 0.1, "frames": 30,
    },
}  # fmt: skip

FRAMES = """async ([seconds, step]) => {
    const move = new Function("frame", step);
    let count = 0;
    const end = performance.now() + seconds * 1000;
    while (performance.now() < end) {
        move(count);
        await new Promise(requestAnimationFrame);
        count++;
    }
    return count / seconds;
}"""
PAN_OURS = "document.querySelector('#scroller').scrollTop += 15"
PAN_PYVIS = "network.moveTo({position: {x: 0, y: frame * 5}})"
# Its panzoom moves the picture by this property, as here.
PAN_ARGDOWN = """
    const svg = document.querySelector('argdown-map [slot=map] svg');
    svg.style.transform = `matrix(4, 0, 0, 4, ${-(frame % 100) * 9}, ${-(frame % 100) * 5})`;
"""
LETTERS = """() => ['b', 'ba', 'ban', 'bang'].map(text => {
    const input = document.querySelector('#search');
    input.value = text;
    const start = performance.now();
    input.dispatchEvent(new Event('input'));
    document.body.offsetHeight;
    return (performance.now() - start) / 1000;
})"""
OPENINGS = """() => [...document.querySelectorAll('#layer [aria-expanded=false]')].slice(0, 5).map(card => {
    const start = performance.now();
    card.click();
    document.body.offsetHeight;
    return (performance.now() - start) / 1000;
})"""


@dataclass
class Figures:
    """What was measured of one drawing, by column."""

    tool: str
    size: int
    held: dict[str, float] = field(default_factory=dict)
    note: str = ""


Tool = Callable[[int, Path, Any], Figures]


def main(sizes: list[int], tools: Sequence[Tool]) -> None:
    """Measure every size with every tool, print a line for each, then the goals and how it grows."""
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    print(f"{'arguments':>9} {'':16}" + "".join(f"{name:>12}" for name in COLUMNS))
    mine: dict[int, Figures] = {}
    gone: set[str] = set()
    with tempfile.TemporaryDirectory() as folder, Chromium() as browser:
        for size in sizes:
            for tool in tools:
                if tool.__name__ in gone:
                    continue
                found = tool(size, Path(folder), browser)
                print(line(found), flush=True)
                if found.note:
                    gone.add(tool.__name__)
                elif tool is argmap:
                    mine[size] = found
    tell_goals(mine)
    tell_growth(mine)


def line(found: Figures) -> str:
    """One line of the table."""
    shown = [f"{value(found.held, name):>12}" for name in COLUMNS]
    return f"{found.size:>9,} {found.tool:16}" + "".join(shown) + (f"  {found.note}" if found.note else "")


def value(held: dict[str, float], name: str) -> str:
    """A figure as people read it; "" where it was not measured."""
    if name not in held:
        return ""
    if name in ("letter", "opening"):
        return f"{held[name] * 1000:.0f} ms"
    digits = 0 if name in ("memory", "frames") else 2
    return f"{held[name]:,.{digits}f}{UNITS[name]}"


def tell_goals(mine: dict[int, Figures]) -> None:
    """Every goal of the sizes that were measured, and whether it holds."""
    for size, goals in GOALS.items():
        for name, goal in goals.items():
            if size in mine and name in mine[size].held:
                held = mine[size].held[name]
                holds = held >= goal if name == "frames" else held <= goal
                sign, which = ("holds", "") if holds else ("MISSED", " <-")
                least = "at least" if name == "frames" else "at most"
                print(
                    f"{size:>9,} {name:8} {value(mine[size].held, name):>10}  {least} {goal:g}: {sign}{which}"
                )


def tell_growth(mine: dict[int, Figures]) -> None:
    """Build time and file for each argument: the same at any size, where growth is linear."""
    for size, found in mine.items():
        if size >= 2_000 and "built" in found.held:
            each = found.held["built"] / size * 1e6
            byte = found.held["file"] / size * 1e6
            print(f"{size:>9,} for each argument: {each:.0f} µs to build, {byte:.0f} bytes")


def argmap(size: int, folder: Path, browser: Browser | None) -> Figures:
    """This project's page."""
    found = built("argmap", size, folder)
    if browser and not found.note:
        file = folder / f"argmap-{size}.html"
        tab, found.held["usable"] = opened(
            browser, file, lambda tab: tab.wait_for_selector("html[data-ready=yes]", timeout=PATIENCE * 1000)
        )
        found.held["opening"] = statistics.median(tab.evaluate(OPENINGS))
        found.held["letter"] = statistics.median(tab.evaluate(LETTERS))
        for _ in range(12):
            tab.locator("#open-level").click()
        found.held["frames"] = tab.evaluate(FRAMES, [2, PAN_OURS])
        tab.close()
    return found


def pyvis(size: int, folder: Path, browser: Browser | None) -> Figures:
    """The same items and links as pyvis draws them out of the box."""
    found = built("pyvis", size, folder)
    if browser and not found.note:

        def at_rest(tab: Page) -> None:
            ready = tab.evaluate(
                "limit => new Promise(done => { network.once('stabilized', () => done(true));"
                " setTimeout(() => done(false), limit); })",
                PATIENCE * 1000,
            )
            if not ready:
                raise TimeoutError

        try:
            tab, found.held["usable"] = opened(browser, folder / f"pyvis-{size}.html", at_rest)
        except Exception as error:  # noqa: BLE001  # whatever stops a peer is a figure of its own
            found.note = f"nothing drawn in {PATIENCE:.0f} s ({type(error).__name__})"
            return found
        found.held["frames"] = tab.evaluate(FRAMES, [2, PAN_PYVIS])
        tab.close()
    return found


def argdown(size: int, folder: Path, browser: Browser | None) -> Figures:
    """Argdown's web component of the same map, as its own tool writes it."""
    found = Figures("Argdown", size)
    place = argdown_place()
    if place is None:
        found.note = "no npm here"
        return found
    from graph.export.argdown import to_argdown

    source = folder / f"argdown-{size}.argdown"
    source.write_text(to_argdown(made(size)), encoding="utf-8")
    command = [
        str(place / "node_modules/.bin/argdown"),
        "web-component",
        str(source),
        str(folder),
        "--silent",
    ]
    if not run(command, found):
        return found
    file = folder / f"argdown-{size}.component.html"
    if not file.exists():
        found.note = "wrote nothing"
        return found
    found.held["file"] = file.stat().st_size / 1e6
    if browser:
        try:
            tab, found.held["usable"] = opened(browser, at_home(file, place), upgraded)
            found.held["frames"] = tab.evaluate(FRAMES, [2, PAN_ARGDOWN])
            tab.close()
        except Exception as error:  # noqa: BLE001  # as above
            found.note = f"nothing drawn in {PATIENCE:.0f} s ({type(error).__name__})"
    return found


def at_home(file: Path, place: Path) -> Path:
    """The component's file with its script and style from npm: it names addresses of the network."""
    parts = place / "node_modules/@argdown/web-components/dist"
    text = file.read_text(encoding="utf-8")
    there = "https://cdn.jsdelivr.net/npm/@argdown/web-components/dist"
    # argdown-map.js only fetches the module from the network; the same code as a plain script does not.
    plain = (parts / "argdown-map.umd.cjs").as_uri()
    text = text.replace(f'src="{there}/argdown-map.js"', f'defer src="{plain}"')
    text = text.replace(there, parts.as_uri())
    polyfill = "https://cdn.jsdelivr.net/npm/@webcomponents/webcomponentsjs/webcomponents-bundle.js"
    text = text.replace(f'<script src="{polyfill}" type="module"></script>', "")
    file.write_text(text, encoding="utf-8")
    return file


def upgraded(tab: Page) -> None:
    """Waits until the component shows its map."""
    tab.wait_for_function(
        "document.querySelector('argdown-map')?.shadowRoot?.querySelector('button')"
        " && document.querySelector('argdown-map [slot=map] svg').getBoundingClientRect().width > 0",
        timeout=PATIENCE * 1000,
    )


def argdown_place() -> Path | None:
    """The folder of Argdown's own tools, installed if need be; None where there is no npm."""
    place = Path(user_cache_dir("argmap")) / "bench" / "argdown"
    wanted = [
        name for name in ("cli", "web-components") if not (place / "node_modules/@argdown" / name).is_dir()
    ]
    if wanted:
        npm = shutil.which("npm")
        if npm is None:
            return None
        place.mkdir(parents=True, exist_ok=True)
        packages = [f"@argdown/{name}" for name in wanted]
        subprocess.run([npm, "install", "--silent", "--prefix", str(place), *packages], check=True)
    return place


TOOLS: tuple[Tool, ...] = (argmap, pyvis, argdown)


def built(tool: str, size: int, folder: Path) -> Figures:
    """What building costs in a process of its own, and the size of the file."""
    found = Figures(tool if tool == "argmap" else f"stock {tool}", size)
    file = folder / f"{tool}-{size}.html"
    command = [sys.executable, __file__, "--build", tool, str(size), str(file)]
    if not run(command, found):
        return found
    found.held |= json.loads(file.with_suffix(".json").read_text())
    found.held["file"] = file.stat().st_size / 1e6
    return found


def run(command: list[str], found: Figures) -> bool:
    """Whether it ended in time; its processor seconds and its peak of memory are noted."""
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while True:
        ended, status, used = os.wait4(process.pid, os.WNOHANG)
        if ended:
            break
        if time.monotonic() - start > PATIENCE:
            process.kill()
            os.wait4(process.pid, 0)
            found.note = f"not built in {PATIENCE:.0f} s"
            return False
        time.sleep(0.05)
    process.returncode = os.waitstatus_to_exitcode(status)
    found.held["built"] = used.ru_utime + used.ru_stime
    found.held["memory"] = used.ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
    if process.returncode:
        found.note = f"failed with {process.returncode}"
    return not found.note


def build(tool: str, size: int, file: Path) -> None:
    """Build one page, and write what that took beside it. Runs as a process of its own."""
    given = made(size)
    if tool == "argmap":
        import graph.draw.page
    else:
        from pyvis.network import Network
    start = time.process_time()
    if tool == "argmap":
        html = graph.draw.page.page(given)
    else:
        network = Network(directed=True, cdn_resources="in_line")
        for item in given.items:
            network.add_node(item.id, label=item.title)
        for link in given.links:
            if link.kind in ARGUMENT_LINKS and link.via is None:
                network.add_edge(link.start, link.end)
        html = network.generate_html()
    took = time.process_time() - start
    file.write_text(html, encoding="utf-8")
    file.with_suffix(".json").write_text(json.dumps({"built": took}))


def opened(browser: Browser, file: Path, wait: Callable[[Page], Any]) -> tuple[Page, float]:
    """The page in a tab, and the seconds until it could be used."""
    tab = browser.new_page(viewport={"width": 1400, "height": 900})
    tab.set_default_timeout(PATIENCE * 1000)
    start = time.perf_counter()
    try:
        tab.goto(file.as_uri(), wait_until="commit")
        wait(tab)
    except BaseException:
        tab.close()
        raise
    return tab, time.perf_counter() - start


class Chromium:
    """A running Chromium for as long as it is needed; None where there is none."""

    def __enter__(self) -> Browser | None:
        from browser import NAMES, SWITCHES

        path = next((found for name in NAMES if (found := shutil.which(name))), None)
        if path is None:
            print("no Chromium here: only the building is measured")
            return None
        from playwright.sync_api import sync_playwright

        self._playwright = sync_playwright().start()
        self._browser = self._playwright.chromium.launch(executable_path=path, args=list(SWITCHES))
        return self._browser

    def __exit__(self, *_: object) -> None:
        if hasattr(self, "_browser"):
            self._browser.close()
            self._playwright.stop()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--build"]:
        build(sys.argv[2], int(sys.argv[3]), Path(sys.argv[4]))
    else:
        asked = [int(size) for size in sys.argv[1:] if size.isdigit()]
        main(asked or list(SIZES), TOOLS[:1] if "--alone" in sys.argv else TOOLS)
