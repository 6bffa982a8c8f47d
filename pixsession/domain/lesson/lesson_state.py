"""What a student of a lesson needs; by itself, as every board has the keys of a lesson."""

from __future__ import annotations

from enum import StrEnum


class LessonState(StrEnum):
    """What a student needs now, in the order of need."""

    NOT_STARTED = "not_started"
    STUCK = "stuck"  # no progress over some exports and minutes, while the others moved
    NOT_SHARED = "not_shared"  # finished, results not sent
    BEHIND = "behind"  # so many points under the median of at least five, from the second export on
    WORKING = "working"
    AHEAD = "ahead"  # so many over it
    FINISHED = "finished"
    ABSENT = "absent"  # somebody said so, and no export shows a beginning
