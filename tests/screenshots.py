"""Pictures of the worked example, for the manual: `python tests/screenshots.py` writes docs/pictures/."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

LOCALISM, BLOCKS = "examples/localism/localism.argdown", "examples/blocks/aff.docx"
# name: file, width, height, dark, address
SHOTS = {
    "localism": (LOCALISM, 1400, 900, False, "localism/seen-as-particular"),
    "localism-first": (LOCALISM, 1400, 900, False, ""),
    "localism-dark": (LOCALISM, 1400, 900, True, "localism/seen-as-particular"),
    "localism-phone": (LOCALISM, 360, 740, False, ""),
    "localism-outline": (LOCALISM, 1400, 900, False, "localism/seen-as-particular&view=outline"),
    "localism-flow": (LOCALISM, 1400, 900, False, "&view=flow"),
    "localism-flow-phone": (LOCALISM, 360, 740, True, "&view=flow"),
    "localism-clash": (LOCALISM, 1400, 900, False, "localism/reform-by-place-saves-money&view=clash"),
    "localism-clash-dark": (LOCALISM, 1400, 900, True, "&view=clash"),
    "localism-verdicts": (
        LOCALISM,
        1400,
        900,
        False,
        "localism/seen-as-particular&struck=localism%252Fdouble-standard",
    ),
    "localism-poster": (LOCALISM, 992, 690, False, "localism/seen-as-particular"),
    "card": (BLOCKS, 1400, 900, False, "aff/marsh-22-a40d9d"),
}


def main() -> None:
    from browser import NAMES, SWITCHES
    from playwright.sync_api import sync_playwright

    from graph.draw.page import page
    from ingest.reading import read

    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    if path is None:
        sys.exit("no Chromium here; on Debian or Ubuntu: apt-get install chromium")
    pictures = ROOT / "docs/pictures"
    pictures.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(SWITCHES))
        for name, (source, width, height, dark, address) in SHOTS.items():
            file = Path(folder) / "map.html"
            file.write_text(page(read(ROOT / source)), encoding="utf-8")
            tab = browser.new_page(
                viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light"
            )
            tab.goto(file.as_uri() + (f"#{address}" if address else ""))
            tab.wait_for_selector("html[data-ready=yes]")
            tab.wait_for_timeout(400)  # the animation of the first opening
            if name.endswith("-poster"):  # what the first page of the printed poster is
                tab.evaluate("dispatchEvent(new Event('beforeprint'))")
                tab.emulate_media(media="print")
            tab.screenshot(path=str(pictures / f"{name}.png"))
            tab.close()
            print(pictures / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main()
