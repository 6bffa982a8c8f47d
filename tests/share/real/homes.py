"""A computer of a school as a test has it: state, settings, downloads, clock and time zone of its own."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from glob import glob
from pathlib import Path
from typing import Any, ClassVar

import pexpect
import pyte

from tests.factories.samples import ExportFile

PATIENCE = 60.0  # seconds; a busy machine is slow, a wrong program never gets there
_LIBRARIES = ("/usr/lib/*/faketime/libfaketime.so.1", "/usr/lib*/faketime/libfaketime.so.1")
_OPENING = "open the board"
_BOARD = r"\b(p present|L checklist)"  # the second while nobody is on the board
_OPENS_AFTER = 5.0  # seconds, the check that a session opens with
_STUDENT_LINE = "SELECT at_time, kind, last_name, text FROM actions"


def clock_library() -> str:
    """Debian's libfaketime; empty where it is not installed."""
    return next((path for pattern in _LIBRARIES for path in sorted(glob(pattern))), "")  # noqa: PTH207 - from "/"


@dataclass(frozen=True, slots=True)
class Home:
    """One computer, and the session file as it is named there."""

    folder: Path
    session: Path
    ahead: timedelta = timedelta()  # of its clock before the true time
    zone: str = "Europe/Paris"
    dates_files: bool = False  # the folder is on its own disk, which dates files by its clock

    @property
    def downloads(self) -> Path:
        """Where its browser saves."""
        return self.folder / "downloads"

    def environ(self) -> dict[str, str]:
        """The environment of its programs: nothing of the home that runs the tests."""
        self.downloads.mkdir(parents=True, exist_ok=True)
        mine = {
            "HOME": self.folder,
            "XDG_STATE_HOME": self.folder / "state",
            "XDG_CONFIG_HOME": self.folder / "config",
            "XDG_CACHE_HOME": self.folder / "cache",
            "XDG_DOWNLOAD_DIR": self.downloads,
            "PIXSESSION_STATE": self.folder / "state" / "pixsession",
            "PIXSESSION_CONFIG": self.folder / "config" / "pixsession.toml",
            "TZ": self.zone,
            "TERM": "xterm-256color",
            "TEXTUAL_ANIMATIONS": "none",
        }
        if self.ahead:
            mine |= {
                "LD_PRELOAD": clock_library(),
                "FAKETIME": f"{self.ahead.total_seconds():+.0f}",
                "DONT_FAKE_MONOTONIC": "1",  # a wrong clock runs as fast as any other
            }
            mine |= {} if self.dates_files else {"NO_FAKE_STAT": "1"}  # a server dates by its own clock
        return {**os.environ, **{name: str(value) for name, value in mine.items()}}

    def run(self, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        """A command of the program, to its end."""
        return subprocess.run(
            [sys.executable, "-m", "pixsession", "--lang", "en", *map(str, arguments)],
            stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", errors="replace",
            env=self.environ(), timeout=2 * PATIENCE, check=False,
        )  # fmt: skip

    def document(self) -> dict[str, Any]:
        """The session as its document for programs has it."""
        done = self.run("check", "--session", self.session, "--format", "json")
        assert done.returncode in {0, 1}, done.stderr
        document: dict[str, Any] = json.loads(done.stdout)
        return document

    def seconds_to(self, field: str) -> dict[str, float]:
        """By last name, in how many seconds a moment comes, as this computer says now; negative: it was."""
        document = self.document()
        now = datetime.fromisoformat(document["generated_at"]).replace(tzinfo=None)
        return {
            one["last_name"]: (datetime.fromisoformat(one[field]) - now).total_seconds()
            for one in document["students"]
            if one[field] is not None
        }

    def states(self) -> dict[str, str]:
        """By last name, the state of each student."""
        return {one["last_name"]: one["state"] for one in self.document()["students"]}

    def actions(self) -> list[tuple[str, str, str]]:
        """Every action that is in the log, in its order: its time, what was done, the last name."""
        done = self.run("sql", "--session", self.session, "--format", "json", _STUDENT_LINE)
        assert done.returncode == 0, done.stderr
        return [(one["at_time"], one["kind"], one["last_name"]) for one in json.loads(done.stdout)]

    def saves(self, export: ExportFile) -> Path:
        """Its browser has finished a download."""
        self.downloads.mkdir(parents=True, exist_ok=True)
        partial = self.downloads / f"{export.name}.crdownload"
        partial.write_bytes(export.content)
        return partial.replace(self.downloads / export.name)

    def until(self, wanted: Callable[[dict[str, str]], bool], seconds: float = PATIENCE) -> dict[str, str]:
        """The states, once they are the wanted ones."""
        end = time.monotonic() + seconds
        while not wanted(states := self.states()):
            assert time.monotonic() < end, f"{self.folder.name} has {states}"
        return states


class Post:
    """The board of the session open on one computer, read all the time as its terminal would."""

    _all: ClassVar[list[Post]] = []

    def __init__(self, home: Home, columns: int = 120, lines: int = 40) -> None:
        self.home = home
        self._all.append(self)
        self.child = pexpect.spawn(
            sys.executable, ["-m", "pixsession", "--lang", "en", "watch", "--session", str(home.session)],
            env=home.environ(), dimensions=(lines, columns), timeout=PATIENCE,
        )  # fmt: skip
        self._screen = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self._screen)
        self._changed = threading.Condition()
        self._ended = False
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def opens(self) -> Post:
        """Itself, past the check that a session opens with."""
        self.sees(_BOARD)
        try:
            self.sees(_OPENING, _OPENS_AFTER)
        except AssertionError:  # somebody has passed it already
            return self
        self.press("\r")
        self.no_longer_sees(_OPENING)
        return self

    def _read(self) -> None:
        while True:
            try:
                received = self.child.read_nonblocking(65536, timeout=1)
            except pexpect.TIMEOUT:
                continue
            except (pexpect.EOF, OSError, ValueError):
                break
            with self._changed:
                self._stream.feed(received)
                self._changed.notify_all()
        with self._changed:
            self._ended = True
            self._changed.notify_all()

    @property
    def text(self) -> str:
        """Every line of the screen."""
        with self._changed:
            return "\n".join(self._screen.display)

    def press(self, keys: str) -> None:
        """Type these keys."""
        self.child.send(keys)

    def sees(self, pattern: str, seconds: float = PATIENCE) -> float:
        """Wait until the pattern is on the screen; for how long it was waited for."""
        return self._await(lambda text: bool(re.search(pattern, text)), f"{pattern!r} never came", seconds)

    def no_longer_sees(self, pattern: str, seconds: float = PATIENCE) -> float:
        """Wait until the pattern has left the screen; likewise."""
        return self._await(lambda text: not re.search(pattern, text), f"{pattern!r} stays", seconds)

    def _await(self, wanted: Callable[[str], bool], otherwise: str, seconds: float) -> float:
        began = time.monotonic()
        with self._changed:
            there = self._changed.wait_for(
                lambda: wanted("\n".join(self._screen.display)) or self._ended, seconds
            )
        assert there and wanted(self.text), f"{self.home.folder.name}: {otherwise}:\n{self.text}"
        return time.monotonic() - began

    def looks_for(self, name: str) -> None:
        """Put the cursor on this student, alone on the board."""
        self.press("/")
        self.press(name.lower())
        self.sees(name.lower())
        self.press("\r")
        self.sees(_BOARD)
        self.press("g")

    def begins(self, key: str, name: str) -> float:
        """Press a key for this student; the moment, by `time.monotonic`."""
        self.looks_for(name)
        began = time.monotonic()
        self.press(key)
        return began

    def acts(self, key: str, name: str, sign: str) -> None:
        """A key for this student, and wait until this board says so; then everybody is shown again."""
        self.begins(key, name)
        self.sees(rf"{sign} {name}")
        self.shows_everybody()

    def shows_everybody(self) -> None:
        """Take the search away again."""
        self.press("\x1b")
        self.no_longer_sees("students hidden")

    def minutes_left(self, name: str) -> int:
        """What this board says of a test that runs."""
        found = re.search(rf"► {name}\b.*?(?:(\d+) h )?(\d+)(?: min)? left", self.text)
        assert found, f"{name} does not run:\n{self.text}"
        return 60 * int(found[1] or 0) + int(found[2])

    def kill(self) -> None:
        """SIGKILL: no goodbye."""
        if sys.platform != "win32" and self.child.isalive():
            self.child.kill(signal.SIGKILL)
        self._reader.join(5)
        self.child.close(force=True)

    @classmethod
    def kill_all(cls) -> None:
        """Likewise every one that a test has left."""
        while cls._all:
            cls._all.pop().kill()

    def quits(self) -> None:
        """Press q, and confirm where it asks."""
        self.press("q")
        end = time.monotonic() + PATIENCE
        while not self._ended and time.monotonic() < end:
            time.sleep(0.3)
            self.press("\r")
        self._reader.join(5)
        self.child.close(force=True)
