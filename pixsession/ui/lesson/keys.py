"""The keys of a lesson: what is seen of a student, and the filters by state."""

from __future__ import annotations

from collections.abc import Mapping

from textual.binding import Binding

from pixsession.domain.lesson.lesson_state import LessonState
from pixsession.foundation.i18n import N_
from pixsession.ui.common.digit_keys import keys_of, span_of

# See `digit_keys`: which of these digits other boards share.
LESSON_KEYS: Mapping[LessonState, str] = {
    LessonState.NOT_SHARED: "3",  # not sent, in a lesson
    LessonState.STUCK: "4",
    LessonState.BEHIND: "5",
    LessonState.AHEAD: "6",
    LessonState.NOT_STARTED: "7",
    LessonState.WORKING: "8",
    LessonState.FINISHED: "9",
}
_TOOLTIPS = {
    LessonState.NOT_STARTED: N_("Only the students who have not started"),
    LessonState.STUCK: N_("Only the students who are stuck"),
    LessonState.NOT_SHARED: N_("Only those who finished and have not sent their results"),
    LessonState.BEHIND: N_("Only the students far behind the group"),
    LessonState.WORKING: N_("Only the students at work"),
    LessonState.AHEAD: N_("Only the students ahead of the group"),
    LessonState.FINISHED: N_("Only the students who have finished and sent"),
}


def _state_binding(state: LessonState, key: str) -> Binding:
    first = key == min(LESSON_KEYS.values())
    return Binding(
        keys_of(key),
        f"app.filter('need', '{state}')",
        N_("filter") if first else N_("filter by state"),
        id=f"lesson.only_{state}",
        show=first,
        key_display=span_of(LESSON_KEYS.values()) if first else None,
        tooltip=_TOOLTIPS[state],
    )


LESSON_BINDINGS = (
    Binding(
        "o",
        "gesture('observe')",
        N_("observe"),
        id="lesson.observe",
        tooltip=N_(
            "Note what you see, from a short list. Nothing about health: "
            "these are minors, and the notes are kept and printed"
        ),
    ),
    Binding(
        "D",
        "gesture('delegate')",
        N_("helper"),
        id="lesson.delegate",
        tooltip=N_("Helper of the class on Pix, or no more: named first where one helps the other"),
    ),
    *(_state_binding(state, key) for state, key in LESSON_KEYS.items()),
)
# Keys of a session that serve in a lesson too.
SHARED_ACTIONS = frozenset({"undo", "mark", "mark_all", "unmark", "hand_over", "projection"})
# First on the line of keys of a lesson.
LESSON_KEYS_SHOWN = (
    "lesson.observe",
    "session.absent",
    "app.heatmap",
    "app.mutual_help",
    "app.targeted",
    "app.step_back",
    "session.note",
    "lesson.delegate",
    "session.hand_over",
    "session.projection",
)
