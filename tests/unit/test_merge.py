"""Everybody of every file, each once: who gets which expectation and result, and who is in doubt."""

from __future__ import annotations

import pytest

from pixsession.domain.board.reasons import ReasonCode
from pixsession.domain.board.snapshot import BoardRow
from pixsession.domain.people.expected import ExpectedStudent, SessionFacts
from pixsession.domain.people.identify import identity_of_row
from pixsession.domain.people.identities import identity_key
from pixsession.domain.people.matches import Decisions, MatchRule
from pixsession.domain.people.merge import MergedRows, merge_sources
from pixsession.domain.people.namesakes import Settled
from pixsession.domain.people.sources import BoardSources, PeopleList, ResultsList
from pixsession.domain.pix.certification import CertificationResult, ResultStatus
from pixsession.domain.pix.eligibility import Eligibility
from tests.factories.snapshots import row

LEO, LEA = row(1, "MARTIN", "Léo"), row(2, "MARTIN", "Léa")
NOBODY_DECIDED = Decisions()


def expected(
    last: str, first: str, division: str | None = "3eA", born: str | None = None, **more: object
) -> ExpectedStudent:
    return ExpectedStudent(2, last, first, division=division, birth_date=born, **more)  # type: ignore[arg-type]


def result(number: str = "1", *, day: str = "2026-03-19", score: int = 200, born: str | None = "2011-01-02",
           last: str = "MARTIN", first: str = "Léo") -> CertificationResult:  # fmt: skip
    return CertificationResult(
        2, number, last, first, None, born, None, None, "Pix", ResultStatus.VALIDATED, None, score, (),
        None, None, None, day, (),
    )  # fmt: skip


def board(
    rows: tuple[BoardRow, ...],
    lists: tuple[PeopleList, ...] = (),
    results: tuple[ResultsList, ...] = (),
    decisions: Decisions = NOBODY_DECIDED,
    settled: Settled = Settled(),  # noqa: B008 - an immutable value
) -> BoardSources:
    return BoardSources({row.student_id: row for row in rows}, (), lists, results, decisions, settled)


def merged(
    *rows: BoardRow,
    lists: tuple[PeopleList, ...] = (),
    results: tuple[ResultsList, ...] = (),
    decisions: Decisions = NOBODY_DECIDED,
) -> MergedRows:
    return merge_sources(board(rows, lists, results, decisions))


def named(found: MergedRows) -> dict[str, BoardRow]:
    assert len({one.first_name for one in found.rows}) == len(found.rows)
    return {one.first_name: one for one in found.rows}


def listing(*people: ExpectedStudent, name: str = "3eA.csv", of_school: bool = False) -> PeopleList:
    return PeopleList(name, people, of_school=of_school)


def test_without_lists_the_rows_stay_as_they_are() -> None:
    found = merged(LEO, LEA)
    assert [one._replace(keys=()) for one in found.rows] == [LEO, LEA]
    assert all(one.keys for one in found.rows)
    assert found.doubts == ()


def test_the_absent_have_numbers_of_their_own_below_zero() -> None:
    lists = listing(expected("ROUX", "Eva"), expected("BENALI", "Ali")), listing(expected("PETIT", "Tom"))
    absent = [one for one in merged(LEO, lists=lists).rows if one.eligibility is Eligibility.NOT_IN_EXPORT]
    numbers = [one.student_id for one in absent]
    assert len(set(numbers)) == 3
    assert all(number < 0 for number in numbers)


def test_two_lists_that_tell_alike_of_somebody_are_one_doubt() -> None:
    twins = row(1, "MARTIN", "Léo", place="3eA"), row(2, "MARTIN", "Léo", place="3eB")
    person = expected("MARTIN", "Léo", None, "2011-01-02")
    lists = (listing(person, name="a.ods"), listing(person, name="b.csv"))
    found = merged(*twins, lists=lists)
    assert len(found.rows) == 3
    (doubt,) = found.doubts
    assert doubt.person.listed_in == "a.ods"
    assert {one.person.place for one in doubt.candidates} == {"3eA", "3eB"}
    settled = merged(
        *twins,
        lists=lists,
        decisions=Decisions(frozenset({(doubt.person.key, doubt.candidates[0].person.key)})),
    )
    assert len(settled.rows) == 2
    assert settled.doubts == ()


def test_a_birth_date_tells_namesakes_apart_once_a_list_with_classes_has_told_it() -> None:
    twins = row(1, "MARTIN", "Léo", place="3eA"), row(2, "MARTIN", "Léo", place="3eB")
    found = merged(
        *twins,
        lists=(
            listing(expected("MARTIN", "Léo", "3eA", "2011-01-02")),
            listing(expected("MARTIN", "Léo", None, "2011-01-02", extra_time=0.33), name="candidats.ods"),
        ),
    )
    assert {one.place: one.expected and one.expected.extra_time for one in found.rows} == {
        "3eA": 0.33,
        "3eB": None,
    }
    (first,) = [one.expected for one in found.rows if one.expected]
    assert (first.listed_in, first.matched_by) == ("3eA.csv", MatchRule.CLASS_AND_NAME)


def test_a_person_listed_twice_with_nothing_to_tell_them_apart_is_checked() -> None:
    twice = listing(expected("MARTIN", "Léo"), expected("MARTIN", "Léo"))
    found = merged(LEO, lists=(twice,))
    assert [one.eligibility for one in found.rows] == [Eligibility.TO_CHECK]
    assert [reason.code for reason in found.rows[0].verdict.reasons] == [ReasonCode.NAMESAKES]
    found = merged(LEO, lists=(twice, twice._replace(name="b.csv")))
    assert [reason.code for reason in found.rows[0].verdict.reasons] == [ReasonCode.NAMESAKES]


def test_of_the_school_those_in_other_classes_are_left_out() -> None:
    school = listing(expected("ROUX", "Eva", "3 A"), expected("ROUX", "Ali", "6eB"), of_school=True)
    assert set(named(merged(LEO, lists=(school,)))) == {"Léo", "Eva"}
    assert set(named(merged(lists=(school,)))) == {"Eva", "Ali"}


def test_the_later_test_counts_in_whatever_order_the_files_come() -> None:
    early, late = result("1", score=90), result("2", day="2026-05-19", score=300)
    files = ResultsList("a.csv", (early,)), ResultsList("b.csv", (late,))
    for order in (files, files[::-1], (ResultsList("ab.csv", (late, early)),)):
        found = named(merged(LEO, LEA, results=order))
        assert found["Léo"].result == late
        assert found["Léa"].result is None


def test_two_tests_of_one_day_that_nothing_tells_apart_are_nobodys() -> None:
    found = merged(LEO, results=(ResultsList("a.csv", (result("1"), result("2", score=20))),))
    assert found.rows[0].result is None


def test_a_result_that_fits_nobody_or_two_asks_for_nothing() -> None:
    strangers = ResultsList("a.csv", (result(last="MARTY"), result("2", first="Léon")))
    found = merged(LEO, LEA, results=(strangers,))
    assert found.doubts == ()
    assert {one.eligibility for one in found.rows} == {Eligibility.ELIGIBLE}
    assert all(one.result is None for one in found.rows)


def test_one_who_is_only_alike_is_left_in_peace_where_somebody_has_the_very_name() -> None:
    rows = (
        row(1, "MARTIN", "Lucas", place="3eA"),
        row(2, "MARTIN", "Lucas", place="3eB"),
        row(3, "MARTIN", "Luc"),
    )
    found = merged(*rows, lists=(listing(expected("MARTIN", "Lucas", None)),))
    states = {(one.first_name, one.place): one.eligibility for one in found.rows}
    assert states["Luc", "3eA"] is Eligibility.ELIGIBLE
    assert states["Lucas", "3eA"] is states["Lucas", "3eB"] is Eligibility.TO_CHECK


def test_two_rows_of_whom_nobody_can_tell_name_each_other() -> None:
    october, today = row(1, "MARTIN", "Léo", place="3eA"), row(2, "MARTIN", "Léo", place="3eB")
    settled = Settled(frozenset({(1, 2)}))
    found = merge_sources(board((october, today), settled=settled))
    assert [one.eligibility for one in found.rows] == [Eligibility.TO_CHECK] * 2
    assert [[r.code for r in one.verdict.reasons] for one in found.rows] == [[ReasonCode.PERHAPS_SAME]] * 2
    (doubt,) = found.doubts
    assert {doubt.person.place, doubt.candidates[0].person.place} == {"3eA", "3eB"}


def test_a_list_that_shows_both_settles_it() -> None:
    october, today = row(1, "MARTIN", "Léo", place="3eA"), row(2, "MARTIN", "Léo", place="3eB")
    both = listing(expected("MARTIN", "Léo"), expected("MARTIN", "Léo", "3eB"), name="college.csv")
    found = merge_sources(board((october, today), (both,), settled=Settled(frozenset({(1, 2)}))))
    assert [one.eligibility for one in found.rows] == [Eligibility.ELIGIBLE] * 2
    assert found.doubts == ()
    one_alone = listing(expected("MARTIN", "Léo", "3eB"), name="3eB.csv")
    found = merge_sources(board((october, today), (one_alone,), settled=Settled(frozenset({(1, 2)}))))
    assert [one.eligibility for one in found.rows] == [Eligibility.TO_CHECK] * 2


def test_namesakes_of_two_half_groups_are_a_doubt_with_or_without_the_other_one_called() -> None:
    halves = [expected("MARTIN", "Lucas", "5eB", group=group) for group in ("[5EB GR1], [ANG1]", "[5EB GR2]")]
    lucas = row(1, "MARTIN", "Lucas", place="5eB")
    found = merged(lucas, lists=(listing(*halves),))
    assert [one.eligibility for one in found.rows] == [Eligibility.TO_CHECK] * 3
    assert len(found.doubts) == 2
    assert len({doubt.person.key for doubt in found.doubts}) == 2
    backwards = merged(lucas, lists=(listing(*halves[::-1]),))
    assert {doubt.person.key for doubt in backwards.doubts} == {doubt.person.key for doubt in found.doubts}
    called = listing(halves[0])._replace(left_out=(halves[1],))
    found = merged(lucas, lists=(called,))
    assert [one.eligibility for one in found.rows] == [Eligibility.TO_CHECK] * 2
    (doubt,) = found.doubts
    key = doubt.candidates[0].person.key
    settled = merged(lucas, lists=(called,), decisions=Decisions(frozenset({(doubt.person.key, key)})))
    assert [one.eligibility for one in settled.rows] == [Eligibility.ELIGIBLE]
    assert settled.doubts == ()


def test_who_was_found_to_be_one_with_another_row_is_known_by_both_keys() -> None:
    today = row(1, "MARTIN", "Léo", place="3eB")
    before = identity_of_row(row(2, "MARTIN", "Léo", place="3eA")).key
    settled = Settled(unions={2: 1}, keys={1: identity_of_row(today).key, 2: before})
    listed = listing(expected("MARTIN", "Leo-Paul", "3eC"))
    key = identity_key("list", "MARTIN", "Leo-Paul", place="3eC")
    decisions = Decisions(frozenset({(key, before)}))
    found = merge_sources(board((today,), (listed,), (), decisions, settled))
    (one,) = found.rows
    assert {before, identity_of_row(today).key, key} <= set(one.keys)
    assert one.expected
    assert one.expected.matched_by is MatchRule.DECISION
    assert found.merged == {2: 1}


@pytest.mark.parametrize(
    ("told", "students"),
    [
        ({"student_number": "0123456789A"}, 1),  # of nobody else, however the second list writes the name
        ({"student_number": "0123456789B"}, 2),  # the very name, and another student
        ({"born": "2011-01-02"}, 1),
        ({"born": "2011-01-03"}, 2),
    ],
)
def test_what_one_list_told_of_somebody_finds_or_keeps_apart_who_is_in_the_next(
    told: dict[str, str], students: int
) -> None:
    known = listing(expected("MARTIN", "Léo", born="2011-01-02", student_number="0123456789A"), name="a.csv")
    silent = listing(expected("MARTIN", "Léo"), name="b.csv")
    last_name = "MARTIN" if students == 2 else "MARTIN-ROUX"
    told_again = listing(expected(last_name, "Léo", **told), name="c.csv")
    for lists in ((known, silent, told_again), (silent, known, told_again)):
        assert len(merged(LEO, lists=lists).rows) == students


@pytest.mark.parametrize("field", ["division", "group"])
def test_the_class_or_group_of_one_list_makes_a_doubt_of_another_one_in_the_next(field: str) -> None:
    def told(place: str | None) -> PeopleList:
        known = {"division": None, field: place}
        return listing(expected("MARTIN", "Léo", **known), name=f"{place}.csv")

    nowhere = row(1, "MARTIN", "Léo", place=None)
    shown = row(1, "MARTIN", "Léo", place="5eA" if field == "division" else None)
    for one, lists in (
        (nowhere, (told("5eA"), told("5eB"))),
        (shown, (told(None), told("5eA"), told("5eB"))),
    ):
        found = merged(one, lists=lists)
        assert [known.eligibility for known in found.rows] == [Eligibility.TO_CHECK] * 2
        assert len(found.doubts) == 1


def test_of_two_lists_with_one_student_the_first_word_on_each_thing_stands() -> None:
    def told(name: str, minutes: float | None, number: str) -> PeopleList:
        session = SessionFacts(number, "Collège", None, "2026-03-12", "08:30", ())
        student = expected("MARTIN", "Léo", extra_time=minutes, session=0, born="2011-01-02")
        return PeopleList(name, (student,), (session,), room=f"Salle {number}")

    silent = listing(expected("MARTIN", "Léo"), name="classe.csv")
    for minutes in (0.0, 0.33):
        first, second = told("a.ods", minutes, "1"), told("b.ods", 0.5, "2")
        for lists in ((first, second, silent), (silent, first, second)):
            (one,) = merged(LEO, lists=lists).rows
            assert one.expected is not None
            assert one.expected[2:4] == ("2011-01-02", minutes)
            assert one.expected.session == first.sessions[0]
            assert (one.expected.listed_in, one.expected.room) == (lists[0].name, "Salle 1")


def placed(field: str, place: str) -> BoardRow:
    nowhere = row(1, "MARTIN", "Léo", place=None)
    return nowhere._replace(division=place) if field == "division" else nowhere._replace(group=place)


def told_in(field: str, place: str | None, *, first: str = "Léo") -> ExpectedStudent:
    nowhere = expected("MARTIN", first, None)
    return nowhere._replace(division=place) if field == "division" else nowhere._replace(group=place)


@pytest.mark.parametrize(
    ("field", "known", "listed", "next_one"),
    [
        ("division", "3eA", None, "3eB"),  # what the exports say is not forgotten for a list that is silent
        ("group", "5eB gr1", None, "5eB gr2"),
    ],
)
def test_a_list_that_tells_no_place_leaves_the_one_that_exports_tell(
    field: str, known: str, listed: str | None, next_one: str
) -> None:
    one = placed(field, known)
    found = merged(one, lists=(listing(told_in(field, listed)), listing(told_in(field, next_one))))
    assert len(found.rows) == 2
    assert len(found.doubts) == 1


@pytest.mark.parametrize(("field", "known"), [("division", "3eA"), ("group", "5eA gr1")])
def test_the_place_that_exports_tell_counts_before_that_of_a_list(field: str, known: str) -> None:
    one = placed(field, known)
    key = identity_key("list", "MARTIN", "Leo-Paul", place="3eC")
    decisions = Decisions(frozenset({(key, identity_of_row(one).key)}))
    other = listing(told_in(field, "3eC", first="Leo-Paul"))
    again = listing(told_in(field, known), name="b.csv")
    found = merged(one, lists=(other, again), decisions=decisions)
    assert len(found.rows) == 1


def test_only_lists_that_call_say_who_is_called() -> None:
    eva, ali = expected("ROUX", "Eva"), expected("BENALI", "Ali")
    known = listing(ali, expected("MARTIN", "Léa"), name="base.csv")._replace(calls=False)
    found = merged(LEO, LEA, lists=(listing(eva, expected("MARTIN", "Léo")), known))
    ids = {one.first_name: one.student_id for one in found.rows}
    assert found.called == {ids["Eva"], ids["Léo"]}
    assert named(found)["Ali"].expected


def test_nobody_is_checked_for_standing_twice_with_one_birth_date() -> None:
    twice = listing(*[expected("MARTIN", "Léo", born="2011-01-02")] * 2)
    (one,) = merged(LEO, lists=(twice,)).rows
    assert one.eligibility is Eligibility.ELIGIBLE


def test_what_a_second_list_adds_of_one_it_names_alike_is_taken_in() -> None:
    for rows in ((LEO,), ()):
        first, second = expected("MARTIN", "Léo"), expected("MARTIN", "Léo", extra_time=0.33)
        (one,) = merged(*rows, lists=(listing(first), listing(second, name="b.csv"))).rows
        assert one.expected is not None
        rule = MatchRule.CLASS_AND_NAME if rows else None
        assert one.expected[:4] == ("3eA.csv", rule, None, 0.33)


def test_whom_no_export_shows_is_found_by_no_rule_in_a_second_list() -> None:
    first, second = expected("MARTIN", "Léo"), expected("MARTIN", "Leo", born="2011-01-02")
    (one,) = merged(lists=(listing(first), listing(second, name="b.csv"))).rows
    assert one.expected is not None
    assert one.expected[:3] == ("3eA.csv", None, "2011-01-02")
    assert len(one.keys) == len(set(one.keys)) == 2


def test_a_result_that_may_be_of_several_is_noted_with_each_of_them() -> None:
    twins = row(1, "MARTIN", "Léo", place="3eA"), row(2, "MARTIN", "Léo", place="3eB")
    found = merged(*twins, row(3, "ROUX", "Eva"), results=(ResultsList("a.csv", (result("7"),)),))
    assert [one.unsure_results for one in found.rows] == [{"7"}, {"7"}, frozenset()]
    assert all(one.result is None for one in found.rows)


def test_a_list_of_one_of_two_who_are_perhaps_one_settles_nothing() -> None:
    october, today = row(1, "MARTIN", "Léo", place="3eA"), row(2, "MARTIN", "Léo", place="3eB")
    for place in ("3eA", "3eB", "3eC"):
        alone = listing(expected("MARTIN", "Léo", place))
        found = merge_sources(board((october, today), (alone,), settled=Settled(frozenset({(1, 2)}))))
        assert {one.eligibility for one in found.rows if one.origin} == {Eligibility.TO_CHECK}
