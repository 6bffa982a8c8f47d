"""One real browser without a window, which opens page after page: its start costs more than a page does."""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_READS, _WRITES = 3, 4  # the descriptors of Chromium's --remote-debugging-pipe
_COMPLAINTS = {"Log.entryAdded", "Runtime.exceptionThrown", "Runtime.consoleAPICalled"}


class Browser:
    """A tab of a browser, asked over the pipes of the DevTools protocol.

    `complaints`: what the console of the page shows, such as errors of scripts and refusals of its policy.
    """

    def __init__(self, asks: int, answers: int) -> None:
        self.complaints: list[str] = []
        self._asks, self._answers = asks, answers
        self._received = b""
        self._number = 0
        self._tab: dict[str, str] = {}
        target = self._ask("Target.createTarget", url="about:blank")["targetId"]
        self._tab = {
            "sessionId": self._ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        }
        for domain in ("Page", "Log", "Runtime"):
            self._ask(f"{domain}.enable")

    def opens(self, page: Path) -> None:
        """Show this page, to the end of its loading, as wide as a sheet of A4 is."""
        self._ask(
            "Emulation.setDeviceMetricsOverride", width=820, height=1160, deviceScaleFactor=1, mobile=False
        )
        self.complaints.clear()
        self._ask("Page.navigate", url=page.as_uri())
        while self._message().get("method") != "Page.loadEventFired":
            pass

    def printed(self) -> bytes:
        """The page as PDF, on the paper that it asks for."""
        asked = self._ask("Page.printToPDF", preferCSSPageSize=True, printBackground=True)
        return base64.b64decode(asked["data"])

    def value_of(self, expression: str) -> Any:
        """What a script on the page says."""
        return self._ask("Runtime.evaluate", expression=expression, returnByValue=True)["result"]["value"]

    def close(self) -> None:
        self._tab = {}
        self._ask("Browser.close")

    def _ask(self, method: str, **asked: Any) -> dict[str, Any]:
        self._number += 1
        question = {"id": self._number, "method": method, "params": asked, **self._tab}
        os.write(self._asks, json.dumps(question).encode() + b"\0")
        while (message := self._message()).get("id") != self._number:
            pass
        assert "error" not in message, message
        found: dict[str, Any] = message["result"]
        return found

    def _message(self) -> dict[str, Any]:
        while b"\0" not in self._received:
            more = os.read(self._answers, 1 << 20)
            assert more, "the browser has ended"
            self._received += more
        first, _end, self._received = self._received.partition(b"\0")
        message: dict[str, Any] = json.loads(first)
        if message.get("method") in _COMPLAINTS:
            self.complaints.append(first.decode())
        return message


@contextmanager
def browser_in(folder: Path) -> Iterator[Browser]:
    """A browser that keeps its profile in this folder, and has ended afterwards."""
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if sys.platform == "win32" or program is None:
        pytest.skip(f"no browser to open the page with: none of {', '.join(BROWSERS)} is installed")
    import fcntl  # there is none on Windows

    (heard, asks), (answers, told) = os.pipe(), os.pipe()
    # Away from the numbers that they get in the child: one of them might be the other's.
    heard_far, told_far = (fcntl.fcntl(one, fcntl.F_DUPFD_CLOEXEC, 10) for one in (heard, told))
    command = [
        program, "--headless", "--disable-gpu", "--no-sandbox", "--no-first-run", "--disable-extensions",
        "--disable-dev-shm-usage", "--remote-debugging-pipe", f"--user-data-dir={folder}",
    ]  # fmt: skip
    actions = [
        (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0),
        (os.POSIX_SPAWN_DUP2, heard_far, _READS),
        (os.POSIX_SPAWN_DUP2, told_far, _WRITES),
    ]
    child = os.posix_spawn(program, command, os.environ, file_actions=actions)
    for one in (heard, heard_far, told, told_far):
        os.close(one)
    try:
        browser = Browser(asks, answers)
        yield browser
        browser.close()
    finally:
        os.close(asks)  # it ends by that alone
        os.close(answers)
        os.waitpid(child, 0)


def pages(pdf: bytes) -> int:
    """How many pages a PDF has; Chromium writes each as an object in plain sight."""
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))
