"""At 80 columns nothing that says what to do is cut: by call, by step of the remediation, by doubt."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from rich.cells import cell_len

from pixsession.domain.board.reasons import Reason, ReasonCode
from pixsession.domain.board.snapshot import BoardRow
from pixsession.domain.certification.day import ActionKind
from pixsession.domain.certification.steps import KEYS, NextStep, Step
from pixsession.domain.pix.eligibility import Eligibility
from pixsession.foundation.i18n import LANGUAGES, use_language
from pixsession.ui.board.grid.columns import Column, Needs
from pixsession.ui.certification.columns import day_layout_for
from pixsession.ui.certification.keys import key_words_of
from pixsession.ui.certification.now import fitting, now_words
from tests.factories.certification_screens import (
    ACTIONS,
    ROWS,
    did,
    progress,
    supervised,
)
from tests.factories.snapshots import NOW

_ONE_ROOM, _ROOMS = Needs(place=3), Needs(place=3, room=12)
_VALUES = {
    ReasonCode.PIX_COUNT_DIFFERS: ("12", "11"),
    ReasonCode.SEND_DATE_AMBIGUOUS: ("2026-03-04", "2026-04-03"),
    ReasonCode.SUBMISSION_GONE: ("2026-03-04", "Resultats-1.csv", "Resultats-2.csv"),
}
_INCIDENTS = (
    did(ActionKind.INCIDENT, 12, minutes_ago=60, code="E3"),
    did(ActionKind.INCIDENT, 12, minutes_ago=50, code="E10"),
)
_LATER = timedelta(hours=2)  # the latest useful start is over


def _width(column: Column, needs: Needs) -> int:
    slot = day_layout_for(80, needs, 5).slot(column)
    return slot.width if slot else 0


def _reason(code: ReasonCode) -> Reason:
    return Reason(code, _VALUES.get(code, ("4", "Resultats-1.csv")))


def _boards() -> Iterator[tuple[BoardRow, ...]]:
    """The students of the factory as they are, in each step of the remediation, and in each doubt."""
    yield ROWS
    for done in (None, 0.0, 0.6, 1.0):
        yield tuple(
            row._replace(participations=(progress(done),)) if row.student_id == 3 else row for row in ROWS
        )
    for code in ReasonCode:
        yield tuple(_doubted(row, _reason(code)) for row in ROWS)


def _doubted(row: BoardRow, reason: Reason) -> BoardRow:
    """To check, but for those whose verdict the doubt does not change."""
    state = row.eligibility if row.student_id in {8, 10} else Eligibility.TO_CHECK
    return row._replace(verdict=row.verdict._replace(eligibility=state, reasons=(reason,)))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("now", [NOW, NOW + _LATER], ids=["in time", "too late"])
def test_what_goes_on_with_a_student_is_said_whole(language: str, now: datetime) -> None:
    use_language(language)
    width = min(_width(Column.NOW, needs) for needs in (_ONE_ROOM, _ROOMS))
    for actions in ((), ACTIONS, (*ACTIONS, *_INCIDENTS)):
        for rows in _boards():
            day = supervised(actions, rows=rows, now=now).day
            assert day is not None
            said = [fitting(now_words(row, day, now).alone, width) for row in rows]
            assert [words for words in said if cell_len(words) > width] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("needs", [_ONE_ROOM, _ROOMS], ids=["one room", "rooms"])
def test_the_next_key_is_said_whole(language: str, needs: Needs) -> None:
    use_language(language)
    width = _width(Column.KEY, needs)
    for step in Step:
        if key := KEYS.get(step):
            words = f"{key_words_of(key, {}, ascii_only=True)} {NextStep(step, key).word}"
            assert cell_len(words) <= width, words
