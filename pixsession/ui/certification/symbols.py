"""The colours of what students need during a session."""

from __future__ import annotations

from pixsession.domain.certification.day import Alert, DayState
from pixsession.domain.certification.words import day_symbol

# Where an alert is, its sign stands in place of that of the state.
_ALERT_SYMBOLS = {
    Alert.INCIDENT: ("!", "!"),
    Alert.FALLEN: ("✖", "x"),
    Alert.DOUBT: ("?", "?"),
    Alert.SEND_AGAIN: ("↻", "@"),
}
ALERT_COLOURS = {
    Alert.INCIDENT: "$state-to-check",
    Alert.FALLEN: "$state-not-eligible",
    Alert.DOUBT: "$state-to-check",
    Alert.SEND_AGAIN: "$state-to-check",
}


def call_symbol(call: DayState | Alert, *, ascii_only: bool) -> str:
    """One character for what a line is about; never shown without words."""
    return _ALERT_SYMBOLS[call][ascii_only] if isinstance(call, Alert) else day_symbol(call, ascii_only)


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
