"""The grid of a group over a term, and its charts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from statistics import median

from pixsession.domain.board.wording import number_words
from pixsession.domain.lesson.aim_words import objective_name
from pixsession.domain.lesson.term import LessonOutcome
from pixsession.domain.lesson.words import sparkline
from pixsession.domain.pix.competences import CODES
from pixsession.foundation.i18n import _, ngettext
from pixsession.foundation.text import shown
from pixsession.reports.document import Bar, Chart, ChartKind, Column, Row, Section, Table
from pixsession.reports.lesson.reminders import came, is_finished
from pixsession.reports.lesson.term import Term, TermGroup, TermStudent
from pixsession.reports.lesson.term_words import lesson_label, outcome_cell, short_words
from pixsession.reports.lesson.words import percent

_LONGEST_TREND = 12


def grid_of(group: TermGroup, term: Term) -> Table:
    """A line a student: each lesson, competences over time, what is short; the group last."""
    places = {one.place for one in group.students}
    lessons = [term.lessons[index] for index in group.lessons]
    columns = (
        Column(_("Student"), style="name"),
        *((Column(_("Class")),) if len(places) > 1 else ()),
        *(Column(lesson_label(one, term.lessons), style="time", spare=True) for one in lessons),
        Column(_("Comp."), style="time"),
        Column(_("Over time")),
        Column(_group_aim(group)),
    )
    top = max((count for one in group.students for count in one.competences if count), default=len(CODES))
    rows = [Row(_cells(one, group, top, with_place=len(places) > 1)) for one in group.students]
    return Table(columns, (*rows, _whole(group, with_place=len(places) > 1)), is_grid=True)


def _group_aim(group: TermGroup) -> str:
    names = dict.fromkeys(objective_name(one.path.objective) for one in group.students)
    return _("Objective {name}").format(name=", ".join(names))


def _cells(student: TermStudent, group: TermGroup, top: int, *, with_place: bool) -> tuple[str, ...]:
    count = student.competences_last
    trend = [student.competences[index] for index in group.lessons]
    return (
        student.name,
        *((student.place,) if with_place else ()),
        *(outcome_cell(student.outcomes[index]) for index in group.lessons),
        "" if count is None else str(count),
        sparkline(trend, _LONGEST_TREND, highest=top),
        short_words(student.path),
    )


def _whole(group: TermGroup, *, with_place: bool) -> Row:
    """The medians of the group, and how many have reached the objective."""
    counts = [one.competences_last for one in group.students if one.competences_last is not None]
    reached, known = reached_of(group.students)
    cells = (
        _("median of the group"),
        *(("",) if with_place else ()),
        *(_median_cell(group, index) for index in group.lessons),
        number_words(median(counts)) if counts else "",
        "",
        _("{n} of {all}").format(n=reached, all=known) if known else "",
    )
    return Row(cells, aside=True)


def _median_cell(group: TermGroup, index: int) -> str:
    found = group_median(group, index)
    return "".join(one for one in percent(found) if one.isdigit()) + " " if found is not None else ""


def group_median(group: TermGroup, index: int) -> float | None:
    """The median of those of the group who were at a lesson, a fraction.

    None where nobody is known, or where they worked on several campaigns, which have nothing in common.
    """
    parts = _parts(group, index)
    return _median(parts[0][1]) if len(parts) == 1 else None


def _median(outcomes: Iterable[LessonOutcome]) -> float | None:
    known = [one.progress_after for one in outcomes if one.progress_after is not None]
    return median(known) if known else None


def _parts(group: TermGroup, index: int) -> list[tuple[str, list[LessonOutcome]]]:
    """Those of the group who were at a lesson, by the name of their campaign, in the order of names."""
    found: dict[str, list[LessonOutcome]] = defaultdict(list)
    for student in group.students:
        if (one := student.outcomes[index]) is not None and came(one):
            found[shown(one.campaign.name) if one.campaign else ""].append(one)
    return sorted(found.items())


def reached_of(students: Iterable[TermStudent]) -> tuple[int, int]:
    """How many have reached their objective, and of how many that is known."""
    known = [one.path.reached for one in students if one.path.reached is not None]
    return sum(known), len(known)


def lesson_chart(group: TermGroup, term: Term) -> Section:
    """Each lesson of a group, of several campaigns each: the median as a bar, who came, finished and sent."""
    bars, rows = [], []
    for index in group.lessons:
        lesson, parts = term.lessons[index], _parts(group, index) or [("", [])]
        for campaign, mine in parts:
            found, sent = _median(mine), sum(one.shared is True for one in mine)
            expected = sum(one.outcomes[index] is not None for one in group.students)
            counts = _("{came}/{all} came, {finished} finished, {sent} sent").format(
                came=len(mine), all=expected, finished=sum(map(is_finished, mine)), sent=sent
            )
            short = _("{came}/{all} came, {sent} sent").format(came=len(mine), all=expected, sent=sent)
            about = campaign if len(parts) > 1 else lesson.title
            label = f"{lesson_label(lesson, term.lessons)} {about}".strip()
            bars.append(Bar(label, found or 0.0, f"{percent(found) or '—'} · {short}"))
            rows.append(Row((label, percent(found), counts)))
    title = _("{group}: median after each lesson").format(group=group.title or _("Students"))
    table = Table((Column(_("Lesson")), Column(_("median"), style="time"), Column("")), tuple(rows))
    chart = Chart(ChartKind.BARS, title, tuple(bars), 1.0)
    return Section(title, table=table, chart=chart, unseen=True, in_columns=True)


def path_chart(groups: Sequence[TermGroup]) -> Section:
    """How many of each group have reached their objective, have not, and of how many it is not known."""
    bars, rows = [], []
    for group in groups:
        reached, known = reached_of(group.students)
        counts = (len(group.students) - known, known - reached, reached)
        total = len(group.students)
        words = ngettext(
            "{reached} of {n}, {unknown} unknown", "{reached} of {n}, {unknown} unknown", total
        ).format(reached=reached, n=total, unknown=counts[0])
        parts = tuple(count / total for count in counts)
        bars.append(Bar(group.title or _("Students"), reached, words, parts))
        rows.append(Row((group.title, *map(str, counts))))
    legend = (_("unknown"), _("not yet"), _("reached"))
    columns = (Column(_("Group")), *(Column(name, style="time") for name in legend))
    title = _("Objective reached, by the last profile sent")
    chart = Chart(ChartKind.SHARES, title, tuple(bars), 1.0, legend)
    return Section(title, table=Table(columns, tuple(rows)), chart=chart, unseen=True)
