"""What the board of a lesson means: its states, its columns, and why nothing about health is noted."""

from __future__ import annotations

from textual.content import Content

from pixsession.domain.lesson.view import LessonState, LessonView
from pixsession.domain.lesson.words import lesson_state_symbol
from pixsession.foundation.i18n import N_, _
from pixsession.ui.common.symbols import Symbols
from pixsession.ui.lesson.keys import LESSON_KEYS
from pixsession.ui.lesson.symbols import LESSON_COLOURS, lesson_word

_MEANINGS = {
    LessonState.NOT_STARTED: N_("the campaign has not been begun"),
    LessonState.STUCK: N_("no progress over {exports} exports and {minutes} minutes, while others moved"),
    LessonState.NOT_SHARED: N_("finished, but the results have not been sent"),
    LessonState.BEHIND: N_("{points} points or more under the median of the group, from the second export"),
    LessonState.WORKING: N_("with the group"),
    LessonState.AHEAD: N_("{points} points or more over the median of the group"),
    LessonState.FINISHED: N_("finished, results sent"),
    LessonState.ABSENT: N_("you said so (a), and no export shows a beginning"),
}


def lesson_help(lesson: LessonView, symbols: Symbols) -> Content:
    """One line for each state, then the columns, then what is never noted."""
    rules = lesson.session.lesson
    lines = []
    for state, meaning in _MEANINGS.items():
        words = _(meaning).format(
            exports=rules.stuck_exports, minutes=rules.stuck_minutes, points=rules.far_points
        )
        symbol = lesson_state_symbol(state, symbols.ascii_only)
        lines.append(
            Content.assemble(
                (f"{LESSON_KEYS.get(state, ' ')} ", "$accent"),
                (f"{symbol} {lesson_word(state)}", LESSON_COLOURS[state]),
                f"  {words}",
            )
        )
    lines += [
        Content(
            _(
                "Progress: one column an export of the hour, from low to high; Q1 and Q3: between them "
                "stands the middle half of those who have begun"
            )
        ),
        Content(_("+12/+40  won since the last export, and since the lesson began, in points of a hundred")),
        Content(_("+grp: points over the median of those at work in the same campaign")),
        Content(_("Idle: minutes since the last progress that an export showed")),
        Content(
            _(
                "Missing: competences of the path of which less than half is mastered, weakest first; "
                "without results of a path, those of the profile under the level; ?: nothing sent"
            )
        ),
        Content(_("[ ] or , ;  the board as it was after each export; end: back to live")),
        Content(
            _(
                "Observations say nothing about health: these are minors, and what is noted is kept "
                "on this machine and printed in the report."
            )
        ),
    ]
    return Content("\n").join(lines)
