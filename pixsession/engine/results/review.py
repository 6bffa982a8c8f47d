"""The bilan made: certifications gathered, their figures asked of the database, people looked up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from pixsession.domain.board.snapshot import BoardRow
from pixsession.domain.people.identities import class_key
from pixsession.domain.results.anonymity import FEWEST, anonymous
from pixsession.domain.results.certification import Certification, Fault, ResultsFile
from pixsession.domain.results.figures import FurtherFigures, Group, GroupKind, ObjectiveFigures
from pixsession.domain.results.merging import gathered
from pixsession.domain.results.people import (
    before_after_of,
    called_of,
    further_of,
    near_next_level,
    to_enter_again,
)
from pixsession.domain.results.review import BeforeAfter, Near, Review, ReviewedFile
from pixsession.domain.results.spread import MOST_NAMED, spread_of
from pixsession.domain.results.withholding import withheld, withheld_of_schools
from pixsession.foundation.errors import PixSessionError
from pixsession.foundation.i18n import _
from pixsession.store.results.figures import groups_of, objectives_of
from pixsession.store.results.table import certification_table, schools_in


def review_of(
    files: Sequence[ResultsFile],
    read: Sequence[ReviewedFile] = (),
    rows: Sequence[BoardRow] = (),
    *,
    years: Collection[str] = (),
    classes: Collection[str] = (),
    names: bool = True,
) -> Review:
    """The bilan of these files, and of the students of a board where there is one.

    `years`, `classes`: these alone; `names`: else it is without names, and nothing leads back to anybody.
    """
    told, faults = gathered(files)
    told = _chosen(told, years, classes)
    review = _reviewed(told, names=names)
    again = to_enter_again(told)
    review = review._replace(
        files=tuple(read),
        faults=faults,
        near=near_next_level(rows, review.newest),
        called=called_of(rows, told),
        again=again,
        again_count=len(again),
        before_after=before_after_of(rows, told),
    )
    return review if names else _without_people(review)


def _reviewed(told: Sequence[Certification], *, names: bool) -> Review:
    """What certifications tell by themselves; without `names` of enough students each."""
    shown = told if names else anonymous(told)
    groups, objectives = _figures(shown)
    if not names:
        groups = withheld(groups, shown)
    further = further_of(shown)
    if not names:
        candidates = Counter(one.year for one in shown)
        further = tuple(one for one in further if _is_of_enough(one, candidates[one.year]))
    return Review(
        groups=groups,
        school=next((one.school for one in told if one.school), None),
        objectives=objectives if names else _told_apart(objectives),
        further=further,
        is_anonymous=not names,
        hidden_years=tuple(sorted({one.year for one in told} - {group.year for group in groups})),
    )


def _chosen(
    told: Sequence[Certification], years: Collection[str], classes: Collection[str]
) -> tuple[Certification, ...]:
    wanted = {class_key(division) for division in classes}
    return tuple(
        one
        for one in told
        if (not years or one.year in years) and (not wanted or class_key(one.division or "") in wanted)
    )


def _figures(shown: Sequence[Certification]) -> tuple[tuple[Group, ...], tuple[ObjectiveFigures, ...]]:
    with certification_table() as table:
        table.fill(shown)
        return groups_of(table), objectives_of(table)


def _without_people(review: Review) -> Review:
    """Nobody's name, and nothing that is told of fewer than FEWEST students."""
    called, before = review.called, review.before_after
    return review._replace(
        files=tuple(ReviewedFile("", file.status, file.kind) for file in review.files),
        faults=tuple(Fault(fault.kind, (), (), fault.n) for fault in review.faults),
        near=_of_enough_near(review.near),
        called=called._replace(without=()) if called and _are_enough(called.called, called.missing) else None,
        again=(),
        again_count=0,  # beside the candidates it would tell of those who obtained it
        before_after=_of_enough(before)
        if before and _are_enough(before.n, before.doubtful, before.unmatched)
        else None,
    )


def _of_enough_near(near: Iterable[Near]) -> tuple[Near, ...]:
    return tuple(one for one in near if _are_enough(one.students, one.of - one.students))


def _is_of_enough(one: FurtherFigures, candidates: int) -> bool:
    return _are_enough(one.obtained, one.taken - one.obtained, candidates - one.taken)


def _told_apart(objectives: Iterable[ObjectiveFigures]) -> tuple[ObjectiveFigures, ...]:
    """Those of which neither a count nor its difference from another one's is of too few: they are nested."""
    kept: list[ObjectiveFigures] = []
    for one in objectives:
        counts = (one.reached, one.missed, one.open)
        others = [(two.reached, two.missed, two.open) for two in kept if two.year == one.year]
        apart = (abs(mine - theirs) for other in others for mine, theirs in zip(counts, other, strict=True))
        if _are_enough(*counts, *apart):
            kept.append(one)
    return tuple(kept)


def _are_enough(*counts: int) -> bool:
    """Whether each of these is of nobody, or of FEWEST and more."""
    return not any(0 < n < FEWEST for n in counts)


def _of_enough(before: BeforeAfter) -> BeforeAfter:
    return before._replace(competences=tuple(one for one in before.competences if one.n >= FEWEST))


def review_of_schools(folder: Path, *, years: Collection[str] = (), detailed: bool = True) -> Review:
    """The bilan of many schools, of the Parquet that `write_parquet` of each left; raises PixSessionError.

    Without `detailed` more than MOST_NAMED are not told apart, but as a spread. Of one school alone it is
    what `review_of` says without names.
    """
    schools = schools_in(folder, MOST_NAMED + 1)
    if schools == 1:
        return _review_of_one_school(folder, years)
    are_named = detailed or schools <= MOST_NAMED
    with certification_table(of_schools=True) as table:
        table.read_parquet(folder)
        groups, objectives = groups_of(table, detailed=are_named), objectives_of(table)
    groups = tuple(one for one in groups if not years or one.year in years)
    objectives = tuple(one for one in objectives if not years or one.year in years)
    review = Review(groups, objectives=_told_apart(objectives), is_anonymous=True, of_schools=True)
    if groups and not are_named:
        review = review._replace(spread=spread_of(review.parts(review.years[-1], GroupKind.SCHOOL)))
        groups = tuple(one for one in groups if one.by is GroupKind.ALL)
    review = review._replace(groups=withheld_of_schools(groups))
    return review._replace(near=_of_enough_near(near_next_level((), review.newest)))


def _review_of_one_school(folder: Path, years: Collection[str]) -> Review:
    with certification_table() as table:
        told = table.certifications_in(folder)
    review = _reviewed(_chosen(told, years, ()), names=False)
    return review._replace(near=_of_enough_near(near_next_level((), review.newest)))


def write_parquet(
    files: Sequence[ResultsFile], folder: Path, school: str | None = None, *, years: Collection[str] = ()
) -> int:
    """Write the certifications of a school below a folder, without names; how many were written.

    `school`: what it is called, where no file tells. Raises PixSessionError where nothing can be written.
    """
    told = anonymous(_chosen(gathered(files).certifications, years, ()))
    if not told:
        words = _("nothing is written: fewer than {n} certifications a year cannot be shared without names.")
        raise PixSessionError(words.format(n=FEWEST))
    name = school or next((one.school for one in told if one.school), None)
    if name is None:
        raise PixSessionError(_("no file tells the name of the school: give it with --school."))
    with certification_table() as table:
        table.fill(one._replace(school=name) for one in told)
        table.write_parquet(folder)
    return len(told)
