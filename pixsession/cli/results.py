"""The options of the command `results`, in the language in use."""

from __future__ import annotations

from typing import Any

import click

from pixsession.cli.options import class_option, force, target
from pixsession.cli.words import Check, command, one_of, option
from pixsession.foundation.i18n import _


def results_command() -> click.Command:
    """The command with its help in the language in use."""
    return command(
        "results",
        _("Take stock of certifications: where the school stands, by class and by year."),
        _(
            "Reads the results of classes (Pix Orga) and of sessions (Pix Certif), files or folders, also of "
            "several years; profiles and lists beside them say who progressed and who has no result. A "
            "folder of Parquet that --parquet wrote compares schools. Status: 2 when there is no result."
        ),
        click.Argument(["paths"], required=False, nargs=-1, metavar=_("[PATH]…")),
        option(
            "--year", "years", multiple=True, metavar="2025-2026", callback=_school_years(),
            help=_("Only this school year; may be repeated."),
        ),
        class_option(),
        option(
            "--format", "form", callback=one_of("html", "text", "csv", "json"), default="text",
            metavar="html|text|csv|json",
            help=_("Plain text (the default), a page to print, a table, JSON for programs."),
        ),
        target(),
        force(),
        option(
            "--anonymous", is_flag=True,
            help=_("Without names or numbers; groups under 5 become one, so that nobody can be found."),
        ),
        option(
            "--parquet", metavar=_("FOLDER"),
            help=_("Add the results without names to this folder, as Parquet, to compare schools."),
        ),
        option("--school", metavar=_("NAME"), help=_("Name of the school, instead of the one in the files.")),
    )  # fmt: skip


def _school_years() -> Check:
    """Refuse what is no school year."""

    def check(context: click.Context, parameter: click.Parameter, value: Any) -> Any:
        for year in value:
            start, dash, end = year.partition("-")
            if not (dash and start.isdecimal() and end.isdecimal() and int(end) == int(start) + 1):
                words = _("a school year is written as in 2025-2026")
                raise click.BadParameter(words, context, parameter)
        return value

    return check
