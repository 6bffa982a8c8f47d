"""The board from the store: the lines of the current exports, judged by the domain, one row a student."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from operator import attrgetter
from types import MappingProxyType
from typing import Any, NamedTuple

from pixsession.domain.board.changes import Change, Delta
from pixsession.domain.board.comparison import compare, delta
from pixsession.domain.board.reasons import Reason, ReasonCode
from pixsession.domain.board.snapshot import BoardRow, CampaignProgress, Source, need
from pixsession.domain.pix.eligibility import Rule
from pixsession.domain.pix.participation import (
    ExportLine,
    JudgedStudent,
    Participation,
    judge_student,
    sent_profile,
    with_doubts,
)
from pixsession.store.evidence import Evidence, UnlistedStudent, unseen_later
from pixsession.store.order import HasLines
from pixsession.store.rows import StoredExport

_RECENT = timedelta(days=1)  # older gains and losses are not marked

# Every field except the line number.
_EVIDENCE = attrgetter(*(name for name in Participation._fields if name != "line"))


_NOTHING: Mapping[int, Any] = MappingProxyType({})
_NO_EVIDENCE = Evidence()


class Board(NamedTuple):
    """The students of some exports: their lines, what these amount to, and the row of each, by student id."""

    exports: tuple[StoredExport, ...] = ()  # newest first
    rows: Mapping[int, BoardRow] = _NOTHING
    lines: Mapping[int, list[ExportLine]] = _NOTHING
    judged: Mapping[int, JudgedStudent] = _NOTHING
    stamp: tuple[object, ...] = ()  # of the evidence beside the exports
    doubts: Mapping[int, Sequence[Reason]] = _NOTHING  # by that evidence, by student id
    shown_by: Mapping[int, StoredExport] = _NOTHING  # every export that a line is of, by its id


def board_of(
    store: HasLines,
    exports: Iterable[StoredExport],
    rule: Rule,
    before: Board | None = None,
    evidence: Evidence = _NO_EVIDENCE,
) -> Board:
    """The board of these exports (newest first), its rows in no order of need.

    `evidence`: what the other exports of their campaigns show. `before`: a board by the same rule, whose
    verdicts are reused where the evidence is unchanged: for nearly all students from one export to the next.
    """
    exports, before = tuple(exports), before or Board()
    if exports == before.exports and evidence.stamp == before.stamp:
        return before
    lines: dict[int, list[ExportLine]] = defaultdict(list)
    for export in exports:
        for student_id, participation in store.lines(export.content_id):
            lines[student_id].append(ExportLine(export.export_id, export.one_line_each, participation))
    besides = [one for export in exports for one in evidence.unlisted.get(export.source.campaign.key, ())]
    for one in besides:
        lines[one.student_id].append(
            ExportLine(one.export.export_id, one.export.one_line_each, one.participation)
        )
    judged = _judged(lines, rule, before, _successors(before.exports, exports))
    by_id = {export.export_id: export for export in (*exports, *(one.export for one in besides))}
    doubts = _doubts(exports, evidence, besides, lines, judged)
    rows = {
        student: _row(student, mine, _in_doubt(judged[student], doubts.get(student, ())), by_id)
        for student, mine in lines.items()
    }
    return Board(exports, rows, lines, judged, evidence.stamp, doubts, by_id)


def _judged(
    lines: Mapping[int, list[ExportLine]], rule: Rule, before: Board, successors: Mapping[int, int]
) -> dict[int, JudgedStudent]:
    judged: dict[int, JudgedStudent] = {}
    for student_id, mine in lines.items():
        known = before.judged.get(student_id)
        reused = _reused(before.lines[student_id], mine, known, successors) if known else None
        judged[student_id] = reused or judge_student(mine, rule)
    return judged


def _in_doubt(judged: JudgedStudent, doubts: Sequence[Reason]) -> JudgedStudent:
    return judged._replace(verdict=with_doubts(judged.verdict, doubts)) if doubts else judged


def _doubts(
    exports: Sequence[StoredExport],
    evidence: Evidence,
    besides: Sequence[UnlistedStudent],
    lines: Mapping[int, list[ExportLine]],
    judged: Mapping[int, JudgedStudent],
) -> Mapping[int, list[Reason]]:
    """Doubts by student id from exports other than the lists: a submission gone, a student not listed."""
    found: dict[int, list[Reason]] = defaultdict(list)
    listings = {export.source.campaign.key: export for export in exports}
    for one in besides:
        listing = listings[one.export.source.campaign.key]
        reason = Reason(ReasonCode.NOT_IN_LIST, (one.export.source.file, listing.source.file))
        if reason not in found[one.student_id]:
            found[one.student_id].append(reason)
    for key, listing in listings.items():
        for student, sightings in evidence.latest.get(key, _NOTHING).items():
            if student not in judged or all(one.content_id == listing.content_id for one in sightings):
                continue
            file = listing.source.file
            for unseen in unseen_later(sightings, lines[student], judged[student].line, file):
                values = (unseen.sent_at or "?", unseen.file, file)
                found[student].append(Reason(ReasonCode.SUBMISSION_GONE, values))
    return found


def united(board: Board, unions: Mapping[int, int], rule: Rule) -> Board:
    """The same board after merging students: `unions` maps a student id to the id that takes its lines."""
    if not unions:
        return board
    age = {export_id: number for number, export_id in enumerate(board.shown_by)}
    mine: dict[int, list[ExportLine]] = defaultdict(list)
    for student, whom in {**unions, **{whom: whom for whom in unions.values()}}.items():
        mine[whom] += board.lines.get(student, ())
    together = {whom: sorted(lines, key=lambda line: age[line.export_id]) for whom, lines in mine.items()}
    lines = {student: found for student, found in board.lines.items() if student not in unions} | together
    judged = {student: found for student, found in board.judged.items() if student not in unions}
    judged |= {whom: judge_student(found, rule) for whom, found in together.items()}
    doubts: dict[int, list[Reason]] = defaultdict(list)
    for student, reasons in board.doubts.items():
        doubts[unions.get(student, student)] += reasons
    rows = {student: found for student, found in board.rows.items() if student not in unions}
    rows |= {
        whom: _row(whom, found, _in_doubt(judged[whom], doubts.get(whom, ())), board.shown_by)
        for whom, found in together.items()
    }
    return board._replace(rows=rows, lines=lines, judged=judged, doubts=doubts)


def changes_between(before: Board, after: Board, at: datetime) -> tuple[tuple[Change, ...], dict[int, Delta]]:
    """The changes from one board to the next for the log, and each student's gain or loss, by student id."""
    there, left = after.rows, before.rows.keys() - after.rows.keys()
    news = {student: row for student, row in there.items() if _moved(before.rows.get(student), row)}
    old = {student: row for student, row in before.rows.items() if student in news or student in left}
    found = ((student, delta(old[student], row, at)) for student, row in news.items() if student in old)
    return compare(old, news, at), {student: change for student, change in found if change is not None}


def _moved(before: BoardRow | None, after: BoardRow) -> bool:
    """Whether a student is new, or differs in anything that a change is made of."""
    if before is None or before.verdict is not after.verdict:
        return True
    return before.pix != after.pix or before.place != after.place


def rows_in_need(board: Board, deltas: Mapping[int, Delta]) -> tuple[BoardRow, ...]:
    """The rows in order of need, each with its gain or loss of the last day."""
    if not board.exports:
        return ()
    since = board.exports[0].source.exported_at - _RECENT
    recent = {student_id: change for student_id, change in deltas.items() if change.at >= since}
    marked = {
        student_id: board.rows[student_id]._replace(delta=change)
        for student_id, change in recent.items()
        if student_id in board.rows
    }
    return tuple(sorted({**board.rows, **marked}.values(), key=need))


def _successors(old: Iterable[StoredExport], new: Iterable[StoredExport]) -> dict[int, int]:
    """The export of each campaign now, by its export then."""
    now = {export.source.campaign.key: export.export_id for export in new}
    return {export.export_id: now.get(export.source.campaign.key, -1) for export in old}


def _reused(
    before: list[ExportLine], after: list[ExportLine], known: JudgedStudent, successors: Mapping[int, int]
) -> JudgedStudent | None:
    """The old verdict resting on its new line; None where the evidence has changed."""
    if len(before) != len(after):
        return None
    counted = 0
    for number, (old, new) in enumerate(zip(before, after, strict=True)):
        if successors.get(old.export_id) != new.export_id or old.one_line_each != new.one_line_each:
            return None
        one, other = old.participation, new.participation
        if one is not other and _EVIDENCE(one) != _EVIDENCE(other):
            return None
        if old is known.line:
            counted = number
    return JudgedStudent(known.verdict, after[counted], known.submissions)


def _row(
    student_id: int, lines: list[ExportLine], judged: JudgedStudent, exports: Mapping[int, StoredExport]
) -> BoardRow:
    newest = lines[0].participation  # of the newest export: today's class
    counted = judged.line.participation
    ids = (judged.line.export_id,) if len(lines) == 1 else (line.export_id for line in lines)
    return BoardRow(
        student_id,
        newest.last_name,
        newest.first_name,
        newest.division,
        newest.group,
        judged.verdict,
        sent_profile(counted),
        counted.pix,
        counted.sent_at,
        judged.submissions,
        exports[judged.line.export_id].source,
        tuple(dict.fromkeys([exports[export_id].source.campaign.key for export_id in ids])),
        participations=tuple([_progress(exports[line.export_id].source, line) for line in lines]),
        student_number=newest.student_number,
        external_id=newest.external_id,
    )


def _progress(source: Source, line: ExportLine) -> CampaignProgress:
    sent = line.participation
    return CampaignProgress(source.campaign, "profiles", source.exported_at, sent.sent, sent.sent_at)
