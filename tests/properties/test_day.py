"""What holds for any sequence of gestures, sensible or not, of one program or two, in any order."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from pixsession.domain.board.entries import Entry
from pixsession.domain.board.snapshot import BoardRow
from pixsession.domain.certification.actions import action_of, facts_of, last_effective_action
from pixsession.domain.certification.clock import paused_for, personal_end
from pixsession.domain.certification.day import Action, ActionKind, DayState, Pause, Presence, StudentDay, Who
from pixsession.domain.certification.incidents import CODES
from pixsession.domain.certification.refusals import caution, refusal
from pixsession.domain.certification.supervision import day_view, days_of, orphans_of
from pixsession.domain.certification.words import action_words, clock_words
from pixsession.domain.pix.eligibility import Eligibility
from tests.factories.days import SESSION, clock, row_for, who
from tests.factories.examples import examples
from tests.factories.reached import reached

FEW = examples(60)
MORNING = clock("08:00")
ROOMS = {1: "Salle 1", 2: "Salle 2", 3: "Salle 1"}

# Three students, two of one name; and somebody whom the board does not know.
NAMES = ("MARTIN Lucas", "MARTIN Lucas", "LE GALL Zoé", "INCONNU Paul")
PEOPLE = [who(row_for(number, name=name)) for number, name in enumerate(NAMES, 1)]
MINUTES = st.integers(0, 300)
MOMENTS = MINUTES.map(lambda minutes: MORNING + timedelta(minutes=minutes))
VERDICTS = st.sampled_from(list(Eligibility))
PERSONS = st.sampled_from([*PEOPLE, Who((), "LE GALL", "Zoé", None), Who((), "", "", None)])
WHO = st.lists(PERSONS, max_size=3, unique=True).map(tuple)
DONE = st.sampled_from([kind for kind in ActionKind if kind is not ActionKind.UNDO])
IDS = [f"{'ab'[number % 2]}:{number:06}" for number in range(12)]  # of two programs
ROOM_NAMES = st.sampled_from((None, "Salle 1", "salle 2", "Ailleurs"))
TEXTS, CODE = st.sampled_from(("", "note", "code")), st.sampled_from((*CODES, "C5", "Z1"))


def deeds(whose: st.SearchStrategy[tuple[Who, ...]]) -> st.SearchStrategy[Action]:
    """Any gesture but one that takes another one back."""
    facts = (st.just("a:1"), MOMENTS, DONE, whose, ROOM_NAMES, TEXTS, CODE, st.booleans())
    return st.builds(
        Action, *facts, order=st.just(""), extra_time=st.sampled_from((None, 0.0, 0.33)), post=st.none()
    )


UNDOINGS = st.builds(
    Action,
    st.just("a:1"),
    MOMENTS,
    st.just(ActionKind.UNDO),
    undoes=st.sampled_from(IDS),
    order=st.just(""),
)
DEED = deeds(WHO)


def numbered(actions: list[Action]) -> list[Action]:
    """The same gestures, each with an id of its own."""
    return [action._replace(entry_id=entry_id) for action, entry_id in zip(actions, IDS, strict=False)]


ACTIONS = st.lists(st.one_of(DEED, DEED, DEED, UNDOINGS), max_size=len(IDS)).map(numbered)


@st.composite
def boards(draw: st.DrawFn) -> list[BoardRow]:
    extra = st.sampled_from((None, 0.0, 0.33, 1.0))
    return [
        row_for(number, draw(VERDICTS), name, extra_time=draw(extra))
        for number, name in enumerate(NAMES[:3], 1)
    ]


BECAME = st.dictionaries(st.integers(1, 3), MOMENTS)


@FEW
@given(ACTIONS, boards(), BECAME, MOMENTS, st.randoms())
def test_no_sequence_of_gestures_is_too_much_and_the_order_of_reading_changes_nothing(
    actions: list[Action],
    rows: list[BoardRow],
    became: dict[int, datetime],
    now: datetime,
    chance: random.Random,
) -> None:
    view = day_view(SESSION, actions, rows, ROOMS, became, now)
    reached()
    assert sum(total.students for total in view.totals) == len(rows)
    for row in rows:
        day = view.days[row.student_id]
        reached()
        assert clock_words(row, day, SESSION, now).isprintable()
        for kind in ActionKind:
            for words in (refusal(kind, row, day, SESSION, now, "E1"), caution(kind, row, day, SESSION, now)):
                reached()
                assert words is None or words.endswith(".")
    assert {action.entry_id for action in orphans_of(view.actions, rows)} <= {
        a.entry_id for a in view.actions
    }
    reached(len(view.actions))
    assert all(action_words(action) for action in view.actions)
    mixed = chance.sample(actions, len(actions))
    assert day_view(SESSION, mixed, rows, ROOMS, became, now) == view
    assert day_view(SESSION, [*actions, *mixed], rows, ROOMS, became, now) == view


@FEW
@given(ACTIONS, DEED, boards(), BECAME)
def test_taking_back_the_last_gesture_restores_the_day_before(
    actions: list[Action], gesture: Action, rows: list[BoardRow], became: dict[int, datetime]
) -> None:
    last = gesture._replace(entry_id="z:000001", at=MORNING + timedelta(days=1))
    back = Action("z:000002", last.at, ActionKind.UNDO, undoes=last.entry_id)
    again = back._replace(entry_id="z:000003")
    before = days_of(actions, rows, ROOMS, became)
    reached()
    assert last_effective_action([*actions, last]) == last
    assert days_of([*actions, last, back], rows, ROOMS, became) == before
    assert days_of([*actions, last, back, again], rows, ROOMS, became) == before


def of_one(person: Who) -> st.SearchStrategy[list[Action]]:
    """The gestures on one student alone."""
    return st.lists(deeds(st.just((person,))), max_size=6).map(numbered)


@FEW
@given(of_one(PEOPLE[0]), of_one(PEOPLE[2]), boards())
def test_what_is_done_to_one_student_is_nothing_to_another(
    ours: list[Action], theirs: list[Action], rows: list[BoardRow]
) -> None:
    theirs = [action._replace(entry_id=f"other:{action.entry_id}") for action in theirs]
    both = days_of([*theirs, *ours], rows, ROOMS, {})
    reached()
    assert both[1] == days_of(ours, rows, ROOMS, {})[1]
    assert both[3] == days_of(theirs, rows, ROOMS, {})[3]
    assert both[2] == StudentDay()


# What a verdict asks for once the student is there, neither redirected nor started.
NEEDS = {
    Eligibility.ELIGIBLE: DayState.READY,
    Eligibility.NOT_ELIGIBLE: DayState.TO_REDIRECT,
    Eligibility.TO_CHECK: DayState.TO_CHECK,
    Eligibility.NOT_SENT: DayState.NOT_SENT,
    Eligibility.NOT_IN_EXPORT: DayState.NOT_IN_EXPORT,
}


def without(gestures: list[Action], *kinds: ActionKind) -> list[Action]:
    return [gesture for gesture in gestures if gesture.kind not in kinds]


@FEW
@given(of_one(PEOPLE[0]), VERDICTS, MOMENTS)
def test_who_is_there_neither_redirected_nor_started_needs_what_the_verdict_says(
    actions: list[Action], verdict: Eligibility, now: datetime
) -> None:
    quiet = without(actions, ActionKind.REDIRECT, ActionKind.START)
    comes = Action("z:000001", MORNING + timedelta(days=1), ActionKind.PRESENT, (PEOPLE[0],))
    view = day_view(SESSION, [*quiet, comes], [row_for(1, verdict, NAMES[0])], ROOMS, {}, now)
    reached()
    assert view.days[1].presence is Presence.PRESENT
    assert view.states[1] is NEEDS[verdict]


@FEW
@given(of_one(PEOPLE[0]), VERDICTS, BECAME, MOMENTS)
def test_only_a_start_makes_a_test_run_or_end(
    actions: list[Action], verdict: Eligibility, became: dict[int, datetime], now: datetime
) -> None:
    rows = [row_for(1, verdict, NAMES[0])]
    started = {DayState.RUNNING, DayState.OVERTIME, DayState.FINISHED}
    idle = without(actions, ActionKind.START)
    reached()
    assert day_view(SESSION, idle, rows, ROOMS, became, now).states[1] not in started
    starts = Action("z:000001", MORNING + timedelta(days=1), ActionKind.START, (PEOPLE[0],))
    assert day_view(SESSION, [*idle, starts], rows, ROOMS, became, now).states[1] in started


PAUSES = st.builds(Pause, MOMENTS, st.one_of(st.none(), MOMENTS), st.booleans(), st.booleans())


@FEW
@given(st.lists(PAUSES, max_size=6), MOMENTS, st.one_of(st.none(), MOMENTS), MOMENTS, st.floats(-1, 2))
def test_every_minute_out_of_the_test_counts_once(
    pauses: list[Pause], start: datetime, over: datetime | None, now: datetime, extra: float
) -> None:
    day = StudentDay(started_at=start, finished_at=over, pauses=tuple(pauses))

    def out(minute: int, *, planned: bool) -> bool:
        """Whether some pause, planned only or any, covers this minute of the test."""
        moment = MORNING + timedelta(minutes=minute)
        within = moment >= start and (over is None or moment < over)
        return within and any(
            pause.begin <= moment < (pause.end if pause.end is not None else now)
            for pause in pauses
            if pause.planned or not planned
        )

    planned, incident = paused_for(day, now)
    reached()
    assert planned == timedelta(minutes=sum(out(minute, planned=True) for minute in range(301)))
    assert planned + incident == timedelta(minutes=sum(out(minute, planned=False) for minute in range(301)))
    end = personal_end(day, SESSION, extra, now)
    assert end is not None
    assert end >= start + timedelta(minutes=SESSION.duration_minutes) + planned + incident


ROOM_WIDE = {ActionKind.PAUSE, ActionKind.UNPAUSE, ActionKind.INCIDENT, ActionKind.NOTE}
CHECKLIST = {ActionKind.TICK, ActionKind.UNTICK}


def says_enough(action: Action) -> bool:
    """Whether a gesture says whom or what it is about; every incident drawn here has a code."""
    if action.kind in CHECKLIST:
        return bool(action.text)
    if action.kind is ActionKind.EXTRA_TIME and action.extra_time is None:
        return False
    if action.kind is ActionKind.ROOM and action.room is None:
        return False
    return bool(action.who) or action.kind in ROOM_WIDE


@examples(100)
@given(DEED)
def test_every_gesture_comes_back_from_the_journal(action: Action) -> None:
    kind, facts = facts_of(action)
    read = action_of(Entry(action.entry_id, action.at.isoformat(), kind, facts, "a.jsonl"))
    reached()
    assert read == (action if says_enough(action) else None)


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=5)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(("keys", "last_name", "first_name", "place")), inner, max_size=4),
    ),
    max_leaves=8,
)
NAMES_OF_FACTS = st.sampled_from(("who", "room", "text", "code", "planned", "undoes", "extra_time"))
KINDS = st.sampled_from([*ActionKind, "match.same", ""])
FACTS = st.dictionaries(NAMES_OF_FACTS, JSON, max_size=6)
ONE_FACT = st.dictionaries(NAMES_OF_FACTS, JSON, max_size=1)
EDITED = st.builds(lambda deed, other: facts_of(deed)[1] | other, DEED, ONE_FACT)


@FEW
@given(KINDS, FACTS | EDITED, st.text(max_size=20))
def test_no_entry_edited_by_hand_is_too_much(kind: str, facts: dict[str, object], at: str) -> None:
    for moment in (at, "2026-03-12T08:52:00"):
        action = action_of(Entry("a:000001", moment, kind, facts, "a.jsonl"))  # type: ignore[arg-type]
        if action is not None:
            days_of([action], [row_for()._replace(last_name=NAMES[0])], ROOMS, {})
            reached()
            assert action.kind == kind
