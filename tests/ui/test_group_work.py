"""The page of targeted sessions and of the competences to choose: keys, sides, and the sheet to print."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from pixsession.domain.lesson.choice import choice_of
from pixsession.domain.lesson.objectives import OBJECTIVE_PRESETS
from pixsession.domain.lesson.targeted import targeted_sessions
from pixsession.foundation.i18n import use_language
from pixsession.settings.config import Settings
from pixsession.ui.lesson.group_work import GroupWorkScreen
from tests.factories.certification_screens import supervised
from tests.factories.group_work import ROWS, lesson_of_ten
from tests.factories.screens import board
from tests.factories.snapshots import snapshot

FIVE = OBJECTIVE_PRESETS["5e"]


async def test_the_groups_stand_with_who_can_help_and_what_they_reach() -> None:
    async with board(lesson_of_ten(), size=(120, 40)) as driven:
        await driven.press("R")
        plan = targeted_sessions(ROWS, FIVE, 2)
        assert "Targeted sessions: 5e" in driven.lines[0]
        text = driven.text
        for session in plan.sessions:
            assert session.competence in text
            for one in session.students:
                assert f"{one.row.shown_name} −{one.pix_missing} pix" in text  # no line breaks in it
        assert f"reached by {plan.reached} of {plan.known}; {plan.would_reach} if every group" in text
        await driven.press("left")
        assert "\n B  " not in driven.text
        await driven.press("right", "right")
        assert len(targeted_sessions(ROWS, FIVE, 3).sessions) == sum(
            line.strip()[:3] in {"A  ", "B  ", "C  "} for line in driven.lines
        )


async def test_the_objective_is_that_of_the_column_and_the_next_one_by_a_key() -> None:
    async with board(snapshot(ROWS), size=(100, 30)) as driven:
        await driven.press("R")
        assert "Targeted sessions: 6e" in driven.lines[0]
        await driven.press("o")
        assert "Targeted sessions: 5e" in driven.lines[0]
        await driven.press("R")
        assert not isinstance(driven.app.screen, GroupWorkScreen)
        await driven.press("J", *["down"] * 5, "enter", "R")
        assert "Targeted sessions: 4e-3e" in driven.lines[0]


async def test_the_competences_to_choose_best_first() -> None:
    async with board(lesson_of_ten(), size=(100, 30)) as driven:
        await driven.press("K")
        choice = choice_of(ROWS, None, FIVE)
        lines = [line for line in driven.lines if "Then:" in line or "/" in line[10:26]]
        at = next(number for number, line in enumerate(lines) if "Then:" in line)
        for line, share in zip(lines[:at], choice.chosen, strict=True):
            assert f"{share.able}/{share.known}  {share.competence}" in line
        await driven.press("R")
        assert "Targeted sessions" in driven.lines[0]
        await driven.press("escape")
        assert not isinstance(driven.app.screen, GroupWorkScreen)


async def test_in_a_certification_everybody_works_alone() -> None:
    async with board(supervised(), toasts=True) as driven:
        await driven.press("R")
        assert "In a lesson only" in driven.text


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_the_sheet_is_written_with_the_code_to_open(tmp_path: Path, language: str) -> None:
    use_language(language)
    async with board(lesson_of_ten(tmp_path, code="SECU12345"), size=(100, 30), toasts=True) as driven:
        await driven.press("R", "F")
        await driven.until(lambda: any(tmp_path.glob("*.html")))
        (path,) = tmp_path.glob("*.html")
        page = path.read_text(encoding="utf-8")
        assert "SECU12345" in page
        assert sys.platform == "win32" or path.stat().st_mode & 0o777 == 0o600
        for session in targeted_sessions(ROWS, FIVE, 2).sessions:
            assert session.students[0].row.shown_name in page


async def test_in_ascii_nothing_but_ascii_is_ours() -> None:
    async with board(lesson_of_ten(), settings=Settings(ascii_only=True), size=(100, 30)) as driven:
        for key in ("R", "K"):
            await driven.press(key)
            assert not set("−█░·→←") & set("\n".join(driven.lines[1:]))
