"""The command `progress`: the lessons kept, side by side; text is printed unless a file is named."""

from __future__ import annotations

import click

from pixsession.cli.start import Start
from pixsession.cli.words import complain, write
from pixsession.domain.lesson.term import of_newest_year
from pixsession.engine.lesson.term import kept_lessons
from pixsession.foundation.clock import paris_now
from pixsession.foundation.i18n import _, ngettext
from pixsession.foundation.paths import at_home, state_folder
from pixsession.foundation.text import shown
from pixsession.reports.files import save
from pixsession.reports.lesson.progress import term_progress
from pixsession.reports.lesson.term import term_of
from pixsession.reports.render import rendered


@click.pass_obj
def progress(
    start: Start, /, classes: tuple[str, ...], form: str, output: str | None, force: bool, shows_all: bool
) -> int:
    settings = start.usable()
    now = paris_now()
    lessons = kept_lessons(state_folder())
    shown_lessons = lessons if shows_all else of_newest_year(lessons)
    if hidden := len(lessons) - len(shown_lessons):
        words = ngettext(
            "{n} lesson of an earlier school year hidden (--all shows it)",
            "{n} lessons of earlier school years hidden (--all shows them)",
            hidden,
        )
        complain(words.format(n=hidden))
    told = term_progress(term_of(shown_lessons, classes, settings.rule), now)
    if form == "text" and output is None:
        write(rendered(told, form))
        return 0
    path = save(told, form, at_home(output or "."), force=force)
    write(_("{file} is written.").format(file=shown(str(path), 1000)) + "\n")
    return 0
