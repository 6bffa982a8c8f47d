"""The screens over the board: log, files, help, palette, failure; and the board with nobody on it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from textual.binding import Binding
from textual.command import CommandPalette

from pixsession.domain.board.changes import ChangeKind
from pixsession.domain.board.snapshot import FileEntry, FileStatus
from pixsession.domain.pix.eligibility import Rule
from pixsession.foundation.errors import FolderUnusable, PixSessionError
from pixsession.foundation.i18n import use_language
from pixsession.settings.config import Settings
from pixsession.ui.app import PixSessionApp
from pixsession.ui.board.choices import ChoicesScreen, TickList
from pixsession.ui.board.grid.table import BoardGrid
from pixsession.ui.board.search_line import NameInput, SearchLine
from pixsession.ui.common.notices import FailureScreen, TooSmallScreen
from pixsession.ui.common.plain_list import PlainList
from pixsession.ui.files.screen import FilesScreen
from pixsession.ui.help import HelpScreen
from pixsession.ui.log.screen import ChangesScreen
from pixsession.ui.modes import LiveBoard
from pixsession.ui.people.screen import MatchesScreen
from pixsession.ui.student.screen import StudentScreen
from pixsession.ui.themes import THEMES
from tests.factories.screens import REQUEST, board, change
from tests.factories.snapshots import NOW, class_rows, snapshot

ROWS = class_rows()
REFUSED = FileEntry(
    "Resultats-coupe.csv", FileStatus.REFUSED, message="line 12: the file stops in the middle"
)
IGNORED = FileEntry("notes.csv", FileStatus.IGNORED, message="not a file of Pix")
FILES = (*snapshot(ROWS).files, IGNORED, REFUSED)


async def test_log_newest_first_and_enter_opens_the_student() -> None:
    log = (
        change(ROWS[3], ChangeKind.ARRIVED, at=NOW - timedelta(minutes=33)),
        change(ROWS[1], ChangeKind.PROGRESSED, "1", "2"),
        change(ROWS[0], ChangeKind.BECAME_ELIGIBLE, "4", "5"),
    )
    async with board(snapshot(ROWS, changes=log)) as driven:
        await driven.press("l")
        told = [line for line in driven.lines if any(row.shown_name in line for row in ROWS)]
        assert "joins the board" in told[-1]
        assert told[-1].strip().startswith("09:24"), "the time of the send, when it was that day"
        await driven.press("G", "enter")
        assert isinstance(driven.app.screen, StudentScreen)
        assert ROWS[3].shown_name in driven.lines[0]
        await driven.press("escape")
        assert isinstance(driven.app.screen, ChangesScreen)
        await driven.press("l")
        assert driven.on_board


async def test_log_says_when_it_is_empty_and_follows() -> None:
    async with board(snapshot(ROWS)) as driven:
        await driven.press("l")
        await driven.press("2")
        assert "Nothing here yet." in driven.text
        await driven.publish(snapshot(ROWS, revision=2, changes=(change(ROWS[0], ChangeKind.ARRIVED),)))
        assert f"{ROWS[0].shown_name} joins the board" in driven.text


async def test_log_keeps_the_line_one_reads() -> None:
    log = tuple(change(row, ChangeKind.PROGRESSED) for row in ROWS)
    async with board(snapshot(ROWS, changes=log)) as driven:
        await driven.press("l", "down", "down")
        before = driven.app.screen.query_one(PlainList).highlighted
        newer = change(ROWS[0], ChangeKind.REGRESSED, at=NOW)
        await driven.publish(snapshot(ROWS, revision=2, changes=(*log, newer)))
        assert before is not None
        assert driven.app.screen.query_one(PlainList).highlighted == before + 1


async def test_log_is_of_the_classes_shown() -> None:
    log = tuple(change(row, ChangeKind.PROGRESSED) for row in ROWS)
    async with board(snapshot(ROWS, changes=log), places=frozenset({"3eB"})) as driven:
        await driven.press("l")
        others = [row.shown_name for row in ROWS if row.place != "3eB"]
        assert "GIRAUD Léa" in driven.text
        assert not [name for name in others if name in driven.text]


async def test_help_lists_every_key_in_force_the_rule_and_what_is_kept() -> None:
    request = REQUEST._replace(dossier=Path("/home/prof/state/dossier"))
    async with board(snapshot(ROWS), size=(100, 80), request=request) as driven:
        bindings = driven.app.screen.active_bindings
        await driven.press("question_mark")
        text = driven.text
        for active in bindings.values():
            if active.binding.id:
                assert active.binding.tooltip in text, active.binding
        assert "at least" not in text
        assert "A student is eligible with 5 competences of the 16 at level 1 or more." in text
        assert "Nothing leaves this machine" in text
        assert str(request.dossier) in text
        assert "✖ not eligible" in text
        await driven.press("question_mark")
        assert driven.on_board


async def test_help_of_a_board_that_keeps_nothing_and_another_rule() -> None:
    rule = Rule(min_competences=16, min_level=2)
    async with board(snapshot(ROWS), size=(100, 80), settings=Settings(rule=rule)) as driven:
        await driven.press("question_mark")
        assert "with 16 competences of the 16 at level 2" in driven.text
        assert "Nothing is kept" in driven.text


async def test_help_speaks_of_the_keys_of_the_settings() -> None:
    async with board(snapshot(ROWS), size=(100, 80), settings=Settings(keys={"board.freeze": "b"})) as driven:
        await driven.press("question_mark")
        line = next(line for line in driven.lines if "Hold the board still" in line)
        assert line.split()[0] == "b"


async def test_palette_has_our_commands_only() -> None:
    async with board(snapshot(ROWS)) as driven:
        titles = {command.title for command in driven.app.get_system_commands(driven.app.screen)}
        assert {"Help", "Files", "Log", "Quit", "Choose campaigns"} <= titles
        assert len([title for title in titles if title.startswith("Theme: ")]) == len(THEMES)
        assert len([title for title in titles if title.startswith("Only: ")]) == 5
        assert not titles & {"Screenshot", "Maximize", "Keys", "Theme"}
        await driven.press("ctrl+p")
        assert isinstance(driven.app.screen, CommandPalette)
        assert "Search a command…" in driven.text


async def test_palette_runs_what_is_chosen_and_says_when_nothing_matches() -> None:
    async with board(snapshot(ROWS)) as driven:
        await driven.press("ctrl+p", *"log")
        await driven.until(lambda: "Exports, changes, actions and decisions" in driven.text)
        await driven.press("enter")
        await driven.until(lambda: isinstance(driven.app.screen, ChangesScreen))
        await driven.press("escape", "ctrl+p", *"zzzzq")
        await driven.until(lambda: "No command with these letters" in driven.text)


@pytest.mark.slow
@pytest.mark.parametrize("theme", [theme.name for theme in THEMES])
async def test_every_theme_paints_every_screen(theme: str) -> None:
    async with board(snapshot(ROWS, files=FILES), settings=Settings(theme=theme)) as driven:
        assert driven.app.theme == theme
        for keys in (("f",), ("r",), ("l",), ("question_mark",), ("c",), ("enter",)):
            await driven.press(*keys)
            assert driven.text.strip()
            await driven.press("escape")


async def test_a_theme_that_does_not_exist_is_no_crash() -> None:
    async with board(snapshot(ROWS), settings=Settings(theme="nope")) as driven:
        assert driven.app.theme == THEMES[0].name
        await driven.app.run_action("use_theme('textual-light')")
        await driven.settle()
        assert "BARBIER Lou" in driven.text


async def test_failure_is_said_in_words_and_the_board_does_not_look_live() -> None:
    error = PixSessionError("the disk is full: free some room\nand start again", "Nothing can be kept")
    async with board(snapshot(ROWS)) as driven:
        driven.pipeline.fail(error)
        await driven.settle()
        assert "⚠ Nothing can be kept" in driven.text
        assert "the disk is full: free some room" in driven.text
        assert "and start again" in driven.text
        await driven.press("escape")
        assert "reading stopped, last view kept (09:45)" in driven.lines[0]
        assert "●" not in driven.lines[0]
        assert "BARBIER Lou" in driven.text


async def test_a_folder_that_cannot_be_read_at_all() -> None:
    async with board(FolderUnusable("/x does not exist: check its name")) as driven:
        await driven.until(lambda: "/x does not exist" in driven.text)
        assert "Traceback" not in driven.text
        assert "last view" not in driven.text
        await driven.press("escape", "enter")
        assert isinstance(driven.app.screen, FailureScreen), "there is no board to go back to"
        await driven.press("q")


async def test_empty_folder_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(Path("/home/prof")))
    async with board(snapshot(files=(), newest_export_at=None)) as driven:
        text = driven.text
        assert "No Pix export in this folder yet." in text
        assert "1. In Pix Orga, open the campaign that collects profiles." in text
        assert "2. Click on “Exporter les résultats (.csv)”." in text
        assert f"3. Save the file in {Path('~/Téléchargements')}" in text
        assert "no export yet" in driven.lines[0]
        assert "d demonstration" in driven.lines[-1]
        assert "search" not in driven.lines[-1]
        await driven.publish(snapshot(ROWS))
        assert "BARBIER Lou" in driven.text
        assert driven.app.board.query_one(BoardGrid).has_focus


async def test_d_asks_for_the_demonstration_on_an_empty_board_only() -> None:
    async with board(snapshot(ROWS)) as driven:
        await driven.press("d")
        assert driven.app.return_value is None
        await driven.publish(snapshot(files=(), newest_export_at=None))
        await driven.press("d")
    assert driven.app.return_value == "demo"


async def test_nothing_but_errors_says_which_and_why() -> None:
    async with board(snapshot(files=(REFUSED, IGNORED), newest_export_at=None)) as driven:
        assert "1 Pix file in this folder, and it cannot be read." in driven.text
        assert "Resultats-coupe.csv" in driven.text
        assert "line 12: the file stops in the middle" in driven.text
        assert "f: 2 files of this folder were left aside" in driven.text
        await driven.press("f")
        assert isinstance(driven.app.screen, FilesScreen)


async def test_an_export_without_anybody_is_no_empty_folder() -> None:
    async with board(snapshot()) as driven:
        assert "No student in the exports of this folder." in driven.text


async def test_demo_says_so_on_top() -> None:
    async with board(snapshot(ROWS), demo=True) as driven:
        assert driven.lines[0].startswith(" demonstration: Certification 3e")


async def test_the_demo_feed_starts_after_the_pipeline() -> None:
    started: list[str] = []
    async with board(snapshot(ROWS), started=lambda _say: started.append("fed")) as driven:
        assert started == ["fed"]
        assert driven.pipeline.state == "started"


@pytest.mark.slow
async def test_pages_do_not_pile_up() -> None:
    async with board(snapshot(ROWS)) as driven:
        await driven.press("f", "l", "f", "l", "f", "question_mark")
        kinds = [type(screen) for screen in driven.app.screen_stack]
        assert kinds == [LiveBoard, FilesScreen, HelpScreen]


async def test_keys_are_buttons_for_the_mouse() -> None:
    async with board(snapshot(ROWS)) as driven:
        await driven.pilot.click(offset=(driven.lines[-1].index("files") + 1, 23))
        await driven.settle()
        assert isinstance(driven.app.screen, FilesScreen)
        await driven.press("escape")
        await driven.pilot.click(offset=(driven.lines[1].index("to check") + 1, 1))
        await driven.settle()
        assert "1 ✖ 4 not eligible" in driven.lines[1]
        assert driven.app.board.view is not None
        assert [row.last_name for row in driven.app.board.view.rows] == ["NGUYEN"]


@pytest.mark.parametrize(
    "owner",
    [
        PixSessionApp,
        LiveBoard,
        StudentScreen,
        ChangesScreen,
        FilesScreen,
        MatchesScreen,
        HelpScreen,
        ChoicesScreen,
        TickList,
        TooSmallScreen,
        FailureScreen,
        PlainList,
        SearchLine,
        NameInput,
        BoardGrid,
    ],
)
def test_every_key_has_an_id_words_and_a_tooltip(owner: type[PixSessionApp]) -> None:
    for binding in owner.BINDINGS:
        assert isinstance(binding, Binding)
        assert binding.id, binding
        assert binding.description, binding
        assert binding.tooltip, binding


def test_ids_of_keys_are_unique() -> None:
    owners = (
        PixSessionApp, LiveBoard, StudentScreen, ChangesScreen, FilesScreen, MatchesScreen, HelpScreen,
        ChoicesScreen,
    )  # fmt: skip
    ids = [b.id for owner in owners for b in owner.BINDINGS if isinstance(b, Binding)]
    assert len(ids) == len(set(ids))


async def test_french_is_spoken_on_every_screen() -> None:
    use_language("fr")
    async with board(snapshot(ROWS, files=FILES), size=(100, 30)) as driven:
        assert "4 non certifiables" in driven.lines[1]
        assert "il y a 3\xa0min" in driven.lines[0]
        await driven.press("question_mark")
        assert "Touches" in driven.text
