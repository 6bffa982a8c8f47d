"""The newest export of every campaign that a dossier keeps, for the calendar of a year."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

from pixsession.domain.lesson.calendar import CampaignExport, CampaignLine
from pixsession.domain.pix.assessment import AssessmentLine
from pixsession.domain.pix.participation import Participation
from pixsession.domain.pix.school_year import school_year_start
from pixsession.engine.board.taken_back import TakenBack
from pixsession.engine.common.entry_log import EntryLog
from pixsession.foundation.clock import Clock, paris_now
from pixsession.readers import ExportKind
from pixsession.store.dossier import Dossier
from pixsession.store.dossier_reader import DossierContents, DossierReader
from pixsession.store.history import ExportName


def kept_campaigns(state_folder: Path, now: Clock = paris_now) -> tuple[CampaignExport, ...]:
    """Each campaign of the school year of the newest export once, by its newest export, of all dossiers."""
    newest: dict[str, CampaignExport] = {}
    reader = DossierReader()
    try:
        for folder in sorted((state_folder / "dossiers").glob("*/exports")):
            dossier = Dossier(folder.parent)
            taken_back = TakenBack(EntryLog(folder.parent, now, keeps=False)).files
            # Of an export that was narrowed to one session, nobody knows whether a class has all sent.
            narrowed = {(one.digest, one.file.exported_at) for one in dossier.kept() if one.is_narrowed}
            forgotten = frozenset((one.digest, one.exported_at) for one in taken_back) | narrowed
            for export in reader.answer(dossier, partial(_exports, forgotten)):
                known = newest.get(export.campaign.key)
                if known is None or (known.day, len(known.lines)) < (export.day, len(export.lines)):
                    newest[export.campaign.key] = export
    finally:
        reader.close()
    start = school_year_start(max((export.day for export in newest.values()), default=date.min))
    return tuple(export for export in newest.values() if export.day >= start)


def _exports(forgotten: frozenset[ExportName], kept: DossierContents) -> list[CampaignExport]:
    """The newest list of each campaign of a dossier, without exports that were taken back."""
    kept.exports.forget(forgotten)
    found = []
    for kind in (ExportKind.PROFILES, ExportKind.ASSESSMENT):
        for export in kept.exports.listings(kind):
            content, collects = export.content_id, kind is ExportKind.PROFILES
            lines = (
                tuple(_collected(line) for _student, line in kept.lines(content))
                if collects
                else tuple(_assessed(line) for _student, line in kept.assessments(content))
            )
            day = export.source.exported_at.date()
            found.append(CampaignExport(export.source.campaign, collects, day, lines))
    return found


def _collected(line: Participation) -> CampaignLine:
    place = line.division or line.group or ""
    return CampaignLine(line.last_name, line.first_name, place, line.sent is True, None, line.sent_at)


def _assessed(line: AssessmentLine) -> CampaignLine:
    place = line.division or line.group or ""
    sent = line.shared is True
    return CampaignLine(line.last_name, line.first_name, place, sent, line.started_at, line.shared_at)
