"""The program killed at random moments, and at its n-th system call: what it had shown is there after."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time

from pixsession.store.dossier import Dossier

from ..factories.dossiers import board_after, crowded, people, saved, story
from ..live.boards import ROOT, Viewer, download
from .tally import Tally, Trial

_CALLS = ("write", "pwrite64", "fsync", "rename", "openat", "unlink", "ftruncate", "mkdir", "close", "fstat")


def at_random(trial: Trial) -> Tally:
    """SIGKILL while exports land."""
    tally, goes_on = Tally("kills at random moments"), trial.rounds()
    number = 0
    while goes_on():
        folder, dossier = trial.folder / f"folder{number}", trial.folder / f"dossier{number}"
        folder.mkdir()
        landed = 0
        for _kill in range(5):
            viewer = Viewer(folder, dossier)
            viewer.wait_for(lambda _said: True)
            for _export in range(3):
                download(folder, crowded(landed))
                landed += 1
            time.sleep(trial.dice.uniform(0, 0.6))
            viewer.kill()
            shown = {name for said in viewer.said for name in said["read"]}
            kept = [one.file.name for one in Dossier(dossier).kept()]
            tally.check(shown <= set(kept), f"shown and not kept: {shown - set(kept)}")
            tally.check(len(kept) == len(set(kept)), f"kept twice: {kept}")
        after = {row[1:5] for row in people(board_after(folder, dossier))}
        expected = {row[1:5] for row in people(board_after(folder, None))}
        tally.check(after == expected, f"{dossier}: another board")
        number += 1
    return tally


def at_a_system_call(trial: Trial) -> Tally:
    """SIGKILL at the n-th call of one kind, in the first start on a folder with four exports."""
    tally, goes_on = Tally("kills at the n-th system call"), trial.rounds()
    if shutil.which("strace") is None:
        tally.facts["strace"] = "is missing"
        return tally
    folder, dossier = trial.folder / "downloads", trial.folder / "dossier"
    saved(folder, *story())
    expected = {row[1:5] for row in people(board_after(folder, None))}
    hit = 0
    while goes_on():
        shutil.rmtree(dossier, ignore_errors=True)
        call, at = trial.dice.choice(_CALLS), trial.dice.randrange(1, 60)
        tracing = ["strace", "-f", "-qq", "-o", "/dev/null", f"-e inject={call}:signal=SIGKILL:when={at}"]
        viewer = [sys.executable, "-m", "tests.live.viewer", str(folder), str(dossier), "0.5"]
        process = subprocess.Popen(
            [*tracing, f"-P{dossier}", f"-P{dossier / 'board.duckdb'}", f"-P{dossier / 'exports'}", *viewer]
            if trial.dice.random() < 0.5
            else [*tracing, *viewer],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            process.communicate(b"", timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        hit += process.returncode != 0
        shown = {row[1:5] for row in people(board_after(folder, dossier))}
        tally.check(shown == expected, f"{call} number {at}: another board")
    tally.facts["killed"] = hit
    return tally
