"""One certification as all files together tell it, and what those files say that does not fit together."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from pixsession.domain.pix.certification import CertificationResult, ResultStatus
from pixsession.domain.pix.school_year import school_year_name

OTHERS = "autres"  # the group of those whose own would be too small to be shown without names


class ResultsFile(NamedTuple):
    """The lines of one file; `generation` is the form that Pix gave it, `day` that of its download."""

    name: str
    generation: str
    lines: tuple[CertificationResult, ...]
    day: str | None = None  # ISO 8601: of a class, Pix writes it into the name of the file


class Certification(NamedTuple):
    """One certification, once, however many files show it; None is what no file tells."""

    number: str
    year: str  # "2025-2026"
    status: ResultStatus | None
    score: int | None = None
    label: str | None = None  # "Indépendant 1"
    levels: tuple[int | None, ...] = ()  # in the order of CODES; empty where no file has competences
    school: str | None = None
    session: str | None = None
    division: str | None = None
    kind: str | None = None  # "Pix", "CléA Numérique by Pix", "Pix+ Droit" …
    further: tuple[tuple[str, ResultStatus | None], ...] = ()  # CléA and Pix+ columns
    day: str = ""  # ISO 8601
    last_name: str = ""
    first_name: str = ""
    birth_date: str | None = None


class FaultKind(StrEnum):
    """What does not fit together; lines of all but CLASS_CHANGED and SEVERAL_YEARS are left out or untold."""

    NO_NUMBER = "no_number"
    NO_DAY = "no_day"
    CONTRADICTION = "contradiction"
    OTHER_SCHOOL = "other_school"
    SEVERAL_SCHOOLS = "several_schools"
    CLASS_UNSURE = "class_unsure"
    CLASS_CHANGED = "class_changed"
    SEVERAL_YEARS = "several_years"
    UNTOLD_STATUS = "untold_status"


class Place(NamedTuple):
    """A line of a file; None: the file as a whole."""

    file: str
    line: int | None = None


class Fault(NamedTuple):
    """What is wrong, where, and the values that tell it."""

    kind: FaultKind
    places: tuple[Place, ...]
    values: tuple[str, ...] = ()
    n: int = 1


def year_of(result: CertificationResult) -> str | None:
    """The school year of the test; None where the file tells no day."""
    return school_year_name(result.date) if result.date else None
