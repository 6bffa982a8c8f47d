"""Whom an action, a decision or another lesson names: nobody rather than somebody else."""

from __future__ import annotations

import pytest

from pixsession.domain.board.snapshot import BoardRow
from pixsession.domain.certification.day import Who
from pixsession.domain.people.matches import PersonLabel
from pixsession.domain.people.resolver import StudentLookup, are_alike, row_of
from tests.factories.snapshots import row


def known(student: int, last: str, first: str, place: str | None, *keys: str, group: str = "") -> BoardRow:
    return row(student, last, first, place=place)._replace(keys=keys, group=group or None)


LEO_A = known(1, "MARTIN", "Léo", "3eA", "a", "both")
LEO_B = known(2, "MARTIN", "Léo", "3eB", "b", "both", group="3eB gr1")
EVA = known(3, "ROUX-PETIT", "Eva", None, "c", group="5eC gr2")
NAMELESS = known(4, "", " ", "3eA", "d")
ROWS = (LEO_A, LEO_B, EVA, NAMELESS)


@pytest.mark.parametrize(
    ("keys", "last", "first", "place", "found"),
    [
        # By a key, whatever name and class are now.
        (("a",), "MARTIN", "Léo", "3eA", 1),
        (("a",), "DUPONT", "Tom", "3eZ", 1),
        (("x", "b"), "MARTIN", "Léo", "3eA", 2),
        (("d",), "", "", None, 4),
        # A key of two: the one of one student says more, then the name, then the class.
        (("both", "a"), "MARTIN", "Léo", "3eB", 1),
        (("b", "both"), "MARTIN", "Léo", "3eA", 2),
        (("both",), "MARTIN", "Léo", "3eA", 1),
        (("both",), "MARTIN", "Léo", "3 B", 2),
        (("both",), "MARTIN", "Léo", "3eB gr1", 2),
        (("both",), "DUPONT", "Tom", "3eB", 2),
        (("both",), "MARTIN", "Léo", "3eC", None),
        (("both",), "MARTIN", "Léo", None, None),
        (("a", "c"), "ROUX PETIT", "Eva", None, 3),
        (("a", "c"), "MARTIN", "Léo", None, 1),
        (("a", "c"), "DUPONT", "Tom", None, None),
        (("a", "c"), "DUPONT", "Tom", "3eA", 1),
        # By name where no key is known.
        (("x",), "martin", "Leo", "3eB", 2),
        ((), "MARTIN", "Léo", None, None),
        ((), "MARTIN", "Léo", "3eC", None),
        ((), "RouxPetit", "EVA", None, 3),
        ((), "ROUX-PETIT", "Eva", "6eA", 3),  # the only one of the name, in whatever class
        ((), "ROUX-PETIT", "", None, None),
        ((), "", "", "3eA", None),
        (("x",), "DUPONT", "Tom", "3eA", None),
    ],
)
def test_whom_an_action_names(
    keys: tuple[str, ...], last: str, first: str, place: str | None, found: int | None
) -> None:
    for rows in (ROWS, ROWS[::-1]):
        lookup = StudentLookup(rows)
        who = Who(keys, last, first, place)
        assert [lookup.student(who), lookup.student(who)] == [found, found]


def test_one_name_alone_is_a_name() -> None:
    lookup = StudentLookup([known(1, "MADONNA", "", "3eA", "a"), known(2, "", "Pelé", "3eA", "b")])
    assert lookup.student(Who((), "Madonna", "", None)) == 1
    assert lookup.student(Who((), "", "Pele", None)) == 2


def label(last: str = "MARTIN", first: str = "Léo", place: str | None = None) -> PersonLabel:
    return PersonLabel("", last, first, place, None, "liste.csv")


@pytest.mark.parametrize(
    ("person", "found"),
    [
        (label(place="3eA"), LEO_A),
        (label(place="3e B"), LEO_B),
        (label(place="3eB gr1"), LEO_B),
        (label(place="3eC"), None),
        (label(), None),
        (label("Roux Petit", "eva"), EVA),
        (label("RouxPetit", "Eva"), None),  # a decision is shown beside what is written alike alone
        (label("ROUX-PETIT", "Eva", "5eC gr2"), EVA),
        (label("ROUX-PETIT", "Eva", "5eC"), None),
        (label("MARTIN", "Eva"), None),
        (label("ROUX-PETIT", "Léo"), None),
    ],
)
def test_the_row_of_a_person_of_a_decision(person: PersonLabel, found: BoardRow | None) -> None:
    assert row_of(person, ROWS) is found
    assert row_of(person, ()) is None


@pytest.mark.parametrize(
    ("people", "alike"),
    [
        ([], False),
        ([label()], False),
        ([label(), label()], True),
        ([label(), label("martin", "LEO")], True),
        ([label(place="3eA"), label(place="3e A")], True),
        ([label(place="3eA"), label(place="3eB")], False),
        ([label(place="3eA"), label()], False),
        ([label(), label(first="Léa")], False),
        ([label(), label("MARTY")], False),
        ([label(), label(first="Léa"), label()], True),
    ],
)
def test_who_is_alike_by_name_and_class(people: list[PersonLabel], alike: bool) -> None:
    assert are_alike(people) is alike
