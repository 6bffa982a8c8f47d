"""Outputs that are closed, full, or read slowly: a command ends with a status or in words."""

from __future__ import annotations

import subprocess
import sys
import time

from ..factories.dossiers import saved, story
from .tally import Tally, Trial

_REDIRECTIONS = (">&-", ">/dev/full", "| head -c 1", "<&-", "2>&-", ">&- 2>&-", "<&- >&-", "2>/dev/full")
_UNEXPECTED = ("Traceback", "unexpected", "imprévu")
_BYTES_A_SECOND = 1024


def closed(trial: Trial) -> Tally:
    """Each command with each of its outputs closed or full."""
    tally, goes_on = Tally("closed and full outputs"), trial.rounds()
    folder = trial.folder / "downloads"
    first = saved(folder, *story())[0]
    program = f"'{sys.executable}' -m pixsession --lang en"
    commands = (
        f"check '{folder}'",
        f"check --format json '{folder}'",
        f"inspect '{first}'",
        "--help",
        "config",
    )
    while goes_on():
        command, redirection = trial.dice.choice(commands), trial.dice.choice(_REDIRECTIONS)
        done = subprocess.run(
            ["bash", "-c", f"{program} {command} {redirection}"], capture_output=True, check=False, timeout=60
        )
        said = (done.stdout + done.stderr).decode("utf-8", "replace")
        holds = done.returncode in {0, 1, 2, 3, 141} and not any(word in said for word in _UNEXPECTED)
        tally.check(holds, f"{command.split()[0]} {redirection}: {done.returncode} {said[-200:]!r}")
    return tally


def slow(trial: Trial) -> Tally:
    """A terminal that reads a kilobyte a second: keys are obeyed, and q ends the board."""
    import pexpect

    tally, goes_on = Tally("slow terminals"), trial.rounds()
    folder = trial.folder / "downloads"
    saved(folder, *story())
    while goes_on():
        child = pexpect.spawn(sys.executable, ["-m", "pixsession", "watch", str(folder)], dimensions=(24, 80))
        seen, ends = b"", time.monotonic() + 40
        pressed = False
        while time.monotonic() < ends:
            try:
                seen += child.read_nonblocking(_BYTES_A_SECOND // 4, timeout=1)
            except pexpect.TIMEOUT:
                continue
            except pexpect.EOF:
                break
            if not pressed and b"DURIEUX" in seen:
                child.send("fq\x1bq")  # the page of files, back, and the end
                pressed = True
            time.sleep(0.25)
        child.close(force=True)
        tally.check(pressed and child.exitstatus == 0, f"{len(seen)} bytes read, status {child.exitstatus}")
    return tally
