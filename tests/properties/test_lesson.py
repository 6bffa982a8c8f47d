"""What is true of every lesson and of every objective, whatever the students do."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from pixsession.domain.lesson.objectives import MOST_PER_AREA, Objective, path_to
from pixsession.domain.lesson.view import LessonState, ProgressPoint
from pixsession.domain.pix.competences import AREAS, CODES
from pixsession.domain.pix.eligibility import Profile
from tests.factories.examples import examples
from tests.factories.exports import moment
from tests.factories.lessons import lesson_of, profile, view_of
from tests.factories.reached import reached

OBJECTIVES = st.builds(
    Objective, st.just("x"), st.integers(1, 16), st.integers(1, 3), st.integers(0, MOST_PER_AREA)
)
PIX = st.sampled_from((0, 1, 5, 7, 8, 9, 15, 16, 23, 24, 64))


def is_reached(objective: Objective, stands: set[str]) -> bool:
    """The objective, word for word."""
    areas = [sum(code[0] == area.number for code in stands) for area in AREAS]
    return len(stands) >= objective.min_competences and min(areas) >= objective.min_per_area


def cheapest(objective: Objective, read: Profile) -> int:
    """The fewest pix by trying every choice of competences."""
    wanted = objective.min_level * 8
    costs = {code: max(0, wanted - (pix or 0)) for code, pix in zip(CODES, read.competence_pix, strict=True)}
    there = {code for code, cost in costs.items() if cost == 0}
    short = sorted(costs.keys() - there)
    return min(
        sum(costs[code] for code in chosen)
        for count in range(len(short) + 1)
        for chosen in combinations(short, count)
        if is_reached(objective, there | set(chosen))
    )


@examples(10)
@given(objective=OBJECTIVES, pix=st.lists(PIX, min_size=16, max_size=16))
def test_no_way_is_shorter_than_the_one_given(objective: Objective, pix: list[int]) -> None:
    read = profile(*pix)
    way = path_to(objective, read)
    stands = {
        code for code, level in zip(CODES, read.levels, strict=True) if (level or 0) >= objective.min_level
    }
    reached()
    assert way.reached is is_reached(objective, stands)
    assert is_reached(objective, stands | {step.competence for step in way.steps})
    assert sum(step.pix_missing for step in way.steps) == cheapest(objective, read)
    assert not stands & {step.competence for step in way.steps}


@examples(100)
@given(objective=OBJECTIVES, pix=st.lists(PIX, min_size=16, max_size=16))
def test_the_way_is_in_order_and_an_area_is_named_only_where_it_asks(
    objective: Objective, pix: list[int]
) -> None:
    way = path_to(objective, profile(*pix))
    for_areas = [step for step in way.steps if step.for_area]
    reached()
    assert list(way.steps[: len(for_areas)]) == for_areas
    for part in (for_areas, way.steps[len(for_areas) :]):
        reached()
        assert [step.pix_missing for step in part] == sorted(step.pix_missing for step in part)
    reached(len(for_areas))
    assert all(step.for_area in {None, step.competence[0]} for step in way.steps)
    assert objective.min_per_area or not for_areas


@examples(100)
@given(
    objective=OBJECTIVES,
    pix=st.lists(st.none() | PIX, min_size=16, max_size=16),
    truth=st.lists(PIX, min_size=16, max_size=16),
)
def test_what_is_said_holds_whatever_the_unreadable_levels_are(
    objective: Objective, pix: list[int | None], truth: list[int]
) -> None:
    said = path_to(objective, profile(*pix)).reached
    whole = profile(*(truth[place] if cell is None else cell for place, cell in enumerate(pix)))
    reached()
    assert said in {None, path_to(objective, whole).reached}


# -- lessons ----------------------------------------------------------------------------------


@st.composite
def groups(draw: st.DrawFn) -> dict[int, list[ProgressPoint]]:
    """Students who begin, go on, pause, finish, send, and begin anew, through some exports."""
    begin = moment("14:00")
    gaps = draw(st.lists(st.sampled_from((1, 5, 10, 20)), min_size=1, max_size=8))
    times = [begin + timedelta(minutes=sum(gaps[: place + 1])) for place in range(len(gaps))]
    return {number: draw(_tracks(times)) for number in range(draw(st.integers(1, 8)))}


@st.composite
def _tracks(draw: st.DrawFn, times: list[datetime]) -> list[ProgressPoint]:
    progress, attempt, points = 0.0, 0, []
    for at in times[draw(st.integers(0, len(times))) :]:
        if progress >= 1 and draw(st.booleans()):
            progress, attempt = 0.0, attempt + 1
        progress = min(1.0, progress + draw(st.sampled_from((0, 0, 0.1, 0.25, 1))))
        shared = progress >= 1 and draw(st.booleans())
        started = f"2026-03-12T14:{attempt:02}"
        points.append(ProgressPoint(at, progress, shared, None, None, None, None, 0, started))
    return points


def _moves(track: list[ProgressPoint], since: datetime) -> bool:
    """Whether some progress shows after this moment that did not before."""
    before = [point.progress for point in track if point.at <= since]
    return any(point.progress not in {*before[-1:], 0} for point in track if point.at > since)


@examples(100)
@given(points=groups())
def test_every_state_keeps_its_word(points: dict[int, list[ProgressPoint]]) -> None:
    session = lesson_of(moment("14:00").date())
    view = view_of(points, session=session)
    newest = view.group[-1].at if view.group else None
    for student, lesson in view.students.items():
        last = points[student][-1] if points[student] else None
        reached()
        assert (lesson.state is LessonState.NOT_STARTED) == (last is None)
        assert (lesson.state is LessonState.FINISHED) == (last is not None and last.shared is True)
        if lesson.state is LessonState.NOT_SHARED:
            reached()
            assert lesson.progress == 1
        if lesson.state is LessonState.STUCK:
            reached()
            assert newest is not None
            waited = lesson.idle_minutes or 0
            since = newest - timedelta(minutes=waited)
            assert waited >= session.lesson.stuck_minutes
            assert {point.progress for point in points[student] if point.at >= since} == {lesson.progress}
            others = [track for other, track in points.items() if other != student]
            assert any(track and track[-1].at > since and _moves(track, since) for track in others)
        assert lesson.since_start is None or -1e-9 <= lesson.since_start <= 1
        assert lesson.since_last_export is None or -1e-9 <= lesson.since_last_export <= 1


@examples(100)
@given(points=groups(), data=st.data())
def test_the_order_in_which_students_stand_changes_nothing(
    points: dict[int, list[ProgressPoint]], data: st.DataObject
) -> None:
    order = data.draw(st.permutations(sorted(points)))
    one, other = view_of(points), view_of({student: points[student] for student in order}, expected=order)
    reached()
    assert one.students == other.students
    assert one.group == other.group


@examples(100)
@given(points=groups())
def test_the_totals_hold_together(points: dict[int, list[ProgressPoint]]) -> None:
    for one in view_of(points).group:
        reached()
        assert one.shared <= one.finished <= one.halfway <= one.started <= one.students == len(points)
        assert (one.median is None) == (one.started == 0)
