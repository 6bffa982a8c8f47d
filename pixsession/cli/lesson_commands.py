"""The commands about lessons, with their options."""

from __future__ import annotations

import click

from pixsession.cli.words import command, day, one_of, option
from pixsession.domain.pix.school_year import PERIODS
from pixsession.foundation.i18n import _


def progress_command(of_class: click.Parameter) -> click.Command:
    return command(
        "progress",
        _("Compare the lessons of a term, and list those to remind."),
        _(
            "Every lesson whose board was open on this machine, by student and for the class. The list at "
            "the end is ready to be pasted into a message. Text is printed, a table is written to a file."
        ),
        of_class,
        option("--all", "shows_all", is_flag=True, help=_("Also the lessons of earlier school years.")),
        option(
            "--since", metavar=_("DATE"), callback=day,
            help=_("Only the lessons from this day on (2026-01-05 or 05/01/2026)."),
        ),
        option("--until", metavar=_("DATE"), callback=day, help=_("Only the lessons up to this day.")),
        option(
            "--period", callback=one_of(*PERIODS), metavar="T1|T2|T3|S1|S2",
            help=_("Only the lessons of this term (T1 ends in November, T2 in March) or half-year."),
        ),
        option(
            "--format", "form", callback=one_of("text", "csv"), default="text", metavar="text|csv",
            help=_("Plain text (the default), or a table."),
        ),
        option(
            "--output", metavar=_("FILE"),
            help=_("Where to write: a file, or a folder; this folder when left out."),
        ),
        option("--force", is_flag=True, help=_("Replace a file that is there already.")),
    )  # fmt: skip
