"""What each student of a lesson needs now, and in which order; what the group does, export by export."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from statistics import median, quantiles
from typing import NamedTuple

from pixsession.domain.board.snapshot import BoardRow, Campaign
from pixsession.domain.certification.actions import effective_actions, undone_actions
from pixsession.domain.certification.day import Action
from pixsession.domain.certification.session import LessonRules, Session
from pixsession.domain.lesson.noted import noted_in
from pixsession.domain.lesson.view import (
    GroupPoint,
    LessonState,
    LessonView,
    ProgressPoint,
    StudentLesson,
)
from pixsession.domain.lesson.window import day_start, lesson_exports, planned_begin
from pixsession.domain.people.students import name_key
from pixsession.foundation.room_time import room_day

_SMALLEST_GROUP = 5  # with fewer, a median says nothing
_ROUNDING = 1e-9  # rounding error of a difference
_NEED = {state: rank for rank, state in enumerate(LessonState)}


def lesson_view(  # noqa: PLR0913, PLR0917 - each is one of the facts that a lesson is made of
    session: Session,
    campaign: Campaign | None,
    campaigns: Iterable[Campaign],
    points: Mapping[int, Sequence[ProgressPoint]],
    expected: Iterable[int],
    actions: Iterable[Action],
    rows: Sequence[BoardRow],
    now: datetime,
) -> LessonView:
    """The lesson of the students `expected`, by id, in one campaign.

    `points`: of each student whom an export shows, oldest first, by the newest participation in it; who is
    not expected is no part of the group. What was observed after `now` has not been yet, and what was before
    the day of the lesson belongs to the one before.
    """
    times = sorted({point.at for track in points.values() for point in track})
    hour = _hour(session, times)
    begun = _begun(campaign, rows)
    tracks = {student: _Track(tuple(points.get(student, ())), student in begun, hour) for student in expected}
    middle = _middle(tracks.values(), hour)
    moved = max(filter(None, (track.moved_at for track in tracks.values())), default=None)
    morning = day_start(session, hour.exports)
    known = tuple(actions)
    standing = tuple(action for action in effective_actions(known) if action.at <= now)
    done = tuple(action for action in standing if action.at >= morning)
    noted = noted_in(done, standing, rows, session.lesson.delegates)
    students = {
        student: StudentLesson(
            _state(track, moved, middle, session.lesson, is_absent=student in noted.absent),
            track.points,
            track.progress,
            track.since_last_export,
            track.since_start,
            track.idle_minutes,
            *noted.of(student),
            was_opened=track.was_opened,
        )
        for student, track in tracks.items()
    }
    there = tuple(track for student, track in tracks.items() if not students[student].is_absent)
    group = tuple(_group(hour.exports, there))
    undone = tuple(one for one in undone_actions(known) if morning <= one.action.at <= now)
    return LessonView(session, campaign, tuple(campaigns), students, group, done, undone=undone)


def need_of_lesson(row: BoardRow, lesson: StudentLesson) -> tuple[int, str, str, str]:
    """Sort key "who needs somebody first": state, then name; nobody is ranked by progress."""
    return _NEED[lesson.state], name_key(row.last_name), name_key(row.first_name), row.place or ""


class _LessonWindow(NamedTuple):
    """The window of a lesson: its start, its exports, and all exports of the campaign, oldest first."""

    begin: datetime | None
    exports: tuple[datetime, ...]
    all_exports: tuple[datetime, ...]


def _hour(session: Session, times: Sequence[datetime]) -> _LessonWindow:
    exports = lesson_exports(session, times)
    begin = planned_begin(session)
    if exports and (
        begin is None or begin > exports[0] or session.date != room_day(exports[0], session.timezone)
    ):
        begin = exports[0]
    return _LessonWindow(begin, exports, tuple(times))


def _begun(campaign: Campaign | None, rows: Iterable[BoardRow]) -> frozenset[int]:
    """The students who have opened the campaign by the newest export, with or without progress."""
    key = campaign.key if campaign else None
    return frozenset(
        row.student_id
        for row in rows
        if any(one.campaign.key == key and one.started_at for one in row.participations)
    )


class _Track:
    """One student through the exports: the newest participation is what counts.

    Who shared a first participation before the lesson and began a second one is at work on the second. Who
    has shared and begun nothing else is finished: the results are there, and most campaigns take one only.
    """

    def __init__(self, points: tuple[ProgressPoint, ...], was_opened: bool, hour: _LessonWindow) -> None:
        self.points = points
        self.was_opened, self._hour = was_opened, hour
        self._times = [point.at for point in points]
        self._mine = _newest_participation(points)

    def through(self, exports: Sequence[datetime]) -> list[ProgressPoint | None]:
        """The point at each of these exports; where one lacks the student, the point before it."""
        shown = {point.at: point for point in self.points}
        known = self._up_to(exports[0], self.points) if exports else ()
        point = known[-1] if known else None
        found = []
        for at in exports:
            point = shown.get(at, point)
            found.append(point)
        return found

    def _up_to(self, moment: datetime, points: tuple[ProgressPoint, ...]) -> tuple[ProgressPoint, ...]:
        """Of `points`, the last ones of all, those up to a moment."""
        later = len(self.points) - bisect_right(self._times, moment)
        return points[: max(0, len(points) - later)]

    def has_started(self, point: ProgressPoint) -> bool:
        """Whether the student has begun; where the date of start cannot be read, progress tells."""
        return self.was_opened or _shows_work(point)

    @property
    def last(self) -> ProgressPoint | None:
        return self.points[-1] if self.points else None

    @property
    def progress(self) -> float | None:
        return self.last.progress if self.last else None

    @property
    def since_last_export(self) -> float | None:
        """The gain from the export before to the newest one."""
        exports = self._hour.all_exports
        if self.progress is None or len(exports) < 2:
            return None
        before = self._up_to(exports[-2], self._mine)
        return self.progress - ((before[-1].progress or 0.0) if before else 0.0)

    @property
    def since_start(self) -> float | None:
        """The gain in the lesson; work before it, for example at home, does not count."""
        begin = self._hour.begin
        if self.progress is None or begin is None:
            return None
        before = self._up_to(begin, self._mine)
        if before:
            return self.progress - (before[-1].progress or 0.0)
        first = self._mine[0]
        started = _moment(first.started_at)
        seen_without = any(begin <= at < first.at for at in self._hour.exports)
        began_here = started >= begin if started else seen_without
        return self.progress if began_here else self.progress - (first.progress or 0.0)

    @property
    def still_since(self) -> datetime | None:
        """The export of the lesson since which the progress has not changed."""
        return _still_since(self._mine, self._hour)

    @property
    def moved_at(self) -> datetime | None:
        """The last export of the lesson that showed progress; None: none did."""
        exports = self._hour.exports
        during = self._up_to(exports[-1], self._mine) if exports else ()
        since = _still_since(during, self._hour)
        return since if since is not None and during[-1].progress else None

    @property
    def idle_minutes(self) -> int | None:
        """Whole minutes without progress, within the lesson; None where there is nothing to wait for."""
        since = self.still_since
        if since is None or self.last is None or self.last.shared:
            return None
        return max(0, int((self._hour.exports[-1] - since).total_seconds() // 60))

    def is_quiet(self, rules: LessonRules) -> bool:
        """No progress over so many exports and so many minutes."""
        since, idle = self.still_since, self.idle_minutes
        if since is None or idle is None:
            return False
        fruitless = len(self._hour.exports) - bisect_right(self._hour.exports, since)
        return fruitless >= rules.stuck_exports and idle >= rules.stuck_minutes


def _newest_participation(points: tuple[ProgressPoint, ...]) -> tuple[ProgressPoint, ...]:
    """The points of the newest participation only."""
    begin = len(points) - 1
    while begin > 0 and not _begins_anew(points[begin - 1], points[begin]):
        begin -= 1
    return points[max(0, begin) :]


def _begins_anew(before: ProgressPoint, after: ProgressPoint) -> bool:
    if before.started_at and after.started_at:
        return before.started_at != after.started_at
    if before.shared and after.shared is False:
        return True
    return before.progress is not None and after.progress is not None and after.progress < before.progress


def _still_since(points: Sequence[ProgressPoint], hour: _LessonWindow) -> datetime | None:
    """The earliest export, not before the lesson, since which the progress has not changed."""
    if not points or points[-1].progress is None or not hour.exports:
        return None
    begin = len(points) - 1
    while begin and points[begin - 1].progress == points[-1].progress:
        begin -= 1
    return max(points[begin].at, hour.exports[0])


def _moment(started_at: str | None) -> datetime | None:
    """The start; None where the file has no more than the day."""
    if started_at is None or len(started_at) <= len("2026-03-12"):
        return None
    try:
        return datetime.fromisoformat(started_at)
    except ValueError:
        return None


def _middle(tracks: Iterable[_Track], hour: _LessonWindow) -> float | None:
    """The median of those who have started; None before the second export, and for a group too small.

    One export tells when somebody came in, not how somebody works.
    """
    shown = [(track, last) for track in tracks if (last := track.last)]
    known = [last.progress for track, last in shown if last.progress is not None and track.has_started(last)]
    return median(known) if len(known) >= _SMALLEST_GROUP and len(hour.exports) > 1 else None


def _state(
    track: _Track, moved: datetime | None, middle: float | None, rules: LessonRules, *, is_absent: bool
) -> LessonState:
    """What one student needs; `moved`: when anybody of the group last did, `middle`: the median."""
    last, progress = track.last, track.progress
    if last is None or not track.has_started(last):
        return LessonState.ABSENT if is_absent else LessonState.NOT_STARTED
    if last.shared:
        return LessonState.FINISHED
    if progress is None:  # an exam says only who has begun and who has sent
        return LessonState.WORKING
    if progress >= 1:
        return LessonState.NOT_SHARED
    # A class that listens to the teacher, or has a break, is not stuck: somebody has to have moved meanwhile.
    since = track.still_since
    if track.is_quiet(rules) and moved is not None and since is not None and moved > since:
        return LessonState.STUCK
    if middle is None:
        return LessonState.WORKING
    points = (progress - middle) * 100
    if points <= -rules.far_points + _ROUNDING:
        return LessonState.BEHIND
    return LessonState.AHEAD if points >= rules.far_points - _ROUNDING else LessonState.WORKING


def _group(exports: Sequence[datetime], tracks: Sequence[_Track]) -> Iterator[GroupPoint]:
    """The group at each of these exports."""
    through = [track.through(exports) for track in tracks]
    for place, at in enumerate(exports):
        shown = ((track, points[place]) for track, points in zip(tracks, through, strict=True))
        yield _group_at(
            at, [point for track, point in shown if point and track.has_started(point)], len(tracks)
        )


def narrowed_group(
    view: LessonView, group: Sequence[GroupPoint], students: Iterable[int]
) -> tuple[GroupPoint, ...]:
    """The group of these students alone, at the exports of `group`, which is that of `view` or of a part."""
    known = [one for student in students if (one := view.students.get(student)) and not one.is_absent]
    return tuple(
        _group_at(
            whole.at,
            [
                point
                for one in known
                if (point := _last_until(one.points, whole.at)) and (one.was_opened or _shows_work(point))
            ],
            len(known),
        )
        for whole in group
    )


def _last_until(points: Sequence[ProgressPoint], at: datetime) -> ProgressPoint | None:
    return next((point for point in reversed(points) if point.at <= at), None)


def _shows_work(point: ProgressPoint) -> bool:
    """Whether an export says that the student has begun; an exam has no progress, and its line says so."""
    return point.progress is None or bool(point.progress or point.shared or point.started_at)


def _group_at(at: datetime, started: Sequence[ProgressPoint], students: int) -> GroupPoint:
    known = [point.progress for point in started if point.progress is not None]
    finished = [point for point in started if point.shared or (point.progress or 0) >= 1]
    return GroupPoint(
        at=at,
        median=median(known) if known else None,
        started=len(started),
        halfway=sum(bool(point.shared) or (point.progress or 0) >= 0.5 for point in started),
        finished=len(finished),
        shared=sum(point.shared is True for point in started),
        students=students,
        quartiles=_quartiles(known),
    )


def _quartiles(known: Sequence[float]) -> tuple[float, float] | None:
    if len(known) < _SMALLEST_GROUP:
        return None
    first, _median, third = quantiles(known, method="inclusive")
    return first, third
