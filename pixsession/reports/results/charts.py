"""The charts of a group of certifications, each with its table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pixsession.domain.board.wording import half_up, number_words
from pixsession.domain.pix.certification import LEVEL_LABELS
from pixsession.domain.pix.competences import AREAS, BY_CODE
from pixsession.domain.results.certification import OTHERS
from pixsession.domain.results.figures import BIN, Bin, Group, Levels
from pixsession.domain.results.withholding import SCORE
from pixsession.foundation.i18n import _, ngettext
from pixsession.foundation.text import shown
from pixsession.reports.document import Bar, Chart, ChartKind, Column, Row, Section, Table
from pixsession.reports.results.words import competence_words, group_name, level_words, percent

_WIDEST = len("100 %")


def histogram(group: Group) -> Section | None:
    """The scores, in bins of BIN pix, the empty ones between them too."""
    if not group.bins:
        return None
    bars = tuple(
        Bar(f"{one.low}-{one.high}", one.n, number_words(one.n), short=str(one.low))
        for one in _without_gaps(group.bins)
    )
    title = _("Scores of those who obtained it, in pix")
    return _charted(title, ChartKind.HISTOGRAM, bars, (_("Pix"), _("Students")))


def _without_gaps(bins: Sequence[Bin]) -> Iterable[Bin]:
    """The bins, and those between them that hold nobody."""
    next_low = bins[0].low
    for one in bins:
        for low in range(next_low, one.low, BIN):
            yield Bin(low, low + BIN - 1, 0)
        yield one
        next_low = one.high + 1


def labels(group: Group) -> Section | None:
    """How many reached which level in words, from the lowest."""
    if not group.labels:
        return None
    found = dict(group.labels)
    order = [*LEVEL_LABELS, *sorted(found.keys() - set(LEVEL_LABELS))]
    bars = tuple(
        Bar(_("others") if name == OTHERS else shown(name, 40), found[name], number_words(found[name]))
        for name in order
        if name in found
    )
    return _charted(_("Levels reached"), ChartKind.BARS, bars, (_("Level"), _("Students")))


def competences(group: Group) -> Section | None:
    """Of each competence: how many are at 0, at 1 or 2, at 3 or above, and the mean."""
    if not group.competences_told:
        return None
    bars = tuple(
        Bar(f"{code} {BY_CODE[code].short_name}", levels.mean or 0.0, _said(levels), _parts(levels))
        for code, levels in group.competences_told
    )
    rows = tuple(
        Row(
            (
                competence_words(code),
                number_words(levels.n),
                level_words(levels.mean or 0.0),
                percent(levels.at_least_1 / levels.n),
                percent(levels.at_least_3 / levels.n),
            )
        )
        for code, levels in group.competences_told
    )
    titles = (_("Competence"), _("Told"), _("Mean level"), _("Level 1 and above"), _("Level 3 and above"))
    title = _("Levels by competence")
    legend = (_("level 0"), _("level 1 or 2"), _("level 3 and above"))
    says = _("{title}: each bar is cut at levels 1 and 3").format(title=title)
    chart = Chart(ChartKind.SHARES, says, bars, 1, legend)
    return Section(title, table=_table(titles, rows), chart=chart, unseen=True)


def _said(levels: Levels) -> str:
    return _("mean {level} · {share} at 1 · {high} at 3 · n {n}").format(
        level=level_words(levels.mean or 0.0),
        share=percent(levels.at_least_1 / levels.n).rjust(_WIDEST),
        high=percent(levels.at_least_3 / levels.n).rjust(_WIDEST),
        n=number_words(levels.n),
    )


def _parts(levels: Levels) -> tuple[float, ...]:
    counts = levels.n - levels.at_least_1, levels.at_least_1 - levels.at_least_3, levels.at_least_3
    return tuple(count / levels.n for count in counts)


def areas(group: Group) -> Section | None:
    """The mean level of each area."""
    found = group.areas_told()
    names = {area.number: area.name for area in AREAS}
    bars = tuple(Bar(f"{number}. {names[number]}", mean, level_words(mean)) for number, _n, mean in found)
    if not bars:
        return None
    return _charted(_("Mean level by area"), ChartKind.BARS, bars, (_("Area"), _("Mean level")), top=8)


def years(groups: Sequence[Group]) -> Section | None:
    """The share obtained, year after year; nothing of one year alone."""
    judged = [(group, group.share) for group in groups if group.share is not None]
    if len(judged) < 2:
        return None
    bars = tuple(Bar(group.year, share, _year_said(share, group.ended)) for group, share in judged)
    titles = (_("School year"), _("Obtained among tests judged"))
    return _charted(_("Year after year"), ChartKind.BARS, bars, titles, top=1)


def _year_said(share: float, n: int) -> str:
    return ngettext("{share} of {n}", "{share} of {n}", n).format(share=percent(share), n=number_words(n))


def compared(title: str, groups: Sequence[Group], first: str) -> Section:
    """Groups side by side; `first` heads the column of their names."""
    titles = (
        first, _("Candidates"), _("Obtained"), _("Not obtained"), _("Others"), _("Obtained, %"),
        _("Median"), _("Middle half"),
    )  # fmt: skip
    columns = tuple(
        Column(name, None if place == 0 else name, "name" if place == 0 else "num")
        for place, name in enumerate(titles)
    )
    columns = (columns[0]._replace(label=""), *columns[1:])
    rows = tuple(Row(_cells(group, group_name(group) if first else group.year)) for group in groups)
    return Section(title, table=Table(columns, rows), style="figures")


def _cells(group: Group, name: str) -> tuple[str, ...]:
    scores = group.scores
    judged = None if group.obtained is None or group.rejected is None else group.ended
    others = None if group.candidates is None or judged is None else group.candidates - judged
    counts = group.candidates, group.obtained, group.rejected, others
    if group.is_silent:
        return name, number_words(group.candidates or 0), *["—"] * 6
    no_score = _("hidden") if SCORE in group.withheld else "—"
    return (
        name,
        *(_("hidden") if n is None else number_words(n) for n in counts),
        (_("hidden") if judged is None else "—") if group.share is None else percent(group.share),
        number_words(half_up(scores.median)) if scores else no_score,
        f"{number_words(half_up(scores.q1))}–{number_words(half_up(scores.q3))}" if scores else no_score,
    )


def _charted(
    title: str, kind: ChartKind, bars: tuple[Bar, ...], titles: tuple[str, ...], top: float = 0
) -> Section:
    """A chart whose table says the same as the texts beside its bars, so that only it is seen."""
    rows = tuple(Row((bar.label, bar.text)) for bar in bars)
    chart = Chart(kind, title, bars, top or max(bar.value for bar in bars))
    return Section(title, table=_table(titles, rows), chart=chart, unseen=True, in_columns=True)


def _table(titles: Sequence[str], rows: tuple[Row, ...]) -> Table:
    return Table(
        tuple(Column(title, title, "num" if place else "name") for place, title in enumerate(titles)), rows
    )
