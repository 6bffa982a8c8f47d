"""Results without names: nobody's own data, no group under five, and none that its totals would betray."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from pixsession.domain.results.certification import OTHERS, Certification

FEWEST = 5  # students in a group that may be shown without names
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
