"""What the students of a session are counted and filtered by, and the key of each."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class DayGroup(StrEnum):
    """What one key of the line of counts stands for, in the order of need."""

    TO_CALL_BACK = "to_call_back"
    INCIDENT = "incident"
    OVERTIME = "overtime"
    FALLEN = "fallen"
    TO_REDIRECT = "to_redirect"
    TO_CHECK = "to_check"
    NOT_SENT = "not_sent"
    IN_REMEDIATION = "in_remediation"
    ABSENT = "absent"
    TO_START = "to_start"
    RUNNING = "running"
    FINISHED = "finished"


# A capital is the letter of the gesture that answers: i(ncident), v (finished), n(ote). See `digit_keys` for
# which of these digits other boards share.
GROUP_KEYS: Mapping[DayGroup, str] = {
    DayGroup.TO_REDIRECT: "1",  # not eligible, on the day
    DayGroup.TO_CHECK: "2",
    DayGroup.NOT_SENT: "3",
    DayGroup.TO_CALL_BACK: "4",
    DayGroup.IN_REMEDIATION: "5",
    DayGroup.ABSENT: "6",
    DayGroup.TO_START: "7",
    DayGroup.RUNNING: "8",
    DayGroup.FINISHED: "9",
    DayGroup.INCIDENT: "I",
    DayGroup.FALLEN: "N",
    DayGroup.OVERTIME: "V",
}
MISSING_KEY = "m"  # who nobody has seen yet
