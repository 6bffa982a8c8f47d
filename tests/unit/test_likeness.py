"""Who a doubtful person may be, in which order and why: what is told to whoever decides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from pixsession.domain.people.identities import Identity, people_in_order, people_of
from pixsession.domain.people.likeness import doubts_of, likeness_of, namesake_doubts
from pixsession.domain.people.matches import Doubt, MatchRule
from tests.factories.people import someone, unsplit

BORN, BORN_LATER = "2011-01-02", "2011-03-04"
INE, OTHER_INE, LOCAL = "0123456789A", "0123456788B", "123456"
LAST, FIRST = "one last name in common", "one first name in common"
INCLUDES, SWAPPED, SAME_NAME = "one name includes the other", "first and last name swapped", "same name"
HERE, ELSEWHERE = "same class", "another class: 3eA"
SAME_BIRTH, OTHER_BIRTH = "same birth date", f"other birth date: {BORN}"
SAME_NUMBER, OTHER_NUMBER = "same number", "another student number"
TAKEN = "already found under another line"


def alike(percent: int) -> str:
    return f"names alike at {percent} %"


def told(
    base: Sequence[Identity],
    incoming: Sequence[Identity],
    pairs: Mapping[str, str] | None = None,
    apart: frozenset[tuple[str, str]] = frozenset(),
) -> dict[str, dict[str, tuple[str, ...]]]:
    """The reasons of each candidate of each doubt, in order; `pairs`: whom incoming keys are already."""
    found = {theirs: (ours, MatchRule.NUMBER) for theirs, ours in (pairs or {}).items()}
    return as_told(doubts_of(people_of(base)[0], people_of(incoming)[0], found, apart))


def as_told(doubts: Sequence[Doubt]) -> dict[str, dict[str, tuple[str, ...]]]:
    return {
        doubt.key: {candidate.key: candidate.reasons for candidate in doubt.candidates} for doubt in doubts
    }


def candidates(base: Sequence[Identity], one: Identity) -> list[str]:
    """Who this one may be, the likeliest first."""
    return list(told(base, [one]).get(one.key, ()))


def person(last: str, first: str, place: str | None = "3eA", **more: Any) -> Identity:
    return someone("", last, first, place, **more)


@pytest.mark.parametrize(
    ("listed", "asked", "reasons"),
    [
        # One name to the letter: whatever speaks against it is told, and leaves it to somebody.
        (person("MARTIN", "Léo"), person("Martin", "LEO"), (SAME_NAME, HERE)),
        (person("MARTIN", "Léo"), person("MARTIN", "Léo", "3eB"), (SAME_NAME, ELSEWHERE)),
        (person("MARTIN", "Léo"), person("MARTIN", "Léo", None), (SAME_NAME,)),
        (
            person("MARTIN", "Léo", None, group="3eA gr2"),
            person("MARTIN", "Léo", None, group="3eA gr1"),
            (SAME_NAME, "another class: 3eA gr2"),
        ),
        (
            person("MARTIN", "Léo", birth_date=BORN),
            person("MARTIN", "Léo", birth_date=BORN_LATER),
            (SAME_NAME, HERE, OTHER_BIRTH),
        ),
        (
            person("MARTIN", "Léo", birth_date=BORN),
            person("MARTIN", "Léo", birth_date=BORN),
            (SAME_NAME, HERE, SAME_BIRTH),
        ),
        (person("MARTIN", "Léo", birth_date=BORN), person("MARTIN", "Léo"), (SAME_NAME, HERE)),
        (person("MARTIN", "Léo"), person("MARTIN", "Léo", birth_date=BORN), (SAME_NAME, HERE)),
        # However little the name tells.
        (
            person("MARTIN", "Martin", birth_date=BORN),
            person("MARTIN", "Martin", "3eB", birth_date=BORN_LATER),
            (SAME_NAME, ELSEWHERE, OTHER_BIRTH),
        ),
        # Numbers: equal, of one kind and different, or of two kinds, which says nothing.
        (
            person("MARTIN", "Léo", student_number=INE),
            person("MARTIN", "Léo", student_number=INE),
            (SAME_NAME, SAME_NUMBER, HERE),
        ),
        (
            person("MARTIN", "Léo", student_number=INE),
            person("MARTIN", "Léo", student_number=OTHER_INE),
            (SAME_NAME, OTHER_NUMBER, HERE),
        ),
        (
            person("MARTIN", "Léo", student_number=INE, birth_date=BORN),
            person("MARTIN", "Léo", student_number=OTHER_INE, birth_date=BORN),
            (SAME_NAME, OTHER_NUMBER, HERE, SAME_BIRTH),
        ),
        (
            person("MARTIN", "Léo", student_number=INE, birth_date=BORN),
            person("MARTIN", "Léo", student_number=LOCAL, birth_date=BORN_LATER),
            (SAME_NAME, HERE, OTHER_BIRTH),
        ),
        (person("MARTIN", "Léo", student_number=INE), person("MARTIN", "Léo"), (SAME_NAME, HERE)),
        (person("MARTIN", "Léo"), person("MARTIN", "Léo", student_number=INE), (SAME_NAME, HERE)),
        (
            person("MARTIN", "Léo", student_number=INE),
            person("MARTIN", "Léo", student_number=LOCAL),
            (SAME_NAME, HERE),
        ),
        (
            person("MARTIN", "Léo", external_id="12345"),
            person("MARTIN", "Léo", external_id="12346"),
            (SAME_NAME, HERE),
        ),
        # The two columns may have been taken for each other, and one may tell less of a name.
        (person("MARTIN", "Léo"), person("LEO", "Martin"), (SWAPPED, HERE, alike(100))),
        (person("MARTIN", "Léo"), person("MARTIN", "Léo Paul"), (INCLUDES, LAST, FIRST, HERE, alike(81))),
        (
            person("MARTIN", "Léo Paul"),
            person("MARTIN", "Léo", "3eB"),
            (INCLUDES, LAST, FIRST, ELSEWHERE, alike(81)),
        ),
        (
            person("DE LA ROCHEFOUCAULD-MONTBEL", "Léo"),
            person("DE LA ROCHEFOUCAULD-M.", "Léo", "3eB"),
            (INCLUDES, LAST, FIRST, ELSEWHERE, alike(85)),
        ),
        # The last name shared in one class, and no more; a particle is no name.
        (person("MARTIN", "Léo"), person("MARTIN", "Zoé"), (LAST, HERE, alike(63))),
        (person("DUPIN", "Léo"), person("DUPIN", "Max"), (LAST, HERE, alike(60))),
        (person("ROUX", "Léo"), person("ROUX", "Tom"), (LAST, HERE)),
        (person("ROUX", "Léo"), person("MARTIN", "Léo"), (FIRST, HERE)),
        (person("DE VILLARS", "Emma"), person("DE TREMOY", "Emma"), (FIRST, HERE)),
        (person("DE VILLARS", "Emma"), person("DE TREMOY", "Zoé"), None),
        (person("ROUX", "Léo"), person("MARTIN", "Léo", "3eB"), None),
        (person("ROUX", "Léo"), person("MARTIN", "Léo", None), None),
        (person("MARTIN", "Léo"), person("MARTIN", "Zoé", "3eB"), None),
        (person("MARTIN", "Léo"), person("OZIL", "Zoé"), None),
    ],
)
def test_who_somebody_may_be_and_why(
    listed: Identity, asked: Identity, reasons: tuple[str, ...] | None
) -> None:
    found = told([listed._replace(key="b")], [asked._replace(key="i")])
    assert found == ({"i": {"b": reasons}} if reasons else {})


@pytest.mark.parametrize(
    ("listed", "asked", "is_doubt"),
    [
        # Names that are only alike: the less is known of the class, the more alike they are.
        (person("DUPONT", "Léo"), person("DUPONT", "Léa", None), True),
        (person("DUPONT", "Léo"), person("DUPONT", "Léa", "3eB"), False),
        (person("MARTIN", "Mathilde"), person("MARTIN", "Matilde", "3eB"), True),
        (person("MARTINEZ", "Lucas"), person("MARTINES", "Lukas"), True),
        (person("MARTINEZ", "Lucas"), person("MARTINES", "Lukas", None), False),
        (person("DUPONT", "Léo"), person("DUPOND", "Léa"), False),
        # Without any word in common, the beginning or the end of a word brings them together in a class.
        (person("RAKOTOARISOA", "Tom"), person("RAKUTOARISOU", "Tim"), True),
        (person("KOWALCZYKOWSKI", "Tom"), person("KAVALCZYKOVSKI", "Tim"), True),
        (person("KOWALCZYKOWSKI", "Tom"), person("KAVALCZYKOVSKI", "Tim", "3eB"), False),
        # Nor does a group that both are in, where the classes are two.
        (
            person("RAKOTOARIMANANA", "Mathilde", group="ANG1"),
            person("RAKOTOARIMANANE", "Matilde", "3eB", group="ANG1"),
            False,
        ),
        # Born the same day, one word is enough; no word is not.
        (person("ROUX", "Léo", birth_date=BORN), person("OZIL", "Léo", "3eB", birth_date=BORN), True),
        (person("ROUX", "Léo", birth_date=BORN), person("OZIL", "Tom", "3eB", birth_date=BORN), False),
        (person("ROUX", "Léo", birth_date=BORN), person("OZIL", "Tom", birth_date=BORN), False),
        (person("DUPONT", "Léo", birth_date=BORN), person("DUPOND", "Léa", birth_date=BORN), False),
        # A number brings anybody together, wherever it stands; four characters are a seat.
        (person("ROUX", "Léo", external_id="3E241"), person("OZIL", "Tom", "3eB", external_id="3E241"), True),
        (person("ROUX", "Léo", student_number=INE), person("OZIL", "Tom", None, external_id=INE), True),
        (person("ROUX", "Léo", external_id=INE), person("OZIL", "Tom", None, student_number=INE), True),
        (person("ROUX", "Léo", student_number=INE), person("OZIL", "Tom", None, student_number=INE), True),
        (person("ROUX", "Léo", student_number="1234"), person("OZIL", "Tom", student_number="1234"), False),
        (person("ROUX", "Léo", external_id="1234"), person("OZIL", "Tom", external_id="1234"), False),
        (person("ROUX", "Léo"), person("OZIL", "Tom"), False),
        # Who contradicts each other has to be nearly of one name, in one class.
        (
            person("MARTIN", "Mathilde", birth_date=BORN),
            person("MARTIN", "Matilde", birth_date=BORN_LATER),
            True,
        ),
        (
            person("MARTIN", "Mathilde", birth_date=BORN),
            person("MARTIN", "Matilde", "3eB", birth_date=BORN_LATER),
            False,
        ),
        (
            person("MARTIN", "Mathilde", birth_date=BORN),
            person("MARTIN", "Matilde", None, birth_date=BORN_LATER),
            False,
        ),
        (person("DUPONT", "Léo", birth_date=BORN), person("DUPONT", "Léa", birth_date=BORN_LATER), False),
        (
            person("ROUX", "Léo", external_id="3E241", birth_date=BORN),
            person("ROUX", "Tom", external_id="3E241", birth_date=BORN_LATER),
            False,
        ),
        (
            person("ROUX", "Léo", student_number=INE, birth_date=BORN),
            person("ROUX", "Tom", student_number=OTHER_INE, birth_date=BORN),
            False,
        ),
    ],
)
def test_how_little_brings_two_people_into_question(
    listed: Identity, asked: Identity, is_doubt: bool
) -> None:
    """Neither side counts for more."""
    for base, incoming in ((listed, asked), (asked, listed)):
        found = told([base._replace(key="b")], [incoming._replace(key="i")])
        assert {key: set(whom) for key, whom in found.items()} == ({"i": {"b"}} if is_doubt else {})


@pytest.mark.parametrize(
    ("listed", "column", "is_doubt"),
    [
        (person("GARCIA", "Léa-Rose"), unsplit("i", "GARCIA LEA", "3eB"), True),
        (person("GARCIA", "Léa"), unsplit("i", "GARCIA LEA ROSE", "3eB"), True),
        (person("MARTIN", "Paul"), unsplit("i", "PAUL MARTIN", "3eB"), True),
        # One word in common says nothing where nobody knows whether it is the last name.
        (person("ROUX", "Léa"), unsplit("i", "DE LA CRUZ LEA"), False),
        (person("ROUX", "Léa"), unsplit("i", "OZIL LEA", birth_date=BORN), False),
        (person("ROUX", "Léa", birth_date=BORN), unsplit("i", "OZIL LEA", birth_date=BORN), False),
        (person("BARBIER", "Léa"), unsplit("i", "BARBIER LOU"), True),
        (person("BARBIER", "Léa"), unsplit("i", "BARBIER LOU", "3eB"), False),
        (person("BARBIER", "Léa"), unsplit("i", "BARBIER LOU", None), False),
        (person("BARBIER", "Matilde"), unsplit("i", "BARBIER MATHILDE", "3eB"), True),
        # Two words in common of three on each side: neither is the other's name.
        (person("MARTIN", "Paul Marie"), unsplit("i", "MARTIN PAUL ALEXANDRE", "3eB"), False),
        # One word is no whole name.
        (person("MARTIN", "L"), unsplit("i", "MARTIN PAUL", "3eB"), False),
        # A number is a number.
        (person("ROUX", "Léa", external_id="3E241"), unsplit("i", "OZIL TOM", external_id="3E241"), True),
    ],
)
def test_in_a_column_of_capitals_two_words_count_or_the_whole_name(
    listed: Identity, column: Identity, is_doubt: bool
) -> None:
    listed = listed._replace(key="b")
    assert told([listed], [column]).keys() == ({"i"} if is_doubt else set())
    assert told([column], [listed]).keys() == ({"b"} if is_doubt else set())


def test_whoever_was_found_already_is_a_candidate_in_the_same_class_alone() -> None:
    base = [someone("b", "MARTIN", "Léo Paul")]
    found = someone("x", "MARTIN", "Léo Paul")
    asked = {
        someone("i", "MARTIN", "Léo Paul"): (SAME_NAME, HERE, TAKEN),
        someone("i", "MARTIN", "Léo"): (INCLUDES, LAST, FIRST, HERE, TAKEN, alike(81)),
        unsplit("i", "MARTIN LEO"): (LAST, HERE, TAKEN, alike(81)),
        unsplit("i", "LEO PAUL MARTIN"): (LAST, HERE, TAKEN, alike(100)),
        someone("i", "MARTIN", "Léo Paul", "3eB"): None,
        someone("i", "MARTIN", "Léo Paul", None): None,
        someone("i", "MARTIN", "Léa Paule"): None,
        someone("i", "MARTIN", "Zoé"): None,
        unsplit("i", "MARTIN LEA PAULE"): None,
    }
    for one, reasons in asked.items():
        assert told(base, [one, found], {"x": "b"}) == ({"i": {"b": reasons}} if reasons else {})


def test_a_half_group_that_tells_leaves_no_doubt_about_who_was_found() -> None:
    base = [someone("b", "MARTIN", "Léo", "5eB", group="gr1")]
    first, second = (someone(f"i{half}", "MARTIN", "Léo", "5eB", group=f"gr{half}") for half in (1, 2))
    assert told(base, [first, second], {"i1": "b"}) == {}
    assert set(told(base, [first, second])) == {"i1", "i2"}
    unknown = second._replace(group=None)
    assert set(told(base, [first, unknown], {"i1": "b"})) == {"i2"}
    # One of two lines that are the student by decision is enough to tell.
    earlier = first._replace(key="i0", group=None)
    assert told(base, [earlier, first, second], {"i0": "b", "i1": "b"}) == {}


def test_whom_somebody_told_apart_is_no_candidate() -> None:
    base = [someone("b1", "MARTIN", "Léo"), someone("b2", "MARTIN", "Léo Paul")]
    asked = [someone("i", "MARTIN", "Léo")]
    assert set(told(base, asked)["i"]) == {"b1", "b2"}
    assert set(told(base, asked, apart=frozenset({("b1", "i")}))["i"]) == {"b2"}
    assert set(told(base, asked, apart=frozenset({("b1", "j"), ("b2", "i")}))["i"]) == {"b1"}
    assert told(base, asked, apart=frozenset({("b1", "i"), ("b2", "i")})) == {}


def test_where_somebody_has_the_very_name_who_is_only_called_alike_is_left_out() -> None:
    asked = someone("i", "MARTIN", "Léo", birth_date=BORN, external_id="3E241")
    exact = someone("b1", "MARTIN", "Léo", external_id="9Z999")
    others = [
        someone("b2", "MARTIN", "Léa"),
        someone("b3", "MARTIN", "Léo Paul"),
        someone("b4", "MARTIN", "Zoé", birth_date=BORN),
        someone("b5", "MARTIN", "Tom", external_id="3E241"),
    ]
    assert set(candidates([exact, *others], asked)) == {"b1", "b3", "b4", "b5"}
    assert set(candidates(others, asked)) == {"b2", "b3", "b4", "b5"}
    # Who has the name and cannot be meant hides nobody.
    born_later = exact._replace(birth_date=BORN_LATER)
    assert set(candidates([born_later, *others], asked)) == {"b1", "b2", "b3", "b4", "b5"}


@pytest.mark.parametrize(
    ("likelier", "other"),
    [
        # The very name before anything else, unless it is contradicted.
        (person("MARTIN", "Léo", "3eB"), person("MARTIN", "Léo Paul", birth_date=BORN)),
        (person("MARTIN", "Léo Paul"), person("MARTIN", "Léo", birth_date=BORN_LATER)),
        (person("MARTIN", "Zoé"), person("MARTIN", "Léo", birth_date=BORN_LATER)),
        # Of two with the name: who is of the class, who was born that day, who has the number.
        (person("MARTIN", "Léo"), person("MARTIN", "Léo", "3eB")),
        (person("MARTIN", "Léo", "3eB", birth_date=BORN), person("MARTIN", "Léo")),
        (person("MARTIN", "Léo", external_id="3E241"), person("MARTIN", "Léo")),
        # A birth date says more than the class, a name that includes the other one more than letters.
        (person("MARTIN", "Zoé", "3eB", birth_date=BORN), person("MARTIN", "Léa")),
        (person("MARTIN-DUPONT-LAJOIE", "Léo"), person("MARTIN", "Léa")),
        (person("OZIL", "Tom", external_id="3E241"), person("MARTIN", "Léa")),
        # Then the letters, and last the key, so that the order is always the same.
        (person("MARTIN", "Léa"), person("MARTIN", "Zoé")),
    ],
)
def test_the_likeliest_candidate_comes_first(likelier: Identity, other: Identity) -> None:
    asked = someone("i", "MARTIN", "Léo", birth_date=BORN, external_id="3E241")
    for keys in (("b1", "b2"), ("b2", "b1")):
        base = [one._replace(key=key) for one, key in zip((likelier, other), keys, strict=True)]
        assert candidates(base, asked) == list(keys)


def test_candidates_who_are_equally_likely_stand_in_the_order_of_their_keys_five_at_most() -> None:
    base = [someone(f"b{number}", "MARTIN", "Léo", "3eB") for number in (3, 1, 7, 5, 2, 6)]
    assert candidates(base, someone("i", "MARTIN", "Léo")) == ["b1", "b2", "b3", "b5", "b6"]
    assert candidates(base[:5], someone("i", "MARTIN", "Léo")) == ["b1", "b2", "b3", "b5", "b7"]


def test_doubts_stand_in_the_order_of_their_keys_without_those_who_were_found() -> None:
    base = [someone("b", "MARTIN", "Léo")]
    asked = [someone(key, "MARTIN", "Léo") for key in ("i3", "i1", "i2")]
    assert list(told(base, asked)) == ["i1", "i2", "i3"]
    assert list(told(base, asked, {"i2": "b"})) == ["i1", "i3"]
    assert told([], asked) == told(base, []) == {}


def test_what_too_many_have_brings_nobody_into_question() -> None:
    crowd = [someone(f"b{number:02}", "MARTIN", f"N{number:02}", "3eB") for number in range(70)]
    one = someone("b", "MARTIN", "Zoélie", "3eB")
    asked = [someone("i", "MARTIN-ROUX", "Zoélie", "3eC"), someone("j", "MARTIN", "Xu", "3eC")]
    assert set(told([*crowd, one], asked)) == {"i"}
    here = [one._replace(division="3eA") for one in crowd]
    assert set(told(here[:60], [someone("i", "MARTIN", "Xu")])) == {"i"}
    assert told(here[:61], [someone("i", "MARTIN", "Xu")]) == {}
    # Two words that they share are of her alone.
    others = [someone(f"c{number:02}", f"D{number:02}", "Zoélie", "3eB") for number in range(70)]
    assert {key: set(whom) for key, whom in told([*crowd, *others, one], asked).items()} == {"i": {"b"}}


@pytest.mark.parametrize(
    ("one", "other", "likeness"),
    [
        (("DUPONT", "Léo"), ("DUPONT", "Léo"), 100),
        (("DUPONT", "Léo"), ("leo", "DUPONT"), 100),
        (("DUPONT", "Léo"), ("DUPONT", "Léa"), 81),  # nine pairs of letters of eleven
        (("AB", ""), ("CD", ""), 0),
        (("AB", ""), ("AB", ""), 100),
        (("A", ""), ("AB", ""), 40),  # " A", "A " and " A", "AB", "B "
        (("MARTIN", ""), ("MARTIN", "Léo"), 77),  # seven pairs, all of them among eleven
    ],
)
def test_likeness_is_the_share_of_pairs_of_letters(
    one: tuple[str, str], other: tuple[str, str], likeness: int
) -> None:
    mine, theirs = people_in_order([person(*one), person(*other)])
    assert likeness_of(mine, theirs) == likeness_of(theirs, mine) == likeness


def test_each_namesake_of_the_exports_is_named_the_likeliest_first() -> None:
    one, other = someone("b", "MARTIN", "Léo", birth_date=BORN), someone("a", "MARTIN", "Léo", None)
    alike_ones = [someone(f"c{number}", "MARTIN", "Léo", f"4e{number}") for number in range(7)]
    same_class = someone("d", "MARTIN", "Léo")
    found = namesake_doubts([*((one, alike_one) for alike_one in alike_ones[::-1]), (one, same_class)])
    assert list(as_told(found)) == ["b"]
    assert list(as_told(found)["b"]) == ["d", "c0", "c1", "c2", "c3", "c4", "c5", "c6"]
    assert as_told(namesake_doubts([(one, same_class), (other, same_class)])) == {
        "a": {"d": (SAME_NAME,)},
        "b": {"d": (SAME_NAME, HERE)},
    }
    assert list(as_told(namesake_doubts([(one, same_class), (other, same_class)]))) == ["a", "b"]
    assert namesake_doubts([]) == ()


def test_a_candidate_has_the_likeness_that_the_screen_shows() -> None:
    listed, asked = someone("b", "DUPONT", "Léo"), someone("i", "DUPONT", "Léa")
    (doubt,) = doubts_of(people_of([listed])[0], people_of([asked])[0], {}, frozenset())
    assert [(one.key, one.likeness) for one in doubt.candidates] == [("b", 81)]
    (doubt,) = namesake_doubts([(asked, listed)])
    assert (doubt.key, [(one.key, one.likeness) for one in doubt.candidates]) == ("i", [("b", 81)])
