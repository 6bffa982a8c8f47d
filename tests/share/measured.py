"""How long gestures take from board to board: 8 posts, 12 rooms, 300 candidates.

`python -m tests.share.measured [GESTURES]` prints the median and the worst, in seconds.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from itertools import product
from pathlib import Path

from pixsession.domain.board.snapshot import Snapshot
from pixsession.domain.certification.actions import ActionRequest
from pixsession.domain.certification.day import ActionKind
from pixsession.domain.certification.session import ExpectedFrom, Room
from tests.live.boards import board_for
from tests.live.test_session import day_of

from .homes import request_at

POSTS, ROOMS, IN_EACH = 8, 12, 25
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def rooms() -> tuple[Room, ...]:
    names = [f"{one}{other}ER Lou" for one, other in product(_LETTERS, _LETTERS)]
    return tuple(
        Room(f"Salle {n + 1}", ExpectedFrom(names=tuple(names[n * IN_EACH : (n + 1) * IN_EACH])))
        for n in range(ROOMS)
    )


def shows(actions: int) -> Callable[[Snapshot], bool]:
    return lambda snapshot: len(day_of(snapshot).actions) >= actions


def main(gestures: int) -> None:
    """Act on one post after the other, and wait until the next one shows it."""
    took = []
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        file = Path(folder) / "session.toml"
        file.write_text("share = true\n", encoding="utf-8")
        boards = []
        for number in range(POSTS):
            request = request_at(Path(folder) / f"post{number}", file)
            assert request.session is not None
            request = request._replace(session=request.session._replace(rooms=rooms()))
            boards.append(stack.enter_context(board_for(request)))
        first = boards[0].wait_for(lambda one: len(one.rows) == ROOMS * IN_EACH)
        students = [row.last_name for row in first.rows][:gestures]
        for number, name in enumerate(students):
            acting, watching = boards[number % POSTS], boards[(number + 3) % POSTS]
            rows = acting.wait_for(lambda one: one.rows).rows
            student = next(row.student_id for row in rows if row.last_name == name)
            began = time.monotonic()
            acting.pipeline.act(ActionRequest(ActionKind.PRESENT, (student,)))
            watching.wait_for(shows(number + 1))
            took.append(time.monotonic() - began)
    print(f"{len(took)} gestures, median {statistics.median(took):.2f} s, worst {max(took):.2f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 40)
