"""The board of a session: states in the order of need, clocks, rooms, and one key for each gesture."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from pixsession.domain.board.changes import ChangeKind
from pixsession.domain.board.snapshot import BoardRow
from pixsession.domain.certification.actions import ActionRequest
from pixsession.domain.certification.day import Action, ActionKind, DayState
from pixsession.domain.pix.eligibility import Eligibility
from pixsession.foundation.errors import PixSessionError
from pixsession.settings.config import Settings
from pixsession.ui.board.grid.table import BoardGrid
from pixsession.ui.certification.keys import SESSION_BINDINGS
from tests.factories.certification_screens import (
    ACTIONS,
    OTHER_ROOM,
    ROOM,
    ROWS,
    SESSION,
    TWO,
    TWO_ROOMS,
    did,
    supervised,
)
from tests.factories.lesson_screens import lesson_board
from tests.factories.screens import Board, board, change
from tests.factories.snapshots import NOW, class_rows, snapshot

# The mark of the cursor or a blank, the sign of what is needed, a blank.
_STUDENT = re.compile(r"[ ▌■█][✖?…∅←↻⊘○✔►!■] \w")


def line_of(driven: Board, name: str) -> str:
    """The line of a student on the screen."""
    return next(line for line in driven.lines if name in line and _STUDENT.match(line))


def names(driven: Board) -> list[str]:
    """Last names on the board, from the top."""
    students = filter(_STUDENT.match, driven.lines)
    return [next(row.last_name for row in ROWS if row.last_name in line) for line in students]


def toasts(driven: Board) -> list[str]:
    """What was said, in the order it was."""
    return [toast.message for toast in driven.toasts]


def go_to(driven: Board, student: int) -> None:
    """Put the cursor on a student."""
    assert driven.app.board.query_one(BoardGrid).select(student)


async def acted(driven: Board, *expected: ActionRequest) -> None:
    """The app asks for just this to be written down."""
    await driven.until(lambda: len(driven.pipeline.acted) >= len(expected))
    assert driven.pipeline.acted == list(expected)


# -- what is shown ------------------------------------------------------------------------------------


async def test_states_clocks_and_progress_stand_on_the_line_of_each_student() -> None:
    async with board(supervised()) as driven:
        shown = {
            "BARBIER": ("✖", "2/5", "Partager −1 · Santé −3 +1", "e redirect"),
            "PETIT": ("…", "profile to send: KQWBTM347", "e code"),
            "NGUYEN": ("?", "to check · which profile?", "↵ see"),
            "CHEVALIER": ("←", "to call back · 32 min left", "p back"),
            "MOREL": ("↻", "path 60 % (56 min) > …"),
            "GAUTHIER": ("⊘", "absent"),
            "ALLARD": ("○", "expected · profile 58 days old", "p present"),
            "EL AMRANI": ("✔", "ready · authorisation expired", "o authorise"),
            "ROUX": ("✔", "ready · start before 09:57", "d start"),
            "LEROY": ("►", "+33", "59 min left · 10:47"),
            "BLANC": ("!", "over by 4 min · 09:44", "v finished"),
            "FAURE": ("■", "finished at 09:44"),
        }
        for name, words in shown.items():
            for word in words:
                assert word in line_of(driven, name), (name, word)
        assert [line[1] for line in driven.lines if _STUDENT.match(line)] == list("←!✖✖?…↻○✔✔✔►⊘■")


async def test_fourteen_students_and_the_head_fit_on_the_least_usual_terminal() -> None:
    async with board(supervised(session=TWO_ROOMS, rooms=TWO), size=(80, 24)) as driven:
        assert len(names(driven)) == 14


async def test_the_clock_goes_on_and_only_its_cell_is_painted_again() -> None:
    async with board(supervised()) as driven:
        grid = driven.app.board.query_one(BoardGrid)
        before = {row.student_id: grid.lines.cache.line(row, grid.lines.writer) for row in ROWS}
        driven.clock.moment += timedelta(minutes=1)
        await driven.tick()
        assert "path 60 % (57 min)" in line_of(driven, "MOREL")
        after = {row.student_id: grid.lines.cache.line(row, grid.lines.writer) for row in ROWS}
        same = {student for student in before if before[student] is after[student]}
        assert {1, 2, 5, 6, 10, 11, 13} <= same
        assert not same & {3, 4, 12, 14}


async def test_the_counts_filter_by_need_and_by_who_is_missing() -> None:
    async with board(supervised()) as driven:
        await driven.press("1")
        assert names(driven) == ["GIRAUD", "BARBIER"]  # fewest pix short first
        assert "12 students hidden" in driven.text
        await driven.press("7")
        assert names(driven) == ["ALLARD", "EL AMRANI", "MARTIN", "ROUX"]
        await driven.press("m")
        assert names(driven) == ["NGUYEN", "PETIT", "ALLARD"]
        await driven.press("escape")
        assert len(names(driven)) == 14


async def test_zero_shows_every_state_again() -> None:
    async with board(supervised()) as driven:
        await driven.press("9", "0")
        assert len(names(driven)) == 14


async def test_one_key_goes_from_room_to_room_and_back_to_all() -> None:
    async with board(supervised(session=TWO_ROOMS, rooms=TWO), size=(100, 30)) as driven:
        assert f"{ROOM} (7)" in driven.text
        assert f"{OTHER_ROOM} (7)" in driven.text
        everybody, odd = names(driven), {row.last_name for row in ROWS if row.student_id % 2}
        await driven.press("b")
        assert names(driven) == [name for name in everybody if name in odd]
        assert ROOM in driven.lines[0]
        assert f"{OTHER_ROOM} (7)" not in driven.text
        await driven.press("b")
        assert names(driven) == [name for name in everybody if name not in odd]
        await driven.press("b")
        assert len(names(driven)) == 14


async def test_the_only_room_has_no_key() -> None:
    async with board(supervised()) as driven:
        await driven.press("b")
        assert len(names(driven)) == 14
        assert "session.room" not in {a.binding.id for a in driven.app.screen.active_bindings.values()}


async def test_an_old_export_is_called_out_while_somebody_is_in_remediation() -> None:
    alone = tuple(action for action in ACTIONS if action.kind is not ActionKind.AUTHORISE)
    old = supervised(alone, newest_export_at=NOW - timedelta(minutes=25))
    async with board(old, size=(120, 40)) as driven:
        assert "export 25 min old, 1 student in remediation: in Pix Orga" in driven.text


async def test_an_old_profile_is_called_out_where_no_clock_says_more() -> None:
    spring = ROWS[8]._replace(sent_at="2025-06-02T10:00")
    early = SESSION._replace(start=None)
    async with board(supervised((), rows=(spring, *ROWS[:3]), session=early, rooms={})) as driven:
        assert "profile 283 days old" in line_of(driven, "ALLARD")
        await driven.press("G", "enter")
        assert "profile sent 283 days ago: have it sent again" in driven.text


async def test_a_paused_room_is_called_out() -> None:
    paused = did(ActionKind.PAUSE, minutes_ago=5, room=ROOM)
    async with board(supervised((*ACTIONS, paused))) as driven:
        assert "room paused since 09:43, 5 min" in driven.text


async def test_without_a_session_none_of_its_keys_does_anything() -> None:
    async with board(snapshot(class_rows())) as driven:
        await driven.press("p", "e", "i", "z", "x", "P", "L", "m", "p", "p")
        assert driven.on_board
        assert driven.pipeline.acted == []
        assert driven.pipeline.undone == 0
        assert not any(
            (a.binding.id or "").startswith("session.") for a in driven.app.screen.active_bindings.values()
        )


async def test_keys_of_another_kind_of_board_say_why_they_do_nothing() -> None:
    async with board(snapshot(class_rows())) as driven:
        await driven.press("p", "p", "p", "I", "escape", "w")
        assert toasts(driven) == [
            "p (present) serves during a session only (pixsession init prepares one).",
            "I (filter by state) serves during a session only (pixsession init prepares one).",
        ]
    async with board(snapshot(class_rows()), demo=True) as driven:
        await driven.press("e")
        assert toasts(driven) == [
            "e (redirect) serves during a session only (to rehearse one: pixsession demo --session)."
        ]
    async with board(lesson_board()) as driven:
        await driven.press("e")
        assert toasts(driven) == ["e (redirect) serves in a certification only, and this is a lesson."]
    async with board(supervised()) as driven:
        await driven.press("b")
        assert toasts(driven) == ["b (room) does nothing here: the session has one room."]


async def test_a_key_that_the_settings_have_moved_says_why_it_does_nothing() -> None:
    settings = Settings(keys={"session.present": "w"})
    async with board(snapshot(class_rows()), settings=settings) as driven:
        await driven.press("p", "w")
        assert [words.split(" serves")[0] for words in toasts(driven)] == ["w (present)"]


def test_every_key_of_a_session_is_a_letter_or_a_digit_with_words() -> None:
    assert len({binding.id for binding in SESSION_BINDINGS}) == len(SESSION_BINDINGS)
    for binding in SESSION_BINDINGS:
        first = binding.key.split(",")[0]
        assert len(first) == 1 or first == "escape"
        assert binding.id
        assert binding.tooltip


async def test_help_has_a_section_for_the_session() -> None:
    async with board(supervised(), size=(100, 60)) as driven:
        await driven.press("question_mark")
        assert "Keys of the day" in driven.text
        assert "e  Send to remediation" in driven.text


async def test_the_menu_has_the_gestures_of_a_session() -> None:
    async with board(supervised()) as driven:
        go_to(driven, 9)
        commands = {command.title: command for command in driven.app.get_system_commands(driven.app.screen)}
        assert "Only: not eligible" not in commands
        of_a_lesson = {"Helping each other", "Targeted sessions", "Competences to choose", "The year"}
        assert not of_a_lesson & commands.keys()
        await commands["Session: The student is here (present)"].callback()
        await acted(driven, ActionRequest(ActionKind.PRESENT, (9,)))


async def test_a_keymap_moves_the_keys_of_a_session() -> None:
    settings = Settings(keys={"session.present": "w"})
    async with board(supervised(), settings=settings) as driven:
        go_to(driven, 9)
        await driven.press("p", "w")
        await acted(driven, ActionRequest(ActionKind.PRESENT, (9,)))


# -- gestures -----------------------------------------------------------------------------------------


async def test_a_stopped_test_is_resumed() -> None:
    stopped = did(ActionKind.STOP, 14, minutes_ago=2)
    async with board(supervised((*ACTIONS, stopped))) as driven:
        go_to(driven, 14)
        await driven.press("H")
        await acted(driven, ActionRequest(ActionKind.RESUME, (14,)))


async def test_the_line_changes_when_the_snapshot_says_so_and_not_before() -> None:
    async with board(supervised()) as driven:
        go_to(driven, 7)
        await driven.press("d")
        await acted(driven, ActionRequest(ActionKind.START, (7,)))
        assert "ready · " in line_of(driven, "MARTIN")
        started = did(ActionKind.START, 7, minutes_ago=0)
        await driven.publish(supervised((*ACTIONS, started), revision=2))
        assert "left · 11:33" in line_of(driven, "MARTIN")
        assert driven.app.board.selected is not None
        assert driven.app.board.selected.student_id == 7


async def test_a_roll_call_goes_on_with_the_next_student() -> None:
    async with board(supervised()) as driven:
        await driven.press("m", "p", "p")
        await driven.until(lambda: len(driven.pipeline.acted) == 2)
        assert [done.students for done in driven.pipeline.acted] == [(5,), (6,)]


async def test_what_makes_no_sense_is_refused_with_the_reason() -> None:
    async with board(supervised(), toasts=True) as driven:
        go_to(driven, 7)
        await driven.press("v")
        assert driven.pipeline.acted == []
        assert "MARTIN Lucas: The test has not started." in " ".join(driven.text.replace("▌", "").split())


async def test_marked_students_act_together_and_a_toast_names_who_is_left_out() -> None:
    async with board(supervised(), toasts=True, size=(120, 40)) as driven:
        for student in (7, 8, 12):
            go_to(driven, student)
            await driven.press("x")
        assert "3 students marked" in driven.text
        assert line_of(driven, "MARTIN").startswith("■")
        await driven.press("d")
        await acted(driven, ActionRequest(ActionKind.START, (8, 7)))
        assert "BLANC Hugo: The test started at 07:59." in " ".join(driven.text.replace("▌", "").split())
        assert "students marked" not in driven.text


async def test_marked_students_whom_a_filter_hides_are_counted() -> None:
    async with board(supervised()) as driven:
        await driven.press("1", "X", "2")
        assert "2 students marked: the next key is for all of them" in driven.text
        assert "2 of them are hidden by the filters" in " ".join(driven.text.split())
        await driven.press("1")
        assert "hidden by the filters" not in driven.text


async def test_escape_unmarks_before_it_widens() -> None:
    async with board(supervised()) as driven:
        await driven.press("1", "X")
        assert driven.app.board.marked == {1, 2}
        await driven.press("escape")
        assert driven.app.board.marked == frozenset()
        assert names(driven) == ["GIRAUD", "BARBIER"]  # fewest pix short first
        await driven.press("escape")
        assert len(names(driven)) == 14


async def test_what_cannot_be_written_is_said() -> None:
    async with board(supervised(), toasts=True) as driven:
        driven.pipeline.cannot_write = PixSessionError("The disk is full.")
        go_to(driven, 7)
        await driven.press("d")
        await driven.until(lambda: "The disk is full." in driven.text)
        assert "ready · " in line_of(driven, "MARTIN")


async def test_undo_says_what_was_taken_back() -> None:
    async with board(supervised(), toasts=True) as driven:
        await driven.press("z")
        await driven.until(lambda: driven.pipeline.undone == 1)
        await driven.until(lambda: "Taken back: redirection: BARBIER Lou" in " ".join(driven.text.split()))


# -- what the board calls out -------------------------------------------------------------------------


async def test_a_redirected_student_who_is_eligible_is_called_out(monkeypatch: pytest.MonkeyPatch) -> None:
    bells: list[bool] = []
    async with board(supervised(became={}, rows=_before()), toasts=True, size=(120, 40)) as driven:
        monkeypatch.setattr(driven.app, "bell", lambda: bells.append(True))
        became = change(ROWS[3], ChangeKind.BECAME_ELIGIBLE)
        await driven.publish(supervised(revision=2, changes=(became,)))
        assert toasts(driven) == [
            "CHEVALIER Adam is eligible now: to call back. Latest useful start 10:20, 32 min left."
        ]
        assert "is now eligible (4 → 5) · to call back, 35 min before the latest useful start" in driven.text
        assert "to call back · " in line_of(driven, "CHEVALIER")
        assert bells == [True]


async def test_the_bell_of_a_session_can_be_silenced(monkeypatch: pytest.MonkeyPatch) -> None:
    quiet = SESSION._replace(bell=False)
    bells: list[bool] = []
    async with board(supervised(became={}, rows=_before(), session=quiet)) as driven:
        monkeypatch.setattr(driven.app, "bell", lambda: bells.append(True))
        await driven.publish(supervised(revision=2, session=quiet))
        assert driven.app.snapshot is not None
        assert driven.app.snapshot.day is not None
        assert driven.app.snapshot.day.states[4] is DayState.TO_CALL_BACK
        assert bells == []


def _before() -> tuple[BoardRow, ...]:
    """The board before the export that shows number 4 eligible."""
    low = ROWS[3]._replace(verdict=ROWS[3].verdict._replace(eligibility=Eligibility.NOT_ELIGIBLE))
    return tuple(low if row.student_id == 4 else row for row in ROWS)


async def test_an_authorisation_that_runs_out_is_called_out_once() -> None:
    async with board(supervised(), toasts=True) as driven:
        driven.clock.moment += timedelta(minutes=10)
        await driven.tick()
        await driven.tick()
        assert toasts(driven) == [
            "ROUX Zoé: the authorisation to start ran out. If Pix refuses, authorise again (o)."
        ]


async def test_the_log_has_what_was_done_beside_what_the_exports_told() -> None:
    async with board(supervised(changes=(change(ROWS[3], ChangeKind.BECAME_ELIGIBLE),))) as driven:
        await driven.press("l")
        assert "09:44  › end of the test: FAURE Nina" in driven.text
        assert "08:52  › redirection: MOREL Enzo, CHEVALIER Adam" in driven.text
        assert "CHEVALIER Adam is now eligible (4 → 5) · to call back" in driven.text


async def test_what_was_undone_stays_in_the_log_with_its_time() -> None:
    absent = did(ActionKind.ABSENT, 13, minutes_ago=40)
    back = Action("back", NOW - timedelta(minutes=34), ActionKind.UNDO, undoes=absent.entry_id)
    async with board(supervised((*ACTIONS, absent, back))) as driven:
        await driven.press("l")
        assert "09:08  − undone at 09:14: marked absent: GAUTHIER Inès" in driven.text
        assert "12 actions" in driven.text


async def test_the_log_goes_back_in_time_without_a_jump() -> None:
    sent = change(ROWS[3], ChangeKind.BECAME_ELIGIBLE)._replace(
        at=NOW - timedelta(minutes=3), sent_at="2026-03-12T09:38"
    )
    async with board(supervised(changes=(sent,)), size=(120, 40)) as driven:
        await driven.press("l")
        times = re.findall(r"^\W*(\d\d:\d\d)  ", driven.text, re.MULTILINE)
        assert {"09:38", "09:44", "09:42"} <= set(times)
        assert times == sorted(times, reverse=True)


async def test_the_panel_tells_the_day_of_the_student() -> None:
    async with board(supervised(), size=(120, 40)) as driven:
        go_to(driven, 3)
        await driven.settle()
        words = " ".join(driven.text.split())
        for said in (
            "07:58 present",
            "08:52 redirected",
            "09:36 “travaille avec le casque”",
            "SOS élève non certifiable: 60 %",
            "Only a profile sent again counts",
        ):
            assert said in words.replace("▏ ", ""), said


async def test_the_students_screen_tells_the_end_with_the_extra_time() -> None:
    async with board(supervised()) as driven:
        go_to(driven, 14)
        await driven.press("enter")
        assert "test started, end 10:47 with 33 % more time" in driven.text


# -- the line above those who run -----------------------------------------------------------------------

_RUNNING = (*ACTIONS, did(ActionKind.START, 8, 10, minutes_ago=41))


async def test_a_line_above_those_who_run_says_how_many_and_their_common_end() -> None:
    async with board(supervised(_RUNNING), size=(120, 40)) as driven:
        at = next(number for number, line in enumerate(driven.lines) if "3 running ─" in line)
        assert "─ common end 10:52 · extra time 10:47 ──" in driven.lines[at]
        assert "✔" in driven.lines[at - 1]
        assert all("►" in line for line in driven.lines[at + 1 : at + 4])
        assert "⊘" in driven.lines[at + 4]


async def test_ends_that_differ_are_not_called_common() -> None:
    actions = (*ACTIONS, did(ActionKind.START, 8, minutes_ago=41), did(ActionKind.START, 10, minutes_ago=30))
    async with board(supervised(actions)) as driven:
        assert "last end 11:03 · extra time 10:47 ──" in driven.text
        assert "common end" not in driven.text


async def test_the_line_has_plain_characters_where_these_are_asked_for() -> None:
    async with board(supervised(_RUNNING), settings=Settings(ascii_only=True)) as driven:
        assert "-- 3 running ---" in driven.text
        assert "- common end 10:52 - extra time 10:47 -- " in driven.text


async def test_no_line_where_nobody_runs_or_under_another_order() -> None:
    async with board(supervised(_RUNNING)) as driven:
        assert "3 running ──" in driven.text
        await driven.press("s")
        assert "running ──" not in driven.text
    async with board(supervised(())) as driven:
        assert "running ──" not in driven.text


async def test_the_cursor_and_the_mouse_pass_over_the_line() -> None:
    async with board(supervised(_RUNNING)) as driven:
        grid = driven.app.board.query_one(BoardGrid)
        first = grid.lines.divider
        assert first is not None
        go_to(driven, grid.lines.rows[first.above - 1].student_id)
        await driven.press("down")
        assert grid.selected is grid.lines.rows[first.above]
        line = next(number for number, line in enumerate(driven.lines) if "3 running ─" in line)
        await driven.pilot.click(offset=(10, line))
        assert grid.selected is grid.lines.rows[first.above]
        await driven.pilot.click(offset=(10, line + 2))
        assert grid.selected is grid.lines.rows[first.above + 1]


async def test_on_a_short_screen_every_student_can_be_reached_past_the_line() -> None:
    async with board(supervised(_RUNNING), size=(80, 15)) as driven:
        grid = driven.app.board.query_one(BoardGrid)
        for row in grid.lines.rows:
            assert any(row.last_name in line and line[0] in "▌█" for line in driven.lines), row.last_name
            await driven.press("down")


async def test_an_empty_board_of_a_session_has_no_key_of_a_student_and_says_so() -> None:
    async with board(supervised((), rows=()), toasts=True) as driven:
        assert "d: see a demonstration" not in driven.text, "there d starts a test"
        assert "d start" not in driven.lines[-1]
        await driven.press("p")
        assert "p (present): nobody is on the board yet." in driven.text
        await driven.press("d")
        assert driven.on_board
        assert driven.pipeline.acted == []
