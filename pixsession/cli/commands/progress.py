"""The command `progress`: the lessons kept, side by side; text is printed unless a file is named."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

import click

from pixsession.cli.documents import deliver_document
from pixsession.cli.start import NOTHING_CHECKED, Start
from pixsession.cli.words import complain
from pixsession.domain.lesson.calendar import calendar_of
from pixsession.domain.lesson.objectives import OBJECTIVE_PRESETS
from pixsession.domain.lesson.term import KeptLesson, between, objective_of_class, of_newest_year
from pixsession.domain.pix.school_year import period_of
from pixsession.engine.lesson.calendar import kept_campaigns
from pixsession.engine.lesson.term import kept_lessons
from pixsession.foundation.clock import paris_now
from pixsession.foundation.i18n import _, ngettext
from pixsession.foundation.paths import state_folder
from pixsession.reports.document import Document
from pixsession.reports.lesson.calendar import calendar_document
from pixsession.reports.lesson.council import council_pages
from pixsession.reports.lesson.families import family_sheets
from pixsession.reports.lesson.progress import term_progress
from pixsession.reports.lesson.term import Aims, Term, term_of
from pixsession.reports.lesson.term_words import short_date

_PAGES: Mapping[str, Callable[[Term, datetime], Document]] = {
    "term": term_progress,
    "council": council_pages,
    "families": family_sheets,
}


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
    start: Start, /, classes: tuple[str, ...], page: str, form: str, output: str | None, force: bool,
    **asked: Any,
) -> int:  # fmt: skip
    settings = start.usable()
    now = paris_now()
    if page == "calendar":
        calendar = calendar_of(kept_campaigns(state_folder()), classes)
        return deliver_document(calendar_document(calendar, now), form, output, force=force)
    aims, shows_all = _aims(asked.pop("objective")), asked.pop("shows_all")
    lessons = _chosen(shows_all=shows_all, days=_Days(**asked))
    if lessons is None:
        return NOTHING_CHECKED
    told = _PAGES[page](term_of(lessons, classes, settings.rule, aims), now)
    return deliver_document(told, form, output, force=force)


def _chosen(*, shows_all: bool, days: _Days) -> tuple[KeptLesson, ...] | None:
    """The lessons of these days; None where there are lessons of others alone, which is said."""
    lessons = kept_lessons(state_folder())
    shown_lessons = lessons if shows_all else of_newest_year(lessons)
    if hidden := len(lessons) - len(shown_lessons):
        words = ngettext(
            "{n} lesson of an earlier school year hidden (--all shows it)",
            "{n} lessons of earlier school years hidden (--all shows them)",
            hidden,
        )
        complain(words.format(n=hidden))
    chosen = days.of(shown_lessons)
    if shown_lessons and not chosen:
        words = _("No lesson is kept of these days; the newest is of {day}.")
        complain(words.format(day=short_date(shown_lessons[-1].date)))
        return None
    return chosen


def _aims(name: str | None) -> Aims:
    """What each class is to reach: the objective of this name, else that of its year."""
    if name is None:
        return objective_of_class
    chosen = OBJECTIVE_PRESETS[name]
    return lambda _place: chosen
