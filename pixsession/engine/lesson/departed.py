"""Who was at work in a lesson and is in the newest export no more: off the board, not out of the report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from pixsession.domain.board.snapshot import BoardRow
from pixsession.domain.certification.day import Who
from pixsession.domain.certification.session import Session
from pixsession.domain.lesson.view import GoneStudent, ProgressPoint
from pixsession.domain.lesson.window import lesson_exports
from pixsession.domain.people.identities import asked_keys, place_keys
from pixsession.domain.people.resolver import StudentLookup
from pixsession.domain.people.students import name_key
from pixsession.store.store import Store

Progress = Mapping[int, Sequence[ProgressPoint]]  # the points of each student, oldest first


def split(points: Progress) -> tuple[Progress, Progress]:
    """The students of the newest of these exports, and those of earlier ones alone."""
    newest = max((mine[-1].at for mine in points.values()), default=None)
    gone = {student: mine for student, mine in points.items() if mine[-1].at != newest}
    if not gone:
        return points, gone
    return {student: mine for student, mine in points.items() if student not in gone}, gone


def gone_students(
    gone: Progress, there: Progress, session: Session, rows: Iterable[BoardRow], store: Store, campaign: str
) -> tuple[GoneStudent, ...]:
    """Of `gone`, those seen in this lesson whom it calls, by name; `rows`: the students of the lesson."""
    if not gone:
        return ()
    times = {point.at for points in (gone, there) for mine in points.values() for point in mine}
    hour = set(lesson_exports(session, times))
    seen = {student: mine[-1] for student, mine in gone.items() if mine[-1].at in hour}
    known = (one for one in _named(seen, store, campaign) if _is_called(one, session, StudentLookup(rows)))
    return tuple(sorted(known, key=lambda one: (name_key(one.last_name), name_key(one.first_name))))


def _named(seen: Mapping[int, ProgressPoint], store: Store, campaign: str) -> Iterator[GoneStudent]:
    """These students with the names of the last export that shows them."""
    left = dict(seen)
    for export in reversed(store.exports.counted):
        if export.source.campaign.key != campaign or not left:
            continue
        for student, line in store.assessments(export.content_id):
            point = left.get(student)
            if point is not None and point.at == export.source.exported_at:
                del left[student]
                yield GoneStudent(line.last_name, line.first_name, line.division or line.group, point)


def _is_called(one: GoneStudent, session: Session, students: StudentLookup) -> bool:
    """Whoever is in the export, a class that the session names, or somebody of its lists."""
    expected = [room.expected for room in session.rooms]
    if all(source.is_open for source in expected):
        return True
    named = asked_keys(name for source in expected for name in (*source.classes, *source.groups))
    if one.place and named & place_keys(one.place, ""):
        return True
    return students.student(Who((), one.last_name, one.first_name, one.place)) is not None
