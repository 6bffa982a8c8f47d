"""Files that a synchroniser holds, empties or keeps elsewhere: the rest of the share goes on."""

from __future__ import annotations

import os
from collections.abc import Callable
from errno import EACCES, EAGAIN, EBUSY, EINVAL, EIO, ENOENT, EPERM, ETXTBSY
from pathlib import Path

import pytest

from pixsession.store.share import folder
from pixsession.store.share.folder import SharedFile
from pixsession.store.share.held import Held
from pixsession.store.share.names import SESSION, SharedKind

from .failing import FailingFolder
from .test_failing import School


@pytest.fixture
def school(tmp_path: Path) -> School:
    """Two posts that have each done something, and have exchanged it."""
    found = School(tmp_path / "school", tmp_path / "away" / "drive")
    found.both_do(0)
    found.settle()
    return found


def on_share(school: School, ending: str) -> list[Path]:
    return sorted(path for path in school.office.place.folder.iterdir() if path.name.endswith(ending))


def refuses(patched: pytest.MonkeyPatch, names: set[str], errno: int, calls: tuple[str, ...]) -> None:
    """Have these calls fail on files of these names, where they are read or replaced."""

    def refusing(call: Callable[..., object]) -> Callable[..., object]:
        def asking(*given: object, **named: object) -> object:
            if any(os.path.basename(str(one)) in names for one in given[:2]):  # noqa: PTH119 - texts
                raise OSError(errno, os.strerror(errno))
            return call(*given, **named)

        return asking

    for call in calls:
        patched.setattr(os, call, refusing(getattr(os, call)))


@pytest.mark.parametrize("ending", [".jsonl", ".csv", "00.json", ".json"])
def test_files_that_are_held_are_told_and_hold_nothing_else_up(
    school: School, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    school.both_do(1)
    school.office.look()
    with monkeypatch.context() as patched:
        held = {path.name for path in on_share(school, ending)} - {SESSION}
        assert held
        refuses(patched, held, EACCES, ("open", "replace"))
        for _look in range(3):
            school.room.look()
        view = school.room.sync.view
        assert view.away_since is None
        assert any("cannot be" in words for words in view.notices)
        gone_on = [path.name for path in on_share(school, "") if path.name not in held]
        assert gone_on
    school.settle()
    assert school.room.held() == school.office.held()
    assert sorted(school.room.held()[0]) == ["0-0", "0-1", "1-0", "1-1"]
    assert school.room.sync.view.notices == ()


def test_a_gesture_is_shared_though_an_export_is_held(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    school.office.keeps(7)
    school.office.look()
    with monkeypatch.context() as patched:
        refuses(patched, {path.name for path in on_share(school, ".csv")}, EACCES, ("open",))
        school.room.acts("meanwhile")
        school.room.look()
        school.office.look()
        assert "meanwhile" in school.office.held()[0]


@pytest.mark.parametrize("ending", [".jsonl", ".csv", ".json"])
def test_files_of_no_bytes_lose_nothing(school: School, ending: str) -> None:
    """The size of what a synchroniser has named and not brought yet, or of what it has spoilt."""
    before = school.room.held()
    for path in on_share(school, ending):
        path.write_bytes(b"")
    school.both_do(1)
    school.settle()
    assert school.room.held() == school.office.held()
    assert set(before[0]) < set(school.room.held()[0])
    assert all(path.stat().st_size for path in on_share(school, ".jsonl"))
    assert school.room.sync.view.away_since is None


def test_placeholders_that_are_not_given_are_told_and_read_once_they_are(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows says of a file that OneDrive has it; to open one fails where that does not run."""
    school.office.acts("elsewhere")
    school.office.look()
    names = {path.name for path in on_share(school, ".jsonl")}
    with monkeypatch.context() as patched:
        patched.setattr(folder, "is_placeholder", lambda _status: True)
        refuses(patched, names, EINVAL, ("open",))
        for _look in range(2):
            school.room.look()
        view = school.room.sync.view
        assert view.away_since is None
        assert any("keeps only its name here" in words for words in view.notices)
        assert "elsewhere" not in school.room.held()[0]
    with monkeypatch.context() as patched:
        patched.setattr(folder, "is_placeholder", lambda _status: True)  # it gives them now
        school.settle()
    assert "elsewhere" in school.room.held()[0]
    assert school.room.sync.view.notices == ()


def test_a_share_that_may_only_be_read_is_told(
    tmp_path: Path, school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing = FailingFolder(tmp_path / "away", monkeypatch)

    def fault(name: str) -> None:
        if name in {"write", "replace", "rename", "mkdir", "chmod"}:
            raise OSError(EACCES, os.strerror(EACCES))

    failing.fault = fault
    school.both_do(1)
    school.office.look()
    for _look in range(3):
        school.room.look()
    view = school.room.sync.view
    assert view.waiting == 2
    assert any("cannot be written on the share" in words for words in view.notices)
    assert "1-0" in school.room.held()[0]
    failing.works()
    school.settle()
    assert school.room.held() == school.office.held()


_FILE = SharedFile("x (1).csv", SharedKind.EXPORT, "x.csv", 1, 1)


def fails_with(errno: int) -> None:
    raise OSError(errno, os.strerror(errno))


@pytest.mark.parametrize("errno", [EACCES, EPERM, EBUSY, EAGAIN, ETXTBSY])
def test_a_file_is_told_once_it_was_held_for_ten_seconds_and_no_more_once_it_is_free(errno: int) -> None:
    seconds = [100.0]
    held = Held(lambda: seconds[0])
    for later, told in ((0.0, 0), (9.9, 0), (10.0, 2), (60.0, 2)):
        seconds[0] = 100.0 + later
        with held.reading(_FILE):
            fails_with(errno)
        with held.writing("y.csv"):
            fails_with(errno)
        words = held.troubles
        assert [one.partition(" (")[0] for one in words[1:]] == ["y.csv cannot be written on the share"][
            :told
        ]
        assert [one.startswith("x (1).csv cannot be read") for one in words[:1]] == [True][:told]
    with held.reading(_FILE):
        pass
    (words_left,) = held.troubles
    assert words_left.startswith("y.csv")
    with held.writing("y.csv"):
        pass
    assert held.troubles == ()


def test_a_file_that_nobody_finds_any_more_is_not_told_for_ever() -> None:
    seconds = [0.0]
    held = Held(lambda: seconds[0])
    for at, told in ((0.0, 0), (59.9, 1), (60.0, 0)):
        seconds[0] = at
        if not at:
            with held.reading(_FILE):
                fails_with(EACCES)
        assert len(held.troubles) == told


@pytest.mark.parametrize("errno", [EIO, EINVAL])
def test_a_share_that_is_away_is_no_file_that_is_held(errno: int) -> None:
    held = Held(lambda: 0.0)
    with pytest.raises(OSError, match=os.strerror(errno)), held.reading(_FILE):
        fails_with(errno)
    with pytest.raises(OSError, match=os.strerror(errno)), held.writing("x.csv"):
        fails_with(errno)


def test_a_file_that_was_renamed_since_it_was_listed_is_passed_over_and_one_that_is_elsewhere_told() -> None:
    seconds = [0.0]
    held = Held(lambda: seconds[0])
    with held.reading(_FILE):
        fails_with(ENOENT)
    with held.reading(_FILE._replace(found="z.csv", is_elsewhere=True)):
        fails_with(EIO)
    seconds[0] = 10.0
    assert [words.partition(":")[0] for words in held.troubles] == ["z.csv"]
    assert "keeps only its name here" in held.troubles[0]
    with pytest.raises(FileNotFoundError), held.writing("x.csv"):
        fails_with(ENOENT)
