"""One dossier for one folder, whatever its spelling; and `~` for the user's folder."""

from __future__ import annotations

import os
import re
import sys
from contextlib import nullcontext
from functools import partial
from pathlib import Path

import pytest

from pixsession.cli.start import asked_of_drive, dossier_of
from pixsession.foundation.errors import FolderUnusable, PixSessionError
from pixsession.foundation.paths import (
    dossier_folder,
    is_case_blind,
    refuse_foreign,
    settings_file,
    spelling_key,
    state_folder,
)
from pixsession.watching.listing import list_files
from tests.share.failing import FailingFolder

COMPOSED, DECOMPOSED = "/Users/lou/Téléchargements", "/Users/lou/Te\u0301le\u0301chargements"


@pytest.mark.parametrize(
    ("system", "case_blind", "one", "other", "same"),
    [
        ("darwin", True, COMPOSED, DECOMPOSED, True),
        ("darwin", True, COMPOSED, COMPOSED.upper(), True),
        ("darwin", True, COMPOSED, DECOMPOSED.upper(), True),
        ("darwin", False, COMPOSED, DECOMPOSED, True),
        ("darwin", False, COMPOSED, COMPOSED.upper(), False),
        ("win32", True, "C:\\Users\\Lou\\Éa", "c:\\users\\LOU\\éA", True),
        ("win32", True, "C:\\Users\\Lou", "C:\\Users\\Loup", False),
        ("linux", False, COMPOSED, DECOMPOSED, False),  # there they are two folders
        ("linux", False, COMPOSED, COMPOSED.upper(), False),
    ],
)
def test_spellings_of_one_folder(system: str, case_blind: bool, one: str, other: str, same: bool) -> None:
    keys = {spelling_key(path, system, case_blind) for path in (one, other)}
    assert (len(keys) == 1) is same


def test_capitals_make_a_dossier_of_their_own_where_they_make_a_folder(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    is_one_folder = (tmp_path / "FOLDER").exists()
    one, other = (dossier_folder(tmp_path, tmp_path / name) for name in ("folder", "FOLDER"))
    assert (one == other) is is_one_folder
    assert is_case_blind(str(tmp_path / "not there")) is is_one_folder


def test_the_state_may_be_named_from_the_users_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("USERPROFILE" if sys.platform == "win32" else "HOME", str(tmp_path))
    monkeypatch.setenv("PIXSESSION_STATE", "~/state")
    monkeypatch.setenv("PIXSESSION_CONFIG", "~/config.toml")
    assert (state_folder(), settings_file()) == (tmp_path / "state", tmp_path / "config.toml")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows asks nobody who has an account")
def test_the_folder_of_nobody_is_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIXSESSION_STATE", "~nobodyhere/state")
    with pytest.raises(PixSessionError, match="~nobodyhere/state"):
        state_folder()


@pytest.mark.parametrize(
    ("owner", "mode", "is_refused"), [(54321, 0o777, True), (54321, 0o700, False), (0, 0o777, False)]
)
def test_a_dossier_that_others_made_and_may_read_is_refused(
    tmp_path: Path, owner: int, mode: int, is_refused: bool
) -> None:
    if sys.platform == "win32" or os.geteuid() != 0:
        pytest.skip("only root gives a folder away")
    dossier = tmp_path / "dossier"
    dossier.mkdir()
    dossier.chmod(mode)
    os.chown(dossier, owner, -1)
    with pytest.raises(PixSessionError, match="another account") if is_refused else nullcontext():
        refuse_foreign(dossier)


def test_a_folder_on_a_drive_that_hangs_is_refused_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pixsession.cli.start._ANSWER_SECONDS", 0.05)
    drive = tmp_path / "drive"
    drive.mkdir()
    assert asked_of_drive(drive, partial(list_files, drive)).ready == ()
    failing = FailingFolder(drive, monkeypatch)
    if sys.platform == "win32":  # which is asked for a real path as a whole
        whole = failing._on_path("stat", vars(os.path)["_getfinalpathname"])
        monkeypatch.setattr("ntpath._getfinalpathname", whole)
    released = failing.hangs()
    for asked in (partial(dossier_of, drive), partial(asked_of_drive, drive, partial(list_files, drive))):
        with pytest.raises(FolderUnusable, match=re.escape(f"cannot read {drive}")):
            asked()
    released.set()
