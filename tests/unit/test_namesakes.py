"""Who is one student, who perhaps is, of those whom the exports show under one name."""

from __future__ import annotations

from itertools import permutations

import pytest

from pixsession.domain.board.renewed import Renewed
from pixsession.domain.people.namesakes import NameGroups, keys_told_apart, namesakes_of, unions_of
from pixsession.domain.people.spoiled_places import SpoiledPlaces
from pixsession.domain.pix.participation import Participation

Lines = list[tuple[str, Participation]]


def line(place: str | None = "3eA", *, number: str | None = None, typed: str | None = None,
         group: str | None = None) -> Participation:  # fmt: skip
    facts = (None,) * 7
    return Participation("MARTIN", "Léo", place, group, number, typed, True, *facts[:-1])


def pairs(*students: Lines, places: SpoiledPlaces | None = None) -> tuple[set[str], set[str]]:
    """The pairs of the same and the doubtful, "ab" being the first two; whatever ids they have."""
    said = set()
    for order in permutations(range(len(students))):
        lines = {10 + place: students[number] for place, number in enumerate(order)}
        found = namesakes_of([tuple(lines)], lines, places or SpoiledPlaces())
        same, doubtful = (
            frozenset("".join(sorted("abc"[order[one - 10]] for one in pair)) for pair in known)
            for known in found
        )
        said.add((same, doubtful))
    ((same, doubtful),) = said
    return set(same), set(doubtful)


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        # Two campaigns, two classes.
        ([("X", line())], [("Y", line("3eB"))], "doubt"),
        ([("X", line())], [("Y", line(None))], "doubt"),
        ([("X", line())], [("Y", line("3 A"))], "same"),
        ([("X", line(None, group="gr1"))], [("Y", line(None, group="[GR1]"))], "same"),
        ([("X", line(group="gr1"))], [("Y", line(group="gr2"))], "same"),
        ([("X", line(None, group="gr1"))], [("Y", line(None, group="gr2"))], "doubt"),
        ([("X", line(group="gr1"))], [("Y", line(None, group="gr1"))], "doubt"),
        ([("X", line(None))], [("Y", line(None))], "doubt"),
        ([("X", line()), ("Y", line("3eB"))], [("Z", line())], "doubt"),
        ([("X", line(number="123"))], [("Y", line(number="0123"))], "same"),
        ([("X", line(number="123"))], [("Y", line())], "same"),
        ([("X", line(typed="a@b.fr"))], [("Y", line(typed="c@d.fr"))], "same"),  # each asks for what it likes
        ([("X", line(number="123"))], [("Y", line("3eB", number="124"))], "apart"),
        ([("X", line(number="123"))], [("Y", line(number="124"))], "apart"),
        ([("X", line(number="123"))], [("Y", line("3eB", number="0123456789A"))], "doubt"),
        ([("X", line(number="123"))], [("Y", line("3eB"))], "doubt"),
        ([("X", line(number="123"))], [("Y", line(number="0123456789A"))], "doubt"),
        ([("X", line(number="0123456789A"))], [("Y", line(number="123456789AB"))], "apart"),
        # A number of neither kind tells no two students apart.
        ([("X", line(number="0123456789A"))], [("Y", line(number="L-12"))], "doubt"),
        ([("X", line(number="L-12"))], [("Y", line(number="L-13"))], "doubt"),
        ([("X", line(number="12345678A"))], [("Y", line(number="0123456789A"))], "doubt"),
        ([("X", line(number="0123456789ABC"))], [("Y", line(number="0123456789A"))], "doubt"),
        ([("X", line(number="01234567890A"))], [("Y", line(number="0123456789A"))], "doubt"),
        ([("X", line(typed="a@b.fr"))], [("Y", line("3eB", typed="c@d.fr"))], "doubt"),
        # One campaign shows both.
        ([("X", line())], [("X", line("3eB"))], "apart"),
        ([("X", line())], [("X", line(group="gr1"))], "apart"),
        ([("X", line(group="gr1"))], [("X", line(group="gr2"))], "apart"),
        ([("X", line(group="gr1", number="12"))], [("X", line(group="gr2"))], "apart"),
        ([("X", line())], [("X", line())], "apart"),  # by a hyphen of their names
        ([("X", line(number="123"))], [("X", line())], "doubt"),
        ([("X", line(number="123"))], [("X", line("3eB"))], "apart"),
        ([("X", line(typed="a@b.fr"))], [("X", line(typed="c@d.fr"))], "apart"),
        ([("X", line(None, number="12"))], [("X", line(None, number="13"))], "apart"),
        # One of them is in a campaign more, tied to it by the class, by a number, by nothing.
        ([("X", line()), ("Y", line())], [("X", line("3eB"))], "apart"),
        ([("X", line()), ("Y", line(None))], [("X", line("3eB"))], "doubt"),
        ([("X", line(number="12345")), ("Y", line("3eC", number="12345"))], [("X", line("3eB"))], "apart"),
        ([("X", line(number="12345")), ("Y", line("3eC", number="12346"))], [("X", line("3eB"))], "doubt"),
        ([("X", line("3eB")), ("Y", line("3eB"))], [("X", line()), ("Z", line(None))], "doubt"),
        ([("X", line(number="12345")), ("Y", line("3eB", number="12345"))], [("X", line("3eB"))], "apart"),
        (
            [("X", line()), ("Y", line("3eB")), ("Z", line())],
            [("X", line("3eC")), ("Y", line("3eC"))],
            "apart",
        ),
        ([("X", line(None, typed="ab"))], [("X", line(None, typed="cd"))], "apart"),
        # One campaign that may show one student twice is enough to leave it open.
        ([("X", line()), ("Y", line())], [("X", line("3eB")), ("Y", line(number="12345"))], "doubt"),
        # What students type ties two campaigns where it is no seat.
        ([("X", line(typed="ab@c.fr")), ("Y", line("3eC", typed="ab@c.fr"))], [("X", line("3eB"))], "apart"),
        ([("X", line(typed="12345")), ("Y", line("3eC", typed="12345"))], [("X", line("3eB"))], "apart"),
        ([("X", line(typed="1234")), ("Y", line("3eC", typed="1234"))], [("X", line("3eB"))], "doubt"),
        # One of two numbers that may be of the other is enough to leave it open.
        (
            [("X", line(number="12")), ("Y", line(number="0123456789A"))],
            [("Z", line("3eB", number="13"))],
            "doubt",
        ),
    ],
)  # fmt: skip
def test_two_of_one_name(one: Lines, other: Lines, said: str) -> None:
    found = {"same": ({"ab"}, set()), "doubt": (set(), {"ab"}), "apart": (set(), set())}
    assert pairs(one, other) == found[said]


def test_of_three_nobody_is_sure_whom_one_left_open_is() -> None:
    stays, left, came = [("X", line()), ("Y", line())], [("X", line("3eB"))], [("Y", line("3eC"))]
    assert pairs(stays, left, came) == (set(), {"ab", "ac", "bc"})
    assert pairs([("X", line())], [("X", line("3eB"))], [("Y", line("3eC"))]) == (set(), {"ac", "bc"})
    # A third one whom numbers contradict is neither of two who are one.
    numbered_alike = [("X", line(number="123"))], [("Y", line(number="123"))]
    assert pairs(*numbered_alike, [("Z", line("3eB", number="999"))]) == ({"ab"}, set())
    # Three who might be each other leave each pair open.
    assert pairs([("X", line())], [("Y", line())], [("Z", line())]) == (set(), {"ab", "ac", "bc"})
    assert pairs([("X", line())], [("X", line("3eB"))], [("Y", line())]) == (set(), {"ac", "bc"})
    # A number ties what shows it: a campaign that shows none is tied to it by the class alone.
    everywhere = [("X", line(number="12345")), ("Y", line(number="12345"))]
    half = [("X", line(number="12345")), ("Y", line())]
    assert pairs(everywhere, left, came) == (set(), {"bc"})
    assert pairs(half, left, came) == (set(), {"ab", "ac", "bc"})
    assert pairs([*everywhere, ("Z", line())], left, came) == (set(), {"ab", "ac", "bc"})
    assert pairs([*everywhere, ("Y", line())], left, came) == (set(), {"bc"})
    two_kinds = [("X", line(typed="leo@exemple.fr")), ("Y", line(typed="2024-77"))]
    assert pairs(two_kinds, left, came) == (set(), {"ab", "ac", "bc"})
    # The one of the class might be either of those whom a number alone tells apart.
    numbered = [("X", line(number="12"))], [("X", line(number="13"))]
    assert pairs(*numbered, [("Y", line())]) == (set(), {"ac", "bc"})
    # Whom numbers contradict stays two, whoever of them is tied to a line by the class alone.
    twice = [("X", line(number="12")), ("Y", line(number="14"))]
    assert pairs(twice, [("X", line("3eB", number="13"))], [("Z", line("3eC"))]) == (set(), {"ac", "bc"})


def test_a_spoiled_class_is_compared_as_it_was_meant() -> None:
    places = SpoiledPlaces({"3,00E+01": "3e1"})
    assert pairs([("X", line("3e1"))], [("Y", line("3,00E+01"))], places=places) == ({"ab"}, set())
    assert pairs([("X", line("3e1"))], [("Y", line("3,00E+01"))]) == (set(), {"ab"})


def test_a_crowd_of_one_name_takes_no_time_and_is_to_be_checked() -> None:
    lines: dict[int, Lines] = {n: [(f"X{n}", line(f"3e{n}"))] for n in range(3000)}
    (group,) = NameGroups().of({n: found for n, ((_campaign, found),) in lines.items()})
    found = namesakes_of([group], lines)
    assert {student for pair in found.doubtful for student in pair} == set(range(3000))
    assert namesakes_of([group], {n: [(f"X{n}", line())] for n in lines}).same == frozenset()


def test_the_lowest_of_those_who_are_one_stands_for_all() -> None:
    assert unions_of([(3, 5), (2, 3), (5, 9), (7, 8)]) == {3: 2, 5: 2, 9: 2, 8: 7}
    assert unions_of([(1, 2), (2, 3), (1, 3), (1, 2)]) == {2: 1, 3: 1}
    assert unions_of([]) == {}


def called(last: str, first: str = "Léo") -> Participation:
    return line()._replace(last_name=last, first_name=first)


def test_who_share_a_name_are_a_group_on_one_board_after_the_other() -> None:
    groups = NameGroups()
    assert not groups.of({})
    first = {
        9: called("MARTIN"), 2: called("Martin", "LEO"), 3: called("LE GOFF"), 4: called("LEGOFF"),
        5: called("ROUX"), 6: called("", " "), 7: called("", " "), 8: called("MARTIN", "Léa"),
    }  # fmt: skip
    assert set(groups.of(first)) == {(2, 9), (3, 4)}
    second = {**first, 2: called("Roux"), 1: called("MARTIN")}
    del second[4]
    assert set(groups.of(second)) == {(1, 9), (2, 5)}
    third = {**second, 2: called("ROUX"), 5: called("GOFF")}
    assert set(groups.of(third, Renewed(second, {2, 5}))) == {(1, 9)}
    assert set(groups.of({**third, 4: called("MARTIN")})) == {(1, 4, 9)}
    assert set(groups.of(first)) == {(2, 9), (3, 4)}
    assert not groups.of({})


def test_the_groups_of_names_are_asked_for_by_anybody_of_the_name() -> None:
    groups = NameGroups()
    groups.of({1: called("MARTIN"), 2: called("MARTIN"), 3: called("ROUX"), 4: called(""), 5: called("")})
    assert groups.around([called("martin", "Leo"), called("MARTIN")]) == {(1, 2)}
    assert groups.around([called("ROUX"), called("", ""), called("OZIL")]) == set()
    assert groups.around([called("")]) == {(4, 5)}
    assert groups.around([]) == set()


def test_whom_a_hyphen_alone_tells_apart_has_a_key_of_their_own() -> None:
    assert keys_told_apart({3: "k", 5: "k", 1: "k", 2: "x"}) == {1: "k", 3: "k#2", 5: "k#3", 2: "x"}
    assert keys_told_apart({}) == {}
