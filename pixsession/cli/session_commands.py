"""The commands about session files and what is kept of sessions: their options and help."""

from __future__ import annotations

import click

from pixsession.cli.options import class_option, filters, force, target
from pixsession.cli.words import command, day, number, one_of, option
from pixsession.domain.lesson.objectives import OBJECTIVE_PRESETS
from pixsession.domain.pix.school_year import PERIODS
from pixsession.foundation.i18n import _

PAGES = ("term", "council", "families", "calendar")


def init_command() -> click.Command:
    return command(
        "init",
        _("Write a session file to start from."),
        _(
            "Every key stands in it with its reason. At a terminal a few questions are asked, unless one of "
            "the options answers already. FILE left out is session.toml, in this folder."
        ),
        click.Argument(["file"], required=False, metavar=_("[FILE]")),
        option("--kind", metavar="certification|half-group", help=_("What is supervised.")),
        option("--title", metavar=_("TEXT"), help=_("Title of the session.")),
        option("--date", metavar=_("DAY"), help=_("Day of the session; today when left out.")),
        option("--start", metavar="08:30", help=_("When the test starts.")),
        option("--room", metavar=_("NAME"), help=_("Room of the session; several with commas between them.")),
        option("--folder", metavar=_("FOLDER"), help=_("Where the exports and the lists are.")),
        option("--list", metavar=_("FILE"), help=_("List of the candidates, in that folder.")),
        option("--class", metavar="5eB", help=_("Class of a lesson; several with commas between them.")),
        option("--group", metavar="5eB gr1", help=_("Half-group of a lesson, as Pix writes it.")),
        option(
            "--objective", callback=one_of(*OBJECTIVE_PRESETS), metavar="|".join(OBJECTIVE_PRESETS),
            help=_("What a lesson aims at; that of the year of its class when left out."),
        ),
        option("--code", metavar="CODE", help=_("Code of the campaign for those who are not eligible.")),
        option("--collection-code", metavar="CODE", help=_("Code of the campaign that collects profiles.")),
        option("--access-code", metavar="CODE", help=_("Access code of the session, in Pix Certif.")),
        option("--latest-start", metavar="09:45", help=_("Latest useful start.")),
        force(),
    )  # fmt: skip


def report_command() -> click.Command:
    return command(
        "report",
        _("Hand a session over: the sheet of the day, to print or to keep."),
        _(
            "Who was absent or redirected, extra times, starts and ends, incidents, notes, what was read. "
            "Of a lesson: before and after, objectives, who is to be seen again. "
            "A page and a table are written to a file, plain text is printed."
        ),
        click.Argument(["session_file"], metavar=_("SESSION_FILE")),
        option(
            "--format", "form", callback=one_of("html", "csv", "text"), default="html",
            metavar="html|csv|text", help=_("A page to print (the default), a table, plain text."),
        ),
        target(),
        force(),
    )  # fmt: skip


def progress_command() -> click.Command:
    return command(
        "progress",
        _("Compare the lessons of a term, and list those to remind."),
        _(
            "Every lesson whose board was open on this computer, by student and for the class. The list at "
            "the end is ready to be pasted into a message. Text is printed, a page or a table is written to "
            "a file."
        ),
        class_option(),
        option(
            "--page", callback=one_of(*PAGES), default=PAGES[0], metavar="|".join(PAGES),
            help=_(
                "term: the lessons side by side (the default); council: one page a class; families: one "
                "plain sheet a student; calendar: the campaigns of the year by class."
            ),
        ),
        option(
            "--objective", callback=one_of(*OBJECTIVE_PRESETS), metavar="|".join(OBJECTIVE_PRESETS),
            help=_("What is aimed at; when left out, that of the year of each class."),
        ),
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
            "--format", "form", callback=one_of("html", "csv", "text"), default="text",
            metavar="html|csv|text", help=_("A page to print, a table, plain text (the default)."),
        ),
        target(),
        force(),
    )  # fmt: skip


def groups_command() -> click.Command:
    return command(
        "groups",
        _("Propose targeted sessions: small groups that miss the same competence."),
        _(
            "Groups of 3 to 8, by the profiles of the folder, with who can help, and how many would reach "
            "the objective if every group succeeds. Text is printed, a page or a table is written to a file."
        ),
        click.Argument(["folder"], required=False, metavar=_("[FOLDER]")),
        *filters(),
        option(
            "--objective", callback=one_of(*OBJECTIVE_PRESETS), default="certification",
            metavar="|".join(OBJECTIVE_PRESETS), help=_("What is aimed at; certification when left out."),
        ),
        option(
            "--slots", callback=number(1, 12), default="2", metavar="N", help=_("At most so many groups."),
        ),
        option(
            "--format", "form", callback=one_of("html", "csv", "text"), default="text",
            metavar="html|csv|text", help=_("A page to print, a table, plain text (the default)."),
        ),
        target(),
        force(),
    )  # fmt: skip


def sessions_command() -> click.Command:
    return command(
        "sessions",
        _("List the sessions whose board was open on this computer."),
        _(
            "With the NUMBER of one, its board is opened again; with --copy its file is copied to another "
            "day, beside the first one, and the rest is left as it is."
        ),
        click.Argument(["number"], required=False, metavar=_("[NUMBER]")),
        option("--copy", metavar=_("DAY"), help=_("Copy the session file to this day.")),
        option(
            "--next-week",
            is_flag=True,
            help=_("Copy it to the same day of next week; without NUMBER, the session that was open last."),
        ),
        force(),
    )
