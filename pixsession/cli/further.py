"""The commands beside `watch` and `check`, in the order of the help: their words and options."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import click

from pixsession.cli.options import campaign, everything, form, looks, plain, session_once
from pixsession.cli.results import results_command
from pixsession.cli.session_commands import (
    groups_command,
    init_command,
    progress_command,
    report_command,
    sessions_command,
)
from pixsession.cli.sql_options import sql_command
from pixsession.cli.upkeep import UPKEEP
from pixsession.cli.words import command, number, option
from pixsession.foundation.i18n import _


def _doctor_command() -> click.Command:
    return command(
        "doctor",
        _("Say whether this computer, a folder and a session are fit for a board."),
        _(
            "What to send when asking for help: terminal, folder, disk, clock, databases, version; no name "
            "is in it. Status: 0 when all is well, 1 when there is something to look at, 2 when a board "
            "cannot work."
        ),
        click.Argument(["folder"], required=False, metavar=_("[FOLDER]")),
        session_once(),
        plain(),
    )


def _match_command() -> click.Command:
    return command(
        "match",
        _("List who may be whom, across the files of a folder."),
        _(
            "Each doubt with its candidates and why, then what was decided. To decide: pixsession watch, "
            "key r. Status: 0 without a doubt, 1 with one, 2 when nothing could be read."
        ),
        click.Argument(["folder"], required=False, metavar=_("[FOLDER]")),
        campaign(),
        everything(),
        *form(),
    )


def _inspect_command() -> click.Command:
    return command(
        "inspect",
        _("Say what is understood of one file."),
        _(
            "Nothing is kept and nothing is changed. Status: 0 when the file was read, 2 when it is refused, "
            "not known or not there."
        ),
        click.Argument(["file"], metavar=_("FILE")),
        *form(),
    )


def _demo_command() -> click.Command:
    return command(
        "demo",
        _("Play a certification morning with invented students."),
        _("Three classes, eight exports over 1 h 45, dropped into a temporary folder."),
        option(
            "--speed",
            callback=number(0.1, 100000.0),
            metavar="N",
            help=_("How many times faster than the real morning."),
        ),
        option(
            "--session",
            is_flag=True,
            help=_("Rehearse a whole certification: 26 candidates in two rooms, with every key."),
        ),
        option(
            "--lesson",
            is_flag=True,
            help=_("An hour with half a class: two campaigns, help, targeted sessions, with every key."),
        ),
        *looks(),
    )


def _forget_command() -> click.Command:
    return command(
        "forget",
        _("Have a file count no more, as if it had never come."),
        _(
            "The file itself is untouched, and may be gone already. The decision is kept with what was read "
            "from its folder; --undo takes it back."
        ),
        click.Argument(["file"], metavar=_("FILE")),
        option("--undo", is_flag=True, help=_("Have the file count again.")),
        option(
            "--session",
            metavar=_("FILE"),
            help=_("On the board of this session, instead of that of the folder."),
        ),
    )


FURTHER: Mapping[str, Callable[[], click.Command]] = {
    "doctor": _doctor_command,
    "match": _match_command,
    "inspect": _inspect_command,
    "demo": _demo_command,
    "init": init_command,
    "sessions": sessions_command,
    "report": report_command,
    "results": results_command,
    "progress": progress_command,
    "groups": groups_command,
    "sql": sql_command,
    **UPKEEP,
    "forget": _forget_command,
}
