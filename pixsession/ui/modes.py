"""Which mode a board is in, and the one board that has the keys of all of them."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from pixsession.domain.board.snapshot import Snapshot
from pixsession.ui.board.mode import BoardMode
from pixsession.ui.board.profiles import PROFILES
from pixsession.ui.board.screen import BOARD_BINDINGS, WIDEN_BINDING, BoardScreen
from pixsession.ui.certification.keys import SESSION_BINDINGS, SESSION_KEYS
from pixsession.ui.lesson.keys import LESSON_BINDINGS

# In the order of the line; when room is short the last of `_SPARE` goes first.
_KEYS = (
    "app.demo",
    "search.keep",
    "search.clear",
    "app.go_live",
    *SESSION_KEYS,
    "lesson.observe",
    "lesson.only_not_shared",
    "session.only_to_redirect",
    "board.open",
    "board.search",
    "board.only_not_eligible",
    "board.sort",
    "board.classes",
    "board.freeze",
    "app.results",
    "app.files",
    "app.heatmap",
    "app.matches",
    "app.changes",
    "app.menu",
    "app.help",
    "app.quit",
)
_SPARE = (
    "app.matches",
    "app.heatmap",
    "board.classes",
    "board.sort",
    "app.changes",
    "app.menu",
    "board.freeze",
    "app.files",
    "app.results",
    "session.only_to_redirect",
    "lesson.only_not_shared",
    "board.open",
    "board.search",
    *reversed(SESSION_KEYS),
)


def mode_of(snapshot: Snapshot | None) -> BoardMode:
    """The mode of a Snapshot; that of profiles while nothing is known.

    (d): the board of profiles is spared 40 ms of certifications and 30 ms of lessons.
    """
    if snapshot is not None and snapshot.lesson is not None:
        from pixsession.ui.lesson.mode import LessonMode  # noqa: PLC0415

        return LessonMode(snapshot.lesson)
    if snapshot is not None and snapshot.day is not None:
        from pixsession.ui.certification.mode import CertificationMode  # noqa: PLC0415 - likewise

        return CertificationMode(snapshot.day)
    return PROFILES


class LiveBoard(BoardScreen):
    """The board with the keys of every mode: it is made before the first Snapshot tells which one it is."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *BOARD_BINDINGS,
        *SESSION_BINDINGS,
        *LESSON_BINDINGS,
        WIDEN_BINDING,
    ]
    KEYS = _KEYS
    SPARE_KEYS = _SPARE
