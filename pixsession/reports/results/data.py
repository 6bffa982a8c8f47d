"""The bilan for spreadsheets: one line a group, one cell a figure."""

from __future__ import annotations

from pixsession.domain.board.wording import number_words
from pixsession.domain.pix.competences import CODES
from pixsession.domain.results.figures import Group, GroupKind, Levels
from pixsession.domain.results.review import Review
from pixsession.foundation.i18n import N_, _
from pixsession.reports.document import Spreadsheet
from pixsession.reports.results.words import group_name

_KINDS = {
    GroupKind.ALL: N_("together"),
    GroupKind.CLASS: N_("class"),
    GroupKind.SESSION: N_("session"),
    GroupKind.SCHOOL: N_("school"),
}


def spreadsheet(review: Review) -> Spreadsheet:
    """Every group of every year; what is not told is an empty cell, never zero."""
    titles = (
        _("School year"), _("Group"), _("Name"), _("Candidates"), _("Obtained"), _("Not obtained"),
        _("Cancelled"), _("In error"), _("Begun"), _("Not told"), _("Scores"), _("Mean"), _("Lowest"),
        _("First quartile"), _("Median"), _("Third quartile"), _("Highest"),
    )  # fmt: skip
    of_levels = tuple(
        words.format(code=code)
        for code in CODES
        for words in (
            _("{code}, told"), _("{code}, mean level"), _("{code}, level 1 and above"),
            _("{code}, level 3 and above"),
        )
    )  # fmt: skip
    return Spreadsheet((*titles, *of_levels), tuple(map(_line, review.groups)))


def _line(group: Group) -> tuple[str, ...]:
    counts = (
        group.candidates, group.obtained, group.rejected, group.cancelled, group.error, group.started,
        group.untold,
    )  # fmt: skip
    return (
        group.year,
        _(_KINDS[group.by]),
        group_name(group),
        *("" if n is None else str(n) for n in counts),
        *_scores(group),
        *(cell for levels in group.competences for cell in _levels(levels)),
    )


def _scores(group: Group) -> tuple[str, ...]:
    if (scores := group.scores) is None:
        return ("",) * 7
    figures = (scores.mean, scores.minimum, scores.q1, scores.median, scores.q3, scores.maximum)
    return (str(scores.n), *("" if one is None else _figure(one) for one in figures))


def _levels(levels: Levels) -> tuple[str, ...]:
    if not levels.n or levels.mean is None:
        return ("",) * 4
    return str(levels.n), _figure(levels.mean), str(levels.at_least_1), str(levels.at_least_3)


def _figure(number: float) -> str:
    return number_words(round(number, 2))
