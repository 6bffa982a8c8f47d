"""Who is one student on a board of several campaigns, by rule and by decision, from one board to the next."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import pytest

from pixsession.domain.people.identify import identity_of_row
from pixsession.domain.people.matches import Decisions
from pixsession.domain.people.resolver import SpoiledPlaces
from pixsession.domain.pix.eligibility import Rule
from pixsession.domain.pix.participation import Participation
from pixsession.engine.people.whos_who import BoardPeople, WhosWho
from pixsession.store.board import Board
from tests.factories.shelf import Shelf, zoe


def said(
    board: Board,
    same: Sequence[tuple[int, int]] = (),
    different: Sequence[tuple[int, int]] = (),
    places: SpoiledPlaces | None = None,
) -> tuple[set[int], set[frozenset[int]], dict[int, int]]:
    """Whose rows are left, the pairs in doubt, and the unions, by decisions on these pairs of ids."""
    keys = {student: identity_of_row(row).key for student, row in board.rows.items()}
    decisions = Decisions(
        *(frozenset((keys[one], keys[other]) for one, other in pairs) for pairs in (same, different))
    )
    found = WhosWho(Rule()).of(board, places or SpoiledPlaces(), decisions)
    settled = found.settled
    assert all(one < other for one, other in settled.doubtful)
    return {*found.board.rows}, {frozenset(pair) for pair in settled.doubtful}, dict(settled.unions)


TWO = Shelf(X=[(1, zoe("3eA"))], Y=[(2, zoe("3eB"))]).board
THREE = Shelf(X=[(1, zoe("3eA"))], Y=[(2, zoe("3eB"))], W=[(3, zoe("3eC"))]).board
ONE_CLASS = Shelf(X=[(1, zoe("3eA"))], Y=[(2, zoe("3 A"))]).board


def test_two_classes_of_one_name_are_a_doubt_until_somebody_decides() -> None:
    assert said(TWO) == ({1, 2}, {frozenset({1, 2})}, {})
    for pair in ((1, 2), (2, 1)):
        rows, doubts, unions = said(TWO, same=[pair])
        assert (len(rows), doubts) == (1, set())
        assert {*unions, *unions.values()} == {1, 2}
        assert rows == set(unions.values())
        assert said(TWO, different=[pair]) == ({1, 2}, set(), {})


def test_whom_a_rule_takes_for_one_a_decision_keeps_apart() -> None:
    rows, doubts, unions = said(ONE_CLASS)
    assert (len(rows), doubts, len(unions)) == (1, set(), 1)
    for pair in ((1, 2), (2, 1)):
        assert said(ONE_CLASS, different=[pair]) == ({1, 2}, set(), {})


def test_a_third_one_is_in_doubt_once_with_two_who_are_one() -> None:
    assert said(THREE)[1] == {frozenset(pair) for pair in ((1, 2), (1, 3), (2, 3))}
    rows, doubts, unions = said(THREE, same=[(1, 2)])
    assert doubts == {frozenset(rows)}
    assert 3 in rows
    assert len(unions) == 1
    rows, doubts, unions = said(THREE, same=[(1, 2), (3, 2)])
    assert (len(rows), doubts, len(unions)) == (1, set(), 2)
    rows, doubts, unions = said(THREE, different=[(1, 2), (3, 1)])
    assert (rows, doubts, unions) == ({1, 2, 3}, {frozenset({2, 3})}, {})


@pytest.mark.parametrize(("division", "group"), [("3,00E+01", None), (None, "3,00E+01")])
def test_a_spoiled_class_is_no_other_one(division: str | None, group: str | None) -> None:
    spoiled = zoe(None)._replace(division=division, group=group)
    sound = zoe(None)._replace(division=division and "3e1", group=group and "3e1")
    board = Shelf(X=[(1, spoiled)], Y=[(2, sound)]).board
    assert len(said(board)[0]) == 2
    places = SpoiledPlaces({"3,00E+01": "3e1"})
    rows, doubts, unions = said(board, places=places)
    assert (len(rows), doubts, len(unions)) == (1, set(), 1)
    for shown in (board, Shelf(X=[(1, spoiled)]).board):
        found = WhosWho(Rule()).of(shown, places, Decisions()).board.rows
        assert {(one.division, one.group) for one in found.values()} == {(sound.division, sound.group)}


def test_a_class_that_no_row_shows_any_more_is_asked_for_anew_once_a_file_tells_what_it_was() -> None:
    shelf = Shelf(X=[(1, zoe("3,00E+01"))], Y=[(1, zoe("3e1"))], W=[(2, zoe("3e1"))])
    people = WhosWho(Rule())
    assert people.of(shelf.board, SpoiledPlaces(), Decisions()).settled.doubtful == {(1, 2)}
    places = SpoiledPlaces({"3,00E+01": "3e1"})
    for told in (places, SpoiledPlaces(), places):
        found = people.of(shelf.board, told, Decisions()).settled
        assert found == WhosWho(Rule()).of(shelf.board, told, Decisions()).settled
        assert len(found.unions) == (1 if told is places else 0)


def _anybody(chance: Random, student: int) -> tuple[int, Participation]:
    """Of few names and classes; of one id always the same name."""
    found = zoe(chance.choice((None, "3eA", "3 a", "3eB")), number=chance.choice((None, None, "1", "2")))
    return student, found._replace(last_name="AB"[student % 2], pix=chance.choice((10, 40)))


def test_boards_one_after_the_other_say_what_each_of_them_says_alone() -> None:
    met = set()
    for seed in range(40):
        chance, shelf, people = Random(seed), Shelf(), WhosWho(Rule())
        for _step in range(6):
            students = chance.sample(range(1, 6), chance.choice((1, 2, 3)))
            board = shelf.show(chance.choice("XYZ"), *(_anybody(chance, one) for one in students))
            keys = [identity_of_row(row).key for row in board.rows.values()]
            pair = frozenset({(chance.choice(keys), chance.choice(keys))})
            decisions = chance.choice(
                (Decisions(), Decisions(), Decisions(pair), Decisions(frozenset(), pair))
            )
            places = chance.choice((SpoiledPlaces(),) * 4 + (SpoiledPlaces({"3eB": "3eA"}),))
            found = people.of(board, places, decisions)
            assert _told(found) == _told(WhosWho(Rule()).of(board, places, decisions)), seed
            met.add((bool(found.settled.unions), bool(found.settled.doubtful)))
    assert len(met) == 4


def _told(found: BoardPeople) -> tuple[object, ...]:
    return found.settled, found.board.rows, found.board.lines, found.board.judged
