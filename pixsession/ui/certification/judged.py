"""For whom a gesture of a session makes sense now, and for whom it does not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from pixsession.domain.board.snapshot import BoardRow
from pixsession.domain.certification.clock import first_start
from pixsession.domain.certification.day import ActionKind, DayView
from pixsession.domain.certification.refusals import caution, refusal
from pixsession.ui.board.mode import Judged
from pixsession.ui.certification.codes import code_to_show
from pixsession.ui.certification.filters import day_of


def judged(kind: ActionKind, targets: Sequence[BoardRow], day: DayView, now: datetime, code: str) -> Judged:
    """Whom the gesture is for, and why not the others: see `BoardMode.judged`."""
    if kind is ActionKind.REDIRECT and code_to_show(targets, day, now) is not None:
        return Judged(tuple(targets))  # a code is shown, and nothing is written down
    first = first_start(day.days.values())
    kept, refused, warned = [], [], []
    for row in targets:
        so_far = day_of(row, day)
        why = refusal(kind, row, so_far, day.session, now, code, first_start=first)
        if why is not None:
            refused.append((row, why))
            continue
        kept.append(row)
        if (word := caution(kind, row, so_far, day.session, now, first_start=first)) is not None:
            warned.append((row, word))
    return Judged(tuple(kept), tuple(refused), tuple(warned))
