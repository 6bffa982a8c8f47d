"""The command `progress`: the lessons kept, side by side; text is printed unless a file is named."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

import click

from pixsession.cli.start import NOTHING_CHECKED, Start
from pixsession.cli.words import complain, write
from pixsession.domain.lesson.term import KeptLesson, between, of_newest_year
from pixsession.domain.pix.school_year import period_of
from pixsession.engine.lesson.term import kept_lessons
from pixsession.foundation.clock import paris_now
from pixsession.foundation.i18n import _, ngettext
from pixsession.foundation.paths import at_home, state_folder
from pixsession.foundation.text import shown
from pixsession.reports.files import save
from pixsession.reports.lesson.progress import short_date, term_progress
from pixsession.reports.lesson.term import term_of
from pixsession.reports.render import rendered


class _Days(NamedTuple):
    """Which days are asked for; None: no bound."""

    since: date | None
    until: date | None
    period: str | None

    def of(self, lessons: Sequence[KeptLesson]) -> tuple[KeptLesson, ...]:
        """The lessons of these days; a period is one of the school year of the newest."""
        if self.period is None or not lessons:
            return between(lessons, self.since, self.until)
        first, last = period_of(self.period, max(lesson.date for lesson in lessons))
        return between(lessons, max(first, self.since or first), min(last, self.until or last))


@click.pass_obj
def progress(
    start: Start, /, classes: tuple[str, ...], form: str, output: str | None, force: bool, shows_all: bool,
    **days: Any,
) -> int:  # fmt: skip
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
    chosen = _Days(**days).of(shown_lessons)
    if shown_lessons and not chosen:
        complain(
            _("No lesson is kept of these days; the newest is of {day}.").format(
                day=short_date(shown_lessons[-1].date)
            )
        )
        return NOTHING_CHECKED
    told = term_progress(term_of(chosen, classes, settings.rule), now)
    if form == "text" and output is None:
        write(rendered(told, form))
        return 0
    path = save(told, form, at_home(output or "."), force=force)
    write(_("{file} is written.").format(file=shown(str(path), 1000)) + "\n")
    return 0
