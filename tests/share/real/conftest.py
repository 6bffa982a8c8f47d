"""Two computers on each kind of share, and at the end which kinds there were."""

from __future__ import annotations

import statistics
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest

from pixsession.foundation.clock import paris_now
from tests.factories.exports import export, sent, student
from tests.factories.samples import ExportFile

from .homes import PATIENCE, Home, Post, clock_library
from .places import HOMES, NAMES, Place, missing, opened

STUDENTS = ("ABEL", "BRUN", "CARON", "DENIS", "EVRARD", "FABRE", "GIRAUD", "HUMBERT")
_ZONES = ("Europe/Paris", "Indian/Reunion")
_SESSION = """\
share = true
kind = "certification"
title = "Certification 3e"
date = {today}
start = "08:30"
room = "Salle 12"
{more}
[remediation]
code = "SOSPIX123"
"""
_ran: dict[str, int] = defaultdict(int)
_crossed: dict[str, list[float]] = defaultdict(list)


@dataclass(frozen=True, slots=True)
class School:
    """Two computers that open one session file; the first one's browser has saved an export."""

    place: Place
    homes: tuple[Home, Home]

    def with_clocks(self, *minutes: int) -> School:
        """The same with clocks so far ahead of the true time."""
        first, second = (
            replace(home, ahead=timedelta(minutes=ahead))
            for home, ahead in zip(self.homes, minutes, strict=True)
        )
        return replace(self, homes=(first, second))

    def both_open(self) -> tuple[Post, Post]:
        """The boards of both, one opened after the other, each with all the students of the export."""
        posts = []
        for home in self.homes:
            posts.append(post := Post(home).opens())
            post.sees(f"{len(STUDENTS)} expected")
            self.arrives()
        first, second = posts
        return first, second

    def arrives(self) -> None:
        """Wait until every computer has the files that are shared now."""
        first, *others = self.place.folders
        end = time.monotonic() + PATIENCE
        while (wanted := _shared(first)) is None or any(_shared(folder) != wanted for folder in others):
            assert time.monotonic() < end, "what is shared does not arrive"
            time.sleep(0.2)

    def took(self, seconds: float) -> None:
        """A gesture has come from one screen to the other in this time."""
        _crossed[self.place.name].append(seconds)


def export_of(*names: str, minute: int) -> ExportFile:
    """An export of students who are all eligible, saved so many minutes after midnight."""
    day = f"{paris_now():%Y-%m-%dT}"
    everybody = (student(name, "Lou", sent(f"{day}00:05", 5)) for name in names)
    return export(*everybody, at=f"{day}00:{minute:02}")


def _shared(folder: Path) -> set[str] | None:
    """The names of the files in folders of this one, of which one with a dot is on its way; None: not now."""
    try:
        found = [path for path in folder.glob("*/**/*") if path.is_file()]
    except OSError:
        return None
    return {path.name for path in found if not path.name.startswith(".")}


@pytest.fixture(params=NAMES)
def school(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[School]:
    """On each kind of share; skipped, in words, where this machine has it not."""
    name: str = request.param
    if why := missing(name):
        pytest.skip(f"{name}: {why}")
    if not clock_library():
        pytest.skip("not installed: libfaketime")
    with opened(name, tmp_path / "share") as place:
        session = place.folders[0] / "certification.toml"
        session.write_text(_SESSION.format(today=f"{paris_now():%Y-%m-%d}", more=""), encoding="utf-8")
        homes = [
            Home(tmp_path / f"post{number}", place.folders[number] / session.name, timedelta(),
                 _ZONES[number], place.dates_files)
            for number in range(HOMES)
        ]  # fmt: skip
        place.arrives(session.name)
        homes[0].saves(export_of(*STUDENTS, minute=45))
        yield School(place, (homes[0], homes[1]))
        Post.kill_all()
    _ran[name] += 1


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """A line for each kind of share: how many tests ran on it and how long gestures took, or why none did."""
    terminalreporter.section("shares with real parts")
    for name in NAMES:
        why = missing(name)
        took = _crossed[name]
        told = f", a gesture took {statistics.median(took):.1f} s, {max(took):.1f} at worst" if took else ""
        terminalreporter.line(f"{name}: {f'skipped, {why}' if why else f'{_ran[name]} ran{told}'}")
