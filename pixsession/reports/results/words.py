"""What the bilan says in sentences: each with its number, and none that the files do not carry."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from pixsession.domain.board.wording import half_up, number_words
from pixsession.domain.pix.certification import ResultStatus
from pixsession.domain.pix.competences import BY_CODE
from pixsession.domain.results.certainty import Difference, score_difference, share_difference
from pixsession.domain.results.certification import OTHERS, Fault, FaultKind
from pixsession.domain.results.figures import Group, GroupKind, Levels, ObjectiveFigures
from pixsession.domain.results.review import Review
from pixsession.foundation.i18n import N_, _, ngettext
from pixsession.foundation.text import shown

_FEWEST_COMPARED = 5  # levels told: the weakest of fewer would be one student's
_MANY = 1000  # students of two years, from which it is not their number that leaves a doubt
_MOST_PLACES = 4
_STATUSES = {
    ResultStatus.REJECTED: N_("not obtained"),
    ResultStatus.CANCELLED: N_("cancelled"),
    ResultStatus.ERROR: N_("in error"),
    ResultStatus.STARTED: N_("begun, not finished"),
}
_FAULTS = {
    FaultKind.NO_NUMBER: N_("{where}: no certification number, the line is left out"),
    FaultKind.NO_DAY: N_("{where}: the day of the test is not told, the line is left out"),
    FaultKind.CONTRADICTION: N_(
        "{where}: one certification, two results (“{0}” and “{1}”): it is left out. Keep the right file only."
    ),
    FaultKind.OTHER_SCHOOL: N_(
        "{where}: results of another school, “{0}” instead of “{1}”: left out (lines: {n})"
    ),
    FaultKind.SEVERAL_SCHOOLS: N_(
        "{where}: two schools, “{0}” and “{1}”, counted together: put each in a folder of its own"
    ),
    FaultKind.CLASS_UNSURE: N_(
        "{where}: the same certifications in “{0}” and in “{1}”, in files of one day: "
        "they count in no class (certifications: {n})"
    ),
    FaultKind.CLASS_CHANGED: N_(
        "{where}: the same certifications in “{0}” and in “{1}” (a class renamed, or students who moved): "
        "they count in the class of the newest file (certifications: {n})"
    ),
    FaultKind.SEVERAL_YEARS: N_(
        "{where}: results of several school years ({0}, {1}): each counts in its own"
    ),
    FaultKind.UNTOLD_STATUS: N_("{where}: how the test ended is not told, it is counted apart"),
}


def status_word(status: ResultStatus | None) -> str:
    """How a test ended that did not lead to a certification, or that there is no result."""
    return _("called, no result") if status is None else _(_STATUSES.get(status, status.value))


def percent(share: float) -> str:
    """A share as people say it: "94 %"."""
    return _("{n} %").format(n=half_up(100 * share))


def group_name(group: Group) -> str:
    """What a group is called, fit to be shown."""
    if group.by is GroupKind.ALL:
        return _("together")
    return _("others") if group.name == OTHERS else shown(group.name)


def competence_words(code: str) -> str:
    """A competence by code and name."""
    return f"{code} {BY_CODE[code].name}"


def level_words(level: float) -> str:
    """A mean level, to one decimal."""
    return f"{level:.1f}".replace(".", _("0.5")[1])


def findings(review: Review, group: Group) -> Iterator[str]:
    """The findings about one group, in the order in which one asks for them."""
    if group.candidates is not None:
        yield _obtained(group, group.candidates)
    elif group.obtained is not None:
        words = _("{year}: {n} obtained the certification; how many sat it is hidden.")
        yield words.format(year=group.year, n=number_words(group.obtained))
    if group.scores is not None:
        scores = group.scores
        words = _(
            "Half of those who obtained it have {median} pix or more; half are between {q1} and {q3} pix."
        )
        yield words.format(median=half_up(scores.median), q1=half_up(scores.q1), q3=half_up(scores.q3))
    yield from _extremes(group)
    before = _year_before(review, group)
    if before is not None:
        yield from year_sentences(before, group)
    if group.by is GroupKind.ALL and group.year == review.years[-1]:
        yield from _strategy(review)


def _obtained(group: Group, candidates: int) -> str:
    n = number_words(candidates)
    if group.is_silent:
        words = ngettext(
            "{year}: {n} candidate; no file tells how the test ended.",
            "{year}: {n} candidates; no file tells how the tests ended.",
            candidates,
        )
        return words.format(year=group.year, n=n)
    if group.obtained is None:
        words = ngettext("{year}: {n} candidate.", "{year}: {n} candidates.", candidates)
        return words.format(year=group.year, n=n)
    words = ngettext(
        "{year}: {n} candidate, {obtained} obtained the certification",
        "{year}: {n} candidates, {obtained} obtained the certification",
        candidates,
    )
    said = words.format(year=group.year, n=n, obtained=number_words(group.obtained))
    if group.share is None:
        return _("{text}.").format(text=said)
    return _("{text}: {share} of the {n} tests judged.").format(
        text=said, share=percent(group.share), n=number_words(group.ended)
    )


def _extremes(group: Group) -> Iterator[str]:
    """The strongest and the weakest competence, of those that enough certifications tell."""
    told = [(code, levels) for code, levels in group.competences_told if levels.n >= _FEWEST_COMPARED]
    if len(told) < 2:
        return
    ranked = sorted(told, key=lambda one: (_mean(one[1]), one[0]))
    if level_words(_mean(ranked[0][1])) == level_words(_mean(ranked[-1][1])):
        return
    for words, (code, levels) in (
        (_("Strongest competence: {name} (mean level {level}, {n} certifications)."), ranked[-1]),
        (_("Weakest competence: {name} (mean level {level}, {n} certifications)."), ranked[0]),
    ):
        yield words.format(
            name=competence_words(code), level=level_words(_mean(levels)), n=number_words(levels.n)
        )


def _mean(levels: Levels) -> float:
    return levels.mean or 0.0


def earlier_changes(review: Review) -> Iterator[str]:
    """From each year to the next, but for the last two, whose change is a finding; the newest first."""
    wholes = [review.whole(year) for year in review.years[:-1]]
    for before, after in reversed(list(pairwise(wholes))):
        yield from year_sentences(before, after)


def _year_before(review: Review, group: Group) -> Group | None:
    """The same group in the school year before; a class is another one each year, whatever it is called."""
    if group.by not in {GroupKind.ALL, GroupKind.SCHOOL}:
        return None
    before = [
        one for one in review.groups if (one.by, one.name) == (group.by, group.name) and one.year < group.year
    ]
    return max(before, key=lambda one: one.year, default=None)


def year_sentences(before: Group, after: Group) -> Iterator[str]:
    """What has changed since an earlier year, and how sure that is."""
    found = share_difference(before, after)
    shares = [half_up(100 * (group.share or 0)) for group in (before, after)]
    if found is not None and shares[0] == shares[1]:
        words = _("Obtained in {year} as in {next}: {share}.")
        yield words.format(year=before.year, next=after.year, share=percent(after.share or 0))
    elif found is not None:
        words = _("From {year} to {next}, obtained: {before} → {after}, {difference}. {sure}")
        yield words.format(
            year=before.year, next=after.year,
            before=percent(before.share or 0), after=percent(after.share or 0),
            difference=ngettext("{n} point", "{n} points", abs(shares[1] - shares[0])).format(
                n=_signed(shares[1] - shares[0])
            ),
            sure=_sure_words(found, 100, _("points"), before.ended + after.ended),
        )  # fmt: skip
    found = score_difference(before, after)
    if found is not None and before.scores and after.scores:
        words = _("From {year} to {next}, mean score: {before} → {after} pix, {difference} pix. {sure}")
        means = half_up(before.scores.mean), half_up(after.scores.mean)
        yield words.format(
            year=before.year, next=after.year, before=means[0], after=means[1],
            difference=_signed(means[1] - means[0] if abs(found.found) >= 1 else found.found),
            sure=_sure_words(found, 1, _("pix"), before.scores.n + after.scores.n),
        )  # fmt: skip


def _sure_words(found: Difference, scale: int, unit: str, students: int) -> str:
    """How sure a difference is, for people who have never heard of an interval."""
    low, high = _signed(scale * found.low), _signed(scale * found.high)
    if found.is_sure and "0" not in {low, high}:  # an end that reads as zero leaves a doubt
        words = _("Chance alone hardly explains it: between {low} and {high} {unit}.")
    elif students > _MANY:
        words = _("Chance alone may explain it: between {low} and {high} {unit}; nothing can be concluded.")
    else:
        words = _(
            "With so few students, chance alone may explain it: between {low} and {high} {unit}; "
            "nothing can be concluded."
        )
    return words.format(low=low, high=high, unit=unit)


def _signed(number: float) -> str:
    """With its sign; what is under one to one decimal, as 91 and 90 may be half a point apart."""
    size = number_words(half_up(abs(number)) if abs(number) >= 1 else round(abs(number), 1))
    return size if size == "0" else f"{'+' if number > 0 else '−'}{size}"


def _strategy(review: Review) -> Iterator[str]:
    """Who was called, before and after, what to work on, objectives, who is to be entered again."""
    if (called := review.called) is not None:
        words = _("Called by the lists: {n}; without a result: {without}.")
        yield words.format(n=number_words(called.called), without=number_words(called.missing))
    if (change := review.before_after) is not None:
        words = _(
            "For {n} students a profile sent before the test was found: {pix} pix on average, then {score} "
            "pix certified (doubtful: {doubtful}, not found: {unmatched})."
        )
        yield words.format(
            n=change.n, pix=half_up(change.pix), score=half_up(change.score),
            doubtful=change.doubtful, unmatched=change.unmatched,
        )  # fmt: skip
    if review.near:
        told = ", ".join(
            _("{name} ({n} of {of})").format(
                name=competence_words(near.code), n=number_words(near.students), of=number_words(near.of)
            )
            for near in review.near
        )
        words = (
            _("To work on first, as most are within 2 pix of the next level: {list}.")
            if review.near[0].by_pix
            else _("To work on first, as most are one level under level 1 or 3: {list}.")
        )
        yield words.format(list=told)
    yield from _objectives([one for one in review.objectives if one.year == review.years[-1]])
    if review.again_count:
        words = ngettext(
            "{n} candidate to enter again: no certification obtained this year.",
            "{n} candidates to enter again: no certification obtained this year.",
            review.again_count,
        )
        yield words.format(n=number_words(review.again_count))


_OBJECTIVES = {
    "eligible": N_("5 competences at level 1"),
    "5e": N_("the same with one in each area (end of 5e)"),
    "4e-3e": N_("all 16 at level 1 (end of 4e and 3e)"),
}


def _objectives(objectives: Sequence[ObjectiveFigures]) -> Iterator[str]:
    """What the objectives that schools set would have said of the levels certified, in one sentence."""
    if not objectives:
        return
    told = _("; ").join(
        _("{objective}: {reached} reach it, {missed} do not, open for {open}").format(
            objective=_(_OBJECTIVES[one.name]), reached=number_words(one.reached),
            missed=number_words(one.missed), open=number_words(one.open),
        )
        for one in objectives
    )  # fmt: skip
    n = objectives[0].reached + objectives[0].missed + objectives[0].open
    words = _("Objectives of schools, by the levels of {n} certifications: {list}.")
    yield words.format(n=number_words(n), list=told)


def fault_words(fault: Fault) -> str:
    """What does not fit together, where, and what was done."""
    places = fault.places[:_MOST_PLACES]
    lines: dict[str, list[str]] = {}
    for place in places:
        lines.setdefault(shown(place.file, 120), []).extend(() if place.line is None else (str(place.line),))
    where = ", ".join(_place_words(file, numbers) for file, numbers in lines.items())
    values = map(_value_words, fault.values)
    return _(_FAULTS[fault.kind]).format(*values, where=where + "…" * (places != fault.places), n=fault.n)


def _place_words(file: str, lines: Sequence[str]) -> str:
    if not lines:
        return file
    words = ngettext("{file}, line {lines}", "{file}, lines {lines}", len(lines))
    return words.format(file=file, lines=", ".join(lines))


def _value_words(value: str) -> str:
    """What a file tells, as people say it: how a test ended, a day, or the text itself."""
    if value == ResultStatus.VALIDATED:
        return _("obtained")
    if value in _STATUSES:
        return _(_STATUSES[ResultStatus(value)])
    try:
        return f"{date.fromisoformat(value):%d/%m/%Y}"
    except ValueError:
        return shown(value, 80)
