"""The board in a real terminal, over a folder where files really land."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from pixsession.foundation.clock import paris_now
from pixsession.foundation.paths import dossier_folder, state_folder
from tests.e2e.runs import posix
from tests.e2e.terminal import Terminal
from tests.factories.dossiers import desk_on
from tests.factories.samples import (
    ExportFile,
    Generation,
    Layout,
    Participation,
    Send,
    Student,
    profiles_export,
)

pytestmark = posix

HOSTILE = ("[/]\x1b]0;HACK\x07", "[@click=app.quit]\u202eEve\x9b2J")


def somebody(last: str, first: str, division: str, *reached: int | None, day: datetime) -> Student:
    """A student who sent so many competences at level 1, one hour apart up to a quarter of an hour ago."""
    sends = [
        None
        if count is None
        else Send(day - timedelta(minutes=15 + 60 * back), (8,) * count + (7,) * (16 - count))
        for back, count in enumerate(reversed(reached))
    ]
    started = day - timedelta(days=3)
    return Student(
        last,
        first,
        tuple(Participation(started + timedelta(hours=n), send) for n, send in enumerate(reversed(sends))),
        division,
    )


def export(day: datetime, *students: Student) -> ExportFile:
    return profiles_export(students, Generation.PARIS_MINUTES, Layout(), day)


def contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def downloads(tmp_path: Path) -> Path:
    folder = tmp_path / "Téléchargements d’Ève"
    folder.mkdir()
    return folder


def land_like_chrome(folder: Path, file: ExportFile) -> Path:
    """Written under another name in two pieces, then renamed."""
    path = folder / file.name
    partial = folder / f"{file.name}.crdownload"
    half = len(file.content) // 2
    with partial.open("wb") as stream:
        stream.write(file.content[:half])
        stream.flush()
        stream.write(file.content[half:])
    partial.replace(path)
    return path


def land_in_place(folder: Path, file: ExportFile) -> Path:
    """Written in pieces under its own name."""
    path = folder / file.name
    with path.open("wb") as stream:
        for start in range(0, len(file.content), 500):
            stream.write(file.content[start : start + 500])
            stream.flush()
    return path


def test_a_certification_morning(downloads: Path) -> None:
    now = paris_now()
    first, second = now - timedelta(minutes=20), now - timedelta(minutes=2)
    with Terminal("--lang", "fr", "watch", downloads, columns=100, lines=30) as terminal:
        terminal.sees("Exporter les résultats")  # the empty folder says what to do
        land_like_chrome(
            downloads,
            export(
                first,
                somebody("MARTIN", "Zoé", "3eB", 4, day=first),
                somebody("DURAND", "Léo", "3eA", 7, day=first),
                somebody(*HOSTILE, "3eA", None, day=first),
            ),
        )
        terminal.sees("1 non certif")
        terminal.sees(r"MARTIN Zoé +3eB +●●●●○ +4/5[\s\S]*DURAND")  # who needs attention comes first
        terminal.press("\r")
        terminal.sees("5.2 ")  # the sixteen competences of the student under the cursor
        terminal.press("\x1b")
        terminal.sees("DURAND")
        land_in_place(
            downloads,
            export(
                second,
                somebody("MARTIN", "Zoé", "3eB", 4, 5, day=second),
                somebody("DURAND", "Léo", "3eA", 7, day=first),
                somebody(*HOSTILE, "3eA", None, day=first),
            ),
        )
        terminal.sees("MARTIN Zoé devient certifiable")
        terminal.sees(r"MARTIN Zoé +3eB +●●●●● +5/5")
        assert terminal.leaves() == 0
        received = terminal.received
    assert received.index(b"\x1b[?1049h") < received.index(b"\x1b[?1049l")  # a screen of its own, given back
    assert list(dossier_folder(state_folder(), downloads).rglob("*.csv"))
    assert b"\x1b]0;HACK" not in received
    assert "\u202e".encode() not in received
    assert b"\xc2\x9b2J" not in received


def test_keys_and_the_size_of_the_terminal_change_what_is_shown(downloads: Path) -> None:
    now = paris_now()
    students = [somebody(f"ÉLÈVE {n:02}", "Anaïs", f"3e{'AB'[n % 2]}", n % 9, day=now) for n in range(30)]
    export(now, *students).write_to(downloads)
    with Terminal("--lang", "en", "watch", downloads) as terminal:
        terminal.sees("16 not eligible|17 not eligible|18 not eligible")
        terminal.press("5")
        terminal.no_longer_sees(r"✖ ÉLÈVE")
        terminal.press("0")
        terminal.sees(r"✖ ÉLÈVE")
        terminal.press("/eleve 07\r")
        terminal.sees("ÉLÈVE 07")
        terminal.no_longer_sees("ÉLÈVE 08")
        terminal.press("\x1b")
        terminal.sees("ÉLÈVE 00")
        terminal.press(" ")
        terminal.sees("frozen")
        terminal.press(" ")
        terminal.no_longer_sees("frozen")
        terminal.resize(40, 8)
        terminal.sees("too small")
        terminal.resize(80, 24)
        terminal.sees("ÉLÈVE 00")
        terminal.press("f")
        terminal.sees(r"30 ")
        assert terminal.leaves() == 0


def test_what_one_of_two_boards_read_outlives_the_files_and_a_kill(downloads: Path) -> None:
    now = paris_now()
    with (
        Terminal("--lang", "en", "watch", downloads) as one,
        Terminal("--lang", "en", "watch", downloads) as other,
    ):
        one.sees("Pix Orga")
        other.sees("Pix Orga")
        path = export(now, somebody("MARTIN", "Zoé", "3eB", 4, day=now)).write_to(downloads)
        one.sees("MARTIN Zoé")
        other.sees("MARTIN Zoé")
        path.unlink()
        assert one.leaves() == 0
        assert "MARTIN Zoé" in other.text
        os.kill(other.child.pid, 9)
    with Terminal("--lang", "en", "watch", downloads) as again:
        again.sees("MARTIN Zoé")
        assert again.leaves() == 0


def test_an_ephemeral_board_keeps_nothing_and_shows_nothing_that_was_kept(
    tmp_path: Path, downloads: Path
) -> None:
    now = paris_now()
    folder_kept = dossier_folder(state_folder(), downloads)
    with desk_on(downloads, folder_kept) as desk:
        desk.take(export(now, somebody("MARTIN", "Zoé", "3eB", 4, day=now)).write_to(tmp_path))
    kept = contents(state_folder())
    with Terminal("--lang", "en", "watch", "--ephemeral", downloads) as terminal:
        terminal.sees("Pix Orga")
        assert "MARTIN" not in terminal.text
        export(now, somebody("PETIT", "Lou", "3eB", 4, day=now)).write_to(downloads)
        terminal.sees("PETIT Lou")
        assert terminal.leaves() == 0
    assert contents(state_folder()) == kept


def test_the_folder_goes_and_comes_back(downloads: Path) -> None:
    now = paris_now()
    export(now, somebody("MARTIN", "Zoé", "3eB", 4, day=now)).write_to(downloads)
    with Terminal("--lang", "en", "watch", downloads, columns=120, lines=30) as terminal:
        terminal.sees("MARTIN Zoé")
        away = downloads.with_name("away")
        downloads.rename(away)
        terminal.sees("not found")
        assert "MARTIN Zoé" in terminal.text, "the last board stays"
        away.rename(downloads)
        terminal.no_longer_sees("not found")
        later = now + timedelta(minutes=1)
        export(later, somebody("MARTIN", "Zoé", "3eB", 4, 5, day=later)).write_to(downloads)
        terminal.sees(r"MARTIN Zoé.*5/5")
        assert terminal.leaves() == 0
