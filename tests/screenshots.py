"""Pictures of the worked example, for the manual: `python tests/screenshots.py` writes docs/pictures/."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

# name: width, height, dark, address
SHOTS = {
    "localism": (1400, 900, False, "localism/seen-as-particular"),
    "localism-first": (1400, 900, False, ""),
    "localism-dark": (1400, 900, True, "localism/seen-as-particular"),
    "localism-phone": (360, 740, False, ""),
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
        file = Path(folder) / "localism.html"
        file.write_text(page(read(ROOT / "examples/localism/localism.argdown")), encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=path, args=list(SWITCHES))
        for name, (width, height, dark, address) in SHOTS.items():
            tab = browser.new_page(
                viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light"
            )
            tab.goto(file.as_uri() + (f"#{address}" if address else ""))
            tab.wait_for_selector("html[data-ready=yes]")
            tab.wait_for_timeout(400)  # the animation of the first opening
            tab.screenshot(path=str(pictures / f"{name}.png"))
            tab.close()
            print(pictures / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main()
