"""One submission of a profile: identity and order, at the precision of the file that shows it."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from typing import NamedTuple

from pixsession.foundation.clock import with_offset

_LENGTH_OF_A_DAY = len("2026-03-12")
_LENGTH_OF_A_MINUTE = len("2026-03-12T09:31")


class Submission(NamedTuple):
    """A profile sent: the UTC day, the minute in Paris time where the file has one, else "", and the pix.

    Exports before December 2024 have the UTC day alone, and a copy saved by a spreadsheet may have lost the
    minute. A date that cannot be read is "": before every other one.
    """

    day: str
    minute: str
    pix: int | None

    def is_same(self, other: Submission) -> bool:
        """Whether both files may show one and the same submission."""
        if self.pix != other.pix or self.day != other.day:
            return False
        return self.minute == other.minute or not (self.minute and other.minute)

    def is_before(self, other: Submission) -> bool:
        """Whether this one was sent earlier, at the precision of the less precise file."""
        if self.day != other.day:
            return self.day < other.day
        return bool(self.minute and other.minute) and self.minute < other.minute


NO_SUBMISSION = Submission("", "", None)


@lru_cache(maxsize=4096)
def moment_of(sent_at: str | None) -> tuple[str, str]:
    """UTC day and, where the file has one, Paris time of a submission: their order is that of submissions."""
    if sent_at is None:
        return "", ""
    if len(sent_at) <= _LENGTH_OF_A_DAY:
        return sent_at, ""
    utc = with_offset(datetime.fromisoformat(sent_at)).astimezone(UTC)
    return utc.date().isoformat(), sent_at


def submission_of(sent_at: str | None, pix: int | None) -> Submission:
    """The submission that a line shows."""
    day, time = moment_of(sent_at)
    return Submission(day, time[:_LENGTH_OF_A_MINUTE], pix)
