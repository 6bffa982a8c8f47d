"""A disk that does not answer: who asks goes on, and has the answer once it comes."""

from __future__ import annotations

import threading
from errno import EIO
from pathlib import Path

import pytest

from pixsession.engine.board import file_bytes
from pixsession.foundation.errors import FileHeld
from pixsession.foundation.patience import Patient
from pixsession.watching.watcher import Watcher
from tests.factories.dossiers import noon
from tests.share.failing import FailingFolder


def test_an_answer_and_a_refusal_are_given_as_they_are() -> None:
    patient = Patient[int](10)

    def refused() -> int:
        raise OSError(EIO, "away")

    assert patient.ask(lambda: 7) == 7
    with pytest.raises(OSError, match="away"):
        patient.ask(refused)
    assert patient.ask(lambda: 8) == 8


def test_who_asks_a_disk_that_hangs_waits_once_and_has_the_answer_when_it_comes() -> None:
    patient, released, asked = Patient[int](0.05), threading.Event(), list[int]()

    def question() -> int:
        asked.append(1)
        released.wait(30)
        return 7

    for _ask in range(3):
        with pytest.raises(TimeoutError):
            patient.ask(question)
    assert len(asked) == 1
    released.set()
    patient._asked.done.wait(30)  # type: ignore[union-attr]
    assert patient.ask(lambda: 8) == 7
    patient.seconds = 30
    assert patient.ask(lambda: 8) == 8


def test_a_late_answer_to_another_question_is_forgotten() -> None:
    patient, released = Patient[int](0.05, forgets=True), threading.Event()
    for _ask in range(2):
        with pytest.raises(TimeoutError):
            patient.ask(lambda: 7 if released.wait(30) else 0)
    released.set()
    patient._asked.done.wait(30)  # type: ignore[union-attr]
    patient.seconds = 30
    assert patient.ask(lambda: 8) == 8


def test_the_bytes_of_a_file_that_came_too_late_are_not_those_of_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    released, hung = threading.Event(), threading.Event()

    def slow(path: Path, *_facts: object) -> bytes:
        if path.name == "one.csv":
            hung.set()
            released.wait(30)
        return path.name.encode()

    monkeypatch.setattr(file_bytes, "read_bytes", slow)
    monkeypatch.setattr(file_bytes, "on_network", lambda _folder: True)
    reader = file_bytes.FileBytes({}, [tmp_path])
    reader._patient.seconds = 0.05
    with pytest.raises(FileHeld):
        reader.of(tmp_path / "one.csv", noon())
    assert hung.is_set()
    with pytest.raises(FileHeld):
        reader.of(tmp_path / "two.csv", noon())
    released.set()
    reader._patient._asked.done.wait(30)  # type: ignore[union-attr]
    reader._patient.seconds = 30
    assert reader.of(tmp_path / "two.csv", noon()) == b"two.csv"  # type: ignore[comparison-overlap]


def test_a_folder_on_a_drive_that_hangs_is_away_and_there_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "drive").mkdir()
    (tmp_path / "drive" / "one.csv").write_bytes(b"x")
    drive = FailingFolder(tmp_path / "drive", monkeypatch)
    watcher = Watcher(tmp_path / "drive", scan_seconds=0.05)
    watcher.network = True
    watcher._patient.seconds = 0.1
    assert watcher.wait().present == {"one.csv"}
    watcher._patient.seconds = 0.1
    released = drive.hangs()
    watcher.wake()
    listing = watcher.wait()
    assert listing.missing_since is not None
    assert listing.present == {"one.csv"}
    drive.works()
    released.set()
    watcher.wake()
    while watcher.wait().missing_since is not None:
        watcher.wake()
