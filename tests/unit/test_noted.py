"""What was noted of whom: which names are one student's, who helps, what a later gesture says."""

from __future__ import annotations

import pytest

from pixsession.domain.board.entries import Entry, Json, MatchEntry, decisions_of, just_after
from pixsession.domain.certification.day import ActionKind, Who
from pixsession.domain.lesson.noted import Noted, helpers_named, noted_in
from tests.factories.days import act, row_for
from tests.factories.exports import moment

LOU, NOA = row_for(1, name="MARTIN Lou"), row_for(2, name="PETIT Noa")
OTHER_LOU = row_for(3, name="MARTIN Lou", place="3eB")
ROWS = (LOU, NOA, OTHER_LOU)


def test_what_is_noted_stands_by_student_in_the_order_it_was_done() -> None:
    seen = act(ActionKind.OBSERVE, "14:10", LOU, NOA, text="clavier")
    note = act(ActionKind.NOTE, "14:11", LOU, text="casque")
    other = act(ActionKind.CALL, "14:12", LOU, text="rien")
    unknown = seen._replace(who=(Who(("nobody",), "SANS", "Nom", None),))
    found = noted_in([seen, note, other, unknown], [], ROWS, ())
    told = (moment("14:10"), "clavier", seen.entry_id)
    assert [[tuple(one) for one in part] for part in found.of(1)[:2]] == [
        [told], [(moment("14:11"), "casque", note.entry_id)],
    ]  # fmt: skip
    assert [tuple(one) for one in found.of(2)[0]] == [told]
    assert (found.of(2)[1], found.of(3)) == ((), ((), (), False))
    assert found.absent == found.delegates == frozenset()


def test_of_two_things_said_the_later_one_holds() -> None:
    absent, there = act(ActionKind.ABSENT, "14:10", LOU, NOA), act(ActionKind.PRESENT, "14:11", LOU)
    assert noted_in([absent], [absent], ROWS, ()).absent == {1, 2}
    assert noted_in([absent, there], [], ROWS, ()).absent == {2}
    assert noted_in([there, absent], [], ROWS, ()).absent == {1, 2}
    assert noted_in([], [absent], ROWS, ()).absent == frozenset()  # another day
    helps, no_more = act(ActionKind.DELEGATE, "14:10", LOU, NOA), act(ActionKind.UNDELEGATE, "14:11", LOU)
    assert noted_in([], [helps], ROWS, ()).delegates == {1, 2}
    assert noted_in([], [helps, no_more], ROWS, ()).delegates == {2}
    assert noted_in([], [no_more, helps], ROWS, ()).delegates == {1, 2}
    assert noted_in([helps], [], ROWS, ()).delegates == frozenset()
    assert noted_in([], [no_more], ROWS, ("PETIT Noa", "MARTIN Lou (3eA)")).delegates == {2}
    assert noted_in([], [helps], ROWS, ()).of(2) == ((), (), True)


@pytest.mark.parametrize(
    ("named", "helpers"),
    [
        ("MARTIN Lou", set()),  # two have this name
        ("MARTIN Lou (3eB)", {3}),
        ("martin lou ( 3 B ) ", {3}),
        ("MARTIN Lou (3eC)", set()),
        ("MARTIN (3eB) Lou", set()),  # no class behind the name
        ("PETIT Noa (G1)", {2}),
        ("PETIT Noa (3eA)", {2}),
        ("PETIT", set()),
        ("", set()),
    ],
)
def test_a_name_of_the_session_file_is_that_of_one_student(named: str, helpers: set[int]) -> None:
    rows = [LOU, NOA._replace(group="G1"), OTHER_LOU]
    found: Noted = noted_in([], [], rows, (named,))
    assert found.delegates == helpers


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (("MARTIN Lou",), ()),
        (("lou martin",), ()),
        (("MARTIN Lou (3 A)",), ()),
        (("MARTIN Lou (3eB)",), ("MARTIN Lou (3eB)",)),
        (("MARTIN", "MARTIN Lou", "PETIT Noa"), ("MARTIN", "PETIT Noa")),
    ],
)
def test_who_helps_no_more_is_taken_off_the_names(before: tuple[str, ...], after: tuple[str, ...]) -> None:
    no_more, helps = (act(kind, "14:10", LOU) for kind in (ActionKind.UNDELEGATE, ActionKind.DELEGATE))
    assert helpers_named(before, [no_more]) == after
    assert helpers_named(before, [helps]) == (*after, "MARTIN Lou (3eA)")
    assert helpers_named(before, []) == before


def test_who_has_no_class_is_named_without_one() -> None:
    nowhere = row_for(4, name="SOL", place=None)
    assert helpers_named((), [act(ActionKind.DELEGATE, "14:10", nowhere)]) == ("SOL",)
    lou = act(ActionKind.UNDELEGATE, "14:10", LOU._replace(division=None))
    assert helpers_named(("MARTIN Lou (3eB)",), [lou]) == ()  # a class that one lacks tells nothing


# -- decisions of who is who ----------------------------------------------------------------------


def entry(number: str, kind: str, base: Json = "a", incoming: Json = "b", **facts: Json) -> Entry:
    return Entry(
        number, f"2026-03-12T09:0{number}", kind, {"base": base, "incoming": incoming, **facts}, "file"
    )


def test_of_two_decisions_on_a_pair_the_later_one_counts() -> None:
    same, different = MatchEntry.SAME, MatchEntry.DIFFERENT
    one, two, three = entry("1", same), entry("2", same, "c", "d"), entry("3", different, "b", "a")
    decisions, told = decisions_of([one, two, three])
    assert (set(decisions.same), set(decisions.different)) == ({("c", "d")}, {("b", "a")})
    assert [tuple(found) for found in told] == [
        ("2", "c", "d", True, "2026-03-12T09:02"), ("3", "b", "a", False, "2026-03-12T09:03"),
    ]  # fmt: skip
    undone = entry("4", MatchEntry.UNDO, entry="3")
    for order in ([one, two, three, undone], [undone, one, two, three]):
        again, _told = decisions_of(order)
        assert (set(again.same), set(again.different)) == ({("a", "b"), ("c", "d")}, set())


@pytest.mark.parametrize(
    ("kind", "base", "incoming"),
    [
        (MatchEntry.SAME, "", "b"), (MatchEntry.SAME, "a", ""), (MatchEntry.SAME, "a", "a"),
        (MatchEntry.SAME, None, "b"), (MatchEntry.SAME, "a", 1), (MatchEntry.SAME, ["a"], "b"),
        (MatchEntry.UNDO, "a", "b"), ("session.start", "a", "b"),
    ],
)  # fmt: skip
def test_an_entry_that_does_not_say_what_it_should_decides_nothing(
    kind: str, base: Json, incoming: Json
) -> None:
    decisions, told = decisions_of([entry("1", kind, base, incoming)])
    assert decisions.same == decisions.different == frozenset()
    assert told == ()


def test_entries_count_in_their_order_then_by_their_id() -> None:
    first, second = entry("2", MatchEntry.SAME), entry("1", MatchEntry.SAME)._replace(at="2026-03-12T09:02")
    assert sorted([first, second], key=lambda one: one.rank) == [second, first]
    late = second._replace(order="2026-03-12T09:03")
    assert sorted([late, first], key=lambda one: one.rank) == [first, late]
    assert just_after("2026-03-12T09:59:59.999999") == "2026-03-12T10:00:00"
    assert just_after("2026-03-12T09:00:00") == "2026-03-12T09:00:00.000001"
