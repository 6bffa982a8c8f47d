"""Each certification once, by its number: what several files tell of it is put together, or left out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pixsession.domain.people.identities import class_key
from pixsession.domain.people.students import name_key
from pixsession.domain.pix.certification import CertificationResult, ResultStatus
from pixsession.domain.results.certification import (
    Certification,
    Fault,
    FaultKind,
    Place,
    ResultsFile,
    year_of,
)


class Gathered(NamedTuple):
    """Every certification that counts, and what was left out or is not sure."""

    certifications: tuple[Certification, ...]
    faults: tuple[Fault, ...]


class _Line(NamedTuple):
    """One line with the file it stands in."""

    file: ResultsFile
    told: CertificationResult

    @property
    def place(self) -> Place:
        name = ", ".join(filter(None, (self.file.name, self.told.part)))
        return Place(name, self.told.line)


class _ClassChange(NamedTuple):
    """Two classes that two files give one student; `is_sure`: the second file is the newer one."""

    old: str
    old_file: str
    new: str
    new_file: str
    is_sure: bool


def gathered(files: Sequence[ResultsFile]) -> Gathered:
    """All certifications of these files.

    Where files tell one number differently nothing says which is right: that certification is left out.
    Levels alone may differ between two forms, as Pix has changed how far they go: the newest is believed.
    """
    lines, faults = _usable([_Line(file, told) for file in files for told in file.lines])
    by_number: dict[str, list[_Line]] = defaultdict(list)
    for line in lines:
        by_number[line.told.certification_number].append(line)
    found: list[tuple[Certification, list[_Line]]] = []
    changed: Counter[_ClassChange] = Counter()
    for several in by_number.values():
        several.sort(key=lambda line: line.file.generation, reverse=True)
        if values := _contradiction(several):
            faults.append(Fault(FaultKind.CONTRADICTION, tuple(line.place for line in several), values))
            continue
        division, other = _division(several)
        if other is not None:
            changed[other] += 1
        found.append((_merged(several, division), several))
    kept, left_out = _of_one_school(found)
    faults += [*left_out, *_class_faults(changed), *_year_faults(files)]
    faults += [
        Fault(FaultKind.UNTOLD_STATUS, tuple(line.place for line in several))
        for one, several in kept
        if one.status is None
    ]
    return Gathered(tuple(one for one, _lines in kept), tuple(faults))


def _usable(lines: Iterable[_Line]) -> tuple[list[_Line], list[Fault]]:
    """The lines with a number and a day; those without cannot be counted once, or in a year."""
    usable, faults = [], []
    for line in lines:
        if not line.told.certification_number:
            faults.append(Fault(FaultKind.NO_NUMBER, (line.place,)))
        elif not line.told.date:
            faults.append(Fault(FaultKind.NO_DAY, (line.place,)))
        else:
            usable.append(line)
    return usable, faults


def _contradiction(lines: Sequence[_Line]) -> tuple[str, ...]:
    """The values that cannot both be right; empty where all lines agree in what they tell."""
    first = lines[0].told
    for line in lines[1:]:
        other = line.told
        for one, two in (
            (first.status, other.status),
            (first.score, other.score),
            (first.level_label, other.level_label),
            (first.date, other.date),
            (first.session, other.session),
            (first.birth_date, other.birth_date),
            (name_key(first.last_name), name_key(other.last_name)),
            (name_key(first.first_name), name_key(other.first_name)),
        ):
            if one not in {None, ""} and two not in {None, ""} and one != two:
                return str(one), str(two)
        if first.status is ResultStatus.VALIDATED and not _same_levels(lines[0], line):
            return _levels_words(first.levels), _levels_words(other.levels)
    return ()


def _same_levels(newer: _Line, older: _Line) -> bool:
    """Whether both may be one: equal, or of two forms, as Pix has changed how far levels go."""
    if newer.file.generation != older.file.generation:
        return True
    told = zip(newer.told.levels, older.told.levels, strict=False)
    return all(one == other for one, other in told if one is not None and other is not None)


def _levels_words(levels: Sequence[int | None]) -> str:
    return " ".join("-" if level is None else str(level) for level in levels)


def _division(lines: Sequence[_Line]) -> tuple[str | None, _ClassChange | None]:
    """The class by the newest download, as Pix shows that of the day; who else says what, if anybody does.

    None where two downloads of one day, or without a day, name two classes.
    """
    named = [line for line in lines if line.told.division]
    if not named:
        return None, None
    newest = max(named, key=lambda line: line.file.day or "")
    mine = newest.told.division or ""
    for line in named:
        theirs = line.told.division or ""
        if class_key(theirs) != class_key(mine):
            is_sure = (line.file.day or "") < (newest.file.day or "")
            change = _ClassChange(theirs, line.file.name, mine, newest.file.name, is_sure)
            return (mine if is_sure else None), change
    return mine, None


def _class_faults(changed: Counter[_ClassChange]) -> list[Fault]:
    return [
        Fault(
            FaultKind.CLASS_CHANGED if change.is_sure else FaultKind.CLASS_UNSURE,
            (Place(change.old_file), Place(change.new_file)),
            (change.old, change.new),
            n,
        )
        for change, n in sorted(changed.items())
    ]


def _year_faults(files: Iterable[ResultsFile]) -> list[Fault]:
    years = {file.name: sorted({year for line in file.lines if (year := year_of(line))}) for file in files}
    return [
        Fault(FaultKind.SEVERAL_YEARS, (Place(name),), tuple(found))
        for name, found in years.items()
        if found[1:]
    ]


def _merged(lines: Sequence[_Line], division: str | None) -> Certification:
    """What the lines of one number tell together; the first that tells a thing is believed."""
    told = [line.told for line in lines]
    first = told[0]
    return Certification(
        number=first.certification_number,
        year=next(filter(None, map(year_of, told))),
        status=next((one.status for one in told if one.status is not None), None),
        score=next((one.score for one in told if one.score is not None), None),
        label=next((one.level_label for one in told if one.level_label), None),
        levels=next((one.levels for one in told if any(level is not None for level in one.levels)), ()),
        school=next((one.centre for one in told if one.centre), None),
        session=next((one.session for one in told if one.session), None),
        division=" ".join(division.split()) if division else None,
        kind=next((one.type for one in told if one.type), None),
        further=next((one.complementary for one in told if one.complementary), ()),
        day=first.date or "",
        last_name=first.last_name,
        first_name=first.first_name,
        birth_date=next((one.birth_date for one in told if one.birth_date), None),
    )


def _of_one_school(
    found: Sequence[tuple[Certification, list[_Line]]],
) -> tuple[list[tuple[Certification, list[_Line]]], list[Fault]]:
    """The certifications of the school with the most of them, and those that a class file of Pix Orga tells.

    A school's students may sit elsewhere: that a class file names them makes them its own. Two schools of as
    many stay together, and that is told.
    """
    centres = Counter(name_key(one.school) for one, _lines in found if one.school)
    if len(centres) < 2:
        return list(found), []
    spelled = {name_key(one.school): one.school for one, _lines in found if one.school}
    (mine, most), (second, next_most) = centres.most_common(2)
    if most == next_most:
        places = tuple(sorted({Place(lines[0].file.name) for _one, lines in found}))
        return list(found), [Fault(FaultKind.SEVERAL_SCHOOLS, places, (spelled[mine], spelled[second]))]
    kept, others = [], defaultdict(list)
    for one, lines in found:
        if not one.school or name_key(one.school) == mine or any(line.told.division for line in lines):
            kept.append((one, lines))
        else:
            others[one.school].append(lines[0].place)
    faults = [
        Fault(FaultKind.OTHER_SCHOOL, tuple(places), (school, spelled[mine]), len(places))
        for school, places in others.items()
    ]
    return kept, faults
