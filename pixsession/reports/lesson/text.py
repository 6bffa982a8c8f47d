"""A lesson once as plain text: where the group stands, then one student a line, in the order of need."""

from __future__ import annotations

from collections import Counter

from pixsession.domain.board.snapshot import BoardRow, Snapshot
from pixsession.domain.lesson.view import LessonState, LessonView
from pixsession.domain.lesson.words import (
    lesson_state_counted,
    lesson_state_symbol,
    percent_words,
    state_or_doubt,
    unknown_words,
    won_words,
)
from pixsession.foundation.i18n import _
from pixsession.foundation.text import shown
from pixsession.reports.text import in_ascii


def lesson_text(snapshot: Snapshot, lesson: LessonView, *, ascii_only: bool) -> str:
    """The whole lesson, ending with a line break."""
    campaign = lesson.campaign
    name = " + ".join(shown(one.name or one.code or "") for one in lesson.followed)
    found = Counter(one.state for one in lesson.students.values())
    counts = " · ".join(lesson_state_counted(state, found[state]) for state in LessonState if found[state])
    day = f"{lesson.session.date:%d/%m/%Y}"
    lines = [" · ".join(filter(None, (day, shown(lesson.session.title), name)))]
    if lesson.unknown is not None:
        lines.append(_("Class or group {words}").format(words=unknown_words(lesson.unknown)))
    elif campaign is None:
        lines.append(_("No evaluation was read: progress is not known."))
    lines += ["", counts, ""]
    lines += [_line(row, lesson, ascii_only=ascii_only) for row in snapshot.rows]
    text = "\n".join(line.rstrip() for line in lines) + "\n"
    return in_ascii(text) if ascii_only else text


def _line(row: BoardRow, lesson: LessonView, *, ascii_only: bool) -> str:
    """Sign, name and class, the state, how far, what this hour brought, and what was seen."""
    where = " ".join(filter(None, (row.shown_name, row.shown_place)))
    student = lesson.students.get(row.student_id)
    if student is None:
        return f"  {where}"
    said = [
        state_or_doubt(student),
        percent_words(student.progress),
        won_words(student.since_start),
        _("helper of the class") if student.is_delegate else "",
        *(shown(seen.text) for seen in sorted((*student.observations, *student.notes))),
    ]
    symbol = "?" if student.is_doubtful else lesson_state_symbol(student.state, ascii_only)
    return f"{symbol} {where} · {' · '.join(filter(None, said))}"
