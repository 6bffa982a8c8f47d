"""The colours of what students need during a session."""

from __future__ import annotations

from pixsession.domain.certification.day import DayState

DAY_COLOURS = {
    DayState.TO_REDIRECT: "$state-not-eligible",
    DayState.NOT_IN_EXPORT: "$state-not-in-export",
    DayState.NOT_SENT: "$state-not-sent",
    DayState.TO_CHECK: "$state-to-check",
    DayState.TO_CALL_BACK: "$state-eligible",
    DayState.IN_REMEDIATION: "$state-not-in-export",
    DayState.ABSENT: "$board-calm",
    DayState.EXPECTED: "$foreground",
    DayState.READY: "$state-eligible",
    DayState.RUNNING: "$foreground",
    DayState.OVERTIME: "$state-to-check",
    DayState.FINISHED: "$board-calm",
}
