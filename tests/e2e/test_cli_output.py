"""What the command line writes: in any encoding, for any reader, and no traceback ever."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pixsession.cli.program import main
from pixsession.foundation.paths import shipped
from tests.e2e.runs import (
    Outcome,
    Run,
    ended,
    folder_with,
    piped,
    posix,
    program,
    reaching,
    screen_of_script,
    spawned,
)


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "cp850", "utf-16"])
def test_no_encoding_of_the_output_is_an_error(tmp_path: Path, encoding: str) -> None:
    folder_with(tmp_path, reaching("ŁUKASIEWICZ", "Zoë"))
    done = piped("check", tmp_path, "--lang", "fr", PYTHONIOENCODING=encoding)
    assert done.returncode == 0
    assert done.stderr.count(b"\n") == (not encoding.startswith("utf"))
    assert "certifiable" in done.stdout.decode(encoding)


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16"])
def test_json_is_utf_8_whatever_the_console(tmp_path: Path, encoding: str) -> None:
    folder_with(tmp_path, reaching("ŁUKASIEWICZ", "Zoë"))
    done = piped("check", tmp_path, "--format", "json", PYTHONIOENCODING=encoding)
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout.decode())["students"][0]["last_name"] == "ŁUKASIEWICZ"
    assert "ŁUKASIEWICZ" in done.stdout.decode()


def test_what_an_output_cannot_write_gives_way_to_letters_and_is_said_to_be_others(tmp_path: Path) -> None:
    folder_with(tmp_path, reaching("NGUYỄN", reached=1))
    done = piped("check", tmp_path, PYTHONIOENCODING="cp1252", PIXSESSION_LANG="en")
    assert b"x not eligible" in done.stdout
    assert b"NGUYEN" in done.stdout
    assert b"cannot write every letter" in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="the locale of Windows is not in the environment")
def test_the_plainest_locale_is_no_error(tmp_path: Path) -> None:
    folder_with(tmp_path, reaching("ŁUKASIEWICZ", "Zoë"))
    done = program("check", tmp_path, LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert (done.returncode, done.stderr.count(b"\n")) == (0, 1)
    assert b"LUKASIEWICZ" in done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="a pipe is closed otherwise there")
@pytest.mark.parametrize("form", ["text", "json"])
def test_a_reader_that_goes_away_is_no_error(form: str) -> None:
    read, written = os.pipe()
    os.close(read)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "pixsession", "check", str(shipped("sample_exports")), "--format", form],
            stdout=written,
            stderr=subprocess.PIPE,
            timeout=120,
            check=False,
        )
    finally:
        os.close(written)
    assert (done.returncode, done.stderr) == (141, b"")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has a disk that is always full")
@pytest.mark.parametrize("command", [["--help"], ["check", str(shipped("sample_exports"))]])
def test_an_output_that_is_full_ends_in_words(command: list[str]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "pixsession", *command],
            stdout=full,
            stderr=subprocess.PIPE,
            timeout=120,
            check=False,
        )
    assert done.returncode == 2
    assert "(le disque est plein)" in done.stderr.decode()
    assert done.stderr.count(b"\n") == 1


@posix
@pytest.mark.parametrize("command", ["--help", f"check '{shipped('sample_exports')}'"])
def test_an_output_that_is_closed_is_quiet(command: str) -> None:
    done = subprocess.run(
        ["sh", "-c", f"'{sys.executable}' -m pixsession {command} >&-"],
        stderr=subprocess.PIPE,
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stderr) == (141, b"")


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (["report"], "il manque FICHIER_DE_SESSION. Par exemple : pixsession report session.toml"),
        (["inspect"], "il manque FICHIER. Par exemple : pixsession inspect export.csv"),
        (["demo", "--speed", "0"], "--speed : il faut un nombre de 0,1 à 100 000"),
        (["--foo"], "l’option --foo n’existe pas."),
        (["check", "a", "b"], "un mot de trop : b."),
    ],
)
def test_what_is_wrong_with_a_command_is_said_in_french(run: Run, command: list[str], words: str) -> None:
    found = run(*command, "--lang", "fr")
    assert found.status == 2
    assert words in found.err.replace("\xa0", " ").replace("\u202f", " ")


@pytest.mark.skipif(sys.platform == "win32", reason="signals are otherwise there")
def test_an_interruption_is_quiet_and_leaves_no_folder_behind(tmp_path: Path) -> None:
    child = subprocess.Popen(
        [sys.executable, "-m", "pixsession", "demo"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "TMPDIR": str(tmp_path)},
    )
    while not list(tmp_path.glob("pixsession-demo-*/*.csv")):
        assert child.poll() is None
    child.send_signal(signal.SIGINT)
    out, err = child.communicate(timeout=60)
    assert (child.returncode, out, err) == (130, b"", b"")
    assert list(tmp_path.iterdir()) == []


def fail(*_arguments: Any, **_options: Any) -> None:
    raise RuntimeError("BARBIER Lou")


def test_the_unexpected_is_said_without_a_traceback_and_without_names(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pixsession.cli.once.check_folder", fail)
    found = run("check", tmp_path)
    assert (found.status, found.out) == (2, "")
    assert "RuntimeError, once.py:" in found.err
    assert "PIXSESSION_DEBUG" in found.err
    assert "BARBIER" not in found.err


def test_the_details_of_the_unexpected_are_there_for_who_asks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pixsession.cli.once.check_folder", fail)
    monkeypatch.setenv("PIXSESSION_DEBUG", "1")
    with pytest.raises(RuntimeError):
        main(["check", str(tmp_path)])


def test_an_interruption_anywhere_is_quiet(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_arguments: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("pixsession.cli.once.check_folder", interrupt)
    assert run("check", tmp_path) == Outcome(130, "", "")


@posix
@pytest.mark.parametrize(
    ("environ", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)]
)
def test_only_a_terminal_that_wants_it_gets_colour(
    tmp_path: Path, environ: dict[str, str], coloured: bool
) -> None:
    folder_with(tmp_path, reaching("BARBIER", reached=2))
    child = spawned("--lang", "en", "check", tmp_path, environ=environ)
    said = ended(child)
    assert "BARBIER Lou" in said
    assert ("\x1b[1;31m✖ not eligible\x1b[0m" in said) is coloured
    assert child.exitstatus == 1


CRASH = """
import sys
from pixsession.ui.app import PixSessionApp

def crash(app, *_arguments):
    name = "BARBIER Lou"
    raise RuntimeError(name)

PixSessionApp.on_mount = crash
from pixsession.cli.program import main
main(sys.argv[1:])
"""


@posix
@pytest.mark.parametrize("debug", ["", "1"])
def test_a_crash_of_the_screen_shows_no_names_unless_asked(tmp_path: Path, debug: str) -> None:
    status, screen = screen_of_script(CRASH, tmp_path, PIXSESSION_DEBUG=debug)
    assert status == 2
    assert "the board has stopped unexpectedly" in screen
    assert ("BARBIER" in screen) is bool(debug)


@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize("command", ["check", "match", "inspect"])
def test_a_file_holds_every_letter_and_is_never_replaced_unasked(
    run: Run, tmp_path: Path, command: str, form: str
) -> None:
    folder_with(tmp_path, reaching("NGUYỄN", "Đan"))
    asked = next(tmp_path.glob("*.csv")) if command == "inspect" else tmp_path
    arguments = (command, asked, "--format", form, "--output", tmp_path / "x.txt")
    printed = run(command, asked, "--format", form)
    found = run(*arguments)
    assert (found.status, found.out) == (printed.status, "")
    assert "x.txt is written" in found.err
    content = (tmp_path / "x.txt").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf") is (form == "text")
    text = content.decode("utf-8-sig")
    assert ("NGUYỄN" in text) is ("NGUYỄN" in printed.out)
    assert run(*arguments).status == 2
    assert run(*arguments, "--force").status == printed.status
