"""The recorder of a session: who is added on the day, which room is paused, the day as it stood."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pytest

from pixsession.domain.board.changes import Change, ChangeKind
from pixsession.domain.board.snapshot import BoardRow, Expectation
from pixsession.domain.certification.actions import ActionRequest
from pixsession.domain.certification.day import ActionKind, DayState, Presence, Who
from pixsession.domain.certification.session import Room, Session
from pixsession.domain.pix.eligibility import Eligibility
from pixsession.engine.certification.supervision import Calling, Supervision, actions_in
from pixsession.engine.common.entry_log import EntryLog
from pixsession.foundation.errors import PixSessionError
from tests.factories.days import SESSION, clock, row_for
from tests.factories.screens import FakeClock

K = ActionKind
HERE, OTHER, THIRD = row_for(1), row_for(2), row_for(3)
ONE_ROOM = SESSION._replace(rooms=(Room("Salle 1"),))


class Desk:
    """A recorder with its clock: the first is called, the two others stand in the exports alone."""

    def __init__(self, dossier: Path, session: Session = SESSION, rows: Sequence[BoardRow] = (HERE,)) -> None:
        self.clock = FakeClock(clock("08:40"))
        self.log = EntryLog(dossier, self.clock)
        self.recorder = Supervision(session, self.log, self.clock)
        self.rows = rows
        self.recorder.see(rows, (), Calling((OTHER, THIRD)))

    def act(
        self, at: str, kind: ActionKind, *students: int, named: str = "", room: str | None = None
    ) -> None:
        self.clock.moment = clock(at)
        self.recorder.act(ActionRequest(kind, students, named=named, room=room))

    @property
    def written(self) -> list[tuple[ActionKind, datetime, list[str]]]:
        return [
            (one.kind, one.at, [who.last_name + who.first_name for who in one.who])
            for one in actions_in(self.log)
        ]


def placed(row: BoardRow, room: str) -> BoardRow:
    return row._replace(expected=Expectation("liste.ods", None, room=room))


def test_those_added_are_written_down_as_they_are_in_the_exports_or_as_they_were_typed(
    tmp_path: Path,
) -> None:
    desk = Desk(tmp_path)
    desk.act("08:41", K.CALL, 2, room="Salle 2")
    desk.act("08:42", K.CALL, named=" PETIT Ana (3eB) ")
    action, by_name = actions_in(desk.log)
    whole = Who(OTHER.keys, OTHER.last_name, OTHER.first_name, OTHER.place)
    assert (action.who, by_name.who) == ((whole,), (Who((), "PETIT", "Ana", "3eB"),))
    assert (action.kind, action.at, action.room) == (K.CALL, clock("08:41"), "Salle 2")


def test_who_is_called_already_is_named_and_the_others_are_added(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    with pytest.raises(PixSessionError, match=r"^Called already: ELEVE Numéro1\.$"):
        desk.act("08:41", K.CALL, 1)
    assert desk.written == []
    with pytest.raises(PixSessionError, match="Called already: ELEVE Numéro1"):
        desk.act("08:42", K.CALL, 1, 3)
    assert desk.written == [(K.CALL, clock("08:42"), ["ELEVENuméro3"])]


@pytest.mark.parametrize("named", ["", "  "])
def test_nobody_is_added_where_nobody_is_found(tmp_path: Path, named: str) -> None:
    desk = Desk(tmp_path)
    with pytest.raises(PixSessionError, match="not on the board any more"):
        desk.act("08:41", K.CALL, 99, named=named)
    assert desk.log.entries == ()


def test_a_room_is_paused_once_and_goes_on_once_and_the_other_room_is_another(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    with pytest.raises(PixSessionError, match="not paused"):
        desk.act("08:59", K.UNPAUSE, room="Salle 2")
    desk.act("09:00", K.PAUSE, room="Salle 2")
    with pytest.raises(PixSessionError, match="paused since 09:00"):
        desk.act("09:01", K.PAUSE, room="Salle 2")
    with pytest.raises(PixSessionError, match="not paused"):
        desk.act("09:02", K.UNPAUSE)  # the first room
    desk.act("09:03", K.NOTE, room="Salle 2")  # is no matter of a pause
    desk.act("09:04", K.PAUSE)
    for room in (None, "Salle 1"):
        with pytest.raises(PixSessionError, match="paused since 09:04"):
            desk.act("09:05", K.PAUSE, room=room)
    assert [kind for kind, _at, _who in desk.written] == [K.PAUSE, K.NOTE, K.PAUSE]


def test_some_who_are_gone_keep_nobody_else_from_being_marked(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.act("08:41", K.PRESENT, 1, 99)
    assert desk.written == [(K.PRESENT, clock("08:41"), ["ELEVENuméro1"])]


def test_every_refusal_is_told_with_the_name(tmp_path: Path) -> None:
    desk = Desk(tmp_path, rows=(HERE, OTHER))
    with pytest.raises(PixSessionError) as refused:
        desk.act("08:41", K.FINISH, 1, 2)
    assert refused.value.message.splitlines() == [
        "ELEVE Numéro1: The test has not started.", "ELEVE Numéro2: The test has not started.",
    ]  # fmt: skip


def test_a_day_after_the_first_start_of_anybody_nobody_else_is_let_in(tmp_path: Path) -> None:
    desk = Desk(tmp_path, rows=(HERE, OTHER))
    desk.act("09:00", K.START, 1)
    desk.clock.moment = clock("09:01").replace(day=13)
    with pytest.raises(PixSessionError, match="no start 24 hours after"):
        desk.recorder.act(ActionRequest(K.AUTHORISE, (2,)))


def test_the_room_of_the_list_counts_and_the_only_room_is_everybodys(tmp_path: Path) -> None:
    rows = (placed(HERE, "Salle 2"), OTHER)
    assert Supervision(SESSION, EntryLog(tmp_path, FakeClock()), FakeClock()).see(rows, ()).rooms == {
        1: "Salle 2"
    }
    only = Supervision(ONE_ROOM, EntryLog(tmp_path, FakeClock()), FakeClock()).see(
        (HERE, OTHER._replace(expected=None)), ()
    )
    assert only.rooms == {1: "Salle 1", 2: "Salle 1"}


def test_the_day_as_it_stood_has_what_was_done_until_then_and_the_clock_of_then(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.act("08:50", K.PRESENT, 1)
    desk.act("09:00", K.START, 1)
    calling = Calling((), False, ("doute",), frozenset({1}))
    then = desk.recorder.as_of(desk.rows, (), clock("08:50"), calling)
    assert (then.states[1], then.days[1].presence) == (DayState.READY, Presence.PRESENT)
    assert (then.calls_everybody, then.warnings, then.off_list) == (False, ("doute",), frozenset({1}))
    assert desk.recorder.as_of(desk.rows, (), clock("08:49:59")).states[1] is DayState.EXPECTED
    assert desk.recorder.as_of(desk.rows, (), clock("09:00")).states[1] is DayState.RUNNING
    assert desk.recorder.as_of(desk.rows, (), clock("10:41")).states[1] is DayState.OVERTIME
    assert [len(desk.recorder.actions(at)) for at in (None, clock("08:49"), clock("08:50"))] == [2, 0, 1]


def test_without_lists_everybody_is_called_and_what_is_said_of_the_lists_is_in_the_day(
    tmp_path: Path,
) -> None:
    recorder = Desk(tmp_path).recorder
    assert recorder.see((HERE,), ()).calls_everybody
    found = recorder.see((HERE,), (), Calling(warnings=("doute",)))
    assert (found.calls_everybody, found.warnings) == (False, ("doute",))


def test_the_last_export_by_which_somebody_became_eligible_calls_them_back(tmp_path: Path) -> None:
    below = row_for(1, Eligibility.NOT_ELIGIBLE)
    desk = Desk(tmp_path, rows=(below,))
    desk.act("08:52", K.REDIRECT, 1)

    def change(kind: ChangeKind, at: str) -> Change:
        return Change(kind, clock(at), 1, "ELEVE", "Numéro1")

    changes = [change(ChangeKind.BECAME_ELIGIBLE, "08:45"), change(ChangeKind.BECAME_ELIGIBLE, "09:10")]
    others = [change(kind, "09:20") for kind in ChangeKind if kind is not ChangeKind.BECAME_ELIGIBLE]
    recorder, now = desk.recorder, clock("09:30")
    for told, again in (([*changes, *others], clock("09:10")), (others, None)):
        assert recorder.see((HERE,), told).days[1].eligible_again_at == again
        assert recorder.as_of((HERE,), told, now).days[1].eligible_again_at == again
    view = desk.recorder.see((HERE,), changes)
    assert view.states[1] is DayState.TO_CALL_BACK
    with pytest.raises(PixSessionError):
        desk.act("09:20", K.REDIRECT, 1)  # eligible


def test_time_alone_ends_a_test_and_the_past_does_not_age(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.act("09:00", K.START, 1)
    desk.recorder.see(desk.rows, ())
    desk.clock.moment = clock("10:40")
    assert not desk.recorder.has_aged()
    desk.clock.moment = clock("10:41")
    assert desk.recorder.has_aged()
    desk.recorder.as_of(desk.rows, (), clock("09:30"))
    assert not desk.recorder.has_aged()


def test_the_undoing_names_what_it_took_back_and_is_the_programs_own(tmp_path: Path) -> None:
    ours, theirs = Desk(tmp_path), Desk(tmp_path)
    ours.act("08:41", K.PRESENT, 1)
    theirs.act("08:45", K.LATE, 1)
    ours.log.look()
    ours.clock.moment = clock("08:46")
    assert "ELEVE" in ours.recorder.undo()
    view = ours.recorder.see(ours.rows, ())
    assert view.days[1].presence is Presence.LATE
    assert [(one.action.kind, one.at) for one in view.undone] == [(K.PRESENT, clock("08:46"))]
