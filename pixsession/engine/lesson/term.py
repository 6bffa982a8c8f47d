"""The lessons of a term, from the dossiers: how far each student came in each of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, time
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from pixsession.domain.board.snapshot import BoardRow
from pixsession.domain.certification.action_kinds import PRESENCES
from pixsession.domain.certification.day import Action, ActionKind, Who
from pixsession.domain.certification.session import Session
from pixsession.domain.lesson.several import Followed, lesson_of_campaigns
from pixsession.domain.lesson.term import KeptLesson, LessonOutcome
from pixsession.domain.lesson.view import StudentLesson
from pixsession.domain.lesson.window import lesson_exports
from pixsession.domain.people.identities import class_key
from pixsession.domain.people.matches import Decisions
from pixsession.domain.people.resolver import (
    BoardSources,
    Evaluation,
    MergedRows,
    StudentLookup,
    merge_sources,
)
from pixsession.domain.people.students import name_key
from pixsession.domain.pix.campaign import Campaign
from pixsession.engine.board.taken_back import TakenBack
from pixsession.engine.certification.supervision import actions_in
from pixsession.engine.common.entry_log import EntryLog
from pixsession.engine.lesson.engine import on_board
from pixsession.engine.people.decisions import DecisionBook
from pixsession.foundation.clock import Clock, paris_now
from pixsession.foundation.room_time import from_room, room_day
from pixsession.readers import ExportKind
from pixsession.store.board import board_of
from pixsession.store.dossier import Dossier
from pixsession.store.dossier_reader import DossierContents, DossierReader
from pixsession.store.history import ExportName
from pixsession.store.rows import StoredExport
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
            question = partial(_lessons_of, list(noted), decisions, forgotten, actions_in(log))
            lessons += reader.answer(Dossier(folder), question)
    finally:
        reader.close()
    return tuple(sorted(lessons, key=lambda lesson: (lesson.date, lesson.title, lesson.path)))


def _lessons_of(
    notes: Sequence[NotedLesson],
    decisions: Decisions,
    forgotten: frozenset[ExportName],
    actions: Sequence[Action],
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
        path = session.path or Path()
        if not exports:
            lessons.append(KeptLesson(session.title, day, path, ()))
            continue
        window = _LessonWindow(exports[0], exports[-1])
        students = _outcomes(note, kept, window, decisions, actions)
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
    note: NotedLesson,
    kept: DossierContents,
    hour: _LessonWindow,
    decisions: Decisions,
    actions: Sequence[Action],
) -> tuple[LessonOutcome, ...]:
    """The students of the lesson, each in the campaign that was the student's own."""
    evaluations = _evaluations(note, kept, hour)
    if not evaluations:
        return ()
    evening = _evening(hour.last, note.session.timezone)
    before, after = _profiles(note, kept, hour, evening)
    read = [Evaluation(one.source, kept.assessments(one.content_id)) for one in evaluations]
    everybody = merge_sources(BoardSources(after, read, decisions=decisions))
    campaigns = [one.source.campaign for one in evaluations]
    followed = [
        Followed(one, on_board(kept.progress(one.key), everybody.merged, hour.last)) for one in campaigns
    ]
    points = frozenset[int]().union(*(one.points for one in followed))
    # What was noted between the last export and the end of the day was seen in this lesson too.
    view = lesson_of_campaigns(note.session, followed, campaigns, points, actions, everybody.rows, evening)
    came = {student: one for student, one in view.students.items() if one.points[-1].at >= hour.first}
    told = _Told(
        came,
        {student: view.own_campaign(student) for student in came},
        before,
        _collected(kept, after.values(), evening),
        view.actions,
        _noted(view.actions, everybody.rows),
    )
    return tuple(_outcome(who, row, told) for who, row in _students(note, everybody, points))


def _evaluations(note: NotedLesson, kept: DossierContents, hour: _LessonWindow) -> tuple[StoredExport, ...]:
    """Those that were exported in the lesson, the last exported first; as `followed_evaluations`.

    A dossier of two lessons keeps those of the other one too.
    """
    exported = [
        one.source
        for one in kept.exports.all
        if one.kind is ExportKind.ASSESSMENT and hour.first <= one.source.exported_at <= hour.last
    ]
    last = dict(sorted((one.campaign.key, one.exported_at) for one in exported))
    listings = kept.exports.listings(ExportKind.ASSESSMENT, until=hour.last)
    there = [one for one in listings if one.source.campaign.key in last]
    there.sort(key=lambda one: last[one.source.campaign.key], reverse=True)
    is_alone = note.session.start is None and note.called is None
    return tuple(there[:1] if is_alone else there)


def _evening(moment: datetime, zone: str | None) -> datetime:
    """The end of the day of a moment, in the room."""
    return from_room(datetime.combine(room_day(moment, zone), time.max), zone)


def _collected(kept: DossierContents, rows: Iterable[BoardRow], evening: datetime) -> Mapping[str, date]:
    """The day of the newest collection, by the key of each class that it names."""
    exports = kept.exports.listings(until=evening)
    if not exports:
        return {}
    days = {export.source.campaign.key: export.source.exported_at.date() for export in exports}
    found: dict[str, date] = {}
    for row in rows:
        for day in (days[key] for key in row.campaigns if key in days):
            place = class_key(row.place or "")
            found[place] = max(day, found.get(place, day))
    return found


def _profiles(
    note: NotedLesson, kept: DossierContents, hour: _LessonWindow, evening: datetime
) -> tuple[Mapping[int, BoardRow], Mapping[int, BoardRow]]:
    """The students of the profile collections, before the lesson and at the end of its day.

    Where nothing was collected before, the first collection of the day says how it was.
    """
    rule = note.session.rule
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
    note: NotedLesson, everybody: MergedRows, points: Collection[int]
) -> Iterable[tuple[Who | None, BoardRow | None]]:
    """Whom the session called, in the exports or not; where it called nobody, who is in the evaluation."""
    if note.called is None:
        return [(None, row) for row in everybody.rows if row.student_id in points]
    lookup = StudentLookup(everybody.rows)
    rows = {row.student_id: row for row in everybody.rows}
    found = ((who, lookup.student(who)) for who in note.called)
    return [(who, rows[student] if student is not None else None) for who, student in found]


class _Told(NamedTuple):
    """What one lesson tells, by student id: who came, in which campaign, what was before, what was noted."""

    came: Mapping[int, StudentLesson]
    campaigns: Mapping[int, Campaign | None]  # of who came
    before: Mapping[int, BoardRow]
    collected: Mapping[str, date]
    actions: Sequence[Action]
    noted: Mapping[int, Sequence[Action]]  # of these, by student id


def _noted(actions: Iterable[Action], rows: Sequence[BoardRow]) -> Mapping[int, Sequence[Action]]:
    """What was noted of each student; of namesakes, who cannot be told apart, nothing."""
    lookup = StudentLookup(rows)
    found: dict[int, list[Action]] = defaultdict(list)
    for action in actions:
        for student in {lookup.student(who) for who in action.who}:
            if student is not None:
                found[student].append(action)
    return found


def _outcome(who: Who | None, row: BoardRow | None, told: _Told) -> LessonOutcome:
    if row is None:  # called, and in no export
        keys, last_name, first_name, place = who or Who((), "", "", None)
        known = LessonOutcome(keys, last_name, first_name, place, *(None,) * 7)
        seen: Sequence[Action] = [action for action in told.actions if _names(action, known)]
    else:
        known, seen = _known(row, told), told.noted.get(row.student_id, ())
    presences = [action.kind for action in seen if action.kind in PRESENCES]
    return known._replace(
        collected_on=told.collected.get(class_key(known.place or "")),
        is_absent=known.progress_after is None and presences[-1:] == [ActionKind.ABSENT],
        observations=tuple(action.text for action in seen if action.kind is ActionKind.OBSERVE),
        notes=tuple(action.text for action in seen if action.kind is ActionKind.NOTE),
    )


def _names(action: Action, student: LessonOutcome) -> bool:
    """Whether an action is about this student, whom no export names: by the very name and class."""
    look = name_key(student.last_name), name_key(student.first_name), class_key(student.place or "")
    return any(
        (name_key(who.last_name), name_key(who.first_name), class_key(who.place or "")) == look
        for who in action.who
    )


def _known(row: BoardRow, told: _Told) -> LessonOutcome:
    lesson, then = told.came.get(row.student_id), told.before.get(row.student_id)
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
        group=row.group,
        profile=row.profile,
        campaign=told.campaigns.get(row.student_id),
    )


def _by_name(student: LessonOutcome) -> tuple[str, str, str]:
    return name_key(student.last_name), name_key(student.first_name), student.place or ""
