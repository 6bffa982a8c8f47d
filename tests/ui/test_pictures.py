"""Pictures of the screens, compared with those kept; `--snapshot-update` takes them again."""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any, Protocol

import pytest
from pytest_textual_snapshot import SVGImageExtension  # type: ignore[import-untyped]
from syrupy.assertion import SnapshotAssertion
from textual.app import App
from textual.pilot import Pilot

from pixsession.domain.board.changes import ChangeKind
from pixsession.domain.board.reasons import Reason, ReasonCode
from pixsession.domain.board.snapshot import FileEntry, FileStatus, Snapshot, need
from pixsession.domain.pix.certification import ResultStatus
from pixsession.domain.results.certification import ResultsFile
from pixsession.foundation.i18n import use_language
from pixsession.settings.config import Settings
from pixsession.ui.app import PixSessionApp
from pixsession.ui.asked_for import BoardOptions
from pixsession.ui.student.submissions import SentProfiles
from pixsession.ui.themes import THEMES
from tests.factories import certification_screens, lesson_screens, people_screens
from tests.factories.results import file, line
from tests.factories.screens import REQUEST, FakeClock, FakePipeline, change, resize, sent
from tests.factories.snapshots import NOW, class_rows, many_rows, row, snapshot

pytestmark = pytest.mark.slow
posix = pytest.mark.skipif(sys.platform == "win32", reason="there is a path of POSIX in the picture")

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


Size = tuple[int, int]


@pytest.fixture
def kept(request: pytest.FixtureRequest) -> SnapshotAssertion:
    """The pictures kept of a test; `snapshot` is a name of ours."""
    found: SnapshotAssertion = request.getfixturevalue("snapshot")
    return found.use_extension(SVGImageExtension)


class Compare(Protocol):
    """The fixture of pytest-textual-snapshot."""

    def __call__(
        self, app: App[str], *, terminal_size: Size, run_before: Callable[[Pilot[str]], Awaitable[None]]
    ) -> bool: ...


def app_of(
    first: Snapshot, language: str, settings: Settings | None, minutes: int, **options: Any
) -> tuple[PixSessionApp, FakePipeline]:
    use_language(language)
    pipeline, clock = FakePipeline(first), FakeClock(NOW + timedelta(minutes=minutes))
    for student in FULL:
        pipeline.histories[student.student_id] = (
            sent("2026-03-12T09:31", 2, 62),
            sent("2026-01-13T10:00", 3, 83),
        )
    asked = BoardOptions(animations=False, **options)
    return PixSessionApp(REQUEST, settings or Settings(), asked, now=clock, pipeline=pipeline), pipeline


async def play(app: PixSessionApp, pilot: Pilot[str], keys: tuple[str, ...]) -> None:
    while app.snapshot is None:
        await pilot.pause(0)
    await pilot.pause(0)
    for key in keys:
        app.simulate_key(key)
        await pilot.pause(0)
        await pilot.pause(0)


async def come_to_rest(app: PixSessionApp, pilot: Pilot[str]) -> None:
    await pilot.pause(0)
    await app.workers.wait_for_complete()
    while any(profiles.is_awaited for profiles in app.screen.query(SentProfiles)):
        await pilot.pause(0.01)  # the panel does not ask at once
    await pilot.pause()
    if sys.platform == "win32":  # processor time is counted in steps of 16 ms there: work looks like rest
        await pilot.pause(0.3)


def picture(
    compare: Compare,
    first: Snapshot,
    *keys: str,
    size: Size = (80, 24),
    language: str = "fr",
    settings: Settings | None = None,
    then: Snapshot | None = None,
    minutes: int = 0,
    **options: Any,
) -> bool:
    """The screen after these keys, `then` after a second Snapshot and some minutes."""
    app, pipeline = app_of(first, language, settings, minutes, **options)

    async def before(pilot: Pilot[str]) -> None:
        await play(app, pilot, keys)
        if then is not None:
            pipeline.publish(then)
        await come_to_rest(app, pilot)

    return compare(app, terminal_size=size, run_before=before)


async def assert_sizes(
    kept: SnapshotAssertion, first: Snapshot, *keys: str, language: str = "en", suffix: str = ""
) -> None:
    """The screen after these keys in every size: one app, since starting one costs more than resizing it."""
    app, _pipeline = app_of(first, language, None, 0)
    async with app.run_test(size=SIZES[0]) as pilot:
        await play(app, pilot, keys)
        for width, height in SIZES:
            await resize(app, pilot, width, height)
            await come_to_rest(app, pilot)
            painted = app.export_screenshot(title=app.title, simplify=True)
            assert painted == kept(name=f"{width}x{height}{suffix}")


async def test_board(kept: SnapshotAssertion) -> None:
    for language in ("fr", "en"):
        await assert_sizes(kept, BOARD, language=language, suffix=f"-{language}")


async def test_student(kept: SnapshotAssertion) -> None:
    await assert_sizes(kept, snapshot(ROWS), "down", "enter", language="fr")


def test_student_to_check(snap_compare: Compare) -> None:
    assert picture(snap_compare, snapshot(ROWS), "2", "enter")


def test_stale(snap_compare: Compare) -> None:
    assert picture(snap_compare, BOARD, minutes=39)


def test_frozen(snap_compare: Compare) -> None:
    assert picture(snap_compare, snapshot(FULL), "space", then=BOARD)


def test_folder_gone(snap_compare: Compare) -> None:
    assert picture(snap_compare, BOARD._replace(folder_missing_since=NOW))


@posix
def test_empty_folder(snap_compare: Compare) -> None:
    assert picture(snap_compare, EMPTY)


@posix
def test_nothing_but_errors(snap_compare: Compare) -> None:
    assert picture(snap_compare, EMPTY._replace(files=(REFUSED, IGNORED)))


def test_filtered_and_searched(snap_compare: Compare) -> None:
    assert picture(snap_compare, BOARD, "1", "slash", "r", "o", "u")


def test_classes(snap_compare: Compare) -> None:
    assert picture(snap_compare, BOARD, "c", "down", "space")


def test_log(snap_compare: Compare) -> None:
    assert picture(snap_compare, BOARD, "l")


@posix
def test_files(snap_compare: Compare) -> None:
    assert picture(snap_compare, snapshot(ROWS, files=FILES), "f")


KINDS = snapshot(ROWS, files=people_screens.FILES)
DOUBTFUL = BOARD._replace(doubts=people_screens.DOUBTS, decisions=people_screens.DECISIONS)


@posix
async def test_files_of_every_kind(kept: SnapshotAssertion) -> None:
    await assert_sizes(kept, KINDS, "f", "j", "j")


async def test_who_is_who(kept: SnapshotAssertion) -> None:
    await assert_sizes(kept, DOUBTFUL, "r", "j")


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


SESSION = certification_screens.supervised(
    session=certification_screens.TWO_ROOMS,
    rooms=certification_screens.TWO,
    changes=(change(certification_screens.ROWS[3], ChangeKind.BECAME_ELIGIBLE),),
)


async def test_session(kept: SnapshotAssertion) -> None:
    await assert_sizes(kept, SESSION, "j", "j", "j", "j", "j")


@pytest.mark.parametrize("theme", [theme.name for theme in THEMES[1:]])
def test_session_in_other_colours(snap_compare: Compare, theme: str) -> None:
    assert picture(snap_compare, SESSION, "x", "x", settings=Settings(theme=theme), language="en")


def test_session_in_ascii(snap_compare: Compare) -> None:
    assert picture(snap_compare, SESSION, "x", settings=Settings(ascii_only=True), language="en")


@pytest.mark.parametrize("size", SIZES, ids=[f"{w}x{h}" for w, h in SIZES])
def test_redirect(snap_compare: Compare, size: Size) -> None:
    """Each size with a start of its own: resized, the board behind paints its scrollbar of before."""
    assert picture(snap_compare, SESSION, "e", size=size, language="en")


async def test_projection(kept: SnapshotAssertion) -> None:
    await assert_sizes(kept, SESSION, "P")


async def test_projection_of_the_code(kept: SnapshotAssertion) -> None:
    await assert_sizes(kept, SESSION, "P", "space", "n")


def test_opening_check(snap_compare: Compare) -> None:
    others = snapshot(many_rows(3, first_id=900)).rows
    first = certification_screens.supervised(())._replace(others=others)
    assert picture(snap_compare, first, checks_session=True)


@pytest.mark.parametrize("key", ["T", "B", "O"], ids=["extra_time", "room", "others"])
def test_what_is_entered_by_hand(snap_compare: Compare, key: str) -> None:
    others = snapshot(many_rows(3, first_id=900)).rows
    assert picture(snap_compare, SESSION._replace(others=others), "G", key)


@pytest.mark.parametrize("key", ["i", "n", "u", "L"], ids=["incident", "note", "pause", "checklist"])
def test_dialogs_of_a_session(snap_compare: Compare, key: str) -> None:
    assert picture(snap_compare, SESSION, "G", key, language="en")


def test_log_of_a_session(snap_compare: Compare) -> None:
    assert picture(snap_compare, SESSION, "l", language="en")


def test_student_of_a_session(snap_compare: Compare) -> None:
    assert picture(snap_compare, SESSION, "5", "enter", language="en")


LESSON = lesson_screens.lesson_board(campaigns=(lesson_screens.EVALUATION, lesson_screens.OTHER))


async def test_lesson(kept: SnapshotAssertion) -> None:
    await assert_sizes(kept, LESSON, "j")


async def test_map(kept: SnapshotAssertion) -> None:
    await assert_sizes(kept, LESSON, "M", "s", "s")


def test_map_in_ascii_and_light(snap_compare: Compare) -> None:
    settings = Settings(ascii_only=True, theme="pixsession-light")
    assert picture(snap_compare, LESSON, "M", settings=settings, language="en")


def test_lesson_in_the_past(snap_compare: Compare) -> None:
    assert picture(snap_compare, lesson_screens.as_of(lesson_screens.TIMES[2]), language="en")


def test_observation(snap_compare: Compare) -> None:
    assert picture(snap_compare, LESSON, "j", "o", language="en")


def test_student_of_a_lesson(snap_compare: Compare) -> None:
    assert picture(snap_compare, LESSON, "j", "enter", size=(120, 40), language="en")


def test_helping_each_other(snap_compare: Compare) -> None:
    assert picture(snap_compare, LESSON, "j", "j", "j", "E", language="en")


def test_log_of_a_lesson(snap_compare: Compare) -> None:
    assert picture(snap_compare, LESSON, "l", language="en")


def results_of(division: str, year: int, first: int, count: int) -> ResultsFile:
    """A class of that many, every seventh of whom did not obtain it, with scores and levels high and low."""
    statuses = [ResultStatus.REJECTED if n % 7 == 3 else ResultStatus.VALIDATED for n in range(count)]
    lines = [
        line(
            str(first + n), status, 90 + 37 * n % 300 if status is ResultStatus.VALIDATED else None,
            at=n + 2, last_name=f"N{first + n}", division=division, date=f"{year}-03-19",
            levels=[(n + 2 * place) % 6 for place in range(16)],
        )
        for n, status in enumerate(statuses)
    ]  # fmt: skip
    return file(f"{year}0331_resultats_{division}.csv", *lines, day=f"{year}-03-31")


RESULTS = (
    results_of("3eA", 2026, 100, 24),
    results_of("3eB", 2026, 200, 22),
    results_of("3eC", 2025, 300, 25),
)
BILAN = snapshot(files=(FileEntry(RESULTS[0].name, FileStatus.READ, "results", 12),))._replace(
    results=RESULTS
)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_bilan(snap_compare: Compare, size: Size, language: str) -> None:
    assert picture(snap_compare, BILAN, "B", size=size, language=language)


@posix
@pytest.mark.parametrize(
    ("first", "keys"),
    [(SESSION, "jjjjj"), (LESSON, "j"), (KINDS, "fjj")],
    ids=["session", "lesson", "files"],
)
def test_of_the_handbook(snap_compare: Compare, first: Snapshot, keys: str) -> None:
    """What a French reader is shown in the handbook is what a French screen shows."""
    assert picture(snap_compare, first, *keys, size=(100, 30))
