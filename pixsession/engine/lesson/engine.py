"""The recorder of a lesson: which evaluation is shown, how far everybody came, what a teacher notes down."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from pixsession.domain.board.snapshot import BoardRow, Campaign
from pixsession.domain.certification.action_kinds import PRESENCES
from pixsession.domain.certification.actions import ActionRequest, effective_actions, facts_of
from pixsession.domain.certification.day import Action, ActionKind
from pixsession.domain.certification.refusals import refusal
from pixsession.domain.certification.session import Session
from pixsession.domain.certification.supervision import days_of
from pixsession.domain.lesson.several import Followed, lesson_of_campaigns
from pixsession.domain.lesson.states import need_of_lesson
from pixsession.domain.lesson.view import GoneStudent, LessonState, LessonView, ProgressPoint
from pixsession.domain.lesson.window import lesson_exports
from pixsession.engine.board.looking_back import Moment
from pixsession.engine.certification.supervision import actions_in, undo_last, who_of
from pixsession.engine.common.aging import Aging
from pixsession.engine.common.entry_log import EntryLog
from pixsession.engine.lesson.departed import Progress, gone_students, split
from pixsession.foundation.clock import Clock
from pixsession.foundation.errors import PixSessionError
from pixsession.foundation.i18n import _
from pixsession.foundation.text import shown
from pixsession.readers import ExportKind
from pixsession.store.rows import StoredExport
from pixsession.store.store import Store

_DELEGATES = frozenset({ActionKind.DELEGATE, ActionKind.UNDELEGATE})
_FOR_STUDENTS = PRESENCES | _DELEGATES | {ActionKind.OBSERVE}
_TICKS = frozenset({ActionKind.TICK, ActionKind.UNTICK})


class Shown(NamedTuple):
    """What a lesson is made of: students, the campaigns followed, the shown one first, and all campaigns."""

    rows: tuple[BoardRow, ...]
    followed: tuple[Followed, ...]
    campaigns: tuple[Campaign, ...]
    gone: tuple[GoneStudent, ...] = ()


class Lesson:
    """One lesson. Acting is for any thread."""

    def __init__(self, session: Session, log: EntryLog, now: Clock) -> None:
        self.session = session
        self._log = log
        self._now = now
        self._shown = Shown((), (), ())
        self._rows: Mapping[int, BoardRow] = {}
        # Of each campaign, after how many exports, counted, it was asked for, and what was answered.
        self._progress: dict[str, tuple[tuple[int, int], Progress]] = {}
        self._aging = Aging(now, lambda: _states(self._view()))

    def seen(
        self,
        rows: tuple[BoardRow, ...],
        merged: Mapping[int, int],
        moment: Moment,
        store: Store,
        campaigns: Collection[str],
    ) -> tuple[tuple[BoardRow, ...], LessonView]:
        """The students in the order of need, and the lesson, at a moment.

        `rows` are those whom the session calls: where it names nobody, the export does. `merged`: see
        `MergedRows`. `campaigns`: the evaluation to show, by code or key.
        """
        asked = _not_collected(campaigns, moment)
        followed, lost = self._followed(merged, moment, store, asked)
        there = frozenset[int]().union(*(one.points for one in followed))
        if (followed or asked) and all(room.expected.is_open for room in self.session.rooms):
            rows = tuple(row for row in rows if row.student_id in there)
        gone = tuple(
            student
            for one, left in zip(followed, lost, strict=True)
            for student in gone_students(
                {who: points for who, points in left.items() if who not in there},
                one.points, self.session, rows, store, one.campaign.key,
            )
        )  # fmt: skip
        every = tuple(export.source.campaign for export in moment.evaluations)
        view = self.see(Shown(rows, followed, every, gone), moment.at)
        rows = tuple(sorted(rows, key=lambda row: need_of_lesson(row, view.students[row.student_id])))
        return rows, view

    def _followed(
        self, merged: Mapping[int, int], moment: Moment, store: Store, asked: Collection[str]
    ) -> tuple[tuple[Followed, ...], tuple[Progress, ...]]:
        """The campaigns of the lesson with who is in the newest export of each, and with who is no more."""
        chosen = followed_evaluations(self.session, moment, store.exports.counted, asked)
        campaigns = [export.source.campaign for export in chosen]
        found = [split(on_board(self._progress_in(one.key, store), merged, moment.at)) for one in campaigns]
        followed = (Followed(one, points) for one, (points, _lost) in zip(campaigns, found, strict=True))
        return tuple(followed), tuple(lost for _points, lost in found)

    def _progress_in(self, campaign: str, store: Store) -> Progress:
        """How far each student came by the exports of a campaign; asked for anew after each export."""
        asked = len(store.exports.all), len(store.exports.counted)
        known = self._progress.get(campaign)
        if known is None or known[0] != asked:
            known = self._progress[campaign] = asked, store.progress(campaign)
        return known[1]

    def see(self, lesson: Shown, at: datetime | None = None) -> LessonView:
        """The lesson of these students as it stands now, or as it stood at a time, for the screen."""
        if at is not None:
            self._aging.shown()
            done = [action for action in actions_in(self._log) if action.at <= at]
            return _viewed(self.session, lesson, done, at)
        self._shown = lesson
        self._rows = {row.student_id: row for row in lesson.rows}
        view = self._view()
        self._aging.shown(_states(view))
        return view

    def _view(self) -> LessonView:
        now, actions = self._now(), actions_in(self._log)
        # Clocks of two computers differ a little: an action in the log counts even if dated after now.
        latest = max((action.at for action in actions), default=now)
        return _viewed(self.session, self._shown, actions, max(latest, now))

    def has_aged(self) -> bool:
        """Whether time alone has changed what somebody needs since the last snapshot."""
        return self._aging.has_aged()

    def act(self, request: ActionRequest) -> None:
        """Write an action down for those for whom it makes sense now; as `Supervision.act`.

        Raises PixSessionError with every refusal in words, and when it cannot be written.
        """
        request = request._replace(text=request.text.strip())
        if why := _refusal(request, self.session):
            raise PixSessionError(why)
        action = request.at(self._now())
        if not request.students or action.kind in _TICKS:
            self._log.append(*facts_of(action))
            return
        rows = [self._rows[student] for student in request.students if student in self._rows]
        refused = self._refused(action, rows) if action.kind in PRESENCES else {}
        allowed = tuple(who_of(row) for row in rows if row.student_id not in refused)
        if allowed:
            self._log.append(*facts_of(action._replace(who=allowed)))
        if refused or not rows:
            raise PixSessionError(
                "\n".join(refused.values()) or _("This student is not on the board any more.")
            )

    def _refused(self, action: Action, rows: Sequence[BoardRow]) -> dict[int, str]:
        """The students whose presence cannot change now, each with the reason."""
        days = days_of(effective_actions(actions_in(self._log)), tuple(self._rows.values()), {}, {})
        words = _("{name}: {cause}")
        found = {}
        for row in rows:
            why = refusal(action.kind, row, days[row.student_id], self.session, action.at)
            if why is not None:
                found[row.student_id] = words.format(name=row.shown_name, cause=why)
        return found

    def undo(self) -> str:
        """Take back the newest action of this program, else of all; as `Supervision.undo`."""
        return undo_last(self._log, self._now())


def _viewed(session: Session, lesson: Shown, actions: Iterable[Action], now: datetime) -> LessonView:
    ids = [row.student_id for row in lesson.rows]
    view = lesson_of_campaigns(
        session, lesson.followed, lesson.campaigns, ids, tuple(actions), lesson.rows, now
    )
    return view._replace(gone=lesson.gone)


def _states(view: LessonView) -> dict[int, LessonState]:
    return {student: lesson.state for student, lesson in view.students.items()}


def _refusal(request: ActionRequest, session: Session) -> str | None:
    """Why a lesson refuses an action, whoever it is about; None: allowed."""
    kind, known = request.kind, session.lesson.observations
    if kind not in _FOR_STUDENTS | _TICKS | {ActionKind.NOTE}:
        return _("This is for a certification: in a lesson there are presence, observations and notes.")
    if kind in _FOR_STUDENTS and not request.students:
        return _("Choose a student first.")
    if kind is ActionKind.OBSERVE and request.text not in known:
        words = _("“{text}” is no observation of this session: {observations}.")
        return words.format(text=shown(request.text, 40), observations=", ".join(map(shown, known)) or "—")
    if kind not in PRESENCES | _DELEGATES and not request.text:
        return _("There is nothing to write down.")
    return None


def _not_collected(campaigns: Collection[str], moment: Moment) -> frozenset[str]:
    """The codes and keys of no profile collection: they must mean an evaluation."""
    collections = (export.source.campaign for export in moment.board.exports)
    return frozenset(campaigns).difference(
        name for campaign in collections for name in (campaign.key, campaign.code)
    )


def followed_evaluations(
    session: Session, moment: Moment, exports: Iterable[StoredExport], asked: Collection[str]
) -> tuple[StoredExport, ...]:
    """The evaluation that is asked for by code or key, else those of the lesson, the last exported first.

    None where it has not been exported yet: another group's progress is nobody's of this lesson. A folder
    goes on after a lesson, and what lands there later must not take its place when it is looked at again.
    `exports`: all of the folders, of any kind and time.
    """
    if asked:
        campaigns = ((export, export.source.campaign) for export in moment.evaluations)
        return tuple(export for export, one in campaigns if one.key in asked or one.code in asked)[:1]
    known = {export.source.campaign.key for export in moment.evaluations}
    times = {
        (export.source.exported_at, export.source.campaign.key)
        for export in exports
        if export.kind is ExportKind.ASSESSMENT
        and export.source.campaign.key in known
        and (moment.at is None or export.source.exported_at <= moment.at)
    }
    hour = frozenset(lesson_exports(session, [at for at, _key in times]))
    held = dict(sorted((key, at) for at, key in times if at in hour))  # the last of each
    there = [export for export in moment.evaluations if export.source.campaign.key in held]
    there.sort(key=lambda export: held[export.source.campaign.key], reverse=True)
    # Nobody is named and no hour: what else was exported that day may be of another group.
    is_alone = session.start is None and all(room.expected.is_open for room in session.rooms)
    return tuple(there[:1] if is_alone else there)


def on_board(progress: Progress, merged: Mapping[int, int], until: datetime | None = None) -> Progress:
    """The points up to a time by the students of the board: `merged` says who of an evaluation is whom."""
    found: dict[int, Sequence[ProgressPoint]] = {}
    for student, points in progress.items():
        known = points if until is None else points[: bisect_right(points, until, key=_at)]
        whom = merged.get(student, student)
        if whom in found:
            by_time = {point.at: point for point in (*known, *found[whom])}
            known = tuple(by_time[at] for at in sorted(by_time))
        if known:
            found[whom] = known
    return found


def _at(point: ProgressPoint) -> datetime:
    return point.at
