"""How far a student is in the campaign of remediation, by the exports, and what comes next there."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from pixsession.domain.board.snapshot import BoardRow, CampaignProgress
from pixsession.domain.board.wording import half_up
from pixsession.domain.certification.day import DayView
from pixsession.domain.certification.session import Remediation
from pixsession.domain.people.students import name_key
from pixsession.foundation.i18n import _


class Rung(StrEnum):
    """The steps of a remediation, in their order."""

    CODE = "code"  # to enter the campaign with its code
    PATH = "path"  # on the way through it
    PROFILE = "profile"  # the path is done: the profile has to be sent again
    EXPORT = "export"  # that may have been done: only a new export of the collection tells


def rung_of(row: BoardRow, view: DayView, now: datetime) -> Rung:
    """The step at which a student in remediation stands.

    A collection exported after the path was done would show the profile. Where there is none, time for
    sending it is given once (`export_minutes`), and then the export is what is missing.
    """
    session, sources = view.session, view.sources
    found = in_remediation(row, session.remediation)
    if found is None:
        return Rung.CODE
    if not is_through(found):
        return Rung.PATH
    shown = [sources[one.origin] for one in row.participations if one.kind == "profiles"]
    done_at = sources[found.origin].exported_at
    waited = now - done_at > timedelta(minutes=session.limits.export_minutes)
    if waited and all(source.exported_at < done_at for source in shown):
        return Rung.EXPORT
    return Rung.PROFILE


def is_through(found: CampaignProgress) -> bool:
    """Whether the path is at its end."""
    return bool(found.shared) or (found.progress is not None and found.progress >= 1)


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
