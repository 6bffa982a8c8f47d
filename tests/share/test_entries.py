"""Entries of several posts: their order, their times, what contradicts, and what nobody can have written."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from pixsession.domain.board.entries import Entry, FileEntryKind, Json, MatchEntry
from pixsession.domain.certification.actions import action_of
from pixsession.domain.certification.day import ActionKind
from pixsession.domain.share.before import (
    BEFORE_THE_TEST,
    NEEDS,
    NOT_OF_CERTIFICATIONS,
    OF_LESSONS,
    TAKES_BACK,
)
from pixsession.domain.share.clock import PostClock, in_own_time, known_offsets
from pixsession.domain.share.contradictions import contradictions
from pixsession.domain.share.place import Post
from pixsession.domain.share.possible import Impossible, judged
from pixsession.domain.share.posts import PostSeen, clock_off_by

BEGUN = datetime(2026, 3, 12, 8, 0)  # noqa: DTZ001 - Paris time has no zone here
NINE = BEGUN + timedelta(hours=1)
CDI, OFFICE = Post("aaaaaaaa", "CDI"), Post("bbbbbbbb", "Bureau")
LOU: Json = {"keys": ["list|martin|lou||"], "last_name": "MARTIN", "first_name": "Lou", "place": None}


def entry(
    kind: str,
    number: int = 1,
    post: Post = CDI,
    *,
    at: datetime = NINE,
    offset: float | None = 0.0,
    order: datetime | None = None,
    who: Json = LOU,
    file_post: str = "",
) -> Entry:
    file = f"20260312T080000-77-{file_post or post.id}00000000.jsonl"
    common = at + timedelta(seconds=offset or 0.0)
    facts: dict[str, Json] = {"who": [who]} if kind != ActionKind.UNDO else {}
    rank = (order or common).isoformat(timespec="microseconds")
    return Entry(f"{file[:-6]}:{number:06}", at.isoformat(), kind, facts, file, rank, post, offset)


def clock(offset: float | None) -> PostClock:
    return PostClock(OFFICE, lambda: NINE, offset)


def test_a_start_on_a_post_whose_clock_is_wrong_is_told_in_the_time_of_each_post() -> None:
    ahead = entry(ActionKind.START, at=NINE + timedelta(minutes=10), offset=-600.0)
    assert [one.at for one in in_own_time([ahead], clock(0.0), {})] == [NINE.isoformat()]
    assert [one.at for one in in_own_time([ahead], clock(-600.0), {})] == [ahead.at]


def test_an_entry_of_before_its_post_knew_its_offset_takes_the_first_that_it_knew() -> None:
    early = entry(ActionKind.START, at=NINE + timedelta(minutes=10), offset=None)
    later = entry(ActionKind.FINISH, 2, at=NINE + timedelta(minutes=20), offset=-600.0)
    told = in_own_time([early, later], clock(0.0), known_offsets([early, later]))
    assert [one.at for one in told] == [NINE.isoformat(), (NINE + timedelta(minutes=10)).isoformat()]


def test_what_is_done_after_something_was_read_comes_after_it_whatever_the_clock_says() -> None:
    read = (NINE + timedelta(minutes=10)).isoformat(timespec="microseconds")
    stamps = [clock(0.0).stamp(""), clock(0.0).stamp(read), clock(600.0).stamp("")]
    assert stamps[0] < read < stamps[1] < (NINE + timedelta(minutes=11)).isoformat()
    assert stamps[2] == read


@pytest.mark.parametrize(
    ("first", "then", "seconds", "told"),
    [
        (ActionKind.PRESENT, ActionKind.ABSENT, 3, 1),
        (ActionKind.REDIRECT, ActionKind.START, 3, 1),
        (ActionKind.PRESENT, ActionKind.ABSENT, 40, 0),
        (ActionKind.PRESENT, ActionKind.PRESENT, 3, 0),
        (ActionKind.PRESENT, ActionKind.AUTHORISE, 3, 0),
    ],
)
def test_two_posts_that_contradict_each_other_within_seconds(
    first: ActionKind, then: ActionKind, seconds: int, told: int
) -> None:
    # The clock of the second post is ten minutes ahead: only the common one says that it was seconds later.
    later = NINE + timedelta(minutes=10, seconds=seconds)
    entries = [entry(first), entry(then, post=OFFICE, at=later, offset=-600.0)]
    actions = [action for one in entries if (action := action_of(one)) is not None]
    found = contradictions(actions)
    assert len(found) == told
    assert [pair.later.kind for pair in found] == [then] * told
    assert contradictions([one._replace(post=CDI) for one in actions]) == ()


@pytest.mark.parametrize(
    ("odd", "why"),
    [
        (entry(ActionKind.PRESENT, at=BEGUN - timedelta(days=1)), Impossible.EARLY),
        (entry(ActionKind.PRESENT, file_post="cccccccc"), Impossible.POST),
        (entry(ActionKind.PRESENT, order=BEGUN), Impossible.ORDER),
        (entry(ActionKind.FINISH), Impossible.STATE),
    ],
)
def test_what_the_program_cannot_have_written_is_told_and_does_not_count(odd: Entry, why: Impossible) -> None:
    right = entry(ActionKind.ABSENT, 2)
    found = judged(sorted((odd, right), key=lambda one: one.rank), BEGUN)
    assert found.possible == (right,)
    assert found.impossible == ((odd, why),)


def test_an_entry_counts_once_what_it_needs_has_come() -> None:
    start, finish = entry(ActionKind.START), entry(ActionKind.FINISH, 2, OFFICE, at=NINE + timedelta(hours=1))
    assert judged([finish], BEGUN).possible == ()
    assert judged([start, finish], BEGUN).possible == (start, finish)


def test_a_clock_that_is_off_is_told_where_it_is() -> None:
    own, other = (PostSeen(post, NINE, offset=0.0) for post in (CDI, OFFICE))
    own = own._replace(is_own=True)
    third = other._replace(post=Post("cccccccc", "Salle 12"))
    assert clock_off_by((own, other)) is None
    assert clock_off_by((own, other._replace(offset=-59.0))) is None
    assert clock_off_by((own, other._replace(offset=-600.0))) == timedelta(minutes=10)
    assert clock_off_by((own, other._replace(offset=-600.0), third)) is None
    assert clock_off_by((own._replace(offset=-600.0), other, third)) == timedelta(minutes=-10)
    assert clock_off_by((own._replace(offset=-600.0),)) == timedelta(minutes=-10)
    assert clock_off_by((own._replace(offset=None), other)) is None


LEA: Json = {"keys": ["list|noel|lea||"], "last_name": "NOEL", "first_name": "Léa", "place": None}
Kind = ActionKind


def history(*kinds: str, post: Post = CDI, **named: Json) -> list[Entry]:
    """These entries of one program, a minute apart, about one student."""
    found = [
        entry(kind, number, post, at=NINE + timedelta(minutes=number))
        for number, kind in enumerate(kinds, start=1)
    ]
    return [*found[:-1], found[-1]._replace(facts={**found[-1].facts, **named})]


def of_room(kind: ActionKind, number: int) -> Entry:
    one = entry(kind, number, at=NINE + timedelta(minutes=number))
    return one._replace(facts={"room": "Salle 12"})


@pytest.mark.parametrize(
    ("entries", "is_possible"),
    [
        (history(Kind.STOP), False),
        (history(Kind.START, Kind.STOP), True),
        (history(Kind.START, Kind.RESUME), False),
        (history(Kind.START, Kind.STOP, Kind.RESUME), True),
        (history(Kind.PAUSE), False),
        (history(Kind.START, Kind.PAUSE), True),
        (history(Kind.START, Kind.UNPAUSE), False),
        (history(Kind.START, Kind.PAUSE, Kind.UNPAUSE), True),
        (history(Kind.HANDLED), False),
        (history(Kind.INCIDENT, code="E1"), False),
        (history(Kind.INCIDENT, code="C1"), True),
        (history(Kind.START, Kind.INCIDENT, code="E1"), True),
        (history(Kind.START, Kind.START), False),
        (history(Kind.START, Kind.ABSENT), False),
        (history(Kind.START, Kind.REDIRECT), False),
        (history(Kind.START, Kind.AUTHORISE), False),
        (history(Kind.START, Kind.FINISH, Kind.START), False),
        (history(Kind.ABSENT, Kind.PRESENT, Kind.START), True),
        ([*history(Kind.START), *history(Kind.ABSENT, post=OFFICE)], True),
        (
            [*history(Kind.START, Kind.NOTE), entry(Kind.START, 9, at=NINE + timedelta(hours=1), who=LEA)],
            True,
        ),
        ([of_room(Kind.UNPAUSE, 1)], False),
        ([of_room(Kind.PAUSE, 1), of_room(Kind.UNPAUSE, 2)], True),
        (history(Kind.OBSERVE, text="avance"), False),
        (history(Kind.UNDO, undoes="nowhere:000001"), False),
        (history(MatchEntry.UNDO, entry="nowhere:000001"), False),
        (history(FileEntryKind.COUNT, entry="nowhere:000001"), False),
        (history("act.of_another_version"), True),
    ],
    ids=lambda told: "+".join(one.kind for one in told) if isinstance(told, list) else "",
)
def test_a_state_that_refuses_an_entry_of_a_certification_tells_it(
    entries: list[Entry], is_possible: bool
) -> None:
    found = judged(sorted(entries, key=lambda one: one.rank), BEGUN)
    assert found.possible == tuple(entries if is_possible else entries[:-1])
    assert [why for _entry, why in found.impossible] == [Impossible.STATE] * (not is_possible)


def test_of_several_students_each_has_to_be_in_a_state_that_allows_it() -> None:
    start, finish = history(Kind.START, Kind.FINISH)
    both = finish._replace(facts={"who": [LOU, LEA]})
    assert judged([start, finish], BEGUN).impossible == ()
    assert judged([start, both], BEGUN).impossible == ((both, Impossible.STATE),)


def test_a_start_that_was_taken_back_or_that_others_denied_can_be_made_again() -> None:
    start = entry(Kind.START)
    undo = entry(Kind.UNDO, 2, OFFICE, at=NINE + timedelta(minutes=1))._replace(facts={"undoes": start.id})
    absent = entry(Kind.ABSENT, 2, OFFICE, at=NINE + timedelta(minutes=1))
    again = entry(Kind.START, 3, at=NINE + timedelta(minutes=2))
    for between in (undo, absent):
        assert judged([start, between, again], BEGUN).impossible == ()
    other_program = again._replace(origin=again.origin.replace("T080000", "T080100"))
    assert judged([start, other_program], BEGUN).impossible == ()


@pytest.mark.parametrize("kind", ActionKind)
def test_a_lesson_obeys_what_a_lesson_has(kind: ActionKind) -> None:
    one = entry(kind)._replace(
        facts={"who": [LOU], "text": "avance", "code": "C1", "room": "Salle 12", "extra_time": 0.33}
    )
    if kind is Kind.UNDO:
        one = one._replace(facts={"undoes": entry(Kind.NOTE, 7).id})

    note = entry(Kind.NOTE, 7, at=NINE - timedelta(minutes=1))
    found = judged([note, one], BEGUN, is_lesson=True)
    assert (one in found.possible) is (kind in OF_LESSONS)


def test_of_every_kind_of_entry_it_is_settled_which_state_refuses_it() -> None:
    """A new kind is to be judged by what has to be there before it, or named here as free."""
    free = {Kind.PRESENT, Kind.LATE, Kind.NOTE, Kind.TICK, Kind.UNTICK, Kind.CALL, Kind.EXTRA_TIME, Kind.ROOM}
    judged_by_state = {*NEEDS, *BEFORE_THE_TEST, *TAKES_BACK, *NOT_OF_CERTIFICATIONS, Kind.INCIDENT}
    decisions = {MatchEntry.SAME, MatchEntry.DIFFERENT, FileEntryKind.TAKE_BACK}
    assert judged_by_state | free | decisions == {*ActionKind, *MatchEntry, *FileEntryKind}
    assert not judged_by_state & (free | decisions)


@pytest.mark.parametrize(
    ("first", "then", "told"),
    [
        (history(Kind.DELEGATE), history(Kind.UNDELEGATE, post=OFFICE), 1),
        (history(Kind.LATE), history(Kind.ABSENT, post=OFFICE), 1),
        (history(Kind.OBSERVE, text="avance"), history(Kind.OBSERVE, post=OFFICE, text="bloqué"), 0),
        (history(Kind.NOTE, text="un"), history(Kind.NOTE, post=OFFICE, text="deux"), 0),
        (history(Kind.TICK, who=[], text="Code"), history(Kind.UNTICK, post=OFFICE, who=[], text="Code"), 1),
        (history(Kind.TICK, who=[], text="Code"), history(Kind.UNTICK, post=OFFICE, who=[], text="Fin"), 0),
        (history(Kind.PAUSE, who=[], room="1"), history(Kind.UNPAUSE, post=OFFICE, who=[], room="1"), 1),
        (history(Kind.PAUSE, who=[], room="1"), history(Kind.UNPAUSE, post=OFFICE, who=[], room="2"), 0),
        (history(Kind.STOP, code="STUDENT"), history(Kind.STOP, post=OFFICE, code="TECHNICAL"), 1),
        (history(Kind.STOP, code="STUDENT"), history(Kind.STOP, post=OFFICE, code="STUDENT"), 0),
    ],
)
def test_what_contradicts_in_a_lesson_in_a_room_and_of_one_kind(
    first: list[Entry], then: list[Entry], told: int
) -> None:
    actions = [action for one in (*first, *then) if (action := action_of(one)) is not None]
    assert len(actions) == 2
    assert len(contradictions(actions)) == told
