"""Words completed by the shell: click's own scripts and answers, for our commands and options."""

from __future__ import annotations

import click
from click.shell_completion import ShellComplete, get_completion_class

from pixsession.cli.start import ASKING, NOTHING_CHECKED
from pixsession.cli.words import Group, write

_PROGRAM = "pixsession"
_FOLDERS = {"folder", "parquet"}
_FILES = {"file", "session_file", "session", "list", "output", "paths"}


def script(group: click.Command, shell: str) -> str:
    """What this shell (one of `SHELLS`) runs so that it completes the words of the program."""
    # Not `source()` of the class: for bash it starts one to know its version, and complains in English.
    return ShellComplete.source(_shell(group, shell)) + "\n"


def answer(group: Group, asked: str) -> int:
    """Print what a script asked for in `ASKING`, as `bash_complete`; the status."""
    shell, _separator, instruction = asked.partition("_")
    if instruction != "complete" or get_completion_class(shell) is None:
        return NOTHING_CHECKED
    for known in group.commands.values():
        _tell_kinds(known)
    write(_shell(group, shell).complete() + "\n")
    return 0


def _shell(group: click.Command, shell: str) -> ShellComplete:
    found = get_completion_class(shell)
    if found is None:
        raise ValueError(shell)
    return found(group, {}, _PROGRAM, ASKING)


def _tell_kinds(known: click.Command) -> None:
    """Say which values are files, folders or one of a few words: values are checked elsewhere, as texts."""
    for parameter in known.params:
        choices = (parameter.metavar or "").split("|")
        if getattr(parameter, "is_flag", False):
            continue
        if len(choices) > 1:
            parameter.type = click.Choice(choices)
        elif parameter.name in _FOLDERS | _FILES:
            parameter.type = click.Path(file_okay=parameter.name in _FILES)
