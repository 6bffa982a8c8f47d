"""A board in a process of its own: says each Snapshot as one line of JSON, until its input ends.

`python -m tests.live.viewer FOLDER DOSSIER SCAN_SECONDS`
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from pixsession.domain.board.snapshot import FileStatus, Snapshot
from pixsession.domain.pix.eligibility import Rule
from pixsession.engine.pipeline import Pipeline
from pixsession.foundation.clock import paris_now
from pixsession.foundation.errors import PixSessionError
from pixsession.settings.config import BoardRequest


def publish(snapshot: Snapshot) -> None:
    """One line: by the time it is read, all that it names was shown."""
    said = {
        "read": [entry.name for entry in snapshot.files if entry.status is FileStatus.READ],
        "newest": str(snapshot.newest_export_at),
        "students": [[row.last_name, row.eligibility, row.pix] for row in snapshot.rows],
        "notices": snapshot.notices,
    }
    print(json.dumps(said), flush=True)


def failed(error: PixSessionError) -> None:
    """A failure is a line too."""
    print(json.dumps({"failed": error.message}), flush=True)


def main(folder: str, dossier: str, scan_seconds: str) -> None:
    """Follow a folder until the input ends."""
    request = BoardRequest(Path(folder), Rule(), dossier=Path(dossier), scan_seconds=float(scan_seconds))
    pipeline = Pipeline(request, paris_now)
    pipeline.listen(publish, failed)
    pipeline.start()
    sys.stdin.read()
    pipeline.stop()
    pipeline.join(5)


if __name__ == "__main__":
    main(*sys.argv[1:])
