"""Pictures of the screens, compared with those kept; `--snapshot-update` takes them again."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Protocol

import pytest
from textual.app import App
from textual.pilot import Pilot

from pixsession.domain.board.changes import ChangeKind
from pixsession.domain.board.reasons import Reason, ReasonCode
from pixsession.domain.board.snapshot import FileEntry, FileStatus, Snapshot, need
from pixsession.foundation.i18n import use_language
from pixsession.settings.config import Settings
from pixsession.ui.app import PixSessionApp
from pixsession.ui.place import BoardOptions
from pixsession.ui.student.submissions import SentProfiles
from pixsession.ui.themes import THEMES
from tests.factories.snapshots import NOW, class_rows, many_rows, row, snapshot
from tests.ui import lessons, matching, sessions
from tests.ui.fakes import REQUEST, FakeClock, FakePipeline, change, sent

SIZES = ((80, 24), (100, 30), (120, 40))
DOUBTS = (Reason(ReasonCode.PIX_COUNT_DIFFERS, ("6", "5")), Reason(ReasonCode.SENDS_TIE))
ROWS = tuple(
    found._replace(verdict=found.verdict._replace(reasons=DOUBTS)) if found.last_name == "NGUYEN" else found
    for found in class_rows()
)
FULL = tuple(sorted((*ROWS, *many_rows(60, first_id=100)), key=need))
LOG = (
    change(ROWS[3], ChangeKind.REGRESSED, "5", "4"),
    change(ROWS[1], ChangeKind.PROGRESSED, "2", "3"),
    change(ROWS[7], ChangeKind.BECAME_ELIGIBLE, "4", "5"),
    change(ROWS[2], ChangeKind.NO_LONGER_ELIGIBLE, "5", "4"),
)
REFUSED = FileEntry(
    "Resultats-coupe.csv", FileStatus.REFUSED, message="line 12: the file stops in the middle"
)
IGNORED = FileEntry("notes.csv", FileStatus.IGNORED, message="not a file of Pix")
FILES = (*snapshot(ROWS).files, IGNORED, REFUSED)
EMPTY = snapshot(files=(), newest_export_at=None)
BOARD = snapshot(FULL, changes=LOG)


class Compare(Protocol):
    """The fixture of pytest-textual-snapshot."""

    def __call__(
        self,
        app: App[str],
        *,
        terminal_size: tuple[int, int],
        run_before: Callable[[Pilot[str]], Awaitable[None]],
    ) -> bool: ...


def picture(
    compare: Compare,
    first: Snapshot,
    *keys: str,
    size: tuple[int, int] = (80, 24),
    language: str = "fr",
    settings: Settings | None = None,
    then: Snapshot | None = None,
    minutes: int = 0,
) -> bool:
    """The screen after these keys, `then` after a second Snapshot and some minutes."""
    use_language(language)
    pipeline, clock = FakePipeline(first), FakeClock(NOW + timedelta(minutes=minutes))
    for student in FULL:
        pipeline.histories[student.student_id] = (
            sent("2026-03-12T09:31", 2, 62),
            sent("2026-01-13T10:00", 3, 83),
        )
    app = PixSessionApp(
        REQUEST,
        settings or Settings(),
        BoardOptions(animations=False),
        now=clock,
        pipeline=pipeline,
    )

    async def play(pilot: Pilot[str]) -> None:
        while app.snapshot is None:
            await pilot.pause(0)
        await pilot.pause(0)
        for key in keys:
            app.simulate_key(key)
            await pilot.pause(0)
            await pilot.pause(0)
        if then is not None:
            pipeline.publish(then)
        await pilot.pause(0)
        await app.workers.wait_for_complete()
        while any(profiles.is_awaited for profiles in app.screen.query(SentProfiles)):
            await pilot.pause(0.01)  # the panel does not ask at once
        await pilot.pause()

    return compare(app, terminal_size=size, run_before=play)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("size", SIZES, ids=[f"{w}x{h}" for w, h in SIZES])
def test_board(snap_compare: Compare, size: tuple[int, int], language: str) -> None:
    assert picture(snap_compare, BOARD, size=size, language=language)


@pytest.mark.parametrize("size", SIZES, ids=[f"{w}x{h}" for w, h in SIZES])
def test_student(snap_compare: Compare, size: tuple[int, int]) -> None:
    assert picture(snap_compare, snapshot(ROWS), "down", "enter", size=size)


def test_student_to_check(snap_compare: Compare) -> None:
    assert picture(snap_compare, snapshot(ROWS), "2", "enter")


def test_stale(snap_compare: Compare) -> None:
    assert picture(snap_compare, BOARD, minutes=39)


def test_frozen(snap_compare: Compare) -> None:
    assert picture(snap_compare, snapshot(FULL), "space", then=BOARD)


def test_folder_gone(snap_compare: Compare) -> None:
    assert picture(snap_compare, BOARD._replace(folder_missing_since=NOW))


def test_empty_folder(snap_compare: Compare) -> None:
    assert picture(snap_compare, EMPTY)


def test_nothing_but_errors(snap_compare: Compare) -> None:
    assert picture(snap_compare, EMPTY._replace(files=(REFUSED, IGNORED)))


def test_filtered_and_searched(snap_compare: Compare) -> None:
    assert picture(snap_compare, BOARD, "1", "slash", "r", "o", "u")


def test_classes(snap_compare: Compare) -> None:
    assert picture(snap_compare, BOARD, "c", "down", "space")


def test_log(snap_compare: Compare) -> None:
    assert picture(snap_compare, BOARD, "l")


def test_files(snap_compare: Compare) -> None:
    assert picture(snap_compare, snapshot(ROWS, files=FILES), "f")


KINDS = snapshot(ROWS, files=matching.FILES)
DOUBTFUL = BOARD._replace(doubts=matching.DOUBTS, decisions=matching.DECISIONS)


@pytest.mark.parametrize("size", SIZES, ids=[f"{w}x{h}" for w, h in SIZES])
def test_files_of_every_kind(snap_compare: Compare, size: tuple[int, int]) -> None:
    assert picture(snap_compare, KINDS, "f", "j", "j", size=size, language="en")


@pytest.mark.parametrize("size", SIZES, ids=[f"{w}x{h}" for w, h in SIZES])
def test_who_is_who(snap_compare: Compare, size: tuple[int, int]) -> None:
    assert picture(snap_compare, DOUBTFUL, "r", "j", size=size, language="en")


def test_who_is_who_in_french_and_light(snap_compare: Compare) -> None:
    assert picture(snap_compare, DOUBTFUL, "r", settings=Settings(theme="pixsession-light"))


def test_board_with_doubts(snap_compare: Compare) -> None:
    assert picture(snap_compare, DOUBTFUL)


def test_help(snap_compare: Compare) -> None:
    assert picture(snap_compare, BOARD, "question_mark", size=(100, 60))


@pytest.mark.parametrize("theme", [theme.name for theme in THEMES[1:]])
def test_themes(snap_compare: Compare, theme: str) -> None:
    assert picture(snap_compare, BOARD, settings=Settings(theme=theme))


def test_ascii(snap_compare: Compare) -> None:
    assert picture(snap_compare, BOARD, size=(120, 40), settings=Settings(ascii_only=True))


def test_very_long_names(snap_compare: Compare) -> None:
    long = "DE LA ROCHEFOUCAULD-MONTMORENCY D’ALMEIDA"
    rows = (row(1, long, "Marie-Antoinette-Joséphine", place="Terminale STMG 2, groupe A"), *ROWS)
    assert picture(snap_compare, snapshot(rows), "end", size=(120, 40))


SESSION = sessions.supervised(
    session=sessions.TWO_ROOMS,
    rooms=sessions.TWO,
    changes=(change(sessions.ROWS[3], ChangeKind.BECAME_ELIGIBLE),),
)


@pytest.mark.parametrize("size", SIZES, ids=[f"{w}x{h}" for w, h in SIZES])
def test_session(snap_compare: Compare, size: tuple[int, int]) -> None:
    assert picture(snap_compare, SESSION, "j", "j", "j", "j", "j", size=size, language="en")


@pytest.mark.parametrize("theme", [theme.name for theme in THEMES[1:]])
def test_session_in_other_colours(snap_compare: Compare, theme: str) -> None:
    assert picture(snap_compare, SESSION, "x", "x", settings=Settings(theme=theme), language="en")


def test_session_in_ascii(snap_compare: Compare) -> None:
    assert picture(snap_compare, SESSION, "x", settings=Settings(ascii_only=True), language="en")


@pytest.mark.parametrize("size", SIZES, ids=[f"{w}x{h}" for w, h in SIZES])
def test_redirect(snap_compare: Compare, size: tuple[int, int]) -> None:
    assert picture(snap_compare, SESSION, "e", size=size, language="en")


@pytest.mark.parametrize("size", SIZES, ids=[f"{w}x{h}" for w, h in SIZES])
def test_projection(snap_compare: Compare, size: tuple[int, int]) -> None:
    assert picture(snap_compare, SESSION, "P", size=size, language="en")


@pytest.mark.parametrize("key", ["i", "n", "u", "L"], ids=["incident", "note", "pause", "checklist"])
def test_dialogs_of_a_session(snap_compare: Compare, key: str) -> None:
    assert picture(snap_compare, SESSION, "G", key, language="en")


def test_log_of_a_session(snap_compare: Compare) -> None:
    assert picture(snap_compare, SESSION, "l", language="en")


def test_student_of_a_session(snap_compare: Compare) -> None:
    assert picture(snap_compare, SESSION, "5", "enter", language="en")


LESSON = lessons.lesson_board(campaigns=(lessons.EVALUATION, lessons.OTHER))


@pytest.mark.parametrize("size", SIZES, ids=[f"{w}x{h}" for w, h in SIZES])
def test_lesson(snap_compare: Compare, size: tuple[int, int]) -> None:
    assert picture(snap_compare, LESSON, "j", size=size, language="en")


@pytest.mark.parametrize("size", SIZES, ids=[f"{w}x{h}" for w, h in SIZES])
def test_map(snap_compare: Compare, size: tuple[int, int]) -> None:
    assert picture(snap_compare, LESSON, "M", "s", "s", size=size, language="en")


def test_map_in_ascii_and_light(snap_compare: Compare) -> None:
    settings = Settings(ascii_only=True, theme="pixsession-light")
    assert picture(snap_compare, LESSON, "M", settings=settings, language="en")


def test_lesson_in_the_past(snap_compare: Compare) -> None:
    assert picture(snap_compare, lessons.as_of(lessons.TIMES[2]), language="en")


def test_observation(snap_compare: Compare) -> None:
    assert picture(snap_compare, LESSON, "j", "o", language="en")


def test_student_of_a_lesson(snap_compare: Compare) -> None:
    assert picture(snap_compare, LESSON, "j", "enter", size=(120, 40), language="en")


def test_helping_each_other(snap_compare: Compare) -> None:
    assert picture(snap_compare, LESSON, "j", "j", "j", "E", language="en")


def test_log_of_a_lesson(snap_compare: Compare) -> None:
    assert picture(snap_compare, LESSON, "l", language="en")
