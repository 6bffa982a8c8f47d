"""The clock and the feed of the demonstration, driven by a clock that only moves when told."""

from __future__ import annotations

import shutil
import threading
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from pixsession.domain.board.snapshot import FileEntry, FileStatus, Snapshot
from pixsession.domain.pix.eligibility import Rule
from pixsession.engine.demo import DemoClock, DemoFeed, Receipts, drop, play_all, sample_exports
from pixsession.foundation.clock import from_timestamp
from pixsession.foundation.errors import FolderUnusable
from pixsession.foundation.i18n import use_language
from pixsession.foundation.paths import shipped


class Monotonic:
    """Real time, as the test says."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


def at(clock: str) -> datetime:
    return datetime.fromisoformat(f"2026-03-12T{clock}")


@pytest.fixture
def real() -> Monotonic:
    return Monotonic()


@pytest.fixture
def clock(real: Monotonic) -> DemoClock:
    return DemoClock.of(sample_exports(), monotonic=real)


def names(folder: Path) -> list[str]:
    return [path.name[-8:-4] for path in sorted(folder.iterdir())]


class TestClock:
    def test_it_stands_until_it_is_started(self, clock: DemoClock, real: Monotonic) -> None:
        real.seconds += 3600
        assert clock() == at("08:15")

    def test_it_runs_ninety_times_faster(self, clock: DemoClock, real: Monotonic) -> None:
        clock.start()
        real.seconds += 10
        assert clock() == at("08:30")
        assert clock.seconds_until(at("08:45")) == pytest.approx(10)
        assert clock.seconds_until(at("08:20")) == 0

    def test_starting_again_changes_nothing(self, clock: DemoClock, real: Monotonic) -> None:
        clock.start()
        real.seconds += 10
        clock.start()
        assert clock() == at("08:30")

    def test_once_the_story_is_told_time_is_real(self, clock: DemoClock, real: Monotonic) -> None:
        clock.start()
        real.seconds += 70
        assert clock() == at("10:00")
        real.seconds += 60
        assert clock() == at("10:01")

    def test_it_gives_whole_seconds(self, real: Monotonic) -> None:
        clock = DemoClock(at("08:15"), at("10:00"), speed=1.5, monotonic=real)
        clock.start()
        real.seconds += 1
        assert clock() == at("08:15:01")

    @pytest.mark.parametrize("speed", [0, -1])
    def test_time_goes_forward(self, speed: float) -> None:
        with pytest.raises(ValueError, match="speed"):
            DemoClock(at("08:15"), at("10:00"), speed)

    def test_the_whole_morning_takes_about_a_minute(self, clock: DemoClock) -> None:
        assert 60 <= clock.seconds_until(at("10:00")) <= 90


class TestFeed:
    def test_the_first_export_is_there_before_the_clock_runs(self, clock: DemoClock, tmp_path: Path) -> None:
        feed = DemoFeed(tmp_path, clock)
        feed.prepare()
        feed.prepare()
        assert names(tmp_path) == ["0815"]
        assert not feed.wait(0)

    def test_each_export_lands_at_its_time(self, clock: DemoClock, real: Monotonic, tmp_path: Path) -> None:
        feed = DemoFeed(tmp_path, clock)
        clock.start()
        assert feed.drop_due() == pytest.approx(10)
        assert names(tmp_path) == ["0815"]
        real.seconds += 9.9
        assert feed.drop_due() == pytest.approx(0.1)
        assert names(tmp_path) == ["0815"]
        real.seconds += 20.2
        assert feed.drop_due() == pytest.approx(9.9)
        assert names(tmp_path) == ["0815", "0830", "0845", "0900"]
        real.seconds += 40
        assert feed.drop_due() is None
        assert len(names(tmp_path)) == 8

    def test_the_thread_tells_when_the_morning_is_over(self, tmp_path: Path) -> None:
        feed = DemoFeed(tmp_path, DemoClock.of(sample_exports(), speed=1_000_000))
        feed.start()
        feed.start()
        assert feed.wait(10)
        assert len(names(tmp_path)) == 8
        feed.stop()
        assert feed.failure is None

    def test_stopping_it_drops_nothing_more(self, clock: DemoClock, tmp_path: Path) -> None:
        feed = DemoFeed(tmp_path, clock)
        feed.start()
        assert names(tmp_path) == ["0815"]
        feed.stop()
        feed.stop()
        assert feed.wait(0)
        assert names(tmp_path) == ["0815"]
        assert not any(thread.name == "demo-feed" for thread in threading.enumerate())

    def test_stopping_before_starting(self, clock: DemoClock, tmp_path: Path) -> None:
        DemoFeed(tmp_path, clock).stop()
        assert names(tmp_path) == []

    def test_a_folder_that_goes_away_ends_it(self, tmp_path: Path) -> None:
        folder = tmp_path / "downloads"
        folder.mkdir()
        feed = DemoFeed(folder, DemoClock.of(sample_exports(), speed=10_000))
        feed.prepare()
        shutil.rmtree(folder)
        feed.start()
        assert feed.wait(10)
        assert isinstance(feed.failure, FileNotFoundError)


class TestDrop:
    def test_a_browser_writes_under_another_name_first(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        seen: list[str] = []
        replace = Path.replace

        def watched(self: Path, target: Path) -> Path:
            seen.extend(path.name[-15:] for path in tmp_path.iterdir())
            return replace(self, target)

        monkeypatch.setattr(Path, "replace", watched)
        export = sample_exports()[1]
        path = drop(export, tmp_path)
        assert seen == [".csv.crdownload"]
        assert path == tmp_path / export.file.name
        assert path.read_bytes() == export.file.read_bytes()
        assert [entry.name for entry in tmp_path.iterdir()] == [path.name]

    def test_the_file_is_dated_as_its_download(self, tmp_path: Path) -> None:
        path = drop(sample_exports()[2], tmp_path)
        assert from_timestamp(path.stat().st_mtime) == at("08:45")

    def test_the_samples_come_in_the_order_of_the_morning(self) -> None:
        times = [export.at for export in sample_exports()]
        assert times == [at("08:15") + timedelta(minutes=15 * number) for number in range(8)]

    def test_an_installation_without_samples_says_so(self, tmp_path: Path) -> None:
        use_language("en")
        (tmp_path / "README.md").touch()
        with pytest.raises(FolderUnusable, match="install"):
            sample_exports(tmp_path)


def board(*files: str) -> Snapshot:
    entries = tuple(FileEntry(name, FileStatus.READ) for name in files)
    return Snapshot(1, at("08:15"), "", Rule(), files=entries)


class TestStepByStep:
    def test_each_export_is_read_before_the_next_one(self, clock: DemoClock, tmp_path: Path) -> None:
        seen: list[tuple[datetime, int]] = []

        def was_read(path: Path) -> bool:
            assert path.exists()
            seen.append((clock(), len(names(tmp_path))))
            return True

        assert play_all(tmp_path, was_read, clock)
        assert seen == [(at("08:15") + timedelta(minutes=15 * n), n + 1) for n in range(8)]

    def test_it_ends_at_the_first_one_nobody_reads(self, clock: DemoClock, tmp_path: Path) -> None:
        assert not play_all(tmp_path, lambda path: "0845" not in path.name, clock)
        assert names(tmp_path) == ["0815", "0830", "0845"]

    def test_receipts_wait_for_the_board_that_answers(self) -> None:
        receipts = Receipts()
        assert receipts.snapshot is None
        receipts.take(board("a.csv"))
        assert receipts.wait_for(Path("somewhere/a.csv"), 0)
        assert not receipts.wait_for(Path("b.csv"), 0)
        later = threading.Thread(target=receipts.take, args=(board("a.csv", "b.csv"),))
        later.start()
        assert receipts.wait_for(Path("b.csv"), 10)
        later.join()
        assert receipts.snapshot == board("a.csv", "b.csv")


def test_the_samples_are_shipped_with_their_description() -> None:
    text = (shipped("sample_exports") / "README.md").read_text(encoding="utf-8")
    assert "python -m tests.factories.samples sample_exports" in text
    assert all(f"{export.at:%H:%M}" in text for export in sample_exports())
