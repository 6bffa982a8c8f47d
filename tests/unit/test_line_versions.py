"""The versions of lines from export to export, and how far a student was by them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import pytest

from pixsession.foundation.runs import Run
from pixsession.store.progress import progress_of
from pixsession.store.versions import EMPTY, Content, step
from tests.factories.stored import at


def lines(text: str) -> list[tuple[int, str]]:
    return [(ord(letter), letter) for letter in text]


def text_of(entries: Sequence[tuple[int, Any]]) -> str:
    return "".join(line for _student, line in entries)


@pytest.mark.parametrize(
    ("before", "after", "new", "ended"),
    [
        ("", "", "", ""),
        ("", "abc", "abc", ""),
        ("abc", "", "", "abc"),
        ("abc", "abc", "", ""),
        ("abc", "xabc", "x", ""),
        ("abc", "abcx", "x", ""),
        ("abc", "axybc", "xy", ""),
        ("abc", "wwaxbycz", "wwxyz", ""),
        ("abc", "ac", "", "b"),
        ("abc", "axc", "x", "b"),
        ("abcd", "bcda", "a", "a"),  # a line that was moved is a new version
        ("aba", "aa", "", "b"),
        ("aab", "ab", "", "a"),  # of equal ones the first left
        ("ab", "aab", "a", ""),
    ],
)
def test_lines_that_are_repeated_go_on_and_all_others_begin_or_end(
    before: str, after: str, new: str, ended: str
) -> None:
    first = step(EMPTY, lines(before), 1)
    assert [*first.content.versions] == [*range(1, len(before) + 1)]
    assert (first.ended, first.gone) == ([], [])
    second = step(first.content, lines(after), 100)
    content = second.content
    assert text_of(content.entries) == after
    assert "".join(after[place] for place in second.begun) == new
    assert [content.versions[place] for place in second.begun] == [*range(100, 100 + len(new))]
    assert text_of(second.gone) == ended
    assert text_of([first.content.entries[version - 1] for version in second.ended]) == ended
    # Whatever goes on is the same object, of the same version, in the same order.
    for place, version in enumerate(content.versions):
        if place not in second.begun:
            assert content.entries[place] is first.content.entries[version - 1]
            assert content.orders[place] == first.content.orders[version - 1]
    assert all(one < other for one, other in pairwise(content.orders))


def test_runs_that_are_known_are_followed() -> None:
    first = step(EMPTY, lines("abc"), 1).content
    second = step(first, lines("bcx"), 4, [Run(1, 0, 2)])
    assert ([*second.content.versions], [*second.begun], [*second.ended]) == ([2, 3, 4], [2], [1])
    assert step(first, lines("abc"), 4, []).begun == [0, 1, 2]  # none stood there


def test_where_there_is_no_room_between_two_lines_all_begin_anew() -> None:
    content = step(EMPTY, lines("ab"), 1).content
    rounds = 0
    for number in range(200):
        letter = chr(1000 + number)
        found = step(content, [content.entries[0], (0, letter), *content.entries[1:]], 10_000 * (number + 1))
        assert all(one < other for one, other in pairwise(found.content.orders))
        if len(found.begun) > 1:
            rounds += 1
            assert found.begun == [*range(len(content.entries) + 1)]
            assert [*found.ended] == [*content.versions]
            assert [*found.content.orders] == [float(place) for place in found.begun]
        content = found.content
    assert rounds


def test_a_gap_is_shared_evenly() -> None:
    def orders(before: list[float], after: str, known: str = "ab") -> list[float]:
        return [*step(Content(lines(known), [1, 2], before), lines(after), 9).content.orders]

    assert orders([0.0, 4.0], "axyzb") == [0.0, 1.0, 2.0, 3.0, 4.0]
    assert orders([0.0, 4.0], "abxy") == [0.0, 4.0, 5.0, 6.0]
    assert orders([0.0, 4.0], "xyab") == [-2.0, -1.0, 0.0, 4.0]
    assert orders([0.0, 4.0], "xaybz") == [-1.0, 0.0, 2.0, 4.0, 5.0]
    assert orders([0.0, 2e-6], "axb") == [0.0, 1e-6, 2e-6]
    assert orders([0.0, 1.9e-6], "axb") == [0.0, 1.0, 2.0]  # anew


def test_the_last_line_of_a_minute_is_how_far_a_student_was() -> None:
    def ask(query: str, values: Mapping[str, object] | None) -> Sequence[tuple[Any, ...]]:
        assert (query, values) == ("progress", {"exports": [1, 2]})
        return [
            (4, at("09:10"), 0.25, False, None, None, None, "s1", [None, None]),
            (5, at("09:10"), 0.5, True, 0.5, 1, 2, "s3", ["true", "false", None]),
            (4, at("09:10"), 0.5, False, None, None, None, "s2", []),
            (4, at("09:20"), 1.0, True, 1.0, 2, 2, "s2", ["false"]),
            (5, at("09:20"), 0.75, False, None, None, None, "s4", [None, None]),  # not sent yet
        ]

    found = progress_of(ask, [1, 2])
    assert {
        student: [(one.at, one.progress, one.badges, one.badges_max, one.started_at) for one in mine]
        for student, mine in found.items()
    } == {
        4: [(at("09:10"), 0.5, None, 0, "s2"), (at("09:20"), 1.0, 0, 1, "s2")],
        5: [(at("09:10"), 0.5, 1, 3, "s3"), (at("09:20"), 0.75, None, 2, "s4")],
    }
    assert (found[5][0].shared, found[5][0].mastery, found[5][0].stage, found[5][0].stage_max) == (
        True,
        0.5,
        1,
        2,
    )
