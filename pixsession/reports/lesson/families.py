"""One plain sheet a student for the family: no word of the trade, nothing of other children."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from pixsession.domain.pix.competences import AREAS, BY_CODE, CODES
from pixsession.foundation.i18n import N_, _, ngettext
from pixsession.reports.document import (
    Bar,
    Chart,
    ChartKind,
    Column,
    Document,
    Item,
    Row,
    Section,
    Spreadsheet,
    Table,
    listed,
)
from pixsession.reports.lesson.progress import file_name
from pixsession.reports.lesson.reminders import Reminder, ReminderReason, came
from pixsession.reports.lesson.term import Term, TermStudent
from pixsession.reports.lesson.term_words import WIDE, short_date

# Saved in a folder that is watched, the table must not be read as a list: see certification.sheet.COLUMNS.
COLUMNS = (N_("Last name called"), N_("First name called"), N_("Class"), N_("For the family"))
_MOST_STEPS = 5


def family_sheets(term: Term, now: datetime) -> Document:
    """A page for each student, by name; the spreadsheet has COLUMNS."""
    name = file_name("families", term.places, now)
    pages = [_page(name, student, term) for student in term.students]
    lines = tuple(
        (one.last_name, one.first_name, one.place, " ".join((*_done(one), *_stands(one), *_left(one))))
        for one in term.students
    )
    data = Spreadsheet(tuple(map(_, COLUMNS)), lines)
    first, *further = (page._replace(data=data) for page in pages)
    return first._replace(further=tuple(further))


def _page(name: str, student: TermStudent, term: Term) -> Document:
    return Document(
        name=name,
        title=", ".join(filter(None, (student.name, student.place))),
        data=Spreadsheet((), ()),
        kind=_("Pix at school"),
        subtitles=(_("for the family"),),
        sections=tuple(_sections(student)),
        closing=_("State of {day}, by the files of Pix; what was done since is not in it.").format(
            day=short_date(_last_day(student, term))
        ),
        wide=WIDE,
    )


def _last_day(student: TermStudent, term: Term) -> date:
    days = [lesson.day for lesson, one in zip(term.lessons, student.outcomes, strict=True) if one is not None]
    return max(days)


def _sections(student: TermStudent) -> Iterator[Section]:
    what = _(
        "Pix is the public service with which pupils learn to use digital tools safely: looking for "
        "information, working together, creating, protecting oneself. It counts sixteen skills."
    )
    yield listed(_("What Pix is"), (Item((what,)),))
    yield listed(_("What was done at school"), (Item((text,)) for text in _done(student)))
    yield listed(_("Where your child stands"), (Item((text,)) for text in _stands(student)))
    yield from _areas(student)
    left = _left(student) or (_("Nothing is left to do for now."),)
    yield listed(_("What is left to do"), (Item((text,)) for text in left))
    how = _(
        "On app.pix.fr, with the account that your child uses at school. What is done on Pix is kept: one "
        "can stop and go on another day. Help to understand the questions, and let your child answer."
    )
    yield listed(_("How to help at home"), (Item((how,)),))


def _done(student: TermStudent) -> tuple[str, ...]:
    mine = [one for one in student.outcomes if one is not None]
    there, sent = sum(map(came, mine)), sum(one.shared is True for one in mine)
    lessons = ngettext(
        "{there} lesson on Pix followed, of {n}.", "{there} lessons on Pix followed, of {n}.", len(mine)
    ).format(there=there, n=len(mine))
    results = ngettext(
        "Results sent to the teacher {n} time.", "Results sent to the teacher {n} times.", sent
    ).format(n=sent)
    return lessons, results


def _stands(student: TermStudent) -> tuple[str, ...]:
    profile, path = student.profile, student.path
    if profile is None:
        return (_("No profile was sent yet, so the level is not known."),)
    count = sum(level is not None and level >= 1 for level in profile.levels)
    skills = ngettext(
        "{n} skill of 16 is at the first level or above.",
        "{n} skills of 16 are at the first level or above.",
        count,
    ).format(n=count)
    if path.reached:
        return skills, _("What is aimed at by the end of the year is reached.")
    if path.reached is None:
        return (skills,)
    names = ", ".join(BY_CODE[step.competence].name for step in path.steps[:_MOST_STEPS])
    to_go = ngettext(
        "For what is aimed at by the end of the year, one skill is left: {names}.",
        "For what is aimed at by the end of the year, {n} skills are left: {names}.",
        len(path.steps),
    )
    more = "…" if len(path.steps) > _MOST_STEPS else ""
    return skills, to_go.format(n=len(path.steps), names=names + more)


def _areas(student: TermStudent) -> Iterator[Section]:
    """How many skills of each area are at the first level, as a chart."""
    if (profile := student.profile) is None:
        return
    bars, rows = [], []
    for area in AREAS:
        levels = [
            level
            for code, level in zip(CODES, profile.levels, strict=True)
            if BY_CODE[code].area == area.number
        ]
        able = sum(level is not None and level >= 1 for level in levels)
        words = _("{n} of {all}").format(n=able, all=len(levels))
        bars.append(Bar(area.name, able / len(levels), words))
        rows.append(Row((area.name, words)))
    title = _("Skills at the first level, by area")
    table = Table((Column(_("Area")), Column(_("Skills"), style="time")), tuple(rows))
    yield Section(
        title, table=table, chart=Chart(ChartKind.BARS, title, tuple(bars), 1.0), unseen=True, in_columns=True
    )


def _left(student: TermStudent) -> tuple[str, ...]:
    return tuple(map(_to_do, student.reminders))


def _to_do(reminder: Reminder) -> str:
    """What is left, as one would say it at home."""
    names = ", ".join(reminder.campaigns)
    match reminder.reason:
        case ReminderReason.NEVER_STARTED:
            return _("Begin the course on Pix, with the code that the teacher gives.")
        case ReminderReason.NOT_FINISHED if names:
            return _("Finish on Pix, then send the results: {names}.").format(names=names)
        case ReminderReason.NOT_FINISHED:
            return _("Finish the course on Pix, then send the results.")
        case ReminderReason.NOT_SENT if names:
            return _("Send the results, at the end of the course: {names}.").format(names=names)
        case ReminderReason.NOT_SENT:
            return _("Send the results, at the end of the course.")
        case ReminderReason.NO_PROFILE:
            return _("Send the profile on Pix, with the code that the teacher gives.")
    return _("Go on with the skills that are left, then send the profile again.")
