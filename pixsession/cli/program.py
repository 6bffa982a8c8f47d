"""The command line, in the language in use; the only place that exits."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

import click

from pixsession.cli.options import filters, form, looks, plain, session_once
from pixsession.cli.start import ASKING, INTERRUPTED, NOTHING_CHECKED, PIPE_CLOSED, Start, alone
from pixsession.cli.words import (
    Group,
    OutputClosed,
    command,
    complain,
    everywhere,
    option,
    usage_words,
    version_option,
)
from pixsession.foundation.console import repaired_arguments
from pixsession.foundation.errors import BadConfiguration, PixSessionError
from pixsession.foundation.i18n import DEFAULT_LANGUAGE, LANGUAGES, _, use_language
from pixsession.foundation.own_process import READ_APART
from pixsession.foundation.paths import settings_file, state_folder
from pixsession.foundation.system_errors import cause_words
from pixsession.foundation.text import shown
from pixsession.settings.config import Settings, load_settings


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and leave with its status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given == [READ_APART]:
        from pixsession.readers.apart.child import serve  # noqa: PLC0415 - (d): a packed program's child alone

        serve()
        sys.exit(0)
    sys.exit(_run(repaired_arguments(given), os.environ))


def _run(arguments: list[str], environ: Mapping[str, str]) -> int:
    try:
        return _obey(arguments, environ)
    except KeyboardInterrupt:
        return INTERRUPTED
    except OutputClosed:
        return PIPE_CLOSED
    except PixSessionError as error:
        complain(error.message)
    except OSError as error:
        if environ.get("PIXSESSION_DEBUG"):
            raise
        complain(_refused_words(error))
    except Exception as error:
        # The last door: a traceback is no answer to a teacher.
        if environ.get("PIXSESSION_DEBUG"):
            raise
        complain(_unexpected_words(error))
    return NOTHING_CHECKED


def _obey(arguments: list[str], environ: Mapping[str, str]) -> int:
    asked = _language_asked(arguments, environ)
    use_language(asked or DEFAULT_LANGUAGE)
    start = _start(environ)
    if asked is None:
        use_language(start.settings.language)
    asked_by_shell = environ.get(ASKING)
    group = program("" if asked_by_shell else "".join(arguments[:1]))
    if asked_by_shell:
        from pixsession.cli.completion import answer  # noqa: PLC0415 - (c): only a shell asks

        return answer(group, asked_by_shell)
    try:
        with group.make_context("pixsession", arguments, obj=start) as context:
            status = group.invoke(context)
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except click.UsageError as error:
        where = error.ctx.command_path if error.ctx else "pixsession"
        complain(f"{usage_words(error)}\n{_('See: {command} --help').format(command=where)}")
        return NOTHING_CHECKED
    return int(status or 0)


def _language_asked(arguments: Sequence[str], environ: Mapping[str, str]) -> str | None:
    """The language of `--lang`, in any position, else of the environment: help needs it before parsing."""
    asked = [environ.get("PIXSESSION_LANG", "").strip().lower()]
    for position, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument.startswith("--lang="):
            asked.append(argument.removeprefix("--lang="))
        elif argument == "--lang":
            asked += arguments[position + 1 : position + 2]
    # One that does not exist is complained about later, in the language of the others.
    return next((language for language in reversed(asked) if language in LANGUAGES), None)


def _start(environ: Mapping[str, str]) -> Start:
    try:
        return Start(environ, load_settings(settings_file(), environ), None)
    except BadConfiguration as error:
        return Start(environ, Settings(), error)


def _refused_words(error: OSError) -> str:
    """The cause, with the file where it is one of ours; any other may be named after a student."""
    with suppress(PixSessionError, TypeError):
        if Path(error.filename).is_relative_to(state_folder()):
            name = shown(str(error.filename), 1000)
            return _("{name}: {cause}").format(name=name, cause=cause_words(error))
    return _("the system refused something ({cause}).").format(cause=cause_words(error))


def _unexpected_words(error: BaseException) -> str:
    """Where it happened and how to know more; never the message, which may hold a student's name."""
    place, trace = "", error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        if "pixsession" in Path(code.co_filename).parts:
            place = f"{Path(code.co_filename).name}:{trace.tb_lineno}"
        trace = trace.tb_next
    words = _(
        "something unexpected happened ({kind}, {place}); nothing that was kept is lost.\n"
        "For the details: set PIXSESSION_DEBUG=1 and run the command again."
    )
    return words.format(kind=type(error).__name__, place=place)


def program(name: str = "") -> Group:
    """The command of this name, else all of them, with their help in the language in use.

    Built at each run: the language is an option.
    """
    group = Group(
        "pixsession",
        callback=alone,
        invoke_without_command=True,
        help=_(
            "A live board of a supervised Pix lesson or certification session: the exports of Pix Orga "
            "saved in a folder say who is eligible for certification, and who is not."
        ),
        epilog=_("FOLDER left out is your downloads folder. Settings: pixsession config."),
        params=[version_option(), *everywhere()],
        options_metavar=_("[OPTIONS]"),
        subcommand_metavar=_("COMMAND …"),
        add_help_option=False,
    )
    for make in _makers(name):
        group.add_command(make())
    return group


def _watch_command() -> click.Command:
    return command(
        "watch",
        _("Show the board of a folder, live."),
        _("Without a terminal the board is printed once as text, and the status is 0."),
        click.Argument(["folder"], required=False, metavar=_("[FOLDER]")),
        *filters(),
        option(
            "--session",
            metavar=_("FILE"),
            help=_("Supervise the session of this file (see: pixsession init)."),
        ),
        option("--ephemeral", is_flag=True, help=_("Keep nothing of what is read.")),
        *looks(),
    )


def _check_command() -> click.Command:
    return command(
        "check",
        _("Print the board of a folder once, and end."),
        _(
            "Status: 0 when every student is eligible, 1 when someone is not, 2 when nothing could be "
            "checked (bad folder, no usable file, bad settings)."
        ),
        click.Argument(["folder"], required=False, metavar=_("[FOLDER]")),
        *filters(),
        session_once(),
        *form(),
        plain(),
    )


# The first two of the help, and those that anybody waits for.
_BOARDS: Mapping[str, Callable[[], click.Command]] = {"watch": _watch_command, "check": _check_command}


def _makers(name: str) -> Iterable[Callable[[], click.Command]]:
    """Of the command of this name, else of all, in the order of the help."""
    if name in _BOARDS:
        return (_BOARDS[name],)
    from pixsession.cli.further import FURTHER  # noqa: PLC0415 - (c), (d): 3 ms of other commands

    return (FURTHER[name],) if name in FURTHER else (*_BOARDS.values(), *FURTHER.values())
