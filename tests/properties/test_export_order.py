"""Which export counts, against an oracle that knows nothing of the order: folders as downloads folders are.

Exports of one campaign, in any order of arrival: renamed, saved again today, copied, cut to a class, in
conflict with another computer. The oracle reads the invented students, never the program's code.
"""

from __future__ import annotations

import random
import tempfile
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from pixsession.domain.board.snapshot import Snapshot
from pixsession.domain.pix.eligibility import Eligibility, Rule
from pixsession.engine.board.engine import BoardEngine
from pixsession.engine.read_once import check_folder
from pixsession.settings.config import BoardRequest
from tests.factories.examples import examples
from tests.factories.exports import MORNING, Sheet, export, moment, pending, put, sent, student
from tests.factories.reached import reached

NAMES = ("AUBERT", "BENALI", "CARLIER", "DIOP")
STAMPS = ("09:10", "09:25", "09:40")
RULE = Rule()
LAST_EXPORT = "Resultats-Collecte-731958-2026-03-12-0940.csv"


class Story(NamedTuple):
    """What a student sent: minute and competences, oldest first; in the campaign between two times."""

    name: str
    since: str
    submissions: tuple[tuple[str, int], ...]
    deleted_at: str = "23:59"

    def is_there(self, at: str) -> bool:
        return self.since <= at < self.deleted_at

    def by(self, at: str) -> tuple[tuple[str, int], ...]:
        return tuple(one for one in self.submissions if one[0] <= at)


class File(NamedTuple):
    """One file of the folder: whom it shows, as of when; `stamp` None: renamed."""

    name: str
    stamp: str | None
    shows: tuple[tuple[Story, str], ...]
    modified: datetime


@st.composite
def stories(draw: st.DrawFn) -> tuple[Story, ...]:
    minutes = [f"{8 + m // 60:02}:{m % 60:02}" for m in range(5, 98, 3)]
    found = []
    for name in draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=4, unique=True)):
        times = sorted(draw(st.lists(st.sampled_from(minutes), max_size=3, unique=True)))
        counts = [draw(st.sampled_from((3, 4, 5, 7))) for _time in times]
        since = draw(st.sampled_from(("08:00", "09:15"))) if not times or times[0] > "09:15" else "08:00"
        deleted_at = draw(st.sampled_from(("23:59", "09:30")))
        found.append(Story(name, since, tuple(zip(times, counts, strict=True)), deleted_at))
    return tuple(found)


@st.composite
def folders(draw: st.DrawFn, *, untouched: bool) -> tuple[tuple[Story, ...], tuple[File, ...]]:
    told = draw(stories())
    files: list[File] = []
    for number in range(draw(st.sampled_from((3, 4, 2, 1)))):  # several are what is to be told apart
        at = draw(st.sampled_from((STAMPS[-1], *STAMPS)))
        there = [(one, at) for one in told if one.is_there(at)]
        form = "export" if untouched else draw(st.sampled_from(("export", "renamed", "part", "copy", "old")))
        if form in {"part", "copy"} and len(there) > 1:
            there = draw(st.lists(st.sampled_from(there), min_size=1, max_size=len(there) - 1, unique=True))
        if form == "old":  # another computer's older content under the name of a newer export
            there = [(one, STAMPS[0]) for one in told if one.is_there(STAMPS[0])]
        stem = f"Resultats-Collecte-731958-2026-03-12-{at.replace(':', '')}"
        names = {
            "export": f"{stem}.csv",
            "renamed": f"collecte {number}.csv",
            "part": f"3eA {number}.csv",
            "copy": f"{stem} ({number + 1}).csv",
            "old": f"{stem} (conflicted copy {number}).csv",
        }
        stamp = None if form in {"renamed", "part"} else at
        modified = MORNING + timedelta(minutes=draw(st.integers(-90, 600)))
        if there and names[form] not in {file.name for file in files}:
            files.append(File(names[form], stamp, tuple(there), modified))
    return told, tuple(files)


def content(file: File) -> bytes:
    """As Pix writes it; a part is what a spreadsheet saves."""
    students = [
        student(one.name, "Ana", *([sent(*line) for line in one.by(at)] or [pending(one.since)]))
        for one, at in file.shows
    ]
    made = export(*students, at=file.stamp or "09:40")
    return made.content if file.stamp else Sheet.of(made.content).content("utf-8")


def check(folder: Path, files: Sequence[File]) -> Snapshot:
    for file in files:
        put(folder, file.name, content(file), file.modified)
    return check_folder(BoardRequest(folder, RULE), lambda: MORNING)


def by_arrival(folder: Path, files: Sequence[File]) -> Snapshot:
    """The board of a program that is running while the files come, in this order."""
    desk = BoardEngine(BoardRequest(folder, RULE), lambda: MORNING, live=True)
    try:
        desk.look(frozenset(file.name for file in files), frozenset())
        for file in files:
            desk.take(folder / file.name)
            desk.snapshot()
        return desk.snapshot()
    finally:
        desk.close()


def latest_shown(files: Sequence[File]) -> dict[str, int | None]:
    """Competences of the latest submission that any file shows of each student; None: none is shown."""
    found: dict[str, tuple[str, int] | None] = {}
    for file in files:
        for one, at in file.shows:
            mine = one.by(at)
            known = found.get(one.name)
            found[one.name] = max(mine[-1], known) if mine and known else (mine[-1] if mine else known)
    return {name: latest[1] if latest else None for name, latest in found.items()}


def in_doubt(last: File, files: Sequence[File]) -> set[str]:
    """Whom a file that may be newer than the last export leaves out: without a stamp, and showing others."""
    mine = {one.name for one, _at in last.shows}
    shown = ({one.name for one, _at in file.shows} for file in files if file.stamp is None)
    return {name for theirs in shown if theirs - mine for name in mine - theirs}


def state_of(count: int | None) -> Eligibility:
    if count is None:
        return Eligibility.NOT_SENT
    return Eligibility.ELIGIBLE if count >= RULE.min_competences else Eligibility.NOT_ELIGIBLE


def said(snapshot: Snapshot) -> list[tuple[object, ...]]:
    """What the board says, but for which of two equal copies is named."""
    return sorted(
        (
            (
                row.last_name,
                row.eligibility,
                row.verdict.eligible_competences,
                tuple(reason.code for reason in row.verdict.reasons),
                row.pix,
                row.sent_at,
                source.exported_at if source and source.has_stamp else None,
            )
            for row in snapshot.rows
            for source in (snapshot.source_of(row),)
        ),
        key=repr,
    )


def test_the_latest_submission_that_any_file_shows_counts_or_is_in_doubt() -> None:
    met: Counter[str] = Counter()

    @given(folders(untouched=False), st.randoms(use_true_random=False))
    @examples(60, deadline=None, derandomize=True)  # so that it reaches the same each time
    def holds(drawn: tuple[tuple[Story, ...], tuple[File, ...]], order: random.Random) -> None:
        _told, files = drawn
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            snapshot = check(folder, files)
            shuffled = list(files)
            order.shuffle(shuffled)
            live = by_arrival(folder, shuffled)
        reached()
        assert said(live) == said(snapshot)
        latest = latest_shown(files)
        found = {row.last_name: row.eligibility for row in snapshot.rows}
        assert len(found) == len(snapshot.rows)
        for student_name, state in found.items():
            reached()
            assert state in {state_of(latest[student_name]), Eligibility.TO_CHECK}
            met[state] += 1
        for file in files:
            if file.name == LAST_EXPORT:  # nothing is newer: what the others say changes nobody in it
                named = {one.name: state_of(latest[one.name]) for one, _at in file.shows}
                named |= {
                    name: found[name] for name in in_doubt(file, files) if found[name] is Eligibility.TO_CHECK
                }
                reached(len(files) > 1)
                assert named == {student_name: found[student_name] for student_name in named}
        for student_name in latest.keys() - found.keys():
            reached()
            assert_deleted(student_name, files)

    holds()
    assert min(met[state] for state in Eligibility if state is not Eligibility.NOT_IN_EXPORT) > 0, met


def assert_deleted(name: str, files: Sequence[File]) -> None:
    """Only Pix takes anybody off the board: an older stamped export names them, the newest ones do not."""
    newest = max(file.stamp for file in files if file.stamp)
    naming = [file.stamp for file in files if name in {one.name for one, _at in file.shows}]
    assert any(stamp and stamp < newest for stamp in naming)
    assert newest not in naming


@given(folders(untouched=True), st.randoms(use_true_random=False))
@examples(30)
def test_exports_as_pix_wrote_them_leave_no_doubt(
    drawn: tuple[tuple[Story, ...], tuple[File, ...]], order: random.Random
) -> None:
    """Whatever the disk says of their times, and whatever came first."""
    _told, files = drawn
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        snapshot = check(folder, files)
        shuffled = list(files)
        order.shuffle(shuffled)
        live = by_arrival(folder, shuffled)
    latest = latest_shown(files)
    listed = {one.name for one, _at in max(files, key=lambda file: file.name).shows} if files else set()
    reached()
    assert {row.last_name: row.eligibility for row in snapshot.rows} == {
        student_name: state_of(latest[student_name]) for student_name in listed
    }
    assert said(live) == said(snapshot)


def test_moments_of_these_tests_are_of_one_morning() -> None:
    assert moment(STAMPS[-1]) < MORNING
