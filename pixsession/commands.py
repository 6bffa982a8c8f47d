"""What each command does, from what was asked to its exit status."""

from __future__ import annotations

import contextlib
import io
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from pixsession.command_words import complain, write
from pixsession.config import BoardRequest, Settings, commented_default
from pixsession.domain.clock import Clock, paris_now
from pixsession.domain.display import shown
from pixsession.errors import BadConfiguration, PixSessionError
from pixsession.i18n import _
from pixsession.paths import dossier_folder, downloads_folder, settings_file, state_folder

if TYPE_CHECKING:
    from pixsession.app import MakePipeline
    from pixsession.demo import DemoClock, ScheduledExport
    from pixsession.domain.snapshot import Snapshot

EVERYBODY_ELIGIBLE = 0
SOMEBODY_NOT = 1
NOTHING_CHECKED = 2
INTERRUPTED = 130  # as shells say of Ctrl+C
PIPE_CLOSED = 141  # and of a reader that went away: 1 would be a verdict
_JOIN_SECONDS = 5.0


class Start(NamedTuple):
    """What every command starts from; `fault` is why the settings could not be used."""

    environ: Mapping[str, str]
    settings: Settings
    fault: PixSessionError | None

    def usable(self) -> Settings:
        """The settings, or the reason why there are none."""
        if self.fault is not None:
            raise self.fault
        return self.settings


@click.pass_context
def alone(context: click.Context) -> int:
    """The program without a command: its help."""
    if context.invoked_subcommand is None:
        write(context.get_help() + "\n")
    return 0


@click.pass_obj
def watch(start: Start, /, folder: str | None, ephemeral: bool, session: str | None, **chosen: Any) -> int:
    """The live board; as text, once, where there is no terminal."""
    settings = _with_options(start.usable(), chosen)
    path = _folder(folder)
    request = _request(path, settings, chosen, _dossier(path))
    if ephemeral:
        request = request._replace(dossier=None, heeded=request.dossier if session is None else None)
    if session is not None:
        request = _supervised(Path(session), settings, request, named=folder is not None)
    if not _has_terminal(start.environ):
        snapshot = _read_once(path, settings, chosen) if session is None else _session_once(request)
        _print_board(snapshot, settings, start.environ, paris_now())
        return 0
    from pixsession.head_start import HeadStart
    from pixsession.watcher import list_files

    for followed in request.folders:
        list_files(followed)  # a folder that cannot be watched is said before the screen opens
    pipeline = HeadStart(request, paris_now)
    places = frozenset(chosen["classes"])
    try:
        asked = _shown(start, settings, request, paris_now, make_pipeline=pipeline.make, places=places)
    finally:
        pipeline.stop()
        pipeline.join(_JOIN_SECONDS)
    return _play(start, settings, speed=None) if asked == "demo" else 0


@click.pass_obj
def check(start: Start, /, folder: str | None, form: str, **chosen: Any) -> int:
    """The board once, and the verdict as exit status."""
    settings = _with_options(start.usable(), chosen)
    snapshot = _read_once(_folder(folder), settings, chosen)
    if form == "json":
        from pixsession.reports.machine import check_json

        write(check_json(snapshot, paris_now()), encoding="utf-8")
    else:
        _print_board(snapshot, settings, start.environ, paris_now())
    return _status(snapshot)


@click.pass_obj
def match(start: Start, /, folder: str | None, form: str, **chosen: Any) -> int:
    """Who may be whom, and what was decided; nothing is kept."""
    settings = start.usable()
    snapshot = _everybody(_folder(folder), settings, chosen)
    if form == "json":
        from pixsession.reports.doubts import doubts_json

        write(doubts_json(snapshot), encoding="utf-8")
    else:
        from pixsession.reports.doubts import doubts_text

        write(doubts_text(snapshot))
    if not snapshot.rows:
        return NOTHING_CHECKED
    return SOMEBODY_NOT if snapshot.doubts else EVERYBODY_ELIGIBLE


@click.pass_obj
def inspect(start: Start, /, file: str, form: str) -> int:
    """What is understood of one file; without dossier or database."""
    start.usable()
    from pixsession.reports.inspecting import inspected

    found = inspected(Path(file).expanduser())
    if form == "json":
        from pixsession.reports.inspection import inspection_json

        write(inspection_json(found), encoding="utf-8")
    else:
        from pixsession.reports.inspection_text import inspection_text

        write(inspection_text(found))
    return EVERYBODY_ELIGIBLE if found.contents is not None else NOTHING_CHECKED


@click.pass_obj
def demo(start: Start, /, speed: float | None, **chosen: Any) -> int:
    """The invented morning; as text, at its end, where there is no terminal."""
    return _play(start, _with_options(start.usable(), chosen), speed)


@click.pass_obj
def config(start: Start, /) -> int:
    """Where the settings are, and a settings file to start from; then what is wrong with the user's own."""
    path = settings_file()
    there = _("it exists") if path.exists() else _("it does not exist yet")
    keys = "".join(f'#"{name}" = "{keys}"  # {words}\n' for name, keys, words in _key_names())
    write(f"# {shown(str(path), 1000)} ({there})\n{commented_default()}{keys}")
    start.usable()
    return 0


def _key_names() -> Iterator[tuple[str, str, str]]:
    """What `[keys]` can name: each action of the screens, its keys and what it does."""
    from importlib import import_module
    from pkgutil import iter_modules

    import pixsession.screens
    import pixsession.widgets

    for package in (pixsession.screens, pixsession.widgets):
        for found in iter_modules(package.__path__, f"{package.__name__}."):
            for member in vars(import_module(found.name)).values():
                if isinstance(member, type) and member.__module__ == found.name:
                    for binding in vars(member).get("BINDINGS", ()):
                        yield binding.id, binding.key, _(binding.tooltip)


@click.pass_obj
def init(start: Start, /, file: str | None, force: bool, **given: str | None) -> int:
    """A session file to start from; asked for at a terminal, unless an option answers already."""
    settings = start.usable()
    from pixsession.session_form import (
        answers_asked,
        answers_given,
        commented_session,
        refuse_to_replace,
        write_session,
    )

    path = Path(file or "session.toml")
    refuse_to_replace(path, replace=force)  # before anybody has answered for nothing
    today = paris_now().date()
    if _somebody_answers() and not any(answer is not None for answer in given.values()):
        answers = answers_asked(_answer, complain, today)
    else:
        answers = answers_given(given, today)
    write_session(path, commented_session(answers, settings), replace=force)
    name = shown(str(path), 1000)
    words = _("{file} is written. Read it through, complete it, then: pixsession watch --session {argument}")
    write(words.format(file=name, argument=f'"{name}"' if " " in name else name) + "\n")
    return 0


@click.pass_obj
def purge(start: Start, /, folder: str | None, yes: bool) -> int:
    """Delete the dossier of a folder, which may be gone itself."""
    start.usable()
    path = _folder(folder)
    dossier = _dossier(path)
    where = shown(str(path), 1000)
    if not dossier.exists():
        write(_("Nothing is kept for {folder}.").format(folder=where) + "\n")
        return 0
    if not yes and not _agreed(_("Delete everything that was kept for {folder}?").format(folder=where)):
        raise PixSessionError(_("nothing was deleted."))
    _delete(dossier)
    write(
        _("What was kept for {folder} is deleted; the folder itself is untouched.").format(folder=where)
        + "\n"
    )
    return 0


def _agreed(question: str) -> bool:
    if not _somebody_answers():
        raise PixSessionError(_("nobody is there to answer; add --yes to delete without a question."))
    return _answer(f"{question} {_('[y/N]')} ").strip().casefold() in {"y", "yes", "o", "oui"}


def _delete(dossier: Path) -> None:
    from filelock import FileLock, Timeout

    try:
        with FileLock(dossier / "owner.lock", timeout=0):
            pass  # nobody else has it
        shutil.rmtree(dossier)
    except Timeout:
        raise PixSessionError(_("a board is open on this folder: close it first.")) from None
    except OSError as error:
        words = _("not everything could be deleted ({cause}); what is left is in {folder}.")
        raise PixSessionError(words.format(cause=error.strerror, folder=shown(str(dossier), 1000))) from None


# -- what they share --------------------------------------------------------------------------------------


def _somebody_answers() -> bool:
    """Whether a question would be seen, and answered by hand."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr))


def _answer(question: str) -> str:
    """The line typed after this question; raises PixSessionError when there will be none."""
    # What a terminal of another encoding sends is refused with its question, not by Python.
    if isinstance(sys.stdin, io.TextIOWrapper) and sys.stdin.errors != "surrogateescape":
        sys.stdin.reconfigure(errors="surrogateescape")
    click.echo(question, nl=False, err=True)
    line = sys.stdin.readline()
    if not line:
        click.echo(err=True)
        raise PixSessionError(_("no answer came: nothing was changed."))
    return line


def _folder(written: str | None) -> Path:
    # Absolute: "." would tell nobody where to save an export.
    return (downloads_folder() if written is None else Path(written).expanduser()).absolute()


def _dossier(folder: Path) -> Path:
    return dossier_folder(state_folder(), folder)


def _with_options(settings: Settings, chosen: Mapping[str, Any]) -> Settings:
    fields = ("theme", "stale_minutes", "mouse", "ascii_only")
    given = {name: chosen[name] for name in fields if chosen.get(name) is not None}
    return replace(settings, **given)


def _request(
    folder: Path, settings: Settings, chosen: Mapping[str, Any], dossier: Path | None
) -> BoardRequest:
    # Codes are capitals; a key of a campaign without code is taken as written.
    campaigns = frozenset(form for code in chosen["campaigns"] for form in (code, code.upper()))
    columns = tuple(settings.columns.items())
    return BoardRequest(folder, settings.rule, campaigns, dossier, settings.scan_seconds, columns)


def _supervised(file: Path, settings: Settings, request: BoardRequest, *, named: bool) -> BoardRequest:
    """The board of a session: its folders (one that was `named` wins), its rule, a dossier of its own."""
    from pixsession.session_file import load_session

    path = file.expanduser().absolute()
    session = load_session(path, settings)
    if named:
        session = session._replace(folders=(request.folder,))
    return request._replace(
        folder=session.folders[0],
        rule=session.rule,
        dossier=_dossier(path) if request.dossier else None,
        session=session,
    )


def _session_once(request: BoardRequest) -> Snapshot:
    from pixsession.pipeline import session_snapshot

    return session_snapshot(request, paris_now)


def _read_once(folder: Path, settings: Settings, chosen: Mapping[str, Any]) -> Snapshot:
    """The board of a folder, of these classes; a filter that finds nobody is said aloud."""
    from pixsession.domain.snapshot import FileStatus, narrowed

    everybody = _everybody(folder, settings, chosen)
    snapshot = narrowed(everybody, frozenset(chosen["classes"]))
    if everybody.rows and not snapshot.rows:
        places = sorted({row.shown_place for row in everybody.rows if row.place})
        complain(_("nobody in this class; the classes are: {there}.").format(there=", ".join(places)))
    refused = snapshot.files_with(FileStatus.REFUSED)
    if refused and _status(snapshot) == EVERYBODY_ELIGIBLE:
        complain(_("everybody read is eligible, but a file could not be read: see the list of files."))
    return snapshot


def _everybody(folder: Path, settings: Settings, chosen: Mapping[str, Any]) -> Snapshot:
    """The board of a folder without keeping anything; what people decided about the folder counts."""
    from pixsession.pipeline import check_folder

    request = _request(folder, settings, chosen, _dossier(folder))
    everybody = check_folder(request, paris_now)
    found = everybody.newest_export_at or any(row.participations for row in everybody.rows)
    if request.campaigns and everybody.campaigns and not found:
        there = ", ".join(shown(campaign.code or campaign.key) for campaign in everybody.campaigns)
        complain(
            _("no export of this campaign; the campaigns of the folder are: {there}.").format(there=there)
        )
    return everybody


def _status(snapshot: Snapshot) -> int:
    from pixsession.domain.eligibility import Eligibility

    if not snapshot.rows:
        return NOTHING_CHECKED
    calm = all(row.eligibility is Eligibility.ELIGIBLE for row in snapshot.rows)
    return EVERYBODY_ELIGIBLE if calm else SOMEBODY_NOT


def _print_board(snapshot: Snapshot, settings: Settings, environ: Mapping[str, str], now: datetime) -> None:
    from pixsession.reports.text import board_text

    colour = sys.stdout.isatty() and "NO_COLOR" not in environ and environ.get("TERM") != "dumb"
    text = board_text(
        snapshot,
        now,
        width=shutil.get_terminal_size().columns,
        ascii_only=_plain(settings),
        colour=colour,
    )
    write(text, colour=colour)


def _plain(settings: Settings) -> bool:
    """Whether symbols are left out: asked for, or unknown to the output (Windows code pages)."""
    try:
        "✖✔●○▲▼−∅→".encode(sys.stdout.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return True
    return settings.ascii_only


def _has_terminal(environ: Mapping[str, str]) -> bool:
    """Whether a board can be drawn: Textual reads stdin, writes on stderr, and checks neither."""
    streams = (sys.stdin, sys.stdout, sys.__stderr__)
    return environ.get("TERM") != "dumb" and all(stream is not None and stream.isatty() for stream in streams)


def _shown(
    start: Start,
    settings: Settings,
    request: BoardRequest,
    now: Clock,
    *,
    make_pipeline: MakePipeline | None = None,
    **options: Any,
) -> str | None:
    """Show the board until the user leaves it; what the user asks for next, if anything."""
    from pixsession.app import BoardOptions, PixSessionApp, real_pipeline

    remote = bool(start.environ.get("SSH_CONNECTION"))
    shape = BoardOptions(animations=not remote, **options)
    app = PixSessionApp(request, settings, shape, now=now, make_pipeline=make_pipeline or real_pipeline)
    if settings.theme not in app.available_themes:
        words = _("no theme “{name}”. The themes are: {known}.")
        known = ", ".join(sorted(app.available_themes))
        raise BadConfiguration(words.format(name=shown(settings.theme), known=known))
    if settings.keys and (unknown := settings.keys.keys() - {name for name, _keys, _words in _key_names()}):
        words = _("[keys]: no action “{name}”. See the end of: pixsession config")
        raise BadConfiguration(words.format(name=shown(min(unknown))))
    wreck = io.StringIO()
    # Textual ends a crash by printing every local variable, and students are among them.
    with contextlib.redirect_stderr(wreck):
        asked = app.run(mouse=settings.mouse if settings.mouse is not None else not remote)
    if app.return_code:
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

    from pixsession.demo import DEFAULT_SPEED, DemoClock, DemoFeed, sample_exports
    from pixsession.reports.text import changes_text

    exports = sample_exports()
    clock = DemoClock.of(exports, speed or DEFAULT_SPEED)
    # Windows may still hold a file when the board has just closed.
    with TemporaryDirectory(prefix="pixsession-demo-", ignore_cleanup_errors=True) as folder:
        if not _has_terminal(start.environ):
            snapshot = _told(Path(folder), clock, exports, settings)
            write(changes_text(snapshot, clock(), ascii_only=_plain(settings)) + "\n")
            _print_board(snapshot, settings, start.environ, clock())
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
    from pixsession.demo import Receipts, play_all
    from pixsession.pipeline import Pipeline

    receipts = Receipts()
    failures: list[PixSessionError] = []
    request = BoardRequest(folder, settings.rule, scan_seconds=settings.scan_seconds)
    pipeline = Pipeline(request, publish=receipts.take, failed=failures.append, now=clock)
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
