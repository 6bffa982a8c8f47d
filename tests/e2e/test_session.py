"""The morning of a certification as its supervisor lives it: real program, real files, keys pressed."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest

from pixsession.foundation.clock import paris_now
from pixsession.foundation.paths import shipped
from tests.e2e.runs import PATIENCE, Run, posix
from tests.e2e.terminal import Terminal

pytestmark = posix

SESSION = """\
kind = "certification"
title = "Certification 3e"
date = {today}
start = "08:30"
room = "Salle 12"
folders = ["downloads"]

[remediation]
code = "SOSPIX123"
"""


@pytest.fixture
def session(tmp_path: Path) -> Path:
    (tmp_path / "downloads").mkdir()
    path = tmp_path / "session.toml"
    path.write_text(SESSION.format(today=paris_now().date().isoformat()), encoding="utf-8")
    return path


def drop(session: Path, number: int) -> None:
    """The next export of the morning, as a browser saves it."""
    exports = sorted(Path(str(shipped("sample_exports"))).glob("*.csv"))
    target = session.parent / "downloads" / exports[number].name
    partial = target.with_name(f"{target.name}.crdownload")
    shutil.copyfile(exports[number], partial)
    partial.replace(target)


def redirect_everybody(terminal: Terminal, how_many: int) -> None:
    """From the top of the board, one after the other: the code, then enter."""
    for done in range(1, how_many + 1):
        terminal.press("g")
        terminal.press("e")
        terminal.sees("rediriger maintenant")
        terminal.press("\r")
        terminal.sees(rf"{done} en (remédiation|reméd)")


def awaited(folder: Path, pattern: str) -> None:
    """Wait until such a file is there: toasts may stand in front of the words that say so."""
    end = time.monotonic() + PATIENCE
    while not list(folder.glob(pattern)):
        assert time.monotonic() < end, f"{pattern} never came"
        time.sleep(0.05)


def test_a_morning_from_the_first_export_to_the_sheet(
    run: Run, session: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIXSESSION_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("PIXSESSION_CONFIG", str(tmp_path / "none.toml"))
    drop(session, 0)
    with Terminal("watch", "--session", session, columns=120, lines=40) as terminal:
        terminal.sees("ouvrir le tableau")  # the check that a session opens with
        terminal.press("\r")
        terminal.no_longer_sees("ouvrir le tableau")
        terminal.sees("6 à rediriger")
        redirect_everybody(terminal, 6)
        terminal.no_longer_sees("à rediriger")
        for number, saved in ((1, "BOURDIER"), (3, "LE GOFF"), (5, "CASTAING"), (6, "VAN DER")):
            for export in range(number - 1 if number > 1 else number, number + 1):
                drop(session, export)
            terminal.sees(rf"← {saved}")
        drop(session, 7)
        terminal.sees("4 à rappeler")
        # Who was eligible and fell stands on top, and is nobody's of the six.
        terminal.sees(r"1 à rediriger(?s:.)*✖ FERRAND")
        terminal.sees("2 en reméd")
        terminal.press("4")  # those to call back
        terminal.sees("← BOURDIER")
        terminal.press("g")
        terminal.press("o")
        terminal.no_longer_sees("← BOURDIER")
        terminal.press("0")
        terminal.sees("ABGRALL")
        terminal.press("/")
        terminal.press("bourdier")
        terminal.sees(r"«\s?bourdier\s?»")
        terminal.press("\r")
        terminal.sees("p présent")  # the letters are keys again
        terminal.press("d")
        terminal.sees("► BOURDIER")
        terminal.press("n")
        terminal.sees("à écrire sur la feuille")
        terminal.press("arrivé essoufflé")
        terminal.sees("arrivé essoufflé")
        terminal.press("\r")
        terminal.sees("p présent")
        terminal.sees("arrivé essoufflé")
        terminal.press("v")
        terminal.sees("■ BOURDIER")
        terminal.press("z")  # a slip
        terminal.sees("► BOURDIER")
        terminal.press("F")
        awaited(session.parent, "session-*.html")
        assert terminal.leaves(asked="1 test en cours") == 0
    (sheet,) = tmp_path.glob("session-*.html")
    page = sheet.read_text(encoding="utf-8")
    assert "BOURDIER" in page
    assert "arrivé essoufflé" in page
    text = run("report", session, "--format", "text", lang="fr").out
    assert "6 redirigés" in text
    assert "arrivé essoufflé" in text
