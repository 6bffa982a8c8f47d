"""Several campaigns in one lesson; the days and evenings of a lesson; what a term takes of them."""

from __future__ import annotations

from datetime import date, time

import pytest

from pixsession.domain.lesson.several import Followed, lesson_of_campaigns, own_campaigns
from pixsession.domain.lesson.spread import spread_of
from pixsession.domain.lesson.term import between, objective_of_class, of_newest_year
from pixsession.domain.lesson.view import LessonState, ProgressPoint, StudentLesson
from pixsession.domain.lesson.window import (
    day_start,
    facts_until,
    lesson_evening,
    lesson_exports,
    planned_begin,
)
from pixsession.domain.pix.campaign import Campaign
from tests.factories.exports import moment
from tests.factories.lesson_sheets import kept, outcome
from tests.factories.lessons import LESSON, lesson_of, point, track

DAY = date(2026, 3, 12)
ONE, TWO, THREE = (Campaign(code, code, code) for code in ("UNUNUN111", "DEUXDE222", "TROIST333"))


def own(*points: list[ProgressPoint] | None) -> int:
    """The place of the campaign of a student with these points in each."""
    followed = [
        Followed(campaign, {1: mine} if mine is not None else {})
        for campaign, mine in zip((ONE, TWO, THREE), points, strict=False)
    ]
    return own_campaigns(followed, [1])[1]


def test_the_own_campaign_is_the_one_begun_last_then_shown_last_then_the_first() -> None:
    early, late = ([point("14:05", 0.9, started_at=f"2026-03-12T14:0{minute}")] for minute in (1, 2))
    assert (own(early, late), own(late, early), own(early, late, early)) == (1, 0, 1)
    assert (own(early, early, early), own(None, early, early), own(None, [], early)) == (0, 1, 2)
    assert own(None, None) == own([], []) == 0
    at_five, at_fifteen = ([point(at, 0.5, started_at=None)] for at in ("14:05", "14:15"))
    assert (own(at_five, at_fifteen), own(at_fifteen, at_five)) == (1, 0)
    assert own(at_fifteen, early) == 1  # a start that is known comes after one that is not
    again = [early[0], point("14:15", 0.1, started_at="2026-03-12T14:12")]
    assert own(late, again) == 1  # the last point tells


def test_each_is_compared_with_those_of_the_same_campaign_alone() -> None:
    times = ("14:05", "14:15")
    first = {1: track(times, 0.2, 0.4), 2: track(times, 0.1, 0.2), 9: track(times, 0.1, 0.3)}
    second = {2: track(times, 0.5, 1, started_at="2026-03-12T14:04"), 3: track(("14:15",), 0.75)}
    followed = [Followed(ONE, first), Followed(TWO, second)]
    view = lesson_of_campaigns(LESSON, followed, (ONE, TWO), [1, 2, 3, 4], (), (), moment("18:00"))
    assert view.campaign == ONE
    assert view.campaigns == (ONE, TWO)
    assert {student: one.progress for student, one in view.students.items()} == {
        1: 0.4,
        2: 1,
        3: 0.75,
        4: None,
    }
    assert [(part.campaign, set(part.students)) for part in view.parts] == [(ONE, {1, 4}), (TWO, {2, 3})]
    assert [(one.median, one.started, one.students) for one in view.group] == [(0.2, 1, 2), (0.4, 1, 2)]
    assert [(one.median, one.started) for one in view.group_of(3)] == [(0.5, 1), (0.875, 2)]
    assert view.group_of(1) == view.group_of(99) == view.group
    assert [view.own_campaign(student) for student in (1, 2, 99)] == [ONE, TWO, ONE]
    assert view.followed == (ONE, TWO)


def test_where_all_are_in_one_campaign_there_are_no_parts() -> None:
    points = {1: track(("14:05",), 0.4)}
    for followed, shown in (
        ([Followed(ONE, points), Followed(TWO, {})], ONE),
        ([Followed(TWO, {}), Followed(ONE, points)], TWO),
    ):
        view = lesson_of_campaigns(LESSON, followed, (ONE, TWO), [1], (), (), moment("18:00"))
        assert (view.campaign, view.parts, view.followed) == (shown, (), (shown,))
        assert view.students[1].progress == 0.4
    nothing = lesson_of_campaigns(LESSON, [], (ONE,), iter([1, 2]), (), (), moment("18:00"))
    assert (nothing.campaign, nothing.campaigns, nothing.followed) == (None, (ONE,), ())
    assert set(nothing.students) == {1, 2}


# -- when it is ---------------------------------------------------------------------------------


def test_a_lesson_may_run_over_to_twice_its_length() -> None:
    session = lesson_of(DAY, time(14), minutes=30)
    times = [moment(at) for at in ("13:59", "14:00", "15:00", "15:01")]
    assert lesson_exports(session, reversed(times)) == tuple(times[1:3])
    assert lesson_exports(session._replace(start=None), times) == tuple(times)
    other_day = [moment(f"2026-03-13T{at}") for at in ("13:59", "14:00", "15:01")]
    assert lesson_exports(session, other_day) == tuple(other_day)
    assert (planned_begin(session), planned_begin(LESSON)) == (moment("14:00"), None)


def test_its_day_begins_with_the_earlier_of_the_session_and_its_exports() -> None:
    midnight = moment("00:00")
    assert day_start(LESSON, []) == midnight
    assert day_start(LESSON, [moment("14:05"), moment("2026-03-13T10:00")]) == midnight
    assert day_start(LESSON, [moment("2026-03-11T23:59")]) == moment("2026-03-11T00:00")
    assert lesson_evening(LESSON) == moment("23:59:59.999999")


@pytest.mark.parametrize(
    ("start", "evaluations", "until"),
    [
        (None, ("14:05",), None),
        (time(14), (), "15:00"),
        (time(14), ("2026-03-11T14:05", "2026-03-13T14:05"), "15:00"),
        (time(14), ("14:00",), "15:00"),
        (time(14), ("15:00",), "15:00"),
        (time(14), ("08:00", "14:30", "19:00"), "15:00"),
        (time(14), ("13:59",), None),  # of another time than was planned: the whole day
        (time(14), ("15:01", "19:00"), None),
    ],
)
def test_until_when_files_speak_of_the_lesson(
    start: time | None, evaluations: tuple[str, ...], until: str | None
) -> None:
    session = lesson_of(DAY, start, minutes=30)
    found = facts_until(session, [moment(at) for at in evaluations])
    assert found == (moment(until) if until else lesson_evening(session))


# -- over a term ----------------------------------------------------------------------------------


def test_the_lessons_of_a_period_with_its_first_and_last_day() -> None:
    lessons = tuple(kept(day) for day in ("12", "05", "19"))
    days = [date(2026, 3, day) for day in (4, 5, 12, 19)]
    assert between(lessons) == lessons
    assert between(lessons, days[1]) == lessons
    assert between(lessons, date(2026, 3, 6)) == (lessons[0], lessons[2])
    assert between(lessons, until=days[2]) == lessons[:2]
    assert between(lessons, days[1], days[1]) == (lessons[1],)
    assert between(lessons, until=days[0]) == ()


def test_the_newest_school_year_begins_on_the_first_of_august() -> None:
    days = ("2025-07-31", "2026-03-05", "2025-08-01")
    lessons = tuple(kept("05")._replace(date=date.fromisoformat(day)) for day in days)
    assert of_newest_year(lessons) == lessons[1:]
    assert of_newest_year(lessons[:1]) == lessons[:1]
    assert of_newest_year(()) == ()


def test_the_campaigns_of_a_lesson_are_those_of_most_students_first() -> None:
    campaigns = (ONE, TWO, None, TWO, None, None)
    students = [outcome(f"E{at}")._replace(campaign=campaign) for at, campaign in enumerate(campaigns)]
    assert kept("05", *students).campaigns == (TWO, ONE)


def test_the_profiles_of_a_lesson_are_known_by_their_time_and_pix() -> None:
    sent = outcome("ROUX")._replace(
        sent_at_before="2026-03-05", pix_before=0, sent_at_after="2026-03-12", pix_after=9
    )
    assert sent.submissions == {("2026-03-05", 0), ("2026-03-12", 9)}
    assert sent._replace(pix_before=None).submissions == {("2026-03-12", 9)}
    assert sent._replace(sent_at_after=None).submissions == {("2026-03-05", 0)}


@pytest.mark.parametrize(
    ("place", "goal"), [("6eB", (3, 1, 0)), ("5eA", (5, 1, 1)), ("3eC", (16, 1, 0)), ("Salle", (5, 1, 0))]
)
def test_the_objective_of_a_class(place: str, goal: tuple[int, int, int]) -> None:
    assert objective_of_class(place)[1:] == goal


# -- how far ----------------------------------------------------------------------------------------


def lesson(progress: float | None, since: float | None = None, state: str = "working") -> StudentLesson:
    return StudentLesson(LessonState(state), (), progress, None, since, None)


def test_each_fifth_of_the_way_and_who_is_through() -> None:
    shown = (0, 0.199, 0.2, 0.6, 3 * 0.2, 0.999999999999, 0.8, 1.0, 1.1)
    students = [lesson(one) for one in shown]
    students += [lesson(None), lesson(0.5, state="not_started"), lesson(0.5, state="absent")]
    assert [tuple(band) for band in spread_of(students)] == [
        (0, 20, 2), (20, 40, 1), (40, 60, 0), (60, 80, 2), (80, 100, 2), (100, 100, 2),
    ]  # fmt: skip


def test_where_the_lesson_found_a_student() -> None:
    assert [lesson(*pair).progress_before for pair in ((0.3, 0.1), (0.5, 0.5), (None, 0.1), (0.4, None))] == [
        0.2, 0.0, None, None,
    ]  # fmt: skip
    assert [lesson(0, state=state).has_begun for state in LessonState] == [
        state not in {"not_started", "absent"} for state in LessonState
    ]
    assert [state for state in LessonState if lesson(0, state=state).is_absent] == [LessonState.ABSENT]
