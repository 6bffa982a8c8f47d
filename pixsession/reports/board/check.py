"""The board as JSON for programs: the contract `pixsession/check/1`."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pixsession.domain.board.snapshot import BoardRow, CampaignProgress, FileEntry, Snapshot, Source
from pixsession.domain.pix.assessment import Mastery
from pixsession.domain.pix.competences import CODES
from pixsession.domain.pix.eligibility import Eligibility
from pixsession.foundation.clock import with_offset
from pixsession.reports.render.json import as_json

SCHEMA = "pixsession/check/1"

_CONTRACT_ORDER = (
    Eligibility.ELIGIBLE,
    Eligibility.NOT_ELIGIBLE,
    Eligibility.NOT_SENT,
    Eligibility.NOT_IN_EXPORT,
    Eligibility.TO_CHECK,
)


def check_json(snapshot: Snapshot, now: datetime) -> str:
    """The snapshot as one JSON document ending with a line break; names as Pix wrote them.

    `generated_at` carries its offset; every other time is Paris time, as in Pix's files.
    """
    head = {
        "schema": SCHEMA,
        "generated_at": with_offset(now).isoformat(),
        "folder": snapshot.folder,
        "rule": {"min_competences": snapshot.rule.min_competences, "min_level": snapshot.rule.min_level},
        "counts": {state.value: snapshot.counts.get(state, 0) for state in _CONTRACT_ORDER},
    }
    return as_json(
        head,
        students=(_student(row, snapshot.source_of(row)) for row in snapshot.rows),
        files=map(_file, snapshot.files),
    )


def _student(row: BoardRow, source: Source | None) -> dict[str, Any]:
    levels = row.profile.levels if row.profile else (None,) * len(CODES)
    return {
        "last_name": row.last_name,
        "first_name": row.first_name,
        "division": row.division,
        "group": row.group,
        "eligibility": row.eligibility.value,
        "reasons": [reason.sentence() for reason in row.verdict.reasons],
        "eligible_competences": row.verdict.eligible_competences,
        "pix": row.pix,
        "levels": dict(zip(CODES, levels, strict=True)),
        "sent_at": row.sent_at,
        "nearest": [
            {"competence": gap.competence, "pix_missing": gap.pix_missing} for gap in row.verdict.nearest
        ],
        "source": _source(source) if source else None,
        "participations": [_participation(progress) for progress in row.participations],
        "matched_by": _matched_by(row),
    }


def _participation(progress: CampaignProgress) -> dict[str, Any]:
    return {
        "campaign_code": progress.campaign.code,
        "campaign_name": progress.campaign.name,
        "kind": progress.kind,
        "progress": progress.progress,
        "shared": progress.shared,
        "shared_at": progress.shared_at,
        "mastery": progress.mastery,
        "stage": progress.stage,
        "stage_max": progress.stage_max,
        "competences": _mastery(progress.competences),
        "areas": _mastery(progress.areas),
    }


def _mastery(found: tuple[tuple[str, Mastery], ...]) -> dict[str, dict[str, Any]] | None:
    """By code; None where nothing was sent, which is not a mastery of nothing."""
    return {code: one._asdict() for code, one in found} or None


def _matched_by(row: BoardRow) -> str:
    """The rule by which a list and the exports speak of one student; else which of the two knows them."""
    if row.expected is None:
        return "export"
    return row.expected.matched_by.value if row.expected.matched_by else "list"


def _source(source: Source) -> dict[str, Any]:
    return {
        "file": source.file,
        "campaign_code": source.campaign.code,
        "campaign_name": source.campaign.name,
        "exported_at": source.exported_at.isoformat(),
    }


def _file(entry: FileEntry) -> dict[str, Any]:
    return {
        "name": entry.name,
        "kind": entry.kind,
        "status": entry.status.value,
        "rows": entry.rows,
        "message": entry.message,
    }
