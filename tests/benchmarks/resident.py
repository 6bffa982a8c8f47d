"""The memory of a board that has read the exports of a folder; run by `growth.py` in a process of its own."""

from __future__ import annotations

from pathlib import Path

from pixsession.__main__ import spare_collector
from pixsession.domain.pix.eligibility import Rule
from pixsession.engine.board.engine import BoardEngine
from pixsession.foundation.clock import paris_now
from pixsession.settings.config import BoardRequest


def resident(folder: Path) -> float:
    """The megabytes that this process holds once it has read them all, one after the other."""
    spare_collector()
    one = BoardEngine(BoardRequest(folder, Rule(), dossier=folder / "dossier"), paris_now, live=True)
    for path in sorted(folder.glob("*.csv")):
        one.take(path)
        one.snapshot()
        one.intake.write_down()
    status = Path("/proc/self/status").read_text(encoding="ascii")
    (line,) = [line for line in status.splitlines() if line.startswith("VmRSS")]
    one.close()
    return int(line.split()[1]) / 1024
