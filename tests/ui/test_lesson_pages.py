"""The map of competences, helping each other, the log, and what the student's screen says in a lesson."""

from __future__ import annotations

import re
from datetime import timedelta

from pixsession.domain.board.changes import ChangeKind
from pixsession.domain.board.snapshot import BoardRow
from pixsession.domain.certification.day import ActionKind, Undone
from pixsession.domain.lesson.mastery import Evidence
from pixsession.domain.pix.competences import CODES
from pixsession.domain.pix.eligibility import Profile
from pixsession.settings.config import Settings
from pixsession.ui.heatmap.columns import TOTAL, HeatSource, heat_layout, heat_line, heat_sums
from pixsession.ui.heatmap.grid import HeatGrid
from tests.factories.certification_screens import supervised
from tests.factories.lesson_screens import OBSERVED, ROWS, by_teacher, lesson_board
from tests.factories.people_screens import DECISIONS
from tests.factories.screens import Board, board, change, sent
from tests.factories.snapshots import NOW, class_rows, many_rows, snapshot

LEVELS = HeatSource(Evidence.PROFILE, 1)
SIZES = [(80, 24), (100, 30), (120, 40)]


def grid_of(driven: Board) -> HeatGrid:
    """The map on the screen."""
    return driven.app.screen.query_one(HeatGrid)


def order(driven: Board) -> list[int]:
    """The students of the map, from the top of the screen."""
    shown = [row for line in driven.lines for row in ROWS if row.shown_name in line]
    return [row.student_id for row in shown]


# -- the map ---------------------------------------------------------------------------------------------


async def test_the_map_has_every_level_the_sums_and_the_weakest_competence() -> None:
    async with board(lesson_board()) as driven:
        await driven.press("M")
        for size in SIZES:
            await driven.resize(*size)
            giraud = next(line for line in driven.lines if "GIRAUD" in line).replace(" ", "")
            assert "▓3▒2░1│−7▒2░1✖│▓3▒2░1✖│▒2░1−7│▓3▒2│12" in giraud  # −7: begun, ✖: never opened
            assert "no profile sent" in next(line for line in driven.lines if "PETIT" in line)
            sums = next(line for line in driven.lines if "at level 1 or more" in line).replace(" ", "")
            assert sums.endswith("│454│4544│4541│544│45│6")
            assert "▼ weakest competence: 3.4 Programmer" in driven.text
            assert all(len(line.rstrip()) <= size[0] for line in driven.lines)


async def test_the_map_sorts_by_any_column_with_keys_and_comes_back_to_need() -> None:
    async with board(lesson_board()) as driven:
        await driven.press("M", "s")
        assert order(driven) == [8, 4, 5, 7, 2, 3, 6, 1]  # by name
        await driven.press("s")
        first = [(ROWS[number - 1].profile or Profile((9,), ())).levels[0] for number in order(driven)]
        assert first == sorted(first, key=lambda level: 9 if level is None else level)
        assert grid_of(driven).lines.competence == "1.1"
        assert ".1↑" in driven.lines[2]
        await driven.press("S")
        assert order(driven)[0] == 2
        assert set(order(driven)[-2:]) == {1, 3}  # who sent nothing stands last either way
        await driven.press("left", "left")
        assert order(driven) == [row.student_id for row in ROWS]


async def test_a_click_on_a_heading_sorts_and_a_second_one_reverses() -> None:
    async with board(lesson_board()) as driven:
        await driven.press("M")
        grid = grid_of(driven)
        x = heat_layout(79).start(10) + 1  # 3.4
        await driven.pilot.click(HeatGrid, offset=(x, 1))
        assert grid.lines.competence == "3.4"
        assert order(driven)[-3] == 7  # the only one who has it
        await driven.pilot.click(HeatGrid, offset=(x, 1))
        assert order(driven)[0] == 7
        await driven.pilot.click(HeatGrid, offset=(heat_layout(79).start(15) + 4, 1))
        assert grid.lines.column == TOTAL


async def test_enter_opens_the_student_and_escape_comes_back_to_the_map() -> None:
    async with board(lesson_board()) as driven:
        await driven.press("j", "M")
        selected = grid_of(driven).selected
        assert selected is not None and selected.last_name == "GIRAUD"  # the cursor of the board
        await driven.press("enter")
        assert "GIRAUD Léa · 4eB" in driven.lines[0]
        await driven.press("escape")
        assert "Map of competences: 8 students" in driven.lines[0]


async def test_the_map_follows_the_filters_and_new_exports_and_keeps_its_student() -> None:
    async with board(snapshot(class_rows()), size=(100, 30)) as driven:
        await driven.press("M", "down", "down")
        kept = grid_of(driven).selected
        assert kept is not None
        await driven.publish(snapshot(tuple(reversed(class_rows())), revision=2))
        now = grid_of(driven).selected
        assert now is not None and now.student_id == kept.student_id
        await driven.press("escape", "1", "M")
        assert "Map of competences: 4 students" in driven.lines[0]


async def test_only_lines_that_changed_are_written_again() -> None:
    rows = many_rows(2000)
    async with board(snapshot(rows), size=(120, 40)) as driven:
        await driven.press("M")
        grid = grid_of(driven)
        assert len(grid.lines.kept) < 50  # those on the screen, not two thousand
        kept = {row.student_id: line for row in rows if (line := grid.lines.known(row)) is not None}
        shown: BoardRow = next(row for row in rows[:30] if row.profile is not None)
        assert shown.profile is not None
        better = shown._replace(profile=shown.profile._replace(levels=(7, *shown.profile.levels[1:])))
        newer = tuple(better if row is shown else row for row in rows)
        await driven.publish(snapshot(newer, revision=2))
        now = {row.student_id: grid.lines.known(row) for row in newer if row.student_id in kept}
        changed = [key for key, line in now.items() if line is not kept[key]]
        assert changed == [shown.student_id]
        await driven.press("end")
        assert grid.selected is rows[-1]
        assert rows[-1].last_name in driven.text


def test_a_level_that_cannot_be_read_is_a_question_mark_and_no_zero() -> None:
    levels = (None, 0, 3, *(1,) * 13)
    row = ROWS[1]._replace(profile=Profile(levels, (None,) * 16))
    text = "".join(piece for piece, _role in heat_line(row, heat_layout(79), LEVELS, ascii_only=True))
    assert text.split("|")[1].split() == ["?", ".", "=3"]
    assert heat_sums([row], LEVELS).counts[:3] == (None, 0, 1)


async def test_the_map_in_ascii() -> None:
    async with board(lesson_board(), settings=Settings(ascii_only=True)) as driven:
        await driven.press("M", "s", "s")
        table = "\n".join(driven.lines[2:]).replace("é", "").replace("É", "").replace("à", "")
        assert not set("░▒▓█│▼·↑") & set(table)
        assert "! weakest competence" in table


# -- helping each other ----------------------------------------------------------------------------------


async def test_who_has_what_the_student_misses_by_name_and_never_the_student() -> None:
    async with board(lesson_board(), size=(100, 40)) as driven:
        await driven.press("j", "j", "j", "E")
        assert "what BARBIER Lou misses" in driven.lines[0]
        lines = [line.strip() for line in driven.lines]
        at = lines.index("3.3 Adapter les documents à leur finalité")
        assert lines[at + 1] == "ALLARD Manon"
        at = lines.index("3.4 Programmer")
        assert lines[at + 1] == "nobody known of"
        assert lines[at + 2] == "not known of 2 students, who sent nothing"
        assert not any("BARBIER" in line for line in lines[1:])
        assert not any(line.startswith("1.1") for line in lines)  # has it


async def test_the_competence_of_the_map_is_the_one_asked_for_in_the_order_of_names() -> None:
    async with board(lesson_board(), size=(100, 40)) as driven:
        await driven.press("M", "s", "s", "E")
        assert "1.1 Mener une recherche" in driven.lines[0]
        assert "GIRAUD Léa" in driven.text
        await driven.press("escape")
        assert "Map of competences" in driven.lines[0]


async def test_from_the_log_it_is_about_the_student_who_is_open() -> None:
    async with board(lesson_board(), size=(100, 40)) as driven:
        await driven.press("end", "l", "down", "enter")
        assert "GIRAUD Léa" in driven.lines[0]
        await driven.press("E")
        assert "what GIRAUD Léa misses" in driven.lines[0]


async def test_in_a_certification_nobody_helps_and_the_key_says_why() -> None:
    async with board(supervised(), toasts=True) as driven:
        await driven.press("E")
        assert driven.on_board
        said = [toast.message for toast in driven.toasts]
        assert "In a lesson only: in a certification everybody works alone." in said


async def test_helpers_of_the_class_come_first_from_a_level_that_keys_change() -> None:
    found = lesson_board().lesson
    assert found is not None
    students = {**found.students, 6: found.students[6]._replace(is_delegate=True)}
    rules = found.session.lesson._replace(helper_level=1)
    lesson = found._replace(students=students, session=found.session._replace(lesson=rules))
    async with board(lesson_board()._replace(lesson=lesson), size=(120, 40)) as driven:
        await driven.press("end", "E")
        assert "at level 1 or more" in driven.text
        first = next(index for index, line in enumerate(driven.lines) if "★" in line)
        assert driven.lines[first].strip().startswith("★ NGUYEN Linh")
        place = CODES.index(driven.lines[first - 1].split()[0])
        others = [row for row in ROWS[:-1] if row.profile and (row.profile.levels[place] or 0) >= 1]
        assert driven.lines[first].count("·") == len(others) - 1
        await driven.press("plus", "plus")
        assert "at level 3 or more" in driven.text
        await driven.press("minus")
        assert "at level 2 or more" in driven.text


# -- the log ---------------------------------------------------------------------------------------------

EVENTFUL = lesson_board()._replace(
    changes=(change(ROWS[4], ChangeKind.BECAME_ELIGIBLE),), decisions=DECISIONS
)


async def test_the_log_has_everything_by_time_and_each_kind_is_a_filter() -> None:
    async with board(EVENTFUL, size=(100, 30)) as driven:
        await driven.press("l")
        kinds = driven.lines[1]
        assert "1 1 export  2 3 changes  3 1 action" in kinds
        assert f"4 {len(DECISIONS)} decisions" in kinds
        assert "seen: GIRAUD Léa · clavier" in driven.text and "CHEVALIER Adam" in driven.text
        await driven.press("1")
        assert "export of Certification 3e, collecte: 8 lines" in driven.text
        assert "clavier" not in driven.text
        await driven.press("3")
        assert "clavier" in driven.text and "export of Certif" not in driven.text
        await driven.press("4")
        assert "clavier" not in driven.text and "same" in driven.text
        await driven.press("0", "2")
        assert "CHEVALIER Adam" in driven.text and "clavier" not in driven.text
        await driven.press("2")
        assert "clavier" in driven.text


async def test_the_log_says_who_came_to_the_end_and_who_has_sent() -> None:
    async with board(lesson_board(), size=(100, 30)) as driven:
        await driven.press("l", "2")
        told = [line.strip() for line in driven.lines if "results" in line]
        assert told == [
            "09:35  ↑ MOREL Enzo is through, and has not sent the results yet",
            "09:25  ■ ALLARD Manon has sent the results: 72% mastered",
        ]
        await driven.press("enter")
        assert "MOREL Enzo · 4eB" in driven.lines[0]
    lesson = lesson_board().lesson
    assert lesson is not None
    # What was so before the hour is no news of it.
    later = lesson_board()._replace(lesson=lesson._replace(group=lesson.group[4:]))
    async with board(later, size=(100, 30)) as driven:
        await driven.press("l", "2")
        assert "results" not in driven.text


async def test_what_was_taken_back_stays_in_the_log_as_taken_back() -> None:
    lesson = lesson_board().lesson
    assert lesson is not None
    absent, note = (
        by_teacher(ActionKind.ABSENT, "abs-1", 1, 7),
        by_teacher(ActionKind.NOTE, "note-1", 4, 5, "casque en panne"),
    )  # fmt: skip
    undone = (Undone(OBSERVED, NOW - timedelta(minutes=6)),)
    shown = lesson_board()._replace(lesson=lesson._replace(actions=(absent, note), undone=undone))
    async with board(shown, size=(120, 30)) as driven:
        await driven.press("l", "3")
        assert "3 actions" in driven.lines[1]
        assert re.search(r"09:41 +› marked absent: PETIT Tom", driven.text)
        assert re.search(r"09:43 +› note: BARBIER Lou · casque en panne", driven.text)
        assert re.search(r"09:40 +− undone .* 09:42.*: seen: GIRAUD Léa · clavier", driven.text)


async def test_a_line_of_the_log_opens_its_student() -> None:
    async with board(EVENTFUL, size=(100, 30)) as driven:
        await driven.press("l", "3", "enter")
        assert "GIRAUD Léa · 4eB" in driven.lines[0]


# -- the student ------------------------------------------------------------------------------------------


async def test_the_student_has_the_lesson_the_objectives_and_the_chart_of_the_sends() -> None:
    async with board(lesson_board(), size=(120, 50)) as driven:
        driven.pipeline.histories[5] = (
            sent("2026-03-12T09:31", 8, 120),
            sent("2026-02-10T10:00", 4, 60),
            sent("2026-01-13T10:00", 2, 30),
        )
        await driven.press("j", "j", "j", "j", "enter")
        await driven.until(lambda: "30 → 120 pix" in driven.text and "2 → 8 competences" in driven.text)
        assert "▃▅█  30 → 120 pix" in driven.text
        assert "► working" in driven.text and "62%" in driven.text and "+12/+52" in driven.text
        assert "certifiable · reached" in driven.text


async def test_a_single_send_needs_no_chart_and_schools_objectives_stand_without_a_lesson() -> None:
    async with board(snapshot(class_rows()), size=(120, 50)) as driven:
        driven.pipeline.histories[2] = (sent("2026-03-12T09:31", 2, 62),)
        await driven.press("enter")
        await driven.until(lambda: "2 comp.  62 pix" in driven.text)
        assert "→ 62 pix" not in driven.text
        assert "4e-3e" in driven.text


async def test_the_objectives_stand_before_the_profiles_sent() -> None:
    """Nineteen of them would push the objectives off the page."""
    async with board(lesson_board()) as driven:
        many = tuple(sent(f"2026-03-{day:02}T09:00", 3, 80) for day in range(19, 0, -1))
        driven.pipeline.histories = dict.fromkeys(range(1, 9), many)
        await driven.press("j", "enter")
        for size in SIZES:
            await driven.resize(*size)
            assert "Objectives" in driven.text, size
            assert driven.text.find("Profiles sent") not in range(driven.text.find("Objectives")), size
