"""Adapts click: its texts in the language in use, output and error output, types of options."""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from importlib import import_module
from typing import Any, TextIO

import click

from pixsession import __version__
from pixsession.domain.board.wording import number_words
from pixsession.foundation.console import NEAREST, pipe_encoding
from pixsession.foundation.errors import PixSessionError
from pixsession.foundation.i18n import LANGUAGES, _, ngettext
from pixsession.foundation.spelling import nearest_spelling
from pixsession.foundation.system_errors import cause_words
from pixsession.foundation.text import shown

# Called by click with the context, the option and its value; gives the value to use.
Check = Callable[[click.Context, click.Parameter, Any], Any]


PRINTED = "-"  # as the name of a file: the output
# The values of arguments in examples of commands, by name.
_EXAMPLES = {"session_file": "session.toml", "file": "export.csv", "shell": "bash"}


class OutputClosed(Exception):
    """The reader of our output has closed it (`| head`), or there is no output at all (`>&-`)."""


def write(text: str, *, encoding: str | None = None, colour: bool = False) -> None:
    """Write to the output; what its encoding does not know becomes the nearest character, never an error."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        encoding = encoding or (None if sys.stdout.isatty() else pipe_encoding(os.environ))
        sys.stdout.reconfigure(encoding=encoding, errors=NEAREST)
    if sys.stdout is None or sys.stdout.closed:
        raise OutputClosed
    try:
        click.echo(text, file=sys.stdout, nl=False, color=colour)
        sys.stdout.flush()
    except OSError as error:
        _forget(sys.stdout)
        # Windows says EINVAL of a pipe that nobody reads any more.
        if error.errno in {errno.EPIPE, errno.EINVAL, errno.EBADF}:
            raise OutputClosed from None
        words = _("what was to be shown could not be written ({cause}).")
        raise PixSessionError(words.format(cause=cause_words(error))) from None


def complain(message: str) -> None:
    """Say what went wrong on the error output, and who says it."""
    remark(f"pixsession: {message}")


def remark(words: str) -> None:
    """Say it on the error output; where that is closed or full, the exit status has to do."""
    if sys.stderr is None or sys.stderr.closed:
        return
    try:
        if isinstance(sys.stderr, io.TextIOWrapper):
            sys.stderr.reconfigure(errors=NEAREST)
        click.echo(words, err=True)
    except OSError:
        _forget(sys.stderr)


def _forget(stream: TextIO) -> None:
    """Send what is still in the buffer of a stream nowhere, else Python complains at its end."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


class _Formatter(click.HelpFormatter):
    """The few words that click writes by itself."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix or f"{_('Usage:')} ")

    def write_heading(self, heading: str) -> None:
        headings = {"Options": _("Options:"), "Commands": _("Commands:")}
        self.write(f"{'':>{self.current_indent}}{headings.get(heading, heading)}\n")


class _Context(click.Context):
    formatter_class = _Formatter


class Command(click.Command):
    """A command whose complaints are ours to word."""

    context_class = _Context

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        rest = super().parse_args(ctx, args)
        if rest:
            words = ngettext("one word too many: {words}", "{n} words too many: {words}", len(rest))
            hint = _("The name of a file or folder that has spaces stands between quotes.")
            ctx.fail(f"{words.format(n=len(rest), words=shown(' '.join(rest)))}. {hint}")
        return rest


class Group(click.Group):
    """The commands; a word that is none of them gets the nearest spelling."""

    context_class = _Context

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] in self.commands:
            return super().resolve_command(ctx, args)
        raise click.UsageError(self._unknown(args[0]), ctx)

    def _unknown(self, written: str) -> str:
        word = shown(written)
        if near := nearest_spelling(written, self.commands):
            return _("no command “{word}”. Did you mean “{nearest}”?").format(word=word, nearest=near)
        if os.path.isdir(os.path.expanduser(written)):  # noqa: PTH111, PTH112 - of nobody: no error
            return _("“{word}” is a folder: pixsession watch {word}").format(word=word)
        known = ", ".join(self.commands)
        return _("no command “{word}”. The commands are: {known}.").format(word=word, known=known)


def one_of(*words: str) -> Check:
    """Refuse any word but these."""

    def check(context: click.Context, parameter: click.Parameter, value: Any) -> Any:
        if value is None or value in words:
            return value
        raise click.BadParameter(
            _("must be one of: {words}").format(words=", ".join(words)), context, parameter
        )

    return check


def day(context: click.Context, parameter: click.Parameter, value: Any) -> Any:
    """A day as ISO 8601 or as French sheets write it, as a date; refuses anything else."""
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        with suppress(TypeError, ValueError):
            return datetime.strptime(value, form).date()  # noqa: DTZ007 - a day alone
    if value is None:
        return None
    raise click.BadParameter(_("must be a date: 2026-01-05 or 05/01/2026"), context, parameter)


def number(low: float, high: float) -> Check:
    """Refuse what is no number within bounds; whole when its bounds are."""

    def check(context: click.Context, parameter: click.Parameter, value: Any) -> Any:
        if value is None:
            return None
        try:
            found = type(low)(str(value).replace(",", "."))  # as French writes a fraction
        except ValueError:
            found = None
        if found is not None and low <= found <= high:
            return found
        message = _("must be a number from {low} to {high}").format(
            low=number_words(low), high=number_words(high)
        )
        raise click.BadParameter(message, context, parameter)

    return check


def usage_words(error: click.UsageError) -> str:
    if isinstance(error, click.NoSuchOption):
        words = _("no option {name}.").format(name=shown(error.option_name))
        near = (
            f" {_('Did you mean {nearest}?').format(nearest=error.possibilities[0])}"
            if error.possibilities
            else ""
        )
        return words + near
    if isinstance(error, click.MissingParameter) and error.param is not None:
        name = error.param.make_metavar(error.ctx) if error.ctx else error.param.opts[0]
        command = error.ctx.command_path if error.ctx else "pixsession"
        example = f"{command} {_EXAMPLES.get(error.param.name or '', '…')}"
        return _("{name} is missing. For instance: {example}").format(name=name, example=example)
    if isinstance(error, click.BadOptionUsage):
        return _("{name}: a value is missing, or there is one too many.").format(
            name=shown(error.option_name)
        )
    if isinstance(error, click.BadParameter) and error.param is not None:
        return _("{name}: {fault}").format(name=error.param.opts[0], fault=error.message)
    return error.message


def _show_help(context: click.Context, _parameter: click.Parameter, wanted: bool) -> None:
    if wanted:
        write(context.get_help() + "\n")
        context.exit()


def _show_version(context: click.Context, _parameter: click.Parameter, wanted: bool) -> None:
    if wanted:
        write(f"pixsession {__version__}\n")
        context.exit()


def option(*names: str, **more: Any) -> click.Option:
    return click.Option(names, **more)


def version_option() -> click.Option:
    return option(
        "--version", "-V", is_flag=True, is_eager=True, expose_value=False, callback=_show_version,
        help=_("Show the version and end."),
    )  # fmt: skip


def everywhere() -> list[click.Parameter]:
    """Options of the program and of each of its commands."""
    return [
        option(
            "--lang", callback=one_of(*LANGUAGES), expose_value=False, metavar="|".join(LANGUAGES),
            help=_("Language."),
        ),
        option(
            "--help", "-h", is_flag=True, is_eager=True, expose_value=False, callback=_show_help,
            help=_("Show this help and end."),
        ),
    ]  # fmt: skip


def command(name: str, short: str, more: str, *parameters: click.Parameter) -> click.Command:
    """The command whose function and whose module in `cli/commands/` have its name."""

    # Each loads what it alone needs, and when it runs: (c) and (d).
    def run(**given: Any) -> int:
        module = import_module(f"pixsession.cli.commands.{name}")
        return int(getattr(module, name)(**given))

    return Command(
        name,
        callback=run,
        short_help=short,
        help=f"{short}\n\n{more}",
        params=[*parameters, *everywhere()],
        options_metavar=_("[OPTIONS]"),
        add_help_option=False,
        context_settings={"allow_extra_args": True},
    )
