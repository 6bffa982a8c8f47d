"""The command line: both languages, filters, exit status, and text where there is no terminal."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from pixsession import __version__
from pixsession.foundation.i18n import LANGUAGES
from pixsession.foundation.paths import state_folder
from tests.e2e.runs import Outcome, Run, ended, folder_with, posix, reaching, spawned
from tests.factories.samples import Student

COMMANDS = (
    "watch", "check", "doctor", "match", "inspect", "demo", "init", "sessions", "report", "results",
    "progress", "groups", "sql", "config", "kept", "purge", "guide", "completion",
)  # fmt: skip


def test_without_a_command_there_is_help(run: Run) -> None:
    found = run()
    assert (found.status, found.err) == (0, "")
    assert all(re.search(rf"^  {command} ", found.out, re.MULTILINE) for command in COMMANDS)
    assert found == run("--help") == run("-h")


def test_help_is_french_by_default_and_has_no_word_of_click_left(run: Run) -> None:
    for arguments in ([], *([command, "--help"] for command in COMMANDS)):
        found = run(*arguments, lang=None)
        assert found.status == 0
        assert "Utilisation\xa0: pixsession" in found.out
        assert "Options\xa0:" in found.out
        assert not re.search(r"Usage|Show this|\bexit\b|COMMAND\b|ARGS|\[default|Commands:", found.out)


@pytest.mark.parametrize("arguments", [["--lang", "en"], ["--lang=en"]])
@pytest.mark.parametrize("command", COMMANDS)
def test_the_language_is_taken_before_and_after_the_command(
    run: Run, command: str, arguments: list[str]
) -> None:
    before = run(*arguments, command, "--help", lang=None)
    assert before == run(command, *arguments, "--help", lang=None)
    assert before == run(command, "--help", *arguments, lang=None)
    assert before.out.startswith(f"Usage: pixsession {command}")


def test_option_wins_over_environment_and_environment_over_settings(
    run: Run, elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (elsewhere / "config.toml").write_text('language = "en"')
    assert run(lang=None).out.startswith("Usage")
    monkeypatch.setenv("PIXSESSION_LANG", "fr")
    assert run(lang=None).out.startswith("Utilisation")
    assert run(lang="en").out.startswith("Usage")


def test_version(run: Run) -> None:
    assert run("--version") == Outcome(0, f"pixsession {__version__}\n", "")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("arguments", "about"),
    [
        (["chekc"], "check"),
        (["zzz"], ", ".join(COMMANDS)),
        ([str(Path(__file__).parent)], "pixsession watch "),
        (["check", "--fromat", "json"], "--format"),
        (["check", "--format", "xml"], "text, json"),
        (["check", "--format"], "--format"),
        (["check", "a", "b"], "b"),
        (["watch", "--stale-minutes", "soon"], "1440"),
        (["watch", "--mouse=3"], "--mouse"),
        (["demo", "--speed", "0"], "--speed"),
        (["demo", "--speed", "nan"], "--speed"),
        (["check", "--lang", "de"], "fr, en"),
    ],
)
def test_a_command_line_that_cannot_be_understood_is_answered_in_words(
    run: Run, lang: str, arguments: Sequence[str], about: str
) -> None:
    found = run(*arguments, lang=lang)
    assert (found.status, found.out) == (2, "")
    assert about in found.err
    if "demo" in arguments:
        assert ("0,1" if lang == "fr" else "0.1") in found.err
    assert ("Voir\xa0: pixsession" if lang == "fr" else "See: pixsession") in found.err
    assert not re.search(r"Error|Invalid value|Try ", found.err)


def test_escapes_of_the_command_line_do_not_come_back(run: Run) -> None:
    for arguments in (["\x1b[2J"], ["check", "--\x1b[2J"], ["check", "a", "\x1b[2J"], ["check", "\x1b[2J"]):
        found = run(*arguments)
        assert found.status == 2
        assert "\x1b" not in found.err


@pytest.mark.parametrize(
    ("students", "status"),
    [
        ([reaching("A"), reaching("B", reached=16)], 0),
        ([reaching("A"), reaching("B", reached=4)], 1),
        ([reaching("A"), reaching("B", reached=None)], 1),
        ([], 2),
    ],
)
def test_the_status_of_check_is_its_verdict(
    run: Run, tmp_path: Path, students: list[Student], status: int
) -> None:
    folder_with(tmp_path, *students)
    assert run("check", tmp_path).status == status
    found = run("check", tmp_path, "--format", "json")
    assert (found.status, found.err) == (status, "")
    document = json.loads(found.out)
    assert len(document["students"]) == sum(document["counts"].values()) == len(students)
    assert [file["status"] for file in document["files"]] == ["read"]


def test_an_empty_folder_is_nothing_checked_and_its_json_is_whole(run: Run, tmp_path: Path) -> None:
    found = run("check", tmp_path, "--format", "json")
    assert (found.status, json.loads(found.out)["files"]) == (2, [])
    assert run("check", tmp_path).status == 2


def test_a_file_that_is_not_of_pix_is_nothing_checked(run: Run, tmp_path: Path) -> None:
    (tmp_path / "notes.csv").write_text("a;b\n1;2\n")
    found = run("check", tmp_path, "--format", "json")
    assert found.status == 2
    assert [file["status"] for file in json.loads(found.out)["files"]] == ["ignored"]


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_folder_that_cannot_be_read_is_said_on_the_error_output(
    run: Run, tmp_path: Path, form: str
) -> None:
    for path in (tmp_path / "nowhere", Path(__file__)):
        found = run("check", path, "--format", form)
        assert (found.status, found.out) == (2, "")
        assert path.name in found.err


def test_everybody_eligible_with_a_refused_file_is_said_aloud(run: Run, tmp_path: Path) -> None:
    folder_with(tmp_path, reaching("A"))
    export = next(tmp_path.glob("*.csv"))
    (tmp_path / "cut.csv").write_bytes(export.read_bytes()[:-9])
    found = run("check", tmp_path, "--format", "json")
    assert found.status == 0
    assert json.loads(found.out)["counts"]["eligible"] == 1
    assert "could not be read" in found.err


def test_classes_and_campaigns_narrow_the_board(run: Run, tmp_path: Path) -> None:
    folder_with(
        tmp_path, reaching("A", division="3eA"), reaching("B", division="3eB"), reaching("C", reached=1)
    )

    def names(*options: str) -> list[str]:
        found = run("check", tmp_path, "--format", "json", *options)
        return sorted(row["last_name"] for row in json.loads(found.out)["students"])

    assert names("--class", "3E-A") == ["A"]
    assert names("--class", "3eA", "--class", "3eB") == ["A", "B"]
    assert names("--campaign", "fdvrgz586") == ["A", "B", "C"]
    assert run("check", tmp_path, "--class", "3eA").status == 0
    assert run("check", tmp_path, "--class", "3eC").status == 1


def test_a_filter_that_finds_nobody_says_what_there_is(run: Run, tmp_path: Path) -> None:
    folder_with(tmp_path, reaching("A", division="3eA"))
    for option, value, there in (("--class", "3eZ", "3eA"), ("--campaign", "ABCDEF123", "FDVRGZ586")):
        found = run("check", tmp_path, "--format", "json", option, value)
        assert (found.status, json.loads(found.out)["students"]) == (2, [])
        assert there in found.err


def test_left_out_the_folder_is_the_one_of_downloads(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder_with(tmp_path, reaching("DOWNLOADED"))
    monkeypatch.setattr("pixsession.cli.start.downloads_folder", lambda: tmp_path)
    for command in ("check", "watch"):
        found = run(command)
        assert (found.status, "DOWNLOADED" in found.out) == (0, True)


def test_the_rule_of_the_settings_is_the_one_applied(run: Run, tmp_path: Path, elsewhere: Path) -> None:
    folder_with(tmp_path, reaching("A", reached=3))
    assert run("check", tmp_path).status == 1
    (elsewhere / "config.toml").write_text("[rule]\nmin_competences = 3\n")
    found = run("check", tmp_path, "--format", "json")
    assert (found.status, json.loads(found.out)["rule"]["min_competences"]) == (0, 3)


def test_the_folder_is_said_in_full(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert json.loads(run("check", ".", "--format", "json").out)["folder"] == str(tmp_path)


def test_check_keeps_nothing(run: Run, tmp_path: Path) -> None:
    run("check", folder_with(tmp_path, reaching("A")))
    assert not state_folder().exists()


def test_without_a_terminal_watch_prints_the_board_and_is_content(run: Run, tmp_path: Path) -> None:
    folder_with(tmp_path, reaching("A", reached=1))
    found = run("watch", tmp_path)
    assert found.status == 0
    assert "A Lou" in found.out
    assert found.out == run("check", tmp_path).out


def test_without_a_terminal_an_empty_folder_says_what_to_do(run: Run, tmp_path: Path) -> None:
    found = run("watch", tmp_path)
    assert (found.status, found.err) == (0, "")
    assert "Exporter les résultats (.csv)" in found.out


def test_without_a_terminal_watch_of_nothing_is_an_error(run: Run, tmp_path: Path) -> None:
    assert run("watch", tmp_path / "nowhere").status == 2


@posix
@pytest.mark.parametrize("environ", [{"TERM": "dumb"}, {}], ids=["dumb", "output piped"])
def test_half_a_terminal_gets_text(tmp_path: Path, environ: dict[str, str]) -> None:
    folder_with(tmp_path, reaching("A"))
    pipe = "" if environ else " | cat"
    line = f'"{sys.executable}" -m pixsession --lang en watch "{tmp_path}"{pipe}'
    child = spawned("-c", line, command="/bin/sh", environ=environ)
    said = ended(child)
    assert "A Lou" in said
    assert "\x1b" not in said
    assert child.exitstatus == 0
