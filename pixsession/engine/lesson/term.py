"""The lessons of a term, from the dossiers: how far each student came in each of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from pixsession.domain.board.snapshot import BoardRow
from pixsession.domain.certification.day import Who
from pixsession.domain.certification.session import Session
from pixsession.domain.lesson.states import lesson_view
from pixsession.domain.lesson.term import KeptLesson, LessonOutcome
from pixsession.domain.lesson.view import StudentLesson
from pixsession.domain.lesson.window import lesson_exports
from pixsession.domain.people.matches import Decisions
from pixsession.domain.people.resolver import Evaluation, MergedRows, StudentLookup, merge_sources
from pixsession.domain.people.students import name_key
from pixsession.engine.board.taken_back import TakenBack
from pixsession.engine.common.entry_log import EntryLog
from pixsession.engine.lesson.departed import Progress
from pixsession.engine.lesson.engine import on_board
from pixsession.engine.people.decisions import DecisionBook
from pixsession.foundation.clock import Clock, paris_now
from pixsession.foundation.room_time import from_room, room_day
from pixsession.readers import ExportKind
from pixsession.store import Dossier, board_of
from pixsession.store.dossier_reader import DossierContents, DossierReader
from pixsession.store.history import ExportName
from pixsession.store.session_notes import NotedLesson, noted_lessons


def kept_lessons(state_folder: Path, now: Clock = paris_now) -> tuple[KeptLesson, ...]:
    """Every half-group lesson kept in the state folder, oldest first; nothing there is changed."""
    notes = noted_lessons(state_folder)
    if not notes:
        return ()
    lessons: list[KeptLesson] = []
    reader = DossierReader()
    try:
        for folder, noted in groupby(notes, key=lambda note: note.dossier):
            log = EntryLog(folder, now, keeps=False)
            decisions, taken_back = DecisionBook(log).decisions, TakenBack(log).files
            forgotten = frozenset((one.digest, one.exported_at) for one in taken_back)
            question = partial(_lessons_of, list(noted), decisions, forgotten)
            lessons += reader.answer(Dossier(folder), question)
    finally:
        reader.close()
    return tuple(sorted(lessons, key=lambda lesson: (lesson.date, lesson.title, lesson.path)))


def _lessons_of(
    notes: Sequence[NotedLesson],
    decisions: Decisions,
    forgotten: frozenset[ExportName],
    kept: DossierContents,
) -> list[KeptLesson]:
    """The lessons of one dossier: a day without an export of a path is none, only a board looked at."""
    kept.exports.forget(forgotten)
    times = [one.source.exported_at for one in kept.exports.all if one.kind is ExportKind.ASSESSMENT]
    held = [note for note in notes if note.session.date in _days(note.session, times)]
    lessons = []
    for note in held or ([] if times else notes[-1:]):
        exports = lesson_exports(note.session, times)
        session = note.session
        day = room_day(exports[0], session.timezone) if exports else session.date
        students = _outcomes(note, kept, _LessonWindow(exports[0], exports[-1]), decisions) if exports else ()
        path = session.path or Path()
        lessons.append(KeptLesson(session.title, day, path, tuple(sorted(students, key=_by_name))))
    return lessons


def _days(session: Session, times: Iterable[datetime]) -> set[date]:
    """The days of these moments in the room of a session."""
    return {room_day(at, session.timezone) for at in times}


class _LessonWindow(NamedTuple):
    """The window of a lesson: its first and its last export."""

    first: datetime
    last: datetime


def _outcomes(
    note: NotedLesson, kept: DossierContents, hour: _LessonWindow, decisions: Decisions
) -> tuple[LessonOutcome, ...]:
    evaluation = kept.exports.listings(ExportKind.ASSESSMENT, until=hour.last)[:1]
    if not evaluation:
        return ()
    before, after = _profiles(note, kept, hour)
    source, lines = evaluation[0].source, kept.assessments(evaluation[0].content_id)
    everybody = merge_sources(after.values(), [Evaluation(source, lines)], (), (), decisions)
    points = on_board(kept.progress(source.campaign.key), everybody.merged, hour.last)
    campaign = source.campaign
    view = lesson_view(note.session, campaign, (campaign,), points, points, (), everybody.rows, hour.last)
    shown = {student for student, mine in points.items() if mine[-1].at >= hour.first}
    came = {student: lesson for student, lesson in view.students.items() if student in shown}
    return tuple(_outcome(who, row, came, before) for who, row in _students(note, everybody, points))


def _profiles(
    note: NotedLesson, kept: DossierContents, hour: _LessonWindow
) -> tuple[Mapping[int, BoardRow], Mapping[int, BoardRow]]:
    """The students of the profile collections, before the lesson and at the end of its day.

    Where nothing was collected before, the first collection of the day says how it was.
    """
    rule, zone = note.session.rule, note.session.timezone
    evening = from_room(datetime.combine(room_day(hour.last, zone), time.max), zone)
    exports = kept.exports.listings(until=hour.first)
    if not exports:
        times = [
            export.source.exported_at
            for export in kept.exports.all
            if export.kind is ExportKind.PROFILES and export.line_count
        ]
        first = min((at for at in times if at <= evening), default=hour.first)
        exports = kept.exports.listings(until=first)
    before = board_of(kept, exports, rule, evidence=kept.exports.evidence(until=hour.first))
    exports = kept.exports.listings(until=evening)
    after = board_of(kept, exports, rule, before, kept.exports.evidence(until=evening))
    return before.rows, after.rows


def _students(
    note: NotedLesson, everybody: MergedRows, points: Progress
) -> Iterable[tuple[Who | None, BoardRow | None]]:
    """Whom the session called, in the exports or not; where it called nobody, who is in the evaluation."""
    if note.called is None:
        return [(None, row) for row in everybody.rows if row.student_id in points]
    lookup = StudentLookup(everybody.rows)
    rows = {row.student_id: row for row in everybody.rows}
    found = ((who, lookup.student(who)) for who in note.called)
    return [(who, rows[student] if student is not None else None) for who, student in found]


def _outcome(
    who: Who | None,
    row: BoardRow | None,
    came: Mapping[int, StudentLesson],
    before: Mapping[int, BoardRow],
) -> LessonOutcome:
    if row is None:  # called, and in no export
        keys, last_name, first_name, place = who or Who((), "", "", None)
        return LessonOutcome(keys, last_name, first_name, place, *(None,) * 7)
    lesson, then = came.get(row.student_id), before.get(row.student_id)
    return LessonOutcome(
        keys=row.keys,
        last_name=row.last_name,
        first_name=row.first_name,
        place=row.place,
        progress_before=lesson.progress_before if lesson else None,
        progress_after=lesson.progress if lesson else None,
        shared=lesson.points[-1].shared if lesson else None,
        competences_before=then.verdict.eligible_competences if then else None,
        competences_after=row.verdict.eligible_competences,
        pix_before=then.pix if then else None,
        pix_after=row.pix,
        sent_at_before=then.sent_at if then else None,
        sent_at_after=row.sent_at,
    )


def _by_name(student: LessonOutcome) -> tuple[str, str, str]:
    return name_key(student.last_name), name_key(student.first_name), student.place or ""
