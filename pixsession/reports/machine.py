"""The board as JSON for programs: the contract `pixsession/check/1`."""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import Any

from pixsession.domain.board.snapshot import BoardRow, CampaignProgress, FileEntry, Snapshot, Source
from pixsession.domain.pix.competences import CODES
from pixsession.domain.pix.eligibility import Eligibility
from pixsession.foundation.clock import with_offset

SCHEMA = "pixsession/check/1"

_CONTRACT_ORDER = (
    Eligibility.ELIGIBLE,
    Eligibility.NOT_ELIGIBLE,
    Eligibility.NOT_SENT,
    Eligibility.NOT_IN_EXPORT,
    Eligibility.TO_CHECK,
)
_FRENCH_SPACES = "\xa0\u202f"  # "not printable" for Python, harmless in a terminal


def check_json(snapshot: Snapshot, now: datetime) -> str:
    """The snapshot as one JSON document ending with a line break; names as Pix wrote them.

    `generated_at` carries its offset; every other time is Paris time, as in Pix's files.
    """
    write = json.JSONEncoder(ensure_ascii=False).encode  # indented JSON is ten times slower to write
    head = {
        "schema": SCHEMA,
        "generated_at": with_offset(now).isoformat(),
        "folder": snapshot.folder,
        "rule": {"min_competences": snapshot.rule.min_competences, "min_level": snapshot.rule.min_level},
        "counts": {state.value: snapshot.counts.get(state, 0) for state in _CONTRACT_ORDER},
    }
    students = ",\n".join(write(_student(row)) for row in snapshot.rows)
    files = ",\n".join(write(_file(entry)) for entry in snapshot.files)
    text = f'{write(head)[:-1]},\n"students": [\n{students}\n],\n"files": [\n{files}\n]}}\n'
    return harmless(text)


def _student(row: BoardRow) -> dict[str, Any]:
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
        "source": _source(row.source) if row.source else None,
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
    }


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


def harmless(text: str) -> str:
    """JSON with what a terminal would obey or UTF-8 cannot write as \\uXXXX: the same to a JSON reader."""
    return re.sub(r"[^\n -~]", _escaped, text)


def _escaped(found: re.Match[str]) -> str:
    character = found[0]
    if character.isprintable() or character in _FRENCH_SPACES:
        return character
    return json.dumps(character)[1:-1]
