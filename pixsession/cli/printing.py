"""A board printed as text."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping
from datetime import datetime

from pixsession.cli.words import PRINTED, complain, write
from pixsession.domain.board.snapshot import Snapshot
from pixsession.foundation.console import is_unicode, obeys_sequences
from pixsession.foundation.i18n import _
from pixsession.foundation.paths import at_home
from pixsession.foundation.text import shown
from pixsession.reports.put import put
from pixsession.reports.text import board_text
from pixsession.settings.config import Settings

_WIDTH_OF_FILES = 100  # columns


def deliver(text: str, output: str | None, *, force: bool = False, for_programs: bool = False) -> None:
    """Print, or write a file in UTF-8, whatever the console can show; raises NotWritten.

    Text has a byte order mark: without one, editors and spreadsheets of Windows guess. JSON may have none.
    """
    if output is None or output == PRINTED:
        write(text, encoding="utf-8" if for_programs else None)
        _tell_of_letters(text)
        return
    path = put(at_home(output).absolute(), text.encode("utf-8" if for_programs else "utf-8-sig"), force=force)
    complain(_("{file} is written.").format(file=shown(str(path), 1000)))


def deliver_board(snapshot: Snapshot, settings: Settings, now: datetime, output: str, *, force: bool) -> None:
    """The board as text in a file."""
    text = board_text(snapshot, now, width=_WIDTH_OF_FILES, ascii_only=settings.ascii_only, colour=False)
    deliver(text, output, force=force)


def print_board(snapshot: Snapshot, settings: Settings, environ: Mapping[str, str], now: datetime) -> None:
    colour = (
        is_terminal() and obeys_sequences() and "NO_COLOR" not in environ and environ.get("TERM") != "dumb"
    )
    text = board_text(
        snapshot,
        now,
        width=shutil.get_terminal_size().columns,
        ascii_only=plain_only(settings),
        colour=colour,
    )
    write(text, colour=colour)
    _tell_of_letters(text)


def _tell_of_letters(text: str) -> None:
    """Say so where letters of names were written as others; signs need no word."""
    encoding = sys.stdout.encoding
    if is_unicode(encoding):
        return
    letters = "".join(filter(str.isalpha, text))
    if letters.encode(encoding, "ignore").decode(encoding) != letters:
        complain(_("this output cannot write every letter of the names; --output FILE does."))


def is_terminal() -> bool:
    """Whether the output is read on a terminal."""
    return sys.stdout is not None and sys.stdout.isatty()


def plain_only(settings: Settings) -> bool:
    """Whether symbols are left out: asked for, or unknown to the output (Windows code pages)."""
    return settings.ascii_only or not shows_signs(output_encoding())


def output_encoding() -> str:
    """How what is printed is encoded."""
    return getattr(sys.stdout, "encoding", None) or "ascii"


def shows_signs(encoding: str) -> bool:
    """Whether this encoding has every sign of the board."""
    try:
        "✖✔●○▲▼−∅→".encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True
