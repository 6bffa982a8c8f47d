"""What a student's line says during a lesson: state, bar, what was won, idle minutes, what was sent."""

from __future__ import annotations

from typing import NamedTuple

from rich.cells import cell_len

from pixsession.domain.board.snapshot import BoardRow
from pixsession.domain.lesson.mastery import missing_of
from pixsession.domain.lesson.view import LessonState, LessonView, ProgressPoint, StudentLesson
from pixsession.domain.lesson.words import (
    lesson_state_symbol,
    percent_words,
    progress_bar,
    sparkline,
    way_of,
)
from pixsession.domain.pix.eligibility import Eligibility
from pixsession.foundation.i18n import _, pgettext
from pixsession.ui.board.grid.columns import Column
from pixsession.ui.board.grid.roles import Cell, Role
from pixsession.ui.board.mode import LineFormat
from pixsession.ui.lesson.columns import PERCENT_WIDTH
from pixsession.ui.lesson.filters import lesson_of
from pixsession.ui.lesson.symbols import lesson_word, points_won

_ROLES = {
    LessonState.NOT_STARTED: Role.NOT_ELIGIBLE,
    LessonState.STUCK: Role.NOT_ELIGIBLE,
    LessonState.NOT_SHARED: Role.NOT_SENT,
    LessonState.BEHIND: Role.TO_CHECK,
    LessonState.WORKING: Role.BODY,
    LessonState.AHEAD: Role.ELIGIBLE,
    LessonState.FINISHED: Role.CALM,
    LessonState.ABSENT: Role.CALM,
}
_CODE_WIDTH = len("1.1 ")
_LEAST_WAY, _LEAST_BAR = 4, 5  # cells, side by side
# Whose names have the colour of their state where there is no word for it.
_CALLS = frozenset({LessonState.NOT_STARTED, LessonState.STUCK, LessonState.NOT_SHARED, LessonState.ABSENT})


class LessonCells(NamedTuple):
    """The words of one line; a line is written again only when one of them is another."""

    state: LessonState
    symbol: str
    word: str
    progress: float | None
    way: tuple[float | None, ...]  # at each export of the hour
    todo: str
    percent: str
    won: str
    to_group: str
    idle: str
    shared: str
    mastery: str
    stage: str
    badges: str
    missing: tuple[str, ...] | None  # competences; None: nothing is known of the student
    noted: int  # observations and notes
    is_doubtful: bool
    is_delegate: bool


def lesson_cells(row: BoardRow, lesson: LessonView, *, ascii_only: bool) -> LessonCells:
    """What is said of this student in the campaign shown."""
    student = lesson_of(row, lesson)
    missing = missing_of(row, lesson.own_campaign(row.student_id), lesson.session.rule.min_level)
    last = student.points[-1] if student.points else None
    return LessonCells(
        student.state,
        *_state(student, ascii_only=ascii_only),
        student.progress,
        way_of(student, (point.at for point in lesson.group_of(row.student_id))),
        _todo(student),
        _percent(student.progress),
        won_words(student),
        points_won(to_group(row, lesson)),
        "" if student.idle_minutes is None else _("{n} min").format(n=student.idle_minutes),
        shared_word(last),
        _percent(last.mastery) if last else "",
        _of(last.stage, last.stage_max) if last else "",
        _of(last.badges, last.badges_max) if last and last.badges_max else "",
        None if missing is None else tuple(one.competence for one in missing),
        len(student.observations) + len(student.notes),
        student.is_doubtful,
        student.is_delegate,
    )


def to_group(row: BoardRow, lesson: LessonView) -> float | None:
    """How far over the median of those at work in the same campaign, a fraction; None: it is not known."""
    student, group = lesson_of(row, lesson), lesson.group_of(row.student_id)
    median = group[-1].median if group else None
    if student.progress is None or median is None or not student.has_begun:
        return None
    return student.progress - median


def _state(student: StudentLesson, *, ascii_only: bool) -> tuple[str, str]:
    """Sign and word of what the student needs."""
    if student.is_doubtful:
        return "?", _("to check")
    return lesson_state_symbol(student.state, ascii_only), lesson_word(student.state)


def _role(found: LessonCells) -> Role:
    return Role.TO_CHECK if found.is_doubtful else _ROLES[found.state]


def board_cells(found: LessonCells, writer: LineFormat, row: BoardRow) -> dict[Column, Cell]:
    """What a lesson says otherwise: the need in place of the verdict, and how far the student is."""
    layout, role = writer.layout, _role(found)
    body = Role.CALM if found.state is LessonState.FINISHED else Role.BODY
    name = role if found.state in _CALLS and not layout.words else body
    slot = layout.slot(Column.BAR)
    bar = _way(found, (slot.width if slot else 0) - 1 - PERCENT_WIDTH, writer.ascii_only)
    return {
        Column.STATE: Cell(f"{found.symbol} {found.word}" if layout.words else found.symbol, role),
        Column.NAME: Cell(writer.name(row), Role.MARKED if writer.marks(row) else name),
        Column.BAR: Cell(f"{bar} {found.percent.rjust(PERCENT_WIDTH)}" if found.percent else "", body),
        Column.WON: Cell(writer.plain(found.won), Role.GAIN if found.won.startswith("+") else body),
        Column.TO_GROUP: Cell(writer.plain(found.to_group).rjust(4), body),
        Column.IDLE: Cell(found.idle.rjust(6), role if found.state is LessonState.STUCK else body),
        Column.SHARED: Cell(found.shared, role if found.state is LessonState.NOT_SHARED else body),
        Column.MASTERY: Cell(found.mastery.rjust(PERCENT_WIDTH), body),
        Column.STAGE: Cell(found.stage, body),
        Column.BADGES: Cell(found.badges, body),
        Column.COMPETENCES: Cell(_competences(writer, row), body),
        Column.MISSING: _missing(found.missing, writer, body),
        Column.NOTED: Cell(_noted(found, ascii_only=writer.ascii_only), Role.MARKED),
    }


def _way(found: LessonCells, width: int, ascii_only: bool) -> str:
    """The way of the hour in exactly `width` cells; where there is room, then a bar, or what to do now.

    At the first export there is no way yet, only how far it is.
    """
    if len(found.way) < 2:
        return progress_bar(found.progress, width, ascii_only)
    room = width - _LEAST_WAY - 1
    todo = found.todo if cell_len(found.todo) <= room else ""
    if room < _LEAST_BAR:
        return sparkline(found.way, width, ascii_only).ljust(width)
    line = sparkline(found.way, min(len(found.way), width - 1 - max(_LEAST_BAR, cell_len(todo))), ascii_only)
    rest = width - cell_len(line) - 1
    return f"{line} {todo.ljust(rest) if todo else progress_bar(found.progress, rest, ascii_only)}"


def _todo(student: StudentLesson) -> str:
    """What the bar would not tell: since when nothing moved, or what is to be said to the student."""
    if student.state is LessonState.STUCK and student.idle_minutes is not None:
        return _("still for {n} min").format(n=student.idle_minutes)
    return _("say: Send") if student.state is LessonState.NOT_SHARED else ""


def _missing(missing: tuple[str, ...] | None, writer: LineFormat, body: Role) -> Cell:
    """The competences to work on first; a question mark where nothing was sent, which is not "none"."""
    if missing is None:
        return Cell("?", Role.CALM)
    slot = writer.layout.slot(Column.MISSING)
    room = (slot.width + 1) // _CODE_WIDTH if slot else 0
    return Cell(" ".join(missing[:room]) or writer.plain("—"), body)


def _noted(found: LessonCells, *, ascii_only: bool) -> str:
    """That the student helps the others; that something was noted, and how often."""
    sign, star = ("*", "+") if ascii_only else ("✎", "★")
    noted = f"{sign}{found.noted if found.noted > 1 else ''}" if found.noted else ""
    return f"{star if found.is_delegate else ''}{noted}"


def _competences(writer: LineFormat, row: BoardRow) -> str:
    """How many are eligible; a dash, not a doubt, where no profile was sent."""
    figures = writer.progress(row.verdict.eligible_competences)
    unsent = row.eligibility in {Eligibility.NOT_SENT, Eligibility.NOT_IN_EXPORT}
    return writer.plain("—").rjust(len(figures)) if unsent else figures


def won_words(student: StudentLesson) -> str:
    """Since the last export and since the start of the lesson, in points of a hundred: `+12/+40`.

    At the first export there is one of them only.
    """
    last, start = points_won(student.since_last_export), points_won(student.since_start)
    return f"{last}/{start}" if last and start else start or last


def shared_word(point: ProgressPoint | None) -> str:
    """Whether the results were sent; nothing where the export does not tell."""
    if point is None or point.shared is None:
        return ""
    return pgettext("results", "sent") if point.shared else _("no")


def _percent(fraction: float | None) -> str:
    return "" if fraction is None else percent_words(fraction)


def _of(count: int | None, most: int | None) -> str:
    if count is None:
        return ""
    return f"{count}/{most}" if most else f"{count}"
