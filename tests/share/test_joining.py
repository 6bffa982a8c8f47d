"""The folder of a shared session beside its file: in any spelling, made once, for all who may write there."""

from __future__ import annotations

import json
import os
import platform
import secrets
import sys
from datetime import datetime
from errno import EIO
from pathlib import Path

import pytest

from pixsession.domain.share.place import Post, SharePlace
from pixsession.foundation.errors import PixSessionError
from pixsession.store.share.joining import (
    adopt_others,
    join_session,
    post_id,
    purged_in,
    save_offset,
    saved_offset,
    sessions_in,
    share_root,
    shared_dossier,
)
from pixsession.store.share.names import SESSION, SharedKind, name_on_share
from tests.factories.dossiers import NOON

OFFICE, CDI = Post("aaaaaaaa", "Bureau"), Post("bbbbbbbb", "CDI")
FIRST, SECOND, THIRD = "0" * 15 + "1", "0" * 15 + "2", "f" * 16
posix = pytest.mark.skipif(sys.platform == "win32", reason="rights of POSIX")


def begin(root: Path, *ids: str) -> None:
    """Sessions of these ids, as a post begins them."""
    for one in ids:
        (root / one).mkdir(parents=True)
        (root / one / SESSION).write_text("{}")


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


@pytest.mark.parametrize(
    ("names", "found"),
    [
        ([], "Élèves.pixsession-share"),
        (["élèves.PIXSESSION-share"], "élèves.PIXSESSION-share"),
        (["E\u0301le\u0300ves.pixsession-share"], "E\u0301le\u0300ves.pixsession-share"),
        (["éLÈVES.pixsession-share", "ÉLÈVES.pixsession-share"], "ÉLÈVES.pixsession-share"),
        (["ÉLÈVES.pixsession-share", "Élèves.pixsession-share"], "Élèves.pixsession-share"),
        (["Élèves", "Élèves.toml", "3eB.pixsession-share"], "Élèves.pixsession-share"),
    ],
)
def test_the_folder_of_a_session_is_found_under_whatever_spelling_it_is_there(
    monkeypatch: pytest.MonkeyPatch, names: list[str], found: str
) -> None:
    monkeypatch.setattr(os, "listdir", lambda _folder: names)
    assert share_root(Path("drive/Élèves.toml")) == Path("drive") / found


def test_where_the_drive_is_away_the_folder_has_the_name_of_the_file(tmp_path: Path) -> None:
    assert share_root(tmp_path / "away" / "x.y.toml") == tmp_path / "away" / "x.y.pixsession-share"


def test_sessions_that_were_begun_and_not_purged_count_the_smallest_id_first(tmp_path: Path) -> None:
    begin(tmp_path, THIRD, SECOND, FIRST, FIRST.upper().replace("0", "A"), "0" * 15, "0" * 17)
    (tmp_path / ("3" * 16)).mkdir()  # a synchroniser has not brought what is in it
    (tmp_path / ("4" * 16) / SESSION).mkdir(parents=True)
    assert sessions_in(tmp_path) == (FIRST, SECOND, THIRD)
    (tmp_path / f"{SECOND}.purged").write_text("{}")
    assert sessions_in(tmp_path) == (FIRST, THIRD)
    assert sessions_in(tmp_path, {THIRD, SECOND, "5" * 16}) == (SECOND, THIRD), "of those that were listed"
    assert sessions_in(tmp_path, set()) == ()


def test_a_session_is_purged_whatever_a_synchroniser_made_of_the_name_of_its_mark() -> None:
    marks = {f"{FIRST}.purged", f"{SECOND}.purged (conflicted copy)", f"{THIRD} (1).purged"}
    others = {"3" * 16, "notes.purged", "4" * 15 + ".purged", f"{'5' * 16}.part"}
    assert purged_in(marks | others) == {FIRST, SECOND, THIRD}


def test_the_first_post_begins_the_session_and_the_next_one_finds_it(tmp_path: Path) -> None:
    file = tmp_path / "session.toml"
    file.write_text("share = true\n")
    place = join_session(file, OFFICE, NOON)
    root = tmp_path / "session.pixsession-share"
    assert place == SharePlace(root / place.session_id, place.session_id, OFFICE, begun=NOON)
    assert sessions_in(root) == (place.session_id,)
    record = json.loads((place.folder / SESSION).read_bytes())
    assert record == {"v": 1, "id": place.session_id, "begun": NOON.isoformat(), "founder": OFFICE.id}
    later = join_session(file, CDI, NOON.replace(hour=14))
    assert later == place._replace(post=CDI)
    assert [path.name for path in root.iterdir()] == [place.session_id]
    (root / f"{place.session_id}.purged").write_text("{}")
    again = join_session(file, CDI, NOON)
    assert again.session_id != place.session_id
    assert sessions_in(root) == (again.session_id,)


def test_of_several_sessions_the_smallest_id_is_joined(tmp_path: Path) -> None:
    begin(tmp_path / "session.pixsession-share", SECOND, FIRST)
    place = join_session(tmp_path / "session.toml", OFFICE, NOON)
    assert (place.session_id, place.begun) == (FIRST, None)


@posix
@pytest.mark.parametrize(
    ("drive", "made", "written"),
    [(0o700, 0o700, 0o600), (0o750, 0o750, 0o640), (0o755, 0o755, 0o644), (0o2777, 0o777, 0o666)],
)
def test_whoever_may_open_the_folder_of_the_file_is_in(
    tmp_path: Path, drive: int, made: int, written: int
) -> None:
    folder = tmp_path / "drive"
    folder.mkdir()
    folder.chmod(drive)
    (folder / "session.toml").write_text("share = true\n")
    place = join_session(folder / "session.toml", OFFICE, NOON)
    assert (mode(place.folder.parent), mode(place.folder)) == (made, made)
    assert [mode(path) for path in place.folder.iterdir()] == [written, written]


@posix
def test_the_rights_that_somebody_gave_to_the_folder_stay(tmp_path: Path) -> None:
    root = tmp_path / "session.pixsession-share"
    root.mkdir(mode=0o700)
    tmp_path.chmod(0o755)
    join_session(tmp_path / "session.toml", OFFICE, NOON)
    assert mode(root) == 0o700


def test_each_text_of_the_session_file_is_kept_once(tmp_path: Path) -> None:
    file = tmp_path / "session.toml"
    texts = ["share = true\n", "share = true\nroom = 1\n"]
    for text in texts:
        file.write_bytes(text.encode())
        folder = join_session(file, OFFICE, NOON).folder
    kept = sorted(folder.glob("session-*.toml"))
    assert sorted(path.read_bytes().decode() for path in kept) == sorted(texts)
    assert {known.kind for path in kept if (known := name_on_share(path.name))} == {SharedKind.TEXT}
    for path in kept:
        os.utime(path, (1, 1))
    join_session(file, CDI, NOON)
    assert [path.stat().st_mtime for path in kept] == [1, 1], "not written again"
    file.unlink()
    assert join_session(file, CDI, NOON).folder == folder, "a session whose file is gone can be deleted"
    assert sorted(folder.glob("session-*.toml")) == kept


@pytest.mark.parametrize(
    ("record", "begun"),
    [
        ('{"begun": "2026-03-12T08:00:00"}', datetime(2026, 3, 12, 8)),  # noqa: DTZ001
        ('{"begun": "2026-03-12T08:00:00+01:00"}', datetime(2026, 3, 12, 8)),  # noqa: DTZ001
        ('{"begun": "soon"}', None),
        ('{"begun": 8}', None),
        ("{}", None),
        ("[]", None),
        ("half of", None),
    ],
)
def test_a_session_says_when_it_was_begun_or_nobody_knows(
    tmp_path: Path, record: str, begun: datetime | None
) -> None:
    begin(tmp_path / "session.pixsession-share", FIRST)
    (tmp_path / "session.pixsession-share" / FIRST / SESSION).write_text(record)
    assert join_session(tmp_path / "session.toml", OFFICE, NOON).begun == begun


def test_a_folder_that_is_a_link_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "session.pixsession-share").mkdir()
    monkeypatch.setattr(Path, "is_symlink", lambda path: path.suffix == ".pixsession-share")
    with pytest.raises(PixSessionError, match="is a link"):
        join_session(tmp_path / "session.toml", OFFICE, NOON)


def test_what_cannot_be_made_is_told_and_nothing_of_it_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_path: Path, _target: Path) -> None:
        raise OSError(EIO, "")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "rename", fails)
        with pytest.raises(PixSessionError, match="cannot be shared"):
            join_session(tmp_path / "session.toml", OFFICE, NOON)
    root = tmp_path / "session.pixsession-share"
    assert list(root.iterdir()) == []
    root.rmdir()
    root.write_text("a file")
    with pytest.raises(PixSessionError, match="cannot be shared"):
        join_session(tmp_path / "session.toml", OFFICE, NOON)


def test_a_computer_has_one_id_and_another_where_its_folder_travels(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = tmp_path / "home" / "state"
    own = post_id(state)
    assert len(own) == 8
    assert set(own) <= set("0123456789abcdef")
    assert post_id(state) == own
    assert post_id(tmp_path) != own
    monkeypatch.setattr(platform, "node", lambda: "another computer")
    assert post_id(state) != own
    if sys.platform != "win32":
        assert (mode(state), mode(state / "post.json")) == (0o700, 0o600)


@pytest.mark.parametrize("damaged", ["", "half of", "[]", "{}", '{"token": ""}'])
def test_an_id_that_is_damaged_is_made_anew_and_stays(tmp_path: Path, damaged: str) -> None:
    (tmp_path / "post.json").write_text(damaged)
    assert post_id(tmp_path) == post_id(tmp_path)
    assert json.loads((tmp_path / "post.json").read_bytes())["token"]


def test_two_windows_that_start_at_once_are_one_post(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def first(_bytes: int) -> str:
        (tmp_path / "post.json").write_text('{"token": "of the other window"}')
        return "its own"

    with monkeypatch.context() as patched:
        patched.setattr(secrets, "token_hex", first)
        own = post_id(tmp_path)
    assert own == post_id(tmp_path)
    assert "of the other window" in (tmp_path / "post.json").read_text()


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("3eB_Mars 2026.toml", "3eb-mars-2026-toml"),
        ("--a--.toml", "a-toml"),
        ("é" * 3, "folder"),
        ("Certification de mars 2026.toml", "certification-de-mars-20"),
    ],
)
def test_a_dossier_is_called_by_its_session_and_found_by_it_whatever_the_file_is_called(
    tmp_path: Path, file: str, name: str
) -> None:
    dossier = shared_dossier(tmp_path, tmp_path / file, FIRST)
    assert dossier == tmp_path / "dossiers" / f"{name}-shared-{FIRST}"
    for other in ("zz", "b", "c"):
        (tmp_path / "dossiers" / f"{other}-shared-{FIRST}").mkdir(parents=True)
    assert shared_dossier(tmp_path, tmp_path / file, FIRST).name == f"b-shared-{FIRST}"
    assert shared_dossier(tmp_path, tmp_path / file, SECOND).name == f"{name}-shared-{SECOND}"


def own_journal(kept: Path, post: Post, number: int, text: str) -> Path:
    path = kept / "journal" / f"20260312T080000-{number}-{post.id}00000000.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def test_what_this_post_did_in_sessions_begun_beside_the_one_that_counts_is_taken_over(
    tmp_path: Path,
) -> None:
    root, state, dossier = tmp_path / "share", tmp_path / "state", tmp_path / "dossier"
    begin(root, FIRST, SECOND, THIRD)
    kept = [state / "dossiers" / f"x-shared-{one}" for one in (FIRST, SECOND, THIRD, "e" * 16)]
    for number, one in enumerate(kept):
        own_journal(one, OFFICE, number, f"of {number}")
        own_journal(one, CDI, number, "not its own")
    own_journal(kept[1], OFFICE, 9, "another one of 1")
    there = own_journal(dossier, OFFICE, 2, "already there, and longer")
    adopt_others(SharePlace(root / FIRST, FIRST, OFFICE), dossier, state)
    told = sorted(path.read_text() for path in there.parent.iterdir())
    assert told == ["already there, and longer", "another one of 1", "of 1"]


def test_a_dossier_that_was_never_opened_takes_over_too_and_a_share_that_is_away_is_no_matter(
    tmp_path: Path,
) -> None:
    root, dossier = tmp_path / "share", tmp_path / "state" / "dossiers" / f"x-shared-{FIRST}"
    begin(root, FIRST, SECOND)
    own_journal(tmp_path / "state" / "dossiers" / f"x-shared-{SECOND}", OFFICE, 1, "before")
    place = SharePlace(root / FIRST, FIRST, OFFICE)
    adopt_others(place, dossier, tmp_path / "state")
    assert [path.read_text() for path in (dossier / "journal").iterdir()] == ["before"]
    if sys.platform != "win32":
        assert mode(dossier / "journal") == 0o700
    adopt_others(place._replace(folder=tmp_path / "away" / FIRST), dossier, tmp_path / "state")


def test_an_offset_is_kept_for_the_next_start(tmp_path: Path) -> None:
    assert saved_offset(tmp_path) is None
    for offset in (-12.5, 0.0):
        save_offset(tmp_path, offset)
        assert saved_offset(tmp_path) == offset
    for damaged in ("half of", "[]", "{}", '{"offset": null}', '{"offset": "soon"}'):
        (tmp_path / "clock.json").write_text(damaged)
        assert saved_offset(tmp_path) is None
