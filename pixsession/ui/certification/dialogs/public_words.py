"""What everybody in the room may read: first name and initial, and what to do; never a verdict or a score."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from pixsession.domain.board.snapshot import BoardRow
from pixsession.domain.board.wording import span_words
from pixsession.domain.certification.clock import authorised_until
from pixsession.domain.certification.day import DayState, DayView
from pixsession.domain.certification.session import Session
from pixsession.domain.people.students import name_key
from pixsession.foundation.i18n import N_, _
from pixsession.foundation.text import shown
from pixsession.ui.certification.filters import day_of, state_of


class ToDo(StrEnum):
    """What somebody has to do now. Who has not been spoken to yet, works or is absent is named nowhere."""

    COME = "come"
    START = "start"
    SIT = "sit"
    CODE = "code"


_HEADINGS = {
    ToDo.COME: N_("Come and see me"),
    ToDo.START: N_("You can start"),
    ToDo.SIT: N_("Take your seat"),
    ToDo.CODE: N_("With the code"),
}


class PublicList(NamedTuple):
    """A heading, fit to be painted, and the names under it in alphabetical order."""

    heading: str
    names: tuple[str, ...]


def public_lists(rows: Iterable[BoardRow], day: DayView, now: datetime) -> tuple[PublicList, ...]:
    """Who has to do what; only the lists that have somebody."""
    found: dict[ToDo, list[BoardRow]] = {what: [] for what in ToDo}
    everybody = tuple(rows)
    for row in everybody:
        if (what := _to_do(row, day, now)) is not None:
            found[what].append(row)
    names = public_names(everybody)
    return tuple(
        PublicList(_(_HEADINGS[what]), tuple(sorted((names[row.student_id] for row in who), key=name_key)))
        for what, who in found.items()
        if who
    )


def _to_do(row: BoardRow, day: DayView, now: datetime) -> ToDo | None:
    state, so_far = state_of(row, day), day_of(row, day)
    if state is DayState.TO_CALL_BACK:
        return ToDo.COME
    if state is DayState.IN_REMEDIATION:
        return ToDo.CODE
    if state is DayState.READY:
        until = authorised_until(so_far, day.session)
        return ToDo.START if until is not None and now <= until else ToDo.SIT
    return ToDo.SIT if state is DayState.EXPECTED else None


def public_names(rows: Iterable[BoardRow]) -> dict[int, str]:
    """First name and initial; of two alike, as many letters as tell them apart, five at most."""
    names = {row.student_id: row for row in rows}
    result: dict[int, str] = {}
    for letters in range(1, 6):
        said = {key: _short(row, letters) for key, row in names.items() if key not in result}
        often = Counter(map(name_key, said.values()))
        last = letters == 5
        result.update({key: words for key, words in said.items() if last or often[name_key(words)] == 1})
    return result


def _short(row: BoardRow, letters: int) -> str:
    last = shown(row.last_name)
    initial = f" {last[:letters].capitalize()}." if last else ""
    return f"{shown(row.first_name, 24)}{initial}".strip() or "—"


def questions_words(session: Session) -> str:
    """How long the test is, "32 questions in 1 h 45"; empty where the number of questions is not known."""
    if session.questions is None:
        return ""
    span = span_words(timedelta(minutes=session.duration_minutes))
    return _("{n} questions in {span}").format(n=session.questions, span=span)
