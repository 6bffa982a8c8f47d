"""The board: what is on its lines, and what each key does."""

from __future__ import annotations

from datetime import timedelta

import pytest

from pixsession.domain.board.changes import ChangeKind
from pixsession.domain.board.snapshot import Campaign, FileEntry, FileStatus, Snapshot
from pixsession.domain.pix.eligibility import Eligibility, Rule
from pixsession.settings.config import Settings
from pixsession.ui.board.filters import Filters
from pixsession.ui.board.grid.table import BoardGrid
from tests.factories.screens import Board, board, change
from tests.factories.snapshots import CAMPAIGN, NOW, class_rows, many_rows, row, snapshot

ROWS = class_rows()
LOU = next(row for row in ROWS if row.last_name == "BARBIER")


def names(driven: Board) -> list[str]:
    """The last names on the board, from top to bottom."""
    known = {row.shown_name for row in ROWS}
    return [name for line in driven.lines[3:] for name in known if name in line[:40]]


async def test_head_says_campaign_age_and_counts() -> None:
    async with board(snapshot(ROWS)) as driven:
        first, second = driven.lines[:2]
        assert "Certification 3e, collecte" in first
        assert "export of 09:45, 3 min ago ●" in first
        assert "09:48" in first
        assert "1 ✖ 4 not eligible" in second
        assert "2 ? 1 to check" in second
        assert "3 … 1 not sent" in second
        assert "5 ✔ 4 eligible" in second
        assert "10" in second.split("eligible")[-1]


async def test_nineteen_students_without_scrolling() -> None:
    async with board(snapshot(many_rows(60))) as driven:
        grid = driven.app.board.query_one(BoardGrid)
        assert grid.cursor.visible_lines == 19
        assert driven.lines[-1].strip().startswith("↵ detail")


async def test_files_read_and_refused_are_on_top() -> None:
    refused = FileEntry("x.csv", FileStatus.REFUSED, message="line 3: cut")
    files = (*snapshot(ROWS).files, refused)
    async with board(snapshot(ROWS, files=files), size=(100, 24)) as driven:
        assert "1 file read, 1 refused" in driven.lines[0]


async def test_ages_go_on_without_any_snapshot() -> None:
    async with board(snapshot(ROWS)) as driven:
        driven.clock.moment = NOW + timedelta(minutes=4)
        await driven.tick()
        assert "7 min ago" in driven.lines[0]
        assert "09:52" in driven.lines[0]


async def test_an_old_export_never_looks_live() -> None:
    async with board(snapshot(ROWS), settings=Settings(stale_minutes=42)) as driven:
        driven.clock.moment = NOW + timedelta(minutes=39)
        await driven.tick()
        assert "out of date since 09:45: no export for 42 min" in driven.lines[0]
        assert "●" not in driven.lines[0]
        assert driven.app.board.query_one("BoardTitle").has_class("-stale")
        assert driven.app.board.query_one("StateCounts").has_class("-stale")


async def test_where_there_is_no_room_for_the_age_of_an_old_export_its_hour_is_whole() -> None:
    async with board(snapshot(ROWS), settings=Settings(stale_minutes=42), size=(60, 24)) as driven:
        driven.clock.moment = NOW + timedelta(minutes=39)
        await driven.tick()
        assert "out of date since 09:45  " in driven.lines[0]
        assert "no export" not in driven.lines[0]


async def test_folder_gone_keeps_the_board_and_says_since_when() -> None:
    async with board(snapshot(ROWS)) as driven:
        await driven.publish(snapshot(ROWS, folder_missing_since=NOW - timedelta(minutes=2)))
        assert "folder not found since 09:46, last view kept (09:45)" in driven.lines[0]
        assert "BARBIER Lou" in driven.text
        await driven.publish(snapshot(ROWS, revision=3))
        assert "●" in driven.lines[0]


async def test_freeze_holds_the_board_and_counts_what_waits() -> None:
    better = LOU._replace(verdict=LOU.verdict._replace(eligibility=Eligibility.ELIGIBLE))
    after = tuple(better if row is LOU else row for row in ROWS)
    async with board(snapshot(ROWS)) as driven:
        await driven.press("space")
        assert "❄ frozen at 09:45, 0 changes waiting (␣)" in driven.lines[0]
        await driven.publish(snapshot(after, changes=(change(LOU, ChangeKind.BECAME_ELIGIBLE),)))
        assert "1 change waiting" in driven.lines[0]
        assert "4 not eligible" in driven.lines[1]
        assert not driven.toasts
        await driven.press("space")
        assert "3 not eligible" in driven.lines[1]
        assert "●" in driven.lines[0]
        assert len(driven.toasts) == 1


async def test_freeze_does_not_hide_that_the_folder_is_gone() -> None:
    async with board(snapshot(ROWS)) as driven:
        await driven.press("space")
        await driven.publish(snapshot(ROWS, folder_missing_since=NOW))
        assert "folder not found" in driven.lines[0]


async def test_number_filters_and_again_shows_all() -> None:
    async with board(snapshot(ROWS)) as driven:
        for number, state in enumerate(Eligibility, start=1):
            await driven.press(str(number))
            view = driven.app.board.view
            assert view is not None
            assert {row.eligibility for row in view.rows} <= {state}
            assert view.hidden == len(ROWS) - len(view.rows)
            assert f"{view.hidden} students hidden" in driven.text
            assert "1 ✖ 4 not elig" in driven.lines[1], "the counts are of all, whatever is filtered"
            await driven.press(str(number))
            assert "hidden" not in driven.text
            assert driven.app.filters.state is None
        await driven.press("5")
        assert names(driven) == ["ALLARD Manon", "EL AMRANI Youssef", "MARTIN Lucas", "ROUX Zoé"]
        await driven.press("0")
        assert len(names(driven)) == len(ROWS)


async def test_search_ignores_accents_case_and_order() -> None:
    async with board(snapshot(ROWS)) as driven:
        await driven.press("slash", *"LEA gi")
        assert names(driven) == ["GIRAUD Léa"]
        await driven.press("enter")
        assert driven.app.board.query_one(BoardGrid).has_focus
        assert "9 students hidden: “LEA gi”" in driven.text
        await driven.press("escape")
        assert len(names(driven)) == len(ROWS)
        await driven.press("slash", "q", "escape")
        assert driven.app.filters == Filters(), "escape clears it while it is typed too"
        assert driven.app.board.query_one(BoardGrid).has_focus
        assert len(names(driven)) == len(ROWS)
        for key in ("slash", *"giraud"):  # no letter typed right after the slash is lost
            driven.app.simulate_key(key)
        await driven.until(lambda: driven.app.filters.search == "giraud")
        assert names(driven) == ["GIRAUD Léa"]
        await driven.press("escape", "ctrl+p", "slash")
        assert not driven.app.board.query("SearchLine"), "a slash belongs to the text of other inputs"


async def test_escape_widens_one_step_at_a_time() -> None:
    async with board(snapshot(ROWS), places=frozenset({"3e b"})) as driven:
        await driven.press("1", "slash", "l", "enter", "escape")
        assert driven.app.filters == Filters(Eligibility.NOT_ELIGIBLE, frozenset({"3e b"}))
        await driven.press("escape")
        assert driven.app.filters == Filters(None, frozenset({"3e b"}))
        await driven.press("escape")
        assert driven.app.filters == Filters()


async def test_nobody_left_says_so_and_the_keys_come_back() -> None:
    async with board(snapshot(ROWS)) as driven:
        await driven.press("4")
        assert "No student with these filters" in driven.text
        await driven.press("4")
        assert driven.app.board.query_one(BoardGrid).has_focus
        await driven.press("down", "enter")
        assert "GIRAUD" in driven.lines[0] or "BARBIER" in driven.lines[0]


async def test_classes_are_chosen_in_a_list() -> None:
    async with board(snapshot(ROWS)) as driven:
        await driven.press("c")
        assert "Classes or groups to show" in driven.text
        assert "3eB  4 students, 2 not eligible yet" in driven.text
        await driven.press("down", "space", "enter")
        assert driven.app.filters.places == {"3eB"}
        assert "1 ✖ 1 not eligible" in driven.lines[1]
        assert "6 students hidden: 3eB" in driven.text
        await driven.press("c", "a")
        assert driven.app.filters.places == frozenset()


async def test_enter_alone_takes_the_line_under_the_cursor() -> None:
    async with board(snapshot(ROWS)) as driven:
        await driven.press("c", "down", "down", "enter")
        assert driven.app.filters.places == {"3eC"}
        await driven.press("c", "escape")
        assert driven.app.filters.places == {"3eC"}


async def test_class_of_the_command_line_narrows_from_the_start() -> None:
    async with board(snapshot(ROWS), places=frozenset({"3EB", "3ec"})) as driven:
        assert "CHEVALIER" not in driven.text
        assert "hidden: 3EB, 3ec" in driven.text


async def test_campaigns_go_to_the_pipeline_and_are_no_news() -> None:
    other = Campaign("k2", "ABCDEF789", "SOS")
    both = snapshot(ROWS)._replace(campaigns=(CAMPAIGN, other))
    async with board(both) as driven:
        assert "Certification 3e, collecte · SOS" in driven.lines[0]
        await driven.press("space", "C", "down", "space", "enter")
        assert driven.pipeline.chosen == [frozenset({"k2"})]
        old = change(LOU, ChangeKind.NO_LONGER_ELIGIBLE)
        await driven.publish(both._replace(revision=2, rows=ROWS[:2], changes=(old,)))
        assert driven.app.snapshot is not None
        assert driven.app.snapshot.revision == 2
        assert not driven.toasts
        assert driven.lines[0].startswith(" SOS")


async def test_toast_when_someone_becomes_eligible_or_stops_being_so() -> None:
    first = change(LOU, ChangeKind.BECAME_ELIGIBLE)
    async with board(snapshot(ROWS, changes=(first,))) as driven:
        assert not driven.toasts, "what happened before the board was opened is no news"
        second = change(ROWS[1], ChangeKind.NO_LONGER_ELIGIBLE, "5", "4")
        third = change(ROWS[2], ChangeKind.PROGRESSED)
        await driven.publish(snapshot(ROWS, revision=2, changes=(first, second, third)))
        toasts = [(item.message, item.severity, item.markup) for item in driven.toasts]
        assert toasts == [(f"{ROWS[1].shown_name} is no longer eligible (5 → 4)", "warning", False)]
        assert "is no longer eligible" in driven.lines[-2]
        assert "+ 2 other changes (l)" in driven.lines[-2]


async def test_many_toasts_become_one() -> None:
    rows = many_rows(30)
    changes = tuple(change(row, ChangeKind.BECAME_ELIGIBLE) for row in rows)
    async with board(snapshot(rows)) as driven:
        await driven.publish(snapshot(rows, revision=2, changes=changes))
        assert [item.message for item in driven.toasts] == ["30 students are now eligible (l: log)"]


async def test_bell_only_when_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    loud = (change(LOU, ChangeKind.BECAME_ELIGIBLE),)
    for wanted in (True, False):
        rung: list[bool] = []
        async with board(snapshot(ROWS), settings=Settings(bell=wanted)) as driven:
            monkeypatch.setattr(driven.app, "bell", lambda rung=rung: rung.append(True))
            await driven.publish(snapshot(ROWS, revision=2, changes=loud))
        assert bool(rung) is wanted


async def test_a_refused_file_is_told_once() -> None:
    refused = FileEntry("cut.csv", FileStatus.REFUSED, message="line 12: unfinished")
    files = (*snapshot(ROWS).files, refused)
    async with board(snapshot(ROWS)) as driven:
        await driven.publish(snapshot(ROWS, revision=2, files=files))
        await driven.publish(snapshot(ROWS, revision=3, files=files))
        assert [item.message for item in driven.toasts] == ["cut.csv refused: line 12: unfinished"]


async def test_cursor_filter_and_sort_stay_on_the_same_student() -> None:
    rows = many_rows(60)
    async with board(snapshot(rows)) as driven:
        grid = driven.app.board.query_one(BoardGrid)
        await driven.press("1", "s", *["down"] * 9)
        chosen, sort = grid.selected, grid.lines.sorted_by
        assert chosen is not None
        assert sort[0] is not None
        newcomer = row(999, "AAA", "Aa", state=Eligibility.NOT_ELIGIBLE, count=0, pix=0, nearest="1.1-1")
        await driven.publish(snapshot((newcomer, *rows), revision=2))
        assert grid.selected == chosen
        assert grid.lines.sorted_by == sort
        assert driven.app.filters.state is Eligibility.NOT_ELIGIBLE


async def test_copy_is_plain_words(monkeypatch: pytest.MonkeyPatch) -> None:
    async with board(snapshot(ROWS)) as driven:
        driven.app.board.query_one(BoardGrid).select(LOU.student_id)
        await driven.press("y")
        line = driven.app.clipboard
        assert line.startswith("BARBIER Lou, 3eC · not eligible · 2 of the 5 competences")
        assert "profile of 12 Mar, 09:31" in line
        assert "2.2 Partager (1 pix)" in line


async def test_panel_follows_the_cursor_on_a_wide_screen() -> None:
    async with board(snapshot(ROWS), size=(120, 40)) as driven:
        driven.app.board.query_one(BoardGrid).select(LOU.student_id)
        await driven.until(lambda: LOU.student_id in driven.pipeline.asked)
        assert "2 of the 5 competences asked for" in driven.text
        await driven.press("down")
        other = driven.app.board.query_one(BoardGrid).selected
        assert other is not None
        await driven.until(lambda: other.student_id in driven.pipeline.asked)
        assert driven.text.count(other.shown_name) == 2


async def test_no_panel_and_no_history_on_a_narrow_screen() -> None:
    async with board(snapshot(ROWS), size=(119, 40)) as driven:
        await driven.press("down", "down")
        assert "Profiles sent" not in driven.text
        assert driven.pipeline.asked == []


async def test_too_small_says_so_and_no_key_does_harm() -> None:
    async with board(snapshot(ROWS)) as driven:
        await driven.resize(50, 24)
        assert "Terminal too small: 60×15 needed." in driven.text
        before = (driven.app.filters, len(driven.app.screen_stack))
        await driven.press("1", "space", "enter", "slash", "f", "c", "d", "escape", "ctrl+p")
        assert (driven.app.filters, len(driven.app.screen_stack)) == before
        await driven.resize(80, 24)
        assert "BARBIER Lou" in driven.text


@pytest.mark.parametrize("size", [(1, 1), (59, 15), (60, 14), (200, 10)])
async def test_any_size_can_be_started_in(size: tuple[int, int]) -> None:
    """The board where it fits, the reason where it does not; and the program can be left."""
    async with board(snapshot(ROWS), size=size) as driven:
        assert (len(driven.lines), len(driven.lines[0])) == size[::-1]
        assert "NGUYEN" not in driven.text
        await driven.press("q")
    assert driven.pipeline.state == "joined"


async def test_ascii_only_paints_no_sign_outside_ascii() -> None:
    rows = (row(1, "MARTIN", "Lucas", place="3eA"), row(2, "PETIT", "Tom", state=Eligibility.NOT_SENT))
    plain = snapshot(rows)._replace(campaigns=(Campaign("k", "k", "Collecte"),))
    async with board(plain, settings=Settings(ascii_only=True), size=(100, 24)) as driven:
        await driven.press("space")
        rest = {c for line in driven.lines for c in line if not c.isascii()}
        assert rest <= set("▁▂▃▄▅▆▇█"), "only Textual's own scrollbar"


async def test_another_rule_counts_for_the_words() -> None:
    rule = Rule(min_competences=16, min_level=1)
    async with board(snapshot(ROWS, rule=rule), settings=Settings(rule=rule), size=(120, 40)) as driven:
        driven.app.board.query_one(BoardGrid).select(LOU.student_id)
        await driven.settle()
        assert "2 of the 16 competences asked for" in driven.text


async def test_keys_can_be_changed_in_the_settings() -> None:
    keys = {"board.search": "ctrl+f", "app.quit": "x"}
    async with board(snapshot(ROWS), settings=Settings(keys=keys)) as driven:
        assert "^f search" in driven.lines[-1]
        assert "x quit" in driven.lines[-1]
        await driven.press("ctrl+f", *"zoe", "enter")
        assert names(driven) == ["ROUX Zoé"]


async def test_reading_is_said_until_the_first_snapshot() -> None:
    async with board(None) as driven:
        assert "reading the folder…" in driven.lines[0]
        await driven.publish(snapshot(ROWS))
        assert "reading" not in driven.text


async def test_a_burst_comes_down_to_the_last_snapshot() -> None:
    shown: list[int] = []
    async with board(snapshot(ROWS)) as driven:
        driven.app.watch(
            driven.app,
            "snapshot",
            lambda new: shown.append(new.revision) if isinstance(new, Snapshot) else None,
        )
        for revision in range(2, 40):
            driven.pipeline.publish(snapshot(ROWS, revision=revision))
        await driven.settle()
    assert shown[-1] == 39
    assert len(shown) < 5


async def test_pipeline_is_stopped_and_waited_for_at_the_end() -> None:
    async with board(snapshot(ROWS)) as driven:
        await driven.press("q")
    assert driven.pipeline.state == "joined"
    assert driven.app.return_value is None


async def test_an_empty_board_has_the_whole_screen_and_no_keys_of_the_table() -> None:
    async with board(snapshot(()), size=(120, 40)) as driven:
        panel = driven.app.board.query_one("#panel")
        assert not panel.region.width
        assert " sort " not in driven.lines[-1]
        await driven.publish(snapshot(ROWS, revision=2))
        await driven.until(lambda: panel.region.width == 42 and " sort " in driven.lines[-1])
