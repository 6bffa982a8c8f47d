"""Figures without names: none rests on fewer than five students, nor does what can be computed from several.

Whatever is counted falls into atoms: one value (how a test ended, a part of the histogram) of one class
within one session. Classes and sessions show values, or sums of values, of which every atom is of nobody or
of FEWEST and more; the whole may tell apart what they sum up. So are sums and differences of what is shown.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

from pixsession.domain.pix.certification import ResultStatus
from pixsession.domain.pix.competences import CODES
from pixsession.domain.results.anonymity import FEWEST
from pixsession.domain.results.certification import OTHERS, Certification
from pixsession.domain.results.figures import BIN, NO_LEVELS, Bin, Group, GroupKind

SCORE = "score"
LABEL = "label"
OBTAINED = ResultStatus.VALIDATED
_Value = TypeVar("_Value", bound=Hashable)
_Atoms = Counter[tuple[Hashable, Hashable]]  # by cell (class and session) and value
_COUNTS: Mapping[str, ResultStatus | None] = {
    "obtained": OBTAINED,
    "rejected": ResultStatus.REJECTED,
    "cancelled": ResultStatus.CANCELLED,
    "error": ResultStatus.ERROR,
    "started": ResultStatus.STARTED,
    "untold": None,
}
_ALL_ENDS = frozenset(_COUNTS.values())
_Blocks = Sequence[Sequence[int]]  # the lowest pix of the bins that are shown as one


class _Shown(NamedTuple):
    """What groups of one kind may show in one year."""

    candidates: bool
    ends: Collection[ResultStatus | None]
    hidden: frozenset[str]
    labels: Collection[str]
    bins: _Blocks


def withheld(groups: Iterable[Group], certifications: Sequence[Certification]) -> tuple[Group, ...]:
    """The groups without what would be told of too few; `certifications`: as `anonymous` leaves them.

    The lowest and the highest score are each one student's: never shown. Levels in words are parts of the
    scores: they are shown where the histogram is not, as the two together would tell of one bin alone.
    """
    years = {one.year for one in certifications}
    plans = {year: _plans([one for one in certifications if one.year == year]) for year in years}
    return tuple(_withheld(group, plans[group.year][group.by is GroupKind.ALL]) for group in groups)


def _plans(of_year: Sequence[Certification]) -> tuple[_Shown, _Shown]:
    """For classes and sessions, then for the whole."""
    ends: _Atoms = Counter((_cell(one), one.status) for one in of_year)
    obtained = [one for one in of_year if one.status is OBTAINED]
    parts = _parts_ends(ends)
    whole = _whole_ends(_together(ends), *parts)
    labels: _Atoms = Counter((_cell(one), one.label) for one in obtained if one.label is not None)
    bins: _Atoms = Counter((_cell(one), one.score // BIN * BIN) for one in obtained if one.score is not None)
    kept_labels, of_parts = (
        _kept(labels, sorted({one.label for one in obtained if one.label is not None})),
        _blocks(bins),
    )
    whole_labels = (*kept_labels, *_split(_together(labels), kept_labels))
    of_whole = [block for joined in of_parts for block in _blocks(_together(_of(bins, joined)))]
    hidden = _hidden(obtained, parts[1], _cell), _hidden(obtained, whole[1], lambda _one: "")
    without = frozenset((LABEL,)) if bins and SCORE not in hidden[1] else frozenset()
    return (
        _Shown(*parts, hidden[0] | without, kept_labels, of_parts),
        _Shown(*whole, hidden[1] | without, whole_labels, of_whole),
    )


def _cell(one: Certification) -> tuple[str, str]:
    return one.division or "", one.session or ""


def _together(atoms: _Atoms) -> _Atoms:
    """As if all were one cell."""
    found: _Atoms = Counter()
    for (_of_cell, value), n in atoms.items():
        found["", value] += n
    return found


def _of(atoms: _Atoms, values: Collection[Hashable]) -> _Atoms:
    return Counter({(cell, value): n for (cell, value), n in atoms.items() if value in values})


def _is_safe(atoms: _Atoms, values: Collection[Hashable]) -> bool:
    """Whether of these values together each cell has none, or FEWEST and more."""
    sizes: Counter[Hashable] = Counter()
    for (cell, value), n in atoms.items():
        if value in values:
            sizes[cell] += n
    return not any(0 < n < FEWEST for n in sizes.values())


def _kept(atoms: _Atoms, values: Sequence[_Value]) -> list[_Value]:
    """The values that may be told apart, the others being safe together; the rarest are given up first."""
    totals = _together(atoms)
    kept = sorted((one for one in values if _is_safe(atoms, {one})), key=lambda one: totals["", one])
    while kept and not _is_safe(atoms, set(values) - set(kept)):
        del kept[0]
    return kept


def _split(totals: _Atoms, kept: Collection[Hashable]) -> list[str]:
    """The labels beside those kept that the whole may tell apart."""
    rest = sorted(str(value) for _cell_of, value in totals if value not in kept)
    return _kept(_of(totals, rest), rest)


def _parts_ends(ends: _Atoms) -> tuple[bool, frozenset[ResultStatus | None]]:
    """Whether classes and sessions show how many candidates they had, and which ends they show."""
    found = [end for end in _COUNTS.values() if any(value == end for _of_cell, value in ends)]
    kept = _kept(ends, found)
    if OBTAINED in kept or OBTAINED not in found:
        return True, frozenset(kept) | (_ALL_ENDS - set(found))
    if _is_safe(ends, {OBTAINED}):  # beside the candidates it would tell of those who did not obtain it
        return False, frozenset({OBTAINED})
    return True, frozenset()


def _whole_ends(
    totals: _Atoms, with_candidates: bool, of_parts: frozenset[ResultStatus | None]
) -> tuple[bool, frozenset[ResultStatus | None]]:
    """The same for the whole, which never tells less apart than its parts."""
    found = {end for end in _COUNTS.values() if ("", end) in totals}
    others = found - {OBTAINED}
    if not _is_safe(totals, {OBTAINED}) or not _is_safe(totals, others):
        return with_candidates, of_parts
    apart = (found & of_parts) - {OBTAINED}
    rest = [end for end in _COUNTS.values() if end in others - apart]
    return True, frozenset({OBTAINED, *apart, *_kept(_of(totals, rest), rest)}) | (_ALL_ENDS - found)


def _blocks(bins: _Atoms) -> list[list[int]]:
    """The bins, each joined to the next ones until they are safe; none where all together are not."""
    found: list[list[int]] = []
    for low in sorted({value for _of_cell, value in bins if isinstance(value, int)}):
        if found and not _is_safe(bins, found[-1]):
            found[-1].append(low)
        else:
            found.append([low])
    while len(found) > 1 and not _is_safe(bins, found[-1]):
        found[-2:] = [found[-2] + found[-1]]
    return found if not found or _is_safe(bins, found[-1]) else []


def _hidden(
    obtained: Sequence[Certification],
    ends: Collection[ResultStatus | None],
    cell: Callable[[Certification], Hashable],
) -> frozenset[str]:
    """What is told of too few of those who obtained it, or of all but too few; all where they are hidden."""
    if OBTAINED not in ends:
        return frozenset((SCORE, LABEL, *CODES))
    told: dict[str, _Atoms] = defaultdict(Counter)
    reached: dict[str, _Atoms] = defaultdict(
        Counter
    )  # by part: below level 1, below level 3, level 3 and more
    for one in obtained:
        place = cell(one)
        told[SCORE][place, one.score is not None] += 1
        told[LABEL][place, one.label is not None] += 1
        for code, level in zip(CODES, one.levels, strict=False):
            told[code][place, level is not None] += 1
            if level is not None:
                reached[code][place, (level >= 1) + (level >= 3)] += 1
    return frozenset(
        what
        for what, atoms in told.items()
        if not all(_is_safe(atoms, {is_told}) for is_told in (True, False))
        or not all(_is_safe(reached[what], {part}) for part in range(3))
    )


def _withheld(group: Group, plan: _Shown) -> Group:
    scores = group.scores if SCORE not in plan.hidden else None
    counts: dict[str, Any] = {
        name: getattr(group, name) if end in plan.ends else None for name, end in _COUNTS.items()
    }
    return group._replace(
        candidates=group.candidates if plan.candidates else None,
        **counts,
        scores=scores._replace(minimum=None, maximum=None) if scores else None,
        competences=tuple(
            NO_LEVELS if code in plan.hidden else levels
            for code, levels in zip(CODES, group.competences, strict=True)
        ),
        labels=() if LABEL in plan.hidden else _joined_labels(group.labels, plan.labels),
        bins=tuple(_joined_bins(group.bins, plan.bins)) if scores else (),
        withheld=plan.hidden,
    )


def _joined_labels(labels: Sequence[tuple[str, int]], kept: Collection[str]) -> tuple[tuple[str, int], ...]:
    others = sum(n for name, n in labels if name not in kept)
    found = tuple(one for one in labels if one[0] in kept)
    return (*found, (OTHERS, others)) if others else found


def _joined_bins(bins: Sequence[Bin], blocks: _Blocks) -> Iterable[Bin]:
    for block in blocks:
        if n := sum(one.n for one in bins if one.low in block):
            yield Bin(block[0], block[-1] + BIN - 1, n)
