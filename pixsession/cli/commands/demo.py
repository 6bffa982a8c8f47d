"""The command `demo`: the invented morning; as text, at its end, where there is no terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import click

from pixsession.cli.live import show
from pixsession.cli.printing import plain_only, print_board
from pixsession.cli.start import Start, has_terminal, with_options
from pixsession.cli.words import write
from pixsession.domain.board.snapshot import Snapshot
from pixsession.domain.certification.session import Session
from pixsession.engine.demo import (
    DEFAULT_SPEED,
    DemoClock,
    DemoFeed,
    Receipts,
    ScheduledExport,
    drop,
    play_all,
    sample_exports,
)
from pixsession.engine.demo_lesson import (
    LESSON_SPEED,
    demo_lesson,
    keep_earlier_lessons,
    lesson_cast,
    lesson_clock,
    lesson_deeds,
    lesson_samples,
)
from pixsession.engine.demo_session import (
    SESSION_SPEED,
    Cast,
    Deed,
    DemoColleague,
    demo_cast,
    demo_session,
    rehearsal_deeds,
    session_clock,
)
from pixsession.engine.pipeline import Pipeline
from pixsession.engine.read_once import session_snapshot
from pixsession.foundation.errors import PixSessionError
from pixsession.foundation.i18n import _
from pixsession.foundation.paths import dossier_folder
from pixsession.foundation.system_errors import cause_words
from pixsession.reports.sheets import supervised_text
from pixsession.reports.text import changes_text
from pixsession.settings.config import BoardRequest, Settings


@click.pass_obj
def demo(start: Start, /, speed: float | None, session: bool, lesson: bool, **chosen: Any) -> int:
    settings = with_options(start.usable(), chosen)
    if session and lesson:
        raise PixSessionError(_("--session or --lesson, not both."))
    if lesson:
        exports = lesson_samples()
        clock = lesson_clock(exports, speed or LESSON_SPEED)
        made, cast = partial(demo_lesson, rule=settings.rule), lesson_cast(exports)
        before = partial(keep_earlier_lessons, cast=cast, rule=settings.rule)
        return _supervise(start, settings, _Story(exports, clock, cast, made, lesson_deeds(), before))
    if session:
        exports = sample_exports()
        clock, cast = session_clock(exports, speed or SESSION_SPEED), demo_cast(exports)
        made = partial(demo_session, rule=settings.rule, cast=cast)
        return _supervise(start, settings, _Story(exports, clock, cast, made, rehearsal_deeds()))
    return play(start, settings, speed)


class _Story(NamedTuple):
    """A session to look at: exports, clock, whom it is about, the session of a folder, and what is done.

    `keep_earlier`: has a folder of boards hold those that were before.
    """

    exports: tuple[ScheduledExport, ...]
    clock: DemoClock
    cast: Cast
    session_in: Callable[[Path], Session]
    deeds: Iterable[Deed]
    keep_earlier: Callable[[Path], None] = lambda _state: None


def _supervise(start: Start, settings: Settings, story: _Story) -> int:
    """A whole session on a board with every key; as text, at its end, without a terminal."""
    clock = story.clock
    with _temporary_folder() as base:
        folder = Path(base, "exports")
        folder.mkdir()
        session = story.session_in(folder)
        dossier = dossier_folder(Path(base), folder.parent / "session.toml")
        dossier.mkdir(mode=0o700, parents=True)
        request = BoardRequest(
            folder,
            settings.rule,
            dossier=dossier,
            scan_seconds=settings.scan_seconds,
            session=session,
        )
        colleague = DemoColleague(dossier, clock, story.cast, story.deeds)
        if not has_terminal(start.environ):
            for export in story.exports:
                drop(export, folder)
            colleague.do_all()
            snapshot = session_snapshot(request, clock)
            write(supervised_text(snapshot, clock(), ascii_only=plain_only(settings)))
            return 0
        story.keep_earlier(Path(base))
        feed = DemoFeed(folder, clock, story.exports)
        feed.prepare()

        def begin(say: Callable[[str], None]) -> None:
            words = _(
                "A rehearsal: a colleague does the day, every key is yours. All of it is in {folder} "
                "until you quit."
            )
            say(words.format(folder=base))
            feed.start()
            colleague.start(lambda: say(_("The day is told. F writes its sheet: open it before you quit.")))

        try:
            show(start, settings, request, clock, started=begin)
        finally:
            colleague.stop()
            feed.stop()
        return 0


def play(start: Start, settings: Settings, speed: float | None) -> int:

    exports = sample_exports()
    clock = DemoClock.of(exports, speed or DEFAULT_SPEED)
    with _temporary_folder() as folder:
        if not has_terminal(start.environ):
            snapshot = _told(Path(folder), clock, exports, settings)
            write(changes_text(snapshot, clock(), ascii_only=plain_only(settings)) + "\n")
            print_board(snapshot, settings, start.environ, clock())
            return 0
        feed = DemoFeed(Path(folder), clock, exports)
        feed.prepare()
        request = BoardRequest(Path(folder), settings.rule, scan_seconds=settings.scan_seconds)
        try:
            show(start, settings, request, clock, demo=True, started=lambda _say: feed.start())
        finally:
            feed.stop()
        return 0


def _temporary_folder() -> TemporaryDirectory[str]:
    try:
        # Windows may still hold a file when the board has just closed.
        return TemporaryDirectory(prefix="pixsession-demo-", ignore_cleanup_errors=True)
    except OSError as error:
        words = _("the demonstration needs a temporary folder, and none can be written ({cause}).")
        raise PixSessionError(words.format(cause=cause_words(error))) from None


def _told(folder: Path, clock: DemoClock, exports: Sequence[ScheduledExport], settings: Settings) -> Snapshot:
    """The board at the end of the morning, each export read as on any board."""
    receipts = Receipts()
    failures: list[PixSessionError] = []
    request = BoardRequest(folder, settings.rule, scan_seconds=settings.scan_seconds)
    pipeline = Pipeline(request, clock)
    pipeline.listen(receipts.take, failures.append)
    pipeline.start()
    try:
        complete = play_all(folder, receipts.wait_for, clock, exports)
    finally:
        pipeline.stop()
        pipeline.join()
    if failures:
        raise failures[0]
    if not complete or receipts.snapshot is None:
        raise PixSessionError(_("the demonstration has stopped: a sample export was not read."))
    return receipts.snapshot
