"""What is worse on the day of a certification: on top, counted, filtered, told, and never hidden."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from rich.cells import cell_len

from pixsession.domain.board.snapshot import BoardRow
from pixsession.domain.certification.actions import ActionRequest
from pixsession.domain.certification.day import ActionKind, Alert, DayState
from pixsession.domain.certification.words import counted_day_state
from pixsession.domain.pix.eligibility import Eligibility
from pixsession.foundation.i18n import use_language
from pixsession.ui.board.filters import Filters
from pixsession.ui.board.view import view_of
from pixsession.ui.certification.columns import short_day_count
from pixsession.ui.certification.counts import day_counts_content
from pixsession.ui.certification.mode import CertificationMode
from pixsession.ui.common.symbols import UNICODE
from tests.factories.certification_screens import ACTIONS, ROWS, SESSION, did, supervised
from tests.factories.screens import Board, board
from tests.factories.snapshots import NOW, row
from tests.ui.test_session_board import go_to, toasts

BLOCKED = (*ACTIONS, did(ActionKind.INCIDENT, 14, minutes_ago=12, code="E3"))
FALLEN = row(
    14, "LEROY", "Sacha", state=Eligibility.NOT_ELIGIBLE, place="3eB", count=3, nearest="2.2-1 4.3-3"
)


def with_leroy(fallen: BoardRow = FALLEN) -> tuple[BoardRow, ...]:
    """The class, its last student fallen under the rule while the test runs."""
    return tuple(fallen._replace(keys=one.keys) if one.student_id == 14 else one for one in ROWS)


def line_of(driven: Board, name: str) -> str:
    """The first line of the screen with this name."""
    return next(line for line in driven.lines[2:-2] if name in line)


def shown(driven: Board) -> list[str]:
    """Last names on the board, from the top."""
    view = driven.app.board.view
    return [student.last_name for student in view.rows] if view is not None else []


async def test_an_open_incident_stands_on_top_with_its_count_and_a_filter_of_its_own() -> None:
    async with board(supervised(BLOCKED)) as driven:
        assert "E3 since 09:36, test blocked" in line_of(driven, "LEROY")
        assert "i handled" in line_of(driven, "LEROY")
        assert "I !" in driven.lines[1]
        await driven.press("I")
        assert shown(driven) == ["LEROY"]


async def test_those_whose_time_is_exceeded_have_a_filter_without_those_who_still_have_time() -> None:
    async with board(supervised()) as driven:
        await driven.press("V")
        assert shown(driven) == ["BLANC"]
        await driven.press("8")
        assert shown(driven) == ["LEROY"]


async def test_calm_counts_lose_their_words_before_those_that_press() -> None:
    async with board(supervised()) as driven:
        assert driven.lines[1].startswith(" 4 ← 1 to call back  V ! 1 over time  1 ✖ 2 redirect  2 ? 1 check")
        assert driven.lines[2].strip() == "5 ↻ 1 in remed.  |  6 ⊘1  7 ○1 ✔3  8 ►1  9 ■1  m 3"
    async with board(supervised(), size=(120, 24)) as driven:
        assert driven.lines[1].endswith("8 ►1 9 ■1 m 3")


EVERY_GROUP = dict.fromkeys((*DayState, *Alert), 3)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("width", [80, 100, 120, 160])
def test_what_presses_keeps_its_words_whatever_the_width(width: int, language: str) -> None:
    use_language(language)
    found, filters = supervised(), Filters()
    assert found.day is not None
    view = view_of(found, filters, CertificationMode(found.day))
    view = replace(view, counts=EVERY_GROUP, missing=3)
    lines = day_counts_content(view, filters, width, UNICODE, found.day).plain.split("\n")
    assert len(lines) <= 3
    assert max(map(cell_len, lines)) <= width
    said = " ".join(lines)
    for state in (DayState.TO_CALL_BACK, DayState.OVERTIME):
        assert counted_day_state(state, 3) in said
    for state in (DayState.TO_REDIRECT, DayState.TO_CHECK, DayState.NOT_SENT, DayState.IN_REMEDIATION):
        assert short_day_count(state, 3) in said


async def test_a_line_that_became_worse_comes_back_under_a_filter_and_says_why() -> None:
    async with board(supervised(), toasts=True, size=(120, 40)) as driven:
        await driven.press("9")
        assert shown(driven) == ["FAURE"]
        await driven.publish(supervised(rows=with_leroy(), revision=2))
        assert shown(driven) == ["LEROY", "FAURE"]
        assert "back on the board: LEROY Sacha: fallen" in driven.text
        assert "running, but 3/5 · 10:13" in line_of(driven, "LEROY")
        await driven.press("9")
        await driven.press("9")
        assert shown(driven) == ["FAURE"]


async def test_bad_news_is_told_as_good_news_is() -> None:
    async with board(supervised(), toasts=True, size=(120, 40)) as driven:
        await driven.publish(supervised(rows=with_leroy(), revision=2))
        assert [toast.message for toast in driven.toasts] == ["LEROY Sacha: running, but 3/5 · 10:13"]


async def test_i_and_enter_say_that_the_open_incident_is_handled() -> None:
    async with board(supervised(BLOCKED)) as driven:
        go_to(driven, 14)
        await driven.press("i", "enter")
        await driven.until(lambda: bool(driven.pipeline.acted))
        assert driven.pipeline.acted == [ActionRequest(ActionKind.HANDLED, (14,), code="E3")]


async def test_e_shows_the_code_of_the_collection_to_who_has_not_sent_and_writes_nothing_down() -> None:
    async with board(supervised(), size=(100, 30)) as driven:
        go_to(driven, 6)
        await driven.press("e")
        assert "PETIT Tom → profile to send" in driven.text
        assert "Send your profile." in driven.text
        assert "SOS" not in driven.text.replace("PETIT", "")
        await driven.press("enter")
        assert driven.on_board
        assert driven.pipeline.acted == []


async def test_a_change_of_the_session_file_that_is_refused_is_said_at_once_and_stays() -> None:
    words = "session.toml, line 3: “start” is no time. The board goes on as before."
    async with board(supervised()) as driven:
        driven.pipeline.publish(supervised(revision=2)._replace(session_trouble=words))
        await driven.until(lambda: "session.toml, line 3" in driven.text)
        assert [toast.message for toast in driven.toasts] == [words]
        driven.pipeline.publish(supervised(revision=3)._replace(session_trouble=words))
        driven.pipeline.publish(supervised(revision=4))
        await driven.until(lambda: "session.toml, line" not in driven.text)
        counts = "session.toml: what was changed counts now."
        await driven.until(lambda: [toast.message for toast in driven.toasts] == [words, counts])


async def test_a_change_of_the_session_file_that_is_taken_over_is_said_once() -> None:
    async with board(supervised()) as driven:
        later = supervised(revision=2, session=SESSION._replace(title="Certification 3eB"))
        await driven.publish(later)
        await driven.publish(later._replace(revision=3))
        assert toasts(driven) == ["session.toml: what was changed counts now."]


async def test_a_toast_keeps_its_last_line_on_the_narrowest_screen() -> None:
    words = "A rehearsal: a colleague does the day. All is in /tmp/pixsession-demo-qj5qwtqt, until you {last}"
    async with board(supervised(), toasts=True) as driven:
        driven.app.toaster.say(words.format(last="leave."))
        await driven.until(lambda: "leave." in driven.text)
        driven.app.toaster.say(f"{words.format(last='go')} {words.format(last='quit.')}")
        await driven.until(lambda: "quit." in driven.text)


async def test_no_export_is_missed_where_nobody_waits_for_one() -> None:
    at_work = tuple(one for one in ROWS if one.student_id in {11, 14})
    old = supervised(rows=at_work, newest_export_at=NOW - timedelta(minutes=70))
    async with board(old) as driven:
        assert "out of date" not in driven.lines[0]
        await driven.publish(supervised(newest_export_at=NOW - timedelta(minutes=70), revision=2))
        await driven.tick()
        assert "out of date" in driven.lines[0]


async def test_a_suspected_fraud_that_a_colleague_reports_is_told() -> None:
    async with board(supervised()) as driven:
        fraud = did(ActionKind.INCIDENT, 14, minutes_ago=1, code="C6")
        await driven.publish(supervised((*ACTIONS, fraud), revision=2))
        assert [one for one in toasts(driven) if "LEROY" in one] == ["LEROY Sacha: C6 Suspicion of fraud"]
        await driven.publish(supervised((*ACTIONS, fraud), revision=3))
        assert len(toasts(driven)) == 1, "once"
