"""The options and the help of the command `sql`."""

from __future__ import annotations

import click

from pixsession.cli.options import force
from pixsession.cli.words import command, number, one_of, option
from pixsession.domain.board.view_words import EXAMPLES
from pixsession.foundation.i18n import _


def sql_command() -> click.Command:
    """The command, its help with the examples of `view_words`."""
    return command(
        "sql",
        _("Ask what was read, in SQL."),
        "\n\n".join(
            (
                _(
                    "QUESTION is one SELECT. It is answered on a copy in memory: nothing can be changed, "
                    "and no other file read. --tables describes every view and column."
                ),
                _("Examples:"),
                *(f"\b\n{_(words)}\n{question}" for words, question in EXAMPLES),
                _("Status: 0 with an answer, 2 where the question cannot be answered."),
            )
        ),
        click.Argument(["question"], required=False, metavar=_("[QUESTION]")),
        click.Argument(["folder"], required=False, metavar=_("[FOLDER]")),
        option(
            "--session", metavar=_("FILE"),
            help=_("What the board of this session shows, its folders and its actions."),
        ),
        option(
            "--format", "form", callback=one_of("table", "csv", "json", "parquet"), default="table",
            metavar="table|csv|json|parquet",
            help=_("A table for people (the default), one for spreadsheets, JSON, Parquet."),
        ),
        option("--output", metavar=_("FILE"), help=_("Write the answer to this file.")),
        force(),
        option(
            "--seconds", callback=number(1, 3600), default="30", metavar="N",
            help=_("Give up after so long; 30 when left out."),
        ),
        option("--tables", is_flag=True, help=_("Describe what can be asked of.")),
    )  # fmt: skip
