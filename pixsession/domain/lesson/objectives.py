"""What a student is to reach: so many competences at a level, so many by area; the shortest way there."""

import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from pixsession.domain.pix.competences import AREAS, BY_CODE, CODES, PIX_PER_LEVEL
from pixsession.domain.pix.eligibility import Profile
from pixsession.foundation.i18n import N_


class Objective(NamedTuple):
    """A goal with its name: so many of the 16 competences at a level or more, so many in each area."""

    name: str
    min_competences: int
    min_level: int
    min_per_area: int = 0


class Step(NamedTuple):
    """One competence on the way, with the pix that are short of the level."""

    competence: str  # "2.2"
    pix_missing: int
    for_area: str | None  # "4": the objective asks for one in this area


class ObjectivePath(NamedTuple):
    """How far a profile is from an objective; `steps` is the shortest way there, in pix.

    The steps that an area asks for come first; both these and the others stand nearest first. `reached` is
    None, without steps, where the profile is unknown, or is unreadable in what would decide.
    """

    objective: Objective
    reached: bool | None
    competences: int | None  # how many count so far
    steps: tuple[Step, ...]


# The goals that schools set (field notes of French secondary schools): Pix's own rule for certification, and
# what is expected at the end of the 5e, and of the 4e and 3e. Years have the same name in every language.
SCHOOL_OBJECTIVES = (
    Objective(N_("eligible"), 5, 1),
    Objective("5e", 5, 1, min_per_area=1),
    Objective("4e-3e", 16, 1),
)
_ELIGIBLE, _FIFTH, _FOURTH_THIRD = SCHOOL_OBJECTIVES
# By the word that stands for each where one is asked for. No text names a number for the first year and for
# upper secondary: theirs are to start from, and the session file changes them.
OBJECTIVE_PRESETS: Mapping[str, Objective] = MappingProxyType(
    {
        "6e": Objective("6e", 3, 1),
        "5e": _FIFTH,
        "4e-3e": _FOURTH_THIRD,
        "certification": _ELIGIBLE,
        "lycee": Objective(N_("upper secondary"), 16, 2),
    }
)
# How names of classes begin, as schools write them: "6eB", "6 B", "601", "2nde 4", "1GT2", "TSTMG", "Tle".
_YEARS = (
    (r"(?i)\W*6(\s*(e|[^\x00-\x7f]|[a-d]\b)|\d\d)", "6e"),
    (r"(?i)\W*5(\s*(e|[^\x00-\x7f]|[a-d]\b)|\d\d)", "5e"),
    (r"(?i)\W*[43](\s*(e|[^\x00-\x7f]|[a-d]\b|pm)|\d\d)", "4e-3e"),
    (r"(?i)\W*(2\s*(n?de?|g)|1\s*(\w?re|g|st)|t(le|erm|g|st|\s*\d))", "lycee"),
)
MOST_PER_AREA = min(sum(competence.area == area.number for competence in BY_CODE.values()) for area in AREAS)


def year_preset(place: str) -> str | None:
    """Which of `OBJECTIVE_PRESETS` is that of a class, by its name; None: the name tells no year."""
    return next((preset for pattern, preset in _YEARS if re.match(pattern, place)), None)


def path_to(objective: Objective, profile: Profile | None) -> ObjectivePath:
    """Whether the objective is reached, else the steps whose pix, added up, are the fewest.

    A level that is unreadable, or that its pix contradict, leaves open whether an objective is reached that
    the others do not reach. `profile` None: nothing was sent. More in each area than `MOST_PER_AREA` is
    beyond what an area has: then every competence of the area is asked for.
    """
    if profile is None:
        return ObjectivePath(objective, None, None, ())
    there = [code for code, level in zip(CODES, profile.levels, strict=True) if _stands(level, objective)]
    needs = {area.number: _need_in(area.number, there, objective) for area in AREAS}
    if len(there) >= objective.min_competences and not any(needs.values()):
        return ObjectivePath(objective, True, len(there), ())
    short = tuple(_short(objective, profile))
    if len(short) + len(there) < len(CODES):
        return ObjectivePath(objective, None, len(there), ())
    for_areas = [step for area, need in needs.items() for step in _nearest_in(area, short, need)]
    taken = {step.competence for step in for_areas}
    rest = [step for step in short if step.competence not in taken]
    more = max(0, objective.min_competences - len(there) - len(for_areas))
    ordered = sorted(for_areas, key=lambda step: step.pix_missing)
    return ObjectivePath(objective, False, len(there), (*ordered, *rest[:more]))


def _stands(level: int | None, objective: Objective) -> bool:
    return level is not None and level >= objective.min_level


def _need_in(area: str, there: Sequence[str], objective: Objective) -> int:
    """How many more competences this area needs, at most as many as it has."""
    has = sum(BY_CODE[code].area == area for code in there)
    competences = sum(BY_CODE[code].area == area for code in CODES)
    return max(0, min(objective.min_per_area, competences) - has)


def _short(objective: Objective, profile: Profile) -> Iterator[Step]:
    """The competences that are known to be under the level, nearest first, then in the order of the CRCN."""
    wanted = objective.min_level * PIX_PER_LEVEL
    known = (
        Step(code, wanted - pix, None)
        for code, level, pix in zip(CODES, profile.levels, profile.competence_pix, strict=True)
        if level is not None and pix is not None and level < objective.min_level and pix < wanted
    )
    return iter(sorted(known, key=lambda step: step.pix_missing))


def _nearest_in(area: str, short: Sequence[Step], need: int) -> list[Step]:
    own = [step for step in short if BY_CODE[step.competence].area == area]
    return [step._replace(for_area=area) for step in own[:need]]
