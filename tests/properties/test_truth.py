"""Whatever the school, the year, the language and the columns: the board says what the generator knows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from pixsession.domain.board.snapshot import BoardRow, FileStatus, Snapshot
from pixsession.domain.people.students import name_key
from pixsession.domain.pix.eligibility import Eligibility
from tests.factories.examples import examples
from tests.factories.exports import CAMPAIGN, OTHER_CAMPAIGN
from tests.factories.reached import reached
from tests.factories.samples import ExportFile, Generation, Layout, Student, profiles_export
from tests.factories.samples.generations import sent_at
from tests.factories.samples.writer import StudentTruth
from tests.properties.drawn import board_from, generations, layouts, meant, schools

_Place = tuple[str, str, str | None, str | None]


def exported(students: Iterable[Student], generation: Generation, layout: Layout) -> ExportFile:
    return profiles_export(tuple(students), generation, layout, generation.sample_moment, CAMPAIGN)


def place_of(found: StudentTruth | BoardRow) -> _Place:
    return found.last_name, found.first_name, found.division, found.group


def look_of(truth: StudentTruth) -> tuple[str, ...]:
    """All that an export shows of a student, as the reader compares it."""
    number = name_key(truth.student_number or truth.external_id or "")
    return truth.last_name, truth.first_name, truth.division or "", truth.group or "", number


def half_numbered(truths: list[StudentTruth]) -> set[tuple[str, ...]]:
    """The looks of those whom a number alone tells from somebody without one, perhaps one student."""
    numbered: dict[tuple[str, ...], set[str]] = {}
    for truth in truths:
        *who, number = look_of(truth)
        numbered.setdefault(tuple(name_key(text).replace(" ", "") for text in who), set()).add(number)
    return {
        look_of(truth)
        for truth in truths
        if len(found := numbered[tuple(name_key(t).replace(" ", "") for t in look_of(truth)[:-1])]) > 1
        and "" in found
    }


def expected(student: Student, truth: StudentTruth, generation: Generation) -> Eligibility:
    """The state of a student whom nobody is like: the truth, unless two profiles are of one moment."""
    moment, form = generation.sample_moment, generation.send_form
    lines = [line for line in student.participations if line.is_there(moment)]
    if not generation.has(Generation.EVERY_PARTICIPATION):
        lines = lines[-1:]
    sends = [send for line in lines if (send := line.send_seen(moment)) is not None]
    last = [send for send in sends if sent_at(send.at, form) == truth.sent_at]
    said = {(send.competence_pix, send.count_cell, send.certifiable_cell) for send in last}
    return Eligibility.TO_CHECK if len(said) > 1 else truth.eligibility


def assert_agrees(
    snapshot: Snapshot, file: ExportFile, students: Iterable[Student], generation: Generation
) -> None:
    """Row by row where students can be told apart; elsewhere nobody is called eligible without a reason."""
    pairs = list(zip(students, file.truth, strict=True))
    looks = Counter(look_of(truth) for _, truth in pairs)
    halves = half_numbered([truth for _, truth in pairs])
    at_place: dict[_Place, list[tuple[Student, StudentTruth]]] = {}
    for student, truth in pairs:
        at_place.setdefault(place_of(truth), []).append((student, truth))
    rows: dict[_Place, list[BoardRow]] = {}
    for row in snapshot.rows:
        rows.setdefault(place_of(row), []).append(row)
    assert rows.keys() <= at_place.keys()
    for place, here in at_place.items():
        found = rows.get(place, [])
        calm = [row for row in found if row.eligibility is Eligibility.ELIGIBLE and not row.verdict.reasons]
        by_look: dict[tuple[str, ...], set[Eligibility]] = {}
        for _, truth in here:
            by_look.setdefault(look_of(truth), set()).add(truth.eligibility)
        if all(looks[look_of(truth)] == 1 for _, truth in here):
            wanted = sorted(
                (
                    Eligibility.TO_CHECK
                    if look_of(truth) in halves
                    else expected(student, truth, generation),
                    truth.sends,
                    str(truth.sent_at),
                )
                for student, truth in here
            )
            assert sorted((row.eligibility, row.submissions, str(row.sent_at)) for row in found) == wanted
        elif len(by_look) == 1 and not generation.has(Generation.EVERY_PARTICIPATION):
            assert [row.eligibility for row in found] == [Eligibility.TO_CHECK]
        else:
            assert len(calm) <= sum(states == {Eligibility.ELIGIBLE} for states in by_look.values())


@examples(30)
@given(st.data(), generations, layouts)
def test_the_board_of_one_export(data: st.DataObject, generation: Generation, layout: Layout) -> None:
    students = data.draw(schools(generation.sample_moment))
    file = exported(students, generation, meant(layout, generation))
    with board_from((file.name, file.content, file.exported_at)) as snapshot:
        (entry,) = snapshot.files
        reached()
        assert entry.status is FileStatus.READ, entry.message
        assert entry.rows == file.rows
        assert_agrees(snapshot, file, students, generation)


@examples(15)
@given(st.data(), layouts)
def test_the_newest_of_several_exports_is_the_list_of_students(data: st.DataObject, layout: Layout) -> None:
    generation = Generation.PARIS_MINUTES
    now, shape = generation.sample_moment, meant(layout, generation)
    students = data.draw(schools(now, most=6))
    earlier = data.draw(st.lists(st.integers(1, 60 * 24 * 4), max_size=3, unique=True))
    files = [
        profiles_export(students, generation, shape, now - timedelta(minutes=minutes), CAMPAIGN)
        for minutes in (*sorted(earlier, reverse=True), 0)
    ]
    read = data.draw(st.permutations(files))
    with board_from(*((file.name, file.content, file.exported_at) for file in read)) as snapshot:
        assert_agrees(snapshot, files[-1], students, generation)
    reached()


def latest(student: Student) -> tuple[datetime, Eligibility] | None:
    sends = [line.send for line in student.participations if line.send is not None]
    if not sends:
        return None
    last = max(sends, key=lambda send: send.at)
    if last.is_doubtful:
        return last.at, Eligibility.TO_CHECK
    return last.at, Eligibility.ELIGIBLE if last.count >= 5 else Eligibility.NOT_ELIGIBLE


@examples(15)
@given(st.data())
def test_two_campaigns_are_one_board_and_the_latest_send_counts(data: st.DataObject) -> None:
    generation, layout = Generation.PARIS_MINUTES, Layout(division=True)
    now = generation.sample_moment
    files: list[ExportFile] = []
    lives: dict[tuple[str, str], list[tuple[datetime, Eligibility] | None]] = {}
    for campaign in (CAMPAIGN, OTHER_CAMPAIGN):
        drawn = data.draw(schools(now, most=4))
        alone = {(student.last_name, student.first_name): student for student in drawn}
        school = tuple(replace(student, division="301") for student in alone.values())
        files.append(profiles_export(school, generation, layout, now, campaign))
        for student in school:
            lives.setdefault((student.last_name, student.first_name), []).append(latest(student))
    with board_from(*((file.name, file.content, file.exported_at) for file in files)) as snapshot:
        for row in snapshot.rows:
            known = [last for last in lives[row.last_name, row.first_name] if last]
            states = {state for at, state in known if at == max(at for at, _ in known)}
            if len(states) == 1 and len({at for at, _ in known}) == len(known):
                ties = Eligibility.TO_CHECK
                reached()
                assert row.eligibility in {*states, ties}
                assert row.eligibility in states or "sends_tie" in {r.code.value for r in row.verdict.reasons}
