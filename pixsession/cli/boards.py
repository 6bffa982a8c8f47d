"""The commands that show a board: watch, check, match, demo."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pixsession.cli.once import (
    has_terminal,
    plain_only,
    print_board,
    read_once,
    session_once,
    status_of,
    supervised,
    whole_board,
)
from pixsession.cli.start import (
    EVERYBODY_ELIGIBLE,
    NOTHING_CHECKED,
    SOMEBODY_NOT,
    Start,
    dossier_of,
    folder_of,
    request_of,
    with_options,
)
from pixsession.cli.words import write
from pixsession.foundation.clock import Clock, paris_now
from pixsession.foundation.errors import BadConfiguration, PixSessionError
from pixsession.foundation.i18n import _
from pixsession.foundation.text import shown
from pixsession.settings.config import BoardRequest, Settings

if TYPE_CHECKING:
    from pixsession.domain.board.snapshot import Snapshot
    from pixsession.engine.demo import DemoClock, ScheduledExport
    from pixsession.engine.pipeline import Pipeline

_JOIN_SECONDS = 5.0


@click.pass_obj
def watch(start: Start, /, folder: str | None, ephemeral: bool, session: str | None, **chosen: Any) -> int:
    """The live board; as text, once, where there is no terminal."""
    settings = with_options(start.usable(), chosen)
    path = folder_of(folder)
    request = request_of(path, settings, chosen, dossier_of(path))
    if ephemeral:
        request = request._replace(dossier=None, decisions_from=request.dossier if session is None else None)
    if session is not None:
        request = supervised(Path(session), settings, request, named=folder is not None)
    if not has_terminal(start.environ):
        snapshot = read_once(path, settings, chosen) if session is None else session_once(request)
        print_board(snapshot, settings, start.environ, paris_now())
        return 0
    from pixsession.watching.watcher import list_files

    for followed in request.folders:
        list_files(followed)  # a folder that cannot be watched is said before the screen opens
    asked = _shown(start, settings, request, paris_now, places=frozenset(chosen["classes"]))
    return _play(start, settings, speed=None) if asked == "demo" else 0


@click.pass_obj
def check(start: Start, /, folder: str | None, form: str, **chosen: Any) -> int:
    """The board once, and the verdict as exit status."""
    settings = with_options(start.usable(), chosen)
    snapshot = read_once(folder_of(folder), settings, chosen)
    if form == "json":
        from pixsession.reports.board.check import check_json

        write(check_json(snapshot, paris_now()), encoding="utf-8")
    else:
        print_board(snapshot, settings, start.environ, paris_now())
    return status_of(snapshot)


@click.pass_obj
def match(start: Start, /, folder: str | None, form: str, **chosen: Any) -> int:
    """Who may be whom, and what was decided; nothing is kept."""
    settings = start.usable()
    snapshot = whole_board(folder_of(folder), settings, chosen)
    if form == "json":
        from pixsession.reports.people.doubts import doubts_json

        write(doubts_json(snapshot), encoding="utf-8")
    else:
        from pixsession.reports.people.doubts import doubts_text

        write(doubts_text(snapshot))
    if not snapshot.rows:
        return NOTHING_CHECKED
    return SOMEBODY_NOT if snapshot.doubts else EVERYBODY_ELIGIBLE


@click.pass_obj
def demo(start: Start, /, speed: float | None, **chosen: Any) -> int:
    """The invented morning; as text, at its end, where there is no terminal."""
    return _play(start, with_options(start.usable(), chosen), speed)


def _shown(start: Start, settings: Settings, request: BoardRequest, now: Clock, **options: Any) -> str | None:
    """Show the board until the user leaves it; what the user asks for next, if anything."""
    from pixsession.engine.pipeline import Pipeline

    pipeline = Pipeline(request, now)
    pipeline.start()  # it loads the engine and reads the folder while the screen is loaded
    try:
        return _run(start, settings, request, now, pipeline, options)
    finally:
        pipeline.stop()
        pipeline.join(_JOIN_SECONDS)


def _run(
    start: Start,
    settings: Settings,
    request: BoardRequest,
    now: Clock,
    pipeline: Pipeline,
    options: Mapping[str, Any],
) -> str | None:
    from pixsession.ui.app import PixSessionApp
    from pixsession.ui.place import BoardOptions

    remote = bool(start.environ.get("SSH_CONNECTION"))
    shape = BoardOptions(animations=not remote, **options)
    app = PixSessionApp(request, settings, shape, now=now, pipeline=pipeline)
    if settings.theme not in app.available_themes:
        words = _("no theme “{name}”. The themes are: {known}.")
        known = ", ".join(sorted(app.available_themes))
        raise BadConfiguration(words.format(name=shown(settings.theme), known=known))
    if settings.keys and (unknown := settings.keys.keys() - {name for name, _keys, _words in key_names()}):
        words = _("[keys]: no action “{name}”. See the end of: pixsession config")
        raise BadConfiguration(words.format(name=shown(min(unknown))))
    wreck = io.StringIO()
    # Textual ends a crash by printing every local variable, and students are among them.
    with contextlib.redirect_stderr(wreck):
        asked = app.run(mouse=settings.mouse if settings.mouse is not None else not remote)
    if app.return_code or app.has_failed:
        if start.environ.get("PIXSESSION_DEBUG"):
            click.echo(wreck.getvalue(), err=True)
        raise PixSessionError(
            _(
                "the board has stopped unexpectedly; nothing that was kept is lost.\n"
                "For the details: set PIXSESSION_DEBUG=1 and run the command again."
            )
        )
    return asked


def _play(start: Start, settings: Settings, speed: float | None) -> int:
    from tempfile import TemporaryDirectory

    from pixsession.engine.demo import DEFAULT_SPEED, DemoClock, DemoFeed, sample_exports
    from pixsession.reports.text import changes_text

    exports = sample_exports()
    clock = DemoClock.of(exports, speed or DEFAULT_SPEED)
    # Windows may still hold a file when the board has just closed.
    with TemporaryDirectory(prefix="pixsession-demo-", ignore_cleanup_errors=True) as folder:
        if not has_terminal(start.environ):
            snapshot = _told(Path(folder), clock, exports, settings)
            write(changes_text(snapshot, clock(), ascii_only=plain_only(settings)) + "\n")
            print_board(snapshot, settings, start.environ, clock())
            return 0
        feed = DemoFeed(Path(folder), clock, exports)
        feed.prepare()
        request = BoardRequest(Path(folder), settings.rule, scan_seconds=settings.scan_seconds)
        try:
            _shown(start, settings, request, clock, demo=True, started=feed.start)
        finally:
            feed.stop()
        return 0


def _told(folder: Path, clock: DemoClock, exports: Sequence[ScheduledExport], settings: Settings) -> Snapshot:
    """The board at the end of the morning, each export having gone the whole road."""
    from pixsession.engine.demo import Receipts, play_all
    from pixsession.engine.pipeline import Pipeline

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


def key_names() -> Iterator[tuple[str, str, str]]:
    """What `[keys]` can name: each action of the screens, its keys and what it does."""
    from pixsession.ui.every_key import every_key

    for binding in every_key():
        yield binding.id or "", binding.key, _(binding.tooltip)
