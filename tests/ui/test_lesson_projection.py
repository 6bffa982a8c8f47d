"""What a lesson shows the room, the sheet by a key, and the line of keys."""

from __future__ import annotations

from pathlib import Path

import pytest

from pixsession.domain.lesson.spread import spread_of
from pixsession.ui.lesson.projection import LessonProjectionScreen
from tests.factories.lesson_screens import TIMES, lesson_board
from tests.factories.lesson_sheets import sent_profile
from tests.factories.screens import board

SIZES = [(80, 24), (120, 40)]


@pytest.mark.parametrize("size", SIZES)
async def test_the_projection_shows_the_group_and_no_name(size: tuple[int, int]) -> None:
    there = lesson_board()
    assert there.lesson is not None
    async with board(there, size=size) as driven:
        await driven.press("P")
        assert isinstance(driven.app.screen, LessonProjectionScreen)
        text = driven.text
        for row in there.rows:
            assert row.last_name not in text
            assert row.first_name not in text
        assert "7 of 8 started" in text
        assert "Finished? Send your results." in text
        counts = [0] * 6  # by an independent count
        for one in there.lesson.students.values():
            if one.progress:
                counts[5 if one.progress >= 1 else int(one.progress * 100) // 20] += 1
        assert [band.students for band in spread_of(there.lesson.students.values())] == counts
        for label, count in zip(("0-20", "20-40", "40-60", "60-80", "80-100", "100"), counts, strict=True):
            line = next(line for line in driven.lines if line.strip().startswith(f"{label}%"))
            assert line.rstrip().endswith(str(count)) if count else "█" not in line
        await driven.press("P")
        assert not isinstance(driven.app.screen, LessonProjectionScreen)


async def test_a_toast_that_names_somebody_does_not_stay_over_the_projection() -> None:
    async with board(lesson_board(), toasts=True) as driven:
        driven.app.notify("PETIT Tom", timeout=600)
        await driven.until(lambda: "PETIT Tom" in [toast.message for toast in driven.toasts])
        await driven.press("P")
        await driven.until(lambda: not driven.toasts)


async def test_the_line_of_keys_has_map_help_groups_time_sheet_and_projection() -> None:
    async with board(lesson_board()._replace(export_times=TIMES[:1]), size=(120, 30)) as driven:
        keys = driven.lines[-1]
        for asked in (
            "o observe",
            "M map",
            "E help each other",
            "R groups",
            "D helper",
            "F sheet",
            "P project",
        ):
            assert keys.count(asked) == 1
        assert "[" not in keys  # nothing to step back to yet
        there = lesson_board()
        await driven.publish(there._replace(revision=2, export_times=TIMES))
        assert "[ earlier" in driven.lines[-1]


async def test_the_sheet_of_a_lesson_is_written_by_a_key(tmp_path: Path) -> None:
    there = lesson_board()
    assert there.lesson is not None
    session = there.lesson.session._replace(path=tmp_path / "session.toml")
    async with board(there._replace(lesson=there.lesson._replace(session=session)), toasts=True) as driven:
        giraud = next(row for row in there.rows if row.last_name == "GIRAUD")
        driven.pipeline.histories[giraud.student_id] = (sent_profile(3, "2026-01-13T10:00"),)
        await driven.press("F")
        await driven.until(lambda: any(tmp_path.glob("*.html")))
        (path,) = tmp_path.glob("*.html")
        page = path.read_text(encoding="utf-8")
        assert "GIRAUD" in page
        assert "3 → 12" in page  # what stood before comes from the profiles sent
