"""A folder or a session read once, to be asked in SQL; of its dossier everything is read, nothing written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from pixsession.domain.board.snapshot import BoardRow, Snapshot
from pixsession.domain.people.resolver import StudentLookup
from pixsession.domain.pix.certification import CertificationResult
from pixsession.engine.board.engine import BoardEngine
from pixsession.engine.read_once import engine_on_copies
from pixsession.foundation.clock import Clock
from pixsession.settings.config import BoardRequest
from pixsession.store.database import Database
from pixsession.store.questions import Answer, Questions
from pixsession.store.rows import Row


def described_views() -> Answer:
    """Every view and column that may be asked of, with its type and what it holds."""
    database = Database(None)
    try:
        return Questions(database, {}).described()
    finally:
        database.close()


@contextmanager
def questions_about(request: BoardRequest, now: Clock) -> Iterator[Questions]:
    """What may be asked about a folder or a session; raises FolderUnusable."""
    with engine_on_copies(request, now) as engine:
        snapshot = engine.snapshot()
        yield engine.intake.store.questions(
            {
                "student": [_student(row, snapshot) for row in snapshot.rows],
                "same_student": list(engine.students.same_students.items()),
                "counted_export": _exports(engine),
                "evaluation": [found for row in snapshot.rows for found in _evaluations(row)],
                "result": [_result(row.student_id, row.result) for row in snapshot.rows if row.result],
                "action": _actions(snapshot),
            }
        )


def _student(row: BoardRow, snapshot: Snapshot) -> Row:
    source, delta, expected, day = snapshot.source_of(row), row.delta, row.expected, snapshot.day
    return (
        row.student_id,
        row.last_name,
        row.first_name,
        row.division,
        row.group,
        row.eligibility.value,
        row.verdict.eligible_competences,
        row.pix,
        row.sent_at,
        row.submissions,
        source.campaign.code if source else None,
        source.campaign.name if source else None,
        source.file if source else None,
        source.exported_at if source else None,
        delta.competences if delta else None,
        delta.pix if delta else None,
        " ".join(reason.sentence() for reason in row.verdict.reasons) or None,
        expected.listed_in if expected else None,
        day.rooms.get(row.student_id) if day else expected.room if expected else None,
        expected.extra_time if expected else None,
        day.states[row.student_id].value if day and row.student_id in day.states else None,
        list(row.profile.levels) if row.profile else None,
        row.student_number,
        row.external_id,
    )


def _exports(engine: BoardEngine) -> list[Row]:
    listings = engine.intake.scope.listings()
    on_board = {export.source.campaign.key for export in (*listings.profiles, *listings.evaluations)}
    lists = {export.export_id for export in (*listings.profiles, *listings.evaluations)}
    return [
        (export.export_id, export.export_id in lists, export.source.campaign.key in on_board)
        for export in engine.intake.store.exports.counted
    ]


def _evaluations(row: BoardRow) -> Iterator[Row]:
    for found in row.participations:
        if found.kind == "assessment":
            yield (
                row.student_id,
                found.campaign.code,
                found.campaign.name,
                found.progress,
                found.started_at,
                found.shared,
                found.shared_at,
                found.mastery,
                found.stage,
                found.stage_max,
                [title for title, obtained in found.badges if obtained],
            )


def _result(student_id: int, found: CertificationResult) -> Row:
    return (
        student_id,
        found.certification_number,
        found.type,
        found.status.value if found.status else None,
        found.level_label,
        found.score,
        found.date,
        found.session,
        found.centre,
    )


def _actions(snapshot: Snapshot) -> list[Row]:
    supervised = snapshot.supervised
    lookup = StudentLookup(snapshot.rows)
    found: list[Row] = []
    for action in supervised.actions if supervised else ():
        facts = action.room, action.code, action.text
        for who in action.who:
            whom = lookup.student(who), who.last_name, who.first_name
            found.append((action.at, action.kind.value, *whom, *facts))
        if not action.who:
            found.append((action.at, action.kind.value, None, None, None, *facts))
    return found
