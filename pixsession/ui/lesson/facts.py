"""The lesson of one student: where, how far, and what was observed."""

from __future__ import annotations

from datetime import datetime

from textual.content import Content

from pixsession.domain.board.snapshot import BoardRow
from pixsession.domain.board.wording import moment_words
from pixsession.domain.lesson.view import LessonView, StudentLesson
from pixsession.domain.lesson.words import (
    lesson_state_symbol,
    lesson_state_word,
    lesson_words,
    percent_words,
    progress_bar,
    sparkline,
)
from pixsession.foundation.i18n import _
from pixsession.foundation.text import shown
from pixsession.ui.board.filters import campaign_words
from pixsession.ui.common.symbols import Symbols
from pixsession.ui.lesson.cells import won_words
from pixsession.ui.lesson.filters import lesson_of
from pixsession.ui.lesson.symbols import LESSON_COLOURS

_BAR, _CHART = 12, 24  # cells


def lesson_content(row: BoardRow, lesson: LessonView, now: datetime, symbols: Symbols) -> Content:
    """Where the student is in the campaign, and what was observed, with its time."""
    student = lesson_of(row, lesson)
    symbol = lesson_state_symbol(student.state, symbols.ascii_only)
    head = Content.styled(
        f"{symbol} {lesson_state_word(student.state)}", f"bold {LESSON_COLOURS[student.state]}"
    )
    if student.is_doubtful:
        words = _("a line of the export may be of this student or of a namesake (r: decide)")
        head = Content.styled(f"? {_('to check')}", "bold $state-to-check") + Content(f"  {words}")
    elif words := lesson_words(student):
        head += Content(f"  {words}")
    lines = [head]
    if lesson.parts and (campaign := lesson.own_campaign(row.student_id)) is not None:
        lines.append(Content.styled(campaign_words(campaign), "$board-calm"))
    if student.is_delegate:
        star = "+" if symbols.ascii_only else "★"
        lines.append(Content.styled(f"{star} {_('helper of the class')}", "$accent"))
    if progress := _progress(student, symbols):
        lines.append(progress)
    lines += [
        Content.assemble((f"{moment_words(seen.at, now):>5}  ", "$board-calm"), shown(seen.text, 200))
        for seen in sorted((*student.observations, *student.notes))
    ]
    return Content("\n").join(lines)


def _progress(student: StudentLesson, symbols: Symbols) -> Content:
    """Bar, what was won, the way export by export, and what the sent results say."""
    if student.progress is None:
        return Content("")
    bar = progress_bar(student.progress, _BAR, symbols.ascii_only)
    line = sparkline([point.progress for point in student.points], _CHART, symbols.ascii_only)
    parts = [f"{bar} {percent_words(student.progress)}", won_words(student), line]
    last = student.points[-1] if student.points else None
    if last is not None and last.mastery is not None:
        parts.append(_("mastery {percent}").format(percent=percent_words(last.mastery)))
    if last is not None and last.stage is not None:
        parts.append(_("stage {n}/{most}").format(n=last.stage, most=last.stage_max or "?"))
    if last is not None and last.badges is not None and last.badges_max:
        parts.append(_("badges {n}/{most}").format(n=last.badges, most=last.badges_max))
    return Content("  ".join(filter(None, parts)))
