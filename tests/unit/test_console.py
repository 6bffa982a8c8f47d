"""What a terminal can show, and the command lines that PowerShell spoils."""

from __future__ import annotations

from pathlib import Path

import pytest

from pixsession.foundation.console import NEAREST, has_signs, nearest, obeys_sequences, repaired_arguments


@pytest.mark.parametrize(
    ("text", "encoding", "written"),
    [
        ("NGUYỄN Đan", "cp1252", "NGUYEN Dan"),
        ("Éloïse — L’Œuvre", "latin-1", "Éloïse - L'Ouvre"),
        ("╭─╮│✖ ▲", "cp850", "+─+│? ^"),
        ("Łukasz… 3 → 5", "ascii", "Lukasz. 3 > 5"),
        ("\u202eabc 王", "ascii", "?abc ?"),
    ],
)
def test_the_nearest_character_is_written_and_the_width_stays(text: str, encoding: str, written: str) -> None:
    found = text.encode(encoding, NEAREST).decode(encoding)
    assert found == written
    assert len(found) == len(text)


def test_every_character_has_a_nearest_one_of_one_cell() -> None:
    assert all(len(nearest(chr(code))) == 1 for code in range(0x20, 0x3000))


@pytest.mark.parametrize(
    ("environ", "encoding", "system", "signs"),
    [
        ({}, "utf-8", "linux", True),
        ({}, "UTF8", "darwin", True),
        ({}, "iso8859-1", "linux", False),
        ({}, None, "linux", False),
        ({}, "no such thing", "linux", False),
        ({}, "utf-8", "win32", False),
        ({"WT_SESSION": "1"}, "utf-8", "win32", True),
        ({"TERM_PROGRAM": "vscode"}, "utf-8", "win32", True),
        ({"WT_SESSION": "1"}, "cp850", "win32", False),
    ],
)
def test_which_terminals_have_the_signs(
    environ: dict[str, str], encoding: str | None, system: str, signs: bool
) -> None:
    assert has_signs(environ, encoding, system) is signs


def test_a_quote_that_powershell_left_is_taken_away(tmp_path: Path) -> None:
    folder = tmp_path / "OneDrive - Académie"
    folder.mkdir()
    given = ["check", f'{folder}" --class 3eB']
    assert repaired_arguments(given, "win32") == ["check", str(folder), "--class", "3eB"]
    assert repaired_arguments(["check", f'{folder}"'], "win32") == ["check", str(folder)]
    for kept in (given, ["init", "--title", 'La "grande" salle']):
        assert repaired_arguments(kept, "linux") == kept
    assert repaired_arguments(["init", "--title", 'La "grande" salle'], "win32")[2] == 'La "grande" salle'


def test_what_is_no_console_need_not_be_asked() -> None:
    assert obeys_sequences()
