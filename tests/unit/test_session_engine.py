"""The session of a board: who is on it, who is not, what is noted of it, and what is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from pixsession.domain.board.snapshot import Campaign, CampaignProgress, Expectation
from pixsession.domain.certification.actions import ActionRequest
from pixsession.domain.certification.day import ActionKind, DayState, DayView
from pixsession.domain.certification.session import ExpectedFrom, Room, Session
from pixsession.domain.people.merge import MergedRows
from pixsession.domain.pix.eligibility import Eligibility
from pixsession.engine.board.looking_back import Moment
from pixsession.engine.certification.engine import Seen, SessionEngine
from pixsession.engine.common.entry_log import EntryLog
from pixsession.foundation.errors import BadConfiguration
from pixsession.foundation.room_time import in_room
from pixsession.store.board import Board
from pixsession.store.session_notes import (
    note_narrowed,
    note_session,
    noted_sessions,
    own_names,
)
from tests.factories.days import SESSION, clock, row_for
from tests.factories.halls import LIST, LISTED, NO_STORE, ONE, THREE, TWO, Hall, about, ids
from tests.factories.screens import FakeClock

K = ActionKind
PATH = CampaignProgress(Campaign("k", "SOS", "SOS"), "assessment", "o", False, None)


def day_of(seen: Seen) -> DayView:
    assert seen.day is not None
    return seen.day


def test_who_is_on_the_list_is_called_and_the_others_are_those_of_the_exports(tmp_path: Path) -> None:
    known_by_a_list_alone = THREE._replace(origin=None)
    in_the_remediation = row_for(4)._replace(origin=None, participations=(PATH,))
    seen = Hall(tmp_path).see(ONE, TWO, known_by_a_list_alone, in_the_remediation, called=[1])
    assert (ids(seen.rows), ids(seen.others)) == ([1], [2, 4])
    assert not day_of(seen).calls_everybody
    assert set(day_of(seen).days) == {1}


def test_who_is_in_a_class_or_group_of_the_session_is_called(tmp_path: Path) -> None:
    source = ExpectedFrom(classes=frozenset({"3 A"}), groups=frozenset({"gr1"}))
    hall = Hall(tmp_path, SESSION._replace(rooms=(Room("X", source),)), ())
    rows = (
        ONE._replace(division="3eA"),
        TWO._replace(division="3eB", group="gr1"),
        THREE._replace(division="3eB"),
    )
    assert ids(hall.see(*rows).rows) == [1, 2]
    assert hall.engine.places == {"3 A", "gr1"}


def test_without_lists_everybody_is_called_and_nobody_is_noted(tmp_path: Path) -> None:
    hall = Hall(tmp_path, SESSION, ())
    seen = hall.see(ONE, TWO)
    assert (ids(seen.rows), seen.others, day_of(seen).calls_everybody) == ([1, 2], (), True)
    assert own_names(tmp_path) == frozenset()


def test_who_is_added_on_the_day_is_on_the_board_with_what_was_entered(tmp_path: Path) -> None:
    hall = Hall(tmp_path)
    hall.see(ONE, TWO, called=[1])
    hall.act("08:41", K.CALL, 2, room="Salle 1")
    hall.act("08:42", K.CALL, named="PETIT Ana")
    seen = hall.see(ONE, TWO, called=[1])
    assert (sorted(ids(seen.rows)), ids(seen.others)) == ([1, 2], [])
    added = next(row for row in seen.rows if row.student_id == 2)
    assert added.expected is not None
    assert added.expected.room == "Salle 1"
    assert [one.name for one in hall.engine.people([LIST])] == ["liste.ods", "entered by hand"]
    before = hall.see(ONE, TWO, called=[1], at="08:40")
    assert (ids(before.rows), ids(before.others)) == ([1], [2])


def test_whose_test_was_started_stays_with_what_the_list_had_said(tmp_path: Path) -> None:
    hall = Hall(tmp_path)
    longer = ONE._replace(expected=Expectation("liste.ods", None, extra_time=0.33, room="Salle 1"))
    hall.see(longer, TWO, called=[1, 2])
    hall.act("09:00", K.START, 1)
    seen = hall.see(ONE, TWO, called=[2])  # a corrected list has the name no more
    assert sorted(ids(seen.rows)) == [1, 2]
    assert day_of(seen).off_list == {1}
    kept = next(row for row in seen.rows if row.student_id == 1)
    assert kept.expected == longer.expected
    assert day_of(hall.see(longer, TWO, called=[1, 2])).off_list == frozenset()


def test_the_day_of_a_start_is_that_of_the_room(tmp_path: Path) -> None:
    hall = Hall(tmp_path, LISTED._replace(timezone="Indian/Reunion"))  # three hours ahead in winter
    everybody = ONE, TWO, THREE, row_for(4)
    hall.see(*everybody, called=[1, 2, 3, 4])
    for student, at, day in ((1, "20:59", 11), (2, "21:00", 11), (3, "20:59", 12), (4, "21:00", 12)):
        hall.clock.moment = clock(at).replace(day=day)
        hall.engine.recorder.act(ActionRequest(K.START, (student,)))
    assert day_of(hall.see(*everybody)).off_list == {2, 3}


def test_a_start_of_another_day_keeps_nobody_on_the_board(tmp_path: Path) -> None:
    hall = Hall(tmp_path)
    hall.see(ONE, called=[1])
    hall.clock.moment = clock("09:00").replace(day=11)
    hall.engine.recorder.act(ActionRequest(K.START, (1,)))
    assert ids(hall.see(ONE, TWO, called=[2]).rows) == [2]


def test_students_stand_in_the_order_of_what_they_need(tmp_path: Path) -> None:
    below = row_for(3, Eligibility.NOT_ELIGIBLE)._replace(expected=None)
    hall = Hall(tmp_path)
    seen = hall.see(ONE, TWO, below, called=[1, 2, 3])
    assert ids(seen.rows) == [3, 1, 2]
    hall.act("08:50", K.REDIRECT, 3)
    eligible = below._replace(verdict=ONE.verdict)
    seen = hall.see(ONE, TWO, eligible, called=[1, 2, 3])
    assert day_of(seen).states[3] is DayState.TO_CALL_BACK
    assert ids(seen.rows) == [3, 1, 2]


def test_doubts_are_those_about_somebody_called_whichever_side(tmp_path: Path) -> None:
    person, candidate, other = about("key1", "x"), about("x", "y", "key1"), about("key2", "x")
    seen = Hall(tmp_path).see(ONE, TWO, THREE, called=[1, 3], doubts=(person, candidate, other))
    assert seen.doubts == (person, candidate)


def test_who_was_called_is_noted_under_every_name_that_exports_may_have(tmp_path: Path) -> None:
    hall = Hall(tmp_path)
    as_exported = ONE._replace(last_name="ELEVÉ-UN")
    board = Board(rows={1: as_exported, 2: TWO})
    hall.see(ONE, TWO, called=[1], at="08:40", board=board)
    assert own_names(tmp_path) == frozenset()  # the past is not noted
    hall.see(ONE, TWO, called=[1], doubts=(about("key1", "x"), about("key2", "z")), board=board)
    names = {("ELEVE", "Numéro1"), ("ELEVÉ-UN", "Numéro1"), ("KEY1", "Lou"), ("X", "Lou")}
    assert own_names(tmp_path) == names
    hall.see(ONE, TWO, called=[1, 2], board=board)
    assert own_names(tmp_path) == names | {("ELEVE", "Numéro2")}


def test_nobody_is_noted_while_a_list_of_the_session_is_nowhere(tmp_path: Path) -> None:
    hall = Hall(tmp_path, lists=())
    told = "liste.ods: this list of the session is not there"
    assert hall.engine.notices([]) == (told,)
    seen = hall.see(ONE, called=[1])
    assert day_of(seen).warnings == (told,)
    assert own_names(tmp_path) == frozenset()
    assert hall.engine.notices([LIST]) == ()
    hall.engine.people([LIST])
    assert day_of(hall.see(ONE, called=[1])).warnings == ()
    assert own_names(tmp_path) == {("ELEVE", "Numéro1")}


def test_exports_that_were_narrowed_on_an_earlier_day_are_told(tmp_path: Path) -> None:
    note_session(tmp_path, LISTED, ())
    note_narrowed(tmp_path)
    assert Hall(tmp_path).engine.notices([LIST]) == ()
    tomorrow = LISTED._replace(date=LISTED.date.replace(day=13))
    (told,) = Hall(tmp_path, tomorrow).engine.notices([LIST])
    assert told.startswith("the exports kept from earlier days hold only the students called then")


def test_before_the_first_export_the_day_says_so(tmp_path: Path) -> None:
    assert not day_of(Hall(tmp_path).see(ONE, called=[1])).has_exports


@pytest.mark.parametrize("at", [None, "09:30"])
def test_a_board_of_now_and_of_the_past_shows_the_states_of_its_moment(
    tmp_path: Path, at: str | None
) -> None:
    hall = Hall(tmp_path)
    hall.see(ONE, called=[1])
    hall.act("09:00", K.START, 1)
    hall.clock.moment = clock("11:00")
    seen = hall.see(ONE, called=[1], at=at)
    assert day_of(seen).states[1] is (DayState.OVERTIME if at is None else DayState.RUNNING)
    assert not hall.engine.is_lesson


def test_time_alone_ends_a_test_and_is_told_until_it_is_shown(tmp_path: Path) -> None:
    hall = Hall(tmp_path)
    hall.see(ONE, called=[1])
    hall.act("09:00", K.START, 1)
    hall.see(ONE, called=[1])
    hall.clock.moment = clock("10:41")
    assert hall.engine.has_aged()
    hall.see(ONE, called=[1])
    assert not hall.engine.has_aged()


# What follows the file of the session


def test_a_session_file_that_has_changed_is_followed_by_the_day_the_clocks_and_the_notes(
    tmp_path: Path,
) -> None:
    file, dossier = tmp_path / "session.toml", tmp_path / "dossiers" / "one"
    file.write_text("", encoding="utf-8")
    before = LISTED._replace(path=file)
    after = before._replace(title="Certification 3eB", duration_minutes=40, timezone="Indian/Reunion")
    answers = [before, after]
    hall = Hall(dossier, before, read=lambda: answers.pop(0))
    hall.see(ONE, called=[1])
    hall.act("09:00", K.START, 1)
    assert hall.engine.has_moved
    assert not hall.engine.take_over()  # it says what it said
    file.write_text("title", encoding="utf-8")
    assert [hall.engine.take_over(), hall.engine.take_over()] == [False, True]
    assert (hall.engine.trouble, hall.engine.has_moved, answers) == ("", False, [])
    assert [one.title for one in noted_sessions(tmp_path)] == ["Certification 3eB"]
    hall.clock.moment = clock("09:41")
    assert day_of(hall.see(ONE, called=[1])).states[1] is DayState.OVERTIME
    assert in_room(clock("09:00")) == clock("12:00")
    assert own_names(dossier) == {("ELEVE", "Numéro1")}


def test_a_session_file_that_is_refused_is_told_first_of_all(tmp_path: Path) -> None:
    file = tmp_path / "session.toml"
    file.write_text("", encoding="utf-8")

    def refused() -> Session:
        raise BadConfiguration("line 3: duration_minutes is no number.")

    hall = Hall(tmp_path / "one", LISTED._replace(path=file), lists=(), read=refused)
    assert hall.engine.take_over()
    told = "line 3: duration_minutes is no number. The board goes on as before."
    assert hall.engine.notices([LIST]) == (told,)
    assert hall.engine.notices([]) == (told, "liste.ods: this list of the session is not there")


def test_lists_outside_the_folders_are_looked_at_and_looked_at_again(tmp_path: Path) -> None:
    held = tmp_path / "liste.ods"
    held.write_bytes(b"1")
    room = Room("Salle 1", ExpectedFrom(lists=(held,)))
    engine = Hall(tmp_path, SESSION._replace(rooms=(room,))).engine
    assert engine.lists() == ((held,), frozenset({"liste.ods"}))
    assert engine.lists() == ((), frozenset({"liste.ods"}))
    engine.look_again(held)
    assert engine.lists() == ((held,), frozenset({"liste.ods"}))


def test_who_is_called_is_noted_at_the_next_look_where_the_disk_refused(tmp_path: Path) -> None:
    in_the_way = tmp_path / "session.json"
    in_the_way.mkdir()
    hall = Hall(tmp_path)
    hall.see(ONE, called=[1])
    assert own_names(tmp_path) == frozenset()
    in_the_way.rmdir()
    hall.see(ONE, called=[1])
    assert own_names(tmp_path) == {("ELEVE", "Numéro1")}


def test_a_session_without_a_dossier_notes_nothing_and_shows_its_day() -> None:
    fixed = FakeClock(clock("08:40"))
    engine = SessionEngine(LISTED, EntryLog(None, fixed), fixed)
    engine.people((LIST,))
    seen = engine.see(
        MergedRows((ONE,), called=frozenset({1})), Moment(None, Board(), (), (), {}), NO_STORE, frozenset(),
    )  # fmt: skip
    assert (ids(seen.rows), engine.notices([LIST])) == ([1], ())
