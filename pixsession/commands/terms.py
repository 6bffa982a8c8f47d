"""The command about the lessons of a term: progress."""

from __future__ import annotations

from pathlib import Path

import click

from pixsession.command_words import write
from pixsession.commands.start import Start
from pixsession.domain.clock import paris_now
from pixsession.domain.display import shown
from pixsession.i18n import _
from pixsession.paths import state_folder


@click.pass_obj
def progress(start: Start, /, classes: tuple[str, ...], form: str, output: str | None, force: bool) -> int:
    """The lessons kept, side by side: text is printed unless a file is named, a table is written."""
    settings = start.usable()
    from pixsession.desk.term import kept_lessons
    from pixsession.reports.term import term_of
    from pixsession.reports.term_file import term_as, write_term

    now = paris_now()
    term = term_of(kept_lessons(state_folder()), classes, settings.rule)
    if form == "text" and output is None:
        write(term_as(form, term, now))
        return 0
    path = write_term(term, form, Path(output or ".").expanduser(), now, force=force)
    write(_("{file} is written.").format(file=shown(str(path), 1000)) + "\n")
    return 0
