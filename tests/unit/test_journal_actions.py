"""Gestures as entries of the journal and back: what is kept, what is refused, what stands."""

from __future__ import annotations

import math

import pytest

from pixsession.domain.board.entries import Entry, Json
from pixsession.domain.certification.actions import (
    ActionRequest,
    action_of,
    effective_actions,
    facts_of,
    undone_actions,
)
from pixsession.domain.certification.day import Action, ActionKind, Undone, Who
from pixsession.domain.share.place import Post
from tests.factories.days import act, clock, row_for, undo

K = ActionKind
LOU: dict[str, Json] = {"keys": ["k1", "k2"], "last_name": "BARBIER", "first_name": "Lou", "place": "3eC"}
BARBIER = Who(("k1", "k2"), "BARBIER", "Lou", "3eC")
CDI = Post("p1", "CDI")


def read(kind: ActionKind, **facts: Json) -> Action | None:
    return action_of(Entry("a:000001", "2026-03-12T08:52:00", kind, facts, "a.jsonl", order="7", post=CDI))


def test_an_entry_gives_all_that_it_says() -> None:
    said: dict[str, Json] = {
        "who": [LOU], "room": "Salle 1", "text": "note", "code": " e1 ", "planned": True, "extra_time": 0.33,
        "undoes": "a:000000",
    }  # fmt: skip
    assert read(K.INCIDENT, **said) == Action(
        "a:000001", clock("08:52"), K.INCIDENT, (BARBIER,), "Salle 1", "note", "E1", True, "a:000000", "7",
        0.33, CDI,
    )  # fmt: skip
    assert read(K.PAUSE) == Action("a:000001", clock("08:52"), K.PAUSE, order="7", post=CDI)


@pytest.mark.parametrize("extra", [0, 0.0, 0.33, 1, 4.0, 4])
def test_extra_time_is_a_share_from_nothing_to_four_times_the_length(extra: float) -> None:
    found = read(K.EXTRA_TIME, who=[LOU], extra_time=extra)
    assert found is not None
    assert found.extra_time == extra
    assert facts_of(found)[1]["extra_time"] == extra


@pytest.mark.parametrize("extra", [None, -0.01, 4.01, True, False, math.inf, math.nan, "0.33", [0.33]])
def test_what_is_no_extra_time_is_no_action(extra: Json) -> None:
    assert read(K.EXTRA_TIME, who=[LOU], extra_time=extra) is None


@pytest.mark.parametrize(
    ("kind", "facts", "is_said"),
    [
        (K.PRESENT, {"who": [LOU]}, True),
        (K.PRESENT, {}, False),
        (K.PRESENT, {"who": [LOU], "extra_time": "0.33"}, False),
        (K.PRESENT, {"who": [LOU], "code": 1}, False),
        (K.PRESENT, {"who": [LOU], "undoes": 1}, False),
        (K.PRESENT, {"who": [LOU], "text": None}, False),
        (K.PRESENT, {"who": [{**LOU, "first_name": 1}]}, False),
        (K.PRESENT, {"who": [{**LOU, "place": None}]}, True),
        (K.PRESENT, {"who": ["BARBIER Lou"]}, False),
        (K.ROOM, {"who": [LOU], "room": "Salle 1"}, True),
        (K.ROOM, {"who": [LOU], "room": " "}, False),
        (K.ROOM, {"who": [LOU]}, False),
        (K.ROOM, {"room": "Salle 1"}, False),
        (K.EXTRA_TIME, {"extra_time": 0.33}, False),
        (K.INCIDENT, {"code": "C7"}, True),
        (K.INCIDENT, {"code": " "}, False),
        (K.NOTE, {}, True),
        (K.PAUSE, {}, True),
        (K.UNPAUSE, {}, True),
        (K.TICK, {"text": "code"}, True),
        (K.TICK, {}, False),
        (K.UNTICK, {"text": "code"}, True),
        (K.UNTICK, {"text": " "}, False),
        (K.UNDO, {"undoes": "a:000000"}, True),
        (K.UNDO, {"undoes": ""}, False),
        (K.HANDLED, {"code": "E1"}, False),
        (K.CALL, {"room": "Salle 1"}, False),
    ],
)
def test_what_an_entry_must_say_depends_on_its_kind(
    kind: ActionKind, facts: dict[str, Json], *, is_said: bool
) -> None:
    assert (read(kind, **facts) is not None) is is_said


def test_what_is_no_text_among_the_keys_is_left_out_and_what_is_not_said_of_a_name_is_empty() -> None:
    found = read(K.PRESENT, who=[{"keys": ["k1", 2, None]}, {"last_name": "BARBIER"}])
    assert found is not None
    assert found.who == (Who(("k1",), "", "", None), Who((), "BARBIER", "", None))


@pytest.mark.parametrize("kind", list(ActionKind))
def test_every_action_comes_back_from_its_entry(kind: ActionKind) -> None:
    lou, nobody = (BARBIER, Who((), "ROUX", "Zoé", None)), ()
    for who, room, planned, extra in ((lou, "Salle 1", True, 0.0), (lou, "Salle 2", False, 0.33)):
        done = Action("a:1", clock("08:52"), kind, who, room, "texte", "E1", planned, "a:0", extra_time=extra)
        known, facts = facts_of(done)
        again = action_of(Entry("a:1", "2026-03-12T08:52:00", known, facts, "a.jsonl"))
        assert again == done
    for one in (
        Action("a:1", clock("08:52"), K.UNDO, undoes="a:0"),
        Action("a:1", clock("08:52"), K.NOTE, nobody),
    ):
        known, facts = facts_of(one)
        assert action_of(Entry("a:1", "2026-03-12T08:52:00", known, facts, "a.jsonl")) == one


def test_a_request_becomes_the_action_that_it_asks_for_and_a_pause_is_no_planned_one_unasked() -> None:
    asked = ActionRequest(K.PAUSE, (3,), "alarme", "C7", "Salle 1", planned=True, extra_time=0.33)
    assert asked.at(clock("09:00")) == Action(
        "", clock("09:00"), K.PAUSE, (), "Salle 1", "alarme", "C7", True, extra_time=0.33
    )  # fmt: skip
    assert ActionRequest(K.PAUSE).at(clock("09:00")) == Action("", clock("09:00"), K.PAUSE)


# What stands


def test_actions_stand_in_the_order_that_entries_give_not_in_that_of_a_clock() -> None:
    late, soon = (
        act(K.LATE, "08:30", row_for())._replace(order="1"),
        act(K.PRESENT, "08:20", row_for())._replace(order="2"),
    )
    assert effective_actions([soon, late, soon]) == (late, soon)
    first, second = (act(K.NOTE, "08:30", row_for(), number=number) for number in (1, 2))
    assert effective_actions([second, first]) == (first, second)
    assert undone_actions([soon, late, undo(late, "12:00"), undo(soon, "12:01")]) == (
        Undone(late, clock("12:00")), Undone(soon, clock("12:01")),
    )  # fmt: skip


def test_only_what_takes_back_takes_back() -> None:
    present = act(K.PRESENT, "08:20", row_for())
    note = act(K.NOTE, "08:30", row_for())._replace(undoes=present.entry_id)
    assert effective_actions([present, note]) == (present, note)
    assert undone_actions([present, note]) == ()
    unknown = undo(act(K.LATE, "08:21", row_for()))
    assert effective_actions([present, unknown]) == (present,)
    assert undone_actions([present, unknown]) == ()


def test_an_observation_of_ours_is_read_in_the_language_in_use_and_no_other_text_is() -> None:
    french = "clavier"  # as a window in French wrote it down
    observed, noted = read(K.OBSERVE, who=[LOU], text=french), read(K.NOTE, who=[LOU], text=french)
    assert observed is not None
    assert noted is not None
    assert (observed.text, noted.text) == ("keyboard", french)
