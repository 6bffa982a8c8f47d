"""The bilan as a document: a page for the school, one for each class, one for what is of single students."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from pixsession.domain.board.wording import half_up, number_words
from pixsession.domain.pix.competences import BY_CODE
from pixsession.domain.results.certification import OTHERS, Fault
from pixsession.domain.results.figures import Group, GroupKind
from pixsession.domain.results.review import BeforeAfter, CompetenceChange, Expected, Review
from pixsession.domain.results.spread import Spread
from pixsession.foundation.i18n import _, ngettext
from pixsession.foundation.text import shown
from pixsession.reports.document import (
    Column,
    Counts,
    Document,
    Item,
    Row,
    Section,
    Spreadsheet,
    Table,
    listed,
)
from pixsession.reports.results.charts import areas, compared, competences, histogram, labels, years
from pixsession.reports.results.data import spreadsheet
from pixsession.reports.results.words import (
    earlier_changes,
    fault_words,
    findings,
    group_name,
    level_words,
    status_word,
)

_CLOSENESS = ((4, ""), (12, "close"), (1000, "closer"))  # lines at most, the style of the page


def results_sheet(review: Review, now: datetime, *, with_sessions: bool = False) -> Document:
    """The bilan of the newest year in the review, the years before beside it; the review has groups.

    `with_sessions`: where there are several, each has its page, as a class has.
    """
    year = review.years[-1]
    whole = review.whole(year)
    first = _page(review, whole, now)
    sessions = review.parts(year, GroupKind.SESSION) if with_sessions else ()
    parts = (*review.parts(year, GroupKind.CLASS), *(sessions if len(sessions) > 1 else ()))
    further = tuple(_page(review, group, now) for group in parts)
    details = _details(review, first)
    if details.sections:
        further = (*further, details)
    return first._replace(further=further, data=spreadsheet(review))


def _details(review: Review, first: Document) -> Document:
    """What is of single students, and what the bilan rests on: a page of its own, which need not be shown."""
    before = [_before_after(review.before_after)] if review.before_after else []
    to_know = listed(_("To know"), (Item((fault_words(fault),)) for fault in _faults(review)), "checks")
    sections = (*before, *_people(review), to_know, _files(review))
    return first._replace(
        title=_("Students and files"),
        facts=(),
        counts=(),
        notes=(),
        sections=tuple(section for section in sections if not section.is_empty),
        style="",
    )


def _page(review: Review, group: Group, now: datetime) -> Document:
    is_whole = group.by is GroupKind.ALL
    sections = [listed(_("Findings"), (Item((text,)) for text in findings(review, group)), "said")]
    over_years = years([review.whole(year) for year in review.years]) if is_whole else None
    sections += filter(None, (histogram(group), over_years, labels(group), areas(group), competences(group)))
    if is_whole:
        sections += _of_the_whole(review, group)
    return Document(
        name=_("results-{year}").format(year=group.year),
        title=_title(review, group),
        data=Spreadsheet((), ()),
        kind=_("Bilan of the Pix certifications"),
        subtitles=(_("school year {year}").format(year=group.year),),
        facts=tuple(_facts(group)),
        counts=(Counts("", tuple(_counts(group))),),
        notes=tuple(_notes(review)) if is_whole else (),
        sections=tuple(section for section in sections if not section.is_empty),
        closing=_("Made on {day} by pixsession.").format(day=f"{now:%d/%m/%Y}"),
        style=_style(sections),
    )


def _style(sections: Iterable[Section]) -> str:
    """How close a page is printed so that it is one, by the lines of the tables on it."""
    tables = [section.table for section in sections if section.table and not section.unseen]
    lines = sum(len(table.rows) for table in tables) + 2 * len(tables)
    return next(style for most, style in _CLOSENESS if lines <= most)


def _title(review: Review, group: Group) -> str:
    if group.name == OTHERS:
        return _("Other classes") if group.by is GroupKind.CLASS else _("Other sessions")
    if group.by is GroupKind.CLASS:
        return _("Class {name}").format(name=group_name(group))
    if group.by is GroupKind.SESSION:
        return _("Session {name}").format(name=group_name(group))
    return shown(review.school) if review.school else _("All certifications")


def _facts(group: Group) -> Iterator[tuple[str, str]]:
    if (scores := group.scores) is None:
        return
    yield _("Median score"), _("{n} pix").format(n=half_up(scores.median))
    yield _("Mean score"), _("{n} pix").format(n=half_up(scores.mean))
    if scores.deviation is not None:
        yield _("Standard deviation"), _("{n} pix").format(n=half_up(scores.deviation))
    if scores.minimum is not None and scores.maximum is not None:
        words = _("from {low} to {high} pix")
        yield _("Scores"), words.format(low=scores.minimum, high=scores.maximum)


def _counts(group: Group) -> Iterator[tuple[str, int]]:
    """How many; what is zero for everybody is not worth a word, but for the three that are asked for."""
    n = group
    always = (
        (ngettext("{n} candidate", "{n} candidates", n.candidates or 0), n.candidates),
        (ngettext("{n} obtained", "{n} obtained", n.obtained or 0), n.obtained),
        (ngettext("{n} not obtained", "{n} not obtained", n.rejected or 0), n.rejected),
    )
    others = (
        (ngettext("{n} cancelled", "{n} cancelled", n.cancelled or 0), n.cancelled),
        (ngettext("{n} in error", "{n} in error", n.error or 0), n.error),
        (ngettext("{n} begun, not finished", "{n} begun, not finished", n.started or 0), n.started),
        (ngettext("{n} whose end is not told", "{n} whose end is not told", n.untold or 0), n.untold),
    )
    told = always[:1] if n.is_silent else always
    yield from ((words, number) for words, number in told if number is not None)
    yield from ((words, number) for words, number in others if number)


def _notes(review: Review) -> Iterator[str]:
    if review.is_anonymous:
        yield _(
            "Without names. Groups under 5 are together as “others”; “hidden”: it would be of fewer than 5, "
            "or let such a number be computed."
        )
    for year in review.hidden_years:
        yield _("{year}: too few certifications to be shown without names.").format(year=year)


def _of_the_whole(review: Review, whole: Group) -> Iterator[Section]:
    all_years = [review.whole(year) for year in review.years]
    if len(all_years) > 1:
        yield compared(_("The years side by side"), all_years, "")
        yield listed(_("Earlier changes"), (Item((text,)) for text in earlier_changes(review)), "said")
    for by, title, first in (
        (GroupKind.CLASS, _("The classes side by side"), _("Class")),
        (GroupKind.SESSION, _("The sessions side by side"), _("Session")),
        (GroupKind.SCHOOL, _("The schools side by side"), _("School")),
    ):
        parts = review.parts(whole.year, by)
        if by is GroupKind.SESSION and len(parts) < 2:
            continue  # it says what the whole says
        if parts and review.spread is None:
            yield compared(title, parts, first)
    if review.spread is not None:
        yield _spread(review.spread)
    yield _further(review)


def _faults(review: Review) -> Iterable[Fault]:
    return review.faults if not review.is_anonymous else ()


def _spread(spread: Spread) -> Section:
    """Many schools: how far apart they are."""
    titles = ("", _("Lowest tenth"), _("Lower quarter"), _("Median"), _("Upper quarter"), _("Highest tenth"))
    rows = (
        Row((_("Obtained, %"), *(number_words(half_up(100 * share)) for share in spread.shares))),
        Row((_("Median score, pix"), *(number_words(half_up(pix)) for pix in spread.medians))),
    )
    columns = tuple(Column(title, title, "num" if place else "name") for place, title in enumerate(titles))
    title = _("{n} schools, from the lowest to the highest").format(n=number_words(spread.schools))
    return Section(title, table=Table(columns, tuple(row for row in rows if row.cells[1:])), style="figures")


def _before_after(change: BeforeAfter) -> Section:
    titles = (_("Competence"), _("Students"), _("Profile"), _("Certified"), _("Change"))
    rows = tuple(
        Row(
            (
                f"{one.code} {BY_CODE[one.code].short_name}",
                number_words(one.n),
                level_words(one.before),
                level_words(one.after),
                _change(one),
            )
        )
        for one in change.competences
    )
    columns = tuple(Column(title, title, "num" if place else "name") for place, title in enumerate(titles))
    title = _("Profile before, result after: mean levels of the same students")
    return Section(title, table=Table(columns, rows), style="figures")


def _change(one: CompetenceChange) -> str:
    """The difference of the two levels as they are shown."""
    difference = round(round(one.after, 1) - round(one.before, 1), 1)
    return f"{difference:+.1f}".replace("-", "−").replace(".", _("0.5")[1]) if difference else "="


def _further(review: Review) -> Section:
    words = _("{name}, {year}: obtained {obtained}, taken {taken}")
    return listed(
        _("Other certifications"),
        (
            Item((words.format(name=shown(one.name), year=one.year, obtained=one.obtained, taken=one.taken),))
            for one in review.further
        ),
    )


def _people(review: Review) -> Iterator[Section]:
    if review.called:
        words = _("{n} called, {without} without a result")
        told = Item((words.format(n=review.called.called, without=review.called.missing),))
        yield listed(_("Called to the sessions"), (told, *map(_person, review.called.without)), "names")
    yield listed(_("To enter again"), map(_person, review.again), "names")


def _person(one: Expected) -> Item:
    return Item((status_word(one.status),), one.name, one.division)


def _files(review: Review) -> Section:
    items = (
        Item(
            tuple(
                filter(
                    None, (shown(file.message, 300) if file.status != "read" else "", *map(shown, file.notes))
                )
            ),
            shown(file.name),
        )
        for file in review.files
        if file.name and file.status != "ignored"
    )
    return listed(_("Files read"), items, "read")
