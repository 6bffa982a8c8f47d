"""Who else could be meant: a rule merges two people where nobody is, on either side, and else none does."""

from __future__ import annotations

from typing import Any

import pytest

from pixsession.domain.people.identities import Identity
from pixsession.domain.people.matches import Decisions, MatchRule
from pixsession.domain.people.matching import match
from tests.factories.people import someone, unsplit

BORN, BORN_LATER = "2011-01-02", "2011-03-04"
INE, OTHER_INE = "0123456789A", "0123456788B"
NAME, WORDS, NUMBER = MatchRule.CLASS_AND_NAME, MatchRule.CLASS_AND_WORDS, MatchRule.NUMBER
BIRTH, ALONE = MatchRule.NAME_AND_BIRTH_DATE, MatchRule.NAME_ALONE
Found = dict[tuple[str, str], MatchRule]


def leo(
    key: str, place: str | None = "3eA", first: str = "Léo", last: str = "MARTIN", **more: Any
) -> Identity:
    return someone(key, last, first, place, **more)


def paul(key: str, place: str | None = "3eA", **more: Any) -> Identity:
    return leo(key, place, "Léo Paul", **more)


def found(base: list[Identity], incoming: list[Identity], *different: tuple[str, str]) -> Found:
    """By which rule whom is whom, once each list has been the base, in either order."""
    apart = Decisions(different=frozenset(different))
    answers = []
    for ours, theirs in ((base, incoming), (base[::-1], incoming[::-1])):
        pairs = match(ours, theirs, apart).pairs
        answers.append({(one, other): rule for other, (one, rule) in pairs.items()})
        pairs = match(theirs, ours, apart).pairs
        answers.append({(one, other): rule for one, (other, rule) in pairs.items()})
    assert all(answer == answers[0] for answer in answers)
    return answers[0]


@pytest.mark.parametrize(
    ("rival", "apart", "rule"),
    [
        # Emma may be the Emma Louise of the other list who wrote one first name only.
        (paul("r"), (), None),
        (paul("r", None), (), None),
        (leo("r", last="MARTIN-ROUX"), (), None),
        (leo("r", first="Martin", last="LEO PAUL"), (), None),
        # Not one of another class, who was born another day, has another number or was told apart.
        (paul("r", "3eB"), (), NAME),
        (paul("r", birth_date=BORN_LATER), (), NAME),
        (paul("r", student_number=OTHER_INE), (), NAME),
        (paul("r"), (("b", "r"),), NAME),
        (paul("r"), (("r", "b"),), NAME),
        (paul("r"), (("i", "r"),), None),
        # Nor one of another half-group, nor of a name that only shares words with this one.
        (paul("r", group="gr2"), (), NAME),
        (paul("r", group="gr1"), (), None),
        (leo("r", first="Léa"), (), NAME),
        (leo("r", last="DUPONT"), (), NAME),
        (leo("r", last="ROUX", first="Léo Martin"), (), NAME),
    ],
)
def test_a_longer_name_that_could_have_been_written_short_keeps_a_name_to_the_letter_open(
    rival: Identity, apart: tuple[tuple[str, str], ...], rule: MatchRule | None
) -> None:
    one = leo("b", group="gr1", birth_date=BORN, student_number=INE)
    other = leo("i", group="gr1")
    assert found([one], [other, rival], *apart) == ({("b", "i"): rule} if rule else {})


def test_a_shorter_name_beside_a_name_to_the_letter_claims_nobody() -> None:
    assert found([paul("b")], [paul("i"), leo("r")]) == {("b", "i"): NAME}
    assert found([paul("b")], [paul("i"), leo("r", None)]) == {("b", "i"): NAME}


@pytest.mark.parametrize(
    ("rival", "rule"),
    [
        (paul("r", birth_date=BORN), None),
        (paul("r"), BIRTH),
        (paul("r", birth_date=BORN_LATER), BIRTH),
    ],
)
def test_who_is_known_by_name_and_birth_date_could_be_another_one_born_that_day_alone(
    rival: Identity, rule: MatchRule | None
) -> None:
    one, other = leo("b", None, birth_date=BORN), leo("i", "3eA", birth_date=BORN)
    assert found([one], [other, rival]) == ({("b", "i"): rule} if rule else {})


@pytest.mark.parametrize(
    ("base", "incoming", "pairs"),
    [
        # Namesakes of another class stand in nobody's way, those of no class do.
        ([leo("b"), leo("c", "3eB")], [leo("i")], {("b", "i"): NAME}),
        ([leo("b"), leo("c", "3eB")], [leo("i"), leo("j", "3eB")], {("b", "i"): NAME, ("c", "j"): NAME}),
        ([leo("b"), leo("c", None)], [leo("i")], {}),
        ([leo("b"), leo("c", "3eB")], [leo("i", None)], {}),
        ([leo("b")], [leo("i", None)], {("b", "i"): ALONE}),
        ([leo("b")], [leo("i", "3eB")], {}),
        # Name and birth date are those of one, whatever the class.
        ([leo("b", birth_date=BORN)], [leo("i", birth_date=BORN)], {("b", "i"): NAME}),
        ([leo("b", birth_date=BORN)], [leo("i", "3eB", birth_date=BORN)], {("b", "i"): BIRTH}),
        ([leo("b", birth_date=BORN)], [leo("i", None, birth_date=BORN)], {("b", "i"): BIRTH}),
        (
            [leo("b", birth_date=BORN), leo("c", birth_date=BORN_LATER)],
            [leo("i", "3eB", birth_date=BORN)],
            {("b", "i"): BIRTH},
        ),
        ([leo("b", birth_date=BORN), leo("c", "3eB", birth_date=BORN)], [leo("i", birth_date=BORN)], {}),
        ([leo("b", birth_date=BORN), leo("c", "3eB", birth_date=BORN_LATER)], [leo("i")], {("b", "i"): NAME}),
        # Two under one key are told apart by nothing.
        ([leo("b"), leo("b")], [leo("i")], {}),
        ([paul("b"), paul("b")], [leo("i")], {}),
        ([leo("b", student_number=INE), leo("b", student_number=INE)], [leo("i", student_number=INE)], {}),
        ([leo("b"), leo("b")], [unsplit("i", "LEO MARTIN")], {}),
        # Names in capitals in one column, beside a name in two.
        ([leo("b")], [unsplit("i", "MARTIN LEO")], {("b", "i"): NAME}),
        ([leo("b"), leo("c", "3eB")], [unsplit("i", "LEO MARTIN")], {("b", "i"): NAME}),
        ([leo("b"), leo("c", first="Martin", last="LEO")], [unsplit("i", "LEO MARTIN")], {}),
        ([leo("b", birth_date=BORN)], [unsplit("i", "LEO MARTIN", birth_date=BORN_LATER)], {}),
        ([unsplit("b", "LEO MARTIN")], [unsplit("i", "MARTIN LEO")], {("b", "i"): NAME}),
    ],
)
def test_of_one_name_two_are_one_where_nobody_else_has_it(
    base: list[Identity], incoming: list[Identity], pairs: Found
) -> None:
    assert found(base, incoming) == pairs


@pytest.mark.parametrize(
    ("base", "incoming", "apart", "pairs"),
    [
        ([paul("b")], [leo("i")], (), {("b", "i"): WORDS}),
        ([paul("b")], [leo("i", None)], (), {}),
        ([paul("b")], [leo("i", "3eB")], (), {}),
        ([paul("b", birth_date=BORN)], [leo("i", birth_date=BORN_LATER)], (), {}),
        ([paul("b")], [leo("i")], (("b", "i"),), {}),
        # Two come into question; told apart from the one, it is the other.
        ([paul("b"), leo("c", first="Léo Jean")], [leo("i")], (), {}),
        ([paul("b"), leo("c", first="Léo Jean")], [leo("i")], (("i", "c"),), {("b", "i"): WORDS}),
        ([paul("b"), leo("c", None, "Léo Jean")], [leo("i")], (), {}),
        ([paul("b"), leo("c", "3eB", "Léo Jean")], [leo("i")], (), {("b", "i"): WORDS}),
        ([paul("b"), leo("c", first="Léo Jean", birth_date=BORN)], [leo("i", birth_date=BORN_LATER)], (), {
            ("b", "i"): WORDS
        }),
        # Whose name is nearly the one found could be meant, unless told apart, born later or elsewhere.
        ([paul("b"), paul("c", last="MARTIN-ROUX")], [leo("i")], (), {}),
        ([paul("b"), paul("c", last="MARTIN-ROUX")], [leo("i")], (("c", "i"),), {("b", "i"): WORDS}),
        ([paul("b"), paul("c", "3eB", last="MARTIN-ROUX")], [leo("i")], (), {("b", "i"): WORDS}),
        ([paul("b"), paul("c", last="MARTIN-ROUX", birth_date=BORN)], [leo("i", birth_date=BORN_LATER)], (), {
            ("b", "i"): WORDS
        }),
        # Who shares two words with one of them and has not the name stands in nobody's way.
        ([paul("b"), leo("c", first="Paul Jean")], [leo("i")], (), {("b", "i"): WORDS}),
        ([leo("b", last="MARTIN-ROUX-DUPONT"), paul("c")], [leo("i", last="MARTIN-ROUX")], (), {
            ("b", "i"): WORDS
        }),
        # Whoever was found already leaves the others to each other.
        ([paul("b"), leo("c", first="Léo Jean")], [leo("i"), leo("j", first="Léo Jean")], (), {
            ("c", "j"): NAME, ("b", "i"): WORDS
        }),
        # A hyphenated first name is not broken.
        ([leo("b", first="Léo-Paul")], [leo("i")], (), {}),
        ([leo("b", last="MARTIN-ROUX")], [leo("i")], (), {("b", "i"): WORDS}),
        ([leo("b", last="MARTIN-ROUX")], [paul("i", last="ROUX-MARTIN")], (), {("b", "i"): WORDS}),
    ],
)  # fmt: skip
def test_of_two_names_one_within_the_other_nobody_else_may_come_into_question(
    base: list[Identity], incoming: list[Identity], apart: tuple[tuple[str, str], ...], pairs: Found
) -> None:
    assert found(base, incoming, *apart) == pairs


@pytest.mark.parametrize(
    ("mine", "theirs", "is_decided"),
    [
        # A student number of both needs one word in common that tells somebody.
        (leo("b", student_number=INE), leo("i", "3eB", "Tom", student_number=INE), True),
        (leo("b", student_number=INE), leo("i", "3eB", last="OZIL", student_number=INE), True),
        (leo("b", student_number=INE), leo("i", first="Tom", last="OZIL", student_number=INE), False),
        (
            leo("b", last="DE VILLARS", student_number=INE),
            leo("i", last="DE TREMOY", first="Tom", student_number=INE),
            False,
        ),
        (leo("b", student_number="12"), leo("i", first="Tom", student_number="12"), True),
        (
            leo("b", student_number="12", birth_date=BORN),
            leo("i", student_number="12", birth_date=BORN_LATER),
            False,
        ),
        # What stands in the column that students fill needs the name, or the first name and the class.
        (leo("b", student_number=INE), leo("i", "3eB", external_id=INE), True),
        (leo("b", student_number=INE), leo("i", first="Tom", external_id=INE), False),
        (leo("b", student_number=INE), leo("i", last="OZIL", external_id=INE), True),
        (leo("b", student_number=INE), leo("i", "3eB", last="OZIL", external_id=INE), False),
        (leo("b", external_id="leo@exemple.fr"), paul("i", "3eB", external_id="LEO@EXEMPLE.FR"), True),
        (leo("b", external_id="3E 241"), leo("i", "3eB", external_id="3e241"), True),
        # What everybody of a school writes is no number, however it is spelled.
        (leo("b", external_id="Collège"), leo("i", "3eB", external_id="Collège"), False),
        (leo("b", external_id="Jean Moulin"), leo("i", "3eB", external_id="Jean Moulin"), False),
        (leo("b", external_id="3E24"), leo("i", "3eB", external_id="3E24"), False),
        (leo("b", external_id="3E24"), leo("i", "3eB", student_number="3E24"), False),
    ],
)
def test_a_number_decides_with_as_much_of_the_name_as_it_needs(
    mine: Identity, theirs: Identity, is_decided: bool
) -> None:
    assert found([mine], [theirs]) == ({("b", "i"): NUMBER} if is_decided else {})


def test_a_number_of_two_in_one_list_decides_nothing() -> None:
    mine = leo("b", student_number=INE)
    two = [leo("i", "3eB", student_number=INE), leo("j", "3eC", "Tom", student_number=INE)]
    assert found([mine], two[:1]) == {("b", "i"): NUMBER}
    assert found([mine], two) == {}
    # Nor do two numbers that say two different things.
    both = leo("b", student_number=INE, external_id="leo@exemple.fr")
    torn = [leo("i", "3eB", student_number=INE), leo("j", "3eC", external_id="leo@exemple.fr")]
    assert found([both], torn) == {}


def test_a_name_that_two_have_is_nobodys_even_where_one_of_them_was_told_apart() -> None:
    twins = [leo("b", birth_date=BORN), leo("c", birth_date=BORN)]
    assert found(twins, [leo("i", birth_date=BORN)], ("c", "i")) == {}
    assert found([leo("b"), leo("c", "3eB")], [leo("i", None)], ("c", "i")) == {}


def test_two_decisions_about_one_line_leave_it_to_nobody() -> None:
    base = [paul("b"), leo("c", last="OZIL", first="Tom")]
    torn = Decisions(same=frozenset({("b", "i"), ("i", "c")}))
    assert match(base, [leo("i")], torn).pairs == {}
    assert match(base, [paul("i")], torn).pairs == {}
    assert match(base, [paul("i"), paul("j", "3eB", birth_date=BORN)], torn).pairs == {}


@pytest.mark.parametrize("asked", [leo("i"), paul("i")])
def test_somebody_in_a_crowd_of_nearly_one_name_is_never_merged(asked: Identity) -> None:
    few = [leo(f"b{number:03}", "3eB", f"Léo N{number:03}") for number in range(90)]
    crowd = [leo(f"b{number:03}", "3eB", f"Léo N{number:03}") for number in range(110)]
    assert found([leo("b"), *few], [asked]).keys() == {("b", "i")}
    assert found([leo("b"), *crowd], [asked]) == {}


@pytest.mark.parametrize(
    ("listed", "column", "pairs"),
    [
        # Léo Paul may have written one first name only; where he is found, the other one is too.
        ([leo("b")], ["MARTIN LEO", "MARTIN LEO PAUL"], {}),
        ([leo("b"), paul("c")], ["MARTIN LEO"], {}),
        ([leo("b"), paul("c")], ["MARTIN LEO", "LEO PAUL MARTIN"], {("b", "i0"): NAME, ("c", "i1"): NAME}),
        ([paul("c")], ["MARTIN LEO", "MARTIN LEO PAUL"], {("c", "i1"): NAME}),
        ([leo("b")], ["MARTIN LEO", "MARTIN PAUL"], {("b", "i0"): NAME}),
        ([leo("b"), paul("c", "3eB")], ["MARTIN LEO"], {("b", "i0"): NAME}),
        ([leo("b"), paul("c", None)], ["MARTIN LEO"], {}),
    ],
)
def test_a_longer_name_keeps_a_name_in_one_column_open_too(
    listed: list[Identity], column: list[str], pairs: Found
) -> None:
    assert found(listed, [unsplit(f"i{number}", name) for number, name in enumerate(column)]) == pairs
