"""The board from the store: the lines of the current exports, judged by the domain, one row a student.

From one export to the next nearly all lines are the same objects: only the students of the others are judged
again, and all others keep their rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache
from itertools import compress
from operator import itemgetter
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar

from pixsession.domain.board.reasons import Reason, ReasonCode
from pixsession.domain.board.renewed import Renewed
from pixsession.domain.board.snapshot import BoardRow, CampaignProgress
from pixsession.domain.pix.eligibility import Rule
from pixsession.domain.pix.participation import (
    ExportLine,
    JudgedStudent,
    judge_student,
    sent_profile,
    with_doubts,
)
from pixsession.foundation.runs import differing
from pixsession.store.archive import Lines
from pixsession.store.evidence import Evidence, UnlistedStudent, unseen_later
from pixsession.store.order import HasLines
from pixsession.store.rows import StoredExport, list_origin, origin_beside

_T = TypeVar("_T")
_STUDENT = itemgetter(0)  # of an entry
_NOTHING: Mapping[Any, Any] = MappingProxyType({})
_NO_EVIDENCE = Evidence()


class Board(NamedTuple):
    """The students of some exports: their lines, what these amount to, and the row of each, by student id."""

    exports: tuple[StoredExport, ...] = ()  # newest first
    rows: Mapping[int, BoardRow] = _NOTHING
    lines: Mapping[int, tuple[ExportLine, ...]] = _NOTHING
    judged: Mapping[int, JudgedStudent] = _NOTHING
    stamp: tuple[object, ...] = ()  # of the evidence beside the exports
    doubts: Mapping[int, Sequence[Reason]] = _NOTHING  # by that evidence, by student id
    shown_by: Mapping[str, StoredExport] = _NOTHING  # every export that a line is of, by its origin
    entries: Mapping[str, Lines] = _NOTHING  # the lines of each export, by its origin
    unlisted: tuple[UnlistedStudent, ...] = ()
    renewed: Renewed = Renewed()  # against the board that it was made from


def board_of(
    store: HasLines,
    exports: Iterable[StoredExport],
    rule: Rule,
    before: Board | None = None,
    evidence: Evidence = _NO_EVIDENCE,
) -> Board:
    """The board of these exports (newest first), its rows in no order of need.

    `evidence`: what the other exports of their campaigns show. `before`: a board by the same rule, whose
    rows are kept where their lines are the same.
    """
    exports, before = tuple(exports), before or Board()
    if exports == before.exports and evidence.stamp == before.stamp:
        return before
    unlisted = tuple(
        one for export in exports for one in evidence.unlisted.get(export.source.campaign.key, ())
    )
    shown_by = {list_origin(export): export for export in exports}
    entries = {origin: store.lines(export.content_id) for origin, export in shown_by.items()}
    shown_by |= {origin_beside(one.export): one.export for one in unlisted}
    board = Board(exports, stamp=evidence.stamp, shown_by=shown_by, entries=entries, unlisted=unlisted)
    changed = _changed(before, board)
    news = _lines_of(board, changed)
    lines = _without(before.lines, changed) | news
    judged, rows = _without(before.judged, changed), _without(before.rows, changed)
    for student, mine in news.items():  # one after the other: a profile is unpacked once for both
        judged[student] = found = judge_student(mine, rule)
        rows[student] = _row(student, mine, found, shown_by)
    doubts = _doubts(board, evidence, lines, judged)
    told = {*before.doubts, *doubts}
    others = {
        one for one in told if one in rows and (one in news or before.doubts.get(one) != doubts.get(one))
    }
    for student in others:
        found = _in_doubt(judged[student], doubts.get(student, ()))
        rows[student] = _row(student, lines[student], found, shown_by)
    shown = news if others <= news.keys() else _lines_of(board, changed | others)
    renewed = Renewed(before.rows, dict.fromkeys((*shown, *changed)).keys())
    return board._replace(rows=rows, lines=lines, judged=judged, doubts=doubts, renewed=renewed)


def _without(known: Mapping[int, _T], students: Iterable[int]) -> dict[int, _T]:
    left = dict(known)
    for student in students:
        left.pop(student, None)
    return left


def _changed(before: Board, after: Board) -> AbstractSet[int]:
    """The students of whom anything is another line, or stands in another order; all who have left, too."""
    changed = {one.student_id for one in {*before.unlisted} ^ {*after.unlisted}}
    for origin in {*before.entries, *after.entries}:
        changed |= _differing(before, after, origin)
    both = [origin for origin in before.entries if origin in after.entries]
    if both != [origin for origin in after.entries if origin in before.entries]:
        changed |= {student for student, lines in before.lines.items() if len(lines) > 1}
    return changed


def _differing(before: Board, after: Board, origin: str) -> set[int]:
    old, new = before.entries.get(origin, ()), after.entries.get(origin, ())
    if old and new and not _same_facts(before.shown_by[origin], after.shown_by[origin]):
        return {student for student, _line in (*old, *new)}
    return {student for student, _line in differing(old, new)}


def _same_facts(one: StoredExport, other: StoredExport) -> bool:
    """Whether two exports say the same of all their lines."""
    return one.one_line_each == other.one_line_each and one.source.campaign == other.source.campaign


def _lines_of(board: Board, students: AbstractSet[int]) -> dict[int, tuple[ExportLine, ...]]:
    """The lines of these students, in the order of exports and files."""
    lines: dict[int, list[ExportLine]] = defaultdict(list)
    for origin, export in board.shown_by.items() if students else ():
        one_each = export.one_line_each
        entries = board.entries.get(origin, ())
        for student, participation in compress(entries, map(students.__contains__, map(_STUDENT, entries))):
            lines[student].append(ExportLine(origin, one_each, participation))
    for one in board.unlisted:
        if one.student_id in students:
            line = ExportLine(origin_beside(one.export), one.export.one_line_each, one.participation)
            lines[one.student_id].append(line)
    return {student: tuple(mine) for student, mine in lines.items()}


def in_order_of_files(board: Board, students: AbstractSet[int]) -> Iterator[int]:
    """These students, as the exports show them; those whom none shows are left out."""
    known = students is board.renewed.students  # which stand in that order, and whoever has left behind them
    yield from filter(board.rows.__contains__, students) if known else _lines_of(board, students)


def _in_doubt(judged: JudgedStudent, doubts: Sequence[Reason]) -> JudgedStudent:
    return judged._replace(verdict=with_doubts(judged.verdict, doubts)) if doubts else judged


def _doubts(
    board: Board,
    evidence: Evidence,
    lines: Mapping[int, Sequence[ExportLine]],
    judged: Mapping[int, JudgedStudent],
) -> Mapping[int, list[Reason]]:
    """Doubts by student id from exports other than the lists: a submission gone, a student not listed."""
    found: dict[int, list[Reason]] = defaultdict(list)
    listings = {export.source.campaign.key: export for export in board.exports}
    for one in board.unlisted:
        listing = listings[one.export.source.campaign.key]
        reason = Reason(ReasonCode.NOT_IN_LIST, (one.export.source.file, listing.source.file))
        if reason not in found[one.student_id]:
            found[one.student_id].append(reason)
    for key, listing in listings.items():
        file = listing.source.file
        for student, sightings in evidence.latest.get(key, _NOTHING).items():
            if student in judged:
                for unseen in unseen_later(sightings, lines[student], judged[student].line, file):
                    values = (unseen.sent_at or "?", unseen.file, file)
                    found[student].append(Reason(ReasonCode.SUBMISSION_GONE, values))
    return dict(found)


def united(board: Board, unions: Mapping[int, int], rule: Rule) -> Board:
    """The same board after merging students: `unions` maps a student id to the id that takes its lines."""
    if not unions:
        return board
    age = {origin: number for number, origin in enumerate(board.shown_by)}
    mine: dict[int, list[ExportLine]] = defaultdict(list)
    for student, whom in {**unions, **{whom: whom for whom in unions.values()}}.items():
        mine[whom] += board.lines.get(student, ())
    together = {whom: tuple(sorted(lines, key=lambda line: age[line.origin])) for whom, lines in mine.items()}
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


# Of equal ones the first: most students are in the same campaigns.
_one_of: Callable[[tuple[str, ...]], tuple[str, ...]] = lru_cache(maxsize=1024)(tuple)


def _row(
    student_id: int, lines: Sequence[ExportLine], judged: JudgedStudent, exports: Mapping[str, StoredExport]
) -> BoardRow:
    newest = lines[0].participation  # of the newest export: today's class
    counted = judged.line.participation
    campaigns = [exports[line.origin].source.campaign for line in lines]
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
        judged.line.origin,
        _one_of(tuple(dict.fromkeys([campaign.key for campaign in campaigns]))),
        participations=tuple(
            [
                CampaignProgress(
                    campaign, "profiles", line.origin, line.participation.sent, line.participation.sent_at
                )
                for campaign, line in zip(campaigns, lines, strict=True)
            ]
        ),
        student_number=newest.student_number,
        external_id=newest.external_id,
    )
