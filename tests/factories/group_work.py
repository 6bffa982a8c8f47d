"""Ten students who miss some competences between them, most with results of a path."""

from __future__ import annotations

from pathlib import Path

from pixsession.domain.board.snapshot import BoardRow, Snapshot
from pixsession.domain.certification.session import LessonRules
from pixsession.domain.lesson.objectives import OBJECTIVE_PRESETS
from tests.factories.lesson_sheets import lesson_board, lesson_session
from tests.factories.lessons import profile
from tests.factories.mastery import sent_path
from tests.factories.snapshots import row

_NAMES = ("BENALI", "CARLIER", "DIOP", "ESTEVE", "GUERIN", "HAMON", "LE GALL", "MARTIN", "NGUYEN", "PEREIRA")
_ASKED = ("1.1", "1.2", "2.1", "2.2", "3.1", "4.1", "4.2", "5.1", "5.2")


def _student(number: int) -> BoardRow:
    """Four competences at level 1, in four areas; the fifth is near for some, and 4.1 for most."""
    pix = [0] * 16
    for at in (0, 3, 7, 14):
        pix[at] = 8
    pix[11] = (5, 7, 24, 3, 8, 5, 6, 26, 2, 0)[number - 1]
    pix[4] = (7, 1, 9, 6, 0, 8, 7, 25, 3, 6)[number - 1]
    known = row(number, _NAMES[number - 1], "Lou", place="5eB")._replace(profile=profile(*pix))
    rates = {code: (number * 23 + at * 31) % 101 for at, code in enumerate(_ASKED)}
    return sent_path(known, rates if number % 5 else None)


ROWS = tuple(_student(number) for number in range(1, 11))


def lesson_of_ten(folder: Path | None = None, code: str | None = None) -> Snapshot:
    """The board of their lesson, whose session file is in `folder` and names `code`."""
    session = lesson_session()._replace(
        path=folder / "session.toml" if folder else None,
        lesson=LessonRules(objectives=(OBJECTIVE_PRESETS["5e"],), code=code),
    )
    return lesson_board(ROWS, {}, of=session)
