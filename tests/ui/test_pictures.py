"""Pictures of the screens, compared with those kept; `--snapshot-update` takes them again."""

from __future__ import annotations

import asyncio
import sys
from datetime import timedelta
from typing import Any

import pytest
from pytest_textual_snapshot import SVGImageExtension  # type: ignore[import-untyped]
from syrupy.assertion import SnapshotAssertion

from pixsession.domain.board.changes import ChangeKind
from pixsession.domain.board.reasons import Reason, ReasonCode
from pixsession.domain.board.snapshot import FileEntry, FileStatus, Snapshot, need
from pixsession.domain.pix.certification import ResultStatus
from pixsession.domain.results.certification import ResultsFile
from pixsession.domain.share.place import Post
from pixsession.domain.share.posts import PostSeen, ShareView
from pixsession.foundation.i18n import use_language
from pixsession.settings.config import Settings
from pixsession.ui.app import PixSessionApp
from pixsession.ui.asked_for import BoardOptions
from pixsession.ui.student.submissions import SentProfiles
from pixsession.ui.themes import THEMES
from tests.factories import certification_screens, lesson_screens, people_screens
from tests.factories.results import file, line
from tests.factories.screens import REQUEST, FakeClock, FakePipeline, change, resize, sent, settle
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


async def play(app: PixSessionApp, keys: tuple[str, ...]) -> None:
    while app.snapshot is None:
        await settle(app)
    await settle(app)
    for key in keys:
        app.simulate_key(key)
        await settle(app)


async def come_to_rest(app: PixSessionApp) -> None:
    await settle(app)
    # The panel does not ask at once, and is painted behind dialogs too.
    while any(one.is_awaited for screen in app.screen_stack for one in screen.query(SentProfiles)):
        await asyncio.sleep(0.005)
    await app.workers.wait_for_complete()
    await settle(app)


async def is_as_kept(app: PixSessionApp, kept: SnapshotAssertion, name: str | None = None) -> bool:
    await come_to_rest(app)
    return bool(app.export_screenshot(title=app.title, simplify=True) == kept(name=name))


async def picture(
    kept: SnapshotAssertion,
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
    async with app.run_test(size=size):
        await play(app, keys)
        if then is not None:
            pipeline.publish(then)
        return await is_as_kept(app, kept)


async def assert_sizes(
    kept: SnapshotAssertion, first: Snapshot, *keys: str, language: str = "en", suffix: str = ""
) -> None:
    """The screen after these keys in every size: one app, since starting one costs more than resizing it."""
    app, _pipeline = app_of(first, language, None, 0)
    async with app.run_test(size=SIZES[0]) as pilot:
        await play(app, keys)
        for width, height in SIZES:
            await resize(app, pilot, width, height)
            assert await is_as_kept(app, kept, f"{width}x{height}{suffix}"), (width, height)


async def test_board(kept: SnapshotAssertion) -> None:
    for language in ("fr", "en"):
        await assert_sizes(kept, BOARD, language=language, suffix=f"-{language}")


async def test_student(kept: SnapshotAssertion) -> None:
    await assert_sizes(kept, snapshot(ROWS), "down", "enter", language="fr")


async def test_student_to_check(kept: SnapshotAssertion) -> None:
    assert await picture(kept, snapshot(ROWS), "2", "enter")


async def test_stale(kept: SnapshotAssertion) -> None:
    assert await picture(kept, BOARD, minutes=39)


async def test_frozen(kept: SnapshotAssertion) -> None:
    assert await picture(kept, snapshot(FULL), "space", then=BOARD)


async def test_folder_gone(kept: SnapshotAssertion) -> None:
    assert await picture(kept, BOARD._replace(folder_missing_since=NOW))


@posix
async def test_empty_folder(kept: SnapshotAssertion) -> None:
    assert await picture(kept, EMPTY)


@posix
async def test_nothing_but_errors(kept: SnapshotAssertion) -> None:
    assert await picture(kept, EMPTY._replace(files=(REFUSED, IGNORED)))


async def test_filtered_and_searched(kept: SnapshotAssertion) -> None:
    assert await picture(kept, BOARD, "1", "slash", "r", "o", "u")


async def test_classes(kept: SnapshotAssertion) -> None:
    assert await picture(kept, BOARD, "c", "down", "space")


async def test_log(kept: SnapshotAssertion) -> None:
    assert await picture(kept, BOARD, "l")


@posix
async def test_files(kept: SnapshotAssertion) -> None:
    assert await picture(kept, snapshot(ROWS, files=FILES), "f")


KINDS = snapshot(ROWS, files=people_screens.FILES)
DOUBTFUL = BOARD._replace(doubts=people_screens.DOUBTS, decisions=people_screens.DECISIONS)


@posix
async def test_files_of_every_kind(kept: SnapshotAssertion) -> None:
    await assert_sizes(kept, KINDS, "f", "j", "j")


async def test_who_is_who(kept: SnapshotAssertion) -> None:
    await assert_sizes(kept, DOUBTFUL, "r", "j")


async def test_who_is_who_in_french_and_light(kept: SnapshotAssertion) -> None:
    assert await picture(kept, DOUBTFUL, "r", settings=Settings(theme="pixsession-light"))


async def test_board_with_doubts(kept: SnapshotAssertion) -> None:
    assert await picture(kept, DOUBTFUL)


async def test_help(kept: SnapshotAssertion) -> None:
    assert await picture(kept, BOARD, "question_mark", size=(100, 60))


@pytest.mark.parametrize("theme", [theme.name for theme in THEMES[1:]])
async def test_themes(kept: SnapshotAssertion, theme: str) -> None:
    assert await picture(kept, BOARD, settings=Settings(theme=theme))


async def test_ascii(kept: SnapshotAssertion) -> None:
    assert await picture(kept, BOARD, size=(120, 40), settings=Settings(ascii_only=True))


async def test_very_long_names(kept: SnapshotAssertion) -> None:
    long = "DE LA ROCHEFOUCAULD-MONTMORENCY D’ALMEIDA"
    rows = (row(1, long, "Marie-Antoinette-Joséphine", place="Terminale STMG 2, groupe A"), *ROWS)
    assert await picture(kept, snapshot(rows), "end", size=(120, 40))


SESSION = certification_screens.supervised(
    session=certification_screens.TWO_ROOMS._replace(access_code="QWBT42"),
    rooms=certification_screens.TWO,
    changes=(change(certification_screens.ROWS[3], ChangeKind.BECAME_ELIGIBLE),),
)


# Every screen of a session: the keys that open it from the board, and those that lead back.
SESSION_SCREENS = {
    "board": ((), ()),
    "marked": (("x",), ("escape",)),
    "redirect": (("1", "e"), ("escape", "0")),
    "collection": (("3", "e"), ("escape", "0")),
    "projection": (("P",), ("P",)),
    "projection_names": (("P", "n"), ("P",)),
    "projection_code": (("P", "space"), ("P",)),
    "projection_code_names": (("P", "space", "n"), ("P",)),
    "incident": (("i",), ("escape",)),
    "note": (("n",), ("escape",)),
    "pause": (("u",), ("escape",)),
    "stop": (("8", "h"), ("escape", "0")),
    "question": (("1", "d"), ("escape", "0")),
    "extra_time": (("T",), ("escape",)),
    "room": (("B",), ("escape",)),
    "others": (("O",), ("escape",)),
    "checklist": (("L",), ("escape",)),
    "log": (("l",), ("escape",)),
    "student": (("5", "enter"), ("escape", "0")),
}
# No full cross product: each size once, each language twice, without symbols and for colour-blind eyes once.
SESSION_LOOKS = {
    "80x24-fr": ("fr", (80, 24), Settings()),
    "100x30-en-ascii": ("en", (100, 30), Settings(ascii_only=True)),
    "120x40-en-deuteranopia": ("en", (120, 40), Settings(theme="pixsession-deuteranopia")),
    "160x45-fr": ("fr", (160, 45), Settings()),
}


@pytest.mark.parametrize("look", SESSION_LOOKS)
async def test_every_screen_of_a_session(kept: SnapshotAssertion, look: str) -> None:
    """One app a look, since starting one costs more than all its pictures."""
    language, size, settings = SESSION_LOOKS[look]
    others = snapshot(many_rows(3, first_id=900)).rows
    before = certification_screens.supervised(())._replace(others=others)
    app, pipeline = app_of(before, language, settings, 0, checks_session=True)
    async with app.run_test(size=size):
        await play(app, ())
        different = [] if await is_as_kept(app, kept, f"{look}-opening") else ["opening"]
        await play(app, ("escape",))
        pipeline.publish(SESSION._replace(others=others, revision=2))
        for name, (there, back) in SESSION_SCREENS.items():
            await play(app, there)
            if not await is_as_kept(app, kept, f"{look}-{name}"):
                different.append(name)
            await play(app, back)
        assert different == []


@pytest.mark.parametrize("theme", ["pixsession-light", "pixsession-contrast"])
async def test_session_in_other_colours(kept: SnapshotAssertion, theme: str) -> None:
    assert await picture(kept, SESSION, "x", "x", settings=Settings(theme=theme), language="en")


LESSON = lesson_screens.lesson_board(campaigns=(lesson_screens.EVALUATION, lesson_screens.OTHER))


async def test_lesson(kept: SnapshotAssertion) -> None:
    await assert_sizes(kept, LESSON, "j")


async def test_map(kept: SnapshotAssertion) -> None:
    await assert_sizes(kept, LESSON, "M", "s", "s")


async def test_map_in_ascii_and_light(kept: SnapshotAssertion) -> None:
    settings = Settings(ascii_only=True, theme="pixsession-light")
    assert await picture(kept, LESSON, "M", settings=settings, language="en")


async def test_lesson_in_the_past(kept: SnapshotAssertion) -> None:
    assert await picture(kept, lesson_screens.as_of(lesson_screens.TIMES[2]), language="en")


async def test_observation(kept: SnapshotAssertion) -> None:
    assert await picture(kept, LESSON, "j", "o", language="en")


async def test_student_of_a_lesson(kept: SnapshotAssertion) -> None:
    assert await picture(kept, LESSON, "j", "enter", size=(120, 40), language="en")


async def test_helping_each_other(kept: SnapshotAssertion) -> None:
    assert await picture(kept, LESSON, "j", "j", "j", "E", language="en")


async def test_log_of_a_lesson(kept: SnapshotAssertion) -> None:
    assert await picture(kept, LESSON, "l", language="en")


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
async def test_bilan(kept: SnapshotAssertion, size: Size, language: str) -> None:
    assert await picture(kept, BILAN, "B", size=size, language=language)


async def test_posts(kept: SnapshotAssertion) -> None:
    """This post, one with a wrong clock and gestures that wait, one that is silent, one that was closed."""
    own = PostSeen(Post("a", "Bureau"), NOW, "1.0", NOW - timedelta(minutes=3), offset=0.0, is_own=True)
    room = PostSeen(Post("b", "CDI", "Salle 12"), NOW, "1.0", NOW - timedelta(minutes=1), 2, -600.0)
    at = NOW - timedelta(minutes=30)
    silent = room._replace(post=Post("c", "Salle 3", "Salle 3"), seen_at=at, gesture_at=at)
    left = silent._replace(post=Post("d", "Prof", ""), waiting=0, offset=None, has_left=True)
    view = ShareView((own, room, silent, left))
    for language in ("en", "fr"):
        shared = BOARD._replace(share=view)
        await assert_sizes(kept, shared, "W", language=language, suffix=f"-{language}")


@posix
@pytest.mark.parametrize(
    ("first", "keys"),
    [(SESSION, "jjjjj"), (LESSON, "j"), (KINDS, "fjj")],
    ids=["session", "lesson", "files"],
)
async def test_of_the_handbook(kept: SnapshotAssertion, first: Snapshot, keys: str) -> None:
    """What a French reader is shown in the handbook is what a French screen shows."""
    assert await picture(kept, first, *keys, size=(100, 30))
