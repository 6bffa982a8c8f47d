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
LEA: Json = {"keys": ["list|noel|lea||"], "last_name": "NOEL", "first_name": "Léa", "place": None}


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
    ("before", "measured", "after"),
    [
        (None, 1.4, 0.0),
        (None, 1.5, 1.5),
        (None, -1.5, -1.5),
        (None, 20.12345, 20.123),
        (20.0, 21.4, 20.0),
        (20.0, 21.5, 21.5),
        (-20.0, -18.5, -18.5),
        (20.0, 0.5, 0.0),
        (20.0, -20.0, -20.0),
    ],
)
def test_an_offset_is_followed_where_it_differs_by_more_than_a_share_rounds(
    before: float | None, measured: float, after: float
) -> None:
    post = clock(before)
    revision = post.revision
    assert post.follow(measured) == (after != before)
    assert post.offset == after
    assert (post.revision != revision) == (after != before)
    again = post.revision
    assert not post.follow(after)
    assert post.revision == again


def test_what_others_say_of_their_clocks_is_news_once() -> None:
    post = clock(0.0)
    seen = [post.revision]
    for told in ({CDI.id: 3.0}, {CDI.id: 3.0}, {CDI.id: 4.0}):
        post.hear(told)
        assert post.others == told
        seen.append(post.revision)
    assert seen[0] != seen[1] == seen[2] != seen[3]


def test_an_order_has_milliseconds_and_counts_from_what_was_read_in_the_same_one() -> None:
    at = NINE + timedelta(microseconds=7_999)
    post = PostClock(OFFICE, lambda: at, None)
    first = post.stamp("")
    assert first == "2026-03-12T09:00:00.007000"
    assert first < post.stamp(first) < "2026-03-12T09:00:00.008000"
    assert post.stamp("2026-03-12T08:59:59.000000") == first


def test_times_are_moved_by_the_offset_of_their_post_and_those_of_no_post_are_not() -> None:
    alone = entry(ActionKind.START)._replace(post=None, offset=None)
    unknown, own = entry(ActionKind.START, offset=None), entry(ActionKind.START, post=OFFICE, offset=None)
    told = in_own_time([alone, unknown, own, entry(ActionKind.START, offset=0.4)], clock(-60.0), {})
    later = (NINE + timedelta(seconds=60)).isoformat()
    assert [one.at for one in told] == [NINE.isoformat(), later, NINE.isoformat(), later]
    told = in_own_time([unknown, own], clock(None), {CDI.id: 30.0, OFFICE.id: 99.0})
    assert [one.at for one in told] == [(NINE + timedelta(seconds=30)).isoformat(), NINE.isoformat()]
    known = known_offsets([alone, unknown, entry(ActionKind.START, offset=5.0), entry(ActionKind.START), own])
    assert known == {CDI.id: 5.0}


@pytest.mark.parametrize(
    ("first", "then", "seconds", "told"),
    [
        (ActionKind.PRESENT, ActionKind.ABSENT, 3, 1),
        (ActionKind.REDIRECT, ActionKind.START, 3, 1),
        (ActionKind.PRESENT, ActionKind.ABSENT, 15, 1),
        (ActionKind.PRESENT, ActionKind.ABSENT, 16, 0),
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


def test_of_several_gestures_each_pair_that_contradicts_is_told() -> None:
    kinds = (ActionKind.PRESENT, ActionKind.NOTE, ActionKind.ABSENT, ActionKind.LATE)
    whose = (CDI, CDI, OFFICE, CDI)
    times = [NINE + timedelta(seconds=5 * number) for number in range(4)]
    entries = [entry(kind, post=post, at=at) for kind, post, at in zip(kinds, whose, times, strict=True)]
    of_no_post = entry(ActionKind.LATE)._replace(post=None)
    actions = [action for one in (of_no_post, *entries) if (action := action_of(one)) is not None]
    told = [(pair.earlier.kind, pair.later.kind) for pair in contradictions(actions)]
    assert told == [(ActionKind.PRESENT, ActionKind.ABSENT), (ActionKind.ABSENT, ActionKind.LATE)]
    last = [*actions[1:], actions[0]._replace(order="", at=times[3])]
    assert len(contradictions(last)) == 2, "what no post says contradicts none"


def test_of_gestures_on_several_students_one_that_both_are_about_is_enough() -> None:
    max_of: Json = {"keys": ["list|petit|max||"], "last_name": "PETIT", "first_name": "Max", "place": None}
    for who, told in ((LEA, 1), (max_of, 0)):
        first = entry(ActionKind.PRESENT)._replace(facts={"who": [LOU, LEA]})
        entries = (first, entry(ActionKind.ABSENT, post=OFFICE, who=who))
        actions = [action for one in entries if (action := action_of(one)) is not None]
        assert len(contradictions(actions)) == told


@pytest.mark.parametrize(
    ("one", "why"),
    [
        (entry(ActionKind.PRESENT, at=BEGUN - timedelta(minutes=15)), None),
        (entry(ActionKind.PRESENT, at=BEGUN - timedelta(minutes=15, seconds=1)), Impossible.EARLY),
        (entry(ActionKind.PRESENT, at=BEGUN - timedelta(minutes=16), offset=60.0), None),
        (entry(ActionKind.PRESENT, at=BEGUN, offset=-901.0), Impossible.EARLY),
        (entry(ActionKind.PRESENT, offset=None, order=NINE - timedelta(minutes=15)), None),
        (entry(ActionKind.PRESENT, order=NINE - timedelta(minutes=15, seconds=1)), Impossible.ORDER),
        (
            entry(ActionKind.PRESENT, offset=60.0, order=NINE - timedelta(minutes=14, seconds=1)),
            Impossible.ORDER,
        ),
        (entry(ActionKind.PRESENT, order=NINE + timedelta(hours=9)), None),
        (entry(ActionKind.PRESENT)._replace(origin="20260312T080000-77-aaaaaaaa00000000"), None),
        (entry(ActionKind.PRESENT)._replace(origin="20260312T080000-77-aaaaaaaa.jsonl"), Impossible.POST),
        (entry(ActionKind.PRESENT, at=BEGUN - timedelta(days=1))._replace(post=None), None),
    ],
)
def test_how_far_the_time_and_the_name_of_an_entry_may_be_off(one: Entry, why: Impossible | None) -> None:
    found = judged([one], BEGUN)
    assert found == (((one,), ()) if why is None else ((), ((one, why),)))


def test_where_nobody_knows_when_a_session_was_begun_this_century_will_do() -> None:
    for year, why in ((2000, ()), (1999, (Impossible.EARLY,))):
        found = judged([entry(ActionKind.PRESENT, at=BEGUN.replace(year=year))], None)
        assert tuple(reason for _entry, reason in found.impossible) == why


def test_a_post_is_silent_from_two_minutes_on_and_there_before() -> None:
    seen = PostSeen(CDI, NINE)
    for after, one, silent, there in (
        (119, seen, False, True),
        (120, seen, True, False),
        (120, seen._replace(is_own=True), False, True),
        (120, seen._replace(has_left=True), False, False),
        (0, seen._replace(has_left=True), False, False),
    ):
        now = NINE + timedelta(seconds=after)
        assert (one.is_silent(now), one.is_there(now)) == (silent, there)


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
    assert clock_off_by((own, other._replace(offset=-60.0))) is None
    assert clock_off_by((own, other._replace(offset=61.0))) == timedelta(seconds=-61)
    assert clock_off_by((own._replace(offset=60.0),)) is None
    assert clock_off_by((own._replace(offset=61.4), other._replace(offset=None))) == timedelta(seconds=61)
    alike = (own._replace(offset=600.0), other._replace(offset=570.0))
    assert clock_off_by(alike) == timedelta(minutes=10), "both are off from the clock of the share"
    alike = (own._replace(offset=660.0), other._replace(offset=600.0))
    assert clock_off_by(alike) == timedelta(minutes=11)
    apart = (other._replace(offset=40.0), own._replace(offset=-40.0))
    assert clock_off_by(apart) == timedelta(seconds=-80)
    most = (own._replace(offset=70.0), other._replace(offset=30.0), third._replace(offset=30.0))
    assert clock_off_by(most) is None


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
