"""How far a student is in the campaign of remediation, by the exports."""

from __future__ import annotations

from pixsession.domain.board.snapshot import BoardRow, CampaignProgress
from pixsession.domain.board.wording import half_up
from pixsession.domain.certification.day import DayView
from pixsession.domain.certification.session import Remediation
from pixsession.domain.people.students import name_key
from pixsession.foundation.i18n import _


def in_remediation(row: BoardRow, remediation: Remediation) -> CampaignProgress | None:
    """Where the student stands in the campaign of remediation; by its code, else by its name."""
    wanted = name_key(remediation.label)
    for progress in row.participations:
        if progress.kind != "assessment":
            continue
        code = progress.campaign.code
        if remediation.code and code:
            if code.casefold() == remediation.code.casefold():
                return progress
        elif wanted and name_key(progress.campaign.name) == wanted:
            return progress
    return None


def progress_words(row: BoardRow, day: DayView) -> str:
    """How far the student is in the campaign of remediation, "60 %"; empty where no export tells."""
    found = in_remediation(row, day.session.remediation)
    if found is None:
        return ""
    if found.shared:
        return _("{n} %").format(n=100)
    if found.progress is None:
        return ""
    # Never 100 before the end is reached.
    return _("{n} %").format(n=min(99, half_up(found.progress * 100)) if found.progress < 1 else 100)
