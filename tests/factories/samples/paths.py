"""Invented paths of evaluation campaigns: competences with their skills, stages and badges, of any size."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from pixsession.domain.pix.assessment import Mastery
from pixsession.domain.pix.competences import AREAS, COMPETENCES

_CODES = {competence.name: competence.code for competence in COMPETENCES}
_CODES |= {area.name: area.number for area in AREAS}
_TUBES = ("moteur", "dossier", "mail", "partage", "identite", "textedoc", "algo", "motdepasse", "connexion")

Grouped = tuple[tuple[str, tuple[str, ...]], ...]  # names with their skills


@dataclass(frozen=True, slots=True)
class SamplePath:
    """One path: `content` gives competence, area, skills; `stages` percents, `badges` title and fraction."""

    name: str
    content: tuple[tuple[str, str, tuple[str, ...]], ...]
    stages: tuple[int, ...] = ()
    badges: tuple[tuple[str, float], ...] = ()

    @property
    def skills(self) -> tuple[str, ...]:
        """Every skill of the path."""
        return tuple(skill for _competence, _area, skills in self.content for skill in skills)

    @property
    def competences(self) -> tuple[str, ...]:
        """The names of its competences."""
        return tuple(name for name, _area, _skills in self.content)

    @property
    def areas(self) -> tuple[str, ...]:
        """The names of its areas, each once."""
        return tuple(dict.fromkeys(area for _name, area, _skills in self.content))

    @property
    def by_competence(self) -> Grouped:
        """The skills of each competence."""
        return tuple((name, skills) for name, _area, skills in self.content)

    @property
    def by_area(self) -> Grouped:
        """The skills of each area."""
        return tuple(
            (area, tuple(skill for _name, found, skills in self.content if found == area for skill in skills))
            for area in self.areas
        )

    def code_of(self, name: str) -> str:
        """The code of a competence or area of the CRCN, else its name."""
        return _CODES.get(name, name)

    def rate(self, skills: Collection[str], mastered: Collection[str]) -> float:
        """The fraction of these skills that is mastered: two decimals, as Pix rounds it."""
        return round(sum(skill in mastered for skill in skills) / len(skills), 2)

    def measured(self, groups: Grouped, mastered: Collection[str]) -> list[tuple[str, Mastery]]:
        """What is mastered in each group."""
        return [
            (
                name,
                Mastery(self.rate(skills, mastered), len(skills), sum(skill in mastered for skill in skills)),
            )
            for name, skills in groups
        ]


def crcn_path(name: str, codes: Sequence[str], each: int = 3, **more: tuple[object, ...]) -> SamplePath:
    """A path over these competences of the CRCN with so many skills each; `more` as in SamplePath."""
    chosen = [competence for competence in COMPETENCES if competence.code in codes]
    areas = {area.number: area.name for area in AREAS}
    content = tuple(
        (
            competence.name,
            areas[competence.area],
            tuple(_skill(number * each + rank) for rank in range(each)),
        )
        for number, competence in enumerate(chosen)
    )
    return SamplePath(name, content, **more)  # type: ignore[arg-type]


def wide_path(columns: int) -> SamplePath:
    """A path that gives an export about this many columns of badges, competences, areas and skills."""
    badges = tuple((f"Badge n°{number} : l'essentiel & plus", number % 10 / 10) for number in range(10))
    count = max(1, columns // 10)  # a third of the columns for competences, the rest for skills
    each = max(1, (columns - 4 * count) // count)
    content = tuple(
        (
            COMPETENCES[number].name
            if number < len(COMPETENCES)
            else f"Compétence d'un autre cadre n°{number}",
            AREAS[number % len(AREAS)].name if number < len(COMPETENCES) else f"Autre domaine {number % 7}",
            tuple(_skill(number * each + rank) for rank in range(each)),
        )
        for number in range(count)
    )
    return SamplePath("Grand parcours", content, (0, 20, 40, 60, 80), badges)


def _skill(number: int) -> str:
    return f"@{_TUBES[number % len(_TUBES)]}{number // len(_TUBES) + 1}"


# Half a class begins the year with this one.
HALF_GROUP_PATH = crcn_path(
    "[CLG] Rentrée des Trois-Étangs",
    ("1.1", "1.2", "2.1", "2.2", "3.1", "4.2", "5.1"),
    each=4,
    stages=(0, 25, 50, 75),
    badges=(("Prêt pour l'année", 0.6), ("Vie privée & sécurité : l'essentiel / <bases>", 0.4)),
)
# For those who are not certifiable yet, on the day of the certification.
SOS_PATH = crcn_path("SOS - Devenir certifiable", ("1.1", "2.1", "3.1", "4.2", "5.2"))
