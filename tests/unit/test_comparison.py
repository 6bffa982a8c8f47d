"""Two boards compared: one change a student, the one that matters most."""

from __future__ import annotations

from datetime import datetime

import pytest

from pixsession.domain.board.changes import LOUD, ChangeKind, Delta
from pixsession.domain.board.comparison import compare, delta
from pixsession.domain.board.snapshot import BoardRow
from pixsession.domain.pix.eligibility import Eligibility, Profile
from tests.factories.snapshots import row

AT = datetime.fromisoformat("2026-03-12T09:45")
BEFORE, AFTER = "2026-02-03T10:12", "2026-03-12T09:31"


def at_state(
    state: Eligibility, count: int | None = None, pix: int | None = None, **more: object
) -> BoardRow:
    found = row(1, state=state, count=count, pix=pix, sent_at=AFTER)
    return found._replace(**more)  # type: ignore[arg-type]


def kinds(before: dict[int, BoardRow], after: dict[int, BoardRow]) -> list[ChangeKind]:
    return [change.kind for change in compare(before, after, AT)]


ELIGIBLE, NOT_ELIGIBLE = Eligibility.ELIGIBLE, Eligibility.NOT_ELIGIBLE
NOT_SENT, TO_CHECK = Eligibility.NOT_SENT, Eligibility.TO_CHECK


@pytest.mark.parametrize(
    ("before", "after", "kind", "words"),
    [
        ((NOT_ELIGIBLE, 4, 60), (ELIGIBLE, 5, 70), ChangeKind.BECAME_ELIGIBLE, ("4", "5")),
        ((NOT_SENT, None, None), (ELIGIBLE, 5, 70), ChangeKind.BECAME_ELIGIBLE, (None, "5")),
        ((TO_CHECK, 5, 70), (ELIGIBLE, 5, 70), ChangeKind.BECAME_ELIGIBLE, ("5", "5")),
        ((ELIGIBLE, 5, 70), (NOT_ELIGIBLE, 3, 50), ChangeKind.NO_LONGER_ELIGIBLE, ("5", "3")),
        ((ELIGIBLE, 5, 70), (NOT_SENT, None, None), ChangeKind.NO_LONGER_ELIGIBLE, ("5", None)),
        ((ELIGIBLE, 5, 70), (TO_CHECK, 5, 70), ChangeKind.NO_LONGER_ELIGIBLE, ("5", "5")),
        ((NOT_SENT, None, None), (NOT_ELIGIBLE, 3, 50), ChangeKind.PROFILE_SENT, (None, "3")),
        ((NOT_SENT, None, None), (TO_CHECK, 3, 50), ChangeKind.TO_CHECK, (None, None)),
        ((NOT_ELIGIBLE, 3, 50), (TO_CHECK, 3, 50), ChangeKind.TO_CHECK, (None, None)),
        ((NOT_ELIGIBLE, 3, 50), (NOT_ELIGIBLE, 4, 60), ChangeKind.PROGRESSED, ("3", "4")),
        ((NOT_ELIGIBLE, 3, 50), (NOT_ELIGIBLE, 3, 55), ChangeKind.PROGRESSED, ("50 pix", "55 pix")),
        ((ELIGIBLE, 6, 90), (ELIGIBLE, 5, 95), ChangeKind.REGRESSED, ("6", "5")),
        ((ELIGIBLE, 6, 90), (ELIGIBLE, 6, 80), ChangeKind.REGRESSED, ("90 pix", "80 pix")),
    ],
)
def test_the_change_that_matters_most(
    before: tuple[Eligibility, int | None, int | None],
    after: tuple[Eligibility, int | None, int | None],
    kind: ChangeKind,
    words: tuple[str | None, str | None],
) -> None:
    (change,) = compare({1: at_state(*before)}, {1: at_state(*after)}, AT)
    assert (change.kind, change.before, change.after) == (kind, *words)
    assert (change.at, change.student_id, change.last_name) == (AT, 1, "MARTIN")


def test_only_becoming_eligible_and_ceasing_to_be_are_told_aloud() -> None:
    assert {ChangeKind.BECAME_ELIGIBLE, ChangeKind.NO_LONGER_ELIGIBLE} == LOUD


def test_nothing_changed() -> None:
    one = at_state(ELIGIBLE, 5, 70)
    assert compare({1: one}, {1: one}, AT) == ()
    assert compare({1: one}, {1: one._replace()}, AT) == ()
    assert compare({1: one}, {1: one._replace(division="3e A")}, AT) == ()  # "3eA" before
    assert compare({}, {}, AT) == ()


def test_who_comes_who_goes_who_changes_class() -> None:
    one = at_state(ELIGIBLE, 5, 70)
    assert kinds({}, {1: one}) == [ChangeKind.ARRIVED]
    assert kinds({1: one}, {}) == [ChangeKind.LEFT]
    (change,) = compare({1: one}, {1: one._replace(division="3eC")}, AT)
    assert (change.kind, change.before, change.after) == (ChangeKind.CHANGED_CLASS, "3eA", "3eC")


def test_those_who_left_come_last() -> None:
    one, two = at_state(ELIGIBLE, 5, 70), at_state(ELIGIBLE, 5, 70)._replace(student_id=2)
    assert kinds({1: one}, {2: two}) == [ChangeKind.ARRIVED, ChangeKind.LEFT]


def test_a_new_send_matters_more_than_a_new_class() -> None:
    one = at_state(NOT_ELIGIBLE, 3, 50)
    assert kinds({1: one}, {1: at_state(ELIGIBLE, 5, 70)._replace(division="3eC")}) == [
        ChangeKind.BECAME_ELIGIBLE
    ]


def test_what_was_gained_or_lost() -> None:
    three, five = at_state(NOT_ELIGIBLE, 3, 50), at_state(ELIGIBLE, 5, 70)
    assert delta(three, five, AT) == Delta(2, 20, AT)
    assert delta(five, three, AT) == Delta(-2, -20, AT)
    assert delta(three, three, AT) is None
    assert delta(at_state(NOT_SENT), five, AT) is None
    assert delta(three, at_state(NOT_ELIGIBLE, 4, None), AT) == Delta(1, 0, AT)


@pytest.mark.parametrize(
    ("change", "loss"),
    [(Delta(-1, 5, AT), True), (Delta(0, -1, AT), True), (Delta(1, -5, AT), False), (Delta(0, 1, AT), False)],
)
def test_a_loss_is_of_competences_first(change: Delta, loss: bool) -> None:
    assert change.is_loss is loss


def test_a_level_that_cannot_be_read_is_no_level_lost() -> None:
    whole = at_state(TO_CHECK, 3, 50)
    assert whole.profile is not None
    damaged = at_state(TO_CHECK, 2, 50)._replace(
        profile=Profile((None, *whole.profile.levels[1:]), whole.profile.competence_pix),
    )
    assert delta(whole, damaged, AT) is None
    assert delta(damaged, whole, AT) is None
    assert kinds({1: whole}, {1: damaged}) == []


def test_what_is_not_known_of_one_board_is_neither_gained_nor_lost() -> None:
    three = at_state(NOT_ELIGIBLE, 3, 50)
    unknown, without_pix = at_state(TO_CHECK, None, 50), at_state(NOT_ELIGIBLE, 3, None)
    assert delta(three, unknown, AT) is delta(unknown, three, AT) is None
    assert delta(three, without_pix, AT) is delta(without_pix, three, AT) is None
    assert delta(without_pix, at_state(ELIGIBLE, 5, 70), AT) == Delta(2, 0, AT)
    without_levels = three._replace(profile=None)
    assert delta(without_levels, at_state(NOT_ELIGIBLE, 4, 60), AT) == Delta(1, 10, AT)


def test_who_has_no_class_may_come_to_have_one() -> None:
    nowhere, somewhere = at_state(NOT_SENT, division=None), at_state(NOT_SENT)
    (came,) = compare({1: nowhere}, {1: somewhere}, AT)
    assert (came.kind, came.before, came.after, came.place) == (ChangeKind.CHANGED_CLASS, "", "3eA", "3eA")
    (left,) = compare({1: somewhere}, {1: nowhere}, AT)
    assert (left.kind, left.before, left.after) == (ChangeKind.CHANGED_CLASS, "3eA", "")
    assert compare({1: nowhere}, {1: nowhere._replace()}, AT) == ()
    assert kinds({1: at_state(NOT_SENT)}, {1: at_state(NOT_SENT)}) == []
    assert kinds({1: at_state(TO_CHECK, 3, 50)}, {1: at_state(TO_CHECK, 4, 50)}) == [ChangeKind.PROGRESSED]


def test_a_doubt_that_is_settled_without_any_gain_is_no_news() -> None:
    assert kinds({1: at_state(TO_CHECK, 3, 50)}, {1: at_state(NOT_ELIGIBLE, 3, 50)}) == []
    assert kinds({1: at_state(TO_CHECK, 3, 50)}, {1: at_state(NOT_ELIGIBLE, 4, 50)}) == [
        ChangeKind.PROGRESSED
    ]
    assert kinds({1: at_state(NOT_ELIGIBLE, 3, 50)}, {1: at_state(NOT_SENT)}) == []
