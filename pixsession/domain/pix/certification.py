"""The results of certifications: one line per student of a class, or per test of a session."""

from enum import StrEnum
from typing import NamedTuple


class ResultStatus(StrEnum):
    """How a certification ended; the values are those of the JSON contract."""

    VALIDATED = "validated"
    REJECTED = "rejected"
    CANCELLED = "cancelled"
    ERROR = "error"
    STARTED = "started"


# The levels that Pix certifies, in words, from the lowest; Pix+ has others.
LEVEL_LABELS = (
    "Novice 1", "Novice 2", "Indépendant 1", "Indépendant 2", "Avancé 1", "Avancé 2", "Expert 1", "Expert 2",
)  # fmt: skip


class CertificationResult(NamedTuple):
    """One result, typed. `levels` are in the order of CODES, empty where the file has no competences."""

    line: int
    certification_number: str
    last_name: str
    first_name: str
    division: str | None  # from the name of the file: there is no such column
    birth_date: str | None  # ISO 8601
    birth_place: str | None
    external_id: str | None
    type: str | None  # "Pix", "CléA Numérique by Pix", "Pix+ Droit" …
    status: ResultStatus | None
    level_label: str | None  # "Indépendant 1"
    score: int | None
    levels: tuple[int | None, ...]
    comment: str | None
    session: str | None
    centre: str | None
    date: str | None  # ISO 8601, the day of the test
    complementary: tuple[tuple[str, ResultStatus | None], ...]  # label of a CléA or Pix+ certification
    part: str | None = None  # the file of a ZIP, or the sheet of a workbook, that `line` is of
