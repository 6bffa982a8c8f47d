"""What every command starts from: the settings, the folder asked for, an answer at the terminal."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import click

from pixsession.cli.words import write
from pixsession.foundation.console import NEAREST, has_signs
from pixsession.foundation.errors import FolderUnusable, PixSessionError
from pixsession.foundation.i18n import _
from pixsession.foundation.paths import (
    at_home,
    dossier_folder,
    downloads_folder,
    state_folder,
)
from pixsession.foundation.patience import Answer, Patient
from pixsession.foundation.text import shown
from pixsession.settings.config import BoardRequest, Settings

EVERYBODY_ELIGIBLE = 0
SOMEBODY_NOT = 1
NOTHING_CHECKED = 2
INTERRUPTED = 130  # as shells say of Ctrl+C
PIPE_CLOSED = 141  # and of a reader that went away: 1 would be a verdict
ASKING = "_PIXSESSION_COMPLETE"  # click's name for the variable by which the scripts of shells ask
_ANSWER_SECONDS = 10.0  # a drive that hangs could not even be interrupted


class Start(NamedTuple):
    """What every command starts from; `fault` is why the settings could not be used."""

    environ: Mapping[str, str]
    settings: Settings
    fault: PixSessionError | None

    def usable(self) -> Settings:
        """The settings, or the reason why there are none."""
        if self.fault is not None:
            raise self.fault
        if has_terminal(self.environ) and not has_signs(self.environ, sys.stdout.encoding):
            return self.settings._replace(ascii_only=True)
        return self.settings


@click.pass_context
def alone(context: click.Context) -> int:
    """The program without a command: its help."""
    if context.invoked_subcommand is None:
        write(context.get_help() + "\n")
    return 0


def folder_of(written: str | None) -> Path:
    # Absolute: "." would tell nobody where to save an export.
    return (downloads_folder() if written is None else at_home(written)).absolute()


def dossier_of(folder: Path) -> Path:
    """Its dossier on this computer; raises FolderUnusable where the drive of the folder does not answer."""
    return asked_of_drive(folder, partial(dossier_folder, state_folder(), folder))


def asked_of_drive(folder: Path, question: Callable[[], Answer]) -> Answer:
    """What is asked about a folder; raises FolderUnusable where its drive does not answer."""
    try:
        return Patient[Answer](_ANSWER_SECONDS).ask(question)
    except TimeoutError:
        words = _("The system cannot read {folder}. Is its disk or its share connected?")
        raise FolderUnusable(words.format(folder=shown(str(folder), 1000)), _("Folder")) from None


def with_options(settings: Settings, chosen: Mapping[str, Any]) -> Settings:
    fields = ("theme", "stale_minutes", "mouse", "ascii_only")
    given = {name: chosen[name] for name in fields if chosen.get(name) is not None}
    return settings._replace(**given)


def request_of(
    folder: Path, settings: Settings, chosen: Mapping[str, Any], dossier: Path | None
) -> BoardRequest:
    # Codes are capitals; a key of a campaign without code is taken as written.
    campaigns = frozenset(form for code in chosen["campaigns"] for form in (code, code.upper()))
    columns = tuple(settings.columns.items())
    return BoardRequest(
        folder,
        settings.rule,
        campaigns,
        dossier,
        settings.scan_seconds,
        columns,
        shows_all=bool(chosen.get("shows_all")),
    )


def has_terminal(environ: Mapping[str, str]) -> bool:
    """Whether a board can be drawn: Textual reads stdin, writes on stderr, and checks neither."""
    streams = (sys.stdin, sys.stdout, sys.__stderr__)
    return environ.get("TERM") != "dumb" and all(stream is not None and stream.isatty() for stream in streams)


def spare_screen() -> None:
    """Have the screen of an 8-bit terminal lose its signs, and no more: Textual would write their numbers."""
    if isinstance(sys.__stderr__, io.TextIOWrapper):
        sys.__stderr__.reconfigure(errors=NEAREST)


def somebody_answers() -> bool:
    """Whether a question would be seen, and answered by hand."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr))


def answer_to(question: str) -> str:
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
