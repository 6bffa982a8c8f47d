"""A board that runs for long: exports come, are saved again, and memory, files and threads stay flat."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from ..factories.dossiers import crowded
from ..live.boards import Viewer, download
from .tally import Tally, Trial

_EXPORTS = 30
_MOST_GROWTH = 1.10
_PAUSE = 0.2


def run(trial: Trial) -> Tally:
    """Thirty exports, then one of them saved again five times a second."""
    tally, goes_on = Tally("soak"), trial.rounds()
    if sys.platform != "linux":
        tally.facts["memory"] = "is told by Linux alone"
        return tally
    folder = trial.folder / "downloads"
    folder.mkdir()
    viewer = Viewer(folder, trial.folder / "dossier")
    for number in range(_EXPORTS):
        download(folder, crowded(number))
    viewer.wait_for(lambda said: len(said["read"]) == _EXPORTS)
    first, samples = (0, 0, 0), 0
    while goes_on():
        for _time in range(20):
            download(folder, crowded(trial.dice.randrange(_EXPORTS)))
            time.sleep(_PAUSE)
        samples += 1
        tally.tried += 20
        if samples == 1:
            first = _taken(viewer.process.pid)
    last = _taken(viewer.process.pid)
    viewer.quit()
    for name, before, after in zip(("MB", "files", "threads"), first, last, strict=True):
        tally.facts[name] = f"{before} → {after}"
        tally.check(after <= before * _MOST_GROWTH + 1, f"{name} grew from {before} to {after}")
    return tally


def _taken(process: int) -> tuple[int, int, int]:
    """Megabytes, open files and threads of a process."""
    status = dict(
        line.split(":", 1)
        for line in Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines()
    )
    megabytes = int(status["VmRSS"].split()[0]) // 1024
    return megabytes, len(list(Path(f"/proc/{process}/fd").iterdir())), int(status["Threads"])
