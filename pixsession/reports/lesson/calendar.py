"""The campaigns of a school year by class, as a document: done, running, to do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from pixsession.domain.lesson.calendar import Calendar, CampaignExport, CampaignState, Standing, YearClass
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
from pixsession.reports.lesson.term_words import WIDE, short_date

_SIGNS = {CampaignState.DONE: "✔", CampaignState.RUNNING: "►", CampaignState.TO_DO: "○"}
_WORDS = {
    CampaignState.DONE: N_("done"),
    CampaignState.RUNNING: N_("running"),
    CampaignState.TO_DO: N_("to do"),
}
_FROM_LEFT = (CampaignState.TO_DO, CampaignState.RUNNING, CampaignState.DONE)  # from light to dark
_LONGEST_NAME = 40
# Classes beside each other, in lines of 100 cells.
_CLASSES_A_GRID = 4


def calendar_document(calendar: Calendar, now: datetime) -> Document:
    """A line a campaign, a column a class; the spreadsheet has a line for each of both together."""
    legend = ", ".join(f"{_SIGNS[state]} {_(_WORDS[state])}" for state in CampaignState)
    note = _("{legend}: results sent of those who began, and the day of the last one.").format(legend=legend)
    return Document(
        name=file_name("calendar", (), now),
        title=_("Campaigns of the year by class"),
        data=_spreadsheet(calendar),
        notes=(note,),
        sections=tuple(_sections(calendar)),
        closing="" if calendar.campaigns else _("No campaign is kept of this school year."),
        wide=WIDE,
    )


def _sections(calendar: Calendar) -> Iterator[Section]:
    for begin in range(0, len(calendar.classes), _CLASSES_A_GRID):
        classes = calendar.classes[begin : begin + _CLASSES_A_GRID]
        columns = (Column(_("Campaign"), style="name"), *(Column(shown(one.name)) for one in classes))
        rows = (
            Row((_campaign(one), *(cell(calendar.of(place, one)) for place in classes)))
            for one in calendar.campaigns
        )
        title = ", ".join(shown(one.name) for one in classes)
        yield Section(title, table=Table(columns, tuple(rows), is_grid=True))
    if calendar.classes:
        yield _chart(calendar)


def _campaign(export: CampaignExport) -> str:
    name = shown(export.campaign.name, _LONGEST_NAME)
    return _("{campaign} (collection)").format(campaign=name) if export.collects else name


def cell(standing: Standing) -> str:
    """The state by its sign, how many of how many, when."""
    if standing.last is None:
        return f"{_SIGNS[standing.state]} {_(_WORDS[standing.state])}"
    return f"{_SIGNS[standing.state]} {standing.sent}/{standing.begun} · {standing.last:%d/%m}"


def _chart(calendar: Calendar) -> Section:
    """Of how many campaigns each class is done, has them running, has them to do."""
    bars, rows = [], []
    for place in calendar.classes:
        counts = [_count(calendar, place, state) for state in _FROM_LEFT]
        total = sum(counts)
        words = ngettext("{done} of {n} campaign done", "{done} of {n} campaigns done", total)
        parts = tuple(count / total for count in counts)
        bars.append(Bar(shown(place.name), counts[-1], words.format(done=counts[-1], n=total), parts))
        rows.append(Row((shown(place.name), *map(str, counts))))
    legend: Sequence[str] = tuple(_(_WORDS[state]) for state in _FROM_LEFT)
    columns = (Column(_("Class")), *(Column(name, style="time") for name in legend))
    title = _("Campaigns done, by class")
    chart = Chart(ChartKind.SHARES, title, tuple(bars), 1.0, tuple(legend))
    return Section(title, table=Table(columns, tuple(rows)), chart=chart, unseen=True)


def _count(calendar: Calendar, place: YearClass, state: CampaignState) -> int:
    return sum(calendar.of(place, one).state is state for one in calendar.campaigns)


def _spreadsheet(calendar: Calendar) -> Spreadsheet:
    titles = (_("Class"), _("Campaign"), _("State"), _("Began"), _("Results sent"), _("Day"))
    lines = []
    for place in calendar.classes:
        for export in calendar.campaigns:
            one = calendar.of(place, export)
            day = short_date(one.last) if one.last else ""
            counts = (str(one.begun), str(one.sent))
            lines.append((shown(place.name), _campaign(export), _(_WORDS[one.state]), *counts, day))
    return Spreadsheet(titles, tuple(lines))
