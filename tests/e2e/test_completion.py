"""Shell completion: the script of each shell, and what the program answers to it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pixsession.cli.upkeep import SHELLS
from tests.e2e.runs import Run, piped, program


@pytest.mark.parametrize("shell", SHELLS)
def test_each_shell_has_a_script_that_asks_in_its_name(run: Run, shell: str) -> None:
    found = run("completion", shell)
    assert (found.status, found.err) == (0, "")
    assert "_PIXSESSION_COMPLETE" in found.out
    assert f"{shell}_complete" in found.out


def test_another_shell_is_refused_with_those_there_are(run: Run) -> None:
    found = run("completion", "tcsh", lang="en")
    assert (found.status, found.out) == (2, "")
    assert all(shell in found.err for shell in SHELLS)


def test_without_a_shell_an_example_is_given(run: Run) -> None:
    found = run("completion", lang="en")
    assert found.status == 2
    assert "pixsession completion bash" in found.err


def asked(shell: str, *words: str) -> list[str]:
    """The lines that answer a shell in which these words are typed, the last one not finished."""
    typed = " ".join(("pixsession", *words))
    done = piped(
        _PIXSESSION_COMPLETE=f"{shell}_complete",
        COMP_WORDS=typed,
        COMP_CWORD=words[-1] if shell == "fish" else str(len(words)),
        PYTHONIOENCODING="utf-8",  # Windows' shells are answered as they read
    )
    assert (done.returncode, done.stderr) == (0, b"")
    return done.stdout.decode("utf-8").splitlines()


@pytest.mark.parametrize(
    ("words", "answers"),
    [
        (("che",), ["plain,check"]),
        (("check", "--form"), ["plain,--format"]),
        (("check", "--format", "j"), ["plain,json"]),
        (("--lang", "en", "doc"), ["plain,doctor"]),
        (("check", "x"), ["dir,x"]),
        (("watch", "--session", "x"), ["file,x"]),
        (("report", ""), ["file,"]),
        (("demo", "--session", "--asc"), ["plain,--ascii"]),
        (("completion", "f"), ["plain,fish"]),
    ],
)
def test_words_are_completed(words: tuple[str, ...], answers: list[str]) -> None:
    assert asked("bash", *words) == answers


@pytest.mark.parametrize(
    ("shell", "first"),
    [("zsh", ["plain", "guide"]), ("fish", ["plain,guide"]), ("powershell", ["plain", "guide"])],
)
def test_each_shell_is_answered_in_its_form(shell: str, first: list[str]) -> None:
    lines = asked(shell, "gui")
    assert [line.split("\t")[0] for line in lines][: len(first)] == first


def test_an_asking_that_nobody_knows_is_a_status(tmp_path: Path) -> None:
    done = program(_PIXSESSION_COMPLETE="tcsh_complete")
    assert (done.returncode, done.stdout) == (2, b"")


@pytest.mark.skipif(sys.platform == "win32" or shutil.which("bash") is None, reason="there is no bash")
def test_a_real_bash_completes(run: Run, tmp_path: Path) -> None:
    there = tmp_path / "pixsession"
    there.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m pixsession "$@"\n', encoding="utf-8")
    there.chmod(0o755)
    ask = "COMP_WORDS=(pixsession doct); COMP_CWORD=1; _pixsession_completion pixsession; echo $COMPREPLY"
    done = subprocess.run(
        ["bash", "--norc", "-c", run("completion", "bash").out + ask],
        env={"PATH": f"{tmp_path}:/usr/bin:/bin", "HOME": str(tmp_path), "LC_ALL": "C.UTF-8"},
        capture_output=True, encoding="utf-8", check=False, timeout=60,
    )  # fmt: skip
    assert (done.stdout.strip(), done.returncode) == ("doctor", 0), done.stderr
