"""Options that several commands share."""

from __future__ import annotations

import click

from pixsession.cli.words import number, one_of, option
from pixsession.foundation.i18n import _


def session_once() -> click.Parameter:
    return option(
        "--session",
        metavar=_("FILE"),
        help=_("The session of this file: those who are called, and what each needs now."),
    )


def filters() -> list[click.Parameter]:
    return [campaign(), class_option(), everything()]


def everything() -> click.Parameter:
    return option(
        "--all",
        "shows_all",
        is_flag=True,
        help=_("Also the campaigns of earlier school years and of other organisations."),
    )


def class_option() -> click.Parameter:
    return option(
        "--class", "classes", multiple=True, metavar="3eB",
        help=_("Only this class or group; may be repeated."),
    )  # fmt: skip


def campaign() -> click.Parameter:
    return option(
        "--campaign", "campaigns", multiple=True, metavar="CODE",
        help=_("Only this campaign; may be repeated."),
    )  # fmt: skip


def form() -> list[click.Parameter]:
    return [
        option(
            "--format", "form", callback=one_of("text", "json"), default="text", metavar="text|json",
            help=_("Text for people (the default), JSON for programs."),
        ),
        option("--output", metavar=_("FILE"), help=_("Write a file, in UTF-8, instead of printing.")),
        force(),
    ]  # fmt: skip


def target() -> click.Parameter:
    return option(
        "--output", metavar=_("FILE"),
        help=_("Where to write: a file, or a folder; this folder when left out."),
    )  # fmt: skip


def force() -> click.Parameter:
    return option("--force", is_flag=True, help=_("Replace a file that is there already."))


def plain() -> click.Parameter:
    return option("--ascii", "ascii_only", is_flag=True, default=None, help=_("Plain characters only."))


def looks() -> list[click.Parameter]:
    return [
        option("--theme", metavar=_("NAME"), help=_("Colours.")),
        option(
            "--stale-minutes", callback=number(1, 1440), metavar="N",
            help=_("After so long without an export, say that the board is out of date."),
        ),
        option("--mouse/--no-mouse", default=None, help=_("The mouse in the board (off over SSH).")),
        plain(),
    ]  # fmt: skip
