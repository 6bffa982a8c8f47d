"""The board from the store: the lines of the current exports, judged by the domain, one row a student."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from pixsession.domain.eligibility import Rule
from pixsession.domain.participation import Line, sent_profile, stand
from pixsession.domain.snapshot import BoardRow
from pixsession.store.store import Store, StoredExport


def board_rows(store: Store, exports: Iterable[StoredExport], rule: Rule) -> dict[int, BoardRow]:
    """One row for each student of these exports (newest first), by student id, in no order of need."""
    lines: dict[int, list[Line]] = defaultdict(list)
    by_id = {}
    for export in exports:
        by_id[export.export_id] = export
        for student_id, participation in store.lines(export.content_id):
            lines[student_id].append(Line(export.export_id, export.one_line_each, participation))
    return {student_id: _row(student_id, mine, by_id, rule) for student_id, mine in lines.items()}


def _row(student_id: int, lines: list[Line], exports: dict[int, StoredExport], rule: Rule) -> BoardRow:
    standing = stand(lines, rule)
    newest = lines[0].participation  # of the newest export: today's class
    line = standing.line
    counted = line.participation
    return BoardRow(
        student_id,
        newest.last_name,
        newest.first_name,
        newest.division,
        newest.group,
        standing.verdict,
        sent_profile(counted),
        counted.pix,
        counted.sent_at,
        standing.sends,
        exports[line.export_id].source,
        tuple(dict.fromkeys(exports[line.export_id].source.campaign.key for line in lines)),
    )
