"""A real Firefox for the tests, driven by Marionette, which every Firefox has: no driver is needed.

The protocol is lines of JSON with their length before them:
https://firefox-source-docs.mozilla.org/testing/marionette/Protocol.html
"""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import time
from pathlib import Path
from typing import Any

NAMES = ("firefox-esr", "firefox", "firefox-bin")
PATIENCE = 60.0  # seconds for the first start on a busy machine
_PREFERENCES = {
    "app.normandy.enabled": False,
    "app.update.disabledForTesting": True,
    "browser.safebrowsing.malware.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.page": 0,
    "datareporting.policy.dataSubmissionEnabled": False,
    "marionette.port": 0,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "toolkit.telemetry.enabled": False,
    "ui.prefersReducedMotion": 1,
}


class Firefox:
    """A running Firefox with one tab."""

    def __init__(self, path: str, profile: Path) -> None:
        profile.mkdir()
        lines = [f"user_pref({json.dumps(name)}, {json.dumps(to)});" for name, to in _PREFERENCES.items()]
        (profile / "user.js").write_text("\n".join(lines), encoding="utf-8")
        command = [path, "--headless", "--no-remote", "--marionette", "--remote-allow-system-access"]
        self._process = subprocess.Popen(
            [*command, "--profile", str(profile)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self._asked = 0
        try:
            self._socket = socket.create_connection(("127.0.0.1", self._port(profile)), timeout=PATIENCE)
            self._stream = self._socket.makefile("rwb")
            self._message()  # it says what it is
            self.ask("WebDriver:NewSession", capabilities={"alwaysMatch": {"acceptInsecureCerts": False}})
        except BaseException:
            self._process.kill()
            raise

    def _port(self, profile: Path) -> int:
        """The port that it chose, once it has written it down."""
        until = time.monotonic() + PATIENCE
        file = profile / "MarionetteActivePort"
        while time.monotonic() < until and self._process.poll() is None:
            if file.exists() and (text := file.read_text().strip()):
                return int(text)
            time.sleep(0.05)
        raise RuntimeError("Firefox does not start")

    def _message(self) -> Any:
        length = b""
        while not length.endswith(b":"):
            length += self._stream.read(1)
        return json.loads(self._stream.read(int(length[:-1])))

    def ask(self, command: str, **given: Any) -> Any:
        """What Firefox answers to one command; raises RuntimeError with what it complains of."""
        self._asked += 1
        message = json.dumps([0, self._asked, command, given]).encode()
        self._stream.write(b"%d:%s" % (len(message), message))
        self._stream.flush()
        _, _, error, answer = self._message()
        if error:
            raise RuntimeError(f"{command}: {error['message']}")
        return answer["value"] if isinstance(answer, dict) and set(answer) == {"value"} else answer

    def run(self, script: str, *given: Any) -> Any:
        """What a script in the page returns, waiting for it if it is a promise."""
        return self.ask("WebDriver:ExecuteScript", script=script, args=list(given))

    def open(self, address: str) -> None:
        """Goes there and waits until the page says that it is ready."""
        self.ask("WebDriver:Navigate", url=address)
        self.wait("return document.documentElement.dataset.ready === 'yes'")

    def wait(self, script: str) -> None:
        """Waits until the script returns true."""
        until = time.monotonic() + PATIENCE
        while not self.run(script):
            if time.monotonic() > until:
                raise TimeoutError(script)
            time.sleep(0.05)

    def click(self, selector: str) -> None:
        """A real click in the middle of the element."""
        self.ask("WebDriver:ElementClick", id=self._element(selector))

    def type(self, selector: str, text: str) -> None:
        """Keys typed into the element."""
        self.ask("WebDriver:ElementSendKeys", id=self._element(selector), text=text)

    def _element(self, selector: str) -> str:
        found = self.ask("WebDriver:FindElement", using="css selector", value=selector)
        return str(next(iter(found.values())))

    def complaints(self, address: str) -> list[str]:
        """Errors and warnings of the console that a page at this address brought about."""
        self.ask("Marionette:SetContext", value="chrome")
        try:
            found: list[str] = self.run(
                """return Services.console.getMessageArray()
                    .filter((message) => message instanceof Ci.nsIScriptError)
                    .filter(({sourceName}) => sourceName.startsWith(arguments[0]))
                    .map(({errorMessage}) => errorMessage);""",
                address,
            )
        finally:
            self.ask("Marionette:SetContext", value="content")
        return found

    def close(self) -> None:
        """Ends it."""
        self._stream.close()
        self._socket.close()
        self._process.terminate()
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()


def installed() -> str | None:
    """The path of a Firefox, None where there is none."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)
