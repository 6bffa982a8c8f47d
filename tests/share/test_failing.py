"""A drive whose calls fail, each of them in turn: the board lives, and nothing is lost or counts twice."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from errno import EACCES, EIO, ENOTCONN, ESTALE, ETIMEDOUT, errorcode
from functools import cache
from itertools import chain
from pathlib import Path

import pytest

from pixsession.domain.share.place import Post
from pixsession.engine.common.entry_log import EntryLog
from pixsession.engine.share.sync import ShareSync
from pixsession.readers import export_of
from pixsession.readers.export import Export, FileDescription
from pixsession.store.dossier import Dossier
from pixsession.store.share.exchange import Exchange
from pixsession.store.share.joining import join_session, post_id, shared_dossier
from tests.factories.dossiers import NOON, crowded
from tests.factories.reached import reached

from .failing import FailingFolder

# What the exchange tells apart: a drive that is away, a file that was moved, a file that is held.
FAULTS = {"away": (EIO, ENOTCONN, ETIMEDOUT), "moved": (ESTALE,), "held": (EACCES,)}
_MOST_CALLS = 400


@cache
def kept(number: int) -> Export:
    """One of many exports, read once for all the schools that keep it."""
    one = crowded(number)
    return export_of(one.content, FileDescription(one.name, NOON, False, NOON))


class Side:
    """One post at the level of its exchange, with a watch that the test sets."""

    def __init__(self, home: Path, session_file: Path) -> None:
        self.seconds = 0.0
        self.place = join_session(session_file, Post(post_id(home / "state"), home.name), NOON)
        self.dossier = shared_dossier(home / "state", session_file, self.place.session_id)
        self.sync = ShareSync(self.place, self.dossier, self.now)
        self.sync._exchange = Exchange(self.place, self.dossier, self.sync.clock, "1", lambda: self.seconds)
        self.log = EntryLog(self.dossier, self.now, clock=self.sync.clock)
        self.kept = Dossier(self.dossier)
        self.kept.create(NOON)

    def now(self) -> datetime:
        return NOON + timedelta(seconds=self.seconds)

    def acts(self, text: str) -> None:
        self.log.append("act.note", {"text": text})

    def keeps(self, number: int) -> None:
        self.kept.keep(kept(number))

    def look(self) -> None:
        self.seconds += 40  # heartbeats are due, and what was tried is tried again
        self.sync.look()
        self.log.look()

    def held(self) -> tuple[list[str], set[str]]:
        """Every gesture that counts, and every export with what is told of it."""
        return (
            [str(entry.facts["text"]) for entry in self.log.entries],
            {path.name for path in (self.dossier / "exports").iterdir()},
        )


class School:
    """An office on the drive itself, a room that reaches it beneath the folder that fails."""

    def __init__(self, folder: Path, drive_as_seen: Path) -> None:
        drive = folder / "drive" if sys.platform != "win32" else Path(str(drive_as_seen).swapcase())
        drive.mkdir(parents=True)
        (drive / "session.toml").write_text("share = true\n", encoding="utf-8")
        if sys.platform != "win32":  # there only administrators make links, and case is all one
            drive_as_seen.parent.mkdir(parents=True, exist_ok=True)
            drive_as_seen.symlink_to(drive)
        self.office = Side(folder / "office", drive / "session.toml")
        self.room = Side(folder / "room", drive_as_seen / "session.toml")

    def both_do(self, number: int) -> None:
        for which, side in enumerate((self.office, self.room)):
            side.acts(f"{number}-{which}")
            side.keeps(2 * number + which)

    def exchange(self) -> None:
        """Each brings what it has, and takes what the other brought."""
        for side in (self.room, self.office, self.room):
            side.look()
        assert self.room.held() == self.office.held()

    def settle(self) -> None:
        """Exchange until both hold the same, then once more, which must change nothing."""
        same = 0
        for _round in range(4):
            self.room.look()
            self.office.look()
            same += self.room.held() == self.office.held() and not self.room.sync.view.waiting
            if same == 2:
                return


@pytest.fixture
def failing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FailingFolder]:
    (tmp_path / "away").mkdir()
    yield FailingFolder(tmp_path / "away", monkeypatch)


@pytest.mark.parametrize("errnos", FAULTS.values(), ids=FAULTS)
@pytest.mark.parametrize("looks_before", [0, 1])
def test_a_call_that_fails_once_loses_nothing(
    tmp_path: Path, failing: FailingFolder, errnos: tuple[int, ...], looks_before: int
) -> None:
    for number in range(1, _MOST_CALLS):
        school = School(tmp_path / f"{number}", tmp_path / "away" / f"{number}" / "drive")
        for before in range(looks_before):
            school.both_do(before)
            school.exchange()
        school.both_do(looks_before)
        school.office.look()
        failing.fails_once(number, errnos[number % len(errnos)])
        asked = len(failing.calls)
        school.room.look()
        asked = len(failing.calls) - asked
        failing.works()
        school.settle()
        texts = sorted(f"{one}-{which}" for one in range(looks_before + 1) for which in (0, 1))
        here, there = school.room.held(), school.office.held()
        reached(number)
        assert here == there, f"call {number}, {failing.calls[-asked:][: number + 1]}"
        assert sorted(here[0]) == texts
        assert len(here[1]) == 2 * len(texts)
        for side in (school.room, school.office):
            view = side.sync.view
            assert (view.away_since, view.waiting, view.notices) == (None, 0, ())
        if asked < number:
            return
    pytest.fail("no exchange asks so much")


@pytest.mark.parametrize("errno", chain.from_iterable(FAULTS.values()), ids=errorcode.__getitem__)
def test_a_drive_on_which_every_call_fails_is_away_since_then(
    tmp_path: Path, failing: FailingFolder, errno: int
) -> None:
    school = School(tmp_path / "school", tmp_path / "away" / "drive")
    school.both_do(0)
    school.exchange()
    failing.fails_with(errno)
    school.both_do(1)
    since = school.room.now() + timedelta(seconds=40)
    for _look in range(3):
        school.room.look()
        school.office.look()
        view = school.room.sync.view
        assert (view.away_since, view.waiting) == (since, 2)
    failing.works()
    school.settle()
    assert school.room.sync.view.away_since is None
    assert school.room.held() == school.office.held()
    assert sorted(school.room.held()[0]) == ["0-0", "0-1", "1-0", "1-1"]
