"""One student from lesson to lesson; nobody is followed as somebody else."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from pixsession.domain.people.resolver import follow

SENT, SENT_LATER = ("2026-03-12T09:00", 40), ("2026-03-13T09:00", 52)


class Outcome(NamedTuple):
    keys: tuple[str, ...] = ()
    last_name: str = "MARTIN"
    first_name: str = "Léo"
    place: str | None = "5eB"
    group: str | None = None
    submissions: frozenset[tuple[str, int]] = frozenset()


def sent(*submissions: tuple[str, int], place: str = "5eC", first: str = "Léo") -> Outcome:
    return Outcome(place=place, first_name=first, submissions=frozenset(submissions))


def gr(number: int, *keys: str) -> Outcome:
    return Outcome(keys, group=f"5eB gr{number}")


@pytest.mark.parametrize(
    ("lessons", "students"),
    [
        ([], []),
        ([[]], []),
        # By name and class.
        ([[Outcome()], [Outcome()]], [{0: 0, 1: 0}]),
        ([[Outcome()], [], [Outcome(last_name="Martin", first_name="LEO", place="5 B")]], [{0: 0, 2: 0}]),
        ([[Outcome()], [Outcome(place="5eC")]], [{0: 0}, {1: 0}]),
        ([[Outcome()], [Outcome(place=None)]], [{0: 0}, {1: 0}]),
        ([[Outcome(place=None)], [Outcome(place=None)]], [{0: 0, 1: 0}]),
        ([[Outcome()], [Outcome(first_name="Léa")]], [{0: 0}, {1: 0}]),
        ([[Outcome()], [Outcome(last_name="MARTY")]], [{0: 0}, {1: 0}]),
        # Two of one name and class in one lesson are followed by keys alone.
        ([[Outcome(), Outcome()], [Outcome()]], [{0: 0}, {0: 1}, {1: 0}]),
        ([[Outcome()], [Outcome(), Outcome()]], [{0: 0}, {1: 0}, {1: 1}]),
        ([[Outcome(("a",)), Outcome(("b",))], [Outcome(("b",))]], [{0: 0}, {0: 1, 1: 0}]),
        # By a key, whatever name and class are now.
        ([[Outcome(("a",))], [Outcome(("x", "a"), "DUPONT", "Tom", "6eA")]], [{0: 0, 1: 0}]),
        ([[Outcome(("a",))], [Outcome(("b",), place="5eC")]], [{0: 0}, {1: 0}]),
        (
            [[Outcome(("a",)), Outcome(("a",), first_name="Léa")], [Outcome(("a",), first_name="Lou")]],
            [{0: 0}, {0: 1}, {1: 0}],
        ),
        ([[Outcome(("a", "a"))], [Outcome(("a",), place="5eC")]], [{0: 0, 1: 0}]),
        # A key says more than a name.
        (
            [[Outcome(("a",)), Outcome(("b",), place="5eC")], [Outcome(("b",))]],
            [{0: 0}, {0: 1, 1: 0}],
        ),
        # One student stands once in a lesson: of two who fit, the second is another one.
        (
            [[Outcome(("a", "b"))], [Outcome(("a",)), Outcome(("b",), place="5eC")]],
            [{0: 0, 1: 0}, {1: 1}],
        ),
        # By a profile that both sent at one time.
        ([[sent(SENT, place="5eB")], [sent(SENT)]], [{0: 0, 1: 0}]),
        ([[sent(SENT, place="5eB")], [sent(SENT_LATER, SENT)]], [{0: 0, 1: 0}]),
        ([[sent(SENT, place="5eB")], [sent(SENT_LATER)]], [{0: 0}, {1: 0}]),
        ([[sent(SENT, place="5eB")], [sent((SENT[0], 41))]], [{0: 0}, {1: 0}]),
        ([[sent(SENT, place="5eB")], [sent(SENT, first="Léa")]], [{0: 0}, {1: 0}]),
        ([[sent(SENT, place="5eB")], [sent(SENT)._replace(last_name="MARTY")]], [{0: 0}, {1: 0}]),
        # Half-groups: who changes is one, who seems to come back is another one.
        ([[gr(1)], [gr(2)]], [{0: 0, 1: 0}]),
        ([[gr(1)], [gr(2)], [gr(2)]], [{0: 0, 1: 0, 2: 0}]),
        ([[gr(1)], [gr(2)], [gr(1)]], [{0: 0, 2: 0}, {1: 0}]),
        ([[gr(1)], [gr(2)], [gr(1)], [gr(2)]], [{0: 0, 2: 0}, {1: 0, 3: 0}]),
        ([[gr(1)], [Outcome()], [gr(1)]], [{0: 0, 1: 0, 2: 0}]),
        ([[gr(1, "a")], [gr(2, "a")], [gr(1, "a")]], [{0: 0, 2: 0}, {1: 0}]),
        ([[gr(1, "a")], [gr(2, "b")], [gr(1, "a")]], [{0: 0, 2: 0}, {1: 0}]),
        # A key that one of them alone has follows that one, whatever the class is called later.
        (
            [[gr(1, "a")], [gr(2, "b")], [gr(1)], [Outcome(("a",), place="5eC")]],
            [{0: 0, 2: 0, 3: 0}, {1: 0}],
        ),
        (
            [[gr(1)], [gr(2)], [gr(1)], [Outcome(("c",))], [Outcome(("c",), place="5eC")]],
            [{0: 0, 2: 0}, {1: 0}, {3: 0, 4: 0}],
        ),
        ([[gr(1, "a")], [gr(2, "a")._replace(first_name="Lou")]], [{0: 0, 1: 0}]),
        # A group that both have in common, such as one of a language, tells no two apart.
        (
            [[Outcome(group="gr1, ang")], [Outcome(group="gr2, ang")], [Outcome(group="gr1, ang")]],
            [{0: 0, 1: 0, 2: 0}],
        ),
    ],
)
def test_who_is_whom_from_lesson_to_lesson(
    lessons: list[list[Outcome]], students: list[dict[int, int]]
) -> None:
    found = follow(lessons)
    assert found == [{at: lessons[at][place] for at, place in one.items()} for one in students]
    for one, places in zip(found, students, strict=True):
        assert all(one[at] is lessons[at][place] for at, place in places.items())
