"""The column of an objective, on every board: who has reached it, who is hidden, and the way back."""

from __future__ import annotations

from pixsession.domain.lesson.aims import Aim
from pixsession.domain.lesson.objectives import OBJECTIVE_PRESETS, path_to
from tests.factories.certification_screens import supervised
from tests.factories.lesson_screens import lesson_board
from tests.factories.screens import board
from tests.factories.snapshots import snapshot

FIVE = OBJECTIVE_PRESETS["5e"]


async def test_an_objective_has_a_column_and_hides_who_has_reached_it() -> None:
    rows = lesson_board().rows
    async with board(snapshot(rows), size=(100, 30)) as driven:
        assert "Obj" not in driven.text
        await driven.press("J")
        assert "certification" in driven.text.lower()
        await driven.press("down", "down", "down", "enter")  # none, 6e, only those, 5e
        assert driven.app.filters.aim == Aim(FIVE)
        five = [row for row in rows if row.profile and path_to(FIVE, row.profile).reached]
        assert driven.text.count("✔ ") >= len(five)
        await driven.press("J", "down", "enter")
        assert driven.app.filters.aim == Aim(FIVE, only_short=True)
        table = driven.text
        for row in rows:
            assert (row.shown_name in table) is (row not in five)
        assert "5e: not reached" in table
        await driven.press("escape")
        assert driven.app.filters.aim == Aim(FIVE)
        await driven.press("J", "home", "enter")
        assert driven.app.filters.aim is None
        assert "Obj" not in driven.text


async def test_of_whom_no_profile_is_known_it_says_neither_reached_nor_not() -> None:
    rows = lesson_board().rows
    known = [path_to(FIVE, one.profile).reached for one in rows if one.profile]
    short = known.count(False) + len(rows) - len(known)
    async with board(snapshot(rows), size=(100, 30)) as driven:
        await driven.press("J")
        said = f"{known.count(True)} of {len(known)} reached, unknown of {len(rows) - len(known)}"
        assert f"5e · {said}" in driven.text
        assert f"only those who have not reached it, or may not have ({short})" in driven.text


async def test_it_is_there_in_a_certification_and_in_a_lesson_too() -> None:
    async with board(supervised(), size=(110, 30)) as driven:
        await driven.press("J", "down", "down", "down", "enter")
        assert driven.app.filters.aim == Aim(FIVE)
        assert "Obj" in driven.lines[3] + driven.lines[4]
    async with board(lesson_board(), size=(80, 24)) as driven:
        assert "Obj" not in driven.text  # its own, where there is room
        await driven.press("J", "down", "enter")
        assert "Obj" in driven.text
        assert "✔" in driven.text or "to go" in driven.text
    async with board(lesson_board(), size=(110, 24)) as driven:
        assert "Obj" in driven.text
