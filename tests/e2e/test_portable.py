"""The portable folder, started by its `.cmd` files as a double click does: under Windows, or under Wine."""

from __future__ import annotations

import os
import runpy
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pixsession.foundation.paths import shipped

ROOT = Path(__file__).parents[2]
PYTHON = os.environ.get("PORTABLE_PYTHON", "")
SHELL = ["cmd"] if sys.platform == "win32" else ["wine", "cmd"]
pytestmark = [
    pytest.mark.skipif(
        not PYTHON or not shutil.which(SHELL[0]),
        reason="no Python of Windows: PORTABLE_PYTHON names a folder with python.exe and all the packages",
    ),
]


@pytest.fixture
def portable(tmp_path: Path) -> Iterator[Path]:
    """The folder on a stick whose name has accents and blanks, and where nothing may be written."""
    folder = tmp_path / "Clé USB é" / "pixsession portable"
    folder.mkdir(parents=True)
    for name, text in runpy.run_path(str(ROOT / ".github" / "portable.py"))["FILES"].items():
        (folder / name).write_bytes(text.encode())
    (folder / "python").symlink_to(PYTHON)
    there = sorted(folder.iterdir())
    folder.chmod(0o555)
    yield folder
    folder.chmod(0o755)
    assert sorted(folder.iterdir()) == there  # whoever runs this may be one whom no mode stops


def started(file: Path, *arguments: str) -> tuple[int, str]:
    """The status and what was said in UTF-8, with a key pressed where one is waited for."""
    named = str(file) if sys.platform == "win32" else "Z:" + str(file).replace("/", "\\")
    done = subprocess.run(
        [*SHELL, "/c", named, *arguments],
        input=b"\r\n",
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={**os.environ, "PIXSESSION_LANG": "fr", "WINEDEBUG": "-all"},
        timeout=120,
        check=False,
    )
    return done.returncode, done.stdout.decode("utf-8")


def test_the_program_is_asked_as_anywhere(portable: Path) -> None:
    samples = str(shipped("sample_exports"))
    wanted = samples if sys.platform == "win32" else "Z:" + samples.replace("/", "\\")
    status, said = started(portable / "pixsession.cmd", "check", wanted, "--all")
    assert status == 1
    assert "BÉNARD" in said
    assert "Fichiers" in said


def test_the_demonstration_and_the_board_are_a_double_click(portable: Path) -> None:
    _status, said = started(portable / "Demonstration.cmd", "--speed", "100000")
    assert "8 lus" in said
    _status, said = started(portable / "Tableau.cmd", "Z:\\nulle-part")
    assert "nulle-part" in said
    assert "imprévu" not in said


def test_the_handbook_is_a_double_click(portable: Path) -> None:
    _status, said = started(portable / "Manuel.cmd")
    assert "handbook-fr.html" in said
