"""Exports of which only what changed is resolved: everybody is who they are when all of it is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from random import Random

import pytest

from pixsession.domain.people.students import KnownStudent, StudentRegister
from pixsession.domain.pix.participation import Participation
from tests.factories.register import START, A, B, Years, line

SENT = {"sent_at": "2026-03-12T07:00", "pix": 90}
_Export = tuple[str, list[Participation], int]  # the campaign, its lines, the minute


def shown(letter: str, place: str | None = "3eA", number: str | None = None) -> Participation:
    """Somebody who has sent a profile: the same one in every export."""
    return line(letter, "Z", place, number=number, **SENT)  # type: ignore[arg-type]


def series(chance: Random) -> Iterator[_Export]:
    """Exports of two campaigns, most of them as the one before but for a line or two; some come late."""
    there: dict[str, list[Participation]] = {A: [], B: []}
    for number in range(chance.choice((3, 5, 7))):
        campaign = chance.choice((A, A, B))
        lines = there[campaign]
        for _change in range(chance.choice((0, 1, 2)) if lines else 4):
            if lines and chance.random() < 0.5:
                lines.pop(chance.randrange(len(lines)))
            lines.insert(chance.randrange(len(lines) + 1), _somebody(chance))
        yield campaign, [*lines], chance.choice((number * 10, number * 10, number * 10 - 15))


def _somebody(chance: Random) -> Participation:
    return line(
        chance.choice(("A", "A", "B", "b", "")),
        "",
        chance.choice((None, "3eA", "3e a", "3eB", "3eC")),
        sent_at=chance.choice((None, "2026-03-12T09:31", "2026-03-12T09:40")),
        pix=7,
        number=chance.choice((None, None, None, "1", "2")),
        external_id=chance.choice((None, None, "1", "x")),
    )


def test_what_changed_alone_says_of_everybody_what_the_whole_export_says() -> None:
    for seed in range(100):
        whole, changed = Years(), Years(again=True)
        for campaign, lines, minute in series(Random(seed)):
            expected = whole.export(campaign, *lines, minutes=minute)
            assert changed.export(campaign, *lines, minutes=minute) == expected, seed
            assert changed.touched == whole.touched, seed


def test_those_of_whose_name_nothing_changed_are_not_asked_for_again() -> None:
    years = Years(again=True)
    anna, ben, cleo = shown("A"), shown("B"), shown("C")
    assert years.export(A, anna, ben, cleo) == [1, 2, 3]
    assert years.export(A, anna, ben._replace(pix=95), cleo) == [1, 2, 3]
    assert years.weighed == {1}
    assert years.export(A, anna, cleo) == [1, 3]
    assert years.weighed == set()
    # Neither are those of whom a campaign tells less than another one.
    for _time in range(2):
        assert years.export(B, line("A", "Z", None), line("C", "Z", None)) == [1, 3]
    assert years.weighed == set()
    # A namesake makes her who has the name be asked for, and the one gone again does.
    assert years.export(A, anna, cleo, shown("A", "3eB")) == [1, 3, 4]
    assert years.weighed == {0, 2}
    assert years.export(A, anna, cleo) == [1, 3]
    assert years.weighed == {0}
    assert years.export(A, anna, cleo) == [1, 3]
    assert years.weighed == set()


def place_of(years: Years) -> str:
    """The class by which the one student that the last export changed is known now."""
    ((_student, look),) = years.touched
    return look.class_and_group


@pytest.mark.parametrize("again", [False, True])
def test_how_the_newest_export_shows_a_student_stands_whichever_export_comes_late(again: bool) -> None:
    zoe, tom = shown("Z", number="7"), shown("T")
    moved = shown("Z", "3eC", number="7")
    for between, is_newer in ((65, False), (75, True)):
        years = Years(again=again)
        years.export(A, zoe, tom, minutes=60)
        years.export(A, zoe, tom._replace(pix=91), minutes=70)  # of her nothing has changed
        years.export(A, zoe, tom._replace(pix=92), minutes=50)  # neither does an older one, which comes late
        assert years.export(B, moved, minutes=between) == [1]
        assert place_of(years) == ("3eC" if is_newer else "3eA")


@pytest.mark.parametrize("again", [False, True])
def test_an_export_dates_those_alone_whom_it_shows(again: bool) -> None:
    zoe, tom = shown("Z", number="7"), shown("T")
    for between, is_newer in ((65, False), (75, True)):
        years = Years(again=again)
        years.export(A, zoe, tom, minutes=60)
        years.export(A, zoe, tom._replace(pix=91), minutes=70)
        years.export(A, tom._replace(pix=91), minutes=80)
        assert years.export(B, shown("Z", "3eC", number="7"), minutes=between) == [1]
        assert place_of(years) == ("3eC" if is_newer else "3eA")


@pytest.mark.parametrize("again", [False, True])
def test_an_export_that_shows_a_namesake_dates_nobody_else_of_the_name(again: bool) -> None:
    years = Years(again=again)
    zoe, namesake, tom = shown("Z", number="7"), shown("Z", "3eB", number="8"), shown("T")
    assert years.export(B, zoe, minutes=10) == [1]
    assert years.export(A, namesake, tom, minutes=60) == [2, 3]
    assert years.export(A, tom, minutes=70) == [3]
    assert years.export(B, shown("Z", "3eC", number="7"), minutes=30) == [1]
    assert place_of(years) == "3eC"


def test_a_register_made_anew_resolves_the_whole_export() -> None:
    first = Years()
    first.export(A, shown("Z"), shown("T"))
    known = [KnownStudent(student, look, frozenset({A}), START) for student, look in first.touched]
    entries = [(2, shown("T")), (-1, shown("Z")), (-1, shown("N"))]
    later = START + timedelta(minutes=5)
    found, touched = StudentRegister(known).resolve_again(A, entries, [1, 2], [], later, first.sends_of)
    assert found == {0: 2, 1: 1, 2: 3}
    assert [one.student_id for one in touched] == [3]


@pytest.mark.parametrize("again", [False, True])
def test_a_campaign_without_classes_knows_its_students_by_how_it_showed_them(again: bool) -> None:
    years = Years(again=again)
    assert years.export(A, shown("Z")) == [1]
    bare = shown("Z", None)
    assert years.export(B, bare) == [1]
    assert years.export(A, shown("Z"), shown("Z", "3eB")) == [1, 2]
    # She has sent another profile there, and the first one is no longer shown.
    assert years.export(B, bare._replace(sent_at="2026-03-12T09:40", pix=95)) == [1]
    assert years.touched == []


def test_who_looks_exactly_so_now_comes_before_whom_a_campaign_showed_so_before() -> None:
    for again in (False, True):
        years, numbered, bare = Years(again=again), shown("Z", number="7"), shown("Z")
        assert years.export(A, numbered) == [1]
        assert years.export(B, bare) == [1]
        assert years.export(A, numbered, bare) == [1, 2]
        assert years.export(B, bare) == [2]


def test_who_looks_as_somebody_else_would_with_what_is_known_of_them_stays_another_student() -> None:
    for again in (False, True):
        years = Years(again=again)
        nowhere, placed = line("Z", place=None, number="7"), line("Z", number="7")
        assert years.export(A, nowhere, placed) == [1, 2]
        assert years.export(B, nowhere) == [1]
        assert years.export(B, placed, line("Z")) == [2, 1]
        assert years.export(B, placed) == [2]


@pytest.mark.parametrize(
    ("exports", "students"),
    [
        # A number once told is not forgotten for an export without it, and stays with who had none before.
        ([(A, "3eA", "7", 1), (B, "3eA", None, 1), (A, "3eB", "7", 2)], [1, 1, 1]),
        ([(A, "3eA", None, 1), (A, "3eA", "7", 1), (A, "3eB", "7", 2)], [1, 1, 1]),
        ([(A, None, "7", 1), (A, "3eA", None, 1), (A, "3eA", "8", 2)], [1, 1, 2]),
        # Neither is a class.
        ([(A, "3eA", "7", 1), (B, None, "7", 1), (B, "3eA", None, 2)], [1, 1, 1]),
        # Without a class on one side a name is enough, but not against a number.
        ([(A, None, None, 1), (B, "3eA", None, 1)], [1, 1]),
        ([(A, "3eA", "7", 1), (B, None, "8", 1)], [1, 2]),
        ([(A, "3eA", "7", 1), (B, None, None, 1)], [1, 1]),
        # Another class in the same campaign needs the same submissions.
        ([(A, "3eA", "7", 1), (A, "3eB", "8", 2)], [1, 2]),
        ([(A, "3eA", None, 1), (A, "3eB", None, 2)], [1, 2]),
        ([(A, "3eA", None, 1), (B, "3eB", None, 1)], [1, 2]),
        ([(A, "3eA", None, None), (A, "3eB", "8", None)], [1, 1]),
        ([(A, "3eA", "7", None), (A, "3eB", "8", None)], [1, 2]),
    ],
)
def test_one_name_from_export_to_export(
    exports: list[tuple[str, str | None, str | None, int | None]], students: list[int]
) -> None:
    for again in (False, True):
        years = Years(again=again)
        found = []
        for campaign, place, number, pix in exports:
            sent_at = None if pix is None else f"2026-03-12T09:0{pix}"
            found += years.export(campaign, line("Z", "Z", place, number=number, sent_at=sent_at, pix=pix))
        assert found == students


def test_who_could_be_either_of_two_is_neither_and_of_two_who_could_be_one_neither_is() -> None:
    for again in (False, True):
        years = Years(again=again)
        assert years.export(A, line(place="3eA"), line(place="3eB")) == [1, 2]
        assert years.export(A, line(place="3eC")) == [3]
        years = Years(again=again)
        assert years.export(A, line(place="3eA")) == [1]
        assert years.export(A, line(place="3eB"), line(place="3eC")) == [2, 3]


def test_those_without_a_name_are_one_by_their_number_alone() -> None:
    years = Years()
    numbered = line("", "", "3eA", number="7")
    assert years.export(A, numbered) == [1]
    assert years.export(A, line("", "", "3eB", number="7")) == [1]
    assert years.export(A, line("", "", "3eB")) == [2]
    assert years.export(A, line("", "", None)) == [3]


def test_who_comes_into_another_campaign_is_told_even_by_an_older_export() -> None:
    years = Years()
    years.export(A, shown("Z"), minutes=60)
    years.export(B, shown("Z"), minutes=30)
    assert [student for student, _look in years.touched] == [1]
    years.export(B, shown("Z"), minutes=40)
    assert years.touched == []


@pytest.mark.parametrize("again", [False, True])
def test_how_a_campaign_showed_somebody_the_last_time_alone_counts(again: bool) -> None:
    years, first, bare = Years(again=again), shown("Z"), shown("Z", None)
    assert years.export(A, first) == [1]
    assert years.export(B, bare) == [1]
    assert years.export(A, first, shown("Z", "3eB")) == [1, 2]
    assert years.export(B, bare._replace(external_id="x")) == [1]
    assert years.export(B, bare._replace(sent_at="2026-03-12T09:40")) == [3]


@pytest.mark.parametrize("again", [False, True])
def test_of_two_whom_a_campaign_shows_alike_one_after_the_other_the_last_one_is_known_so(again: bool) -> None:
    years, first, second = Years(again=again), shown("Z"), shown("Z", "3eB")._replace(pix=50)
    bare = second._replace(division=None)
    assert years.export(A, first, second) == [1, 2]
    assert years.export(B, first, second) == [1, 2]
    assert years.export(B, first._replace(division=None)) == [1]
    assert years.export(B, first, bare) == [1, 2]
    assert years.export(B, bare, first._replace(division=None, external_id="x")) == [2, 1]
    assert years.export(B, bare._replace(sent_at="2026-03-12T09:40")) == [2]


def test_of_two_students_the_one_who_fits_better_is_found_and_no_other_is_left_over_for_the_next() -> None:
    years = Years()
    numbered, bare = shown("Z", number="7"), shown("Z")
    assert years.export(A, numbered, bare) == [1, 2]
    assert years.export(B, numbered._replace(division="3E A")) == [1]
    years = Years()
    assert years.export(A, shown("Z"), shown("Z", "3eB")) == [1, 2]
    # Of a name that several have, a line without a class may be anybody's.
    assert years.export(B, shown("Z"), shown("Z", None)) == [1, 3]
