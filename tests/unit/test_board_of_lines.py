"""The board of some exports, made anew and from the one before, without a database."""

from __future__ import annotations

from itertools import permutations

import pytest

from pixsession.domain.board.changes import ChangeKind, Delta
from pixsession.domain.board.reasons import Reason, ReasonCode
from pixsession.domain.pix.eligibility import Eligibility, Rule
from pixsession.domain.pix.participation import Participation
from pixsession.domain.pix.submissions import submission_of
from pixsession.store.board import Board, board_of, in_order_of_files, united
from pixsession.store.board_changes import changes_between
from pixsession.store.evidence import Evidence, Sighting, Sightings, UnlistedStudent
from pixsession.store.rows import StoredExport
from tests.factories.stored import DAY, StoredExports, at, pending, sent

RULE = Rule()
A, BB, CCC, DDDD = 1, 2, 3, 4  # students: see `StoredExports`


def reached(name: str, clock: str, count: int) -> Participation:
    """A profile with so many competences at level 1."""
    levels = ["1"] * count + ["0"] * (16 - count)
    pix = ["9"] * count + ["0"] * (16 - count)
    told = sent(name, clock, 9 * count)._replace(levels=";".join(levels), competence_pix=";".join(pix))
    return told._replace(certifiable=count >= 5, certifiable_competences=count)


A_FIVE, A_THREE = reached("A", "08:10", 5), reached("A", "08:40", 3)
BB_FIVE, BB_WAITS = reached("BB", "08:20", 5), pending("BB")
CCC_FOUR = reached("CCC", "08:30", 4)


class Case:
    """Exports of two campaigns in several states, and what is known beside them."""

    def __init__(self) -> None:
        self.store = store = StoredExports()
        self.one = store.add("one", A_FIVE, BB_FIVE, CCC_FOUR, stamp="09:10")
        self.later = store.add("later", A_THREE, BB_FIVE, stamp="09:20")
        self.moved = store.add("moved", CCC_FOUR, BB_FIVE, A_FIVE, stamp="09:30")
        self.other = store.add("other", BB_WAITS, reached("DDDD", "08:15", 6), stamp="09:15", campaign="2")
        self.doubtful = store.add("loose", reached("CCC", "08:50", 6), sent("CCC", "08:55"))
        unlisted = tuple(
            UnlistedStudent(self.doubtful, student, line)
            for student, line in store.lines(self.doubtful.content_id)
        )
        gone = Sighting(submission_of(f"{DAY}T08:50", 7), f"{DAY}T08:50", at("09:05"), "before")
        known = Sighting(submission_of(f"{DAY}T08:05", 7), f"{DAY}T08:05", at("09:05"), "before")
        beside: Sightings = {"731958": {A: (known, gone), 9: (gone,)}, "3": {BB: (gone,)}}
        self.gone = Evidence(("gone",), beside)
        self.unlisted = Evidence(("unlisted",), unlisted={"731958": unlisted, "3": unlisted})
        self.half = Evidence(("half",), unlisted={"731958": unlisted[:1]})
        renamed = self.one.source.campaign._replace(name="Another name")
        self.renamed = self.one._replace(export_id=90, source=self.one.source._replace(campaign=renamed))
        self.old_form = self.one._replace(export_id=91, one_line_each=True)

    def board(
        self, *exports: StoredExport, evidence: Evidence | None = None, before: Board | None = None
    ) -> Board:
        return board_of(self.store, exports, RULE, before, evidence or Evidence())


@pytest.fixture
def case() -> Case:
    return Case()


def test_each_student_has_the_row_of_what_counts(case: Case) -> None:
    board = case.board(case.later, case.other)
    told = {
        student: (row.last_name, row.verdict.eligibility, row.pix, row.submissions, row.campaigns)
        for student, row in board.rows.items()
    }
    assert told == {
        A: ("A", Eligibility.NOT_ELIGIBLE, 27, 1, ("731958",)),
        BB: ("BB", Eligibility.ELIGIBLE, 45, 1, ("731958", "2")),
        DDDD: ("DDDD", Eligibility.ELIGIBLE, 54, 1, ("2",)),
    }
    row = board.rows[BB]
    assert (row.sent_at, row.origin) == (f"{DAY}T08:20", "profiles:731958")
    assert [(one.campaign.key, one.origin, one.shared, one.shared_at) for one in row.participations] == [
        ("731958", "profiles:731958", True, f"{DAY}T08:20"),
        ("2", "profiles:2", False, None),
    ]


def test_a_student_stands_in_the_class_of_the_newest_export() -> None:
    store = StoredExports()
    now = pending("A")._replace(
        division="3eB", group="G2", first_name="Zoe", student_number="7", external_id="x"
    )
    newest = store.add("newest", now, stamp="09:20", campaign="2")
    older = store.add("older", A_FIVE, stamp="09:10")
    row = board_of(store, (newest, older), RULE).rows[A]
    assert (row.first_name, row.division, row.group) == ("Zoe", "3eB", "G2")
    assert (row.student_number, row.external_id) == ("7", "x")
    assert (row.pix, row.origin, row.profile is not None) == (45, "profiles:731958", True)


def test_what_is_known_beside_the_list_is_a_doubt(case: Case) -> None:
    gone = case.board(case.later, evidence=case.gone)
    reason = Reason(ReasonCode.SUBMISSION_GONE, (f"{DAY}T08:50", "before", "later"))
    assert gone.doubts == {A: [reason]}
    assert gone.rows[A].verdict.reasons == (reason,)
    assert gone.rows[A].verdict.eligibility is Eligibility.TO_CHECK
    assert gone.rows[BB].verdict.reasons == ()
    unknown = Sighting(submission_of(None, 7), None, at("09:05"), "before")
    waits = case.store.add("waits", pending("A"), stamp="09:20")
    board = case.board(waits, evidence=Evidence(("unknown",), {"731958": {A: (unknown,)}}))
    assert board.doubts == {A: [Reason(ReasonCode.SUBMISSION_GONE, ("?", "before", "waits"))]}
    unlisted = case.board(case.later, case.other, evidence=case.unlisted)
    reason = Reason(ReasonCode.NOT_IN_LIST, ("loose", "later"))
    assert unlisted.doubts == {CCC: [reason]}  # once, of two lines
    assert len(unlisted.lines[CCC]) == 2
    assert reason in unlisted.rows[CCC].verdict.reasons
    assert unlisted.rows[CCC].verdict.eligibility is Eligibility.TO_CHECK


def test_a_board_made_from_another_one_is_the_one_made_anew(case: Case) -> None:
    states = [
        ((), Evidence(("nothing",))),
        ((case.one,), Evidence(("one",))),
        ((case.later,), Evidence(("later",))),
        ((case.moved,), Evidence(("moved",))),
        ((case.later, case.other), Evidence(("both",))),
        ((case.other, case.later), Evidence(("turned",))),
        ((case.other, case.one), case.unlisted),
        ((case.renamed,), Evidence(("renamed",))),
        ((case.old_form, case.other), Evidence(("old",))),
        ((case.one,), case.gone),
        ((case.one,), case.half),
        ((case.later, case.other), case.unlisted),
    ]
    for (exports, evidence), (next_exports, next_evidence) in permutations(states, 2):
        before = case.board(*exports, evidence=evidence)
        anew = case.board(*next_exports, evidence=next_evidence)
        found = case.board(*next_exports, evidence=next_evidence, before=before)
        assert (found.rows, found.lines, found.judged) == (anew.rows, anew.lines, anew.judged)
        assert (found.doubts, found.exports, found.stamp) == (anew.doubts, next_exports, next_evidence.stamp)
        # Those who are other students now, or have another row, are told; all others keep theirs.
        told = found.renewed.since(before.rows, found.rows)
        everybody = {*before.rows, *found.rows}
        assert {one for one in everybody if before.rows.get(one) != found.rows.get(one)} <= {*told}
        assert all(before.rows[one] is found.rows[one] for one in everybody - {*told})


def test_only_what_differs_is_judged_again(case: Case) -> None:
    before = case.board(case.one, case.other)
    assert case.board(case.one, case.other, before=before) is before
    doubted = case.board(case.one, case.other, before=before, evidence=case.gone)
    assert {one for one in before.rows if before.rows[one] is not doubted.rows[one]} == {A}
    assert [*doubted.renewed.since(before.rows, doubted.rows)] == [A]
    later = case.board(case.later, case.other, before=before)
    assert {one for one in before.rows if before.rows[one] is not later.rows.get(one)} == {A, CCC}
    assert [*later.renewed.since(before.rows, later.rows)] == [A, CCC]
    assert CCC not in later.rows
    turned = case.board(case.other, case.one, before=before)  # of one line it is the same in any order
    assert {one for one in before.rows if before.rows[one] is not turned.rows[one]} == {BB}


def test_whoever_is_in_doubt_as_before_keeps_the_row(case: Case) -> None:
    again = case.store.add("later", reached("A", "08:45", 6), BB_FIVE, stamp="09:20")
    before = case.board(case.later, case.other, evidence=case.unlisted)
    unlisted = case.board(again, case.other, evidence=case.unlisted, before=before)
    assert {one for one in before.rows if before.rows[one] is not unlisted.rows[one]} == {A}
    before = case.board(case.later, case.other, evidence=case.gone)
    alone = case.board(case.later, evidence=case.gone, before=before)
    assert alone.doubts == before.doubts
    assert alone.rows[A] is before.rows[A]


def test_two_lines_of_a_student_in_one_list_are_no_reason_to_judge_again(case: Case) -> None:
    twice = case.store.add("twice", A_THREE, A_FIVE, BB_FIVE, stamp="09:40")
    both, alone = case.board(twice, case.other), case.board(twice)
    for before, after in ((both, (twice,)), (alone, (twice, case.other))):
        assert case.board(*after, before=before).rows[A] is before.rows[A]


def test_a_doubt_stays_on_whoever_has_another_line_while_it_is_the_same(case: Case) -> None:
    before = case.board(case.later, evidence=case.gone)
    again = case.store.add("later", reached("A", "08:45", 6), BB_FIVE, stamp="09:20")
    found = case.board(again, evidence=case.gone, before=before)
    assert found.doubts == before.doubts
    assert found.rows[A].pix == 54
    assert found.rows[A].verdict.eligibility is Eligibility.TO_CHECK
    assert found.rows[A].verdict.reasons == tuple(before.doubts[A])


def test_students_are_told_in_the_order_of_the_files(case: Case) -> None:
    board = case.board(case.moved, case.other)
    assert [*in_order_of_files(board, {A, BB, CCC, DDDD, 9})] == [CCC, BB, A, DDDD]
    assert [*in_order_of_files(board, {DDDD, A})] == [A, DDDD]
    assert [*in_order_of_files(board, board.renewed.students)] == [CCC, BB, A, DDDD]
    after = case.board(case.later, case.other, before=board)
    assert [*in_order_of_files(after, after.renewed.students)] == [
        one for one in (A, BB) if one in after.renewed.students
    ]


def test_what_changed_is_told_in_the_order_of_the_file_and_who_left_comes_last(case: Case) -> None:
    stays, was_first = reached("GGGGGGG", "08:00", 5), reached("FFFFFF", "08:00", 2)
    here, there = (reached("DDDD", "08:00", 5)._replace(division=one) for one in ("3eA", "3eB"))
    first = case.store.add("first", was_first, A_FIVE, BB_FIVE, CCC_FOUR, here, stays, stamp="09:40")
    arrived = reached("EEEEE", "08:00", 5)
    ahead = reached("CCC", "08:50", 6)
    second = case.store.add("second", stays, ahead, there, arrived, A_THREE, stamp="09:50")
    before = case.board(first)
    for after in (case.board(second, before=before), case.board(second)):
        changes, deltas = changes_between(before, after, at("09:50"))
        assert [(one.kind, one.last_name, one.at) for one in changes] == [
            (kind, name, at("09:50"))
            for kind, name in (
                (ChangeKind.BECAME_ELIGIBLE, "CCC"),
                (ChangeKind.CHANGED_CLASS, "DDDD"),
                (ChangeKind.ARRIVED, "EEEEE"),
                (ChangeKind.NO_LONGER_ELIGIBLE, "A"),
                (ChangeKind.LEFT, "FFFFFF"),
                (ChangeKind.LEFT, "BB"),
            )
        ]
        assert deltas == {CCC: Delta(2, 18, at("09:50")), A: Delta(-2, -18, at("09:50"))}
    assert changes_between(before, before, at("09:50")) == ((), {})


def test_students_who_are_one_share_lines_verdict_and_doubts(case: Case) -> None:
    board = case.board(case.later, case.other, evidence=case.gone)
    assert united(board, {}, RULE) is board
    for unions in ({A: DDDD}, {DDDD: A}):
        ((gone, kept),) = unions.items()
        found = united(board, unions, RULE)
        assert set(found.rows) == set(found.lines) == set(found.judged) == {BB, kept}
        assert [line.origin for line in found.lines[kept]] == ["profiles:731958", "profiles:2"]
        row = found.rows[kept]
        assert (row.student_id, row.last_name, row.submissions) == (kept, "A", 2)
        assert (row.pix, row.campaigns) == (27, ("731958", "2"))  # the later profile counts
        assert found.doubts == {kept: board.doubts[A]}
        assert row.verdict.reasons == tuple(board.doubts[A])
        assert row.verdict.eligibility is Eligibility.TO_CHECK
        assert found.rows[BB] is board.rows[BB]
        assert gone not in found.rows
    three = united(board, {A: BB, DDDD: BB, 9: BB}, RULE)
    assert set(three.rows) == {BB}
    assert [line.origin for line in three.lines[BB]] == ["profiles:731958"] * 2 + ["profiles:2"] * 2
    assert {line.participation.last_name for line in three.lines[BB]} == {"A", "BB", "DDDD"}
