"""`config`, `purge`, and settings that cannot be used."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import tomli
from filelock import FileLock

from pixsession.foundation.i18n import LANGUAGES
from tests.e2e.runs import Outcome, Run, dossier_of, ended, folder_with, posix, reaching, spawned


@pytest.mark.parametrize("lang", LANGUAGES)
def test_config_says_where_the_settings_are_and_prints_a_file_of_them(
    run: Run, elsewhere: Path, lang: str
) -> None:
    found = run("config", lang=lang)
    assert (found.status, found.err) == (0, "")
    assert str(elsewhere / "config.toml") in found.out.splitlines()[0]
    assert tomli.loads(found.out) == {}
    assert "#stale_minutes = 30" in found.out


def test_settings_that_cannot_be_used_stop_a_command_but_not_the_help(run: Run, elsewhere: Path) -> None:
    (elsewhere / "config.toml").write_text("stale_minuts = 3")
    for arguments in (["check"], ["watch"], ["demo"], ["purge", "--yes"]):
        found = run(*arguments)
        assert (found.status, found.out) == (2, "")
        assert "stale_minutes" in found.err
    assert run("--help").status == 0
    assert run("check", "--help").status == 0
    found = run("config")
    assert (found.status, "#stale_minutes" in found.out, "stale_minutes" in found.err) == (2, True, True)


def test_a_variable_that_cannot_be_used_is_said(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIXSESSION_LANG", "klingon")
    found = run("check", lang=None)
    assert found.status == 2
    assert "PIXSESSION_LANG" in found.err
    assert "klingon" in found.err


def test_the_file_that_config_prints_can_be_used_as_it_is_and_uncommented(
    run: Run, elsewhere: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed = run("config").out
    assert '#"board.freeze" = "space"' in printed
    for text in (printed, re.sub(r"(?m)^#(?=\S)", "", printed)):
        (elsewhere / "config.toml").write_text(text, encoding="utf-8")
        assert run("check", tmp_path).err == ""
        assert opened(run, monkeypatch, tmp_path) == Outcome(0, "", "")


def opened(run: Run, monkeypatch: pytest.MonkeyPatch, folder: Path, *options: str) -> Outcome:
    """`watch` as far as the screen, which is closed at once."""
    monkeypatch.setattr("pixsession.cli.commands.watch.has_terminal", lambda _environ: True)
    monkeypatch.setattr("pixsession.ui.app.PixSessionApp.run", lambda _app, **_how: None)
    return run("watch", folder, *options)


def test_a_theme_that_does_not_exist_is_said_with_those_that_do(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = opened(run, monkeypatch, tmp_path, "--theme", "pink")
    assert found.status == 2
    assert "“pink”" in found.err
    assert "pixsession-light" in found.err
    assert opened(run, monkeypatch, tmp_path, "--theme", "nord").status == 0


def test_a_key_for_an_action_that_does_not_exist_is_said(
    run: Run, elsewhere: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (elsewhere / "config.toml").write_text('[keys]\nboard.freez = "p"')
    found = opened(run, monkeypatch, tmp_path)
    assert found.status == 2
    assert "“board.freez”" in found.err
    (elsewhere / "config.toml").write_text('[keys]\nboard.freeze = "p"')
    assert opened(run, monkeypatch, tmp_path).status == 0


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """The dossier of `tmp_path`."""
    return dossier_of(tmp_path)


def test_purge_deletes_what_was_kept_for_this_folder_alone(run: Run, tmp_path: Path, kept: Path) -> None:
    other = dossier_of(tmp_path / "other")
    folder_with(tmp_path, reaching("A"))
    found = run("purge", tmp_path, "--yes")
    assert (found.status, found.err) == (0, "")
    assert not kept.exists()
    assert other.exists()
    assert list(tmp_path.glob("*.csv"))


def test_purge_of_nothing_says_so(run: Run, tmp_path: Path) -> None:
    found = run("purge", tmp_path)
    assert found.status == 0
    assert "Nothing is kept" in found.out


def test_purge_works_for_a_folder_that_is_gone(run: Run, tmp_path: Path) -> None:
    dossier = dossier_of(tmp_path / "gone")
    assert run("purge", tmp_path / "gone", "--yes").status == 0
    assert not dossier.exists()


def test_purge_deletes_nothing_when_nobody_can_answer(run: Run, tmp_path: Path, kept: Path) -> None:
    found = run("purge", tmp_path)
    assert found.status == 2
    assert "--yes" in found.err
    assert kept.exists()


def test_purge_deletes_nothing_under_an_open_board(run: Run, tmp_path: Path, kept: Path) -> None:
    with FileLock(kept / "owner.lock"):
        found = run("purge", tmp_path, "--yes")
    assert found.status == 2
    assert (kept / "board.duckdb").exists()


@posix
@pytest.mark.parametrize(
    ("lang", "answer", "deleted"),
    [("fr", "o", True), ("en", "yes", True), ("fr", "n", False), ("fr", "", False)],
)
def test_purge_asks_first(tmp_path: Path, kept: Path, lang: str, answer: str, deleted: bool) -> None:
    child = spawned("purge", tmp_path, "--lang", lang)
    child.expect_exact("[o/N]" if lang == "fr" else "[y/N]")
    child.sendline(answer)
    ended(child)
    assert kept.exists() is not deleted
    assert child.exitstatus == (0 if deleted else 2)
