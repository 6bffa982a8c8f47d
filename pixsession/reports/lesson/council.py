"""One page a class for its council: where the class stands, then one line a student."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from pixsession.domain.board.wording import number_words
from pixsession.domain.lesson.aim_words import objective_name
from pixsession.domain.people.identities import class_key
from pixsession.domain.pix.competences import BY_CODE, CODES
from pixsession.foundation.i18n import N_, _, ngettext
from pixsession.foundation.text import shown
from pixsession.reports.document import (
    Bar,
    Chart,
    ChartKind,
    Column,
    Document,
    Row,
    Section,
    Spreadsheet,
    Table,
)
from pixsession.reports.lesson.progress import file_name
from pixsession.reports.lesson.reminders import came
from pixsession.reports.lesson.term import Term, TermStudent
from pixsession.reports.lesson.term_charts import reached_of
from pixsession.reports.lesson.term_words import (
    UNKNOWN,
    WIDE,
    observed_words,
    short_date,
    short_words,
)
from pixsession.reports.lesson.words import before_after

# Saved in a folder that is watched, the table must not be read as a list: see certification.sheet.COLUMNS.
COLUMNS = (
    N_("Last name called"),
    N_("First name called"),
    N_("Class"),
    N_("Lessons seen in"),
    N_("Results sent"),
    N_("Eligible competences, first"),
    N_("Eligible competences, last"),
    N_("Objective"),
    N_("Missing for the objective"),
    N_("Observations"),
)


def council_pages(term: Term, now: datetime) -> Document:
    """A page for each class, in the order of their names; the spreadsheet has COLUMNS, a line a student."""
    classes: dict[str, list[TermStudent]] = {}
    for student in term.students:
        classes.setdefault(class_key(student.place), []).append(student)
    name = file_name("council", term.places, now)
    data = Spreadsheet(tuple(map(_, COLUMNS)), tuple(tuple(_line(one)) for one in term.students))
    first, *further = (_page(name, data, classes[key], term) for key in sorted(classes))
    return first._replace(further=tuple(further))


def _page(name: str, data: Spreadsheet, students: Sequence[TermStudent], term: Term) -> Document:
    place = students[0].place or _("Students")
    mine = [
        lesson.day
        for index, lesson in enumerate(term.lessons)
        if any(one.outcomes[index] is not None for one in students)
    ]
    days = _("{first} to {last}").format(first=short_date(min(mine)), last=short_date(max(mine)))
    count = ngettext("{n} lesson, {days}", "{n} lessons, {days}", len(mine))
    return Document(
        name=name,
        title=place,
        data=data,
        kind=_("Pix: council of the class"),
        subtitles=(count.format(n=len(mine), days=days),),
        facts=tuple(_facts(students)),
        sections=(_students(students), *_competences(students)),
        closing=_("By the exports of Pix that were read; ?: no profile sent, so nothing is known."),
        wide=WIDE,
    )


def _facts(students: Sequence[TermStudent]) -> Iterator[tuple[str, str]]:
    yield _("Students"), str(len(students))
    reached, known = reached_of(students)
    aim = objective_name(students[0].path.objective)
    unknown = len(students) - known
    told = ngettext("{reached} of {n}", "{reached} of {n}", known).format(reached=reached, n=known)
    if unknown:
        told = _("{told}, {unknown} unknown").format(told=told, unknown=unknown)
    yield _("Objective {name}").format(name=aim), told
    both = [
        (one.competences_first, one.competences_last)
        for one in students
        if one.competences_first is not None and one.competences_last is not None
    ]
    if both:
        first, last = (sum(counts) / len(both) for counts in zip(*both, strict=True))
        yield (
            _("Eligible competences, on average"),
            before_after(*(number_words(round(mean, 1)) for mean in (first, last))),
        )


def _students(students: Sequence[TermStudent]) -> Section:
    columns = (
        Column(_("Student"), style="name"),
        Column(_("Lessons"), style="time"),
        Column(_("Sent"), style="time"),
        Column(_("Competences"), style="time"),
        Column(_("Objective")),
        Column(_("Observations"), optional=True),
    )
    rows = (
        Row(
            (
                one.name,
                "/".join(map(str, _attended(one))),
                str(_sent(one)),
                before_after(*(_count(count) for count in (one.competences_first, one.competences_last))),
                short_words(one.path),
                observed_words(one),
            )
        )
        for one in students
    )
    table = Table(columns, tuple(rows), is_grid=True)
    return Section(_("Students"), table=table, style="students")


def _attended(student: TermStudent) -> tuple[int, int]:
    """At how many lessons the student was seen, of how many expected."""
    mine = [one for one in student.outcomes if one is not None]
    return sum(map(came, mine)), len(mine)


def _sent(student: TermStudent) -> int:
    """In how many lessons the results were sent."""
    return sum(one is not None and one.shared is True for one in student.outcomes)


def _count(count: int | None) -> str:
    return UNKNOWN if count is None else str(count)


def _competences(students: Sequence[TermStudent]) -> Iterator[Section]:
    """How many have each competence at level 1, of those whose profile is known."""
    profiles = [one.profile for one in students if one.profile is not None]
    if not profiles:
        return
    bars, rows = [], []
    for place, code in enumerate(CODES):
        levels = [level for profile in profiles if (level := profile.levels[place]) is not None]
        able = sum(level >= 1 for level in levels)
        label = f"{code} {BY_CODE[code].short_name}"
        words = _("{n} of {all}").format(n=able, all=len(levels))
        bars.append(Bar(label, able / len(levels) if levels else 0.0, words))
        rows.append(Row((label, words)))
    title = _("Students at level 1 or more, by competence")
    table = Table((Column(_("Competence")), Column(_("Students"), style="time")), tuple(rows))
    chart = Chart(ChartKind.BARS, title, tuple(bars), 1.0)
    yield Section(title, table=table, chart=chart, unseen=True, in_columns=True)


def _line(student: TermStudent) -> Iterator[str]:
    yield from (student.last_name, student.first_name, student.place)
    yield "/".join(map(str, _attended(student)))
    yield str(_sent(student))
    for count in (student.competences_first, student.competences_last):
        yield "" if count is None else str(count)
    yield shown(objective_name(student.path.objective))
    yield short_words(student.path, most=len(CODES))
    yield observed_words(student)
