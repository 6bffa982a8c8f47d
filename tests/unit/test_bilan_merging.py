"""Each certification once: what files tell together, and what does not fit, named with its lines."""

from __future__ import annotations

from pixsession.domain.pix.certification import ResultStatus
from pixsession.domain.results.certification import FaultKind, Place
from pixsession.domain.results.merging import gathered
from tests.factories.results import NEWEST, OLDER, class_file, file, line


def test_one_number_in_a_class_and_in_a_session_is_one_certification_that_both_tell() -> None:
    old = file("c.csv", line(levels=(5, 4), division="3eA"), generation=OLDER, day="2026-03-31")
    new = file("s.csv", line(levels=(7, 6), level_label="Expert 1", centre="Collège"), generation=NEWEST)
    found = gathered([old, new])
    (one,) = found.certifications
    assert (one.division, one.school, one.label, one.year) == ("3eA", "Collège", "Expert 1", "2025-2026")
    assert one.levels == (7, 6), "the newest form is believed, whole"
    assert not found.faults


def test_two_results_of_one_number_are_left_out_and_named_with_their_lines() -> None:
    for other, values in (
        (line(score=210, at=9), ("200", "210")),
        (line(status=ResultStatus.CANCELLED, score=None, at=9), ("validated", "cancelled")),
        (line(last_name="DURAND", at=9), ("martin", "durand")),
        (line(date="2026-03-20", at=9), ("2026-03-19", "2026-03-20")),
        (line(session="9", at=9), ("4321", "9")),
    ):
        found = gathered([file("a.csv", line(), line("2", at=3)), file("b.csv", other)])
        assert [one.number for one in found.certifications] == ["2"]
        (fault,) = found.faults
        assert fault.kind is FaultKind.CONTRADICTION
        assert fault.places == (Place("a.csv", 2), Place("b.csv", 9))
        assert fault.values == values


def test_levels_may_differ_between_two_forms_and_not_within_one() -> None:
    def told(generation: str) -> int:
        files = [
            file("a.csv", line(levels=(5,))),
            file("b.csv", line(levels=(4,)), generation=generation),
        ]
        return len(gathered(files).certifications)

    assert told(OLDER) == 1
    assert told(NEWEST) == 0


def test_what_one_file_does_not_tell_contradicts_nothing() -> None:
    bare = line(score=None, birth_date=None, session=None)
    found = gathered([file("a.csv", bare), file("b.csv", line())])
    assert [one.score for one in found.certifications] == [200]
    assert not found.faults


def test_lines_without_number_or_day_are_named_and_counted_nowhere() -> None:
    found = gathered([file("a.csv", line("", at=2), line(date=None, at=3), line("7", at=4))])
    assert [one.number for one in found.certifications] == ["7"]
    assert [(fault.kind, fault.places) for fault in found.faults] == [
        (FaultKind.NO_NUMBER, (Place("a.csv", 2),)),
        (FaultKind.NO_DAY, (Place("a.csv", 3),)),
    ]


def test_a_status_never_seen_counts_apart() -> None:
    found = gathered([file("a.csv", line(status=None, at=5))])
    assert [one.status for one in found.certifications] == [None]
    assert [(fault.kind, fault.places) for fault in found.faults] == [
        (FaultKind.UNTOLD_STATUS, (Place("a.csv", 5),))
    ]


def test_a_file_of_another_school_is_left_out() -> None:
    mine = [line(str(number), at=number, centre="Collège A") for number in range(2, 5)]
    theirs = line("90", at=7, centre="Lycée B")
    found = gathered([file("a.csv", *mine), file("b.csv", theirs)])
    assert {one.school for one in found.certifications} == {"Collège A"}
    (fault,) = found.faults
    assert (fault.kind, fault.places, fault.values) == (
        FaultKind.OTHER_SCHOOL,
        (Place("b.csv", 7),),
        ("Lycée B", "Collège A"),
    )


def test_who_sat_in_another_school_and_is_in_a_class_of_ours_stays() -> None:
    mine = [line(str(number), at=number, centre="Collège A") for number in range(2, 5)]
    hosted = file("b.csv", line("90", centre="Lycée B"))
    ours = file("c.csv", line("90", division="3eA"), day="2026-03-31")
    found = gathered([file("a.csv", *mine), hosted, ours])
    assert len(found.certifications) == 4
    assert not found.faults


def test_two_schools_of_as_many_stay_and_that_is_told() -> None:
    found = gathered([file("a.csv", line("1", centre="A")), file("b.csv", line("2", centre="B"))])
    assert len(found.certifications) == 2
    assert [fault.kind for fault in found.faults] == [FaultKind.SEVERAL_SCHOOLS]


def test_a_class_renamed_counts_under_the_name_of_the_newest_download() -> None:
    for order in (1, -1):
        files = [class_file("3eA", "2026-03-31", range(4)), class_file("3e Lune", "2026-06-15", range(4))]
        found = gathered(files[::order])
        assert {one.division for one in found.certifications} == {"3e Lune"}
        (fault,) = found.faults
        assert (fault.kind, fault.values, fault.n) == (FaultKind.CLASS_CHANGED, ("3eA", "3e Lune"), 4)


def test_two_classes_of_one_day_leave_the_class_open() -> None:
    found = gathered([class_file("3eA", "2026-03-31", [1]), class_file("3eB", "2026-03-31", [1])])
    assert [one.division for one in found.certifications] == [None]
    assert [fault.kind for fault in found.faults] == [FaultKind.CLASS_UNSURE]


def test_two_spellings_of_one_class_are_one() -> None:
    found = gathered([class_file("3eA", "2026-03-31", [1]), class_file("3e A", "2026-06-15", [1])])
    assert [one.division for one in found.certifications] == ["3e A"]
    assert not found.faults


def test_two_years_in_one_file_count_each_in_its_own_and_that_is_told() -> None:
    found = gathered([file("a.csv", line("1", date="2025-07-31"), line("2", date="2025-08-01"))])
    assert [one.year for one in found.certifications] == ["2024-2025", "2025-2026"]
    (fault,) = found.faults
    assert (fault.kind, fault.values) == (FaultKind.SEVERAL_YEARS, ("2024-2025", "2025-2026"))
