"""Results of certifications for the tests of their bilan: lines, files and certifications of few words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pixsession.domain.pix.certification import CertificationResult, ResultStatus
from pixsession.domain.pix.competences import CODES
from pixsession.domain.results.certification import Certification, ResultsFile
from tests.factories.samples.seeded_random import Dice

NEWEST, OLDER = "2026-04", "2021-03"
OBTAINED = ResultStatus.VALIDATED
NOT_TOLD: tuple[int | None, ...] = (None,) * len(CODES)


def line(
    number: str = "1",
    status: ResultStatus | None = OBTAINED,
    score: int | None = 200,
    *,
    at: int = 2,
    last_name: str = "MARTIN",
    first_name: str = "Lou",
    division: str | None = None,
    levels: Sequence[int | None] = (),
    session: str | None = "4321",
    centre: str | None = None,
    date: str | None = "2026-03-19",
    **more: object,
) -> CertificationResult:
    """One line of a file of results."""
    told: dict[str, object] = {
        "birth_date": "2011-02-03", "birth_place": "Lyon", "external_id": None, "type": None,
        "level_label": None, "comment": None, "complementary": (), **more,
    }  # fmt: skip
    return CertificationResult(
        line=at, certification_number=number, last_name=last_name, first_name=first_name, division=division,
        status=status, score=score, levels=tuple(levels), session=session, centre=centre, date=date,
        **told,  # type: ignore[arg-type]
    )  # fmt: skip


def file(
    name: str, *lines: CertificationResult, generation: str = NEWEST, day: str | None = None
) -> ResultsFile:
    """One file of these lines."""
    return ResultsFile(name, generation, lines, day)


def class_file(division: str, day: str, numbers: Iterable[int], generation: str = NEWEST) -> ResultsFile:
    """The results of a class as downloaded on a day, each certification obtained."""
    stamp = day.replace("-", "")
    lines = [
        line(str(number), at=at, division=division, last_name=f"N{number}")
        for at, number in enumerate(numbers, 2)
    ]
    return file(f"{stamp}_resultats_{division}.csv", *lines, generation=generation, day=day)


def crowd(
    count: int,
    seed: int = 1,
    *,
    years: Sequence[str] = ("2024-2025", "2025-2026"),
    classes: Sequence[str | None] = ("3eA", "3eB", None),
    sessions: Sequence[str | None] = ("4321", "4322"),
) -> tuple[Certification, ...]:
    """That many certifications, of every status and of none, with and without score, label and levels."""
    dice = Dice(seed)
    statuses: tuple[ResultStatus | None, ...] = (*ResultStatus, None, *[OBTAINED] * 12)
    found = []
    for number in range(count):
        status = dice.pick(statuses)
        score = dice.between(0, 896) if dice.chance(0.9) else None
        levels = tuple(dice.between(0, 7) if dice.chance(0.7) else None for _code in CODES)
        found.append(
            Certification(
                number=str(number),
                year=dice.pick(tuple(years)),
                status=status,
                score=score,
                label=f"Novice {1 + number % 2}" if dice.chance(0.8) else None,
                levels=levels if dice.chance(0.9) else (),
                school="Collège de la Lune-Rousse",
                session=dice.pick(tuple(sessions)),
                division=dice.pick(tuple(classes)),
                last_name=f"NOM{number}",
                first_name="Lou",
                birth_date="2011-02-03",
                day="2026-03-19",
            )
        )
    return tuple(found)
