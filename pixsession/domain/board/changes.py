"""What became better, worse, new or gone between two boards."""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple


class Delta(NamedTuple):
    """What one student gained or lost against the export before: competences of the rule, and pix."""

    competences: int
    pix: int
    at: datetime  # when the board learnt it: the time of the export, Paris, without zone

    @property
    def is_loss(self) -> bool:
        """A regression: competences lost, or pix lost with no competence gained."""
        return self.competences < 0 or (self.competences == 0 and self.pix < 0)


class ChangeKind(StrEnum):
    """What can happen to a student from one board to the next."""

    BECAME_ELIGIBLE = "became_eligible"
    NO_LONGER_ELIGIBLE = "no_longer_eligible"
    PROFILE_SENT = "profile_sent"
    TO_CHECK = "to_check"
    PROGRESSED = "progressed"
    REGRESSED = "regressed"
    ARRIVED = "arrived"
    LEFT = "left"
    CHANGED_CLASS = "changed_class"


# Those that deserve a toast: someone may be called back, or must be redirected.
LOUD = frozenset({ChangeKind.BECAME_ELIGIBLE, ChangeKind.NO_LONGER_ELIGIBLE})


class Change(NamedTuple):
    """One line of the log of changes. Names are as Pix wrote them: clean them where they are shown."""

    kind: ChangeKind
    at: datetime  # time of the export that told it, Paris, without zone
    student_id: int
    last_name: str
    first_name: str
    place: str | None = None
    before: str | None = None  # competences, class … before and after, where the kind has them
    after: str | None = None
    sent_at: str | None = None  # when the student sent the profile that made the change
