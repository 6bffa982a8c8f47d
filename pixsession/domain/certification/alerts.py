"""What must not look calm: alerts beside the state, and the one order of need of a day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from pixsession.domain.board.snapshot import BoardRow, need
from pixsession.domain.certification.day import Alert, DayState, DayView, Incident, StudentDay
from pixsession.domain.certification.incidents import is_live
from pixsession.domain.certification.remediation import in_remediation, is_through
from pixsession.domain.certification.session import Session
from pixsession.domain.pix.eligibility import Eligibility, Gap, Rule

# On top: whose minutes count, then what blocks a test that runs, then what can still be saved.
_ORDER: tuple[DayState | Alert, ...] = (
    DayState.TO_CALL_BACK,
    Alert.INCIDENT,
    DayState.OVERTIME,
    Alert.FALLEN,
    Alert.DOUBT,
    Alert.SEND_AGAIN,
    *(state for state in DayState if state not in {DayState.TO_CALL_BACK, DayState.OVERTIME}),
)
_RANKS = {one: rank for rank, one in enumerate(_ORDER)}
_AT_WORK = frozenset({DayState.RUNNING, DayState.OVERTIME})
# Nobody has to do anything for them: found by name; a test given up needs its reason at the end of the day.
_BY_NAME = frozenset({DayState.RUNNING, DayState.ABSENT, DayState.FINISHED})
_NEVER = 10_000  # pix: of whom nobody knows how many are short
# A day on which one of these is met calls for somebody.
_WORSE: frozenset[DayState | Alert] = frozenset(
    {*Alert, DayState.TO_CALL_BACK, DayState.OVERTIME, DayState.TO_REDIRECT, DayState.TO_CHECK}
)

DayNeed = tuple[int, int, int, int, int, str, str, str]


def alerts_of(row: BoardRow, day: StudentDay, state: DayState, session: Session) -> tuple[Alert, ...]:
    """What is worse than the state alone says, worst first."""
    found = in_remediation(row, session.remediation)
    held = {
        Alert.INCIDENT: bool(open_incidents(day)),
        Alert.FALLEN: state in _AT_WORK and row.eligibility is Eligibility.NOT_ELIGIBLE,
        Alert.DOUBT: state in _AT_WORK and row.eligibility is Eligibility.TO_CHECK,
        Alert.SEND_AGAIN: state is DayState.IN_REMEDIATION and found is not None and is_through(found),
    }
    return tuple(alert for alert in Alert if held[alert])


def open_incidents(day: StudentDay) -> tuple[Incident, ...]:
    """The codes E that nobody has handled; Pix takes the codes C when the session is finalised."""
    return tuple(one for one in day.incidents if is_live(one.code) and one.handled_at is None)


def need_of_day(row: BoardRow, view: DayView) -> DayNeed:
    """Sort key "who needs attention first"; of those to redirect, who is nearest to the rule.

    4 of 5 competences, one pix short, can be saved in ten minutes: 0 of 5 cannot. Who is absent, runs or has
    finished stands by name, those whose test was stopped before the others.
    """
    call = worst_call(row.student_id, view)
    if call in _BY_NAME:
        return _RANKS[call], int(view.days[row.student_id].stopped_at is None), 0, 0, 0, *need(row)[3:]
    short = pix_short(row, view.session.rule) if call is DayState.TO_REDIRECT else 0
    return _RANKS[call], short, *need(row)


def worst_call(student: int, view: DayView) -> DayState | Alert:
    """What the student's line is about: the state, or an alert that is more pressing."""
    state = view.states.get(student, DayState.TO_CHECK)  # whom the day does not know
    calls: tuple[DayState | Alert, ...] = (state, *view.alerts.get(student, ()))
    return min(calls, key=_RANKS.__getitem__)


def missing_gaps(row: BoardRow, rule: Rule) -> tuple[Gap, ...]:
    """The competences that would be enough, those nearest to the level; empty where too few are known."""
    count = row.verdict.eligible_competences
    wanted = rule.min_competences - count if count is not None else 0
    nearest = row.verdict.nearest
    return nearest[:wanted] if 0 < wanted <= len(nearest) else ()


def pix_short(row: BoardRow, rule: Rule) -> int:
    """How many pix are short of the rule, in the competences nearest to it."""
    gaps = missing_gaps(row, rule)
    return sum(gap.pix_missing for gap in gaps) if gaps else _NEVER


class Worsened(NamedTuple):
    """A student who needs more than before, and what for."""

    student_id: int
    why: DayState | Alert


def calls_for_somebody(student: int, view: DayView) -> bool:
    """Whether the line is one of those that must not look calm."""
    return worst_call(student, view) in _WORSE


def worsened(before: DayView, after: DayView) -> tuple[Worsened, ...]:
    """Who needs somebody now and did not, by what they had before; worst first."""
    found = []
    for student, state in after.states.items():
        now: set[DayState | Alert] = {state, *after.alerts.get(student, ())}
        had: set[DayState | Alert | None] = {before.states.get(student), *before.alerts.get(student, ())}
        if student in before.states and (new := now & _WORSE - had):
            found.append(Worsened(student, min(new, key=_RANKS.__getitem__)))
    return tuple(sorted(found, key=lambda one: _RANKS[one.why]))


def reported(before: DayView, after: DayView) -> dict[int, Incident]:
    """By student, what was reported meanwhile by a code C, such as a suspected fraud."""
    found = {}
    for student, day in after.days.items():
        had = before.days[student].incidents if student in before.days else day.incidents
        for one in day.incidents:
            if not is_live(one.code) and one not in had:
                found[student] = one
    return found


def alerts_of_all(
    rows: Mapping[int, BoardRow],
    days: Mapping[int, StudentDay],
    states: Mapping[int, DayState],
    session: Session,
) -> dict[int, tuple[Alert, ...]]:
    """By student, the alerts of those who have any."""
    found = {one: alerts_of(row, days[one], states[one], session) for one, row in rows.items()}
    return {student: alerts for student, alerts in found.items() if alerts}
