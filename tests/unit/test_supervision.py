"""What happened to each student, and what they need now, from the gestures of the supervisors."""

from __future__ import annotations

import pytest

from pixsession.domain.board.entries import Entry, Json
from pixsession.domain.board.snapshot import BoardRow, need
from pixsession.domain.certification.actions import (
    action_of,
    effective_actions,
    facts_of,
    last_effective_action,
    undone_actions,
)
from pixsession.domain.certification.day import ActionKind, DayState, Pause, Presence, StudentDay, Undone
from pixsession.domain.certification.supervision import (
    day_view,
    days_of,
    need_of_day,
    orphans_of,
    paused_rooms,
    ticked_items,
)
from pixsession.domain.pix.eligibility import Eligibility, Gap
from tests.factories.days import SESSION, act, clock, day_after, row_for, state_after, undo, who

K = ActionKind
ELIGIBLE, NOT_ELIGIBLE = Eligibility.ELIGIBLE, Eligibility.NOT_ELIGIBLE


# Entries of the journal


def entry(kind: str, **facts: Json) -> Entry:
    return Entry("a:000001", "2026-03-12T08:52:00", kind, facts, "a.jsonl")


LOU: dict[str, Json] = {"keys": ["k1", "k2"], "last_name": "BARBIER", "first_name": "Lou", "place": "3eC"}


def test_an_action_comes_back_from_the_journal_as_it_was() -> None:
    one, other = row_for(1), row_for(2, place=None)
    action = act(K.INCIDENT, "08:52", one, other, room="Salle 1", code="E1", text="écran noir")
    kind, facts = facts_of(action)
    read = action_of(Entry(action.entry_id, action.at.isoformat(), kind, facts, "a.jsonl"))
    assert read == action


def test_the_journal_keeps_nothing_that_was_not_said() -> None:
    assert facts_of(act(K.PAUSE, "09:00", planned=True)) == (K.PAUSE, {"planned": True})


@pytest.mark.parametrize(
    ("kind", "facts"),
    [
        ("match.same", {"who": [LOU]}),
        ("act.dance", {"who": [LOU]}),
        ("act.redirect", {}),
        ("act.redirect", {"who": []}),
        ("act.redirect", {"who": "BARBIER Lou"}),
        ("act.redirect", {"who": [LOU, 3]}),
        ("act.redirect", {"who": [{**LOU, "last_name": None}]}),
        ("act.redirect", {"who": [{**LOU, "keys": "k1"}]}),
        ("act.redirect", {"who": [{**LOU, "place": 3}]}),
        ("act.pause", {"who": {}}),
        ("act.pause", {"planned": "yes"}),
        ("act.pause", {"room": 3}),
        ("act.note", {"text": ["a"]}),
        ("act.incident", {"who": [LOU]}),
        ("act.tick", {"text": " "}),
        ("act.undo", {}),
    ],
)
def test_an_entry_that_does_not_say_what_it_should_is_no_action(kind: str, facts: dict[str, Json]) -> None:
    assert action_of(entry(kind, **facts)) is None


def test_an_entry_whose_time_is_none_is_no_action() -> None:
    assert action_of(entry("act.present", who=[LOU])._replace(at="soon")) is None


def test_an_entry_with_an_offset_is_in_the_time_of_paris() -> None:
    read = action_of(entry("act.present", who=[LOU])._replace(at="2026-03-12T08:52:00+00:00"))
    assert read is not None
    assert read.at == clock("09:52")


# What stands


def test_what_was_taken_back_is_as_if_it_had_never_been() -> None:
    row = row_for()
    present, absent = act(K.PRESENT, "08:20", row), act(K.ABSENT, "08:21", row)
    assert day_after(row, [present, absent, undo(absent)]) == day_after(row, [present])


def test_taking_back_twice_is_harmless_and_takes_nothing_else() -> None:
    row = row_for()
    present, late = act(K.PRESENT, "08:20", row), act(K.LATE, "08:21", row)
    assert effective_actions([present, late, undo(late), undo(late, number=1)]) == (present,)


def test_what_was_taken_back_stays_known_with_the_time_of_its_first_undoing() -> None:
    row = row_for()
    present, late, start = (
        act(K.PRESENT, "08:20", row), act(K.LATE, "08:21", row), act(K.START, "08:30", row)
    )  # fmt: skip
    actions = [
        present,
        late,
        start,
        undo(late, "09:14"),
        undo(late, "09:20", number=1),
        undo(present, "09:30"),
    ]
    assert undone_actions(actions) == (Undone(present, clock("09:30")), Undone(late, clock("09:14")))
    assert undone_actions([start, undo(late), undo(undo(start))]) == ()


def test_an_undoing_cannot_be_taken_back() -> None:
    present = act(K.PRESENT, "08:20", row_for())
    back = undo(present)
    assert effective_actions([present, back, undo(back, "12:01")]) == ()
    assert last_effective_action([present, back]) is None


def test_the_last_gesture_is_ones_own() -> None:
    mine = act(K.PRESENT, "08:20", row_for(1), origin="a")
    theirs = act(K.PRESENT, "08:21", row_for(2), origin="b")
    assert last_effective_action([mine, theirs]) == theirs
    assert last_effective_action([theirs, mine], "a:") == mine


# Whose gesture it is


def found_in(rows: list[BoardRow], keys: tuple[str, ...], name: str, place: str | None) -> list[int]:
    """Who was marked present by an action that names them so."""
    somebody = row_for(99, name=name, keys=keys, place=place)
    action = act(K.PRESENT, "08:20", somebody)
    days = days_of([action], rows, {}, {})
    found = [number for number, day in days.items() if day.presence is Presence.PRESENT]
    assert bool(orphans_of([action], rows)) is (not found)
    return found


def test_a_student_is_found_by_any_key_whatever_the_name_has_become() -> None:
    rows = [row_for(1, keys=("p1", "c1")), row_for(2)]
    assert found_in(rows, ("old", "c1"), "AUTRE Nom", "4eB") == [1]


def test_a_student_without_a_key_in_common_is_found_by_name_and_class() -> None:
    rows = [row_for(1, name="LE-GALL Zoé", place="3e A"), row_for(2, name="LE GALL Zoe", place="3eB")]
    assert found_in(rows, ("gone",), "LEGALL Zoé", "3eA") == [1]


def test_a_student_who_changed_class_is_found_by_a_name_that_is_unique() -> None:
    rows = [row_for(1, name="MARTIN Lucas", place="3eA"), row_for(2, name="MARTIN Léa", place="3eB")]
    assert found_in(rows, (), "MARTIN Lucas", "3eB") == [1]
    assert found_in(rows, (), "MARTIN Lucas", None) == [1]


def test_a_gesture_that_fits_two_students_is_nobodys() -> None:
    rows = [row_for(1, name="MARTIN Lucas"), row_for(2, name="MARTIN Lucas")]
    assert found_in(rows, (), "MARTIN Lucas", "3eA") == []
    assert found_in(rows, ("key1", "key2"), "MARTIN Lucas", "3eA") == []


def test_a_name_that_is_none_finds_nobody() -> None:
    nameless = row_for(1)._replace(last_name="", first_name="-")
    assert found_in([nameless], (), " ", "3eA") == []


def test_a_key_that_a_list_gave_to_two_students_says_less_than_one_of_their_own() -> None:
    rows = [row_for(1, keys=("list", "p1")), row_for(2, keys=("list", "p2"))]
    assert found_in(rows, ("list", "p2"), "AUTRE Nom", None) == [2]
    assert found_in(rows, ("list",), "AUTRE Nom", None) == []


def test_keys_of_two_students_are_told_apart_by_the_name() -> None:
    rows = [row_for(1, name="MOREL Enzo"), row_for(2, name="GIRAUD Léa")]
    assert found_in(rows, ("key1", "key2"), "GIRAUD Léa", None) == [2]


def test_an_orphan_names_those_only_who_are_lost() -> None:
    here, gone = row_for(1), row_for(2)
    action = act(K.PRESENT, "08:20", here, gone)
    assert orphans_of([action, undo(action)], [here]) == ()
    assert orphans_of([action, act(K.TICK, "08:00", text="code")], [here]) == (
        action._replace(who=(who(gone),)),
    )


# What happened


def test_a_day_is_told_in_the_order_of_time_whatever_the_order_of_the_files() -> None:
    row = row_for()
    actions = [
        act(K.FINISH, "10:40", row),
        act(K.PRESENT, "08:25", row),
        act(K.NOTE, "09:10", row, text="calme"),
        act(K.AUTHORISE, "08:50", row),
        act(K.INCIDENT, "09:05", row, code="E1", text="image"),
        act(K.START, "08:55", row),
    ]
    day = day_after(row, actions)
    assert (day.presence, day.presence_at) == (Presence.PRESENT, clock("08:25"))
    assert (day.authorised_at, day.started_at, day.finished_at) == (
        clock("08:50"),
        clock("08:55"),
        clock("10:40"),
    )
    assert [(i.at, i.code, i.text) for i in day.incidents] == [(clock("09:05"), "E1", "image")]
    assert [(n.at, n.text) for n in day.notes] == [(clock("09:10"), "calme")]


@pytest.mark.parametrize("kind", [K.REDIRECT, K.AUTHORISE, K.START])
def test_who_is_redirected_authorised_or_started_is_there(kind: ActionKind) -> None:
    row = row_for()
    assert day_after(row, [act(kind, "08:40", row)]).presence is Presence.PRESENT
    assert day_after(row, [act(K.ABSENT, "08:20", row), act(kind, "08:40", row)]).presence_at == clock(
        "08:40"
    )
    assert day_after(row, [act(K.LATE, "08:20", row), act(kind, "08:40", row)]).presence is Presence.LATE


def test_a_mark_can_be_set_right() -> None:
    row = row_for()
    day = day_after(row, [act(K.LATE, "08:36", row), act(K.PRESENT, "08:37", row)])
    assert day == StudentDay(Presence.PRESENT, clock("08:37"))


def test_of_two_starts_the_first_counts_and_nobody_who_started_is_absent() -> None:
    row = row_for()
    day = day_after(
        row, [act(K.START, "08:40", row), act(K.START, "08:41", row), act(K.ABSENT, "08:42", row)]
    )
    assert day == StudentDay(Presence.PRESENT, clock("08:40"), started_at=clock("08:40"))


@pytest.mark.parametrize("kind", [K.FINISH, K.STOP, K.RESUME, K.PAUSE, K.UNPAUSE])
def test_what_has_not_started_cannot_end_or_pause(kind: ActionKind) -> None:
    row = row_for()
    assert day_after(row, [act(kind, "08:40", row)]) == StudentDay()


def test_the_time_from_a_stop_to_the_resumption_is_time_lost_by_an_incident() -> None:
    row = row_for()
    actions = [act(K.START, "09:00", row), act(K.STOP, "09:10", row), act(K.RESUME, "09:22", row)]
    day = day_after(row, actions)
    assert day.stopped_at is None
    assert day.pauses == (Pause(clock("09:10"), clock("09:22"), planned=False, of_room=False),)
    assert day_after(row, [*actions[:2], act(K.START, "09:22", row)]) == day


def test_nobody_who_started_is_redirected() -> None:
    row = row_for()
    assert day_after(row, [act(K.START, "08:40", row), act(K.REDIRECT, "08:41", row)]).redirected_at is None


@pytest.mark.parametrize("over", [K.FINISH, K.STOP])
def test_the_end_of_a_test_ends_its_pause(over: ActionKind) -> None:
    row = row_for()
    actions = [act(K.START, "09:00", row), act(K.PAUSE, "09:10", row), act(over, "09:20", row)]
    assert day_after(row, actions).pauses == (
        Pause(clock("09:10"), clock("09:20"), planned=False, of_room=False),
    )


def test_a_pause_of_the_room_reaches_those_of_the_room_who_are_in_their_test() -> None:
    here, there, ready, over = (row_for(number) for number in range(1, 5))
    rooms = {1: "Salle 1", 2: "Salle 2", 3: "Salle 1", 4: "Salle 1"}
    actions = [
        act(K.PAUSE, "08:30", room="Salle 1"),
        act(K.UNPAUSE, "08:40", room="Salle 1"),
        act(K.START, "08:40", here, there, over),
        act(K.FINISH, "08:55", over),
        act(K.PAUSE, "09:00", room="salle 1", planned=True),
        act(K.UNPAUSE, "09:10", room="Salle 1"),
    ]
    days = days_of(actions, [here, there, ready, over], rooms, {})
    assert days[1].pauses == (Pause(clock("09:00"), clock("09:10"), planned=True, of_room=True),)
    assert days[2].pauses == days[3].pauses == days[4].pauses == ()


def test_a_second_pause_of_a_room_counts_after_the_first_has_ended() -> None:
    first = [act(K.PAUSE, "09:00", room="Salle 1"), act(K.UNPAUSE, "09:10", room="Salle 1")]
    again = act(K.PAUSE, "09:20", room="Salle 1")
    assert paused_rooms(first, ["Salle 1"]) == {}
    lasting = Pause(clock("09:20"), None, planned=False, of_room=True)
    assert paused_rooms([*first, again], ["Salle 1"]) == {"Salle 1": lasting}
    day = day_after(row_for(), [act(K.START, "08:40", row_for()), *first, again])
    assert day.pauses == (Pause(clock("09:00"), clock("09:10"), planned=False, of_room=True), lasting)


def test_a_room_that_two_programs_paused_goes_on_after_one_end() -> None:
    actions = [
        act(K.START, "08:40", row_for()),
        act(K.PAUSE, "09:00", room="Salle 1", origin="a"),
        act(K.PAUSE, "09:05", room="Salle 1", origin="b"),
        act(K.UNPAUSE, "09:10", room="Salle 1", origin="b"),
    ]
    assert paused_rooms(actions, ["Salle 1"]) == {}
    only = Pause(clock("09:00"), clock("09:10"), planned=False, of_room=True)
    assert day_after(row_for(), actions).pauses == (only,)


def test_a_pause_without_a_room_is_of_all_rooms_and_lasts_until_it_is_ended() -> None:
    actions = [act(K.PAUSE, "09:00"), act(K.UNPAUSE, "09:05", room="Salle 2")]
    pause = Pause(clock("09:00"), None, planned=False, of_room=True)
    assert paused_rooms(actions[:1], ["Salle 1", "Salle 2"]) == {"Salle 1": pause, "Salle 2": pause}
    assert paused_rooms(actions, ["Salle 1", "Salle 2"]) == {"Salle 1": pause}
    assert paused_rooms([*actions, act(K.UNPAUSE, "09:06")], ["Salle 1", "Salle 2"]) == {}
    assert day_after(row_for(), [act(K.START, "08:40", row_for()), *actions]).pauses == (pause,)


def test_the_checklist_keeps_the_first_tick_and_forgets_what_is_unticked() -> None:
    ticks = [act(K.TICK, "08:00", text="code"), act(K.TICK, "08:01", text="identité")]
    again = act(K.TICK, "08:02", text="code")
    assert ticked_items([*ticks, again]) == {"code": clock("08:00"), "identité": clock("08:01")}
    assert ticked_items([*ticks, act(K.UNTICK, "08:03", text="code")]) == {"identité": clock("08:01")}


# What they need


@pytest.mark.parametrize(
    ("verdict", "state"),
    [
        (NOT_ELIGIBLE, DayState.TO_REDIRECT),
        (Eligibility.NOT_SENT, DayState.NOT_SENT),
        (Eligibility.NOT_IN_EXPORT, DayState.NOT_IN_EXPORT),
        (Eligibility.TO_CHECK, DayState.TO_CHECK),
    ],
)
def test_a_verdict_that_needs_something_comes_before_presence(verdict: Eligibility, state: DayState) -> None:
    row = row_for(state=verdict)
    assert state_after(row, []) is state
    assert state_after(row, [act(K.PRESENT, "08:20", row)]) is state
    assert state_after(row, [act(K.PRESENT, "08:20", row), act(K.AUTHORISE, "08:30", row)]) is state
    assert state_after(row, [act(K.ABSENT, "08:20", row)]) is DayState.ABSENT


def test_who_is_eligible_is_expected_then_ready() -> None:
    row = row_for()
    assert state_after(row, []) is DayState.EXPECTED
    assert state_after(row, [act(K.PRESENT, "08:20", row)]) is DayState.READY
    assert state_after(row, [act(K.LATE, "08:20", row)]) is DayState.READY


def test_a_test_runs_until_the_personal_end_then_it_is_over_time() -> None:
    row = row_for(extra_time=0.3)
    start = [act(K.START, "08:30", row)]
    assert state_after(row, start, "10:40") is DayState.RUNNING
    assert state_after(row, start, "10:40:01") is DayState.OVERTIME
    assert state_after(row, [*start, act(K.PAUSE, "09:00", row)], "12:00") is DayState.RUNNING
    assert state_after(row, [*start, act(K.FINISH, "10:50", row)], "12:00") is DayState.FINISHED
    assert state_after(row, [*start, act(K.STOP, "10:50", row)], "12:00") is DayState.FINISHED


def test_who_runs_late_does_not_become_calm_by_a_pause() -> None:
    row = row_for()
    actions = [act(K.START, "08:00", row), act(K.PAUSE, "09:50", row)]
    assert state_after(row, actions, "11:00") is DayState.OVERTIME


def test_a_running_test_stays_running_whatever_the_export_says() -> None:
    row = row_for(state=NOT_ELIGIBLE)
    assert state_after(row, [act(K.START, "08:40", row)]) is DayState.RUNNING


# Redirected, and back


@pytest.mark.parametrize("verdict", [NOT_ELIGIBLE, Eligibility.NOT_SENT, Eligibility.NOT_IN_EXPORT])
def test_who_is_redirected_is_in_remediation(verdict: Eligibility) -> None:
    row = row_for(state=verdict)
    assert state_after(row, [act(K.REDIRECT, "08:52", row)]) is DayState.IN_REMEDIATION


def test_a_profile_in_doubt_is_to_check_even_in_remediation() -> None:
    row = row_for(state=Eligibility.TO_CHECK)
    assert state_after(row, [act(K.REDIRECT, "08:52", row)]) is DayState.TO_CHECK


def test_who_was_redirected_and_is_eligible_now_is_called_back_until_back() -> None:
    row = row_for()
    gone = [act(K.PRESENT, "08:20", row), act(K.REDIRECT, "08:52", row)]
    assert day_after(row, gone, again="09:10").eligible_again_at == clock("09:10")
    assert state_after(row, gone, again="09:10") is DayState.TO_CALL_BACK
    assert state_after(row, [*gone, act(K.LATE, "09:14", row)], again="09:10") is DayState.TO_CALL_BACK
    assert state_after(row, [*gone, act(K.PRESENT, "09:14", row)], again="09:10") is DayState.READY
    assert state_after(row, [*gone, act(K.AUTHORISE, "09:14", row)], again="09:10") is DayState.READY
    assert state_after(row, [*gone, act(K.START, "09:14", row)], again="09:10") is DayState.RUNNING


def test_a_mark_made_before_the_student_was_eligible_is_no_return() -> None:
    row = row_for()
    marked = [act(K.REDIRECT, "08:52", row), act(K.PRESENT, "08:53", row)]
    assert state_after(row, marked, again="09:10") is DayState.TO_CALL_BACK
    assert state_after(row, [*marked, act(K.PRESENT, "09:10", row)], again="09:10") is DayState.READY


def test_who_was_absent_and_is_marked_present_has_come_and_is_not_back() -> None:
    row = row_for()
    actions = [act(K.REDIRECT, "08:52", row), act(K.ABSENT, "08:55", row), act(K.PRESENT, "08:57", row)]
    assert day_after(row, actions).back_at is None
    assert state_after(row, actions) is DayState.TO_CALL_BACK


def test_a_return_keeps_the_time_of_the_first_presence_and_ends_with_another_redirection() -> None:
    row = row_for()
    actions = [act(K.LATE, "08:40", row), act(K.REDIRECT, "08:52", row), act(K.PRESENT, "09:14", row)]
    back = day_after(row, actions)
    assert (back.presence, back.presence_at, back.back_at) == (Presence.LATE, clock("08:40"), clock("09:14"))
    assert day_after(row, [*actions, act(K.REDIRECT, "09:20", row)]).back_at is None


def test_an_authorisation_from_before_the_redirection_is_void() -> None:
    row = row_for()
    actions = [act(K.AUTHORISE, "08:50", row), act(K.REDIRECT, "08:52", row)]
    assert day_after(row, actions).authorised_at is None
    assert state_after(row, actions, again="09:10") is DayState.TO_CALL_BACK


def test_where_the_moment_is_unknown_a_return_ends_the_call_all_the_same() -> None:
    row = row_for()
    gone = [act(K.REDIRECT, "08:52", row)]
    assert state_after(row, gone) is DayState.TO_CALL_BACK
    assert state_after(row, [*gone, act(K.PRESENT, "09:14", row)]) is DayState.READY
    fell = row_for(state=NOT_ELIGIBLE)
    assert state_after(fell, [*gone, act(K.PRESENT, "09:14", row)]) is DayState.TO_REDIRECT


def test_who_was_let_in_after_the_redirection_is_no_longer_away() -> None:
    row = row_for(state=Eligibility.NOT_SENT)
    actions = [act(K.REDIRECT, "08:52", row), act(K.AUTHORISE, "09:14", row)]
    assert state_after(row, actions) is DayState.NOT_SENT


def test_an_export_from_before_the_redirection_made_nobody_eligible_again() -> None:
    row = row_for()
    gone = [act(K.REDIRECT, "08:52:30", row)]
    assert day_after(row, gone, again="08:51").eligible_again_at is None
    assert day_after(row, gone, again="08:52").eligible_again_at == clock(
        "08:52"
    )  # the minute is all it tells
    assert day_after(row, [], again="09:10").eligible_again_at is None


def test_who_falls_under_the_rule_comes_back_on_top() -> None:
    row = row_for(state=NOT_ELIGIBLE)
    ready = [act(K.PRESENT, "08:20", row), act(K.AUTHORISE, "08:50", row)]
    assert state_after(row, ready) is DayState.TO_REDIRECT
    gone = [*ready, act(K.REDIRECT, "08:52", row)]
    assert state_after(row, gone) is DayState.IN_REMEDIATION
    assert state_after(row, gone, again="09:10") is DayState.TO_REDIRECT  # was eligible since, and fell
    again = [*gone, act(K.REDIRECT, "09:20", row)]
    assert state_after(row, again, again="09:10") is DayState.IN_REMEDIATION


def test_who_was_marked_absent_and_then_sent_a_profile_from_the_remediation_is_there() -> None:
    row = row_for()
    actions = [act(K.REDIRECT, "08:52", row), act(K.ABSENT, "08:55", row)]
    assert state_after(row, actions) is DayState.ABSENT
    assert state_after(row, actions, again="09:10") is DayState.TO_CALL_BACK
    assert state_after(row, actions, again="08:55") is DayState.ABSENT
    assert state_after(row, [*actions, act(K.ABSENT, "09:15", row)], again="09:10") is DayState.ABSENT


# All together


def test_the_order_of_need_is_that_of_the_states_then_that_of_the_board() -> None:
    far, near, calm = row_for(1, NOT_ELIGIBLE), row_for(2, NOT_ELIGIBLE), row_for(3)
    few, many = (Gap("4.1", 1),), (Gap("4.1", 3), Gap("5.2", 3))
    near = near._replace(verdict=near.verdict._replace(eligible_competences=4, nearest=few))
    far = far._replace(verdict=far.verdict._replace(eligible_competences=3, nearest=many))
    view = day_view(SESSION, [act(K.PRESENT, "08:20", calm)], [calm, far, near], {}, {}, clock("08:40"))
    ordered = sorted([calm, far, near], key=lambda row: need_of_day(row, view))
    assert [row.student_id for row in ordered] == [2, 1, 3]


def test_the_order_of_a_day_is_not_that_of_the_verdicts() -> None:
    """Who waits to be fetched is eligible and comes first; who has finished needs nobody, eligible or not."""
    back, ready, redirected, finished = (
        row_for(1),
        row_for(2),
        row_for(3, NOT_ELIGIBLE),
        row_for(4, NOT_ELIGIBLE),
    )
    actions = [
        act(K.REDIRECT, "08:20", back), act(K.START, "08:25", finished), act(K.FINISH, "08:35", finished),
    ]  # fmt: skip
    rows = [finished, redirected, ready, back]
    view = day_view(SESSION, actions, rows, {}, {1: clock("08:30")}, clock("08:40"))
    by_day = sorted(rows, key=lambda row: need_of_day(row, view))
    assert [row.student_id for row in by_day] == [1, 3, 2, 4]
    assert [row.student_id for row in sorted(rows, key=need)] == [3, 4, 1, 2]


def test_the_view_of_the_day_holds_every_student_and_every_room() -> None:
    rows = [row_for(1, NOT_ELIGIBLE), row_for(2), row_for(3), row_for(4)]
    rooms = {1: "Salle 1", 2: "Salle 1", 3: "Ailleurs", 77: "Salle 2"}
    late = act(K.LATE, "08:36", rows[1])
    actions = [act(K.TICK, "08:00", text="code"), late, act(K.PAUSE, "09:00", room="Salle 2"), undo(late)]
    view = day_view(SESSION, actions, rows, rooms, {}, clock("09:30"))
    assert set(view.days) == set(view.states) == {1, 2, 3, 4}
    assert view.rooms == {1: "Salle 1", 2: "Salle 1", 3: "Ailleurs"}
    assert [(total.room, total.students) for total in view.totals] == [
        ("Salle 1", 2),
        ("Salle 2", 0),
        ("Ailleurs", 1),
    ]
    assert view.totals[0].counts[DayState.TO_REDIRECT] == view.totals[0].counts[DayState.EXPECTED] == 1
    assert all(set(total.counts) == set(DayState) for total in view.totals)
    assert view.actions == (actions[0], actions[2])
    assert view.ticked == {"code": clock("08:00")}
    assert set(view.paused) == {"Salle 2"}
