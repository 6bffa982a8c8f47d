"""Which code a student has to be shown, where nobody is redirected by it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from pixsession.domain.board.snapshot import BoardRow
from pixsession.domain.certification.day import DayState, DayView
from pixsession.domain.certification.remediation import Rung, rung_of
from pixsession.foundation.i18n import _
from pixsession.ui.certification.filters import state_of

_WITHOUT_PROFILE = frozenset({DayState.NOT_SENT, DayState.NOT_IN_EXPORT})


class ShownCode(NamedTuple):
    """`code` is empty where the session file has none; `steps`: what the student does with it."""

    label: str
    code: str
    steps: tuple[str, ...]


def code_to_show(rows: Iterable[BoardRow], day: DayView, now: datetime) -> ShownCode | None:
    """The one code that all of these wait for; None: they do not, or not for the same one."""
    found = {_code_of(row, day, now) for row in rows}
    return found.pop() if len(found) == 1 else None


def _code_of(row: BoardRow, day: DayView, now: datetime) -> ShownCode | None:
    remediation, state = day.session.remediation, state_of(row, day)
    join = _("app.pix.fr → “J’ai un code” → this code.")
    if state in _WITHOUT_PROFILE:
        steps = (join, _("Send your profile."))
        return ShownCode(_("profile to send"), remediation.collection_code or "", steps)
    if state is not DayState.IN_REMEDIATION:
        return None
    if rung_of(row, day, now) in {Rung.PROFILE, Rung.EXPORT}:
        steps = (join, _("Send your profile again."))
        return ShownCode(_("profile to send again"), remediation.collection_code or "", steps)
    path = (join, _("Finish the course."), _("Send your profile again."))
    return ShownCode(remediation.label, remediation.code or "", path)
