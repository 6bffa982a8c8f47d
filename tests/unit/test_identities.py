"""People made comparable: what says that two may be one, that they are two, or nothing."""

from __future__ import annotations

import pytest

from pixsession.domain.people.identities import (
    Identity,
    Places,
    asked_keys,
    bare_number,
    born_alike,
    by_half_group,
    class_key,
    contradict,
    group_key,
    group_keys,
    identity_key,
    may_be_one_number,
    people_in_order,
    people_of,
    place_keys,
    places_of,
    shared_key,
)


def one(division: str | None = None, group: str | None = None, *, born: str | None = None,
        number: str | None = None, key: str = "k") -> Identity:  # fmt: skip
    return Identity(
        key, "MARTIN", "Léo", division=division, group=group, birth_date=born, student_number=number
    )


@pytest.mark.parametrize(
    ("mine", "theirs", "said"),
    [
        (one("3eA"), one("3 A"), Places.SAME),
        (one("3eA"), one("3eB"), Places.DIFFERENT),
        (one("3eA", "gr1"), one("3eB", "gr1"), Places.DIFFERENT),
        (one("3eA", "gr1"), one("3eA", "gr2"), Places.SAME),
        (one("3eA"), one(), Places.UNKNOWN),
        (one(), one(), Places.UNKNOWN),
        (one("3eA"), one(None, "3eA"), Places.SAME),
        (one("3eA"), one(None, "gr1"), Places.UNKNOWN),
        (one("3eA", "gr1"), one(None, "gr1"), Places.SAME),
        (one("3eA", "gr1"), one(None, "gr2"), Places.DIFFERENT),
        (one(None, "gr1"), one(None, "gr2"), Places.DIFFERENT),
        (one(None, "[GR1], [ANG]"), one(None, "ang, gr2"), Places.SAME),
        (one(None, "gr1"), one(), Places.UNKNOWN),
    ],
)
def test_how_the_places_of_two_stand_to_each_other(mine: Identity, theirs: Identity, said: Places) -> None:
    first, second = people_in_order([mine, theirs])
    assert (places_of(first, second), places_of(second, first)) == (said, said)


@pytest.mark.parametrize(
    ("mine", "theirs", "are_two", "alike"),
    [
        (one(), one(), False, False),
        (one(born="2011-01-02"), one(), False, False),
        (one(born="2011-01-02"), one(born="2011-01-02"), False, True),
        (one(born="2011-01-02"), one(born="2011-02-01"), True, False),
        (one(number="12"), one(), False, False),
        (one(number="12"), one(number="0012"), False, False),
        (one(number="12"), one(number="13"), True, False),
        (one(number="12"), one(number="0123456789A"), False, False),
        (one(born="2011-01-02", number="12"), one(born="2011-01-02", number="13"), True, True),
        (one(born="2011-01-02", number="12"), one(born="2011-01-03", number="12"), True, False),
    ],
)
def test_what_says_that_two_are_two(mine: Identity, theirs: Identity, are_two: bool, alike: bool) -> None:
    for first, second in (people_in_order([mine, theirs]), people_in_order([theirs, mine])):
        assert contradict(first, second) is are_two
        assert born_alike(first, second) is alike


@pytest.mark.parametrize(
    ("mine", "theirs", "may_be"),
    [
        ("12", "12", True),
        ("12", "13", False),
        ("12", "123456789a", True),
        ("123456789a", "123456789b", False),
        ("123456789a", "1234567890ab", False),
        ("123456789a", "12345678a", True),  # eight digits are of no national number
        ("123456789a", "12345678901a", True),
        ("123456789a", "123456789abc", True),
        ("123456789a", "l12", True),
        ("l12", "l13", True),
    ],
)
def test_two_numbers_may_be_of_one_student(mine: str, theirs: str, may_be: bool) -> None:
    assert may_be_one_number(mine, theirs) is may_be_one_number(theirs, mine) is may_be


@pytest.mark.parametrize(
    ("number", "bare"),
    [
        (None, ""),
        ("", ""),
        ("0012", "12"),
        ("00", ""),
        (" 12 34", "1234"),
        ("0A1", "0a1"),
        ("Lou@x.fr", "louxfr"),
    ],
)
def test_numbers_are_compared_as_spreadsheets_leave_them(number: str | None, bare: str) -> None:
    assert bare_number(number) == bare


@pytest.mark.parametrize(
    ("person", "found", "namesake", "is_told"),
    [
        ("gr1", "gr1", "gr2", True),
        ("gr1", "gr2", "gr1", False),
        ("gr1", "gr1", "gr1", False),
        (None, "gr1", "gr2", False),
        ("gr1", None, "gr2", False),
        ("gr1", "gr1", None, False),
        ("gr1, ang", "gr1, ang", "gr2, ang", True),
        ("ang", "gr1, ang", "gr2, ang", False),
        ("gr1, gr2", "gr1", "gr2", False),
        ("gr1", "gr1, gr2", "gr2", False),  # nothing is the namesake's alone
        ("5eB gr1", "gr1", "gr2", True),
    ],
)
def test_half_groups_tell_namesakes_apart(
    person: str | None, found: str | None, namesake: str | None, is_told: bool
) -> None:
    three = people_in_order([one("5eB", group) for group in (person, found, namesake)])
    assert by_half_group(*three) is is_told


def test_half_groups_tell_namesakes_apart_where_no_class_is_known() -> None:
    assert by_half_group(*people_in_order([one(None, group) for group in ("gr1", "gr1", "gr2")]))
    assert not by_half_group(*people_in_order([one(None, None) for _each in range(3)]))


@pytest.mark.parametrize(
    ("names", "key"),
    [
        (("3eA", "3 A", "3ème A", "3EME-A", "3ieme a"), "3a"),
        (("2nde B", "2de B", "2B"), "2b"),
        (("1ere 1", "1re 1", "1er 1"), "11"),
        (("3e",), "3e"),
        (("1ere 2e",), "12e"),
        (("", " "), ""),
    ],
)
def test_one_class_has_one_key(names: tuple[str, ...], key: str) -> None:
    assert {class_key(name) for name in names} == {key}


def test_one_group_has_one_key() -> None:
    names = (
        "5eB gr1",
        "5EB_GR1",
        "5B G1",
        "5B groupe 1",
        "5eB-1",
        "5B demi-groupe 1",
        "5B grpe1",
        "5B gpe 1",
    )
    assert {group_key(name) for name in names} == {"5bg1"}
    assert group_key("5eB gr12") == "5bg12"
    assert group_key("5eB gr A") == "5bga"
    assert group_key("5eB gr C") == "5bgrc"
    assert group_key("3-1") == "31"
    assert group_keys("[5EB GR1], [ANG1]|5B G1;\n") == {"5bg1", "ang1"}
    assert group_keys("") == frozenset()


def test_a_session_may_name_a_half_group_with_its_class_or_without() -> None:
    assert place_keys("5eB", "gr1") == {"5b", "g1", "5bg1"}
    assert place_keys("5eB", "5eB gr1") == {"5b", "g1", "5bg1"}
    assert place_keys("5eB", "5eB") == {"5b"}
    assert place_keys("5eB", "") == {"5b"}
    assert place_keys("", "gr1, ang") == {"g1", "ang"}
    assert asked_keys(["5eB gr1"]) == {"5bgr1", "5bg1"}
    assert asked_keys(()) == frozenset()


def test_who_stands_twice_under_one_key_is_known() -> None:
    people, doubles = people_of([one("3eB", key="b"), one("3eA", key="a"), one("3eC", key="b")])
    assert list(people) == ["a", "b"]
    assert doubles == {"b"}
    again, _doubles = people_of([one("3eC", key="b"), one("3eB", key="b"), one("3eA", key="a")])
    assert again == people
    roux = one(key="b")._replace(last_name="ROUX")
    assert people_of([roux, one(key="b")]) == people_of([one(key="b"), roux])
    assert people_of([one(key="a")])[1] == frozenset()
    assert people_of([]) == ({}, frozenset())


def test_a_key_hides_what_is_private() -> None:
    plain = identity_key("list", "LE GOFF", "Maï", place="3eA")
    assert plain == "list|legoff|mai|3ea|"
    assert identity_key("list", "MARTIN", "Léo") == "list|martin|leo||"
    born = identity_key("list", "LE GOFF", "Maï", place="3eA", birth_date="2011-01-02")
    numbered = identity_key("list", "LE GOFF", "Maï", place="3eA", number="12")
    both = identity_key("list", "LE GOFF", "Maï", place="3eA", birth_date="2011-01-02", number="12")
    assert len({plain, born, numbered, both}) == 4
    assert identity_key("list", "LE GOFF", "Maï", place="3eA", number="0012") == numbered
    assert all(key.startswith(plain) and len(key) == len(plain) + 16 for key in (born, numbered, both))
    assert shared_key(born) == born[:-15]
    assert shared_key(plain) == plain
    exported = identity_key("export", "LE GOFF", "Maï", place="3eA", number="12")
    assert shared_key(exported) == "export|legoff|mai|3ea|"
    assert shared_key("anything else") == "anything else"
