"""The words of the lessons of a term: signs of a lesson, what is short, what was observed, reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from pixsession.domain.lesson.objectives import ObjectivePath
from pixsession.domain.lesson.term import LessonOutcome
from pixsession.domain.lesson.words import percent_words
from pixsession.foundation.i18n import N_, _, ngettext
from pixsession.reports.lesson.reminders import Reminder, ReminderReason, came, is_finished
from pixsession.reports.lesson.term import TermLesson, TermStudent

WIDE = 100  # cells of a line: a message or a screen shows it whole
SENT, TO_SEND, ABSENT, UNSEEN, UNKNOWN = "✔", "↑", N_("abs."), "—", "?"
_MOST_SHORT = 2
_REASONS = {
    # Said to a class perhaps days after the last export: what is to be done, and no claim about today.
    ReminderReason.NEVER_STARTED: N_("to be started"),
    ReminderReason.NOT_FINISHED: N_("to be finished, then sent"),
    ReminderReason.NOT_SENT: N_("results to be sent"),
    ReminderReason.NO_PROFILE: N_("profile to be sent"),
}


def short_date(day: date) -> str:
    """A day as French sheets write it."""
    return f"{day:%d/%m/%Y}"


def lesson_label(lesson: TermLesson, lessons: Sequence[TermLesson]) -> str:
    """The day of a lesson; with its year where the lessons are of several."""
    several = len({one.day.year for one in lessons}) > 1
    return f"{lesson.day:%d/%m/%y}" if several else f"{lesson.day:%d/%m}"


def outcome_cell(outcome: LessonOutcome | None) -> str:
    """One student in one lesson, in a few signs: how far, and whether the results are sent."""
    if outcome is None:
        return ""
    if not came(outcome):
        return _(ABSENT) if outcome.is_absent else UNSEEN
    sign = SENT if outcome.shared else TO_SEND if outcome.shared is False and is_finished(outcome) else " "
    if outcome.progress_after is None:
        return f"{UNKNOWN}{sign}".strip()
    return f"{_number(outcome.progress_after)}{sign}"


def _number(fraction: float) -> str:
    return "".join(character for character in percent_words(fraction) if character.isdigit())


def signs_words() -> str:
    """What the signs of the grid mean."""
    words = _(
        "Per lesson: % done by its last export. {sent} results sent, {to_send} finished and not sent, "
        "{absent} noted absent, {unseen} in no export of the lesson."
    )
    return words.format(sent=SENT, to_send=TO_SEND, absent=_(ABSENT), unseen=UNSEEN)


def short_words(path: ObjectivePath, most: int = _MOST_SHORT) -> str:
    """What is short of the objective: "2 to go: 2.2 4.3"; a question mark where no profile tells."""
    if path.reached is None:
        return UNKNOWN
    if path.reached:
        return _("reached")
    codes = [step.competence for step in path.steps[:most]]  # their number says that there are more
    count = len(path.steps)
    words = ngettext("{n} to go: {competences}", "{n} to go: {competences}", count)
    return words.format(n=count, competences=" ".join(codes))


def observed_words(student: TermStudent) -> str:
    """What was observed over the lessons, each with how often."""
    counts = Counter(text for _day, text in student.observations)
    return ", ".join(text if count == 1 else f"{text} ×{count}" for text, count in counts.items())


def reminder_words(reminder: Reminder) -> str:
    """A reason, fit for a message."""
    if reminder.reason is ReminderReason.NOT_ELIGIBLE:
        if reminder.since is None:
            return _("profile to be sent again")
        return _("profile to be sent again (the last one known: {day})").format(
            day=short_date(reminder.since)
        )
    words = _(_REASONS[reminder.reason])
    if reminder.campaigns:
        return _("{reason} ({campaigns})").format(reason=words, campaigns=", ".join(reminder.campaigns))
    return words
