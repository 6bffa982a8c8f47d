"""Who is called to which room: lists of Pix Certif by slot, class lists narrowed, names typed in."""

from __future__ import annotations

from pathlib import Path

import pytest

from pixsession.domain.certification.session import ExpectedFrom, Room, Session, SessionKind
from pixsession.domain.certification.slots import Held, Slot, held_slots, room_of
from pixsession.domain.people.expected import ExpectedStudent
from pixsession.engine.certification.calls import (
    Called,
    called_people,
    is_asked,
    lists_to_read,
    missing_lists,
    typed_student,
)
from pixsession.readers import ExportKind
from tests.factories.days import SESSION, clock  # 12 March 2026, 08:30, "Salle 1" and "Salle 2"
from tests.factories.lists_read import DAY, candidates, export, facts, roster, student

ANY = ExpectedFrom()


def session(*rooms: Room, kind: SessionKind = SessionKind.CERTIFICATION) -> Session:
    return SESSION._replace(rooms=rooms or SESSION.rooms, kind=kind)


def told(called: Called, *, calling: bool = True) -> list[tuple[str, str | None, str]]:
    """Of each list that calls: its name, its room, the last names on it."""
    return [
        (one.name, one.room, " ".join(who.last_name for who in one.people))
        for one in called.people
        if one.calls is calling
    ]


# Lists of Pix Certif


def test_each_candidate_is_called_to_the_room_that_the_list_names() -> None:
    both = candidates("import.csv", facts("salle  1"), facts("SALLE 2"))
    found = called_people(session(), [both])
    assert told(found) == [("import.csv", "Salle 1", "A"), ("import.csv", "Salle 2", "B")]
    assert (found.everybody, found.warnings) == (False, ())


def test_a_slot_in_a_room_that_the_session_does_not_name_is_told_and_not_called() -> None:
    found = called_people(session(), [candidates("import.csv", facts("Salle 1"), facts("CDI"))])
    assert told(found) == [("import.csv", "Salle 1", "A")]
    assert found.warnings == ("CDI: 1 candidate of this slot, in a room that the session does not name.",)
    nowhere = called_people(session(), [candidates("import.csv", facts("Salle 1"), facts(None))])
    assert nowhere.warnings == ("—: 1 candidate of this slot, in a room that the session does not name.",)
    of_no_slot = student("A", of=0), student("B")
    mixed = export("un.ods", ExportKind.CANDIDATES, *of_no_slot, sessions=(facts("Salle 1"),))
    found = called_people(session(), [mixed])
    assert (told(found), found.warnings) == ([("un.ods", "Salle 1", "A")], nowhere.warnings)


def test_where_no_list_names_a_room_of_two_the_room_has_to_be_chosen() -> None:
    found = called_people(session(), [candidates("liste.ods", facts("CDI"))])
    assert told(found) == [("liste.ods", None, "A")]
    assert found.warnings == ("liste.ods does not say in which room: choose each one's room.",)


@pytest.mark.parametrize(
    ("room", "written", "place"), [("Salle 1", "CDI", "Salle 1"), ("", "CDI", "CDI"), ("", None, "")]
)
def test_the_only_room_that_asks_for_a_list_has_its_candidates(
    room: str, written: str | None, place: str
) -> None:
    found = called_people(session(Room(room)), [candidates("liste.ods", facts(written))])
    assert told(found) == [("liste.ods", place, "A")]
    assert found.warnings == ()
    assert told(called_people(session(Room(room)), [candidates("liste.ods")])) == [("liste.ods", room, "A")]


@pytest.mark.parametrize(
    "others", [ExpectedFrom(lists=(Path("deux.ods"),)), ExpectedFrom(session_number="2")]
)
def test_whom_a_list_puts_in_a_room_that_does_not_ask_for_it_is_called_there(others: ExpectedFrom) -> None:
    asked = ExpectedFrom(lists=(Path("un.ods"),))
    lists = [candidates("un.ods", facts("X"), facts("Y")), candidates("deux.ods", facts("Y", number="2"))]
    found = called_people(session(Room("X", asked), Room("Y", others)), lists)
    assert told(found) == [("un.ods", "X", "A"), ("un.ods", "Y", "B"), ("deux.ods", "Y", "A")]
    assert found.warnings == ()


def test_a_room_that_asks_for_its_slot_itself_says_whom_of_it_it_calls() -> None:
    both = ExpectedFrom(lists=(Path("un.ods"),))
    people = student("A", "3eA", of=0), student("B", "3eA", of=1), student("C", "3eB", of=1)
    listed = export("un.ods", ExportKind.SESSIONS, *people, sessions=(facts("X"), facts("Y")))
    rooms = Room("X", both), Room("Y", both._replace(classes=frozenset({"3eA"})))
    assert told(called_people(session(*rooms), [listed])) == [("un.ods", "X", "A"), ("un.ods", "Y", "B")]
    assert told(called_people(session(rooms[0], Room("Y")), [listed])) == [
        ("un.ods", "X", "A"), ("un.ods", "Y", "B C"),
    ]  # fmt: skip


@pytest.mark.parametrize("kind", list(SessionKind))
def test_where_one_room_says_who_is_expected_nobody_else_is_called(kind: SessionKind) -> None:
    rooms = Room("X", ExpectedFrom(lists=(Path("un.ods"),))), Room("Y")
    for lists in ([], [roster(student("Z"))]):
        found = called_people(session(*rooms, kind=kind), lists)
        assert not found.everybody
    assert called_people(session(Room("X"), Room("Y"), kind=kind), []).everybody


def test_each_room_has_the_list_that_it_asks_for() -> None:
    rooms = (
        Room("X", ExpectedFrom(lists=(Path("un.ods"),))),
        Room("Y", ExpectedFrom(lists=(Path("deux.ods"),))),
    )
    lists = [
        candidates("un.ods", facts("CDI")),
        candidates("deux.ods", facts("CDI")),
        candidates("trois.ods"),
    ]
    found = called_people(session(*rooms), lists)
    assert told(found) == [("un.ods", "X", "A"), ("deux.ods", "Y", "A")]
    assert found.warnings == ()
    other_room = candidates("un.ods", facts("X"), facts("CDI"))
    assert told(called_people(session(rooms[0]), [other_room])) == [("un.ods", "X", "A")]


def test_of_a_number_its_candidates_alone_are_called() -> None:
    asked = Room("", ExpectedFrom(session_number="2"))
    numbered = candidates("import.csv", facts(None, number="1"), facts(None, number="2"))
    assert told(called_people(session(asked), [numbered, roster(student("Z"))])) == [("import.csv", "", "B")]
    unknown = called_people(
        session(Room("", ExpectedFrom(session_number="9"))), [numbered, roster(student("Z"))]
    )
    assert (unknown.people, unknown.everybody) == ((), False)


def test_class_lists_beside_a_list_of_candidates_call_nobody() -> None:
    school = roster(student("Z", "3eA"))
    found = called_people(session(), [school, candidates("liste.ods", facts("Salle 1"))])
    assert told(found) == [("liste.ods", "Salle 1", "A")]
    assert told(found, calling=False) == [("classes.csv", None, "Z")]
    alone = called_people(session(), [school])
    assert (told(alone), alone.everybody) == ([("classes.csv", None, "Z")], True)
    nothing = called_people(session(), [])
    assert (nothing.people, nothing.everybody) == ((), True)
    typed = called_people(session(Room("X", ExpectedFrom(names=("PETIT Ana",)))), [school])
    assert (told(typed), told(typed, calling=False), typed.everybody) == ([("", "X", "PETIT")], [], False)


# Classes, groups and names


def test_a_room_calls_those_of_its_classes_and_groups_and_leaves_their_namesakes_out() -> None:
    people = (
        student("A", "3eA", "gr1"),
        student("A", "3eA", "gr2"),
        student("B", "3eB", "gr1"),
        student("C"),
    )
    school = roster(*people)

    def of(source: ExpectedFrom) -> str:
        return " ".join(
            name for _list, _room, name in told(called_people(session(Room("X", source)), [school]))
        )

    assert of(ExpectedFrom(classes=frozenset({"3 A"}))) == "A A"
    assert of(ExpectedFrom(groups=frozenset({"3eA gr1"}))) == "A"
    assert of(ExpectedFrom(groups=frozenset({"gr1"}))) == "A B"
    assert of(ExpectedFrom(classes=frozenset({"3eB"}), groups=frozenset({"gr1"}))) == "B"
    assert of(ExpectedFrom(lists=(Path("classes.csv"),))) == "A A B C"
    (group,) = called_people(session(Room("X", ExpectedFrom(groups=frozenset({"3eA gr1"})))), [school]).people
    assert (group.room, group.left_out) == ("X", (people[1],))
    (place,) = called_people(session(Room("X", ExpectedFrom(classes=frozenset({"3eA"})))), [school]).people
    assert place.left_out == ()
    other_class = roster(student("A", "3eA", "gr1"), student("A", "3eB", "gr2"), student("C", "3eA", "gr2"))
    (told_apart,) = called_people(
        session(Room("X", ExpectedFrom(groups=frozenset({"gr1"})))), [other_class]
    ).people
    assert told_apart.left_out == ()


def test_a_lesson_has_every_list_that_it_asks_for_and_its_names_first() -> None:
    school, pix = roster(student("A", "3eA")), candidates("liste.ods", facts("Salle 1"))
    lesson = session(
        Room("X", ExpectedFrom(names=("PETIT Ana",), lists=(Path("classes.csv"),))),
        kind=SessionKind.HALF_GROUP,
    )
    found = called_people(lesson._replace(path=Path("/home/lesson.toml")), [school, pix])
    assert told(found) == [("lesson.toml", "X", "PETIT"), ("classes.csv", "X", "A")]
    assert [one.line for one in found.people[0].people] == [1]
    assert not found.everybody
    sessions = facts("X", number="1"), facts("X", number="2")
    people = student("A", of=0), student("B", of=1), student("C")
    numbered = export("un.ods", ExportKind.SESSIONS, *people, sessions=sessions)
    of_number = Room("X", ExpectedFrom(session_number="2"))
    found = called_people(session(of_number, kind=SessionKind.HALF_GROUP), [school, numbered, pix])
    assert told(found) == [("un.ods", "X", "B"), ("liste.ods", "X", "")]
    free = called_people(session(Room("X"), kind=SessionKind.HALF_GROUP), [school, pix])
    assert (told(free), free.everybody) == ([("classes.csv", "X", "A"), ("liste.ods", "X", "A")], True)


@pytest.mark.parametrize(
    ("source", "of_pix", "of_school"),
    [
        (ANY, True, True),
        (ExpectedFrom(session_number="1"), True, False),
        (ExpectedFrom(classes=frozenset({"3eA"})), False, True),
        (ExpectedFrom(groups=frozenset({"gr1"})), False, True),
        (ExpectedFrom(names=("PETIT Ana",)), False, False),
        (ExpectedFrom(names=("PETIT Ana",), lists=(Path("/a/liste.ods"),)), True, False),
        (ExpectedFrom(lists=(Path("/a/liste.ods"), Path("/b/classes.csv"))), True, True),
        (ExpectedFrom(lists=(Path("autre.ods"),), session_number="1"), False, False),
    ],
)
def test_what_a_room_says_decides_which_lists_it_asks_for(
    source: ExpectedFrom, *, of_pix: bool, of_school: bool
) -> None:
    assert is_asked(candidates("liste.ods"), source) is of_pix
    assert is_asked(export("liste.ods", ExportKind.SESSIONS), source) is of_pix
    assert is_asked(roster(), source) is of_school


@pytest.mark.parametrize(
    ("typed", "last", "first", "place"),
    [
        ("PETIT Ana (3eB)", "PETIT", "Ana", "3eB"),
        (" PETIT Ana  ( 3eB ) ", "PETIT", "Ana", "3eB"),
        ("Ana PETIT", "PETIT", "Ana", None),
        ("Petit, Ana", "Petit", "Ana", None),
        (" petit ana ", "petit ana", "", None),
        ("PETIT Ana ()", "PETIT", "Ana ()", None),
    ],
)
def test_a_name_that_was_typed_has_its_parts(typed: str, last: str, first: str, place: str | None) -> None:
    found = typed_student(7, typed)
    assert found == ExpectedStudent(7, last, first, division=place)


def test_lists_outside_the_folders_are_read_and_those_that_are_nowhere_are_named_once() -> None:
    inside, outside, other = Path("/exports/a.csv"), Path("/listes/b.csv"), Path("/listes/c.csv")
    rooms = (
        Room("X", ExpectedFrom(lists=(inside, outside))),
        Room("Y", ExpectedFrom(lists=(outside, other))),
    )
    held = session(*rooms)._replace(folders=(Path("/exports"),))
    assert lists_to_read(held) == (outside, other)
    assert missing_lists(held, [roster(name="b.csv")]) == ("a.csv", "c.csv")
    assert missing_lists(held, [roster(name=name) for name in ("a.csv", "b.csv", "c.csv")]) == ()


# Slots


def slot(
    room: str | None = "Salle 1",
    start: str | None = "08:30",
    number: str | None = None,
    day: str | None = DAY,
) -> Slot:
    return Slot("import.csv", facts(room, start, number, day))


def test_the_room_of_a_slot_is_one_of_the_session_or_none() -> None:
    assert room_of(slot("SALLE  2"), SESSION) == "Salle 2"
    assert (
        room_of(slot("CDI"), SESSION)
        is room_of(slot(None), SESSION)
        is room_of(Slot("l", None), SESSION)
        is None
    )
    assert room_of(slot(None), session(Room(""))) is room_of(slot("-"), session(Room("-"))) is None


def test_a_number_takes_its_slot_whatever_the_day_and_says_so() -> None:
    one = ExpectedFrom(session_number="1")
    other_day = slot(number="1", day="2026-03-13")
    found = held_slots((slot(number="2"), other_day, Slot("l", None)), SESSION, one)
    assert found.slots == (other_day,)
    assert len(found.warnings) == 1
    assert found.warnings[0].startswith("import.csv is of 13 Mar")
    found = held_slots((slot(number="3"), slot(number="2"), slot()), SESSION, one)
    assert found == Held((), ("no session 1 in import.csv; there are: 2, 3.",))


def test_lists_without_any_number_are_taken_by_day_and_hour_and_both_doubts_are_told() -> None:
    found = held_slots((slot(start="10:30"), Slot("l", None)), SESSION, ExpectedFrom(session_number="1"))
    assert len(found.slots) == 2
    assert found.warnings == (
        "import.csv, l: the session starts at 10:30 there, at 08:30 here.",
        "no session has a number in import.csv, l: those of the day and the hour are taken.",
    )


@pytest.mark.parametrize(
    ("start", "hours", "taken", "is_doubtful"),
    [
        ("08:30", ("08:30", "10:30", None), ("08:30", None), False),
        ("08:30", ("10:30", None), ("10:30", None), True),
        ("08:30", (None,), (None,), False),
        (None, ("10:30", None), ("10:30", None), False),
        (None, ("10:30", "08:30"), ("10:30", "08:30"), True),
        ("09:00", ("10:30", "08:30"), ("10:30", "08:30"), True),
    ],
)
def test_of_the_slots_of_a_day_those_of_the_hour_are_taken(
    start: str | None, hours: tuple[str | None, ...], taken: tuple[str | None, ...], *, is_doubtful: bool
) -> None:
    at = clock(start).time() if start else None
    found = held_slots(tuple(slot(start=hour) for hour in hours), SESSION._replace(start=at), ANY)
    assert tuple(one.hour for one in found.slots) == taken
    assert len(found.warnings) == is_doubtful
