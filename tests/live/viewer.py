"""A board in a process of its own: says each Snapshot as one line of JSON, until its input ends.

`python -m tests.live.viewer FOLDER DOSSIER SCAN_SECONDS`
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TextIO

from pixsession.domain.board.snapshot import FileStatus, Snapshot
from pixsession.domain.pix.eligibility import Rule
from pixsession.engine.pipeline import Pipeline
from pixsession.foundation.clock import paris_now
from pixsession.settings.config import BoardRequest


def said_of(snapshot: Snapshot) -> dict[str, object]:
    """What a test asks of a board."""
    return {
        "read": [entry.name for entry in snapshot.files if entry.status is FileStatus.READ],
        "newest": str(snapshot.newest_export_at),
        "students": [[row.last_name, row.eligibility, row.pix] for row in snapshot.rows],
        "notices": snapshot.notices,
    }


def main(folder: str, dossier: str, scan_seconds: str, *, asked: TextIO, told: TextIO) -> None:
    """Follow a folder until the input ends; each board and each failure is one line."""

    def say(line: dict[str, object]) -> None:
        print(json.dumps(line), file=told, flush=True)  # by the time it is read, all that it names was shown

    request = BoardRequest(Path(folder), Rule(), dossier=Path(dossier), scan_seconds=float(scan_seconds))
    pipeline = Pipeline(request, paris_now)
    pipeline.listen(lambda snapshot: say(said_of(snapshot)), lambda error: say({"failed": error.message}))
    pipeline.start()
    asked.read()
    pipeline.stop()
    pipeline.join(5)


if __name__ == "__main__":
    main(*sys.argv[1:], asked=sys.stdin, told=sys.stdout)
