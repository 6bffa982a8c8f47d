"""The commands about what this computer keeps, the handbook and the shell: their words and options."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import click

from pixsession.cli.words import command, one_of, option
from pixsession.foundation.i18n import _

SHELLS = ("bash", "zsh", "fish", "powershell")
_DAYS = re.compile(r"(\d{1,4})\s*[dj]?", re.IGNORECASE | re.ASCII)


def _config_command() -> click.Command:
    return command(
        "config",
        _("Say where the settings are, and print them with their defaults."),
        _("The output is a settings file: each line says what it is for and how to change it."),
    )


def _kept_command() -> click.Command:
    return command(
        "kept",
        _("List what is kept on this computer."),
        _(
            "Each board: its folder or session file, when it was last written, how large it is, how many "
            "students it holds. With --student: all that is kept about one."
        ),
        option("--student", metavar=_("NAME"), help=_("Only what is kept about this student.")),
    )


def _purge_command() -> click.Command:
    return command(
        "purge",
        _("Delete what was kept for a folder."),
        _(
            "The exports and the history that the board of this folder kept; the folder itself is untouched. "
            "For a session, name its file. Nothing is deleted under an open board."
        ),
        click.Argument(["folder"], required=False, metavar=_("[FOLDER]")),
        option("--all", "everything", is_flag=True, help=_("Everything that is kept on this computer.")),
        option(
            "--older-than", "days", callback=_days, metavar="30d",
            help=_("Every board that was not written for so many days."),
        ),
        option("--student", metavar=_("NAME"), help=_("This student, wherever they are kept.")),
        option(
            "--others", metavar=_("SESSION.TOML"),
            help=_("In what a session keeps: everybody whom it did not call."),
        ),
        option("--yes", is_flag=True, help=_("Do not ask first.")),
    )  # fmt: skip


def _guide_command() -> click.Command:
    return command(
        "guide",
        _("Open the handbook in the browser, or say where it is."),
        _("A page for this computer alone, with pictures and a card of keys to print."),
        option("--text", is_flag=True, help=_("Print it here instead.")),
        option("--keys", is_flag=True, help=_("Only the card of keys, to print on one sheet.")),
        option(
            "--register", is_flag=True,
            help=_("Print an entry for the school's register, with the paths of this computer."),
        ),
    )  # fmt: skip


def _completion_command() -> click.Command:
    return command(
        "completion",
        _("Print the script that completes commands and options in a shell."),
        _(
            'bash, in ~/.bashrc: eval "$(pixsession completion bash)". zsh, in ~/.zshrc: the same with zsh. '
            "fish: pixsession completion fish > ~/.config/fish/completions/pixsession.fish. PowerShell, in "
            "the file $PROFILE: pixsession completion powershell | Out-String | Invoke-Expression."
        ),
        click.Argument(["shell"], callback=one_of(*SHELLS), metavar="|".join(SHELLS)),
    )


def _days(context: click.Context, parameter: click.Parameter, written: Any) -> int | None:
    if written is None:
        return None
    found = _DAYS.fullmatch(str(written).strip())
    if found is None:
        raise click.BadParameter(_("must be a number of days, such as 30d"), context, parameter)
    return int(found[1])


# In the order of the help.
UPKEEP: Mapping[str, Callable[[], click.Command]] = {
    "config": _config_command,
    "kept": _kept_command,
    "purge": _purge_command,
    "guide": _guide_command,
    "completion": _completion_command,
}
