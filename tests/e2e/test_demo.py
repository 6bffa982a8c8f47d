"""The demonstration through the real watcher: told step by step, printed, and played in a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pixsession.domain.board.changes import ChangeKind
from pixsession.domain.board.snapshot import Snapshot
from pixsession.domain.pix.eligibility import Eligibility, Rule
from pixsession.engine.demo import DemoClock, DemoFeed, Receipts, play_all, sample_exports
from pixsession.engine.pipeline import Pipeline
from pixsession.foundation.errors import PixSessionError
from pixsession.settings.config import BoardRequest
from tests.e2e.runs import PATIENCE, Run, posix
from tests.e2e.terminal import Terminal
from tests.factories.samples import StudentTruth, morning


@contextmanager
def pipeline_on(folder: Path, clock: DemoClock, receipts: Receipts) -> Iterator[Pipeline]:
    """A pipeline that keeps nothing; a failure of it is a failure of the test."""
    failures: list[PixSessionError] = []
    request = BoardRequest(folder, Rule(), scan_seconds=0.2)
    pipeline = Pipeline(request, clock)
    pipeline.listen(receipts.take, failures.append)
    pipeline.start()
    try:
        yield pipeline
    finally:
        pipeline.stop()
        pipeline.join(PATIENCE)
    assert not pipeline.is_alive()
    assert failures == []


def read_at_once(receipts: Receipts) -> Snapshot:
    snapshot = receipts.snapshot
    assert snapshot is not None
    return snapshot


def says(truth: StudentTruth) -> tuple[object, ...]:
    count, levels = truth.eligible_competences, truth.levels
    who = (truth.last_name, truth.first_name, truth.division)
    return (*who, truth.eligibility, count, truth.pix, levels, truth.sent_at)


def shows(snapshot: Snapshot) -> set[tuple[object, ...]]:
    return {
        (
            *(row.last_name, row.first_name, row.division, row.eligibility),
            row.verdict.eligible_competences,
            row.pix,
            row.profile.levels if row.profile else None,
            row.sent_at,
        )
        for row in snapshot.rows
    }


def test_after_each_export_the_board_is_the_truth(tmp_path: Path) -> None:
    clock, receipts = DemoClock.of(sample_exports()), Receipts()
    truths = {export.name: export for export in morning()}

    def was_read(path: Path) -> bool:
        if not receipts.wait_for(path, PATIENCE):
            return False
        snapshot, truth = read_at_once(receipts), truths[path.name]
        assert shows(snapshot) == {says(student) for student in truth.truth}
        assert len(snapshot.rows) == len(truth.truth)
        assert snapshot.counts == truth.counts()
        assert snapshot.newest_export_at == truth.exported_at == clock()
        return True

    with pipeline_on(tmp_path, clock, receipts):
        assert play_all(tmp_path, was_read, clock)

    told: dict[ChangeKind, list[str]] = {}
    for change in read_at_once(receipts).changes:
        told.setdefault(change.kind, []).append(f"{change.last_name} {change.at:%H:%M}")
    saved = {"BOURDIER 08:30", "LE GOFF 09:00", "CASTAING 09:30", "VAN DER MEERSCH 09:45"}
    assert saved <= set(told[ChangeKind.BECAME_ELIGIBLE])
    assert told[ChangeKind.NO_LONGER_ELIGIBLE] == ["FERRAND 09:30"]
    assert told[ChangeKind.LEFT] == ["MONIER 09:15"]
    assert told[ChangeKind.CHANGED_CLASS] == ["NOVAK 09:00"]
    assert "OKAFOR 09:00" in told[ChangeKind.ARRIVED]


def test_played_at_full_speed_nothing_is_missed(tmp_path: Path) -> None:
    exports = sample_exports()
    clock, receipts = DemoClock.of(exports, speed=6300), Receipts()  # the morning in a second
    feed = DemoFeed(tmp_path, clock)
    feed.start()
    with pipeline_on(tmp_path, clock, receipts):
        assert feed.wait(PATIENCE)
        assert all(receipts.wait_for(Path(export.file.name), PATIENCE) for export in exports)
        assert read_at_once(receipts).counts == morning()[-1].counts()
    feed.stop()
    assert feed.failure is None


def test_without_a_terminal_the_last_board_is_printed(run: Run) -> None:
    found = run("demo")
    assert (found.status, found.err) == (0, "")
    counts = morning()[-1].counts()
    assert f"{counts[Eligibility.NOT_ELIGIBLE]} not eligible" in found.out
    assert f"{counts[Eligibility.ELIGIBLE]} eligible" in found.out
    for name in ("FERRAND Elouan", "ROUXEL Timothée", "PICHON Mathéo", "HAMDAOUI Yanis", "D’HAUTEVILLE Côme"):
        assert name in found.out
    assert "\x1b" not in found.out


@posix
def test_in_a_terminal_the_morning_unfolds() -> None:
    with Terminal("--lang", "en", "demo", "--speed", "3000") as terminal:
        terminal.sees(r"\d not eligible")
        terminal.sees(r"\b70 eligible")  # of 10:00; on a small screen toasts stand over the hour for a while
        terminal.sees(r"\b3 not eligible")
        terminal.sees(r"FERRAND Elouan +3eB")
        assert terminal.leaves() == 0


@posix
def test_the_sheet_of_a_rehearsal_is_written_where_the_board_says() -> None:
    with Terminal("--lang", "en", "demo", "--session", "--speed", "5000", columns=120, lines=40) as terminal:
        terminal.sees("pixsession-demo-")
        terminal.press("\r")
        terminal.sees(r"The day is told")
        terminal.press("F")
        terminal.sees(r"To print it, open it")
        assert terminal.leaves(asked=r"tests are running") == 0


def test_a_rehearsal_without_a_terminal_is_told_at_its_end(run: Run) -> None:
    found = run("demo", "--session")
    assert (found.status, found.err) == (0, "")
    assert "26 candidates" in found.out
    assert "incident open" in found.out


def test_the_lesson_is_told_at_its_end_where_there_is_no_terminal(run: Run) -> None:
    found = run("demo", "--lesson", "--ascii", "--lang", "en")
    assert (found.status, found.err) == (0, "")
    assert "x CARLIER Jules 5eB - stuck - 10% - +10% - keyboard - helped" in found.out.replace("\u00b7", "-")
    assert run("demo", "--lesson", "--session").status == 2
