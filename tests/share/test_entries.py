"""Entries of several posts: their order, their times, what contradicts, and what nobody can have written."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from pixsession.domain.board.entries import Entry, Json
from pixsession.domain.certification.actions import action_of
from pixsession.domain.certification.day import ActionKind
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
