"""The table of the board: what is repainted, what stays under the cursor, what aligns."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.geometry import Region
from textual.pilot import Pilot

from pixsession.domain.board.reasons import Reason, ReasonCode
from pixsession.domain.board.snapshot import BoardRow, need
from pixsession.domain.pix.eligibility import Eligibility, Rule
from pixsession.foundation.paths import shipped
from pixsession.settings.config import Settings
from pixsession.ui.board.grid.table import BoardGrid, grid_of, row_as_text
from pixsession.ui.themes import THEMES, state_variables
from tests.factories.screens import settle
from tests.factories.snapshots import NOW, class_rows, gain, many_rows, row

NOT_ELIGIBLE, ELIGIBLE = Eligibility.NOT_ELIGIBLE, Eligibility.ELIGIBLE
EVIL = ("[/] [bold", "[@click=app.quit]x[/] \x1b]0;gone\x07 \u202eevil\u2066 a\u0301\u0301\u0301\u0301\nb")


class Watched(BoardGrid):
    """A grid that counts what it asks to be repainted."""

    def __init__(self, **options: Any) -> None:
        super().__init__(grid_of(Settings(**options)).lines)
        self.regions: list[Region] = []
        self.whole = 0

    def refresh(
        self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False
    ) -> Watched:
        if regions:
            self.regions += regions
        elif repaint:
            self.whole += 1
        super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)
        return self

    def forget(self) -> None:
        """Count from here."""
        self.regions.clear()
        self.whole = 0

    @property
    def repainted(self) -> list[int]:
        """The students' lines repainted, from 0."""
        return sorted({region.y - 1 for region in self.regions})


class Stage(App[None]):
    """Nothing but the grid."""

    CSS_PATH = [str(shipped("styles") / "board_grid.tcss")]  # noqa: RUF012 - Textual's own name

    def __init__(self, grid: Watched) -> None:
        super().__init__()
        self.grid = grid
        self.heard: list[Any] = []
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = "pixsession-dark"

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return state_variables(self.current_theme)

    def compose(self) -> ComposeResult:
        yield self.grid

    def on_mount(self) -> None:
        self.grid.focus()

    def on_student_table_highlighted(self, message: BoardGrid.Highlighted) -> None:
        self.heard.append(("highlighted", message.row.student_id if message.row else None))

    def on_student_table_opened(self, message: BoardGrid.Opened) -> None:
        self.heard.append(("opened", message.row.student_id))

    def lines(self) -> list[str]:
        """The screen as text."""
        width, height = self.size
        return [self.grid.render_line(y).crop(0, width).text for y in range(height)]


@asynccontextmanager
async def staged(
    rows: Sequence[BoardRow] = (), size: tuple[int, int] = (80, 20), **options: Any
) -> AsyncIterator[tuple[Stage, Watched, Pilot[None]]]:
    """The grid on a screen of this size, with these rows."""
    grid = Watched(**options)
    app = Stage(grid)
    async with app.run_test(size=size) as pilot:
        await settle(app)
        grid.show(rows, NOW)
        await settle(app)
        app.heard.clear()
        grid.forget()
        yield app, grid, pilot


async def press(app: Stage, *keys: str) -> None:
    """Keys, without the wait for an idle processor that `pilot.press` adds to each."""
    for key in keys:
        app.simulate_key(key)
        await settle(app)


def order(grid: BoardGrid, rows: Sequence[BoardRow]) -> list[BoardRow]:
    """These students as they stand on the screen, from the top."""
    found = []
    for y in range(1, grid.size.height):
        found += [row for row in rows if row.shown_name in grid.render_line(y).text]
    return found


def line_of_selected(grid: BoardGrid) -> int:
    """The line of the screen on which the selected student stands, below the heading."""
    chosen = grid.selected
    assert chosen is not None
    (line,) = [y for y in range(1, grid.size.height) if chosen.shown_name in grid.render_line(y).text]
    return line


def renewed(rows: Sequence[BoardRow], **changes: Any) -> list[BoardRow]:
    """The same students as another export gives them: other objects."""
    return [student._replace(**changes) for student in rows]


# --- what is repainted


async def test_only_changed_lines_are_repainted() -> None:
    rows = many_rows(200)
    async with staged(rows, size=(160, 45)) as (_app, grid, pilot):
        changed = renewed(rows)
        for line in (3, 4, 17):
            changed[line] = changed[line]._replace(pix=(changed[line].pix or 0) + 1)
        changed[150] = changed[150]._replace(pix=999)  # below the screen
        grid.show(changed, NOW)
        assert grid.repainted == [3, 4, 17]
        assert grid.whole == 0
        await settle(pilot.app)
        assert f" {changed[3].pix} " in grid.render_line(4).text


async def test_nothing_is_repainted_for_facts_that_are_not_shown() -> None:
    rows = many_rows(60)
    async with staged(rows) as (_app, grid, _pilot):
        grid.show(renewed(rows, submissions=7, origin=None), NOW + timedelta(seconds=40))
        assert (grid.repainted, grid.whole) == ([], 0)


async def test_a_line_is_repainted_no_further_than_its_last_changed_cell() -> None:
    rows = class_rows()
    async with staged(rows) as (_app, grid, _pilot):
        changed = renewed(rows)
        changed[1] = changed[1]._replace(pix=63)
        old = grid.render_line(2).text
        grid.show(changed, NOW)
        assert [region.y for region in grid.regions] == [2]
        assert grid.regions[0].width == old.index(" 62 ") + 3


async def test_the_cursor_repaints_two_lines_and_the_mouse_two() -> None:
    async with staged(many_rows(50)) as (app, grid, pilot):
        await press(app, "down")
        assert (grid.repainted, grid.whole) == ([0, 1], 0)
        await pilot.hover(grid, (10, 5))
        grid.forget()
        await pilot.hover(grid, (10, 8))
        assert (grid.repainted, grid.whole) == ([4, 7], 0)
        hovered = grid.render_line(8)
        assert hovered.text == grid.render_line(8).text
        assert {s.style.bgcolor for s in hovered if s.style} != {
            s.style.bgcolor for s in grid.render_line(9) if s.style
        }


async def test_another_number_of_students_needs_no_layout_of_the_screen() -> None:
    rows = many_rows(60)
    async with staged(rows) as (_app, grid, pilot):
        grid.show(rows[:-1], NOW)
        await settle(pilot.app)
        assert (grid.repainted, grid.whole) == ([], 0)
        assert grid.max_scroll_y == 59 - 19
        grid.scroll_end(animate=False)
        await settle(pilot.app)
        assert rows[58].last_name in grid.render_line(19).text


# --- the same student stays under the cursor


async def test_cursor_and_screen_line_stay_on_the_student_when_others_come_in_above() -> None:
    rows = many_rows(100)
    async with staged(rows) as (app, grid, _pilot):
        await press(app, *["pagedown"] * 2, "down", "down")
        chosen, line = grid.selected, line_of_selected(grid)
        assert chosen is not None
        grid.forget()
        grid.show([*many_rows(5, first_id=5000), *renewed(rows)], NOW)
        assert grid.selected == chosen
        assert line_of_selected(grid) == line
        assert (grid.repainted, grid.whole) == ([], 0), "the screen shows what it showed"


async def test_the_selected_student_is_followed_when_the_order_changes() -> None:
    rows = list(many_rows(100))
    async with staged(rows) as (app, grid, pilot):
        await press(app, "pagedown", "pagedown", "k")
        chosen, line = grid.selected, line_of_selected(grid)
        assert chosen is not None
        better = chosen._replace(verdict=chosen.verdict._replace(eligibility=ELIGIBLE), pix=400)
        moved = sorted([better if r is chosen else r for r in rows], key=need)
        assert moved.index(better) > 45
        await settle(pilot.app)
        app.heard.clear()
        grid.show(moved, NOW)
        assert grid.selected == better
        assert line_of_selected(grid) == line
        await settle(pilot.app)
        assert app.heard == []  # the same student: whoever showed the new facts has them


async def test_without_a_choice_the_board_stays_at_the_top() -> None:
    rows = list(many_rows(100))
    async with staged(rows) as (app, grid, _pilot):
        first = grid.selected
        grid.show([rows[5], *rows[:5], *rows[6:]], NOW)
        assert grid.selected == first, "still on screen: the cursor goes with the student"
        grid.show([*rows[1:], rows[0]], NOW)
        assert grid.scroll_offset.y == 0
        assert grid.selected == rows[1], "gone to the end: who needs attention first takes the cursor"
        await press(app, "end", "home")
        grid.show(rows[50:], NOW)
        assert (grid.scroll_offset.y, grid.selected) == (0, rows[50])


async def test_a_student_who_leaves_gives_the_cursor_to_the_nearest_neighbour() -> None:
    rows = many_rows(40)
    async with staged(rows) as (_app, grid, _pilot):
        assert grid.select(rows[7].student_id)
        grid.show([r for i, r in enumerate(rows) if i not in {7, 8}], NOW)
        assert grid.selected == rows[6]
        grid.show(rows[:3], NOW)
        assert grid.selected == rows[2]
        grid.show([], NOW)
        assert grid.selected is None
        grid.show(rows, NOW)
        assert grid.selected == rows[2], "a search without a match forgets nobody"


async def test_the_scroll_of_the_wheel_stays_on_its_students() -> None:
    rows = many_rows(100)
    async with staged(rows) as (_app, grid, pilot):
        grid.scroll_to(y=30, animate=False)
        await settle(pilot.app)
        top = grid.render_line(1).text
        grid.show([*many_rows(3, first_id=7000), *rows], NOW)
        assert grid.render_line(1).text == top
        assert grid.selected == rows[0]


# --- order


@pytest.mark.parametrize(
    ("column", "ascending", "descending"),
    [
        ("name", [4, 1, 3, 2], [2, 3, 1, 4]),
        ("place", [2, 1, 4, 3], [4, 1, 2, 3]),
        ("competences", [2, 1, 4, 3], [4, 1, 2, 3]),
        ("pix", [1, 2, 4, 3], [4, 2, 1, 3]),
        ("nearest", [2, 1, 3, 4], [1, 2, 3, 4]),
        ("sent", [2, 1, 4, 3], [4, 1, 2, 3]),
        ("delta", [2, 1, 3, 4], [1, 2, 3, 4]),
        ("state", [1, 2, 3, 4], [4, 3, 1, 2]),
        (None, [1, 2, 3, 4], [1, 2, 3, 4]),
    ],
)
async def test_sort_puts_the_unknown_last(
    column: str | None, ascending: list[int], descending: list[int]
) -> None:
    rows = [
        row(1, "Éclair", "B", state=NOT_ELIGIBLE, place="3e10", count=3, pix=9, nearest="1.1-8 1.2-8",
            sent_at="2026-03-12T08:00", delta=gain(1, 8)),
        row(2, "ZOLA", "A", state=NOT_ELIGIBLE, place="3e2", count=0, pix=50,
            nearest="1.1-1 1.2-1 1.3-1 2.1-1 2.2-1", sent_at="2026-03-01T08:00", delta=gain(-1, -8)),
        row(3, "Martin", "Zoé", state=Eligibility.NOT_SENT, place=None),
        row(4, "ÉCLAIR", "A", place="4eA", count=9, pix=300, sent_at="2026-03-12T09:00",
            delta=gain(5, 80, minutes_ago=600)),
    ]  # fmt: skip
    async with staged(rows) as (_app, grid, _pilot):
        grid.sort_by(column)
        assert [r.student_id for r in order(grid, rows)] == ascending
        grid.sort_by(column, descending=True)
        assert [r.student_id for r in order(grid, rows)] == descending


async def test_keys_sort_and_reverse() -> None:
    async with staged(class_rows()) as (app, grid, _pilot):
        seen = []
        for _ in range(8):
            await press(app, "s")
            seen.append(grid.lines.sorted_by[0])
        assert seen == ["name", "place", "competences", "pix", "nearest", "sent", "delta", None]
        await press(app, "s", "S")
        assert grid.lines.sorted_by == ("name", True)
        with pytest.raises(ValueError, match="colour"):
            grid.sort_by("colour")


async def test_a_click_on_a_heading_sorts_then_reverses_then_goes_back() -> None:
    async with staged(class_rows()) as (app, grid, pilot):
        at = app.lines()[0].index("Pix")
        heads, orders, sorts = [], [], []
        for _ in range(3):
            await pilot.click(grid, (at, 0))
            await settle(pilot.app)
            sorts.append(grid.lines.sorted_by)
            heads.append(app.lines()[0][at - 1 : at + 4].strip())
            orders.append([r.pix for r in order(grid, class_rows()) if r.pix is not None])
        assert sorts == [("pix", False), ("pix", True), (None, False)]
        assert heads == ["Pix▲", "Pix▼", "Pix"]
        assert orders[0] == sorted(orders[0])
        assert orders[1] == sorted(orders[0], reverse=True)
        assert order(grid, class_rows()) == list(class_rows())


async def test_a_sorted_board_stays_sorted_and_on_its_student() -> None:
    rows = many_rows(80)
    async with staged(rows) as (_app, grid, _pilot):
        grid.sort_by("name", descending=True)
        grid.select(rows[40].student_id)
        grid.show(renewed(rows[1:]), NOW)
        assert grid.lines.sorted_by == ("name", True)
        assert grid.selected == rows[40]
        grid.scroll_home(animate=False)
        names = [r.last_name for r in order(grid, rows)]
        assert len(names) > 10
        assert names == sorted(names, reverse=True)


# --- keyboard and mouse


async def test_movement() -> None:
    rows = many_rows(60)
    async with staged(rows) as (app, grid, pilot):
        for keys, line in (
            (["down", "j"], 2), (["k"], 1), (["up", "up"], 0), (["pagedown"], 19), (["pageup"], 0),
            (["end"], 59), (["down"], 59), (["g"], 0), (["G"], 59), (["home"], 0),
        ):  # fmt: skip
            await press(app, *keys)
            assert grid.selected == rows[line], keys
            assert line_of_selected(grid)
        await settle(pilot.app)
        app.heard.clear()
        await press(app, "j", "enter")
        await settle(pilot.app)
        assert app.heard == [("highlighted", rows[1].student_id), ("opened", rows[1].student_id)]


async def test_a_click_selects_and_the_next_one_opens() -> None:
    rows = many_rows(60)
    async with staged(rows) as (app, grid, pilot):
        third = rows[2].student_id
        await pilot.click(grid, (10, 3))
        assert app.heard == [("highlighted", third)]
        await pilot.click(grid, (10, 3))  # at once: a double click
        assert app.heard == [("highlighted", third), ("opened", third)]
        app.heard.clear()
        await pilot.click(grid, (10, 5), times=2)
        fifth = rows[4].student_id
        assert app.heard == [("highlighted", fifth), ("opened", fifth)]
        await pilot.click(grid, (79, 9))
        assert grid.selected == rows[4], "a click on the scrollbar is not one on a student"


async def test_a_double_click_on_the_selected_student_opens_once() -> None:
    rows = many_rows(60)
    async with staged(rows) as (app, grid, pilot):
        await pilot.click(grid, (10, 1), times=2)
        assert app.heard == [("opened", rows[0].student_id)]


async def test_a_click_below_the_last_student_does_nothing() -> None:
    async with staged(class_rows()) as (app, grid, pilot):
        await pilot.click(grid, (10, 15))
        assert app.heard == []


async def test_neighbours_follow_the_order_shown() -> None:
    rows = class_rows()
    async with staged(rows) as (_app, grid, _pilot):
        shown = order(grid, rows)
        assert grid.lines.neighbour(shown[3].student_id, 1) == shown[4]
        assert grid.lines.neighbour(shown[0].student_id, -1) == rows[0]
        assert grid.lines.neighbour(12345, 1) is None
        assert grid.select(12345) is False


# --- sizes


async def test_an_empty_board_is_its_heading() -> None:
    async with staged() as (app, grid, _pilot):
        await press(app, "down", "end", "enter", "home", "pagedown", "s")
        lines = app.lines()
        assert "Student" in lines[0]
        assert not any(line.strip() for line in lines[1:])
        assert grid.selected is None
        assert app.heard == []


async def test_one_student() -> None:
    async with staged([row()]) as (app, grid, _pilot):
        await press(app, "down", "end", "pageup")
        assert grid.selected is not None
        assert "MARTIN Lucas" in app.lines()[1]


async def test_two_thousand_students() -> None:
    rows = many_rows(2000)
    async with staged(rows, size=(160, 45)) as (app, grid, _pilot):
        await press(app, "end")
        assert grid.selected == rows[-1]
        assert len(grid.lines.cache) < 200, "only what was seen is written"
        grid.forget()
        changed = renewed(rows)
        for line in range(1960, 1980):
            changed[line] = changed[line]._replace(pix=(changed[line].pix or 0) + 1)
        grid.show(changed, NOW)
        assert len(grid.repainted) <= 20
        assert grid.whole == 0


async def test_rows_may_be_given_before_the_screen_is_there() -> None:
    grid = Watched()
    app = Stage(grid)
    grid.show(class_rows(), NOW)
    async with app.run_test(size=(80, 20)) as pilot:
        await settle(pilot.app)
        assert "GIRAUD Léa" in app.lines()[1]


async def test_a_smaller_screen_keeps_the_cursor_in_sight() -> None:
    rows = many_rows(60)
    async with staged(rows, size=(120, 40)) as (app, grid, pilot):
        await press(app, *["down"] * 30)
        await pilot.resize_terminal(60, 12)
        await settle(pilot.app)
        assert grid.selected == rows[30]
        assert line_of_selected(grid)


# --- what stands on a line


LONG = row(70, "DE LA ROCHEFOUCAULD-MONTBAZON D’AUBIGNÉ-SAINT-CLAIR", "Marie-Charlotte Antoinette",
           state=NOT_ELIGIBLE, place="3e Sciences du numérique", count=1, pix=1024,
           nearest="2.2-8 3.4-8 1.1-8", delta=gain(-1, -120))  # fmt: skip
NARROW = row(73, "陳林美玲" * 3, "x", place="三年二班", count=6)  # few letters, many cells
WIDE = row(71, "陳林美玲" * 8, "e\u0301ric", state=NOT_ELIGIBLE, count=11, pix=7, nearest="5.2-1")
ALIGNED = (
    *class_rows(),
    LONG,
    WIDE,
    NARROW,
    row(72, *EVIL, state=NOT_ELIGIBLE, count=2, pix=33, nearest="1.1-3 2.2-4"),
)


@pytest.mark.parametrize("width", [60, 80, 100, 120, 200])
@pytest.mark.parametrize("ascii_only", [False, True])
async def test_columns_align(width: int, ascii_only: bool) -> None:
    async with staged(ALIGNED, size=(width, 24), ascii_only=ascii_only) as (app, grid, _pilot):
        slots = grid.lines.writer.layout.slots
        assert all(left.end < right.start for left, right in pairwise(slots))
        assert slots[-1].end <= width - 1
        pix = next(slot for slot in slots if slot.column == "pix")
        for y, shown in enumerate(grid.lines.rows, 1):
            strip = grid.render_line(y)
            assert strip.cell_length == width
            assert cell_len(strip.text) == width
            for slot in slots[1:]:
                if slot.column in {"place", "competences"}:
                    assert strip.crop(slot.start - 1, slot.start).text == " ", (strip.text, slot)
            if shown.pix is not None:
                assert strip.crop(pix.start, pix.end).text == str(shown.pix).rjust(4)
        if ascii_only:
            ours = "".join(app.lines())
            assert not set("●○▲▼✖✔…−∅▌·") & set(ours)


async def test_the_sketch_fits_80_columns() -> None:
    async with staged(class_rows()) as (app, _grid, _pilot):
        text = "\n".join(line.rstrip() for line in app.lines())
    for part in (
        "   Student", "Class", "Competences", "Pix", "Nearest", "Profile",
        "✖ BARBIER Lou", "●●○○○  2/5", "  62  2.2 −1  4.3 −3  09:31", "▼−1",
        "✖ GIRAUD Léa", "○○○○○  0/5", "12 Feb",
        "? NGUYEN Linh", "two different profiles sent",
        "… PETIT Tom", "no profile sent",
        "✔ EL AMRANI Youssef", "▲+1", "09:38",
        "●●●●● 11/5   287", "3 Mar", "21 Mar 2025", "▲+12p",
    ):  # fmt: skip
        assert part in text, part
    assert "1.2 −5" not in text, "two competences at 80 columns"


async def test_words_come_with_width() -> None:
    async with staged(class_rows(), size=(160, 24)) as (app, _grid, _pilot):
        text = "\n".join(app.lines())
    for part in ("✖ not eligible", "? to check", "… not sent", "✔ eligible", "2.2 Partager    −1  4.3 Santé",
                 "▼ −1 comp. −8 pix", "▲ +12 pix", "Change"):  # fmt: skip
        assert part in text, part
    for width, part in (
        (100, "2.2 −1  4.3 −3"),
        (110, "2.2 −1  4.3 −3  1.2 −5"),
        (125, "2.2 Part. −1  4.3 Sant. −3"),
    ):
        async with staged(class_rows(), size=(width, 24)) as (app, _grid, _pilot):
            text = "\n".join(app.lines())
            assert "✖ not eligible" in text
            assert part in text, width


async def test_a_rule_of_sixteen_keeps_the_names() -> None:
    async with staged(class_rows(), rule=Rule(min_competences=16)) as (app, _grid, _pilot):
        lines = "\n".join(app.lines())
        assert "EL AMRANI Youssef" in lines
        assert "11/16" in lines


async def test_news_goes_after_its_minutes() -> None:
    rows = [row(1, delta=gain(1, 12, minutes_ago=0))]
    async with staged(rows, change_minutes=15) as (app, grid, _pilot):
        assert "▲+1" in app.lines()[1]
        grid.tick(NOW + timedelta(minutes=14, seconds=59))
        assert "▲+1" in app.lines()[1]
        grid.forget()
        grid.tick(NOW + timedelta(minutes=15))
        assert "▲" not in app.lines()[1]
        assert grid.repainted == [0]
        grid.tick(NOW + timedelta(days=1))
        assert "12 Mar" in app.lines()[1], "today's time is tomorrow a day"


async def test_reasons_in_words() -> None:
    doubt = (Reason(ReasonCode.CELL_UNREADABLE, ("12", "\x1b[31m[/b]\u202e")),)
    rows = [
        row(1, "A", "A", state=Eligibility.TO_CHECK, reasons=doubt, count=None, pix=None),
        row(2, "B", "B", reasons=(Reason(ReasonCode.PERHAPS_NAMESAKES),)),
        row(3, "C", "C", state=Eligibility.NOT_IN_EXPORT),
        row(4, "", "", state=Eligibility.NOT_SENT, reasons=(Reason(ReasonCode.NAMELESS),)),
    ]
    async with staged(rows, size=(140, 8)) as (app, _grid, _pilot):
        lines = app.lines()
    assert "?/5" in lines[1]
    assert "line 12: “\N{REPLACEMENT CHARACTER}[31m[/b]\N{REPLACEMENT CHARACTER}” cannot be read" in lines[1]
    assert "namesake?" in lines[2], "an eligible student keeps the date of the profile"
    assert "08:52" in lines[2]
    assert "not in the export" in lines[3]
    assert "no profile sent · no name in the export" in lines[4]


async def test_names_obey_nothing() -> None:
    rows = [row(1, *EVIL, state=NOT_ELIGIBLE), row(2, "[red]X[/red]", "\x9b2J")]
    async with staged(rows, size=(200, 8)) as (app, grid, pilot):
        text = "".join(app.lines())
        assert "[/] [bold [@click=app.quit]x[/]" in text
        assert "[red]X[/red]" in text
        assert not {c for c in text if ord(c) < 32 or 0x7F <= ord(c) < 0xA0 or c in "\u202e\u2066"}
        await pilot.click(grid, (grid.render_line(1).text.index("x[/]"), 1))
        assert app.is_running
        assert not any(segment.style and segment.style.meta for segment in grid.render_line(1))


def test_a_line_in_plain_words() -> None:
    text = row_as_text(class_rows()[1])
    assert text == (
        "BARBIER Lou · 3eC · not eligible · 2 competences of 5 · 62 pix · nearest: 2.2 Partager (1 pix), "
        "4.3 Santé (3 pix), 1.2 Gérer données (5 pix) · profile sent on 12/03/2026 at 09:31"
    )
    assert row_as_text(row(1, "A", "\x1b[2J", state=Eligibility.NOT_SENT, place=None)) == (
        "A \N{REPLACEMENT CHARACTER}[2J · profile not sent"
    )


# --- colours


async def test_another_theme_is_painted_at_once() -> None:
    async with staged(class_rows()) as (app, grid, pilot):
        dark = grid.render_line(1)
        app.theme = "pixsession-light"
        await settle(pilot.app)
        light = grid.render_line(1)
        assert light.text == dark.text
        for before, after in zip(dark, light, strict=True):
            assert before.style != after.style, before.text


async def test_without_colour_the_state_is_still_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with staged(class_rows()) as (_app, grid, _pilot):
        lines = [grid.render_line(y) for y in range(1, 11)]
    assert [line.text[1] for line in lines] == list("✖✖✖✖?…✔✔✔✔")
    bold = [bool(next(iter(line)).style and next(iter(line)).style.bold) for line in lines[1:]]  # type: ignore[union-attr]
    assert bold == [True] * 4 + [False] * 5
    # Nobody who needs something is dimmer than those who need nothing.
    needy, absent = ([s.style.color for s in lines[y] if s.style] for y in (1, 5))
    assert needy[0] == absent[1]


@pytest.mark.parametrize("theme", [theme.name for theme in THEMES])
async def test_text_has_the_contrast_of_wcag_aa(theme: str) -> None:
    async with staged(class_rows(), size=(120, 20)) as (app, grid, pilot):
        app.theme = theme
        await pilot.hover(grid, (5, 12))
        await press(app, "down")
        await settle(pilot.app)
        seen = set()
        for y in range(app.size.height):
            for segment in grid.render_line(y):
                style = segment.style
                if segment.text.strip(" ▌") and style is not None:
                    assert style.color is not None
                    assert style.bgcolor is not None
                    pair = (style.color.get_truecolor(), style.bgcolor.get_truecolor())
                    seen.add(pair)
                    assert _contrast(*pair) >= 4.5, (segment.text, *pair)
        assert len(seen) > 6


@pytest.mark.parametrize("theme", [theme for theme in App().available_themes.values() if not theme.ansi])
def test_states_can_be_read_in_every_theme_of_textual(theme: Any) -> None:
    colours = state_variables(theme)
    background = theme.to_color_system().generate()["background"]
    for name, colour in colours.items():
        if name.startswith(("state-", "change-")):
            for under in (background, colours["board-cursor"], colours["board-hover"]):
                assert _contrast(_rgb(colour), _rgb(under)) >= 4.5, (name, colour, under)


@pytest.mark.parametrize("theme", ["ansi-dark", "ansi-light", "nord"])
async def test_other_themes_have_every_variable(theme: str) -> None:
    async with staged(class_rows()) as (app, grid, pilot):
        app.theme = theme
        await settle(pilot.app)
        cursor = {s.style.color for s in list(grid.render_line(1).crop(1, 79)) if s.style}
        assert len(cursor) == (1 if "ansi" in theme else 2), "one colour on the cursor of sixteen colours"


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _contrast(first: Sequence[int], second: Sequence[int]) -> float:
    """The ratio of WCAG 2, from 1 to 21."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Sequence[int]) -> float:
    parts = [part / 255 for part in colour]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
