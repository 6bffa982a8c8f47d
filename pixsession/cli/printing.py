"""A board printed as text."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping
from datetime import datetime

from pixsession.cli.words import write
from pixsession.domain.board.snapshot import Snapshot
from pixsession.reports.text import board_text
from pixsession.settings.config import Settings


def print_board(snapshot: Snapshot, settings: Settings, environ: Mapping[str, str], now: datetime) -> None:

    is_terminal = sys.stdout is not None and sys.stdout.isatty()
    colour = is_terminal and "NO_COLOR" not in environ and environ.get("TERM") != "dumb"
    text = board_text(
        snapshot,
        now,
        width=shutil.get_terminal_size().columns,
        ascii_only=plain_only(settings),
        colour=colour,
    )
    write(text, colour=colour)


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
