"""The order of need, kept from one board to the next; counts by state; a board narrowed to some classes."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

import pytest

from pixsession.domain.board.changes import Delta
from pixsession.domain.board.need_order import NeedOrder
from pixsession.domain.board.renewed import Renewed
from pixsession.domain.board.snapshot import (
    BoardRow,
    FileEntry,
    FileStatus,
    SentProfile,
    Snapshot,
    count_states,
    counts_in_need,
    narrowed,
    need,
    origin_of_list,
)
from pixsession.domain.certification.supervision import day_view
from pixsession.domain.pix.eligibility import Eligibility, Rule
from tests.factories.days import SESSION, clock
from tests.factories.lessons import FOLLOWED, track, view_of
from tests.factories.snapshots import NOW, SOURCE, row

SINCE = datetime.fromisoformat("2026-03-12T09:00")


def drawn(dice: random.Random, student: int) -> BoardRow:
    state = dice.choice(list(Eligibility))
    return row(
        student, dice.choice("ABC"), "Lou", state=state, count=dice.randint(0, 6), pix=dice.randint(0, 9)
    )


def by_hand(rows: dict[int, BoardRow], deltas: dict[int, Delta]) -> tuple[BoardRow, ...]:
    shown = [
        one._replace(delta=deltas[student]) if student in deltas and deltas[student].at >= SINCE else one
        for student, one in rows.items()
    ]
    return tuple(sorted(shown, key=lambda one: (need(one), one.student_id)))


@pytest.mark.parametrize("seed", range(5))
def test_a_board_kept_in_order_is_as_one_that_is_sorted_anew(seed: int) -> None:
    dice = random.Random(seed)
    rows = {student: drawn(dice, student) for student in range(40)}
    deltas: dict[int, Delta] = {}
    order = NeedOrder()
    assert order.of(rows, deltas, SINCE) == by_hand(rows, deltas)
    for _board in range(25):
        before, rows, deltas = rows, dict(rows), dict(deltas)
        for student in dice.sample(range(45), dice.choice((0, 1, 2, 3, 20))):
            if student in rows and dice.random() < 0.4:
                del rows[student]
            else:
                rows[student] = drawn(dice, student)
        for student in dice.sample(range(45), 2):
            at = SINCE + timedelta(minutes=dice.choice((-1, 0, 1)))
            deltas[student] = Delta(dice.randint(-1, 1), 3, at)
        deltas.pop(dice.randrange(45), None)
        known = Renewed(before, Renewed().since(before, rows)) if dice.random() < 0.5 else Renewed()
        assert order.of(rows, deltas, SINCE, known) == by_hand(rows, deltas)


def test_who_is_as_before_is_the_very_same_row_with_the_same_gain() -> None:
    rows = {1: row(1, "A"), 2: row(2, "B")}
    order, deltas = NeedOrder(), {1: Delta(1, 8, SINCE)}
    (first, second), again = order.of(rows, deltas, SINCE), order.of(dict(rows), dict(deltas), SINCE)
    assert again[0] is first
    assert again[1] is second is rows[2]
    later = order.of(rows, {1: Delta(1, 8, SINCE + timedelta(1))}, SINCE)
    assert later[0].delta == Delta(1, 8, SINCE + timedelta(1))
    assert order.of(rows, deltas, SINCE + timedelta(1))[0] is rows[1]


def test_whose_row_is_another_one() -> None:
    before = {1: row(1), 2: row(2), 3: row(3)}
    after = {1: before[1], 2: row(2), 4: row(4)}
    assert Renewed().since(before, after) == {2, 3, 4}
    told = Renewed(before, frozenset({2}))
    assert told.since(before, after) == {2}  # of this very board it is known
    assert told.since(dict(before), after) == {2, 3, 4}
    assert Renewed().since(before, before) == set()


def ordered(*rows: BoardRow) -> list[int]:
    return [one.student_id for one in sorted(rows, key=need)]


def test_who_needs_attention_first() -> None:
    not_eligible, to_check = Eligibility.NOT_ELIGIBLE, Eligibility.TO_CHECK
    unknown = row(2, state=not_eligible, count=None, pix=99)
    few, more = (row(number, state=not_eligible, count=number, pix=50) for number in (3, 4))
    assert ordered(more, few, unknown) == [2, 3, 4]
    assert ordered(row(1, "A", pix=200, count=9), row(2, "B", pix=90, count=5)) == [1, 2]  # both are there
    pix = {1: 9, 2: None, 3: 1}
    assert ordered(*(row(at, state=to_check, count=3, pix=one) for at, one in pix.items())) == [2, 3, 1]
    assert ordered(row(1, "Éluard"), row(2, "EL AMRANI"), row(3, "éluard", "Ana")) == [2, 3, 1]
    assert ordered(row(1, place="3eB"), row(2, place="3eA"), row(3, place=None)) == [3, 2, 1]
    assert [need(row(1, state=state))[0] for state in Eligibility] == [*range(len(Eligibility))]


def test_the_counts_of_a_board_in_order_are_those_of_its_rows() -> None:
    dice = random.Random(3)
    for size in (0, 1, 7, 30):
        rows = sorted((drawn(dice, student) for student in range(size)), key=need)
        counts = {state: sum(one.eligibility is state for one in rows) for state in Eligibility}
        assert counts_in_need(rows) == counts
        assert count_states(dice.sample(rows, size)) == counts


@pytest.mark.parametrize(
    ("places", "there"),
    [
        ((), [1, 2, 3, 4]),
        (("3eA",), [1]),
        (("3e a", "3eB"), [1, 2]),
        (("G1",), [2, 3]),  # one of several groups
        (("G1, G2",), [3]),
        (("3eC",), []),
    ],
)
def test_a_board_narrowed_to_classes_and_groups(places: tuple[str, ...], there: list[int]) -> None:
    rows = (
        row(1, place="3eA"),
        row(2, place="3eB", state=Eligibility.NOT_SENT)._replace(group="G1"),
        row(3, place=None)._replace(group="G1, G2"),
        row(4, place=None),
    )
    whole = Snapshot(1, NOW, "", Rule(), rows, counts=count_states(rows))
    found = narrowed(whole, frozenset(places))
    assert [one.student_id for one in found.rows] == there
    assert found.counts == count_states(found.rows)
    assert sum(found.counts.values()) == len(there)


def test_the_export_of_a_profile_and_the_name_of_who_has_none() -> None:
    board = Snapshot(1, NOW, "", Rule(), sources={"one": SOURCE})
    assert [board.source_of(row(1, origin=origin)) for origin in ("one", "two", None)] == [SOURCE, None, None]
    assert [row(1, *name).shown_name for name in (("A", "B"), ("A", ""), ("", "B"), ("", " "))] == [
        "A B", "A", "B", "—",
    ]  # fmt: skip
    places = [("3eA", "G1"), ("3eA", None), (None, "G1"), ("", "G1"), (None, None)]
    found = [row(1, place=division)._replace(group=group) for division, group in places]
    assert [one.place for one in found] == ["3eA", "3eA", "G1", "G1", None]
    assert [one.shown_place for one in found] == ["3eA", "3eA", "G1", "G1", ""]


def test_the_competences_of_a_profile_at_a_level_or_above() -> None:
    sent = SentProfile("2026-03-12T09:31", 40, (None, 0, 1, 2, 2, 3), SOURCE)
    assert [sent.count_at(level) for level in range(5)] == [5, 4, 3, 1, 0]


def test_a_board_counts_its_files_by_what_became_of_them() -> None:
    read, refused = (FileEntry("a.csv", status) for status in (FileStatus.READ, FileStatus.REFUSED))
    board = Snapshot(1, NOW, "", Rule(), files=(read, refused, read))
    assert [board.files_with(status) for status in FileStatus] == [2, 0, 1]
    assert (read.rows, read.present, read.has_stamp) == (0, True, True)
    assert (board.shows_all, board.newest_has_stamp, board.as_of) == (False, True, None)
    assert origin_of_list("profiles", "512407") == "profiles:512407"


def test_what_is_supervised_and_in_which_campaign() -> None:
    lesson = view_of({1: track(("14:05",), 0.5)})
    day = day_view(SESSION, (), (), {}, {}, clock("09:00"))
    board = Snapshot(1, NOW, "", Rule())
    assert (board.supervised, board.lesson_campaign) == (None, None)
    in_lesson, in_day = board._replace(lesson=lesson), board._replace(day=day)
    assert (in_lesson.supervised, in_lesson.lesson_campaign) == (lesson, FOLLOWED)
    assert (in_day.supervised, in_day.lesson_campaign) == (day, None)
