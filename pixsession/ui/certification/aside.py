"""What to do about one student in whole sentences, or why: what the student's line is too short for."""

from __future__ import annotations

from datetime import datetime

from pixsession.domain.board.snapshot import BoardRow
from pixsession.domain.certification.alerts import missing_gaps, worst_call
from pixsession.domain.certification.day import Alert, DayState, DayView
from pixsession.domain.certification.steps import Step, ladder_words, next_step, short_words
from pixsession.domain.certification.words import freshness_words
from pixsession.foundation.text import shown

_WITH_COLLECTION_CODE = frozenset({Step.COLLECTION_CODE, Step.SEND_AGAIN})


def aside_words(row: BoardRow, day: DayView, now: datetime) -> str:
    """The next step, or what says more: the doubt, all competences that are short, the ladder."""
    if row.student_id not in day.states:
        return ""
    call, step = worst_call(row.student_id, day), step_words(row, day, now)
    reasons = [shown(one.sentence()) for one in row.verdict.reasons]
    if call is DayState.TO_CHECK:
        parts = reasons or [step]
    elif call is Alert.DOUBT:
        parts = [*reasons, step]
    elif call is DayState.IN_REMEDIATION:
        parts = [
            " > ".join(words.upper() if is_now else words for words, is_now in ladder_words(row, day, now))
        ]
    else:
        parts = [step, *_more(row, day, now, call), *reasons]
    return " · ".join(filter(None, parts))


def _more(row: BoardRow, day: DayView, now: datetime, call: DayState | Alert) -> list[str]:
    """Of who is to redirect what is short, of who is to start that the profile is old."""
    if call is DayState.TO_REDIRECT:
        return [short_words(row, day.session.rule, most=len(missing_gaps(row, day.session.rule)))]
    if call in {DayState.EXPECTED, DayState.READY}:
        return [freshness_words(row, day.session, now)]
    return []


def step_words(row: BoardRow, day: DayView, now: datetime) -> str:
    """The next step, with the code where one has to be entered; empty where there is nothing to do."""
    step, code = next_step(row, day, now), day.session.remediation.collection_code
    if step is None:
        return ""
    if code and step.step in _WITH_COLLECTION_CODE:
        return f"{step.sentence} ({shown(code)})"
    return step.sentence
