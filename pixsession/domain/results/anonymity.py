"""Results without names: nobody's own data, no group under five, and none that its totals would betray."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from pixsession.domain.pix.certification import ResultStatus
from pixsession.domain.pix.competences import CODES
from pixsession.domain.results.certification import OTHERS, Certification
from pixsession.domain.results.figures import NO_LEVELS, Bin, Group, GroupKind

FEWEST = 5  # students in a group that may be shown without names
SCORE = "score"
LABEL = "label"
_Cell = tuple[str | None, str | None]  # class, session
_REST: _Cell = (OTHERS, OTHERS)


def anonymous(certifications: Iterable[Certification]) -> tuple[Certification, ...]:
    """The same without names, numbers, birth dates and days, small classes and sessions merged.

    Years with fewer than FEWEST certifications are left out. Each class within each session has FEWEST
    or more then: whatever is counted over classes, sessions and their differences is counted over such cells.
    """
    by_year: dict[str, list[Certification]] = defaultdict(list)
    for one in certifications:
        by_year[one.year].append(one)
    return tuple(one for year in sorted(by_year) for one in _without_names(by_year[year]))


def _without_names(of_year: Sequence[Certification]) -> list[Certification]:
    if len(of_year) < FEWEST:
        return []
    cells = _cells([(one.division, one.session) for one in of_year])
    bare = [
        Certification(
            number="",
            year=one.year,
            status=one.status,
            score=one.score,
            label=one.label,
            levels=one.levels,
            school=one.school,
            division=division,
            session=session,
            kind=one.kind,
            further=one.further,
        )
        for one in of_year
        for division, session in [cells[one.division, one.session]]
    ]
    # In an order that is not that of the file, which is the alphabet's.
    return sorted(bare, key=_by_value)


def _by_value(one: Certification) -> tuple[object, ...]:
    levels = tuple(-1 if level is None else level for level in one.levels)
    return one.division or "", one.session or "", one.status or "", one.score or -1, levels, one.label or ""


def _cells(found: Sequence[_Cell]) -> dict[_Cell, _Cell]:
    """By class and session, the cell that each belongs to: the smallest give up their class, then session."""
    belongs = {cell: cell for cell in found}
    while True:
        sizes = Counter(belongs[cell] for cell in found)
        ranked = sorted(sizes, key=lambda cell: (sizes[cell], _order(cell)))
        joining = ranked[0]
        if sizes[joining] >= FEWEST:
            return belongs
        if joining == _REST:  # alone they would stand out: the next ones join them
            joining, target = ranked[1], _REST
        else:
            target = _REST if joining[0] == OTHERS else (OTHERS, joining[1])
        belongs = {cell: target if now == joining else now for cell, now in belongs.items()}


def _order(cell: _Cell) -> tuple[str, str]:
    return cell[0] or "", cell[1] or ""


def withheld(groups: Iterable[Group], certifications: Sequence[Certification]) -> tuple[Group, ...]:
    """The groups without what would be told of fewer than FEWEST.

    A score, a label or a competence is shown of classes and sessions only where each class within each
    session has none or FEWEST of it. The lowest and the highest score are each one student's: never shown.
    """
    told: dict[str, Counter[tuple[str, ...]]] = defaultdict(Counter)
    for one in certifications:
        if one.status is ResultStatus.VALIDATED:
            for what in _told(one):
                told[what][one.year, *_order((one.division, one.session))] += 1
    return tuple(_withheld(group, _too_few(group, told)) for group in groups)


def _told(one: Certification) -> Iterable[str]:
    if one.score is not None:
        yield SCORE
    if one.label is not None:
        yield LABEL
    yield from (code for code, level in zip(CODES, one.levels, strict=False) if level is not None)


def _too_few(group: Group, told: dict[str, Counter[tuple[str, ...]]]) -> frozenset[str]:
    """What is told of too few in this year: of everybody for the whole, of any one cell for its parts."""
    found = set()
    for what, cells in told.items():
        sizes = [size for cell, size in cells.items() if cell[0] == group.year]
        if group.by is GroupKind.ALL:
            sizes = [sum(sizes)]
        if any(0 < size < FEWEST for size in sizes):
            found.add(what)
    return frozenset(found)


def _withheld(group: Group, hidden: frozenset[str]) -> Group:
    scores = (
        None if SCORE in hidden or not group.scores else group.scores._replace(minimum=None, maximum=None)
    )
    competences = tuple(
        NO_LEVELS if code in hidden else levels for code, levels in zip(CODES, group.competences, strict=True)
    )
    return group._replace(
        scores=scores,
        competences=competences,
        labels=() if LABEL in hidden else _labels_of_enough(group.labels),
        bins=() if SCORE in hidden else _bins_of_enough(group.bins),
        withheld=hidden,
    )


def _labels_of_enough(labels: Sequence[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    """The labels, the rarest of them together until each is of FEWEST; none where all are too few."""
    ranked = sorted(labels, key=lambda one: (one[1], one[0]))
    others = 0
    while ranked and (ranked[0][1] < FEWEST or 0 < others < FEWEST):
        others += ranked.pop(0)[1]
    kept = {name for name, _n in ranked}
    found = tuple(one for one in labels if one[0] in kept)
    return (*found, (OTHERS, others)) if others >= FEWEST else found


def _bins_of_enough(bins: Sequence[Bin]) -> tuple[Bin, ...]:
    """The histogram, each bin joined to the next ones until it is of FEWEST; none where all are too few."""
    found: list[Bin] = []
    for one in bins:
        if found and found[-1].n < FEWEST:
            found[-1] = Bin(found[-1].low, one.high, found[-1].n + one.n)
        else:
            found.append(one)
    if len(found) > 1 and found[-1].n < FEWEST:
        last = found.pop()
        found[-1] = Bin(found[-1].low, last.high, found[-1].n + last.n)
    return tuple(one for one in found if one.n >= FEWEST)
