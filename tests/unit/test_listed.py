"""How the lines of lists, evaluations and results name a person, and which of them are asked for."""

from __future__ import annotations

import pytest

from pixsession.domain.board.snapshot import BoardRow
from pixsession.domain.people.expected import ExpectedStudent, groups_of
from pixsession.domain.people.identify import (
    identity_of_expected,
    identity_of_line,
    identity_of_result,
    identity_of_row,
)
from pixsession.domain.people.identities import Identity
from pixsession.domain.people.listed import best_first, latest_tests, numbered, on_board, told_apart_by_group
from pixsession.domain.pix.certification import CertificationResult
from tests.factories.snapshots import row
from tests.factories.stored import begun

LEO = ExpectedStudent(
    2, "MARTIN", "Léo", division="3eA", birth_date="2011-01-02", student_number="0123456789A"
)
LINE = begun("MARTIN", 0.5, "08:10")._replace(student_number="0123456789A")
ROW = row(1)._replace(student_number="0123456789A")
NOBODY = CertificationResult(**dict.fromkeys(CertificationResult._fields))  # type: ignore[arg-type]


def result(number: str, day: str | None = "2026-03-19", born: str | None = "2011-01-02",
           external_id: str | None = None, place: str | None = "3eA") -> CertificationResult:  # fmt: skip
    return NOBODY._replace(
        certification_number=number, last_name="MARTIN", first_name="Léo", birth_date=born,
        external_id=external_id, division=place, date=day,
    )  # fmt: skip


def test_an_identity_says_all_that_a_line_tells() -> None:
    known = LEO._replace(used_name="ROUX", other_first_names=("Paul",), group="gr1", external_id="x")
    found = identity_of_expected(known)
    assert found == Identity(
        found.key, "MARTIN", "Léo", division="3eA", group="gr1", birth_date="2011-01-02",
        student_number="0123456789A", external_id="x", used_name="ROUX", other_first_names=("Paul",),
    )  # fmt: skip
    of_result = identity_of_result(result("1", external_id="x"))
    assert of_result == Identity(
        of_result.key, "MARTIN", "Léo", division="3eA", birth_date="2011-01-02", external_id="x"
    )
    assert (identity_of_line(LINE).birth_date, identity_of_line(LINE).division) == (None, "3eA")
    assert identity_of_row(ROW).student_number == "0123456789A"


@pytest.mark.parametrize(
    ("change", "is_same_key"),
    [
        ({"group": "gr1"}, True),  # half-groups change in the year
        ({"division": "3E-A"}, True),
        ({"division": "3eB"}, False),
        ({"division": None}, False),
        ({"student_number": None}, False),
        ({"external_id": "x"}, True),  # the number says more
        ({"student_number": None, "external_id": "0123456789A"}, True),
        ({"last_name": "MARTÏN"}, True),
        ({"first_name": "Léa"}, False),
    ],
)
def test_a_key_is_of_the_name_the_class_and_the_number(
    change: dict[str, str | None], is_same_key: bool
) -> None:
    changed, as_before = _keys(**change), _keys()
    assert [one == other for one, other in zip(changed, as_before, strict=True)] == [is_same_key] * 3


def _keys(**change: str | None) -> tuple[str, str, str]:
    """Of a list, an evaluation and an export that tell the same, but for the change."""
    return (
        identity_of_expected(LEO._replace(**change)).key,  # type: ignore[arg-type]
        identity_of_line(LINE._replace(**change)).key,  # type: ignore[arg-type]
        identity_of_row(ROW._replace(**change)).key,  # type: ignore[arg-type]
    )


def test_a_group_is_of_the_key_where_there_is_no_class() -> None:
    halves = [LEO._replace(division=None, group=group) for group in ("gr1", "gr2")]
    assert len({identity_of_expected(one).key for one in halves}) == 2
    assert _keys(division=None, group="3eA") == _keys()


def test_a_birth_date_is_of_the_key_of_a_list_and_each_nature_has_its_own() -> None:
    assert identity_of_expected(LEO).key != identity_of_expected(LEO._replace(birth_date="2011-01-03")).key
    keys = [identity_of_line(LINE).key, identity_of_row(ROW).key, identity_of_expected(LEO).key]
    assert [key.split("|")[0] for key in keys] == ["evaluation", "export", "list"]


@pytest.mark.parametrize(
    ("results", "latest"),
    [
        ([], ""),
        ([result("1")], "1"),
        ([result("1"), result("2", "2026-05-19")], "2"),
        ([result("1", "2026-05-19"), result("2")], "1"),
        ([result("1"), result("2")], ""),  # two of one day, of whom nobody can tell
        ([result("1", "2026-05-19"), result("2"), result("3")], "1"),
        ([result("1", None), result("2")], "2"),
        ([result("1", None), result("2", None)], ""),
        ([result("1", None)], "1"),
        # An id of the school, another birth date or class is another student; without a birth date each is.
        ([result("1", external_id="a"), result("2", external_id="b")], "12"),
        ([result("1", external_id="a"), result("2", "2026-05-19", external_id="a")], "2"),
        ([result("1"), result("2", born="2011-01-03")], "12"),
        ([result("1"), result("2", place="3eB")], "12"),
        ([result("1", born=None), result("2", born=None)], "12"),
        ([result("1", born=None, external_id="a"), result("2", "2026-05-19", None, "a")], "12"),
    ],
)
def test_the_latest_test_of_each_student_counts(results: list[CertificationResult], latest: str) -> None:
    assert "".join(one.certification_number for one in latest_tests(results)) == latest


@pytest.mark.parametrize(
    ("cell", "groups"),
    [
        (None, ()),
        ("", ()),
        (" , ;\n", ()),
        ("5eB gr1", ("5eB gr1",)),
        ("[5EB GR1], [ANG1]", ("5EB GR1", "ANG1")),
        ("5EB_GR1, ANG LV1;ANG LV1|LAT", ("5EB_GR1", "ANG LV1", "LAT")),
    ],
)
def test_a_cell_names_each_group_once(cell: str | None, groups: tuple[str, ...]) -> None:
    assert groups_of(cell) == groups
    assert LEO._replace(group=cell).groups == groups


def placed(division: str | None, group: str | None = None) -> BoardRow:
    return row(1, place=division)._replace(group=group)


@pytest.mark.parametrize(
    ("rows", "asked"),
    [
        ([], ["a", "b", "gr1", "nowhere"]),
        ([placed(None)], ["a", "b", "gr1", "nowhere"]),  # the exports show no class at all
        ([placed("3 A")], ["a"]),
        ([placed("3eA"), placed("3eB")], ["a", "b"]),
        ([placed(None, "3eA")], ["a"]),
        ([placed("6eC", "5eb g1")], ["gr1"]),
        ([placed("6eC")], []),
    ],
)
def test_of_a_school_those_in_the_classes_and_groups_of_the_exports_are_asked_for(
    rows: list[BoardRow], asked: list[str]
) -> None:
    school = [
        ExpectedStudent(2, "MARTIN", first, division=division, group=group)
        for first, division, group in (
            ("a", "3eA", None), ("b", "3eB", None), ("gr1", "5eB", "[5EB GR1], [ANG1]"),
            ("nowhere", None, None),
        )
    ]  # fmt: skip
    assert [one.first_name for one in on_board(school, rows)] == asked


def test_a_participation_that_tells_no_time_is_shown_behind_those_that_do() -> None:
    clocks = (("08:00", "09:00"), (None, "08:50"), ("08:30", None), ("08:10", None), (None, None))
    lines = [begun("MARTIN", 0.5, started, shared) for started, shared in clocks]
    unknown = [one._replace(shared=None) for one in lines[-1:]]
    for order in (lines, lines[::-1]):
        assert best_first(order) == lines
        assert best_first([*order[:2], *unknown])[-1:] == unknown


def test_people_of_a_list_are_numbered_downwards_and_each_key_stands_once() -> None:
    tom = LEO._replace(first_name="Tom")
    facts, incoming, listed = numbered([LEO, tom, LEO], [tom._replace(first_name="Lou"), LEO], -4)
    assert facts == {-5: LEO, -6: tom}
    assert {number: one.first_name for number, one in incoming.items()} == {-5: "Léo", -6: "Tom", -7: "Lou"}
    assert sorted(listed.values()) == [1, 1, 3]
    assert listed[identity_of_expected(LEO).key] == 3
    assert numbered([], [], 0) == ({}, {}, {})


def test_namesakes_of_several_groups_have_keys_of_their_own() -> None:
    def keys(*cells: str | None) -> list[str]:
        people = [identity_of_expected(LEO._replace(group=cell)) for cell in cells]
        found = told_apart_by_group(people)
        assert [one.group for one in found] == list(cells)
        return [one.key.removeprefix(identity_of_expected(LEO).key) for one in found]

    assert keys("gr1") == keys(None) == [""]
    assert keys("gr1", "[GR1]") == ["", ""]
    assert keys("gr1", "gr2, ang") == ["#g1", "#ang+g2"]
    assert keys("gr1", None) == ["#g1", "#"]
    other = identity_of_expected(LEO._replace(first_name="Tom", group="gr2"))
    assert told_apart_by_group([other, identity_of_expected(LEO)])[0] == other
