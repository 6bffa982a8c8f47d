"""An invented student and what became of each participation, as time goes by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from tests.factories.samples.seeded_random import Dice

COMPETENCES = 16
PIX_PER_LEVEL = 8
CERTIFIABLE_FROM = 5  # competences at level 1 or more


@dataclass(frozen=True, slots=True)
class Send:
    """One profile sent: the moment (Paris time without zone) and the pix of the sixteen competences.

    `drift` is what Pix's stored total has beside their sum: content moves after a send.
    The two `claimed` values stand in Pix's own columns instead of the right ones.
    """

    at: datetime
    competence_pix: tuple[int, ...]
    drift: int = 0
    claimed_count: int | None = None
    claimed_certifiable: bool | None = None

    def __post_init__(self) -> None:
        if len(self.competence_pix) != COMPETENCES:
            raise ValueError(f"{len(self.competence_pix)} competences instead of {COMPETENCES}")

    @property
    def levels(self) -> tuple[int, ...]:
        """One level for each eight pix."""
        return tuple([pix // PIX_PER_LEVEL for pix in self.competence_pix])

    @property
    def count(self) -> int:
        """Competences at level 1 or more."""
        return len([pix for pix in self.competence_pix if pix >= PIX_PER_LEVEL])

    @property
    def pix(self) -> int:
        """Pix's stored total."""
        return max(0, sum(self.competence_pix) + self.drift)

    @property
    def count_cell(self) -> int:
        """What Pix's column of certifiable competences says."""
        return self.count if self.claimed_count is None else self.claimed_count

    @property
    def certifiable_cell(self) -> bool:
        """What Pix's column "Certifiable" says."""
        right = self.count >= CERTIFIABLE_FROM
        return right if self.claimed_certifiable is None else self.claimed_certifiable

    @property
    def is_doubtful(self) -> bool:
        """Pix's own columns say something else than the competences."""
        return self.count_cell != self.count or self.certifiable_cell != (self.count >= CERTIFIABLE_FROM)


@dataclass(frozen=True, slots=True)
class Participation:
    """One line of the campaign: entered at one moment, sent later or never, perhaps deleted by a teacher."""

    started_at: datetime
    send: Send | None = None
    deleted_at: datetime | None = None

    def is_there(self, moment: datetime) -> bool:
        """Whether an export of this moment has its line."""
        return self.started_at <= moment and (self.deleted_at is None or moment < self.deleted_at)

    def send_seen(self, moment: datetime) -> Send | None:
        """The profile an export of this moment shows; None while nothing was sent."""
        return self.send if self.send is not None and self.send.at <= moment else None


@dataclass(frozen=True, slots=True)
class Student:
    """Someone who does not exist. Which of the identifiers an export shows depends on its layout."""

    last_name: str
    first_name: str
    participations: tuple[Participation, ...]
    division: str = ""
    moved: tuple[datetime, str] | None = None  # when, and the class from then on
    group: str = ""
    student_number: str = ""
    external_id: str = ""
    extras: tuple[str, ...] = ()  # cells of the columns of the school's own import format

    def division_at(self, moment: datetime) -> str:
        """The class of the pupil base at this moment: a new import moves the old lines too."""
        return self.moved[1] if self.moved is not None and self.moved[0] <= moment else self.division


def max_level(moment: date) -> int:
    """The highest level Pix let anyone reach: 6 opened in December 2020; 7, seen in 2026, is put in 2024."""
    if moment.year >= 2024:
        return 7
    return 6 if (moment.year, moment.month) >= (2020, 12) else 5


def draw_pix(dice: Dice, certifiable: int, top_level: int) -> tuple[int, ...]:
    """The pix of sixteen competences: exactly `certifiable` at level 1 or more, none above `top_level`."""
    # Strong students are strong nearly everywhere: one strength for all, and luck around it.
    strength = 1 + dice.between(0, certifiable) * (top_level - 1) // COMPETENCES
    reached = set(dice.shuffled(range(COMPETENCES))[:certifiable])
    pix = []
    for competence in range(COMPETENCES):
        if competence in reached:
            level = max(1, strength + dice.between(-1, 2))
            # What is earned above the highest level is not counted.
            pix.append(min(top_level * PIX_PER_LEVEL, level * PIX_PER_LEVEL + dice.between(0, 7)))
        else:
            pix.append(dice.between(1, 7) if dice.chance(0.4) else 0)
    return tuple(pix)
