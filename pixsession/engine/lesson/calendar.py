"""The newest export of every campaign that a dossier keeps, for the calendar of a year."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from pathlib import Path

from pixsession.domain.lesson.calendar import (
    CampaignExport,
    assessed_line,
    collected_line,
    lines_without_names,
)
from pixsession.domain.lesson.tally import ClassTally
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
            narrowed = {
                (one.digest, one.file.exported_at): one.classes for one in dossier.kept() if one.is_narrowed
            }
            # Where the classes were not counted before, nobody knows whether one of them has all sent.
            uncounted = frozenset(name for name, classes in narrowed.items() if not classes)
            forgotten = frozenset((one.digest, one.exported_at) for one in taken_back) | uncounted
            for export in reader.answer(dossier, partial(_exports, forgotten, narrowed)):
                known = newest.get(export.campaign.key)
                if known is None or (known.day, len(known.lines)) < (export.day, len(export.lines)):
                    newest[export.campaign.key] = export
    finally:
        reader.close()
    start = school_year_start(max((export.day for export in newest.values()), default=date.min))
    return tuple(export for export in newest.values() if export.day >= start)


def _exports(
    forgotten: frozenset[ExportName],
    narrowed: Mapping[ExportName, tuple[ClassTally, ...]],
    kept: DossierContents,
) -> list[CampaignExport]:
    """The newest list of each campaign of a dossier, without exports that were taken back.

    `narrowed`: how the classes stood in those that hold the students of one session alone.
    """
    kept.exports.forget(forgotten)
    found = []
    for kind in (ExportKind.PROFILES, ExportKind.ASSESSMENT):
        for export in kept.exports.listings(kind):
            content, collects = export.content_id, kind is ExportKind.PROFILES
            if classes := narrowed.get((export.digest, export.source.exported_at)):
                lines = lines_without_names(classes)
            elif collects:
                lines = tuple(collected_line(line) for _student, line in kept.lines(content))
            else:
                lines = tuple(assessed_line(line) for _student, line in kept.assessments(content))
            day = export.source.exported_at.date()
            found.append(CampaignExport(export.source.campaign, collects, day, lines))
    return found
