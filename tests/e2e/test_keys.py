"""Keys as terminals really send them, into the real program: a French keyboard, kitty's reports, nonsense."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from pixsession.foundation.clock import paris_now
from tests.e2e.runs import posix, screen_of_script
from tests.e2e.terminal import Terminal
from tests.e2e.test_watch import export, somebody

pytestmark = posix
NONSENSE = (
    "\x1b[97:65:1:2;2u", "\x1b[99999999u", "\x1b[97;1;1114112u", "\x1b[55296u", "\x1b[97;1:3u", "\x1b[:;:;:u",
    "\x1b[?62;4c", "\x1b[48;0;0;0;0t", "\x1b[<0;0;0M", "\x1b[<999999;1;1M", "\x1b[1114112;;1114112~",
)  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three students: not eligible, not sent, eligible."""
    now = paris_now()
    found = tmp_path / "downloads"
    found.mkdir()
    reached = (("MARTIN", 2), ("DURAND", None), ("PETIT", 7))
    sent = now - timedelta(minutes=5)
    export(sent, *(somebody(name, "Lou", "3eB", count, day=sent) for name, count in reached)).write_to(found)
    return found


def test_the_digits_of_a_french_keyboard_filter_and_keys_sent_in_one_write_are_each_obeyed(
    folder: Path,
) -> None:
    everybody = {"MARTIN", "DURAND", "PETIT"}
    with Terminal("--lang", "en", "watch", folder) as terminal:
        terminal.sees("PETIT")
        for sign, left in (("&", "MARTIN"), ('"', "DURAND"), ("(", "PETIT")):
            terminal.press(sign)
            for name in everybody - {left}:
                terminal.no_longer_sees(name)
            terminal.sees(left)
            terminal.press("à")  # two bytes
            for name in everybody:
                terminal.sees(name)
        terminal.press("é")
        terminal.no_longer_sees("PETIT")  # nobody is to be checked
        terminal.press("à")
        terminal.sees("PETIT")
        for _time in range(3):
            terminal.press("/petit\rM")  # a search, enter, and the map of competences
            terminal.sees("Map of competences")
            terminal.press("\x1b[27;1:1u\x1b[27;1:1u")
            terminal.sees("DURAND")
        assert terminal.leaves() == 0


def test_reports_with_colons_are_keys_and_nonsense_or_another_encoding_end_nothing(folder: Path) -> None:
    with Terminal("--lang", "en", "watch", folder) as terminal:
        terminal.sees("PETIT")
        terminal.press("\x1b[97:65;2u")
        terminal.press("\x1b[109:77;2u")  # M
        terminal.sees("Map of competences")
        terminal.press("\x1b[27;1:1u")  # escape, pressed
        terminal.sees("1-5 filter")
        terminal.press("".join(NONSENSE))
        terminal.child.send(b"\xe9\xff\xc3")  # as Latin-1 has it, and half a letter
        terminal.press("?")
        terminal.sees("What is kept|Keys")
        assert terminal.leaves() == 0


BROKEN = """
import sys
from textual.drivers.linux_driver import LinuxDriver

def fail(driver):
    name = "MARTIN Lou"
    raise RuntimeError(name)

LinuxDriver.run_input_thread = fail
from pixsession.cli.program import main
main(sys.argv[1:])
"""


def test_a_keyboard_that_cannot_be_read_ends_in_words(folder: Path) -> None:
    status, screen = screen_of_script(BROKEN, folder)
    assert status == 2
    assert "the board has stopped unexpectedly" in screen
    assert "RuntimeError" not in screen
