"""What a gesture asks for beside its key: the large code, incident, note, pause, checklist; the projector."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import pytest
from textual import events

from pixsession.domain.certification.actions import ActionRequest
from pixsession.domain.certification.day import ActionKind
from pixsession.domain.certification.session import Remediation
from pixsession.ui.certification.dialogs.checklist import ChecklistScreen
from pixsession.ui.certification.dialogs.incident import IncidentScreen
from pixsession.ui.certification.dialogs.pause import PauseScreen
from pixsession.ui.certification.dialogs.projection import ProjectionScreen
from pixsession.ui.certification.dialogs.public_words import public_names
from pixsession.ui.certification.dialogs.redirect import RedirectScreen, steps
from pixsession.ui.certification.ends import ends_words
from pixsession.ui.common.big_code import BigCode
from pixsession.ui.common.big_letters import big_letters
from pixsession.ui.common.note import NoteInput, NoteScreen
from pixsession.ui.common.symbols import UNICODE
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
from tests.factories.screens import Board, board
from tests.factories.snapshots import NOW, row
from tests.share.failing import FailingFolder
from tests.ui.test_injection import HOSTILE, assert_clean
from tests.ui.test_session_board import acted, go_to, toasts

CODE = big_letters("SOSPIX123", 71, 10)


def words(driven: Board) -> str:
    """The text of the screen without frames and breaks."""
    return " ".join(driven.text.replace("│", " ").split())


# -- redirect -----------------------------------------------------------------------------------------


async def test_the_code_and_what_to_do_can_be_read() -> None:
    async with board(supervised()) as driven:
        go_to(driven, 1)
        for size in ((80, 24), (100, 30), (120, 40), (60, 15)):
            await driven.resize(*size)
            await driven.press("e")
            assert isinstance(driven.app.screen, RedirectScreen)
            assert "BARBIER Lou → SOS élève non certifiable" in words(driven)
            assert "Finish the course. Otherwise, under Competences" in words(driven)
            assert "3. Send your profile again: campaign KQWBTM347." in words(driven)
            assert "↵ redirect now" in words(driven)
            assert sum("█" in line or "▀" in line for line in driven.lines) >= 4
            if size == (80, 24):
                assert all(line.rstrip() in driven.text for line in CODE), "as large as fits"
            await driven.press("escape")


async def test_enter_redirects_one_or_several_but_neither_escape_nor_who_is_eligible() -> None:
    async with board(supervised()) as driven:
        go_to(driven, 1)
        await driven.press("e", "escape")
        assert driven.on_board
        assert driven.pipeline.acted == []
        await driven.press("e", "enter")
        assert driven.on_board
        one, several = ActionRequest(ActionKind.REDIRECT, (1,)), ActionRequest(ActionKind.REDIRECT, (2, 1))
        await acted(driven, one)
        await driven.press("1", "X", "e")
        assert "GIRAUD Léa, BARBIER Lou → SOS" in words(driven)
        await driven.press("enter")
        await acted(driven, one, several)
        assert driven.app.board.marked == frozenset()
        await driven.press("1")
        before = len(toasts(driven))
        go_to(driven, 7)
        await driven.press("e")
        assert driven.on_board
        assert toasts(driven)[before:] == ["MARTIN Lucas: Eligible: no need to redirect."]


async def test_without_a_code_one_is_told_to_write_it_on_the_board() -> None:
    bare = SESSION._replace(remediation=Remediation())
    async with board(supervised(session=bare)) as driven:
        go_to(driven, 1)
        await driven.press("e")
        assert "The session file gives no code" in words(driven)
        await driven.press("enter")
        await acted(driven, ActionRequest(ActionKind.REDIRECT, (1,)))


def test_letters_are_as_large_as_their_place_and_never_wider() -> None:
    heights = []
    for width in (20, 53, 71, 106, 142):
        lines = big_letters("KQWBTM347", width, 12)
        assert all(len(line) == len(lines[0]) <= width for line in lines)
        heights.append(len(lines))
    assert heights == [1, 4, 5, 7, 10]


def test_letters_in_ascii_are_ascii() -> None:
    for line in big_letters("SOS-09", 80, 10, ascii_only=True):
        assert line.isascii()


def test_each_letter_and_figure_has_a_drawing_of_its_own() -> None:
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
    assert len({big_letters(letter, 20, 4) for letter in letters}) == len(letters)
    assert big_letters("É", 20, 4) not in {big_letters(letter, 20, 4) for letter in letters}


# -- incident, note, pause, checklist -----------------------------------------------------------------


async def test_an_incident_has_a_code_a_reminder_and_a_note() -> None:
    async with board(supervised()) as driven:
        go_to(driven, 14)
        await driven.press("i", "j", "j", "j")
        assert isinstance(driven.app.screen, IncidentScreen)
        assert "Handle it now in the invigilator screen of Pix" in words(driven)
        await driven.press("enter", *"site HS", "enter")
        assert driven.on_board
        await acted(driven, ActionRequest(ActionKind.INCIDENT, (14,), text="site HS", code="E4"))
        await driven.press("i", "E", "5")
        assert "a note" not in words(driven)
        await driven.press("enter")
        assert "E5: a note, or enter alone to write it down" in words(driven)
        await driven.press("escape", "escape", "i", "right", "enter")
        assert "by whom" not in words(driven), "one that is new was handled by nobody"
        assert driven.app.screen.query_one(NoteInput).has_focus, "enter chose the code"


async def test_before_the_test_no_incident_of_a_question_and_the_final_one_has_its_reminder() -> None:
    async with board(supervised()) as driven:
        go_to(driven, 7)
        await driven.press("i")
        assert "Report it when the session is finalised" in words(driven)
        await driven.press("enter", "escape", "escape")
        assert driven.on_board
        await driven.press("i", "end", "enter", "enter")
        assert driven.pipeline.acted == []
        assert "The test has not started" in toasts(driven)[0]


async def test_a_code_that_is_typed_is_gone_to() -> None:
    typed = {"c6": "C6", "E10": "E10", "E1": "E1", "xE": "E1", "C4E3": "E3", "E1C1": "C1"}
    async with board(supervised()) as driven:
        go_to(driven, 14)
        for keys in typed:
            await driven.press("i", *keys, "enter", "enter")
        await driven.until(lambda: len(driven.pipeline.acted) == len(typed))
        assert [(one.kind, one.code) for one in driven.pipeline.acted] == [
            (ActionKind.INCIDENT, code) for code in typed.values()
        ]


async def test_who_handled_an_incident_can_be_said_and_costs_no_key_otherwise() -> None:
    blocked = supervised((*ACTIONS, did(ActionKind.INCIDENT, 14, minutes_ago=2, code="E3")))
    async with board(blocked) as driven:
        go_to(driven, 14)
        await driven.press("i")
        assert "→ by whom" in words(driven)
        await driven.press("enter")
        await acted(driven, ActionRequest(ActionKind.HANDLED, (14,), code="E3"))
        await driven.press("i", "right", *"Mme Roy")
        assert "→ by whom" not in words(driven)
        await driven.press("enter")
        await driven.until(lambda: len(driven.pipeline.acted) == 2)
        assert driven.pipeline.acted[1] == ActionRequest(ActionKind.HANDLED, (14,), text="Mme Roy", code="E3")


async def test_a_note_is_one_line() -> None:
    async with board(supervised()) as driven:
        go_to(driven, 1)
        await driven.press("n")
        assert isinstance(driven.app.screen, NoteScreen)
        await driven.press(*"parti à", "enter")
        await acted(driven, ActionRequest(ActionKind.NOTE, (1,), text="parti à"))
        await driven.press("n", "enter")
        await driven.press("n", "x", "escape")
        assert driven.on_board
        assert len(driven.pipeline.acted) == 1


def in_one_go(driven: Board, *keys: str) -> None:
    """As a terminal sends what was typed while nobody read, or over a slow line."""
    for key in keys:
        driven.app.simulate_key(key)


async def test_keys_that_come_with_enter_are_no_part_of_the_note_and_are_not_lost() -> None:
    async with board(supervised()) as driven:
        go_to(driven, 14)
        in_one_go(driven, "n", *"tard", "enter", "u")
        await driven.until(lambda: isinstance(driven.app.screen, PauseScreen))
        await driven.until(lambda: bool(driven.pipeline.acted))  # written beside the screen
        assert driven.pipeline.acted == [ActionRequest(ActionKind.NOTE, (14,), text="tard")]
        in_one_go(driven, "escape", "n", *"deux", "enter", "n", *"trois", "enter", "down", "down")
        await driven.until(lambda: len(driven.pipeline.acted) == 3)
        assert [one.text for one in driven.pipeline.acted] == ["tard", "deux", "trois"]
        in_one_go(driven, "n")
        driven.app.post_message(events.Paste("parti à 10 h"))
        in_one_go(driven, "enter")
        await driven.until(lambda: len(driven.pipeline.acted) == 4)
        assert driven.pipeline.acted[3].text == "parti à 10 h", "pasted right behind the key of the dialog"
        assert driven.on_board


async def test_a_pause_of_one_and_its_end() -> None:
    async with board(supervised()) as driven:
        go_to(driven, 14)
        await driven.press("u")
        assert isinstance(driven.app.screen, PauseScreen)
        await driven.press("j", "enter")
        await acted(driven, ActionRequest(ActionKind.PAUSE, (14,), planned=True))
        paused = did(ActionKind.PAUSE, 14, minutes_ago=2)
        await driven.publish(supervised((*ACTIONS, paused), revision=2))
        await driven.press("u")
        assert "cause" not in words(driven), "its end has none"
        await driven.press("right", "enter")
        await driven.until(lambda: len(driven.pipeline.acted) == 2)
        assert driven.pipeline.acted[1] == ActionRequest(ActionKind.UNPAUSE, (14,))


async def test_a_pause_of_a_room_may_have_its_cause_and_costs_no_key_without() -> None:
    async with board(supervised(session=TWO_ROOMS, rooms=TWO)) as driven:
        await driven.press("u")
        assert f"room {ROOM}: incident" in words(driven)
        assert f"room {OTHER_ROOM}: planned" in words(driven)
        await driven.press("escape", "u", "end", "right", *"Exercice", "enter")
        with_cause = ActionRequest(ActionKind.PAUSE, text="Exercice", planned=True)
        without = ActionRequest(ActionKind.PAUSE, room=ROOM)
        await acted(driven, with_cause)
        await driven.press("u", "right", "x", "escape", "enter")
        await acted(driven, with_cause, without)
        await driven.press("b", "b", "u", "enter")
        await acted(driven, with_cause, without, ActionRequest(ActionKind.PAUSE, room=OTHER_ROOM))


async def test_the_checklist_ticks_what_was_written_down() -> None:
    async with board(supervised()) as driven:
        await driven.press("L", "j", "space")
        assert isinstance(driven.app.screen, ChecklistScreen)
        item = SESSION.checklist[1]
        await acted(driven, ActionRequest(ActionKind.TICK, text=item))
        assert "0 of 3 done" in words(driven)
        ticked = did(ActionKind.TICK, minutes_ago=0, text=item)
        await driven.publish(supervised((*ACTIONS, ticked), revision=2))
        assert "Checklist: 1 of 3 done" in words(driven)
        assert f"[ ] {SESSION.checklist[0]}" in words(driven)
        assert f"[x] 09:48 {item}" in words(driven)
        await driven.press("enter")
        await driven.until(lambda: len(driven.pipeline.acted) == 2)
        assert driven.pipeline.acted[1] == ActionRequest(ActionKind.UNTICK, text=item)
        await driven.press("escape")
        assert driven.on_board


# -- projection ---------------------------------------------------------------------------------------


@pytest.mark.slow
async def test_the_projector_shows_what_to_do_and_nothing_that_judges() -> None:
    async with board(supervised()) as driven:
        for size in ((80, 24), (100, 30), (120, 40), (60, 15)):
            await driven.resize(*size)
            await driven.press("P")
            assert isinstance(driven.app.screen, ProjectionScreen)
            assert "End with extra time 10:47" in words(driven)
            for name in ("Adam", "Enzo", "Zoé"):
                assert name not in words(driven), "names only when they are asked for"
            await driven.press("n")
            assert "Come and see me: Adam C." in words(driven)
            await driven.press("space")
            shown = words(driven)
            assert "Code of the campaign" in shown
            assert "With the code: Enzo M." in shown
            for private in (
                "BARBIER",
                "Lou",
                "Léa",
                "Inès",
                "Sacha",
                "eligible",
                "certifiable",
                "/5",
                "60 %",
            ):
                assert private not in shown, private
            await driven.press("P")
            assert driven.on_board


def is_shown(driven: Board, lines: Sequence[str]) -> bool:
    return all(line.strip() in driven.text for line in lines)


@pytest.mark.slow
async def test_the_first_page_of_the_projector_has_the_access_code() -> None:
    coded = supervised(session=SESSION._replace(access_code="KQWB47"))
    async with board(coded) as driven:
        for size in ((120, 40), (60, 15), (80, 24)):
            await driven.resize(*size)
            await driven.press("P")
            code = driven.app.screen.query_one(".access", BigCode)
            drawn = big_letters("KQWB47", code.size.width, 40)
            await driven.until(partial(is_shown, driven, drawn))
            assert "Access code" in words(driven)
            assert "End with extra time 10:47" in words(driven)
            await driven.press("P")
        await driven.press("P", "space")
        assert "Access code" not in words(driven)
        await driven.press("space")
        await driven.publish(supervised(session=SESSION, revision=2))
        await driven.until(lambda: "Access code" not in words(driven))


async def test_no_toast_tells_the_room_who_became_eligible() -> None:
    async with board(supervised(became={}), toasts=True) as driven:
        before = supervised(tuple(a for a in ACTIONS if a.kind is not ActionKind.REDIRECT), revision=2)
        await driven.publish(before)
        await driven.press("P")
        await driven.publish(supervised(revision=3))
        assert toasts(driven) == []
        assert "CHEVALIER" not in driven.text
        await driven.press("P")
        assert toasts(driven)[0].startswith("CHEVALIER Adam is eligible now")


async def test_a_toast_that_stands_is_not_projected() -> None:
    async with board(supervised(), toasts=True) as driven:
        go_to(driven, 4)
        await driven.press("e")  # she is eligible: refused, by name
        await driven.until(lambda: "Not done" in driven.text)
        await driven.press("P")
        await driven.until(lambda: isinstance(driven.app.screen, ProjectionScreen))
        await driven.until(lambda: "CHEVALIER" not in driven.text)


async def test_the_projector_shows_the_room_that_the_board_shows() -> None:
    async with board(supervised(session=TWO_ROOMS, rooms=TWO)) as driven:
        await driven.press("b", "P", "n")
        assert ROOM in driven.text
        assert "Enzo M." in driven.text
        assert "Adam C." not in driven.text


def test_the_common_end_is_that_of_those_without_extra_time() -> None:
    both = supervised((*ACTIONS, did(ActionKind.START, 7, 8, minutes_ago=60)))
    assert both.day is not None
    assert ends_words(both.rows, both.day, NOW) == "End 10:33 · extra time 10:47"
    nobody = supervised(())
    assert nobody.day is not None
    assert ends_words(nobody.rows, nobody.day, NOW) == ""


def test_first_names_that_are_alike_get_more_letters() -> None:
    rows = (row(1, "MARTIN", "Léa"), row(2, "MOREL", "Léa"), row(3, "PETIT", "Tom"), row(4, "PETIT", "Tom"))
    assert public_names(rows) == {1: "Léa Ma.", 2: "Léa Mo.", 3: "Tom Petit.", 4: "Tom Petit."}


@pytest.mark.slow
async def test_hostile_texts_of_files_do_nothing_on_the_screens_of_a_session() -> None:
    session = SESSION._replace(
        title=HOSTILE[0],
        remediation=Remediation(label=HOSTILE[0], code="SOS\x1b[2J"),
        checklist=tuple(HOSTILE),
    )
    noted = did(ActionKind.NOTE, 1, minutes_ago=1, text=HOSTILE[0])
    async with board(supervised((*ACTIONS, noted), session=session), size=(120, 40)) as driven:
        for keys in (("e", "escape"), ("i", "escape"), ("n", "escape"), ("L", "escape"), ("P", "P"), ("l",)):
            await driven.press(keys[0])
            assert_clean(driven)
            await driven.press(*keys[1:])


# -- the sheet ----------------------------------------------------------------------------------------


async def test_the_sheet_is_written_beside_the_session_file_and_never_over_another(tmp_path: Path) -> None:
    session = SESSION._replace(path=tmp_path / "session.toml")
    async with board(supervised(session=session)) as driven:
        for count in (1, 2):
            await driven.press("F")
            await driven.until(lambda: sum("To print it" in said for said in toasts(driven)) == count)  # noqa: B023
        (page,) = tmp_path.glob("session-*.html")
        assert "BARBIER" in page.read_text(encoding="utf-8")
        page.write_text("somebody else's", encoding="utf-8")
        await driven.press("F")
        await driven.until(lambda: len(list(tmp_path.glob("session-*.html"))) == 2)
        assert page.read_text(encoding="utf-8") == "somebody else's"


async def test_a_sheet_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    session = SESSION._replace(path=tmp_path / "gone" / "session.toml")
    async with board(supervised(session=session)) as driven:
        await driven.press("F")
        await driven.until(lambda: any("could not be written" in said for said in toasts(driven)))


async def test_a_sheet_on_a_drive_that_hangs_keeps_nobody_from_quitting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pixsession.ui.controllers.hand_over._ANSWER_SECONDS", 0.05)
    drive = tmp_path / "drive"
    drive.mkdir()
    released = FailingFolder(drive, monkeypatch).hangs()
    async with board(supervised(session=SESSION._replace(path=drive / "session.toml"))) as driven:
        await driven.press("F")
        await driven.until(lambda: any("does not answer" in said for said in toasts(driven)))
    released.set()


def test_what_the_campaign_may_lack_is_looked_for_under_competences() -> None:
    barbier = next(row for row in ROWS if row.student_id == 1)
    said = steps((barbier,), SESSION.remediation, UNICODE).plain
    assert "2. Finish the course. Otherwise, under Competences: 2.2 Partager (1 pix), 4.3 Santé" in said


async def test_a_pause_of_all_the_rooms_is_one_sentence_and_two_pauses_are_two() -> None:
    both = supervised((*ACTIONS, did(ActionKind.PAUSE, minutes_ago=3)), session=TWO_ROOMS, rooms=TWO)
    async with board(both, size=(120, 30)) as driven:
        assert "all the rooms paused since 09:45, 3 min (u: resume)" in words(driven)
        assert f"{ROOM} paused since" not in words(driven)
    first, later = (
        did(ActionKind.PAUSE, minutes_ago=ago, room=room) for ago, room in ((3, ROOM), (1, OTHER_ROOM))
    )
    apart = supervised((*ACTIONS, first, later), session=TWO_ROOMS, rooms=TWO)
    async with board(apart, size=(120, 30)) as driven:
        assert f"{ROOM} paused since 09:45, 3 min" in words(driven)
        assert f"{OTHER_ROOM} paused since 09:47, 1 min" in words(driven)


async def test_the_projection_says_how_many_questions_there_are_in_a_test_of_pix() -> None:
    async with board(supervised(), size=(120, 40)) as driven:
        await driven.press("P")
        assert "32 questions in 1 h 45" in words(driven)
    async with board(supervised(session=SESSION._replace(duration_minutes=60)), size=(120, 40)) as driven:
        await driven.press("P")
        assert "questions" not in words(driven), "Pix+ has another number"


# -- how many keys a gesture takes ------------------------------------------------------------------------

K = ActionKind
_COMMONEST = [  # a student, the keys, and what they ask for: none of these may take a key more
    (9, ("p",), ActionRequest(K.PRESENT, (9,))),
    (9, ("a",), ActionRequest(K.ABSENT, (9,))),
    (9, ("t",), ActionRequest(K.LATE, (9,))),
    (2, ("e", "enter"), ActionRequest(K.REDIRECT, (2,))),
    (7, ("o",), ActionRequest(K.AUTHORISE, (7,))),
    (7, ("d",), ActionRequest(K.START, (7,))),
    (12, ("v",), ActionRequest(K.FINISH, (12,))),
    (14, ("i", "E", "5", "enter", "enter"), ActionRequest(K.INCIDENT, (14,), code="E5")),
    (7, ("n", "x", "enter"), ActionRequest(K.NOTE, (7,), text="x")),
    (14, ("u", "enter"), ActionRequest(K.PAUSE, (14,))),
]


async def test_the_ten_commonest_gestures_take_no_key_more() -> None:
    async with board(supervised()) as driven:
        for student, keys, asked in _COMMONEST:
            go_to(driven, student)
            await driven.press(*keys)
            await acted(driven, asked)
            assert driven.on_board, keys
            driven.pipeline.acted.clear()
