"""A real browser for the tests: an installed Chromium, and a page that lets nothing out unseen."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from graph.draw.page import page as drawn
from graph.model import ArgumentMap

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
# As root in a container Chromium has no sandbox of its own to offer; the rest keeps it from calling home.
SWITCHES = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@dataclass
class Opened:
    """A drawn map in a browser tab, and what it did that a handed-out file must not do."""

    page: Page
    file: Path
    requests: list[str] = field(default_factory=list)  # all but the file itself
    errors: list[str] = field(default_factory=list)  # console errors and uncaught exceptions


Open = Callable[..., Opened]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A running Chromium; tests that need it are skipped with the reason where there is none."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    if path is None:
        pytest.skip("no Chromium here; on Debian or Ubuntu: apt-get install chromium")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(SWITCHES))
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Browser, tmp_path: Path) -> Iterator[Open]:
    """Draws a map, opens the file and waits until it is ready: `open_page(argmap, width=…, …) -> Opened`."""
    contexts = []

    def opened(
        argmap: ArgumentMap,
        *,
        width: int = 1400,
        height: int = 900,
        dark: bool = False,
        at: str = "",
    ) -> Opened:
        file = tmp_path / "map.html"
        file.write_text(drawn(argmap), encoding="utf-8")
        context = chromium.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
        )
        contexts.append(context)
        tab = Opened(context.new_page(), file)
        own = file.as_uri()

        def note(url: str) -> None:
            if url.split("#")[0] != own:
                tab.requests.append(url)

        tab.page.on("request", lambda request: note(request.url))
        tab.page.on("console", lambda m: tab.errors.append(m.text) if m.type == "error" else None)
        tab.page.on("pageerror", lambda error: tab.errors.append(str(error)))
        tab.page.goto(file.as_uri() + (f"#{at}" if at else ""))
        tab.page.wait_for_selector("html[data-ready=yes]", timeout=20_000)
        return tab

    yield opened
    for context in contexts:
        context.close()
