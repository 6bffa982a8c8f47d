"""What each student of a lesson needs, when somebody is stuck, and what the group does."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import date, datetime, time

import pytest

from pixsession.domain.board.snapshot import CampaignProgress
from pixsession.domain.certification.day import ActionKind
from pixsession.domain.certification.session import LessonRules
from pixsession.domain.lesson.doubts import with_doubts
from pixsession.domain.lesson.group import helpers_for, weakest_competences
from pixsession.domain.lesson.noted import helpers_named
from pixsession.domain.lesson.states import lesson_view, narrowed_group, need_of_lesson
from pixsession.domain.lesson.view import LessonState, ProgressPoint, StudentLesson
from pixsession.domain.lesson.window import lesson_exports
from pixsession.domain.people.matches import OpenDoubt, PersonLabel, Suggestion
from tests.factories.days import act, row_for, undo
from tests.factories.exports import moment
from tests.factories.lessons import (
    FOLLOWED,
    LESSON,
    lesson_of,
    letters,
    point,
    profile,
    track,
    view_of,
)
from tests.factories.snapshots import row

EVERY_TEN = ("14:05", "14:15", "14:25", "14:35")
DAY = date(2026, 3, 12)


# -- states -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("progress", "shared", "started_at", "letter"),
    [
        (0.0, False, None, "N"),
        (0.0, None, None, "N"),
        (0.0, False, "2026-03-12T14:01", "W"),  # has opened the campaign a moment ago
        (0.0, False, "2026-03-12", "W"),
        (0.4, False, None, "W"),
        (0.999, False, None, "W"),
        (1.0, False, None, "U"),
        (1.0, None, None, "U"),  # the cell says neither yes nor no: nothing calm is said
        (1.0, True, None, "F"),
        (0.0, True, None, "F"),
        (None, True, None, "F"),
        (None, False, "2026-03-12T14:01", "W"),  # an exam has no progress
        (None, False, None, "W"),
    ],
)
def test_one_student_alone(
    progress: float | None, shared: bool | None, started_at: str | None, letter: str
) -> None:
    assert letters({1: [point("14:05", progress, shared=shared, started_at=started_at)]}) == letter


def test_who_is_in_no_export_has_not_started() -> None:
    view = view_of({}, expected=[7])
    assert view.students[7].state is LessonState.NOT_STARTED
    assert view.students[7] == StudentLesson(LessonState.NOT_STARTED, (), None, None, None, None)
    assert view.group == ()


def test_the_board_knows_that_the_campaign_was_opened_where_the_point_does_not() -> None:
    opened = CampaignProgress(FOLLOWED, "assessment", "assessment:1", False, None, "2026-03-12T14:01", 0.0)
    rows = [row(1, "A")._replace(participations=(opened,)), row(2, "B")]
    shown = point("14:05", 0.0, started_at=None)
    view = view_of({1: [shown], 2: [shown]}, rows=rows)
    assert [lesson.state for lesson in view.students.values()] == ["working", "not_started"]


def test_the_order_is_that_of_need_then_of_names() -> None:
    words = [LessonState(state) for state in LessonState]
    assert words == ["not_started", "stuck", "not_shared", "behind", "working", "ahead", "finished", "absent"]
    rows = [row(1, "Zoé"), row(2, "Éloi"), row(3, "abel")]
    stuck, working = (
        StudentLesson(state, (), None, None, None, None) for state in (LessonState.STUCK, LessonState.WORKING)
    )
    needs = [need_of_lesson(rows[0], stuck)]
    needs += [need_of_lesson(one, working) for one in (rows[2], rows[1], rows[0])]
    needs.append(need_of_lesson(rows[2], stuck._replace(state=LessonState.ABSENT)))
    assert needs == sorted(needs)
    in_a, in_b = (rows[0]._replace(division=place) for place in ("3eA", "3eB"))
    assert need_of_lesson(in_a, stuck) < need_of_lesson(in_b, stuck)  # two of one name keep their order


def test_equal_progress_without_a_start_is_the_same_participation() -> None:
    """Three exports without a date of start: who stands still since the first has waited all the time."""
    still = track(EVERY_TEN, 0.4, 0.4, 0.4, 0.4, started_at=None)
    moving = track(EVERY_TEN, 0.1, 0.2, 0.3, 0.4, started_at=None)
    anew = track(EVERY_TEN, 0.4, 0.4, 0.3, 0.3, started_at=None)
    view = view_of({1: still, 2: moving, 3: anew})
    assert [lesson.idle_minutes for lesson in view.students.values()] == [30, 0, 10]
    assert view.students[1].state is LessonState.STUCK


def test_a_start_that_one_export_alone_can_read_begins_no_second_participation() -> None:
    for starts in ((None, "2026-03-12T14:01"), ("2026-03-12T14:01", None)):
        times = zip(EVERY_TEN, (0.4, 0.5), starts, strict=False)
        points = {1: [point(at, shown, started_at=start) for at, shown, start in times]}
        assert view_of(points).students[1].since_last_export == pytest.approx(0.1)


# -- far from the median ----------------------------------------------------------------------


def twice(shown: Iterable[float]) -> dict[int, list[ProgressPoint]]:
    """Everybody in two exports, so that the way since the first one is known."""
    return {number: track(("14:05", "14:15"), 0.01, progress) for number, progress in enumerate(shown)}


def test_far_is_fifteen_points_from_the_median() -> None:
    assert letters(twice((0.1, 0.35, 0.36, 0.5, 0.5, 0.6, 0.64, 0.65, 0.9))) == "BBWWWWWAA"


def test_the_first_export_tells_nobody_far() -> None:
    points = {number: [point("14:05", progress)] for number, progress in enumerate((0, 0.1, 0.5, 0.6, 0.9))}
    assert letters(points) == "WWWWW"


def test_how_far_is_far_can_be_set() -> None:
    points = twice((0.1, 0.3, 0.5, 0.5, 0.5, 0.8))
    strict = LESSON._replace(lesson=LESSON.lesson._replace(far_points=30))
    assert letters(points) == "BBWWWA"
    assert letters(points, strict) == "BWWWWA"


def test_four_are_no_group_and_who_has_not_started_is_none_of_five() -> None:
    four = twice((0.1, 0.5, 0.6, 0.9))
    assert letters(four) == "WWWW"
    assert letters({**four, 4: [point("14:15", 0.0, started_at=None)]}) == "WWWWN"
    assert letters({**four, 4: track(("14:05", "14:15"), 0.0, 0.05)}) == "BWWAB"


@pytest.mark.parametrize("progress", [0.1, 0.049, 0.7, 1 / 3])
def test_nobody_is_behind_where_all_are_alike(progress: float) -> None:
    assert letters(twice([progress] * 7)) == "W" * 7


def test_those_who_finished_raise_the_group() -> None:
    points = {number: track(("14:05", "14:15"), 0.5, "sent") for number in range(4)}
    assert letters({**points, 4: track(("14:05", "14:15"), 0.5, 0.85)}) == "FFFFB"
    assert letters({**points, 4: track(("14:05", "14:15"), 0.5, 0.86)}) == "FFFFW"


# -- stuck ------------------------------------------------------------------------------------


def test_stuck_is_who_stays_while_another_one_moves() -> None:
    points = {1: track(EVERY_TEN, 0.2, 0.3, 0.3, 0.3), 2: track(EVERY_TEN, 0.2, 0.3, 0.4, 0.5)}
    assert [letters({who: shown[:count] for who, shown in points.items()}) for count in (2, 3, 4)] == [
        "WW", "WW", "SW",
    ]  # fmt: skip
    assert view_of(points).students[1].idle_minutes == 20


def test_a_class_that_pauses_is_not_stuck() -> None:
    points = {1: track(EVERY_TEN, 0.2, 0.3, 0.3, 0.3), 2: track(EVERY_TEN, 0.2, 0.4, 0.4, 0.4)}
    assert letters(points) == "WW"


def test_somebody_who_opens_the_campaign_does_not_make_a_pausing_class_stuck() -> None:
    points = {1: track(EVERY_TEN, 0.2, 0.3, 0.3, 0.3), 2: track(EVERY_TEN, None, None, None, 0)}
    assert letters(points) == "WW"
    points = {1: track(EVERY_TEN, 0.2, 0.3, 0.3, 0.3), 2: track(EVERY_TEN, None, None, None, 0.1)}
    assert letters(points) == "SW"


def test_the_first_step_may_be_the_one_that_is_stuck() -> None:
    points = {1: track(EVERY_TEN, 0, 0, 0, 0), 2: track(EVERY_TEN, 0, 0, 0, "sent")}
    assert letters(points) == "SF"


@pytest.mark.parametrize(
    ("exports", "minutes", "letter"),
    [(1, 1, "S"), (3, 30, "S"), (4, 30, "W"), (3, 31, "W"), (20, 1, "W"), (1, 180, "W")],
)
def test_both_the_exports_and_the_minutes_count(exports: int, minutes: int, letter: str) -> None:
    session = lesson_of(DAY, rules=LessonRules(exports, minutes))
    points = {1: track(EVERY_TEN, 0.3, 0.3, 0.3, 0.3), 2: track(EVERY_TEN, 0.2, 0.3, 0.4, 0.5)}
    assert letters(points, session) == f"{letter}W"


def test_exports_at_short_intervals_make_nobody_stuck() -> None:
    times = ("14:05", "14:06", "14:07", "14:08")
    points = {1: track(times, 0.3, 0.3, 0.3, 0.3), 2: track(times, 0.2, 0.3, 0.4, 0.5)}
    assert letters(points) == "WW"


def test_who_is_finished_is_not_stuck() -> None:
    points = {1: track(EVERY_TEN, 1, 1, 1, 1), 2: track(EVERY_TEN, 0.2, 0.3, 0.4, 0.5)}
    assert letters(points) == "UW"
    points[1] = track(EVERY_TEN, "sent", "sent", "sent", "sent")
    assert letters(points) == "FW"
    assert view_of(points).students[1].idle_minutes is None


def test_progress_stands_still_only_from_the_first_export_of_the_lesson_on() -> None:
    monday = point("2026-03-09T14:05", 0.4, started_at="2026-03-09T14:00")
    begun = track(EVERY_TEN[:2], 0.4, 0.4, started_at="2026-03-09T14:00")
    points = {1: [monday, *begun], 2: track(EVERY_TEN[:2], 0.2, 0.3)}
    view = view_of(points)
    assert view.students[1].idle_minutes == 10
    assert view.students[1].state is LessonState.WORKING


def test_another_class_moves_nobody_of_this_one() -> None:
    points = {1: track(EVERY_TEN, 0.3, 0.3, 0.3, 0.3), 2: track(EVERY_TEN, 0.2, 0.3, 0.4, 0.5)}
    view = view_of(points, expected=[1])
    assert set(view.students) == {1}
    assert view.students[1].state is LessonState.WORKING
    assert [point.students for point in view.group] == [1] * 4


# -- what was won -----------------------------------------------------------------------------


def test_what_was_won_since_the_export_before_and_since_the_first_one() -> None:
    late = track(EVERY_TEN[:3], None, None, 0.5, started_at="2026-03-12T14:16")
    view = view_of({1: track(EVERY_TEN[:3], 0.1, 0.25, 0.375), 2: late})
    assert view.students[1].since_last_export == pytest.approx(0.125)
    assert view.students[1].since_start == pytest.approx(0.275)
    assert (view.students[2].since_last_export, view.students[2].since_start) == (0.5, 0.5)


def test_one_export_says_nothing_of_the_one_before() -> None:
    lesson = view_of({1: track(EVERY_TEN[:1], 0.5)}).students[1]
    assert (lesson.since_last_export, lesson.since_start) == (None, 0.0)


@pytest.mark.parametrize(
    ("started_at", "won"),
    [
        ("2026-03-12T14:02", 0.5),  # in the lesson
        ("2026-03-12T14:00", 0.5),
        ("2026-03-09T18:00", 0.25),  # at home: what is there at the first export was not won here
        ("2026-03-12", 0.25),  # perhaps before, perhaps not: no more than was seen
        (None, 0.25),
    ],
)
def test_what_was_done_at_home_is_not_of_the_lesson(started_at: str | None, won: float) -> None:
    points = {1: track(EVERY_TEN[:2], 0.25, 0.5, started_at=started_at)}
    assert view_of(points, session=lesson_of(DAY, time(14, 0))).students[1].since_start == won


def test_the_export_taken_before_the_lesson_says_where_it_began() -> None:
    points = {1: track(("13:50", "14:05", "14:15"), 0.25, 0.5, 0.75, started_at="2026-03-09T18:00")}
    lesson = view_of(points, session=lesson_of(DAY, time(14, 0))).students[1]
    assert lesson.since_start == 0.5


@pytest.mark.parametrize("known", [True, False])
def test_a_second_participation_begins_at_nothing(known: bool) -> None:
    old, new = ("2026-03-09T14:00", "2026-03-12T14:01") if known else (None, None)
    points = {
        1: [
            point("2026-03-11T18:00", 1.0, shared=True, started_at=old),
            point("14:05", 0.25, started_at=new),
            point("14:15", 0.5, started_at=new),
        ]
    }
    lesson = view_of(points).students[1]
    assert (lesson.state, lesson.progress) == (LessonState.WORKING, 0.5)
    assert (lesson.since_start, lesson.since_last_export) == (0.25, 0.25)
    assert len(lesson.points) == 3


def test_who_shared_last_week_and_began_nothing_new_is_finished() -> None:
    points = {1: track(EVERY_TEN, "sent", "sent", "sent", "sent", started_at="2026-03-05T14:00")}
    lesson = view_of(points).students[1]
    assert (lesson.state, lesson.since_start, lesson.idle_minutes) == (LessonState.FINISHED, 0.0, None)


# -- the exports of the lesson ----------------------------------------------------------------


def test_the_exports_of_the_day_or_of_the_newest_one() -> None:
    monday, tuesday = datetime.fromisoformat("2026-03-09T14:05"), datetime.fromisoformat("2026-03-10T14:05")
    here = [moment("14:15"), moment("14:05")]
    assert lesson_exports(LESSON, [monday, *here]) == (here[1], here[0])
    assert lesson_exports(LESSON, [*here, datetime.fromisoformat("2026-03-13T18:00")]) == (here[1], here[0])
    assert lesson_exports(LESSON, [tuesday, monday]) == (tuesday,)
    assert lesson_exports(LESSON, []) == ()


def test_the_half_group_of_the_morning_and_the_evening_at_home_are_no_part_of_it() -> None:
    session = lesson_of(DAY, time(14, 0))
    times = [moment(at) for at in ("08:35", "14:00", "14:50", "15:40", "20:00")]
    assert lesson_exports(session, times) == tuple(times[1:4])
    assert lesson_exports(session, times[:1]) == tuple(times[:1])  # the start was typed wrongly


def test_an_evening_at_home_makes_nobody_stuck() -> None:
    times = ("14:05", "14:50", "18:00", "20:00")
    points = {1: track(times, 0.2, 0.3, 0.3, 0.3), 2: track(times, 0.2, 0.3, 0.5, 0.9)}
    assert letters(points, lesson_of(DAY, time(14, 0))) == "WW"
    assert letters(points, lesson_of(DAY)) == "SW"


# -- the group --------------------------------------------------------------------------------


def test_the_group_at_each_export() -> None:
    points = {
        1: track(EVERY_TEN, 0.2, 0.5, 1, "sent"),
        2: track(EVERY_TEN, None, 0.3, 0.499, 0.6),
        3: track(EVERY_TEN, None, None, None, None),
    }
    group = view_of(points).group
    assert [point.at for point in group] == [moment(at) for at in EVERY_TEN]
    assert [(one.started, one.halfway, one.finished, one.shared) for one in group] == [
        (1, 0, 0, 0), (2, 1, 0, 0), (2, 1, 1, 0), (2, 2, 1, 1),
    ]  # fmt: skip
    assert [one.median for one in group] == pytest.approx([0.2, 0.4, 0.7495, 0.8])


def test_an_exam_counts_who_has_begun_and_sent_and_has_no_median() -> None:
    points = {1: [point("14:05", None)], 2: [point("14:05", None, shared=True)]}
    group = view_of(points).group[0]
    assert group[1:] == (None, 2, 1, 1, 1, 2, None)


def quartile_by_ranks(values: list[float], quarter: int) -> float:
    """By hand: the value at a quarter of the way between the ranks of the smallest and of the largest."""
    ordered = sorted(values)
    whole, part = divmod((len(ordered) - 1) * quarter, 4)
    after = ordered[min(whole + 1, len(ordered) - 1)]
    return ordered[whole] + (after - ordered[whole]) * part / 4


@pytest.mark.parametrize("count", range(1, 16))
def test_the_middle_half_of_the_group_is_that_of_those_who_have_begun(count: int) -> None:
    dice = random.Random(count)
    values = [dice.randrange(1, 101) / 100 for _ in range(count)]
    points = {student: track(EVERY_TEN, None, None, None, value) for student, value in enumerate(values)}
    found = view_of({**points, 99: track(EVERY_TEN, 0, 0, 0, 0, started_at=None)}).group[-1]
    if count < 5:
        assert found.quartiles is None
        return
    assert found.quartiles == pytest.approx([quartile_by_ranks(values, quarter) for quarter in (1, 3)])


def test_a_line_that_is_gone_from_a_later_export_stays_as_it_was() -> None:
    points = {1: track(EVERY_TEN, 0.2, 0.4, None, None), 2: track(EVERY_TEN, 0.2, 0.4, 0.5, 0.6)}
    view = view_of(points)
    assert view.group[-1].started == 2
    assert (view.students[1].progress, view.students[1].since_last_export) == (0.4, 0.0)


# -- observations -----------------------------------------------------------------------------


def test_observations_are_of_one_student_with_their_time() -> None:
    lou, noa = row_for(1, name="MARTIN Lou"), row_for(2, name="PETIT Noa")
    keyboard = act(ActionKind.OBSERVE, "14:10", lou, text="clavier")
    helped = act(ActionKind.OBSERVE, "14:20", lou, noa, text="aidé")
    wrong = act(ActionKind.OBSERVE, "14:12", noa, text="matériel")
    note = act(ActionKind.NOTE, "14:13", noa, text="clavier")
    actions = [helped, keyboard, wrong, undo(wrong, "14:14"), note]
    view = view_of({}, expected=[1, 2], actions=actions, rows=[lou, noa])
    assert [one.text for one in view.students[1].observations] == ["clavier", "aidé"]
    assert view.students[1].observations[0][:] == (moment("14:10"), "clavier", keyboard.entry_id)
    assert [one.text for one in view.students[2].observations] == ["aidé"]


def test_a_note_an_absence_and_the_helper_of_the_class_are_of_one_student() -> None:
    lou, noa = row_for(1, name="MARTIN Lou"), row_for(2, name="PETIT Noa")
    note = act(ActionKind.NOTE, "14:10", lou, text="casque")
    absent, there = act(ActionKind.ABSENT, "14:11", lou, noa), act(ActionKind.PRESENT, "14:12", noa)
    helper, no_more = act(ActionKind.DELEGATE, "14:13", noa, lou), act(ActionKind.UNDELEGATE, "14:14", lou)
    actions = [note, absent, there, helper, no_more]
    view = view_of({}, expected=[1, 2], actions=actions, rows=[lou, noa])
    first, second = view.students[1], view.students[2]
    assert ([one.text for one in first.notes], first.is_absent, first.is_delegate) == (
        ["casque"],
        True,
        False,
    )
    assert (second.notes, second.is_absent, second.is_delegate) == ((), False, True)


def test_who_is_absent_is_neither_to_start_nor_of_the_group() -> None:
    lou, noa = row_for(1, name="MARTIN Lou"), row_for(2, name="PETIT Noa")
    points = {2: track(("14:05", "14:15"), 0.1, 0.2)}
    for actions, state, students in (
        ([], LessonState.NOT_STARTED, 2),
        ([act(ActionKind.ABSENT, "14:01", lou)], LessonState.ABSENT, 1),
    ):
        view = view_of(points, expected=[1, 2], actions=actions, rows=[lou, noa])
        assert view.students[1].state is state
        assert [one.students for one in view.group] == [students, students]
        assert [one.students for one in narrowed_group(view, view.group, [1, 2])] == [students, students]


def test_who_has_begun_is_not_absent_whatever_was_said() -> None:
    lou = row_for(1, name="MARTIN Lou")
    actions = [act(ActionKind.ABSENT, "14:01", lou)]
    view = view_of({1: track(("14:05", "14:15"), 0.0, 0.2)}, actions=actions, rows=[lou])
    assert not view.students[1].is_absent


def test_what_was_taken_back_is_told_apart_and_helpers_stay_from_lesson_to_lesson() -> None:
    lou = row_for(1, name="MARTIN Lou")
    last_week = moment("2026-03-05T14:00")
    before = act(ActionKind.DELEGATE, "14:00", lou)._replace(at=last_week, order=last_week.isoformat())
    seen = act(ActionKind.OBSERVE, "14:10", lou, text="clavier")
    view = view_of({}, expected=[1], actions=[before, seen, undo(seen, "14:14")], rows=[lou])
    assert view.students[1].is_delegate
    assert view.students[1].observations == ()
    assert [(one.action.entry_id, one.at) for one in view.undone] == [(seen.entry_id, moment("14:14"))]


@pytest.mark.parametrize(
    ("named", "there"),
    [
        ("MARTIN Lou", {1}),
        ("lou martin", {1}),
        ("MARTIN Lou (3eB)", set()),
        ("MARTIN Lou (3eA)", {1}),
        ("ROY Zoé", set()),
    ],
)
def test_the_session_file_names_helpers(named: str, there: set[int]) -> None:
    lou, noa = row_for(1, name="MARTIN Lou"), row_for(2, name="PETIT Noa")
    session = LESSON._replace(lesson=LESSON.lesson._replace(delegates=(named,)))
    view = view_of({}, session=session, expected=[1, 2], rows=[lou, noa])
    assert {student for student, one in view.students.items() if one.is_delegate} == there


def test_helpers_are_written_as_a_session_file_names_them() -> None:
    lou, noa = row_for(1, name="MARTIN Lou"), row_for(2, name="PETIT Noa")
    named = ("martin lou", "ROY Zoé (3eB)")
    for actions, helpers in (
        ([act(ActionKind.DELEGATE, "14:10", noa)], (*named, "PETIT Noa (3eA)")),
        ([act(ActionKind.DELEGATE, "14:10", lou)], ("ROY Zoé (3eB)", "MARTIN Lou (3eA)")),
        ([act(ActionKind.UNDELEGATE, "14:10", lou)], ("ROY Zoé (3eB)",)),
        ([act(ActionKind.ABSENT, "14:10", lou, noa)], named),
    ):
        assert helpers_named(named, actions) == helpers


def test_who_may_be_in_a_line_that_is_in_doubt_is_doubtful_and_nobody_else() -> None:
    rows = [row_for(number, name="MARTIN Lou") for number in (1, 2)] + [row_for(3, name="PETIT Noa")]
    labels = [PersonLabel(row.keys[0], "MARTIN", "Lou", "3eA", None, "Collecte") for row in rows]
    line = PersonLabel("assessment|martin|lou", "MARTIN", "Lou", "3eA", None, "Parcours")
    doubt = OpenDoubt(line, tuple(Suggestion(one, ("same name",), 90) for one in labels[:2]))
    view = view_of({2: track(("14:05", "14:15"), 0.1, 0.2)}, expected=[1, 2, 3], rows=rows)
    found = with_doubts(view, rows, (doubt,)).students
    assert [found[student].is_doubtful for student in (1, 2, 3)] == [True, False, False]
    assert with_doubts(view, rows, ()) is view


def test_looking_back_there_is_no_observation_of_later() -> None:
    lou = row_for(1, name="MARTIN Lou")
    actions = [act(ActionKind.OBSERVE, at, lou, text="aidé") for at in ("14:10", "14:20")]
    found = [
        len(view_of({}, expected=[1], actions=actions, rows=[lou], now=now).students[1].observations)
        for now in ("14:09", "14:10", "14:30")
    ]
    assert found == [0, 1, 2]


def test_no_evaluation_has_been_read_yet() -> None:
    view = lesson_view(LESSON, None, (), {}, [1], (), (row(1, "A"),), moment("14:00"))
    assert (view.campaign, view.campaigns, view.group) == (None, (), ())
    assert view.students[1].state is LessonState.NOT_STARTED


# -- who helps whom, and what is weakest ------------------------------------------------------


def test_who_can_help_stands_in_the_order_of_names() -> None:
    rows = [
        row(1, "ZOLA")._replace(profile=profile(0, 24)),
        row(2, "Éluard")._replace(profile=profile(0, 40)),
        row(3, "BON")._replace(profile=profile(0, 23)),
        row(4, "CAMUS")._replace(profile=profile(0, None)),
        row(5, "DUMAS")._replace(profile=None),
    ]
    assert [one.last_name for one in helpers_for(rows, "1.2")] == ["Éluard", "ZOLA"]
    assert [one.last_name for one in helpers_for(rows, "1.2", 2)] == ["BON", "Éluard", "ZOLA"]
    assert helpers_for(rows, "5.2") == ()
    with pytest.raises(ValueError, match="not in tuple"):
        helpers_for(rows, "6.1")


def test_the_weakest_competence_is_that_of_the_fewest_students() -> None:
    profiles = (
        profile(16, 8, None, *[24] * 13),
        profile(16, 0, 8, *[24] * 13),
        profile(8, 8, 8, *[24] * 12, 0),
    )
    rows = [row(number, f"E{number}")._replace(profile=one) for number, one in enumerate(profiles)]
    weakest = weakest_competences([*rows, row(9, "SANS")._replace(profile=None)])
    assert [one.competence for one in weakest[:4]] == ["1.2", "5.2", "1.3", "1.1"]
    assert weakest[0][1:] == (2, 3, 2 / 3)
    assert weakest[2][1:] == (2, 2, 1.0)
    assert len(weakest) == 16


def test_without_any_profile_no_competence_is_called_weak() -> None:
    assert {one[1:] for one in weakest_competences([row(1, "A")._replace(profile=None)])} == {(0, 0, None)}


def test_a_competence_that_nobody_is_known_for_stands_after_the_strongest() -> None:
    profiles = (profile(None, *[0] * 14, 24), profile(None, *[8] * 15))
    rows = [row(number, f"E{number}")._replace(profile=one) for number, one in enumerate(profiles)]
    weakest = weakest_competences(rows)
    assert weakest[-1] == ("1.1", 0, 0, None)
    assert weakest[-2].competence == "5.2"


def test_the_group_of_some_students_is_counted_as_if_they_were_all() -> None:
    dice = random.Random(7)
    times = ("14:05", "14:15", "14:25", "14:35")
    points = {
        student: track(times, *sorted(dice.choice((0.0, 0.1, 0.4, 0.5, 0.9, 1.0)) for _ in times))
        for student in range(1, 15)
    }
    points[15] = track(times, None, None, 0.3, "sent")
    for student in range(16, 30):  # exams and lines that tell less
        shown = ((dice.choice((None, None, 0.0, 0.6)), dice.choice((None, False, True))) for _ in times)
        points[student] = [
            point(at, progress, shared=shared, started_at=None)
            for at, (progress, shared) in zip(times, shown, strict=True)
        ]
    opened = CampaignProgress(FOLLOWED, "assessment", "assessment:1", False, None, "2026-03-12T14:01", 0.0)
    rows = [row(student, f"E{student}")._replace(participations=(opened,)) for student in (17, 18, 19)]
    whole = view_of(points, rows=rows)
    for some in ({1, 2, 3, 4, 5, 15}, {7}, set(range(16, 30)), set(points)):
        alone = view_of({student: points[student] for student in some}, rows=rows)
        assert narrowed_group(whole, whole.group, some) == alone.group
