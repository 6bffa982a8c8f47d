"""The edges of a lesson: its first and last moment, second participations, exports that lack somebody."""

from __future__ import annotations

from datetime import date, time

import pytest

from pixsession.domain.board.snapshot import CampaignProgress
from pixsession.domain.certification.day import ActionKind
from pixsession.domain.lesson.states import need_of_lesson
from pixsession.domain.lesson.view import LessonState, ProgressPoint, StudentLesson
from pixsession.domain.pix.campaign import Campaign
from tests.factories.days import act, row_for, undo
from tests.factories.exports import moment
from tests.factories.lessons import FOLLOWED, lesson_of, letters, point, track, view_of
from tests.factories.snapshots import row

DAY = date(2026, 3, 12)
THREE = ("14:05", "14:15", "14:25")


def test_what_was_done_from_midnight_to_now_is_of_the_lesson() -> None:
    lou = row_for(1, name="MARTIN Lou")
    times = ("2026-03-11T23:59", "2026-03-12T00:00", "2026-03-12T15:00", "2026-03-12T15:01")
    seen = [act(ActionKind.OBSERVE, "14:00", lou, number=at) for at in range(4)]
    seen = [
        one._replace(at=moment(when), order=when, text=when) for one, when in zip(seen, times, strict=True)
    ]
    view = view_of({}, expected=[1], actions=seen, rows=[lou], now="15:00")
    assert [one.text for one in view.students[1].observations] == [*times[1:3]]
    assert view.actions == (seen[1], seen[2])
    taken_back = [*seen, *(undo(one, "15:30", number) for number, one in enumerate(seen))]
    late = view_of({}, expected=[1], actions=taken_back, rows=[lou], now="15:00")
    assert [one.action for one in late.undone] == [seen[1], seen[2]]


def test_who_has_no_class_stands_before_namesakes_who_have_one() -> None:
    nowhere, somewhere = row(1, place=None), row(2, place="3eA")
    lesson = StudentLesson(LessonState.WORKING, (), None, None, None, None)
    assert need_of_lesson(nowhere, lesson) < need_of_lesson(somewhere, lesson)
    assert need_of_lesson(nowhere, lesson)[1:] == ("martin", "lucas", "")


@pytest.mark.parametrize(
    ("start", "times", "started_at", "won"),
    [
        # On another day than the session file says, or with its start after all exports: from the first one.
        (time(14), ("2026-03-13T14:05", "2026-03-13T14:15"), "2026-03-12T18:00", 0.25),
        (time(14), ("2026-03-10T14:05", "2026-03-10T14:15"), "2026-03-10T14:01", 0.25),
        (time(16), ("14:05", "14:15"), "2026-03-12T14:01", 0.25),
        (time(14), ("14:05", "14:15"), "2026-03-12T14:01", 0.5),
        (time(14, 5), ("14:05", "14:15"), "2026-03-12T14:01", 0.25),
    ],
)
def test_the_lesson_begins_when_planned_or_with_its_first_export(
    start: time, times: tuple[str, ...], started_at: str, won: float
) -> None:
    points = {1: track(times, 0.25, 0.5, started_at=started_at)}
    assert view_of(points, session=lesson_of(DAY, start)).students[1].since_start == won


def test_one_export_after_the_planned_start_is_enough() -> None:
    lesson = view_of({1: track(("14:05",), 0.25)}, session=lesson_of(DAY, time(14))).students[1]
    assert (lesson.since_start, lesson.since_last_export, lesson.idle_minutes) == (0.25, None, 0)


@pytest.mark.parametrize(
    ("campaign", "started_at", "state"),
    [
        (FOLLOWED, "2026-03-12T14:01", LessonState.WORKING),
        (FOLLOWED, None, LessonState.NOT_STARTED),
        (Campaign("OTHERS123", "OTHERS123", "Autre"), "2026-03-12T14:01", LessonState.NOT_STARTED),
    ],
)
def test_only_a_start_of_this_very_campaign_has_begun_it(
    campaign: Campaign, started_at: str | None, state: LessonState
) -> None:
    opened = CampaignProgress(campaign, "assessment", "assessment:1", False, None, started_at, 0.0)
    rows = [row(1)._replace(participations=(opened,))]
    lesson = view_of({1: [point("14:05", 0.0, started_at=None)]}, rows=rows).students[1]
    assert (lesson.state, lesson.was_opened) == (state, state is LessonState.WORKING)


def test_what_was_before_the_lesson_counts_for_the_group_where_a_line_is_gone() -> None:
    monday = point("2026-03-09T14:05", 0.4, started_at="2026-03-09T14:00")
    later = point("2026-03-13T14:05", 0.9)
    group = view_of({1: [monday, later], 2: track(THREE, 0.1, 0.2, 0.3), 3: [later]}).group
    assert [one.started for one in group] == [2, 2, 2]
    assert [one.median for one in group] == pytest.approx([0.25, 0.3, 0.35])


def test_of_what_was_done_before_the_lesson_the_last_export_before_it_tells() -> None:
    times = ("13:40", "13:50", "14:05")
    points = {1: track(times, 0.25, 0.5, 0.75, started_at="2026-03-09T18:00")}
    assert view_of(points, session=lesson_of(DAY, time(14))).students[1].since_start == 0.25
    at_the_start = {1: track(("14:00", "14:05"), 0.5, 0.75, started_at="2026-03-12T14:00")}
    assert view_of(at_the_start, session=lesson_of(DAY, time(14))).students[1].since_start == 0.25


@pytest.mark.parametrize(
    ("shown", "since_start", "since_last"),
    [
        ((None, 0.25, 0.5), 0.5, 0.25),  # the first export lacks the student: all of it was won since
        ((None, None, 0.5), 0.5, 0.5),
        ((0.25, None, 0.5), 0.25, 0.25),
    ],
)
def test_an_export_without_the_student_tells_that_nothing_was_begun(
    shown: tuple[float | None, ...], since_start: float, since_last: float
) -> None:
    lesson = view_of({1: track(THREE, *shown, started_at=None), 2: track(THREE, 0, 0, 0)}).students[1]
    assert (lesson.since_start, lesson.since_last_export) == (since_start, since_last)


def test_progress_that_an_export_does_not_tell_is_none_won_before() -> None:
    points = [point("14:05", None), point("14:15", 0.5)]
    lesson = view_of({1: points}).students[1]
    assert (lesson.since_start, lesson.since_last_export) == (0.5, 0.5)
    begun_at_home = [point("14:05", None, started_at="2026-03-09"), point("14:15", 0.5)]
    assert view_of({1: begun_at_home}, session=lesson_of(DAY, time(14))).students[1].since_start == 0.5


A, B = "2026-03-09T14:00", "2026-03-12T14:20"


@pytest.mark.parametrize(
    ("before", "after", "anew"),
    [
        # progress, shared, start of the last export but one, and of the last
        ((0.5, False, A), (0.75, False, B), True),  # another start
        ((0.5, False, A), (0.75, False, A), False),
        ((1.0, True, A), (0.5, False, A), False),  # of one start is one participation, whatever else
        ((1.0, True, None), (1.0, False, B), True),
        ((1.0, True, None), (1.0, None, B), False),
        ((1.0, False, None), (1.0, False, B), False),
        ((1.0, None, None), (1.0, False, B), False),
        ((0.5, True, A), (0.75, False, None), True),  # was sent, and is no more
        ((0.5, False, None), (0.25, False, None), True),  # nobody loses progress
        ((0.5, False, None), (0.5, False, None), False),
    ],
)
def test_what_was_won_is_won_in_the_newest_participation(
    before: tuple[float, bool | None, str | None], after: tuple[float, bool | None, str | None], anew: bool
) -> None:
    points = [
        point(at, progress, shared=shared, started_at=start)
        for at, (progress, shared, start) in zip(THREE, (before, before, after), strict=True)
    ]
    lesson = view_of({1: points}).students[1]
    assert lesson.since_last_export == (after[0] if anew else after[0] - before[0])
    assert lesson.progress == after[0]
    if not after[1]:
        still = 20 if not anew and after[0] == before[0] else 0
        assert lesson.idle_minutes == still


def test_of_three_participations_the_newest_alone_counts() -> None:
    starts = ("2026-03-09T14:00", "2026-03-10T14:00", "2026-03-12T14:10")
    points = [point(at, 0.5, started_at=start) for at, start in zip(THREE, starts, strict=True)]
    lesson = view_of({1: [*points, point("14:35", 0.75, started_at=starts[2])]}).students[1]
    assert (lesson.since_start, lesson.since_last_export, len(lesson.points)) == (0.75, 0.25, 4)


@pytest.mark.parametrize(
    ("started_at", "won"),
    [
        ("2026-03-12T14:30", 0.5),
        ("2026-03-12T1", 0.25),  # no moment
        ("2026-03-12 no time at all", 0.25),
    ],
)
def test_a_start_that_cannot_be_read_says_nothing(started_at: str, won: float) -> None:
    points = {1: track(("14:05", "14:15"), 0.25, 0.5, started_at=started_at)}
    assert view_of(points, session=lesson_of(DAY, time(14))).students[1].since_start == won


# -- who moved --------------------------------------------------------------------------------


def quiet(*others: list[ProgressPoint]) -> str:
    """The state of who has not moved since 14:15, beside these others."""
    still = track(("14:05", *EVERY), 0.2, 0.3, 0.3, 0.3)
    return letters({1: still, **dict(enumerate(others, 2))}, lesson_of(DAY, time(14)))[0]


EVERY = ("14:15", "14:25", "14:35")


def test_who_moves_after_the_lesson_or_at_the_same_export_makes_nobody_stuck() -> None:
    assert quiet(track(("14:05", "14:15", "14:25", "14:35"), 0.1, 0.2, 0.2, 0.3)) == "S"
    assert quiet(track(("14:05", "14:15"), 0.1, 0.2)) == "W"
    assert quiet(track(("14:05", "14:15", "20:00"), 0.1, 0.2, 0.9)) == "W"
    assert quiet() == "W"


def test_the_exports_after_the_lesson_do_not_count_as_fruitless() -> None:
    points = {1: track(("14:05", "14:15", "20:00"), 0.2, 0.2, 0.2), 2: track(THREE, 0.2, 0.3, 0.4)}
    lesson = view_of(points, session=lesson_of(DAY, time(14))).students[1]
    assert (lesson.state, lesson.idle_minutes) == (LessonState.STUCK, 20)
    shown_after = {1: [point("20:00", 0.2)], 2: track(THREE, 0.2, 0.3, 0.4)}
    assert view_of(shown_after, session=lesson_of(DAY, time(14))).students[1].idle_minutes == 0


def test_minutes_are_whole() -> None:
    times = ("2026-03-12T14:05:30", "2026-03-12T14:10:29", "2026-03-12T14:10:30")
    found = [
        view_of({1: track((times[0], at), 0.2, 0.2)}).students[1].idle_minutes for at in (times[1], times[2])
    ]
    assert found == [4, 5]


# -- counts of the group ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("progress", "shared", "counts"),
    [
        (0.49, False, (0, 0, 0)),
        (0.5, False, (1, 0, 0)),
        (0.99, None, (1, 0, 0)),
        (1.0, None, (1, 1, 0)),
        (0.2, True, (1, 1, 1)),
        (None, None, (0, 0, 0)),
        (None, True, (1, 1, 1)),
    ],
)
def test_who_has_sent_is_through_and_halfway_too(
    progress: float | None, shared: bool | None, counts: tuple[int, int, int]
) -> None:
    (group,) = view_of({1: [point("14:05", progress, shared=shared)]}).group
    assert (group.halfway, group.finished, group.shared) == counts
    assert (group.started, group.students, group.median) == (1, 1, progress)
