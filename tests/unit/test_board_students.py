"""Everybody of a board in the order of need, and what is decided of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from types import SimpleNamespace
from typing import cast

import pytest

from pixsession.domain.board.changes import Delta
from pixsession.domain.board.snapshot import Campaign, SentProfile, Source
from pixsession.domain.people.expected import ExpectedStudent
from pixsession.domain.people.merge import MergedRows
from pixsession.domain.people.resolver import Evaluation, PeopleList, SpoiledPlaces
from pixsession.domain.pix.eligibility import Rule
from pixsession.engine.board.lists import Lists
from pixsession.engine.common.entry_log import EntryLog
from pixsession.engine.people.board_students import BoardStudents
from pixsession.store.board import Board
from pixsession.store.store import Store
from tests.factories.dossiers import noon
from tests.factories.exports import MORNING
from tests.factories.register import line
from tests.factories.shelf import Shelf, zoe
from tests.factories.snapshots import SOURCE
from tests.factories.stored import begun

NO_LISTS, NO_PLACES = Lists(), SpoiledPlaces()
NOBODY: Mapping[int, Delta] = {}
TWO = Shelf(X=[(1, zoe("3eA"))], Y=[(2, zoe("3eB"))]).board
TOM = line("PETIT", "Tom", "3eA")
ONE = Shelf(X=[(1, zoe("3eA")), (2, TOM)]).board
LISTED = PeopleList("3eA.csv", (ExpectedStudent(2, "SOREL", "Zoé", division="3eA"),))
EVALUATION = Evaluation(
    Source("sos.csv", Campaign("S", None, "SOS"), MORNING), [(9, begun("ROUX", 1, "08:10"))]
)


def people(sends: Mapping[int, Sequence[SentProfile]] | None = None) -> BoardStudents:
    store = cast("Store", SimpleNamespace(history=(sends or {}).__getitem__))
    return BoardStudents(store, EntryLog(None, noon), Rule())


def merged(
    students: BoardStudents,
    board: Board,
    *,
    evaluations: Sequence[Evaluation] = (),
    lists: Lists = NO_LISTS,
    called: tuple[PeopleList, ...] | None = None,
    deltas: Mapping[int, Delta] = NOBODY,
) -> MergedRows:
    return students.merged(board, evaluations, lists, called, NO_PLACES, deltas)


def names(found: MergedRows) -> list[str]:
    return [row.last_name for row in found.rows]


def test_a_board_of_exports_alone_is_that_of_their_rows_in_the_order_of_need() -> None:
    found = merged(people(), ONE)
    assert names(found) == ["PETIT", "SOREL"]
    assert {row.student_id: row for row in found.rows} == ONE.rows
    assert found[1:] == ((), {}, frozenset())
    assert names(merged(people(), Board())) == []


def test_whatever_else_is_told_is_merged_in_and_forgotten_again() -> None:
    students = people()
    for _time in range(2):
        assert names(merged(students, ONE)) == ["PETIT", "SOREL"]
        found = merged(students, ONE, evaluations=[EVALUATION])
        assert {*names(found)} == {"SOREL", "PETIT", "ROUX"}
        found = merged(students, ONE, lists=Lists((LISTED,)))
        assert [row.last_name for row in found.rows if row.expected] == ["SOREL"]
        assert found.called == {1}
        found = merged(students, ONE, lists=Lists((LISTED,)), called=())
        assert not any(row.expected for row in found.rows)
        assert found.called == set()
        assert all(row.keys for row in found.rows)
        assert merged(students, ONE, called=(LISTED,)).called == {1}


def test_a_doubt_is_open_until_somebody_decides_it_and_again_when_that_is_undone() -> None:
    students = people()
    (doubt,) = merged(students, TWO).doubts
    pair = doubt.person.key, doubt.candidates[0].person.key
    for one, other in ((pair[0], "nobody"), ("nobody", pair[1])):
        students.decide(one, other, same=True)
    assert students.decisions() == ()
    students.decide(*pair, same=True)
    found = merged(students, TWO)
    assert (len(found.rows), found.doubts) == (1, ())
    assert {*found.merged, *found.merged.values()} == {1, 2}
    assert students.same_students == found.merged
    (decided,) = students.decisions()
    assert ({decided.person.key, decided.other.key}, decided.same) == ({*pair}, True)
    students.decide(*pair, same=False)  # no doubt is open any more
    assert len(students.decisions()) == 1
    students.undo_decision(*pair)
    assert len(merged(students, TWO).doubts) == 1
    assert students.same_students == {}
    students.decide(*pair, same=False)
    found = merged(students, TWO)
    assert (len(found.rows), found.doubts) == (2, ())


def test_gains_of_the_last_day_are_marked_by_whichever_id_they_were_noted() -> None:
    newest = TWO.exports[0].source.exported_at
    recent, old = (Delta(1, 8, newest - timedelta(days=1, seconds=more)) for more in (0, 1))
    students = people()
    for deltas, marks in (
        ({1: recent}, [recent, None]),
        ({1: old}, [None, None]),
        ({9: recent}, [None, None]),
    ):
        rows = sorted(merged(students, TWO, deltas=deltas).rows)
        assert [row.delta for row in rows] == marks
    (doubt,) = merged(students, TWO).doubts
    students.decide(doubt.person.key, doubt.candidates[0].person.key, same=True)
    for deltas in ({1: recent}, {2: recent}):
        (row,) = merged(students, TWO, deltas=deltas).rows
        assert row.delta == recent
    # Whom an evaluation alone names gained nothing on this board.
    found = merged(people(), ONE, evaluations=[EVALUATION], deltas={9: recent})
    assert not any(row.delta for row in found.rows)
    found = merged(people(), Board(), evaluations=[EVALUATION])
    assert names(found) == ["ROUX"]


IN_B = PeopleList("3eB.csv", (ExpectedStudent(2, "SOREL", "Zoé", division="3eB"),))


@pytest.mark.parametrize("told", [{}, {"lists": Lists((IN_B,))}, {"called": (IN_B,)}])
def test_the_profiles_of_one_student_are_those_of_all_ids(told: dict[str, object]) -> None:
    sends = {number: (SentProfile(f"2026-03-1{number}", number, (), SOURCE),) for number in (1, 2)}
    students = people(sends)
    found = merged(students, TWO, **told)  # type: ignore[arg-type]
    assert [students.history(number) for number in (1, 2)] == [sends[1], sends[2]]
    (doubt,) = found.doubts
    students.decide(doubt.person.key, doubt.candidates[0].person.key, same=True)
    (row,) = merged(students, TWO, **told).rows  # type: ignore[arg-type]
    assert students.history(row.student_id) == (*sends[2], *sends[1])
