"""The lesson of one student, the way to each objective, and the sends as a small chart."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from textual.content import Content

from pixsession.domain.board.snapshot import BoardRow, SentProfile
from pixsession.domain.board.wording import moment_words
from pixsession.domain.lesson.lesson import LessonView, StudentLesson
from pixsession.domain.lesson.objectives import SCHOOL_OBJECTIVES, way_to
from pixsession.domain.lesson.words import (
    lesson_state_symbol,
    lesson_state_word,
    lesson_words,
    objective_name,
    percent_words,
    progress_bar,
    sparkline,
    way_words,
)
from pixsession.domain.pix.competences import CODES, MAX_LEVEL, PIX_PER_LEVEL
from pixsession.domain.pix.eligibility import Rule
from pixsession.foundation.i18n import _, ngettext
from pixsession.foundation.text import shown
from pixsession.ui.common.symbols import Signs
from pixsession.ui.lesson.cells import won_words
from pixsession.ui.lesson.filters import lesson_of
from pixsession.ui.lesson.symbols import LESSON_COLOURS

_BAR, _CHART = 12, 24  # cells
_STEPS = 5  # of a way that are named


def lesson_content(row: BoardRow, lesson: LessonView, now: datetime, signs: Signs) -> Content:
    """Where the student is in the campaign, and what was observed, with its time."""
    student = lesson_of(row, lesson)
    symbol = lesson_state_symbol(student.state, signs.ascii_only)
    head = Content.styled(
        f"{symbol} {lesson_state_word(student.state)}", f"bold {LESSON_COLOURS[student.state]}"
    )
    if words := lesson_words(student):
        head += Content(f"  {words}")
    lines = [head]
    if progress := _progress(student, signs):
        lines.append(progress)
    lines += [
        Content.assemble((f"{moment_words(seen.at, now):>5}  ", "$board-calm"), shown(seen.text, 200))
        for seen in student.observations
    ]
    return Content("\n").join(lines)


def _progress(student: StudentLesson, signs: Signs) -> Content:
    """Bar, what was won, the way export by export, and what the sent results say."""
    if student.progress is None:
        return Content("")
    bar = progress_bar(student.progress, _BAR, signs.ascii_only)
    line = sparkline([point.progress for point in student.points], _CHART, signs.ascii_only)
    parts = [f"{bar} {percent_words(student.progress)}", won_words(student), line]
    last = student.points[-1] if student.points else None
    if last is not None and last.mastery is not None:
        parts.append(_("mastery {percent}").format(percent=percent_words(last.mastery)))
    if last is not None and last.stage is not None:
        parts.append(_("stage {n}/{most}").format(n=last.stage, most=last.stage_max or "?"))
    if last is not None and last.badges is not None and last.badges_max:
        parts.append(_("badges {n}/{most}").format(n=last.badges, most=last.badges_max))
    return Content("  ".join(filter(None, parts)))


def ways_content(row: BoardRow, lesson: LessonView | None, signs: Signs) -> Content:
    """Each objective, of the lesson or of schools: reached, or the shortest way there."""
    objectives = (lesson.session.lesson.objectives if lesson is not None else ()) or SCHOOL_OBJECTIVES
    lines = []
    for objective in objectives:
        way = way_to(objective, row.profile)
        sign = {True: "+" if signs.ascii_only else "✔", False: ">" if signs.ascii_only else "→", None: "?"}
        colour = {True: "$state-eligible", False: "$foreground", None: "$board-calm"}[way.reached]
        lines.append(
            Content.assemble(
                (f"{sign[way.reached]} ", colour),
                (_(objective_name(objective)), "bold"),
                f" {signs.point} ",
                (way_words(way, _STEPS), colour),
            )
        )
    return Content("\n").join([Content.styled(_("Objectives"), "bold $primary"), *lines])


def chart_content(profiles: Sequence[SentProfile], rule: Rule, signs: Signs) -> Content:
    """Pix and competences of the sends, oldest on the left; nothing for a single one.

    `profiles` are newest first, as the history gives them.
    """
    if len(profiles) < 2:
        return Content("")
    oldest_first = list(reversed(profiles))
    pix = [None if sent.pix is None else float(sent.pix) for sent in oldest_first]
    counts = [float(sent.count_at(rule.min_level)) for sent in oldest_first]
    known = [value for value in pix if value is not None]
    most = min(max(known, default=1.0), float(len(CODES) * MAX_LEVEL * PIX_PER_LEVEL)) or 1.0
    first, last = oldest_first[0], oldest_first[-1]
    competences = ngettext("{n} competence", "{n} competences", last.count_at(rule.min_level))
    to = ">" if signs.ascii_only else "→"
    return Content.assemble(
        (f"{sparkline(pix, _CHART, signs.ascii_only, highest=most)}  ", "$primary"),
        f"{'?' if first.pix is None else first.pix} {to} {'?' if last.pix is None else last.pix} pix\n",
        (f"{sparkline(counts, _CHART, signs.ascii_only, highest=float(len(CODES)))}  ", "$state-eligible"),
        f"{first.count_at(rule.min_level)} {to} {competences.format(n=last.count_at(rule.min_level))}\n",
    )
