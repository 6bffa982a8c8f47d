"""What of this computer matters to a board, looked at once: terminal, folder, disk, clock, databases."""

from __future__ import annotations

import locale
import os
import platform
import shutil
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from pixsession import __version__
from pixsession.cli.printing import output_encoding, shows_signs
from pixsession.cli.start import dossier_of, has_terminal
from pixsession.domain.board.clock_words import clock_notices
from pixsession.domain.board.snapshot import FileStatus, Snapshot
from pixsession.foundation.i18n import _, ngettext
from pixsession.foundation.paths import settings_file, state_folder
from pixsession.foundation.room_time import zone_words
from pixsession.foundation.text import shown
from pixsession.reports.health import Finding, Health
from pixsession.store.opening import take_lock
from pixsession.watching.filesystems import on_network

_LEAST_ROOM = 200_000_000  # bytes: the exports of a year, their database, and something to spare
_LEAST_SIZE = (80, 24)


def program_findings() -> Iterator[Finding]:
    """Which program on which system; no name of a computer or of a user."""
    words = f"pixsession {__version__} · Python {platform.python_version()} · {platform.system()}"
    yield Finding(_("program"), f"{words} {platform.release()}")
    libraries = " · ".join(f"{name} {_version_of(name)}" for name in ("textual", "duckdb", "watchdog"))
    yield Finding(_("libraries"), libraries)
    there = _("there") if settings_file().exists() else _("none, the defaults count")
    yield Finding(_("settings"), there)


def _version_of(library: str) -> str:
    """Its version; a dash in a program packed without what pip notes of its libraries."""
    try:
        return version(library)
    except PackageNotFoundError:
        return "—"


def terminal_findings(environ: Mapping[str, str]) -> Iterator[Finding]:
    """Whether a board can be drawn, how large, in how many colours, with which signs."""
    size = shutil.get_terminal_size()
    term = shown(environ.get("TERM", "—"), 40)
    words = _("{columns} × {lines}, TERM={term}").format(columns=size.columns, lines=size.lines, term=term)
    if not has_terminal(environ):
        words = _("none: the board is printed once as text (TERM={term})").format(term=term)
        yield Finding(_("terminal"), words, Health.ODD)
    else:
        small = size.columns < _LEAST_SIZE[0] or size.lines < _LEAST_SIZE[1]
        yield Finding(_("terminal"), words, Health.ODD if small else Health.GOOD)
    yield _colours(environ)
    encoding = output_encoding()
    fits = shows_signs(encoding)
    words = _("{encoding}, every sign can be shown") if fits else _("{encoding}: plain characters only")
    words = words.format(encoding=shown(encoding, 40))
    yield Finding(_("encoding"), words, Health.GOOD if fits else Health.ODD)
    if environ.get("SSH_CONNECTION"):
        yield Finding(_("connection"), _("over SSH: without mouse and animations"))


def _colours(environ: Mapping[str, str]) -> Finding:
    depth = environ.get("COLORTERM", "").casefold()
    if "NO_COLOR" in environ:
        return Finding(_("colours"), _("none, because of NO_COLOR"), Health.ODD)
    if depth in {"truecolor", "24bit"}:
        return Finding(_("colours"), _("16 million"))
    return Finding(_("colours"), "256" if "256" in environ.get("TERM", "") else "16")


def place_findings(folder: Path) -> Iterator[Finding]:
    """A watched folder: there, readable, on this computer or on a network. Its name is not told."""
    if not folder.is_dir():
        yield Finding(_("folder"), _("it is not there, or it is no folder"), Health.BAD)
        return
    if not os.access(folder, os.R_OK | os.X_OK):
        yield Finding(_("folder"), _("it cannot be read"), Health.BAD)
        return
    words = _("on this computer: told by the system as soon as a file lands, and looked at all the same")
    if on_network(folder):
        words = _("on a network or a shared disk: looked at every few seconds")
    yield Finding(_("folder"), words)


def disk_findings() -> Iterator[Finding]:
    """Where the program keeps what it read and what was done."""
    state = state_folder()
    place = next(one for one in (state, *state.parents) if one.exists())
    if not os.access(place, os.W_OK):
        words = _("the folder of the program cannot be written: nothing will be kept")
        yield Finding(_("disk"), words, Health.BAD)
    free = shutil.disk_usage(place).free
    words = _("{n} MB free").format(n=free // 1_000_000)
    yield Finding(_("disk"), words, Health.ODD if free < _LEAST_ROOM else Health.GOOD)


def database_finding(board: Path) -> Finding:
    """The database of a folder or of a session file."""
    dossier = dossier_of(board)
    if not dossier.exists():
        return Finding(_("database"), _("nothing is kept yet"))
    aside = len(list(dossier.glob("*.duckdb.*"))) - (dossier / "board.duckdb.wal").exists()
    exports, entries = (len(list((dossier / name).glob(form))) for name, form in _KEPT)
    words = ngettext("{n} export kept", "{n} exports kept", exports).format(n=exports)
    words += " · " + ngettext("{n} journal", "{n} journals", entries).format(n=entries)
    if (lock := take_lock(dossier / "owner.lock")) is None:
        words += " · " + _("a board is open on it")
    else:
        lock.release()
    if aside > 0:
        words += " · " + ngettext("{n} damaged one set aside", "{n} damaged ones set aside", aside).format(
            n=aside
        )
    return Finding(_("database"), words, Health.ODD if aside > 0 else Health.GOOD)


_KEPT = (("exports", "*.csv"), ("journal", "*.jsonl"))


def clock_findings(now: datetime, timezone: str | None) -> Iterator[Finding]:
    """The computer's clock and zone; whether it is right is told by the exports, see `board_findings`."""
    zone = zone_words(now.date(), timezone) or _("that of the computer, the same as in Paris")
    yield Finding(_("clock"), _("{now} in Paris").format(now=f"{now:%d/%m/%Y %H:%M}"))
    yield Finding(_("time zone"), zone)
    yield Finding(_("language"), shown(locale.getlocale()[0] or "—", 40))


def board_findings(snapshot: Snapshot) -> Iterator[Finding]:
    """What was read of a folder, in numbers."""
    counts = {status: snapshot.files_with(status) for status in FileStatus}
    words = _("{read} read, {ignored} passed over, {refused} refused").format(
        read=counts[FileStatus.READ], ignored=counts[FileStatus.IGNORED], refused=counts[FileStatus.REFUSED]
    )
    odd = counts[FileStatus.REFUSED] or not counts[FileStatus.READ]
    yield Finding(_("files"), words, Health.ODD if odd else Health.GOOD)
    if snapshot.clock_behind > timedelta():
        yield Finding(_("clock"), "; ".join(clock_notices(snapshot.clock_behind, ())), Health.BAD)
