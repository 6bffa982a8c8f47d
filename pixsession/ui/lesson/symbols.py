"""How the states of a lesson look on the board: short word, colour, and points won."""

from __future__ import annotations

from pixsession.domain.board.wording import half_up
from pixsession.domain.lesson.view import LessonState
from pixsession.foundation.i18n import N_, _, ngettext

LESSON_COLOURS = {
    LessonState.NOT_STARTED: "$state-not-eligible",
    LessonState.STUCK: "$state-not-eligible",
    LessonState.NOT_SHARED: "$state-not-sent",
    LessonState.BEHIND: "$state-to-check",
    LessonState.WORKING: "$foreground",
    LessonState.AHEAD: "$state-eligible",
    LessonState.FINISHED: "$board-calm",
    LessonState.ABSENT: "$board-calm",
}
_WORDS = {
    LessonState.NOT_STARTED: N_("not started"),
    LessonState.STUCK: N_("stuck"),
    LessonState.NOT_SHARED: N_("to send"),
    LessonState.BEHIND: N_("far behind"),
    LessonState.WORKING: N_("working"),
    LessonState.AHEAD: N_("ahead"),
    LessonState.FINISHED: N_("finished"),
    LessonState.ABSENT: N_("absent"),
}


def lesson_word(state: LessonState) -> str:
    """The state in as few letters as stay readable; the words of the reports are longer."""
    return _(_WORDS[state])


def lesson_count(state: LessonState, count: int) -> str:
    """A count with its state, in as few letters as stay readable."""
    words = {
        LessonState.NOT_STARTED: ngettext("{n} to start", "{n} to start", count),
        LessonState.STUCK: ngettext("{n} stuck", "{n} stuck", count),
        LessonState.NOT_SHARED: ngettext("{n} to send", "{n} to send", count),
        LessonState.BEHIND: ngettext("{n} far behind", "{n} far behind", count),
        LessonState.WORKING: ngettext("{n} working", "{n} working", count),
        LessonState.AHEAD: ngettext("{n} ahead", "{n} ahead", count),
        LessonState.FINISHED: ngettext("{n} finished", "{n} finished", count),
        LessonState.ABSENT: ngettext("{n} absent", "{n} absent", count),
    }
    return words[state].format(n=count)


def points_won(fraction: float | None) -> str:
    """A change in points of a hundred, `+12`; a sign for no change, nothing where it is unknown."""
    if fraction is None:
        return ""
    whole = half_up(fraction * 100)
    return f"{whole:+}".replace("-", "−") if whole else "="
